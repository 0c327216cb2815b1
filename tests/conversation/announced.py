"""A small network with people in three zones, and announcements that wait to go out to them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.clock import TravellingClock
from bot.domain import buttons as b
from bot.domain.announcements import Announcement, AnnouncementState, Fate
from bot.domain.audit import Event
from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.model import Message
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .stage import AIKO, KENJI, MARIE, SARI, WEI, Stage, text_of

NOON = datetime(2026, 5, 4, 5, 0, tzinfo=UTC)
"""A Monday; noon in Surabaya, one in the afternoon in Naga, five in the morning in Lomé."""
LOME = """---
title: {en: Lomé, zh: "洛美"}
country: TG
time_zone: Africa/Lome
languages: [fr]
---
"""
TEXTS = {"en": "The <b>assembly</b> meets in June.", "fr": "L’<b>assemblée</b> se réunit en juin."}
OTHERS = range(6_000_000_001, 6_000_000_010)
"""More deputies of Naga, where some are needed."""


@dataclass
class Office:
    """The stage with its clock, and what the tests do there again and again."""

    stage: Stage
    clock: TravellingClock

    @property
    def aiko(self) -> Player:
        return self.stage.person(AIKO, "Aiko", "en")

    @property
    def kenji(self) -> Player:
        return self.stage.person(KENJI, "Kenji", "en")

    @property
    def sari(self) -> Player:
        return self.stage.person(SARI, "Sari", "en")

    @property
    def marie(self) -> Player:
        return self.stage.person(MARIE, "Marie", "fr")

    @property
    def wei(self) -> Player:
        return self.stage.person(WEI, "Wei", "zh-hans")

    async def tick(self, after: timedelta = timedelta()) -> None:
        """Time passes, and the house looks at what is due; what follows is done, and looked at once more."""
        for pause in (after, timedelta(seconds=4)):
            self.clock.travel(pause)
            await self.stage.focal.ticker.tick_now()
            await self.stage.settled()

    async def pass_by(self, seconds: int, steps: int = 1) -> None:
        for _ in range(steps):
            await self.tick(timedelta(seconds=seconds))

    async def waiting(self, **values: Any) -> int:
        """An announcement of Aiko's that goes out with the next look at what is due."""
        made = Announcement(
            0,
            values.pop("author", AIKO),
            self.clock.now(),
            AnnouncementState.WAITING,
            values.pop("texts", TEXTS),
            starts_at=values.pop("starts_at", self.clock.now()),
            **values,
        )
        kept = await self.stage.focal.database.run(lambda work: work.announcements.add(made))
        return kept.id

    async def sent(self, **values: Any) -> int:
        """One that has gone out."""
        number = await self.waiting(**values)
        await self.pass_by(5, steps=3)
        return number

    async def get(self, number: int) -> Announcement:
        found = await self.stage.focal.database.run(lambda work: work.announcements.get(number))
        assert found is not None
        return found

    async def fates(self, number: int) -> dict[str, int]:
        """How many have which fate, where anybody has it."""
        found = await self.stage.focal.database.run(lambda work: work.announcements.fates(number))
        return {fate.value: count for fate, count in found.items() if count}

    async def open(self, player: Player, number: int) -> str:
        """The board, in a new message of this person's."""
        await self.stage.ask(player, "/help")
        return await self.stage.forge(player, b.BoardDo(b.BoardMove.OPEN, number))

    async def join(self, number: int, city: str) -> Player:
        """Somebody becomes a deputy of a city."""
        player = self.stage.person(number, "Late", "en")
        await self.stage.ask(player, "/help")

        def unit(work: UnitOfWork) -> None:
            now = self.clock.now()
            work.people.join(number, Role.DEPUTY, city, MembershipState.ACTIVE, now)
            person = work.people.get(number)
            assert person is not None
            work.audit.write(Event.JOINED, now, actor=person, subject=person.handle, city=city)

        await self.stage.focal.database.run(unit)
        return player

    def board(self, number: int, player: Player | None = None) -> Message:
        """The newest message that shows this board."""
        heading = f"Announcement {number}"
        found = [m for m in (player or self.aiko).messages() if heading in m.text]
        assert found, [m.text for m in (player or self.aiko).messages()]
        return found[-1]


@asynccontextmanager
async def office_at(
    staged: Staged, network: Path, emulator: Emulator | None = None, clock: TravellingClock | None = None
) -> AsyncIterator[Office]:
    """The office with its people: Sari and Wei of Surabaya, Marie of Lomé, who has a deputy there in nobody."""
    write(network, "cities/lome.md", LOME)
    clock = clock or TravellingClock(NOON)
    async with staged(network, emulator, clock=clock, time_zone="Asia/Tokyo") as stage:
        yield Office(stage, clock)


async def take_in(office: Office) -> None:
    """Aiko and Kenji are of the office, Sari is Surabaya's, Wei is Naga's, Marie is Lomé's."""
    stage = office.stage
    for player in (office.aiko, office.kenji, office.sari, office.marie, office.wei):
        await stage.ask(player, "/help")
    await stage.appoint(office.sari, Role.FOCAL_POINT, "surabaya")
    await stage.appoint(office.wei, Role.DEPUTY, "naga")
    await stage.appoint(office.marie, Role.FOCAL_POINT, "lome")
    for player in (office.aiko, office.kenji, office.sari, office.marie, office.wei):
        stage.sql("UPDATE people SET name = ? WHERE id = ?", player.person.first_name, player.person.id)


def got(player: Player, words: str) -> list[Message]:
    """The bot's messages to somebody in which these words stand."""
    return [m for m in player.messages() if m.from_bot and words in (m.text or "")]


__all__ = ["NOON", "OTHERS", "TEXTS", "Fate", "Office", "got", "office_at", "take_in", "text_of"]
