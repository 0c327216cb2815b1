"""What goes out: claimed, marked as under way, sent, settled. A kill leaves unknown what was on the wire."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from bot.delivery import crash
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.delivery.rates import Rates
from bot.domain.outgoing import (
    PRIORITY,
    Blocked,
    Call,
    DeliveryState,
    MessageClass,
    NotSent,
    Outcome,
    OutgoingMessage,
    TokenRefused,
    TooMany,
    Unknown,
    after,
)
from bot.domain.ports import Clock, UnitOfWork, Wire, Writer
from bot.domain.questions import LookupOutcome

T = TypeVar("T")
log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds after which the post room looks for due messages without being woken."""

REFUSED_PAUSE = 60.0
"""Seconds until the next try after Telegram refused the token."""

TIDY_EVERY = timedelta(hours=1)
KEEP_UPDATE_IDS = timedelta(days=8)
"""Telegram starts anew with its update ids after a week of silence; until then an old id is a repeat."""
KEEP_MESSAGES = timedelta(days=30)
KEEP_LINKS = timedelta(days=30)
"""How long a link that is over is kept: whoever opens it is told so."""
KEEP_QUESTIONS = timedelta(days=90)
"""How long a finished question and its thread are kept after the last word in it."""
KEEP_LOOKUPS = timedelta(days=30)
KEEP_MISSES = timedelta(days=180)
"""Longer than what was found: from these the secretariat learns what the library lacks."""
SHOWN = (LookupOutcome.FOUND, LookupOutcome.CHOICES)

WRITES_ONCE = ("send", "copy", "forward")
"""Methods that leave a second message behind when they are repeated. All others (edits, deletions, answers
to a press) end the same however often they are made."""


