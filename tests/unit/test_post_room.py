"""Messages on their way out, with a real database and a wire that does what the script says."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from post_office import (
    ANNOUNCEMENT,
    ANSWER,
    REMINDER,
    START,
    UNLIMITED,
    FastTime,
    NotedRates,
    ScriptedWire,
    Time,
    all_out,
    at_work,
    room,
    states,
    until,
    write,
)

from bot.delivery import crash
from bot.delivery.outbox import PostRoom
from bot.delivery.rates import Rates
from bot.domain.outgoing import (
    Blocked,
    MessageClass,
    Moved,
    NotSent,
    Refused,
    Stale,
    TokenRefused,
    TooMany,
    Unknown,
)
from bot.domain.ports import UnitOfWork
from bot.domain.questions import LookupOutcome, QuestionState
from bot.storage.database import Database


async def test_what_is_written_is_sent_once_and_known_as_sent(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "hello")
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
        write(database, "again", 2)
        post_room.wake()
        await all_out(post_room)
    assert wire.texts == ["hello", "again"]
    assert states(path) == {"hello:0": "sent", "again:0": "sent"}


async def test_an_edit_that_telegram_refuses_is_sent_anew_and_repeated_like_any_message(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    """The answer to the new message is lost each time: nobody may get more than two copies."""
    write(database, "card", method="editMessageText")
    wire.script[1] = [Stale("message can't be edited"), *[Unknown("TimedOut")] * 20]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
        await time.sleep(3600)
        post_room.wake()
        await all_out(post_room)
    assert wire.methods == ["editMessageText", "sendMessage", "sendMessage"]
    assert states(path) == {"card:0": "unknown"}


async def test_what_another_program_wrote_is_found_without_a_wake(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
        write(database, "from the command line")
        await until(lambda: wire.texts == ["from the command line"])


async def test_answers_then_reminders_then_announcements_and_parts_in_their_order(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    write(database, "announcement", 4, ANNOUNCEMENT)
    write(database, "reminder", 3, REMINDER)
    for part in range(3):
        write(database, f"part {part}", 2, ANSWER, part=part)
    wire.takes = 0.005
    post_room = PostRoom(
        database, wire, time, Rates(UNLIMITED), most_in_flight=1, sleep=time.sleep, monotonic=time.monotonic
    )
    async with at_work(post_room):
        await all_out(post_room)
    assert [text for text in wire.texts if text.startswith("part")] == ["part 0", "part 1", "part 2"]
    assert wire.texts.index("part 0") < wire.texts.index("reminder") < wire.texts.index("announcement")


async def test_at_most_six_are_on_the_wire_and_the_last_place_is_for_answers(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    for n in range(20):
        write(database, f"announcement {n}", 100 + n, ANNOUNCEMENT)
    wire.gate = asyncio.Event()
    async with at_work(room(database, wire, time)) as post_room:
        await until(lambda: len(wire.in_flight) == 5)
        await asyncio.sleep(0.05)
        assert len(wire.in_flight) == 5
        write(database, "answer", 1)
        post_room.wake()
        await until(lambda: wire.texts[-1] == "answer")
        wire.gate.set()
        await all_out(post_room)
    assert wire.texts.index("answer") == 5
    assert wire.most_in_flight == 6
    assert len(wire.calls) == 21


async def test_when_telegram_asks_to_wait_nothing_leaves_until_then(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "first", 1)
    wire.script[1] = [TooMany(30)]
    async with at_work(room(database, wire, time)) as post_room:
        await until(lambda: states(path) == {"first:0": "retry"})
        write(database, "second", 2)
        post_room.wake()
        await all_out(post_room)
    refused_at = wire.calls[0][0]
    assert sorted(wire.texts[1:]) == ["first", "second"]
    assert all(at >= refused_at + 30 for at, _, _ in wire.calls[1:])
    assert states(path) == {"first:0": "sent", "second:0": "sent"}
    kept = database.run_now(lambda work: work.outbox.pause_until())
    assert kept is not None
    assert kept >= START + timedelta(seconds=refused_at + 30)


async def test_the_wish_to_wait_holds_even_while_it_cannot_be_written_down(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    from sqlalchemy import event

    failures = 0

    def disk_full(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal failures
        if statement.startswith("INSERT INTO facts") and failures < 3:
            failures += 1
            raise OSError("no space left on device")

    event.listen(database._engine, "before_cursor_execute", disk_full)
    write(database, "first", 1)
    wire.script[1] = [TooMany(30)]
    async with at_work(room(database, wire, time)) as post_room:
        await until(lambda: failures == 1)
        write(database, "second", 2)
        post_room.wake()
        await all_out(post_room)
    assert failures == 3
    assert [at >= wire.calls[0][0] + 30 for at, _, _ in wire.calls[1:]] == [True, True]


async def test_the_pause_outlives_a_restart(database: Database, wire: ScriptedWire, time: Time) -> None:
    database.run_now(lambda work: work.outbox.set_pause(START + timedelta(seconds=344)))
    write(database, "late")
    async with at_work(room(database, wire, time)) as post_room:
        await asyncio.wait_for(post_room.idle(), 20)
    assert [text for at, _, text in wire.calls if at >= 344] == ["late"] == wire.texts


async def test_without_a_connection_it_is_tried_again_later(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a")
    wire.script[1] = [NotSent("no connection"), NotSent("no such name")]
    async with at_work(room(database, wire, time)):
        await until(lambda: states(path) == {"a:0": "sent"})
    gaps = [later - at for (at, _, _), (later, _, _) in zip(wire.calls, wire.calls[1:], strict=False)]
    assert len(gaps) == 2
    assert gaps[0] >= 2
    assert gaps[1] >= 4


@pytest.mark.parametrize(
    ("message_class", "sent", "state"),
    [(ANSWER, 2, "sent"), (REMINDER, 2, "sent"), (ANNOUNCEMENT, 1, "unknown")],
)
async def test_an_unknown_outcome_follows_the_policy_of_its_class(
    database: Database,
    path: Path,
    wire: ScriptedWire,
    time: Time,
    message_class: MessageClass,
    sent: int,
    state: str,
) -> None:
    write(database, "a", 1, message_class)
    wire.script[1] = [Unknown("read timed out")]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert (len(wire.calls), states(path)) == (sent, {"a:0": state})


async def test_a_wire_that_breaks_counts_as_unknown_and_tells_no_content(
    database: Database, path: Path, wire: ScriptedWire, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    write(database, "a", 1, ANNOUNCEMENT)
    wire.script[1] = [ValueError("canary-7734")]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert states(path) == {"a:0": "unknown"}
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text


async def test_an_edit_may_always_be_made_again(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a", 1, ANNOUNCEMENT, method="editMessageText")
    wire.script[1] = [Unknown("reset"), Unknown("reset"), Unknown("reset")]
    async with at_work(room(database, wire, time)):
        await until(lambda: states(path) == {"a:0": "sent"})
    assert len(wire.calls) == 4


async def test_an_edit_is_never_left_as_unknown_by_a_kill(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "edit", 1, ANNOUNCEMENT, method="editMessageText")
    write(database, "message", 2, ANNOUNCEMENT)
    wire.gate = asyncio.Event()
    post_room = room(database, wire, time)
    task = asyncio.create_task(post_room.run())
    await until(lambda: len(wire.in_flight) == 2)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    database.run_now(lambda work: work.outbox.recover(START))
    assert states(path) == {"edit:0": "ready", "message:0": "unknown"}


async def test_who_blocked_the_bot_is_marked_and_the_others_get_theirs(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    database.run_now(lambda work: work.people.seen(1, "en", START))
    write(database, "a", 1)
    write(database, "b", 2)
    wire.script[1] = [Blocked("bot was blocked by the user")]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    person = database.run_now(lambda work: work.people.get(1))
    assert person is not None
    assert person.reachable is False
    assert states(path) == {"a:0": "blocked", "b:0": "sent"}


async def test_a_refused_message_fails_alone(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a")
    write(database, "b")
    wire.script[1] = [Refused("can't parse entities")]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert states(path) == {"a:0": "failed", "b:0": "sent"}


async def test_a_group_that_moved_gets_everything_at_its_new_address(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a", -5)
    write(database, "b", -5)
    wire.script[-5] = [Moved(-1005)]
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert [(chat, text) for _, chat, text in wire.calls] == [(-5, "a"), (-1005, "a"), (-1005, "b")]
    assert states(path) == {"a:0": "sent", "b:0": "sent"}


async def test_a_refused_token_stops_all_sending_and_tries_again_every_minute(
    database: Database, path: Path, wire: ScriptedWire, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    write(database, "a", 1)
    wire.script[1] = [TokenRefused(), TokenRefused()]
    with caplog.at_level(logging.INFO):
        async with at_work(room(database, wire, time)) as post_room:
            await all_out(post_room)
    moments = [at for at, _, _ in wire.calls]
    assert len(moments) == 3
    assert moments[1] - moments[0] >= 60
    assert moments[2] - moments[1] >= 60
    assert states(path) == {"a:0": "sent"}
    lines = [record.getMessage() for record in caplog.records if "token" in record.getMessage()]
    assert len(lines) == 2, "one clear line at the beginning and one at the end"


async def test_after_a_kill_the_first_thing_is_to_find_what_was_under_way(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "answer", 1)
    write(database, "announcement", 2, ANNOUNCEMENT)

    def as_the_killed_process_left_it(work: UnitOfWork) -> None:
        for message in work.outbox.claim(10, START, frozenset()):
            work.outbox.mark_wired(message.id or 0, START)

    database.run_now(as_the_killed_process_left_it)
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert wire.texts == ["answer"]
    assert states(path) == {"answer:0": "sent", "announcement:0": "unknown"}


async def test_a_clean_stop_leaves_nothing_unknown(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    for n in range(20):
        write(database, f"announcement {n}", 100 + n, ANNOUNCEMENT)
    wire.takes = 0.05
    post_room = room(database, wire, time)
    task = asyncio.create_task(post_room.run())
    await until(lambda: len(wire.in_flight) == 5)
    await post_room.stop()
    await asyncio.wait_for(task, 1)
    found = list(states(path).values())
    assert found.count("sent") == len(wire.calls) < 20
    assert found.count("ready") == 20 - len(wire.calls)


async def test_a_stop_in_the_middle_of_a_claim_gives_back_what_was_claimed(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    from threading import Event

    from sqlalchemy import event

    begun, go_on = Event(), Event()

    def slow(_: Any, __: Any, statement: str, *___: Any) -> None:
        if statement.startswith("UPDATE outbox") and not begun.is_set():
            begun.set()
            go_on.wait(5)

    event.listen(database._engine, "before_cursor_execute", slow)
    write(database, "a")
    task = asyncio.create_task((post_room := room(database, wire, time)).run())
    await until(begun.is_set)
    stopping = asyncio.create_task(post_room.stop())
    await asyncio.sleep(0.01)
    go_on.set()
    await stopping
    task.cancel()  # as the house does: whoever has stopped has nothing left to do
    await asyncio.wait([task])
    database.run_now(lambda work: None)  # whatever was still being written is written now
    assert wire.calls == []
    assert states(path) == {"a:0": "ready"}


async def test_a_stop_ends_in_time_even_if_the_wire_does_not(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a")
    wire.gate = asyncio.Event()
    post_room = room(database, wire, time)
    task = asyncio.create_task(post_room.run())
    await until(lambda: len(wire.in_flight) == 1)
    await asyncio.wait_for(post_room.stop(within=0.05), 2)
    await asyncio.wait_for(task, 1)
    assert states(path) == {"a:0": "wired"}


async def test_what_was_sent_is_written_down_even_after_the_disk_was_full_for_a_while(
    database: Database, path: Path, wire: ScriptedWire, time: Time, caplog: pytest.LogCaptureFixture
) -> None:
    from sqlalchemy import event

    failures = 0

    def disk_full(_: Any, __: Any, statement: str, *___: Any) -> None:
        nonlocal failures
        if wire.calls and failures < 3 and statement.startswith("UPDATE outbox"):
            failures += 1
            raise OSError("canary: no space left on device")

    event.listen(database._engine, "before_cursor_execute", disk_full)
    write(database, "a")
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert failures == 3
    assert wire.texts == ["a"]
    assert states(path) == {"a:0": "sent"}
    assert "canary" not in caplog.text


async def test_what_was_deleted_after_it_was_claimed_is_not_sent(
    database: Database, wire: ScriptedWire, time: Time
) -> None:
    """Somebody used /forget while their message was on the way."""
    from sqlalchemy import event, text

    def forget(connection: Any, _: Any, statement: str, *__: Any) -> None:
        if statement.startswith("UPDATE outbox") and "wired_at" in statement:
            connection.execute(text("DELETE FROM outbox"))

    event.listen(database._engine, "before_cursor_execute", forget)
    write(database, "a")
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
    assert wire.calls == []


async def test_the_real_limits_hold_for_a_small_broadcast_with_answers_between(
    database: Database,
) -> None:
    time = FastTime()
    wire = ScriptedWire(time)
    for n in range(60):
        write(database, f"announcement {n}", 100 + n, ANNOUNCEMENT)
    for n in range(5):
        write(database, f"answer {n}", 1)
    rates = NotedRates()
    async with at_work(
        PostRoom(database, wire, time, rates, sleep=time.sleep, monotonic=time.monotonic)
    ) as post_room:
        await all_out(post_room)
    assert len(wire.calls) == len(rates.spent) == 65
    moments = [at for at, _, _ in rates.spent]
    assert all(sum(at <= other < at + 1 for other in moments) <= 30 for at in moments)
    bulk = [at for at, _, message_class in rates.spent if message_class is ANNOUNCEMENT]
    assert all(sum(at <= other < at + 1 for other in bulk) <= 25 for at in bulk)
    answers = [at for at, chat, _ in rates.spent if chat == 1]
    assert answers[4] - answers[0] >= 2
    assert wire.texts.index("answer 2") < 15, "three at once, and the broadcast waits"


async def test_old_updates_and_messages_are_forgotten_now_and_then(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    write(database, "a")
    async with at_work(room(database, wire, time)) as post_room:
        await all_out(post_room)
        time.seconds += timedelta(days=29).total_seconds()
        post_room.wake()
        await all_out(post_room)
        assert states(path) == {"a:0": "sent"}
        time.seconds += timedelta(days=2).total_seconds()
        post_room.wake()
        await until(lambda: states(path) == {})


async def test_questions_and_lookups_are_forgotten_when_their_time_is_over(
    database: Database, path: Path, wire: ScriptedWire, time: Time
) -> None:
    def talk(work: UnitOfWork) -> None:
        question = work.questions.add(5, "en", "canary-9911", START)
        work.questions.set_state(question.id, QuestionState.WITHDRAWN)
        work.questions.add(5, "en", "still open", START)
        for outcome in LookupOutcome:
            work.lookups.add(outcome.value, "en", outcome, [], START)

    def kept() -> tuple[list[str], list[str]]:
        with closing(sqlite3.connect(path)) as connection:
            remarks = connection.execute("SELECT text FROM remarks ORDER BY id").fetchall()
            lookups = connection.execute("SELECT words FROM lookups ORDER BY words").fetchall()
        return [text for (text,) in remarks], [words for (words,) in lookups]

    database.run_now(talk)
    steps = [
        (29, ["canary-9911", "still open"], ["choices", "found", "nothing"]),
        (31, ["canary-9911", "still open"], ["nothing"]),
        (91, ["still open"], ["nothing"]),
        (181, ["still open"], []),
    ]
    for days, remarks, lookups in steps:
        time.seconds = timedelta(days=days).total_seconds()
        async with at_work(room(database, wire, time)) as post_room:
            await all_out(post_room)
        assert kept() == (remarks, lookups)


def test_a_crash_point_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValueError, match="no known point"):
        crash.armed("outbox.wierd:1")


def test_without_a_setting_crash_points_do_nothing() -> None:
    for setting in (None, ""):
        crash.armed(setting)("outbox.wired")


def test_every_crash_point_stands_in_the_code_once() -> None:
    folder = Path(crash.__file__).parent
    code = "".join(file.read_text() for file in folder.glob("*.py"))
    assert {name: code.count(f'crash.point("{name}")') for name in crash.POINTS} == dict.fromkeys(
        crash.POINTS, 1
    )
    assert code.count("crash.point(") == len(crash.POINTS)
