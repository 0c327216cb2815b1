"""Updates on their way in: committed, then confirmed, then handled in the order of their chat."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.inbox import AnotherPollerError, Lanes, Poller, lane_of
from bot.domain.errors import OperatorError
from bot.domain.outgoing import MessageClass, OutgoingMessage
from bot.domain.ports import StoredUpdate, UnitOfWork
from bot.storage.database import Database

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


class StillClock:
    def now(self) -> datetime:
        return NOW


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{tmp_path}/focal.db")
    database.upgrade()
    yield database
    database.close()


class Slept:
    """Sleeps in no time and remembers how long it should have been."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)
        await asyncio.sleep(0.002)


class Desk:
    """A handler that works as chat does: one transaction with the effect and `done`."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.handled: list[int] = []
        self.running: list[int] = []
        self.most_at_once = 0
        self.poison: set[int] = set()
        self.takes = 0.0

    async def __call__(self, update: StoredUpdate) -> None:
        assert update.lane not in self.running, "two updates of one chat at the same time"
        self.running.append(update.lane)
        self.most_at_once = max(self.most_at_once, len(self.running))
        try:
            await asyncio.sleep(self.takes)
            if update.update_id in self.poison:
                raise ValueError("canary-7733 was the text")
            await self.database.run(lambda work: work.inbox.done(update.update_id, NOW))
            self.handled.append(update.update_id)
        finally:
            self.running.remove(update.lane)


@asynccontextmanager
async def at_work(lanes: Lanes) -> AsyncIterator[Lanes]:
    task = asyncio.create_task(lanes.run())
    try:
        yield lanes
    finally:
        await lanes.stop()
        await asyncio.wait_for(task, 5)


def text_from(chat_id: int, update_id: int) -> dict[str, Any]:
    return {"update_id": update_id, "message": {"chat": {"id": chat_id}, "from": {"id": 9}, "text": "…"}}


async def nothing_to_fetch(offset: int | None, timeout: int) -> Sequence[Mapping[str, Any]]:
    raise AssertionError("nobody should fetch here")


def receiver(database: Database, lanes: Lanes) -> Callable[..., Any]:
    return Poller(nothing_to_fetch, database, lanes, StillClock()).receive


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        (text_from(5, 1), 5),
        ({"update_id": 1, "edited_message": {"chat": {"id": -5}, "from": {"id": 9}}}, -5),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": 6}, "from": {"id": 6}}}, 6),
        (
            {"update_id": 1, "callback_query": {"from": {"id": 9}, "message": {"chat": {"id": -7}}}},
            -7,
        ),
        ({"update_id": 1, "callback_query": {"from": {"id": 9}, "inline_message_id": "x"}}, 9),
        ({"update_id": 1, "inline_query": {"from": {"id": 8}, "query": "x"}}, 8),
        ({"update_id": 1, "chosen_inline_result": {"from": {"id": 8}}}, 8),
        ({"update_id": 1, "message_reaction": {"chat": {"id": 4}, "user": {"id": 8}}}, 4),
        ({"update_id": 1, "message": {"chat": {"id": 2**52 - 1}}}, 2**52 - 1),
        ({"update_id": 1}, 0),
        ({"update_id": 1, "message": {"chat": "?", "from": None}}, 0),
        ({"update_id": 1, "poll": {"id": "5"}}, 0),
    ],
)
def test_each_update_has_the_lane_of_its_chat(raw: dict[str, Any], lane: int) -> None:
    assert lane_of(raw) == lane


async def test_everything_is_handled_once_and_in_the_order_of_its_chat(database: Database) -> None:
    desk = Desk(database)
    async with at_work(Lanes(database, desk, StillClock())) as lanes:
        receive = receiver(database, lanes)
        for start in range(0, 120, 30):
            assert await receive([text_from(n % 7, n) for n in range(start, start + 30)]) == 30
            assert await receive([text_from(n % 7, n) for n in range(start, start + 30)]) == 0
        await asyncio.wait_for(lanes.idle(), 10)
    assert sorted(desk.handled) == list(range(120))
    for chat in range(7):
        of_chat = [n for n in desk.handled if n % 7 == chat]
        assert of_chat == sorted(of_chat)


async def test_a_slow_chat_does_not_hold_up_the_others_and_only_so_many_are_at_work(
    database: Database,
) -> None:
    desk = Desk(database)
    desk.takes = 0.02
    async with at_work(Lanes(database, desk, StillClock(), most=3)) as lanes:
        await receiver(database, lanes)([text_from(n, n) for n in range(1, 13)])
        await asyncio.wait_for(lanes.idle(), 10)
    assert len(desk.handled) == 12
    assert desk.most_at_once == 3


async def test_what_was_waiting_at_the_start_is_handled_without_a_wake(database: Database) -> None:
    database.run_now(lambda work: work.inbox.receive([StoredUpdate(1, 5, text_from(5, 1))], NOW))
    desk = Desk(database)
    async with at_work(Lanes(database, desk, StillClock())) as lanes:
        await asyncio.wait_for(lanes.idle(), 5)
    assert desk.handled == [1]


async def test_a_poison_update_is_set_aside_and_told_and_its_chat_goes_on(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    desk, slept, dead = Desk(database), Slept(), []
    desk.poison = {1}

    def apologise(work: UnitOfWork, update: StoredUpdate) -> None:
        dead.append(update.update_id)

    lanes = Lanes(database, desk, StillClock(), apologise=apologise, sleep=slept)
    with caplog.at_level(logging.DEBUG):
        async with at_work(lanes):
            await receiver(database, lanes)([text_from(5, 1), text_from(5, 2), text_from(6, 3)])
            await asyncio.wait_for(lanes.idle(), 10)
    assert desk.handled[-1] == 2, "the next of its chat, after the poison was set aside"
    assert sorted(desk.handled) == [2, 3]
    assert dead == [1]
    assert [pause for pause in slept.seconds if pause < 5] == [1.0, 2.0]
    assert database.run_now(lambda work: work.inbox.counts()) == {"dead": 1, "done": 2}
    assert "ValueError at " in caplog.text
    assert "canary" not in caplog.text


async def test_the_apology_is_committed_together_with_setting_aside(database: Database) -> None:
    """Otherwise a kill in between leaves somebody without a word."""
    desk, apologised = Desk(database), []
    desk.poison = {1}

    def apologise(work: UnitOfWork, update: StoredUpdate) -> None:
        work.outbox.add(OutgoingMessage("sorry", 5, "sendMessage", {"chat_id": 5}), NOW)

    def committed() -> None:
        apologised.append(database.run_now(lambda work: (work.inbox.counts(), work.outbox.counts())))

    lanes = Lanes(database, desk, StillClock(), apologise=apologise, apologised=committed, sleep=Slept())
    async with at_work(lanes):
        await receiver(database, lanes)([text_from(5, 1)])
        await asyncio.wait_for(lanes.idle(), 10)
    assert apologised == [({"dead": 1}, {(MessageClass.ANSWER, "ready"): 1})]


async def test_an_apology_that_fails_does_not_stop_the_lane(database: Database) -> None:
    desk = Desk(database)
    desk.poison = {1}

    def apologise(work: UnitOfWork, update: StoredUpdate) -> None:
        raise OSError("nobody there")

    lanes = Lanes(database, desk, StillClock(), apologise=apologise, sleep=Slept())
    async with at_work(lanes):
        await receiver(database, lanes)([text_from(5, 1), text_from(5, 2)])
        await asyncio.wait_for(lanes.idle(), 10)
    assert desk.handled == [2]


async def test_an_update_that_was_done_before_its_handler_failed_is_not_handled_twice(
    database: Database,
) -> None:
    handled, dead = [], []

    async def handle(update: StoredUpdate) -> None:
        handled.append(update.update_id)
        await database.run(lambda work: work.inbox.done(update.update_id, NOW))
        raise OSError("too late to matter")

    def apologise(work: UnitOfWork, update: StoredUpdate) -> None:
        dead.append(update.update_id)

    lanes = Lanes(database, handle, StillClock(), apologise=apologise, sleep=Slept())
    async with at_work(lanes):
        await receiver(database, lanes)([text_from(5, 1)])
        await asyncio.wait_for(lanes.idle(), 10)
    assert (handled, dead) == ([1], [])
    assert database.run_now(lambda work: work.inbox.counts()) == {"done": 1}


async def test_a_handler_that_forgets_to_finish_does_not_run_for_ever(database: Database) -> None:
    handled = []

    async def forgetful(update: StoredUpdate) -> None:
        handled.append(update.update_id)

    lanes = Lanes(database, forgetful, StillClock(), sleep=Slept())
    async with at_work(lanes):
        await receiver(database, lanes)([text_from(5, 1)])
        await asyncio.wait_for(lanes.idle(), 10)
    assert handled == [1, 1, 1]
    assert database.run_now(lambda work: work.inbox.counts()) == {"dead": 1}


async def test_a_clean_stop_finishes_what_is_in_hand_and_leaves_the_rest(database: Database) -> None:
    desk = Desk(database)
    desk.takes = 0.1
    lanes = Lanes(database, desk, StillClock(), most=2)
    task = asyncio.create_task(lanes.run())
    await receiver(database, lanes)([text_from(n, n) for n in range(1, 6)])
    await asyncio.sleep(0.05)
    await lanes.stop()
    await asyncio.wait_for(task, 1)
    assert sorted(desk.handled) == [1, 2]
    assert database.run_now(lambda work: work.inbox.counts()) == {"done": 2, "waiting": 3}


async def test_a_stop_does_not_wait_for_ever_and_nothing_is_lost(database: Database) -> None:
    desk = Desk(database)
    desk.takes = 60
    lanes = Lanes(database, desk, StillClock())
    task = asyncio.create_task(lanes.run())
    await receiver(database, lanes)([text_from(1, 1)])
    await asyncio.sleep(0.05)
    await asyncio.wait_for(lanes.stop(within=0.05), 2)
    await asyncio.wait_for(task, 1)
    assert database.run_now(lambda work: work.inbox.counts()) == {"waiting": 1}


class Telegram:
    """A server with real confirm semantics: an update is gone as soon as a higher offset is asked for."""

    def __init__(self, updates: list[dict[str, Any]]) -> None:
        self.updates = updates
        self.offsets: list[int | None] = []
        self.errors: list[Exception] = []

    async def __call__(self, offset: int | None, timeout: int) -> Sequence[Mapping[str, Any]]:
        self.offsets.append(offset)
        await asyncio.sleep(0.002)
        if self.errors:
            raise self.errors.pop(0)
        if offset is not None:
            self.updates = [one for one in self.updates if one["update_id"] >= offset]
        if not self.updates:
            await asyncio.sleep(60)
        return self.updates[:2]


async def polled(
    database: Database, telegram: Telegram, slept: Slept, until: Callable[[], bool]
) -> list[int]:
    desk = Desk(database)
    async with at_work(Lanes(database, desk, StillClock())) as lanes:
        task = asyncio.create_task(Poller(telegram, database, lanes, StillClock(), slept).run())
        for _ in range(500):
            if until():
                break
            await asyncio.sleep(0.01)
        await asyncio.wait_for(lanes.idle(), 5)
        task.cancel()
    return desk.handled


async def test_the_offset_moves_only_behind_what_is_committed(database: Database) -> None:
    telegram = Telegram([text_from(5, n) for n in (100, 101, 102)])
    handled = await polled(database, telegram, Slept(), lambda: not telegram.updates)
    assert handled == [100, 101, 102]
    assert telegram.offsets == [None, 102, 103]


async def test_after_an_idle_week_lower_ids_are_taken_too(database: Database) -> None:
    database.run_now(lambda work: work.inbox.receive([StoredUpdate(2**31, 5, {})], NOW))
    database.run_now(lambda work: work.inbox.done(2**31, NOW))
    telegram = Telegram([text_from(5, 3)])
    assert await polled(database, telegram, Slept(), lambda: not telegram.updates) == [3]


async def test_when_the_commit_fails_nothing_is_confirmed(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy import event

    failures = 3

    def disk_full(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal failures
        if statement.startswith("INSERT INTO inbox") and failures:
            failures -= 1
            raise OSError("canary: no space left on device")

    event.listen(database._engine, "before_cursor_execute", disk_full)
    telegram, slept = Telegram([text_from(5, n) for n in (1, 2)]), Slept()
    handled = await polled(database, telegram, slept, lambda: not telegram.updates)
    assert handled == [1, 2]
    assert telegram.offsets == [None, None, None, None, 3]
    assert slept.seconds == [1.0, 2.0, 4.0]
    assert "canary" not in caplog.text


async def test_pauses_grow_to_half_a_minute_and_each_trouble_is_told_once(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    telegram, slept = Telegram([text_from(5, 1)]), Slept()
    conflict, refused = AnotherPollerError(), OperatorError("The token is refused.")
    telegram.errors = [conflict] * 4 + [OSError("canary")] * 4 + [refused]
    with caplog.at_level(logging.INFO):
        handled = await polled(database, telegram, slept, lambda: not telegram.updates)
    assert handled == [1]
    assert slept.seconds == [1, 2, 4, 8, 16, 30, 30, 30, 30]
    lines = [record.getMessage() for record in caplog.records if "fetched" in record.getMessage()]
    assert len(lines) == 4
    assert "Stop one of the two" in lines[0]
    assert "OSError at " in lines[1]
    assert "The token is refused." in lines[2]
    assert lines[3] == "Messages are fetched again"
    assert "canary" not in caplog.text
