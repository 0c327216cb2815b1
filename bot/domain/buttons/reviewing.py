"""Buttons around reports that were sent: review, overview, one city."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class Reviews(Button):
    """What waits for a review."""

    code = "N"
    page: int


@register
@dataclass(frozen=True)
class Overview(Button):
    """The cities of a cycle (the newest, where none is named); `state` is the letter of a filter, "" for all."""

    code = "O"
    page: int
    state: str
    cycle: str


class ReviewMove(StrEnum):
    """What a reviewer does with a report."""

    OPEN = "o"
    TAKE_OVER = "t"
    PICK = "p"
    """Choose the answers to return."""
    RETURN = "r"
    ACCEPT = "a"
    COMMENT = "c"


@register
@dataclass(frozen=True)
class ReviewDo(Button):
    code = "P"
    page: int
    move: str
    report_id: int


class AnswerMove(StrEnum):
    """What a reviewer does with one answer."""

    RETURN = "r"
    KEEP = "k"
    """Not return it after all."""
    COMMENT = "c"


@register
@dataclass(frozen=True)
class ReviewAnswer(Button):
    code = "Q"
    page: int
    move: str
    report_id: int
    key: str


LEFT_OPEN = "open"
"""No verdict after all."""


@register
@dataclass(frozen=True)
class Judge(Button):
    """The reviewer's verdict on a target that no figure tells; "" asks for it. `ref` is the target's short name."""

    code = "!"
    page: int
    verdict: str
    report_id: int
    ref: str


class CityMove(StrEnum):
    """What a city does with a report that it has sent."""

    TAKE_BACK = "t"
    AMEND = "a"
    LEAVE = "l"
    """Leave an amendment that changes nothing."""


@register
@dataclass(frozen=True)
class ReportDo(Button):
    code = "R"
    move: str
    report_id: int


@register
@dataclass(frozen=True)
class SeeReport(Button):
    """A page of a report as it was sent, counted from 1."""

    code = "="
    page: int
    report_id: int


@register
@dataclass(frozen=True)
class ShowFiles(Button):
    """Send the files of this page of a report again."""

    code = "+"
    page: int
    report_id: int


class CityView(StrEnum):
    MINE = "m"
    REPORTS = "r"
    FILE = "f"
    """What the secretariat sees of a city."""


@register
@dataclass(frozen=True)
class CityScreen(Button):
    code = "S"
    what: str
    city: str


@register
@dataclass(frozen=True)
class EnterResults(Button):
    """The secretariat enters what it learned of a city; `source` is a letter of `EnteredFrom`, "" asks for it."""

    code = "T"
    source: str
    city: str


@register
@dataclass(frozen=True)
class EnterFor(Button):
    """The same for one cycle: `mark` is a short name of the city and the cycle."""

    code = "$"
    source: str
    mark: str


class EnteredFrom(StrEnum):
    INTERVIEW = "i"
    SITE_VISIT = "v"
    PUBLISHED = "p"


@register
@dataclass(frozen=True)
class History(Button):
    """The log of changes of a city, or of the whole network where `city` is empty."""

    code = "U"
    page: int
    city: str
