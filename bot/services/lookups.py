"""Finding an entry: plain words, cards, pages, similar ones, replications, sharing, inline mode."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.entries import Entry, in_order
from bot.domain.people import Role
from bot.domain.questions import Lookup, LookupOutcome
from bot.domain.views import (
    AskWords,
    Card,
    Choices,
    Gone,
    InlineEntry,
    Nothing,
    OldButton,
    Page,
    Replications,
    ShareEntry,
    SimilarEntries,
    TooLong,
    TooShort,
    View,
)
from bot.services.answers import MOST_CHOICES, great_topics, look_up, topics_with_entries
from bot.services.desk import Desk
from bot.services.knowledge import Knowledge

MOST_WORDS = 1000
"""Characters of a question; what is longer is not a question but a document."""
MOST_SIMILAR = 5
MOST_INLINE = 10


def ask_words(desk: Desk) -> View:
    desk.expect_words()
    return AskWords()


def find(desk: Desk, words: str) -> View:
    """Looks the words up: one clear winner as a card, several near ones as choices, or an honest nothing."""
    words = " ".join(words.split())
    if not words:
        return ask_words(desk)
    if len(words) > MOST_WORDS:
        return TooLong(MOST_WORDS)
    answer = look_up(desk.knowledge, words, desk.person.language, desk.reads_as)
    if answer.outcome is None:
        return TooShort(words, only_signs=not any(letter.isalpha() for letter in words))
    shown = [entry.id for entry in answer.entries]
    lookup = desk.work.lookups.add(words, desk.person.language, answer.outcome, shown, desk.now)
    if answer.outcome is LookupOutcome.NOTHING:
        return _nothing(desk, lookup, answer.topics)
    if answer.outcome is LookupOutcome.FOUND:
        return card(desk, answer.entries[0], lookup)
    return Choices(answer.entries, desk.library, lookup.id)


def not_this(desk: Desk, lookup_id: int) -> View:
    """The answer was not what was asked: the next best ones, then the way to the secretariat."""
    lookup = desk.work.lookups.get(lookup_id)
    if lookup is None:
        return OldButton()
    found = desk.knowledge.index.search(lookup.words, desk.person.language, desk.reads_as)
    left = [hit.entry_id for hit in found.hits if hit.entry_id not in lookup.shown]
    offer = left[:MOST_CHOICES] if lookup.rejected == 0 else []
    desk.work.lookups.reject(lookup_id, (*lookup.shown, *offer))
    if not offer:
        return _nothing(desk, lookup, found.topics, rejected=True)
    entries = tuple(desk.library.entries[entry_id] for entry_id in offer)
    if len(entries) == 1:
        return card(desk, entries[0], lookup, rejected=True)
    return Choices(entries, desk.library, lookup_id, rejected=True, already_shown=len(lookup.shown))


def pick(desk: Desk, lookup_id: int, position: int) -> View:
    """Opens one of the choices of a lookup, by its place in what was shown then."""
    lookup = desk.work.lookups.get(lookup_id)
    if lookup is None or not 0 <= position < len(lookup.shown):
        return OldButton()
    entry = desk.library.find(lookup.shown[position], desk.reads_as)
    return card(desk, entry, lookup) if entry is not None else Gone()


def open_entry(desk: Desk, entry_id: str) -> View:
    entry = desk.library.find(entry_id, desk.reads_as)
    return card(desk, entry) if entry is not None else Gone()


def read(desk: Desk, entry_id: str, page: int) -> View:
    """A page of the full text; page 0 is the card again."""
    entry = desk.library.find(entry_id, desk.reads_as)
    if entry is None:
        return Gone()
    return Page(entry, desk.library, page) if page > 0 else card(desk, entry)


def similar(desk: Desk, entry_id: str) -> View:
    entry = desk.library.find(entry_id, desk.reads_as)
    if entry is None:
        return Gone()
    return SimilarEntries(entry, similar_to(desk.knowledge, entry, desk.reads_as), desk.library)


def replications(desk: Desk, entry_id: str) -> View:
    entry = desk.library.find(entry_id, desk.reads_as)
    if entry is None:
        return Gone()
    library = desk.library
    tellers = [library.find(other, desk.reads_as) for other in entry.related]
    about = [e for e in tellers if e is not None and "replication" in e.topics and e.id != entry.id]
    return Replications(entry, tuple(about[:MOST_SIMILAR]), library, desk.can_ask)


def share(desk: Desk, entry_id: str) -> View:
    entry = desk.library.find(entry_id, desk.reads_as)
    return ShareEntry(entry) if entry is not None else Gone()


def inline(knowledge: Knowledge, words: str, language: str) -> Sequence[InlineEntry]:
    """Entries for inline mode, best first. Whatever is not for everybody never appears: others will read it."""
    library = knowledge.library.seen_by(Role.VISITOR)
    exact = library.find(words.strip(), Role.VISITOR)
    found = knowledge.index.search(words[:MOST_WORDS], language, Role.VISITOR)
    hits = found.hits if found.match and not found.too_short else ()
    # The id that a "send" button names comes first; it may be a plain word too, such as a city's name.
    ids = dict.fromkeys([*([exact.id] if exact else []), *(hit.entry_id for hit in hits)])
    return [InlineEntry(library.entries[entry_id], library) for entry_id in list(ids)[:MOST_INLINE]]


def similar_to(knowledge: Knowledge, entry: Entry, role: Role) -> tuple[Entry, ...]:
    """Entries near to this one: those it names, then those that share most of its topics and places."""
    library = knowledge.library.seen_by(role)
    named = [library.find(other, role) for other in entry.related]
    near = [other for other in named if other is not None]
    places = {place.city_id for place in entry.places if place.city_id}

    def shared(other: Entry) -> int:
        common_places = places.intersection(place.city_id for place in other.places)
        return 2 * len(set(entry.topics).intersection(other.topics)) + len(common_places)

    others = [e for e in library.visible(role) if e.id != entry.id and e not in near and e.kind == entry.kind]
    ranked = sorted(in_order(others), key=shared, reverse=True)
    return tuple((near + [other for other in ranked if shared(other) > 1])[:MOST_SIMILAR])


def card(desk: Desk, entry: Entry, lookup: Lookup | None = None, *, rejected: bool = False) -> Card:
    library = desk.library
    return Card(
        entry,
        library,
        lookup_id=lookup.id if lookup is not None else None,
        rejected=rejected,
        has_similar=bool(similar_to(desk.knowledge, entry, desk.reads_as)),
        replicated=entry.fact("replicated_in") is not None,
    )


def _nothing(desk: Desk, lookup: Lookup, topics: Sequence[str], *, rejected: bool = False) -> Nothing:
    near = topics_with_entries(desk.library, topics, desk.reads_as)
    can_ask = desk.private and desk.can_ask
    return Nothing(
        lookup.words, lookup.id, near, can_ask, rejected, great_topics(desk.library, desk.reads_as)
    )
