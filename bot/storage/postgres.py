"""PostgreSQL: the same functions in a small pool of threads, so that several replicas can work together."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy import URL, Engine, create_engine
from sqlmodel import Session

from bot.domain.errors import OperatorError

T = TypeVar("T")

THREADS = 8


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
    """Runs each function in a transaction of its own, up to eight at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="focal-writer")

    def submit(self, function: Callable[[Session], T]) -> Future[T]:
        return self._threads.submit(self._run, function)

    def close(self) -> None:
        """Finishes what was submitted, then ends the threads."""
        self._threads.shutdown(wait=True)

    def _run(self, function: Callable[[Session], T]) -> T:
        with Session(self._engine, expire_on_commit=False) as session, session.begin():
            return function(session)
