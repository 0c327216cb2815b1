"""What comes in: committed before Telegram is told that we have it, then handled in order, chat by chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial
from typing import Any, TypeAlias

from bot.delivery import crash
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.domain.errors import OperatorError
from bot.domain.ports import Clock, StoredUpdate, UnitOfWork, Writer

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds after which the lanes look for waiting updates without being woken."""

LONG_POLL = 50
"""Seconds for which Telegram may keep a request open; it allows no more."""

Handle: TypeAlias = Callable[[StoredUpdate], Awaitable[None]]
Apologise: TypeAlias = Callable[[UnitOfWork, StoredUpdate], None]
Fetch: TypeAlias = Callable[[int | None, int], Awaitable[Sequence[Mapping[str, Any]]]]


class ApologyError(Exception):
    """Nobody could be told of an update that is to be set aside."""


class AnotherPollerError(OperatorError):
    """Telegram answered 409: a second process asks for the updates of this bot."""

    def __init__(self) -> None:
        super().__init__(
            "Another program fetches the messages of this bot with the same token, so each gets only some of "
            "them. Stop one of the two."
        )


def lane_of(raw: Mapping[str, Any]) -> int:
    """The chat whose order this update keeps; where it has no chat (inline queries), the person; else 0."""
    content = next((part for part in raw.values() if isinstance(part, Mapping)), {})
    message = content.get("message")
    for source in (
        content.get("chat"),
        message.get("chat") if isinstance(message, Mapping) else None,
        content.get("from"),
        content.get("user"),
    ):
        if isinstance(source, Mapping) and isinstance(source.get("id"), int):
            return int(source["id"])
    return 0


