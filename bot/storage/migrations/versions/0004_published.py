"""Bytes by hash, states of the content, editions with their documents, long work."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

FROZEN = ("editions", "edition_documents")
REFUSAL = "what was published stays as it is"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER {table}_no_{deed.lower()} BEFORE {deed} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for table in FROZEN
        for deed in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_to_change_editions() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        *(
            f"CREATE TRIGGER {table}_no_{name} BEFORE {deeds} ON {table} "
            f"FOR EACH {each} EXECUTE FUNCTION refuse_to_change_editions()"
            for table in FROZEN
            for name, deeds, each in (
                ("change", "UPDATE OR DELETE", "ROW"),
                ("truncate", "TRUNCATE", "STATEMENT"),
            )
        ),
    ],
}


def upgrade() -> None:
    _content()
    _editions()
    op.create_table(
        "long_works",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("message_id", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("params", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done", sa.BigInteger(), nullable=False),
        sa.Column("parts", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("said", sa.BigInteger(), nullable=False),
        sa.Column("shown", sa.String(), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_long_works"),
        sqlite_autoincrement=True,
    )
    for column in ("state", "person"):
        op.create_index(f"ix_long_works_{column}", "long_works", [column])


def _content() -> None:
    op.create_table(
        "blobs",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("packed", sa.LargeBinary(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("for_good", sa.Boolean(), nullable=False),
        sa.Column("put_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("digest", name="pk_blobs"),
    )
    op.create_index("ix_blobs_for_good_put_at", "blobs", ["for_good", "put_at"])
    op.create_table(
        "snapshots",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_snapshots"),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name="fk_snapshots_digest"),
    )
    for column in ("at", "digest"):
        op.create_index(f"ix_snapshots_{column}", "snapshots", [column])


def _editions() -> None:
    op.create_table(
        "editions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("content", sa.String(), nullable=False),
        sa.Column("published_at", MOMENT, nullable=False),
        sa.Column("published_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_editions"),
        sa.UniqueConstraint("number", name="uq_editions_number"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "edition_documents",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("edition", ROW_ID, nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edition_documents"),
        sa.ForeignKeyConstraint(["edition"], ["editions.id"], name="fk_edition_documents_edition"),
        sa.ForeignKeyConstraint(["digest"], ["blobs.digest"], name="fk_edition_documents_digest"),
        sa.UniqueConstraint(
            "edition", "format", "language", name="uq_edition_documents_edition_format_language"
        ),
    )
    op.create_index("ix_edition_documents_digest", "edition_documents", ["digest"])
    for guard in GUARDS[op.get_bind().dialect.name]:
        op.execute(guard)
