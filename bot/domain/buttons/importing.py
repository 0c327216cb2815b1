"""Buttons: tables that are brought in."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class TableHolds(Button):
    """Says what a table holds (`what`, a letter), and has it tried; `table` names it among those that came."""

    code = ","
    what: str
    table: str


@register
@dataclass(frozen=True)
class BringIn(Button):
    """Does what was tried: `work_id` is the trial."""

    code = ";"
    work_id: int


@register
@dataclass(frozen=True)
class TablesIn(Button):
    """Says how tables are brought in, or sends an empty one (`what`, a letter)."""

    code = "-"
    what: str
