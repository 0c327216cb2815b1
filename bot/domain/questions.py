"""Questions that the library could not answer and that go to the secretariat, and lookups that found nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class QuestionState(StrEnum):
    OPEN = "open"
    ANSWERED = "answered"
    WITHDRAWN = "withdrawn"


class Author(StrEnum):
    ASKER = "asker"
    SECRETARIAT = "secretariat"


@dataclass(frozen=True, slots=True)
class Remark:
    """One message of the thread between the asker and the secretariat."""

    author: Author
    text: str
    at: datetime


@dataclass(frozen=True)
class Question:
    """A question with its thread. `taken_by` is who in the secretariat is writing an answer, since `taken_at`."""

    id: int
    asker: int
    language: str
    state: QuestionState
    thread: tuple[Remark, ...]
    asked_at: datetime
    taken_by: int | None = None
    taken_at: datetime | None = None

    @property
    def text(self) -> str:
        return self.thread[0].text

    def taken_by_another(self, person: int, now: datetime) -> bool:
        """Whether a colleague is at it. Somebody who began to write and left holds it for `HELD_FOR` only."""
        if self.taken_by is None or self.taken_by == person or self.taken_at is None:
            return False
        return now - self.taken_at < HELD_FOR


HELD_FOR = timedelta(minutes=30)


class LookupOutcome(StrEnum):
    FOUND = "found"
    CHOICES = "choices"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Lookup:
    """A lookup as it is kept: the words and what was shown, never who asked."""

    id: int
    words: str
    language: str
    outcome: LookupOutcome
    shown: tuple[str, ...]
    rejected: int = 0


@dataclass(frozen=True)
class Missed:
    """Words that were looked up in one language and not found, how often, and when last."""

    words: str
    language: str
    times: int
    last_at: datetime
