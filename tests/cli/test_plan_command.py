"""`focal plan`: what will go out, for scripts and for people."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from test_command_line import ROOT, focal

from bot import forecast as plan
from bot.domain.cycles import ReportingCycle
from bot.domain.people import MembershipState, Role
from bot.domain.reminder_rules import Anchor, ReminderRule, ReminderRules, Step
from bot.domain.reminders import Debt, Owed, Why
from bot.domain.words import LocalText
from bot.storage.database import Database

CITY = """---
title: {{en: {name}}}
country: {country}
time_zone: {zone}
languages: [en]
---
"""
COMMITMENT = """---
title: {{en: A promise}}
city: {city}
made: 2007
due: 2030
targets:
  - {{id: a, kind: scale, indicator: waste, text: {{en: Work on it.}}}}
---
"""
PROGRESS = """
title: {en: Progress report}
form: progress
questions:
  - {id: worked, type: text, ask: {en: "What worked?"}, short: {en: What worked}}
"""
CYCLE = """
title: {en: Report 2026}
period: 2026
opens: 2026-10-01
deadline: 2026-12-15
questionnaire: progress
reminders: standard
"""
RULES = """
quiet_hours: "20:00-08:00"
rules:
  - {id: in-14-days, before: "14 days", at: "09:00"}
  - {id: saturday, before: "10 days", at: "09:00"}
  - {id: last-day, on: deadline, at: "09:00"}
  - {id: late-3, after: "3 days", at: "09:00"}
