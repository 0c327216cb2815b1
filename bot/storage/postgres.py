"""PostgreSQL: the same functions in a small pool of threads, so that several replicas can work together."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL, Engine, create_engine
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session

from bot.domain.errors import OperatorError

T = TypeVar("T")

THREADS = 8

LOST_A_RACE = frozenset({"40001", "40P01", "23505"})
"""SQLSTATE of a transaction that was undone only because another one was at the same rows: it could not be put in a
row with it, each waited for the other (a deadlock), or both inserted what there is one of."""
MOST_TRIES = 6
FIRST_WAIT = 0.01
"""Seconds before the second try, at most; twice as many before each further one."""


def open_engine(url: URL) -> Engine:
    """An engine. Raises OperatorError where the driver is not installed."""
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"),
            pool_size=THREADS,
            max_overflow=1,
            pool_pre_ping=True,
            # Errors are logged, and the parameters are what people wrote.
            hide_parameters=True,
        )
    except ImportError:
        raise OperatorError(
            "FOCAL_DATABASE_URL names PostgreSQL, whose driver is not installed here: "
            "pip install 'focal[postgres]'"
        ) from None


class ThreadedWriter:
    """Runs each function in a transaction of its own, up to eight at a time.

    A function reads everything it goes by in its transaction. So one that lost a race is simply run again, and finds
    what the other one did.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="focal-writer")

    def submit(self, function: Callable[[Session], T]) -> Future[T]:
        return self._threads.submit(self._run, function)

    def close(self) -> None:
        """Finishes what was submitted, then ends the threads."""
        self._threads.shutdown(wait=True)

    def _run(self, function: Callable[[Session], T]) -> T:
        tries = 1
        while True:
            try:
                with Session(self._engine, expire_on_commit=False) as session, session.begin():
                    return function(session)
            except DBAPIError as error:
                if tries == MOST_TRIES or getattr(error.orig, "sqlstate", None) not in LOST_A_RACE:
                    raise
            # By chance: two that met once would meet again.
            time.sleep(random.uniform(0, FIRST_WAIT * 2**tries))  # noqa: S311 - a pause, not a secret
            tries += 1
