"""How far a city has come with its report in a cycle."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain import drafts as moves
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft, DraftState
from bot.domain.questionnaires import Course
from bot.domain.reports import Report, ReportState, latest_accepted


class Standing(StrEnum):
    NOT_STARTED = "not-started"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    RETURNED = "returned"
    ACCEPTED = "accepted"


OWED = frozenset({Standing.NOT_STARTED, Standing.DRAFT, Standing.RETURNED})
"""Where the next step is the city's."""
STANDING_OF = {
    ReportState.SUBMITTED: Standing.SUBMITTED,
    ReportState.IN_REVIEW: Standing.IN_REVIEW,
    ReportState.RETURNED: Standing.RETURNED,
}


@dataclass(frozen=True)
class CityState:
    """`answered` of `of` questions where there is an open draft. `late`: it is the city's turn and the deadline is
    over. `report` is the version that counts, else the newest that was not taken back; `newer` a version that is on
    its way to take the place of the accepted one. `draft` is the open one."""

    standing: Standing
    answered: int = 0
    of: int = 0
    late: bool = False
    report: Report | None = None
    newer: Report | None = None
    draft: Draft | None = None


def state_of(
    drafts: Sequence[Draft],
    reports: Sequence[Report],
    cycle: ReportingCycle,
    zone: str,
    now: datetime,
    course_of: Callable[[Draft], Course | None],
) -> CityState:
    """The state of one city in one cycle, from all its drafts and reports there. `zone` is the city's; `course_of`
    gives the course of a draft, None where its questionnaire is gone.

    What is accepted counts, whatever is on its way to follow it; else the newest report does, else the open draft
    with the most answers. What was taken back is a draft again.
    """
    sent = [report for report in reports if report.state is not ReportState.WITHDRAWN]
    newest = max(sent, key=lambda report: (report.submitted_at, report.id), default=None)
    accepted = latest_accepted(sent)
    open_ones = [draft for draft in drafts if draft.state is DraftState.OPEN]
    draft = max(open_ones, key=lambda draft: len(draft.answers), default=None)
    if accepted is not None:
        standing = Standing.ACCEPTED
    elif newest is not None:
        standing = STANDING_OF[newest.state]
    else:
        standing = Standing.NOT_STARTED if draft is None else Standing.DRAFT
    course = course_of(draft) if draft is not None else None
    answered, of = moves.progress(draft, course) if draft is not None and course is not None else (0, 0)
    return CityState(
        standing,
        answered,
        of,
        late=standing in OWED and cycle.is_late(now, zone),
        report=accepted or newest,
        newer=newest if accepted is not None and newest != accepted else None,
        draft=draft,
    )
