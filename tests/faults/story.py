"""The story of a fault test: lives of one bot that end by SIGKILL, and a last one that settles everything."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.delivery import crash

from .archive import done_now, read
from .ledger import Archive, Kill, Verdict, judge
from .processes import LONGEST_LIFE, Bot, Home
from .town import Town

LONGEST_WINDOW = 0.6
"""Seconds after the first work of a life within which it is killed."""
MOST_REPEATS = 8
BURST = 12
SETTLE_SECONDS = 120.0
REST_SECONDS = 1.5


@dataclass
class Story:
    """Tells it, and keeps the kills. `repeated` counts the kills that hit an idle bot and do not count."""

    home: Home
    town: Town
    seed: int
    kills: list[Kill] = field(default_factory=list)
    counted: int = 0
    repeated: int = 0

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._done = 0

    def kill_at_random(self) -> None:
        """A life that is killed at an instant of chance while it works; again where it was idle just then."""
        for _ in range(MOST_REPEATS):
            self.town.act(BURST)
            with self.home.bot() as bot:
                self._until_it_works(bot)
                end = time.monotonic() + self._random.uniform(0, LONGEST_WINDOW)
                while time.monotonic() < end:
                    self.town.act(self._random.randint(1, 4))
                    time.sleep(self._random.uniform(0, 0.03))
                bot.kill()
            kill = self._note("at random")
            if kill.in_the_middle:
                self.counted += 1
                return
            self.repeated += 1
        raise AssertionError(f"{MOST_REPEATS} kills in a row found nothing done or nothing waiting")

    def kill_at(self, point: str, nth: int) -> None:
        """A life that ends at the nth pass of a point, while people go on writing."""
        self.town.act(BURST)
        if point == "update.failed" and nth != 2:
            # Three failures set it aside: the first life of this point ends at the first of them, the second
            # at the last, and the third one sees all three.
            self.town.write_unreadably()
        with self.home.bot(f"{point}:{nth}") as bot:
            overdue = time.monotonic() + LONGEST_LIFE
            while bot.lives and time.monotonic() < overdue:
                self.town.act(2)
                time.sleep(0.1)
            assert bot.died_by_kill(), f"{point}:{nth} was not passed\n{bot.log.read_text()[-2000:]}"
        kill = self._note(f"{point}:{nth}")
        assert kill.between_work, f"nothing was done or nothing waited at {kill.cause}"
        self.counted += 1

    def settle(self, rest: float = REST_SECONDS) -> Verdict:
        """A life that is left in peace until nothing is open, and for so many seconds more."""
        with self.home.bot() as bot:
            end = time.monotonic() + SETTLE_SECONDS
            while time.monotonic() < end and (not self._is_settled(read(self.home.database))):
                assert bot.lives, bot.log.read_text()[-2000:]
                time.sleep(0.3)
            time.sleep(rest)
            assert bot.stop() == 0
        archive = read(self.home.database)
        return judge(self.town.deeds, self.town.said, self.home.telegram.received(), self.kills, archive)

    def _is_settled(self, archive: Archive) -> bool:
        return archive.done == self.town.said and archive.unsent == 0

    def _until_it_works(self, bot: Bot) -> None:
        patience = time.monotonic() + 1.0
        while done_now(self.home.database) == self._done:
            assert bot.lives, bot.log.read_text()[-2000:]
            if time.monotonic() > patience:
                # Perhaps everybody waited for an answer that this life has only now brought.
                self.town.act()
                patience += 0.1
            time.sleep(0.002)

    def _note(self, cause: str) -> Kill:
        """What the database holds now that the bot is dead."""
        kill = Kill(cause, time.time(), self.town.said, self._done, read(self.home.database))
        self._done = kill.archive.done
        self.kills.append(kill)
        return kill


WITH_FILES = tuple(point for point in crash.POINTS if not point.startswith("work."))
"""The points that are passed where nobody asks for long work."""
WITHOUT_FILES = tuple(point for point in WITH_FILES if not point.startswith("attachment."))
"""Those that are passed where nobody sends evidence either."""


def every_point(passes: int, points: Sequence[str] = WITH_FILES) -> Sequence[tuple[str, int]]:
    return [(point, nth) for point in points for nth in range(1, passes + 1)]
