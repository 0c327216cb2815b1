"""Everything kept about one person, as one document for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, or_, select

from bot.storage.tables import (
    AttachmentRow,
    AuditRow,
    DraftRow,
    HandedRow,
    InvitationRow,
    MembershipRow,
    MessageRow,
    PersonRow,
    QuestionRow,
    RemarkRow,
    ReportRow,
    Row,
    UpdateRow,
    WrongLinkRow,
)

Document = dict[str, Any]


def data_of(session: Session, person_id: int) -> Mapping[str, Any]:
    """Times are in ISO 8601, UTC. Empty where nothing is kept. Hashes of links are not in it, and neither is what
    others wrote, but for the answers of the secretariat to them."""
    person = session.get(PersonRow, person_id)
    if person is None:
        return {}
    return {
        "person": _columns(person, but=("expecting",)),
        "next_text_is_for": person.expecting,
        "roles": [
            _columns(row, but=("id", "person"))
            for row in _rows(session, MembershipRow, MembershipRow.person == person_id)
        ],
        "answers": list(_answers(session, person_id, person.name)),
        "drafts_in_hand": [
            {**_which(row), "since": _iso(row.touched_at), "waits_to_be_clear": row.pending}
            for row in _rows(session, DraftRow, DraftRow.holder == person_id)
        ],
        "reports_sent": [
            {**_which(row), "number": row.number, "version": row.version, "sent_at": _iso(row.submitted_at)}
            for row in _rows(session, ReportRow, ReportRow.submitted_by == person_id)
        ],
        "reports_reviewed": [
            {
                **_which(row),
                "number": row.number,
                "version": row.version,
                "began_at": _iso(row.review_began_at),
                "decided_at": _iso(row.decided_at),
                "state": row.state,
                "reasons": row.returned,
                "judged": row.judged,
            }
            for row in _rows(session, ReportRow, ReportRow.reviewer == person_id)
        ],
        "comments": [
            {"report": row.number, **{name: value for name, value in comment.items() if name != "by"}}
            for row in _rows(session, ReportRow)
            for comment in row.comments
            if comment.get("by") == person_id
        ],
        "files": [
            _columns(row, but=("id", "sent_by", "path"))
            for row in _rows(session, AttachmentRow, AttachmentRow.sent_by == person_id)
        ],
        "questions": [
            {
                **_columns(row, but=("asker", "taken_by", "taken_at")),
                "messages": [
                    _columns(remark, but=("id", "question_id"))
                    for remark in _rows(session, RemarkRow, RemarkRow.question_id == row.id)
                ],
            }
            for row in _rows(session, QuestionRow, QuestionRow.asker == person_id)
        ],
        "questions_being_answered": [
            {"id": row.id, "since": _iso(row.taken_at)}
            for row in _rows(session, QuestionRow, QuestionRow.taken_by == person_id)
        ],
        "questions_handed": [
            {
                **_columns(row, but=("id", "token_hash", "handed_by", "opened_by")),
                "handed_by_you": row.handed_by == person_id,
                "opened_by_you": row.opened_by == person_id,
            }
            for row in _rows(
                session, HandedRow, or_(HandedRow.handed_by == person_id, HandedRow.opened_by == person_id)
            )
        ],
        "invitations": [
            {
                **_columns(row, but=("id", "token_hash", "invited_by", "used_by", "joins", "replaces")),
                "invited_by_you": row.invited_by == person_id,
                "used_by_you": row.used_by == person_id,
                "joins_you": row.joins == person_id,
            }
            for row in _rows(
                session,
                InvitationRow,
                or_(
                    InvitationRow.invited_by == person_id,
                    InvitationRow.used_by == person_id,
                    InvitationRow.joins == person_id,
                ),
            )
        ],
        "links_that_opened_nothing": [
            _iso(row.at) for row in _rows(session, WrongLinkRow, WrongLinkRow.person == person_id)
        ],
        "messages_from_you": [
            _columns(row, but=("id", "lane"))
            for row in _rows(session, UpdateRow, UpdateRow.lane == person_id)
        ],
        "messages_to_you": [
            _columns(row, but=("id", "key", "chat_id"))
            for row in _rows(session, MessageRow, MessageRow.chat_id == person_id)
        ],
        "log_of_changes": [
            _columns(row, but=("id", "digest"))
            for row in _rows(
                session, AuditRow, or_(AuditRow.actor == person.handle, AuditRow.subject == person.handle)
            )
        ],
    }


def _answers(session: Session, person_id: int, name: str | None) -> Iterator[Document]:
    """Answers that they gave, or told to whoever gave them."""
    for row in (*_rows(session, DraftRow), *_rows(session, ReportRow)):
        for key, answer in row.answers.items():
            if answer.get("by") == person_id or (name is not None and answer.get("told_by") == name):
                place = {"draft": row.id} if isinstance(row, DraftRow) else {"report": row.number}
                yield {
                    **_which(row),
                    **place,
                    "question": key,
                    **{k: v for k, v in answer.items() if k != "by"},
                }


def _which(row: DraftRow | ReportRow) -> Document:
    return {"form": row.form, "city": row.city, "cycle": row.cycle, "subject": row.subject}


def _rows(session: Session, kind: type[Any], *conditions: Any) -> list[Any]:
    return list(session.exec(select(kind).where(*conditions).order_by(col(kind.id))).all())


def _columns(row: Row, but: Iterable[str] = ()) -> Document:
    return {name: _iso(value) for name, value in row.model_dump().items() if name not in but}


def _iso(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
