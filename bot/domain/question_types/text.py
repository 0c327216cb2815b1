"""A text in their own words."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.answers import Value, Words
from bot.domain.question_types.base import (
    Heard,
    NotUnderstood,
    Surroundings,
    Trouble,
    Understood,
    no_offers,
)
from bot.domain.questionnaires import Step

MOST_CHARACTERS = 1500

_JOINERS = "\u200c\u200d"
_EMPTY_LINES = re.compile(r"\n{3,}")

offers = no_offers


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    text = cleaned(typed)
    if not text:
        return NotUnderstood((Trouble.EMPTY,))
    if len(text) > (step.question.most or MOST_CHARACTERS):
        return NotUnderstood((Trouble.LONG_TEXT,))
    return Understood(Words(text), typed)


def value_of(code: str, so_far: Value | None) -> Value:
    return Words(code)


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Words)


def cleaned(text: str) -> str:
    """Without marks that are not seen, but for line breaks and the joiners that some scripts and emoji need."""
    kept = "".join(
        char if char == "\n" or char in _JOINERS or unicodedata.category(char)[0] != "C" else _instead(char)
        for char in text.replace("\r\n", "\n")
    )
    lines = "\n".join(line.rstrip() for line in kept.strip().split("\n"))
    return _EMPTY_LINES.sub("\n\n", lines).strip(_JOINERS + " \n")


def _instead(char: str) -> str:
    return " " if char in "\t\v\f" else ""
