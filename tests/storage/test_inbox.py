"""The inbox: every update once, in the order of its chat, and its text gone when it is done."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.ports import StoredUpdate
from bot.storage.database import Database
from bot.storage.inbox import MOST_TRIES

LARGEST = 2**52 - 1


def update(update_id: int, lane: int = 1, **raw: Any) -> StoredUpdate:
    return StoredUpdate(update_id, lane, {"update_id": update_id, **raw})


def waiting(database: Database, limit: int = 100, busy: frozenset[int] = frozenset()) -> list[int]:
    return [one.update_id for one in database.run_now(lambda work: work.inbox.waiting(limit, busy))]


def test_an_update_that_comes_twice_is_there_once(database: Database, now: datetime) -> None:
    assert database.run_now(lambda work: work.inbox.receive([update(1), update(2)], now)) == 2
    assert database.run_now(lambda work: work.inbox.receive([update(2), update(3)], now)) == 1
    assert database.run_now(lambda work: work.inbox.counts()) == {"waiting": 3}


def test_an_update_that_is_done_is_not_taken_again_when_it_is_repeated(
    database: Database, now: datetime
) -> None:
    database.run_now(lambda work: work.inbox.receive([update(1)], now))
    assert not database.run_now(lambda work: work.inbox.is_done(1))
    database.run_now(lambda work: work.inbox.done(1, now))
    assert database.run_now(lambda work: work.inbox.is_done(1))
    assert database.run_now(lambda work: work.inbox.receive([update(1)], now)) == 0
    assert waiting(database) == []


def test_one_update_of_each_free_lane_the_oldest_first(database: Database, now: datetime) -> None:
    updates = [update(10, lane=1), update(11, lane=1), update(12, lane=2), update(13, lane=-100)]
    database.run_now(lambda work: work.inbox.receive(updates, now))
    assert waiting(database) == [10, 12, 13]
    assert waiting(database, limit=2) == [10, 12]
    database.run_now(lambda work: work.inbox.receive([update(3, lane=3)], now))
    assert waiting(database) == [10, 12, 13, 3], "a lower id that came later is younger"
    database.run_now(lambda work: work.inbox.done(3, now))
    assert waiting(database, busy=frozenset({1})) == [12, 13]
    database.run_now(lambda work: work.inbox.done(10, now))
    assert waiting(database) == [11, 12, 13]


def test_after_an_idle_week_a_lower_id_still_comes_later(database: Database, now: datetime) -> None:
    """Telegram starts anywhere; and a clock that was set back changes nothing either."""
    database.run_now(lambda work: work.inbox.receive([update(LARGEST)], now))
    database.run_now(lambda work: work.inbox.receive([update(5)], now - timedelta(hours=1)))
    assert waiting(database) == [LARGEST]
    database.run_now(lambda work: work.inbox.done(LARGEST, now))
    assert waiting(database) == [5]


def test_the_text_of_an_update_is_gone_from_the_file_when_it_is_done(
    database: Database, path: Path, now: datetime
) -> None:
    database.run_now(lambda work: work.inbox.receive([update(1, message={"text": "canary-7731"})], now))
    (stored,) = database.run_now(lambda work: work.inbox.waiting(1, frozenset()))
    assert stored.raw["message"] == {"text": "canary-7731"}
    database.run_now(lambda work: work.inbox.done(1, now))
    database.close()
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT raw FROM inbox").fetchall() == [(None,)]
    assert b"canary-7731" not in path.read_bytes()


def test_after_three_failed_tries_it_is_set_aside_and_the_next_one_is_taken(
    database: Database, now: datetime
) -> None:
    database.run_now(lambda work: work.inbox.receive([update(1), update(2)], now))
    tries = [
        database.run_now(lambda work: work.inbox.failed(1, "ValueError at bot.x:1", now))
        for _ in range(MOST_TRIES - 1)
    ]
    assert tries == [1, 2]
    (again,) = database.run_now(lambda work: work.inbox.waiting(5, frozenset()))
    assert (again.update_id, again.tries) == (1, 2)
    assert database.run_now(lambda work: work.inbox.failed(1, "ValueError at bot.x:1", now)) == 3
    assert database.run_now(lambda work: work.inbox.is_done(1))
    assert waiting(database) == [2]
    assert database.run_now(lambda work: work.inbox.counts()) == {"dead": 1, "waiting": 1}


def test_whether_more_waits_behind_an_update_in_its_chat_is_known(database: Database, now: datetime) -> None:
    said, ordered = {"text": "0.95"}, {"text": "/help"}
    arrived = [
        *(update(number, 1, message=said) for number in (900, 5)),
        update(901, 2, message=said),
        update(6, 1, message=said),
        update(7, 1, message=ordered),
    ]
    database.run_now(lambda work: work.inbox.receive(arrived, now))

    def more_behind(*updates: int) -> list[bool]:
        return [database.run_now(lambda work, u=u: work.inbox.more_in_lane(u)) for u in updates]

    assert more_behind(900, 5, 901, 77) == [True, True, False, False]
    assert more_behind(6) == [False], "a command has an answer of its own"
    database.run_now(lambda work: work.inbox.done(6, now))
    assert more_behind(900, 5) == [True, False]


def test_only_finished_updates_are_forgotten_and_only_old_ones(database: Database, now: datetime) -> None:
    database.run_now(lambda work: work.inbox.receive([update(n, lane=n) for n in (1, 2, 3)], now))
    database.run_now(lambda work: work.inbox.done(1, now))
    database.run_now(lambda work: work.inbox.done(2, now + timedelta(days=2)))
    assert database.run_now(lambda work: work.inbox.forget(now + timedelta(days=1))) == 1
    assert database.run_now(lambda work: work.inbox.counts()) == {"done": 1, "waiting": 1}


def test_an_update_with_half_an_emoji_is_kept(database: Database, now: datetime) -> None:
    raw = {"text": "\ud83d", "zero": "\x00"}
    database.run_now(lambda work: work.inbox.receive([update(1, message=raw)], now))
    (stored,) = database.run_now(lambda work: work.inbox.waiting(1, frozenset()))
    assert stored.raw["message"] == raw


lanes = st.lists(st.integers(-3, 3), min_size=1, max_size=30)


@settings(max_examples=15, deadline=None)
@given(lanes=lanes, batch=st.integers(1, 5))
def test_whatever_comes_every_lane_keeps_its_order(
    tmp_path_factory: Any, lanes: list[int], batch: int
) -> None:
    now = datetime.fromisoformat("2026-11-21T09:00:00+00:00")
    database = Database(f"sqlite:///{tmp_path_factory.mktemp('lanes')}/focal.db")
    database.upgrade()
    updates = [update(1000 - n, lane) for n, lane in enumerate(lanes)]
    database.run_now(lambda work: work.inbox.receive(updates, now))
    handled: list[StoredUpdate] = []
    while taken := database.run_now(lambda work: work.inbox.waiting(batch, frozenset())):
        assert len({one.lane for one in taken}) == len(taken)
        for one in taken:
            database.run_now(lambda work, one=one: work.inbox.done(one.update_id, now))
        handled += taken
    database.close()
    assert len(handled) == len(lanes)
    for lane in set(lanes):
        assert [one.update_id for one in handled if one.lane == lane] == [
            one.update_id for one in updates if one.lane == lane
        ]
