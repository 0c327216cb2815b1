"""The inbox: every update is a row before Telegram is told that we have it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import aliased
from sqlmodel import Session, col, delete, exists, func, select, update

from bot.domain.ports import StoredUpdate
from bot.storage.dialects import insert_new
from bot.storage.tables import UpdateRow

MOST_TRIES = 3
"""After so many failed tries an update is set aside, so that it cannot block its chat for ever."""


MOST_LOOKED_AT = 50
"""How many waiting updates of a chat are looked at to know whether somebody says more."""


class UpdateState(StrEnum):
    WAITING = "waiting"
    DONE = "done"
    DEAD = "dead"


class SqlInbox:
    """Implements `bot.domain.ports.Inbox`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def receive(self, updates: Sequence[StoredUpdate], now: datetime) -> int:
        rows = [
            {
                "update_id": one.update_id,
                "lane": one.lane,
                "raw": dict(one.raw),
                "state": UpdateState.WAITING.value,
                "tries": 0,
                "received_at": now,
            }
            for one in updates
        ]
        return insert_new(self._session, UpdateRow, rows, unique="update_id")

    def waiting(self, limit: int, busy: frozenset[int]) -> Sequence[StoredUpdate]:
        earlier = aliased(UpdateRow)
        waits = UpdateState.WAITING.value
        rows = self._session.exec(
            select(UpdateRow)
            .where(
                UpdateRow.state == waits,
                col(UpdateRow.lane).not_in(busy),
                ~exists().where(
                    col(earlier.lane) == UpdateRow.lane,
                    col(earlier.state) == waits,
                    col(earlier.id) < UpdateRow.id,
                ),
            )
            .order_by(col(UpdateRow.id))
            .limit(limit)
        )
        return [StoredUpdate(row.update_id, row.lane, row.raw or {}, row.tries) for row in rows]

    def is_done(self, update_id: int) -> bool:
        """Whether it is finished: done or set aside.

        Locks the row on PostgreSQL: of two replicas with one update the second sees the first one's work.
        """
        state = self._session.exec(
            select(UpdateRow.state).where(UpdateRow.update_id == update_id).with_for_update()
        ).first()
        return state is not None and state != UpdateState.WAITING

    def more_in_lane(self, update_id: int) -> bool:
        this, later = aliased(UpdateRow), aliased(UpdateRow)
        behind = self._session.exec(
            select(later.raw)
            .join(this, col(later.lane) == this.lane)
            .where(
                col(this.update_id) == update_id,
                col(later.state) == UpdateState.WAITING.value,
                col(later.id) > this.id,
            )
            .order_by(col(later.id))
            .limit(MOST_LOOKED_AT)
        )
        return any(_is_said(raw or {}) for raw in behind)

    def done(self, update_id: int, now: datetime) -> None:
        self._session.exec(
            update(UpdateRow)
            .where(col(UpdateRow.update_id) == update_id)
            .values(state=UpdateState.DONE.value, raw=None, reason=None, finished_at=now)
        )

    def failed(self, update_id: int, reason: str, now: datetime) -> int:
        row = self._session.exec(
            select(UpdateRow).where(UpdateRow.update_id == update_id).with_for_update()
        ).one()
        row.tries += 1
        row.reason = reason
        if row.tries >= MOST_TRIES:
            row.state = UpdateState.DEAD.value
            row.finished_at = now
        self._session.flush()
        return row.tries

    def forget(self, before: datetime) -> int:
        return self._session.exec(delete(UpdateRow).where(col(UpdateRow.finished_at) < before)).rowcount

    def counts(self) -> Mapping[str, int]:
        rows = self._session.exec(select(UpdateRow.state, func.count()).group_by(UpdateRow.state))
        return dict(rows.all())


def _is_said(raw: Mapping[str, Any]) -> bool:
    """Whether an update is something that a person says: a text that is no command, a photo, a document."""
    message = raw.get("message") or {}
    text = message.get("text")
    return "photo" in message or "document" in message or (text is not None and not text.startswith("/"))
