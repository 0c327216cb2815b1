"""Reminder rules, holidays and templates of announcements: read strictly, explained kindly, followed live."""

from __future__ import annotations

import asyncio
from datetime import date, time
from pathlib import Path

import pytest

from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.memory import load_remembered
from bot.content.problems import Effect, Level
from bot.content.store import ContentStore
from bot.domain.cycles import Schedules
from bot.domain.reminder_rules import (
    Anchor,
    DaysOff,
    MessageTemplate,
    Moves,
    QuietHours,
    ReminderRule,
    Step,
    Unless,
)
from bot.domain.words import LocalText

from .broken_files import Broken
from .broken_rules import BROKEN_RULES, DOUBTFUL_RULES, H, M, R, rest, rule, rules, said
from .broken_schedules import Y, cycle
from .conftest import GOOD_SCHEDULES, write
from .test_last_good import long_ago
from .test_schedules import loaded, told

CYCLE = "cycles/2026.yaml"
GOOD = {
    "reminders/standard.yaml": "rules:\n  - {id: two-weeks, before: 14 days}\n",
    "holidays/indonesia.yaml": "country: ID\nyearly: [08-17]\ndays: [2026-03-20]\n",
    "messages/opens.yaml": "title: {en: Opens, zh: B}\ntext: {en: 'By {deadline}', zh: '{deadline}'}\n",
    CYCLE: GOOD_SCHEDULES[CYCLE] + "reminders: standard\n",
}


@pytest.fixture
def timetable(schedules: Path) -> Path:
    """A schedules folder with all kinds of files, in which nothing is wrong."""
    for path, text in GOOD.items():
        write(schedules, path, text)
    return schedules


def is_served(schedules: Schedules) -> bool:
    return (
        schedules.cycles["2026"].reminders == "standard"
        and [each.id for each in schedules.reminders["standard"].rules] == ["two-weeks"]
        and schedules.days_off["ID"] == DaysOff(frozenset({date(2026, 3, 20)}), frozenset({(8, 17)}))
        and schedules.messages["opens"].title.by_language["en"] == "Opens"
    )


def notes(found: Loaded) -> list[str]:
    return [str(problem) for problem in found.problems if problem.level is Level.NOTE]


def test_right_files_are_served_without_a_word(timetable: Path) -> None:
    found = loaded(timetable)

    assert found.problems == ()
    assert is_served(found.schedules)
    assert found.schedules.reminders["standard"].quiet == QuietHours(time(20), time(8))
    assert found.schedules.messages["opens"] == MessageTemplate(
        "opens",
        LocalText({"en": "Opens", "zh": "B"}),
        LocalText({"en": "By {deadline}", "zh": "{deadline}"}),
    )


def test_rules_are_read_as_they_are_promised(timetable: Path) -> None:
    write(
        timetable,
        R,
        'quiet_hours: "19:30 – 07:00"\nrules:\n'
        '  - {id: a, before: "14 days", at: "09:00", to: focal_points, unless: submitted}\n'
        "  - {id: b, before: 1 week, at: 8:30, to: deputies, unless: submitted, moves: later}\n"
        '  - {id: c, after: "0 days"}\n'
        "  - {id: d, after: 1 day, to: secretariat, at: 17:00}\n"
        "  - {id: e, on: deadline, at: '15:00'}\n"
        "  - {id: f, on: opening, moves: earlier}\n"
        "  - {id: g, after_opening: 2 Weeks}\n",
    )

    found = loaded(timetable)

    assert told(found, Level.ERROR) == []
    read = found.schedules.reminders["x"]
    assert read.quiet == QuietHours(time(19, 30), time(7))
    of_deadline, of_opening = Anchor.DEADLINE, Anchor.OPENING
    points, deputies, office = Step.FOCAL_POINTS, Step.DEPUTIES, Step.SECRETARIAT
    sent, answered = Unless.SUBMITTED, Unless.ANSWERED
    earlier, later = Moves.EARLIER, Moves.LATER
    assert read.rules == (
        ReminderRule("a", -14, time(9), points, of_deadline, sent, earlier),
        ReminderRule("b", -7, time(8, 30), deputies, of_deadline, sent, later),
        ReminderRule("c", 0, time(9), points, of_deadline, sent, earlier),
        ReminderRule("d", 1, time(17), office, of_deadline, answered, later),
        ReminderRule("e", 0, time(15), points, of_deadline, sent, earlier),
        ReminderRule("f", 0, time(9), points, of_opening, sent, earlier),
        ReminderRule("g", 14, time(9), points, of_opening, sent, later),
    )


