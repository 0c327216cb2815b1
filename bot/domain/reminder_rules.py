"""What the files of the schedules say of time: reminder rules, days of rest, templates of what is announced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from bot.domain.words import LocalText


class Step(StrEnum):
    """Whom a rule writes to; the later ones only hear where the earlier ones keep silent."""

    FOCAL_POINTS = "focal_points"
    """Focal points; where a city has none whom messages reach, its deputies."""
    DEPUTIES = "deputies"
    SECRETARIAT = "secretariat"


STEPS = (Step.FOCAL_POINTS, Step.DEPUTIES, Step.SECRETARIAT)


class Anchor(StrEnum):
    """The day that a rule counts from."""

    OPENING = "opening"
    DEADLINE = "deadline"


class Unless(StrEnum):
    """What makes a rule needless. A report that is with the secretariat always does."""

    SUBMITTED = "submitted"
    ANSWERED = "answered"
    """Somebody of the city gave a sign since the step before was written to: went on with the draft, chose a time,
    asked for more time."""


class Moves(StrEnum):
    """Where a reminder goes that falls on a day of rest."""

    EARLIER = "earlier"
    LATER = "later"


@dataclass(frozen=True)
class ReminderRule:
    """`days` after the anchor (negative: before) at the local hour `at`, for `to`. It is said once a cycle."""

    id: str
    days: int
    at: time
    to: Step = Step.FOCAL_POINTS
    anchor: Anchor = Anchor.DEADLINE
    unless: Unless = Unless.SUBMITTED
    moves: Moves = Moves.EARLIER


@dataclass(frozen=True)
class QuietHours:
    """Local hours in which nobody is written to unasked: from `begin` in the evening to `end` in the morning."""

    begin: time = time(20)
    end: time = time(8)

    def holds(self, hour: time) -> bool:
        if self.begin > self.end:
            return hour >= self.begin or hour < self.end
        return self.begin <= hour < self.end


@dataclass(frozen=True)
class ReminderRules:
    """A file of rules, in the order of the file."""

    id: str
    rules: tuple[ReminderRule, ...]
    quiet: QuietHours = QuietHours()


@dataclass(frozen=True)
class DaysOff:
    """Days of rest: single ones, and those of every year as (month, day)."""

    days: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def holds(self, day: date) -> bool:
        return day in self.days or (day.month, day.day) in self.yearly

    def and_those_of(self, other: DaysOff) -> DaysOff:
        return DaysOff(self.days | other.days, self.yearly | other.yearly)


@dataclass(frozen=True)
class MessageTemplate:
    """An announcement that recurs. Its text is Markdown with `{cycle}`, `{period}` and `{deadline}`, filled in from
    the newest cycle when it is chosen; `wants_reading` asks its readers for a tap."""

    id: str
    title: LocalText
    text: LocalText
    wants_reading: bool = False
