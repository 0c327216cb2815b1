"""The schema: migrations and tables say the same, old files are saved before they change."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from postgres_server import Server
from sqlalchemy import BigInteger, Column, Integer, create_engine
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bot.domain.errors import OperatorError
from bot.domain.people import Expecting, MembershipState, Purpose, Role
from bot.storage.database import Database
from bot.storage.schema import HEAD, MIGRATIONS
from bot.storage.tables import Row


def layout(path: Path) -> dict[str, object]:
    """Everything SQLite knows of the tables: columns with type, null and key; indexes; foreign keys."""
    with closing(sqlite3.connect(path)) as connection:
        names = [
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
            if name != "alembic_version"
        ]
        indexes = connection.execute(
            "SELECT name, replace(replace(sql, char(10), ' '), '\"', '') FROM sqlite_master "
            "WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"
        ).fetchall()
        return {
            "indexes": indexes,
            **{
                name: (
                    connection.execute(f"PRAGMA table_info({name})").fetchall(),
                    connection.execute(f"PRAGMA foreign_key_list({name})").fetchall(),
                    [
                        connection.execute(f"PRAGMA index_info({row[1]})").fetchall()
                        for row in connection.execute(f"PRAGMA index_list({name})").fetchall()
                        if row[3] != "c"
                    ],
                )
                for name in names
            },
        }


def test_a_migrated_database_is_exactly_what_the_tables_say(
    database: Database, path: Path, tmp_path: Path
) -> None:
    with database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
    made = tmp_path / "made.db"
    engine = create_engine(f"sqlite:///{made}")
    Row.metadata.create_all(engine)
    engine.dispose()
    assert layout(path) == layout(made)


@pytest.fixture
def bare(postgres: Server) -> Iterator[str]:
    """The address of a PostgreSQL database without any table."""
    with postgres.bare_database() as address:
        yield address


def test_a_migrated_postgresql_is_exactly_what_the_tables_say(bare: str) -> None:
    database = Database(bare)
    database.upgrade()
    with database._engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Row.metadata) == []
        partial = connection.exec_driver_sql(
            "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%% WHERE %%' ORDER BY 1"
        )
        assert list(partial.scalars()) == ["ix_outbox_announcement_part_state", "ix_outbox_queue"]
    database.close()


def test_people_keep_their_roles_when_an_older_postgresql_is_upgraded(bare: str) -> None:
    database = Database(bare)
    migrate_to(database, "0001")
    with database._engine.begin() as connection:
        connection.exec_driver_sql(
            "INSERT INTO people (id, language, language_chosen, role, reachable, first_seen, last_seen) VALUES "
            "(4503599627370495, 'th', true, 'secretariat', true, now(), now()), "
            "(1, 'en', false, 'visitor', true, now(), now())"
        )
        connection.exec_driver_sql(
            "INSERT INTO outbox (key, chat_id, method, message_class, part, state, tries, resent, created_at) "
            "VALUES ('a', 1, 'sendMessage', 'answer', 0, 'sent', 1, 0, now())"
        )
    migrate_to(database, "0002")
    assert database.upgrade() is None, "copies of PostgreSQL are its own tools' work"
    assert database.status().revision == HEAD
    office, visitor = database.run_now(lambda work: (work.people.get(2**52 - 1), work.people.get(1)))
    assert office is not None
    assert visitor is not None
    assert (office.role, visitor.role) == (Role.SECRETARIAT, Role.VISITOR)
    assert office.handle != visitor.handle
    assert sum(database.run_now(lambda work: work.outbox.counts()).values()) == 1
    database.close()


def test_programs_that_start_together_upgrade_a_postgresql_once(bare: str) -> None:
    databases = [Database(bare) for _ in range(3)]
    threads = [threading.Thread(target=database.upgrade) for database in databases]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {database.status().revision for database in databases} == {HEAD}
    for database in databases:
        database.close()


def test_a_postgresql_is_copied_with_its_own_tools(bare: str, tmp_path: Path) -> None:
    database = Database(bare)
    with pytest.raises(OperatorError, match="pg_dump"):
        database.copy_to(tmp_path / "copy.db")
    database.close()


def test_the_head_in_code_is_the_newest_migration() -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert ScriptDirectory.from_config(config).get_heads() == [HEAD]


def test_every_number_that_may_be_a_telegram_id_has_64_bits_on_postgresql() -> None:
    small = {"tries", "resent", "part", "rejected", "reports.version"}
    numbers = [
        column
        for table in Row.metadata.sorted_tables
        for column in table.columns
        if isinstance(column.type, Integer) and not {column.name, str(column)} & small
    ]
    assert len(numbers) >= 35
    assert [str(column) for column in numbers if not is_big(column)] == []


def is_big(column: Column[object]) -> bool:
    return isinstance(column.type.dialect_impl(postgresql.dialect()), BigInteger)


def test_the_tables_can_be_written_for_postgresql() -> None:
    for table in Row.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))
        assert "TIMESTAMP WITHOUT TIME ZONE" not in made
    people = str(CreateTable(Row.metadata.tables["people"]).compile(dialect=postgresql.dialect()))
    assert "id BIGINT NOT NULL" in people


def test_a_fresh_database_needs_no_backup_and_a_second_start_does_nothing(path: Path) -> None:
    database = Database(f"sqlite:///{path}")
    assert database.status().revision is None
    assert database.upgrade() is None
    assert database.status().revision == HEAD
    assert database.upgrade() is None
    database.close()
    assert [file.name for file in path.parent.iterdir() if "before" in file.name] == []


def older(path: Path, version: str) -> Database:
    """A database as an older Focal left it."""
    database = Database(f"sqlite:///{path}")
    migrate_to(database, version)
    return database


def migrate_to(database: Database, version: str) -> None:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database._engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, version)


FIRST_ROWS = """
INSERT INTO people (id, language, language_chosen, role, reachable, expecting, first_seen, last_seen) VALUES
    (1, 'en', 0, 'visitor', 1, NULL, '2026-01-02 03:04:05.000006', '2026-02-02 03:04:05.000006'),
    (4503599627370495, 'th', 1, 'secretariat', 0, '{"purpose": "answer", "question_id": 7, "text": "ok"}',
     '2026-01-02 03:04:05.000006', '2026-02-02 03:04:05.000006'),
    (3, 'ne', 0, 'focal_point', 1, NULL, '2026-01-02 03:04:05.000006', '2026-02-02 03:04:05.000006');
