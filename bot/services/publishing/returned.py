"""What the secretariat returned to the cities: open points for the letters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.answers import Form
from bot.domain.cycles import Schedules
from bot.domain.ports import UnitOfWork
from bot.domain.reports import Report, ReportState
from bot.domain.words import LocalText

OpenPoints = Mapping[str, Sequence[tuple[LocalText, str]]]
"""By city: the short names of the questions whose answers came back to it, each with the reason."""


def returned_points(work: UnitOfWork, schedules: Schedules, cycle: str) -> OpenPoints:
    """Of each city whose newest report in this cycle was returned."""
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
    """The question's short name; its key where the files have it no more."""
    questionnaire = schedules.questionnaires.get(report.questionnaire)
    wanted = key.partition("@")[0]
    for question in questionnaire.questions if questionnaire else ():
        if question.id == wanted:
            return question.short or question.ask
    return LocalText.plain(key)
