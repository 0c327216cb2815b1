"""Questions to the secretariat, with their threads, as rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select, update

from bot.domain.questions import Author, Question, QuestionState, Remark
from bot.storage.tables import QuestionRow, RemarkRow


class SqlQuestions:
    """Implements `bot.domain.ports.Questions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, asker: int, language: str, text: str, now: datetime) -> Question:
        row = QuestionRow(asker=asker, language=language, state=QuestionState.OPEN.value, asked_at=now)
        self._session.add(row)
        self._session.flush()
        assert row.id is not None
        self.write(row.id, Author.ASKER, text, now)
        return self._questions([row])[0]

    def get(self, question_id: int) -> Question | None:
        row = self._session.get(QuestionRow, question_id)
        return None if row is None else self._questions([row])[0]

    def waiting(self) -> Sequence[Question]:
        rows = self._session.exec(
            select(QuestionRow)
            .where(QuestionRow.state == QuestionState.OPEN.value)
            .order_by(col(QuestionRow.id))
        ).all()
        return self._questions(rows)

    def take(self, question_id: int, person_id: int | None, now: datetime) -> None:
        self._set(question_id, taken_by=person_id, taken_at=None if person_id is None else now)

    def write(self, question_id: int, author: Author, text: str, now: datetime) -> None:
        self._session.add(RemarkRow(question_id=question_id, author=author.value, text=text, at=now))
        self._session.flush()

    def set_state(self, question_id: int, state: QuestionState) -> None:
        self._set(question_id, state=state.value)

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
