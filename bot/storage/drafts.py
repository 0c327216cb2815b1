"""Drafts and their attachments as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select, update

from bot.domain.attachments import Attachment, AttachmentState
from bot.domain.drafts import Draft, DraftState, Heard, Pending
from bot.domain.errors import ConflictError
from bot.domain.questionnaires import Form
from bot.domain.reports import SourceKind
from bot.storage.answers_json import answers_as_json, answers_from_json, as_json, from_json
from bot.storage.tables import AttachmentRow, DraftRow


class SqlDrafts:
    """Implements `bot.domain.ports.Drafts`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, draft: Draft) -> Draft:
        row = DraftRow(**_values(draft))
        self._session.add(row)
        self._session.flush()
        return _draft(row)

    def get(self, draft_id: int) -> Draft | None:
        row = self._session.get(DraftRow, draft_id)
        return None if row is None else _draft(row)

    def find(self, form: Form, city: str, cycle: str, subject: str, *, source: SourceKind) -> Draft | None:
        found = self._found(
            col(DraftRow.form) == form.value,
            col(DraftRow.city) == city,
            col(DraftRow.cycle) == cycle,
            col(DraftRow.subject) == subject,
            col(DraftRow.source) == source.value,
        )
        return found[0] if found else None

    def save(self, draft: Draft, was: Draft) -> Draft:
        kept = replace(draft, revision=was.revision + 1)
        saved = self._session.exec(
            update(DraftRow)
            .where(col(DraftRow.id) == was.id, col(DraftRow.revision) == was.revision)
            .values(**_values(kept))
        )
        if saved.rowcount != 1:
            raise ConflictError(f"draft {was.id} is not at revision {was.revision} any more")
        return kept

    def of_cycle(self, cycle: str) -> Sequence[Draft]:
        return self._found(col(DraftRow.cycle) == cycle)

    def of_city(self, city: str) -> Sequence[Draft]:
        return self._found(col(DraftRow.city) == city)

    def open_ones(self, questionnaire: str) -> Sequence[Draft]:
        is_open = col(DraftRow.state) == DraftState.OPEN.value
        return self._found(is_open, col(DraftRow.questionnaire) == questionnaire)

    def _found(self, *conditions: ColumnElement[bool]) -> list[Draft]:
        rows = self._session.exec(select(DraftRow).where(*conditions).order_by(col(DraftRow.id)))
        return [_draft(row) for row in rows]


class SqlAttachments:
    """Implements `bot.domain.ports.Attachments`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, attachment: Attachment) -> Attachment:
        """The draft is locked first: of two replicas with one file the second sees the first one's."""
        self._session.exec(
            select(DraftRow.id).where(DraftRow.id == attachment.draft_id).with_for_update()
        ).first()
        row = self._session.exec(
            select(AttachmentRow).where(
                AttachmentRow.draft_id == attachment.draft_id,
                AttachmentRow.unique_id == attachment.unique_id,
            )
        ).first()
        if row is None:
            row = AttachmentRow(
                draft_id=attachment.draft_id,
                sent_by=attachment.by,
                at=attachment.at,
                file_id=attachment.file_id,
                unique_id=attachment.unique_id,
                name=attachment.name,
                kind=attachment.kind,
                size=attachment.size,
                media_type=attachment.media_type,
                state=attachment.state.value,
                path=attachment.path,
                digest=attachment.digest,
                tries=attachment.tries,
            )
            self._session.add(row)
            self._session.flush()
        return _attachment(row)

    def get(self, attachment_id: int) -> Attachment | None:
        row = self._session.get(AttachmentRow, attachment_id)
        return None if row is None else _attachment(row)

    def pending(self, limit: int) -> Sequence[Attachment]:
        rows = self._session.exec(
            select(AttachmentRow)
            .where(AttachmentRow.state == AttachmentState.PENDING.value)
            .order_by(col(AttachmentRow.tries), col(AttachmentRow.id))
            .limit(limit)
        )
        return [_attachment(row) for row in rows]

    def save(self, attachment: Attachment) -> None:
        """Writes how far it is: what Telegram calls it may change, whose and what it is does not."""
        self._session.exec(
            update(AttachmentRow)
            .where(col(AttachmentRow.id) == attachment.id)
            .values(
                file_id=attachment.file_id,
                size=attachment.size,
                media_type=attachment.media_type,
                state=attachment.state.value,
                path=attachment.path,
                digest=attachment.digest,
                tries=attachment.tries,
            )
        )

    def paths(self) -> frozenset[str] | None:
        if self._session.exec(select(DraftRow.id).limit(1)).first() is None:
            return None
        known = self._session.exec(select(AttachmentRow.path).where(col(AttachmentRow.path).is_not(None)))
        return frozenset(path for path in known if path is not None)


def _values(draft: Draft) -> dict[str, Any]:
    return {
        "form": draft.form.value,
        "city": draft.city,
        "cycle": draft.cycle,
        "subject": draft.subject,
        "questionnaire": draft.questionnaire,
        "source": draft.source.value,
        "source_note": draft.source_note,
        "version": draft.version,
        "revision": draft.revision,
        "state": draft.state.value,
        "started_at": draft.started_at,
        "touched_at": draft.touched_at,
        "answers": answers_as_json(draft.answers),
        "at_key": draft.at,
        "changing": draft.changing,
        "pending": None if draft.pending is None else as_json(draft.pending),
        "holder": draft.holder,
        "returned": dict(draft.returned),
        "tries": draft.tries,
        "heard": as_json(draft.heard),
        "amends": draft.amends,
        "known": list(draft.known),
        "edition": draft.edition,
    }


def _draft(row: DraftRow) -> Draft:
    assert row.id is not None
    return Draft(
        id=row.id,
        form=Form(row.form),
        city=row.city,
        questionnaire=row.questionnaire,
        started_at=row.started_at,
        touched_at=row.touched_at,
        cycle=row.cycle,
        subject=row.subject,
        source=SourceKind(row.source),
        source_note=row.source_note,
        version=row.version,
        revision=row.revision,
        state=DraftState(row.state),
        answers=answers_from_json(row.answers),
        at=row.at_key,
        changing=row.changing,
        pending=None if row.pending is None else from_json(Pending, row.pending),
        holder=row.holder,
        returned=dict(row.returned),
        tries=row.tries,
        heard=tuple(from_json(Heard, one) for one in row.heard),
        amends=row.amends,
        known=tuple(row.known),
        edition=row.edition,
    )


def _attachment(row: AttachmentRow) -> Attachment:
    assert row.id is not None
    return Attachment(
        id=row.id,
        draft_id=row.draft_id,
        by=row.sent_by,
        at=row.at,
        file_id=row.file_id,
        unique_id=row.unique_id,
        name=row.name,
        kind=row.kind,
        size=row.size,
        media_type=row.media_type,
        state=AttachmentState(row.state),
        path=row.path,
        digest=row.digest,
        tries=row.tries,
    )
