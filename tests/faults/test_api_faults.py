"""Every trouble that Telegram can make, for every class of message: nothing lost, and doubled only what nobody can
know of, once at most."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from bot.chat.application import builder
from bot.chat.wire import TelegramWire
from bot.delivery.outbox import PostRoom
from bot.delivery.rates import Limits, Rates
from bot.domain.outgoing import (
    FINISHED,
    RESENDS_OF_UNKNOWN,
    WHEN_IT_LEAVES,
    DeliveryState,
    MessageClass,
    OutgoingMessage,
)
from bot.domain.ports import UnitOfWork
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.faults import AFTER_EXECUTING, FaultKind
from bot.storage.database import Database

from .conftest import FULL

pytestmark = [pytest.mark.faults, pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")]

EVERY_KIND = tuple(FaultKind)
UNREACHABLE = {FaultKind.BLOCKED, FaultKind.DEACTIVATED, FaultKind.KICKED, FaultKind.CHAT_NOT_FOUND}
OPEN = AFTER_EXECUTING | {
    FaultKind.SERVER_ERROR,
    FaultKind.BAD_GATEWAY,
    FaultKind.HANG_BEFORE,
    FaultKind.RESET_BEFORE,
}
"""After these nobody knows whether the message arrived."""
GROUP, MOVED_TO = -55, -10055
HUNDRED_TIMES = 100
UNLIMITED = Limits(10**6, 10.0**6, 10**6, 1.0, 10**6, 1.0, 10**6, 10.0**6)
FIRST = 6_000_000_001


class FastTime:
    """Real time, a hundred times as fast, so that no pause is waited for."""

    def __init__(self) -> None:
        self._begun = monotonic()

    def monotonic(self) -> float:
        return (monotonic() - self._begun) * HUNDRED_TIMES

    def now(self) -> datetime:
        return datetime(2026, 11, 21, tzinfo=UTC) + timedelta(seconds=self.monotonic())

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds / HUNDRED_TIMES)


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    database.upgrade()
    yield database
    database.close()


def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
    return replace(
        message, method="sendMessage", params={"chat_id": message.chat_id, "text": message.key}, language="en"
    )


@asynccontextmanager
async def sending(emulator: Emulator, database: Database) -> AsyncIterator[PostRoom]:
    time = FastTime()
    application = builder(emulator.token, emulator.base_url).read_timeout(0.3).build()
    async with application.bot.request:
        wire = TelegramWire(application.bot)
        room = PostRoom(
            database,
            wire,
            time,
            Rates(UNLIMITED),
            sleep=time.sleep,
            monotonic=time.monotonic,
            prepare=prepare,
        )
        task = asyncio.create_task(room.run())
        try:
            yield room
        finally:
            await room.stop()
            await task


def write(database: Database, chats: list[int], message_class: MessageClass) -> None:
    def unit(work: UnitOfWork) -> None:
        for chat in chats:
            message = OutgoingMessage(f"m{chat}", chat, WHEN_IT_LEAVES, {}, message_class)
            assert work.outbox.add(message, datetime(2026, 11, 21, tzinfo=UTC))

    database.run_now(unit)


async def states(database: Database) -> dict[str, DeliveryState]:
    """The state of each message that is finished, by its text."""
    async with asyncio.timeout(60):
        while True:
            counts = await database.run(lambda work: work.outbox.counts())
            if all(DeliveryState(state) in FINISHED for _, state in counts):
                break
            await asyncio.sleep(0.02)
    path = database.path
    assert path is not None
    import sqlite3

    with sqlite3.connect(path) as view:
        return {key: DeliveryState(state) for key, state in view.execute("SELECT key, state FROM outbox")}


def received(emulator: Emulator) -> Counter[str]:
    """How many copies of each text people see."""
    return Counter(
        message.text
        for chat in emulator.bot.chats.values()
        for message in chat.messages.values()
        if message.from_bot
    )


@pytest.mark.parametrize("message_class", MessageClass)
async def test_after_each_trouble_every_message_has_arrived_or_says_why_not(
    database: Database, message_class: MessageClass
) -> None:
    async with Emulator.serve() as emulator:
        chats = {kind: FIRST + number for number, kind in enumerate(EVERY_KIND)}
        emulator.crowd(FIRST, len(chats))
        group = emulator.group(GROUP, "Waste", [emulator.person(7, "Ana")])
        await group.become_supergroup(MOVED_TO)
        chats[FaultKind.MIGRATED] = GROUP
        for kind, chat in chats.items():
            if kind is not FaultKind.MIGRATED:
                emulator.fault(kind, "sendMessage", chat=chat)
        write(database, [*chats.values()], message_class)
        async with sending(emulator, database):
            found = await states(database)
        copies = received(emulator)
        resent = RESENDS_OF_UNKNOWN[message_class]
        for kind, chat in chats.items():
            state, count = found[f"m{chat}"], copies[f"m{chat}"]
            if kind in UNREACHABLE:
                assert (state, count) == (DeliveryState.BLOCKED, 0), kind
            elif kind in OPEN:
                arrived = kind in AFTER_EXECUTING
                expected = DeliveryState.SENT if resent else DeliveryState.UNKNOWN
                assert (state, count) == (expected, arrived + resent), kind
            else:
                assert (state, count) == (DeliveryState.SENT, 1), kind
        assert emulator.problems == []


SOMETIMES = (0.01, 0.1, 0.5) if FULL else (0.1,)
LASTING = tuple(
    kind for kind in EVERY_KIND if kind not in UNREACHABLE | {FaultKind.MIGRATED, FaultKind.UNAUTHORIZED}
)


@pytest.mark.parametrize("message_class", MessageClass)
@pytest.mark.parametrize("probability", SOMETIMES)
async def test_with_much_trouble_of_all_kinds_nothing_is_lost_unseen(
    database: Database, message_class: MessageClass, probability: float
) -> None:
    """Each kind comes by chance; what arrived twice was resent by its class, and no more than once."""
    size = 200 if FULL else 60
    async with Emulator.serve() as emulator:
        emulator.crowd(FIRST, size)
        for kind in LASTING:
            emulator.fault(kind, "sendMessage", times=None, probability=probability / len(LASTING))
        chats = [FIRST + number for number in range(size)]
        write(database, chats, message_class)
        async with sending(emulator, database):
            found = await states(database)
        copies = received(emulator)
        for key, state in found.items():
            assert state in (DeliveryState.SENT, DeliveryState.UNKNOWN)
            assert state is DeliveryState.UNKNOWN or copies[key] >= 1, (
                "it says that it arrived, and it did not"
            )
            assert copies[key] <= 1 + RESENDS_OF_UNKNOWN[message_class]
        assert len(found) == size


async def test_while_telegram_asks_to_wait_no_request_leaves(database: Database) -> None:
    async with Emulator.serve() as emulator:
        emulator.crowd(FIRST, 20)
        emulator.fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", skip=5, value=30)
        write(database, [FIRST + number for number in range(20)], MessageClass.ANNOUNCEMENT)
        async with sending(emulator, database):
            found = await states(database)
        assert set(found.values()) == {DeliveryState.SENT}
        calls = emulator.calls_of("sendMessage")
        asked = next(call for call in calls if call.fault is not None)
        later = [call.at - asked.at for call in calls if call.sequence > asked.sequence]
        # What was on the wire already comes at once; the rest after 30 s of a clock a hundred times as fast.
        on_the_wire = [wait for wait in later if wait < 0.25]
        assert len(on_the_wire) < 6
        assert len(later) > len(on_the_wire)
