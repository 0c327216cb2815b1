"""Tables of what the network publishes: bytes by hash, states of the content, editions, and long work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Index, LargeBinary, String, UniqueConstraint
from sqlmodel import Field

from bot.storage.columns import Moment, PlainText, RowId
from bot.storage.tables import NEVER_AGAIN, Row


class BlobRow(Row, table=True):
    """Bytes under their SHA-256, packed by zlib; `size` is that of the plain bytes. What is not kept for good goes
    some days after `put_at`."""

    __tablename__ = "blobs"
    __table_args__ = (Index("ix_blobs_for_good_put_at", "for_good", "put_at"),)

    digest: str = Field(primary_key=True, sa_type=String)
    packed: bytes = Field(sa_type=LargeBinary)
    size: int = Field(sa_type=BigInteger)
    for_good: bool
    put_at: datetime = Field(sa_type=Moment)


class SnapshotRow(Row, table=True):
    """From `at` on these content files were served: `digest` is the blob that lists them by the blobs of each."""

    __tablename__ = "snapshots"
    __table_args__ = (Index("ix_snapshots_at", "at"), Index("ix_snapshots_digest", "digest"))

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    digest: str = Field(sa_type=String, foreign_key="blobs.digest")
    at: datetime = Field(sa_type=Moment)


class EditionRow(Row, table=True):
    """A report that was published. Who published it stands in it by their handle, for it is kept for ever."""

    __tablename__ = "editions"
    __table_args__ = (NEVER_AGAIN,)

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    number: str = Field(sa_type=String, unique=True)
    scope: dict[str, Any] = Field(sa_type=JSON)
    as_of: datetime = Field(sa_type=Moment)
    content: str = Field(sa_type=String)
    published_at: datetime = Field(sa_type=Moment)
    published_by: str = Field(sa_type=String)


class EditionDocumentRow(Row, table=True):
    """One document of an edition. Its bytes cannot be deleted as long as it is here."""

    __tablename__ = "edition_documents"
    __table_args__ = (
        UniqueConstraint("edition", "format", "language"),
        Index("ix_edition_documents_digest", "digest"),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    edition: int = Field(sa_type=RowId, foreign_key="editions.id")
    format: str = Field(sa_type=String)
    language: str = Field(sa_type=String)
    digest: str = Field(sa_type=String, foreign_key="blobs.digest")
    size: int = Field(sa_type=BigInteger)


class LongWorkRow(Row, table=True):
    """Long work that somebody asked for in the chat."""

    __tablename__ = "long_works"
    __table_args__ = (
        Index("ix_long_works_state", "state"),
        Index("ix_long_works_person", "person"),
        NEVER_AGAIN,
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=RowId)
    kind: str = Field(sa_type=String)
    person: int = Field(sa_type=BigInteger)
    chat_id: int = Field(sa_type=BigInteger)
    message_id: int | None = Field(default=None, sa_type=BigInteger)
    asked_at: datetime = Field(sa_type=Moment)
    params: dict[str, str] = Field(sa_type=JSON)
    state: str = Field(sa_type=String)
    done: int = Field(sa_type=BigInteger)
    parts: int = Field(sa_type=BigInteger)
    reason: str | None = Field(default=None, sa_type=PlainText)
    said: int = Field(sa_type=BigInteger)
    shown: str = Field(sa_type=String)
    begun: int = Field(sa_type=BigInteger)
