"""The way back to a draft, below whatever else somebody looks at meanwhile."""

from __future__ import annotations

from bot.domain import drafts as moves
from bot.domain.drafts import DraftState
from bot.domain.people import Action, Purpose
from bot.domain.views import View, reporting
from bot.domain.views.reporting import WayBack
from bot.services.courses import course_of
from bot.services.desk import Desk
from bot.services.dialog.sitting import sheet_of


def way_back(desk: Desk, view: View) -> View | None:
    """What leads back to the question that waits, where one does and `view` is no part of the dialog itself."""
    person = desk.work.people.get(desk.person.id)
    expecting = person.expecting if person is not None else None
    of_dialog = type(view).__module__ == reporting.__name__
    if expecting is None or expecting.purpose is not Purpose.REPORT or of_dialog or not desk.private:
        return None
    draft = desk.work.drafts.get(expecting.object_id or 0)
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    if draft is None or course is None or draft.state is not DraftState.OPEN:
        return None
    if not desk.may(Action.REPORT, desk.matter(draft.city, entered=draft.entered)):
        return None
    step = moves.current(draft, course)
    sheet = sheet_of(desk, draft, course)
    return WayBack(draft.id, sheet.number(step.key) if step is not None else None)
