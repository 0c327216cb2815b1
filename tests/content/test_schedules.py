"""Cycles and questionnaires: read strictly, explained kindly, served as they last were good, followed live."""

from __future__ import annotations

import asyncio
import random
import shutil
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.folder import SCHEDULES, scan
from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.memory import load_remembered
from bot.content.problems import Effect, Level
from bot.content.starter import starter_folder
from bot.content.store import ContentStore
from bot.domain.commitments import TargetKind
from bot.domain.cycles import Schedules
from bot.domain.questionnaires import Choice, Condition, Form, Meaning, QuestionKind
from bot.domain.words import LocalText

from .broken_files import Broken
from .broken_schedules import BROKEN_SCHEDULES, DOUBTFUL_SCHEDULES, X, Y, asked, cycle
from .conftest import GOOD_SCHEDULES, write
from .test_forgiving_files import damage
from .test_last_good import long_ago

PROGRESS = "questionnaires/progress.yaml"
CYCLE = "cycles/2026.yaml"


def loaded(schedules: Path, last_good: LastGood | None = None) -> Loaded:
    return load(schedules.parent / "knowledge", last_good, schedules=schedules)


def told(found: Loaded, level: Level) -> list[tuple[str, int]]:
    return [
        (problem.path, problem.line)
        for problem in found.problems
        if problem.level is level and problem.code != "translation"
    ]


def is_served(schedules: Schedules) -> bool:
    return "2026" in schedules.cycles and len(schedules.questionnaires["progress"].questions) == 2


def test_right_files_are_served_without_a_word(schedules: Path) -> None:
    found = loaded(schedules)

    assert found.problems == ()
    assert is_served(found.schedules)
    year = found.schedules.cycles["2026"]
    assert (year.period, year.opens, year.deadline) == ("2026", date(2026, 10, 1), date(2026, 12, 15))
    assert year.commitments == {"surabaya-2007"}
    assert found.schedules.questionnaires["progress"].form is Form.PROGRESS


def test_every_key_of_a_question_arrives(schedules: Path) -> None:
    write(
        schedules,
        X,
        asked("each: target", "targets: [change, level]", "required: yes", "most: 300", "when: {state: b}")
        + "  - id: y\n    type: number\n    ask: {en: 'In {unit}, {city}', zh: B}\n    unit: t\n    min: 0\n"
        "    max: '1.5'\n    formerly: [z]\n    short: S\n    hint: H\n    example: E\n"
        "  - id: w\n    type: choices\n    ask: A\n    each: target\n"
        "    choices: [{id: c, label: C}, {id: d, label: D}]\n"
        "  - {id: v, type: file, ask: A, each: target, means: evidence}\n",
    )

    state, x, y, w, v = loaded(schedules).schedules.questionnaires["x"].questions

    assert state.choices[1] == Choice("b", LocalText({"en": "B", "zh": "C"}))
    assert (x.each_target, x.target_kinds) == (True, {TargetKind.CHANGE, TargetKind.LEVEL})
    assert (x.required, x.most, x.when) == (True, 300, (Condition("state", frozenset({"b"})),))
    assert (y.kind, y.unit, y.minimum, y.maximum) == (QuestionKind.NUMBER, "t", Decimal(0), Decimal("1.5"))
    assert (y.formerly, y.short, y.hint, y.example) == (
        ("z",),
        LocalText.plain("S"),
        LocalText.plain("H"),
        LocalText.plain("E"),
    )
    assert [choice.id for choice in w.choices] == ["c", "d"]
    assert v.means is Meaning.EVIDENCE


def test_a_cycle_asks_about_all_commitments_unless_it_names_some(schedules: Path) -> None:
    write(schedules, Y, cycle(commitments="all"))
    write(schedules, "cycles/z.yaml", cycle())

    cycles = loaded(schedules).schedules.cycles

    assert cycles["y"].commitments == cycles["z"].commitments == frozenset()


@pytest.mark.parametrize("broken", BROKEN_SCHEDULES, ids=lambda broken: broken.story)
def test_a_slip_is_told_once_at_its_line_and_the_rest_serves(schedules: Path, broken: Broken) -> None:
    write(schedules, broken.path, broken.content)

    found = loaded(schedules)

    errors = [problem for problem in found.problems if problem.level is Level.ERROR]
    assert [(problem.path, problem.line) for problem in errors] == [
        (f"schedules/{broken.path}", broken.line)
    ], [str(problem) for problem in errors]
    assert broken.told in errors[0].message
    assert broken.cure in (errors[0].cure or "")
    assert is_served(found.schedules)
    assert Path(broken.path).stem not in {*found.schedules.cycles, *found.schedules.questionnaires}
    assert found.library.commitments.keys() == {"surabaya-2007"}


@pytest.mark.parametrize("broken", BROKEN_SCHEDULES, ids=lambda broken: broken.story)
def test_a_good_file_that_gets_this_slip_serves_as_it_was(schedules: Path, broken: Broken) -> None:
    before = CYCLE if broken.path.startswith("cycles/") else PROGRESS
    store = ContentStore(schedules.parent / "knowledge", schedules=schedules)
    write(schedules, before, broken.content)

    after = store.reload()

    assert is_served(after.schedules)