def test_days_of_rest_are_single_ones_ranges_and_those_of_every_year(timetable: Path) -> None:
    write(
        timetable,
        H,
        "name: Where we are\ncities: [surabaya]\n"
        "days:\n  - 2026-05-14   # Ascension\n  - 2026-12-30 to 2027-01-02\n  - {from: 2026-06-01, to: 2026-06-02}\n"
        '  - "2026-07-01–2026-07-02"\n'
        'yearly:\n  - 12-25\n  - "02-29"\n  - 12-31 to 01-02\n  - {from: 02-28, to: 03-01}\n',
    )

    found = loaded(timetable)

    assert found.problems == ()
    off = found.schedules.days_off["surabaya"]
    assert sorted(map(str, off.days)) == [
        *("2026-05-14", "2026-06-01", "2026-06-02", "2026-07-01", "2026-07-02"),
        *("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"),
    ]
    assert sorted(off.yearly) == [(1, 1), (1, 2), (2, 28), (2, 29), (3, 1), (12, 25), (12, 31)]


def test_a_city_rests_on_the_days_of_its_country_and_of_all_files_about_it(timetable: Path) -> None:
    write(timetable, H, rest("yearly: [05-31]", where="cities: [surabaya]"))
    write(timetable, "holidays/y.yaml", rest("yearly: [12-25]"))

    off = loaded(timetable).schedules.days_off_of("ID", "surabaya")

    assert all(off.holds(day) for day in (date(2026, 3, 20), date(2030, 8, 17), date(2030, 5, 31)))
    assert off.holds(date(2030, 12, 25))
    assert not off.holds(date(2030, 3, 20))


@pytest.mark.parametrize("broken", BROKEN_RULES, ids=lambda broken: broken.story)
def test_a_slip_is_told_once_at_its_line_and_the_rest_serves(timetable: Path, broken: Broken) -> None:
    write(timetable, broken.path, broken.content)

    found = loaded(timetable)

    errors = [problem for problem in found.problems if problem.level is Level.ERROR]
    assert [(problem.path, problem.line) for problem in errors] == [
        (f"schedules/{broken.path}", broken.line)
    ], [str(problem) for problem in errors]
    assert broken.told in errors[0].message
    assert broken.cure in (errors[0].cure or "")
    assert is_served(found.schedules)
    served = {**found.schedules.cycles, **found.schedules.reminders, **found.schedules.messages}
    assert Path(broken.path).stem not in served
    assert found.schedules.days_off.keys() == {"ID"}


@pytest.mark.parametrize("broken", BROKEN_RULES, ids=lambda broken: broken.story)
def test_a_good_file_that_gets_this_slip_serves_as_it_was(timetable: Path, broken: Broken) -> None:
    before = next(path for path in GOOD if path.partition("/")[0] == broken.path.partition("/")[0])
    store = ContentStore(timetable.parent / "knowledge", schedules=timetable)
    write(timetable, before, broken.content)

    after = store.reload()

    assert is_served(after.schedules)
    assert f"schedules/{before}" in after.served_from_last_good


def test_there_are_many_ways_to_break_them() -> None:
    assert len({broken.story for broken in BROKEN_RULES}) == len(BROKEN_RULES) >= 80


@pytest.mark.parametrize("doubtful", DOUBTFUL_RULES, ids=lambda doubtful: doubtful.story)
def test_what_is_most_likely_not_meant_is_a_warning(timetable: Path, doubtful: Broken) -> None:
    write(timetable, doubtful.path, doubtful.content)

    found = loaded(timetable)

    warnings = [problem for problem in found.problems if problem.level is Level.WARNING]
    assert [problem.line for problem in warnings] == [doubtful.line], found.problems
    assert doubtful.told in warnings[0].message
    assert doubtful.cure in (warnings[0].cure or "")
    assert not found.has_errors
    assert "x" in {**found.schedules.reminders, **found.schedules.messages}


def test_all_slips_of_a_file_of_rules_are_told_at_once(timetable: Path) -> None:
    write(
        timetable,
        R,
        rules("{id: a, before: 14}", "{id: b, on: dedline}", "{id: c, after: 1 day, at: noon, to: deputy}"),
    )

    assert [line for _, line in told(loaded(timetable), Level.ERROR)] == [4, 5, 6, 6]


def test_a_column_leads_to_what_was_read(timetable: Path) -> None:
    write(timetable, R, rule(before="14"))

    problem = loaded(timetable).problems[0]

    assert (problem.line, problem.column) == (4, "  - {id: x, before: 14".index("14") + 1)


def test_a_message_that_lacks_a_language_is_a_note(timetable: Path) -> None:
    write(timetable, M, said("Only English"))

    assert notes(loaded(timetable)) == ["schedules/messages/x.yaml:1:1: note: not translated: `text` (`zh`)"]


def test_a_text_of_many_lines_is_shown_as_paragraphs(timetable: Path) -> None:
    write(timetable, M, said("\n  en: |\n    **One**\n\n    - two\n  zh: B"))

    found = loaded(timetable)

    assert found.problems == ()
    assert found.schedules.messages["x"].text.by_language["en"] == "**One**\n\n- two"


def test_rules_that_are_set_aside_do_not_make_their_cycle_look_wrong(timetable: Path) -> None:
    write(timetable, "reminders/standard.yaml", "rules: [")

    found = loaded(timetable)

    assert told(found, Level.ERROR) == [("schedules/reminders/standard.yaml", 1)]
    assert found.schedules.cycles["2026"].reminders == "standard"


