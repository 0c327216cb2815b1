"""People as rows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, func, select, update

from bot.domain.people import Expecting, Person, Purpose, Role
from bot.storage.dialects import insert_new
from bot.storage.tables import PersonRow


class SqlPeople:
    """Implements `bot.domain.ports.People`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seen(self, person_id: int, language: str, now: datetime, *, private: bool = True) -> Person:
        newcomer = {
            "id": person_id,
            "language": language,
            "language_chosen": False,
            "role": Role.VISITOR.value,
            "reachable": private,
            "first_seen": now,
            "last_seen": now,
        }
        insert_new(self._session, PersonRow, [newcomer], unique="id")
        row = self._session.get_one(PersonRow, person_id)
        row.last_seen = now
        if private:
            row.reachable = True
        if language and not row.language_chosen:
            row.language = language
        self._session.flush()
        return _person(row)

    def get(self, person_id: int) -> Person | None:
        row = self._session.get(PersonRow, person_id)
        return None if row is None else _person(row)

    def choose_language(self, person_id: int, language: str) -> None:
        self._set(person_id, language=language, language_chosen=True)

    def expect(self, person_id: int, expecting: Expecting | None) -> None:
        self._set(person_id, expecting=None if expecting is None else _expecting_as_json(expecting))

    def set_reachable(self, person_id: int, reachable: bool) -> None:
        self._set(person_id, reachable=reachable)

    def count(self) -> int:
        return self._session.exec(select(func.count()).select_from(PersonRow)).one()

    def _set(self, person_id: int, **values: Any) -> None:
        self._session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(**values))


def _person(row: PersonRow) -> Person:
    return Person(
        id=row.id,
        language=row.language,
        language_chosen=row.language_chosen,
        role=Role(row.role),
        reachable=row.reachable,
        expecting=None if row.expecting is None else _expecting_from_json(row.expecting),
    )


def _expecting_as_json(expecting: Expecting) -> dict[str, Any]:
    return {
        "purpose": expecting.purpose.value,
        "question_id": expecting.question_id,
        "text": expecting.text,
        "since": None if expecting.since is None else expecting.since.isoformat(),
        "message_id": expecting.message_id,
    }


def _expecting_from_json(stored: dict[str, Any]) -> Expecting:
    since = stored.get("since")  # rows of older versions have neither this nor the message
    return Expecting(
        Purpose(stored["purpose"]),
        stored["question_id"],
        stored["text"],
        None if since is None else datetime.fromisoformat(since),
        stored.get("message_id"),
    )
