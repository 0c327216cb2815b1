"""Looking things up: the best entries for what a person typed, and whether one of them is the answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.commitments import City
from bot.domain.entries import KINDS, Entry, Library
from bot.domain.people import Role
from bot.lookup.keys import as_written, fold, is_ideographic, pieces
from bot.lookup.query import Query, read
from bot.lookup.ranking import Ranked, rank
from bot.lookup.rows import Field, Row, rows_of
from bot.lookup.shelf import Shelf
from bot.lookup.sounds import looks_like_pinyin, read_pinyin, shelf_of_sounds

MATCH = 0.5
"""From this score on an entry answers the question; below it the bot says that nothing fits."""
CLEAR = 0.3
"""How far the first rank must be ahead of the second to be shown at once: that far where it has the very name
or the second lacks something, else twice as far."""
VERY_NAME = 0.9
SURE = 0.8
"""Only a first score like this is shown at once, and leaves no need to try what was typed as pinyin."""
TOPICS = 5
TOPIC_FLOOR = 0.35
"""The least share of the words that a topic's label must cover."""


@dataclass(frozen=True, slots=True)
class Hit:
    """An entry and how likely it is what was asked for: 0..1, comparable between queries."""

    entry_id: str
    score: float


@dataclass(frozen=True, slots=True)
class Findings:
    """What a lookup gives. `hits` are best first, also where nothing matches; `topics` are the nearest ones."""

    hits: tuple[Hit, ...]
    match: bool
    clear: bool
    too_short: bool
    topics: tuple[str, ...]


class Index:
    """The card index of one library. It never changes; it is as safe to share as the library is."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._entries: tuple[Entry, ...] = tuple(library.entries.values())
        self._shelf = Shelf(rows_of(entry, library) for entry in self._entries)
        self._orders = tuple(
            KINDS.index(entry.kind) if entry.kind in KINDS else len(KINDS) for entry in self._entries
        )
        self._cities = frozenset(n for n, entry in enumerate(self._entries) if isinstance(entry.record, City))
        self._hidden = {
            role: frozenset(n for n, entry in enumerate(self._entries) if not entry.is_visible_to(role))
            for role in Role
        }

    @classmethod
    def build(cls, library: Library) -> Index:
        """An index of all entries, drafts and limited ones too: each search says for whom it is."""
        return cls(library)

    def warm(self) -> None:
        """Make now what else the first slip or the first pinyin would make: for a bot that runs for long."""
        self._shelf.vocabulary.warm()
        _ = self._sounds, self._topics

    @cached_property
    def _sounds(self) -> Shelf:
        return shelf_of_sounds(rows_of(entry, self._library) for entry in self._entries)

    @cached_property
    def _topics(self) -> Shelf:
        return Shelf(
            [Row(text, Field.TITLE, language) for language, text in topic.label.by_language.items()]
            for topic in self._library.topics.values()
        )

    def search(
        self, words: str, language: str | None = None, role: Role = Role.VISITOR, limit: int = 10
    ) -> Findings:
        """The entries that fit the words best, of those that this role may see.

        `language` is the reader's: it decides between equals only. Gives at most `limit` hits.
        """
        ranked = self._ranked(words, language, self._hidden[role])
        hits = tuple(Hit(self._entries[hit.entry].id, hit.score) for hit in ranked[:limit])
        too_short = self._is_too_short(words)
        match = bool(ranked) and ranked[0].score >= MATCH and not too_short
        clear = match and _is_clear(ranked)
        topics = () if match else self._nearest_topics(words, language, ranked)
        return Findings(hits, match, clear, too_short, topics)

    def _ranked(self, words: str, language: str | None, hidden: frozenset[int]) -> Sequence[Ranked]:
        written = self._rank(read(words, self._shelf), self._shelf, language, hidden)
        if (written and written[0].score >= SURE) or not looks_like_pinyin(words, self._shelf):
            return written
        query = read_pinyin(words, self._sounds)
        sounded = self._rank(query, self._sounds, "zh", hidden) if query else []
        if sounded and sounded[0].score > max(MATCH, written[0].score if written else 0.0):
            return sounded
        return written

    def _rank(
        self, query: Query, shelf: Shelf, language: str | None, hidden: frozenset[int]
    ) -> Sequence[Ranked]:
        return rank(query, shelf, language, hidden=hidden, orders=self._orders, places=self._cities)

    def _nearest_topics(self, words: str, language: str | None, ranked: Sequence[Ranked]) -> tuple[str, ...]:
        ids = tuple(self._library.topics)
        query = read(words, self._topics)
        if all(part.carries for part in query.parts):
            return ()
        labelled = rank(query, self._topics, language)
        near = [ids[near.entry] for near in labelled if near.fit.covered >= TOPIC_FLOOR]
        for hit in ranked[:TOPICS]:
            if hit.fit.covered >= TOPIC_FLOOR:
                near += self._entries[hit.entry].topics
        return tuple(dict.fromkeys(topic for topic in near if topic in self._library.topics))[:TOPICS]

    def _is_too_short(self, words: str) -> bool:
        """One or two stray letters, or one character of Chinese, that are no name of anything."""
        typed = pieces(fold(words))
        letters = sum(len(piece.text) for piece in typed)
        ideographs = any(piece.is_run and is_ideographic(piece.text) for piece in typed)
        if letters > (1 if ideographs else 2):
            return False
        return not self._shelf.is_name(as_written(words).text)


def _is_clear(ranked: Sequence[Ranked]) -> bool:
    if ranked[0].score < SURE:
        return False
    if len(ranked) == 1:
        return True
    first, second = ranked[:2]
    lead = first.rank - second.rank
    return lead >= 2 * CLEAR or (
        lead >= CLEAR and (first.fit.row.alike >= VERY_NAME or second.fit.covered < first.fit.covered - 0.1)
    )
