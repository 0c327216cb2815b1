"""What cities owe and who is reminded of it, worked out for all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.domain.commitments import City, Commitment
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Entry, Library
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import MembershipState, Person, Role
from bot.domain.ports import UnitOfWork
from bot.domain.reminder_rules import ReminderRule, ReminderRules, Step
from bot.domain.reminders import NOBODY, Owed, Promise
from bot.domain.words import LocalText
from bot.lookup.index import Index
from bot.services import reminding
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge
from bot.services.owed import owed_among, owed_reports
from bot.services.signs import signs_of_life
from bot.storage.database import Database
from bot.texts.renderer import Renderer

NOW = datetime(2026, 12, 1, 6, 0, tzinfo=UTC)
CYCLE = ReportingCycle(
    *("2026", LocalText.plain("Report"), "2026", date(2026, 10, 1), date(2026, 12, 15), "progress"),
    reminders="standard",
)
RULES = ReminderRules("standard", (ReminderRule("in-14-days", -14, time(9)),))
MAYA, DEV, KIRAN, LEO = 31, 32, 33, 34


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    database.upgrade()
    yield database
    database.close()


def library_of(zones: Mapping[str, str], promised: frozenset[str] | None = None) -> Library:
    """Cities of Nepal with these zones; those that promised something (all, where None) owe a report."""
    entries: dict[str, Entry] = {}
    for city, zone in zones.items():
        entries[city] = Entry(city, "cities", LocalText.plain(city.title()), record=City("NP", zone))
        if promised is None or city in promised:
            made = f"{city}-2007"
            entries[made] = Entry(
                made, "commitments", LocalText.plain(made), record=Commitment(city, 2007, 2030, ())
            )
    return Library(entries)


def desk(work: UnitOfWork, library: Library) -> Desk:
    schedules = Schedules({"2026": CYCLE}, reminders={"standard": RULES})
    knowledge = Knowledge(library, Index.build(Library()), schedules=schedules)
    return Desk(Person(0, ""), knowledge, work, NOW, Renderer("focal_bot"), frozenset(), "tick")


def appoint(work: UnitOfWork, person: int, role: Role, city: str | None, *countries: str) -> None:
    work.people.seen(person, "en", NOW)
    work.people.join(person, role, city, MembershipState.ACTIVE, NOW, frozenset(countries))


def people_of(owed: Owed) -> set[tuple[int, Step]]:
    return {(recipient.person, recipient.step) for recipient in owed.people}


def test_focal_points_and_deputies_of_a_city_and_whoever_reviews_it(database: Database) -> None:
    def unit(work: UnitOfWork) -> None:
        appoint(work, MAYA, Role.FOCAL_POINT, "patan")
        appoint(work, DEV, Role.DEPUTY, "patan")
        appoint(work, KIRAN, Role.SECRETARIAT, None, "NP")
        appoint(work, LEO, Role.SECRETARIAT, None, "PH")
        library = library_of({"patan": "Asia/Kathmandu"})
        steps = {(MAYA, Step.FOCAL_POINTS), (DEV, Step.DEPUTIES), (KIRAN, Step.SECRETARIAT)}
        assert [people_of(one) for one in owed_reports(desk(work, library))] == [steps]
        work.people.set_reachable(MAYA, False)
        steps = {(DEV, Step.FOCAL_POINTS), (KIRAN, Step.SECRETARIAT)}
        assert [people_of(one) for one in owed_reports(desk(work, library))] == [steps]
        work.people.set_reachable(DEV, False)
        steps = {(NOBODY, Step.FOCAL_POINTS), (KIRAN, Step.SECRETARIAT)}
        assert [people_of(one) for one in owed_reports(desk(work, library))] == [steps]
        assert reminding.plan(desk(work, library)) == 0

    database.run_now(unit)


def test_somebody_lives_by_the_clock_of_the_first_of_their_cities(database: Database) -> None:
    def unit(work: UnitOfWork) -> None:
        for city in ("patan", "apia"):
            appoint(work, MAYA, Role.FOCAL_POINT, city)
        found = owed_reports(desk(work, library_of({"apia": "Pacific/Apia", "patan": "Asia/Kathmandu"})))
        assert {one.people[0].calendar.zone for one in found} == {"Asia/Kathmandu"}

    database.run_now(unit)


def test_one_city_is_worked_out_as_all_of_them_are(database: Database) -> None:
    def unit(work: UnitOfWork) -> None:
        appoint(work, MAYA, Role.FOCAL_POINT, "patan")
        at = desk(
            work, library_of({f"city{n}": "Asia/Tokyo" for n in range(12)} | {"patan": "Asia/Kathmandu"})
        )
        everything = {(one.cycle.id, one.city): one for one in owed_reports(at)}
        assert len(everything) == 13
        assert owed_among(at, {("2026", "patan")})[("2026", "patan")] == everything[("2026", "patan")]
        assert owed_among(at, everything.keys()) == everything
        assert owed_among(at, {("1999", "patan"), ("2026", "nowhere")}) == {
            ("1999", "patan"): None,
            ("2026", "nowhere"): None,
        }

    database.run_now(unit)


def test_re_12_one_bad_clock_does_not_stop_the_others(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    """A zone that nobody knows is refused when files are read (RE-8); should one ever get here, it stays alone."""

    def unit(work: UnitOfWork) -> int:
        appoint(work, DEV, Role.FOCAL_POINT, "atlantis")  # the first of his cities: he lives by its clock
        appoint(work, DEV, Role.FOCAL_POINT, "bhaktapur")
        appoint(work, MAYA, Role.FOCAL_POINT, "patan")
        zones = {"atlantis": "No/Zone", "bhaktapur": "Asia/Kathmandu", "patan": "Asia/Kathmandu"}
        library = library_of(zones, frozenset({"bhaktapur", "patan"}))
        written = reminding.plan(desk(work, library))
        assert {person for person, _ in work.reminders.messaged(date(2026, 11, 30))} == {MAYA}
        return written

    assert database.run_now(unit) == 1
    assert "bhaktapur" in caplog.text


def test_a_hundred_cities_take_no_more_queries_than_two(database: Database) -> None:
    def queries(work: UnitOfWork, cities: int) -> int:
        for number in range(cities):
            appoint(work, 100 + number, Role.FOCAL_POINT, f"city{number}")
        library, asked = library_of({f"city{n}": "Asia/Tokyo" for n in range(cities)}), []

        def note(connection: Any, cursor: Any, statement: str, *_: Any) -> None:
            asked.append(statement)

        event.listen(Engine, "before_cursor_execute", note)
        try:
            assert len(owed_reports(desk(work, library))) == cities
        finally:
            event.remove(Engine, "before_cursor_execute", note)
        return len(asked)

    assert (
        database.run_now(lambda work: queries(work, 100))
        <= database.run_now(lambda work: queries(work, 2))
        < 20
    )


def test_cycles_of_years_ago_are_not_read_at_every_tick(database: Database) -> None:
    """The drafts and reports of all years take long, and nothing is said of them any more."""
    old = replace(CYCLE, id="2024", opens=date(2024, 10, 1), deadline=date(2024, 12, 15))

    def unit(work: UnitOfWork) -> None:
        appoint(work, MAYA, Role.FOCAL_POINT, "patan")
        at = desk(work, library_of({"patan": "Asia/Kathmandu"}))
        schedules = replace(at.schedules, cycles={"2026": CYCLE, "2024": old})
        knowledge = Knowledge(at.all_known, Index.build(Library()), schedules=schedules)
        at = Desk(Person(0, ""), knowledge, work, NOW, Renderer("focal_bot"), frozenset(), "tick")

        def spoken_of() -> set[str]:
            return {one.cycle.id for one in owed_reports(at, ahead=timedelta(days=1))}

        assert {one.cycle.id for one in owed_reports(at)} == {"2026", "2024"}
        assert spoken_of() == {"2026"}
        granted = Extension(0, "patan", "2024", date(2026, 12, 20), "", None, NOW, ExtensionState.GRANTED)
        kept = work.extensions.add(replace(granted, granted=granted.wanted))
        assert spoken_of() == {"2026", "2024"}
        work.extensions.save(replace(kept, state=ExtensionState.DECLINED, granted=None), kept)
        assert spoken_of() == {"2026"}
        work.reminders.promise(Promise(MAYA, "patan", "2024", date(2026, 12, 2), time(9), NOW))
        assert spoken_of() == {"2026", "2024"}
        work.reminders.drop_promise(MAYA, "patan", "2024")
        assert spoken_of() == {"2026"}
        work.reminders.nudge("2024", KIRAN, NOW)
        assert spoken_of() == {"2026", "2024"}

    database.run_now(unit)


def test_the_wish_for_quiet_is_a_sign_of_those_who_report_only(database: Database) -> None:
    def unit(work: UnitOfWork) -> None:
        appoint(work, MAYA, Role.FOCAL_POINT, "patan")
        appoint(work, LEO, Role.VISITOR, "patan")
        at = desk(work, library_of({"patan": "Asia/Kathmandu"}))
        work.reminders.set_quiet(LEO, "2026", True, NOW)
        assert [one.last_sign for one in owed_reports(at)] == [None]
        assert signs_of_life(at, CYCLE) == {}
        work.reminders.set_quiet(MAYA, "2026", True, NOW)
        assert [one.last_sign for one in owed_reports(at)] == [NOW]
        assert signs_of_life(at, CYCLE) == {"patan": [NOW]}

    database.run_now(unit)
