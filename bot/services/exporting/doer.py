"""The long work behind /export: what is needed is read in one unit of work, the file made without the database."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from bot.documents.tables_out import TooWideError, to_csv, to_xlsx
from bot.domain.cycles import ReportingCycle
from bot.domain.exports import Shape, Wanted, What
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import Action
from bot.domain.views import View
from bot.domain.views.exporting import Exported, ExportEmpty, ExportFile
from bot.services.desk import Desk
from bot.services.exporting.asking import sees_some
from bot.services.exporting.base import Known, Part
from bot.services.exporting.tables import TABLES, counted, file_name, passes, shape_of
from bot.services.long_work import Doer, Gathering, Made, MadeFile, Say

AT_A_TIME = 20
"""Parts that are read in one unit of work: nobody else writes meanwhile."""


@dataclass(frozen=True)
class Gathered:
    wanted: Wanted
    as_excel: bool
    known: Known
    parts: Sequence[tuple[Part, Any]]
    cycle: ReportingCycle | None
    of_countries: bool


def _gather(desk: Desk, work: LongWork) -> Gathering:
    wanted = _wanted(work)
    exporter = TABLES[wanted.what]
    if not desk.may(exporter.action):
        raise CannotBeMadeError(WorkReason.NOT_ALLOWED)
    parts = exporter.parts(desk, wanted)
    begun = Gathered(
        wanted,
        work.params["format"] == "xlsx",
        Known(desk.library, desk.schedules, desk.now),
        (),
        desk.schedules.cycles.get(wanted.cycle or ""),
        sees_some(desk),
    )

    def reading(some: Sequence[Part]) -> Callable[[Desk], Sequence[tuple[Part, Any]]]:
        return lambda desk: [(part, exporter.read(desk, wanted, part)) for part in some]

    def whole(read: Sequence[Sequence[tuple[Part, Any]]]) -> Gathered:
        return replace(begun, parts=list(chain.from_iterable(read)))

    starts = range(0, len(parts), AT_A_TIME)
    return Gathering([reading(parts[start : start + AT_A_TIME]) for start in starts], whole)


def _make(gathered: Gathered, say: Say) -> Made:
    wanted = gathered.wanted
    done = 0
    of = len(gathered.parts) * passes(wanted)

    def source() -> Iterator[tuple[Part, Any]]:
        nonlocal done
        for part in gathered.parts:
            say(done, of)
            yield part
            done += 1

    table, count = counted(TABLES[wanted.what].table(gathered.known, wanted, source))
    out = io.BytesIO()
    if gathered.as_excel:
        try:
            to_xlsx(table, out)
        except TooWideError:
            raise CannotBeMadeError(WorkReason.TOO_WIDE) from None
    else:
        out.writelines(to_csv(table))
    if not count():
        return Made((), ExportEmpty(wanted.what, gathered.cycle, gathered.of_countries))
    of_reports = wanted.what is What.RESULTS and wanted.cycle is not None
    caption = ExportFile(
        wanted.what, shape_of(wanted), count(), gathered.cycle, gathered.of_countries, of_reports
    )
    name = file_name(wanted, "xlsx" if gathered.as_excel else "csv")
    return Made((MadeFile(name, out.getvalue(), caption),), Exported(wanted.what, count()))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    assert isinstance(made.result, View)
    return made.result


def _wanted(work: LongWork) -> Wanted:
    params = work.params
    return Wanted(What(params["what"]), Shape(params["shape"]), cycle=params.get("cycle"))


EXPORT = Doer(Action.EXPORT, _gather, _make, _finish)
