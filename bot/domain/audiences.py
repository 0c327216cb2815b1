"""Audiences: whom an announcement is for, and who that is at this moment."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace

from bot.domain.groups import TeamGroup
from bot.domain.people import Membership, Person, Role


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

    @property
    def narrows(self) -> bool:
        return self != Selection()

    @property
    def cycles(self) -> frozenset[str]:
        return frozenset({self.owing} if self.owing else ())

    def each(self) -> Iterator[Selection]:
        """What is named, one thing at a time."""
        for part in fields(self):
            value = getattr(self, part.name)
            if value:
                yield replace(Selection(), **{part.name: value})


@dataclass(frozen=True)
class Audience:
    """Whoever is chosen and not left out. Who fits any single thing that `left_out` names is left out: it is a list
    of exceptions, not one narrow description. `groups`: the team groups of the chosen cities, too. `reach`: the
    countries to which its author could write when it was sent off; None: all, or it was not sent off yet."""

    chosen: Selection = Selection()
    left_out: Selection | None = None
    groups: bool = False
    reach: frozenset[str] | None = None

    @property
    def cycles(self) -> frozenset[str]:
        """Those whose debts decide who belongs to it."""
        return self.chosen.cycles | (self.left_out.cycles if self.left_out is not None else frozenset())


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


@dataclass(frozen=True)
class Members:
    """Who belongs to an audience, by id. Those whom messages cannot reach now are among them."""

    people: tuple[Person, ...] = ()
    groups: tuple[TeamGroup, ...] = ()

    def __len__(self) -> int:
        return len(self.people) + len(self.groups)

    @property
    def readers(self) -> tuple[Person | TeamGroup, ...]:
        return (*self.people, *self.groups)

    @property
    def unreachable(self) -> int:
        return sum(not one.reachable for one in self.readers)


def members(audience: Audience, directory: Directory) -> Members:
    """Who belongs to the audience at this moment. Only roles that are active count: whoever never asked for the
    network's messages gets none."""
    exceptions = tuple(audience.left_out.each()) if audience.left_out is not None else ()

    def is_in(person: Person) -> bool:
        return _has(person, audience.chosen, directory) and not any(
            _has(person, exception, directory) for exception in exceptions
        )

    people = {person.id: person for person in directory.people if is_in(person)}
    groups = [group for group in directory.groups if _is_in(group, audience, directory)]
    return Members(
        tuple(person for _, person in sorted(people.items())),
        tuple(sorted(groups, key=lambda group: group.chat_id)) if audience.groups else (),
    )


def narrower(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The countries that lie in both reaches; None reaches all."""
    if one is None or other is None:
        return other if one is None else one
    return one & other


def within(directory: Directory, countries: frozenset[str]) -> Directory:
    """The directory with only what belongs to the cities of these countries: the rest of somebody's roles, too, is
    none of it."""

    def here(city: str | None) -> bool:
        return city is not None and directory.country_of.get(city) in countries

    cut = (
        replace(person, memberships=tuple(m for m in person.memberships if here(m.city)))
        for person in directory.people
    )
    return replace(
        directory,
        people=tuple(person for person in cut if person.active),
        groups=tuple(group for group in directory.groups if here(group.city)),
    )


def _has(person: Person, selection: Selection, directory: Directory) -> bool:
    """Whether one single role of theirs fits all that is named."""
    return any(_fits(membership, selection, directory) for membership in person.active)


def _fits(membership: Membership, selection: Selection, directory: Directory) -> bool:
    if selection.roles and membership.role not in selection.roles:
        return False
    return _city_fits(membership.city, selection, directory)


def _city_fits(city: str | None, selection: Selection, directory: Directory) -> bool:
    if city is None:
        return replace(selection, roles=frozenset()) == Selection()
    if selection.countries and directory.country_of.get(city) not in selection.countries:
        return False
    if selection.topics and not selection.topics & directory.topics_of.get(city, frozenset()):
        return False
    if selection.owing and city not in directory.owing.get(selection.owing, frozenset()):
        return False
    return not selection.cities or city in selection.cities


OF_A_CITY = frozenset({Role.FOCAL_POINT, Role.DEPUTY})


def _is_in(group: TeamGroup, audience: Audience, directory: Directory) -> bool:
    """A group is its city's, whoever sits in it: roles choose it only where they are those of cities."""
    chosen = audience.chosen
    if chosen.roles and not chosen.roles & OF_A_CITY:
        return False
    if not _city_fits(group.city, chosen, directory):
        return False
    exceptions = audience.left_out.each() if audience.left_out is not None else ()
    return not any(_city_fits(group.city, one, directory) for one in exceptions if not one.roles)
