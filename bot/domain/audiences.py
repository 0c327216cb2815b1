"""Audiences: whom an announcement is for, and who that is at this moment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.groups import TeamGroup
from bot.domain.people import Person, Role


@dataclass(frozen=True)
class Selection:
    """Everybody with one of these roles who fits all that is named: in one of these countries, of a city with a
    commitment on one of these topics, of a city that still owes a report in this cycle, of one of these cities.
    What is empty does not narrow."""

    roles: frozenset[Role] = frozenset()
    countries: frozenset[str] = frozenset()
    topics: frozenset[str] = frozenset()
    owing: str = ""
    """The id of a cycle."""
    cities: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Audience:
    """Whoever is chosen and not left out; `people` are single ones who are left out. `groups`: the team groups of the
    chosen cities, too."""

    chosen: Selection = Selection()
    left_out: Selection | None = None
    groups: bool = False


@dataclass(frozen=True)
class Directory:
    """What decides who belongs to an audience."""

    people: Sequence[Person]
    groups: Sequence[TeamGroup] = ()
    country_of: Mapping[str, str] = field(default_factory=dict)
    """Of each city."""
    topics_of: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each city: those of its commitments, and of the topics above them."""
    owing: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """Of each cycle: the cities that still owe a report."""
