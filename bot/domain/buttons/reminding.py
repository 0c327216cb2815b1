"""Buttons: when to be reminded, and how to be left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class LaterMove(StrEnum):
    """What is done about the next reminder."""

    SHOW = "s"
    """When it comes, without a change."""
    OPEN = "o"
    """Days to choose from."""
    DAY = "d"
    """This day."""
    TYPE = "t"
    """A day in their own words."""
    DROP = "b"
    """No promise any more: as the rules say."""


@register
@dataclass(frozen=True)
class Later(Button):
    """When to be reminded; `day` is an ordinal of the calendar or NO_DAY, `mark` names city and cycle, or all that
    they owe."""

    code = "L"
    move: str
    day: int
    mark: str


class QuietMove(StrEnum):
    BE_QUIET = "q"
    AS_BEFORE = "b"


@register
@dataclass(frozen=True)
class Quiet(Button):
    """No more than the last reminder of a cycle, or all of them again; of every cycle that they owe something in,
    where none is named."""

    code = "M"
    move: str
    cycle: str
