"""The writer: groups of commits, failures that stay alone, many callers at once."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import datetime
from importlib.util import find_spec
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlalchemy.exc import DBAPIError

from bot.domain.errors import OperatorError
from bot.domain.people import Person
from bot.domain.ports import UnitOfWork
from bot.domain.questions import LookupOutcome
from bot.storage import sqlite
from bot.storage.database import Database

ROOT = Path(__file__).parent.parent.parent


def seen_directly(path: Path) -> set[int]:
    """Who is in the file, as another program finds it: only what is committed."""
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT id FROM people")}


async def test_what_was_awaited_is_committed(database: Database, path: Path, now: datetime) -> None:
    person = await database.run(lambda work: work.people.seen(7, "ne", now))
    assert person == Person(7, "ne", handle=person.handle)
    assert seen_directly(path) == {7}


async def test_many_callers_share_commits(database: Database, path: Path, now: datetime) -> None:
    commits = 0

    def count(_: object) -> None:
        nonlocal commits
        commits += 1

    event.listen(database._engine, "commit", count)
    release = threading.Event()
    first = asyncio.ensure_future(database.run(lambda work: release.wait(10)))
    others = [
        asyncio.ensure_future(database.run(lambda work, n=n: work.people.seen(n, "en", now)))
        for n in range(1, 129)
    ]
    await asyncio.sleep(0.05)
    release.set()
    await asyncio.gather(first, *others)
    assert seen_directly(path) == set(range(1, 129))
    assert 3 <= commits <= 4, "128 waiting callers, at most 64 in a group, after the first one"


async def test_a_failing_unit_is_undone_alone(database: Database, path: Path, now: datetime) -> None:
    release = threading.Event()

    def fails(work: UnitOfWork) -> None:
        work.people.seen(2, "en", now)
        raise KeyError("somebody's text")

    waits = [
        asyncio.ensure_future(database.run(lambda work: release.wait(10))),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(1, "en", now))),
        asyncio.ensure_future(database.run(fails)),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(3, "en", now))),
    ]
    await asyncio.sleep(0.05)
    release.set()
    outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert isinstance(outcomes[2], KeyError)
    assert seen_directly(path) == {1, 3}


async def test_a_failing_commit_fails_the_whole_group(database: Database, path: Path, now: datetime) -> None:
    release = threading.Event()
    broken = True

    def refuse(_: object) -> None:
        if broken:
            raise OSError("no space left on device")

    event.listen(database._engine, "commit", refuse)
    waits = [
        asyncio.ensure_future(database.run(lambda work: release.wait(10))),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(1, "en", now))),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(2, "en", now))),
    ]
    release.set()
    outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [OSError, OSError, OSError]
    assert seen_directly(path) == set()

    broken = False
    await database.run(lambda work: work.people.seen(3, "en", now))
    assert seen_directly(path) == {3}, "the writer goes on when the disk has space again"


async def test_when_sqlite_drops_the_transaction_nobody_is_half_committed(
    database: Database, path: Path, now: datetime
) -> None:
    """A full disk makes SQLite roll back by itself in the middle of a group."""
    release = threading.Event()

    def loses_all(work: UnitOfWork) -> None:
        work.people.seen(2, "en", now)
        driver = work.people._session.connection().connection.dbapi_connection  # type: ignore[attr-defined]
        driver.execute("ROLLBACK")
        raise sqlite3.OperationalError("database or disk is full")

    waits = [
        asyncio.ensure_future(database.run(lambda work: release.wait(10))),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(1, "en", now))),
        asyncio.ensure_future(database.run(loses_all)),
        asyncio.ensure_future(database.run(lambda work: work.people.seen(3, "en", now))),
    ]
    await asyncio.sleep(0.05)
    release.set()
    outcomes = await asyncio.gather(*waits, return_exceptions=True)
    assert all(isinstance(outcome, Exception) for outcome in outcomes[1:]), outcomes
    assert seen_directly(path) == set()
    await database.run(lambda work: work.people.seen(4, "en", now))
    assert seen_directly(path) == {4}


def test_four_threads_of_250_read_then_write_none_is_locked_out(
    database: Database, path: Path, now: datetime
) -> None:
    waits: list[float] = []
    added = database.run_now(lambda work: work.lookups.add("w", "en", LookupOutcome.FOUND, ["0"], now))

    def read_then_write(work: UnitOfWork) -> None:
        row = work.lookups.get(added.id)
        assert row is not None
        work.lookups.reject(added.id, [str(int(row.shown[0]) + 1)])

    def worker() -> None:
        for _ in range(250):
            begun = time.perf_counter()
            database.run_now(read_then_write)
            waits.append(time.perf_counter() - begun)

    threads = [threading.Thread(target=worker) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    kept = database.run_now(lambda work: work.lookups.get(added.id))
    assert len(waits) == 1000
    assert kept is not None
    assert (kept.rejected, kept.shown) == (1000, ("1000",))


def test_two_programs_that_read_and_then_write_never_lock_each_other_out(
    database: Database, path: Path, now: datetime
) -> None:
    """With the driver's own deferred transactions most of these fail at once: database is locked."""

    added = database.run_now(lambda work: work.lookups.add("w", "en", LookupOutcome.FOUND, [], now))

    def count_up(work: UnitOfWork) -> None:
        row = work.lookups.get(added.id)
        assert row is not None
        time.sleep(0.001)
        work.lookups.reject(added.id, [])

    failures: list[Exception] = []

    def program() -> None:
        own = Database(f"sqlite:///{path}")
        try:
            for _ in range(50):
                own.run_now(count_up)
        except Exception as error:
            failures.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=program) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    kept = database.run_now(lambda work: work.lookups.get(added.id))
    assert kept is not None
    assert kept.rejected == 100


