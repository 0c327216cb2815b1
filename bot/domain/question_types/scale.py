"""A level on a scale; without levels of its own that of evidence, from nothing yet (0) to shown with evidence (4)."""

from __future__ import annotations

from bot.domain.answers import Codes, Value
from bot.domain.commitments import LEVELS
from bot.domain.question_types.base import Heard, NotUnderstood, Offer, Surroundings, Trouble, Understood
from bot.domain.question_types.matching import match, names_of, number_in, plain_words
from bot.domain.questionnaires import Step


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    offered = offers(step, around)
    names = names_of(offered, around)
    number = number_in(typed)
    if number is not None:
        known = str(number) in names
        return Understood(Codes((str(number),)), typed) if known else NotUnderstood((Trouble.NO_CHOICE,))
    # "3 · carried out", as the button says it, is one level; "3 begun" are two.
    level, _, rest = plain_words(typed).partition(" ")
    found = match(rest if level in names else typed, names, numbered=False)
    if found.code is None or (level in names and level != found.code):
        return NotUnderstood((Trouble.NO_CHOICE,), found.near)
    return Understood(Codes((found.code,)), typed)


def offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    if step.question.choices:
        return tuple(Offer(each.id, each.label) for each in step.question.choices)
    return tuple(Offer(level, phrase=f"scale-{level}") for level in LEVELS)


def value_of(code: str, so_far: Value | None) -> Value:
    return Codes((code,))


def fits(step: Step, value: Value) -> bool:
    ids = {each.id for each in step.question.choices} or set(LEVELS)
    return isinstance(value, Codes) and len(value.codes) == 1 and ids.issuperset(value.codes)
