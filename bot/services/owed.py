"""What cities owe: their reports in each cycle, and who is to be reminded of them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from typing import Protocol, TypeAlias, TypeVar

from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.extensions import Extension
from bot.domain.local_time import local_day
from bot.domain.people import OF_A_CITY, Action, Person, Role, person_may
from bot.domain.progress import OWED, state_of
from bot.domain.questionnaires import Form
from bot.domain.reminder_rules import Anchor, QuietHours, ReminderRules, Step
from bot.domain.reminders import (
    FARTHEST_MOVE,
    LOOK_BACK,
    NOBODY,
    Calendar,
    Nudge,
    Owed,
    Pause,
    Promise,
    Recipient,
)
from bot.domain.reports import Report
from bot.domain.views.overview import Wish
from bot.services.courses import cities_of, course_of
from bot.services.desk import Desk
from bot.services.signs import signs_of_city

log = logging.getLogger(__name__)

NO_RULES = ReminderRules("", ())
"""Of a cycle whose file names none: only what somebody asked for is said of it."""
FEW = 8


Place: TypeAlias = tuple[str, str]
"""A cycle and a city, by their ids."""


class OfACity(Protocol):
    """What belongs to a city in a cycle: a draft or a report."""

    @property
    def city(self) -> str: ...
    @property
    def cycle(self) -> str: ...


T = TypeVar("T", bound=OfACity)


def owed_reports(desk: Desk, cycle_id: str | None = None, ahead: timedelta | None = None) -> list[Owed]:
    """Every report that a city owes, in one cycle or in all of them: a handful of queries a cycle, however many
    cities there are. With `ahead` only cycles in which something may fall due until then, or was due of late. A city
    of which something cannot be read is left out and named in the log."""
    cycles = [
        cycle
        for cycle in desk.schedules.newest_first()
        if cycle_id in (None, cycle.id) and (ahead is None or _may_speak(desk, cycle, ahead))
    ]
    people, addressees = _people(desk) if cycles else {}, Addressees(desk)
    found = (one for cycle in cycles for one in _of_cycle(desk, cycle, people, addressees).values())
    return [one for one in found if one is not None]


def owed_by(desk: Desk, cycle: ReportingCycle, city: str) -> Owed | None:
    """The report of one city in one cycle, with queries for this city alone; None where it owes none."""
    if city not in cities_of(cycle, desk.all_known):
        return None
    work = desk.work
    drafts = [draft for draft in work.drafts.of_city(city) if draft.cycle == cycle.id]
    reports = [report for report in work.reports.of_city(city) if report.cycle == cycle.id]
    people = work.people.of_city(city)
    return _owed(desk, cycle, city, people, drafts, reports, _wishes(desk, cycle), Addressees(desk))


def owed_among(desk: Desk, places: Collection[Place]) -> dict[Place, Owed | None]:
    """Which of these reports are owed, and how: a few by their own queries, many with all of their cycle. None where
    nothing is owed; a report of which something cannot be read is missing and named in the log."""
    found: dict[Place, Owed | None] = dict.fromkeys(places)
    for cycle_id in {cycle_id for cycle_id, _ in places} & desk.schedules.cycles.keys():
        cycle = desk.schedules.cycles[cycle_id]
        asked = set(cities_of(cycle, desk.all_known)) & {city for place, city in places if place == cycle_id}
        if len(asked) > FEW:
            owed = _of_cycle(desk, cycle, _people(desk), Addressees(desk))
        else:
            owed = _told(cycle, sorted(asked), partial(owed_by, desk, cycle))
        for city in asked:
            if city in owed:
                found[cycle_id, city] = owed[city]
            else:
                del found[cycle_id, city]
    return found


def wishes_in(desk: Desk, city: str, cycles: Sequence[str]) -> Mapping[int, Wish]:
    """What the people of a city wish of reminders in these cycles and can still get, by their ids."""
    said, today = desk.work.reminders, local_day(desk.now, desk.zone_of(city))
    found: dict[int, Wish] = defaultdict(Wish)
    for cycle in cycles:
        for person in said.quiet(cycle):
            found[person] = replace(found[person], quiet=True)
        ahead = (one for one in said.promises(cycle) if one.city == city and one.day >= today)
        for one in sorted(ahead, key=lambda one: one.day, reverse=True):  # the nearest is kept
            found[one.person] = replace(found[one.person], day=one.day, at=one.at)
    return dict(found)


def home_of(desk: Desk, person: Person) -> str:
    """The city by whose clock somebody lives: the first of theirs; "" where they have none that the files know."""
    return next((city for city in person.cities(*OF_A_CITY) if city in desk.all_known.cities), "")


def calendar_of(desk: Desk, city: str, quiet: QuietHours) -> Calendar:
    """The local time of a city, and when it rests; of a city that the files do not know that of the office."""
    record = desk.all_known.cities.get(city)
    if record is None:
        return Calendar(desk.zone, quiet=quiet)
    days_off = desk.schedules.days_off_of(record.country, city)
    return Calendar(record.time_zone, frozenset(record.weekend), days_off, quiet)


class Addressees:
    """Finds whom the rules write to. Calendars and reviewers are worked out once for many cities."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._calendars: dict[tuple[str, QuietHours], Calendar] = {}
        self._reviewers: dict[str | None, tuple[Person, ...]] = {}

    def recipients(self, city: str, people: Sequence[Person], quiet: QuietHours) -> tuple[Recipient, ...]:
        """Those of every step. `people` have a role in this city."""
        able = [person for person in people if person.reachable]
        focal_points = [person for person in able if _is(person, Role.FOCAL_POINT, city)]
        deputies = [person for person in able if person not in focal_points]
        if not focal_points:
            focal_points, deputies = deputies, []
        steps = ((Step.FOCAL_POINTS, focal_points), (Step.DEPUTIES, deputies))
        found = [self._recipient(person, step, quiet) for step, those in steps for person in those]
        if not found:
            language = self._desk.renderer.language
            found = [Recipient(NOBODY, Step.FOCAL_POINTS, self._calendar(city, quiet), language)]
        own = {person.id for person in able}
        office = (person for person in self._reviewing(city) if person.id not in own)
        calendar = Calendar(self._desk.zone, quiet=quiet)
        found += [
            Recipient(person.id, Step.SECRETARIAT, calendar, self._language(person)) for person in office
        ]
        return tuple(found)

    def _recipient(self, person: Person, step: Step, quiet: QuietHours) -> Recipient:
        home = home_of(self._desk, person)
        return Recipient(person.id, step, self._calendar(home, quiet), self._language(person))

    def _language(self, person: Person) -> str:
        return person.language or self._desk.renderer.language

    def _calendar(self, city: str, quiet: QuietHours) -> Calendar:
        key = (city, quiet)
        if key not in self._calendars:
            self._calendars[key] = calendar_of(self._desk, city, quiet)
        return self._calendars[key]

    def _reviewing(self, city: str) -> tuple[Person, ...]:
        """Everybody of the office who reviews this city and whom messages reach."""
        matter = self._desk.matter(city)
        if matter.country not in self._reviewers:
            able = (person for person in self._desk.office if person.reachable)
            self._reviewers[matter.country] = tuple(
                person for person in able if person_may(person, Action.REVIEW, matter)
            )
        return self._reviewers[matter.country]


