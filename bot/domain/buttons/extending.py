"""Buttons: asking for more time, and granting it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register

NO_DAY = 0
"""Where a button is about no day."""


class TimeMove(StrEnum):
    """What a city does about its deadline."""

    OPEN = "o"
    """Shows the request that is open, or asks until when."""
    DAY = "d"
    """This day."""
    SEND = "s"
    TAKE_BACK = "b"


@register
@dataclass(frozen=True)
class MoreTime(Button):
    """A city asks for more time; `mark` is `mark_of(city, cycle)`, `day` an ordinal of the calendar or `NO_DAY`."""

    code = "h"
    move: str
    day: int
    mark: str


class ExtensionMove(StrEnum):
    """What the secretariat does with a request."""

    OPEN = "o"
    GRANT = "g"
    OTHER_DAY = "d"
    DECLINE = "n"
    """Asks for the reason."""
    SEND = "s"
    """Declines with the reason that was written."""


@register
@dataclass(frozen=True)
class ExtensionDo(Button):
    code = "x"
    move: str
    day: int
    extension_id: int


class GiveMove(StrEnum):
    """How the secretariat gives a city more time that did not ask for it."""

    OPEN = "o"
    DAY = "d"
    """This day: shown once more."""
    GIVE = "g"


@register
@dataclass(frozen=True)
class GiveTime(Button):
    code = "|"
    move: str
    day: int
    mark: str


class ExtensionList(StrEnum):
    WAITING = "w"
    CITIES = "c"
    """The cities that still owe a report, to give one of them more time."""


@register
@dataclass(frozen=True)
class Extensions(Button):
    """What waits for a decision, or the cities that may be given more time."""

    code = "_"
    page: int
    what: str
