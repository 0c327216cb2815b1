"""The unit of the field that a number is typed into."""

from __future__ import annotations

from bot.domain.commitments import TargetKind
from bot.domain.questionnaires import Meaning, QuestionKind, Step

CHANGE = "% change"
SHARE = "% rate 0-100"


def field_unit(step: Step) -> str | None:
    """The unit as `measures.read` wants it: the question's own, else that of the target it is about.

    A target in per cent is a share, unless it is a change. The baseline of a change is an amount, and nobody has
    said yet in what.
    """
    question, target = step.question, step.target
    if question.unit is not None:
        return SHARE if question.unit == "%" and question.kind is QuestionKind.PERCENTAGE else question.unit
    of_target = _unit_of_target(step)
    if question.kind is QuestionKind.PERCENTAGE:
        return CHANGE if target is not None and of_target == CHANGE else SHARE
    return of_target


def _unit_of_target(step: Step) -> str | None:
    target = step.target
    if target is None:
        return None
    if target.kind is TargetKind.CHANGE:
        return None if step.question.means is Meaning.BASELINE else CHANGE
    return SHARE if target.unit == "%" and target.kind is TargetKind.LEVEL else target.unit
