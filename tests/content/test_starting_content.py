"""New entries and new networks: stubs that explain themselves, and the starter content."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from pydantic import BaseModel

from bot.content.cycle_files import CycleFile
from bot.content.holiday_files import HolidaysFile
from bot.content.kinds import MODELS
from bot.content.loader import load
from bot.content.message_files import MessageFile
from bot.content.questionnaire_files import QuestionFile, QuestionnaireFile
from bot.content.reminder_files import RemindersFile, RuleFile
from bot.content.schedule_stubs import schedule_stub, write_schedule_stub
from bot.content.starter import copy_starter, knowledge_folder, schedules_folder, starter_folder
from bot.content.stub import stub, write_stub
from bot.content.typing_mistakes import keys_of
from bot.domain.entries import KINDS
from bot.domain.errors import OperatorError
from bot.domain.people import Role
from bot.domain.reminder_rules import Anchor, Step

from .conftest import write


def test_every_kind_has_its_keys() -> None:
    assert tuple(MODELS) == KINDS


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_is_right_as_soon_as_its_title_is_filled_in(knowledge: Path, kind: str) -> None:
    text = stub(kind, "surabaya-2030", 2026)
    for language in ("en", "zh"):
        text = text.replace(f'  {language}: ""', f'  {language}: "Surabaya 2030"', 1)
    write(knowledge, f"{kind}/surabaya-2030.md", text)

    loaded = load(knowledge)

    assert not loaded.has_errors
    assert loaded.library.find("surabaya-2030", Role.ADMIN) is not None
    assert loaded.library.find("surabaya-2030", Role.SECRETARIAT) is None, "a stub is a draft"


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_without_a_title_says_that_it_lacks_one(knowledge: Path, kind: str) -> None:
    write(knowledge, f"{kind}/surabaya-2030.md", stub(kind, "surabaya-2030", 2026))

    errors = [problem for problem in load(knowledge).problems if problem.level == "error"]

    assert [(problem.code, problem.line) for problem in errors] == [("empty", 3)]


@pytest.mark.parametrize("kind", KINDS)
def test_a_stub_with_every_key_taken_in_has_no_key_that_the_check_refuses(knowledge: Path, kind: str) -> None:
    lines = stub(kind, "surabaya-2030", 2026).replace('en: ""', "en: Surabaya").split("\n")
    taken_in = [line[2:] if _is_example(line) else line for line in lines]
    write(knowledge, f"{kind}/surabaya-2030.md", "\n".join(taken_in))

    problems = load(knowledge).problems

    dead = {"dead-link", "unknown-topic", "unknown-indicator"}
    assert {problem.code for problem in problems if problem.level == "error"} <= dead


def _is_example(line: str) -> bool:
    """Whether a commented line of a stub is YAML: an example follows the explanation of its key."""
    return line.startswith("# ") and (line[2:4] == "  " or not _explains(line))


def _explains(line: str) -> bool:
    key, _, text = line[2:].partition(": ")
    descriptions = {
        (field.alias or name, field.description)
        for model in MODELS.values()
        for name, field in model.model_fields.items()
    }
    return (key, text) in descriptions


@pytest.mark.parametrize(
    ("kind", "entry_id", "told"),
    [("practises", "x", "did you mean `practices`?"), ("practices", "My Idea", "write `my-idea`")],
)
def test_a_stub_of_nothing_is_explained(kind: str, entry_id: str, told: str) -> None:
    with pytest.raises(OperatorError) as error:
        stub(kind, entry_id, 2026)

    assert told in str(error.value)


def test_a_new_entry_never_overwrites_one_that_is_there(knowledge: Path) -> None:
    file = write_stub(knowledge, "guides", "kit")

    assert file == knowledge / "guides" / "kit.md"
    for kind in ("guides", "practices"):
        with pytest.raises(OperatorError, match="has this id already"):
            write_stub(knowledge, kind, "kit")
    assert file.read_text(encoding="utf-8") == stub("guides", "kit", 2026)


@pytest.mark.parametrize(
    ("kind", "folder"),
    [
        ("cycle", "cycles"),
        ("questionnaire", "questionnaires"),
        ("message", "messages"),
        ("messages", "messages"),
    ],
)
def test_a_stub_of_a_schedule_is_right_as_soon_as_its_title_is_filled_in(
    schedules: Path, kind: str, folder: str
) -> None:
    file = write_schedule_stub(schedules, kind, "spring-2031")
    assert file == schedules / folder / "spring-2031.yaml"
    empty = load(schedules.parent / "knowledge", schedules=schedules)
    assert [(p.line, p.code) for p in empty.problems if p.level == "error"] == [(2, "empty")]

    text = file.read_text(encoding="utf-8").replace('en: ""', 'en: "Spring"').replace('zh: ""', 'zh: "春"')
    file.write_text(text, encoding="utf-8")

    found = load(schedules.parent / "knowledge", schedules=schedules)
    assert found.problems == ()
    served = found.schedules
    assert "spring-2031" in {**served.cycles, **served.questionnaires, **served.messages}
    with pytest.raises(OperatorError, match="is there already"):
        write_schedule_stub(schedules, kind, "spring-2031")


@pytest.mark.parametrize("kind", ["reminders", "reminder"])
def test_a_stub_of_reminders_is_right_as_it_is(schedules: Path, kind: str) -> None:
    file = write_schedule_stub(schedules, kind, "gentle")

    found = load(schedules.parent / "knowledge", schedules=schedules)

    assert file == schedules / "reminders" / "gentle.yaml"
    assert found.problems == ()
    steps = {rule.to for rule in found.schedules.reminders["gentle"].rules}
    anchors = {rule.anchor for rule in found.schedules.reminders["gentle"].rules}
    assert (steps, anchors) == ({Step.FOCAL_POINTS, Step.DEPUTIES}, set(Anchor))


@pytest.mark.parametrize("kind", ["holidays", "holiday"])
def test_a_stub_of_holidays_asks_for_its_country_unless_its_id_says_it(schedules: Path, kind: str) -> None:
    file = write_schedule_stub(schedules, kind, "id")
    found = load(schedules.parent / "knowledge", schedules=schedules)
    assert file == schedules / "holidays" / "id.yaml"
    assert (found.problems, found.schedules.days_off.keys()) == ((), {"ID"})

    write_schedule_stub(schedules, kind, "spring-2031")
    problems = load(schedules.parent / "knowledge", schedules=schedules).problems
    assert [(p.path, p.line, p.code) for p in problems] == [
        ("schedules/holidays/spring-2031.yaml", 4, "empty")
    ]


def test_a_stub_of_holidays_with_every_key_taken_in_is_read_without_an_error(schedules: Path) -> None:
    text = re.sub(r"(?m)^# (days:$|  - )", r"\1", schedule_stub("holidays", "id", 2026))
    write(schedules, "holidays/id.yaml", text)

    found = load(schedules.parent / "knowledge", schedules=schedules)

    assert found.problems == ()
    off = found.schedules.days_off["ID"]
    assert (len(off.days), len(off.yearly)) == (1 + 6 + 3, 1 + 3)
    assert off.holds(date(2027, 1, 3))


def test_a_stub_of_a_cycle_takes_its_year_from_its_id() -> None:
    assert "opens: 2031-10-01" in schedule_stub("cycle", "spring-2031", 2026)
    assert "opens: 2026-10-01" in schedule_stub("cycle", "spring", 2026)
    with pytest.raises(OperatorError, match="write `my-cycle`"):
        schedule_stub("cycle", "My Cycle", 2026)


@pytest.mark.parametrize(
    ("kind", "models"),
    [
        ("cycle", [CycleFile]),
        ("questionnaire", [QuestionnaireFile, QuestionFile]),
        ("reminders", [RemindersFile, RuleFile]),
        ("holidays", [HolidaysFile]),
        ("message", [MessageFile]),
    ],
)
def test_a_stub_of_a_schedule_shows_every_key(kind: str, models: list[type[BaseModel]]) -> None:
    shown = set(re.findall(r"^[ #-]*([a-z_]+):", schedule_stub(kind, "spring", 2026), re.MULTILINE))

    assert {key for model in models for key in keys_of(model)} <= shown


def test_a_stub_with_every_key_taken_in_is_read_without_an_error(schedules: Path) -> None:
    text = schedule_stub("questionnaire", "spring", 2026).replace('""', "A")
    write(schedules, "questionnaires/spring.yaml", re.sub(r"(?m)^(\s*)# ([a-z]+: .*[\]\d])$", r"\1\2", text))

    found = load(schedules.parent / "knowledge", schedules=schedules)

    assert [str(problem) for problem in found.problems if problem.level == "error"] == []
    people, support, proof = found.schedules.questionnaires["spring"].questions
    assert (people.maximum, people.formerly, support.most, len(proof.target_kinds)) == (
        100000,
        ("people",),
        2,
        2,
    )


def test_schedules_lie_beside_the_knowledge_unless_a_folder_is_named(tmp_path: Path) -> None:
    assert schedules_folder(None, tmp_path / "knowledge") == tmp_path / "schedules"
    assert schedules_folder(tmp_path, tmp_path / "knowledge") == tmp_path
    with pytest.raises(OperatorError, match="FOCAL_SCHEDULES names"):
        schedules_folder(tmp_path / "nowhere", tmp_path / "knowledge")


def test_a_configured_folder_that_is_none_is_explained(tmp_path: Path) -> None:
    with pytest.raises(OperatorError, match="is not a folder"):
        knowledge_folder(tmp_path / "nowhere")


def test_the_starter_content_is_copied_into_a_new_folder(tmp_path: Path) -> None:
    made = copy_starter(tmp_path / "network")

    assert tmp_path / "network" / "knowledge" in made
    assert tmp_path / "network" / "schedules" in made
    copied = load(tmp_path / "network" / "knowledge", schedules=tmp_path / "network" / "schedules")
    starter = load(starter_folder() / "knowledge", schedules=starter_folder() / "schedules")
    assert copied.library.version == starter.library.version
    assert copied.schedules == starter.schedules


def test_the_starter_content_never_overwrites(tmp_path: Path) -> None:
    write(tmp_path, "mine.txt", "mine")

    with pytest.raises(OperatorError, match="is not empty"):
        copy_starter(tmp_path)
    with pytest.raises(OperatorError, match="is a file"):
        copy_starter(tmp_path / "mine.txt")
    assert [file.name for file in tmp_path.iterdir()] == ["mine.txt"]
