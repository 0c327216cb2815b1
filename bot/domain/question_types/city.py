"""A city: one that the network knows, in any language and with slips, or any other by its name."""

from __future__ import annotations

from bot.domain.answers import Codes, Value
from bot.domain.question_types.base import (
    AskBack,
    Heard,
    NotUnderstood,
    Surroundings,
    Trouble,
    Understood,
    no_offers,
)
from bot.domain.question_types.matching import match
from bot.domain.question_types.text import cleaned
from bot.domain.questionnaires import Step

LONGEST_NAME = 80

offers = no_offers


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    name = " ".join(cleaned(typed).split())
    if not any(map(str.isalpha, name)) or len(name) > LONGEST_NAME:
        return NotUnderstood((Trouble.NO_CITY,))
    known = {city: (city, *called) for city, called in around.cities.items()}
    found = match(name, known, numbered=False)
    if found.code is not None and found.exact:
        return Understood(Codes((found.code,)), typed)
    near = (found.code,) if found.code is not None else found.near
    if near:
        return AskBack((*(Codes((city,)) for city in near), Codes((name,))), (Trouble.LIKE_A_CITY,))
    return Understood(Codes((name,)), typed)


def value_of(code: str, so_far: Value | None) -> Value:
    return Codes((code,))


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Codes) and len(value.codes) == 1
