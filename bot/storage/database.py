"""The database: one object that runs functions over units of work, each in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.domain.errors import OperatorError
from bot.domain.outgoing import MessageClass
from bot.domain.ports import UnitOfWork
from bot.storage import postgres, sqlite
from bot.storage.lock import ProgramLock
from bot.storage.schema import HEAD, migrate, revision
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


class Database:
    """Implements `bot.domain.ports.Writer`.

    `url` is `sqlite:///path` or `postgresql://...`; another one raises OperatorError, and so does a place that
    cannot be written to. An SQLite file that is not there is created for its owner only; its tables come with
    `upgrade()`. A function runs in another thread than its caller; it must not wait for a network and must
    not call the database itself.
    """

    def __init__(self, url: str) -> None:
        try:
            parsed = make_url(url)
        except ArgumentError:
            # The address may hold a password, so it is not repeated.
            raise OperatorError(f"FOCAL_DATABASE_URL is not an address of a database. {EXAMPLES}") from None
        kind = parsed.get_backend_name()
        self.path: Path | None = None
        self._lock: ProgramLock | None = None
        self._writer: sqlite.GroupWriter | postgres.ThreadedWriter
        if kind == "sqlite" and parsed.database:
            self.path = Path(parsed.database)
            try:
                sqlite.make_private_file(self.path)
            except OSError as error:
                raise OperatorError(
                    f"The database {self.path} cannot be made ({error.strerror}). Give FOCAL_DATA a folder that "
                    "this user may write to."
                ) from None
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

    def hold(self) -> None:
        """Keeps an SQLite file for this program alone, until `close` or its end, for whoever sends from it.

        Two that send from one file would each take what the other has on the wire for left over from a crash.
        Raises OperatorError where another program holds it.
        """
        if self.path is not None and self._lock is None:
            self._lock = ProgramLock(self.path.with_name(f"{self.path.name}.lock"))

    def upgrade(self) -> Path | None:
        """Brings the schema to the newest version. The backup that was made of an older SQLite file before.

        Raises OperatorError where the database was made by a newer Focal, and where it cannot be opened.
        """
        with self._opened() as connection:
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
        """How the database is. Raises OperatorError where it cannot be opened."""
        kind = self._engine.dialect.name
        with self._opened() as connection:
            found = revision(connection)
        if found != HEAD:
            return ArchiveStatus(kind, found, HEAD)
        return self.run_now(
            lambda work: ArchiveStatus(
                kind=kind,
                revision=found,
                newest_revision=HEAD,
                people=work.people.count(),
                open_questions=work.questions.count_waiting(),
                inbox=work.inbox.counts(),
                outbox=work.outbox.counts(),
            )
        )

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
        if self._lock is not None:
            self._lock.release()
            self._lock = None

    @contextmanager
    def _opened(self) -> Iterator[Connection]:
        try:
            with self._engine.connect() as connection:
                yield connection
        except DBAPIError as error:
            reason = (str(error.orig).splitlines() or [type(error.orig).__name__])[0]
            raise OperatorError(f"The database cannot be opened: {reason}") from None

    def _submit(self, function: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._writer.submit(lambda session: function(SqlUnitOfWork(session)))

    def _backup_beside(self, path: Path) -> Path:
        number = 1
        while (target := path.with_name(f"{path.name}.before-{HEAD}.{number}")).exists():
            number += 1
        self.copy_to(target)
        return target


EXAMPLES = "Write sqlite:///data/focal.db, or postgresql://user:password@host/name."
