"""The database for a command that only asks: none is made where there is none."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.domain.errors import OperatorError
from bot.storage.database import Database

SQLITE = "sqlite:///"


@contextmanager
def database_at_hand(url: str) -> Iterator[Database]:
    """The database; where there is none yet, an empty one that is gone afterwards. Raises OperatorError where it is
    of another version."""
    file = url.removeprefix(SQLITE)
    if file != url and not Path(file).exists():
        with (
            tempfile.TemporaryDirectory() as folder,
            _opened(f"{SQLITE}{Path(folder) / 'empty.db'}") as empty,
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


@contextmanager
def _opened(url: str) -> Iterator[Database]:
    database = Database(url)
    try:
        yield database
    finally:
        database.close()
