"""The tables. The repositories turn their rows into the words of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, String, text
from sqlmodel import Field, SQLModel

from bot.storage.columns import Moment, PlainText, RowId

# Telegram ids have up to 52 bits, so each of them is a BigInteger; a plain `int` is 32 bits on PostgreSQL.
# Constraints have names of ours, because SQLite can change a table later only by these names.
NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

QUEUED = text("state IN ('ready', 'retry')")
"""Written out and not bound: SQLite uses a partial index only where it sees the very same condition."""


class Row(SQLModel):
    metadata = MetaData(naming_convention=NAMES)


class PersonRow(Row, table=True):
    """Somebody who talks with Focal. No names: a Telegram id, and what is needed to answer."""

    __tablename__ = "people"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    language: str = Field(sa_type=String)
    language_chosen: bool = False
    role: str = Field(sa_type=String)
    reachable: bool = True
    expecting: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    first_seen: datetime = Field(sa_type=Moment)
    last_seen: datetime = Field(sa_type=Moment)


class UpdateRow(Row, table=True):
    """An update of Telegram's. `id` is the order of arrival: update ids may jump after an idle week."""

    __tablename__ = "inbox"
    __table_args__ = (
        Index("ix_inbox_state_id", "state", "id"),
        Index("ix_inbox_lane_state_id", "lane", "state", "id"),
        Index("ix_inbox_finished_at", "finished_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    update_id: int = Field(sa_type=BigInteger, unique=True)
    lane: int = Field(sa_type=BigInteger)
    raw: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    state: str = Field(sa_type=String)
    tries: int = Field(default=0, sa_type=Integer)
    reason: str | None = Field(default=None, sa_type=PlainText)
    received_at: datetime = Field(sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class MessageRow(Row, table=True):
    """A call to the Bot API on its way out. `params` are null as soon as nobody needs the text any more."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_queue", "message_class", "id", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("ix_outbox_chat_id_state_id", "chat_id", "state", "id"),
        Index("ix_outbox_state", "state"),
        Index("ix_outbox_finished_at", "finished_at"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    key: str = Field(sa_type=String, unique=True)
    chat_id: int = Field(sa_type=BigInteger)
    method: str = Field(sa_type=String)
    params: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    message_class: str = Field(sa_type=String)
    part: int = Field(default=0, sa_type=Integer)
    state: str = Field(sa_type=String)
    not_before: datetime | None = Field(default=None, sa_type=Moment)
    tries: int = Field(default=0, sa_type=Integer)
    resent: int = Field(default=0, sa_type=Integer)
    reason: str | None = Field(default=None, sa_type=PlainText)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    wired_at: datetime | None = Field(default=None, sa_type=Moment)
    finished_at: datetime | None = Field(default=None, sa_type=Moment)


class LookupRow(Row, table=True):
    """What was looked up and what was shown; never who asked."""

    __tablename__ = "lookups"
    __table_args__ = (Index("ix_lookups_outcome", "outcome"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    words: str = Field(sa_type=PlainText)
    language: str = Field(sa_type=String)
    outcome: str = Field(sa_type=String)
    shown: list[str] = Field(sa_type=JSON)
    rejected: int = Field(default=0, sa_type=Integer)
    asked_at: datetime = Field(sa_type=Moment)


class QuestionRow(Row, table=True):
    """A question to the secretariat; its words are the remarks."""

    __tablename__ = "questions"
    __table_args__ = (Index("ix_questions_state_id", "state", "id"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    asker: int = Field(sa_type=BigInteger)
    language: str = Field(sa_type=String)
    state: str = Field(sa_type=String)
    asked_at: datetime = Field(sa_type=Moment)
    taken_by: int | None = Field(default=None, sa_type=BigInteger)
    taken_at: datetime | None = Field(default=None, sa_type=Moment)


class RemarkRow(Row, table=True):
    """One message of a question's thread, in the order of the ids."""

    __tablename__ = "remarks"

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    question_id: int = Field(sa_type=RowId, foreign_key="questions.id", ondelete="CASCADE", index=True)
    author: str = Field(sa_type=String)
    text: str = Field(sa_type=PlainText)
    at: datetime = Field(sa_type=Moment)


class FactRow(Row, table=True):
    """A single thing to remember over a restart, such as until when Telegram asked us to wait."""

    __tablename__ = "facts"

    key: str = Field(primary_key=True, sa_type=String)
    value: str = Field(sa_type=PlainText)
