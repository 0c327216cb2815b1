"""Which column of somebody's table is which of ours, and what their words mean in ours."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.domain.imports.column_names import key_of
from bot.domain.imports.columns import FIELDS, What

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Choice:
    """One place where a value of ours may stand.

    `column` is theirs, `key` leads into the JSON that stands in it, `values` translates, `leave` are cells that mean
    nothing here. `only_listed`: what is not in `values` means nothing either. `fixed` is a value for all rows.
    """

    column: str | None = None
    key: str | None = None
    values: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    leave: frozenset[str] = frozenset()
    only_listed: bool = False
    fixed: str | None = None

    def read(self, cell: str) -> str:
        """The value for this cell; an empty text where there is none."""
        if self.key is not None:
            cell = _inside(cell, self.key)
        bare = cell.strip()
        if bare in self.values:
            return self.values[bare]
        return "" if bare in self.leave or self.only_listed else cell


@dataclass(frozen=True)
class ColumnMapping:
    """Each column of ours with the places where it may stand: the first that has something counts.

    `zones` has the time zone of new cities by country, `countries` the two letters for names of countries.
    """

    what: What
    columns: Mapping[str, tuple[Choice, ...]]
    zones: Mapping[str, str] = field(default_factory=lambda: NOTHING)
    countries: Mapping[str, str] = field(default_factory=lambda: NOTHING)

    def their_columns(self) -> frozenset[str]:
        return frozenset(
            c.column for choices in self.columns.values() for c in choices if c.column is not None
        )


@dataclass(frozen=True, slots=True)
class Cell:
    """What was read, and from which column of theirs; an empty text and None where nothing is told."""

    text: str = ""
    column: str | None = None


class Cells:
    """One row, by our names."""

    def __init__(self, mapping: ColumnMapping, places: Mapping[str, int], values: Sequence[str]) -> None:
        self._mapping, self._places, self._values = mapping, places, values

    def all(self, key: str) -> Iterator[Cell]:
        """What stands at each place that this may come from, nothing left out but the empty ones."""
        for choice in self._mapping.columns.get(key, ()):
            if choice.fixed is not None:
                yield Cell(choice.fixed)
                continue
            at = self._places.get(choice.column or "")
            text = choice.read(self._values[at]) if at is not None and at < len(self._values) else ""
            if text and not text.isspace():
                yield Cell(text, choice.column)

    def cell(self, key: str) -> Cell:
        return next(self.all(key), Cell())

    def __getitem__(self, key: str) -> str:
        """To the letter."""
        return self.cell(key).text

    def word(self, key: str) -> str:
        """Without the blanks around it."""
        return self.cell(key).text.strip()

    def their_name(self, key: str) -> str:
        """What the column is called in their table: the one that the value came from, else the first possible."""
        choices = self._mapping.columns.get(key, ())
        return self.cell(key).column or next((c.column for c in choices if c.column is not None), key)


def as_it_is(what: What, header: Sequence[str]) -> ColumnMapping:
    """The mapping of a table whose columns have our names, or common ones, in any case and order."""
    own = {field.key for field in FIELDS[what]}
    columns: dict[str, tuple[Choice, ...]] = {}
    for name in header:
        key = key_of(name, own)
        if key is not None:
            columns.setdefault(key, (Choice(name),))
    return ColumnMapping(what, columns)


def _inside(cell: str, key: str) -> str:
    try:
        found = json.loads(cell) if cell.strip() else {}
    except ValueError:
        return ""
    value = found.get(key) if isinstance(found, dict) else None
    if isinstance(value, bool) or value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
