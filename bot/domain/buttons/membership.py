"""Buttons around people: invitations, joining, roles, one's own data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.buttons.base import Button, register


@register
@dataclass(frozen=True)
class Invite(Button):
    """Whom to invite: the roles."""

    code = "V"


@register
@dataclass(frozen=True)
class InviteFor(Button):
    """A page of the cities to invite somebody for; `rank` is the role's place in RANKS."""

    code = "W"
    rank: int
    page: int


@register
@dataclass(frozen=True)
class InviteTo(Button):
    """Make the link for a role in this city."""

    code = "X"
    rank: int
    city: str


@register
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


@register
@dataclass(frozen=True)
class InvitationDo(Button):
    """Do something with an open invitation for a city."""

    code = "Z"
    invitation_id: int
    move: str


@register
@dataclass(frozen=True)
class OfficeInvitationDo(Button):
    """The same with one for the secretariat or an admin."""

    code = "0"
    invitation_id: int
    move: str


@register
@dataclass(frozen=True)
class People(Button):
    code = "1"
    page: int


@register
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


@register
@dataclass(frozen=True)
class MemberDo(Button):
    """Do something with somebody's role in a city, or show it."""

    code = "3"
    membership_id: int
    move: str


@register
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


@register
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


@register
@dataclass(frozen=True)
class Join(Button):
    """A step of taking up the invitation that this person has opened."""

    code = "6"
    invitation_id: int
    move: str


@register
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


@register
@dataclass(frozen=True)
class OwnDataDo(Button):
    """Do something with what is kept about oneself."""

    code = "8"
    move: str
