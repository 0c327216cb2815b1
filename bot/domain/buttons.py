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


@_register
@dataclass(frozen=True)
class Reviews(Button):
    """What waits for a review."""

    code = "N"
    page: int


@_register
@dataclass(frozen=True)
class Overview(Button):
    """The cities of a cycle (the newest, where none is named); `state` is the letter of a filter, "" for all."""

    code = "O"
    page: int
    state: str
    cycle: str


class ReviewMove(StrEnum):
    """What a reviewer does with a report."""

    OPEN = "o"
    TAKE_OVER = "t"
    PICK = "p"
    """Choose the answers to return."""
    RETURN = "r"
    ACCEPT = "a"
    COMMENT = "c"


@_register
@dataclass(frozen=True)
class ReviewDo(Button):
    code = "P"
    page: int
    move: str
    report_id: int


class AnswerMove(StrEnum):
    """What a reviewer does with one answer."""

    RETURN = "r"
    KEEP = "k"
    """Not return it after all."""
    COMMENT = "c"


@_register
@dataclass(frozen=True)
class ReviewAnswer(Button):
    code = "Q"
    page: int
    move: str
    report_id: int
    key: str


class CityMove(StrEnum):
    """What a city does with a report that it has sent."""

    TAKE_BACK = "t"
    AMEND = "a"


@_register
@dataclass(frozen=True)
class ReportDo(Button):
    code = "R"
    move: str
    report_id: int


@_register
@dataclass(frozen=True)
class SeeReport(Button):
    """A page of a report as it was sent, counted from 1."""

    code = "="
    page: int
    report_id: int


@_register
@dataclass(frozen=True)
class ShowFiles(Button):
    """Send the files of this page of a report again."""

    code = "+"
    page: int
    report_id: int


class CityView(StrEnum):
    MINE = "m"
    REPORTS = "r"
    FILE = "f"
    """What the secretariat sees of a city."""


@_register
@dataclass(frozen=True)
class CityScreen(Button):
    code = "S"
    what: str
    city: str


@_register
@dataclass(frozen=True)
class EnterResults(Button):
    """The secretariat enters what it learned of a city; `source` is a letter of `EnteredFrom`, "" asks for it."""

    code = "T"
    source: str
    city: str


class EnteredFrom(StrEnum):
    INTERVIEW = "i"
    SITE_VISIT = "v"
    PUBLISHED = "p"


@_register
@dataclass(frozen=True)
class History(Button):
    """The log of changes of a city, or of the whole network where `city` is empty."""

    code = "U"
    page: int
    city: str

@_register
@dataclass(frozen=True)
class Invite(Button):
    """Whom to invite: the roles."""

    code = "V"


@_register
@dataclass(frozen=True)
class InviteFor(Button):
    """A page of the cities to invite somebody for; `rank` is the role's place in RANKS."""

    code = "W"
    rank: int
    page: int


@_register
@dataclass(frozen=True)
class InviteTo(Button):
    """Make the link for a role in this city."""

    code = "X"
    rank: int
    city: str


@_register
@dataclass(frozen=True)
class Appoint(Button):
    """Make the link for a role in the network itself."""

    code = "Y"
    rank: int


class LinkMove(StrEnum):
    """What is done with an open invitation."""

    OPEN = "o"
    ASK = "a"
    """Ask the office before they come in."""
    LET_IN = "l"
    TAKE_BACK = "b"



@_register
@dataclass(frozen=True)
class InvitationDo(Button):
    """Do something with an open invitation for a city."""

    code = "Z"
    invitation_id: int
    move: str


@_register
@dataclass(frozen=True)
class OfficeInvitationDo(Button):
    """The same with one for the secretariat or an admin."""

    code = "0"
    invitation_id: int
    move: str


@_register
@dataclass(frozen=True)
class People(Button):
    code = "1"
    page: int


@_register
@dataclass(frozen=True)
class Invitations(Button):
    code = "2"
    page: int


class MemberMove(StrEnum):
    """What is done with somebody's role."""

    OPEN = "o"
    APPROVE = "a"
    DECLINE = "n"
    SWAP = "w"
    """A focal point becomes deputy, a deputy focal point."""
    ASK_REMOVE = "q"
    REMOVE = "r"
    RESTORE = "b"
    NEW_ACCOUNT = "m"
    LIMIT = "l"
    """Limit it to countries that are typed next."""
    NO_LIMIT = "u"



@_register
@dataclass(frozen=True)
class MemberDo(Button):
    """Do something with somebody's role in a city, or show it."""

    code = "3"
    membership_id: int
    move: str


@_register
@dataclass(frozen=True)
class OfficeMemberDo(Button):
    """The same with a role in the network itself."""

    code = "4"
    membership_id: int
    move: str


class KeepMove(StrEnum):
    """What somebody does with a role of their own."""

    CONFIRM = "y"
    ASK_HAND_OVER = "h"
    HAND_OVER = "l"
    """Make the link for the successor."""
    TAKE_BACK = "b"
    ASK_LEAVE = "q"
    LEAVE = "n"



@_register
@dataclass(frozen=True)
class Keep(Button):
    """Confirm one's own role in a city, hand it over, or give it up."""

    code = "5"
    membership_id: int
    move: str


class JoinMove(StrEnum):
    """A step of taking up an invitation."""

    BEGIN = "b"
    NO_TITLE = "s"
    AGREE = "a"
    RENAME = "n"
    DECLINE = "x"



@_register
@dataclass(frozen=True)
class Join(Button):
    """A step of taking up the invitation that this person has opened."""

    code = "6"
    invitation_id: int
    move: str


@_register
@dataclass(frozen=True)
class JoinIn(Button):
    """Show the opened invitation in this language."""

    code = "7"
    invitation_id: int
    language: str


class OwnMove(StrEnum):
    """What somebody does with what is kept about them."""

    NAME = "n"
    TITLE = "t"
    FORGET = "f"
    FORGET_SURELY = "y"



@_register
@dataclass(frozen=True)
class OwnDataDo(Button):
    """Do something with what is kept about oneself."""

    code = "8"
    move: str



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


@_register
@dataclass(frozen=True)
class Tap(Button):
    """Answer the question `key` with the offer at this place. A draft of another version is not changed."""

    code = "A"
    draft_id: int
    version: int
    place: int
    key: str


@_register
@dataclass(frozen=True)
class Move(Button):
    """One step in a dialog (see `Step`), at the question `key`, where one is meant."""

    code = "B"
    draft_id: int
    version: int
    move: str
    key: str


@_register
@dataclass(frozen=True)
class PickReading(Button):
    """What was written means the reading at this place."""

    code = "C"
    draft_id: int
    version: int
    place: int


@_register
@dataclass(frozen=True)
class Continue(Button):
    """Open a draft where it was left."""

    code = "D"
    draft_id: int


@_register
@dataclass(frozen=True)
class Propose(Button):
    """What a city may fill in of one form; `form` is its first letter (see `Form`)."""

    code = "E"
    form: str
    city: str


@_register
@dataclass(frozen=True)
class Begin(Button):
    """Begin what has this mark: form, city, cycle and commitment would not fit into a button."""

    code = "F"
    mark: str


@_register
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


@_register
@dataclass(frozen=True)
class HandedTap(Button):
    """Whoever a question was handed to taps: an offer, a reading, or one of `Handed`."""

    code = "H"
    handed_id: int
    move: str
    place: int


@_register
@dataclass(frozen=True)
class ToReport(Button):
    """What may be reported, proposed and gone on with."""

    code = "I"


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
