"""Long work as rows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, delete, select, update

from bot.domain.long_work import FINISHED_WORK, LongWork, WorkKind, WorkState
from bot.storage.print_tables import BlobRow, LongWorkRow

IS_FINISHED = col(LongWorkRow.state).in_([state.value for state in FINISHED_WORK])


class SqlLongWorks:
    """Implements `bot.domain.print_ports.LongWorks`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, work: LongWork) -> LongWork:
        row = LongWorkRow(**_values(work))
        self._session.add(row)
        self._session.flush()
        return _work(row)

    def get(self, work_id: int) -> LongWork | None:
        return next(iter(self._found(col(LongWorkRow.id) == work_id)), None)

    def save(self, work: LongWork, was: LongWork) -> bool:
        saved = self._session.exec(
            update(LongWorkRow)
            .where(col(LongWorkRow.id) == was.id, col(LongWorkRow.state) == was.state.value)
            .values(**_values(work))
        )
        return saved.rowcount == 1

    def unfinished(self) -> Sequence[LongWork]:
        return self._found(~IS_FINISHED)

    def of_person(self, person_id: int, kinds: Collection[WorkKind]) -> Sequence[LongWork]:
        is_of_kind = col(LongWorkRow.kind).in_([kind.value for kind in kinds])
        return self._found(~IS_FINISHED, col(LongWorkRow.person) == person_id, is_of_kind)

    def forget(self, before: datetime) -> int:
        gone = self._session.exec(delete(LongWorkRow).where(IS_FINISHED, col(LongWorkRow.asked_at) < before))
        return gone.rowcount

    def _found(self, *conditions: ColumnElement[bool]) -> list[LongWork]:
        """Read anew: what this session holds may have been written over by `save`."""
        rows = self._session.exec(
            select(LongWorkRow)
            .where(*conditions)
            .order_by(col(LongWorkRow.id))
            .execution_options(populate_existing=True)
        )
        return [_work(row) for row in rows]


def move(session: Session, old: int, new: int) -> None:
    """Work of the old account goes on for the new one; the message that shows it stays in the old chat."""
    session.exec(
        update(LongWorkRow)
        .where(col(LongWorkRow.person) == old, col(LongWorkRow.chat_id) == old)
        .values(chat_id=new, message_id=None)
    )
    session.exec(update(LongWorkRow).where(col(LongWorkRow.person) == old).values(person=new))


def forget_person(session: Session, person_id: int) -> None:
    """Their work goes, and the tables that they sent for it, where nobody else's work needs them."""
    theirs = col(LongWorkRow.person) == person_id
    sent = {
        row["digest"] for row in session.exec(select(LongWorkRow.params).where(theirs)) if "digest" in row
    }
    session.exec(delete(LongWorkRow).where(theirs))
    others = {row.get("digest") for row in session.exec(select(LongWorkRow.params))} if sent else set()
    session.exec(
        delete(BlobRow).where(col(BlobRow.digest).in_(sent - others), col(BlobRow.for_good).is_(False))
    )


def _values(work: LongWork) -> dict[str, Any]:
    return {
        "kind": work.kind.value,
        "person": work.person,
        "chat_id": work.chat_id,
        "message_id": work.message_id,
        "asked_at": work.asked_at,
        "params": dict(work.params),
        "state": work.state.value,
        "done": work.done,
        "parts": work.of,
        "reason": work.reason,
        "said": work.said,
        "shown": work.shown,
        "begun": work.begun,
    }


def _work(row: LongWorkRow) -> LongWork:
    assert row.id is not None
    return LongWork(
        id=row.id,
        kind=WorkKind(row.kind),
        person=row.person,
        chat_id=row.chat_id,
        message_id=row.message_id,
        asked_at=row.asked_at,
        params=dict(row.params),
        state=WorkState(row.state),
        done=row.done,
        of=row.parts,
        reason=row.reason,
        said=row.said,
        shown=row.shown,
        begun=row.begun,
    )
