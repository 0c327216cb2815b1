"""The types of questions: what a typed or tapped answer is taken for, and whether it may be kept."""

from __future__ import annotations

from bot.domain.answers import Value
from bot.domain.question_types.base import (
    AskBack,
    Heard,
    Limits,
    NotUnderstood,
    Offer,
    Surroundings,
    Trouble,
    Understood,
)
from bot.domain.question_types.field import field_unit
from bot.domain.question_types.table import TYPES
from bot.domain.question_types.text import MOST_CHARACTERS
from bot.domain.questionnaires import QuestionKind, Step

__all__ = [
    "AskBack",
    "Heard",
    "Limits",
    "NotUnderstood",
    "Offer",
    "Surroundings",
    "Trouble",
    "Understood",
    "field_unit",
    "fits",
    "limits",
    "offers",
    "picked",
    "read",
]


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    """What a typed answer says: ready to be kept, to be asked back, or not understood. It never raises."""
    return TYPES[step.question.kind].read(step, typed, around)


def offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    """What the buttons below the question offer; none where it is to be typed or sent."""
    return TYPES[step.question.kind].offers(step, around)


def picked(step: Step, place: int, around: Surroundings, so_far: Value | None = None) -> Value | None:
    """The answer after a tap on the button at this place, from 0; None where there is no such button.

    Of several choices each tap adds one to `so_far` or takes it away.
    """
    offered = offers(step, around)
    if not 0 <= place < len(offered):
        return None
    value = TYPES[step.question.kind].value_of(offered[place].code, so_far)
    return value if fits(step, value) else so_far


def fits(step: Step, value: Value) -> bool:
    """Whether an answer fits the question as it is now: its type or its choices may have changed."""
    return TYPES[step.question.kind].fits(step, value)


def limits(step: Step) -> Limits:
    """What the answer has to keep to."""
    question = step.question
    most = question.most
    if most is None and question.kind is QuestionKind.TEXT:
        most = MOST_CHARACTERS
    return Limits(question.minimum, question.maximum, most)
