"""Opening a draft: a new one, one that is there, or one that the secretariat enters."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.audit import Event
from bot.domain.drafts import SILENT_AFTER, Draft, DraftState
from bot.domain.people import Expecting, Purpose
from bot.domain.questionnaires import Form
from bot.domain.reports import ReportState, SourceKind, newest
from bot.domain.views import OldButton, View
from bot.domain.views.reporting import Note, Notes, SourceAsked
from bot.services.courses import course_of
from bot.services.desk import Desk
from bot.services.dialog.asking import ask, summary, who_was_here
from bot.services.dialog.sitting import Sitting, closed, sheet_of, sit_down

MOST_NOTE = 300
"""Characters of where the secretariat learned something."""


def open_form(desk: Desk, form: Form, city: str, cycle: str = "", subject: str = "") -> View:
    """The city's own draft of this: the one that is there, where it was left, or a new one at its first question."""
    draft = desk.work.drafts.find(form, city, cycle, subject, source=SourceKind.QUESTIONNAIRE)
    if draft is not None:
        return resume(desk, _renewed(desk, draft).id)
    begun = _begun(desk, form, city, cycle, subject)
    if begun is None:
        return OldButton()
    sitting = sit_down(desk, begun.id)
    return sitting if isinstance(sitting, View) else ask(sitting)


def resume(desk: Desk, draft_id: int) -> View:
    """Opens a draft where it was left."""
    draft = desk.work.drafts.get(draft_id)
    sitting = sit_down(desk, draft_id)
    if isinstance(sitting, View) or draft is None:
        return sitting if isinstance(sitting, View) else OldButton()
    if draft.entered and not draft.source_note:
        return _ask_source(sitting)
    if draft.holder not in (None, desk.person.id):
        return ask(sitting, Notes(note=Note.TAKEN_OVER, holder=desk.name_of(draft.holder)))
    is_gap = draft.holder is None or desk.now - draft.touched_at > SILENT_AFTER
    return ask(sitting, who_was_here(sitting) if is_gap else None)


def look(desk: Desk, draft_id: int, page: int) -> View:
    """All answers of a draft, a page of them. Nothing changes, whoever fills it in."""
    draft = desk.work.drafts.get(draft_id)
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    if draft is None or course is None:
        return resume(desk, draft_id)
    if draft.state is DraftState.SUBMITTED:
        return closed(desk, draft, course)
    look_only = draft.at is not None or draft.held_by_another(desk.person.id, desk.now)
    adopted, _ = moves.adopt(draft, course, desk.now)
    return summary(Sitting(desk, adopted, course), page, look_only=look_only)


def begin_entered(desk: Desk, city: str, cycle: str, source: SourceKind) -> View:
    """The secretariat enters what it learned in an interview, a site visit or a published report: first of all it
    says where. What is learned from each kind of source is a draft of its own."""
    draft = desk.work.drafts.find(Form.PROGRESS, city, cycle, "", source=source)
    if draft is None:
        draft = _begun(desk, Form.PROGRESS, city, cycle, "", source)
    return OldButton() if draft is None else resume(desk, draft.id)


def source_told(desk: Desk, words: str) -> View:
    """Where the secretariat learned what it enters."""
    expecting = desk.person.expecting
    number = expecting.object_id if expecting is not None else None
    sitting = sit_down(desk, number or 0)
    if isinstance(sitting, View):
        desk.work.people.expect(desk.person.id, None)
        return sitting
    note = " ".join(words.split())[:MOST_NOTE]
    return ask(sitting.keep(replace(sitting.draft, source_note=note, version=sitting.draft.version + 1)))


def _ask_source(sitting: Sitting) -> View:
    desk = sitting.desk
    asked = Expecting(Purpose.SOURCE, since=desk.now, object_id=sitting.draft.id)
    desk.work.people.expect(desk.person.id, asked)
    return SourceAsked(sheet_of(desk, sitting.draft, sitting.course))


def _renewed(desk: Desk, draft: Draft) -> Draft:
    """A proposal that was agreed leaves its draft free for the next one."""
    report = newest(desk.work.reports.of_draft(draft.id))
    course = course_of(draft, desk.all_known, desk.schedules)
    is_agreed = report is not None and report.state is ReportState.ACCEPTED
    if draft.form is Form.PROGRESS or draft.state is DraftState.OPEN or not is_agreed or course is None:
        return draft
    anew = moves.renew(draft, course, desk.now)
    return desk.work.drafts.save(anew, draft)


def _begun(
    desk: Desk,
    form: Form,
    city: str,
    cycle: str,
    subject: str,
    source: SourceKind = SourceKind.QUESTIONNAIRE,
) -> Draft | None:
    """A new draft, kept; None where no questionnaire asks for it."""
    if form is Form.PROGRESS:
        of_cycle = desk.schedules.cycles.get(cycle)
        questionnaire = desk.schedules.questionnaires.get(of_cycle.questionnaire) if of_cycle else None
    else:
        questionnaire = desk.schedules.questionnaire_for(form)
    if questionnaire is None:
        return None
    draft = Draft(
        0,
        form,
        city,
        questionnaire.id,
        desk.now,
        desk.now,
        cycle=cycle,
        subject=subject,
        source=source,
        holder=desk.person.id,
    )
    course = course_of(draft, desk.all_known, desk.schedules)
    if course is None:
        return None
    kept = desk.work.drafts.add(moves.begin(draft, course))
    desk.log(Event.DRAFT_BEGUN, f"draft {kept.id}", city=city, after=source if draft.entered else form)
    return kept
