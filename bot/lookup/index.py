"""Looking things up: the best entries for what a person typed, and whether one of them is the answer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.domain.commitments import City
from bot.domain.entries import KINDS, Entry, Library
from bot.domain.people import Role
from bot.lookup.candidates import CANDIDATES
from bot.lookup.keys import as_written, fold, is_ideographic, pieces
from bot.lookup.lexicon import Lexicon
from bot.lookup.query import MOST_LETTERS, SURELY, Query
from bot.lookup.ranking import MATCH, VERY_NAME, Card, Ranked, rank
from bot.lookup.reading import read
from bot.lookup.rows import Field, Row, names_of, rows_of
from bot.lookup.shelf import Shelf
from bot.lookup.sounds import looks_like_pinyin, read_pinyin, shelf_of_sounds

CLEAR = 0.3
"""How far the first rank must be ahead of the second to be shown at once: that far where it has the very name
or the second lacks something, else twice as far."""
SURE = 0.8
"""Only a first score like this is shown at once, and leaves no need to try what was typed as pinyin."""
TOPICS = 5
TOPIC_FLOOR = 0.35
"""The least share of the words that a topic's label must cover, unless the label stands in the words as a whole."""
WHOLE_LABEL = 0.9


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
        self._cards = tuple(_card(entry) for entry in self._entries)
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
        _ = self._sounds, self._topics, self._lexicon, self._topic_lexicon, self._by_town, self._labels

    @cached_property
    def _by_town(self) -> Mapping[str, Sequence[int]]:
        """The first entries about each town, in the order of the kinds."""
        found: dict[str, list[int]] = defaultdict(list)
        for number in sorted(range(len(self._cards)), key=lambda number: self._cards[number].order):
            for town in self._cards[number].towns:
                if len(found[town]) < CANDIDATES:
                    found[town].append(number)
        return found

    @cached_property
    def _lexicon(self) -> Lexicon:
        return Lexicon(
            {id_: names_of(self._library.entries[id_]) for id_ in self._library.cities}, self._shelf
        )

    @cached_property
    def _topic_lexicon(self) -> Lexicon:
        return Lexicon({}, self._topics)

    @cached_property
    def _sounds(self) -> Shelf:
        return shelf_of_sounds(rows_of(entry, self._library) for entry in self._entries)

    @cached_property
    def _labels(self) -> Mapping[str, str]:
        """The topic that has just this label, in any language."""
        return {
            as_written(label).text: topic.id
            for topic in self._library.topics.values()
            for label in topic.label.by_language.values()
        }

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
        hits = [Hit(self._entries[hit.entry].id, hit.score) for hit in ranked]
        topic = self._labels.get(as_written(words[:MOST_LETTERS]).text)
        on_topic = self._library.about(topic, role) if topic else ()
        if on_topic and (not hits or hits[0].score < MATCH):
            shown = {entry.id for entry in on_topic}
            hits = [Hit(entry.id, MATCH) for entry in on_topic] + [h for h in hits if h.entry_id not in shown]
        too_short = self._is_too_short(words)
        match = bool(hits) and hits[0].score >= MATCH and not too_short
        clear = match and len(on_topic) < 2 and _is_clear(ranked)  # a topic's own name asks for all of it
        topics = () if match else self._nearest_topics(words, language, ranked)
        return Findings(tuple(hits[:limit]), match, clear, too_short, topics)

    def _ranked(self, words: str, language: str | None, hidden: frozenset[int]) -> Sequence[Ranked]:
        written = self._rank(read(words, self._shelf, self._lexicon), self._shelf, language, hidden)
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
        return rank(query, shelf, language, hidden=hidden, cards=self._cards, by_town=self._by_town)

    def _nearest_topics(self, words: str, language: str | None, ranked: Sequence[Ranked]) -> tuple[str, ...]:
        ids = tuple(self._library.topics)
        query = read(words, self._topics, self._topic_lexicon)
        if all(part.carries for part in query.parts):
            return ()
        query = query._replace(parts=tuple(part.surely() for part in query.parts))
        labelled = rank(query, self._topics, language)
        near = [
            ids[label.entry]
            for label in labelled
            if label.fit.covered >= TOPIC_FLOOR or label.fit.row.covered >= WHOLE_LABEL
        ]
        for hit in ranked[:TOPICS]:
            if hit.fit.covered >= TOPIC_FLOOR and hit.fit.weakest >= SURELY:
                near += self._entries[hit.entry].topics
        return tuple(dict.fromkeys(topic for topic in near if topic in self._library.topics))[:TOPICS]

    def _is_too_short(self, words: str) -> bool:
        """One or two stray letters, a character of Chinese, or only figures, that are no name of anything."""
        typed = pieces(fold(words))
        letters = sum(len(piece.text) for piece in typed if not piece.text.isdecimal())
        ideographs = any(piece.is_run and is_ideographic(piece.text) for piece in typed)
        if letters > (1 if ideographs else 2):
            return False
        text = as_written(words).text
        return text not in self._labels and not self._shelf.is_name(text)


def _card(entry: Entry) -> Card:
    towns = {place.city_id for place in entry.places if place.city_id}
    is_town = isinstance(entry.record, City)
    order = KINDS.index(entry.kind) if entry.kind in KINDS else len(KINDS)
    return Card(
        order,
        entry.kind,
        frozenset(towns | {entry.id} if is_town else towns),
        bool(entry.places) or is_town,
        is_town,
    )


def _is_clear(ranked: Sequence[Ranked]) -> bool:
    if ranked[0].score < SURE or ranked[0].is_one_of_many:
        return False
    if len(ranked) == 1:
        return True
    first, second = ranked[:2]
    if first.is_asked:  # another of its kind may stand in its way, but not what merely tells of the same town
        rivals = [other for other in ranked[1:] if other.is_asked]
        return not rivals or first.rank - rivals[0].rank >= CLEAR
    lead = first.rank - second.rank
    return lead >= 2 * CLEAR or (
        lead >= CLEAR and (first.fit.row.alike >= VERY_NAME or second.fit.covered < first.fit.covered - 0.1)
    )
