"""What is shown about people: invitations, joining, roles, hand-over, and what is kept about oneself."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.names import NameProblem
from bot.domain.people import Invitation, Membership, Role
from bot.domain.reports import ReportState
from bot.domain.views.base import View
from bot.domain.words import LocalText


@dataclass(frozen=True)
class Member:
    """One role of one person. `place` is the name of the city; None for a role in the network itself."""

    membership: Membership
    name: str | None
    title: str | None
    place: LocalText | None


@dataclass(frozen=True)
class Offer:
    """An invitation with the name of its city."""

    invitation: Invitation
    place: LocalText | None


@dataclass(frozen=True)
class Whereabouts:
    """How things stand in a city, for who takes them over: open drafts (of what, answered, of how many), reports
    (number, version, state), deadlines to come, and the others of the city."""

    drafts: tuple[tuple[LocalText, int, int], ...] = ()
    reports: tuple[tuple[str, int, ReportState], ...] = ()
    deadlines: tuple[tuple[LocalText, date], ...] = ()
    colleagues: tuple[Member, ...] = ()


@dataclass(frozen=True)
class InviteRoles(View):
    """Whom to invite: the roles that the reader may give."""

    roles: tuple[Role, ...]
    open_invitations: int = 0


@dataclass(frozen=True)
class InviteCities(View):
    """A page of cities to invite somebody for; `words` were typed: the cities that they name, or none."""

    role: Role
    cities: tuple[tuple[str, LocalText], ...]
    page: int = 1
    pages: int = 1
    words: str | None = None
    others_from: int | None = None
    """The page at which the cities begin that have neither a promise nor people; None where this is past it."""


class Asked(StrEnum):
    """What a link is for."""

    JOIN = "join"
    SUCCEED = "succeed"
    """Take over from a colleague."""
    MOVE = "move"
    """Come back with a new Telegram account."""


@dataclass(frozen=True)
class InvitationText(View):
    """The words to forward, with the link."""

    role: Role
    place: LocalText | None
    token: str
    hours: int
    asked: Asked = Asked.JOIN


class LinkNote(StrEnum):
    MADE = "made"
    ASKS = "asks"
    """The office is asked before they come in."""
    LETS_IN = "lets-in"
    TAKEN_BACK = "taken-back"
    USED = "used"
    """Too late: somebody has taken it up."""


@dataclass(frozen=True)
class InvitationMade(View):
    """To whoever made a link: what it does, and how it can be changed. `name` is whose new account opens it."""

    offer: Offer
    note: LinkNote
    asked: Asked = Asked.JOIN
    name: str | None = None


@dataclass(frozen=True)
class InvitationList(View):
    offers: tuple[Offer, ...]
    page: int
    pages: int


@dataclass(frozen=True)
class LinkOver(View):
    """A link that opens nothing: wrong, used or expired. Nobody learns which."""


@dataclass(frozen=True)
class OwnLink(View):
    """They opened a link that is meant for somebody else to open."""

    asked: Asked = Asked.JOIN


@dataclass(frozen=True)
class InvitationOpened(View):
    offer: Offer
    inviter: str | None
    asked: Asked
    current: str
    languages: tuple[str, ...]


@dataclass(frozen=True)
class NameAsked(View):
    """Asks for the name of whoever joins, or (`is_title`) for their title."""

    invitation_id: int
    is_title: bool = False
    problem: NameProblem = NameProblem.NONE
    name: str | None = None
    """The name as it was just understood."""


@dataclass(frozen=True)
class ConsentAsked(View):
    """What will be kept, before anything is."""

    offer: Offer
    name: str
    title: str | None


@dataclass(frozen=True)
class AccountMoveAsked(View):
    """A new Telegram account has opened the link that joins it to somebody. `has_roles`: it has roles already."""

    offer: Offer
    name: str | None
    has_roles: bool = False


@dataclass(frozen=True)
class AccountMoved(View):
    """To the new account, and (`is_old`) to the old one."""

    name: str | None
    is_old: bool = False


@dataclass(frozen=True)
class JoinDeclined(View):
    """They do not want to join; nothing is kept."""


class RoleNews(StrEnum):
    """What happened to a role."""

    JOINED = "joined"
    WAITING = "waiting"
    ALREADY = "already"
    LET_IN = "let-in"
    TURNED_AWAY = "turned-away"
    CHANGED = "changed"
    LIMITED = "limited"
    REMOVED = "removed"
    RESTORED = "restored"
    HANDED_OVER = "handed-over"
    CONFIRMED = "confirmed"
    LEFT = "left"
    MOVED = "moved"
    FORGOTTEN = "forgotten"


@dataclass(frozen=True)
class YourRole(View):
    """Tells somebody what happened to a role of theirs. `by` is the name of the successor or predecessor."""

    member: Member
    news: RoleNews
    by: str | None = None
    where: Whereabouts | None = None


@dataclass(frozen=True)
class PeopleNews(View):
    """Tells the office what happened to somebody's role. `by` is who had it before; `nobody_left`: in this city
    nobody has a role any more."""

    member: Member
    news: RoleNews
    by: str | None = None
    nobody_left: bool = False


@dataclass(frozen=True)
class PeopleList(View):
    """A page of everybody whom the reader looks after, those who wait first. `office` are the secretariat and the
    admins with their names, None where one is not known."""

    members: tuple[Member, ...]
    page: int
    pages: int
    total: int
    waiting: int
    open_invitations: int
    admins_by_settings: int = 0
    office: tuple[tuple[str | None, Role], ...] = ()


class CardNote(StrEnum):
    NONE = "none"
    DONE = "done"
    OWN = "own"
    """Nobody changes their own role."""
    SETTINGS = "settings"
    """They are an admin by the settings of the server."""
    LAST_ADMIN = "last-admin"
    NOT_NOW = "not-now"
    """It changed meanwhile."""
    BEYOND = "beyond"
    """They have roles that the reader does not look after."""


@dataclass(frozen=True)
class MemberCard(View):
    member: Member
    language: str
    reachable: bool
    others: tuple[Member, ...] = ()
    """Their other roles."""
    is_own: bool = False
    note: CardNote = CardNote.NONE


@dataclass(frozen=True)
class RemoveAsked(View):
    member: Member


@dataclass(frozen=True)
class CountriesAsked(View):
    """Asks for the countries that a role is limited to; `unknown` are words that name none."""

    member: Member
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandOverAsked(View):
    member: Member


@dataclass(frozen=True)
class StillYou(View):
    """The yearly question whether they still have this role."""

    member: Member


@dataclass(frozen=True)
class LeaveAsked(View):
    member: Member
    is_only: bool


@dataclass(frozen=True)
class OwnData(View):
    """What is kept about the reader, in short."""

    name: str | None
    title: str | None
    since: datetime | None
    members: tuple[Member, ...]


@dataclass(frozen=True)
class OwnDataFile(View):
    """The caption of the file with everything that is kept about the reader."""


@dataclass(frozen=True)
class RenameAsked(View):
    is_title: bool
    problem: NameProblem = NameProblem.NONE


@dataclass(frozen=True)
class ForgetAsked(View):
    """`alone_in` are the cities that have nobody else."""

    members: tuple[Member, ...] = ()
    alone_in: tuple[LocalText, ...] = field(default=())
    by_settings: bool = False


@dataclass(frozen=True)
class LastAdminStays(View):
    """The only admin cannot go before there is another."""


@dataclass(frozen=True)
class Forgotten(View):
    """Everything about them is removed."""
