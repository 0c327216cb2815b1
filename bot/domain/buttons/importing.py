"""Buttons: tables that are brought in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class TableHolds(Button):
    """Says what the table holds that was sent last (`what`, a letter), and has it tried."""

    code = ","
    what: str


@register
@dataclass(frozen=True)
class BringIn(Button):
    """Does what was tried: `work_id` is the trial."""

    code = ";"
    work_id: int
