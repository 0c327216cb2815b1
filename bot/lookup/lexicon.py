"""What words stand for: our towns in every script, and the concepts of the field in every language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from bot.lookup.fillers import FILLERS, OFFICE_WORDS
from bot.lookup.keys import fold, grams, is_ideographic, pieces
from bot.lookup.shelf import Shelf
from bot.lookup.synonyms import KINDS, LIGHT, TABLES

SAME_TOWN = 0.97
"""Likeness of two names of one town."""
SAME_CONCEPT = 0.85
"""Likeness of two words of one concept: less than that of the word itself."""
ENDED = 0.9
"""Likeness of a word and the same with an ending, where endings are written on to words."""
_SLIP = 85
"""So alike (0..100) a word must be that is taken for a slip of a town or concept."""
_SHORTEST_SLIP = 4
_LONGEST_ENDING = 5
MOST_WORDS = 4
_LONGEST_NAME = 8
"""A longer name in Chinese is that of an office and not of a town."""
_SHORTEST_INSIDE = 4
"""A name in kana or Thai with fewer letters also stands in the middle of other words."""
_TOWN_SUFFIXES = ("市", "府")
_JOINED = "のをがはにでともへやかてた"
"""Particles and endings that may stand right beside a name in kana."""


class Sense(NamedTuple):
    """A town or a concept of the field."""

    said: str
    """Its first name in English, folded."""
    town: str | None = None
    """The id of the town's entry."""
    kind: str | None = None
    """The kind of entry that the concept names."""
    light: bool = False


class Span(NamedTuple):
    """A stretch of a run that stands for something."""

    start: int
    end: int
    senses: tuple[Sense, ...]


class Lexicon:
    """The towns of one library and all concepts, by the folded words that name them."""

    def __init__(self, towns: Mapping[str, Iterable[str]], shelf: Shelf) -> None:
        """`towns`: for each id its names, the English one first."""
        self._shelf = shelf
        self._senses: defaultdict[str, tuple[Sense, ...]] = defaultdict(tuple, _concepts().senses)
        self._linked: defaultdict[Sense, dict[str, None]] = defaultdict(dict)
        for town, names in towns.items():
            self._add_town(town, [_spelt(name) for name in names])
        self._by_start: defaultdict[str, list[str]] = defaultdict(list)
        for name in sorted(self._senses, key=len, reverse=True):
            self._by_start[name[0]].append(name)
        self._openings = {
            name.split()[0] for name, senses in self._senses.items() if " " in name and senses[0].town
        }
        self._terms: dict[Sense, dict[int, float]] = {}

    def _add_town(self, town: str, names: list[str]) -> None:
        if not names:
            return
        sense = Sense(names[0], town)
        for name in names:
            self._senses[name] = (sense, *(s for s in self._senses[name] if s != sense))
            self._linked[sense].update(dict.fromkeys(_town_terms(name)))

    def of_words(self, words: list[str]) -> tuple[int, tuple[Sense, ...]]:
        """How many of the first words together name something, and what; 0 where they name nothing."""
        for count in range(min(MOST_WORDS, len(words)), 0, -1):
            senses = self._senses.get(" ".join(words[:count]), ())
            if senses:
                return count, senses
        return 0, ()

    def near(self, words: list[str]) -> tuple[int, float, tuple[Sense, ...]]:
        """The same for words that carry an ending or a slip of the finger, with the likeness (0..1)."""
        known = words[0] in self._shelf.numbers
        if known and words[0] not in self._openings:
            return 0, 0.0, ()
        for count in (2,) if known else (2, 1):
            text = " ".join(words[:count])
            if len(words) < count or len(text) < _SHORTEST_SLIP:
                continue
            likeness, _, name = max(self._like(text), default=(0.0, 0, ""))
            if likeness:
                return count, likeness, self._senses[name]
        return 0, 0.0, ()

    def _like(self, text: str) -> Iterator[tuple[float, int, str]]:
        """Names like this text: likeness, length (the longest of equals is meant) and name."""
        for name in self._by_start.get(text[0], ()):
            longer = len(text) - len(name)
            if not text.isascii() and 0 < longer <= _LONGEST_ENDING and text.startswith(name):
                yield ENDED, len(name), name
            elif abs(longer) <= 2 and len(name) >= _SHORTEST_SLIP:
                likeness = fuzz.ratio(text, name, score_cutoff=_SLIP)
                if likeness:
                    yield likeness / 100, len(name), name
                elif not longer and sorted(text) == sorted(name):
                    yield _SLIP / 100, len(name), name

    def in_run(self, run: str) -> list[Span]:
        """What is named in a run, from the left, the longest name first."""
        if len(run) == 1 and run in self._senses:
            return [Span(0, 1, self._senses[run])]
        spans: list[Span] = []
        start = 0
        while start < len(run) - 1:
            for name in self._by_start.get(run[start], ()):
                end = start + len(name)
                if (
                    len(name) > 1
                    and run.startswith(name, start)
                    and _stands_alone(run, start, end, self._senses[name])
                ):
                    spans.append(Span(start, end, self._senses[name]))
                    start = end
                    break
            else:
                start += 1
        return spans

    def terms(self, sense: Sense) -> dict[int, float]:
        """The terms of the shelf that say the same, with their likeness."""
        found = self._terms.get(sense)
        if found is None:
            texts = self._linked[sense] if sense.town else _concepts().linked[sense]
            likeness = SAME_TOWN if sense.town else SAME_CONCEPT
            numbers = self._shelf.numbers
            found = self._terms[sense] = {numbers[text]: likeness for text in texts if text in numbers}
        return found

    def weight(self, senses: Iterable[Sense]) -> float:
        """What a word says that stands for one of these: as much as the commonest word for it."""
        counts = [self._shelf.count(term) for sense in senses for term in self.terms(sense)]
        return self._shelf.rarity(max(counts, default=1))