INSERT INTO questions (id, asker, language, state, asked_at) VALUES (7, 1, 'en', 'open', '2026-02-02 03:04:05.0');
INSERT INTO remarks (question_id, author, text, at) VALUES (7, 'asker', 'How?', '2026-02-02 03:04:05.0');
INSERT INTO facts (key, value) VALUES ('outbox.pause_until', '2026-02-02T03:04:05+00:00');
"""


def test_people_keep_their_roles_and_all_else_when_an_older_database_is_upgraded(path: Path) -> None:
    database = older(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_ROWS)
    assert database.status().revision == "0001"
    assert database.upgrade() is not None
    visitor, office, focal = (
        database.run_now(lambda work, n=number: work.people.get(n)) for number in (1, 2**52 - 1, 3)
    )
    assert visitor is not None
    assert office is not None
    assert focal is not None
    assert (visitor.memberships, visitor.role) == ((), Role.VISITOR)
    assert (office.role, office.language, office.reachable) == (Role.SECRETARIAT, "th", False)
    assert office.expecting == Expecting(Purpose.ANSWER, 7, "ok")
    (membership,) = focal.memberships
    assert (membership.role, membership.city, membership.state) == (
        Role.FOCAL_POINT,
        None,
        MembershipState.ACTIVE,
    )
    assert membership.since == datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)
    assert len({visitor.handle, office.handle, focal.handle} - {""}) == 3
    (question,) = database.run_now(lambda work: work.questions.waiting())
    assert question.text == "How?"
    assert database.run_now(lambda work: work.outbox.pause_until()) is not None
    assert database.run_now(lambda work: work.people.seen(9, "en", question.asked_at)).handle
    database.close()


@pytest.mark.parametrize("version", ["0001", "0002", "0003"])
def test_an_upgraded_database_is_exactly_like_a_new_one(
    database: Database, path: Path, tmp_path: Path, version: str
) -> None:
    upgraded = older(tmp_path / "older.db", version)
    upgraded.upgrade()
    upgraded.close()
    assert layout(tmp_path / "older.db") == layout(path)


def test_an_older_database_is_saved_beside_itself_before_it_changes(path: Path, now: datetime) -> None:
    database = older(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_ROWS)
    backup = database.upgrade()
    assert backup is not None
    database.close()
    assert backup.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(backup)) as connection:
        kept = connection.execute("SELECT id, role FROM people ORDER BY id").fetchall()
    assert kept == [(1, "visitor"), (3, "focal_point"), (2**52 - 1, "secretariat")]


def test_a_newer_database_is_saved_and_refused(path: Path, now: datetime) -> None:
    database = Database(f"sqlite:///{path}")
    database.upgrade()
    with database._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(OperatorError, match="9999"):
        database.upgrade()
    with pytest.raises(OperatorError, match="newer Focal"):
        database.upgrade()
    database.close()
    backups = [file for file in path.parent.iterdir() if "before" in file.name]
    assert len(backups) == 2, "a second try never overwrites the first copy"


def test_a_failing_migration_leaves_the_old_database(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables are made in one transaction: stopped half-way, there are none."""
    from alembic import op

    made: list[str] = []
    create_table = op.create_table

    def breaks_at_the_third(name: str, *columns: object, **options: object) -> object:
        made.append(name)
        if len(made) == 3:
            raise OSError("disk full")
        return create_table(name, *columns, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_table", breaks_at_the_third)
    database = Database(f"sqlite:///{path}")
    with pytest.raises(OSError, match="disk full"):
        database.upgrade()
    assert layout(path) == {"indexes": []}
    monkeypatch.undo()
    database.upgrade()
    assert database.status().revision == HEAD
    database.close()


def test_an_upgrade_that_fails_at_its_very_end_leaves_every_row_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import op

    database = older(path, "0001")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(FIRST_ROWS)
    before, create_index = layout(path), op.create_index

    def breaks_at_the_last(name: str, *columns: object, **options: object) -> object:
        if name == "ix_outbox_announcement_part_state":
            raise OSError("disk full")
        return create_index(name, *columns, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(op, "create_index", breaks_at_the_last)
    with pytest.raises(OSError, match="disk full"):
        database.upgrade()
    assert layout(path) == before
    assert database.status().revision == "0001"
    monkeypatch.undo()
    database.upgrade()
    office = database.run_now(lambda work: work.people.get(2**52 - 1))
    assert office is not None
    assert office.role is Role.SECRETARIAT
    database.close()


def test_a_copy_of_a_database_in_use_is_whole_and_private(
    database: Database, path: Path, tmp_path: Path, now: datetime
) -> None:
    database.run_now(lambda work: work.people.seen(5, "ko", now))
    target = tmp_path / "safe" / "copy.db"
    database.copy_to(target)
    assert target.stat().st_mode & 0o777 == 0o600
    copy = Database(f"sqlite:///{target}")
    assert copy.run_now(lambda work: work.people.get(5)) is not None
    copy.close()
    with pytest.raises(OperatorError, match="already"):
        database.copy_to(target)


def test_the_status_counts_what_is_there(database: Database, now: datetime) -> None:
    database.run_now(lambda work: work.people.seen(5, "ko", now))
    database.run_now(lambda work: work.questions.add(5, "ko", "?", now))
    status = database.status()
    assert status.kind in ("sqlite", "postgresql")
    assert (status.people, status.open_questions) == (1, 1)
    assert (status.inbox, status.outbox) == ({}, {})
