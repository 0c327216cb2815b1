"""Reminders, extensions, announcements with their recipients, group chats, leases."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _reminders()
    _wishes()
    _extensions()
    _announcements()
    _outbox()
    op.create_table(
        "leases",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_leases"),
    )


def _reminders() -> None:
    op.create_table(
        "debts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("rule", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("step", sa.String(), nullable=False),
        sa.Column("why", sa.String(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=True),
        sa.Column("message_key", sa.String(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("written_at", MOMENT, nullable=False),
        sa.Column("settled_at", MOMENT, nullable=True),
        sa.Column("sent_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_debts"),
        sa.UniqueConstraint("key", name="uq_debts_key"),
    )
    for column in ("at", "cycle", "person", "said_on", "message_key"):
        op.create_index(f"ix_debts_{column}", "debts", [column])


def _wishes() -> None:
    """What people wish of reminders, and what the secretariat decides of them."""
    op.create_table(
        "promises",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_promises"),
        sa.UniqueConstraint("person", "city", "cycle", name="uq_promises_person_city_cycle"),
    )
    op.create_index("ix_promises_cycle", "promises", ["cycle"])
    op.create_table(
        "quiet",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_quiet"),
        sa.UniqueConstraint("person", "cycle", name="uq_quiet_person_cycle"),
    )
    op.create_index("ix_quiet_cycle", "quiet", ["cycle"])
    op.create_table(
        "holds",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("held_by", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_holds"),
        sa.UniqueConstraint("key", name="uq_holds_key"),
    )
    op.create_index("ix_holds_person", "holds", ["person"])
    op.create_table(
        "nudges",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("nudged_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_nudges"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_nudges_cycle", "nudges", ["cycle"])
    op.create_table(
        "pauses",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("paused_by", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_pauses"),
    )
    op.create_index("ix_pauses_cycle", "pauses", ["cycle"])


def _extensions() -> None:
    op.create_table(
        "extensions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("wanted", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.BigInteger(), nullable=True),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("granted", sa.Date(), nullable=True),
        sa.Column("decided_by", sa.BigInteger(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_extensions"),
        sqlite_autoincrement=True,
    )
    for column in ("cycle", "city", "state"):
        op.create_index(f"ix_extensions_{column}", "extensions", [column])


def _announcements() -> None:
    op.create_table(
        "announcements",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("author", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("media", sa.JSON(), nullable=True),
        sa.Column("audience", sa.JSON(), nullable=False),
        sa.Column("wants_reading", sa.Boolean(), nullable=False),
        sa.Column("goes_out", sa.String(), nullable=False),
        sa.Column("starts_at", MOMENT, nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("at", sa.Time(), nullable=False),
        sa.Column("valid_until", sa.Date(), nullable=True),
        sa.Column("edition", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", MOMENT, nullable=True),
        sa.Column("board", sa.BigInteger(), nullable=True),
        sa.Column("template", sa.String(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_announcements"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_announcements_state", "announcements", ["state"])
    op.create_table(
        "readings",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("announcement", ROW_ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_readings"),
        sa.ForeignKeyConstraint(
            ["announcement"], ["announcements.id"], name="fk_readings_announcement", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("announcement", "person", name="uq_readings_announcement_person"),
    )
    op.create_index("ix_readings_person", "readings", ["person"])
    op.create_table(
        "team_groups",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("linked_by", sa.BigInteger(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("reachable", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_team_groups"),
        sa.UniqueConstraint("chat_id", name="uq_team_groups_chat_id"),
    )
    op.create_index("ix_team_groups_city", "team_groups", ["city"])


def _outbox() -> None:
    op.add_column("outbox", sa.Column("announcement", sa.BigInteger(), nullable=True))
    op.add_column("outbox", sa.Column("language", sa.String(), nullable=True))
    announced = sa.text("announcement IS NOT NULL")
    op.create_index(
        "ix_outbox_announcement_part_state",
        "outbox",
        ["announcement", "part", "state"],
        sqlite_where=announced,
        postgresql_where=announced,
    )
