"""What may be wrong with a figure. How it is found out: `plausibility`."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Doubt(StrEnum):
    """What may be wrong with a figure; the translation room has the sentences."""

    RATE_OVER_100 = "rate-over-100"
    """More than all of it: a share above 100 %, a fall by more than 100 %."""
    NEGATIVE_RATE = "negative-rate"
    SIGN = "sign"
    FRACTION_FOR_PERCENT = "fraction-for-percent"
    """`0.58` where 58 % may be meant."""
    UNIT = "unit"
    """A factor that lies between two units: kg for t, a day for a year."""
    FACTOR_1000 = "factor-1000"
    FACTOR_100 = "factor-100"
    FACTOR_10 = "factor-10"
    SWAPPED_DIGITS = "swapped-digits"
    FAR_FROM_LAST = "far-from-last"
    FAR_FROM_PATH = "far-from-path"


class Against(StrEnum):
    """What a figure was held against."""

    EARLIER = "earlier"
    BASELINE = "baseline"
    TARGET = "target"
    NATURE = "nature"
    """What such a figure can be at all."""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """One thing to ask: "did you mean `expected`?", where something is expected.

    `compared` is the figure that it was held against, `year` the year of that, and `times` how many times as large
    the told one is, to two digits. `typed_unit` is the unit that it was perhaps told in.
    """

    doubt: Doubt
    told: Decimal
    expected: Decimal | None = None
    against: Against = Against.NATURE
    compared: Decimal | None = None
    year: int | None = None
    times: Decimal | None = None
    typed_unit: str | None = None
