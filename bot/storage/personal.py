"""What belongs to one person, wherever it stands: moved to another account, or forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Session, col, delete, select, update

from bot.domain.outgoing import DeliveryState
from bot.domain.people import MembershipState
from bot.storage import blobs, long_works, personal_notices
from bot.storage.inbox import UpdateState
from bot.storage.questions import SqlQuestions
from bot.storage.tables import (
    AttachmentRow,
    DraftRow,
    FactRow,
    HandedRow,
    InvitationRow,
    MembershipRow,
    MessageRow,
    PersonRow,
    QuestionRow,
    ReportRow,
    Row,
    UpdateRow,
    WrongLinkRow,
)

NOBODY = 0
"""Stands where somebody was who is forgotten: no account of Telegram's has this number."""

LEFT_BEHIND: Mapping[tuple[type[Row], str], int | None] = {
    (InvitationRow, "invited_by"): NOBODY,
    (InvitationRow, "used_by"): NOBODY,
    (InvitationRow, "joins"): NOBODY,
    (HandedRow, "handed_by"): NOBODY,
    (HandedRow, "opened_by"): NOBODY,
    (DraftRow, "holder"): None,
    (ReportRow, "submitted_by"): NOBODY,
    (ReportRow, "reviewer"): None,
    (AttachmentRow, "sent_by"): NOBODY,
    **personal_notices.LEFT_BEHIND,
}
"""Columns that name a person in what stays when they are forgotten, and what stands there then. A link that they
took up stays taken up."""

GOES_ALONG = (*LEFT_BEHIND, (QuestionRow, "asker"), (QuestionRow, "taken_by"), (WrongLinkRow, "person"))


def move(session: Session, old: int, new: int, fresh_handle: str) -> None:
    """Gives everything of the old account to the new one; `fresh_handle` is the old one's from now on.

    What the old account was in the middle of goes on in the new one, unless that is in the middle of something
    itself. Raises LookupError where one of them is not known.
    """
    was, becomes = session.get(PersonRow, old), session.get(PersonRow, new)
    if was is None or becomes is None or old == new:
        raise LookupError("two known accounts are needed")
    handle, was.handle = was.handle, fresh_handle
    session.flush()  # no two may have one handle, not even for a moment
    becomes.handle = handle
    if was.consented_at is not None:
        becomes.name, becomes.title, becomes.consented_at = was.name, was.title, was.consented_at
    if was.language_chosen and not becomes.language_chosen:
        becomes.language, becomes.language_chosen = was.language, True
    becomes.expecting = becomes.expecting or was.expecting
    was.name = was.title = was.consented_at = was.expecting = None
    session.flush()
    _move_memberships(session, old, new)
    personal_notices.move(session, old, new)
    long_works.move(session, old, new)
    for row, column in GOES_ALONG:
        _replace(session, getattr(row, column), old, new)
    for record in _records(session):
        _rewrite(record, {key: _by(answer, old, new) for key, answer in record.answers.items()})
        if isinstance(record, ReportRow):
            record.comments = [_by(comment, old, new) for comment in record.comments]
    session.flush()


def forget(session: Session, person_id: int) -> None:
    """Removes the person. Drafts and reports stay their city's, without them; so do the files in these."""
    person = session.get(PersonRow, person_id)
    name = None if person is None else person.name
    handed = set(
        session.exec(select(HandedRow.draft_id, HandedRow.key).where(HandedRow.opened_by == person_id)).all()
    )
    used: set[int] = set()
    for record in _records(session):
        draft_id = record.id if isinstance(record, DraftRow) else record.draft_id
        kept = {
            key: _without(answer, person_id, name, told=(draft_id, key) in handed)
            for key, answer in record.answers.items()
        }
        _rewrite(record, kept)
        used.update(_files_in(record.answers))
        if isinstance(record, ReportRow):
            record.comments = [_by(comment, person_id, NOBODY) for comment in record.comments]
    session.flush()
    session.exec(
        delete(AttachmentRow).where(
            col(AttachmentRow.sent_by) == person_id, col(AttachmentRow.id).not_in(used)
        )
    )
    # An open link that would join an account to somebody who is no more must not give their role to anybody.
    session.exec(
        delete(InvitationRow).where(
            col(InvitationRow.joins) == person_id, col(InvitationRow.used_by).is_(None)
        )
    )
    personal_notices.forget(session, person_id)
    long_works.forget_person(session, person_id)
    for (row, column), nobody in LEFT_BEHIND.items():
        _replace(session, getattr(row, column), person_id, nobody)
    SqlQuestions(session).forget_asker(person_id)
    session.exec(delete(WrongLinkRow).where(col(WrongLinkRow.person) == person_id))
    session.exec(delete(MembershipRow).where(col(MembershipRow.person) == person_id))
    _forget_messages(session, person_id, name)
    if person is not None:  # the link that they made last for a team group
        session.exec(delete(FactRow).where(col(FactRow.key) == f"team-group.{person.handle}"))
    session.exec(delete(PersonRow).where(col(PersonRow.id) == person_id))


