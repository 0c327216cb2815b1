"""Fills in a course as a person would: typed words, and a tap on the first reading where they are asked back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

from bot.domain.answers import Answer, AnswerState
from bot.domain.question_types import AskBack, Surroundings, Understood, read
from bot.domain.questionnaires import Course
from bot.services.dialog.interface_words import spoken_phrases

AROUND = Surroundings("en", date(2026, 11, 21), "2026", phrases=spoken_phrases())
AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


def answered(course: Course, typed: Mapping[str, str]) -> dict[str, Answer]:
    """The answers after everything that is asked was answered from `typed` (by key), or skipped."""
    answers: dict[str, Answer] = {}
    while True:
        step = next((step for step in course.path(answers) if step.key not in answers), None)
        if step is None:
            return answers
        words = typed.get(step.key)
        if words is None:
            answers[step.key] = Answer(AnswerState.SKIPPED, 1, AT)
            continue
        heard = read(step, words, AROUND)
        assert isinstance(heard, Understood | AskBack), (step.key, words, heard)
        value = heard.value if isinstance(heard, Understood) else heard.readings[0]
        answers[step.key] = Answer(AnswerState.GIVEN, 1, AT, value, words)
