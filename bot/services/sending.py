"""Sending a draft to the secretariat: it becomes a report with a number, and its sender gets a receipt."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.audit import Event
from bot.domain.drafts import Draft
from bot.domain.extensions import ExtensionState
from bot.domain.people import Action, person_may
from bot.domain.questionnaires import Course, Form
from bot.domain.reports import Report, ReportState, judged_still, newest, version_before
from bot.domain.views import View
from bot.domain.views.reporting import DraftSheet, ReportSent
from bot.domain.views.reviewing import ReportArrived
from bot.services import sheets
from bot.services.deadlines import name as deadline_name
from bot.services.deadlines import open_request
from bot.services.desk import Desk


def send(desk: Desk, draft: Draft, course: Course) -> View:
    """Makes the next version of the report and tells the secretariat. Done twice it is the same report."""
    number = number_of(draft)
    last = newest(report for report in desk.work.reports.of_city(draft.city) if report.number == number)
    asked = {step.key for step in course.path(draft.answers)}
    answers = {key: answer for key, answer in draft.answers.items() if key in asked}
    zone = desk.zone_of(draft.city)
    cycle = desk.schedules.cycles.get(draft.cycle)
    late = cycle is not None and desk.cycle_for(cycle, draft.city).is_late(desk.now, zone)
    sent = Report(
        id=0,
        draft_id=draft.id,
        draft_version=draft.version,
        number=number,
        version=last.version + 1 if last is not None else 1,
        form=draft.form,
        city=draft.city,
        questionnaire=draft.questionnaire,
        questionnaire_version=course.questionnaire.version,
        answers=answers,
        submitted_by=desk.person.id,
        submitted_at=desk.now,
        cycle=draft.cycle,
        subject=draft.subject,
        source=draft.source,
        source_note=draft.source_note,
        late=late,
        reason=draft.amends,
    )
    before = version_before(desk.work.reports.of_draft(draft.id), sent)
    report = desk.work.reports.add(replace(sent, judged=judged_still(before, answers)))
    desk.work.drafts.save(moves.submitted(replace(draft, amends=None), desk.now), draft)
    desk.work.people.expect(desk.person.id, None)
    state = before.state if before is not None else "draft"
    desk.log(
        Event.SUBMITTED,
        f"{report.number} v{report.version}",
        city=draft.city,
        before=state,
        after=ReportState.SUBMITTED,
    )
    _end_request(desk, draft)
    sender, differs = desk.name_of(desk.person.id), sheets.changed(desk, report)
    desk.tell_office(ReportArrived(report, desk.all_known, sender, differs), draft.city)
    sheet = DraftSheet(draft, course, desk.all_known, cycle.period if cycle is not None else "")
    return ReportSent(sheet, report, zone, _reviewers(desk, draft))


def number_of(draft: Draft) -> str:
    """The number of a report: `sibu-2026`; of a proposal `sibu-commitment-3`, with the draft's id."""
    if draft.form is Form.PROGRESS:
        return f"{draft.city}-{draft.cycle}"
    return f"{draft.city}-{draft.form}-{draft.id}"


def _end_request(desk: Desk, draft: Draft) -> None:
    """Nobody has to decide any more whether a city gets more time for a report that it has sent."""
    if draft.form is not Form.PROGRESS:
        return
    waiting = open_request(desk, draft.city, draft.cycle)
    if waiting is None:
        return
    desk.work.extensions.save(replace(waiting, state=ExtensionState.TAKEN_BACK, decided_at=desk.now), waiting)
    desk.log(
        Event.EXTENSION_ASKED,
        deadline_name(waiting),
        city=waiting.city,
        before=waiting.state,
        after=ExtensionState.TAKEN_BACK,
    )


def _reviewers(desk: Desk, draft: Draft) -> int:
    """How many people may review it."""
    matter = desk.matter(draft.city, entered=draft.entered)
    others = (someone for someone in desk.office if someone.id != desk.person.id)
    return sum(person_may(someone, Action.REVIEW, matter) for someone in others)
