"""Which debts a report that is owed brings, and when."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from heapq import merge
from operator import attrgetter

from bot.domain.cycles import start_of_day
from bot.domain.local_time import local_day, moment_at
from bot.domain.reminder_rules import STEPS, Step, Unless
from bot.domain.reminders.moments import Appointment, appointments, next_waking
from bot.domain.reminders.owed import NUDGED, PROMISED, Debt, Owed, Pause, Recipient, Why

by_moment = attrgetter("at")


def debts(owed: Owed, after: datetime, until: datetime) -> Sequence[Debt]:
    """What falls due of one report in (after, until], in its order."""
    return list(merge(*(falling(owed, person, after, until) for person in owed.people), key=by_moment))


def falling(owed: Owed, recipient: Recipient, after: datetime, until: datetime) -> Iterator[Debt]:
    """What falls due of one report for one recipient in (after, until], in its order."""
    rules = _of_rules(owed, recipient, after, until)
    asked = [debt for debt in _asked_for(owed, recipient) if after < debt.at <= until]
    found = merge(rules, asked, key=by_moment) if asked else rules
    return (debt for debt in found if not is_paused(owed.pauses, debt.at)) if owed.pauses else found


def is_paused(pauses: Iterable[Pause], moment: datetime) -> bool:
    """Whether reminders rest at this moment, by the pauses of their cycle."""
    return any(p.since <= moment and (p.until is None or moment < p.until) for p in pauses)


def promised_at(owed: Owed, recipient: Recipient) -> datetime | None:
    """The moment that this recipient asked for: at the latest on the day of the deadline, if they asked before that
    day, even where it was moved since; None: nothing was asked."""
    promise = owed.promises.get(recipient.person)
    if promise is None:
        return None
    calendar, deadline = recipient.calendar, owed.cycle.deadline
    in_time = local_day(promise.made_at, calendar.zone) < deadline
    day = min(promise.day, deadline) if in_time else promise.day
    return next_waking(moment_at(day, promise.at, calendar.zone), calendar)


def last_wanted(owed: Owed, recipient: Recipient) -> Appointment | None:
    """The last reminder of their step that is named for the deadline or a day before: all that whoever wishes quiet
    still hears."""
    return max(
        (
            appointment
            for appointment in appointments(owed.rules, owed.cycle, recipient.calendar)
            if appointment.rule.to is recipient.step and appointment.day <= owed.cycle.deadline
        ),
        key=lambda appointment: (appointment.day, appointment.at),
        default=None,
    )


def is_answered(owed: Owed, appointment: Appointment, recipient: Recipient) -> bool:
    """Whether the city gave a sign since the step before was to be written to, so that a rule of the ladder falls
    away. It counts from the schedule, whether anything was really sent or not; where no step comes before, from the
    opening."""
    if appointment.rule.unless is not Unless.ANSWERED or owed.last_sign is None:
        return False
    before = _written_to_before(owed, appointment)
    return owed.last_sign > (before or start_of_day(owed.cycle.opens, recipient.calendar.zone))


def _of_rules(owed: Owed, recipient: Recipient, after: datetime, until: datetime) -> Iterator[Debt]:
    named = appointments(owed.rules, owed.cycle, recipient.calendar)
    promised = promised_at(owed, recipient)
    mute = recipient.person in owed.quiet
    for appointment in named[bisect_right(named, after, key=by_moment) :]:
        if appointment.at > until:
            return
        if (
            appointment.rule.to is not recipient.step
            or (promised is not None and appointment.at < promised)
            or (mute and appointment != last_wanted(owed, recipient))
            or is_answered(owed, appointment, recipient)
        ):
            continue
        yield _debt(owed, recipient, appointment)


def _debt(owed: Owed, recipient: Recipient, appointment: Appointment) -> Debt:
    rule = appointment.rule.id
    return Debt(
        *(owed.cycle.id, owed.city, rule, recipient.person),
        *(appointment.day, appointment.at, recipient.step),
    )


def _asked_for(owed: Owed, recipient: Recipient) -> Sequence[Debt]:
    """What somebody asked for by hand: the recipient a day, the secretariat a nudge (to those who report)."""
    about = (owed.cycle.id, owed.city)
    found = []
    promise, at = owed.promises.get(recipient.person), promised_at(owed, recipient)
    if promise is not None and at is not None and recipient is _first_part(owed, recipient):
        found.append(Debt(*about, PROMISED, recipient.person, promise.day, at, recipient.step, Why.PROMISE))
    if recipient.step is Step.FOCAL_POINTS:
        for nudge in owed.nudges:
            at = next_waking(nudge.at, recipient.calendar)
            day = local_day(at, recipient.calendar.zone)
            rule = f"{NUDGED}-{nudge.id}"
            found.append(Debt(*about, rule, recipient.person, day, at, recipient.step, Why.NUDGE))
    return sorted(found, key=by_moment)


def _first_part(owed: Owed, recipient: Recipient) -> Recipient:
    """Somebody may be there for two steps; what they asked for is said once."""
    return next(other for other in owed.people if other.person == recipient.person)


def _written_to_before(owed: Owed, appointment: Appointment) -> datetime | None:
    """When a lower step was last to be written to before this appointment; of several people the first counts."""
    lower = STEPS[: STEPS.index(appointment.rule.to)]
    first: dict[str, datetime] = {}
    for person in owed.people:
        for other in appointments(owed.rules, owed.cycle, person.calendar):
            if other.rule.to is person.step and person.step in lower:
                first[other.rule.id] = min(other.at, first.get(other.rule.id, other.at))
    return max((at for at in first.values() if at < appointment.at), default=None)
