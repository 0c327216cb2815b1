"""The way of one message: made ready, marked as under way, sent, settled. A kill leaves it unknown on the wire."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeAlias, TypeVar

from bot.delivery import crash
from bot.delivery.lease import SenderLease
from bot.delivery.pacing import Sleep, growing, kind_and_place
from bot.domain.outgoing import (
    FINISHED,
    WHEN_IT_LEAVES,
    Blocked,
    Call,
    DeliveryState,
    NotSent,
    Outcome,
    OutgoingMessage,
    Refused,
    Sent,
    Stale,
    TooMany,
    Unknown,
    after,
)
from bot.domain.ports import Clock, UnitOfWork, Wire, Writer

T = TypeVar("T")
Prepare: TypeAlias = Callable[[UnitOfWork, OutgoingMessage, datetime], OutgoingMessage]
Settled: TypeAlias = Callable[[UnitOfWork, OutgoingMessage], None]
log = logging.getLogger(__name__)

LONGEST_REQUEST = 20.0
"""Seconds after which the outcome of a request counts as unknown. Shorter than what the lease has left by then; a
file takes longer, and the lease is said again meanwhile."""
SLOWEST_LINE = 25_000.0
"""Bytes a second at which a file still gets through."""

WRITES_ONCE = ("send", "copy", "forward")
"""Methods that leave a second message behind when they are repeated. All others (edits, deletions, answers
to a press) end the same however often they are made."""


class NotPreparedError(Exception):
    """A message could not be made ready; nothing of it was written."""


class Carrier:
    """Carries messages, one at a call. `prepare` and `settled` are those of the post room; `take_notice` hears of
    each outcome at once, before it is committed, `leaves` of each request just before it does."""

    def __init__(
        self,
        writer: Writer,
        wire: Wire,
        clock: Clock,
        sleep: Sleep,
        lease: SenderLease,
        prepare: Prepare,
        settled: Settled,
        take_notice: Callable[[Outcome, datetime], None],
        leaves: Callable[[OutgoingMessage], None],
    ) -> None:
        self._writer = writer
        self._wire = wire
        self._clock = clock
        self._sleep = sleep
        self._lease = lease
        self._prepare = prepare
        self._settled = settled
        self._take_notice = take_notice
        self._leaves = leaves

    async def carry(self, message: OutgoingMessage) -> None:
        """The whole way of one message, from the hand to a settled row."""
        ready = await self._make_ready(message)
        if ready is None:
            return
        # The row keeps what it said: what is made when it leaves is made anew at each try.
        message = replace(
            message, state=DeliveryState.WIRED, tries=message.tries + 1, language=ready.language
        )
        self._leaves(message)
        outcome = await self._send(ready)
        crash.point("outbox.sent")
        if isinstance(outcome, Unknown) and _may_be_repeated(ready):
            outcome = NotSent(outcome.reason)
        if isinstance(outcome, Stale) and message.method == WHEN_IT_LEAVES:
            outcome = Refused(outcome.reason)
        await self._write_down(message, outcome)
        crash.point("outbox.settled")

    async def _write_down(self, message: OutgoingMessage, outcome: Outcome) -> None:
        now = self._clock.now()
        self._take_notice(outcome, now)
        await self.insist(lambda work: self._settle(work, message, outcome, now))

    def _settle(self, work: UnitOfWork, message: OutgoingMessage, outcome: Outcome, now: datetime) -> None:
        self._take_note(work, message.chat_id, outcome, now)
        # Where another program has taken the message over meanwhile, only that it arrived is still of use.
        if isinstance(outcome, Sent) or self._lease.was_ours(work):
            self._finish(work, after(message, outcome, now), now)

    def _finish(self, work: UnitOfWork, message: OutgoingMessage, now: datetime) -> None:
        work.outbox.settle(message, now)
        if message.state in FINISHED:
            self._settled(work, message)

    @staticmethod
    def _take_note(work: UnitOfWork, chat_id: int, outcome: Outcome, now: datetime) -> None:
        """What the outcome means for more than this message."""
        match outcome:
            case Blocked() if chat_id > 0:
                work.people.set_reachable(chat_id, False)
            case Blocked():
                work.groups.set_reachable(chat_id, False)
            case TooMany(retry_after):
                work.outbox.set_pause(now + timedelta(seconds=retry_after))

    async def _make_ready(self, message: OutgoingMessage) -> OutgoingMessage | None:
        """The message as it leaves, marked as under way. None where it is not to leave (now), or is not ours any
        more, such as when its person was forgotten meanwhile."""
        crash.point("outbox.allowed")
        is_ready = message.method != WHEN_IT_LEAVES
        if is_ready and _may_be_repeated(message) and self._lease.lasts(self._clock.now()):
            # It stays claimed: after a kill it is given back and simply made once more.
            return message
        try:
            return await self.insist(lambda work: self._mark(work, message))
        except NotPreparedError as error:
            reason = kind_and_place(error.__cause__ or error)
            log.error("Message %s could not be made ready: %s", message.id, reason)
            await self._write_down(replace(message, tries=message.tries + 1), NotSent(reason))
            return None
        finally:
            crash.point("outbox.wired")

    def _mark(self, work: UnitOfWork, message: OutgoingMessage) -> OutgoingMessage | None:
        now = self._clock.now()
        if not self._lease.allows(work, now):
            return None
        ready = message
        if message.method == WHEN_IT_LEAVES:
            try:
                ready = self._prepare(work, message, now)
            except Exception as error:
                raise NotPreparedError from error
            if ready.state is DeliveryState.RETRY or ready.state in FINISHED:
                put_aside = replace(
                    message, state=ready.state, reason=ready.reason, not_before=ready.not_before
                )
                self._finish(work, put_aside, now)
                return None
        if _may_be_repeated(ready):
            return ready
        try:
            work.outbox.mark_wired(message.id or 0, now)
        except LookupError:
            return None
        return ready

    async def _send(self, message: OutgoingMessage) -> Outcome:
        try:
            async with asyncio.timeout(_longest(message)):
                return await self._wire.send(Call(message.method, message.params))
        except Exception as error:
            log.error("Message %s: the outcome is unknown: %s", message.id, kind_and_place(error))
            return Unknown(kind_and_place(error))

    async def insist(self, function: Callable[[UnitOfWork], T]) -> T:
        """Until it is committed: what was sent must not be forgotten because the disk is full for a while."""
        failures = 0
        while True:
            try:
                return await self._writer.run(function)
            except NotPreparedError:
                raise
            except Exception as error:
                failures += 1
                log.error("The outbox cannot be written, trying again: %s", kind_and_place(error))
                await self._sleep(growing(failures))


def _longest(message: OutgoingMessage) -> float:
    """Seconds that the request may take."""
    files = (value for value in message.params.values() if isinstance(value, Mapping) and "content" in value)
    return LONGEST_REQUEST + sum(len(file["content"]) for file in files) / SLOWEST_LINE


def _may_be_repeated(message: OutgoingMessage) -> bool:
    return not message.method.startswith(WRITES_ONCE)
