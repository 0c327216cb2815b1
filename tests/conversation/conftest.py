"""The stage of the conversation tests: the whole bot with the content that ships, against our emulator."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from bot.bootstrap import Focal, running
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.model import Message
from bot.rehearsal.people import Player
from bot.settings import Settings

AIKO = 5_000_000_001  # an admin; the id does not fit into 32 bits
SARI = 5_000_000_002  # an official in Surabaya
MARIE = 5_000_000_003  # a mayor's assistant in Lomé


@dataclass
class Stage:
    """A running bot and the people around it."""

    emulator: Emulator
    focal: Focal

    def person(self, person_id: int, name: str, language: str = "en") -> Player:
        return self.emulator.person(person_id, name, language)

    async def settled(self) -> None:
        await self.emulator.settled(self.focal.idle)

    async def ask(self, player: Player, words: str) -> str:
        """What the bot answers to these words: the text of its newest message."""
        await player.say(words)
        await self.settled()
        return text_of(player)

    async def press(self, player: Player, label: str, message_id: int | None = None) -> str:
        """Presses the button with this label (or a part of it); the text that is shown then."""
        before = len(player.messages())
        target = player.messages()[-1] if message_id is None else message_of(player, message_id)
        await player.press(full_label(target, label), target.id)
        await self.settled()
        shown = player.messages()[-1] if len(player.messages()) > before else target
        return shown.text


def text_of(player: Player) -> str:
    return player.messages()[-1].text


def message_of(player: Player, message_id: int) -> Message:
    return next(message for message in player.messages() if message.id == message_id)


def labels(player: Player) -> list[str]:
    """The labels of the buttons below the newest message."""
    return [key["text"] for key in player.messages()[-1].buttons]


def full_label(message: Message, part: str) -> str:
    found = [key["text"] for key in message.buttons if part in key["text"]]
    assert found, f"no button {part!r} among {[key['text'] for key in message.buttons]}"
    return str(found[0])


def settings_for(folder: Path, knowledge: Path, **more: Any) -> Settings:
    return Settings(
        _env_file=None, data=folder, knowledge=knowledge, admins=frozenset({AIKO}), **more
    )  # type: ignore[call-arg]


@pytest.fixture
def staged(tmp_path: Path, knowledge: Path) -> Callable[..., AbstractAsyncContextManager[Stage]]:
    """`async with staged() as stage`; with a folder of its own content, `staged(knowledge=folder)`."""

    @asynccontextmanager
    async def build(emulator: Emulator | None = None, **changes: Any) -> AsyncIterator[Stage]:
        settings = settings_for(tmp_path, changes.pop("knowledge", knowledge), **changes)
        if emulator is not None:
            async with running(settings, emulator.token, api_url=emulator.base_url) as focal:
                yield Stage(emulator, focal)
            return
        async with (
            Emulator.serve() as own,
            running(settings, own.token, api_url=own.base_url) as focal,
        ):
            yield Stage(own, focal)
            assert own.problems == [], "calls that the Bot API specification does not allow"

    return build


@pytest.fixture
async def stage(staged: Callable[..., AbstractAsyncContextManager[Stage]]) -> AsyncIterator[Stage]:
    async with staged() as ready:
        yield ready


@pytest.fixture
def sari(stage: Stage) -> Player:
    return stage.person(SARI, "Sari", "en")


@pytest.fixture
def aiko(stage: Stage) -> Player:
    return stage.person(AIKO, "Aiko", "en")
