"""Everything that can be exported, and whether something that was asked for can be."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.exports import Filter, Shape, Wanted, What
from bot.domain.tables import Row, Table
from bot.services.exporting.answers import ANSWERS
from bot.services.exporting.base import Exporter
from bot.services.exporting.files import CITIES, COMMITMENTS, ENTRIES
from bot.services.exporting.network import ANNOUNCEMENTS, EDITIONS, MISSES, QUESTIONS
from bot.services.exporting.replications import REPLICATIONS
from bot.services.exporting.results import RESULTS

TABLES: Mapping[What, Exporter] = {
    What.RESULTS: RESULTS,
    What.ANSWERS: ANSWERS,
    What.COMMITMENTS: COMMITMENTS,
    What.CITIES: CITIES,
    What.ENTRIES: ENTRIES,
    What.QUESTIONS: QUESTIONS,
    What.MISSES: MISSES,
    What.ANNOUNCEMENTS: ANNOUNCEMENTS,
    What.REPLICATIONS: REPLICATIONS,
    What.EDITIONS: EDITIONS,
}


class NotThereError(Exception):
    """What was asked for does not fit: `option` (`shape`, or a filter) has this `value`, and there is only `known`;
    None where the table cannot be narrowed so."""

    def __init__(self, option: str, value: str, known: Collection[str] | None) -> None:
        super().__init__(option, value)
        self.option, self.value, self.known = option, value, known


def check(wanted: Wanted, library: Library, schedules: Schedules) -> None:
    """Raises NotThereError for the first thing that does not fit."""
    exporter = TABLES[wanted.what]
    if wanted.shape is not None and wanted.shape not in exporter.shapes:
        raise NotThereError("shape", wanted.shape.value, [shape.value for shape in exporter.shapes])
    for one, value in wanted.filters.items():
        known = choices(wanted.what, one, library, schedules)
        if known is None or value not in known:
            raise NotThereError(one.value, value, known)


def choices(what: What, by: Filter, library: Library, schedules: Schedules) -> Collection[str] | None:
    """What a table can be narrowed to; None where it cannot be narrowed by this."""
    exporter = TABLES[what]
    if by not in exporter.filters:
        return None
    if by is Filter.STATE:
        return exporter.states
    if by is Filter.CYCLE:
        return schedules.cycles.keys()
    if by is Filter.COUNTRY:
        return sorted({city.country for city in library.cities.values()})
    return library.topics.keys()


def shape_of(wanted: Wanted) -> Shape:
    return wanted.shape or TABLES[wanted.what].shapes[0]


def passes(wanted: Wanted) -> int:
    """How often what is read is gone through: columns that follow from the rows need a look at all of them first."""
    is_made_of_rows = TABLES[wanted.what].shapes[0] is Shape.LONG
    return 2 if is_made_of_rows and shape_of(wanted) is Shape.WIDE else 1


def counted(table: Table) -> tuple[Table, Callable[[], int]]:
    """The same table, and how many rows of it were read."""
    count = 0

    def rows() -> Iterator[Row]:
        nonlocal count
        for row in table.rows:
            count += 1
            yield row

    return replace(table, rows=rows()), lambda: count


def file_name(wanted: Wanted, suffix: str) -> str:
    """Such as `results-wide-2026-accepted.csv`."""
    exporter = TABLES[wanted.what]
    shape = shape_of(wanted)
    parts = [wanted.what.value, *([shape.value] if shape is not exporter.shapes[0] else [])]
    return f"{'-'.join([*parts, *wanted.filters.values()])}.{suffix}"
