"""The verdicts of a table as a file for whoever sent it: on the disk while they fall, and never without end."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from types import TracebackType

from bot.documents.office import packed
from bot.documents.tables_out import CsvOut
from bot.domain.imports.verdicts import Finding, Verdict
from bot.domain.tables import Column
from bot.domain.views.importing import RejectedRow
from bot.texts.import_phrases import Teller

VERDICTS = tuple(Column(key) for key in ("row", "column", "verdict", "code", "message", "cure"))
MOST_TOLD = 20_000
"""Verdicts of one kind that are told one by one: who has more corrects these first. The others are counted. Each kind
has its own, so that many good rows hide no bad ones."""
LARGEST_PLAIN = 1_000_000
"""Bytes of a file that goes out as it is; a larger one is packed."""
FIRST = 3
LONGEST_NAME = 40


class VerdictSheet:
    """Takes verdicts one by one. `first` are the first rows that were rejected, told shortly."""

    def __init__(self, path: Path, teller: Teller) -> None:
        self.path, self.teller = path, teller
        self.first: list[RejectedRow] = []
        self._file = path.open("wb")
        self._out = CsvOut(self._file, VERDICTS)
        self._told: Counter[Verdict] = Counter()
        self._others: Counter[tuple[Verdict, str]] = Counter()

    def __enter__(self) -> VerdictSheet:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def find(self, finding: Finding) -> None:
        if self._told[finding.verdict] >= MOST_TOLD:
            self._others[finding.verdict, finding.why.code] += 1
            return
        self._told[finding.verdict] += 1
        row = self.teller.row(finding)
        self._out.write(tuple(row.values()))
        is_new = all(finding.row != each.row for each in self.first)
        if finding.verdict is Verdict.REJECTED and is_new and len(self.first) < FIRST:
            words = "; ".join(str(row[key]) for key in ("message", "cure") if row[key])
            self.first.append(RejectedRow(finding.row, finding.column, words))

    def finished(self, table: str) -> tuple[str, bytes]:
        """Its name, after that of the table, and its content."""
        for (verdict, code), count in self._others.items():
            self._out.write((None, None, verdict.value, code, self.teller.others(count), None))
        self._out.flush()
        name = f"{Path(table).stem[:LONGEST_NAME] or 'table'}-verdicts.csv"
        content = self.path.read_bytes()
        if len(content) <= LARGEST_PLAIN:
            return name, content
        return f"{name.removesuffix('.csv')}.zip", packed([(name, content)])
