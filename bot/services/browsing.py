"""Browsing the library by topic, country and kind, a page at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TypeVar

from bot.domain.entries import KINDS, Entry, Library, Topic, in_order
from bot.domain.views import CountryList, EntryList, Gone, KindList, TopicTree, View
from bot.services.desk import Desk

ENTRIES_ON_A_PAGE = 6
COUNTRIES_ON_A_PAGE = 14

T = TypeVar("T")


def topics(desk: Desk) -> View:
    return TopicTree(_with_counts(desk, desk.library.topics_below(None)))


def topic(desk: Desk, topic_id: str, page: int) -> View:
    library = desk.library
    entries = library.about(topic_id, desk.reads_as)
    if topic_id not in library.topics or not entries:
        return Gone()
    shown, page, pages = paged(entries, page, ENTRIES_ON_A_PAGE)
    below = _with_counts(desk, library.topics_below(topic_id))
    path = library.topic_path(topic_id)
    return EntryList(
        library,
        tuple(shown),
        page,
        pages,
        len(entries),
        topic=library.topics[topic_id],
        path=path,
        below=below,
    )


def countries(desk: Desk, page: int) -> View:
    library = desk.library
    counted = Counter(
        country for entry in library.entries.values() for country in _countries_of(library, entry)
    )
    shown, page, pages = paged(
        sorted(counted.items(), key=lambda item: (-item[1], item[0])), page, COUNTRIES_ON_A_PAGE
    )
    return CountryList(tuple(shown), page, pages)


def country(desk: Desk, code: str, page: int) -> View:
    library = desk.library
    entries = in_order(e for e in library.visible(desk.reads_as) if code in _countries_of(library, e))
    if not entries:
        return Gone()
    shown, page, pages = paged(entries, page, ENTRIES_ON_A_PAGE)
    return EntryList(library, tuple(shown), page, pages, len(entries), country=code)


def kinds(desk: Desk) -> View:
    counted = Counter(entry.kind for entry in desk.library.visible(desk.reads_as))
    return KindList(tuple((kind, counted[kind]) for kind in KINDS if counted[kind]))


def kind(desk: Desk, kind_: str, page: int) -> View:
    library = desk.library
    entries = in_order(e for e in library.visible(desk.reads_as) if e.kind == kind_)
    if not entries:
        return Gone()
    shown, page, pages = paged(entries, page, ENTRIES_ON_A_PAGE)
    return EntryList(library, tuple(shown), page, pages, len(entries), kind=kind_)


def paged(things: Sequence[T], page: int, size: int) -> tuple[Sequence[T], int, int]:
    """The things of one page (from 1; a page that is not there becomes the nearest), its number, and how many."""
    pages = max(1, -(-len(things) // size))
    page = min(max(page, 1), pages)
    return things[(page - 1) * size : page * size], page, pages


def _countries_of(library: Library, entry: Entry) -> set[str]:
    """The countries of an entry's cities."""
    cities = library.cities
    own = {cities[entry.id].country} if entry.id in cities else set()
    named = (cities.get(place.city_id or "") for place in entry.places)
    return own | {city.country for city in named if city is not None}


def _with_counts(desk: Desk, some: Sequence[Topic]) -> tuple[tuple[Topic, int], ...]:
    counted = ((t, len(desk.library.about(t.id, desk.reads_as))) for t in some)
    return tuple((t, number) for t, number in counted if number)
