"""Leases as rows: what only one of several programs on a database does."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session, col, delete, or_, select, update

from bot.storage.dialects import insert_new
from bot.storage.notice_tables import LeaseRow


class SqlLeases:
    """Implements `bot.domain.notice_ports.Leases`. The moments are the callers', whose clocks must agree to some
    seconds."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def take(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Two at once: the database lets exactly one of them write the row."""
        taken = self._session.exec(
            update(LeaseRow)
            .where(
                col(LeaseRow.name) == name,
                or_(col(LeaseRow.owner) == owner, col(LeaseRow.until) <= now),
            )
            .values(owner=owner, until=until)
        )
        if taken.rowcount == 1:
            return True
        lease = {"name": name, "owner": owner, "until": until}
        return insert_new(self._session, LeaseRow, [lease], unique="name") == 1

    def is_held(self, name: str, owner: str, now: datetime) -> bool:
        until = self._session.exec(
            select(LeaseRow.until).where(LeaseRow.name == name, LeaseRow.owner == owner)
        ).first()
        return until is not None and until > now

    def release(self, name: str, owner: str) -> None:
        self._session.exec(delete(LeaseRow).where(col(LeaseRow.name) == name, col(LeaseRow.owner) == owner))
