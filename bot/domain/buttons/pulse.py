"""Buttons: the pulse of a cycle."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class Pulse(Button):
    """How lively a cycle is."""

    code = "?"
    cycle: str
