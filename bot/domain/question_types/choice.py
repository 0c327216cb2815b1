"""One of several choices."""

from __future__ import annotations

from bot.domain.answers import Codes, Value
from bot.domain.question_types.base import Heard, NotUnderstood, Offer, Surroundings, Trouble, Understood
from bot.domain.question_types.matching import match, names_of
from bot.domain.questionnaires import Step


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    found = match(typed, names_of(offers(step, around), around))
    if found.code is not None:
        return Understood(Codes((found.code,)), typed)
    return NotUnderstood((Trouble.SEVERAL_CHOICES if len(found.near) > 1 else Trouble.NO_CHOICE,), found.near)


def offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    return tuple(Offer(each.id, each.label) for each in step.question.choices)


def value_of(code: str, so_far: Value | None) -> Value:
    return Codes((code,))


def fits(step: Step, value: Value) -> bool:
    ids = {each.id for each in step.question.choices}
    return isinstance(value, Codes) and len(value.codes) == 1 and ids.issuperset(value.codes)
