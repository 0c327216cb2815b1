"""The rows of an entry: everything by which a person may look for it."""

from __future__ import annotations

from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple

from bot.domain.entries import Entry, Library, Place
from bot.domain.words import DEFAULT_LANGUAGE, LocalText


class Field(IntEnum):
    """Where a row stands in its entry."""

    TITLE = 0
    ALIAS = 1
    PLACE = 2
    TOPIC = 3
    ABOUT = 4
    BODY = 5


class Row(NamedTuple):
    text: str
    field: Field
    language: str | None


def rows_of(entry: Entry, library: Library) -> Iterator[Row]:
    """All rows of an entry, names first. A place that is a city of ours brings all names of that city."""
    yield from _local(entry.title, Field.TITLE)
    for alias in entry.aliases:
        yield Row(alias, Field.ALIAS, None)
    for place in entry.places:
        yield from _place(place, library)
    if entry.summary is not None:
        yield from _local(entry.summary, Field.ABOUT)
    for topic_id in entry.topics:
        topic = library.topics.get(topic_id)
        if topic is not None:
            yield from _local(topic.label, Field.TOPIC)
    if entry.body is not None:
        yield from _local(entry.body, Field.BODY)


def _place(place: Place, library: Library) -> Iterator[Row]:
    city = library.entries.get(place.city_id or "")
    if city is None:
        yield Row(place.name or place.city_id or "", Field.PLACE, None)
        return
    yield from _local(city.title, Field.PLACE)
    for alias in city.aliases:
        yield Row(alias, Field.PLACE, None)


def _local(text: LocalText, field: Field) -> Iterator[Row]:
    for language, words in text.by_language.items():
        yield Row(words, field, language)


def names_of(entry: Entry) -> Iterator[str]:
    """Title, in English first, and aliases."""
    yield entry.title.within(DEFAULT_LANGUAGE).text
    yield from entry.title.by_language.values()
    yield from entry.aliases
