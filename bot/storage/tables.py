"""The tables. The repositories turn their rows into the words of the domain."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, Integer, MetaData, String, UniqueConstraint, text
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

ANNOUNCED = text("announcement IS NOT NULL")


class Row(SQLModel):
    metadata = MetaData(naming_convention=NAMES)


# Without it SQLite gives the number of a deleted newest row to the next one, and an old button opens that.
NEVER_AGAIN = {"sqlite_autoincrement": True}


class PersonRow(Row, table=True):
    """Somebody who talks with Focal. `handle` stands for them in the log of changes; a name comes with consent."""

    __tablename__ = "people"

    id: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    language: str = Field(sa_type=String)
    language_chosen: bool = False
    reachable: bool = True
    expecting: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    first_seen: datetime = Field(sa_type=Moment)
    last_seen: datetime = Field(sa_type=Moment)
    name: str | None = Field(default=None, sa_type=PlainText)
    title: str | None = Field(default=None, sa_type=PlainText)
    consented_at: datetime | None = Field(default=None, sa_type=Moment)
    handle: str = Field(sa_type=String, unique=True)


class MembershipRow(Row, table=True):
    """One role of one person. `city` is empty for a role in the network, so that the unique key sees it."""

    __tablename__ = "memberships"
    __table_args__ = (
        UniqueConstraint("person", "role", "city"),
        Index("ix_memberships_city", "city"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    person: int = Field(sa_type=BigInteger, foreign_key="people.id", ondelete="CASCADE")
    role: str = Field(sa_type=String)
    city: str = Field(default="", sa_type=String)
    state: str = Field(sa_type=String)
    countries: list[str] = Field(sa_type=JSON)
    since: datetime | None = Field(default=None, sa_type=Moment)
    confirmed_at: datetime | None = Field(default=None, sa_type=Moment)


class InvitationRow(Row, table=True):
    """A one-time link. `used_by` is 0 where whoever took it up is forgotten: it stays used."""

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_expires_at", "expires_at"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    token_hash: str = Field(sa_type=String, unique=True)
    role: str = Field(sa_type=String)
    city: str | None = Field(default=None, sa_type=String)
    countries: list[str] = Field(sa_type=JSON)
    needs_approval: bool = False
    invited_by: int = Field(sa_type=BigInteger)
    replaces: int | None = Field(default=None, sa_type=BigInteger)
    joins: int | None = Field(default=None, sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    used_by: int | None = Field(default=None, sa_type=BigInteger)
    used_at: datetime | None = Field(default=None, sa_type=Moment)


class WrongLinkRow(Row, table=True):
    """Somebody opened a link that opens nothing. Kept for a day, against guessing."""

    __tablename__ = "wrong_links"
    __table_args__ = (Index("ix_wrong_links_person_at", "person", "at"),)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    person: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)


class DraftRow(Row, table=True):
    """A dialog on its way, one for each thing that is asked of a city. `at_key` is the question it stands at."""

    __tablename__ = "drafts"
    __table_args__ = (
        UniqueConstraint("form", "city", "cycle", "subject", "source"),
        Index("ix_drafts_city", "city"),
        Index("ix_drafts_cycle", "cycle"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    form: str = Field(sa_type=String)
    city: str = Field(sa_type=String)
    cycle: str = Field(sa_type=String)
    subject: str = Field(sa_type=String)
    questionnaire: str = Field(sa_type=String)
    source: str = Field(sa_type=String)
    source_note: str = Field(sa_type=PlainText)
    version: int = Field(sa_type=BigInteger)
    revision: int = Field(sa_type=BigInteger)
    state: str = Field(sa_type=String)
    started_at: datetime = Field(sa_type=Moment)
    touched_at: datetime = Field(sa_type=Moment)
    answers: dict[str, Any] = Field(sa_type=JSON)
    at_key: str | None = Field(default=None, sa_type=String)
    changing: bool
    pending: dict[str, Any] | None = Field(default=None, sa_type=JSON(none_as_null=True))
    holder: int | None = Field(default=None, sa_type=BigInteger)
    returned: dict[str, str] = Field(sa_type=JSON)
    tries: int = Field(sa_type=Integer)
    heard: list[Any] = Field(sa_type=JSON)
    amends: str | None = Field(default=None, sa_type=PlainText)
    known: list[str] = Field(sa_type=JSON)
    edition: str = Field(sa_type=String)


class ReportRow(Row, table=True):
    """One version of a report as it was sent. `submitted_by` is 0 where whoever sent it is forgotten."""

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("draft_id", "draft_version"),
        UniqueConstraint("number", "version"),
        Index("ix_reports_city", "city"),
        Index("ix_reports_cycle", "cycle"),
        Index("ix_reports_state", "state"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    draft_id: int = Field(sa_type=RowId, foreign_key="drafts.id")
    draft_version: int = Field(sa_type=BigInteger)
    number: str = Field(sa_type=String)
    version: int = Field(sa_type=Integer)
    form: str = Field(sa_type=String)
    city: str = Field(sa_type=String)
    cycle: str = Field(sa_type=String)
    subject: str = Field(sa_type=String)
    questionnaire: str = Field(sa_type=String)
    questionnaire_version: str = Field(sa_type=String)
    answers: dict[str, Any] = Field(sa_type=JSON)
    submitted_by: int = Field(sa_type=BigInteger)
    submitted_at: datetime = Field(sa_type=Moment)
    source: str = Field(sa_type=String)
    source_note: str = Field(sa_type=PlainText)
    state: str = Field(sa_type=String)
    late: bool
    reason: str | None = Field(default=None, sa_type=PlainText)
    reviewer: int | None = Field(default=None, sa_type=BigInteger)
    review_began_at: datetime | None = Field(default=None, sa_type=Moment)
    decided_at: datetime | None = Field(default=None, sa_type=Moment)
    returned: dict[str, str] = Field(sa_type=JSON)
    comments: list[Any] = Field(sa_type=JSON)
    judged: dict[str, str] = Field(sa_type=JSON)


class AttachmentRow(Row, table=True):
    """A photo or document of a draft, and how far our copy of it is."""

    __tablename__ = "attachments"
    __table_args__ = (
        UniqueConstraint("draft_id", "unique_id"),
        Index("ix_attachments_state_tries", "state", "tries"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    draft_id: int = Field(sa_type=RowId, foreign_key="drafts.id")
    sent_by: int = Field(sa_type=BigInteger)
    at: datetime = Field(sa_type=Moment)
    file_id: str = Field(sa_type=String)
    unique_id: str = Field(sa_type=String)
    name: str | None = Field(default=None, sa_type=PlainText)
    kind: str = Field(sa_type=String)
    size: int | None = Field(default=None, sa_type=BigInteger)
    media_type: str | None = Field(default=None, sa_type=PlainText)
    state: str = Field(sa_type=String)
    path: str | None = Field(default=None, sa_type=String)
    digest: str | None = Field(default=None, sa_type=String)
    tries: int = Field(sa_type=Integer)


class HandedRow(Row, table=True):
    """One question handed to a colleague by a link. `opened_by` is 0 where they are forgotten: it stays theirs."""

    __tablename__ = "handed_questions"
    __table_args__ = (Index("ix_handed_questions_expires_at", "expires_at"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    token_hash: str = Field(sa_type=String, unique=True)
    draft_id: int = Field(sa_type=RowId, foreign_key="drafts.id")
    key: str = Field(sa_type=String)
    handed_by: int = Field(sa_type=BigInteger)
    created_at: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    opened_by: int | None = Field(default=None, sa_type=BigInteger)
    answered_at: datetime | None = Field(default=None, sa_type=Moment)


class AuditRow(Row, table=True):
    """A change of a right or a state. Triggers of the database refuse to change or delete one."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_city", "city"), NEVER_AGAIN)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    at: datetime = Field(sa_type=Moment)
    event: str = Field(sa_type=String)
    actor: str | None = Field(default=None, sa_type=String)
    actor_role: str | None = Field(default=None, sa_type=String)
    city: str | None = Field(default=None, sa_type=String)
    subject: str = Field(sa_type=String)
    before: str = Field(sa_type=String)
    after: str = Field(sa_type=String)
    digest: str = Field(sa_type=String)


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
    """A call to the Bot API on its way out. `params` are null as soon as nobody needs the text any more.

    What names an `announcement` is its ledger: with `part` 0 one recipient, with another one the edit of what they
    got, of that edition. `chat_id` is 0 there where they are forgotten.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_queue", "message_class", "id", sqlite_where=QUEUED, postgresql_where=QUEUED),
        Index("ix_outbox_chat_id_state_id", "chat_id", "state", "id"),
        Index("ix_outbox_state", "state"),
        Index("ix_outbox_finished_at", "finished_at"),
        Index(
            "ix_outbox_announcement_part_state",
            "announcement",
            "part",
            "state",
            sqlite_where=ANNOUNCED,
            postgresql_where=ANNOUNCED,
        ),
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
    announcement: int | None = Field(default=None, sa_type=BigInteger)
    language: str | None = Field(default=None, sa_type=String)


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
