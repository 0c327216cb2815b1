"""Reminders: what is due is written down, and each message is made ready when it leaves, by what is true then."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.domain.drafts import SILENT_AFTER
from bot.domain.local_time import local_day
from bot.domain.outgoing import DeliveryState, OutgoingMessage
from bot.domain.people import Person
from bot.domain.reminder_rules import STEPS, QuietHours, Step
from bot.domain.reminders import (
    LOOK_BACK,
    SAID_WITHIN,
    Calendar,
    Debt,
    Needless,
    Owed,
    Reminder,
    Why,
    debts,
    due,
    next_waking,
    still_wanted,
)
from bot.domain.views.reminding import OwedLine, Reminded
from bot.services.desk import Desk, message_params
from bot.services.marks import mark_of
from bot.services.owed import Place, calendar_of, home_of, owed_among, owed_reports
from bot.services.owed_lines import line_of

log = logging.getLogger(__name__)

AHEAD = timedelta(days=1)
"""What is due now is asked of cycles that have something to say until then: a reminder carries all of its day."""
MOST_LINES = 4
"""Reports that a reminder names, each with its button; the others stand under /later."""
MOST_SILENT = 8
"""Cities that a reminder names to the secretariat."""
PUT_OFF = timedelta(hours=2)
"""Who is at the very report now is not disturbed; they are reminded so much later, on the same day or not at all."""
ALL = mark_of("all")
"""The mark of everything that somebody owes."""
UNREACHABLE, TOO_LATE, AT_IT, UNREADABLE = "unreachable", "too late", "at it", "unreadable"
"""Reasons why a reminder is not said, beside those of single debts (`Needless`)."""


def plan(desk: Desk) -> int:
    """Writes down what is due now; how many messages. Whatever is written already is not written again."""
    said = desk.work.reminders
    since = desk.now - SAID_WITHIN
    found = _due(
        owed_reports(desk, ahead=AHEAD), desk.now, said.said(since), said.messaged(since.date()), said.held()
    )
    written = 0
    for reminder in found:
        written += said.write(reminder, desk.now)
        said.overtaken(reminder.overtaken, desk.now)
    return written


def prepare(desk: Desk, message: OutgoingMessage) -> OutgoingMessage:
    """The message as it leaves: with words that are true now, put off, or skipped where nothing of it is wanted."""
    person = desk.work.people.get(message.chat_id)
    if person is None or not person.reachable:
        return _skipped(message, [UNREACHABLE])
    wanted, owed, needless = _still_wanted(desk, message)
    if not wanted and UNREADABLE in needless:
        return replace(message, state=DeliveryState.FAILED, reason=UNREADABLE)
    if not wanted:
        return _skipped(message, needless)
    calendar = _calendar(desk, person, wanted, owed)
    awake = next_waking(desk.now, calendar)
    if awake > desk.now:
        return replace(message, state=DeliveryState.RETRY, not_before=awake, reason="quiet hours")
    today = local_day(desk.now, calendar.zone)
    if reason := _comes_too_late(desk, message, wanted, owed.values(), today, calendar):
        return _skipped(message, [reason])
    if any(_is_at_it(desk, owed[_place(debt)]) for debt in wanted if debt.step is not Step.SECRETARIAT):
        return _put_off(message, desk.now, calendar)
    view = reminded(desk, wanted, owed, today)
    screen = desk.renderer.render(view, person.language)
    params = message_params(screen, screen.texts[0], message.chat_id, with_buttons=True)
    return replace(message, method="sendMessage", params=params, language=person.language or None)


def settled(desk: Desk, message: OutgoingMessage) -> None:
    """Notes what became of a reminder."""
    desk.work.reminders.settle(message.key, message.state.value, message.reason, desk.now)


def reminded(desk: Desk, wanted: Sequence[Debt], owed: Mapping[Place, Owed], today: date) -> Reminded:
    """What a reminder says of these debts. `today` is the reader's."""
    of_city = [debt for debt in wanted if debt.step is not Step.SECRETARIAT]
    own = _lines(desk, of_city, owed)
    silent = _lines(desk, [debt for debt in wanted if debt.step is Step.SECRETARIAT], owed)
    reasons = {debt.why for debt in of_city}
    return Reminded(
        desk.all_known,
        own[:MOST_LINES],
        silent[:MOST_SILENT],
        next((why for why in (Why.PROMISE, Why.NUDGE) if why in reasons), Why.RULE),
        any(debt.why is Why.PROMISE and debt.day == today for debt in of_city),
        bool(of_city) and all(debt.step is Step.DEPUTIES for debt in of_city),
        own[0].mark if len(own) == 1 else ALL,
        max(0, len(own) - MOST_LINES),
        max(0, len(silent) - MOST_SILENT),
    )


