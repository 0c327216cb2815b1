"""Buttons: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class PlanMove(StrEnum):
    SHOW = "s"
    HOLD = "h"
    """Holds everything of a group."""
    RELEASE = "r"


@register
@dataclass(frozen=True)
class Plan(Button):
    """What will go out in the next days; `group` is the short name of a day and a rule, "" for all of them."""

    code = "j"
    page: int
    move: str
    group: str


@register
@dataclass(frozen=True)
class Hold(Button):
    """Holds or releases one reminder; `debt` is the short name of its key, `page` the one of its group."""

    code = "9"
    move: str
    page: int
    debt: str


class CycleMove(StrEnum):
    ASK_PAUSE = "p"
    PAUSE = "y"
    GO_ON = "g"
    ASK_NUDGE = "n"
    NUDGE = "s"


@register
@dataclass(frozen=True)
class CycleDo(Button):
    """What the secretariat does with the reminders of a whole cycle."""

    code = "#"
    move: str
    cycle: str
