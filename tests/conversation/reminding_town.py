"""A network that is reminded: Kathmandu, Surabaya and Naga, one cycle, and a clock that can be set."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.clock import TravellingClock
from bot.domain.people import Role
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.rehearsal.people import Player
from bot.services.marks import mark_of
from bot.texts.telegram_html import plain

from .network import write
from .reporting_network import COMMITMENT, write_reporting_network
from .stage import AIKO, Stage, bot_on

MAYA = 5_000_000_031  # the focal point of Kathmandu
DEV = 5_000_000_032  # her deputy
ANA = 5_000_000_033  # the focal point of Surabaya

KATHMANDU = """---
title: {en: Kathmandu, zh: "加德满都", fr: Katmandou}
country: NP
time_zone: Asia/Kathmandu
languages: [ne]
weekend: [sat]
---
"""
RULES = """
quiet_hours: "20:00-08:00"
rules:
  - {id: in-14-days, before: "14 days", at: "09:00"}
  - {id: in-7-days, before: "7 days", at: "09:00"}
  - {id: deputies, before: "5 days", at: "09:00", to: deputies}
  - {id: last-day, on: deadline, at: "09:00"}
  - {id: late-3, after: "3 days", at: "09:00"}
  - {id: office-late, after: "5 days", at: "09:00", to: secretariat}
"""
CYCLE = """
title: {en: Report 2026, zh: "2026年报告", fr: Rapport 2026}
period: 2026
opens: 2026-10-01
deadline: %s
questionnaire: progress
reminders: standard
"""
DEADLINE = "2026-12-15"  # a Tuesday


def write_reminding_network(folder: Path, *cities: str) -> Path:
    """The folder `knowledge`, with `schedules` beside it. The cities named have made the promise of Surabaya, too."""
    knowledge = write_reporting_network(folder)
    write(knowledge, "cities/kathmandu.md", KATHMANDU)
    (knowledge / "commitments/surabaya-2007.md").unlink()
    for city in cities:
        promise = COMMITMENT.replace("city: surabaya", f"city: {city}").replace(
            "Surabaya's", f"{city.title()}'s"
        )
        write(knowledge, f"commitments/{city}-2007.md", promise)
    set_deadline(folder, DEADLINE)
    write(folder / "schedules", "reminders/standard.yaml", RULES)
    return knowledge


def set_deadline(folder: Path, day: str) -> None:
    write(folder / "schedules", "cycles/2026.yaml", CYCLE % day)


@dataclass
class Town:
    """The bot, the people, and the clock by which all of them live."""

    folder: Path
    emulator: Emulator
    clock: TravellingClock
    life: AsyncExitStack = field(default_factory=AsyncExitStack)
    running: Stage | None = None

    @property
    def stage(self) -> Stage:
        assert self.running is not None
        return self.running

    async def begin(self) -> None:
        """The program starts, for the first time or after it was down."""
        self.running = await self.life.enter_async_context(
            bot_on(
                self.emulator,
                self.folder,
                self.folder / "knowledge",
                schedules=self.folder / "schedules",
                clock=self.clock,
            )
        )

    async def end(self) -> None:
        await self.life.aclose()
        self.running = None

    async def at(self, there: str, zone: str = "Asia/Kathmandu") -> None:
        """It is this local day and hour ("2026-12-01 09:00"), and the house looks at what is due."""
        self.set_clock(there, zone)
        await self.look()

    def set_clock(self, there: str, zone: str = "Asia/Kathmandu") -> None:
        moment = datetime.fromisoformat(there).replace(tzinfo=ZoneInfo(zone))
        self.clock.travel(moment.astimezone(UTC) - self.clock.now() + timedelta(seconds=1))

    async def look(self) -> None:
        await self.stage.focal.ticker.tick_now()
        await self.stage.settled()

    async def nothing_leaves_for(self, minutes: int) -> None:
        """Telegram asks everybody to wait so long, as with a 429."""
        until = self.clock.now() + timedelta(minutes=minutes)
        await self.stage.focal.house.writer.run(lambda work: work.outbox.set_pause(until))

    async def edit(self, path: str, text: str) -> None:
        """Edits a file of the schedules and waits until it is served."""
        before = self.stage.focal.knowledge.current.schedules.version
        write(self.folder / "schedules", path, text)
        await self.served_since(before)

    async def served_since(self, before: str) -> None:
        """Other schedules are served than those of this version."""
        async with asyncio.timeout(10):
            while self.stage.focal.knowledge.current.schedules.version == before:
                await asyncio.sleep(0.02)

    async def person(
        self, person_id: int, name: str, role: Role, city: str | None, language: str = "en"
    ) -> Player:
        player = self.stage.person(person_id, name, language)
        await self.stage.ask(player, "/help")
        await self.stage.appoint(player, role, city)
        self.stage.sql("UPDATE people SET name = ? WHERE id = ?", name, person_id)
        return player

    def reminders(self, player: Player) -> list[str]:
        """The texts of all reminders that went to somebody, whatever stands in their place now."""
        sent = (
            call.params
            for call in self.emulator.calls
            if call.method == "sendMessage" and int(call.params["chat_id"]) == player.person.id
        )
        return [plain(str(params["text"])) for params in sent if str(params["text"]).startswith("🔔")]

    def heard(self, *players: Player) -> list[int]:
        """How many reminders each of them got."""
        return [len(self.reminders(player)) for player in players]

    def mark(self, city: str) -> str:
        """What names the report of a city in the buttons of Later."""
        return mark_of(city, "2026")

    def debts(self) -> list[tuple[str, str, str]]:
        """Rule, city and state of everything that was ever due."""
        rows = self.stage.sql("SELECT rule, city, state FROM debts ORDER BY id")
        return [(str(rule), str(city), str(state)) for rule, city, state in rows]

    def skipped(self) -> list[str]:
        """Why reminders were not said."""
        rows = self.stage.sql("SELECT reason FROM outbox WHERE state = 'skipped' ORDER BY id")
        return [str(reason) for (reason,) in rows]


@asynccontextmanager
async def town_of(folder: Path, *cities: str, at: str = "2026-11-20 12:00") -> AsyncIterator[Town]:
    write_reminding_network(folder, *cities)
    start = datetime.fromisoformat(at).replace(tzinfo=ZoneInfo("Asia/Kathmandu")).astimezone(UTC)
    clock = TravellingClock(start)
    settings = EmulatorSettings(now=lambda: clock.now().timestamp())
    async with Emulator.serve(settings=settings) as emulator:
        town = Town(folder, emulator, clock)
        await town.begin()
        await town.stage.ask(town.stage.person(AIKO, "Aiko"), "/help")
        try:
            yield town
        finally:
            await town.end()
