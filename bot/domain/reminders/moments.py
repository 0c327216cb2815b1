"""When a rule speaks: its local day and hour, off days of rest and out of the quiet hours, as a moment in UTC.

| what a rule hits | what happens |
| --- | --- |
| an hour that a jump of the clocks leaves out (gap) | the first moment after the gap |
| an hour that comes twice (fold) | the first of the two |
| a quiet hour | the end of the quiet hours |
| a weekend or a day off | the nearest day before or after, as the rule says, within 31 days |
| a move past the opening or the deadline | the other way; where neither way works, it stays where it is |
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from bot.domain.cycles import ReportingCycle
from bot.domain.local_time import moment_at, place_of
from bot.domain.reminder_rules import Anchor, Moves, QuietHours, ReminderRule, ReminderRules
from bot.domain.reminders.owed import FARTHEST_MOVE, WEEK, Calendar

DAY = timedelta(days=1)


def moment_of(rule: ReminderRule, cycle: ReportingCycle, calendar: Calendar) -> tuple[date, datetime]:
    """The local day that a rule names, and the moment (UTC) at which it is due there, moved off days of rest.

    Neither quiet hours nor a day of rest move it to the other side of the opening or of the end of the deadline.
    """
    span = _Span(cycle.opens, cycle.deadline)
    return _moment_of(rule, span, calendar)


def next_waking(moment: datetime, calendar: Calendar) -> datetime:
    """This moment, or the end of the quiet hours in which it lies."""
    place = place_of(calendar.zone)
    local = moment.astimezone(place)
    while calendar.quiet.holds(local.time()):
        day = local.date() + (DAY if _ends_next_day(local.time(), calendar.quiet) else timedelta())
        end = moment_at(day, calendar.quiet.end, calendar.zone)
        if end <= moment:  # the clocks went back over the end: it comes a second time
            end = datetime.combine(day, calendar.quiet.end, tzinfo=place).replace(fold=1).astimezone(UTC)
        moment = end
        local = moment.astimezone(place)
    return moment


class Appointment(NamedTuple):
    """`day` is the local day that the rule names."""

    at: datetime
    day: date
    rule: ReminderRule


def appointments(rules: ReminderRules, cycle: ReportingCycle, calendar: Calendar) -> tuple[Appointment, ...]:
    """What these rules name in a cycle for somebody with this calendar, in order of time."""
    return _appointments(rules, cycle.opens, cycle.deadline, calendar)


@lru_cache(maxsize=16_384)
def _appointments(
    rules: ReminderRules, opens: date, deadline: date, calendar: Calendar
) -> tuple[Appointment, ...]:
    span = _Span(opens, deadline)
    found = []
    for rule in rules.rules:
        day, at = _moment_of(rule, span, calendar)
        found.append(Appointment(at, day, rule))
    return tuple(sorted(found, key=lambda appointment: appointment.at))


class _Span(NamedTuple):
    """The local days of a cycle."""

    opens: date
    deadline: date

    def side(self, day: date) -> tuple[bool, bool]:
        """On which side of the opening and of the end of the deadline a day lies."""
        return day >= self.opens, day > self.deadline


def _moment_of(rule: ReminderRule, span: _Span, calendar: Calendar) -> tuple[date, datetime]:
    anchor = span.opens if rule.anchor is Anchor.OPENING else span.deadline
    named = anchor + timedelta(days=rule.days)
    day, hour = _out_of_the_quiet(named, rule.at, span, calendar.quiet)
    day = _off_days_of_rest(day, rule.moves, span, calendar)
    return named, next_waking(moment_at(day, hour, calendar.zone), calendar)


def _out_of_the_quiet(day: date, hour: time, span: _Span, quiet: QuietHours) -> tuple[date, time]:
    """An hour of the evening goes to the next morning, or to that of the same day if it would come too late there."""
    if not quiet.holds(hour):
        return day, hour
    if _ends_next_day(hour, quiet) and span.side(day + DAY) == span.side(day):
        return day + DAY, quiet.end
    return day, quiet.end


def _ends_next_day(hour: time, quiet: QuietHours) -> bool:
    return quiet.begin > quiet.end and hour >= quiet.begin


def _off_days_of_rest(day: date, moves: Moves, span: _Span, calendar: Calendar) -> date:
    if not _rests(day, calendar):
        return day
    step = -DAY if moves is Moves.EARLIER else DAY
    for way in (step, -step):
        found = next(
            (d for n in range(1, FARTHEST_MOVE + 1) if not _rests(d := day + n * way, calendar)), None
        )
        if found is not None and span.side(found) == span.side(day):
            return found
    return day


def _rests(day: date, calendar: Calendar) -> bool:
    return WEEK[day.weekday()] in calendar.weekend or calendar.days_off.holds(day)
