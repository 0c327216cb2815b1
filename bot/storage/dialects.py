"""The statements that SQLite and PostgreSQL spell in their own ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Table, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel

Insert: TypeAlias = postgresql.Insert | sqlite.Insert


def table_of(row: type[SQLModel]) -> Table:
    """The bare table: to insert by the mapped class costs twice as much."""
    table: Table = row.__table__  # type: ignore[attr-defined]  # SQLModel sets it and does not say so
    return table


def insert_into(session: Session, row: type[SQLModel]) -> Insert:
    """An INSERT that knows what to do where a row is there already."""
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(table_of(row))
    return sqlite.insert(table_of(row))


def insert_new(
    session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]], unique: str | tuple[str, ...]
) -> int:
    """Inserts the rows whose `unique` columns are not there yet, in their order. How many were new."""
    if not values:
        return 0
    columns = _columns(unique)
    # Counted by what comes back: the row count of such an insert is unknown on PostgreSQL.
    statement = (
        insert_into(session, row)
        .on_conflict_do_nothing(index_elements=columns)
        .returning(table_of(row).c[columns[0]])
    )
    return len(session.execute(statement, [dict(one) for one in values]).all())


def put(
    session: Session, row: type[SQLModel], values: Mapping[str, Any], unique: str | tuple[str, ...]
) -> None:
    """Inserts the row, or writes all its values over the one with the same `unique` columns.

    Rows that this session holds already do not see it: read them with `populate_existing`, or by columns.
    """
    columns = _columns(unique)
    changed = {name: value for name, value in values.items() if name not in columns}
    statement = insert_into(session, row).values(dict(values))
    session.execute(statement.on_conflict_do_update(index_elements=columns, set_=changed))


def one_at_a_time(session: Session, number: int) -> None:
    """Nobody else gets past here with this number until the commit. SQLite lets in one at a time anyhow."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(number)))


def _columns(unique: str | tuple[str, ...]) -> list[str]:
    return [unique] if isinstance(unique, str) else list(unique)
