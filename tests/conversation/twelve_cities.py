"""The network of the source on the stage: its twelve cities, their promises, and nothing of what came of them."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import running
from bot.chat.pace import Pace
from bot.clock import TravellingClock
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.rehearsal.people import Player

from .stage import AIKO, KENJI, UNHURRIED, Stage, answers, labels, settings_for, text_of

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
"""Within the cycle that ships: the test reads the same on every day."""
FIRST_ID = 5_000_000_100
RECORD = re.compile(r"^(?:published|said):\n(?:[ -].*\n)+", re.MULTILINE)
"""What the source says came of a commitment, in the front matter of its file."""
LINK = re.compile(r"start=(i_[\w-]{22})")
JOINING = {"en": ("Begin", "Skip", "I agree and join"), "zh-hans": ("开始", "跳过", "同意并加入")}
INVISIBLE = dict.fromkeys(map(ord, "\u2068\u2069\u200e\u200f")) | {0x202F: " ", 0xA0: " "}


def content_without_results(folder: Path, root: Path) -> tuple[Path, Path]:
    """The content that ships without what the source says of results; knowledge and schedules."""
    knowledge, schedules = folder / "knowledge", folder / "schedules"
    shutil.copytree(root / "knowledge", knowledge)
    shutil.copytree(root / "schedules", schedules)
    for file in (knowledge / "commitments").glob("*.md"):
        file.write_text(RECORD.sub("", file.read_text(encoding="utf-8")), encoding="utf-8")
    return knowledge, schedules


@dataclass
class Network:
    """The bot with the twelve cities, and the secretariat of two."""

    stage: Stage
    knowledge: Path
    schedules: Path
    clock: TravellingClock
    life: AsyncExitStack
    came: list[Player] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    """What each city was told when its report was accepted."""

    @property
    def aiko(self) -> Player:
        return self.stage.person(AIKO, "Aiko")

    @property
    def kenji(self) -> Player:
        return self.stage.person(KENJI, "Kenji")

    async def restart(self) -> None:
        """The process ends and begins anew with the same folder."""
        await self.life.aclose()
        emulator = self.stage.emulator
        settings = settings_for(
            self.stage.data,
            self.knowledge,
            schedules=self.schedules,
            admins=frozenset({AIKO}),
        )
        focal = running(
            settings,
            emulator.token,
            api_url=emulator.base_url,
            clock=self.clock,
            limits=UNHURRIED,
            pace=Pace(10_000),
        )
        self.stage.focal = await self.life.enter_async_context(focal)

    async def invite(self, role: str, place: str | None = None) -> str:
        """The payload of a fresh link that Aiko of the secretariat makes."""
        await self.stage.ask(self.aiko, "/invite")
        await self.stage.press(self.aiko, role)
        if place is not None:
            await self.stage.ask(self.aiko, place)
            await self.stage.press(self.aiko, f"🏙 {place}")
        return self.newest_link(self.aiko)

    def newest_link(self, player: Player) -> str:
        """The payload of the link that came to them last."""
        return [found for text in answers(player) if (found := LINK.search(text))][-1][1]

    async def join(self, player: Player, payload: str, name: str) -> str:
        """Takes a link up from its first screen to the last."""
        begin, skip, agree = JOINING[player.person.language or "en"]
        await self.stage.ask(player, f"/start {payload}")
        await self.stage.press(player, begin)
        await self.stage.ask(player, name)
        await self.stage.press(player, skip)
        return await self.stage.press(player, agree)

    def newcomer(self, name: str, language: str = "en") -> Player:
        self.came.append(self.stage.person(FIRST_ID + len(self.came), name.split()[0], language))
        return self.came[-1]

    def focal_point_of(self, city: str) -> Player:
        """Who stands for this city now."""
        wanted = "SELECT person FROM memberships WHERE city = ? AND role = 'focal_point' AND state = 'active'"
        ((person_id,),) = self.stage.sql(wanted, city)
        return next(player for player in self.came if player.person.id == person_id)

    def kept_of(self, city: str) -> str:
        """The answers in a city's draft, as they lie in the database."""
        ((kept,),) = self.stage.sql("SELECT answers FROM drafts WHERE city = ?", city)
        return str(kept)

    async def focal_point(self, place: str, name: str, language: str = "en") -> Reporter:
        """Somebody who came in by a link of the secretariat, at the first question of the report."""
        player = self.newcomer(name, language)
        await self.join(player, await self.invite("Focal point", place), name)
        return Reporter(self, player)

    async def deputy(self, place: str, name: str) -> Reporter:
        player = self.newcomer(name)
        await self.join(player, await self.invite("Deputy", place), name)
        return Reporter(self, player)

    async def open_review(self, number: str, reviewer: Player | None = None) -> str:
        reviewer = reviewer or self.kenji
        await self.stage.ask(reviewer, "/review")
        return await self.stage.press(reviewer, number)

    async def page_with(self, words: str) -> str:
        """Turns the pages of the report in review until these words stand there."""
        for _ in range(12):
            if words in seen(self.kenji):
                break
            await self.stage.press(self.kenji, "Next")
        assert words in seen(self.kenji), f"{words!r} is on no page"
        return seen(self.kenji)

    async def accept(self, city: str, focal_point: Reporter) -> None:
        """Kenji accepts the report; what the city is told is kept."""
        if not any("Accept" in label for label in labels(self.kenji)):
            await self.open_review(f"{city}-2026")
        assert "accepted" in await self.stage.press(self.kenji, "Accept")
        self.accepted[city] = seen(focal_point.player)


