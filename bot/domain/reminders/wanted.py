"""Whether what was due when it was written is still to be said when it leaves."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from bot.domain.local_time import local_day
from bot.domain.reminders.falling import debts, is_answered, is_paused, last_wanted, promised_at
from bot.domain.reminders.moments import appointments
from bot.domain.reminders.owed import Debt, Needless, Owed, Recipient, Why


def still_wanted(debt: Debt, owed: Owed | None, held: Collection[str], now: datetime) -> Needless | None:
    """Why a debt must not be said any more at the moment of sending; None: it is. `owed` is the report as it is owed
    now, None where it is not any more."""
    if owed is None:
        return Needless.REPORTED
    recipient = next((r for r in owed.people if (r.person, r.step) == (debt.person, debt.step)), None)
    if recipient is None:
        return Needless.LEFT
    if debt.key in held:
        return Needless.HELD
    if is_paused(owed.pauses, now):
        return Needless.PAUSED
    return _since_chosen(debt, owed, recipient) or _overtaken(debt, owed, recipient, held, now)


def _since_chosen(debt: Debt, owed: Owed, recipient: Recipient) -> Needless | None:
    """What the city did meanwhile: chose a time, wished quiet, answered."""
    promise = owed.promises.get(debt.person)
    if debt.why is Why.PROMISE:
        return None if promise is not None and promise.day == debt.day else Needless.PROMISED
    if debt.why is Why.NUDGE:
        return None
    promised = promised_at(owed, recipient)
    if promised is not None and debt.at < promised:
        return Needless.PROMISED
    last = last_wanted(owed, recipient)
    if debt.person in owed.quiet and (last is None or (last.rule.id, last.day) != (debt.rule, debt.day)):
        return Needless.QUIET
    named = appointments(owed.rules, owed.cycle, recipient.calendar)
    behind = next((one for one in named if (one.rule.id, one.day) == (debt.rule, debt.day)), None)
    # A rule that was taken out of the file, or whose deadline moved, was due when this was written.
    return Needless.ANSWERED if behind is not None and is_answered(owed, behind, recipient) else None


def _overtaken(
    debt: Debt, owed: Owed, recipient: Recipient, held: Collection[str], now: datetime
) -> Needless | None:
    """A later debt of a later day, which has a message of its own. One of the same day has none."""
    zone = recipient.calendar.zone
    later = (
        other
        for other in debts(owed, debt.at, now)
        if other.person == debt.person
        and other.key not in held
        and local_day(other.at, zone) > local_day(debt.at, zone)
    )
    return Needless.OVERTAKEN if any(later) else None
