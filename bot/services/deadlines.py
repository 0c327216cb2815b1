"""The deadlines of cities: which reports are owed until when, and to which day one may be moved."""

from __future__ import annotations

from datetime import date

from bot.domain.cycles import ReportingCycle
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.local_time import local_day
from bot.domain.more_time import NoSuchDay, hindrance, last_possible, offered
from bot.domain.progress import OWED
from bot.domain.views.extending import DayOffers, Deadline
from bot.domain.whens import Either, read_when
from bot.services import my_city
from bot.services.desk import Desk
from bot.services.marks import mark_of


def owed_in(desk: Desk, city: str, cycle: ReportingCycle) -> Deadline | None:
    """The report of a city in this cycle, where it is owed and may be begun."""
    if not cycle.is_open(desk.now, desk.zone_of(city)):
        return None
    return of(desk, city, cycle) if my_city.city_state(desk, city, cycle).standing in OWED else None


def of(desk: Desk, city: str, cycle: ReportingCycle) -> Deadline:
    """The deadline that holds for a city in this cycle, whether it owes something or not."""
    zone, own = desk.zone_of(city), desk.cycle_for(cycle, city)
    return Deadline(city, own, mark_of(city, cycle.id), my_city.days_left(desk, own, zone), zone)


def reports_owed(desk: Desk, city: str) -> tuple[Deadline, ...]:
    """The reports that a city owes, newest cycle first."""
    return tuple(
        Deadline(city, line.cycle, line.mark, line.days_left, desk.zone_of(city))
        for line in my_city.cycle_lines(desk, city)
        if line.is_owed
    )


def name(extension: Extension) -> str:
    """What the log of changes calls a request: the number of the report that it is about."""
    return f"{extension.city}-{extension.cycle}"


def open_request(desk: Desk, city: str, cycle: str) -> Extension | None:
    """The request of a city for more time in a cycle that nobody has decided."""
    asked = (one for one in desk.work.extensions.of_city(city, cycle) if one.state is ExtensionState.ASKED)
    return next(asked, None)


def objection(desk: Desk, deadline: Deadline, day: date) -> NoSuchDay | None:
    """What speaks against this day as the new deadline."""
    return hindrance(day, deadline.cycle.deadline, local_day(desk.now, deadline.zone))


def offers(desk: Desk, deadline: Deadline, wrong: NoSuchDay | None = None, typed: str = "") -> DayOffers:
    today, ends = local_day(desk.now, deadline.zone), deadline.cycle.deadline
    return DayOffers(tuple(offered(ends, today)), last_possible(ends, today), wrong, typed)


def read_day(desk: Desk, deadline: Deadline, typed: str) -> date | DayOffers:
    """The day that was typed, or what is offered in its place and why."""
    read = read_when(typed, local_day(desk.now, deadline.zone), desk.person.language)
    if read is None:
        return offers(desk, deadline, NoSuchDay.NOT_UNDERSTOOD, typed)
    days = read.days if isinstance(read, Either) else (read.day,)
    possible = sorted(day for day in days if objection(desk, deadline, day) is None)
    if not possible:
        return offers(desk, deadline, objection(desk, deadline, days[-1]), typed)
    if len(possible) == 1:
        return possible[0]
    return DayOffers(tuple(possible), possible[-1], NoSuchDay.EITHER, typed)
