"""Buttons of the library, the menus, and questions to the secretariat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class Screen(StrEnum):
    """Screens that need nothing but their name."""

    HOME = "h"
    FIND = "f"
    TOPICS = "t"
    KINDS = "k"
    LANGUAGES = "l"
    HELP = "?"
    ABOUT = "a"
    CANCEL = "x"
    SECRETARIAT = "s"


@register
@dataclass(frozen=True)
class Go(Button):
    code = "g"
    screen: str


@register
@dataclass(frozen=True)
class SetLanguage(Button):
    code = "l"
    language: str


@register
@dataclass(frozen=True)
class Open(Button):
    """Show this entry as a card."""

    code = "o"
    entry_id: str


@register
@dataclass(frozen=True)
class Pick(Button):
    """Show the entry at this place of what a lookup has shown."""

    code = "p"
    lookup_id: int
    position: int


@register
@dataclass(frozen=True)
class NotThis(Button):
    """The answer to this lookup was not what was asked."""

    code = "n"
    lookup_id: int


@register
@dataclass(frozen=True)
class Read(Button):
    """A page of an entry's full text; page 0 is the card."""

    code = "r"
    page: int
    entry_id: str


@register
@dataclass(frozen=True)
class Similar(Button):
    code = "s"
    entry_id: str


@register
@dataclass(frozen=True)
class Replicated(Button):
    """Where a practice was replicated."""

    code = "w"
    entry_id: str


@register
@dataclass(frozen=True)
class Share(Button):
    code = "d"
    entry_id: str


@register
@dataclass(frozen=True)
class Topic(Button):
    """A topic of the tree, with a page of its entries."""

    code = "t"
    page: int
    topic_id: str


@register
@dataclass(frozen=True)
class Countries(Button):
    code = "c"
    page: int


@register
@dataclass(frozen=True)
class Country(Button):
    code = "y"
    page: int
    country: str


@register
@dataclass(frozen=True)
class Kind(Button):
    code = "k"
    page: int
    kind: str


@register
@dataclass(frozen=True)
class AskSecretariat(Button):
    """Pass the words of this lookup to the secretariat."""

    code = "a"
    lookup_id: int


@register
@dataclass(frozen=True)
class Withdraw(Button):
    """The asker takes a question back."""

    code = "z"
    question_id: int


@register
@dataclass(frozen=True)
class WriteBack(Button):
    """The asker wants to write back to the secretariat."""

    code = "b"
    question_id: int


@register
@dataclass(frozen=True)
class Questions(Button):
    code = "q"
    page: int


@register
@dataclass(frozen=True)
class Question(Button):
    code = "u"
    question_id: int


@register
@dataclass(frozen=True)
class Answer(Button):
    """Somebody of the secretariat begins to answer."""

    code = "v"
    question_id: int


@register
@dataclass(frozen=True)
class AnswerAnyway(Button):
    """The same where a colleague is at it, or has answered already."""

    code = "f"
    question_id: int


@register
@dataclass(frozen=True)
class SendAnswer(Button):
    """Send the answer above; `draft` is its number (see `Expecting.draft`)."""

    code = "e"
    question_id: int
    draft: int


@register
@dataclass(frozen=True)
class Content(Button):
    """A page of the problems in the content files."""

    code = "i"
    page: int


@register
@dataclass(frozen=True)
class Misses(Button):
    """What people asked for and did not find."""

    code = "m"
