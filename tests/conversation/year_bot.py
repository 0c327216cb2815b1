"""One life of the bot in the simulated year: a process of its own, which can be killed at any moment.

It runs the real house (`bot.bootstrap.running`) by a clock that it is told. One line in is one order, one line out
its answer: `at <moment>` sets the clock and looks at what is due, `rest` waits until all is done, `files` names the
version of the schedules, `end` ends it as an operator does.
"""

from __future__ import annotations

import asyncio
import os
import sys
from datetime import UTC, datetime
from pathlib import Path

from bot.bootstrap import Focal, running
from bot.chat.pace import Pace
from bot.clock import TravellingClock

from .stage import AIKO, UNHURRIED, settings_for
from .year_world import OFFICE

ROOT = Path(__file__).parent.parent.parent


class Life:
    """The process, seen from the test. An order that kills it gives None."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls, folder: Path, token: str, url: str, now: datetime, crash: str | None) -> Life:
        """With `crash` it kills itself there (see `bot/delivery/crash.py`)."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
        path = os.pathsep.join((str(ROOT), str(ROOT / "tests")))
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "conversation.year_bot", str(folder), token, url, now.isoformat()),
            env=kept | {"PYTHONPATH": path} | ({"FOCAL_CRASH": crash} if crash else {}),
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

    async def files(self) -> str | None:
        return await self._order("files")

    async def end(self) -> int:
        await self._order("end")
        return await self._process.wait()

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


async def live(folder: Path, token: str, url: str, now: datetime) -> None:
    clock = TravellingClock(now)
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
        while (order := (await orders.get()).strip()) not in ("", "end"):
            say(await obey(focal, clock, order))
    say("ended")


async def obey(focal: Focal, clock: TravellingClock, order: str) -> str:
    name, _, what = order.partition(" ")
    if name == "files":
        return focal.knowledge.current.schedules.version
    if name == "at":
        clock.travel(datetime.fromisoformat(what) - clock.now())
        await focal.ticker.tick_now()
    await focal.idle()
    return "done"


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    place, key, address, begin = sys.argv[1:]
    asyncio.run(live(Path(place), key, address, datetime.fromisoformat(begin).astimezone(UTC)))
