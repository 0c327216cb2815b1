"""Extensions as rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, select, update

from bot.domain.errors import ConflictError
from bot.domain.extensions import Extension, ExtensionState
from bot.storage.notice_tables import ExtensionRow


class SqlExtensions:
    """Implements `bot.domain.notice_ports.Extensions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, extension: Extension) -> Extension:
        row = ExtensionRow(**_values(extension))
        self._session.add(row)
        self._session.flush()
        return _extension(row)

    def get(self, extension_id: int) -> Extension | None:
        row = self._session.get(ExtensionRow, extension_id)
        return None if row is None else _extension(row)

    def save(self, extension: Extension, was: Extension) -> None:
        saved = self._session.exec(
            update(ExtensionRow)
            .where(col(ExtensionRow.id) == was.id, col(ExtensionRow.state) == was.state.value)
            .values(**_values(extension))
        )
        if saved.rowcount != 1:
            raise ConflictError(f"extension {was.id} has changed meanwhile")

    def granted(self, cycle: str) -> Mapping[str, date]:
        rows = self._session.exec(
            select(ExtensionRow.city, col(ExtensionRow.granted))
            .where(ExtensionRow.cycle == cycle, ExtensionRow.state == ExtensionState.GRANTED.value)
            .order_by(col(ExtensionRow.decided_at), col(ExtensionRow.id))
        )
        return {city: deadline for city, deadline in rows if deadline is not None}

    def of_city(self, city: str, cycle: str) -> Sequence[Extension]:
        return self._found(col(ExtensionRow.city) == city, col(ExtensionRow.cycle) == cycle)[::-1]

    def of_cycle(self, cycle: str) -> Sequence[Extension]:
        return self._found(col(ExtensionRow.cycle) == cycle)[::-1]

    def waiting(self) -> Sequence[Extension]:
        return self._found(col(ExtensionRow.state) == ExtensionState.ASKED.value)

    def _found(self, *conditions: ColumnElement[bool]) -> list[Extension]:
        rows = self._session.exec(select(ExtensionRow).where(*conditions).order_by(col(ExtensionRow.id)))
        return [_extension(row) for row in rows]


def _values(extension: Extension) -> dict[str, Any]:
    return {
        "city": extension.city,
        "cycle": extension.cycle,
        "wanted": extension.wanted,
        "reason": extension.reason,
        "asked_by": extension.asked_by,
        "asked_at": extension.asked_at,
        "state": extension.state.value,
        "granted": extension.granted,
        "decided_by": extension.decided_by,
        "decided_at": extension.decided_at,
        "answer": extension.answer,
    }


def _extension(row: ExtensionRow) -> Extension:
    assert row.id is not None
    return Extension(
        id=row.id,
        city=row.city,
        cycle=row.cycle,
        wanted=row.wanted,
        reason=row.reason,
        asked_by=row.asked_by,
        asked_at=row.asked_at,
        state=ExtensionState(row.state),
        granted=row.granted,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        answer=row.answer,
    )
