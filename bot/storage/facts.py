"""Single things to remember over a restart, as rows."""

from __future__ import annotations

from sqlmodel import Session

from bot.storage.tables import FactRow


class SqlFacts:
    """Implements `bot.domain.ports.Facts`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def get(self, key: str) -> str | None:
        fact = self._session.get(FactRow, key)
        return None if fact is None else fact.value

    def set(self, key: str, value: str) -> None:
        self._session.merge(FactRow(key=key, value=value))
        self._session.flush()
