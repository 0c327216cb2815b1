"""The first row of a table: which of its columns is which of ours."""

from __future__ import annotations

from collections.abc import Sequence

from bot.content.problems import did_you_mean
from bot.domain.imports.columns import FIELDS, What
from bot.domain.imports.mapping import ColumnMapping, as_it_is
from bot.domain.imports.verdicts import Finding, Verdict


class HeaderError(Exception):
    """A table whose columns do not fit; the text says what to do."""


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
        raise HeaderError(f"The column “{twice[0]}” is there twice: give each its own name.")
    if mapping is None:
        mapping = as_it_is(what, header)
    else:
        for column in sorted(mapping.their_columns() - set(places)):
            cure = did_you_mean(column, places) or f"the columns are {', '.join(filter(None, header))}"
            raise HeaderError(
                f"The mapping names a column “{column}”, which the table does not have: {cure}."
            )
    for field in FIELDS[what]:
        if field.needed and field.key not in mapping.columns:
            own = ", ".join(f.key for f in FIELDS[what] if f.needed)
            raise HeaderError(
                f"There is no column “{field.key}” ({field.meaning}). A table of {what} needs: {own}. "
                f"`focal import {what} --template FILE.csv` writes one with all columns, "
                "and a mapping says which column of yours is which."
            )
    used = mapping.their_columns()
    notes = [
        Finding(1, name, Verdict.NOTE, "not-taken-over", "this column is not taken over")
        for name in header
        if name.strip() and name not in used and name.strip() not in used
    ]
    return mapping, places, notes
