"""What goes out when: one message a person and local day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, datetime
from heapq import merge

from bot.domain.cycles import start_of_day
from bot.domain.local_time import local_day
from bot.domain.reminder_rules import STEPS
from bot.domain.reminders.falling import by_moment, falling
from bot.domain.reminders.moments import DAY, next_waking
from bot.domain.reminders.owed import LOOK_BACK, NOBODY, Calendar, Debt, Owed, Recipient, Reminder, Why


def what_will_go_out(
    owed: Sequence[Owed],
    after: datetime,
    until: datetime,
    said: Collection[str] = frozenset(),
    messaged: Collection[tuple[int, date]] = frozenset(),
    held: Collection[str] = frozenset(),
) -> Iterator[Reminder]:
    """Every reminder of [after, until], in order of time, if nobody does anything meanwhile: what a run that begins
    at `after` sends. `said` are keys of debts and `messaged` (person, local day) of reminders that are written
    already; `held` keys of debts that rest.

    What fell due in the 48 hours before `after` and was not said goes along, so `said` must go back `SAID_WITHIN`.
    Memory grows with the people, not with the days.
    """
    everybody = _by_person(owed).values()
    return merge(
        *(_of_one_person(theirs, after, until, said, messaged, held) for theirs in everybody), key=by_moment
    )


def due(
    owed: Sequence[Owed],
    now: datetime,
    said: Collection[str],
    messaged: Collection[tuple[int, date]],
    held: Collection[str] = frozenset(),
) -> Sequence[Reminder]:
    """The reminders to write now: of what fell due within the last 48 hours and was not said, at most one a person
    and local day, none in quiet hours. It carries what falls due later on this day, too.

    What was overtaken by a later debt about the same report goes along unsaid (`Reminder.overtaken`), to be kept like
    what is said. It is the first step of `what_will_go_out`, without those whom nobody can reach.
    """
    return [
        reminder
        for reminder in what_will_go_out(owed, now, now, said, messaged, held)
        if reminder.person != NOBODY
    ]


def _by_person(owed: Iterable[Owed]) -> dict[tuple[int, str], list[tuple[Owed, Recipient]]]:
    """What each person is reminded of. Where a city has nobody, it stands for itself."""
    found: dict[tuple[int, str], list[tuple[Owed, Recipient]]] = {}
    for one in owed:
        for recipient in one.people:
            whose = (recipient.person, one.city if recipient.person == NOBODY else "")
            found.setdefault(whose, []).append((one, recipient))
    return found


def _of_one_person(
    theirs: Sequence[tuple[Owed, Recipient]],
    after: datetime,
    until: datetime,
    said: Collection[str],
    messaged: Collection[tuple[int, date]],
    held: Collection[str],
) -> Iterator[Reminder]:
    """Their local days, one after another. Whoever has two calendars lives by that of their lowest step."""
    recipient = min((recipient for _, recipient in theirs), key=lambda one: STEPS.index(one.step))
    person, calendar = recipient.person, recipient.calendar
    # A reminder carries what falls due on the rest of its day, which ends within two days.
    streams = (falling(one, who, after - LOOK_BACK, until + 2 * DAY) for one, who in theirs)
    waiting = (
        debt for debt in merge(*streams, key=by_moment) if (key := debt.key) not in said and key not in held
    )
    debt = next(waiting, None)
    while debt is not None:
        at = _next_free(max(debt.at, after), person, calendar, messaged)
        if at > until:
            return
        if not _is_still_said(debt, at, messaged):
            debt = next(waiting, None)
            continue
        day = local_day(at, calendar.zone)
        end = start_of_day(day + DAY, calendar.zone)
        todays = []
        while debt is not None and next_waking(debt.at, calendar) < end:
            if _is_still_said(debt, at, messaged):
                todays.append(debt)
            debt = next(waiting, None)
        newest = {(debt.cycle, debt.city): debt for debt in todays}
        overtaken = tuple(debt for debt in todays if newest[debt.cycle, debt.city] is not debt)
        yield Reminder(person, calendar.zone, day, at, recipient.language, tuple(newest.values()), overtaken)


def _next_free(
    moment: datetime, person: int, calendar: Calendar, messaged: Collection[tuple[int, date]]
) -> datetime:
    """This moment, or the next that is not quiet on a local day on which they have no reminder yet."""
    at = next_waking(moment, calendar)
    while (person, day := local_day(at, calendar.zone)) in messaged:
        at = next_waking(start_of_day(day + DAY, calendar.zone), calendar)
    return at


def _is_still_said(debt: Debt, at: datetime, messaged: Collection[tuple[int, date]]) -> bool:
    """Whether a debt is neither too old at this moment nor a nudge on a day on which they had a reminder anyway."""
    if at - debt.at >= LOOK_BACK:
        return False
    return debt.why is not Why.NUDGE or (debt.person, debt.day) not in messaged