def test_a_second_program_waits_for_its_turn(database: Database, path: Path, now: datetime) -> None:
    """The command line writes while the bot runs."""
    other = Database(f"sqlite:///{path}")
    held = threading.Event()

    def slow(work: UnitOfWork) -> None:
        work.people.seen(1, "en", now)
        held.set()
        time.sleep(0.4)

    thread = threading.Thread(target=lambda: database.run_now(slow))
    thread.start()
    held.wait(5)
    other.run_now(lambda work: work.people.seen(2, "en", now))
    thread.join()
    other.close()
    assert seen_directly(path) == {1, 2}


async def test_a_caller_that_gave_up_before_its_turn_leaves_nothing(
    database: Database, path: Path, now: datetime
) -> None:
    release = threading.Event()
    first = asyncio.ensure_future(database.run(lambda work: release.wait(10)))
    await asyncio.sleep(0.05)
    second = asyncio.ensure_future(database.run(lambda work: work.people.seen(1, "en", now)))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    release.set()
    await first
    await database.run(lambda work: work.people.seen(2, "en", now))
    assert seen_directly(path) == {2}


def test_closing_finishes_what_was_begun_and_then_refuses(path: Path, now: datetime) -> None:
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    futures = [
        database._submit(lambda work, n=n: work.people.seen(n, "en", now))  # type: ignore[misc]
        for n in range(1, 201)
    ]
    database.close()
    assert all(future.done() for future in futures)
    assert seen_directly(path) == set(range(1, 201))
    with pytest.raises(RuntimeError):
        database.run_now(lambda work: None)


def test_of_two_programs_that_would_send_from_one_file_the_second_is_refused(
    database: Database, path: Path
) -> None:
    database.hold()
    database.hold()
    second = Database(f"sqlite:///{path}")
    try:
        with pytest.raises(OperatorError, match="Another Focal is running"):
            second.hold()
        database.close()
        second.hold()
    finally:
        second.close()


def test_a_killed_program_holds_nothing(database: Database, path: Path) -> None:
    script = (
        "import sys, time; from bot.storage.database import Database; "
        "Database(sys.argv[1]).hold(); print('held', flush=True); time.sleep(60)"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, f"sqlite:///{path}"], stdout=subprocess.PIPE, cwd=ROOT
    )
    try:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(OperatorError):
            database.hold()
    finally:
        other.kill()
        other.wait()
        other.stdout.close()
    database.hold()


def test_a_place_that_cannot_be_written_to_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "a-file").write_text("")
    with pytest.raises(OperatorError, match="cannot be made"):
        Database(f"sqlite:///{tmp_path}/a-file/focal.db")


def test_a_file_that_is_no_database_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "focal.db").write_bytes(b"holiday pictures" * 1000)
    database = Database(f"sqlite:///{tmp_path}/focal.db")
    try:
        with pytest.raises(OperatorError, match="cannot be opened: file is not a database"):
            database.upgrade()
        with pytest.raises(OperatorError, match="cannot be opened"):
            database.status()
    finally:
        database.close()


@pytest.mark.skipif(find_spec("psycopg") is not None, reason="the driver of PostgreSQL is installed here")
def test_without_the_driver_of_postgresql_it_is_said_how_to_get_it() -> None:
    with pytest.raises(OperatorError, match=r"focal\[postgres\]"):
        Database("postgresql://focal:secret@localhost/focal")


async def test_an_error_of_the_database_does_not_say_what_people_wrote(
    database: Database, path: Path, now: datetime
) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON lookups BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
        connection.commit()
    with pytest.raises(DBAPIError) as failed:
        await database.run(lambda work: work.lookups.add("canary-1188", "en", LookupOutcome.FOUND, [], now))
    assert "canary-1188" not in str(failed.value)


def test_the_file_is_for_its_owner_only(database: Database, path: Path, now: datetime) -> None:
    database.run_now(lambda work: work.people.seen(1, "en", now))
    assert path.parent.stat().st_mode & 0o777 == 0o700
    files = list(path.parent.iterdir())
    assert len(files) >= 2, "the file and its write-ahead log"
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_the_database_is_opened_as_safely_as_promised(database: Database, path: Path) -> None:
    with database._engine.connect() as connection:
        found = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "busy_timeout": sqlite.BUSY_MS,
        "secure_delete": 1,
    }


@pytest.mark.parametrize("url", ["mysql://u:pw-secret@h/n", "sqlite://", "pw-secret", ""])
def test_a_wrong_address_is_explained_without_repeating_it(url: str) -> None:
    with pytest.raises(OperatorError, match="FOCAL_DATABASE_URL") as told:
        Database(url)
    assert "pw-secret" not in str(told.value)


KILLED = """
import sys, datetime
from bot.storage.database import Database
database = Database(sys.argv[1])
database.upgrade()
now = datetime.datetime.now(datetime.UTC)
for n in range(1, 100000):
    database.run_now(lambda work: work.people.seen(n, "en", now))
    print(n, flush=True)
"""


def test_what_was_acknowledged_survives_kill_9(path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, f"sqlite:///{path}"],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    for _ in range(40):
        last = int(process.stdout.readline())
    os.kill(process.pid, signal.SIGKILL)
    last = max([last, *(int(line) for line in process.stdout.read().split("\n")[:-1])])
    process.wait()
    kept = seen_directly(path)
    assert set(range(1, last + 1)) <= kept <= set(range(1, last + 2))
