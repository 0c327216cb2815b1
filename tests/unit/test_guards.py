"""What holds for every view, button and command, those that are yet to be written too."""

from __future__ import annotations

from dataclasses import astuple, fields
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from view_samples import NASTY, samples

from bot.chat.commands import all_commands
from bot.chat.presses import PRESSES
from bot.chat.presses.library import SCREENS
from bot.content.loader import load
from bot.domain import buttons as b
from bot.domain.commitments import VERDICTS
from bot.domain.entries import Library
from bot.domain.people import PERMISSIONS, Action, ChatKind, Role, may
from bot.domain.views import View
from bot.rehearsal.telegram_html import parse, utf16_length
from bot.services.desk import keyboard
from bot.texts.catalogues import languages
from bot.texts.renderer import Renderer, template_name

TEMPLATES = Path(b.__file__).parents[2] / "texts" / "templates"
RENDERER = Renderer("focal_rehearsal_bot")


@pytest.fixture(scope="module")
def library(knowledge: Path) -> Library:
    return load(knowledge).library


def test_every_view_has_a_template_and_every_template_a_view() -> None:
    needed = {template_name(view) for view in View.__subclasses__()}
    there = {path.name for path in TEMPLATES.glob("*.html") if not path.name.startswith("_")}
    assert needed == there


def test_there_is_a_sample_of_every_view(library: Library) -> None:
    assert {type(view) for view in samples(library)} == set(View.__subclasses__())


@pytest.mark.parametrize("language", languages())
def test_every_view_renders_in_every_language_as_telegram_takes_it(library: Library, language: str) -> None:
    for view in samples(library):
        screen = RENDERER.render(view, language)
        assert screen.texts
        for text in screen.texts:
            shown = parse(text).text  # as strict as Telegram: it refuses what does not close or is not known
            assert shown.strip(), view
            assert utf16_length(shown) <= 4096
            assert "None" not in shown, f"{type(view).__name__}: {shown}"
        keys = [key for row in keyboard(screen) for key in row]
        assert len(keys) <= 100
        for key in keys:
            assert 1 <= len(key["text"]) <= 64
            assert len(set(key) - {"text"}) == 1, "a button does exactly one thing"
            if "callback_data" in key:
                assert b.unpack(key["callback_data"]) is not None


def test_words_of_people_stand_in_a_view_as_they_were_written(library: Library) -> None:
    for view in samples(library):
        if any(getattr(view, name, None) == NASTY for name in ("words", "text")) and not getattr(
            view, "rejected", False
        ):
            assert NASTY in RENDERER.plain(view, "en"), view


IDS = st.from_regex(r"[a-z0-9][a-z0-9-]{0,59}", fullmatch=True)
NUMBERS = st.integers(0, 36**9 - 1)
PAGES = st.integers(0, 1295)
"""1295 pages of six entries, or of a screen of text: more than any list or file can have."""
LETTER = st.from_regex(r"[a-z]?", fullmatch=True)
KEYS = st.from_regex(r"[a-z][a-z0-9-]{0,19}(@[12][0-9]{3}[a-z0-9-]{1,16})?", fullmatch=True)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "city": IDS,
    "cycle": st.from_regex(r"[a-z0-9][a-z0-9-]{0,39}", fullmatch=True),
    "key": KEYS,
    "ref": st.from_regex(r"[12][0-9]{3}[a-z0-9-]{1,16}", fullmatch=True),
    "verdict": st.sampled_from(["", b.LEFT_OPEN, *(code for codes in VERDICTS.values() for code in codes)]),
    "mark": st.from_regex(r"[0-9a-f]{8,16}", fullmatch=True),
    "table": st.from_regex(r"[0-9a-f]{8}", fullmatch=True),
    **dict.fromkeys(("move", "what", "state", "source", "form"), LETTER),
    **dict.fromkeys(
        ("draft_id", "handed_id", "invitation_id", "membership_id", "report_id"), st.integers(0, 36**6 - 1)
    ),
    **dict.fromkeys(("announcement_id", "extension_id"), st.integers(0, 36**6 - 1)),
    **dict.fromkeys(("group", "debt"), st.from_regex(r"[0-9a-f]{16}", fullmatch=True)),
    **dict.fromkeys(("work_id", "edition_id"), st.integers(0, 36**6 - 1)),
    "version": st.integers(0, 36**4 - 1),
    "day": st.integers(0, date.max.toordinal()),
    **dict.fromkeys(("place", "rank"), st.integers(0, 99)),
    "screen": st.sampled_from([screen.value for screen in b.Screen]),
    "language": st.sampled_from([*languages(), "zh-Hant"]),
    "country": st.from_regex(r"[A-Z]{2}", fullmatch=True),
    "kind": IDS,
    "entry_id": IDS,
    "topic_id": IDS,
    "page": PAGES,
    "position": PAGES,
    "lookup_id": NUMBERS,
    "question_id": NUMBERS,
    **dict.fromkeys(("draft", "written"), NUMBERS),
    "tag": st.from_regex(r"([a-z]{2,3}(-[A-Za-z]{4})?|d[0-9]{8}(t[0-9]{4})?)?", fullmatch=True),
    "choice": st.from_regex(r"([0-9a-f]{8})?", fullmatch=True),
}


