"""Plain words that look like a report, while none is open: offered to be filled in."""

from __future__ import annotations

from bot.domain.drafts import Draft, DraftState
from bot.domain.people import Expecting, Purpose
from bot.domain.questionnaires import Form
from bot.domain.views import View
from bot.domain.views.reporting import LooksLikeReport, ToFill
from bot.services import reporting
from bot.services.courses import course_of
from bot.services.desk import Desk
from bot.services.dialog import one_message
from bot.services.dialog.keeping import said
from bot.services.dialog.sitting import Sitting, sit_down


def offer(desk: Desk, words: str) -> View | None:
    """Offers to fill a report of theirs in, where a figure for one of its questions is named; None elsewhere."""
    expecting = desk.person.expecting
    is_busy = expecting is not None and expecting.purpose is Purpose.REPORT
    if not desk.private or is_busy or not any(letter.isdigit() for letter in words):
        return None
    for item in reporting.open_reports(desk):
        sitting = _beside(desk, item)
        pieces = one_message.understood(sitting, words) if sitting is not None else ()
        if sitting is not None and pieces:
            asked = Expecting(Purpose.SEARCH, text=words, since=desk.now)
            desk.work.people.expect(desk.person.id, asked)
            return LooksLikeReport(sitting.sheet, words, pieces, item.mark)
    return None


def fill_in(desk: Desk, mark: str) -> View:
    """Opens the draft with the words that were written, as they would be filled in."""
    expecting = desk.person.expecting
    words = expecting.text if expecting is not None and expecting.purpose is Purpose.SEARCH else None
    opened = reporting.begin(desk, mark)
    draft = next((item.draft for item in reporting.open_reports(desk) if item.mark == mark), None)
    if not words or draft is None or draft.held_by_another(desk.person.id, desk.now):
        return opened
    sitting = sit_down(desk, draft.id)
    return sitting if isinstance(sitting, View) else said(one_message.preview(sitting, words))


def _beside(desk: Desk, item: ToFill) -> Sitting | None:
    """A look at what may be filled in. Nothing of it is kept."""
    draft = item.draft
    if draft is None and item.cycle is not None:
        of = item.cycle.questionnaire
        draft = Draft(0, Form.PROGRESS, item.city, of, desk.now, desk.now, cycle=item.cycle.id)
    if draft is None or draft.state is not DraftState.OPEN:
        return None
    course = course_of(draft, desk.all_known, desk.schedules)
    return Sitting(desk, draft, course) if course is not None else None
