"""What reading a typed text comes to."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Verdict(StrEnum):
    ACCEPT = "accept"
    AMBIGUOUS = "ambiguous"
    REJECT = "reject"


class Reason(StrEnum):
    """Why a text is asked back, or why it cannot be read; the translation room has the sentences."""

    TWO_SEPARATORS = "two-separators"
    """`1,234` is one thousand or one point two."""
    RANGE = "range"
    SIGN_IN_WORDS = "sign-in-words"
    SIGN_UNCLEAR = "sign-unclear"
    OUTSIDE_SHARE = "outside-share"
    """A share below 0 or above 100."""
    FRACTION_OR_PERCENT = "fraction-or-percent"
    """`0.58` where a percentage is asked: 0.58 % or 58 %."""
    OTHER_UNIT = "other-unit"
    SCALE_UNCLEAR = "scale-unclear"
    """`2 billion` in a language where it may be 10⁹ or 10¹²; `1.2 m`."""
    BOUND = "bound"
    """`more than 400`: a limit, not a value."""
    NOTE = "note"
    UNKNOWN_WORDS = "unknown-words"
    LEADING_ZERO = "leading-zero"

    NO_NUMBER = "no-number"
    SEVERAL_NUMBERS = "several-numbers"
    BAD_GROUPING = "bad-grouping"
    MIXED_DIGITS = "mixed-digits"
    DATE_OR_TIME = "date-or-time"
    TELEPHONE = "telephone"
    FRACTION = "fraction"
    NOT_A_NUMBER = "not-a-number"
    """Letters or signs stand in or around the digits that no number has."""
    TOO_LONG = "too-long"
    UNIT_DOES_NOT_FIT = "unit-does-not-fit"


@dataclass(frozen=True, slots=True)
class Measure:
    """A value and its unit, where one is known."""

    value: Decimal
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """The outcome for one text.

    Only with ACCEPT may `value` be stored. With AMBIGUOUS `readings` are what to offer, the likeliest first, and
    `value` is set where there is but one (with `value_high` the far end of a range); with REJECT there is no value.
    `approximate` says that the text called its number approximate.
    """

    verdict: Verdict
    value: Decimal | None = None
    value_high: Decimal | None = None
    unit: str | None = None
    readings: tuple[Measure, ...] = ()
    reasons: tuple[Reason, ...] = ()
    approximate: bool = False


def plain(value: Decimal) -> str:
    """A decimal as digits without an exponent, with the precision that was typed: `0.90`."""
    return format(value, "f")