# --- one cycle


@dataclass(frozen=True)
class _Wishes:
    """What was said about reminders and deadlines of one cycle."""

    promises: Mapping[str, Mapping[int, Promise]]
    quiet: Mapping[int, datetime]
    asked: Mapping[str, datetime]
    """When each city last asked for more time."""
    pauses: tuple[Pause, ...]
    nudges: tuple[Nudge, ...]


def _may_speak(desk: Desk, cycle: ReportingCycle, ahead: timedelta) -> bool:
    """Whether reminders of a cycle may fall due from a while ago until so long from now, told without its reports:
    it runs from the first to the last day that is named for anything in it. Days of rest move what is named."""
    said = desk.work.reminders
    deadlines = {cycle.deadline, *desk.work.extensions.granted(cycle.id).values()}
    days = {cycle.opens, *deadlines}
    for rule in desk.schedules.reminders.get(cycle.reminders or "", NO_RULES).rules:
        anchors = {cycle.opens} if rule.anchor is Anchor.OPENING else deadlines
        days |= {anchor + timedelta(days=rule.days) for anchor in anchors}
    days |= {promise.day for promise in said.promises(cycle.id)}
    days |= {nudge.at.date() for nudge in said.nudges(cycle.id)}
    moved = timedelta(days=FARTHEST_MOVE + 2)
    first, last = (desk.now - LOOK_BACK - moved).date(), (desk.now + ahead + moved).date()
    return max(days) >= first and min(days) <= last


def _people(desk: Desk) -> Mapping[str, Sequence[Person]]:
    """Who reports for each city."""
    people: dict[str, list[Person]] = defaultdict(list)
    for person in desk.work.people.members():
        for city in person.cities(*OF_A_CITY):
            people[city].append(person)
    return people


