"""The stage of the conversation tests: the whole bot against our emulator, and the people around it."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.bootstrap import Focal, running
from bot.chat.pace import Pace
from bot.delivery.rates import Limits
from bot.domain import buttons
from bot.domain.people import Role
from bot.domain.views import View
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.model import Message
from bot.rehearsal.people import Group, Player
from bot.settings import Settings
from bot.texts.renderer import Renderer

AIKO = 5_000_000_001  # an admin; the id does not fit into 32 bits
SARI = 5_000_000_002  # an official in Surabaya
MARIE = 5_000_000_003  # a mayor's assistant in Lomé
WEI = 5_000_000_004  # an engineer in Weihai
KENJI = 5_000_000_005  # another admin

# Conversations here are quicker than people: Telegram's budgets have tests of their own.
UNHURRIED = Limits(1000, 1000.0, 1000, 0.01, 1000, 0.01)


@dataclass
class Stage:
    """A running bot and the people around it."""

    emulator: Emulator
    focal: Focal
    data: Path

    def person(self, person_id: int, name: str, language: str | None = "en") -> Player:
        return self.emulator.person(person_id, name, language)

    async def settled(self) -> None:
        await self.emulator.settled(self.focal.idle)

    async def ask(self, player: Player, words: str) -> str:
        """What the bot answers to these words: the text of its newest message."""
        await player.say(words)
        await self.settled()
        return text_of(player)

    async def ask_in(self, group: Group, player: Player, words: str) -> str | None:
        """What the bot answers in a group; None where it keeps silent."""
        said = await player.say(words, chat=group)
        await self.settled()
        newest = group.messages()[-1]
        return newest.text if newest.id != said.id else None

    async def press(self, player: Player, label: str, message_id: int | None = None) -> str:
        """Presses the button with this label (or a part of it); the text that is shown then."""
        before = len(player.messages())
        target = player.messages()[-1] if message_id is None else message_of(player, message_id)
        await player.press(full_label(target, label), target.id)
        await self.settled()
        shown = player.messages()[-1] if len(player.messages()) > before else target
        return shown.text

    async def forge(self, player: Player, data: str | buttons.Button, message_id: int | None = None) -> str:
        """Presses a button that is not there; the text that is shown then."""
        before = len(player.messages())
        target = player.messages()[-1].id if message_id is None else message_id
        await player.press_data(data if isinstance(data, str) else buttons.pack(data), target)
        await self.settled()
        is_new = len(player.messages()) > before
        return text_of(player) if is_new else message_of(player, target).text

    def says(self, view: View, language: str = "en") -> str:
        """The words of a view, to compare with what was shown."""
        return Renderer(self.emulator.bot.account.username).plain(view, language)

    def sql(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Looks into the database beside the bot, or changes it as only an operator can."""
        with sqlite3.connect(self.data / "focal.db", timeout=10) as connection:
            return connection.execute(statement, values).fetchall()

    async def appoint(self, player: Player, role: Role, city: str | None = None) -> None:
        """Gives a role (of a city, or in the network) to somebody who has written to the bot, beside those that
        they have; a visitor's ends them all."""
        if role is Role.VISITOR:
            self.sql("UPDATE memberships SET state = 'ended' WHERE person = ?", player.person.id)
            return
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        self.sql(
            "INSERT INTO memberships (person, role, city, state, countries, since, confirmed_at) "
            "VALUES (?, ?, ?, 'active', '[]', ?, ?) "
            "ON CONFLICT (person, role, city) DO UPDATE SET state = 'active'",
            *(player.person.id, role.value, city or "", now, now),
        )


def text_of(player: Player) -> str:
    return player.messages()[-1].text


def message_of(player: Player, message_id: int) -> Message:
    return next(message for message in player.messages() if message.id == message_id)


def answers(player: Player) -> list[str]:
    """The texts of all the bot's messages that can be seen, oldest first."""
    return [message.text for message in player.messages() if message.from_bot]


def labels(player: Player) -> list[str]:
    """The labels of the buttons below the newest message."""
    return [key["text"] for key in player.messages()[-1].buttons]


def data_of(message: Message, label: str) -> str:
    """The callback data of the button with this label, or a part of it."""
    full = full_label(message, label)
    return str(next(key["callback_data"] for key in message.buttons if key["text"] == full))


def full_label(message: Message, part: str) -> str:
    found = [key["text"] for key in message.buttons if part in key["text"]]
    assert found, f"no button {part!r} among {[key['text'] for key in message.buttons]} of {message.text!r}"
    return str(found[0])


def settings_for(folder: Path, knowledge: Path, **more: Any) -> Settings:
    values: dict[str, Any] = {"data": folder, "knowledge": knowledge, "admins": frozenset({AIKO, KENJI})}
    return Settings(_env_file=None, **(values | more))


@asynccontextmanager
async def bot_on(emulator: Emulator, folder: Path, knowledge: Path, **more: Any) -> AsyncIterator[Stage]:
    """The bot at an emulator that was there before it and stays after it. What is due it looks at when `tick_now` of
    its ticker is called, unless `tick_every` says otherwise."""
    limits, pace = more.pop("limits", UNHURRIED), more.pop("pace", Pace(10_000))
    clock, tick_every = more.pop("clock", None), more.pop("tick_every", None)
    settings = settings_for(folder, knowledge, **more)
    async with running(
        settings,
        emulator.token,
        api_url=emulator.base_url,
        clock=clock,
        limits=limits,
        pace=pace,
        tick_every=tick_every,
    ) as focal:
        stage = Stage(emulator, focal, folder)
        yield stage
