"""Reports that were sent, for their city: reading one, taking it back, amending one that was accepted."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.answers import Files
from bot.domain.audit import Event
from bot.domain.drafts import DraftState
from bot.domain.people import Action, Expecting, Purpose
from bot.domain.questionnaires import Form
from bot.domain.reports import MOVES, Report, ReportMove, ReportState, age
from bot.domain.views import OldButton, View
from bot.domain.views.reviewing import (
    AmendAsked,
    AmendBegun,
    FilesShown,
    Note,
    ReportCard,
    ReportWithdrawn,
    TakenBack,
)
from bot.services import sheets
from bot.services.desk import Desk
from bot.services.reported import name

MOST_REASON = 1000
"""Characters of a reason or a comment."""
MOST_FILES = 10
"""How many files are sent again at a time."""


def see(desk: Desk, report_id: int, page: int) -> View:
    report = desk.work.reports.get(report_id)
    return OldButton() if report is None else card(desk, report, page)


def take_back(desk: Desk, report_id: int) -> View:
    """The city takes its report back; from the moment that its review begins it cannot any more."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    draft = desk.work.drafts.get(report.draft_id)
    if draft is None or not report.can(ReportMove.TAKE_BACK):
        return card(desk, report, 1, _why_not_taken_back(report))
    desk.work.reports.save(replace(report, state=MOVES[ReportMove.TAKE_BACK][1], decided_at=desk.now), report)
    desk.work.drafts.save(moves.reopen(draft, desk.now, amends=report.reason), draft)
    desk.log(
        Event.TAKEN_BACK, name(report), city=report.city, before=report.state, after=ReportState.WITHDRAWN
    )
    desk.tell_office(ReportWithdrawn(report, desk.all_known), report.city)
    return TakenBack(report, desk.all_known)


def ask_amend(desk: Desk, report_id: int) -> View:
    """The next words of this person are the reason why an accepted report is amended."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    if note := _why_not_amended(desk, report):
        return card(desk, report, 1, note)
    expecting = Expecting(Purpose.AMEND, object_id=report_id, since=desk.now)
    desk.work.people.expect(desk.person.id, expecting)
    return AmendAsked(report, desk.all_known)


def amend(desk: Desk, text: str) -> View:
    """Opens the draft of an accepted report again, for this reason. The report counts until its next version does."""
    report = _expected(desk)
    if report is None:
        return OldButton()
    if len(text) > MOST_REASON:
        return AmendAsked(report, desk.all_known, too_long=True)
    desk.work.people.expect(desk.person.id, None)
    draft = desk.work.drafts.get(report.draft_id)
    note = _why_not_amended(desk, report)
    if draft is None or note is not None:
        return card(desk, report, 1, note)
    desk.work.drafts.save(moves.reopen(draft, desk.now, amends=text), draft)
    desk.log(Event.AMENDED, name(report), city=report.city, before=report.state, after="draft")
    return AmendBegun(report, desk.all_known, text)


def files(desk: Desk, report_id: int, page: int) -> View:
    """Sends the files of a page again, all of the report's on its first."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    parts = list(sheets.parts_of(desk, report))
    chosen = parts if page < 2 else parts[page - 2 : page - 1]
    lines = [line for part in chosen for line in part.lines]
    found = list(sheets.files_of(desk, lines).values())
    for number, attachment in enumerate(found[:MOST_FILES]):
        desk.send_attachment(desk.person.id, attachment.kind, attachment.file_id, number)
    given = (line.answer.value for line in lines if line.answer is not None)
    links = tuple(link for value in given if isinstance(value, Files) for link in value.links)
    in_review = report.state is ReportState.IN_REVIEW and report.reviewer == desk.person.id
    left_out = max(len(found) - MOST_FILES, 0)
    return FilesShown(report, page, len(found[:MOST_FILES]), links, left_out, in_review)


def card(desk: Desk, report: Report, page: int, note: Note | None = None) -> ReportCard:
    """A report as its city or the secretariat reads it, with what they may do with it."""
    matter = desk.matter(report.city, entered=report.entered)
    versions = tuple(sorted(desk.work.reports.of_draft(report.draft_id), key=age, reverse=True))
    draft = desk.work.drafts.get(report.draft_id)
    is_open = draft is not None and draft.state is DraftState.OPEN
    may_report = desk.may(Action.REPORT, matter)
    return ReportCard(
        sheets.sheet(desk, report, page),
        versions,
        note,
        can_take_back=may_report and report.can(ReportMove.TAKE_BACK),
        can_amend=may_report and _why_not_amended(desk, report) is None,
        can_review=report.can(ReportMove.REVIEW) and desk.may(Action.REVIEW, matter),
        draft_id=report.draft_id if is_open and may_report else None,
    )


def _expected(desk: Desk) -> Report | None:
    expecting = desk.person.expecting
    return desk.work.reports.get(expecting.object_id or 0) if expecting is not None else None


def _why_not_taken_back(report: Report) -> Note:
    return {
        ReportState.ACCEPTED: Note.ACCEPTED,
        ReportState.RETURNED: Note.RETURNED,
        ReportState.WITHDRAWN: Note.WITHDRAWN,
    }.get(report.state, Note.REVIEW_BEGAN)


def _why_not_amended(desk: Desk, report: Report) -> Note | None:
    """Only the version that counts can be amended, while no other is on its way."""
    if not report.can(ReportMove.AMEND) or report.form is not Form.PROGRESS:
        return Note.NOT_ACCEPTED
    versions = desk.work.reports.of_draft(report.draft_id)
    draft = desk.work.drafts.get(report.draft_id)
    if (
        draft is None
        or draft.state is DraftState.OPEN
        or any(
            other.version > report.version and other.state is not ReportState.WITHDRAWN for other in versions
        )
    ):
        return Note.NEWER
    return None
