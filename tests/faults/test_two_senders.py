"""Two programs that send from one PostgreSQL: one at a time, and when it dies the other goes on without a repeat."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest

from bot.delivery.outbox import MOST_IN_FLIGHT, PostRoom
from bot.delivery.rates import Limits, Rates
from bot.domain.announcements import Fate
from bot.domain.outgoing import Call, Outcome, OutgoingMessage, Sent
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database

from .conftest import FULL

pytestmark = pytest.mark.faults

SIZE = 1000 if FULL else 120
LIVES = 6 if FULL else 2
TWENTY_TIMES = 20
UNLIMITED = Limits(10**6, 10.0**6, 10**6, 1.0, 10**6, 1.0, 10**6, 10.0**6)


class FastTime:
    def __init__(self) -> None:
        self._begun = monotonic()

    def monotonic(self) -> float:
        return (monotonic() - self._begun) * TWENTY_TIMES

    def now(self) -> datetime:
        return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / TWENTY_TIMES)


class Telegram:
    """Notes who sent what; an answer takes its time, and a program that dies meanwhile never hears it."""

    def __init__(self) -> None:
        self.got: Counter[int] = Counter()
        self.senders: list[str] = []

    def wire_of(self, name: str) -> Any:
        telegram = self

        class Wire:
            async def send(self, call: Call) -> Outcome:
                telegram.got[call.params["chat_id"]] += 1
                telegram.senders.append(name)
                await asyncio.sleep(0.01)
                return Sent(1)

        return Wire()


def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
    return replace(message, method="sendMessage", params={"chat_id": message.chat_id, "text": "news"})


async def test_when_the_sender_is_killed_the_other_takes_over_and_nobody_hears_twice(postgres: Any) -> None:
    time, telegram = FastTime(), Telegram()
    with postgres.database() as address:
        databases = [Database(address) for _ in range(2)]
        databases[0].upgrade()
        now = time.now()
        databases[0].run_now(
            lambda work: work.announcements.send_to(1, dict.fromkeys(range(1, SIZE + 1)), now)
        )

        def begin(life: int) -> asyncio.Task[None]:
            room = PostRoom(
                databases[life % 2],
                telegram.wire_of(f"life {life}"),
                time,
                Rates(UNLIMITED),
                sleep=time.sleep,
                monotonic=time.monotonic,
                owner=f"life {life}",
                prepare=prepare,
            )
            return asyncio.create_task(room.run())

        async def fates() -> dict[Fate, int]:
            return dict(await databases[1].run(lambda work: work.announcements.fates(1)))

        lives = [begin(0), begin(1)]
        async with asyncio.timeout(120):
            for life in range(LIVES):
                while len(telegram.got) < (life + 1) * SIZE // (LIVES + 1):
                    await asyncio.sleep(0.002)
                sender = int(telegram.senders[-1].split()[1])
                lives[sender].cancel()
                await asyncio.gather(lives[sender], return_exceptions=True)
                lives.append(begin(len(lives)))
            while (await fates())[Fate.WAITING]:
                await asyncio.sleep(0.05)
        found = await fates()
        for task in lives:
            task.cancel()
        await asyncio.gather(*lives, return_exceptions=True)
        for database in databases:
            database.close()
    assert set(telegram.got.values()) == {1}
    assert found[Fate.SENT] + found[Fate.UNKNOWN] == SIZE
    assert found[Fate.UNKNOWN] <= MOST_IN_FLIGHT * LIVES
    assert len(telegram.got) >= found[Fate.SENT]
    turns = [
        name
        for name, before in zip(telegram.senders, ["", *telegram.senders], strict=False)
        if name != before
    ]
    assert len(turns) == LIVES + 1, "one at a time"
    assert len(set(turns)) == LIVES + 1
