"""Buttons: tables to take out."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class ExportAsk(Button):
    """One step of choosing: which table (`what`, a letter; empty: the list of them), as which file (`form`)."""

    code = "("
    what: str
    form: str


@register
@dataclass(frozen=True)
class ExportDo(Button):
    """Makes the table; `choice` is the mark of a cycle, empty for all of them."""

    code = ")"
    what: str
    form: str
    choice: str
