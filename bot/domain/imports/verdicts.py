"""What became of each row of a table, told so that whoever filled it in can put it right."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from bot.domain.imports.why import ToldError, Value, Why

NO_BLANKS: Mapping[str, Value] = MappingProxyType({})


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    THERE_ALREADY = "there already"
    NOTE = "note"
    """Something to know about a row that is accepted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict. `row` counts as a spreadsheet does, the header being row 1; `column` is the name that it has in
    their table, None where the whole row is meant. `values` fill the blanks of the sentence that `why` names."""

    row: int
    column: str | None
    verdict: Verdict
    why: Why
    values: Mapping[str, Value] = field(default_factory=lambda: NO_BLANKS)


class WrongCellError(ToldError):
    """A cell for which its row is rejected. `key` is our name of the column."""

    def __init__(self, key: str, why: Why, **values: Value) -> None:
        super().__init__(why, **values)
        self.key = key
