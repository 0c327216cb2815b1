"""The library that is served right now, and how it follows the files."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from pathlib import Path
from threading import Lock

from bot.content.folder import KNOWLEDGE, SCHEDULES, Found, Layout, scan
from bot.content.intake import Memory
from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.snapshots import snapshot_files

LOOK_EVERY = 1.0
"""Seconds after which the folder is looked at although nothing was told: some file systems tell nothing."""

SHARE_OF_LOOKING = 0.05
"""At most this share of the time goes into looking at a large folder."""

DEBOUNCE_MS = 200
STEADY = 0.1
LONGEST_WAIT = 1.0


class ContentStore:
    """Serves one `Loaded` at a time; a reload swaps a single reference, so that nobody sees half of it."""

    def __init__(
        self, knowledge: Path, last_good: LastGood | None = None, *, schedules: Path | None = None
    ) -> None:
        """Loads the folders. Never raises for what is in them. Without `last_good`, memory serves for it."""
        self._knowledge = knowledge
        self.schedules = schedules
        self._last_good = last_good or LastGood()
        self._memory: Memory = {}
        self._lock = Lock()
        self._next_look = 0.0
        self._seen = self._look()
        self._loaded = self._load()

    @property
    def loaded(self) -> Loaded:
        """What is served right now. A request takes it once and keeps it to its end."""
        return self._loaded

    def reload(self) -> Loaded:
        """Reads what changed and serves the result. May be called from any thread."""
        with self._lock:
            # Looked at before it is read: what changes in between is seen as a change by the next look.
            self._seen = self._look()
            self._loaded = self._load()
            return self._loaded

    def files(self) -> dict[str, bytes]:
        """The files as they are served, by their names below the content folders. May be called from any thread."""
        with self._lock:
            return snapshot_files(self._knowledge, self.schedules, self._last_good)

    def _load(self) -> Loaded:
        return load(self._knowledge, self._last_good, schedules=self.schedules, memory=self._memory)

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
        """Whenever it is worth looking at the folders: something was told, or some time has passed."""
        from watchfiles import awatch

        while True:
            watched = self._identity()
            events = awatch(
                *(folder for folder in self._folders() if folder.is_dir()),
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

    def _folders(self) -> list[Path]:
        return [self._knowledge, *([self.schedules] if self.schedules is not None else [])]

    def _identity(self) -> list[tuple[int, int] | None]:
        """Which folders these are: one that was replaced by another of its name is watched anew."""
        found: list[tuple[int, int] | None] = []
        for folder in self._folders():
            try:
                status = folder.stat()
            except OSError:
                found.append(None)
            else:
                found.append((status.st_dev, status.st_ino))
        return found

    def _look(self) -> list[Found]:
        """What lies in the folders, with what is wrong about the names of files that are not read."""
        began = time.monotonic()
        found = [_scanned(self._knowledge, KNOWLEDGE)]
        if self.schedules is not None:
            found.append(_scanned(self.schedules, SCHEDULES))
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


def _scanned(folder: Path, layout: Layout) -> Found:
    try:
        return scan(folder, layout)
    except OSError:
        return Found({})
