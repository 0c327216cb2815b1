"""The time machine of the stage: goes forward in small steps, so that what falls due on the way is said there."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Protocol

STEP = timedelta(minutes=30)
FARTHEST = timedelta(days=62)
"""The longest journey at once."""


class MovableClock(Protocol):
    def now(self) -> datetime: ...

    def travel(self, by: timedelta) -> None: ...


async def _stays() -> None:
    """Nobody to wait for."""


class TimeMachine:
    """Moves the clock of the bot and of the emulator. `on_the_way` is awaited after every step."""

    def __init__(self, clock: MovableClock) -> None:
        self._clock = clock
        self.on_the_way: Callable[[], Awaitable[None]] = _stays

    def now(self) -> datetime:
        return self._clock.now()

    async def travel(self, by: timedelta) -> datetime:
        """Goes forward; the moment of arrival. Raises ValueError where this is no way forward, or too far."""
        if not timedelta() < by <= FARTHEST:
            raise ValueError("only forward, and at most two months at once")
        left = by
        while left > timedelta():
            step = min(STEP, left)
            self._clock.travel(step)
            left -= step
            await self.on_the_way()
        return self._clock.now()
