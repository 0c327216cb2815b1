"""The outbox: each key once, the order of each chat, claims, and what a start finds after a kill."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.outgoing import (
    RESENDS_AFTER_STOP,
    DeliveryState,
    MessageClass,
    Moved,
    NotSent,
    OutgoingMessage,
    Refused,
    Sent,
    after,
    unknown,
)
from bot.storage.database import Database

LARGEST = 2**52 - 1
ANSWER, REMINDER, ANNOUNCEMENT = MessageClass.ANSWER, MessageClass.REMINDER, MessageClass.ANNOUNCEMENT


def message(key: str, chat_id: int = 1, message_class: MessageClass = ANSWER, **more: Any) -> OutgoingMessage:
    return OutgoingMessage(
        key, chat_id, "sendMessage", {"chat_id": chat_id, "text": f"text of {key}"}, message_class, **more
    )


def add(database: Database, now: datetime, *messages: OutgoingMessage) -> None:
    for one in messages:
        assert database.run_now(lambda work, one=one: work.outbox.add(one, now))


def claim(
    database: Database, now: datetime, limit: int = 100, busy: frozenset[int] = frozenset()
) -> list[OutgoingMessage]:
    return list(database.run_now(lambda work: work.outbox.claim(limit, now, busy)))


def keys(messages: list[OutgoingMessage]) -> list[str]:
    return [one.key for one in messages]


def settle(database: Database, now: datetime, one: OutgoingMessage) -> None:
    database.run_now(lambda work: work.outbox.settle(one, now))


def rows(database: Database) -> dict[str, tuple[str, Any]]:
    """State and stored parameters of each key, as the database has them."""
    with database._engine.connect() as connection:
        found = connection.exec_driver_sql("SELECT key, state, CAST(params AS TEXT) FROM outbox").all()
    return {key: (state, params) for key, state, params in found}


def test_a_key_is_written_once(database: Database, now: datetime) -> None:
    add(database, now, message("answer:7"))
    assert not database.run_now(lambda work: work.outbox.add(message("answer:7", 2), now))
    assert keys(claim(database, now)) == ["answer:7"]


def test_a_message_comes_back_as_it_was_written(database: Database, now: datetime) -> None:
    written = message("a", LARGEST, REMINDER, part=2, not_before=now)
    add(database, now, written)
    (claimed,) = claim(database, now)
    assert replace(claimed, id=None, state=DeliveryState.READY) == written
    assert claimed.state is DeliveryState.CLAIMED


def test_answers_go_before_reminders_before_announcements(database: Database, now: datetime) -> None:
    add(
        database,
        now,
        message("announcement", 1, ANNOUNCEMENT),
        message("reminder", 2, REMINDER),
        message("answer", 3),
        message("second answer", 4),
    )
    assert keys(claim(database, now, limit=3)) == ["answer", "second answer", "reminder"]
    assert keys(claim(database, now)) == ["announcement"]


def test_the_parts_of_a_text_go_one_after_the_other(database: Database, now: datetime) -> None:
    add(database, now, *(message(f"long:{part}", part=part) for part in range(3)))
    for part in range(3):
        (one,) = claim(database, now)
        assert one.part == part
        assert claim(database, now) == []
        database.run_now(lambda work, one=one: work.outbox.mark_wired(one.id, now))
        assert claim(database, now) == []
        settle(database, now, after(one, Sent(part), now))


def test_nothing_passes_a_part_that_is_to_be_tried_again(database: Database, now: datetime) -> None:
    add(database, now, message("long:0"), message("long:1", part=1), message("other", 2))
    first, _ = claim(database, now)
    settle(database, now, after(replace(first, tries=3), NotSent("no connection"), now))
    assert claim(database, now) == []
    assert keys(claim(database, now + timedelta(minutes=1))) == ["long:0"]


def test_a_part_that_failed_for_good_lets_the_next_one_go(database: Database, now: datetime) -> None:
    add(database, now, message("long:0"), message("long:1", part=1))
    (first,) = claim(database, now)
    settle(database, now, after(first, Refused("bad markup"), now))
    assert keys(claim(database, now)) == ["long:1"]


def test_a_person_who_writes_does_not_wait_for_the_announcement(database: Database, now: datetime) -> None:
    add(database, now, message("announcement", 1, ANNOUNCEMENT))
    (taken,) = claim(database, now)
    settle(database, now, after(taken, NotSent("no connection"), now))
    add(database, now, message("answer", 1))
    assert keys(claim(database, now)) == ["answer"]
    assert claim(database, now + timedelta(hours=1)) == [], "one at a time in a chat"


def test_a_reminder_for_tomorrow_does_not_hold_up_the_one_for_today(
    database: Database, now: datetime
) -> None:
    tomorrow = now + timedelta(days=1)
    add(database, now, message("tomorrow", 1, REMINDER, not_before=tomorrow), message("today", 1, REMINDER))
    (today,) = claim(database, now)
    assert today.key == "today"
    settle(database, now, after(today, Sent(1), now))
    assert claim(database, now) == []
    assert keys(claim(database, tomorrow)) == ["tomorrow"]


def test_one_message_of_a_chat_is_taken_at_a_time_whatever_its_class(
    database: Database, now: datetime
) -> None:
    add(database, now, message("announcement", 1, ANNOUNCEMENT), message("reminder", 1, REMINDER))
    add(database, now, message("answer", 1))
    for key in ("answer", "reminder", "announcement"):
        (one,) = claim(database, now)
        assert one.key == key
        settle(database, now, after(one, Sent(1), now))


def test_busy_chats_are_passed_over(database: Database, now: datetime) -> None:
    add(database, now, message("a", 1), message("b", 2), message("c", -100))
    assert keys(claim(database, now, busy=frozenset({1, -100}))) == ["b"]


def test_what_was_not_claimed_must_not_be_sent(database: Database, now: datetime) -> None:
    add(database, now, message("a"))
    (claimed,) = claim(database, now)
    database.run_now(lambda work: work.outbox.mark_wired(claimed.id, now))
    for gone in (claimed.id, 999):
        with pytest.raises(LookupError):
            database.run_now(lambda work, gone=gone: work.outbox.mark_wired(gone, now))


def test_what_was_deleted_meanwhile_stays_deleted(database: Database, now: datetime) -> None:
    add(database, now, message("a"))
    (claimed,) = claim(database, now)
    settle(database, now, replace(claimed, id=999, state=DeliveryState.SENT))
    assert database.run_now(lambda work: work.outbox.counts()) == {(ANSWER, "claimed"): 1}


@pytest.mark.parametrize(
    "state", [DeliveryState.SENT, DeliveryState.BLOCKED, DeliveryState.FAILED, DeliveryState.SKIPPED]
)
def test_the_text_of_a_finished_message_is_gone_from_the_file(
    database: Database, path: Path, now: datetime, state: DeliveryState
) -> None:
    add(database, now, message("canary-7732"))
    (claimed,) = claim(database, now)
    settle(database, now, replace(claimed, state=state))
    assert rows(database) == {"canary-7732": (state.value, None)}
    database.close()
    assert b"text of canary-7732" not in path.read_bytes()


def test_an_unknown_message_keeps_its_text_for_whoever_decides(database: Database, now: datetime) -> None:
    add(database, now, message("a", 1, ANNOUNCEMENT))
    (claimed,) = claim(database, now)
    settle(database, now, unknown(claimed, "connection reset"))
    ((state, params),) = rows(database).values()
    assert state == "unknown"
    assert params is not None
    assert "text of a" in params


def test_all_that_waits_for_a_group_moves_along_with_it(database: Database, now: datetime) -> None:
    add(database, now, message("first", -5), message("second", -5), message("elsewhere", -6))
    first, elsewhere = claim(database, now)
    settle(database, now, after(first, Moved(-1005), now))
    settle(database, now, after(elsewhere, Sent(1), now))
    for key in ("first", "second"):
        (one,) = claim(database, now)
        assert (one.key, one.chat_id, one.params["chat_id"]) == (key, -1005, -1005)
        settle(database, now, after(one, Sent(1), now))


def test_after_a_kill_the_claimed_go_back_and_the_wired_follow_their_policy(
    database: Database, now: datetime
) -> None:
    add(
        database,
        now,
        message("only claimed", 1),
        message("answer", 2),
        message("answer sent again often", 3, resent=RESENDS_AFTER_STOP[MessageClass.ANSWER]),
        message("reminder", 4, REMINDER),
        message("announcement", 5, ANNOUNCEMENT),
        message("not begun", 6),
    )
    for one in claim(database, now, limit=6):
        if one.key not in ("only claimed", "not begun"):
            database.run_now(lambda work, one=one: work.outbox.mark_wired(one.id, now))
        if one.key == "not begun":
            settle(database, now, replace(one, state=DeliveryState.READY))
    assert database.run_now(lambda work: work.outbox.recover(now)) == {
        "given_back": 1,
        "resent": 2,
        "unknown": 2,
    }
    assert {key: state for key, (state, _) in rows(database).items()} == {
        "only claimed": "ready",
        "answer": "ready",
        "answer sent again often": "unknown",
        "reminder": "ready",
        "announcement": "unknown",
        "not begun": "ready",
    }
    again = {one.key: one for one in claim(database, now)}
    assert (again["answer"].tries, again["answer"].resent) == (1, 1)
    assert database.run_now(lambda work: work.outbox.recover(now))["unknown"] == 0


def test_old_finished_messages_are_forgotten(database: Database, now: datetime) -> None:
    add(database, now, message("a", 1), message("b", 2), message("c", 3))
    a, b, _ = claim(database, now)
    settle(database, now, after(a, Sent(1), now))
    settle(database, now + timedelta(days=2), after(b, Sent(2), now))
    assert database.run_now(lambda work: work.outbox.forget(now + timedelta(days=1))) == 1
    assert database.run_now(lambda work: work.outbox.counts()) == {
        (ANSWER, "sent"): 1,
        (ANSWER, "claimed"): 1,
    }


def test_a_pause_is_kept_and_never_made_shorter(database: Database, address: str, now: datetime) -> None:
    assert database.run_now(lambda work: work.outbox.pause_until()) is None
    later = now + timedelta(seconds=344)
    database.run_now(lambda work: work.outbox.set_pause(later))
    database.run_now(lambda work: work.outbox.set_pause(now))
    database.close()
    again = Database(address)
    assert again.run_now(lambda work: work.outbox.pause_until()) == later
    again.close()


def test_claims_use_the_queue_s_index_however_much_was_sent(
    database: Database, path: Path, now: datetime
) -> None:
    """Otherwise each claim of a broadcast would read and sort everything."""
    statements: list[tuple[str, Any]] = []
    from sqlalchemy import event

    def note(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        statements.append((statement, parameters))

    event.listen(database._engine, "before_cursor_execute", note)
    claim(database, now)
    selects = [one for one in statements if one[0].startswith("SELECT")]
    with database._engine.connect() as connection:
        for statement, parameters in selects:
            plan = [
                row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
            ]
            assert any("ix_outbox_queue" in line for line in plan), plan
            assert not any("TEMP B-TREE" in line or line.startswith("SCAN outbox_1") for line in plan), plan
