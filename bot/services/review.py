"""The review of reports: accepting, returning single answers each with its reason, and commenting."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.audit import Event
from bot.domain.commitments import VERDICTS
from bot.domain.people import Action, Expecting, Purpose, person_may
from bot.domain.questionnaires import Form
from bot.domain.reports import MOVES, Comment, Report, ReportMove, ReportState
from bot.domain.views import OldButton, View
from bot.domain.views.reviewing import (
    CommentArrived,
    Deed,
    Line,
    Note,
    PickAnswers,
    ReportAccepted,
    ReportReturned,
    Reviewed,
    ReviewList,
    ReviewSheet,
    Waiting,
    WriteComment,
    WriteReason,
)
from bot.services import sheets
from bot.services.browsing import paged
from bot.services.desk import Desk
from bot.services.proposals import hand_out
from bot.services.reported import name
from bot.services.reports import MOST_REASON
from bot.services.roles import someone

REPORTS_ON_A_PAGE = 6
REVIEWING = frozenset({Purpose.RETURN, Purpose.COMMENT})


def listed(desk: Desk, page: int) -> View:
    """What waits for a review, oldest first; only of cities that this person may review."""
    found = waiting_for(desk)
    shown, page, pages = paged(found, page, REPORTS_ON_A_PAGE)
    rows = tuple(
        Waiting(
            report,
            None if report.reviewer in (None, desk.person.id) else desk.name_of(report.reviewer) or "",
            mine=_is_own(desk, report),
        )
        for report in shown
    )
    return ReviewList(rows, desk.all_known, page, pages, len(found))


def waiting_for(desk: Desk) -> list[Report]:
    """The reports that wait and that this person may review."""
    return [
        report
        for report in desk.work.reports.waiting()
        if desk.may(Action.REVIEW, desk.matter(report.city, entered=report.entered))
    ]


def opened(desk: Desk, report_id: int, page: int) -> View:
    """Shows a report to its reviewer. The first look begins the review; then the city cannot take it back."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    let_go(desk)
    if report.state is ReportState.SUBMITTED and not _is_own(desk, report):
        report = _taken(desk, report)
    return review_sheet(desk, report, page)


def take_over(desk: Desk, report_id: int, page: int) -> View:
    """A colleague goes on with the review; the reasons that are written stay."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    if report.can(ReportMove.REVIEW) and report.reviewer != desk.person.id and not _is_own(desk, report):
        report = _taken(desk, report)
    return review_sheet(desk, report, page)


def accept(desk: Desk, report_id: int) -> View:
    """Accepts a report, and tells the city what came of each target. Of a proposal its file is made."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, 1)
    let_go(desk)
    alone = report.submitted_by == desk.person.id
    accepted = replace(
        report,
        state=MOVES[ReportMove.ACCEPT][1],
        reviewer=desk.person.id,
        decided_at=desk.now,
        returned={},
    )
    desk.work.reports.save(accepted, report)
    after = f"{accepted.state} alone" if alone else accepted.state
    desk.log(Event.ACCEPTED, name(report), city=report.city, before=report.state, after=after)
    judged = tuple(sheets.judged(desk, accepted).values())
    _tell_senders(desk, accepted, ReportAccepted(accepted, desk.all_known, judged))
    made = 0 if report.form is Form.PROGRESS else hand_out(desk, accepted)
    return _done(desk, accepted, Deed.ACCEPTED, count=made, alone=alone)


# --- returning


def pick(desk: Desk, report_id: int, page: int) -> View:
    """The answers of a page, to choose which are returned."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    let_go(desk)
    return review_sheet(desk, report, 1) if hindrance(desk, report) else _pick(desk, report, page)


def ask_reason(desk: Desk, report_id: int, page: int, key: str) -> View:
    """The next words of this person are the reason why this answer is returned."""
    report = desk.work.reports.get(report_id)
    line = _line(desk, report, key)
    if report is None or line is None:
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, 1)
    desk.work.people.expect(
        desk.person.id,
        Expecting(Purpose.RETURN, object_id=report_id, key=key, more=str(page), since=desk.now),
    )
    return WriteReason(report, desk.all_known, line, page, sheets.files_of(desk, [line]))


def write_reason(desk: Desk, text: str) -> View:
    """Keeps a reason. Nothing goes out before the answers are returned."""
    expecting = desk.person.expecting
    report = desk.work.reports.get(expecting.object_id or 0) if expecting is not None else None
    key = expecting.key or "" if expecting is not None else ""
    page = int(expecting.more or 1) if expecting is not None else 1
    line = _line(desk, report, key)
    if report is None or line is None:
        let_go(desk)
        return OldButton()
    if hindrance(desk, report):
        let_go(desk)
        return review_sheet(desk, report, 1)
    if len(text) > MOST_REASON:
        return WriteReason(report, desk.all_known, line, page, too_long=True)
    let_go(desk)
    written = replace(report, returned={**report.returned, key: text})
    desk.work.reports.save(written, report)
    return _pick(desk, written, page)


def keep(desk: Desk, report_id: int, page: int, key: str) -> View:
    """An answer is not returned after all."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, 1)
    let_go(desk)
    kept = replace(report, returned={k: reason for k, reason in report.returned.items() if k != key})
    desk.work.reports.save(kept, report)
    return _pick(desk, kept, page)


