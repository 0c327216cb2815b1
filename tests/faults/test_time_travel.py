"""Time travel: reminders around every change of offset of every zone from 2026 to 2030.

The full size walks all zones (`make faults`); otherwise a few that are known to be odd, and a seeded sample of the
others.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from random import Random
from zoneinfo import ZoneInfo, available_timezones

import pytest

from bot.domain.cycles import ReportingCycle
from bot.domain.reminder_rules import QuietHours, ReminderRule, ReminderRules, Step
from bot.domain.reminders import Calendar, Owed, Recipient, debts, due, what_will_go_out

from .conftest import FULL

BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
ODD = (
    *("Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Nuuk", "Antarctica/Troll"),
    "Australia/Lord_Howe",
)
MORE, SAMPLE = 10, 12
MINUTE, HALF_HOUR, DAY = timedelta(minutes=1), timedelta(minutes=30), timedelta(days=1)
HOURS = tuple(time(half // 2, half % 2 * 30) for half in range(48))
OFFSETS = (14, 7, 3, 1, 0)
NEVER = QuietHours(time(0), time(0))


@dataclass(frozen=True)
class Change:
    """The minute at which a zone's clocks are put forward or back."""

    zone: str
    at: datetime

    @cached_property
    def place(self) -> ZoneInfo:
        return ZoneInfo(self.zone)

    def wall(self, moment: datetime) -> datetime:
        """What clocks there show."""
        return moment.astimezone(self.place).replace(tzinfo=None)

    @cached_property
    def shift(self) -> timedelta:
        """How far they are put forward; negative: back."""
        return self.wall(self.at) - self.wall(self.at - MINUTE) - MINUTE

    @cached_property
    def days(self) -> tuple[date, ...]:
        """The local days that it touches."""
        return tuple(sorted({self.wall(self.at - MINUTE).date(), self.wall(self.at).date()}))

    @cached_property
    def hands(self) -> tuple[list[datetime], list[datetime]]:
        """Minute by minute around it, the moments and the latest hour that clocks have shown until then."""
        moments = [self.at + n * MINUTE for n in range(-2 * 1440, 2 * 1440)]
        shown: list[datetime] = []
        for moment in moments:
            wall = self.wall(moment)
            shown.append(max(wall, shown[-1]) if shown else wall)
        return moments, shown

    def first_time_at(self, hour: datetime) -> datetime:
        """The first minute at which clocks show this hour, or a later one where they never show it: the rule, read
        off the clocks themselves."""
        moments, shown = self.hands
        return moments[bisect_left(shown, hour)]


def changes_of(zone: str) -> Iterator[Change]:
    place = ZoneInfo(zone)
    day, offset = BEGIN, BEGIN.astimezone(place).utcoffset()
    while (day := day + DAY) < END:
        if (new := day.astimezone(place).utcoffset()) != offset:
            minute = day - DAY
            while minute.astimezone(place).utcoffset() == offset:
                minute += MINUTE
            yield Change(zone, minute)
            offset = new


def changes() -> list[Change]:
    zones = sorted(available_timezones())
    if FULL:
        return [change for zone in zones for change in changes_of(zone)]
    random = Random(4)
    some = [*ODD, *random.sample(zones, MORE)]
    return random.sample([change for zone in some for change in changes_of(zone)], SAMPLE)


def owes(change: Change, day: date, offset: int, hour: time) -> Owed:
    """A city whose reminder of `offset` days before the deadline falls on this day, at this hour."""
    deadline = day + offset * DAY
    cycle = ReportingCycle("c", {}, "2025", deadline - 60 * DAY, deadline, "progress")
    rules = tuple(ReminderRule(f"{days}-days", -days, hour) for days in OFFSETS)
    calendar = Calendar(change.zone, frozenset(), quiet=NEVER)
    return Owed("city", cycle, ReminderRules("r", rules), (Recipient(1, Step.FOCAL_POINTS, calendar, "en"),))


@pytest.mark.faults
def test_at_every_change_of_offset_each_reminder_comes_once_and_at_its_hour() -> None:
    """Exactly one debt a key and one message a person and local day; 0 minutes beside the rule outside gaps, and in
    a gap not later than its end."""
    found = changes()
    assert len({change.zone for change in found}) > (150 if FULL else 5)
    checked = gaps = 0
    for change in found:
        for day in change.days:
            for hour in HOURS:
                named = datetime.combine(day, hour)
                expected = change.first_time_at(named)
                late = change.wall(expected) - named
                assert timedelta() <= late <= max(change.shift, timedelta())
                gaps += bool(late)
                for offset in OFFSETS:
                    owed = owes(change, day, offset, hour)
                    assert_once_each(change, owed, offset, expected)
                    checked += len(OFFSETS)
                assert_due_then(owed, expected)
    assert gaps > 0
    assert checked > (2_000_000 if FULL else 10_000)


def assert_once_each(change: Change, owed: Owed, offset: int, expected: datetime) -> None:
    """A gap that ends at midnight (Greenland's) brings a reminder to the next day; there, two may be one message."""
    deadline = owed.cycle.deadline
    begin = datetime.combine(deadline - 20 * DAY, time(), UTC)
    end = begin + 24 * DAY
    owing = debts(owed, begin, end)
    assert [debt.rule for debt in owing] == [f"{days}-days" for days in OFFSETS]
    assert [debt.day for debt in owing] == [deadline - days * DAY for days in OFFSETS]
    for days, debt in zip(OFFSETS, owing, strict=True):
        if days == offset:
            assert debt.at == expected, (change, offset)
        elif abs(debt.at - change.at) > 2 * DAY:
            named = datetime.combine(debt.day, owed.rules.rules[0].at)
            assert change.wall(debt.at) == named or is_in_a_gap(change, named)
    reminders = list(what_will_go_out([owed], begin, end))
    arrivals = [change.wall(debt.at).date() for debt in owing]
    assert [reminder.day for reminder in reminders] == sorted(set(arrivals))
    assert Counter(d.key for one in reminders for d in (*one.debts, *one.overtaken)) == Counter(
        debt.key for debt in owing
    )


def is_in_a_gap(change: Change, hour: datetime) -> bool:
    """Whether no minute of these two days shows this hour: another change of the same zone is near."""
    around = datetime.combine(hour.date(), hour.time(), UTC) - DAY
    return all(change.wall(around + n * MINUTE) != hour for n in range(2 * 1440))


def assert_due_then(owed: Owed, expected: datetime) -> None:
    """A tick a minute before has nothing to write, the tick itself has, and the next one nothing again."""
    assert due([owed], expected - MINUTE, old_ones(owed, expected), ()) == []
    (reminder,) = due([owed], expected, old_ones(owed, expected), ())
    said = {debt.key for debt in reminder.debts}
    messaged = {(reminder.person, reminder.day)}
    assert reminder.at == expected
    for minutes in (1, 30, 60, 61):
        assert due([owed], expected + minutes * MINUTE, said | old_ones(owed, expected), messaged) == []


def old_ones(owed: Owed, before: datetime) -> set[str]:
    """What was said until then."""
    return {debt.key for debt in debts(owed, before - 40 * DAY, before - MINUTE)}
