"""What every kind of table has in common when a row of it is judged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from bot.domain.imports.mapping import Cells
from bot.domain.imports.numbers import number, quoted, year
from bot.domain.imports.verdicts import Finding, Verdict, WrongCellError

T = TypeVar("T")


@dataclass
class Judged:
    """A row with what was found of it. Every wrong cell is told, not only the first."""

    row: int
    cells: Cells
    findings: list[Finding] = field(default_factory=list)

    @property
    def is_rejected(self) -> bool:
        return any(each.verdict is Verdict.REJECTED for each in self.findings)

    def reject(self, key: str | None, code: str, message: str, cure: str | None = None) -> None:
        column = self.cells.their_name(key) if key is not None else None
        self.findings.append(Finding(self.row, column, Verdict.REJECTED, code, message, cure))

    def note(self, key: str | None, code: str, message: str) -> None:
        column = self.cells.their_name(key) if key is not None else None
        self.findings.append(Finding(self.row, column, Verdict.NOTE, code, message))

    def trying(self, function: Callable[[], T]) -> T | None:
        """What the function gives; None, with the row rejected, where it finds a cell wrong."""
        try:
            return function()
        except WrongCellError as wrong:
            self.reject(wrong.key, wrong.code, wrong.message, wrong.cure)
            return None

    def number(self, key: str) -> Decimal | None:
        """The number of a cell; None where it is empty, or none."""
        told = self.cells[key]
        if not told:
            return None
        found = self.trying(lambda: number(key, told))
        if found is None:
            return None
        value, is_plain = found
        if not is_plain:
            self.note(key, "read-as", f"{quoted(told)} is read as {value:f}")
        return value

    def year(self, key: str) -> int | None:
        """The year of a cell; None where it is empty, or none."""
        told = self.cells[key]
        return self.trying(lambda: year(key, told)) if told else None

    def share(self, key: str, value: Decimal | None, what: str) -> None:
        """Rejects a share outside 0 to 100."""
        if value is not None and not 0 <= value <= 100:
            cure = "write a share from 0 to 100, or another unit"
            message = f"read {quoted(self.cells[key])}, but {what} is between 0 and 100 per cent"
            self.reject(key, "share", message, cure)
        elif value is not None and 0 < value < 1:
            message = (
                f"{value:f} per cent is kept as it stands: less than one per cent, or was a fraction meant?"
            )
            self.note(key, "below-one", message)

    def one_of(self, key: str, codes: tuple[str, ...]) -> str | None:
        """A word of a closed list; None where the cell is empty, or has another."""
        told = self.cells.word(key).casefold()
        if told and told not in codes:
            message = f"read {quoted(self.cells[key])}, expected one of {', '.join(codes)}"
            self.reject(key, "choice", message, "write one of these, or translate it in the mapping")
            return None
        return told or None
