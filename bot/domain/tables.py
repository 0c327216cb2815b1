"""Tables that go out to analysts and come in: named columns of one kind each, and the guard of their texts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Cell: TypeAlias = str | Decimal | int | date | datetime | None
Row: TypeAlias = tuple[Cell, ...]

GUARD = "'"
_STARTS_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]|'*[\t\r\n]")
"""Spreadsheets of some languages take the wide signs for formulas, too, and some pass over blanks before a sign."""
_BEHIND_A_SEPARATOR, _FORMULA_FOLLOWS = r"(?<=[;\t\r\n])", r"(?='*[^\S\t\r\n]*[=+\-@＝＋－＠])"
_STARTS_WITHIN = re.compile(_BEHIND_A_SEPARATOR + _FORMULA_FOLLOWS)
"""Where a spreadsheet begins a new cell that takes `;` or a tab for what stands between cells: it does so also within
quotes, where these do not stand at the beginning of its own cell."""
_GUARD_WITHIN = re.compile(_BEHIND_A_SEPARATOR + GUARD + _FORMULA_FOLLOWS)
_PLAIN_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?")


class CellKind(StrEnum):
    TEXT = "text"
    NUMBER = "number"
    """A decimal number, with the precision that was typed."""
    INTEGER = "integer"
    DATE = "date"
    MOMENT = "moment"
    """A date with its time, in UTC."""


@dataclass(frozen=True, slots=True)
class Column:
    """`key` is its name in the header: English snake_case, the same in every language."""

    key: str
    kind: CellKind = CellKind.TEXT


@dataclass(frozen=True)
class Table:
    """`rows` may be read once; each has a cell a column. An empty cell is None."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(column.key for column in self.columns)


def guarded(text: str) -> str:
    """A text as it may stand in a file that a spreadsheet opens: one that would be taken for a formula gets a `'`
    before it, and so does what would be one behind a `;`, a tab or the end of a line. A plain number is none."""
    within = _STARTS_WITHIN.sub(GUARD, text)
    return GUARD + within if _needs_guard(text) else within


def unguarded(text: str) -> str:
    """The text that was guarded: the inverse of `guarded` for every text."""
    text = _GUARD_WITHIN.sub("", text)
    bare = text.removeprefix(GUARD)
    return bare if bare != text and _needs_guard(bare) else text


def _needs_guard(text: str) -> bool:
    return bool(_STARTS_FORMULA.match(text)) and not _PLAIN_NUMBER.fullmatch(text)
