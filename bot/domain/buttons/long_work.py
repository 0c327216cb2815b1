"""Buttons: long work."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class WorkMove(StrEnum):
    STOP = "s"
    AGAIN = "a"


@register
@dataclass(frozen=True)
class WorkDo(Button):
    """What its asker does with long work."""

    code = "<"
    move: str
    work_id: int
