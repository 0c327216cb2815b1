"""The stage as fixtures: a bot with a small network, or with the content that ships."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, TypeAlias

import pytest
import pytest_asyncio

from bot.rehearsal.emulator import Emulator
from bot.rehearsal.people import Player

from .network import write_network
from .stage import AIKO, KENJI, MARIE, SARI, WEI, Stage, bot_on
from .twelve_cities import Network, network_of_the_source

ROOT = Path(__file__).resolve().parents[2]

Staged: TypeAlias = Callable[..., AbstractAsyncContextManager[Stage]]


@pytest.fixture
def network(tmp_path: Path) -> Path:
    """A small network of files, to be edited at will."""
    return write_network(tmp_path / "knowledge")


@pytest.fixture
def staged(tmp_path: Path) -> Staged:
    """`async with staged(folder) as stage`, and whatever settings are to be otherwise."""

    @asynccontextmanager
    async def build(folder: Path, emulator: Emulator | None = None, **more: Any) -> AsyncIterator[Stage]:
        if emulator is not None:
            async with bot_on(emulator, tmp_path, folder, **more) as stage:
                yield stage
            return
        async with Emulator.serve() as own, bot_on(own, tmp_path, folder, **more) as stage:
            yield stage
            assert own.problems == [], "calls that the Bot API specification does not allow"

    return build


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def twelve(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Network]:
    """The twelve cities of the source, once for all tests that are about them: their stories take their time."""
    async with network_of_the_source(tmp_path_factory.mktemp("twelve"), ROOT) as ready:
        yield ready


@pytest.fixture
async def stage(staged: Staged, network: Path) -> AsyncIterator[Stage]:
    """The bot with the small network."""
    async with staged(network) as ready:
        yield ready


@pytest.fixture
async def shipped(staged: Staged, knowledge: Path) -> AsyncIterator[Stage]:
    """The bot with the content that ships."""
    async with staged(knowledge) as ready:
        yield ready


@pytest.fixture
def sari(stage: Stage) -> Player:
    return stage.person(SARI, "Sari", "en")


@pytest.fixture
def aiko(stage: Stage) -> Player:
    """An admin, and so the secretariat."""
    return stage.person(AIKO, "Aiko", "en")


@pytest.fixture
def kenji(stage: Stage) -> Player:
    """Another admin."""
    return stage.person(KENJI, "Kenji", "en")


@pytest.fixture
def marie(stage: Stage) -> Player:
    return stage.person(MARIE, "Marie", "fr")


@pytest.fixture
def wei(stage: Stage) -> Player:
    return stage.person(WEI, "Wei", "zh-hans")
