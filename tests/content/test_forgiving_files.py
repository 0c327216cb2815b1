"""One bad file: one finding that a person understands, at the right line, and everything else goes on."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.content.problems import Effect, Level
from bot.content.starter import starter_folder
from bot.content.store import ContentStore
from bot.domain.people import Role

from .broken_files import BROKEN_FILES, DOUBTFUL_FILES, SOUND_FILES, Broken, X, commitment, front, practice
from .conftest import write


@pytest.mark.parametrize("broken", BROKEN_FILES, ids=lambda broken: broken.story)
def test_a_broken_file_is_told_once_at_its_line_and_the_rest_serves(knowledge: Path, broken: Broken) -> None:
    write(knowledge, broken.path, broken.content)

    loaded = load(knowledge)

    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    assert [(problem.path, problem.line) for problem in errors] == [(f"knowledge/{broken.path}", broken.line)]
    assert broken.told in errors[0].message
    assert broken.cure in (errors[0].cure or "")
    assert loaded.library.find("home-composting", Role.VISITOR) is not None
    assert loaded.library.find("surabaya", Role.VISITOR) is not None


@pytest.mark.parametrize("doubtful", DOUBTFUL_FILES, ids=lambda doubtful: doubtful.story)
def test_what_is_most_likely_not_meant_is_told_once_and_serves(knowledge: Path, doubtful: Broken) -> None:
    write(knowledge, doubtful.path, doubtful.content)

    loaded = load(knowledge)

    told = [problem for problem in loaded.problems if problem.code != "translation"]
    assert [(problem.path, problem.line) for problem in told] == [
        (f"knowledge/{doubtful.path}", doubtful.line)
    ]
    assert doubtful.told in told[0].message
    assert doubtful.cure in (told[0].cure or "")
    assert loaded.effect_of(told[0]) is Effect.SERVED
    assert not loaded.has_errors


@pytest.mark.parametrize("sound", SOUND_FILES, ids=lambda sound: sound.story)
def test_what_only_looks_odd_is_not_told(knowledge: Path, sound: Broken) -> None:
    write(knowledge, sound.path, sound.content)

    assert [problem for problem in load(knowledge).problems if problem.code != "translation"] == []


def test_there_are_many_ways_to_break_a_file() -> None:
    assert len({broken.story for broken in BROKEN_FILES}) >= 60


@pytest.mark.parametrize("broken", BROKEN_FILES, ids=lambda broken: broken.story)
def test_a_good_file_that_breaks_while_the_bot_runs_does_not_take_its_neighbours(
    knowledge: Path, broken: Broken
) -> None:
    store = ContentStore(knowledge)
    before = set(store.loaded.library.entries)
    write(knowledge, broken.path, broken.content)

    assert before <= set(store.reload().library.entries)


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbf" + practice("summary: Less").encode(),
        practice("summary: Less").replace("\n", "\r\n").encode(),
        practice("summary: Less").replace("\n", "\r").encode(),
        b"\xef\xbb\xbf" + practice("summary: Less").replace("\n", "\r\n").encode(),
        ("\n\n" + practice("summary: Less")).encode(),
        practice("summary: Less").replace("---\n", "---  \n").encode(),
    ],
    ids=[
        "byte order mark",
        "Windows line ends",
        "old Mac line ends",
        "both",
        "blank lines first",
        "trailing blanks",
    ],
)
def test_marks_and_line_ends_of_other_systems_are_fine(knowledge: Path, content: bytes) -> None:
    write(knowledge, X, content)

    loaded = load(knowledge)

    assert not loaded.has_errors
    entry = loaded.library.entries["x"]
    assert (entry.summary and entry.summary.within("en").text) == "Less"
    assert entry.body is not None
    assert entry.body.within("en").text == "Body."


def test_all_mistakes_of_a_file_are_told_at_once(knowledge: Path) -> None:
    write(knowledge, X, practice("topcis: [composting]", "years: soon", "draft: maybe"))

    told = [
        (problem.line, problem.code) for problem in load(knowledge).problems if problem.level is Level.ERROR
    ]

    assert told == [(3, "unknown-key"), (4, "years"), (5, "flag")]


def test_a_problem_is_printed_as_path_line_column_level_and_message_with_the_cure(knowledge: Path) -> None:
    write(knowledge, X, practice("topcis: [composting]"))

    problem = load(knowledge).problems[0]

    assert str(problem) == (
        "knowledge/practices/x.md:3:1: error: unknown key `topcis`; did you mean `topics`?"
    )
    assert problem.as_json() == {
        "path": "knowledge/practices/x.md",
        "line": 3,
        "column": 1,
        "level": "error",
        "code": "unknown-key",
        "message": "unknown key `topcis`",
        "cure": "did you mean `topics`?",
    }


def test_words_that_yaml_likes_to_change_stay_as_typed(knowledge: Path) -> None:
    write(knowledge, X, front("title: {no: Nei, en: 12:30}", "aliases: [no, on, 010, ~, 1e3, 2001-01-01]"))

    entry = load(knowledge).library.entries["x"]

    assert dict(entry.title.by_language) == {"no": "Nei", "en": "12:30"}
    assert entry.aliases == ("no", "on", "010", "~", "1e3", "2001-01-01")


def test_a_link_out_of_the_folder_is_not_followed(knowledge: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.md", practice())
    (knowledge / X).symlink_to(outside)
    (knowledge / "guides").symlink_to(tmp_path)
    (knowledge / "practices/y.md").symlink_to(knowledge / "practices/home-composting.md")

    loaded = load(knowledge)

    errors = [(problem.path, problem.code) for problem in loaded.problems if problem.level is Level.ERROR]
    assert errors == [
        ("knowledge/guides", "link"),
        ("knowledge/practices/x.md", "link"),
        ("knowledge/practices/y.md", "link"),
    ]
    assert set(loaded.library.entries) == {"home-composting", "surabaya"}


def test_what_editors_leave_behind_is_nobodys_mistake(knowledge: Path) -> None:
    for name in ("x.md~", ".x.md.swp", ".#x.md", "#x.md#", "4913", ".DS_Store", "README.md"):
        write(knowledge, f"practices/{name}", b"\x00")

    assert load(knowledge).problems == ()


@pytest.mark.parametrize(
    ("path", "told", "cure"),
    [
        ("practises/x.md", "unknown folder `practises`", "did you mean `practices`?"),
        ("practices/asia/x.md", "`asia` is not read", "move its files to practices/"),
        ("topics.yml", "read `topics.yml`", "rename it to `topics.yaml`"),
        (
            "practices/hom-composting.zh.md",
            "translation of `hom-composting`",
            "did you mean `home-composting`?",
        ),
    ],
)
def test_what_does_not_belong_there_is_a_warning(knowledge: Path, path: str, told: str, cure: str) -> None:
    write(knowledge, path, "Text")

    problems = load(knowledge).problems

    assert [problem.level for problem in problems] == [Level.WARNING]
    assert told in problems[0].message
    assert cure in (problems[0].cure or "")


def test_what_a_chat_cannot_show_is_a_warning_at_its_line(knowledge: Path) -> None:
    fine = "Fine: `<b>`, <https://example.org>, [site](https://example.org)."
    body = f"{fine}\n\nA <b>word</b>.\n\n![a](b.png)\n[c](d.md)\n"
    write(knowledge, X, f"---\ntitle: A\n---\n{body}")

    told = [
        (problem.line, problem.level, problem.code)
        for problem in load(knowledge).problems
        if problem.line > 1
    ]

    assert told == [
        (6, Level.WARNING, "html"),
        (6, Level.WARNING, "html"),
        (8, Level.WARNING, "picture"),
        (9, Level.WARNING, "link"),
    ]


def test_an_unknown_indicator_is_a_warning(knowledge: Path) -> None:
    write(knowledge, X, practice("results:", "  - {indicator: waste-generaton, change: -2 %}"))

    problem = next(problem for problem in load(knowledge).problems if problem.level is Level.WARNING)

    assert (problem.line, problem.cure) == (4, "did you mean `waste-generation`?")


def test_a_free_place_that_is_nearly_a_city_of_ours_is_a_note(knowledge: Path) -> None:
    write(knowledge, X, practice("places: [Surabya, Indonesia]"))

    loaded = load(knowledge)

    notes = [problem for problem in loaded.problems if problem.code == "near-city"]
    assert [(note.level, note.line, note.cure) for note in notes] == [
        (Level.NOTE, 3, "did you mean city `surabaya`?")
    ]
    assert [place.name for place in loaded.library.entries["x"].places] == ["Surabya", "Indonesia"]


def test_an_entry_with_a_dead_link_serves_without_it(knowledge: Path) -> None:
    lines = practice("related: [nowhere, surabaya]", "topics: [composting, nothing]")
    write(knowledge, X, lines + "See [that](entry:nowhere) and [Surabaya](entry:surabaya).\n")

    entry = load(knowledge).library.entries["x"]

    assert entry.related == ("surabaya",)
    assert entry.topics == ("composting",)
    assert entry.body is not None
    assert entry.body.within("en").text.endswith("See that and [Surabaya](entry:surabaya).")


def test_an_old_id_still_opens_its_entry_and_a_link_to_it_is_a_note(knowledge: Path) -> None:
    write(knowledge, X, practice("related: [baskets]"))

    loaded = load(knowledge)

    found = loaded.library.find("baskets", Role.VISITOR)
    assert found is not None
    assert found.id == "home-composting"
    assert loaded.library.entries["x"].related == ("home-composting",)
    notes = [problem for problem in loaded.problems if problem.code == "old-id"]
    assert [(note.level, note.cure) for note in notes] == [(Level.NOTE, "write `home-composting`")]


def test_a_file_that_is_set_aside_does_not_make_its_friends_look_wrong(knowledge: Path) -> None:
    write(knowledge, X, practice("related: [home-composting]", "places: [surabaya]"))
    write(knowledge, "practices/home-composting.md", "broken")
    write(knowledge, "cities/surabaya.md", "broken")

    loaded = load(knowledge)

    assert [problem.path for problem in loaded.problems if problem.level is Level.ERROR] == [
        "knowledge/cities/surabaya.md",
        "knowledge/practices/home-composting.md",
    ]
    assert loaded.set_aside == ("knowledge/cities/surabaya.md", "knowledge/practices/home-composting.md")
    assert loaded.library.entries["x"].related == ()


def test_broken_topics_are_told_once_and_entries_serve(knowledge: Path) -> None:
    write(knowledge, "topics.yaml", "composting: {label: Compost\n")

    loaded = load(knowledge)

    assert [problem.path for problem in loaded.problems] == ["knowledge/topics.yaml"]
    assert loaded.library.find("home-composting", Role.VISITOR) is not None


@pytest.mark.parametrize(
    ("parents", "line", "told"),
    [
        ({"a": "c"}, 1, "no such topic"),
        ({"a": "b", "b": "a"}, 1, "below it itself"),
        ({"a": "a"}, 1, "below it"),
    ],
)
def test_topics_go_up_to_a_root(knowledge: Path, parents: dict[str, str], line: int, told: str) -> None:
    rows = [f"{topic}: {{label: {topic}, parent: {parent}}}" for topic, parent in parents.items()]
    write(knowledge, "topics.yaml", "\n".join([*rows, "composting: {label: Compost}"]))

    loaded = load(knowledge)

    errors = [problem for problem in loaded.problems if problem.level is Level.ERROR]
    assert [problem.line for problem in errors] == [line]
    assert told in errors[0].message
    assert loaded.library.topics_below(None)


def test_two_promises_of_one_city_and_year_need_targets_of_different_names(knowledge: Path) -> None:
    """Answers to a report are kept under the year and the target: `2007a`."""
    for name in ("surabaya-2007", "surabaya-2007-water"):
        write(knowledge, f"commitments/{name}.md", commitment())

    errors = [problem for problem in load(knowledge).problems if problem.level is Level.ERROR]

    assert [problem.path for problem in errors] == ["knowledge/commitments/surabaya-2007.md"]
    assert "`surabaya-2007-water` of the same city and year has a target `a` too" in errors[0].message


def test_missing_translations_are_one_note_for_each_entry_that_has_begun_to_be_translated(
    knowledge: Path,
) -> None:
    write(knowledge, X, front("title: {en: A, zh: B}", "summary: Only English"))

    notes = load(knowledge).problems

    assert [(note.path, note.level, note.message) for note in notes] == [
        ("knowledge/practices/x.md", Level.NOTE, "not translated: `summary`, body (`zh`)")
    ]


def test_entries_in_one_language_are_told_together(knowledge: Path) -> None:
    for number in range(100):
        write(knowledge, f"guides/g{number}.md", front(f"title: Guide {number}"))

    notes = load(knowledge).problems

    assert [(note.path, note.message) for note in notes] == [
        ("knowledge", "100 entries are in one language only: g0, g1, g10, g11 and others")
    ]


def test_a_draft_is_for_admins_only(knowledge: Path) -> None:
    write(knowledge, X, practice("draft: true"))
    write(knowledge, "practices/y.md", practice("visible_to: [secretariat]"))

    library = load(knowledge).library

    assert [role for role in Role if library.find("x", role) is not None] == [Role.ADMIN]
    assert [role for role in Role if library.find("y", role) is not None] == [Role.SECRETARIAT, Role.ADMIN]


def test_the_version_follows_the_bytes(knowledge: Path) -> None:
    first = load(knowledge).library.version
    write(knowledge, X, practice())
    second = load(knowledge).library.version
    (knowledge / X).unlink()

    assert first != second
    assert load(knowledge).library.version == first


def test_a_folder_that_is_not_there_is_one_error(tmp_path: Path) -> None:
    loaded = load(tmp_path / "nowhere")

    assert [(problem.path, problem.code) for problem in loaded.problems] == [("nowhere", "folder")]
    assert not loaded.library.entries


@pytest.mark.parametrize("given", ["network", "network/knowledge/practices"])
def test_a_folder_above_or_inside_the_knowledge_folder_is_one_error(tmp_path: Path, given: str) -> None:
    write(tmp_path / "network/knowledge", X, practice())

    problems = load(tmp_path / given).problems

    name = Path(given).name
    meant = "network/knowledge" if given == "network" else "knowledge"
    assert [(p.path, p.code, p.cure) for p in problems] == [(name, "folder", f"did you mean `{meant}`?")]


def test_an_empty_folder_is_the_beginning_of_a_network(tmp_path: Path) -> None:
    assert load(tmp_path).problems == ()


def test_an_admin_learns_what_became_of_each_file(knowledge: Path) -> None:
    store = ContentStore(knowledge)
    write(knowledge, "practices/home-composting.md", "broken")
    write(knowledge, X, "broken")
    write(knowledge, "practices/y.md", practice("related: [nowhere]"))
    write(knowledge, "practices/Z z.md", practice())
    write(knowledge, "practices/surabaya.md", practice())

    loaded = store.reload()

    effects = {Path(p.path).name: loaded.effect_of(p) for p in loaded.problems if p.level is Level.ERROR}
    assert effects == {
        "home-composting.md": Effect.LAST_GOOD_SERVES,
        "x.md": Effect.NOTHING_SERVES,
        "y.md": Effect.PART_LEFT_OUT,
        "Z z.md": Effect.NOTHING_SERVES,
        "surabaya.md": Effect.NOTHING_SERVES,
    }


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read every file")
def test_a_file_without_permission_is_one_error(knowledge: Path) -> None:
    write(knowledge, X, practice()).chmod(0)

    assert [problem.code for problem in load(knowledge).problems] == ["unreadable"]


def test_shipped_files_with_random_damage_are_always_explained(tmp_path: Path) -> None:
    """Bytes lost, doubled, swapped or made up in real files: never a crash, always a line of the file."""
    dice = random.Random(2007)
    originals = sorted((starter_folder() / "knowledge").glob("*/*.md"))
    told = 0
    for round_number in range(12):
        folder = tmp_path / str(round_number) / "knowledge"
        damaged = dice.sample(originals, 40)
        for file in damaged:
            write(folder, f"{file.parent.name}/{file.name}", damage(file.read_bytes(), dice))

        loaded = load(folder)

        for problem in loaded.problems:
            file = tmp_path / str(round_number) / problem.path
            lines = file.read_bytes().count(b"\n") + 1 if file.is_file() else 1
            assert 1 <= problem.line <= lines, str(problem)
            assert problem.column >= 1
            assert "\n" not in str(problem)
        told += len(loaded.set_aside)
    assert told > 100


SLIPS = [
    slip.encode() for slip in ("{a}", " #x", "? ", "\u00a0", "“", "zh: ", "1. ", "\n...\n", "\n- a\n- b")
]


def damage(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(min(len(raw), 900))
    ways = [
        raw[:at] + raw[at + 1 :],
        raw[:at],
        raw[:at] + bytes([dice.randrange(256)]) + raw[at:],
        raw[:at]
        + dice.choice([b":", b'"', b"\t", b"- ", b"[", b"{", b"&a ", b"*", b"#", b"\n", b"%", *SLIPS])
        + raw[at:],
        raw[:at] + raw[at : at + 80] + raw[at:],
        raw.replace(b"  ", b" ", dice.randrange(1, 9)),
    ]
    return dice.choice(ways)
