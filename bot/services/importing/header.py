"""The first row of a table: which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.problems import nearest
from bot.domain.imports.columns import FIELDS, What
from bot.domain.imports.mapping import ColumnMapping, as_it_is
from bot.domain.imports.verdicts import Finding, Verdict
from bot.domain.imports.why import ToldError, Why


class HeaderError(ToldError):
    """A table whose columns do not fit."""


def places_of(
    what: What, header: Sequence[str], mapping: ColumnMapping | None
) -> tuple[ColumnMapping, dict[str, int], list[Finding]]:
    """The mapping that counts, where each column of theirs is, and notes about columns that are not taken over.

    Raises HeaderError where a column that the mapping names, or one that is needed, is not there.
    """
    places: dict[str, int] = {}
    for at, name in enumerate(header):
        places.setdefault(name, at)
        places.setdefault(name.strip(), at)
    twice = [name for at, name in enumerate(header) if name.strip() and places[name] != at]
    if twice:
        raise HeaderError(Why.COLUMN_TWICE, column=twice[0])
    if mapping is None:
        mapping = as_it_is(what, header)
    else:
        for column in sorted(mapping.their_columns() - set(places)):
            like = nearest(column, places)
            if like is not None:
                raise HeaderError(Why.MAPPED_COLUMN_LIKE, column=column, like=like)
            raise HeaderError(Why.MAPPED_COLUMN, column=column, columns=tuple(filter(None, header)))
    for field in FIELDS[what]:
        if field.needed and field.key not in mapping.columns:
            own = tuple(f.key for f in FIELDS[what] if f.needed)
            raise HeaderError(Why.COLUMN_MISSING, column=field.key, needed=own, what=what.value)
    used = mapping.their_columns()
    notes = [
        Finding(1, name, Verdict.NOTE, Why.NOT_TAKEN_OVER)
        for name in header
        if name.strip() and name not in used and name.strip() not in used
    ]
    return mapping, places, notes
