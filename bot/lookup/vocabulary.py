"""The words of the index: which of them a typed word may have meant, and how surely."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from itertools import chain

SLIP_FLOOR = 0.62
"""Below this likeness (0..1) two words are different words."""
PREFIX_LIMIT = 80
OTHER_START = 0.85
"""Fingers seldom slip on the first letter: another one there is more likely another word."""
SWAPPED = 0.85
SHORT = 5
SHORT_SURETY = 0.8
"""Among words this short many are one letter apart, and each is a word."""
_COMMON_ENDING = 3
_ALIKE_STARTS = ("ck", "sz", "vw", "ijy")
_UMLAUTS = (("ae", "a"), ("oe", "o"), ("ue", "u"), ("aa", "a"))


class Vocabulary:
    """All words (not grams) of an index with their term numbers."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = numbers
        self._sorted = sorted(numbers)

    @cached_property
    def _by_triple(self) -> dict[str, list[str]]:
        """Made when the first slip is looked up: a lookup without slips does not pay for it."""
        found: dict[str, list[str]] = {}
        for word in self._sorted:
            for triple in _triples(word):
                found.setdefault(triple, []).append(word)
        return found

    @cached_property
    def _similarity(self) -> Callable[..., float]:
        from rapidfuzz.distance import OSA

        return OSA.normalized_similarity

    def warm(self) -> None:
        """Make what is otherwise made when first needed."""
        _ = self._by_triple, self._similarity

    def beginning_with(self, start: str) -> Iterator[str]:
        for position in range(bisect_left(self._sorted, start), len(self._sorted)):
            if not self._sorted[position].startswith(start):
                return
            yield self._sorted[position]

    def meanings(self, word: str, *, unfinished: bool, slips: bool) -> dict[int, float]:
        """Term numbers that the word may mean, with a likeness of 0..1 each.

        `unfinished`: the word may be the beginning of a longer one. `slips`: look for slips of the finger even
        though the word is known.
        """
        found: dict[str, float] = {}
        known = word in self._numbers
        if known:
            found[word] = 1.0
        for kin in self._kin(word):
            found.setdefault(kin, _kinship(word, kin))
        if unfinished:
            for longer in sorted(self.beginning_with(word), key=len)[:PREFIX_LIMIT]:
                likeness = max(0.6, 0.92 - 0.03 * (len(longer) - len(word)))
                found[longer] = max(found.get(longer, 0.0), likeness)
        if not known:
            for variant in _umlaut_variants(word):
                if variant in self._numbers:
                    found[variant] = 0.97
        if slips or not known:
            for similar, likeness in self._slips(word):
                found[similar] = max(found.get(similar, 0.0), likeness)
        return {self._numbers[term]: likeness for term, likeness in found.items()}

    def _kin(self, word: str) -> Iterator[str]:
        """Words with the same stem: equal but for short endings."""
        if len(word) < 4:
            return
        stem = word[: max(4, len(word) - _COMMON_ENDING)]
        longest = len(word) + _COMMON_ENDING
        for position in range(bisect_left(self._sorted, stem), len(self._sorted)):
            other = self._sorted[position]
            if not other.startswith(stem):
                return
            if len(other) <= longest and other != word:
                yield other

    def _slips(self, word: str) -> Iterator[tuple[str, float]]:
        """Words a slip or two away, with their likeness. Short words allow one slip only."""
        if len(word) < 3:
            return
        shared = Counter(chain.from_iterable(self._by_triple.get(t, ()) for t in _triples(word)))
        enough = 1 if len(word) < 6 else 2 if len(word) < 9 else 3
        allowed = 1 if len(word) < 5 else 2 if len(word) < 10 else 3
        for other, count in shared.items():
            if count < enough or abs(len(other) - len(word)) > allowed:
                continue
            likeness = self._similarity(word, other, score_cutoff=SLIP_FLOOR)
            slips = round((1.0 - likeness) * max(len(word), len(other)))
            if likeness and slips <= (allowed if _same_start(word, other) else 1):
                yield other, _surety(word, other, likeness)


def _triples(word: str) -> list[str]:
    padded = f" {word} "
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


def _surety(word: str, other: str, likeness: float) -> float:
    """How surely the other word was meant. The same letters in another order are no other word."""
    surety = math.pow(likeness, 1.5)
    if len(word) == len(other) and sorted(word) == sorted(other):
        return max(surety, SWAPPED)
    if len(word) <= SHORT:
        surety *= SHORT_SURETY
    return surety if _same_start(word, other) else surety * OTHER_START


def _same_start(word: str, other: str) -> bool:
    return word[0] == other[0] or any(word[0] in alike and other[0] in alike for alike in _ALIKE_STARTS)


def _kinship(word: str, other: str) -> float:
    """Likeness of two words of one stem: an ending more is less of a difference than another ending."""
    shared = 0
    for first, second in zip(word, other, strict=False):
        if first != second:
            break
        shared += 1
    apart = len(word) + len(other) - 2 * shared
    step = 0.04 if shared == min(len(word), len(other)) else 0.07
    return max(0.5, 0.95 - step * apart)


def _umlaut_variants(word: str) -> Iterator[str]:
    """German users write ae, oe, ue for what folds to a, o, u; Nordic ones aa."""
    for written, folded in _UMLAUTS:
        if written in word:
            yield word.replace(written, folded)