"""
SURABAYA, KATHMANDU = 5_000_000_002, 5_000_000_003
FIELDS = ["at_utc", "at_local", "zone", "person", "city", "rule", "language", "why"]
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """Two cities, 45 minutes apart from whole hours."""
    cities = {"surabaya": ("ID", "Asia/Jakarta"), "kathmandu": ("NP", "Asia/Kathmandu")}
    for city, (country, zone) in cities.items():
        put(tmp_path, f"knowledge/cities/{city}.md", CITY.format(name=city, country=country, zone=zone))
        put(tmp_path, f"knowledge/commitments/{city}-2007.md", COMMITMENT.format(city=city))
    put(tmp_path, "knowledge/topics.yaml", "waste: {label: {en: Waste}}\n")
    put(tmp_path, "knowledge/indicators.yaml", "waste: {label: {en: Waste}}\n")
    (tmp_path / "knowledge/practices").mkdir()
    put(tmp_path, "schedules/questionnaires/progress.yaml", PROGRESS)
    put(tmp_path, "schedules/cycles/2026.yaml", CYCLE)
    put(tmp_path, "schedules/reminders/standard.yaml", RULES)
    return tmp_path


def put(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def planned(network: Path, *words: str) -> list[dict[str, Any]]:
    told = focal("plan", "--knowledge", str(network / "knowledge"), "--json", *words, **settings(network))
    assert told.returncode == 0
    assert ("There is no database at" in told.stderr) != (network / "data" / "focal.db").exists()
    return json.loads(told.stdout)


def settings(network: Path) -> dict[str, str]:
    return {"FOCAL_DATA": str(network / "data")}


def test_on_a_fresh_machine_it_tells_a_year_and_makes_no_database(network: Path) -> None:
    rows = planned(network, *YEAR)
    assert [(row["city"], row["rule"], row["at_local"]) for row in rows] == [
        ("surabaya", "in-14-days", "2026-12-01T09:00:00+07:00"),
        ("kathmandu", "in-14-days", "2026-12-01T09:00:00+05:45"),
        ("surabaya", "saturday", "2026-12-04T09:00:00+07:00"),
        ("kathmandu", "saturday", "2026-12-04T09:00:00+05:45"),
        ("surabaya", "last-day", "2026-12-15T09:00:00+07:00"),
        ("kathmandu", "last-day", "2026-12-15T09:00:00+05:45"),
        ("surabaya", "late-3", "2026-12-18T09:00:00+07:00"),
        ("kathmandu", "late-3", "2026-12-18T09:00:00+05:45"),
    ]
    for row in rows:
        assert list(row) == FIELDS
        assert row["person"] is None
        utc, local = (datetime.fromisoformat(row[name]) for name in ("at_utc", "at_local"))
        assert utc == local
        assert utc.utcoffset() == timedelta(0)
        assert local.utcoffset() == utc.astimezone(ZoneInfo(row["zone"])).utcoffset()
    assert rows[0]["why"] == "14 days before the deadline of 2026-12-15; not started; nobody there to remind"
    assert rows[3]["why"].startswith("10 days before the deadline of 2026-12-15, moved from 2026-12-05; ")
    assert rows[4]["why"].startswith("at the deadline of 2026-12-15; ")
    assert not (network / "data").exists()


def test_rows_come_in_order_of_time_and_within_what_was_asked(network: Path) -> None:
    begin, end = "2026-12-01T03:00+00:00", "2026-12-15T02:00:00Z"
    rows = planned(network, "--from", begin, "--to", end)
    moments = [datetime.fromisoformat(row["at_utc"]) for row in rows]
    assert all(one <= other for one, other in pairwise(moments))
    assert [(row["city"], row["rule"]) for row in rows] == [
        ("kathmandu", "in-14-days"),
        ("surabaya", "saturday"),
        ("kathmandu", "saturday"),
        ("surabaya", "last-day"),
    ]
    assert planned(network, "--from", "2027-06-01", "--to", "2027-06-01") == []


def test_people_stand_in_it_by_their_handle_and_in_their_language(network: Path) -> None:
    database = Database(f"sqlite:///{make(network / 'data')}")
    database.upgrade()
    now = datetime(2026, 11, 1, tzinfo=UTC)

    def fill(work: Any) -> None:
        for person, city, language in ((SURABAYA, "surabaya", "fr"), (KATHMANDU, "kathmandu", "en")):
            work.people.seen(person, language, now)
            work.people.join(person, Role.FOCAL_POINT, city, MembershipState.ACTIVE, now)
        work.reminders.hold(f"2026:surabaya:late-3:{SURABAYA}:2026-12-18", 0, now)
        work.people.set_reachable(KATHMANDU, False)

    database.run_now(fill)
    handle = database.run_now(lambda work: work.people.get(SURABAYA)).handle
    database.close()
    rows = planned(network, *YEAR)
    assert {(row["city"], row["person"], row["language"]) for row in rows} == {
        ("surabaya", handle, "fr"),
        ("kathmandu", None, "en"),
    }
    assert handle
    assert str(SURABAYA) not in json.dumps(rows)
    assert ("surabaya", "late-3") not in {(row["city"], row["rule"]) for row in rows}, "it is held"
    assert rows[0]["why"] == "14 days before the deadline of 2026-12-15; not started"


def make(folder: Path) -> Path:
    folder.mkdir()
    return folder / "focal.db"


def test_a_database_of_another_version_is_left_alone(network: Path) -> None:
    file = make(network / "data")
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE alembic_version (version_num TEXT)")
        connection.execute("INSERT INTO alembic_version VALUES ('0001')")
    told = focal("plan", "--knowledge", str(network / "knowledge"), **settings(network))
    assert told.returncode == 2
    assert "not of this version" in told.stderr


def test_without_json_it_is_a_table_for_people(network: Path) -> None:
    told = focal("plan", "--knowledge", str(network / "knowledge"), *YEAR, **settings(network))
    assert told.returncode == 0
    first, *_, last = told.stdout.splitlines()
    assert first.startswith("Tue 2026-12-01 09:00  Asia/Jakarta")
    assert "(nobody)" in first
    assert last == "8 reminders from 2026-01-01 00:00 to 2026-12-31 00:00 UTC."
    nothing = focal(
        "plan", "--knowledge", str(network / "knowledge"), "--from", "2030-01-01", **settings(network)
    )
    assert nothing.stdout == "Nothing goes out from 2030-01-01 00:00 to 2030-01-31 00:00 UTC.\n"


def test_where_files_are_broken_it_says_so_beside_the_plan(network: Path) -> None:
    put(network, "schedules/reminders/standard.yaml", RULES.replace("14 days", "soon"))
    told = focal("plan", "--knowledge", str(network / "knowledge"), "--json", *YEAR, **settings(network))
    assert told.returncode == 0
    json.loads(told.stdout)
    assert "focal check" in told.stderr


def test_the_shipped_content_has_a_plan() -> None:
    told = focal("plan", *YEAR, "--json", FOCAL_DATA=str(ROOT / "no-such-folder"))
    rows = json.loads(told.stdout)
    assert {"opening", "in-14-days", "last-day"} <= {row["rule"] for row in rows}
    assert "sibu" in {row["city"] for row in rows}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "soon"), "--from 'soon' is not a date"),
        (("--to", "2026-13-01"), "--to '2026-13-01' is not a date"),
        (("--from", "0001-01-01T00:00+14:00"), "is not a date"),
        (("--to", "9999-12-31"), "years 2000 to 2100"),
        (("--from", "2026-12-02", "--to", "2026-12-01"), "--to 2026-12-01 lies before --from 2026-12-02"),
        (("--knowledge", "/no/such/folder"), "is not a folder"),
        (("--schedules", "/no/such/folder"), "is not a folder"),
    ],
)
def test_wrong_use_is_a_sentence_and_two(words: tuple[str, ...], said: str) -> None:
    told = focal("plan", *words)
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert "Traceback" not in told.stderr


OPENS, DEADLINE = datetime(2026, 10, 1).date(), datetime(2026, 12, 15).date()


@pytest.mark.parametrize(
    ("days", "anchor", "step", "said"),
    [
        (-14, Anchor.DEADLINE, Step.FOCAL_POINTS, "14 days before the deadline of 2026-12-15; not started"),
        (
            -1,
            Anchor.DEADLINE,
            Step.DEPUTIES,
            "1 day before the deadline of 2026-12-15, to the deputies; not started",
        ),
        (0, Anchor.OPENING, Step.FOCAL_POINTS, "at the opening on 2026-10-01; not started"),
        (
            5,
            Anchor.DEADLINE,
            Step.SECRETARIAT,
            "5 days after the deadline of 2026-12-15, to the secretariat; not started",
        ),
    ],
)
def test_why_is_a_sentence(days: int, anchor: Anchor, step: Step, said: str) -> None:
    rule = ReminderRule("some", days, datetime(2026, 1, 1, 9).time(), step, anchor)
    cycle = ReportingCycle("2026", LocalText.plain("x"), "2026", OPENS, DEADLINE, "progress")
    owed = Owed("sibu", cycle, ReminderRules("standard", (rule,)), ())
    at = datetime(2026, 12, 1, 1, tzinfo=UTC)
    debt = Debt("2026", "sibu", "some", 7, at.date(), at, step)
    assert plan.why(debt, owed, at.date()) == said
    nudge = Debt("2026", "sibu", "nudge-1", 7, at.date(), at, step, Why.NUDGE)
    assert plan.why(nudge, owed, at.date()).startswith("reminded by hand")
