"""What will go out: the plan of the next days for the secretariat, holding parts of it, and pauses of a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.domain.audit import Event
from bot.domain.buttons import CycleDo, CycleMove, Hold, Plan, PlanMove
from bot.domain.cycles import ReportingCycle
from bot.domain.local_time import local_day
from bot.domain.people import Action, Matter
from bot.domain.reminders import NOBODY, SAID_WITHIN, Debt, Owed, Reminder, what_will_go_out
from bot.domain.views import OldButton, View
from bot.domain.views.planning import (
    Missing,
    PauseAsked,
    PlanCycle,
    PlanGroup,
    PlanList,
    PlanNote,
    PlanOfGroup,
    PlanRow,
)
from bot.services import nudging, overview
from bot.services.browsing import paged
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.services.owed import owed_reports

AHEAD = timedelta(days=30)
"""How far the plan looks."""
GROUPS_ON_A_PAGE = 8
ROWS_ON_A_PAGE = 8
MOST_NOBODY = 5
"""How many cities in which there is nobody to remind are named."""


@dataclass(frozen=True)
class Planned:
    """A debt as it will be said: with the message that carries it."""

    debt: Debt
    reminder: Reminder
    owed: Owed
    held: bool = False

    @property
    def group(self) -> str:
        """The short name of the day and the rule by which it goes out."""
        return mark_of(self.reminder.day.isoformat(), self.debt.cycle, self.debt.rule)

    @property
    def mark(self) -> str:
        return mark_of(self.debt.key)


# --- what is shown


def shown(desk: Desk, page: int = 1, note: PlanNote | None = None, about: str = "") -> View:
    """What goes out in the next days about the cities that this person looks after."""
    owed = owed_reports(desk, ahead=AHEAD)
    plan = planned(desk, owed)
    groups: dict[str, list[Planned]] = defaultdict(list)
    for one in plan:
        groups[one.group].append(one)
    names, page, pages = paged(list(groups), page, GROUPS_ON_A_PAGE)
    said = [one for one in plan if not one.held and one.debt.person != NOBODY]
    nobody = list(dict.fromkeys(one.debt.city for one in plan if one.debt.person == NOBODY))
    return PlanList(
        desk.all_known,
        tuple(_group(desk, groups[name]) for name in names),
        page,
        pages,
        local_day(desk.now + AHEAD, desk.zone),
        messages=len({one.reminder.key for one in said}),
        people=len({one.debt.person for one in said}),
        nobody=tuple(nobody[:MOST_NOBODY]),
        more_nobody=max(len(nobody) - MOST_NOBODY, 0),
        cycles=tuple(_cycles(desk, owed)),
        may_steer=nudging.may_steer(desk),
        note=note,
        about=desk.schedules.cycles.get(about),
    )


def press(desk: Desk, button: Plan) -> View:
    """A page of the plan or of a group; holding or releasing all of a group."""
    if not button.group:
        return shown(desk, button.page)
    group = [one for one in planned(desk, owed_reports(desk, ahead=AHEAD)) if one.group == button.group]
    if not group:
        return shown(desk)  # its day has come, or nothing is owed any more
    match button.move:
        case PlanMove.HOLD:
            _hold(desk, [one for one in group if not one.held and one.debt.person != NOBODY])
        case PlanMove.RELEASE:
            _release(desk, [one for one in group if one.held])
        case _:
            return _rows(desk, group, button.page)
    return _anew(desk, button.group, button.page)


def press_one(desk: Desk, button: Hold) -> View:
    """Holds or releases a single reminder."""
    one = _marked(desk, button.debt)
    if one is None:
        return shown(desk)
    if button.move == PlanMove.HOLD and not one.held and one.debt.person != NOBODY:
        _hold(desk, [one])
    elif button.move == PlanMove.RELEASE and one.held:
        _release(desk, [one])
    return _anew(desk, one.group, button.page)


def about(desk: Desk, mark: str) -> Matter | None:
    """The city of a reminder that is planned."""
    one = _marked(desk, mark)
    return None if one is None else desk.matter(one.debt.city)


def press_cycle(desk: Desk, button: CycleDo) -> View:
    """A pause of a cycle, its end, and a reminder by hand."""
    cycle = desk.schedules.cycles.get(button.cycle)
    if cycle is None:
        return OldButton()
    if not nudging.may_steer(desk):
        return shown(desk)
    match button.move:
        case CycleMove.ASK_PAUSE:
            return _ask_pause(desk, cycle)
        case CycleMove.PAUSE:
            return pause(desk, cycle)
        case CycleMove.GO_ON:
            return go_on(desk, cycle)
        case CycleMove.ASK_NUDGE | CycleMove.NUDGE if not overview.has_begun(desk, cycle):
            return shown(desk)
        case CycleMove.ASK_NUDGE:
            return nudging.preview(desk, cycle)
        case CycleMove.NUDGE:
            return nudging.nudge(desk, cycle)
        case _:
            return OldButton()


def pause(desk: Desk, cycle: ReportingCycle) -> View:
    if not overview.is_resting(desk, cycle):
        desk.work.reminders.pause(cycle.id, desk.person.id, desk.now)
        desk.log(Event.PAUSED, cycle.id)
    return shown(desk, note=PlanNote.PAUSED, about=cycle.id)


def go_on(desk: Desk, cycle: ReportingCycle) -> View:
    if overview.is_resting(desk, cycle):
        desk.work.reminders.go_on(cycle.id, desk.now)
        desk.log(Event.WENT_ON, cycle.id)
    return shown(desk, note=PlanNote.WENT_ON, about=cycle.id)


def _ask_pause(desk: Desk, cycle: ReportingCycle) -> View:
    if overview.is_resting(desk, cycle):
        return shown(desk, note=PlanNote.PAUSED, about=cycle.id)
    plan = planned(desk, owed_reports(desk, cycle.id, AHEAD))
    said = {one.reminder.key for one in plan if not one.held and one.debt.person != NOBODY}
    return PauseAsked(cycle, len(said))


# --- the plan


def planned(desk: Desk, owed: Sequence[Owed]) -> list[Planned]:
    """What goes out of these reports in the next days, and what would if it were not held, in order of time; about
    the cities that this person looks after."""
    held = desk.work.reminders.held()
    going = list(_going(desk, owed, held))
    if held:
        there = {one.debt.key for one in going}
        free = _going(desk, owed, frozenset())
        going += [one for one in free if one.debt.key in held and one.debt.key not in there]
        going.sort(key=lambda one: one.reminder.at)
    return [one for one in going if desk.may(Action.REMIND, desk.matter(one.debt.city))]


def _going(desk: Desk, owed: Sequence[Owed], held: Collection[str]) -> Iterator[Planned]:
    of = {(one.cycle.id, one.city): one for one in owed}
    said, since = desk.work.reminders, desk.now - SAID_WITHIN
    plan = what_will_go_out(
        owed, desk.now, desk.now + AHEAD, said.said(since), said.messaged(since.date()), held
    )
    kept = desk.work.reminders.held()
    for reminder in plan:
        if reminder.person == NOBODY:  # nothing is made up for where nobody is there
            debts = tuple(debt for debt in reminder.debts if debt.at >= desk.now)
            reminder = replace(reminder, debts=debts, overtaken=())
        # What is held is overtaken by nothing: it is shown wherever it stands.
        hidden = [debt for debt in reminder.overtaken if debt.key in kept]
        for debt in (*reminder.debts, *hidden):
            yield Planned(debt, reminder, of[debt.cycle, debt.city], debt.key in kept)


# --- helpers


def _marked(desk: Desk, mark: str) -> Planned | None:
    return next((one for one in planned(desk, owed_reports(desk, ahead=AHEAD)) if one.mark == mark), None)


def _hold(desk: Desk, some: Sequence[Planned]) -> None:
    for one in some:
        desk.work.reminders.hold(one.debt.key, desk.person.id, desk.now)
    _log(desk, Event.HELD, some)


def _release(desk: Desk, some: Sequence[Planned]) -> None:
    for one in some:
        desk.work.reminders.release(one.debt.key)
    _log(desk, Event.RELEASED, some)


def _log(desk: Desk, event: Event, some: Sequence[Planned]) -> None:
    """One entry a city, whoever was to be reminded there."""
    for city in dict.fromkeys(one.debt.city for one in some):
        debt = next(one.debt for one in some if one.debt.city == city)
        desk.log(event, f"{city}-{debt.cycle} {debt.rule}", city=city)


def _anew(desk: Desk, group: str, page: int) -> View:
    """The group as it is after a change."""
    found = [one for one in planned(desk, owed_reports(desk, ahead=AHEAD)) if one.group == group]
    return _rows(desk, found, page) if found else shown(desk)


def _group(desk: Desk, group: Sequence[Planned]) -> PlanGroup:
    first = group[0]
    reached = [one for one in group if one.debt.person != NOBODY]
    return PlanGroup(
        first.group,
        first.reminder.day,
        desk.schedules.cycles.get(first.debt.cycle, first.owed.cycle),
        next((rule for rule in first.owed.rules.rules if rule.id == first.debt.rule), None),
        first.debt.why,
        first.debt.step,
        cities=len({one.debt.city for one in group}),
        messages=len({one.reminder.key for one in reached if not one.held}),
        reminders=len(reached),
        nobody=len(group) - len(reached),
        held=sum(one.held for one in group),
    )


def _rows(desk: Desk, group: Sequence[Planned], page: int) -> View:
    ordered = sorted(group, key=lambda one: (one.reminder.at, one.debt.city, one.debt.person))
    some, page, pages = paged(ordered, page, ROWS_ON_A_PAGE)
    rows = tuple(_row(desk, one) for one in some)
    return PlanOfGroup(_group(desk, ordered), rows, desk.all_known, page, pages)


def _row(desk: Desk, one: Planned) -> PlanRow:
    missing = None
    if one.debt.person == NOBODY:
        missing = Missing.UNREACHABLE if desk.work.people.of_city(one.debt.city) else Missing.NOBODY
    zone = one.reminder.zone
    return PlanRow(
        one.mark,
        one.debt.city,
        desk.name_of(one.debt.person),
        one.reminder.at.astimezone(ZoneInfo(zone)),
        zone,
        one.reminder.language,
        one.owed.state,
        one.held,
        missing,
    )


def _cycles(desk: Desk, owed: Sequence[Owed]) -> Iterator[PlanCycle]:
    """The cycles that have begun and in which something is owed, newest first."""
    owing: Mapping[str, int] = _count(desk, owed)
    for cycle in desk.schedules.newest_first():
        if owing.get(cycle.id) and overview.has_begun(desk, cycle):
            yield PlanCycle(cycle, owing[cycle.id], overview.is_resting(desk, cycle))


def _count(desk: Desk, owed: Sequence[Owed]) -> Mapping[str, int]:
    found: dict[str, int] = defaultdict(int)
    for one in owed:
        if desk.may(Action.REMIND, desk.matter(one.city)):
            found[one.cycle.id] += 1
    return found
