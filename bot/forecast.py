"""The program behind `focal plan`: what will go out, to whom, when, in which language and why."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.content.loader import Loaded
from bot.domain.people import Person, with_admin_rights
from bot.domain.ports import UnitOfWork
from bot.domain.progress import CityState
from bot.domain.reminder_rules import Anchor, Step
from bot.domain.reminders import NOBODY, SAID_WITHIN, Debt, Owed, Reminder, Why, what_will_go_out
from bot.lookup.index import Index
from bot.outputs import note
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge
from bot.services.owed import owed_reports
from bot.services.roles import OPERATOR
from bot.settings import Settings
from bot.storage.at_hand import database_at_hand
from bot.texts.renderer import Renderer

SETTLED = timedelta(days=7)
"""After so long a run does not show any more when it began."""


@dataclass(frozen=True)
class Forecast:
    """All that the plan follows from, read at one moment; nothing is read any more while it is told."""

    owed: Sequence[Owed]
    said: Collection[str]
    messaged: Collection[tuple[int, date]]
    held: Collection[str]
    handles: Mapping[int, str]
    begin: datetime
    """From when on the bot is taken to run."""

    def rows(self, since: datetime, until: datetime) -> Iterator[dict[str, Any]]:
        """One row a debt of [since, until], in order of time; each is made when it is asked for."""
        reports = {(one.cycle.id, one.city): one for one in self.owed}
        plan = what_will_go_out(self.owed, self.begin, until, self.said, self.messaged, self.held)
        for reminder in plan:
            if reminder.at < since:
                continue
            for debt in reminder.debts:
                # Where nobody is there, nothing is made up for.
                if reminder.person != NOBODY or debt.at >= since:
                    yield self._row(reminder, debt, reports[debt.cycle, debt.city])

    def _row(self, reminder: Reminder, debt: Debt, owed: Owed) -> dict[str, Any]:
        local = reminder.at.astimezone(ZoneInfo(reminder.zone))
        return {
            "at_utc": reminder.at.isoformat(timespec="seconds"),
            "at_local": local.isoformat(timespec="seconds"),
            "zone": reminder.zone,
            "person": self.handles.get(debt.person),
            "city": debt.city,
            "rule": debt.rule,
            "language": reminder.language,
            "why": why(debt, owed, local.date()),
        }


def forecast(settings: Settings, loaded: Loaded, since: datetime, now: datetime) -> Forecast:
    """Reads what is owed and by whom; where there is no database yet, nobody is known.

    A plan from now on has what fell due lately and was not said. One from another moment (`since`) has not: by then
    the bot has run for a while."""
    # Nothing is looked up here, so nothing has to be found: an index of no entries does.
    knowledge = Knowledge(loaded.library, Index.build(type(loaded.library)()), schedules=loaded.schedules)
    operator = with_admin_rights(Person(OPERATOR, settings.language))
    begin = now if since >= now else since - SETTLED

    def read(work: UnitOfWork) -> Forecast:
        renderer = Renderer("", settings.language)
        desk = Desk(
            operator, knowledge, work, now, renderer, settings.admins, "plan", zone=settings.time_zone
        )
        known = begin - SAID_WITHIN
        people = {person.id: person.handle for person in (*work.people.members(), *desk.office)}
        return Forecast(
            owed_reports(desk),
            work.reminders.said(known),
            work.reminders.messaged(known.date()),
            work.reminders.held(),
            people,
            begin,
        )

    with database_at_hand(settings.database, note) as database:
        return database.run_now(read)


def why(debt: Debt, owed: Owed, on: date) -> str:
    """An English sentence: which rule it is, and how far the report has come. `on` is the day when it goes out."""
    moved = f", moved from {debt.day}" if on != debt.day else ""
    to_whom = "" if debt.step is Step.FOCAL_POINTS else f", to the {debt.step}"
    missing = "; nobody there to remind" if debt.person == NOBODY else ""
    return f"{_rule(debt, owed)}{to_whom}{moved}; {_how_far(owed.state)}{missing}"


def _rule(debt: Debt, owed: Owed) -> str:
    if debt.why is Why.PROMISE:
        return f"asked to be reminded on {debt.day}"
    if debt.why is Why.NUDGE:
        return "reminded by hand"
    rule = next((rule for rule in owed.rules.rules if rule.id == debt.rule), None)
    if rule is None:
        return debt.rule
    opens = rule.anchor is Anchor.OPENING
    anchor = f"the opening on {owed.cycle.opens}" if opens else f"the deadline of {owed.cycle.deadline}"
    if rule.days == 0:
        return f"at {anchor}"
    days = f"{abs(rule.days)} {'day' if abs(rule.days) == 1 else 'days'}"
    return f"{days} {'before' if rule.days < 0 else 'after'} {anchor}"


def _how_far(state: CityState | None) -> str:
    if state is None or (not state.of and state.draft is None and state.report is None):
        return "not started"
    return f"{state.answered} of {state.of} answered" if state.of else state.standing.replace("-", " ")
