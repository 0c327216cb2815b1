"""A reminder by hand to all who still owe a report: shown first, given at most once a day and cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.domain.audit import Event
from bot.domain.cycles import ReportingCycle
from bot.domain.local_time import local_day
from bot.domain.people import Action
from bot.domain.reminder_rules import Step
from bot.domain.reminders import (
    LOOK_BACK,
    NOBODY,
    NUDGED,
    SAID_WITHIN,
    Nudge,
    Owed,
    Reminder,
    what_will_go_out,
)
from bot.domain.views import View
from bot.domain.views.planning import NudgeGiven, NudgePreview, NudgeSample
from bot.services import overview, reminding
from bot.services.desk import Desk
from bot.services.owed import owed_reports
from bot.texts.catalogues import interface_language

UNWRITTEN = 0
"""The number of a nudge that is not given yet."""


@dataclass(frozen=True)
class Reach:
    """Whom a nudge reaches: the messages that carry it, of all that is owed; how many people have had one today."""

    owed: Mapping[tuple[str, str], Owed]
    """By cycle and city."""
    messages: Sequence[Reminder]
    reminded: int

    @property
    def people(self) -> int:
        return len({message.person for message in self.messages})


def may_steer(desk: Desk) -> bool:
    """Whether this person may decide about the reminders of all cities; a limit to countries excludes it."""
    return desk.may(Action.REMIND, desk.matter(None))


def preview(desk: Desk, cycle: ReportingCycle) -> View:
    """How many people it would reach now, in which words, and whom it would not."""
    if (given := _given_today(desk, cycle)) is not None:
        return _already(desk, cycle, given)
    reach = reached(desk, cycle)
    later = [message for message in reach.messages if message.at > desk.now]
    first = min(later, key=lambda message: message.at, default=None)
    cities = {debt.city for message in reach.messages for debt in message.debts if debt.cycle == cycle.id}
    of_cycle = (one for one in reach.owed.values() if one.cycle.id == cycle.id)
    nobody = [one.city for one in of_cycle if any(who.person == NOBODY for who in one.people)]
    return NudgePreview(
        cycle,
        desk.all_known,
        reach.people,
        len(cities),
        _samples(desk, reach),
        len(later),
        first.at.astimezone(ZoneInfo(first.zone)) if first is not None else None,
        reach.reminded,
        tuple(nobody),
        overview.is_resting(desk, cycle),
    )


def nudge(desk: Desk, cycle: ReportingCycle) -> View:
    """Gives it, once. It goes out with the next round of the clock."""
    if (given := _given_today(desk, cycle)) is not None:
        return _already(desk, cycle, given)
    reach = reached(desk, cycle)
    if not reach.messages:
        return preview(desk, cycle)
    desk.work.reminders.nudge(cycle.id, desk.person.id, desk.now)
    desk.log(Event.NUDGED, cycle.id)
    return NudgeGiven(cycle, reach.people, sum(message.at > desk.now for message in reach.messages))


def reached(desk: Desk, cycle: ReportingCycle) -> Reach:
    """Whom a nudge that is given now would reach."""
    owed = owed_reports(desk)
    given = Nudge(UNWRITTEN, cycle.id, desk.now, desk.person.id)
    nudged = [replace(one, nudges=(*one.nudges, given)) if one.cycle.id == cycle.id else one for one in owed]
    said, since = desk.work.reminders, desk.now - SAID_WITHIN
    messaged = said.messaged(since.date())
    rule = f"{NUDGED}-{UNWRITTEN}"
    plan = what_will_go_out(nudged, desk.now, desk.now + LOOK_BACK, said.said(since), messaged, said.held())
    messages = [
        message
        for message in plan
        if message.person != NOBODY
        and any(debt.rule == rule for debt in (*message.debts, *message.overtaken))
    ]
    people = {
        (who.person, local_day(desk.now, who.calendar.zone))
        for one in nudged
        if one.cycle.id == cycle.id
        for who in one.people
        if who.step is Step.FOCAL_POINTS and who.person != NOBODY
    }
    reports = {(one.cycle.id, one.city): one for one in nudged}
    return Reach(reports, messages, len(people & messaged))


def _samples(desk: Desk, reach: Reach) -> tuple[NudgeSample, ...]:
    """The first message of each language as it would leave now."""
    readers: dict[str, list[Reminder]] = defaultdict(list)
    for message in reach.messages:
        readers[interface_language(message.language)].append(message)
    return tuple(
        NudgeSample(
            language,
            len({message.person for message in messages}),
            desk.renderer.plain(
                reminding.reminded(
                    desk, messages[0].debts, reach.owed, local_day(desk.now, messages[0].zone)
                ),
                messages[0].language,
            ),
        )
        for language, messages in sorted(readers.items())
    )


def _given_today(desk: Desk, cycle: ReportingCycle) -> Nudge | None:
    """The nudge of today, by the office's calendar."""
    today = local_day(desk.now, desk.zone)
    given = (one for one in desk.work.reminders.nudges(cycle.id) if local_day(one.at, desk.zone) == today)
    return next(given, None)


def _already(desk: Desk, cycle: ReportingCycle, given: Nudge) -> View:
    by = None if given.by == desk.person.id else desk.name_of(given.by) or ""
    return NudgeGiven(cycle, already=True, by=by)
