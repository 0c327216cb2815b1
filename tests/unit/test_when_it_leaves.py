"""Messages that are made ready at the last moment, and what is told of each that is finished."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from post_office import (
    ANNOUNCEMENT,
    REMINDER,
    START,
    ScriptedWire,
    Time,
    all_out,
    at_work,
    room,
    states,
    until,
)

from bot.domain.groups import TeamGroup
from bot.domain.outgoing import (
    LONGEST_WAIT,
    MOST_TRIES,
    WHEN_IT_LEAVES,
    Blocked,
    DeliveryState,
    MessageClass,
    Moved,
    NotSent,
    OutgoingMessage,
    Refused,
    Stale,
    Unknown,
)
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database


def leave_open(
    database: Database, key: str, chat_id: int = 1, message_class: MessageClass = REMINDER
) -> None:
    message = OutgoingMessage(key, chat_id, WHEN_IT_LEAVES, {}, message_class)
    assert database.run_now(lambda work: work.outbox.add(message, START))


def saying(
    text: Callable[[datetime], str], method: str = "sendMessage"
) -> Callable[[UnitOfWork, OutgoingMessage, datetime], OutgoingMessage]:
    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        params = {"chat_id": message.chat_id, "text": text(now)}
        return replace(message, method=method, params=params, language="fr")

    return prepare


def rows(path: Path, what: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(f"SELECT {what} FROM outbox ORDER BY id").fetchall()


class Heard:
    """What the services were told of finished messages."""

    def __init__(self) -> None:
        self.told: list[tuple[str, str]] = []

    def __call__(self, work: UnitOfWork, message: OutgoingMessage) -> None:
        self.told.append((message.key, message.state.value))


async def test_each_try_is_made_anew_and_says_what_is_true_then(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    leave_open(database, "rem:1")
    wire.script[1] = [NotSent("no connection"), NotSent("no connection")]
    prepare = saying(lambda now: f"{(now - START).total_seconds():.0f} s later")
    async with at_work(room(database, wire, time, prepare=prepare)):
        await until(lambda: states(path) == {"rem:1": "sent"})
    assert len(set(wire.texts)) == 3
    assert rows(path, "method, params, language, tries") == [("", None, "fr", 3)]


@pytest.mark.parametrize("state", [DeliveryState.SKIPPED, DeliveryState.BLOCKED])
async def test_what_is_not_wanted_any_more_is_put_aside_and_told(
    database: Database, path: Path, wire: ScriptedWire, time: Time, state: DeliveryState
) -> None:
    leave_open(database, "rem:1")
    heard = Heard()

    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        return replace(message, state=state, reason="reported")

    async with at_work(room(database, wire, time, prepare=prepare, settled=heard)) as post_room:
        await all_out(post_room)
    assert wire.calls == []
    assert rows(path, "state, reason, tries") == [(state.value, "reported", 0)]
    assert heard.told == [("rem:1", state.value)]


async def test_in_quiet_hours_it_waits_for_their_end(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    leave_open(database, "rem:1")
    morning = START + timedelta(hours=9)
    speak = saying(lambda now: "good morning")

    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        if now < morning:
            return replace(message, state=DeliveryState.RETRY, not_before=morning, reason="quiet hours")
        return speak(work, message, now)

    async with at_work(room(database, wire, time, prepare=prepare)) as post_room:
        await all_out(post_room)
        assert wire.calls == []
        assert rows(path, "state, tries") == [("retry", 0)]
        time.seconds = timedelta(hours=9).total_seconds()
        await until(lambda: states(path) == {"rem:1": "sent"})
    assert wire.texts == ["good morning"]


async def test_what_cannot_be_made_ready_waits_alone_and_tells_no_content(
    database: Database, path: Path, wire: ScriptedWire, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    leave_open(database, "rem:1", 1)
    leave_open(database, "rem:2", 2)
    speak = saying(lambda now: "hello")
    tries = 0

    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        nonlocal tries
        if message.chat_id == 1 and (tries := tries + 1) < 3:
            work.facts.set("half", "done")
            raise ValueError("canary-5512")
        return speak(work, message, now)

    async with at_work(room(database, wire, time, prepare=prepare)):
        await until(lambda: states(path) == {"rem:1": "sent", "rem:2": "sent"})
    assert [chat for _, chat, _ in wire.calls] == [2, 1]
    assert database.run_now(lambda work: work.facts.get("half")) is None
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


async def test_a_reminder_that_can_never_be_made_ready_ends_as_failed_after_two_days(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    """Else it is tried for ever, and nothing that comes later to this person leaves."""
    tries = MOST_TRIES[MessageClass.REMINDER]
    assert timedelta(days=2) <= tries * LONGEST_WAIT < timedelta(days=3)
    message = OutgoingMessage("rem:1", 1, WHEN_IT_LEAVES, {}, MessageClass.REMINDER, tries=tries - 1)
    database.run_now(lambda work: work.outbox.add(message, START))

    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        raise ValueError

    async with at_work(room(database, wire, time, prepare=prepare, settled=Heard())) as post_room:
        await all_out(post_room)
    assert states(path) == {"rem:1": "failed"}


async def test_an_announcement_that_can_never_be_made_ready_ends_as_failed(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    tries = MOST_TRIES[ANNOUNCEMENT] - 1
    message = OutgoingMessage("ann:1:1", 1, WHEN_IT_LEAVES, {}, ANNOUNCEMENT, tries=tries)
    database.run_now(lambda work: work.outbox.add(message, START))

    def prepare(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
        raise ValueError

    heard = Heard()
    async with at_work(room(database, wire, time, prepare=prepare, settled=heard)) as post_room:
        await all_out(post_room)
    assert states(path) == {"ann:1:1": "failed"}
    assert heard.told == [("ann:1:1", "failed")]


async def test_an_edit_that_is_made_when_it_leaves_may_be_repeated_after_a_kill(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    leave_open(database, "ann:1:e1:1", message_class=ANNOUNCEMENT)
    wire.gate = asyncio.Event()
    post_room = room(database, wire, time, prepare=saying(lambda now: "new words", "editMessageText"))
    task = asyncio.create_task(post_room.run())
    await until(lambda: len(wire.in_flight) == 1)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert states(path) == {"ann:1:e1:1": "claimed"}
    wire.gate = None
    wire.script[1] = [Unknown("reset")]
    async with at_work(room(database, wire, time, prepare=saying(lambda now: "new", "editMessageText"))):
        await until(lambda: states(path) == {"ann:1:e1:1": "sent"})
    assert wire.methods == ["editMessageText"] * 3


async def test_a_correction_of_a_message_that_is_gone_fails_and_writes_no_new_one(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    leave_open(database, "ann:1:e1:1", message_class=ANNOUNCEMENT)
    wire.script[1] = [Stale("message to edit not found")]
    prepare = saying(lambda now: "new words", "editMessageText")
    async with at_work(room(database, wire, time, prepare=prepare)) as post_room:
        await all_out(post_room)
    assert wire.methods == ["editMessageText"]
    assert states(path) == {"ann:1:e1:1": "failed"}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (None, "sent"),
        (Blocked("bot was blocked by the user"), "blocked"),
        (Refused("can't"), "failed"),
        (Unknown("reset"), "unknown"),
    ],
)
async def test_every_message_that_is_finished_is_told_once(
    database: Database,
    wire: ScriptedWire,
    time: Time,
    outcome: Blocked | Refused | Unknown | None,
    state: str,
) -> None:
    leave_open(database, "ann:1:1", message_class=ANNOUNCEMENT)
    if outcome is not None:
        wire.script[1] = [outcome]
    heard = Heard()
    prepare = saying(lambda now: "news")
    async with at_work(room(database, wire, time, prepare=prepare, settled=heard)) as post_room:
        await all_out(post_room)
    assert heard.told == [("ann:1:1", state)]


async def test_what_a_kill_leaves_unknown_is_told_too(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    leave_open(database, "ann:1:1", message_class=ANNOUNCEMENT)

    def as_the_killed_process_left_it(work: UnitOfWork) -> None:
        for message in work.outbox.claim(10, START, frozenset()):
            work.outbox.mark_wired(message.id or 0, START)

    database.run_now(as_the_killed_process_left_it)
    heard = Heard()
    async with at_work(room(database, wire, time, settled=heard)) as post_room:
        await all_out(post_room)
    assert heard.told == [("ann:1:1", "unknown")]


async def test_whoever_blocked_the_bot_gets_no_announcement_until_they_come_back(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    """Their coming back frees them (`people.seen` marks them reachable at the front door)."""
    database.run_now(lambda work: work.people.seen(1, "en", START))
    leave_open(database, "ann:1:1", message_class=ANNOUNCEMENT)
    wire.script[1] = [Blocked("bot was blocked by the user")]
    async with at_work(room(database, wire, time, prepare=saying(lambda now: "news"))) as post_room:
        await all_out(post_room)
    person = database.run_now(lambda work: work.people.get(1))
    assert person is not None
    assert not person.reachable
    assert states(path) == {"ann:1:1": "blocked"}


async def test_a_group_that_threw_the_bot_out_is_marked(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    group = TeamGroup(-5, "surabaya", "en", 1, START)
    database.run_now(lambda work: work.groups.link(group))
    leave_open(database, "ann:1:-5", -5, ANNOUNCEMENT)
    wire.script[-5] = [Blocked("bot was kicked from the group chat")]
    async with at_work(room(database, wire, time, prepare=saying(lambda now: "news"))) as post_room:
        await all_out(post_room)
    assert [one.reachable for one in database.run_now(lambda work: work.groups.all())] == [False]


async def test_a_group_that_became_a_supergroup_is_followed_by_its_announcements_and_its_city(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    database.run_now(lambda work: work.groups.link(TeamGroup(-5, "surabaya", "en", 1, START)))
    database.run_now(lambda work: work.announcements.send_to(1, {-5: None}, START))
    wire.script[-5] = [Moved(-1005)]
    async with at_work(room(database, wire, time, prepare=saying(lambda now: "news"))) as post_room:
        await all_out(post_room)
    assert [(chat, text) for _, chat, text in wire.calls] == [(-5, "news"), (-1005, "news")]
    assert [one.chat_id for one in database.run_now(lambda work: work.groups.all())] == [-1005]
    assert database.run_now(lambda work: work.announcements.send_to(1, {-1005: None}, START)) == 0