class _Concepts(NamedTuple):
    senses: dict[str, tuple[Sense, ...]]
    linked: dict[Sense, dict[str, None]]
    """For each concept the terms by which entries may tell of it (in order: a set would differ from run to run)."""


@lru_cache(maxsize=1)
def _concepts() -> _Concepts:
    senses: defaultdict[str, tuple[Sense, ...]] = defaultdict(tuple)
    linked: defaultdict[Sense, dict[str, None]] = defaultdict(dict)
    for language, table in TABLES.items():
        for line in table.split(";"):
            concept, words = (part.strip() for part in line.split(":"))
            sense = Sense(concept, None, KINDS.get(concept), concept in LIGHT)
            for word in words.split():
                name = _spelt(word)
                if sense not in senses[name]:
                    senses[name] += (sense,)
                linked[sense].update(dict.fromkeys(_concept_terms(name, language)))
    return _Concepts(dict(senses), dict(linked))


def _spelt(name: str) -> str:
    return " ".join(piece.text for piece in pieces(fold(name)))


def _concept_terms(name: str, language: str) -> list[str]:
    """Single words, and what is one gram; of terms of several words only the English ones: their words say it."""
    words = [piece.text for piece in pieces(name)]
    if len(words) > 1:
        return words if language == "en" else []
    return [gram for gram in grams(name) if gram == name and len(gram) > 1] if _is_run(name) else words


def _town_terms(name: str) -> list[str]:
    found = pieces(name)
    if len(found) == 1 and found[0].is_run:
        bare = name
        for suffix in _TOWN_SUFFIXES:
            bare = bare.removesuffix(suffix) if len(bare) > 2 else bare
        is_office = is_ideographic(bare) and len(bare) > _LONGEST_NAME
        return [] if is_office else [gram for gram in grams(bare) if len(gram) > 1]
    words = [piece.text for piece in found if piece.text not in FILLERS and piece.text not in OFFICE_WORDS]
    return words if len(words) <= 2 else []


def _is_run(name: str) -> bool:
    return any(piece.is_run for piece in pieces(name))


def _stands_alone(run: str, start: int, end: int, senses: tuple[Sense, ...]) -> bool:
    """Two or three kana, or a town of three Thai letters, are named only where a word ends before and after them."""
    name = run[start:end]
    if len(name) >= _SHORTEST_INSIDE or any("\u4e00" <= character <= "\u9fff" for character in name):
        return True
    if is_ideographic(name):
        return not (_is_kana(run[start - 1 : start]) or _is_kana(run[end : end + 1]))
    return not senses[0].town or (start, end) == (0, len(run))


def _is_kana(character: str) -> bool:
    return "\u3041" <= character <= "\u30ff" and character not in _JOINED
