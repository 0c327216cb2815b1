"""The way back to a draft, below whatever else somebody looks at meanwhile."""

from __future__ import annotations

from bot.domain import drafts as moves
from bot.domain.drafts import SILENT_AFTER, Draft, DraftState
from bot.domain.people import Action, Purpose
from bot.domain.reports import newest
from bot.domain.views import Nothing, View, reminding, reporting
from bot.domain.views.reporting import WayBack
from bot.services.courses import course_of, is_gone
from bot.services.desk import Desk
from bot.services.dialog.sitting import sheet_of


def way_back(desk: Desk, view: View) -> View | None:
    """What leads back to the question that waits, where one does and `view` is no part of the dialog itself and does
    not lead there anyway."""
    if type(view).__module__ in (reporting.__name__, reminding.__name__) or not desk.private:
        return None
    draft = _open_draft(desk) or _waiting(desk, nothing_found=isinstance(view, Nothing))
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    if (
        draft is None
        or course is None
        or draft.state is not DraftState.OPEN
        or is_gone(draft, desk.all_known)
    ):
        return None
    if not desk.may(Action.REPORT, desk.matter(draft.city, entered=draft.entered)):
        return None
    step = moves.current(draft, course)
    sheet = sheet_of(desk, draft, course)
    number = sheet.number(step.key) if step is not None else None
    return WayBack(draft.id, number, returned=_is_unopened(desk, draft))


def _open_draft(desk: Desk) -> Draft | None:
    """The draft that their words answer; or the one that they left a moment ago to ask something in between."""
    person = desk.work.people.get(desk.person.id)
    expecting = person.expecting if person is not None else None
    if expecting is not None and expecting.purpose is Purpose.REPORT:
        return desk.work.drafts.get(expecting.object_id or 0)
    drafts = (draft for city in desk.person.cities() for draft in desk.work.drafts.of_city(city))
    mine = (draft for draft in drafts if draft.holder == desk.person.id and draft.state is DraftState.OPEN)
    return next((draft for draft in mine if desk.now - draft.touched_at < SILENT_AFTER), None)


def _waiting(desk: Desk, *, nothing_found: bool) -> Draft | None:
    """What came back to their city and nobody has opened since; where nothing was found, any draft of it that is
    open: their words may have been meant for it."""
    drafts = [draft for city in desk.person.cities() for draft in desk.work.drafts.of_city(city)]
    own = [draft for draft in drafts if draft.state is DraftState.OPEN and not draft.entered]
    free = (draft for draft in own if nothing_found and not draft.held_by_another(desk.person.id, desk.now))
    return next((draft for draft in own if _is_unopened(desk, draft)), None) or next(free, None)


def _is_unopened(desk: Desk, draft: Draft) -> bool:
    """Whether it was returned, and nobody has sat down at it since."""
    if not draft.returned or draft.holder is not None:
        return False
    report = newest(desk.work.reports.of_draft(draft.id))
    return report is not None and report.decided_at is not None and draft.touched_at <= report.decided_at
