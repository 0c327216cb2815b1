"""A whole table, row by row: judged, and the good rows kept on the disk until their files can be written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.documents.tables_in import SheetRow
from bot.domain.imports.cities import Cities, Names
from bot.domain.imports.columns import REMARK, What
from bot.domain.imports.judging import Judged
from bot.domain.imports.mapping import Cells, ColumnMapping
from bot.domain.imports.verdicts import Finding, Verdict
from bot.domain.imports.why import Why
from bot.services.importing.ground import Ground, Invited, Judge, Shelf
from bot.services.importing.header import HeaderError, places_of
from bot.services.importing.judges import judge_of

Find = Callable[[Finding], None]


@dataclass(frozen=True)
class Outcome:
    """What a table would change. The files stand in the folder `out` of the scratch folder, by these paths."""

    rows: int
    accepted: int
    rejected: int
    there_already: int
    files: tuple[str, ...] = ()
    people: tuple[Invited, ...] = ()


def run(
    what: What,
    rows: Iterator[SheetRow],
    mapping: ColumnMapping | None,
    shelf: Shelf,
    scratch: Path,
    find: Find,
    say: Callable[[int], None] = lambda row: None,
) -> Outcome:
    """Judges a whole table and writes what comes of it below `scratch`. `find` gets every verdict as it falls, `say`
    the number of each row. Raises HeaderError, and what reading the table raises."""
    header = next(rows, None)
    if header is None:
        raise HeaderError(Why.NO_HEADER)
    mapping, places, notes = places_of(what, header.cells, mapping)
    for note in notes:
        find(note)
    names = Names(set(shelf.ids) | set(shelf.library.entries))
    names.taken.update(old for entry in shelf.library.entries.values() for old in entry.formerly)
    ground = Ground(shelf, mapping, scratch, names, Cities(shelf.library, shelf.geography, names))
    judge = judge_of(what)(ground)
    counts = dict.fromkeys((Verdict.ACCEPTED, Verdict.REJECTED, Verdict.THERE_ALREADY), 0)
    remarks = 0
    for row in rows:
        if row.cells[0].startswith(REMARK):
            remarks += 1
            continue
        verdict = _verdict(judge, row, Cells(mapping, places, row.cells), len(header.cells), find)
        counts[verdict] += 1
        say(row.number)
    if remarks:
        whole = Judged(1, Cells(mapping, places, header.cells))
        whole.note(None, Why.REMARKS, count=remarks)
        find(*whole.findings)
    people = judge.finish()
    return Outcome(
        rows=sum(counts.values()),
        accepted=counts[Verdict.ACCEPTED],
        rejected=counts[Verdict.REJECTED],
        there_already=counts[Verdict.THERE_ALREADY],
        files=tuple(sorted(ground.written)),
        people=people,
    )


def _verdict(judge: Judge, row: SheetRow, cells: Cells, width: int, find: Find) -> Verdict:
    judged = Judged(row.number, cells)
    is_new = False
    if any(cell.strip() for cell in row.cells[width:]):
        judged.reject(None, Why.TOO_MANY_CELLS, cells=len(row.cells), columns=width)
    else:
        is_new = judge.judge(judged)
    if judged.is_rejected:
        for finding in judged.findings:
            find(finding)
        return Verdict.REJECTED
    verdict = Verdict.ACCEPTED if is_new else Verdict.THERE_ALREADY
    if not is_new:
        find(Finding(row.number, None, verdict, Why.THERE_ALREADY))
        return verdict
    find(Finding(row.number, None, verdict, Why.ACCEPTED))
    for finding in judged.findings:
        find(finding)
    return verdict
