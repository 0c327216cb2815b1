"""To whom letters go: the deadline that holds for each city, and cities of which nobody is in Focal."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from archive_samples import NOW, draft, report

from bot.documents.letters import Circumstances
from bot.domain.commitments import City, Commitment
from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Entry, Library
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.domain.reports import ReportState
from bot.domain.words import LocalText
from bot.services.publishing.addressed import circumstances
from bot.storage.database import Database

DEADLINE, LATER = date(2026, 12, 15), date(2027, 1, 10)
CYCLE = ReportingCycle("2026", LocalText.plain("2026"), "2026", date(2026, 1, 1), DEADLINE, "yearly")
CITIES = ("bago", "cebu", "naga", "sibu")


def entry(id: str, kind: str, record: City | Commitment) -> Entry:
    title = LocalText.plain(id)
    return Entry(id, kind, title, title, ("waste",), f"{id}.md", record=record)


ENTRIES = [
    *(entry(city, "cities", City("PH", "Asia/Manila")) for city in CITIES),
    *(entry(f"{city}-2007", "commitments", Commitment(city, 2007, None, ())) for city in CITIES),
]
LIBRARY = Library({one.id: one for one in ENTRIES})
AT_THE_END = datetime(2026, 12, 15, 15, 59, tzinfo=UTC)
"""One minute before midnight in Manila."""
A_DAY = timedelta(days=1)


def kept(work: UnitOfWork) -> None:
    """Bago owes and has a focal point, Cebu has more time, Naga's report is accepted, Sibu's came back."""
    for city, state in (("naga", ReportState.ACCEPTED), ("sibu", ReportState.RETURNED)):
        of = work.drafts.add(draft(city))
        added = work.reports.add(report(of.id, 1, city=city))
        work.reports.save(replace(added, state=state, decided_at=NOW), added)
    work.extensions.add(
        Extension(0, "cebu", "2026", LATER, "", None, NOW, ExtensionState.GRANTED, LATER, decided_at=NOW)
    )
    for person, city, role, state in (
        (5, "bago", Role.DEPUTY, MembershipState.ACTIVE),
        (6, "cebu", Role.FOCAL_POINT, MembershipState.ENDED),
    ):
        work.people.seen(person, "en", NOW)
        work.people.join(person, role, city, state, NOW)


@pytest.mark.parametrize(
    ("now", "over"),
    [
        (AT_THE_END, set()),
        (AT_THE_END + timedelta(minutes=1), {"bago", "sibu"}),
        (AT_THE_END + 26 * A_DAY, {"bago", "sibu"}),
        (AT_THE_END + 26 * A_DAY + timedelta(minutes=1), {"bago", "cebu", "sibu"}),
    ],
)
def test_the_deadline_that_holds_for_a_city_is_over_at_its_own_midnight(
    database: Database, now: datetime, over: set[str]
) -> None:
    database.run_now(kept)
    found = database.run_now(lambda work: circumstances(work, LIBRARY, CYCLE, CITIES, now))
    assert {city: one.due for city, one in found.items()} == {
        "bago": DEADLINE,
        "cebu": LATER,
        "naga": None,
        "sibu": DEADLINE,
    }
    assert {city for city, one in found.items() if one.is_over} == over
    assert {city for city, one in found.items() if one.is_alone} == {"cebu", "naga", "sibu"}


def test_nothing_is_owed_before_a_cycle_begins_or_without_one(database: Database) -> None:
    before = datetime(2025, 12, 31, 15, 59, tzinfo=UTC)
    for cycle in (CYCLE, None):
        found = database.run_now(
            lambda work, cycle=cycle: circumstances(work, LIBRARY, cycle, ["bago"], before)
        )
        assert found == {"bago": Circumstances(is_alone=True)}
