"""Only one of several programs on a database sends, and whoever takes over leaves nothing behind."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from post_office import (
    ANNOUNCEMENT,
    START,
    ScriptedWire,
    Time,
    all_out,
    at_work,
    room,
    states,
    until,
    write,
)

from bot.delivery.lease import LIFE, SENDER
from bot.domain.outgoing import Sent, Unknown
from bot.storage.database import Database


async def test_of_two_programs_one_sends_and_the_other_waits(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    idle = ScriptedWire(time)
    async with at_work(room(database, wire, time, owner="a")) as first:
        await all_out(first)
        async with at_work(room(database, idle, time, owner="b")) as second:
            for n in range(30):
                write(database, f"m{n}", 100 + n)
            second.wake()
            await until(lambda: set(states(path).values()) == {"sent"})
    assert len(wire.calls) == 30
    assert idle.calls == []


async def test_after_a_clean_stop_the_other_goes_on_at_once(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    async with at_work(room(database, ScriptedWire(time), time, owner="a")) as first:
        await all_out(first)
    write(database, "a")
    stopped = time.seconds
    async with at_work(room(database, wire, time, owner="b")):
        await until(lambda: wire.texts == ["a"])
    assert wire.calls[0][0] - stopped < 5


async def test_after_a_kill_the_other_waits_until_the_lease_is_over_and_takes_in_what_was_in_hand(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "answer", 1)
    write(database, "announcement", 2, ANNOUNCEMENT)
    killed = ScriptedWire(time)
    killed.gate = asyncio.Event()
    dead = asyncio.create_task(room(database, killed, time, owner="a").run())
    await until(lambda: len(killed.in_flight) == 2)
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    since = time.seconds
    async with at_work(room(database, wire, time, owner="b")):
        await until(lambda: states(path) == {"answer:0": "sent", "announcement:0": "unknown"})
    assert wire.texts == ["answer"]
    assert LIFE.total_seconds() - 20 < wire.calls[0][0] - since < LIFE.total_seconds() + 10


async def test_one_that_was_killed_on_its_own_file_goes_on_at_once(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a")
    killed = ScriptedWire(time)
    killed.gate = asyncio.Event()
    dead = asyncio.create_task(room(database, killed, time).run())
    await until(lambda: len(killed.in_flight) == 1)
    dead.cancel()
    await asyncio.gather(dead, return_exceptions=True)
    since = time.seconds
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert wire.texts == ["a"]
    assert wire.calls[0][0] - since < 5


async def test_a_clock_that_jumps_by_weeks_stops_nobody(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
        time.seconds += timedelta(weeks=3).total_seconds()
        write(database, "a")
        post_room.wake()
        await all_out(post_room)
    assert states(path) == {"a:0": "sent"}


async def test_who_was_asleep_too_long_sends_nothing_more_and_writes_only_what_arrived(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    """The machine of the first stood still with two requests under way; the second took over and sent them again."""
    sleeper = ScriptedWire(time)
    sleeper.gate = asyncio.Event()
    sleeper.script = {1: [Sent(77)], 2: [Unknown("reset")]}
    write(database, "a", 1, ANNOUNCEMENT)
    write(database, "b", 2, ANNOUNCEMENT)
    async with at_work(room(database, sleeper, time, owner="asleep")) as post_room:
        await until(lambda: len(sleeper.in_flight) == 2)

        def taken_over_meanwhile(work: object) -> None:
            late = START + timedelta(seconds=time.seconds) + 2 * LIFE
            assert work.leases.take(SENDER, "awake", late, late + timedelta(days=1))  # type: ignore[attr-defined]
            work.outbox.recover(late)  # type: ignore[attr-defined]

        database.run_now(taken_over_meanwhile)
        assert states(path) == {"a:0": "unknown", "b:0": "unknown"}
        write(database, "c", 3)
        sleeper.gate.set()
        await all_out(post_room)
        await until(lambda: states(path)["a:0"] == "sent")
    assert states(path) == {"a:0": "sent", "b:0": "unknown", "c:0": "ready"}
    assert len(sleeper.calls) == 2
