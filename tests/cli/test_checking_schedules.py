"""`focal check` and `focal new` with schedules: one command for all content, and for the drafts it touches."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

from test_command_line import focal

from bot.domain.answers import Answer, AnswerState, Words
from bot.domain.drafts import Draft
from bot.domain.questionnaires import Form
from bot.storage.database import Database

NOW = datetime(2026, 11, 1, tzinfo=UTC)


def a_network(folder: Path, questionnaire: str) -> Path:
    """A folder with one questionnaire and nothing else."""
    (folder / "knowledge" / "practices").mkdir(parents=True)
    file = folder / "schedules" / "questionnaires" / "progress.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(questionnaire, encoding="utf-8")
    return file


def test_schedules_beside_the_knowledge_are_checked_too(tmp_path: Path) -> None:
    a_network(tmp_path, "title: {en: A, zh: B}\nquestions:\n  - {id: x, type: txt, ask: {en: A, zh: B}}\n")

    here = focal("check", cwd=tmp_path)
    named = focal("check", "--knowledge", str(tmp_path / "knowledge"))
    both = focal("check", "--schedules", str(tmp_path / "schedules"), "--json")

    assert here.returncode == named.returncode == both.returncode == 1
    first = here.stdout.splitlines()[0]
    assert first.startswith("schedules/questionnaires/progress.yaml:3:19: error: ")
    assert "did you mean `text`?" in first
    assert named.stdout.splitlines()[0] == first
    assert [problem["code"] for problem in json.loads(both.stdout)["problems"]] == ["choice"]
    assert here.stderr == named.stderr == both.stderr == ""


def test_who_names_a_knowledge_folder_alone_needs_no_schedules(tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "practices").mkdir(parents=True)

    checked = focal("check", "--knowledge", str(tmp_path / "knowledge"), "--json")

    assert json.loads(checked.stdout) == {"entries": 0, "problems": []}
    assert "no such folder" in focal("check", cwd=tmp_path).stdout
    assert focal("check", "--schedules", str(tmp_path / "nowhere")).returncode == 2


def test_drafts_that_a_change_touches_are_a_note(tmp_path: Path) -> None:
    file = a_network(
        tmp_path, "title: {en: A, zh: B}\nquestions:\n  - {id: x, type: text, ask: {en: A, zh: B}}\n"
    )
    database = Database(f"sqlite:///{tmp_path / 'data' / 'focal.db'}")
    database.upgrade()
    answers = {"x": Answer(AnswerState.GIVEN, 7, NOW, Words("Rain"))}
    draft = Draft(0, Form.PROGRESS, "hue", "progress", NOW, NOW, cycle="2026", answers=answers, known=("x",))
    database.run_now(lambda work: work.drafts.add(draft))
    database.close()
    assert "note" not in focal("check", cwd=tmp_path).stdout

    file.write_text(file.read_text(encoding="utf-8").replace("id: x", "id: y"), encoding="utf-8")

    told = focal("check", cwd=tmp_path)
    assert told.returncode == 0
    assert told.stdout.splitlines()[0] == (
        "schedules/questionnaires/progress.yaml:1:1: note: 1 open draft: in 1 an answer to `x` is set aside "
        "(the question is gone; write `formerly: [x]` at its successor to keep it), in 1 one question is new (`y`)"
    )


def test_a_database_that_is_not_there_is_not_made_by_a_check(tmp_path: Path) -> None:
    a_network(tmp_path, "title: {en: A, zh: B}\nquestions:\n  - {id: x, type: text, ask: {en: A, zh: B}}\n")

    assert focal("check", cwd=tmp_path).returncode == 0
    assert not (tmp_path / "data").exists()


def test_a_new_cycle_passes_the_check_as_soon_as_it_has_a_title(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert focal("init", str(mine)).returncode == 0
    written = focal("new", "cycle", "2027", cwd=mine)
    assert (written.returncode, written.stdout.strip()) == (0, "Written: schedules/cycles/2027.yaml")
    file = mine / "schedules" / "cycles" / "2027.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace('""', '"2027"'), encoding="utf-8")

    assert focal("check", cwd=mine).returncode == 0
    assert focal("new", "cycle", "2027", cwd=mine).returncode == 2
    assert "There is not a folder" in focal("new", "cycle", "2027", cwd=tmp_path).stderr


def test_new_reminders_holidays_and_messages_are_written_checked_and_counted(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert focal("init", str(mine)).returncode == 0
    counted = "1 set of reminders, 9 calendars of holidays, 3 messages, 0 errors, 0 remarks"
    assert focal("check", cwd=mine).stdout.splitlines()[-1].endswith(counted)

    for kind, name, folder in (
        ("reminders", "gentle", "reminders"),
        ("holidays", "be", "holidays"),
        ("message", "tour", "messages"),
    ):
        written = focal("new", kind, name, cwd=mine)
        assert (written.returncode, written.stdout.strip()) == (0, f"Written: schedules/{folder}/{name}.yaml")
    told = focal("check", cwd=mine)

    assert told.returncode == 1
    assert told.stdout.startswith("schedules/messages/tour.yaml:2:1: error: `title` has nothing after it")
    counted = "2 sets of reminders, 10 calendars of holidays, 3 messages, 1 error, 0 remarks"
    assert told.stdout.splitlines()[-1].endswith(counted)


def test_a_rule_that_cannot_be_is_told_with_its_line_and_cure(tmp_path: Path) -> None:
    (tmp_path / "knowledge" / "practices").mkdir(parents=True)
    file = tmp_path / "schedules" / "reminders" / "standard.yaml"
    file.parent.mkdir(parents=True)
    file.write_text("rules:\n  - {id: first, before: 14 days, at: '21:00'}\n", encoding="utf-8")

    told = focal("check", cwd=tmp_path)

    assert told.returncode == 1
    assert told.stdout.splitlines()[0] == (
        "schedules/reminders/standard.yaml:2:38: error: `rules` no. 1 `at`: read `21:00`, which lies in the quiet "
        'hours (20:00-08:00); write an hour outside of them, such as "08:00", or change `quiet_hours`'
    )