def test_there_are_many_ways_to_break_a_schedule() -> None:
    assert len({broken.story for broken in BROKEN_SCHEDULES}) >= 80


@pytest.mark.parametrize("doubtful", DOUBTFUL_SCHEDULES, ids=lambda doubtful: doubtful.story)
def test_what_is_most_likely_not_meant_is_a_warning(schedules: Path, doubtful: Broken) -> None:
    write(schedules, doubtful.path, doubtful.content)

    found = loaded(schedules)

    warnings = [problem for problem in found.problems if problem.level is Level.WARNING]
    assert [problem.line for problem in warnings] == [doubtful.line], found.problems
    assert doubtful.told in warnings[0].message
    assert doubtful.cure in (warnings[0].cure or "")
    assert not found.has_errors


def test_missing_translations_are_one_note_for_a_file(schedules: Path) -> None:
    write(schedules, X, asked("hint: Only English", "short: Short"))

    assert [str(problem) for problem in loaded(schedules).problems] == [
        "schedules/questionnaires/x.yaml:1:1: note: not translated: "
        "`questions` no. 2 `short`, `questions` no. 2 `hint` (`zh`)"
    ]


def test_all_slips_of_a_file_are_told_at_once(schedules: Path) -> None:
    write(schedules, X, asked("required: perhaps", "most: many", "hnt: A", "when:"))

    assert [line for _, line in told(loaded(schedules), Level.ERROR)] == [11, 12, 13, 14]


def test_two_questions_may_mean_the_same_where_only_one_of_them_is_asked(schedules: Path) -> None:
    by_kind = "".join(
        f"  - {{id: {name}, type: text, ask: {{en: A, zh: B}}, each: target, targets: [{kind}], means: words}}\n"
        for name, kind in (("y", "level"), ("z", "scale"))
    )
    by_answer = "".join(
        f"  - {{id: {name}, type: file, ask: {{en: A, zh: B}}, each: target, when: {{state: [{code}]}}, "
        "means: evidence}\n"
        for name, code in (("v", "a"), ("w", "b"))
    )
    write(schedules, X, asked() + by_kind + by_answer)

    assert told(loaded(schedules), Level.ERROR) == []


def test_two_questionnaires_of_one_form_are_a_warning_at_the_one_that_is_not_used(schedules: Path) -> None:
    proposal = "".join(
        f"  - {{id: {name}, type: {kind}, means: {name}, ask: {{en: A, zh: B}}}}\n"
        for name, kind in (("target", "choice"), ("reason", "text"))
    )
    for name in ("one", "two"):
        text = f"title: {{en: A, zh: B}}\nform: revision\nquestions:\n{proposal}"
        write(schedules, f"questionnaires/{name}.yaml", text)

    found = loaded(schedules)

    assert [problem.path for problem in found.problems] == ["schedules/questionnaires/two.yaml"]
    assert "`one` has the form `revision` too" in found.problems[0].message
    assert (used := found.schedules.questionnaire_for(Form.REVISION)) is not None
    assert used.id == "one"


def test_a_cycle_asks_no_questionnaire_of_another_form(schedules: Path) -> None:
    questions = (
        "  - {id: a, type: choice, means: target, ask: A}\n  - {id: b, type: text, means: reason, ask: A}\n"
    )
    write(schedules, X, f"title: A\nform: revision\nquestions:\n{questions}")
    write(schedules, Y, cycle(questionnaire="x"))

    found = loaded(schedules)

    assert told(found, Level.ERROR) == [("schedules/cycles/y.yaml", 5)]
    assert "the form `revision`, which no cycle asks" in str(found.problems)


def test_a_questionnaire_that_is_set_aside_does_not_make_its_cycle_look_wrong(schedules: Path) -> None:
    write(schedules, PROGRESS, "title: [")

    found = loaded(schedules)

    assert told(found, Level.ERROR) == [(f"schedules/{PROGRESS}", 1)]
    assert "2026" in found.schedules.cycles


def test_a_commitment_that_is_set_aside_does_not_make_its_cycle_look_wrong(schedules: Path) -> None:
    write(schedules.parent / "knowledge", "commitments/surabaya-2007.md", "broken")

    assert told(loaded(schedules), Level.ERROR) == [("knowledge/commitments/surabaya-2007.md", 1)]


def test_a_cycle_that_loses_its_questionnaire_is_told_and_goes_on(schedules: Path) -> None:
    store = ContentStore(schedules.parent / "knowledge", schedules=schedules)
    (schedules / PROGRESS).unlink()

    found = store.reload()

    assert told(found, Level.ERROR) == [(f"schedules/{CYCLE}", 5)]
    assert "2026" in found.schedules.cycles
    assert found.effect_of(found.problems[0]) is Effect.LAST_GOOD_SERVES


