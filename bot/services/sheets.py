"""Reports as they are read: page by page, with what came of each target and what changed since the version before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.answers import Answer, Files, Words
from bot.domain.attachments import Attachment
from bot.domain.people import Action
from bot.domain.questionnaires import Course, Form, Step
from bot.domain.reports import Report, ReportState, changes, last_accepted, version_before
from bot.domain.views.reviewing import Changed, Judged, Line, Part, Sheet
from bot.services import reported
from bot.services.desk import Desk

MOST_ON_A_PAGE = 1800
"""Characters of people's words on one page of a report; one answer alone may have more."""


def sheet(desk: Desk, report: Report, page: int) -> Sheet:
    """A page of a report, counted from 1; one that is not there is the nearest that is."""
    parts = list(parts_of(desk, report))
    page = min(max(page, 1), len(parts) + 1)
    part = parts[page - 2] if page > 1 else None
    first = part is None
    previous = version_before(desk.work.reports.of_draft(report.draft_id), report) if first else None
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
    reasons = report.returned if _may_read(desk, report, ReportState.RETURNED) else {}
    groups: dict[str, list[Line]] = {}
    for step in steps_of(desk, report):
        before = last.answers.get(step.key) if last is not None else None
        line = Line(
            step,
            report.answers.get(step.key),
            before,
            last.cycle if last is not None else "",
            reasons.get(step.key),
        )
        groups.setdefault(step.ref, []).append(line)
    for ref in sorted(
        groups, key=lambda ref: not ref
    ):  # those about no target come last, the rest as they stand
        for number, lines in enumerate(_paged(groups[ref])):
            yield Part(tuple(lines), about.get(ref) if number == 0 else None)


def course(desk: Desk, report: Report) -> Course:
    """The course of a report; without questions where its questionnaire is gone from the files."""
    return reported.course(report, desk.all_known, desk.schedules)


def steps_of(desk: Desk, report: Report) -> tuple[Step, ...]:
    """The steps that the report took. An answer to a question that is gone from the files stands under its id."""
    return reported.steps_of(report, course(desk, report))


def step_of(desk: Desk, report: Report, key: str | None) -> Step | None:
    return next((step for step in steps_of(desk, report) if step.key == key), None)


def judged(desk: Desk, report: Report) -> Mapping[str, Judged]:
    """Each target that a progress report is about, by its short name, with what its answers say came of it."""
    if report.form is not Form.PROGRESS:
        return {}
    verdicts = report.judged if _may_read(desk, report, ReportState.ACCEPTED) else {}
    told = reported.told_of_targets(report, desk.all_known, course(desk, report), verdicts)
    return {ref: Judged(one.commitment, one.target, one.assessed) for ref, one in told.items()}


def changed(desk: Desk, report: Report) -> tuple[Changed, ...]:
    """What this version changes against the one before."""
    previous = version_before(desk.work.reports.of_draft(report.draft_id), report)
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


def _may_read(desk: Desk, report: Report, decided: ReportState) -> bool:
    """Reasons are the reviewer's own until the answers are returned, verdicts until the report is accepted."""
    matter = desk.matter(report.city, entered=report.entered)
    return report.state is decided or desk.may(Action.REVIEW, matter)
