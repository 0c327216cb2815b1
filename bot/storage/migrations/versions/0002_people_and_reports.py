"""People with names and roles by city, invitations, drafts, reports, attachments, the log of changes."""

from __future__ import annotations

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)

REFUSAL = "the log of changes is only ever added to"
GUARDS = {
    "sqlite": [
        f"CREATE TRIGGER audit_no_{deed.lower()} BEFORE {deed} ON audit "
        f"BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
        for deed in ("UPDATE", "DELETE")
    ],
    "postgresql": [
        "CREATE FUNCTION refuse_to_change_audit() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$",
        "CREATE TRIGGER audit_no_change BEFORE UPDATE OR DELETE ON audit "
        "FOR EACH ROW EXECUTE FUNCTION refuse_to_change_audit()",
        "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_change_audit()",
    ],
}


def upgrade() -> None:
    _people()
    _links()
    _reports()
    _audit()


def _people() -> None:
    op.create_table(
        "memberships",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("since", MOMENT, nullable=True),
        sa.Column("confirmed_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_memberships"),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name="fk_memberships_person", ondelete="CASCADE"),
        sa.UniqueConstraint("person", "role", "city", name="uq_memberships_person_role_city"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_memberships_city", "memberships", ["city"])
    op.execute(
        "INSERT INTO memberships (person, role, city, state, countries, since) "
        "SELECT id, role, '', 'active', '[]', first_seen FROM people WHERE role <> 'visitor' ORDER BY id"
    )
    op.add_column("people", sa.Column("name", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("title", sa.Text(), nullable=True))
    op.add_column("people", sa.Column("consented_at", MOMENT, nullable=True))
    op.add_column("people", sa.Column("handle", sa.String(), nullable=True))
    people = sa.table("people", sa.column("id", sa.BigInteger()), sa.column("handle", sa.String()))
    connection = op.get_bind()
    for person in connection.scalars(sa.select(people.c.id)).all():
        connection.execute(people.update().where(people.c.id == person).values(handle=secrets.token_hex(6)))
    with op.batch_alter_table("people") as table:
        table.drop_column("role")
        table.alter_column("handle", existing_type=sa.String(), nullable=False)
        table.create_unique_constraint("uq_people_handle", ["handle"])


def _links() -> None:
    op.create_table(
        "invitations",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("countries", sa.JSON(), nullable=False),
        sa.Column("needs_approval", sa.Boolean(), nullable=False),
        sa.Column("invited_by", sa.BigInteger(), nullable=False),
        sa.Column("replaces", sa.BigInteger(), nullable=True),
        sa.Column("joins", sa.BigInteger(), nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("used_by", sa.BigInteger(), nullable=True),
        sa.Column("used_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_invitations"),
        sa.UniqueConstraint("token_hash", name="uq_invitations_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"])
    op.create_table(
        "wrong_links",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wrong_links"),
    )
    op.create_index("ix_wrong_links_person_at", "wrong_links", ["person", "at"])


def _reports() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False),
        sa.Column("revision", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("touched_at", MOMENT, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("at_key", sa.String(), nullable=True),
        sa.Column("changing", sa.Boolean(), nullable=False),
        sa.Column("pending", sa.JSON(), nullable=True),
        sa.Column("holder", sa.BigInteger(), nullable=True),
        sa.Column("returned", sa.JSON(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("heard", sa.JSON(), nullable=False),
        sa.Column("amends", sa.Text(), nullable=True),
        sa.Column("known", sa.JSON(), nullable=False),
        sa.Column("edition", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_drafts"),
        sa.UniqueConstraint(
            "form", "city", "cycle", "subject", "source", name="uq_drafts_form_city_cycle_subject_source"
        ),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_drafts_city", "drafts", ["city"])
    op.create_index("ix_drafts_cycle", "drafts", ["cycle"])
    op.create_table(
        "reports",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("draft_id", ROW_ID, nullable=False),
        sa.Column("draft_version", sa.BigInteger(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("form", sa.String(), nullable=False),
        sa.Column("city", sa.String(), nullable=False),
        sa.Column("cycle", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("questionnaire", sa.String(), nullable=False),
        sa.Column("questionnaire_version", sa.String(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("submitted_by", sa.BigInteger(), nullable=False),
        sa.Column("submitted_at", MOMENT, nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("source_note", sa.Text(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("reviewer", sa.BigInteger(), nullable=True),
        sa.Column("review_began_at", MOMENT, nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("returned", sa.JSON(), nullable=False),
        sa.Column("comments", sa.JSON(), nullable=False),
        sa.Column("judged", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_reports"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_reports_draft_id"),
        sa.UniqueConstraint("draft_id", "draft_version", name="uq_reports_draft_id_draft_version"),
        sa.UniqueConstraint("number", "version", name="uq_reports_number_version"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reports_city", "reports", ["city"])
    op.create_index("ix_reports_cycle", "reports", ["cycle"])
    op.create_index("ix_reports_state", "reports", ["state"])
    op.create_table(
        "attachments",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("draft_id", ROW_ID, nullable=False),
        sa.Column("sent_by", sa.BigInteger(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("file_id", sa.String(), nullable=False),
        sa.Column("unique_id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("media_type", sa.Text(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("path", sa.String(), nullable=True),
        sa.Column("digest", sa.String(), nullable=True),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attachments"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_attachments_draft_id"),
        sa.UniqueConstraint("draft_id", "unique_id", name="uq_attachments_draft_id_unique_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_attachments_state_tries", "attachments", ["state", "tries"])
    op.create_table(
        "handed_questions",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("token_hash", sa.String(), nullable=False),
        sa.Column("draft_id", ROW_ID, nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("handed_by", sa.BigInteger(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("opened_by", sa.BigInteger(), nullable=True),
        sa.Column("answered_at", MOMENT, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_handed_questions"),
        sa.ForeignKeyConstraint(["draft_id"], ["drafts.id"], name="fk_handed_questions_draft_id"),
        sa.UniqueConstraint("token_hash", name="uq_handed_questions_token_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_handed_questions_expires_at", "handed_questions", ["expires_at"])


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", ROW_ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("event", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=True),
        sa.Column("actor_role", sa.String(), nullable=True),
        sa.Column("city", sa.String(), nullable=True),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("before", sa.String(), nullable=False),
        sa.Column("after", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_audit"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_city", "audit", ["city"])
    for statement in GUARDS[op.get_bind().dialect.name]:
        op.execute(statement)
