"""The library that is served right now, and how it follows the files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from threading import Lock

from bot.content.folder import Found, scan
from bot.content.last_good import LastGood
from bot.content.loader import Loaded, Memory, load

LOOK_EVERY = 1.0
"""Seconds after which the folder is looked at although nothing was told: some file systems tell nothing."""

SHARE_OF_LOOKING = 0.05
"""At most this share of the time goes into looking at a large folder."""

DEBOUNCE_MS = 200
STEADY = 0.1
LONGEST_WAIT = 1.0


class ContentStore:
    """Serves one `Loaded` at a time; a reload swaps a single reference, so that nobody sees half of it."""

    def __init__(self, knowledge: Path, last_good: LastGood | None = None) -> None:
        """Loads the folder. Never raises for what is in it. Without `last_good`, memory serves for it."""
        self._knowledge = knowledge
        self._last_good = last_good or LastGood()
        self._memory: Memory = {}
        self._lock = Lock()
        self._next_look = 0.0
        self._seen = self._look()
        self._loaded = load(knowledge, self._last_good, memory=self._memory)

    @property
    def loaded(self) -> Loaded:
        """What is served right now. A request takes it once and keeps it to its end."""
        return self._loaded

    def reload(self) -> Loaded:
        """Reads what changed and serves the result. May be called from any thread."""
        with self._lock:
            # Looked at before it is read: what changes in between is seen as a change by the next look.
            self._seen = self._look()
            self._loaded = load(self._knowledge, self._last_good, memory=self._memory)
            return self._loaded

    async def watch(self, on_change: Callable[[Loaded], Awaitable[None]]) -> None:
        """Reloads whenever a file changes, and tells `on_change`; runs until it is cancelled.

        An edit is seen within two seconds, also after the folder was replaced by another one.
        """
        async for _ in self._moments():
            if await asyncio.to_thread(self._look) == self._seen:
                continue
            await self._settled()
            await on_change(await asyncio.to_thread(self.reload))

    async def _moments(self) -> AsyncIterator[None]:
        """Whenever it is worth looking at the folder: something was told, or some time has passed."""
        from watchfiles import awatch

        while True:
            watched = self._identity()
            events = awatch(
                self._knowledge,
                watch_filter=None,
                debounce=DEBOUNCE_MS,
                step=50,
                rust_timeout=int(LOOK_EVERY * 1000),
                yield_on_timeout=True,
            )
            try:
                async with aclosing(events):
                    async for changes in events:
                        if not changes and time.monotonic() < self._next_look:
                            continue
                        yield
                        if self._identity() != watched:
                            break
            except (OSError, RuntimeError):
                # No folder, or the system has no watches left: looking now and then is enough.
                yield
                await asyncio.sleep(max(LOOK_EVERY, self._next_look - time.monotonic()))

    def _identity(self) -> tuple[int, int] | None:
        try:
            status = self._knowledge.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def _look(self) -> Found:
        """What lies in the folder, with what is wrong about the names of files that are not read."""
        began = time.monotonic()
        try:
            found = scan(self._knowledge)
        except OSError:
            return Found({}, (), ())
        ended = time.monotonic()
        self._next_look = ended + max(LOOK_EVERY * 0.9, (ended - began) / SHARE_OF_LOOKING)
        return found

    async def _settled(self) -> None:
        """Waits until nothing changes any more, so that a file is not read while it is written."""
        seen = await asyncio.to_thread(self._look)
        end = time.monotonic() + LONGEST_WAIT
        while time.monotonic() < end:
            await asyncio.sleep(STEADY)
            again = await asyncio.to_thread(self._look)
            if again == seen:
                return
            seen = again
