"""Which day a deadline may be moved to, and which are offered."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum

LONGEST = timedelta(days=90)
"""By how much a deadline may be moved at a time, counted from today where it is over."""
SOONEST_MONTH_END = timedelta(days=3)
"""The end of a month that is nearer than this helps nobody: then it is the next month's."""


class NoSuchDay(StrEnum):
    """Why a day cannot be the new deadline."""

    NOT_UNDERSTOOD = "not-understood"
    EITHER = "either"
    """It was written so that it may be one of two days."""
    NOT_LATER = "not-later"
    """Not after the present deadline."""
    OVER = "over"
    """After the deadline, and in the past all the same."""
    TOO_FAR = "too-far"


def offered(deadline: date, today: date) -> Sequence[date]:
    """One week and two weeks later, and the end of the month, in their order. `today` is the city's."""
    base = max(deadline, today)
    end = _end_of_month(base)
    if end - base < SOONEST_MONTH_END:
        end = _end_of_month(end + timedelta(days=1))
    return sorted({base + timedelta(days=7), base + timedelta(days=14), end})


def last_possible(deadline: date, today: date) -> date:
    return max(deadline, today) + LONGEST


def hindrance(day: date, deadline: date, today: date) -> NoSuchDay | None:
    """What speaks against this day; None: it can be the new deadline."""
    if day <= deadline:
        return NoSuchDay.NOT_LATER
    if day < today:
        return NoSuchDay.OVER
    return NoSuchDay.TOO_FAR if day > last_possible(deadline, today) else None


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])
