"""Entries of the knowledge store and the immutable library that holds them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeAlias

from bot.domain.commitments import City, Commitment, Indicator, Target
from bot.domain.people import Role
from bot.domain.words import DEFAULT_LANGUAGE, LocalText

KINDS = (
    "practices",
    "guides",
    "pilots",
    "commitments",
    "cities",
    "events",
    "partnerships",
    "funds",
    "pledges",
    "organisations",
    "programmes",
    "lessons",
)
"""The kinds of entries, by the name of their folder, in the order in which people meet them."""


@dataclass(frozen=True, slots=True)
class EntryLink:
    """A reference to another entry, by its id."""

    entry_id: str


@dataclass(frozen=True, slots=True)
class Term:
    """A word from a closed list of ours (`state: announced`); the translation room has its words."""

    group: str
    code: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is: a city of ours (`city_id`) or a free name (`name`)."""

    city_id: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of something, with its figure as the source tells it.

    `figure` is the figure as written, with its unit ("-20 %", "55 %", "494"); `target` the one that was
    promised. `value_kind` says whether the figure was measured, projected or expected.
    """

    figure: str | None = None
    target: str | None = None
    indicator: str | None = None
    at_least: bool = False
    when: str | None = None
    value_kind: str | None = None
    text: LocalText | None = None
    place: Place | None = None
    source: str | None = None


FactValue: TypeAlias = "LocalText | EntryLink | Term | Place | Result | str"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a card: what it is about (`key`, as in the file) and its values in order."""

    key: str
    values: tuple[FactValue, ...]

    def without(self, hidden: Collection[str]) -> Fact:
        """The fact without links to these entries; its values may then be none."""
        kept = (v for v in self.values if not (isinstance(v, EntryLink) and v.entry_id in hidden))
        return Fact(self.key, tuple(kept))


@dataclass(frozen=True, slots=True)
class Topic:
    id: str
    label: LocalText
    parent: str | None = None


@dataclass(frozen=True)
class Entry:
    """One thing the network knows. `record` carries what the program computes with, where the kind has it."""

    id: str
    kind: str
    title: LocalText
    summary: LocalText | None = None
    body: LocalText | None = None
    aliases: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    sources: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    register: tuple[str, ...] = ()
    remarks: tuple[LocalText, ...] = ()
    facts: tuple[Fact, ...] = ()
    visible_to: frozenset[Role] = frozenset()
    draft: bool = False
    formerly: tuple[str, ...] = ()
    record: City | Commitment | None = None

    def is_visible_to(self, role: Role) -> bool:
        """Drafts are for admins; an entry for some roles is for these and for admins; the rest is for everybody."""
        if role is Role.ADMIN:
            return True
        return not self.draft and (not self.visible_to or role in self.visible_to)

    def without(self, hidden: Collection[str]) -> Entry:
        """The entry without what leads to these other entries. The links of its body are left as they are."""
        facts = (fact.without(hidden) for fact in self.facts)
        return replace(
            self,
            facts=tuple(fact for fact in facts if fact.values),
            related=tuple(other for other in self.related if other not in hidden),
        )

    def fact(self, key: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.key == key), None)


@dataclass(frozen=True)
class Library:
    """All entries at one moment, cross-linked. A request takes one library and keeps it to its end."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    topics: Mapping[str, Topic] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    version: str = ""
    """Hash of the files it was made from."""

    @cached_property
    def former_ids(self) -> Mapping[str, str]:
        return {old: entry.id for entry in self.entries.values() for old in entry.formerly}

    @cached_property
    def cities(self) -> Mapping[str, City]:
        return {e.id: e.record for e in self.entries.values() if isinstance(e.record, City)}

    @cached_property
    def commitments(self) -> Mapping[str, Commitment]:
        return {e.id: e.record for e in self.entries.values() if isinstance(e.record, Commitment)}

    @cached_property
    def commitments_by_city(self) -> Mapping[str, Mapping[str, Commitment]]:
        found: dict[str, dict[str, Commitment]] = {}
        for entry_id, commitment in self.commitments.items():
            found.setdefault(commitment.city, {})[entry_id] = commitment
        return found

    def id_now(self, entry_id: str) -> str:
        """The id that an entry has now, by this or a former one; unknown ids stay as they are."""
        return entry_id if entry_id in self.entries else self.former_ids.get(entry_id, entry_id)

    def find(self, entry_id: str, role: Role) -> Entry | None:
        """The entry with this id, or that once had it; None where there is none for this role."""
        entry = self.entries.get(entry_id) or self.entries.get(self.former_ids.get(entry_id, ""))
        return entry if entry is not None and entry.is_visible_to(role) else None

    def visible(self, role: Role) -> Iterator[Entry]:
        return (entry for entry in self.entries.values() if entry.is_visible_to(role))

    def seen_by(self, role: Role) -> Library:
        """The library as somebody of this role knows it: no hidden entry, and nothing that leads to one."""
        if role not in self._by_role:
            hidden = frozenset(entry.id for entry in self.entries.values() if not entry.is_visible_to(role))
            entries = {entry.id: entry.without(hidden) for entry in self.visible(role)}
            self._by_role[role] = replace(self, entries=entries) if hidden else self
        return self._by_role[role]

    @cached_property
    def _by_role(self) -> dict[Role, Library]:
        return {}

    def place_name(self, place: Place) -> LocalText:
        city = self.entries.get(place.city_id or "")
        if city is not None:
            return city.title
        # A city that this reader may not open is still a place: `san-fernando` is called San Fernando.
        return LocalText.plain(place.name or (place.city_id or "").replace("-", " ").title())

    def commitment_with(self, city_id: str, target: Target) -> Commitment | None:
        """The commitment of a city that holds this target; None for a target that is only proposed."""
        own = (made for made in self.commitments.values() if made.city == city_id)
        return next((made for made in own if target in made.targets), None)

    def topic_path(self, topic_id: str) -> tuple[Topic, ...]:
        """The topic with its parents, the root first. Unknown ids give an empty path."""
        path: list[Topic] = []
        topic = self.topics.get(topic_id)
        while topic is not None and topic not in path:
            path.insert(0, topic)
            topic = self.topics.get(topic.parent or "")
        return tuple(path)

    def topics_below(self, topic_id: str | None) -> tuple[Topic, ...]:
        return tuple(topic for topic in self.topics.values() if topic.parent == topic_id)

    def with_topics_below(self, topic_ids: Iterable[str]) -> frozenset[str]:
        """The ids of these topics and of all below them."""
        wanted = set(topic_ids)
        grown = True
        while grown:
            more = {topic.id for topic in self.topics.values() if topic.parent in wanted} - wanted
            wanted |= more
            grown = bool(more)
        return frozenset(wanted)

    def about(self, topic_id: str, role: Role) -> tuple[Entry, ...]:
        """Visible entries on a topic or one below it, in the order of the kinds."""
        wanted = self.with_topics_below([topic_id])
        return in_order(e for e in self.visible(role) if wanted.intersection(e.topics))


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Entries in the order of their kinds, then by English title."""
    return tuple(sorted(entries, key=lambda e: (KINDS.index(e.kind), e.title.within(DEFAULT_LANGUAGE).text)))
