"""Buttons: writing an announcement and choosing its audience."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class ComposeMove(StrEnum):
    """What is done with an announcement until it goes out. What `tag` names stands in brackets."""

    OPEN = "o"
    WRITE = "w"
    """Ask for its text (in this language)."""
    ERASE = "e"
    """Take the text away (in this language)."""
    FILE = "f"
    NO_FILE = "n"
    OPTIONS = "p"
    READING = "r"
    """Ask its readers for a tap, or do not."""
    JOINERS = "j"
    """Until when somebody who joins gets it, too (`week`); not at all, where nothing is named."""
    PREVIEW = "v"
    """To its author alone (in this language, or `all`)."""
    SEND = "s"
    NOW = "i"
    AT = "a"
    """At one moment for all (`d20260512t0900`), which is typed where none is named."""
    LOCAL = "l"
    """On a day at nine everywhere (`d20260512`), which is chosen where none is named."""
    GO = "g"
    """Yes, at the time that is shown."""
    DROP = "d"
    DROP_SURELY = "x"


ALL_LANGUAGES = "all"


@register
@dataclass(frozen=True)
class Compose(Button):
    """Do something with an announcement that is written."""

    code = "@"
    announcement_id: int
    version: int
    move: str
    tag: str = ""


class Aim(StrEnum):
    """What of an audience is chosen. Each has a letter for what is chosen and one for what is left out."""

    WHOLE = ""
    EVERYBODY = "x"
    NO_EXCEPTIONS = "w"
    GROUPS = "g"
    ROLES = "r"
    COUNTRIES = "c"
    TOPICS = "t"
    OWING = "o"
    CITIES = "y"
    NOT_ROLES = "s"
    NOT_COUNTRIES = "d"
    NOT_TOPICS = "u"
    NOT_OWING = "p"
    NOT_CITIES = "z"


@register
@dataclass(frozen=True)
class AimAt(Button):
    """Show what an audience may be chosen by, or add or take away one thing; `choice` is its mark."""

    code = "%"
    announcement_id: int
    version: int
    what: str
    page: int
    choice: str = ""


class FromList(StrEnum):
    SHOW = ""
    NEW = "n"
    TEMPLATES = "t"
    USE = "u"
    """Begin one from the template with the mark `choice`."""


@register
@dataclass(frozen=True)
class Announcements(Button):
    """The announcements, a page of them; a new one; the templates."""

    code = "&"
    what: str
    page: int
    choice: str = ""
