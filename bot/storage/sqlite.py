"""SQLite: how it is opened, the one thread that writes and groups commits, and safe copies."""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlmodel import Session

from bot.domain.errors import OperatorError

T = TypeVar("T")

MOST_IN_A_GROUP = 64
BUSY_MS = 10_000


def make_private_file(path: Path) -> None:
    """Creates the file for its owner only, in a folder of the same kind. What exists stays as it is."""
    if not path.parent.exists():
        path.parent.mkdir(parents=True, mode=0o700)
    if not path.exists():
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))


def open_engine(path: Path, foreign_keys: bool = True) -> Engine:
    """An engine whose every transaction is BEGIN IMMEDIATE.

    The default of the driver begins late and deferred: a read followed by a write then fails at once where
    another connection writes, whatever the time-out, and SAVEPOINT commits by itself.
    """
    # Errors are logged, and the parameters are what people wrote.
    engine = create_engine(f"sqlite:///{path}", hide_parameters=True)

    def connected(connection: sqlite3.Connection, _: object) -> None:
        connection.isolation_level = None
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            # NORMAL may lose the last commits when the power fails, and by then we have confirmed them.
            "synchronous=FULL",
            f"foreign_keys={'ON' if foreign_keys else 'OFF'}",
            # What is deleted for privacy is overwritten, not only let go.
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    def begun(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    event.listen(engine, "connect", connected)
    event.listen(engine, "begin", begun)
    return engine


def copy_to(source: Path, target: Path) -> None:
    """A consistent copy of a database in use, for its owner only, and checked. `target` must be new."""
    make_private_file(target)
    with closing(sqlite3.connect(source)) as origin, closing(sqlite3.connect(target)) as copy:
        origin.backup(copy)
        (verdict,) = copy.execute("PRAGMA integrity_check").fetchone()
    if verdict != "ok":
        raise OperatorError(f"The copy {target} is damaged ({verdict}). Is the disk in order?")


@dataclass(frozen=True)
class _Job:
    function: Callable[[Session], Any]
    future: Future[Any]


@dataclass(frozen=True)
class _Done:
    result: Any


@dataclass(frozen=True)
class _Failed:
    error: BaseException


class GroupWriter:
    """One thread that runs functions over sessions and commits up to 64 of them together.

    Each function has a savepoint of its own: one that raises is undone alone. A future is resolved after the
    commit, so nothing is told as done that a power cut could take back.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._closed = False
        self._thread = threading.Thread(target=self._serve, name="focal-writer", daemon=True)
        self._thread.start()

    def submit(self, function: Callable[[Session], T]) -> Future[T]:
        future: Future[T] = Future()
        with self._lock:
            if self._closed:
                raise RuntimeError("the database is closed")
            self._jobs.put(_Job(function, future))
        return future

    def close(self) -> None:
        """Finishes what was submitted, then ends the thread."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._jobs.put(None)
        self._thread.join()

    def _serve(self) -> None:
        going = True
        while going:
            taken = [self._jobs.get()]
            while len(taken) < MOST_IN_A_GROUP:
                try:
                    taken.append(self._jobs.get_nowait())
                except queue.Empty:
                    break
            going = None not in taken
            self._commit([job for job in taken if job and job.future.set_running_or_notify_cancel()])

    def _commit(self, group: Sequence[_Job]) -> None:
        try:
            with self._engine.begin() as connection:
                outcomes = [_attempt(connection, job.function) for job in group]
        except BaseException as lost:
            for job in group:
                job.future.set_exception(lost)
            return
        for job, outcome in zip(group, outcomes, strict=True):
            match outcome:
                case _Done(result):
                    job.future.set_result(result)
                case _Failed(error):
                    job.future.set_exception(error)


def _attempt(connection: Connection, function: Callable[[Session], Any]) -> _Done | _Failed:
    try:
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            result = function(session)
            session.commit()
        return _Done(result)
    except BaseException as error:
        # A full disk makes SQLite undo the whole transaction by itself. The group is lost then: a later
        # function would be committed alone, while its caller is told that it failed.
        if not _in_transaction(connection):
            raise
        return _Failed(error)


def _in_transaction(connection: Connection) -> bool:
    driver: Any = connection.connection.dbapi_connection
    return bool(driver.in_transaction)
