"""Where cities stand in a cycle, gathered with two queries for all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.progress import CityState, state_of
from bot.domain.questionnaires import Form
from bot.domain.reports import Report
from bot.services.courses import course_of
from bot.services.desk import Desk


def states_of(desk: Desk, cycle: ReportingCycle, cities: Iterable[str]) -> Mapping[str, CityState]:
    """The state of each of these cities in a cycle, by the deadline that holds for it, in their order."""
    drafts: dict[str, list[Draft]] = defaultdict(list)
    sent: dict[str, list[Report]] = defaultdict(list)
    for draft in desk.work.drafts.of_cycle(cycle.id):
        if draft.form is Form.PROGRESS:
            drafts[draft.city].append(draft)
    for report in desk.work.reports.of_cycle(cycle.id):
        if report.form is Form.PROGRESS:
            sent[report.city].append(report)
    return {
        city: state_of(
            drafts[city],
            sent[city],
            desk.cycle_for(cycle, city),
            desk.zone_of(city),
            desk.now,
            lambda draft: course_of(draft, desk.all_known, desk.schedules),
        )
        for city in cities
    }
