"""What every kind of table has in common when a row of it is judged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TypeVar

from bot.domain.imports.mapping import Cells
from bot.domain.imports.numbers import number, unit, year
from bot.domain.imports.verdicts import Finding, Verdict, WrongCellError
from bot.domain.imports.why import Value, Why

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

    def reject(self, key: str | None, why: Why, **values: Value) -> None:
        self._find(key, Verdict.REJECTED, why, values)

    def note(self, key: str | None, why: Why, **values: Value) -> None:
        self._find(key, Verdict.NOTE, why, values)

    def _find(self, key: str | None, verdict: Verdict, why: Why, values: Mapping[str, Value]) -> None:
        column = self.cells.their_name(key) if key is not None else None
        self.findings.append(Finding(self.row, column, verdict, why, values))

    def trying(self, function: Callable[[], T]) -> T | None:
        """What the function gives; None, with the row rejected, where it finds a cell wrong."""
        try:
            return function()
        except WrongCellError as wrong:
            self.reject(wrong.key, wrong.why, **wrong.values)
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
            self.note(key, Why.READ_AS, read=told, value=value)
        return value

    def year(self, key: str) -> int | None:
        """The year of a cell; None where it is empty, or none."""
        told = self.cells[key]
        return self.trying(lambda: year(key, told)) if told else None

    def ends(self, key: str, far_key: str) -> tuple[Decimal | None, Decimal | None]:
        """A figure and the other end of its range. Rejects an end that stands alone."""
        near, far = self.number(key), self.number(far_key)
        if self.cells.word(far_key) and not self.cells.word(key):
            self.reject(far_key, Why.END_ALONE, read=self.cells[far_key])
        return near, far

    def unit(self, key: str) -> str:
        """The unit in a cell, as it is told everywhere; an empty text where there is none."""
        told = self.cells.word(key)
        found = unit(told)
        if found != told:
            self.note(key, Why.READ_AS, read=told, value=found)
        return found

    def share(self, key: str, value: Decimal | None, *, of_target: bool = False) -> None:
        """Rejects a share, of a target or by which something is reduced, outside 0 to 100."""
        if value is None:
            return
        if not 0 <= value <= 100 and of_target:
            self.reject(key, Why.SHARE_OF_TARGET, read=self.cells[key])
        elif not 0 <= value <= 100:
            self.reject(key, Why.SHARE_OF_REDUCTION, read=self.cells[key])
        elif 0 < value < 1:
            self.note(key, Why.BELOW_ONE, value=value)

    def one_of(self, key: str, codes: Sequence[str]) -> str | None:
        """A word of a closed list; None where the cell is empty, or has another."""
        told = self.cells.word(key).casefold()
        if told and told not in codes:
            self.reject(key, Why.CHOICE, read=self.cells[key], choices=tuple(codes))
            return None
        return told or None
