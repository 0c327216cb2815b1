"""What files say about each other: links, topics, cities, old ids; what is dead is told and taken out."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.content.markdown import without_links
from bot.content.parsed import EntryContent, Reference
from bot.content.problems import Level, Problem, Report, did_you_mean, shown
from bot.domain.commitments import City, Commitment
from bot.domain.entries import Entry, EntryLink, Fact, FactValue, Place, Result, Term, Topic
from bot.domain.words import LocalText

SHORTEST_NEAR_PLACE = 5
LEAST_LIKENESS_OF_PLACES = 85


@dataclass(frozen=True)
class Known:
    """What a reference may mean. `aside` has the ids whose files are set aside: no target, but no news."""

    entries: Mapping[str, EntryContent]
    aside: Collection[str]
    former: Mapping[str, str]
    topics: Collection[str] | None
    """None where topics.yaml cannot be read: then nothing is said about topics."""
    indicators: Collection[str] | None
    city_names: Mapping[str, str]
    """Ids of cities by their folded names; empty where notes are not wanted."""

    @property
    def cities(self) -> frozenset[str]:
        return frozenset(key for key, content in self.entries.items() if content.entry.kind == "cities")


@dataclass(slots=True)
class _Dead:
    """What an entry names and nobody has."""

    entries: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    topics: set[str] = field(default_factory=set)
    formerly: set[str] = field(default_factory=set)
    has_no_city: bool = False
    moved: dict[str, str] = field(default_factory=dict)


def settle(
    content: EntryContent, body: LocalText | None, known: Known, cities: frozenset[str], report: Report
) -> Entry:
    """The entry with its places resolved and without what is dead, which is told in `report`."""
    dead = _Dead()
    for reference in content.references:
        _CHECKS[reference.kind](reference, content.entry, known, dead, report)
    return _rebuilt(content.entry, body, cities, dead)


def check_links(references: Iterable[Reference], known: Known, report: Report) -> frozenset[str]:
    """The links in a body that lead nowhere; they are told in `report`."""
    dead = _Dead()
    for reference in references:
        _check_link(reference, None, known, dead, report)
    return frozenset(dead.links)


def _check_entry(
    reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report
) -> None:
    name = reference.name
    if entry is not None and name == entry.id:
        dead.entries.add(name)
        message = f"{reference.key}: read {shown(name)}, which is this entry itself"
        report.warning("self-link", message, "delete it", reference.position)
    elif not _is_alive(reference, known, report, dead):
        dead.entries.add(name)


def _check_link(reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report) -> None:
    if not _is_alive(reference, known, report, dead):
        dead.links.add(reference.name)


def _is_alive(reference: Reference, known: Known, report: Report, dead: _Dead) -> bool:
    """Whether the reference leads to an entry that is served."""
    name = reference.name
    if name in known.entries:
        return True
    key = f"{reference.key}: " if reference.key else "link: "
    if name in known.former:
        dead.moved[name] = known.former[name]
        message = f"{key}`{name}` is an old id"
        report.note("old-id", message, f"write `{known.former[name]}`", reference.position)
        return True
    if name not in known.aside:
        cure = (
            did_you_mean(name, known.entries) or "write the id of an entry (the name of its file without .md)"
        )
        report.error(
            "dead-link", f"{key}read {shown(name)}, but no entry has this id", cure, reference.position
        )
    return False


def _check_city(reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report) -> None:
    content = known.entries.get(reference.name)
    if content is not None and content.entry.kind == "cities":
        return
    dead.entries.add(reference.name)
    dead.has_no_city = True
    if reference.name not in known.aside:
        cure = did_you_mean(reference.name, known.cities) or "write the id of a city in cities/"
        message = f"{reference.key}: read {shown(reference.name)}, but no city has this id"
        report.error("unknown-city", message, cure, reference.position)


def _check_topic(
    reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report
) -> None:
    if known.topics is None or reference.name in known.topics:
        return
    dead.topics.add(reference.name)
    near = did_you_mean(reference.name, known.topics)
    cure = f"{near} Or add it to topics.yaml" if near else "write an id of topics.yaml, or add it there"
    if any(mark in reference.name for mark in "，、"):
        cure = "write ordinary commas between topics"
    elif len(words := reference.name.split()) > 1 and known.topics.__contains__(words[0]):
        cure = f"a comma is missing: write `{', '.join(words)}`"
    message = f"{reference.key}: read {shown(reference.name)}, but topics.yaml has no such topic"
    report.error("unknown-topic", message, cure, reference.position)


def _check_indicator(
    reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report
) -> None:
    if known.indicators is None or reference.name in known.indicators:
        return
    cure = did_you_mean(reference.name, known.indicators) or "write an id of indicators.yaml, or add it there"
    message = f"{reference.key}: read {shown(reference.name)}, but indicators.yaml has no such indicator"
    report.warning("unknown-indicator", message, cure, reference.position)


def _check_place(
    reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report
) -> None:
    name = reference.name
    content = known.entries.get(name)
    if (
        not known.city_names
        or name in known.aside
        or (content is not None and content.entry.kind == "cities")
    ):
        return
    city = near_city(name, known.city_names)
    if city is not None:
        message = f"{reference.key}: {shown(name)} is served as a free name"
        report.note("near-city", message, f"did you mean city `{city}`?", reference.position)


def _check_formerly(
    reference: Reference, entry: Entry | None, known: Known, dead: _Dead, report: Report
) -> None:
    name, owner = reference.name, known.former.get(reference.name)
    if name in known.entries or name in known.aside:
        dead.formerly.add(name)
        message = f"{reference.key}: `{name}` is the id of an entry that is there"
        report.error("old-id-taken", message, "delete it here, or rename that entry", reference.position)
    elif entry is not None and owner != entry.id:
        dead.formerly.add(name)
        message = f"{reference.key}: `{name}` is already an old id of `{owner}`"
        report.error("old-id-taken", message, "delete it in one of the two", reference.position)


_CHECKS = {
    "entry": _check_entry,
    "link": _check_link,
    "city": _check_city,
    "topic": _check_topic,
    "indicator": _check_indicator,
    "place": _check_place,
    "formerly": _check_formerly,
}


def _rebuilt(entry: Entry, body: LocalText | None, cities: frozenset[str], dead: _Dead) -> Entry:
    def settled(value: FactValue) -> FactValue | None:
        if isinstance(value, Place):
            return _place(value, cities)
        if isinstance(value, Result) and value.place is not None:
            return replace(value, place=_place(value.place, cities))
        if isinstance(value, EntryLink):
            if value.entry_id in dead.entries:
                return None
            return EntryLink(dead.moved.get(value.entry_id, value.entry_id))
        return (
            None
            if isinstance(value, Term) and value.group == "topic" and value.code in dead.topics
            else value
        )

    facts = []
    for fact in entry.facts:
        values = tuple(new for value in fact.values if (new := settled(value)) is not None)
        if values:
            facts.append(fact if values == fact.values else Fact(fact.key, values))
    if body is not None and dead.links:
        body = unlinked(body, dead.links)
    return replace(
        entry,
        body=body,
        facts=tuple(facts),
        places=tuple(_place(place, cities) for place in entry.places),
        topics=tuple(topic for topic in entry.topics if topic not in dead.topics),
        related=tuple(dead.moved.get(name, name) for name in entry.related if name not in dead.entries),
        formerly=tuple(old for old in entry.formerly if old not in dead.formerly),
        record=_record(entry.record, dead),
    )


def unlinked(body: LocalText, dead: Collection[str]) -> LocalText:
    """The body without its dead links."""
    return LocalText({tag: without_links(text, dead.__contains__) for tag, text in body.by_language.items()})


def _place(place: Place, cities: frozenset[str]) -> Place:
    return Place(city_id=place.name) if place.name in cities else place


def _record(record: City | Commitment | None, dead: _Dead) -> City | Commitment | None:
    if isinstance(record, City) and dead.topics:
        return replace(
            record,
            offers=tuple(topic for topic in record.offers if topic not in dead.topics),
            seeks=tuple(topic for topic in record.seeks if topic not in dead.topics),
        )
    # Everything that computes with a commitment looks up its city.
    return None if dead.has_no_city else record


def sound_topics(
    topics: Mapping[str, Topic], references: Iterable[Reference], report: Report
) -> dict[str, Topic]:
    """The topics without parents that do not exist or go round in a circle; these are told in `report`."""
    sound = dict(topics)
    for reference in references:
        message = ""
        cure: str | None = None
        if reference.name not in topics:
            message = (
                f"`parent` of `{reference.key}`: read {shown(reference.name)}, but there is no such topic"
            )
            cure = did_you_mean(reference.name, topics) or "write the id of a topic in this file"
        elif _goes_round(reference.key, sound):
            message = f"`parent` of `{reference.key}`: read {shown(reference.name)}, which is below it itself"
            cure = "delete it, or write the topic above"
        if message:
            report.error("topic-parent", message, cure, reference.position)
            sound[reference.key] = replace(sound[reference.key], parent=None)
    return sound


def _goes_round(topic_id: str, topics: Mapping[str, Topic]) -> bool:
    seen: set[str] = set()
    current: str | None = topic_id
    while current is not None and current in topics:
        if current in seen:
            return current == topic_id
        seen.add(current)
        current = topics[current].parent
    return False


def folded(name: str) -> str:
    """A name without case and marks, for comparing places."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return "".join(letter for letter in letters if not unicodedata.combining(letter)).strip()


def near_city(name: str, city_names: Mapping[str, str]) -> str | None:
    """The city that a free place name is, or nearly is."""
    wanted = folded(name)
    if wanted in city_names:
        return city_names[wanted]
    if len(wanted) < SHORTEST_NEAR_PLACE:
        return None
    # Imported here: without notes nobody needs it, and `focal lookup` starts sooner.
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        wanted, city_names.keys(), scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS_OF_PLACES
    )
    return city_names[found[0]] if found else None


def duplicate(path: str, other: str, entry_id: str) -> Problem:
    """The problem of a file whose id another one has."""
    message = f"the id `{entry_id}` is taken by {other}"
    return Problem(path, 1, 1, Level.ERROR, "duplicate-id", message, "rename this file and the links to it")