def test_a_city_that_is_set_aside_does_not_make_its_holidays_look_wrong(timetable: Path) -> None:
    write(timetable, H, rest("yearly: [05-31]", where="cities: [surabaya]"))
    write(timetable.parent / "knowledge", "cities/surabaya.md", "broken")

    found = loaded(timetable)

    assert {path for path, _ in told(found, Level.ERROR) if path.startswith("schedules")} == set()
    assert "surabaya" in found.schedules.days_off


def test_a_cycle_that_loses_its_rules_is_told_and_goes_on(timetable: Path) -> None:
    store = ContentStore(timetable.parent / "knowledge", schedules=timetable)
    (timetable / "reminders" / "standard.yaml").unlink()

    found = store.reload()

    assert told(found, Level.ERROR) == [(f"schedules/{CYCLE}", 7)]
    assert "no reminders/standard.yaml" in found.problems[0].message
    assert found.effect_of(found.problems[0]) is Effect.LAST_GOOD_SERVES
    assert "2026" in found.schedules.cycles


def test_a_restart_with_slips_serves_what_was_good(timetable: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    loaded(timetable, LastGood(kept))
    for path in GOOD:
        write(timetable, path, "title: [")

    found = loaded(timetable, LastGood(kept))

    assert is_served(found.schedules)
    assert set(found.served_from_last_good) == {f"schedules/{path}" for path in GOOD}
    assert loaded(timetable).schedules.reminders == {}, "without copies there is nothing to serve"


def test_what_is_remembered_gives_the_same_rules(timetable: Path, tmp_path: Path) -> None:
    knowledge, cache = timetable.parent / "knowledge", tmp_path / "cache"
    long_ago(knowledge)
    long_ago(timetable)
    first = load_remembered(knowledge, cache, schedules=timetable)
    kept = next(cache.iterdir()).stat().st_mtime_ns

    again = load_remembered(knowledge, cache, schedules=timetable)

    assert next(cache.iterdir()).stat().st_mtime_ns == kept, "nothing had to be parsed again"
    assert again.schedules == first.schedules
    assert is_served(again.schedules)


def test_folders_that_come_while_the_bot_runs_are_seen_and_slips_keep_what_was_there(schedules: Path) -> None:
    store = ContentStore(schedules.parent / "knowledge", schedules=schedules)

    async def watch() -> list[Loaded]:
        seen: asyncio.Queue[Loaded] = asyncio.Queue()
        watcher = asyncio.create_task(store.watch(seen.put))
        await asyncio.sleep(0.5)
        found = []
        for text in (rules("{id: x, before: 14 days}"), rules("{id: x, before: 14}")):
            write(schedules, R, text)
            found.append(await asyncio.wait_for(seen.get(), timeout=5))
        watcher.cancel()
        return found

    good, bad = asyncio.run(watch())

    assert (good.has_errors, bad.has_errors) == (False, True)
    for found in (good, bad):
        assert [each.id for each in found.schedules.reminders["x"].rules] == ["first", "x"]


def test_countries_without_holidays_are_one_note_where_somebody_is_reminded(timetable: Path) -> None:
    (timetable / "holidays" / "indonesia.yaml").unlink()

    assert notes(loaded(timetable)) == [
        "schedules/cycles/2026.yaml:7:12: note: `reminders`: public holidays of ID are not known; "
        "`focal new holidays id` writes a file for them"
    ]
    write(timetable, CYCLE, GOOD_SCHEDULES[CYCLE])
    assert notes(loaded(timetable)) == []
    write(timetable, CYCLE, GOOD[CYCLE])
    write(timetable, H, rest("yearly: [05-31]", where="cities: [surabaya]"))
    assert notes(loaded(timetable)) == [], "its own file will do"


def test_holidays_of_a_country_without_a_city_are_a_note(timetable: Path) -> None:
    write(timetable, H, rest("yearly: [05-31]", where="country: IN"))

    assert notes(loaded(timetable)) == [
        "schedules/holidays/x.yaml:1:1: note: `country`: read `IN`, but no city of the network lies there; "
        "correct it, or take the file away"
    ]


def test_reminders_before_a_cycle_opens_are_a_note(timetable: Path) -> None:
    write(timetable, R, rules("{id: long-before, before: 90 days}", "{id: before, before: 3 weeks}"))
    write(timetable, Y, cycle(reminders="x"))

    assert notes(loaded(timetable)) == [
        "schedules/cycles/y.yaml:6:12: note: `reminders`: `long-before` (2026-09-16) would come before the cycle "
        "opens (2026-10-01); name other rules, or let the cycle open sooner"
    ]


def test_without_notes_nothing_is_said_of_holidays(timetable: Path) -> None:
    (timetable / "holidays" / "indonesia.yaml").unlink()

    assert load(timetable.parent / "knowledge", schedules=timetable, with_notes=False).problems == ()
