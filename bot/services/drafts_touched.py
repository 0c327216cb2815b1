"""Which open drafts an edit of the questionnaires touches, for admins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.content.impact import fate, orphaned, told
from bot.content.problems import Problem
from bot.domain.cycles import Schedules
from bot.domain.drafts import DraftState
from bot.domain.entries import Library
from bot.domain.ports import UnitOfWork
from bot.services.courses import course_of


def drafts_touched(
    work: UnitOfWork, library: Library, schedules: Schedules, folder: str, *, since: Schedules | None = None
) -> tuple[Problem, ...]:
    """One finding for each questionnaire whose open drafts are touched, for all or only for those that changed
    `since`. `folder` is the name of the schedules folder in its path."""
    return (
        *_changed(work, library, schedules, folder, since),
        *_gone(work, schedules, folder, since),
    )


def _changed(
    work: UnitOfWork, library: Library, schedules: Schedules, folder: str, since: Schedules | None
) -> Iterator[Problem]:
    for name, questionnaire in schedules.questionnaires.items():
        before = since.questionnaires.get(name) if since is not None else None
        if since is not None and (before is None or before.version == questionnaire.version):
            continue
        courses = ((draft, course_of(draft, library, schedules)) for draft in work.drafts.open_ones(name))
        fates = [fate(draft, course) for draft, course in courses if course is not None]
        problem = told(fates, _path(folder, name))
        if problem is not None:
            yield problem


def _gone(work: UnitOfWork, schedules: Schedules, folder: str, since: Schedules | None) -> Iterator[Problem]:
    """Drafts of the cycles whose questionnaire has no file any more."""
    waiting = Counter(
        draft.questionnaire
        for cycle in schedules.cycles
        for draft in work.drafts.of_cycle(cycle)
        if draft.state is DraftState.OPEN and draft.questionnaire not in schedules.questionnaires
    )
    for name, drafts in sorted(waiting.items()):
        if since is None or name in since.questionnaires:
            yield orphaned(name, drafts, _path(folder, name))


def _path(folder: str, questionnaire: str) -> str:
    return f"{folder}/questionnaires/{questionnaire}.yaml"
