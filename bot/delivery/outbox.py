"""What goes out: which of the messages leave when, and which of the programs sends them."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from bot.delivery import crash
from bot.delivery.carrier import Carrier, Prepare, Settled
from bot.delivery.lease import SenderLease
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.delivery.rates import Rates
from bot.delivery.tidying import Tidying
from bot.domain.outgoing import (
    PRIORITY,
    DeliveryState,
    MessageClass,
    NotSent,
    Outcome,
    OutgoingMessage,
    TokenRefused,
    TooMany,
    Unknown,
)
from bot.domain.ports import Clock, UnitOfWork, Wire, Writer

log = logging.getLogger(__name__)

LOOK_EVERY = 1.0
"""Seconds after which the post room looks for due messages without being woken."""

MOST_IN_FLIGHT = 6
"""Requests on the wire: enough for 22 a second where one takes a quarter of a second from commit to commit, and few,
since a kill leaves unknown as many as these."""

RELEASE_WITHIN = 1.0
"""Seconds that the end of a program waits to give its lease back."""

REFUSED_PAUSE = 60.0
"""Seconds until the next try after Telegram refused the token."""


class PostRoom:
    """Sends what is in the outbox, with at most `most_in_flight` requests on the wire, as long as it is the one that
    sends: `owner` is the name under which it holds the lease.

    `monotonic` and `sleep` are the clock of the budgets. `prepare` makes a message ready that is made WHEN_IT_LEAVES,
    in the transaction that marks it as under way: with a method and parameters, or finished with a reason, or RETRY
    with a moment. `settled` hears of each message that is finished, in the transaction that settles it.
    """

    def __init__(
        self,
        writer: Writer,
        wire: Wire,
        clock: Clock,
        rates: Rates,
        *,
        most_in_flight: int = MOST_IN_FLIGHT,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
        owner: str = "the only one",
        prepare: Prepare = lambda work, message, now: message,
        settled: Settled = lambda work, message: None,
    ) -> None:
        self._writer = writer
        self._wire = wire
        self._clock = clock
        self._rates = rates
        self._most = most_in_flight
        self._sleep = sleep
        self._monotonic = monotonic
        self._lease = SenderLease(owner)
        self._settled = settled
        self._carrier = Carrier(
            writer, wire, clock, sleep, self._lease, prepare, settled, self._take_notice, self._leaves
        )
        self._tidying = Tidying(writer, clock)
        self._bell = Bell(sleep)
        self._held: list[OutgoingMessage] = []
        self._has_news = True
        self._dealt_at = 0.0
        self._in_flight: dict[asyncio.Task[None], OutgoingMessage] = {}
        self._counted: dict[str, float] = {}
        self._pause_until: datetime | None = None
        self._refused_until: float | None = None
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
        self._has_news = True
        self._bell.ring()

    async def idle(self) -> None:
        """Returns when nothing is due or in hand here. What is to be tried again later does not count, nor what
        another program sends."""
        await self._idle.wait()

    async def run(self) -> None:
        """Works until `stop`."""
        self._rests.clear()
        try:
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
        if self._lease.is_held:
            self._lease.noted(False, self._clock.now())
            with suppress(Exception):  # it ends by itself
                await asyncio.wait_for(self._writer.run(self._lease.release), RELEASE_WITHIN)

    def _cancel(self) -> None:
        for task in self._in_flight:
            task.cancel()

    async def _round(self) -> float:
        """One look at the queue. The seconds until it makes sense to look again."""
        await self._tidying.tidy()
        if not await self._is_sender():
            if not self._in_flight:
                self._idle.set()
            return LOOK_EVERY
        tick = self._monotonic()
        if self._refused_until is not None and tick < self._refused_until:
            return self._refused_until - tick
        resting = self._rates.resting(tick)
        if self._has_news or not self._held or tick >= self._dealt_at + LOOK_EVERY:
            self._has_news, self._dealt_at = False, tick
            await self._claim(frozenset(resting))
        pause = self._pause_left()
        if pause > 0:
            return min(pause, LOOK_EVERY)
        soonest = self._start_what_may_leave(tick)
        in_hand = self._held or self._in_flight or (resting and await self._has_queue())
        if not in_hand and not self._bell.is_rung:
            self._idle.set()
        return min([LOOK_EVERY, soonest, *(at - tick for at in resting.values())])

    async def _is_sender(self) -> bool:
        """Whether this program sends, after saying so again where that is due. Whoever begins to send, and whoever
        has nothing in hand, takes in what was left in somebody's hand: after a crash, by another program."""
        now = self._clock.now()
        if not self._lease.is_due(now):
            return True
        hands_are_empty = not (self._held or self._in_flight)

        def say(work: UnitOfWork) -> bool:
            if not (hands_are_empty or self._lease.was_ours(work)):
                return False  # what we sent before is settled first
            if not self._lease.take(work, now):
                return False
            if hands_are_empty:
                work.outbox.recover(now, lambda message: self._settled(work, message))
            return True

        was_held = self._lease.is_held
        held = await self._writer.run(say)
        self._lease.noted(held, now)
        if was_held and not held:
            log.warning("Another program sends from this database now")
            self._held.clear()
        return held

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
            if not self._lease.allows(work, now):
                return None, ()
            _lay_back(work, laid_back, now)
            until = work.outbox.pause_until()
            if until is not None and until > now:
                return until, ()
            return until, work.outbox.claim(free, now, resting | in_hand)

        try:
            until, claimed = await self._writer.run(take)
        except Exception:
            self._held += laid_back
            self._has_news = True
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
            self._counted[message.key] = tick
            self._held.remove(message)
            task = asyncio.create_task(self._carrier.carry(message))
            self._in_flight[task] = message
            task.add_done_callback(self._landed)
        return soonest

    def _landed(self, task: asyncio.Task[None]) -> None:
        self._counted.pop(self._in_flight.pop(task).key, None)
        self._bell.ring()

    def _leaves(self, message: OutgoingMessage) -> None:
        self._rates.leaves(message.chat_id, self._counted[message.key], self._monotonic())

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
            await self._carrier.insist(lambda work: _lay_back(work, messages, self._clock.now()))

    async def _has_queue(self) -> bool:
        counts = await self._writer.run(lambda work: work.outbox.counts())
        return any(state in (DeliveryState.READY, DeliveryState.RETRY) for _, state in counts)


def _lay_back(work: UnitOfWork, messages: Sequence[OutgoingMessage], now: datetime) -> None:
    for message in messages:
        work.outbox.settle(replace(message, state=DeliveryState.READY), now)
