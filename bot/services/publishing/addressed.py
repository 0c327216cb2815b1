"""To whom letters go: until when each city owes a report, and whether anybody of it is in Focal."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

from bot.documents.letters import Circumstances
from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.people import OF_A_CITY
from bot.domain.ports import UnitOfWork
from bot.domain.progress import OWED, state_of
from bot.domain.questionnaires import Form
from bot.domain.reports import Report
from bot.services.courses import cities_of


def circumstances(
    work: UnitOfWork, library: Library, cycle: ReportingCycle | None, cities: Collection[str], now: datetime
) -> Mapping[str, Circumstances]:
    """What holds today for each of these cities, with a handful of queries for however many. Without a cycle nothing
    is owed."""
    peopled = frozenset(_with_people(work, library))
    owed = dict(_owed(work, library, cycle, now)) if cycle is not None else {}
    found = {}
    for city in cities:
        own = owed.get(city)
        is_over = own is not None and own.is_late(now, _zone(library, city))
        found[city] = Circumstances(own.deadline if own else None, is_over, is_alone=city not in peopled)
    return found


def _with_people(work: UnitOfWork, library: Library) -> Iterator[str]:
    """The cities that have an active focal point or deputy."""
    for person in work.people.members():
        yield from (library.id_now(city) for city in person.cities(*OF_A_CITY))


def _owed(
    work: UnitOfWork, library: Library, cycle: ReportingCycle, now: datetime
) -> Iterator[tuple[str, ReportingCycle]]:
    """The cities that owe a report in a cycle that has begun for them, with the deadline that holds for each."""
    sent: dict[str, list[Report]] = {}
    for report in work.reports.of_cycle(cycle.id):
        if report.form is Form.PROGRESS:
            sent.setdefault(library.id_now(report.city), []).append(report)
    granted = {library.id_now(city): day for city, day in work.extensions.granted(cycle.id).items()}
    for city in cities_of(cycle, library):
        zone = _zone(library, city)
        own = cycle.until(max(cycle.deadline, granted.get(city, cycle.deadline)))
        # Whether a draft was begun makes no difference to what is owed.
        standing = state_of((), sent.get(city, ()), own, zone, now, lambda draft: None).standing
        if standing in OWED and cycle.is_open(now, zone):
            yield city, own


def _zone(library: Library, city: str) -> str:
    record = library.cities.get(city)
    return record.time_zone if record is not None else "UTC"
