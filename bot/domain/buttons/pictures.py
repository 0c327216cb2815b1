"""Buttons that draw a picture of what the message says."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class DrawCity(Button):
    """Charts of a city's targets; `what` is the screen (of `CityView`) that has the button."""

    code = ">"
    what: str
    city: str


@register
@dataclass(frozen=True)
class DrawBoard(Button):
    """The board of a cycle: every target of every city that one may see."""

    code = "/"
    cycle: str
