"""Chinese as it sounds: names in pinyin, and what is typed in pinyin taken apart into syllables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import pairwise

from bot.lookup.keys import Written, fold, is_ideographic, pieces
from bot.lookup.query import MOST_LETTERS, UNKNOWN_COUNT, Part, Query
from bot.lookup.rows import Field, Row
from bot.lookup.shelf import Shelf

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_KANA = re.compile("[\u3041-\u30ff]")
_PINYIN = re.compile(
    "((zh|ch|sh|[bpmfdtnlgkhjqxzcsryw])?"
    "(iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|an|ao|ei|en|er|ia|ie|in|iu|ou|ua|ue|ui|un|uo|ve|[aeiouv]))+"
)
_SHORTEST = 4
"""Fewer letters are one syllable, and that may be too much."""
_LONGEST_SYLLABLE = 6
_ALONE = 3.0
"""What a letter costs that fits no syllable, where a syllable costs 1."""


def has_han(row: Row) -> bool:
    """Whether the row is a name that may be Chinese."""
    return (
        row.field in (Field.TITLE, Field.ALIAS, Field.PLACE)
        and row.language not in ("ja", "ko")
        and _HAN.search(row.text) is not None
        and _KANA.search(row.text) is None
    )


def shelf_of_sounds(entries: Iterable[Iterable[Row]]) -> Shelf:
    """The Chinese names of entries by their sound."""
    return Shelf(([row for row in rows if has_han(row)] for rows in entries), _as_sounded)


def looks_like_pinyin(words: str, written: Shelf) -> bool:
    """Whether the words may be pinyin: a cheap look that keeps other queries from paying for the sounds.
    A single word that stands on the shelf as it is typed is none."""
    typed = pieces(fold(words[:MOST_LETTERS]))
    if len(typed) == 1 and typed[0].text in written.numbers:
        return False
    if sum(len(piece.text) for piece in typed) < _SHORTEST:
        return False
    return all(_PINYIN.fullmatch(piece.text) for piece in typed)


def read_pinyin(words: str, shelf: Shelf) -> Query | None:
    """Pinyin, with or without spaces and tone marks, for a shelf of sounds; None for a single syllable."""
    syllables = [
        syllable for piece in pieces(fold(words[:MOST_LETTERS])) for syllable in _syllables(piece.text, shelf)
    ]
    if len(syllables) < 2:
        return None
    text = " ".join(syllables)
    return Query(text, text, tuple(_part(term, shelf) for term in _terms(syllables)))


def _syllables(typed: str, shelf: Shelf) -> tuple[str, ...]:
    """The fewest syllables of the shelf that make the typed letters; letters that fit none stay alone."""
    best: list[tuple[float, tuple[str, ...]]] = [(0.0, ())]
    for end in range(1, len(typed) + 1):
        cost, syllables = best[end - 1]
        options = [(cost + _ALONE, (*syllables, typed[end - 1]))]
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            if typed[start:end] in shelf.numbers:
                cost, syllables = best[start]
                options.append((cost + 1.0, (*syllables, typed[start:end])))
        best.append(min(options))
    return best[-1][1]


def _part(term: str, shelf: Shelf) -> Part:
    number = shelf.numbers.get(term)
    if number is None:
        return Part(shelf.rarity(UNKNOWN_COUNT), {}, False)
    return Part(shelf.weights[number], {number: 1.0}, False)


def _as_sounded(text: str) -> Written:
    syllables: list[str] = []
    for piece in pieces(fold(text)):
        if piece.is_run and is_ideographic(piece.text):
            syllables += _pinyin()(piece.text)
        else:
            syllables.append(piece.text)
    return Written(" ".join(syllables), tuple(_terms(syllables)), ())


def _terms(syllables: list[str]) -> list[str]:
    """Syllables and pairs of them."""
    pairs = (f"{first} {second}" for first, second in pairwise(syllables))
    return list(dict.fromkeys([*syllables, *pairs]))


@lru_cache(maxsize=1)
def _pinyin() -> Callable[[str], list[str]]:
    from pypinyin import lazy_pinyin

    return lambda run: [syllable.replace("ü", "v") for syllable in lazy_pinyin(run)]
