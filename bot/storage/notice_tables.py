"""Tables of what goes out at its time: reminders, extensions, announcements, and who may send."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from sqlalchemy import JSON, BigInteger, Date, Index, String, Time, UniqueConstraint
from sqlmodel import Field

from bot.storage.columns import Moment, PlainText, RowId
from bot.storage.tables import NEVER_AGAIN, Row


class DebtRow(Row, table=True):
    """One thing that somebody was or will be reminded of, once: `key` is what is said once. `said_on` is the local
    day of the reminder that carries it, `message_key` that reminder in the outbox. What was overtaken by a later
    debt has neither."""

    __tablename__ = "debts"
    __table_args__ = (
        Index("ix_debts_at", "at"),
        Index("ix_debts_cycle", "cycle"),
        Index("ix_debts_person", "person"),
        Index("ix_debts_said_on", "said_on"),
        Index("ix_debts_message_key", "message_key"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    key: str = Field(sa_type=String, unique=True)
    cycle: str = Field(sa_type=String)
    city: str = Field(sa_type=String)
    rule: str = Field(sa_type=String)
    person: int = Field(sa_type=BigInteger)
    day: date = Field(sa_type=Date)
    at: datetime = Field(sa_type=Moment)
    step: str = Field(sa_type=String)
    why: str = Field(sa_type=String)
    said_on: date | None = Field(default=None, sa_type=Date)
    message_key: str | None = Field(default=None, sa_type=String)
    state: str = Field(sa_type=String)
    reason: str | None = Field(default=None, sa_type=PlainText)
    written_at: datetime = Field(sa_type=Moment)
    settled_at: datetime | None = Field(default=None, sa_type=Moment)
    sent_at: datetime | None = Field(default=None, sa_type=Moment)


class PromiseRow(Row, table=True):
    """Somebody chose when to be reminded: `day` and `at` are of their zone."""

    __tablename__ = "promises"
    __table_args__ = (UniqueConstraint("person", "city", "cycle"), Index("ix_promises_cycle", "cycle"))

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    person: int = Field(sa_type=BigInteger)
    city: str = Field(sa_type=String)
    cycle: str = Field(sa_type=String)
    day: date = Field(sa_type=Date)
    at: time = Field(sa_type=Time)
    made_at: datetime = Field(sa_type=Moment)


class QuietRow(Row, table=True):
    """Somebody wishes to hear no more of a cycle than the last reminder before its deadline."""

    __tablename__ = "quiet"
    __table_args__ = (UniqueConstraint("person", "cycle"), Index("ix_quiet_cycle", "cycle"))

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    person: int = Field(sa_type=BigInteger)
    cycle: str = Field(sa_type=String)
    since: datetime = Field(sa_type=Moment)


class HoldRow(Row, table=True):
    """A debt that rests until it is released. `person` is whom it would be said to; they stand in its key, too."""

    __tablename__ = "holds"
    __table_args__ = (Index("ix_holds_person", "person"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    key: str = Field(sa_type=String, unique=True)
    person: int = Field(sa_type=BigInteger)
    held_by: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)


class NudgeRow(Row, table=True):
    """A reminder by hand to all who still owe something in a cycle."""

    __tablename__ = "nudges"
    __table_args__ = (Index("ix_nudges_cycle", "cycle"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    cycle: str = Field(sa_type=String)
    at: datetime = Field(sa_type=Moment)
    nudged_by: int = Field(sa_type=BigInteger)


class PauseRow(Row, table=True):
    """Reminders of a cycle rest; `until` is null as long as they do."""

    __tablename__ = "pauses"
    __table_args__ = (Index("ix_pauses_cycle", "cycle"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    cycle: str = Field(sa_type=String)
    since: datetime = Field(sa_type=Moment)
    until: datetime | None = Field(default=None, sa_type=Moment)
    paused_by: int = Field(sa_type=BigInteger)


class ExtensionRow(Row, table=True):
    """More time that a city asked for or was given. `asked_by` is 0 where whoever asked is forgotten."""

    __tablename__ = "extensions"
    __table_args__ = (
        Index("ix_extensions_cycle", "cycle"),
        Index("ix_extensions_city", "city"),
        Index("ix_extensions_state", "state"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    city: str = Field(sa_type=String)
    cycle: str = Field(sa_type=String)
    wanted: date = Field(sa_type=Date)
    reason: str = Field(sa_type=PlainText)
    asked_by: int | None = Field(default=None, sa_type=BigInteger)
    asked_at: datetime = Field(sa_type=Moment)
    state: str = Field(sa_type=String)
    granted: date | None = Field(default=None, sa_type=Date)
    decided_by: int | None = Field(default=None, sa_type=BigInteger)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    answer: str | None = Field(default=None, sa_type=PlainText)


class AnnouncementRow(Row, table=True):
    """An announcement. Its recipients are the messages of the outbox that name it."""

    __tablename__ = "announcements"
    __table_args__ = (Index("ix_announcements_state", "state"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    author: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    state: str = Field(sa_type=String)
    texts: dict[str, str] = Field(sa_type=JSON)
    media: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    audience: dict[str, Any] = Field(sa_type=JSON)
    wants_reading: bool
    goes_out: str = Field(sa_type=String)
    starts_at: datetime | None = Field(default=None, sa_type=Moment)
    day: date | None = Field(default=None, sa_type=Date)
    at: time = Field(sa_type=Time)
    valid_until: date | None = Field(default=None, sa_type=Date)
    edition: int = Field(sa_type=BigInteger)
    ended_at: datetime | None = Field(default=None, sa_type=Moment)
    board: int | None = Field(default=None, sa_type=BigInteger)
    template: str = Field(sa_type=String)
    version: int = Field(sa_type=BigInteger)


class ReadingRow(Row, table=True):
    """Somebody said that they have read an announcement."""

    __tablename__ = "readings"
    __table_args__ = (UniqueConstraint("announcement", "person"), Index("ix_readings_person", "person"))

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    announcement: int = Field(sa_type=RowId, foreign_key="announcements.id", ondelete="CASCADE")
    person: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)


class GroupRow(Row, table=True):
    """The group chat of a city's team."""

    __tablename__ = "team_groups"
    __table_args__ = (Index("ix_team_groups_city", "city"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    chat_id: int = Field(sa_type=BigInteger, unique=True)
    city: str = Field(sa_type=String)
    language: str = Field(sa_type=String)
    linked_by: int = Field(sa_type=BigInteger)
    linked_at: datetime = Field(sa_type=Moment)
    reachable: bool


class LeaseRow(Row, table=True):
    """What only one of several programs does, and until when it may."""

    __tablename__ = "leases"

    name: str = Field(primary_key=True, sa_type=String)
    owner: str = Field(sa_type=String)
    until: datetime = Field(sa_type=Moment)
