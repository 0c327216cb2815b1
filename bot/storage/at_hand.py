"""The database for a command that only asks: none is made where there is none."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.domain.errors import OperatorError
from bot.storage.database import Database


@contextmanager
def database_at_hand(url: str, note: Callable[[str], None]) -> Iterator[Database]:
    """The database; where there is none yet, an empty one that is gone afterwards, and `note` is told so: a wrong
    address looks the same. Raises OperatorError where it is of another version."""
    file = _file_of(url)
    if file is not None and not file.exists():
        note(
            f"There is no database at {file.absolute()}, so what people reported is missing here. "
            "FOCAL_DATA or FOCAL_DATABASE_URL says where it is."
        )
        with (
            tempfile.TemporaryDirectory() as folder,
            _opened(f"sqlite:///{Path(folder) / 'empty.db'}") as empty,
        ):
            empty.upgrade()
            yield empty
        return
    with _opened(url) as database:
        status = database.status()
        if status.revision != status.newest_revision:
            raise OperatorError(
                "The database is not of this version. Start the bot once (focal run), which brings it up to date."
            )
        yield database


def _file_of(url: str) -> Path | None:
    """The file of an SQLite database, however its address is written."""
    try:
        parsed = make_url(url)
    except ArgumentError:
        return None  # whoever opens it says so
    is_file = parsed.get_backend_name() == "sqlite"
    return Path(parsed.database) if is_file and parsed.database else None


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
