"""A post room for tests: a real database, and a wire and a clock that do what the test says."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from bot.delivery.outbox import PostRoom
from bot.delivery.rates import Limits, Rates
from bot.domain.outgoing import Call, MessageClass, Outcome, OutgoingMessage, Sent
from bot.storage.database import Database

START = datetime(2026, 11, 21, 9, tzinfo=UTC)
ANSWER, REMINDER, ANNOUNCEMENT = MessageClass.ANSWER, MessageClass.REMINDER, MessageClass.ANNOUNCEMENT
UNLIMITED = Limits(10**6, 10.0**6, 10**6, 1.0, 10**6, 1.0, 10**6, 10.0**6)


class Time:
    """One time for the clock, the budgets and all sleeping; it moves on only when somebody sleeps."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.seconds)

    def monotonic(self) -> float:
        return self.seconds

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0.003)
        self.seconds += seconds


class FastTime(Time):
    """Real time, ten times as fast."""

    def __init__(self) -> None:
        self._begun = monotonic()

    @property
    def seconds(self) -> float:  # type: ignore[override]
        return (monotonic() - self._begun) * 10

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / 10)


class NotedRates(Rates):
    """The real budgets, with a note of what was spent."""

    def __init__(self) -> None:
        super().__init__()
        self.spent: list[tuple[float, int, MessageClass]] = []

    def spend(self, chat_id: int, message_class: MessageClass, now: float) -> None:
        super().spend(chat_id, message_class, now)
        self.spent.append((now, chat_id, message_class))


class ScriptedWire:
    """Answers each call with the next outcome of its chat's script (an exception is raised), then with Sent."""

    def __init__(self, time: Time) -> None:
        self.time = time
        self.calls: list[tuple[float, int, str]] = []
        self.methods: list[str] = []
        self.script: dict[int, list[Outcome | Exception]] = {}
        self.takes = 0.0
        self.in_flight: list[int] = []
        self.most_in_flight = 0
        self.gate: asyncio.Event | None = None

    async def send(self, call: Call) -> Outcome:
        chat_id = call.params["chat_id"]
        assert chat_id not in self.in_flight, "two messages to one chat at the same time"
        self.calls.append((self.time.seconds, chat_id, call.params["text"]))
        self.methods.append(call.method)
        self.in_flight.append(chat_id)
        self.most_in_flight = max(self.most_in_flight, len(self.in_flight))
        try:
            await asyncio.sleep(self.takes)
            if self.gate is not None:
                await self.gate.wait()
        finally:
            self.in_flight.remove(chat_id)
        outcome = self.script[chat_id].pop(0) if self.script.get(chat_id) else Sent(len(self.calls))
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    @property
    def texts(self) -> list[str]:
        return [text for _, _, text in self.calls]


def write(
    database: Database,
    text: str,
    chat_id: int = 1,
    message_class: MessageClass = ANSWER,
    method: str = "sendMessage",
    part: int = 0,
) -> None:
    message = OutgoingMessage(
        f"{text}:{part}", chat_id, method, {"chat_id": chat_id, "text": text}, message_class, part
    )
    assert database.run_now(lambda work: work.outbox.add(message, START))


def states(path: Path) -> dict[str, str]:
    with closing(sqlite3.connect(path)) as connection:
        return dict(connection.execute("SELECT key, state FROM outbox").fetchall())


def room(
    database: Database, wire: ScriptedWire, time: Time, limits: Limits = UNLIMITED, **more: Any
) -> PostRoom:
    return PostRoom(database, wire, time, Rates(limits), sleep=time.sleep, monotonic=time.monotonic, **more)


@asynccontextmanager
async def at_work(post_room: PostRoom) -> AsyncIterator[PostRoom]:
    task = asyncio.create_task(post_room.run())
    try:
        yield post_room
    finally:
        await post_room.stop()
        await asyncio.wait_for(task, 5)


async def until(happened: Callable[[], bool], seconds: float = 5) -> None:
    async with asyncio.timeout(seconds):
        while not happened():
            await asyncio.sleep(0.005)


async def all_out(post_room: PostRoom) -> None:
    await asyncio.wait_for(post_room.idle(), 20)