def send_back(desk: Desk, report_id: int, page: int) -> View:
    """Returns the chosen answers: the city's draft opens again at exactly these."""
    report = desk.work.reports.get(report_id)
    draft = desk.work.drafts.get(report.draft_id) if report is not None else None
    if report is None or draft is None:
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, 1)
    if not report.returned:
        return _pick(desk, report, page)
    let_go(desk)
    returned = replace(
        report, state=MOVES[ReportMove.RETURN][1], reviewer=desk.person.id, decided_at=desk.now
    )
    desk.work.reports.save(returned, report)
    opened = moves.hand_back(draft, sheets.course(desk, report), report.returned, desk.now)
    desk.work.drafts.save(replace(opened, amends=report.reason), draft)
    desk.log(Event.RETURNED, name(report), city=report.city, before=report.state, after=returned.state)
    lines = [line for part in sheets.parts_of(desk, returned) for line in part.lines if line.reason]
    _tell_senders(desk, returned, ReportReturned(returned, desk.all_known, tuple(lines)))
    return _done(desk, returned, Deed.RETURNED, count=len(report.returned))


# --- commenting


def ask_comment(desk: Desk, report_id: int, page: int, key: str | None = None) -> View:
    """The next words of this person are a comment: on this answer, or on the whole."""
    report = desk.work.reports.get(report_id)
    if report is None:
        return OldButton()
    desk.work.people.expect(
        desk.person.id,
        Expecting(Purpose.COMMENT, object_id=report_id, key=key, more=str(page), since=desk.now),
    )
    return _comment(desk, report, page, key)


def write_comment(desk: Desk, text: str) -> View:
    """Sends a comment to the city; nothing else changes."""
    expecting = desk.person.expecting
    report = desk.work.reports.get(expecting.object_id or 0) if expecting is not None else None
    if expecting is None or report is None:
        return OldButton()
    if len(text) > MOST_REASON:
        return replace(_comment(desk, report, int(expecting.more or 1), expecting.key), too_long=True)
    let_go(desk)
    said = Comment(desk.person.id, desk.now, text, expecting.key)
    desk.work.reports.save(replace(report, comments=(*report.comments, said)), report)
    desk.log(Event.COMMENTED, name(report), city=report.city)
    step = sheets.step_of(desk, report, expecting.key)
    _tell_senders(desk, report, CommentArrived(report, desk.all_known, text, step))
    return _done(desk, report, Deed.COMMENTED)


# --- helpers


def _is_own(desk: Desk, report: Report) -> bool:
    """Whether this person sent it and a colleague is there to review it: four eyes see more than two."""
    if report.submitted_by != desk.person.id:
        return False
    matter = desk.matter(report.city, entered=report.entered)
    others = (someone for someone in desk.office if someone.id != desk.person.id and someone.reachable)
    return any(person_may(someone, Action.REVIEW, matter) for someone in others)


def hindrance(desk: Desk, report: Report) -> Note | None:
    """Why this person cannot decide on a report."""
    if not report.can(ReportMove.REVIEW):
        return Note(report.state)
    if _is_own(desk, report):
        return Note.OWN
    return Note.BUSY if report.reviewer not in (None, desk.person.id) else None


def _taken(desk: Desk, report: Report) -> Report:
    taken = replace(
        report,
        state=MOVES[ReportMove.REVIEW][1],
        reviewer=desk.person.id,
        review_began_at=report.review_began_at or desk.now,
    )
    desk.work.reports.save(taken, report)
    desk.log(Event.REVIEW_BEGUN, name(report), city=report.city, before=report.state, after=taken.state)
    return taken


def review_sheet(desk: Desk, report: Report, page: int) -> ReviewSheet:
    note = hindrance(desk, report)
    sheet = sheets.sheet(desk, report, page)
    part = sheet.part
    by_people = note is None and part is not None and part.judged and part.judged.target.kind in VERDICTS
    return ReviewSheet(
        sheet,
        note,
        can_decide=note is None,
        can_take_over=note is Note.BUSY,
        to_judge=part.lines[0].step.ref if part is not None and by_people else None,
    )


def _pick(desk: Desk, report: Report, page: int) -> PickAnswers:
    parts = list(sheets.parts_of(desk, report))
    place = min(
        max(page, 2), len(parts) + 1
    )  # pages are numbered as those of the report; its first has no answers
    lines = parts[place - 2].lines if parts else ()
    return PickAnswers(report, desk.all_known, lines, place, len(parts) + 1, sheets.files_of(desk, lines))


def _comment(desk: Desk, report: Report, page: int, key: str | None) -> WriteComment:
    parts = list(sheets.parts_of(desk, report))
    lines = parts[page - 2].lines if key is None and 2 <= page <= len(parts) + 1 else ()
    steps = tuple(line.step for line in lines)
    return WriteComment(report, desk.all_known, page, sheets.step_of(desk, report, key), steps)


def _line(desk: Desk, report: Report | None, key: str) -> Line | None:
    if report is None:
        return None
    lines = (line for part in sheets.parts_of(desk, report) for line in part.lines)
    return next((line for line in lines if line.step.key == key), None)


def _tell_senders(desk: Desk, report: Report, view: View) -> None:
    """Everybody of the city; of what the secretariat entered, whoever entered it."""
    if not report.entered:
        desk.tell_city(report.city, view)
        return
    sender = someone(desk, report.submitted_by) if report.submitted_by else None
    if sender is None or not sender.reachable or sender.id == desk.person.id:
        return
    if person_may(sender, Action.REPORT, desk.matter(report.city, entered=True)):
        desk.tell(sender.id, view)


def _done(desk: Desk, report: Report, deed: Deed, *, count: int = 0, alone: bool = False) -> Reviewed:
    return Reviewed(report, desk.all_known, deed, count, len(waiting_for(desk)), alone)


def let_go(desk: Desk) -> None:
    """Whoever looks at something else is not asked for a reason or a comment any more."""
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose in REVIEWING:
        desk.work.people.expect(desk.person.id, None)