# --- planning


def _due(
    owed: Sequence[Owed],
    now: datetime,
    said: frozenset[str],
    messaged: frozenset[tuple[int, date]],
    held: frozenset[str],
) -> Sequence[Reminder]:
    """What is due; a city whose reminders cannot be worked out is left out and must not stop the others."""
    try:
        return due(owed, now, said, messaged, held)
    except Exception:
        return due([one for one in owed if _can_be_told(one, now)], now, said, messaged, held)


def _can_be_told(owed: Owed, now: datetime) -> bool:
    try:
        due([owed], now, (), ())
    except Exception as error:
        log.error("Reminders of %s in %s fail: %s", owed.city, owed.cycle.id, type(error).__name__)
        return False
    return True


# --- making ready


def _still_wanted(desk: Desk, message: OutgoingMessage) -> tuple[list[Debt], Mapping[Place, Owed], list[str]]:
    """The debts of a message that are to be said, with their reports as they are owed now, and why others are not."""
    carried = desk.work.reminders.debts_of(message.key)
    held = desk.work.reminders.held()
    found = owed_among(desk, {_place(debt) for debt in carried})
    readable = [debt for debt in carried if _place(debt) in found]
    owed = {place: one for place, one in found.items() if one is not None}
    why = {debt: still_wanted(debt, owed.get(_place(debt)), held, desk.now) for debt in readable}
    wanted = [debt for debt in readable if why[debt] is None]
    reasons: list[str] = [reason for reason in why.values() if reason is not None]
    return wanted, owed, reasons if len(readable) == len(carried) else [*reasons, UNREADABLE]


def _calendar(desk: Desk, person: Person, wanted: Sequence[Debt], owed: Mapping[Place, Owed]) -> Calendar:
    """By whose clock the reader lives."""
    found = (
        recipient.calendar
        for debt in sorted(wanted, key=lambda debt: STEPS.index(debt.step))
        for recipient in owed[_place(debt)].people
        if recipient.person == person.id and recipient.step is debt.step
    )
    return next(found, None) or calendar_of(desk, home_of(desk, person), QuietHours())


def _comes_too_late(
    desk: Desk,
    message: OutgoingMessage,
    wanted: Sequence[Debt],
    owed: Iterable[Owed],
    today: date,
    calendar: Calendar,
) -> str | None:
    """Why a message that could not leave on its own day is not said any more: it is too old, or today brings one of
    its own."""
    if today <= _day_of(message):
        return None
    if desk.now - max(debt.at for debt in wanted) > LOOK_BACK:
        return TOO_LATE
    messaged = desk.work.reminders.messaged(today)
    tomorrow = desk.now + timedelta(days=1)
    to_come = (debt for one in owed for debt in debts(one, desk.now, tomorrow))
    is_next = any(
        debt.person == message.chat_id and local_day(debt.at, calendar.zone) == today for debt in to_come
    )
    return Needless.OVERTAKEN if is_next or (message.chat_id, today) in messaged else None


def _is_at_it(desk: Desk, owed: Owed) -> bool:
    """Whether somebody is in the middle of this very report."""
    draft = owed.state.draft if owed.state is not None else None
    return draft is not None and desk.now - draft.touched_at < SILENT_AFTER


def _put_off(message: OutgoingMessage, now: datetime, calendar: Calendar) -> OutgoingMessage:
    later = now + PUT_OFF
    is_today = local_day(later, calendar.zone) == local_day(now, calendar.zone)
    if not is_today or next_waking(later, calendar) != later:
        return _skipped(message, [AT_IT])
    return replace(message, state=DeliveryState.RETRY, not_before=later, reason=AT_IT)


def _skipped(message: OutgoingMessage, reasons: Iterable[str]) -> OutgoingMessage:
    because = ", ".join(sorted(set(reasons))) or Needless.LEFT
    return replace(message, state=DeliveryState.SKIPPED, reason=because)


def _lines(desk: Desk, of: Sequence[Debt], owed: Mapping[Place, Owed]) -> tuple[OwedLine, ...]:
    """Each report once, the most urgent first."""
    places = dict.fromkeys(_place(debt) for debt in of)
    return tuple(sorted((line_of(desk, owed[place]) for place in places), key=lambda line: line.days_left))


def _place(debt: Debt) -> Place:
    return debt.cycle, debt.city


def _day_of(message: OutgoingMessage) -> date:
    """The reader's day for which a reminder was written (`Reminder.key`)."""
    return date.fromisoformat(message.key.rpartition(":")[2])
