"""One life of the bot in the simulated year: a process of its own, which can be killed at any moment.

It runs the real house (`bot.bootstrap.running`) by a clock that it is told. One line in is one order, one line out
its answer: `at <moment>` sets the clock and looks at what is due, `rest` waits until all is done, `files` names the
version of the schedules, `die <point>` arms a crash point. The end of the orders ends it.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import Focal, running
from bot.chat.pace import Pace
from bot.delivery import crash

from .stage import AIKO, UNHURRIED, settings_for
from .year_world import OFFICE

ROOT = Path(__file__).parent.parent.parent


class Life:
    """The process, seen from the test. An order that kills it gives None."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls, folder: Path, token: str, url: str, now: datetime) -> Life:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
        path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "conversation.year_bot", str(folder), token, url, now.isoformat()),
            env=kept | {"PYTHONPATH": path},
            cwd=folder,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=(folder / "bot.log").open("ab"),
        )
        life = cls(process)
        await life._answer()
        return life

    async def at(self, now: datetime) -> str | None:
        return await self._order(f"at {now.isoformat()}")

    async def idle(self) -> None:
        """As `Focal.idle`, for the stage."""
        await self._order("rest")

    async def will_die(self, point: str) -> None:
        """It kills itself when it next comes there (see `bot/delivery/crash.py`)."""
        await self._order(f"die {point}")

    async def files(self) -> str | None:
        return await self._order("files")

    async def kill(self) -> None:
        """Kill -9, whatever it does."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()

    async def killed_itself(self) -> bool:
        return await self._process.wait() == -9

    async def _order(self, words: str) -> str | None:
        assert self._process.stdin is not None
        self._process.stdin.write(words.encode() + b"\n")
        return await self._answer()

    async def _answer(self) -> str | None:
        assert self._process.stdout is not None
        async with asyncio.timeout(60):
            line = await self._process.stdout.readline()
        return line.decode().strip() if line else None


class StoppedClock:
    """Stands still until it is set, so that every run of the year is the same."""

    def __init__(self, now: datetime) -> None:
        self.set_to = now

    def now(self) -> datetime:
        return self.set_to


async def live(folder: Path, token: str, url: str, now: datetime) -> None:
    clock = StoppedClock(now)
    settings = settings_for(
        folder / "data",
        folder / "knowledge",
        schedules=folder / "schedules",
        time_zone=OFFICE,
        admins=frozenset({AIKO}),
    )
    orders: asyncio.Queue[str] = asyncio.Queue()
    asyncio.get_running_loop().add_reader(sys.stdin.fileno(), lambda: orders.put_nowait(sys.stdin.readline()))
    async with running(
        settings, token, api_url=url, clock=clock, limits=UNHURRIED, pace=Pace(100_000), tick_every=None
    ) as focal:
        say("ready")
        while (order := (await orders.get()).strip()) != "":
            say(await obey(focal, clock, order))


async def obey(focal: Focal, clock: StoppedClock, order: str) -> str:
    name, _, what = order.partition(" ")
    if name == "files":
        return focal.knowledge.current.schedules.version
    if name == "die":
        crash.point = crash.armed(f"{what}:1")
        return "armed"
    if name == "at":
        clock.set_to = datetime.fromisoformat(what)
        await focal.ticker.tick_now()
    await focal.idle()
    return "done"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    place, key, address, begin = sys.argv[1:]
    asyncio.run(live(Path(place), key, address, datetime.fromisoformat(begin).astimezone(UTC)))
