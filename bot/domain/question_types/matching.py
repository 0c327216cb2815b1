"""Which of several choices a typed text means: by number, by name in any language, by beginning, or with a slip."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import OSA

from bot.domain.measures.characters import is_unspaced, without_marks
from bot.domain.question_types.base import Offer, Surroundings

SHORTEST_BEGINNING, SHORTEST_OF_SIGNS = 3, 2
SHORTEST_WITH_SLIP, SHORTEST_WITH_TWO_SLIPS = 5, 9
MOST_NEAR = 3

_PLACE = re.compile(r"[#(\[]?\s?(\d{1,3})\s?[)\].:、。!]?")
_DRAWN = dict.fromkeys((0xFE0E, 0xFE0F, 0x20E3))
"""Marks that say how an emoji is drawn."""

Names = Mapping[str, Sequence[str]]
"""The names of each choice in every language, by its code, in the order in which they are shown."""


@dataclass(frozen=True)
class Match:
    """`code` is what was meant, where that is certain; else `near` are those that may have been. `exact`: it was
    written as it is called, without a slip and to the end."""

    code: str | None = None
    near: tuple[str, ...] = ()
    exact: bool = True


def names_of(offered: Sequence[Offer], around: Surroundings) -> dict[str, tuple[str, ...]]:
    """What each offer is called: its code, and its label in every language."""
    return {
        offer.code: (
            offer.code,
            *(offer.label.by_language.values() if offer.label else ()),
            *around.phrases.get(offer.phrase or "", ()),
        )
        for offer in offered
    }


def match(typed: str, names: Names, *, numbered: bool = True) -> Match:
    """The choice that a text means. `numbered`: "2" is the second one.

    A beginning counts from three letters on (two signs of Chinese) where its words are in no other name, a slip where
    no other name is nearly as close. Two choices that fit alike are never decided here.
    """
    said = plain_words(typed)
    if not said:
        return Match()
    if said.replace(" ", "").isdecimal():
        codes, place = list(names), number_in(typed) or 0
        return Match(codes[place - 1]) if numbered and 1 <= place <= len(codes) else Match()
    called = {code: tuple(map(plain_words, listed)) for code, listed in names.items()}
    same = [code for code, listed in called.items() if said in listed]
    if same:
        return Match(same[0]) if len(same) == 1 else Match(near=tuple(same[:MOST_NEAR]))
    begun = [code for code, listed in called.items() if any(name.startswith(said) for name in listed)]
    shortest = SHORTEST_OF_SIGNS if all(map(is_unspaced, said)) else SHORTEST_BEGINNING
    alike = [*begun, *(code for code in called if code not in begun and _has_words(said, called[code]))]
    if begun == alike and len(begun) == 1 and len(said) >= shortest:
        return Match(begun[0], exact=False)
    if begun:
        return Match(near=tuple(alike[:MOST_NEAR]))
    return _with_slips(said, called)


def number_in(typed: str) -> int | None:
    """The number that a text is, as places are written: `2`, `2.`, `(2)`, `②`; None for `-2`, `2.5` and words."""
    text = unicodedata.normalize("NFKC", typed).translate(_DRAWN).strip()
    found = _PLACE.fullmatch(_digits(text))
    return int(found.group(1)) if found else None


def plain_words(text: str) -> str:
    """A text without capitals, accents, signs and emoji, so that two ways of writing it are one."""
    folded = without_marks(unicodedata.normalize("NFC", unicodedata.normalize("NFKC", text).casefold()))
    kept = "".join(char if _is_part_of_word(char) else " " for char in folded)
    return " ".join(_digits(kept).split())


def _with_slips(said: str, called: Mapping[str, Sequence[str]]) -> Match:
    slips = {
        code: min((OSA.distance(said, name) for name in listed if name), default=len(said))
        for code, listed in called.items()
    }
    ranked = sorted(slips, key=lambda code: slips[code])
    near = tuple(code for code in ranked if slips[code] <= max(2, len(said) // 3))[:MOST_NEAR]
    if not near:
        return Match(near=_within(said, called))
    best = ranked[0]
    margin = slips[ranked[1]] - slips[best] if len(ranked) > 1 else len(said)
    name = min(called[best], key=lambda name: OSA.distance(said, name))
    if (
        slips[best] <= _allowed(said)
        and margin > 1
        and said[0] == name[0]
        and _differs_in_letters(said, name)
    ):
        return Match(best, exact=False)
    return Match(near=near)


def _allowed(said: str) -> int:
    """How many slips are forgiven. A sign more or less of Chinese or Thai is another word, so none there."""
    if any(map(is_unspaced, said)):
        return 0
    return (len(said) >= SHORTEST_WITH_SLIP) + (len(said) >= SHORTEST_WITH_TWO_SLIPS)


def _differs_in_letters(said: str, name: str) -> bool:
    """`not` is no slip of the hand, and neither is another number."""
    numbers = [[char for char in text if char.isdigit()] for text in (said, name)]
    return numbers[0] == numbers[1] and len(said.split()) == len(name.split())


def _has_words(said: str, listed: Sequence[str]) -> bool:
    """Whether all words are in one of the names, in whatever order: "a figure" is in "a measured figure" too."""
    return any(set(said.split()) <= set(name.split()) for name in listed)


def _within(said: str, called: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Choices whose name stands somewhere in a longer text: "measured, I think"."""
    found = [
        code
        for code, listed in called.items()
        if any(len(name) >= SHORTEST_BEGINNING and name in said for name in listed)
    ]
    return tuple(found[:MOST_NEAR])


def _is_part_of_word(char: str) -> bool:
    # Joiners belong to words of Persian, Hindi or Sinhala.
    return ord(char) not in _DRAWN and (unicodedata.category(char)[0] in "LMN" or char in "\u200c\u200d")


def _digits(text: str) -> str:
    return "".join(str(unicodedata.digit(char)) if char.isdecimal() else char for char in text)
