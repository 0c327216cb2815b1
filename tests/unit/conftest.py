"""A database, a time and a wire for the tests of what goes out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from post_office import ScriptedWire, Time

from bot.storage.database import Database


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "focal.db"


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def wire(time: Time) -> ScriptedWire:
    return ScriptedWire(time)
