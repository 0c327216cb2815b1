"""The one statement that SQLite and PostgreSQL spell in their own ways."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(
    session: Session, row: type[SQLModel], values: Sequence[Mapping[str, Any]], unique: str
) -> int:
    """Inserts the rows whose `unique` column is not there yet, in their order. How many were new."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    # Counted by what comes back: the row count of such an insert is unknown on PostgreSQL.
    statement = insert(row).on_conflict_do_nothing(index_elements=[unique]).returning(getattr(row, unique))
    return sum(len(session.exec(statement.values(dict(one))).all()) for one in values)
