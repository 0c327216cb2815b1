"""What the secretariat returned to the cities: open points for the letters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from bot.domain.cycles import Schedules
from bot.domain.ports import UnitOfWork
from bot.domain.reports import Report, ReportHead, ReportState
from bot.domain.words import LocalText

if TYPE_CHECKING:
    from bot.documents.letters import OpenPoints


def returned_points(work: UnitOfWork, schedules: Schedules, cycle: str) -> OpenPoints:
    """Of each city whose newest report in this cycle was returned: what came back, and why."""
    return points_of(
        work.reports.some([head.id for head in returned(work.reports.heads(), cycle)]), schedules
    )


def returned(heads: Iterable[ReportHead], cycle: str) -> list[ReportHead]:
    """The newest report of each city in this cycle, where it was returned."""
    newest: dict[str, ReportHead] = {}
    for head in heads:
        if head.cycle == cycle and head.version >= getattr(newest.get(head.city), "version", 0):
            newest[head.city] = head
    return [head for head in newest.values() if head.state is ReportState.RETURNED]


def points_of(reports: Iterable[Report], schedules: Schedules) -> OpenPoints:
    """What came back in each of these reports, by its city."""
    return {
        report.city: tuple((_name(report, key, schedules), reason) for key, reason in report.returned.items())
        for report in reports
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
