"""Everything kept about one person, as one document for themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from sqlmodel import Session, col, or_, select

from bot.storage.notice_tables import (
    AnnouncementRow,
    DebtRow,
    ExtensionRow,
    GroupRow,
    HoldRow,
    NudgeRow,
    PauseRow,
    PromiseRow,
    QuietRow,
    ReadingRow,
)
from bot.storage.print_tables import EditionRow, LongWorkRow
from bot.storage.reminders import key_for
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
        **_notices(session, person_id),
        "long_work": [
            _columns(row, but=("id", "person", "chat_id", "message_id"))
            for row in _rows(session, LongWorkRow, LongWorkRow.person == person_id)
        ],
        "published": [
            {"number": row.number, "at": _iso(row.published_at)}
            for row in _rows(session, EditionRow, EditionRow.published_by == person.handle)
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


def _notices(session: Session, person_id: int) -> Document:
    """Reminders and announcements: what they were told and what they wish, and what they did for the network."""
    return {
        "reminders": [
            _columns(row, but=("id", "key", "person", "message_key"))
            for row in _rows(session, DebtRow, DebtRow.person == person_id)
        ],
        "reminders_held_back": [
            {"debt": key_for(row.key, 0), "at": _iso(row.at)}
            for row in _rows(session, HoldRow, HoldRow.person == person_id)
        ],
        "chosen_times": [
            _columns(row, but=("id", "person"))
            for row in _rows(session, PromiseRow, PromiseRow.person == person_id)
        ],
        "quiet": [
            _columns(row, but=("id", "person"))
            for row in _rows(session, QuietRow, QuietRow.person == person_id)
        ],
        "announcements_read": [
            _columns(row, but=("id", "person"))
            for row in _rows(session, ReadingRow, ReadingRow.person == person_id)
        ],
        "announcements_written": [
            _columns(row, but=("author", "board"))
            for row in _rows(session, AnnouncementRow, AnnouncementRow.author == person_id)
        ],
        "extensions": [
            {
                **_columns(row, but=("asked_by", "decided_by", "reason")),
                # Why is told in the words of whoever asked.
                **({"reason": row.reason} if row.asked_by == person_id else {}),
                "asked_by_you": row.asked_by == person_id,
                "decided_by_you": row.decided_by == person_id,
            }
            for row in _rows(
                session,
                ExtensionRow,
                or_(ExtensionRow.asked_by == person_id, ExtensionRow.decided_by == person_id),
            )
        ],
        "groups_linked": [
            {"city": row.city, "at": _iso(row.linked_at)}
            for row in _rows(session, GroupRow, GroupRow.linked_by == person_id)
        ],
        "reminders_by_hand": [
            {"cycle": row.cycle, "at": _iso(row.at)}
            for row in _rows(session, NudgeRow, NudgeRow.nudged_by == person_id)
        ],
        "pauses_begun": [
            {"cycle": row.cycle, "since": _iso(row.since), "until": _iso(row.until)}
            for row in _rows(session, PauseRow, PauseRow.paused_by == person_id)
        ],
        "reminders_held_by_you": [
            {"debt": key_for(row.key, 0), "at": _iso(row.at)}
            for row in _rows(session, HoldRow, HoldRow.held_by == person_id)
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
    return value.isoformat() if isinstance(value, date | time) else value
