"""Extensions: a city asks for more time in a cycle, and the secretariat grants or declines it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class ExtensionState(StrEnum):
    ASKED = "asked"
    GRANTED = "granted"
    DECLINED = "declined"
    TAKEN_BACK = "taken-back"


@dataclass(frozen=True)
class Extension:
    """`wanted` is the deadline that was asked for, `granted` the one that holds (both local days of the city);
    `asked_by` is None where the secretariat granted it unasked, 0 where whoever asked is forgotten. Of several that
    were granted in a cycle the latest decision holds."""

    id: int
    city: str
    cycle: str
    wanted: date
    reason: str
    asked_by: int | None
    asked_at: datetime
    state: ExtensionState = ExtensionState.ASKED
    granted: date | None = None
    decided_by: int | None = None
    decided_at: datetime | None = None
    answer: str | None = None
    """What the secretariat wrote to it."""