@pytest.mark.parametrize("kind", b.BUTTONS.values(), ids=lambda kind: kind.__name__)
@given(data=st.data())
def test_every_button_survives_its_way_through_telegram(kind: type[b.Button], data: st.DataObject) -> None:
    names = [field.name for field in fields(kind)]
    button = kind(**{name: data.draw(FIELDS[name]) for name in names})
    packed = b.pack(button)
    assert 1 <= len(packed.encode()) <= 64
    assert b.unpack(packed) == button


LETTERS = st.sampled_from(sorted(b.BUTTONS))
ALMOST = st.from_regex(r"[0-9a-zA-Z-]{1,30}(:[0-9a-z]{0,30}){0,2}", fullmatch=True)


@given(st.one_of(st.text(max_size=70), st.builds(str.__add__, LETTERS, st.one_of(st.text(), ALMOST))))
@example("n" + "z" * 30)
def test_no_text_at_all_makes_unpacking_fail(text: str) -> None:
    button = b.unpack(text)
    if button is not None:
        assert text.startswith(button.code)
        numbers = [value for value in astuple(button) if isinstance(value, int)]
        assert all(0 <= number < 2**63 for number in numbers), "no database takes more"


@given(IDS.map(lambda name: name + "x" * 64))
def test_a_button_that_would_not_fit_is_refused_and_never_cut(too_long: str) -> None:
    with pytest.raises(ValueError):
        b.pack(b.Open(too_long))


def test_every_button_can_be_unpacked_by_its_letter() -> None:
    declared = {kind.__name__ for kind in b.Button.__subclasses__()}
    assert {kind.__name__ for kind in b.BUTTONS.values()} == declared
    assert all(len(code) == 1 and kind.code == code for code, kind in b.BUTTONS.items())


def test_every_button_does_something_that_somebody_may_do() -> None:
    assert set(PRESSES) == set(b.BUTTONS.values())
    assert {press.action for press in PRESSES.values()} <= set(PERMISSIONS)
    assert set(SCREENS) == set(b.Screen)


def test_every_command_stands_in_the_table_of_permissions() -> None:
    assert {command.action for command in all_commands().values()} <= set(PERMISSIONS)
    assert set(PERMISSIONS) == set(Action)
    for name, command in all_commands().items():
        assert any(may(role, command.action) for role in Role), f"nobody may use /{name}"
        if command.in_groups:
            assert may(Role.VISITOR, command.action, ChatKind.GROUP)


def test_commands_are_as_telegram_wants_them() -> None:
    assert {"start", "help"} <= set(all_commands())
    for name, command in all_commands().items():
        assert name == command.name
        assert name.isascii()
        assert name.islower()
        assert 1 <= len(name) <= 32
        assert 1 <= len(command.description) <= 256


def test_whoever_may_do_nothing_special_is_a_visitor() -> None:
    theirs = {action for action in Action if not may(Role.ADMIN, action)}
    assert theirs == {Action.KEEP_MEMBERSHIP, Action.CHOOSE_TIME}, "what is others' own"
    for role in Role:
        assert {a for a in Action if may(Role.VISITOR, a)} <= {a for a in Action if may(role, a)}
