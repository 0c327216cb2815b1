"""Questions to the secretariat, with their threads, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, delete, exists, func, select, update

from bot.domain.questions import Author, Question, QuestionState, Remark
from bot.storage.facts import SqlFacts
from bot.storage.tables import QuestionRow, RemarkRow

IS_OPEN = col(QuestionRow.state) == QuestionState.OPEN.value
NEWEST_FORGOTTEN = "questions.newest_forgotten"


class SqlQuestions:
    """Implements `bot.domain.ports.Questions`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts = SqlFacts(session)

    def add(self, asker: int, language: str, text: str, now: datetime) -> Question:
        row = QuestionRow(asker=asker, language=language, state=QuestionState.OPEN.value, asked_at=now)
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        if row.id <= (newest := self._newest_forgotten()):
            # SQLite numbers anew where the newest row was deleted; an old button would open another's question.
            row.id = newest + 1
            self._session.flush()
        self.write(row.id, Author.ASKER, text, now)
        return self._questions([row])[0]

    def get(self, question_id: int) -> Question | None:
        row = self._session.get(QuestionRow, question_id)
        return None if row is None else self._questions([row])[0]

    def waiting(self) -> Sequence[Question]:
        return self._open()

    def count_waiting(self) -> int:
        return self._session.exec(select(func.count()).where(IS_OPEN)).one()

    def page(self, after: int, limit: int) -> Sequence[Question]:
        found = (
            select(QuestionRow).where(col(QuestionRow.id) > after).order_by(col(QuestionRow.id)).limit(limit)
        )
        return self._questions(self._session.exec(found).all())

    def by_asker(self, person_id: int) -> Sequence[Question]:
        return self._open(col(QuestionRow.asker) == person_id)

    def take(self, question_id: int, person_id: int | None, now: datetime) -> None:
        self._set(question_id, taken_by=person_id, taken_at=None if person_id is None else now)

    def write(self, question_id: int, author: Author, text: str, now: datetime) -> None:
        self._session.add(RemarkRow(question_id=question_id, author=author.value, text=text, at=now))
        self._session.flush()

    def set_state(self, question_id: int, state: QuestionState) -> None:
        self._set(question_id, state=state.value)

    def forget(self, before: datetime) -> int:
        spoken_since = exists().where(
            col(RemarkRow.question_id) == QuestionRow.id, col(RemarkRow.at) >= before
        )
        old = self._session.exec(
            select(QuestionRow.id).where(~IS_OPEN, col(QuestionRow.asked_at) < before, ~spoken_since)
        ).all()
        return self._delete(old)

    def forget_asker(self, person_id: int) -> None:
        """Deletes everything this person asked, open or not; what they were answering is free again."""
        asked = self._session.exec(select(QuestionRow.id).where(QuestionRow.asker == person_id)).all()
        self._delete(asked)
        self._session.exec(
            update(QuestionRow)
            .where(col(QuestionRow.taken_by) == person_id)
            .values(taken_by=None, taken_at=None)
        )

    def _delete(self, numbers: Sequence[int | None]) -> int:
        if not numbers:
            return 0
        newest = max(self._newest_forgotten(), *(number for number in numbers if number is not None))
        self._facts.set(NEWEST_FORGOTTEN, str(newest))
        self._session.exec(delete(QuestionRow).where(col(QuestionRow.id).in_(numbers)))
        return len(numbers)

    def _newest_forgotten(self) -> int:
        return int(self._facts.get(NEWEST_FORGOTTEN) or 0)

    def _open(self, *conditions: ColumnElement[bool]) -> list[Question]:
        rows = self._session.exec(
            select(QuestionRow).where(IS_OPEN, *conditions).order_by(col(QuestionRow.id))
        ).all()
        return self._questions(rows)

    def _set(self, question_id: int, **values: Any) -> None:
        self._session.exec(update(QuestionRow).where(col(QuestionRow.id) == question_id).values(**values))

    def _questions(self, rows: Sequence[QuestionRow]) -> list[Question]:
        threads: defaultdict[int, list[Remark]] = defaultdict(list)
        for remark in self._session.exec(
            select(RemarkRow)
            .where(col(RemarkRow.question_id).in_([row.id for row in rows]))
            .order_by(col(RemarkRow.id))
        ):
            threads[remark.question_id].append(Remark(Author(remark.author), remark.text, remark.at))
        return [_question(row, threads) for row in rows]


def _question(row: QuestionRow, threads: defaultdict[int, list[Remark]]) -> Question:
    assert row.id is not None
    return Question(
        id=row.id,
        asker=row.asker,
        language=row.language,
        state=QuestionState(row.state),
        thread=tuple(threads[row.id]),
        asked_at=row.asked_at,
        taken_by=row.taken_by,
        taken_at=row.taken_at,
    )
