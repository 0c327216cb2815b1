"""The tables of what stands in the files. They have the columns in which it comes in, so that it can come back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.commitments import City, Commitment, Target
from bot.domain.entries import Entry
from bot.domain.exports import Filter, Shape, Wanted
from bot.domain.imports.columns import FIELDS
from bot.domain.imports.columns import What as Incoming
from bot.domain.imports.writing import told_by
from bot.domain.tables import Cell, CellKind, Column, Table
from bot.domain.words import DEFAULT_LANGUAGE, LocalText
from bot.services.courses import commitments_of
from bot.services.desk import Desk
from bot.services.exporting.base import (
    Exporter,
    Known,
    Source,
    has_commitment_on,
    has_topic,
    is_in,
    joined,
    may_see,
    on_topic,
)

KINDS: Mapping[str, CellKind] = {
    **dict.fromkeys(("value", "value_to", "baseline", "result", "result_to"), CellKind.NUMBER),
    **dict.fromkeys(("made", "due", "baseline_year", "result_year"), CellKind.INTEGER),
}
OF_PLACES = frozenset({Filter.COUNTRY, Filter.TOPIC})
WITH_A_TABLE_OF_THEIR_OWN = frozenset({"cities", "commitments"})


def _columns(what: Incoming) -> tuple[Column, ...]:
    return tuple(Column(field.key, KINDS.get(field.key, CellKind.TEXT)) for field in FIELDS[what])


def _table(name: str, what: Incoming, rows: Iterator[Mapping[str, Cell]]) -> Table:
    """What a row does not tell is empty."""
    columns = _columns(what)
    return Table(name, columns, (tuple(row.get(column.key) for column in columns) for row in rows))


def _words(text: LocalText | None) -> str | None:
    return text.within(DEFAULT_LANGUAGE).text if text is not None else None


def _in(text: LocalText, language: str) -> str | None:
    return text.by_language.get(language)


def _nothing(desk: Desk, wanted: Wanted, part: str) -> None:
    """Files need not be read from the database."""


# --- cities


def _cities(desk: Desk, wanted: Wanted) -> Sequence[str]:
    """Those that are on a topic themselves, or promised something on it."""
    library, topics = desk.all_known, on_topic(desk.all_known, wanted.topic)
    return sorted(
        city
        for city in library.cities
        if may_see(desk, city)
        and is_in(library, city, wanted.country)
        and (has_topic(library, city, topics) or has_commitment_on(library, city, topics))
    )


def _city_row(entry: Entry, record: City) -> Mapping[str, Cell]:
    return {
        "id": entry.id,
        "name": _words(entry.title),
        "country": record.country,
        "time_zone": record.time_zone,
        "languages": joined(record.languages),
        "weekend": joined(record.weekend),
        "name_fr": _in(entry.title, "fr"),
        "name_zh": _in(entry.title, "zh"),
        "summary": _words(entry.summary),
        "aliases": joined(entry.aliases),
        "topics": joined(entry.topics),
        "offers": joined(record.offers),
        "seeks": joined(record.seeks),
        "sources": joined(entry.sources),
        "language": DEFAULT_LANGUAGE,
    }


def _city_table(known: Known, wanted: Wanted, source: Source) -> Table:
    library = known.library
    rows = (
        _city_row(library.entries[city], library.cities[city])
        for city, _ in source()
        if city in library.cities
    )
    return _table("cities", Incoming.CITIES, rows)


CITIES = Exporter((Shape.LONG,), _cities, _nothing, _city_table, OF_PLACES)

# --- commitments


def _promising(desk: Desk, wanted: Wanted) -> Sequence[str]:
    library, topics = desk.all_known, on_topic(desk.all_known, wanted.topic)
    return sorted(
        city
        for city in library.commitments_by_city
        if may_see(desk, city)
        and is_in(library, city, wanted.country)
        and has_commitment_on(library, city, topics)
    )


def _commitments(known: Known, wanted: Wanted, source: Source) -> Table:
    return _table("commitments", Incoming.COMMITMENTS, _promises(known, wanted, source))


def _promises(known: Known, wanted: Wanted, source: Source) -> Iterator[Mapping[str, Cell]]:
    """A row for each target, with the first result that is published of it. The others are among the results."""
    topics = on_topic(known.library, wanted.topic)
    for city, _ in source():
        for entry_id, commitment in commitments_of(city, known.library).items():
            if not has_topic(known.library, entry_id, topics):
                continue
            entry, record = known.library.entries[entry_id], known.library.cities.get(city)
            place = {"country": record.country, "time_zone": record.time_zone} if record is not None else {}
            for target in commitment.targets:
                yield {**place, **_promise(known, entry, commitment, target)}


def _promise(known: Known, entry: Entry, commitment: Commitment, target: Target) -> Mapping[str, Cell]:
    published = next((one for one in commitment.published if one.target == target.id), None)
    indicator = known.library.indicators.get(target.indicator)
    told = told_by(commitment, target, published)
    city = known.library.entries.get(commitment.city)
    return {
        **told,
        "city": _words(city.title) if city is not None else commitment.city,
        "indicator": _words(indicator.label) if indicator is not None else target.indicator,
        "source": target.source or joined(entry.sources),
        "result_year": _as_year(told.get("result_year")),
        "language": told["language"] or DEFAULT_LANGUAGE,
    }


def _as_year(when: Cell) -> Cell:
    return int(when) if isinstance(when, str) and when.isdecimal() else when


COMMITMENTS = Exporter((Shape.LONG,), _promising, _nothing, _commitments, OF_PLACES)

# --- entries


def _entries(desk: Desk, wanted: Wanted) -> Sequence[str]:
    """All that whoever asks can open, but what has a table of its own."""
    topics = on_topic(desk.all_known, wanted.topic)
    return sorted(
        entry.id
        for entry in desk.library.entries.values()
        if entry.kind not in WITH_A_TABLE_OF_THEIR_OWN and has_topic(desk.all_known, entry.id, topics)
    )


def _entry_row(entry: Entry) -> Mapping[str, Cell]:
    places = (place.city_id or place.name or "" for place in entry.places)
    return {
        "kind": entry.kind,
        "title": _words(entry.title),
        "id": entry.id,
        "summary": _words(entry.summary),
        "aliases": joined(entry.aliases),
        "topics": joined(entry.topics),
        "places": joined([place for place in places if place]),
        "sources": joined(entry.sources),
        "related": joined(entry.related),
        "text": _words(entry.body),
        "language": DEFAULT_LANGUAGE,
    }


def _entry_table(known: Known, wanted: Wanted, source: Source) -> Table:
    entries = known.library.entries
    return _table(
        "entries", Incoming.ENTRIES, (_entry_row(entries[one]) for one, _ in source() if one in entries)
    )


ENTRIES = Exporter((Shape.LONG,), _entries, _nothing, _entry_table, frozenset({Filter.TOPIC}))
