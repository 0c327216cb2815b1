"""Lookups as rows: words and what was shown, never who asked."""

from __future__ import annotations

import secrets
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from sqlmodel import Session, col, delete, func, select

from bot.domain.questions import Lookup, LookupOutcome, Missed
from bot.storage.tables import LookupRow

# A button carries the id of a lookup, and buttons can be forged: an id that nobody can guess shows nobody the
# words of somebody else. It fits into nine digits of a button.
MOST_ID = 2**46


class SqlLookups:
    """Implements `bot.domain.ports.Lookups`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(
        self, words: str, language: str, outcome: LookupOutcome, shown: Sequence[str], now: datetime
    ) -> Lookup:
        row = LookupRow(
            id=secrets.randbelow(MOST_ID) + 1,
            words=words,
            language=language,
            outcome=outcome.value,
            shown=list(shown),
            asked_at=now,
        )
        self._session.add(row)
        self._session.flush()
        return _lookup(row)

    def get(self, lookup_id: int) -> Lookup | None:
        row = self._session.get(LookupRow, lookup_id)
        return None if row is None else _lookup(row)

    def reject(self, lookup_id: int, shown: Sequence[str]) -> Lookup | None:
        row = self._session.get(LookupRow, lookup_id, with_for_update=True)
        if row is None:
            return None
        row.rejected += 1
        row.shown = list(shown)
        self._session.flush()
        return _lookup(row)

    def misses(self, limit: int) -> Sequence[tuple[str, int]]:
        spelled = self._session.exec(
            select(LookupRow.words, func.count())
            .where(LookupRow.outcome == LookupOutcome.NOTHING.value)
            .group_by(col(LookupRow.words))
        ).all()
        asked: Counter[str] = Counter()
        # The spelling that most people used stands for all that differ in case, width or spaces only.
        spelling: dict[str, str] = {}
        for words, times in sorted(spelled, key=lambda one: (-one[1], one[0])):
            asked[_folded(words)] += times
            spelling.setdefault(_folded(words), words)
        ranked = sorted(asked.items(), key=lambda one: (-one[1], one[0]))
        return [(spelling[folded], times) for folded, times in ranked[:limit]]

    def missed(self) -> Sequence[Missed]:
        found = self._session.exec(
            select(LookupRow.words, LookupRow.language, func.count(), func.max(LookupRow.asked_at))
            .where(LookupRow.outcome == LookupOutcome.NOTHING.value)
            .group_by(col(LookupRow.words), col(LookupRow.language))
        )
        together: dict[tuple[str, str], list[Missed]] = {}
        for words, language, times, last_at in found:
            one = Missed(words, language, times, last_at)
            together.setdefault((_folded(words), language), []).append(one)
        each = (
            Missed(
                # The spelling that most people used stands for all that differ in case, width or spaces only.
                min(alike, key=lambda one: (-one.times, one.words)).words,
                language,
                sum(one.times for one in alike),
                max(one.last_at for one in alike),
            )
            for (_, language), alike in together.items()
        )
        return sorted(each, key=lambda one: (-one.times, one.words, one.language))

    def forget(self, outcomes: Collection[LookupOutcome], before: datetime) -> int:
        ended = [outcome.value for outcome in outcomes]
        return self._session.exec(
            delete(LookupRow).where(col(LookupRow.outcome).in_(ended), col(LookupRow.asked_at) < before)
        ).rowcount


def _folded(words: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())


def _lookup(row: LookupRow) -> Lookup:
    assert row.id is not None
    return Lookup(
        id=row.id,
        words=row.words,
        language=row.language,
        outcome=LookupOutcome(row.outcome),
        shown=tuple(row.shown),
        rejected=row.rejected,
    )
