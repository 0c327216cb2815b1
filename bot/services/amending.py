"""What an open amendment changes, and leaving one that changes nothing."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts as moves
from bot.domain.audit import Event
from bot.domain.drafts import Draft, DraftState
from bot.domain.questionnaires import Course
from bot.domain.reports import ReportState, changes, latest_accepted, newest
from bot.domain.views import OldButton, View
from bot.domain.views.reviewing import Amendment, Changed, Note
from bot.services import sheets
from bot.services.desk import Desk
from bot.services.reports import card


def amendment(desk: Desk, draft: Draft, course: Course) -> Amendment | None:
    """Why a draft amends an accepted report, and what it changes of it; None where it amends none."""
    versions = [r for r in desk.work.reports.of_draft(draft.id) if r.state is not ReportState.WITHDRAWN]
    accepted = latest_accepted(versions)
    if draft.amends is None or draft.state is not DraftState.OPEN or accepted is None:
        return None
    taken = {step.key: step for step in (*sheets.steps_of(desk, accepted), *course.path(draft.answers))}
    asked = {step.key for step in course.path(draft.answers)}
    answers = {key: answer for key, answer in draft.answers.items() if key in asked}
    changed = tuple(
        Changed(taken[change.key], change.old, change.new)
        for change in changes(accepted.answers, answers, list(taken))
    )
    return Amendment(accepted, draft.amends, changed, is_first=newest(versions) == accepted)


def leave(desk: Desk, report_id: int) -> View:
    """Leaves an amendment that changes nothing: the accepted version stands, and may be amended again."""
    report = desk.work.reports.get(report_id)
    draft = desk.work.drafts.get(report.draft_id) if report is not None else None
    if report is None or draft is None:
        return OldButton()
    found = amendment(desk, draft, sheets.course(desk, report))
    if found is None or not found.is_empty or draft.held_by_another(desk.person.id, desk.now):
        return card(desk, report, 1)
    desk.work.drafts.save(replace(moves.submitted(draft, desk.now), amends=None), draft)
    desk.work.people.expect(desk.person.id, None)
    subject = f"draft {draft.id}"
    desk.log(Event.TAKEN_BACK, subject, city=draft.city, before="draft", after=found.accepted.state)
    return card(desk, found.accepted, 1, Note.AMENDMENT_LEFT)
