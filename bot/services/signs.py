"""Signs of life: when the people of each city did something about what it owes in a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.people import OF_A_CITY
from bot.domain.pulse import signs_in
from bot.domain.questionnaires import Form
from bot.domain.reminders import Promise
from bot.domain.reports import Report
from bot.services.desk import Desk


def signs_of_city(
    drafts: Iterable[Draft],
    reports: Iterable[Report],
    promises: Iterable[Promise],
    quiet: Iterable[datetime],
    asked: Iterable[datetime],
) -> list[datetime]:
    """The signs that a city gave in a cycle: what was done about its report, days chosen to be reminded on, when its
    people wished quiet, when more time was asked for."""
    of_progress = [report for report in reports if report.form is Form.PROGRESS]
    return [
        *signs_in((draft for draft in drafts if draft.form is Form.PROGRESS), of_progress),
        *(promise.made_at for promise in promises),
        *quiet,
        *asked,
    ]


def signs_of_life(desk: Desk, cycle: ReportingCycle) -> Mapping[str, Sequence[datetime]]:
    """The signs of each city that gave one."""
    drafts, reports = defaultdict[str, list[Draft]](list), defaultdict[str, list[Report]](list)
    promises, quiet = defaultdict[str, list[Promise]](list), defaultdict[str, list[datetime]](list)
    asked = defaultdict[str, list[datetime]](list)
    for draft in desk.work.drafts.of_cycle(cycle.id):
        drafts[draft.city].append(draft)
    for report in desk.work.reports.of_cycle(cycle.id):
        reports[report.city].append(report)
    for promise in desk.work.reminders.promises(cycle.id):
        promises[promise.city].append(promise)
    for extension in desk.work.extensions.of_cycle(cycle.id):
        if extension.asked_by is not None:
            asked[extension.city].append(extension.asked_at)
    wished = desk.work.reminders.quiet(cycle.id)
    for person in desk.work.people.members() if wished else ():
        for city in person.cities(*OF_A_CITY) if person.id in wished else ():
            quiet[city].append(wished[person.id])
    return {
        city: signs_of_city(drafts[city], reports[city], promises[city], quiet[city], asked[city])
        for city in {*drafts, *reports, *promises, *quiet, *asked}
    }
