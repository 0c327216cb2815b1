"""The program behind `focal export`: the house is opened for reading, and a table written part by part."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, BinaryIO

from bot.content.loader import Loaded
from bot.documents.tables_out import TooWideError, to_csv, to_xlsx
from bot.domain.errors import OperatorError
from bot.domain.exports import Wanted
from bot.domain.people import Person, with_admin_rights
from bot.domain.ports import UnitOfWork
from bot.lookup.index import Index
from bot.outputs import note
from bot.services.desk import Desk
from bot.services.exporting.base import Known, Part
from bot.services.exporting.tables import TABLES, counted, passes
from bot.services.knowledge import Knowledge
from bot.services.roles import OPERATOR
from bot.settings import Settings
from bot.storage.at_hand import database_at_hand
from bot.storage.database import Database
from bot.texts.renderer import Renderer

AT_A_TIME = 20
"""Parts that are read in one unit of work: nobody else writes meanwhile."""


def export(
    settings: Settings,
    loaded: Loaded,
    wanted: Wanted,
    out: BinaryIO,
    now: datetime,
    say: Callable[[int, int], None],
    *,
    as_excel: bool,
) -> int:
    """Writes the table that is asked for; how many rows it has. `say` is told how much of how much has been read."""
    # Nothing is looked up here, so nothing has to be found: an index of no entries does.
    knowledge = Knowledge(loaded.library, Index.build(type(loaded.library)()), schedules=loaded.schedules)
    operator = with_admin_rights(Person(OPERATOR, settings.language))
    exporter = TABLES[wanted.what]

    def desk(work: UnitOfWork) -> Desk:
        renderer = Renderer("", settings.language)
        return Desk(operator, knowledge, work, now, renderer, settings.admins, "export")

    with database_at_hand(settings.database, note) as database:
        parts = database.run_now(lambda work: exporter.parts(desk(work), wanted))
        done = 0

        def read() -> Iterator[tuple[Part, Any]]:
            nonlocal done
            for start in range(0, len(parts), AT_A_TIME):
                some = parts[start : start + AT_A_TIME]
                yield from zip(some, _read(database, desk, wanted, some), strict=True)
                done += len(some)
                say(done, len(parts) * passes(wanted))

        table, count = counted(exporter.table(Known(loaded.library, loaded.schedules, now), wanted, read))
        if as_excel:
            try:
                to_xlsx(table, out)
            except TooWideError:
                raise OperatorError(
                    f"There are {len(table.columns)} columns, more than Excel has: choose --format csv, or "
                    "--shape long."
                ) from None
        else:
            for piece in to_csv(table):
                out.write(piece)
        return count()


def _read(
    database: Database, desk: Callable[[UnitOfWork], Desk], wanted: Wanted, parts: Sequence[Part]
) -> Sequence[Any]:
    read = TABLES[wanted.what].read

    def unit(work: UnitOfWork) -> Sequence[Any]:
        there = desk(work)
        return [read(there, wanted, part) for part in parts]

    return database.run_now(unit)
