"""What comes of a typed answer, and what every type of question can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Protocol, TypeAlias

from bot.domain.answers import Value
from bot.domain.questionnaires import Step
from bot.domain.words import LocalText


class Trouble(StrEnum):
    """Why an answer is asked back or not understood, beside `measures.Reason`; the translation room has the
    sentences."""

    NO_CHOICE = "no-choice"
    """It is none of the choices."""
    SEVERAL_CHOICES = "several-choices"
    """It may be more than one of them."""
    TOO_MANY = "too-many"
    YES_OR_NO = "yes-or-no"
    BELOW_MINIMUM = "below-minimum"
    ABOVE_MAXIMUM = "above-maximum"
    AMOUNT_NOT_CHANGE = "amount-not-change"
    """An amount with its unit, where a change in per cent is promised."""
    CHANGE_NOT_AMOUNT = "change-not-amount"
    """A change in per cent, where an amount is promised."""
    SIGN_OF_DIRECTION = "sign-of-direction"
    """A number without a sign for a change that goes down."""
    EMPTY = "empty"
    LONG_TEXT = "long-text"
    NO_DATE = "no-date"
    TWO_DIGIT_YEAR = "two-digit-year"
    YEAR_OUT_OF_RANGE = "year-out-of-range"
    OTHER_CALENDAR = "other-calendar"
    DAY_OR_MONTH = "day-or-month"
    """`05/06/2025` is the 5th of June or the 6th of May."""
    TWO_YEARS = "two-years"
    DATE_IN_WORDS = "date-in-words"
    """There is a year among words that are not understood."""
    NO_LINK = "no-link"
    NO_CITY = "no-city"
    LIKE_A_CITY = "like-a-city"
    """Nearly the name of a city that the network knows."""


@dataclass(frozen=True)
class Understood:
    """Ready to be kept. `raw` are the words as they were typed."""

    value: Value
    raw: str


@dataclass(frozen=True)
class AskBack:
    """Offered as buttons, the likeliest first; never kept without a tap."""

    readings: tuple[Value, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class NotUnderstood:
    """`near` are the codes of the choices that may have been meant."""

    reasons: tuple[str, ...]
    near: tuple[str, ...] = ()


Heard: TypeAlias = Understood | AskBack | NotUnderstood


@dataclass(frozen=True)
class Surroundings:
    """Who answers, when, and what is known besides.

    `locale` is the reader's language or locale, `today` the day on which they wrote, `period` what the report is
    about (`2026`, `2025-2026`). `cities`: the names in every language by id. `phrases`: what the interface calls
    yes, no and the levels of the scale in each of its languages, by the code of the phrase.
    """

    locale: str
    today: date
    period: str = ""
    cities: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Offer:
    """What a button offers: its label is in the file (`label`) or of the interface (the code of a `phrase`);
    where neither is there, it is the year `code`."""

    code: str
    label: LocalText | None = None
    phrase: str | None = None


@dataclass(frozen=True)
class Limits:
    """The least and the greatest number, and the most characters, choices or files."""

    minimum: Decimal | None = None
    maximum: Decimal | None = None
    most: int | None = None


class QuestionType(Protocol):
    """What the module of a type has."""

    def read(self, step: Step, typed: str, around: Surroundings) -> Heard: ...

    def offers(self, step: Step, around: Surroundings) -> tuple[Offer, ...]: ...

    def value_of(self, code: str, so_far: Value | None) -> Value:
        """The answer after a tap on the offer with this code."""
        ...

    def fits(self, step: Step, value: Value) -> bool: ...


def no_offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    return ()