def test_a_restart_with_a_slip_serves_what_was_good(schedules: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    loaded(schedules, LastGood(kept))
    write(schedules, PROGRESS, GOOD_SCHEDULES[PROGRESS].replace("type: text", "type: txt"))
    write(schedules, CYCLE, cycle(questionnaire="progres"))

    found = loaded(schedules, LastGood(kept))

    assert is_served(found.schedules)
    assert found.schedules.cycles["2026"].questionnaire == "progress"
    assert set(found.served_from_last_good) == {f"schedules/{PROGRESS}", f"schedules/{CYCLE}"}
    assert loaded(schedules).schedules.questionnaires == {}, "without copies there is nothing to serve"


def test_a_network_without_schedules_asks_nobody(schedules: Path) -> None:
    shutil.rmtree(schedules)

    found = loaded(schedules)

    assert found.schedules.cycles == {}
    assert [(problem.path, problem.level, problem.code) for problem in found.problems] == [
        ("schedules", Level.NOTE, "no-folder")
    ]
    assert load(schedules.parent / "knowledge").problems == ()


def test_schedules_that_disappear_go_on_serving(schedules: Path) -> None:
    store = ContentStore(schedules.parent / "knowledge", schedules=schedules)
    shutil.rmtree(schedules)

    found = store.reload()

    assert is_served(found.schedules)
    assert found.set_aside == found.served_from_last_good == ("schedules",)
    assert told(found, Level.ERROR) == [("schedules", 1)]
    assert found.library.commitments.keys() == {"surabaya-2007"}


@pytest.mark.parametrize("given", ["", "schedules/cycles"])
def test_a_folder_above_or_inside_the_schedules_is_one_error(schedules: Path, given: str) -> None:
    found = load(schedules.parent / "knowledge", schedules=schedules.parent / given)

    assert [problem.code for problem in found.problems] == ["folder"]
    assert "did you mean" in (found.problems[0].cure or "")


def test_a_read_me_is_nobody_s_slip(schedules: Path) -> None:
    write(schedules, "README.md", "For us.")
    write(schedules, "reminders/README.md", "For us.")

    assert scan(schedules, SCHEDULES).problems == ()
    assert loaded(schedules).problems == ()


def test_a_link_out_of_the_schedules_is_not_followed(schedules: Path, tmp_path: Path) -> None:
    outside = write(tmp_path, "outside.yaml", cycle())
    (schedules / Y).symlink_to(outside)

    found = loaded(schedules)

    assert told(found, Level.ERROR) == [(f"schedules/{Y}", 1)]
    assert "y" not in found.schedules.cycles


def test_an_edit_of_a_cycle_is_seen_while_the_bot_runs(schedules: Path) -> None:
    store = ContentStore(schedules.parent / "knowledge", schedules=schedules)

    async def watch() -> list[Loaded]:
        seen: asyncio.Queue[Loaded] = asyncio.Queue()
        watcher = asyncio.create_task(store.watch(seen.put))
        await asyncio.sleep(0.5)
        found = []
        for edit in (
            lambda: write(schedules, CYCLE, GOOD_SCHEDULES[CYCLE].replace("12-15", "12-31")),
            lambda: write(schedules, CYCLE, "title: ["),
        ):
            edit()
            found.append(await asyncio.wait_for(seen.get(), timeout=5))
        watcher.cancel()
        return found

    good, bad = asyncio.run(watch())

    assert good.schedules.cycles["2026"].deadline == date(2026, 12, 31)
    assert bad.schedules.cycles["2026"].deadline == date(2026, 12, 31)
    assert (good.has_errors, bad.has_errors) == (False, True)
    assert good.schedules.version == bad.schedules.version != ""


def test_the_version_of_a_questionnaire_follows_its_bytes(schedules: Path) -> None:
    first = loaded(schedules).schedules
    write(schedules, PROGRESS, GOOD_SCHEDULES[PROGRESS] + "# again\n")
    second = loaded(schedules).schedules

    assert first.questionnaires["progress"].version != second.questionnaires["progress"].version
    assert first.version != second.version


def test_what_is_remembered_gives_the_same_schedules(schedules: Path, tmp_path: Path) -> None:
    knowledge = schedules.parent / "knowledge"
    long_ago(knowledge)
    long_ago(schedules)
    cache = tmp_path / "cache"
    first = load_remembered(knowledge, cache, schedules=schedules)
    load_remembered(knowledge, cache)

    again = load_remembered(knowledge, cache, schedules=schedules)

    assert list(cache.iterdir())
    assert again.schedules == first.schedules == loaded(schedules).schedules
    assert is_served(again.schedules)


def test_shipped_schedules_with_random_damage_are_always_explained(schedules: Path) -> None:
    """Bytes lost, doubled, swapped or made up in real files: never a crash, always a line of the file."""
    dice = random.Random(2026)
    originals = sorted((starter_folder() / "schedules").glob("*/*.yaml"))
    explained = 0
    for _ in range(60):
        for file in dice.sample(originals, 3):
            write(schedules, f"{file.parent.name}/{file.name}", damage(file.read_bytes(), dice))

        found = loaded(schedules)

        for problem in found.problems:
            assert problem.message
            lines = (schedules.parent / problem.path).read_bytes().count(b"\n") + 2
            assert 1 <= problem.line <= lines, problem
        explained += len(found.problems)
    assert explained > 60
