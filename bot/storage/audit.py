"""The log of changes as rows, each with a hash over itself and the one before it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, func, select, true, update

from bot.domain import audit
from bot.domain.people import Person, Role
from bot.storage.dialects import insert_new
from bot.storage.tables import AuditRow, FactRow

NEWEST = "audit.newest"
"""The fact that holds the newest digest. Who writes locks it, so that the chain has no branches; and entries that
are taken away from the end of the chain are missed by it."""


class SqlAuditLog:
    """Implements `bot.domain.ports.AuditLog`. Triggers of the database refuse every change of an entry."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def write(
        self,
        event: audit.Event,
        now: datetime,
        *,
        actor: Person | None,
        subject: str,
        city: str | None = None,
        before: str = "",
        after: str = "",
    ) -> None:
        row = AuditRow(
            at=now,
            event=event.value,
            actor=None if actor is None else actor.handle,
            actor_role=None if actor is None else actor.role.value,
            city=city,
            subject=subject,
            before=before,
            after=after,
            digest="",
        )
        row.digest = _digest(row, self._newest())
        self._session.add(row)
        self._session.exec(update(FactRow).where(col(FactRow.key) == NEWEST).values(value=row.digest))
        self._session.flush()

    def of_city(self, city: str | None, limit: int, skip: int = 0) -> Sequence[audit.Entry]:
        rows = self._session.exec(
            select(AuditRow).where(_of(city)).order_by(col(AuditRow.id).desc()).offset(skip).limit(limit)
        )
        return [_entry(row) for row in rows]

    def count(self, city: str | None) -> int:
        return self._session.exec(select(func.count()).select_from(AuditRow).where(_of(city))).one()

    def of_events(
        self, events: Collection[audit.Event], until: datetime | None = None
    ) -> Sequence[audit.Entry]:
        wanted = select(AuditRow).where(col(AuditRow.event).in_([event.value for event in events]))
        if until is not None:
            wanted = wanted.where(col(AuditRow.at) <= until)
        return [_entry(row) for row in self._session.exec(wanted.order_by(col(AuditRow.id)))]

    def is_whole(self) -> bool:
        before = ""
        for row in self._session.exec(select(AuditRow).order_by(col(AuditRow.id))):
            if row.digest != _digest(row, before):
                return False
            before = row.digest
        return before == self._newest()

    def _newest(self) -> str:
        """The newest digest; on PostgreSQL nobody else writes to the log from here to the commit."""
        kept = select(FactRow.value).where(FactRow.key == NEWEST).with_for_update()
        value = self._session.exec(kept).first()
        if value is None:
            insert_new(self._session, FactRow, [{"key": NEWEST, "value": ""}], unique="key")
            value = self._session.exec(kept).one()
        return value


def _of(city: str | None) -> ColumnElement[bool]:
    return true() if city is None else col(AuditRow.city) == city


def _digest(row: AuditRow, before: str) -> str:
    at = row.at.astimezone(UTC).isoformat()
    entry = [at, row.event, row.actor, row.actor_role, row.city, row.subject, row.before, row.after, before]
    return hashlib.sha256(json.dumps(entry, ensure_ascii=True).encode()).hexdigest()


def _entry(row: AuditRow) -> audit.Entry:
    assert row.id is not None
    return audit.Entry(
        id=row.id,
        at=row.at,
        event=audit.Event(row.event),
        actor=row.actor,
        actor_role=None if row.actor_role is None else Role(row.actor_role),
        city=row.city,
        subject=row.subject,
        before=row.before,
        after=row.after,
        digest=row.digest,
    )
