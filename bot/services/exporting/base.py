"""What can be asked for as a table, what narrows it, and how a table is made in parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeAlias

from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.exports import Filter, Shape, Wanted
from bot.domain.people import Action
from bot.domain.tables import Column, Row, Table
from bot.domain.words import DEFAULT_LANGUAGE
from bot.services.desk import Desk


@dataclass(frozen=True)
class Known:
    """What tables are made of beside what was read."""

    library: Library
    schedules: Schedules
    now: datetime

    def city_cells(self, city: str) -> Row:
        """The cells of `CITY`."""
        entry, record = self.library.entries.get(city), self.library.cities.get(city)
        name = entry.title.within(DEFAULT_LANGUAGE).text if entry is not None else city
        return city, name, record.country if record is not None else None


CITY = (Column("city"), Column("city_name"), Column("country"))
Part: TypeAlias = str
Source: TypeAlias = Callable[[], Iterator[tuple[Part, Any]]]
"""Every part with what was read of it, one after another; each call begins anew."""


@dataclass(frozen=True)
class Exporter:
    """How one table is made: in parts, so that hundreds of thousands of rows need the memory of some, and nobody
    waits for the database meanwhile.

    `parts` names what is to be read, `read` reads one of them, each in a unit of work; `table` makes the table of
    what was read, without the database. `action` is the right that its rows need, beside that to export; rows of a
    city only go to whoever oversees it. `states` are those by which it can be narrowed.
    """

    shapes: tuple[Shape, ...]
    parts: Callable[[Desk, Wanted], Sequence[Part]]
    read: Callable[[Desk, Wanted, Part], Any]
    table: Callable[[Known, Wanted, Source], Table]
    filters: frozenset[Filter] = frozenset()
    states: tuple[str, ...] = ()
    action: Action = Action.OVERVIEW


def may_see(desk: Desk, city: str) -> bool:
    return desk.may(Action.OVERVIEW, desk.matter(city))


def on_topic(library: Library, topic: str | None) -> frozenset[str] | None:
    """The ids of topics that a topic takes in; None: all."""
    return None if topic is None else library.with_topics_below([topic])


def is_in(library: Library, city: str, country: str | None) -> bool:
    record = library.cities.get(city)
    return country is None or (record is not None and record.country == country)


def has_topic(library: Library, entry_id: str, topics: frozenset[str] | None) -> bool:
    entry = library.entries.get(entry_id)
    return topics is None or (entry is not None and not topics.isdisjoint(entry.topics))


def has_commitment_on(library: Library, city: str, topics: frozenset[str] | None) -> bool:
    """Whether a city promised something on one of these topics."""
    made = library.commitments_by_city.get(city, {})
    return topics is None or any(has_topic(library, entry_id, topics) for entry_id in made)


def joined(texts: Sequence[str]) -> str | None:
    """Several things in one cell."""
    return "; ".join(texts) or None


def snake(text: str) -> str:
    """An id as a part of a column's key."""
    return "".join(char if char.isalnum() else "_" for char in text)


def the_whole(desk: Desk, wanted: Wanted) -> Sequence[Part]:
    """Of tables that are read at once: one part."""
    return ("",)
