"""Several of several choices."""

from __future__ import annotations

import re

from bot.domain.answers import Codes, Value
from bot.domain.question_types.base import Heard, NotUnderstood, Surroundings, Trouble, Understood
from bot.domain.question_types.choice import offers as offers
from bot.domain.question_types.matching import Names, match, names_of, plain_words
from bot.domain.questionnaires import Step

ALONE = "none"
"""The id of a choice that excludes the others."""

_BETWEEN = re.compile(r"[,;/&+\n，、；،؛]")
_AND = re.compile(
    r"\s(?:and|et|y|e|und|dan|và|at|и|та|και|og|och|en|ve|na)\s|\s(?:و|और|र|ও|และ|와|과)\s?|[和与及跟とや]"
)


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    names = names_of(offers(step, around), around)
    codes: list[str] = []
    for part in _parts(typed, names):
        found = match(part, names)
        if found.code is None:
            several = Trouble.SEVERAL_CHOICES if len(found.near) > 1 else Trouble.NO_CHOICE
            return NotUnderstood((several,), found.near)
        codes.append(found.code)
    if not codes:
        return NotUnderstood((Trouble.NO_CHOICE,))
    if ALONE in codes and len(set(codes)) > 1:
        return NotUnderstood((Trouble.SEVERAL_CHOICES,), tuple(dict.fromkeys(codes)))
    chosen = Codes(tuple(code for code in names if code in codes))
    if not fits(step, chosen):
        return NotUnderstood((Trouble.TOO_MANY,))
    return Understood(chosen, typed)


def value_of(code: str, so_far: Value | None) -> Value:
    """The choices so far with this one more, or without it. "None" and the others put each other out."""
    before = so_far.codes if isinstance(so_far, Codes) else ()
    if code in before:
        return Codes(tuple(other for other in before if other != code))
    if code == ALONE:
        return Codes((code,))
    return Codes((*(other for other in before if other != ALONE), code))


def fits(step: Step, value: Value) -> bool:
    ids = {each.id for each in step.question.choices}
    most = step.question.most or len(ids)
    return isinstance(value, Codes) and len(value.codes) <= most and ids.issuperset(value.codes)


def _parts(typed: str, names: Names) -> list[str]:
    """The text cut between its choices. A name may itself have a comma or an "and" in it, and is then left whole."""
    if match(typed, names).code is not None:
        return [typed]
    pieces: list[str] = []
    for piece in filter(str.strip, _BETWEEN.split(typed)):
        if match(piece, names).code is not None:
            pieces.append(piece)
        elif all(word.isdecimal() for word in plain_words(piece).split()):
            pieces += piece.split()
        else:
            pieces += filter(str.strip, _AND.split(piece))
    return pieces
