"""The pulse of a cycle, for the secretariat: who is lively, how reminders are answered, what a report costs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping

from bot.domain.announcements import AnnouncementState
from bot.domain.cycles import ReportingCycle
from bot.domain.outgoing import DeliveryState
from bot.domain.people import Action
from bot.domain.progress import OWED, CityState
from bot.domain.pulse import SOON, Liveliness, SentReminder, answering, costs, liveliness
from bot.domain.questionnaires import Form
from bot.domain.reminder_rules import Step
from bot.domain.reminders import SAID_WITHIN, what_will_go_out
from bot.domain.views import OldButton, View
from bot.domain.views.pulse import CostLine, NextDays, PulseOfCycle
from bot.services import overview, review
from bot.services.desk import Desk
from bot.services.owed import owed_reports
from bot.services.signs import signs_of_life

MOST_COSTS = 3


def shown(desk: Desk, cycle_id: str) -> View:
    """The pulse of this cycle, as far as the reader may see its cities."""
    cycle = desk.schedules.cycles.get(cycle_id)
    if cycle is None:
        return OldButton()
    states = overview.states(desk, cycle)
    signs = signs_of_life(desk, cycle)
    lively: dict[Liveliness, list[str]] = defaultdict(list)
    for city, state in states.items():
        lively[liveliness(signs.get(city, ()), state.standing in OWED, desk.now)].append(city)
    return PulseOfCycle(
        cycle,
        desk.all_known,
        {kind: tuple(cities) for kind, cities in lively.items()},
        answering(_reminded(desk, cycle, states), {city: signs.get(city, ()) for city in states}),
        _costs(desk, cycle, states),
        _coming(desk, cycle, states),
    )


def _reminded(desk: Desk, cycle: ReportingCycle, states: Mapping[str, CityState]) -> list[SentReminder]:
    """The reminders that arrived in these cities, in the language that their readers have now."""
    languages = {person.id: person.language for person in desk.work.people.members()}
    return [
        SentReminder(debt.city, sent_at, languages[debt.person])
        for debt, state, sent_at in desk.work.reminders.of_cycle(cycle.id)
        if debt.step is not Step.SECRETARIAT
        and state == DeliveryState.SENT
        and sent_at is not None
        and debt.city in states
        and debt.person in languages
    ]


def _costs(desk: Desk, cycle: ReportingCycle, states: Mapping[str, CityState]) -> tuple[CostLine, ...]:
    questionnaire = desk.schedules.questionnaires.get(cycle.questionnaire)
    if questionnaire is None:
        return ()
    names = {question.id: question.short or question.ask for question in questionnaire.questions}
    drafts = (
        draft
        for draft in desk.work.drafts.of_cycle(cycle.id)
        if draft.form is Form.PROGRESS and not draft.entered and draft.city in states
    )
    found = (cost for cost in costs(drafts) if cost.question in names)
    return tuple(CostLine(names[cost.question], cost) for cost in found)[:MOST_COSTS]


def _coming(desk: Desk, cycle: ReportingCycle, states: Mapping[str, CityState]) -> NextDays:
    until = desk.now + SOON
    owed = [one for one in owed_reports(desk, cycle.id) if one.city in states]
    planned = what_will_go_out(
        owed,
        desk.now,
        until,
        desk.work.reminders.said(desk.now - SAID_WITHIN),
        desk.work.reminders.messaged((desk.now - SAID_WITHIN).date()),
        desk.work.reminders.held(),
    )
    reminders = [reminder for reminder in planned if reminder.person]
    ends = Counter(
        one.cycle.deadline for one in owed if desk.now < one.cycle.ends_at(desk.zone_of(one.city)) <= until
    )
    waiting = desk.work.announcements.in_state(AnnouncementState.WAITING)
    return NextDays(
        reminders=len(reminders),
        people=len({reminder.person for reminder in reminders}),
        ending=tuple(sorted(ends.items())),
        extensions=sum(
            one.cycle == cycle.id and desk.may(Action.EXTEND, desk.matter(one.city))
            for one in desk.work.extensions.waiting()
        ),
        reports=len(review.waiting_for(desk)),
        announcements=sum(one.starts_at is not None and one.starts_at <= until for one in waiting),
    )
