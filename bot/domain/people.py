"""People, their roles, and the one table of what each role may do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum


class Role(StrEnum):
    VISITOR = "visitor"
    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"
    SECRETARIAT = "secretariat"
    ADMIN = "admin"


OF_A_CITY = (Role.FOCAL_POINT, Role.DEPUTY)
"""The roles of those who report for a city."""
OF_THE_OFFICE = (Role.SECRETARIAT, Role.ADMIN)


class Action(StrEnum):
    """What somebody may want to do. A command or button that is not plain reading names one of these."""

    READ = "read"
    ASK_SECRETARIAT = "ask_secretariat"
    ANSWER_QUESTIONS = "answer_questions"
    SEE_CONTENT_PROBLEMS = "see_content_problems"
    JOIN = "join"
    """Take up an invitation, or answer the one question that a colleague handed over. The link is the right."""
    OWN_DATA = "own_data"
    REPORT = "report"
    """Fill in a draft, send it, take it back, amend it; propose a commitment or a change of one."""
    SEE_CITY = "see_city"
    """The state, reports and people of one city."""
    KEEP_MEMBERSHIP = "keep_membership"
    """Confirm one's own role in a city, or hand it over."""
    REVIEW = "review"
    ENTER_RESULTS = "enter_results"
    """Begin a report on what the secretariat learned in an interview, a site visit or a publication."""
    OVERVIEW = "overview"
    MANAGE_PEOPLE = "manage_people"
    """Invite, approve, change, remove and restore focal points and deputies."""
    APPOINT = "appoint"
    """The same for the secretariat and admins."""
    CHOOSE_TIME = "choose_time"
    """When to be reminded of what one's city owes; asking for more time."""
    REMIND = "remind"
    """See what will go out, hold it, let a cycle rest, remind by hand."""
    EXTEND = "extend"
    """Grant or decline more time."""
    ANNOUNCE = "announce"
    HEAR = "hear"
    """Say that one has read an announcement."""
    LINK_GROUP = "link_group"
    """Tie a group chat to a city."""
    PUBLISH = "publish"
    """Make documents of the commitment report and letters to cities; of the whole network: freeze a report."""
    EXPORT = "export"
    """Take out results and other tables, of the cities that one looks after."""
    IMPORT = "import"
    """Bring in tables of cities, commitments, people and results; only for the whole network."""


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"


class Reach(StrEnum):
    """To which objects a right extends."""

    ALL = "all"
    OWN_CITY = "own city"
    """What belongs to a city in which they have this role; not what the secretariat enters about it."""
    OWN_COUNTRIES = "own countries"
    """What belongs to a city of the countries that their role is limited to, or any where it is not limited."""
    ENTERED = "entered"
    """The same, and entered by the secretariat itself."""


@dataclass(frozen=True, slots=True)
class Rule:
    reach: Mapping[Role, Reach]
    chats: frozenset[ChatKind] = frozenset({ChatKind.PRIVATE})


EVERYBODY = dict.fromkeys(Role, Reach.ALL)
OF_THE_CITY = {Role.FOCAL_POINT: Reach.OWN_CITY, Role.DEPUTY: Reach.OWN_CITY}
OFFICE = {Role.SECRETARIAT: Reach.OWN_COUNTRIES, Role.ADMIN: Reach.ALL}

PERMISSIONS: Mapping[Action, Rule] = {
    Action.READ: Rule(EVERYBODY, frozenset(ChatKind)),
    Action.ASK_SECRETARIAT: Rule(EVERYBODY),
    Action.ANSWER_QUESTIONS: Rule({Role.SECRETARIAT: Reach.ALL, Role.ADMIN: Reach.ALL}),
    Action.SEE_CONTENT_PROBLEMS: Rule({Role.ADMIN: Reach.ALL}),
    Action.JOIN: Rule(EVERYBODY),
    Action.OWN_DATA: Rule(EVERYBODY),
    Action.REPORT: Rule({**OF_THE_CITY, Role.SECRETARIAT: Reach.ENTERED, Role.ADMIN: Reach.ENTERED}),
    Action.SEE_CITY: Rule({**OF_THE_CITY, **OFFICE}),
    Action.KEEP_MEMBERSHIP: Rule(OF_THE_CITY),
    Action.REVIEW: Rule(OFFICE),
    Action.ENTER_RESULTS: Rule(OFFICE),
    Action.OVERVIEW: Rule(OFFICE),
    Action.MANAGE_PEOPLE: Rule(OFFICE),
    Action.APPOINT: Rule({Role.ADMIN: Reach.ALL}),
    Action.CHOOSE_TIME: Rule(OF_THE_CITY),
    Action.REMIND: Rule(OFFICE),
    Action.EXTEND: Rule(OFFICE),
    Action.ANNOUNCE: Rule({Role.SECRETARIAT: Reach.ALL, Role.ADMIN: Reach.ALL}),
    Action.HEAR: Rule(EVERYBODY),
    Action.LINK_GROUP: Rule({**OF_THE_CITY, **OFFICE}, frozenset(ChatKind)),
    Action.PUBLISH: Rule(OFFICE),
    Action.EXPORT: Rule(OFFICE),
    Action.IMPORT: Rule(OFFICE),
}
"""Role x action x object x kind of chat: the one table. What it does not name is forbidden."""