class PostRoom:
    """Sends what is in the outbox, with at most `most_in_flight` requests on the wire.

    `wire.send` should end within its own time limit. `monotonic` and `sleep` are the clock of the budgets.
    `undelivered` hears of what will never arrive, in the transaction that settles it.
    """

    def __init__(
        self,
        writer: Writer,
        wire: Wire,
        clock: Clock,
        rates: Rates,
        *,
        most_in_flight: int = 4,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        undelivered: Callable[[UnitOfWork, OutgoingMessage], None] = lambda work, message: None,
    ) -> None:
        self._writer = writer
        self._wire = wire
        self._clock = clock
        self._rates = rates
        self._most = most_in_flight
        self._sleep = sleep
        self._monotonic = monotonic
        self._undelivered = undelivered
        self._bell = Bell(sleep)
        self._held: list[OutgoingMessage] = []
        self._in_flight: dict[asyncio.Task[None], OutgoingMessage] = {}
        self._pause_until: datetime | None = None
        self._refused_until: float | None = None
        self._tidy_at: datetime | None = None
        self._idle = asyncio.Event()
        self._stopping = False
        self._rests = asyncio.Event()
        self._rests.set()

    @property
    def is_refused(self) -> bool:
        """Whether Telegram refused the token when something was last sent."""
        return self._refused_until is not None

    def wake(self) -> None:
        """Something may be due."""
        self._idle.clear()
        self._bell.ring()

    async def idle(self) -> None:
        """Returns when nothing is due or in hand. What is to be tried again later does not count."""
        await self._idle.wait()

    async def run(self) -> None:
        """Works until `stop`."""
        self._rests.clear()
        try:
            await self._insist(lambda work: work.outbox.recover(self._clock.now()))
            failures = 0
            while not self._stopping:
                self._bell.silence()
                try:
                    pause = await self._round()
                    failures = 0
                except Exception as error:
                    failures += 1
                    pause = growing(failures)
                    log.error("The outbox cannot be read: %s", kind_and_place(error))
                await self._bell.wait(pause)
        finally:
            self._rests.set()
            if not self._stopping:
                self._cancel()

    async def stop(self, within: float = 8.0) -> None:
        """Claims nothing more, gives back what has not left, and waits for what is on the wire.

        What has not ended in time stays marked as under way, and the next start finds its outcome unknown.
        """
        self._stopping = True
        self._bell.ring()
        held, self._held = self._held, []
        in_flight = list(self._in_flight)
        given_back = asyncio.ensure_future(self._give_back(held))
        # The round that is going on may have claimed something, which it gives back itself.
        rests = asyncio.ensure_future(self._rests.wait())
        await asyncio.wait([given_back, rests, *in_flight], timeout=within)
        rests.cancel()
        self._cancel()
        await asyncio.gather(*in_flight, return_exceptions=True)

    def _cancel(self) -> None:
        for task in self._in_flight:
            task.cancel()

    async def _round(self) -> float:
        """One look at the queue. The seconds until it makes sense to look again."""
        await self._tidy()
        tick = self._monotonic()
        if self._refused_until is not None and tick < self._refused_until:
            return self._refused_until - tick
        resting = self._rates.resting(tick)
        await self._claim(frozenset(resting))
        pause = self._pause_left()
        if pause > 0:
            return min(pause, LOOK_EVERY)
        soonest = self._start_what_may_leave(tick)
        in_hand = self._held or self._in_flight or (resting and await self._has_queue())
        if not in_hand and not self._bell.is_rung:
            self._idle.set()
        return min([LOOK_EVERY, soonest, *(at - tick for at in resting.values())])

    async def _claim(self, resting: frozenset[int]) -> None:
        """Takes due messages into the hand, and learns of a pause that Telegram asked for.

        A full hand is laid back and dealt again, so that an answer written meanwhile comes into it.
        """
        if len(self._held) >= self._most:
            laid_back, self._held = self._held, []
        else:
            laid_back = []
        free = self._most - len(self._held)
        in_hand = {message.chat_id for message in (*self._held, *self._in_flight.values())}
        now = self._clock.now()

        def take(work: UnitOfWork) -> tuple[datetime | None, Sequence[OutgoingMessage]]:
            _make_ready(work, laid_back, now)
            until = work.outbox.pause_until()
            if until is not None and until > now:
                return until, ()
            return until, work.outbox.claim(free, now, resting | in_hand)

        try:
            until, claimed = await self._writer.run(take)
        except Exception:
            self._held += laid_back
            raise
        if claimed:
            crash.point("outbox.claimed")
        self._pause_at_least_until(until)
        if self._stopping:
            await self._give_back(claimed)
            return
        self._held += claimed
        self._held.sort(key=lambda message: (PRIORITY[message.message_class], message.id or 0))

    def _pause_at_least_until(self, until: datetime | None) -> None:
        if until is not None and (self._pause_until is None or until > self._pause_until):
            self._pause_until = until

    def _pause_left(self) -> float:
        return 0.0 if self._pause_until is None else (self._pause_until - self._clock.now()).total_seconds()

    def _start_what_may_leave(self, tick: float) -> float:
        """Sends what the budgets allow, the most urgent first; the seconds until they allow the next."""
        soonest = LOOK_EVERY
        for message in list(self._held):
            is_answer = message.message_class is MessageClass.ANSWER
            # The last place is kept for answers, so that a slow broadcast never makes a person wait for it.
            if len(self._in_flight) >= (self._most if is_answer else max(1, self._most - 1)):
                continue
            at = self._rates.next_allowed(message.chat_id, message.message_class, tick)
            if at > tick:
                soonest = min(soonest, at - tick)
                continue
            self._rates.spend(message.chat_id, message.message_class, tick)
            self._held.remove(message)
            task = asyncio.create_task(self._deliver(message))
            self._in_flight[task] = message
            task.add_done_callback(self._landed)
        return soonest

    def _landed(self, task: asyncio.Task[None]) -> None:
        del self._in_flight[task]
        self._bell.ring()

    async def _deliver(self, message: OutgoingMessage) -> None:
        """The whole way of one message, from the hand to a settled row."""
        repeatable = not message.method.startswith(WRITES_ONCE)
        # What may be repeated stays claimed: after a kill it is given back and simply made once more.
        if not repeatable and not await self._mark_wired(message):
            return
        message = replace(message, state=DeliveryState.WIRED, tries=message.tries + 1)
        outcome = await self._send(message)
        crash.point("outbox.sent")
        if isinstance(outcome, Unknown) and repeatable:
            outcome = NotSent(outcome.reason)
        now = self._clock.now()
        self._take_notice(outcome, now)
        await self._insist(lambda work: self._settle(work, message, outcome, now))
        crash.point("outbox.settled")

    def _settle(self, work: UnitOfWork, message: OutgoingMessage, outcome: Outcome, now: datetime) -> None:
        settled = after(message, outcome, now)
        work.outbox.settle(settled, now)
        if isinstance(outcome, Blocked) and message.chat_id > 0:
            work.people.set_reachable(message.chat_id, False)
        if isinstance(outcome, TooMany):
            work.outbox.set_pause(now + timedelta(seconds=outcome.retry_after))
        if settled.state in (DeliveryState.BLOCKED, DeliveryState.FAILED):
            self._undelivered(work, message)

    async def _mark_wired(self, message: OutgoingMessage) -> bool:
        """False where the message is not ours any more, such as when its person was forgotten meanwhile."""

        def mark(work: UnitOfWork) -> bool:
            try:
                work.outbox.mark_wired(message.id or 0, self._clock.now())
            except LookupError:
                return False
            return True

        crash.point("outbox.allowed")
        marked = await self._insist(mark)
        crash.point("outbox.wired")
        return marked

    async def _send(self, message: OutgoingMessage) -> Outcome:
        try:
            return await self._wire.send(Call(message.method, message.params))
        except Exception as error:
            log.error("Message %s: the outcome is unknown: %s", message.id, kind_and_place(error))
            return Unknown(kind_and_place(error))

    def _take_notice(self, outcome: Outcome, now: datetime) -> None:
        """What the outcome means for all messages, at once and before it is committed."""
        if isinstance(outcome, TokenRefused):
            if self._refused_until is None:
                log.error(
                    "Telegram refuses the token. Nothing is sent until it is right; the queue is kept. "
                    "Check FOCAL_TOKEN with @BotFather and start again."
                )
            self._refused_until = self._monotonic() + REFUSED_PAUSE
            return
        if self._refused_until is not None and not isinstance(outcome, NotSent | Unknown):
            log.info("Telegram accepts the token again")
            self._refused_until = None
        if isinstance(outcome, TooMany):
            log.warning("Telegram asks us to wait %g s before the next message", outcome.retry_after)
            self._pause_at_least_until(now + timedelta(seconds=outcome.retry_after))

    async def _give_back(self, messages: Sequence[OutgoingMessage]) -> None:
        if messages:
            await self._insist(lambda work: _make_ready(work, messages, self._clock.now()))

    async def _has_queue(self) -> bool:
        counts = await self._writer.run(lambda work: work.outbox.counts())
        return any(state in (DeliveryState.READY, DeliveryState.RETRY) for _, state in counts)

    async def _tidy(self) -> None:
        now = self._clock.now()
        if self._tidy_at is not None and now < self._tidy_at:
            return

        def forget(work: UnitOfWork) -> dict[str, int]:
            return {
                "updates": work.inbox.forget(now - KEEP_UPDATE_IDS),
                "messages": work.outbox.forget(now - KEEP_MESSAGES),
                "links": work.invitations.forget(now - KEEP_LINKS, now)
                + work.handed.forget(now - KEEP_LINKS),
                "questions": work.questions.forget(now - KEEP_QUESTIONS),
                "lookups": work.lookups.forget(SHOWN, now - KEEP_LOOKUPS)
                + work.lookups.forget((LookupOutcome.NOTHING,), now - KEEP_MISSES),
            }

        forgotten = await self._writer.run(forget)
        self._tidy_at = now + TIDY_EVERY
        if any(forgotten.values()):
            log.info(
                "Forgot %s", ", ".join(f"{number} {what}" for what, number in forgotten.items() if number)
            )

    async def _insist(self, function: Callable[[UnitOfWork], T]) -> T:
        """Until it is committed: what was sent must not be forgotten because the disk is full for a while."""
        failures = 0
        while True:
            try:
                return await self._writer.run(function)
            except Exception as error:
                failures += 1
                log.error("The outbox cannot be written, trying again: %s", kind_and_place(error))
                await self._sleep(growing(failures))


def _make_ready(work: UnitOfWork, messages: Sequence[OutgoingMessage], now: datetime) -> None:
    for message in messages:
        work.outbox.settle(replace(message, state=DeliveryState.READY), now)