@dataclass
class Reporter:
    """A focal point in front of a phone."""

    network: Network
    player: Player

    async def says(self, words: str) -> str:
        return plain(await self.network.stage.ask(self.player, words))

    async def taps(self, *shown: str) -> str:
        """Taps the buttons with these labels (or parts of them), one after another."""
        text = ""
        for label in shown:
            text = await self.network.stage.press(self.player, label)
        return plain(text)

    async def skips_to_the_summary(self) -> str:
        """Leaves open what may be left open, up to the summary."""
        skip = "跳过 ›" if self.player.person.language == "zh-hans" else "Skip ›"
        while skip in labels(self.player):
            await self.taps(skip)
        return seen(self.player)

    async def does_not_know(self, why: str | None = None) -> str:
        """Says so, with a reason or without one."""
        await self.taps("I don’t know yet")
        if why is None:
            return await self.taps("Leave it empty")
        await self.taps("Leave it empty, with a reason")
        return await self.says(why)

    async def edits(self, words: str, into: str) -> str:
        """Changes the newest message of theirs that says this."""
        own = [message for message in self.player.messages() if not message.from_bot]
        await self.player.edit(next(m.id for m in reversed(own) if m.text == words), into)
        await self.network.stage.settled()
        return seen(self.player)

    @property
    def buttons(self) -> list[str]:
        return labels(self.player)


def seen(player: Player) -> str:
    return plain(text_of(player))


def plain(text: str) -> str:
    """What is read: without marks that nobody sees, every space a space."""
    return text.translate(INVISIBLE)


@asynccontextmanager
async def network_of_the_source(folder: Path, root: Path) -> AsyncIterator[Network]:
    """The bot on an emulator, with Aiko who runs it and Kenji whom she invites; both are the secretariat."""
    knowledge, schedules = content_without_results(folder, root)
    clock = TravellingClock(NOW)
    settings = EmulatorSettings(now=lambda: clock.now().timestamp())
    async with Emulator.serve(settings=settings) as emulator, AsyncExitStack() as life:
        network = Network(Stage(emulator, None, folder / "data"), knowledge, schedules, clock, life)  # type: ignore[arg-type]
        await network.restart()
        await network.stage.ask(network.aiko, "/help")
        await network.join(network.kenji, await network.invite("Secretariat"), "Kenji Mori")
        yield network
        assert emulator.problems == [], "calls that the Bot API specification does not allow"