def _move_memberships(session: Session, old: int, new: int) -> None:
    there = {
        (row.role, row.city): row
        for row in session.exec(select(MembershipRow).where(MembershipRow.person == new))
    }
    for row in session.exec(select(MembershipRow).where(MembershipRow.person == old)).all():
        same = there.get((row.role, row.city))
        if same is not None:
            session.delete(row if row.state != MembershipState.ACTIVE else same)
            session.flush()
            if row.state != MembershipState.ACTIVE:
                continue
        row.person = new
    session.flush()


def _forget_messages(session: Session, person_id: int, name: str | None) -> None:
    """What was sent to them goes; updates of theirs that are done leave only their number, to know repeats.

    Messages to others that name them are kept where their fate is unknown: those lose their text.
    """
    theirs = col(MessageRow.chat_id) == person_id
    sent = session.exec(select(MessageRow.params).where(theirs))
    files = [params["digest"] for params in sent if params is not None and "digest" in params]
    session.exec(delete(MessageRow).where(theirs))
    blobs.drop(session, files)
    for message in session.exec(
        select(MessageRow).where(MessageRow.state == DeliveryState.UNKNOWN.value)
    ).all():
        if _mentions(message.params, person_id, name):
            message.params = None
    finished = col(UpdateRow.state) != UpdateState.WAITING.value
    session.exec(
        update(UpdateRow)
        .where(col(UpdateRow.lane) == person_id, finished)
        .values(lane=NOBODY, raw=None, reason=None)
    )
    for dead in session.exec(select(UpdateRow).where(UpdateRow.state == UpdateState.DEAD.value)).all():
        if _mentions(dead.raw, person_id, name):
            dead.raw = None
    session.flush()


def _records(session: Session) -> Iterator[DraftRow | ReportRow]:
    """All drafts and reports, locked on PostgreSQL: what another replica saves meanwhile is not written over."""
    yield from session.exec(select(DraftRow).with_for_update()).all()
    yield from session.exec(select(ReportRow).with_for_update()).all()


def _rewrite(record: DraftRow | ReportRow, answers: dict[str, Any]) -> None:
    if answers == record.answers:
        return
    record.answers = answers
    if isinstance(record, DraftRow):
        # Whoever is writing an answer now has the old ones in hand: their save conflicts, and is done again.
        record.revision += 1


def _replace(session: Session, column: InstrumentedAttribute[Any], old: int, new: int | None) -> None:
    values: dict[str, Any] = {column.key: new}
    if column.class_ is DraftRow:
        values["revision"] = col(DraftRow.revision) + 1  # as above
    session.exec(update(column.class_).where(column == old).values(values))


def _by(stored: Mapping[str, Any], old: int, new: int) -> dict[str, Any]:
    return {**stored, "by": new} if stored.get("by") == old else dict(stored)


def _without(answer: Mapping[str, Any], person_id: int, name: str | None, *, told: bool) -> dict[str, Any]:
    """The answer without who gave it, and without the name of whoever told it where that is them."""
    named = told or answer.get("by") == person_id or (name is not None and answer.get("told_by") == name)
    kept = _by(answer, person_id, NOBODY)
    return {**kept, "told_by": None} if named else kept


def _files_in(answers: Mapping[str, Any]) -> Iterator[int]:
    for answer in answers.values():
        yield from (answer.get("value") or {}).get("attachments", ())


def _mentions(stored: Any, person_id: int, name: str | None) -> bool:
    match stored:
        case Mapping():
            return any(_mentions(one, person_id, name) for one in stored.values())
        case list():
            return any(_mentions(one, person_id, name) for one in stored)
        case str():
            return str(person_id) in stored or (bool(name) and str(name) in stored)
    return stored == person_id and not isinstance(stored, bool)
