"""Reports that were sent: reading them page by page, taking one back, amending one that was accepted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.answers import Answer, Files, Words
from bot.domain.assessment import assess
from bot.domain.attachments import Attachment
from bot.domain.audit import Event
from bot.domain.commitments import Commitment
from bot.domain.drafts import DraftState
from bot.domain.people import Action, Expecting, Purpose
from bot.domain.questionnaires import Course, Form, Question, QuestionKind, Questionnaire, Step
from bot.domain.reports import MOVES, Report, ReportMove, ReportState, changes, latest_accepted
from bot.domain.results import results
from bot.domain.views import OldButton, View
from bot.domain.views.reviewing import (
    AmendAsked,
    AmendBegun,
    Changed,
    FilesShown,
    Judged,
    Line,
    Note,
    Part,
    ReportCard,
    ReportWithdrawn,
    Sheet,
    TakenBack,
)
from bot.domain.words import LocalText
from bot.services.courses import commitments_of, course_of
from bot.services.desk import Desk

MOST_ON_A_PAGE = 1800
"""Characters of people's words on one page of a report; one answer alone may have more."""
MOST_REASON = 1000
"""Characters of a reason or a comment."""
MOST_FILES = 10
"""How many files are sent again at a time."""


def name(report: Report) -> str:
    """What the log of changes calls a version: `sibu-2026 v2`."""
    return f"{report.number} v{report.version}"


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
    desk.work.drafts.save(moves.reopen(draft, desk.now, amends=draft.amends), draft)
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
    parts = list(parts_of(desk, report))
    chosen = parts if page < 2 else parts[page - 2 : page - 1]
    lines = [line for part in chosen for line in part.lines]
    found = list(files_of(desk, lines).values())
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
    versions = tuple(sorted(desk.work.reports.of_draft(report.draft_id), key=_age, reverse=True))
    draft = desk.work.drafts.get(report.draft_id)
    is_open = draft is not None and draft.state is DraftState.OPEN
    may_report = desk.may(Action.REPORT, matter)
    return ReportCard(
        sheet(desk, report, page),
        versions,
        note,
        can_take_back=may_report and report.can(ReportMove.TAKE_BACK),
        can_amend=may_report and _why_not_amended(desk, report) is None,
        can_review=report.can(ReportMove.REVIEW) and desk.may(Action.REVIEW, matter),
        draft_id=report.draft_id if is_open and may_report else None,
    )


# --- a page of a report


def sheet(desk: Desk, report: Report, page: int) -> Sheet:
    """A page of a report, counted from 1; one that is not there is the nearest that is."""
    parts = list(parts_of(desk, report))
    page = min(max(page, 1), len(parts) + 1)
    part = parts[page - 2] if page > 1 else None
    first = part is None
    previous = version_before(desk, report) if first else None
    lines = [line for one in parts for line in one.lines]
    shown = lines if part is None else part.lines
    return Sheet(
        report,
        desk.all_known,
        desk.zone_of(report.city),
        page,
        len(parts) + 1,
        targets=tuple(judged(desk, report).values()),
        part=part,
        changed=changed(desk, report) if first else (),
        previous=previous,
        sender=desk.name_of(report.submitted_by),
        reviewer=desk.name_of(report.reviewer),
        comments=tuple((desk.name_of(comment.by), comment) for comment in report.comments),
        files=files_of(desk, lines),
        has_files=any(line.answer and isinstance(line.answer.value, Files) for line in shown),
        doubtful=sum(bool(line.answer and line.answer.doubts) for line in lines),
        steps={step.key: step for step in steps_of(desk, report)},
    )


def parts_of(desk: Desk, report: Report) -> Iterator[Part]:
    """The answers of a report a page at a time: target by target, then those about no target."""
    about = judged(desk, report)
    last = last_accepted(desk.work.reports.of_city(report.city), report)
    groups: dict[str, list[Line]] = {}
    for step in steps_of(desk, report):
        before = last.answers.get(step.key) if last is not None else None
        line = Line(
            step,
            report.answers.get(step.key),
            before,
            last.cycle if last is not None else "",
            report.returned.get(step.key),
        )
        groups.setdefault(step.ref, []).append(line)
    for ref in sorted(
        groups, key=lambda ref: not ref
    ):  # those about no target come last, the rest as they stand
        for number, lines in enumerate(_paged(groups[ref])):
            yield Part(tuple(lines), about.get(ref) if number == 0 else None)


def course(desk: Desk, report: Report) -> Course:
    """The course of a report; without questions where its questionnaire is gone from the files."""
    found = course_of(report, desk.all_known, desk.schedules)
    return found or Course(Questionnaire(report.questionnaire, LocalText.plain(report.questionnaire), ()))


