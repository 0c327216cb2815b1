"""The log of changes: added to, never changed, and whoever changes it all the same is found out."""

from __future__ import annotations

from datetime import timedelta

import pytest
from archive_samples import NOW
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import DBAPIError

from bot.domain.audit import Event
from bot.domain.people import MembershipState, Person, Role
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database

LARGEST = 2**52 - 1


@pytest.fixture
def actor(database: Database) -> Person:
    database.run_now(lambda work: work.people.seen(LARGEST, "en", NOW))
    database.run_now(lambda work: work.people.introduce(LARGEST, "Sari canary-81", None, NOW))
    database.run_now(lambda work: work.people.join(LARGEST, Role.ADMIN, None, MembershipState.ACTIVE, NOW))
    person = database.run_now(lambda work: work.people.get(LARGEST))
    assert person is not None
    return person


def write(database: Database, actor: Person | None, city: str | None, subject: str, minute: int = 0) -> None:
    at = NOW + timedelta(minutes=minute)
    database.run_now(
        lambda work: work.audit.write(
            Event.ROLE_CHANGED,
            at,
            actor=actor,
            subject=subject,
            city=city,
            before="deputy",
            after="focal_point",
        )
    )


def is_whole(database: Database) -> bool:
    return database.run_now(lambda work: work.audit.is_whole())


GUARDS = {
    "sqlite": ("DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"),
    "postgresql": ("SET LOCAL session_replication_role = replica",),
}


def tamper(database: Database, statement: str) -> None:
    """As somebody with the database in their hands would, guards taken away first."""
    with database._engine.begin() as connection:
        for one in (*GUARDS[connection.dialect.name], statement):
            connection.exec_driver_sql(one)


def test_a_change_is_told_with_who_what_and_when(database: Database, actor: Person) -> None:
    write(database, actor, "sibu", "ab12")
    write(database, None, None, "sibu-2026 v2", minute=1)
    newest, oldest = database.run_now(lambda work: work.audit.of_city(None, 10))
    assert (oldest.at, oldest.event, oldest.actor, oldest.actor_role) == (
        NOW,
        Event.ROLE_CHANGED,
        actor.handle,
        Role.ADMIN,
    )
    assert (oldest.city, oldest.subject, oldest.before, oldest.after) == (
        "sibu",
        "ab12",
        "deputy",
        "focal_point",
    )
    assert (newest.actor, newest.actor_role, newest.city) == (None, None, None)
    assert is_whole(database)


def test_the_log_is_read_newest_first_in_pages_and_by_city(database: Database, actor: Person) -> None:
    for number in range(5):
        write(database, actor, "sibu" if number % 2 else "cebu", str(number))

    def page(city: str | None, limit: int, skip: int = 0) -> list[str]:
        return [one.subject for one in database.run_now(lambda work: work.audit.of_city(city, limit, skip))]

    assert page(None, 2) == ["4", "3"]
    assert page(None, 9, 2) == ["2", "1", "0"]
    assert page("sibu", 9) == ["3", "1"]
    assert database.run_now(lambda work: (work.audit.count(None), work.audit.count("sibu"))) == (5, 2)


def test_kinds_of_changes_are_read_oldest_first_up_to_a_moment(database: Database, actor: Person) -> None:
    told = [(Event.SUBMITTED, "sibu-2026 v1"), (Event.COMMENTED, "x"), (Event.ACCEPTED, "sibu-2026 v1")]
    for minute, (event, subject) in enumerate(told):
        at = NOW + timedelta(minutes=minute)
        database.run_now(
            lambda work, e=event, s=subject, t=at: work.audit.write(e, t, actor=actor, subject=s)
        )

    def found(minute: int | None) -> list[tuple[Event, str | None]]:
        until = None if minute is None else NOW + timedelta(minutes=minute)
        wanted = (Event.SUBMITTED, Event.ACCEPTED)
        return [
            (one.event, one.actor) for one in database.run_now(lambda w: w.audit.of_events(wanted, until))
        ]

    assert found(None) == [(Event.SUBMITTED, actor.handle), (Event.ACCEPTED, actor.handle)]
    assert found(2) == found(None), "what happens at the very moment is in it"
    assert found(1) == [(Event.SUBMITTED, actor.handle)]


def test_neither_name_nor_telegram_id_stands_in_it(database: Database, actor: Person) -> None:
    write(database, actor, "sibu", actor.handle)
    with database._engine.connect() as connection:
        kept = str(connection.exec_driver_sql("SELECT * FROM audit").all())
    assert "canary-81" not in kept
    assert str(LARGEST) not in kept


@pytest.mark.parametrize("statement", ["UPDATE audit SET after = 'admin'", "DELETE FROM audit"])
def test_the_database_refuses_to_change_an_entry(database: Database, actor: Person, statement: str) -> None:
    write(database, actor, "sibu", "ab12")
    with database._engine.connect() as connection, pytest.raises(DBAPIError, match="only ever added"):
        connection.exec_driver_sql(statement)
    assert database.run_now(lambda work: work.audit.count(None)) == 1


@pytest.mark.parametrize(
    "statement",
    [
        *(
            f"UPDATE audit SET \"{column}\" = 'x' WHERE id = 2"
            for column in ("event", "actor", "actor_role", "city")
        ),
        *(
            f"UPDATE audit SET \"{column}\" = 'x' WHERE id = 2"
            for column in ("subject", "before", "after", "digest")
        ),
        "UPDATE audit SET at = '2026-01-01 00:00:00.000000' WHERE id = 2",
        "UPDATE audit SET city = NULL WHERE id = 2",
        "DELETE FROM audit WHERE id = 1",
        "DELETE FROM audit WHERE id = 2",
        "DELETE FROM audit WHERE id = 3",
        "DELETE FROM audit",
        "UPDATE audit SET id = 9 WHERE id = 1",
        "INSERT INTO audit (at, event, subject, before, after, digest) "
        "VALUES ('2026-01-01 00:00:00.000000', 'joined', 'x', '', '', 'x')",
    ],
)
def test_whoever_changes_it_with_the_file_in_their_hands_is_found_out(
    database: Database, actor: Person, statement: str
) -> None:
    for number in range(3):
        write(database, actor, "sibu", str(number))
    assert is_whole(database)
    tamper(database, statement)
    assert not is_whole(database)


def test_a_change_that_was_undone_leaves_no_entry(database: Database, actor: Person) -> None:
    def changes_its_mind(work: UnitOfWork) -> None:
        work.audit.write(Event.JOINED, NOW, actor=actor, subject="x")
        raise KeyError("undone")

    write(database, actor, None, "first")
    with pytest.raises(KeyError):
        database.run_now(changes_its_mind)
    write(database, actor, None, "second")
    assert [one.subject for one in database.run_now(lambda work: work.audit.of_city(None, 9))] == [
        "second",
        "first",
    ]
    assert is_whole(database)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.none() | st.text(max_size=9)), max_size=8))
def test_whatever_is_written_the_chain_holds(
    database: Database, entries: list[tuple[str, str | None]]
) -> None:
    for subject, city in entries:
        clean = subject.replace("\x00", "").encode("utf-8", "ignore").decode()
        database.run_now(
            lambda work, s=clean, c=city and "sibu": work.audit.write(
                Event.COMMENTED, NOW, actor=None, subject=s, city=c
            )
        )
    assert is_whole(database)
