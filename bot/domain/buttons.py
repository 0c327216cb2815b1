"""Typed buttons, and how they travel through Telegram: at most 64 bytes, packed and unpacked here only.

What comes back is data from outside: it may be forged, old, or from a button that is long gone. Unpacking
gives None for whatever is not a button of ours; what a press may do is decided anew at every press.
"""

from __future__ import annotations

from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import Any, ClassVar, TypeVar

MOST_BYTES = 64
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


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


class Button:
    """Base of all buttons. `code` is one letter, unique; fields are texts and numbers, the longest one last."""

    code: ClassVar[str]


BUTTONS: dict[str, type[Button]] = {}
B = TypeVar("B", bound=type[Button])


def _register(kind: B) -> B:
    if kind.code in BUTTONS:
        raise ValueError(f"two buttons with the code {kind.code!r}")
    BUTTONS[kind.code] = kind
    return kind


@_register
@dataclass(frozen=True)
class Go(Button):
    code = "g"
    screen: str


@_register
@dataclass(frozen=True)
class SetLanguage(Button):
    code = "l"
    language: str


@_register
@dataclass(frozen=True)
class Open(Button):
    """Show this entry as a card."""

    code = "o"
    entry_id: str


@_register
@dataclass(frozen=True)
class Pick(Button):
    """Show the entry at this place of what a lookup has shown."""

    code = "p"
    lookup_id: int
    position: int


@_register
@dataclass(frozen=True)
class NotThis(Button):
    """The answer to this lookup was not what was asked."""

    code = "n"
    lookup_id: int


@_register
@dataclass(frozen=True)
class Read(Button):
    """A page of an entry's full text; page 0 is the card."""

    code = "r"
    page: int
    entry_id: str


@_register
@dataclass(frozen=True)
class Similar(Button):
    code = "s"
    entry_id: str


@_register
@dataclass(frozen=True)
class Replicated(Button):
    """Where a practice was replicated."""

    code = "w"
    entry_id: str


@_register
@dataclass(frozen=True)
class Share(Button):
    code = "d"
    entry_id: str


@_register
@dataclass(frozen=True)
class Topic(Button):
    """A topic of the tree, with a page of its entries."""

    code = "t"
    page: int
    topic_id: str


@_register
@dataclass(frozen=True)
class Countries(Button):
    code = "c"
    page: int


@_register
@dataclass(frozen=True)
class Country(Button):
    code = "y"
    page: int
    country: str


@_register
@dataclass(frozen=True)
class Kind(Button):
    code = "k"
    page: int
    kind: str


@_register
@dataclass(frozen=True)
class AskSecretariat(Button):
    """Pass the words of this lookup to the secretariat."""

    code = "a"
    lookup_id: int


@_register
@dataclass(frozen=True)
class Withdraw(Button):
    """The asker takes a question back."""

    code = "z"
    question_id: int


@_register
@dataclass(frozen=True)
class WriteBack(Button):
    """The asker wants to write back to the secretariat."""

    code = "b"
    question_id: int


@_register
@dataclass(frozen=True)
class Questions(Button):
    code = "q"
    page: int


@_register
@dataclass(frozen=True)
class Question(Button):
    code = "u"
    question_id: int


@_register
@dataclass(frozen=True)
class Answer(Button):
    """Somebody of the secretariat begins to answer."""

    code = "v"
    question_id: int


@_register
@dataclass(frozen=True)
class AnswerAnyway(Button):
    """The same where a colleague is at it, or has answered already."""

    code = "f"
    question_id: int


@_register
@dataclass(frozen=True)
class SendAnswer(Button):
    """Send the answer above; `draft` is its number (see `Expecting.draft`)."""

    code = "e"
    question_id: int
    draft: int


@_register
@dataclass(frozen=True)
class Content(Button):
    """A page of the problems in the content files."""

    code = "i"
    page: int


@_register
@dataclass(frozen=True)
class Misses(Button):
    """What people asked for and did not find."""

    code = "m"


def pack(button: Button) -> str:
    """The callback data of a button. Raises ValueError where it would not fit into 64 bytes."""
    parts = [_digits(v) if isinstance(v, int) else str(v) for v in astuple(button)]  # type: ignore[call-overload]
    data = button.code + ":".join(parts)
    if len(data.encode()) > MOST_BYTES:
        raise ValueError(f"a button of {len(data.encode())} bytes: {data}")
    return data


def unpack(data: str) -> Button | None:
    """The button that this callback data is, or None where it is none of ours."""
    kind = BUTTONS.get(data[:1])
    if kind is None:
        return None
    declared = fields(kind)  # type: ignore[arg-type]
    parts = data[1:].split(":", len(declared) - 1) if declared else []
    if len(parts) != len(declared) or (not declared and len(data) > 1):
        return None
    values: list[Any] = []
    for wanted, part in zip(declared, parts, strict=True):
        if wanted.type == "int":
            if not part or len(part) > 9 or any(digit not in DIGITS for digit in part):
                return None
            values.append(int(part, 36))
        else:
            values.append(part)
    return kind(*values)


def _digits(number: int) -> str:
    """A whole number >= 0 in base 36."""
    digits = ""
    while True:
        number, rest = divmod(number, 36)
        digits = DIGITS[rest] + digits
        if number == 0:
            return digits
