"""The shelf: terms of all rows, where they stand and how rare they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from math import log
from typing import NamedTuple

from bot.lookup.fillers import FILLERS
from bot.lookup.keys import Written, as_written, is_ideographic
from bot.lookup.rows import Field, Row
from bot.lookup.vocabulary import Vocabulary

FILLER_SHARE = 0.08
"""What a filler weighs beside a word that says something."""
_GRAM_SHARES = {1: 0.2, 2: 0.45, 3: 0.35}
"""One word of Chinese or Thai makes several grams: they share its weight."""


class Name(NamedTuple):
    """A title, alias, place name or topic label, ready to be compared."""

    text: str
    terms: tuple[int, ...]
    field: Field
    language: str | None


class Shelf:
    """Names and terms of entries numbered from 0."""

    def __init__(
        self, entries: Iterable[Iterable[Row]], written: Callable[[str], Written] = as_written
    ) -> None:
        numbers: defaultdict[str, int] = defaultdict()
        numbers.default_factory = numbers.__len__  # a new term gets the next number
        self.numbers: Mapping[str, int] = numbers
        self.names: list[tuple[Name, ...]] = []
        self.about: list[tuple[int, ...]] = []
        self.body: list[tuple[int, ...]] = []
        self.in_names: dict[int, list[int]] = defaultdict(list)
        self.in_about: dict[int, list[int]] = defaultdict(list)
        self.in_body: dict[int, list[int]] = defaultdict(list)
        words: set[str] = set()

        @lru_cache(maxsize=50_000)
        def numbered(text: str) -> tuple[str, tuple[int, ...]]:
            """Many entries share the names of their cities and topics."""
            kept = written(text)
            words.update(kept.words)
            return kept.text, tuple([numbers[term] for term in kept.terms])

        for entry, rows in enumerate(entries):
            self._put(entry, rows, numbered)
        for terms in (numbers, self.in_names, self.in_about, self.in_body):
            terms.default_factory = None  # from now on looking does not add
        self.weights = Weights(self)
        self.vocabulary = Vocabulary({word: numbers[word] for word in words})

    def _put(
        self, entry: int, rows: Iterable[Row], numbered: Callable[[str], tuple[str, tuple[int, ...]]]
    ) -> None:
        names: dict[tuple[str, bool], Name] = {}
        named: set[int] = set()
        about: set[int] = set()
        body: set[int] = set()
        for row in rows:
            text, terms = numbered(row.text)
            if not terms:
                continue
            (body if row.field is Field.BODY else about if row.field >= Field.TOPIC else named).update(terms)
            if row.field <= Field.TOPIC:
                key = (text, row.field <= Field.ALIAS)
                if key not in names:
                    names[key] = Name(text, terms, row.field, base_language(row.language))
        about -= named
        body -= named
        body -= about
        self.names.append(tuple(names.values()))
        self.about.append(tuple(about))
        self.body.append(tuple(body))
        for found, where in ((named, self.in_names), (about, self.in_about), (body, self.in_body)):
            for term in found:
                where[term].append(entry)

    @cached_property
    def terms(self) -> Sequence[str]:
        """The terms in the order of their numbers."""
        return tuple(self.numbers)

    def is_name(self, text: str) -> bool:
        """Whether something has exactly this name (as the shelf writes it)."""
        number = self.numbers.get(text)
        return number is not None and any(
            name.text == text for entry in self.in_names.get(number, ()) for name in self.names[entry]
        )

    def count(self, number: int) -> int:
        """In how many entries a term stands, the body apart."""
        return len(self.in_names.get(number, ())) + len(self.in_about.get(number, ()))

    def rarity(self, count: int) -> float:
        """0..1: how much a term says that stands in so many entries."""
        entries = len(self.names) + 1
        return log(1 + entries / max(1, count)) / log(1 + entries)


class Weights(dict[int, float]):
    """What each term (by its number) says, 0..1. Worked out when first asked for: a lookup needs few of them."""

    def __init__(self, shelf: Shelf) -> None:
        super().__init__()
        self._shelf = shelf

    def __missing__(self, number: int) -> float:
        share = _share(self._shelf.terms[number])
        weight = self[number] = self._shelf.rarity(self._shelf.count(number)) * share
        return weight


def base_language(language: str | None) -> str | None:
    return language and language.split("-")[0]


def _share(term: str) -> float:
    if term in FILLERS:
        return FILLER_SHARE
    return gram_share(term)


def gram_share(term: str) -> float:
    if term < "\u0e00" or "\u1100" <= term[0] < "\u1780":
        return 1.0
    if is_ideographic(term):
        return _GRAM_SHARES[min(2, len(term))]
    return _GRAM_SHARES[3]
