"""A real database for each test: SQLite and PostgreSQL in turn, SQLite alone where a test looks into its file."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.storage.database import Database

SQLITE, POSTGRESQL = "sqlite", "postgresql"


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    named = any("address" in mark.args[0] for mark in metafunc.definition.iter_markers("parametrize"))
    if "address" in metafunc.fixturenames and not named:
        needs_the_file = "path" in inspect.signature(metafunc.function).parameters
        kinds = (SQLITE,) if needs_the_file else (SQLITE, POSTGRESQL)
        metafunc.parametrize("address", kinds, indirect=True)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "focal.db"


@pytest.fixture
def address(request: pytest.FixtureRequest, path: Path) -> Iterator[str]:
    """The address of a database of this test's own."""
    if request.param == SQLITE:
        yield f"sqlite:///{path}"
    else:
        with request.getfixturevalue("postgres").database() as made:
            yield made


@pytest.fixture
def database(address: str) -> Iterator[Database]:
    database = Database(address)
    database.upgrade()
    yield database
    database.close()


@pytest.fixture
def now() -> datetime:
    return datetime(2026, 11, 21, 9, 30, 0, 123456, tzinfo=UTC)