def _of_cycle(
    desk: Desk, cycle: ReportingCycle, people: Mapping[str, Sequence[Person]], addressees: Addressees
) -> dict[str, Owed | None]:
    """What each city owes in a cycle; one of which something cannot be read is missing."""
    cities = cities_of(cycle, desk.all_known)
    work = desk.work
    drafts = _by_city(partial(work.drafts.of_cycle, cycle.id), work.drafts.of_city, cycle, cities)
    reports = _by_city(partial(work.reports.of_cycle, cycle.id), work.reports.of_city, cycle, cities)
    wishes = _wishes(desk, cycle)
    return _told(
        cycle,
        [city for city in cities if city in drafts and city in reports],
        lambda city: _owed(
            desk, cycle, city, people.get(city, ()), drafts[city], reports[city], wishes, addressees
        ),
    )


def _told(
    cycle: ReportingCycle, cities: Sequence[str], owed: Callable[[str], Owed | None]
) -> dict[str, Owed | None]:
    """What these cities owe; one of which it cannot be told must not keep the others waiting, and is missing."""
    found: dict[str, Owed | None] = {}
    for city in cities:
        try:
            found[city] = owed(city)
        except Exception as error:
            log.error("What %s owes in %s cannot be told: %s", city, cycle.id, type(error).__name__)
    return found


def _owed(
    desk: Desk,
    cycle: ReportingCycle,
    city: str,
    people: Sequence[Person],
    drafts: Sequence[Draft],
    reports: Sequence[Report],
    wishes: _Wishes,
    addressees: Addressees,
) -> Owed | None:
    own = desk.cycle_for(cycle, city)
    drafts = [draft for draft in drafts if draft.form is Form.PROGRESS and not draft.entered]
    reports = [report for report in reports if report.form is Form.PROGRESS]
    state = state_of(
        drafts,
        reports,
        own,
        desk.zone_of(city),
        desk.now,
        lambda draft: course_of(draft, desk.all_known, desk.schedules),
    )
    if state.standing not in OWED:
        return None
    rules = desk.schedules.reminders.get(cycle.reminders or "", NO_RULES)
    promises = wishes.promises.get(city, {})
    quiet = {person.id: wishes.quiet[person.id] for person in people if person.id in wishes.quiet}
    asked = (wishes.asked[city],) if city in wishes.asked else ()
    signs = signs_of_city(drafts, reports, promises.values(), quiet.values(), asked)
    return Owed(
        city,
        own,
        rules,
        addressees.recipients(city, people, rules.quiet),
        state,
        max(signs, default=None),
        promises,
        frozenset(quiet),
        wishes.pauses,
        wishes.nudges,
    )


def _wishes(desk: Desk, cycle: ReportingCycle) -> _Wishes:
    said, promises = desk.work.reminders, defaultdict[str, dict[int, Promise]](dict)
    for promise in said.promises(cycle.id):
        promises[promise.city][promise.person] = promise
    asked: dict[str, datetime] = {}
    for extension in _asked_by_cities(desk.work.extensions.of_cycle(cycle.id)):
        asked[extension.city] = max(extension.asked_at, asked.get(extension.city, extension.asked_at))
    return _Wishes(
        promises,
        said.quiet(cycle.id),
        asked,
        tuple(said.pauses(cycle.id)),
        tuple(said.nudges(cycle.id)),
    )


def _asked_by_cities(extensions: Sequence[Extension]) -> Iterator[Extension]:
    return (extension for extension in extensions if extension.asked_by is not None)


def _by_city(
    of_cycle: Callable[[], Sequence[T]],
    of_city: Callable[[str], Sequence[T]],
    cycle: ReportingCycle,
    cities: Sequence[str],
) -> dict[str, list[T]]:
    """The rows of a cycle by city. Where one of them cannot be read, each city is asked for its own, and one whose
    rows are broken is missing."""
    found: dict[str, list[T]] = {city: [] for city in cities}
    try:
        for row in of_cycle():
            found.setdefault(row.city, []).append(row)
    except Exception:
        for city in cities:
            try:
                found[city] = [row for row in of_city(city) if row.cycle == cycle.id]
            except Exception as error:
                log.error("What %s has in %s cannot be read: %s", city, cycle.id, type(error).__name__)
                del found[city]
    return found


def _is(person: Person, role: Role, city: str) -> bool:
    return any(membership.role is role and membership.city == city for membership in person.active)
