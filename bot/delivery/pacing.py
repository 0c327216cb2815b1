"""Waiting that can be cut short, pauses that grow, and errors told without what people wrote."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeAlias

Sleep: TypeAlias = Callable[[float], Awaitable[None]]
"""Waits so many seconds; `asyncio.sleep` in earnest."""


class Bell:
    """Ends a wait early. Ringing before the wait counts too, so nothing in between is missed."""

    def __init__(self, sleep: Sleep) -> None:
        self._sleep = sleep
        self._rung = asyncio.Event()

    def ring(self) -> None:
        self._rung.set()

    @property
    def is_rung(self) -> bool:
        return self._rung.is_set()

    def silence(self) -> None:
        self._rung.clear()

    async def wait(self, seconds: float) -> None:
        """Returns when it rings, at the latest after so many seconds. It stays rung until it is silenced."""
        if self._rung.is_set():
            return
        waits = (asyncio.ensure_future(self._rung.wait()), asyncio.ensure_future(self._sleep(seconds)))
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()


def growing(failures: int, first: float = 1.0, longest: float = 30.0) -> float:
    """The pause in seconds after so many failures in a row (1, 2, ...): doubled each time."""
    return min(longest, first * 2.0 ** min(failures - 1, 16))


def kind_and_place(error: BaseException) -> str:
    """Type and place of an error: all that may be logged, since its text can hold what people wrote.

    The place is the innermost one in the program's own code.
    """
    place = ""
    trace = error.__traceback__
    while trace is not None:
        module = trace.tb_frame.f_globals.get("__name__", "?")
        if not place or module.split(".")[0] == "bot":
            place = f"{module}:{trace.tb_lineno}"
        trace = trace.tb_next
    return f"{type(error).__name__} at {place or 'unknown place'}"
