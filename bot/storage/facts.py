"""Single things to remember over a restart, as rows."""

from __future__ import annotations

from sqlmodel import Session, select

from bot.storage.dialects import put
from bot.storage.tables import FactRow


class SqlFacts:
    """Implements `bot.domain.ports.Facts`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> str | None:
        return self._session.exec(select(FactRow.value).where(FactRow.key == key)).first()

    def set(self, key: str, value: str) -> None:
        put(self._session, FactRow, {"key": key, "value": value}, unique="key")
