"""A report that is owed, in a line: how far it is, how long there is, and where it goes on."""

from __future__ import annotations

from bot.domain import drafts as moves
from bot.domain.local_time import local_day
from bot.domain.progress import CityState, Standing
from bot.domain.reminders import NOBODY, Owed
from bot.domain.views.reminding import OwedLine
from bot.services.courses import course_of
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.services.reporting import mark_of_report


def line_of(desk: Desk, owed: Owed) -> OwedLine:
    """The line as it is true now."""
    state = owed.state or CityState(Standing.NOT_STARTED)
    return OwedLine(
        owed.city,
        owed.cycle,
        state,
        (owed.cycle.deadline - local_day(desk.now, desk.zone_of(owed.city))).days,
        _question(desk, state),
        mark_of(owed.city, owed.cycle.id),
        mark_of_report(owed.city, owed.cycle.id),
        _has_nobody(desk, owed),
    )


def _has_nobody(desk: Desk, owed: Owed) -> bool:
    """Whether no focal point or deputy is there at all: one whom messages do not reach is."""
    return any(who.person == NOBODY for who in owed.people) and not desk.work.people.of_city(owed.city)


def _question(desk: Desk, state: CityState) -> int | None:
    """The number of the question at which the draft goes on."""
    draft = state.draft
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    step = moves.current(draft, course) if draft is not None and course is not None else None
    if draft is None or course is None or step is None:
        return None
    return moves.place(course.path(draft.answers), step.key) or None
