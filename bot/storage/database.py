"""The database: one object that runs functions over units of work, each in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError
from sqlmodel import Session, func, select

from bot.domain.errors import OperatorError
from bot.domain.outgoing import MessageClass
from bot.domain.ports import UnitOfWork
from bot.domain.questions import QuestionState
from bot.storage import postgres, sqlite
from bot.storage.schema import HEAD, migrate, revision
from bot.storage.tables import PersonRow, QuestionRow
from bot.storage.work import SqlUnitOfWork

T = TypeVar("T")


@dataclass(frozen=True)
class ArchiveStatus:
    """What `focal status` tells about the database. `revision` is None where nothing was set up yet."""

    kind: str
    revision: str | None
    newest_revision: str
    people: int = 0
    open_questions: int = 0
    inbox: Mapping[str, int] | None = None
    outbox: Mapping[tuple[MessageClass, str], int] | None = None
    paused_until: datetime | None = None


class Database:
    """Implements `bot.domain.ports.Writer`.

    `url` is `sqlite:///path` or `postgresql://...`; another one raises OperatorError. An SQLite file that is
    not there is created for its owner only; its tables come with `upgrade()`. A function runs in another
    thread than its caller; it must not wait for a network and must not call the database itself.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            # The address may hold a password, so it is not repeated.
            raise OperatorError(f"FOCAL_DATABASE_URL is not an address of a database. {EXAMPLES}") from None
        kind = parsed.get_backend_name()
        self.path: Path | None = None
        self._writer: sqlite.GroupWriter | postgres.ThreadedWriter
        if kind == "sqlite" and parsed.database:
            self.path = Path(parsed.database)
            sqlite.make_private_file(self.path)
            self._engine = sqlite.open_engine(self.path)
            self._writer = sqlite.GroupWriter(self._engine)
        elif kind in ("postgresql", "postgres"):
            self._engine = postgres.open_engine(parsed)
            self._writer = postgres.ThreadedWriter(self._engine)
        else:
            raise OperatorError(f"FOCAL_DATABASE_URL names a database that Focal does not use. {EXAMPLES}")

    async def run(self, function: Callable[[UnitOfWork], T]) -> T:
        """Runs the function in one transaction and returns when it is committed; its error is raised here.

        A caller that is cancelled while it waits does not know whether the work was committed.
        """
        return await asyncio.wrap_future(self._submit(function))

    def run_now(self, function: Callable[[UnitOfWork], T]) -> T:
        """The same for code without an event loop, such as the command line."""
        return self._submit(function).result()

    def upgrade(self) -> Path | None:
        """Brings the schema to the newest version. The backup that was made of an older SQLite file before.

        Raises OperatorError where the database was made by a newer Focal.
        """
        with self._engine.connect() as connection:
            found = revision(connection)
        if found == HEAD:
            return None
        if self.path is None:
            migrate(self._engine)
            return None
        backup = None if found is None else self._backup_beside(self.path)
        engine = sqlite.open_engine(self.path, foreign_keys=False)
        try:
            migrate(engine)
        finally:
            engine.dispose()
        return backup

    def status(self) -> ArchiveStatus:
        kind = self._engine.dialect.name
        with self._engine.connect() as connection:
            found = revision(connection)
        if found != HEAD:
            return ArchiveStatus(kind, found, HEAD)
        return self._writer.submit(lambda session: _status(session, kind)).result()

    def copy_to(self, target: Path) -> None:
        """A safe copy of an SQLite database in use.

        Raises OperatorError where there is such a file already, and where the database is not SQLite.
        """
        if self.path is None:
            raise OperatorError("Copies of PostgreSQL are made with its own tools: pg_dump, pg_restore.")
        if target.exists():
            raise OperatorError(f"{target} is there already. Name a file that is not.")
        sqlite.copy_to(self.path, target)

    def close(self) -> None:
        """Finishes what was begun and lets the database go. Later calls raise RuntimeError."""
        self._writer.close()
        self._engine.dispose()

    def _submit(self, function: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._writer.submit(lambda session: function(SqlUnitOfWork(session)))

    def _backup_beside(self, path: Path) -> Path:
        number = 1
        while (target := path.with_name(f"{path.name}.before-{HEAD}.{number}")).exists():
            number += 1
        self.copy_to(target)
        return target


EXAMPLES = "Write sqlite:///data/focal.db, or postgresql://user:password@host/name."


def _status(session: Session, kind: str) -> ArchiveStatus:
    work = SqlUnitOfWork(session)
    asked = select(func.count()).where(QuestionRow.state == QuestionState.OPEN.value)
    return ArchiveStatus(
        kind=kind,
        revision=HEAD,
        newest_revision=HEAD,
        people=session.exec(select(func.count()).select_from(PersonRow)).one(),
        open_questions=session.exec(asked).one(),
        inbox=work.inbox.counts(),
        outbox=work.outbox.counts(),
        paused_until=work.outbox.pause_until(),
    )
