"""What accepted reports tell that the files have no place for any more. It is never left out unseen."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.answers import Amount
from bot.domain.cycles import Schedules
from bot.domain.question_types import fits
from bot.services.publishing.telling import Reading


def is_unread(reading: Reading, schedules: Schedules) -> bool:
    """Whether nothing that a report tells of its targets can be read: its questionnaire is gone, or its cycle, or
    every target that the cycle asked about."""
    return reading.report.questionnaire not in schedules.questionnaires or not reading.course.targets


def unplaced(reading: Reading, schedules: Schedules) -> Iterator[str]:
    """The short names of the targets of which a report tells something that cannot be read: the target is gone, or
    a figure has no question any more that it fits."""
    course, steps = reading.course, {step.key: step for step in reading.steps}
    known = {step.key for step in course.all_steps()}
    is_whole = is_unread(reading, schedules)
    for key, answer in reading.report.answers.items():
        ref = key.partition("@")[2]
        if not ref or answer.value is None:
            continue
        is_figure = isinstance(answer.value, Amount)
        fits_no_more = key in steps and not fits(steps[key], answer.value)
        if is_whole or ref not in course.targets or (is_figure and (key not in known or fits_no_more)):
            yield ref
