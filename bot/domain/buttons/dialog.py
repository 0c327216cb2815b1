"""Buttons of the guided dialog."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


class Step(StrEnum):
    """What a button of the dialog does, beside giving an answer."""

    BACK = "b"
    PAUSE = "p"
    HELP = "h"
    KEEP = "k"
    """Keep the answer that is there and go on."""
    SKIP = "s"
    SAME = "y"
    """The same as in the last report."""
    UNKNOWN = "u"
    EMPTY = "e"
    WHY = "w"
    """Leave it empty, with a reason."""
    COLLEAGUE = "q"
    ON = "o"
    """Go on and leave this question open."""
    CHANGE = "c"
    """Change one answer, then back to where all are shown."""
    RIGHT = "r"
    """What seems odd is right; the reason comes next."""
    SURE = "j"
    """It is right, and no reason is given."""
    AGAIN = "v"
    """Drop what waits, and write it again."""
    SUMMARY = "a"
    SEND = "z"
    TAKE = "t"
    """Take over from a colleague."""
    USE = "x"
    """Take over, and use what was written meanwhile."""
    ONE_MESSAGE = "m"
    FILL = "f"
    """Keep what was understood of a report in one message."""
    DROP = "n"
    """Keep nothing of it."""
    LOOK_UP = "l"
    """Look up what was written instead."""
    CLEAR = "d"
    """Take the files of this answer away."""


@register
@dataclass(frozen=True)
class Tap(Button):
    """Answer the question `key` with the offer at this place. A draft of another version is not changed."""

    code = "A"
    draft_id: int
    version: int
    place: int
    key: str


@register
@dataclass(frozen=True)
class Move(Button):
    """One step in a dialog (see `Step`), at the question `key`, where one is meant."""

    code = "B"
    draft_id: int
    version: int
    move: str
    key: str


@register
@dataclass(frozen=True)
class PickReading(Button):
    """What was written means the reading at this place."""

    code = "C"
    draft_id: int
    version: int
    place: int


@register
@dataclass(frozen=True)
class Continue(Button):
    """Open a draft where it was left."""

    code = "D"
    draft_id: int


@register
@dataclass(frozen=True)
class Propose(Button):
    """What a city may fill in of one form; `form` is its first letter (see `Form`)."""

    code = "E"
    form: str
    city: str


@register
@dataclass(frozen=True)
class Begin(Button):
    """Begin what has this mark: form, city, cycle and commitment would not fit into a button."""

    code = "F"
    mark: str


@register
@dataclass(frozen=True)
class FillIn(Button):
    """Fill what has this mark with the words that were written, after a look at what was understood."""

    code = "J"
    mark: str


@register
@dataclass(frozen=True)
class LookUpWords(Button):
    """Look the words up that were written: they are no report."""

    code = "K"


@register
@dataclass(frozen=True)
class AllAnswers(Button):
    """A page of all answers of a draft, to look at."""

    code = "G"
    page: int
    draft_id: int


class Handed(StrEnum):
    """What a button of a handed question does."""

    OFFER = "o"
    READING = "r"
    DONE = "d"
    AGAIN = "a"


@register
@dataclass(frozen=True)
class HandedTap(Button):
    """Whoever a question was handed to taps: an offer, a reading, or one of `Handed`. `written` is the number of the
    words that a reading is of (`Expecting.draft`): one of earlier words keeps nothing."""

    code = "H"
    handed_id: int
    move: str
    place: int
    written: int = 0


@register
@dataclass(frozen=True)
class ToReport(Button):
    """What may be reported, proposed and gone on with."""

    code = "I"
