"""What the secretariat returned to the cities: open points for the letters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.domain.cycles import Schedules
from bot.domain.ports import UnitOfWork
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState
from bot.domain.words import LocalText

if TYPE_CHECKING:
    from bot.documents.letters import OpenPoints


def returned_points(work: UnitOfWork, schedules: Schedules, cycle: str) -> OpenPoints:
    """Of each city whose newest report in this cycle was returned: what came back, and why."""
    newest: dict[str, Report] = {}
    for report in work.reports.of_cycle(cycle):
        if report.form is Form.PROGRESS and report.version >= getattr(newest.get(report.city), "version", 0):
            newest[report.city] = report
    return {
        city: tuple((_name(report, key, schedules), reason) for key, reason in report.returned.items())
        for city, report in newest.items()
        if report.state is ReportState.RETURNED
    }


def _name(report: Report, key: str, schedules: Schedules) -> LocalText:
    """The question's short name, with that of its target; the key where the files have it no more."""
    questionnaire = schedules.questionnaires.get(report.questionnaire)
    wanted, _, ref = key.partition("@")
    for question in questionnaire.questions if questionnaire else ():
        if question.id == wanted:
            name = question.short or question.ask
            if not ref:
                return name
            return LocalText({tag: f"{words} ({ref})" for tag, words in name.by_language.items()})
    return LocalText.plain(key)
