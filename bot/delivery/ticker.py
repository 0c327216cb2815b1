"""The clock of the house: every half minute it lets the services look at what is due. They decide; it only wakes."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import TypeAlias

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from bot.delivery.pacing import kind_and_place
from bot.domain.ports import Clock, UnitOfWork, Writer

log = logging.getLogger(__name__)

Tick: TypeAlias = Callable[[UnitOfWork], float | None]
"""Looks at what is due; gives the seconds after which it wants to look again, None where the next round will do."""

LAST_TICK = "tick.last"
DOUBTED = "tick.doubted"
"""Since when the clock is doubted, by itself, over restarts; empty: it is not."""
TICK_EVERY = 30.0
FIRST_AFTER = 3.0
"""Seconds after the start: what people said while we were down is heard first, so that nobody is reminded of what
they have just done."""
SOONEST = 0.2
"""Seconds that always lie between two rounds, whatever was wished."""
MISSED = 3
"""Rounds that may fail to come before the house is not ready any more."""
BACK = timedelta(hours=1)
"""Where the clock is that much before the last round, one of the two was wrong."""
BELIEVED_AFTER = timedelta(days=1)
"""How long such a clock has to go on, by itself, before it is taken for right. What falls due meanwhile is still
said then, since that is less than reminders look back."""


class Ticker:
    """Runs `ticks` every so many seconds of real time and soon after the start, each in a unit of work of its own,
    and then calls `wake`. `monotonic` gives seconds that only go forward."""

    def __init__(
        self,
        writer: Writer,
        clock: Clock,
        ticks: Sequence[Tick],
        wake: Callable[[], None] = lambda: None,
        *,
        every: float = TICK_EVERY,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._clock = clock
        self._ticks = ticks
        self._wake = wake
        self._every = every
        self._monotonic = monotonic
        self._one_at_a_time = asyncio.Lock()
        self._began_at = monotonic()
        self._came_at: float | None = None
        self._is_doubtful = False

    @property
    def is_on_time(self) -> bool:
        """Whether rounds come and succeed, by a clock that can be believed. So it is before `run`, too."""
        if self._is_doubtful:
            return False
        return self._came_at is None or self._monotonic() - self._came_at < MISSED * self._every

    async def run(self) -> None:
        """Ticks until it is cancelled."""
        self._came_at = self._monotonic()
        scheduler = AsyncIOScheduler(timezone=UTC)
        first_round = datetime.now(UTC) + timedelta(seconds=min(FIRST_AFTER, self._every))

        async def tick() -> None:
            wish = await self.tick_now()
            next_round = datetime.now(UTC) + timedelta(seconds=max(SOONEST, min(wish, self._every)))
            job.modify(next_run_time=next_round)

        job = scheduler.add_job(
            tick,
            IntervalTrigger(seconds=self._every, timezone=UTC),
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
            next_run_time=first_round,
        )
        scheduler.start()
        try:
            while True:
                await asyncio.sleep(self._every)
                # The scheduler goes by the machine's clock: one that was set back would let it wait for as long.
                if self._monotonic() - self._began_at > 2 * self._every:
                    job.modify(next_run_time=datetime.now(UTC))
        finally:
            scheduler.shutdown(wait=False)

    async def idle(self) -> None:
        """Returns when no round is going on."""
        async with self._one_at_a_time:
            pass

    async def tick_now(self) -> float:
        """One round, at once; the seconds after which the next is wished for."""
        async with self._one_at_a_time:
            self._began_at = self._monotonic()
            now = self._clock.now()
            try:
                if not await self._is_believable(now):
                    return self._every
            except Exception as error:
                log.error("The last round cannot be read: %s", kind_and_place(error))
                return self._every
            wishes = [await self._look(tick) for tick in self._ticks]
            if None not in wishes:
                self._came_at = self._monotonic()
            self._wake()
            return min((wish for wish in wishes if wish is not None), default=self._every)

    async def _look(self, tick: Tick) -> float | None:
        """When it wants to look again; None where it failed."""
        try:
            wish = await self._writer.run(tick)
        except Exception as error:
            log.error("What is due could not be found: %s", kind_and_place(error))
            return None
        return self._every if wish is None else wish

    async def _is_believable(self, now: datetime) -> bool:
        """Whether this moment may follow that of the last round, which it becomes then."""

        def note(work: UnitOfWork) -> datetime | None:
            kept, doubted = work.facts.get(LAST_TICK), work.facts.get(DOUBTED)
            last = None if kept is None else datetime.fromisoformat(kept)
            if last is not None and now < last - BACK:
                since = datetime.fromisoformat(doubted) if doubted else None
                if since is None or now < since:  # set back once more: it starts anew
                    work.facts.set(DOUBTED, now.isoformat())
                    return last
                if now - since <= BELIEVED_AFTER:
                    return last
            work.facts.set(LAST_TICK, now.isoformat())
            if doubted:
                work.facts.set(DOUBTED, "")
            return None

        later = await self._writer.run(note)
        if later is not None and not self._is_doubtful:
            log.error(
                "It is %s by the clock, but it was %s already: nobody is reminded and nothing announced until the "
                "clock is right. Set it; if it is right, this ends by itself in a day.",
                now.isoformat(timespec="seconds"),
                later.isoformat(timespec="seconds"),
            )
        self._is_doubtful = later is not None
        return not self._is_doubtful
