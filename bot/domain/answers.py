"""Answers: what somebody gave to a question, with their own words beside it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from bot.domain.suspicions import Suspicion


@dataclass(frozen=True, slots=True)
class Amount:
    """A number with its unit; `high` is the far end of a range, `approximate` as the words called it."""

    value: Decimal
    unit: str | None = None
    high: Decimal | None = None
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """What was chosen: ids of choices, `yes` or `no`, a level of a scale, or the id of a city (or its free name)."""

    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    text: str


@dataclass(frozen=True, slots=True)
class Day:
    """A year, month or day, as content files write it: `2025`, `2025-06`, `2025-06-30`."""

    when: str


@dataclass(frozen=True, slots=True)
class Files:
    """Ids of attachments, and links to what lies elsewhere."""

    attachments: tuple[int, ...] = ()
    links: tuple[str, ...] = ()


Value: TypeAlias = Amount | Codes | Words | Day | Files


class AnswerState(StrEnum):
    GIVEN = "given"
    SKIPPED = "skipped"
    UNKNOWN = "unknown"
    """They do not know yet, and left it empty; `because` may say why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer, and how it came about. `by` is a person's id; `message_id` the Telegram message it was typed in,
    which they may edit. `doubts` are what seemed odd, `because` their reason why it is right (or not known)."""

    state: AnswerState
    by: int
    at: datetime
    value: Value | None = None
    raw: str = ""
    message_id: int | None = None
    same_as_last: bool = False
    doubts: tuple[Suspicion, ...] = ()
    because: str | None = None
    told_by: str | None = None
    """The name of the colleague who knew it, where the question was handed over."""

    def says_the_same(self, other: Answer | None) -> bool:
        """Whether nothing that matters differs, whoever gave it and when, and in which order choices were tapped."""
        return other is not None and self._told() == other._told()

    def _told(self) -> tuple[object, ...]:
        value = frozenset(self.value.codes) if isinstance(self.value, Codes) else self.value
        return self.state, value, self.because
