"""Buttons: an announcement on its way: progress, report, correction, withdrawal, team groups."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class BoardMove(StrEnum):
    """What the secretariat does with an announcement that waits, goes out or is sent."""

    OPEN = "o"
    CALL_OFF = "c"
    STOP = "s"
    GO_ON = "g"
    RESEND = "r"
    """Once more to exactly those of whom nobody knows whether they got it."""
    UNREAD = "u"
    """Who has not said that they read it."""
    REMIND = "m"
    """A short word to these, once."""
    FAILED = "f"
    """Whom it did not reach, and why."""
    CORRECT = "e"
    """Choose the language of the text to correct, or (with a language) write it."""
    APPLY = "a"
    WITHDRAW = "w"
    WITHDRAW_NOW = "y"


@register
@dataclass(frozen=True)
class BoardDo(Button):
    """`written` is the number of a corrected text, so that a button applies only what it stands below; `page` that of
    a list, else 0."""

    code = "~"
    move: str
    announcement_id: int
    page: int = 0
    written: int = 0
    language: str = ""


@register
@dataclass(frozen=True)
class HaveRead(Button):
    """Say that one has read an announcement."""

    code = "^"
    announcement_id: int


class GroupMove(StrEnum):
    OPEN = "o"
    UNLINK = "u"


@register
@dataclass(frozen=True)
class TeamGroupDo(Button):
    """The team groups of a city: how to link one, and an end to it."""

    code = "*"
    move: str
    city: str
