"""When somebody is reminded who says "later": which days are offered, and what is made of the one they choose."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.reminders import WEEK, Calendar

DAY = timedelta(days=1)
MORNING = time(9)
AT_LEAST = timedelta(hours=1)
"""How far ahead a reminder on the same day is at least; it comes at the next full hour."""
BEFORE_DEADLINE = 3
"""Days before the deadline that are always offered."""


class Moved(StrEnum):
    """Why it is another day or hour than the one that was chosen."""

    DEADLINE = "deadline"
    """The report has to be there by then."""
    OVER = "over"
    """What was chosen is over."""
    NIGHT = "night"
    """Nobody is written to at that hour."""
    HAD_ONE = "had-one"
    """They had a reminder today; there is one a day."""


@dataclass(frozen=True)
class Appointed:
    """A local day and hour."""

    day: date
    at: time
    moved: Moved | None = None


def offered(today: date, deadline: date, calendar: Calendar) -> tuple[date, ...]:
    """Days to choose from, in their order: tomorrow, a working day in about half a week and one in a week, and three
    days before the deadline. None lies behind a deadline that is still to come; on its day it is this day alone."""
    if deadline == today:
        return (today,)
    days = {today + DAY, *(_working_day(today + timedelta(days=n), calendar) for n in (3, 7))}
    days.add(deadline - timedelta(days=BEFORE_DEADLINE))
    last = deadline if deadline > today else date.max
    return tuple(sorted(day for day in days if today < day <= last))


def appointed(
    wanted: date,
    at: time | None,
    now: datetime,
    deadline: date | None,
    calendar: Calendar,
    *,
    had_one: bool = False,
) -> Appointed:
    """The local day and hour for a wish. `deadline` is one that is still to come, None where it is over; `had_one`:
    they had a reminder today.

    Days of rest are fine, for they were chosen; quiet hours are not. What is over becomes today where it is early
    enough, else tomorrow.
    """
    local = now.astimezone(ZoneInfo(calendar.zone))
    today, morning = local.date(), calendar.quiet.end if calendar.quiet.holds(MORNING) else MORNING
    hour, moved = at or morning, None
    if calendar.quiet.holds(hour):
        hour, moved = morning, Moved.NIGHT
    if deadline is not None and wanted > deadline >= today:
        wanted, moved = deadline, Moved.DEADLINE
    if wanted > today:
        return Appointed(wanted, hour, moved)
    if had_one:
        return Appointed(today + DAY, hour, Moved.HAD_ONE)
    if wanted == today and hour > local.time():
        return Appointed(today, hour, moved)
    later = _next_full_hour(local)
    if later.date() != today or calendar.quiet.holds(later.time()):
        return Appointed(today + DAY, hour, Moved.OVER)
    # Whoever says "today" without an hour gets what they asked for.
    return Appointed(today, later.time(), Moved.OVER if wanted < today or at is not None else moved)


def _working_day(day: date, calendar: Calendar) -> date:
    """This day, or the next that is not one of rest."""
    for ahead in range(14):
        found = day + timedelta(days=ahead)
        if WEEK[found.weekday()] not in calendar.weekend and not calendar.days_off.holds(found):
            return found
    return day


def _next_full_hour(local: datetime) -> datetime:
    soonest = local.replace(tzinfo=None) + AT_LEAST
    full = soonest.replace(minute=0, second=0, microsecond=0)
    return full if full == soonest else full + timedelta(hours=1)
