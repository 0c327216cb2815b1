"""Group chats of cities as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, delete, select, update

from bot.domain.groups import TeamGroup
from bot.storage.dialects import put
from bot.storage.notice_tables import GroupRow


class SqlGroups:
    """Implements `bot.domain.notice_ports.Groups`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def link(self, group: TeamGroup) -> None:
        row = {
            "chat_id": group.chat_id,
            "city": group.city,
            "language": group.language,
            "linked_by": group.linked_by,
            "linked_at": group.linked_at,
            "reachable": group.reachable,
        }
        put(self._session, GroupRow, row, unique="chat_id")

    def get(self, chat_id: int) -> TeamGroup | None:
        return next(iter(self._found(col(GroupRow.chat_id) == chat_id)), None)

    def of_city(self, city: str) -> Sequence[TeamGroup]:
        return self._found(col(GroupRow.city) == city)

    def all(self) -> Sequence[TeamGroup]:
        return self._found()

    def unlink(self, chat_id: int) -> None:
        self._session.exec(delete(GroupRow).where(col(GroupRow.chat_id) == chat_id))

    def set_reachable(self, chat_id: int, reachable: bool) -> None:
        self._session.exec(
            update(GroupRow).where(col(GroupRow.chat_id) == chat_id).values(reachable=reachable)
        )

    def move(self, old: int, new: int) -> None:
        """A link that the new chat has got by itself meanwhile is the newer word, and stays."""
        if self.get(new) is not None:
            self.unlink(old)
            return
        self._session.exec(update(GroupRow).where(col(GroupRow.chat_id) == old).values(chat_id=new))

    def _found(self, *conditions: ColumnElement[bool]) -> list[TeamGroup]:
        rows = self._session.exec(
            select(GroupRow)
            .where(*conditions)
            .order_by(col(GroupRow.linked_at), col(GroupRow.id))
            .execution_options(populate_existing=True)
        )
        return [
            TeamGroup(row.chat_id, row.city, row.language, row.linked_by, row.linked_at, row.reachable)
            for row in rows
        ]
