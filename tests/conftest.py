"""What all tests share."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import postgres_server
import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


@pytest.fixture(scope="session")
def knowledge() -> Path:
    """The content that ships."""
    return ROOT / "knowledge"


@pytest.fixture(scope="session")
def postgres() -> Iterator[postgres_server.Server]:
    """A real PostgreSQL, one for each process of tests."""
    try:
        with postgres_server.running() as server:
            yield server
    except postgres_server.NoServerError as error:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"PostgreSQL: {error}")
