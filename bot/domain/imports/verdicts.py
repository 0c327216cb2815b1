"""What became of each row of a table, told so that whoever filled it in can put it right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    ACCEPTED = "accepted"
    REJECTED = "rejected"
    THERE_ALREADY = "there already"
    NOTE = "note"
    """Something to know about a row that is accepted."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One verdict. `row` counts as a spreadsheet does, the header being row 1; `column` is the name that it has in
    their table, None where the whole row is meant."""

    row: int
    column: str | None
    verdict: Verdict
    code: str
    message: str
    cure: str | None = None

    def __str__(self) -> str:
        where = f"row {self.row}" + (f", column {self.column}" if self.column else "")
        told = f"{self.message}; {self.cure}" if self.cure else self.message
        return f"{where}: {told}"

    def as_json(self) -> dict[str, str | int | None]:
        return {
            "row": self.row,
            "column": self.column,
            "verdict": self.verdict.value,
            "code": self.code,
            "message": self.message,
            "cure": self.cure,
        }


class WrongCellError(Exception):
    """A cell for which its row is rejected. `key` is our name of the column."""

    def __init__(self, key: str, code: str, message: str, cure: str | None = None) -> None:
        super().__init__(message)
        self.key, self.code, self.message, self.cure = key, code, message, cure