class MembershipState(StrEnum):
    WAITING = "waiting"
    """They came by an invitation that the secretariat wants to approve."""
    ACTIVE = "active"
    ENDED = "ended"


CONFIRMED_FOR = timedelta(days=365)
"""How long a role counts as confirmed; then its holder is asked whether they still have it."""


@dataclass(frozen=True, slots=True)
class Membership:
    """One role of one person: of a city, or of the network (`city` is None). `countries` (ISO 3166, two letters)
    limit a reviewer; empty: no limit. `id` is 0 for an admin by the settings."""

    id: int
    person: int
    role: Role
    city: str | None = None
    state: MembershipState = MembershipState.ACTIVE
    countries: frozenset[str] = frozenset()
    since: datetime | None = None
    confirmed_at: datetime | None = None

    def is_due(self, now: datetime) -> bool:
        """Whether its holder should be asked whether they still have it."""
        return (
            self.city is not None
            and self.confirmed_at is not None
            and now - self.confirmed_at > CONFIRMED_FOR
        )


@dataclass(frozen=True, slots=True)
class Matter:
    """What an action is about: something of this city, in this country; `entered` by the secretariat itself."""

    city: str | None
    country: str | None = None
    entered: bool = False


NETWORK = Matter(None)
"""The network as a whole: nobody whose role is limited to countries has a right to it."""


class Purpose(StrEnum):
    """What the next plain text of a person is for, when it is not a lookup."""

    ANSWER = "answer"
    """The secretariat's answer to a question."""
    SEND_ANSWER = "send_answer"
    """An answer is written and waits for its confirmation; a new text replaces it."""
    WRITE_BACK = "write_back"
    """What the asker writes back."""
    QUESTION = "question"
    """A question to the secretariat, without a lookup before it."""
    SEARCH = "search"
    """The words to look up, after the bot asked for them."""
    TABLE = "table"
    """What the table holds that was sent: `text` is its id at Telegram, `more` its name. Buttons say it; plain words
    are looked up."""
    REPORT = "report"
    """Answers to the questions of a draft; `object_id` is the draft. It has no end but a pause."""
    BECAUSE = "because"
    """Why the answer `key` of the draft is left empty."""
    HANDED = "handed"
    """The answer to the one question that a colleague handed over; `object_id` is the hand-over."""
    HANDED_NAME = "handed_name"
    AMEND = "amend"
    """Why an accepted report is amended; `object_id` is the report."""
    RETURN = "return"
    """Why the answer `key` of a report is returned; `object_id` is the report."""
    COMMENT = "comment"
    """A comment on the report `object_id` (on its answer `key`, where one is named)."""
    SOURCE = "source"
    """Where the secretariat learned what it enters: who was asked, which report; `object_id` is the draft."""
    INVITE_CITY = "invite_city"
    """The city to invite somebody for; `key` is the role."""
    JOIN = "join"
    """The invitation `object_id` is open before them and not begun: plain words are looked up."""
    JOIN_NAME = "join_name"
    """The name of whoever takes up an invitation; `object_id` is the invitation."""
    JOIN_TITLE = "join_title"
    JOIN_CONSENT = "join_consent"
    """Name (`text`) and title (`more`) are told, and wait for the consent."""
    RENAME = "rename"
    """Their name or their title anew; `key` says which."""
    COUNTRIES = "countries"
    """The countries that the membership `object_id` is limited to."""
    LATER = "later"
    """The day to be reminded on; `key` is the mark of city and cycle."""
    EXTEND_DAY = "extend_day"
    """The day until which more time is asked for; `key` is the mark of city and cycle."""
    EXTEND_REASON = "extend_reason"
    """Why; `more` is the day."""
    GRANT_DAY = "grant_day"
    """Another day than the one that was asked for; `object_id` is the extension."""
    DECLINE = "decline"
    """Why the extension `object_id` is declined."""
    ANNOUNCE_TEXT = "announce_text"
    """The text of the announcement `object_id` in the language `key`."""
    ANNOUNCE_FILE = "announce_file"
    ANNOUNCE_CITIES = "announce_cities"
    """Cities of its audience; `key` says whether they are chosen or left out."""
    ANNOUNCE_TIME = "announce_time"
    ANNOUNCE_NUMBER = "announce_number"
    """The number of its recipients, typed before it goes out to many."""
    ANNOUNCE_CORRECTION = "announce_correction"
    """The corrected text of the announcement `object_id` in the language `key`."""


