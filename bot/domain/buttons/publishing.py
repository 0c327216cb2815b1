"""Buttons: documents of the commitment report, publishing, published reports."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register

EVERY_CYCLE = "-"
"""In the place of a cycle: all that is known, of all years."""


class PublishMove(StrEnum):
    SHOW = "s"
    WORD = "w"
    PDF = "p"
    PAGE = "h"
    WORKBOOK = "x"
    MARKDOWN = "m"
    DATA = "j"
    LETTERS = "l"


@register
@dataclass(frozen=True)
class Publication(Button):
    """A document of the report on a cycle ("": the newest), in a language ("": the reader's)."""

    code = "["
    move: str
    language: str
    cycle: str


class FreezeMove(StrEnum):
    ASK = "a"
    CHOOSE = "c"
    PUBLISH = "y"


@register
@dataclass(frozen=True)
class Freeze(Button):
    """Publishes the report on a cycle. `rank` has a bit for each language that is chosen; `choice` names what
    the reader was shown, so that nothing else is published."""

    code = "]"
    move: str
    rank: int
    choice: str
    cycle: str


@register
@dataclass(frozen=True)
class EditionList(Button):
    """The published reports."""

    code = "{"
    page: int


@register
@dataclass(frozen=True)
class EditionDo(Button):
    """A published report with its documents in a language: `move` is SHOW, or the format that is sent."""

    code = "}"
    move: str
    language: str
    edition_id: int
