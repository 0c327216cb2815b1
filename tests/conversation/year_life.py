"""The simulated year as it is lived: the real bot in processes that are killed, people in front of their phones, and
beside them the reference, which is told of the same."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import cast

from bot.bootstrap import Focal
from bot.domain import buttons as b
from bot.domain.people import Role
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.rehearsal.model import Message
from bot.rehearsal.people import Player
from bot.rehearsal.world import Event
from bot.services.marks import mark_of
from bot.services.reporting import mark_of_report

from .network import write
from .stage import Stage, labels, text_of
from .twelve_cities import plain
from .year_bot import Life
from .year_reference import Line, Waiting, Year
from .year_story import BEGIN, LOOK, Deed
from .year_world import PEOPLE, write_world

REPORT = re.compile(r"^(?:• |🔔 )?(\w+) · Report of (\d+)(?:\n|: )(.*)$", re.MULTILINE)
COMMON = re.compile(r"^Report of (\d+) · (.*)$", re.MULTILINE)
MINUTE = timedelta(minutes=1)


@dataclass
class Clock:
    now: datetime = BEGIN


@dataclass
class YearLived:
    """`arrived` is what Telegram delivered of reminders, by the clock of its readers; `texts` their words."""

    folder: Path
    emulator: Emulator
    clock: Clock
    stage: Stage
    year: Year
    life: Life | None = None
    is_armed: bool = False
    looks: int = 0
    kills: int = 0
    arrived: list[Line] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    # --- the bot

    async def start(self) -> None:
        emulator = self.emulator
        self.is_armed = False
        self.life = await Life.begin(self.folder, emulator.token, emulator.base_url, self.clock.now)
        self.stage.focal = cast(Focal, self.life)

    async def kill(self) -> None:
        assert self.life is not None
        await self.life.kill()
        self.life, self.kills = None, self.kills + 1

    async def look(self) -> None:
        """The bot looks at the clock, and so does the reference; both must say the same."""
        if self.life is None:
            return
        self.looks += 1
        before = len(self.arrived)
        answered = await self.life.at(self.clock.now)
        said = self.year.look(self.clock.now)
        if answered is None:
            said = await self.crashed()
        assert sorted(map(str, self.arrived[before:])) == sorted(map(str, said)), self.clock.now

    async def crashed(self) -> list[Line]:
        """It was killed as it sent its one message; what of it has arrived."""
        assert self.life is not None
        assert self.is_armed, "the bot ended by itself"
        assert await self.life.killed_itself()
        self.life, self.kills = None, self.kills + 1
        (left,) = self.year.left
        self.year.waiting.append(Waiting(*left, self.clock.now))
        return [self.year.heard[-1]] if self.arrived[-1:] == self.year.heard[-1:] else self.year.unhear()

    def hear(self, event: Event) -> None:
        """What Telegram really delivered."""
        text = plain(str(event.data.get("text", "")))
        if event.kind != "message" or "🔔" not in text:
            return
        name = next(name for name, one in PEOPLE.items() if one.id == event.chat_id)
        about = tuple(sorted((city.lower(), cycle, days_in(left)) for city, cycle, left in reports_in(text)))
        why = "promise" if "You asked me" in text else "nudge" if "The secretariat asks" in text else "rule"
        self.arrived.append(Year.line(name, about, why, self.clock.now))
        self.texts.append(text)

    # --- the people

    def player(self, name: str) -> Player:
        return self.stage.person(PEOPLE[name].id, name)

    async def people_come(self) -> None:
        for name, one in PEOPLE.items():
            await self.stage.ask(self.player(name), "/help")
            for city in one.cities:
                await self.stage.appoint(
                    self.player(name), Role.DEPUTY if one.is_deputy else Role.FOCAL_POINT, city
                )

    def newest_reminder(self, name: str) -> Message:
        return next(m for m in reversed(self.player(name).messages()) if m.from_bot and "🔔" in m.text)

    async def do(self, deed: Deed) -> None:
        """Lets it be done, and tells the reference."""
        self.clock.now = deed.at
        if deed.what == "back":
            assert self.life is None
            await self.start()
        if deed.what in (LOOK, "back"):
            await self.look()
            return
        await self.look()
        await getattr(self, f"do_{deed.what.replace('-', '_')}")(*deed.about)

    async def do_down(self, _: timedelta) -> None:
        await self.kill()

    async def do_crash(self, point: str, _: timedelta) -> None:
        assert self.life is not None
        await self.life.will_die(point)
        self.is_armed = True

    async def do_clock_back(self) -> None:
        """The clock of the machine is set back, and goes on from there."""
        now = self.clock.now
        for minutes in range(-20, 5, 5):
            self.clock.now = now + minutes * MINUTE
            await self.look()

    async def do_edit(self, path: str, text: str) -> None:
        assert self.life is not None
        before = await self.life.files()
        write(self.folder / "schedules", path, text)
        async with asyncio.timeout(15):
            while await self.life.files() == before:
                await asyncio.sleep(0.05)
        self.year.read()

    async def do_begin(self, name: str, city: str, cycle: str) -> None:
        player = self.player(name)
        await self.stage.forge(player, b.Begin(mark_of_report(city, cycle)))
        await self.stage.press(player, "Nothing yet")
        self.year.sign(city, cycle, self.clock.now)
        self.year.at_work[city, cycle] = self.clock.now

    async def do_report(self, name: str, city: str, cycle: str) -> None:
        """Begins the report or goes on with it, answers everything and sends it."""
        player = self.player(name)
        drafts = self.stage.sql("SELECT id FROM drafts WHERE city = ? AND cycle = ?", city, cycle)
        begin = b.Continue(drafts[0][0]) if drafts else b.Begin(mark_of_report(city, cycle))
        await self.stage.forge(player, begin)
        if any("Nothing yet" in label for label in labels(player)):
            await self.stage.press(player, "Nothing yet")
        if any("Skip" in label for label in labels(player)):
            await self.stage.press(player, "Skip")
        await self.stage.press(player, "Send to the secretariat")
        assert self.standing(city, cycle) == "submitted"
        self.year.reported.add((city, cycle))
        self.year.sign(city, cycle, self.clock.now)

    def standing(self, city: str, cycle: str) -> str:
        wanted = "SELECT state FROM reports WHERE city = ? AND cycle = ? ORDER BY version DESC"
        return str(self.stage.sql(wanted, city, cycle)[0][0])

    async def do_return(self, city: str, cycle: str) -> None:
        """The secretariat asks back."""
        aiko = self.player("Aiko")
        await self.stage.ask(aiko, "/review")
        await self.stage.press(aiko, f"{city}-{cycle}")
        await self.stage.press(aiko, "Return answers")
        await self.stage.press(aiko, "state")
        await self.stage.ask(aiko, "Is there really nothing?")
        await self.stage.press(aiko, "Return one answer")
        assert self.standing(city, cycle) == "returned"
        self.year.reported.discard((city, cycle))

    async def do_later(self, name: str, cities: tuple[str, ...], cycle: str, words: str, day: str) -> None:
        """Presses *Later* below the reminder, and one of the days or *Another day*, which is typed then."""
        player = self.player(name)
        await self.stage.press(player, "Later", self.newest_reminder(name).id)
        if any(words in label for label in labels(player)):
            shown = await self.stage.press(player, words)
        else:
            await self.stage.press(player, "Another day")
            shown = await self.stage.ask(player, words)
        assert "I will remind you on" in shown
        self.year.promise(name, cities, cycle, date.fromisoformat(day), time(9), self.clock.now)

    async def do_quiet(self, name: str, cycle: str) -> None:
        shown = await self.stage.press(self.player(name), "Quiet", self.newest_reminder(name).id)
        assert "I will be quiet now" in shown
        self.year.be_quiet(name, cycle, self.clock.now)

    async def do_ask(self, name: str, city: str, cycle: str, until: str) -> None:
        player = self.player(name)
        await self.stage.forge(player, b.MoreTime("o", b.NO_DAY, mark_of(city, cycle)))
        await self.stage.ask(player, until)
        await self.stage.ask(player, "The utility answers late.")
        await self.stage.press(player, "Send it")
        assert "is with the secretariat" in text_of(player)
        self.year.sign(city, cycle, self.clock.now)

    async def do_grant(self, city: str, cycle: str, day: date) -> None:
        await self.stage.press(self.player("Aiko"), "Grant until")
        ((granted,),) = self.stage.sql(
            "SELECT granted FROM extensions WHERE city = ? AND cycle = ?", city, cycle
        )
        assert granted == str(day)
        self.year.granted[city, cycle] = day

    async def do_nudge(self, cycle: str) -> None:
        await self.stage.forge(self.player("Aiko"), b.CycleDo("s", cycle))
        self.year.nudges.append((cycle, self.clock.now))

    async def do_pause(self, cycle: str) -> None:
        await self.stage.forge(self.player("Aiko"), b.CycleDo("y", cycle))
        self.year.pause(cycle, self.clock.now)

    async def do_go_on(self, cycle: str) -> None:
        await self.stage.forge(self.player("Aiko"), b.CycleDo("g", cycle))
        self.year.go_on(cycle, self.clock.now)

    async def do_block(self, name: str) -> None:
        await self.player(name).block()
        await self.stage.settled()
        self.year.away.add(name)

    async def do_come_back(self, name: str) -> None:
        await self.stage.ask(self.player(name), "/start")
        self.year.away.discard(name)

    async def do_remove(self, name: str) -> None:
        await self.stage.appoint(self.player(name), Role.VISITOR)
        self.year.away.add(name)


def reports_in(text: str) -> list[tuple[str, str, str]]:
    """City, cycle and the words about the time for each report that a reminder names; what all have in common stands
    above them."""
    found = REPORT.findall(text)
    if common := COMMON.search(text):
        found += [(city, common[1], common[2]) for city in re.findall(r"^• (\w+): ", text, re.MULTILINE)]
    return found


def days_in(left: str) -> int:
    """The days that a text names until the deadline."""
    count = int(found[1]) if (found := re.search(r"(\d+) days (?:left|ago)", left)) else 1
    if "open today until midnight" in left:
        return 0
    assert found or "one day left" in left or "one day ago" in left, left
    return -count if "ago" in left else count


@asynccontextmanager
async def year_in(folder: Path, root: Path) -> AsyncIterator[YearLived]:
    write_world(folder, root)
    clock = Clock()
    settings = EmulatorSettings(now=lambda: clock.now.timestamp(), keep_calls=1000)
    async with Emulator.serve(settings=settings) as emulator:
        stage = Stage(emulator, cast(Focal, None), folder / "data")
        lived = YearLived(folder, emulator, clock, stage, Year(folder / "schedules"))
        emulator.world.watch(lived.hear)
        await lived.start()
        try:
            await lived.people_come()
            yield lived
        finally:
            if lived.life is not None:
                await lived.kill()
        assert emulator.problems == [], "calls that the Bot API specification does not allow"
