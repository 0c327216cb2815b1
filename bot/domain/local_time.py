"""Local days and hours of a zone as moments in UTC, where a zone jumps too."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

_SECOND = timedelta(seconds=1)


@cache
def place_of(zone: str) -> ZoneInfo:
    """The zone of this name. zoneinfo keeps eight and reads others anew; there are some six hundred at most.

    Raises ZoneInfoNotFoundError for a name that is none (or ValueError, where it cannot even be a file's).
    """
    return ZoneInfo(zone)


def moment_at(day: date, at: time, zone: str) -> datetime:
    """The moment (UTC) at which clocks of this zone show this hour of this day.

    An hour that does not exist there (a gap) is the first moment after the gap; one that comes twice (a fold) is the
    first of the two. A day that does not exist at all (Samoa left out 30 December 2011) begins with the next one.
    """
    place = place_of(zone)
    wall = datetime.combine(day, at, tzinfo=place)
    moment = wall.astimezone(UTC)
    if moment.astimezone(place).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return moment
    # In a gap. With fold=1 the hour counts with the offset after the jump, and so lies before it.
    return _jump(wall.replace(fold=1).astimezone(UTC), moment, place)


def _jump(before: datetime, after: datetime, place: ZoneInfo) -> datetime:
    """The first moment with the new offset; `before` has the old one, `after` the new. They jump at whole seconds."""
    old = before.astimezone(place).utcoffset()
    while after - before > _SECOND:
        middle = before + timedelta(seconds=int((after - before).total_seconds()) // 2)
        if middle.astimezone(place).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after


def local_day(now: datetime, zone: str) -> date:
    """The day that it is there."""
    return now.astimezone(place_of(zone)).date()
