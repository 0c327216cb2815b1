"""The known words by what they can mean beside a number, found by the longest phrase."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from bot.domain.measures import units, words
from bot.domain.measures.characters import fold, is_letter, is_unspaced, tidy, without_marks
from bot.domain.measures.locales import Locale


class Role(Enum):
    TIMES = auto()
    PERCENT = auto()
    PER_MILLE = auto()
    POINTS = auto()
    TENTHS = auto()
    PARTS = auto()
    HALF = auto()
    APPROXIMATELY = auto()
    LIMIT = auto()
    FALL = auto()
    RISE = auto()
    MINUS = auto()
    PLUS = auto()
    TO = auto()
    BETWEEN = auto()
    AND = auto()
    FILLING = auto()
    PER = auto()
    UNIT = auto()
    COUNTED_BY = auto()
    CARBON = auto()
    DATE = auto()
    DATE_AFTER_NUMBER = auto()


Senses = dict[Role, str]
_LISTS = {
    Role.PERCENT: words.PERCENT,
    Role.PER_MILLE: words.PER_MILLE,
    Role.POINTS: words.POINTS,
    Role.TENTHS: words.TENTHS,
    Role.PARTS: words.PARTS,
    Role.HALF: words.HALF,
    Role.APPROXIMATELY: words.APPROXIMATELY,
    Role.LIMIT: words.LIMIT,
    Role.FALL: words.FALL,
    Role.RISE: words.RISE,
    Role.MINUS: words.MINUS,
    Role.PLUS: words.PLUS,
    Role.TO: words.TO,
    Role.BETWEEN: words.BETWEEN,
    Role.AND: words.AND,
    Role.FILLING: words.FILLING,
    Role.PER: units.PER,
    Role.CARBON: units.CARBON,
    Role.DATE: words.DATES,
    Role.DATE_AFTER_NUMBER: words.DATES_AFTER_NUMBER,
}
_CASED = {
    "Mt": "Mt",
    "MT": "MT",
    "mt": "MT",
    "Mg": "Mg",
    "ML": "ML",
    "MTCO2e": "MT CO2e",
    "mtCO2e": "MT CO2e",
}
EITHER_UNIT = {"MT": ("t", "Mt"), "Mg": ("mg", "t"), "ML": ("ml", "ML")}
"""Spellings of two units: MT is a metric ton to some and a megaton to others."""


@dataclass(frozen=True, slots=True)
class Lexicon:
    phrases: dict[str, Senses]
    lengths: dict[str, tuple[int, ...]]
    """By first letter, the longest first."""

    def longest(self, folded: str, start: int) -> tuple[int, Senses] | None:
        """Where the longest phrase that begins at `start` ends, and its senses. Words are not cut in two."""
        for length in self.lengths.get(folded[start], ()):
            end = start + length
            senses = self.phrases.get(folded[start:end])
            if senses is not None and len(folded) >= end and not _cuts(folded, end):
                return end, senses
        return None


@cache
def lexicon() -> Lexicon:
    phrases: dict[str, Senses] = {}
    exact: list[tuple[str, Role, str]] = []
    for role, listed in _LISTS.items():
        exact += [(phrase, role, "") for phrase in _split(listed)]
    for exponent, listed in words.TIMES_TEN_TO.items():
        exact += [(phrase, Role.TIMES, str(exponent)) for phrase in _split(listed)]
    exact += [(phrase, Role.TIMES, "") for phrase in words.UNCERTAIN_TIMES_TEN_TO]
    exact += [(phrase, Role.TIMES, "") for phrase in ("billion", "billions")]
    for unit, listed in units.SPELLINGS.items():
        exact += [(phrase, Role.UNIT, unit) for phrase in _split(listed)]
    for unit, listed in units.WHOLE.items():
        role = Role.COUNTED_BY if unit.startswith("/") else Role.UNIT
        exact += [(phrase, role, unit) for phrase in _split(listed)]
    for phrase, role, value in exact:
        phrases.setdefault(phrase, {}).setdefault(role, value)
    for phrase, role, value in exact:
        bare = without_marks(phrase)
        if bare != phrase and (bare not in phrases or role in phrases[bare]):
            phrases.setdefault(bare, {}).setdefault(role, value)
    lengths: dict[str, set[int]] = {}
    for phrase in phrases:
        lengths.setdefault(phrase[0], set()).add(len(phrase))
    return Lexicon(phrases, {first: tuple(sorted(found, reverse=True)) for first, found in lengths.items()})


def cased_unit(written: str) -> str | None:
    """The unit of a spelling whose capitals matter."""
    return _CASED.get(written)


def exponents(written: str, senses: Senses, locale: Locale) -> tuple[tuple[int, ...], bool]:
    """The powers of ten that a word for a large number may stand for, and whether it is certain."""
    word = fold(written).rstrip(".")
    settled = words.SETTLED.get((word, locale.language or ""))
    if settled is not None:
        return (settled,), True
    if written == "M":
        return ((9, 6), False) if locale.language == "id" else ((6,), True)
    if written == "B" and locale.language in ("en", None):
        return (9,), True
    if word in ("billion", "billions"):
        return ((9, 12), False) if locale.has_long_scale else ((9,), True)
    if word in words.UNCERTAIN_TIMES_TEN_TO and not senses[Role.TIMES]:
        return words.UNCERTAIN_TIMES_TEN_TO[word], False
    if word == "trillions" and locale.language in ("en", None):
        return (12,), True
    return (int(senses[Role.TIMES]),), True


def _split(listed: str) -> list[str]:
    # Normalised as a typed text is, so that both come to the same characters.
    return [tidy(phrase.strip()).folded for phrase in listed.split("|")]


def _cuts(folded: str, end: int) -> bool:
    if end >= len(folded) or not is_letter(folded[end]):
        return False
    following, last = folded[end], folded[end - 1]
    if not is_letter(last):
        return False
    if is_unspaced(following) and is_unspaced(last):
        return not following.isalpha()  # a vowel sign or tone mark belongs to the letter before it
    return not is_unspaced(following) and not is_unspaced(last)