UNSEEN = frozenset(
    {
        *(Purpose.WRITE_BACK, Purpose.QUESTION, Purpose.COMMENT, Purpose.AMEND, Purpose.SOURCE),
        *(Purpose.RENAME, Purpose.COUNTRIES, Purpose.INVITE_CITY, Purpose.ANNOUNCE_NUMBER),
        Purpose.LATER,
    }
)
"""What takes effect at once, without being shown to its writer first: forgotten prompts must not take words."""
PROMPT_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Expecting:
    """`text` is an answer that is written and not sent yet, and `message_id` the message it was written in;
    `since` is when the bot asked, or when the text was written."""

    purpose: Purpose
    question_id: int | None = None
    text: str | None = None
    since: datetime | None = None
    message_id: int | None = None
    object_id: int | None = None
    key: str | None = None
    more: str | None = None

    @property
    def draft(self) -> int:
        """The number of the written text, by which a button knows whether it is still this one."""
        return 0 if self.since is None else int(self.since.timestamp() * 1000)

    def is_over(self, now: datetime) -> bool:
        """Whether this was asked so long ago that nobody remembers it and the next words mean something else."""
        return self.purpose in UNSEEN and (self.since is None or now - self.since > PROMPT_LASTS)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks with Focal. `id` is the Telegram user id (up to 52 bits) and their private chat's;
    `handle` is what the log of changes calls them. Only who has consented has a name here."""

    id: int
    language: str
    """A language tag; where nothing was chosen, what their Telegram says."""
    language_chosen: bool = False
    reachable: bool = True
    expecting: Expecting | None = None
    memberships: tuple[Membership, ...] = ()
    """All of them, those that ended too."""
    name: str | None = None
    title: str | None = None
    consented_at: datetime | None = None
    handle: str = ""

    @property
    def active(self) -> tuple[Membership, ...]:
        return tuple(m for m in self.memberships if m.state is MembershipState.ACTIVE)

    @property
    def role(self) -> Role:
        """The highest of their roles."""
        return max((membership.role for membership in self.active), key=RANKS.index, default=Role.VISITOR)

    def cities(self, *roles: Role) -> tuple[str, ...]:
        """The cities in which they have one of these roles (any, where none is named), as they came to them."""
        found = (m.city for m in self.active if m.city is not None and (not roles or m.role in roles))
        return tuple(dict.fromkeys(found))


def with_admin_rights(person: Person) -> Person:
    """Somebody whom the settings name as an admin."""
    admin = Membership(0, person.id, Role.ADMIN)
    return replace(person, memberships=(*person.memberships, admin))


RANKS = (Role.VISITOR, Role.DEPUTY, Role.FOCAL_POINT, Role.SECRETARIAT, Role.ADMIN)


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link. What is kept of its token is a hash. `replaces` is the membership that ends when it is
    taken up (a hand-over), `joins` the person whose new Telegram account opens it."""

    id: int
    role: Role
    city: str | None
    invited_by: int
    created_at: datetime
    expires_at: datetime
    countries: frozenset[str] = frozenset()
    needs_approval: bool = False
    replaces: int | None = None
    joins: int | None = None
    used_by: int | None = None
    used_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.used_by is None and now < self.expires_at


INVITED_FOR = timedelta(hours=72)
MOST_WRONG_LINKS = 5
"""How many links that open nothing one person may try within an hour."""


def may(role: Role, action: Action, chat: ChatKind = ChatKind.PRIVATE) -> bool:
    """Whether somebody of this role may do this at all in this kind of chat, to some object."""
    rule = PERMISSIONS[action]
    return role in rule.reach and chat in rule.chats


def person_may(
    person: Person, action: Action, matter: Matter | None = None, chat: ChatKind = ChatKind.PRIVATE
) -> bool:
    """Whether this person may do this to this object (None: at all) in this kind of chat.

    Together with `may` the only place that decides it. Everybody is a visitor, too.
    """
    rule = PERMISSIONS[action]
    if chat not in rule.chats:
        return False
    if rule.reach.get(Role.VISITOR) is Reach.ALL:
        return True
    granted = ((membership, rule.reach.get(membership.role)) for membership in person.active)
    return any(reach is not None and _extends(reach, membership, matter) for membership, reach in granted)


def _extends(reach: Reach, membership: Membership, matter: Matter | None) -> bool:
    if matter is None or reach is Reach.ALL:
        return True
    if reach is Reach.OWN_CITY:
        return not matter.entered and matter.city is not None and membership.city == matter.city
    if reach is Reach.ENTERED and not matter.entered:
        return False
    return not membership.countries or matter.country in membership.countries
