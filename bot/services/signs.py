"""Signs of life: when the people of each city did something about what it owes in a cycle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.cycles import ReportingCycle
from bot.domain.questionnaires import Form
from bot.services.desk import Desk


def signs_of_life(desk: Desk, cycle: ReportingCycle) -> Mapping[str, Sequence[datetime]]:
    """Of each city that gave one, when: answers and other moves in its draft, reports sent, days chosen to be reminded
    on, the wish for quiet, more time asked for. What the secretariat enters is no sign of the city."""
    signs: dict[str, list[datetime]] = defaultdict(list)
    for draft in desk.work.drafts.of_cycle(cycle.id):
        if draft.form is Form.PROGRESS and not draft.entered:
            signs[draft.city] += [draft.started_at, draft.touched_at]
            signs[draft.city] += [answer.at for answer in draft.answers.values()]
    for report in desk.work.reports.of_cycle(cycle.id):
        if report.form is Form.PROGRESS and not report.entered:
            signs[report.city].append(report.submitted_at)
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
