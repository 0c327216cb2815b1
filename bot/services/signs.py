"""Signs of life: when the people of each city did something about what it owes in a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.pulse import signs_in
from bot.domain.questionnaires import Form
from bot.domain.reports import Report
from bot.services.desk import Desk


def signs_of_life(desk: Desk, cycle: ReportingCycle) -> Mapping[str, Sequence[datetime]]:
    """Of each city that gave one, when: what was done about its report, days chosen to be reminded on, the wish for
    quiet, more time asked for."""
    drafts, reports = defaultdict[str, list[Draft]](list), defaultdict[str, list[Report]](list)
    for draft in desk.work.drafts.of_cycle(cycle.id):
        if draft.form is Form.PROGRESS:
            drafts[draft.city].append(draft)
    for report in desk.work.reports.of_cycle(cycle.id):
        if report.form is Form.PROGRESS:
            reports[report.city].append(report)
    signs = defaultdict[str, list[datetime]](list)
    for city in {*drafts, *reports}:
        signs[city] += signs_in(drafts[city], reports[city])
    for promise in desk.work.reminders.promises(cycle.id):
        signs[promise.city].append(promise.made_at)
    for extension in desk.work.extensions.of_cycle(cycle.id):
        if extension.asked_by is not None:
            signs[extension.city].append(extension.asked_at)
    quiet = desk.work.reminders.quiet(cycle.id)
    for person in desk.work.people.members() if quiet else ():
        for city in person.cities() if person.id in quiet else ():
            signs[city].append(quiet[person.id])
    return signs