class Lanes:
    """Handles the stored updates: one at a time and in order within a lane, up to `most` lanes side by side.

    `handle` commits the effect of an update together with `work.inbox.done`. What it raises is logged by type
    and place, the update is tried again after a pause, and in the end set aside. `apologise` writes to its
    sender then, in the same transaction, and `apologised` is called when that is committed.
    """

    def __init__(
        self,
        writer: Writer,
        handle: Handle,
        clock: Clock,
        *,
        most: int = 8,
        apologise: Apologise = lambda work, update: None,
        apologised: Callable[[], None] = lambda: None,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._writer = writer
        self._handle = handle
        self._clock = clock
        self._most = most
        self._apologise = apologise
        self._apologised = apologised
        self._sleep = sleep
        self._bell = Bell(sleep)
        self._busy: dict[int, asyncio.Task[None]] = {}
        self._idle = asyncio.Event()
        self._stopping = False

    def wake(self) -> None:
        """Something may be waiting."""
        self._idle.clear()
        self._bell.ring()

    async def idle(self) -> None:
        """Returns when nothing is waiting or in hand."""
        await self._idle.wait()

    async def run(self) -> None:
        """Works until `stop`."""
        failures = 0
        try:
            while not self._stopping:
                self._bell.silence()
                try:
                    await self._take()
                    failures = 0
                except Exception as error:
                    failures += 1
                    log.error("The inbox cannot be read: %s", kind_and_place(error))
                await self._bell.wait(growing(failures) if failures else LOOK_EVERY)
        finally:
            if not self._stopping:
                self._cancel()

    async def stop(self, within: float = 8.0) -> None:
        """Takes nothing more and waits for what is in hand; the rest waits for the next start."""
        self._stopping = True
        self._bell.ring()
        in_hand = list(self._busy.values())
        if in_hand:
            await asyncio.wait(in_hand, timeout=within)
        self._cancel()
        await asyncio.gather(*in_hand, return_exceptions=True)

    def _cancel(self) -> None:
        for task in self._busy.values():
            task.cancel()

    async def _take(self) -> None:
        free = self._most - len(self._busy)
        if free == 0:
            return
        busy = frozenset(self._busy)
        waiting = await self._writer.run(lambda work: work.inbox.waiting(free, busy))
        if self._stopping:
            return
        for update in waiting:
            task = asyncio.create_task(self._work_off(update))
            self._busy[update.lane] = task
            task.add_done_callback(partial(self._free, update.lane))
        if not self._busy and not self._bell.is_rung:
            self._idle.set()

    def _free(self, lane: int, _: asyncio.Task[None]) -> None:
        del self._busy[lane]
        self._bell.ring()

    async def _work_off(self, update: StoredUpdate) -> None:
        """Tries until the update is done or set aside, so that nothing passes it in its lane."""
        failures = 0
        while True:
            error = await self._try(update)
            if error is None:
                return
            failures += 1
            if await self._is_over(update, kind_and_place(error)) or self._stopping:
                return
            await self._sleep(growing(failures))

    async def _try(self, update: StoredUpdate) -> Exception | None:
        try:
            crash.point("update.taken")
            await self._handle(update)
            crash.point("update.handled")
            # Otherwise it would be taken again and again, for ever.
            if not await self._writer.run(lambda work: work.inbox.is_done(update.update_id)):
                raise RuntimeError("handled, but not marked as done")
        except Exception as error:
            log.error("Update %s failed: %s", update.update_id, kind_and_place(error))
            return error
        return None

    async def _is_over(self, update: StoredUpdate, reason: str) -> bool:
        """Counts the failed try. Where not even that can be written, the database failed, not the update."""
        try:
            try:
                over, dead = await self._writer.run(lambda work: self._count(work, update, reason))
            except ApologyError as error:
                cause = kind_and_place(error.__cause__ or error)
                log.error("Nobody could be told of update %s: %s", update.update_id, cause)
                over, dead = await self._writer.run(
                    lambda work: self._count(work, update, reason, apologise=False)
                )
            crash.point("update.failed")
        except Exception as error:
            log.error("The inbox cannot be written: %s", kind_and_place(error))
            return False
        if dead:
            log.error("Update %s is set aside", update.update_id)
            self._apologised()
        return over

    def _count(
        self, work: UnitOfWork, update: StoredUpdate, reason: str, *, apologise: bool = True
    ) -> tuple[bool, bool]:
        """Whether the update is over, and whether it has been set aside just now."""
        if work.inbox.is_done(update.update_id):
            return True, False
        work.inbox.failed(update.update_id, reason, self._clock.now())
        dead = work.inbox.is_done(update.update_id)
        if dead and apologise:
            try:
                self._apologise(work, update)
            except Exception as error:
                raise ApologyError from error
        return dead, dead


class Poller:
    """Fetches updates and confirms them only when they are committed.

    `fetch(offset, seconds)` asks Telegram once. An OperatorError that it raises (AnotherPollerError, a
    refused token) is told in its own words, everything else by type and place; each once until it changes.
    """

    def __init__(
        self, fetch: Fetch, writer: Writer, lanes: Lanes, clock: Clock, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._fetch = fetch
        self._writer = writer
        self._lanes = lanes
        self._clock = clock
        self._sleep = sleep

    async def receive(self, updates: Sequence[Mapping[str, Any]]) -> int:
        """Commits the updates and wakes the lanes; how many were new. The webhook answers 200 after this.

        What has no update id can be neither confirmed nor told from a repeat: KeyError.
        """
        stored = [StoredUpdate(raw["update_id"], lane_of(raw), raw) for raw in updates]
        crash.point("inbox.fetched")
        new = await self._writer.run(lambda work: work.inbox.receive(stored, self._clock.now()))
        crash.point("inbox.received")
        self._lanes.wake()
        return new

    async def run(self) -> None:
        """Fetches until it is cancelled, which loses nothing.

        It starts without an offset: after an idle week Telegram begins anywhere with its ids.
        """
        offset: int | None = None
        failures = 0
        told = ""
        while True:
            try:
                updates = await self._fetch(offset, LONG_POLL)
                if updates:
                    await self.receive(updates)
                    offset = max(int(raw["update_id"]) for raw in updates) + 1
            except Exception as error:
                failures += 1
                line = str(error) if isinstance(error, OperatorError) else kind_and_place(error)
                if line != told:
                    log.error("Messages cannot be fetched, trying again: %s", line)
                    told = line
                await self._sleep(growing(failures))
                continue
            if told:
                log.info("Messages are fetched again")
            failures, told = 0, ""
