"""Cities, their commitments and targets: what was promised, and what the sources say came of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from bot.domain.words import LocalText


class TargetKind(StrEnum):
    """What a target is, and so how it is judged."""

    CHANGE = "change"
    """A relative change against a baseline, in per cent; a fall is negative."""
    LEVEL = "level"
    """A rate or amount to come to: at most (`down`) or at least (`up`)."""
    COUNT = "count"
    MILESTONE = "milestone"
    COMPLIANCE = "compliance"
    SCALE = "scale"
    """ "Promote …": judged on a scale of evidence."""


DONE, NOT_DONE = "yes", "no"
LEVELS = tuple(str(level) for level in range(5))
"""The scale of evidence: 0 nothing yet, 1 planned, 2 begun, 3 carried out, 4 shown with evidence."""

VERDICTS: Mapping[TargetKind, tuple[str, ...]] = {
    TargetKind.MILESTONE: (DONE, NOT_DONE),
    TargetKind.COMPLIANCE: (DONE, NOT_DONE),
    TargetKind.SCALE: LEVELS,
}
"""What a reviewer may say of a target that no figure tells; other kinds are computed."""


class Direction(StrEnum):
    DOWN = "down"
    UP = "up"


UNIT_NOT_STATED = "?"
"""Of a figure whose source does not say its unit: it is shown so, and never held against a target that has one."""


class ValueKind(StrEnum):
    MEASURED = "measured"
    PROJECTED = "projected"
    EXPECTED = "expected"


class SaidStatus(StrEnum):
    """What a source itself says of a target. What we compute is kept apart from it."""

    EXCEEDED = "exceeded"
    REACHED = "reached"
    PARTLY = "partly"
    EXPECTED = "expected"
    NOT_STATED = "not-stated"


@dataclass(frozen=True)
class Indicator:
    """What a target measures. `phrase` is its name within a sentence ("sa production de déchets"), in the languages
    where the label alone would not do."""

    id: str
    label: LocalText
    phrase: LocalText | None = None


@dataclass(frozen=True)
class Baseline:
    """Where a target starts from. `unit`: that of the value, where it is not the target's own."""

    year: int | None = None
    value: Decimal | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Target:
    """One measurable promise. `value` and `far` are the ends of a range, `value` the near one.

    `sector` and `note` are the city's own words on what it covers and on the rest, to the letter; `source` is where
    it stands, and `ref` its number there.
    """

    id: str
    kind: TargetKind
    indicator: str
    text: LocalText
    direction: Direction | None = None
    value: Decimal | None = None
    far: Decimal | None = None
    unit: str | None = None
    baseline: Baseline | None = None
    due: int | None = None
    sector: str | None = None
    note: str | None = None
    source: str | None = None
    ref: str | None = None


@dataclass(frozen=True)
class PublishedResult:
    """A result that a source publishes: the record of the years before the network used Focal."""

    text: LocalText
    source: str
    target: str | None = None
    indicator: str | None = None
    value: Decimal | None = None
    far: Decimal | None = None
    unit: str | None = None
    at_least: bool = False
    when: str | None = None
    value_kind: ValueKind | None = None


@dataclass(frozen=True)
class Said:
    """What the source says of a target's status, in its words, beside the code. `share` is how much of the target it
    counts as done itself, in per cent."""

    target: str
    status: SaidStatus
    text: LocalText
    source: str
    share: Decimal | None = None


@dataclass(frozen=True)
class Commitment:
    """`due` is the year of those targets that have none of their own; None where none was promised."""

    city: str
    made: int
    due: int | None
    targets: tuple[Target, ...]
    published: tuple[PublishedResult, ...] = ()
    said: tuple[Said, ...] = ()


@dataclass(frozen=True)
class City:
    country: str
    time_zone: str
    languages: tuple[str, ...] = ()
    offers: tuple[str, ...] = ()
    seeks: tuple[str, ...] = ()
    weekend: tuple[str, ...] = ("sat", "sun")