def steps_of(desk: Desk, report: Report) -> tuple[Step, ...]:
    """The steps that the report took. An answer to a question that is gone from the files stands under its id."""
    taken = course(desk, report)
    gone = (key for key in report.answers if taken.step(key) is None)
    nameless = (Step(Question(key, QuestionKind.TEXT, LocalText.plain(key))) for key in gone)
    return (*taken.path(report.answers), *nameless)


def step_of(desk: Desk, report: Report, key: str | None) -> Step | None:
    return next((step for step in steps_of(desk, report) if step.key == key), None)


def judged(desk: Desk, report: Report) -> Mapping[str, Judged]:
    """Each target that a progress report is about, by its short name, with what its answers say came of it."""
    if report.form is not Form.PROGRESS:
        return {}
    taken = course(desk, report)
    told = results(taken, report.answers)
    found = commitment_by_ref(desk, report)
    return {
        ref: Judged(found[ref], target, assess(target, told.get(ref), found[ref].made))
        for ref, target in taken.targets.items()
        if ref in found
    }


def commitment_by_ref(desk: Desk, report: Report) -> Mapping[str, Commitment]:
    """The commitments under the short names of their targets."""
    commitments = commitments_of(report.city, desk.all_known).values()
    return {f"{made.made}{target.id}": made for made in commitments for target in made.targets}


def last_accepted(reports: Sequence[Report], report: Report) -> Report | None:
    """What was accepted last of these, before this version was sent, to the same questions."""
    earlier = (
        other
        for other in reports
        if other.state is ReportState.ACCEPTED
        and other.form is report.form is Form.PROGRESS
        and _age(other) < _age(report)
    )
    return max(earlier, key=_age, default=None)


def version_before(desk: Desk, report: Report) -> Report | None:
    """The version that was sent before this one; one that was taken back again was read by nobody."""
    earlier = (
        other
        for other in desk.work.reports.of_draft(report.draft_id)
        if other.version < report.version and other.state is not ReportState.WITHDRAWN
    )
    newest = max(earlier, key=lambda other: other.version, default=None)
    is_another = (
        newest is not None and newest.state is ReportState.ACCEPTED and report.form is not Form.PROGRESS
    )
    return None if is_another else newest  # a proposal after one that was agreed is a new one


def changed(desk: Desk, report: Report) -> tuple[Changed, ...]:
    """What this version changes against the one before."""
    previous = version_before(desk, report)
    if previous is None:
        return ()
    steps = {step.key: step for one in (previous, report) for step in steps_of(desk, one)}
    return tuple(
        Changed(steps[change.key], change.old, change.new)
        for change in changes(previous.answers, report.answers, list(steps))
    )


def files_of(desk: Desk, lines: Sequence[Line]) -> Mapping[int, Attachment]:
    """The attachments of these answers, by id."""
    given = (line.answer.value for line in lines if line.answer is not None)
    numbers = (number for value in given if isinstance(value, Files) for number in value.attachments)
    found = (desk.work.attachments.get(number) for number in numbers)
    return {attachment.id: attachment for attachment in found if attachment is not None}


def that_count(reports: Sequence[Report]) -> tuple[Report, ...]:
    """Of each number the version that counts, else the newest; of proposals, which follow one another under one
    number, everything that was agreed and the newest. Newest first."""
    by_number: dict[str, list[Report]] = {}
    for report in reports:
        by_number.setdefault(report.number, []).append(report)
    shown: list[Report] = []
    for versions in by_number.values():
        newest = max(versions, key=_age)
        if newest.form is Form.PROGRESS:
            shown.append(latest_accepted(versions) or newest)
        else:
            agreed = [one for one in versions if one.state is ReportState.ACCEPTED and one.id != newest.id]
            shown.extend((*agreed, newest))
    return tuple(sorted(shown, key=_age, reverse=True))


# --- helpers


def _paged(lines: Sequence[Line]) -> Iterator[list[Line]]:
    page: list[Line] = []
    room = MOST_ON_A_PAGE
    for line in lines:
        size = _size(line.answer) + _size(line.before)
        if page and size > room:
            yield page
            page, room = [], MOST_ON_A_PAGE
        page.append(line)
        room -= size
    if page:
        yield page


def _size(answer: Answer | None) -> int:
    """About how many characters an answer takes."""
    if answer is None:
        return 20
    words = len(answer.value.text) if isinstance(answer.value, Words) else len(answer.raw)
    return 100 + words + len(answer.because or "")


def _age(report: Report) -> tuple[object, int]:
    return report.submitted_at, report.id


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
        or any(other.version > report.version for other in versions)
    ):
        return Note.NEWER
    return None
