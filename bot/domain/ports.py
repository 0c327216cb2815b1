"""What the house needs from outside, as protocols: a clock, the archive, somebody who sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain import audit
from bot.domain.attachments import Attachment
from bot.domain.drafts import Draft
from bot.domain.handing import HandedQuestion
from bot.domain.notice_ports import Announcements, Extensions, Groups, Leases, Reminders
from bot.domain.outgoing import Call, MessageClass, Outcome, OutgoingMessage
from bot.domain.people import Expecting, Invitation, Membership, MembershipState, Person, Role
from bot.domain.print_ports import Blobs, Editions, LongWorks, Snapshots
from bot.domain.questionnaires import Form
from bot.domain.questions import Author, Lookup, LookupOutcome, Missed, Question, QuestionState
from bot.domain.reports import Report, ReportHead, SourceKind

T = TypeVar("T")


class Clock(Protocol):
    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class People(Protocol):
    def seen(self, person_id: int, language: str, now: datetime, *, private: bool = True) -> Person:
        """The person, kept from now on. `language` is what their Telegram says; a chosen one goes before it.

        Whoever writes in private can be reached again; what is said in a group tells nothing about that.
        """
        ...

    def get(self, person_id: int) -> Person | None: ...

    def choose_language(self, person_id: int, language: str) -> None: ...

    def expect(self, person_id: int, expecting: Expecting | None) -> None:
        """What the person's next plain text is for; None: a lookup, as usual."""
        ...

    def set_reachable(self, person_id: int, reachable: bool) -> None:
        """Whether messages arrive: false once they blocked the bot, true again when they come back."""
        ...

    def count(self) -> int:
        """How many people are kept."""
        ...

    def introduce(self, person_id: int, name: str, title: str | None, now: datetime) -> None:
        """Keeps who they are; they have consented to it now."""
        ...

    def join(
        self,
        person_id: int,
        role: Role,
        city: str | None,
        state: MembershipState,
        now: datetime,
        countries: frozenset[str] = frozenset(),
    ) -> Membership:
        """Gives a role; one that they had before in this city (or the network) is taken up again."""
        ...

    def membership(self, membership_id: int) -> Membership | None: ...

    def change_membership(self, membership: Membership) -> None:
        """Writes what changed of it (state, role, countries, confirmation)."""
        ...

    def members(self) -> Sequence[Person]:
        """Everybody who has or had a role, by city and name."""
        ...

    def of_city(self, city: str) -> Sequence[Person]:
        """Who has an active role in this city, focal points first."""
        ...

    def office(self) -> Sequence[Person]:
        """Everybody with an active role of the secretariat or of an admin."""
        ...

    def by_handle(self, handle: str) -> Person | None: ...

    def move(self, old: int, new: int) -> None:
        """Joins a new Telegram account to the person: name, roles and what they have begun are the new one's, and
        the old account is a visitor's."""
        ...

    def forget(self, person_id: int) -> None:
        """Removes everything kept about them. What they sent for a city stays the city's, without them."""
        ...

    def data_of(self, person_id: int) -> Mapping[str, Any]:
        """Everything kept about them, as one document for themselves."""
        ...


class Invitations(Protocol):
    def add(self, invitation: Invitation, token_hash: str) -> Invitation:
        """Keeps it; its id is given."""
        ...

    def by_token(self, token_hash: str) -> Invitation | None: ...

    def get(self, invitation_id: int) -> Invitation | None: ...

    def use(self, invitation_id: int, person_id: int, now: datetime) -> bool:
        """Takes it up; false where somebody has already, or it is over."""
        ...

    def open(self, now: datetime) -> Sequence[Invitation]:
        """Those that can still be taken up."""
        ...

    def change(self, invitation: Invitation) -> bool:
        """Writes what changed of it (approval, end); false where somebody has taken it up meanwhile."""
        ...

    def wrong_try(self, person_id: int, now: datetime) -> int:
        """Notes that they opened a link that opens nothing; how many within the last hour."""
        ...

    def wrong_tries(self, person_id: int, now: datetime) -> int: ...

    def forget(self, before: datetime, now: datetime) -> int:
        """Deletes invitations that ended before this moment, and wrong tries of more than a day ago. How many."""
        ...


class Drafts(Protocol):
    def add(self, draft: Draft) -> Draft:
        """Keeps a new draft; its id is given."""
        ...

    def get(self, draft_id: int) -> Draft | None: ...

    def find(self, form: Form, city: str, cycle: str, subject: str, *, source: SourceKind) -> Draft | None:
        """The draft for this, where it was begun; the city's own, or what the secretariat enters from a source."""
        ...

    def save(self, draft: Draft, was: Draft) -> Draft:
        """Writes it; as it is kept. Raises ConflictError where it is not any more what it `was` (by its revision)."""
        ...

    def of_cycle(self, cycle: str) -> Sequence[Draft]: ...

    def of_city(self, city: str) -> Sequence[Draft]: ...

    def open_ones(self, questionnaire: str) -> Sequence[Draft]: ...


class Reports(Protocol):
    def add(self, report: Report) -> Report:
        """Keeps a new report; its id is given. One draft version gives one report at most: the same again is
        the one that is there. Raises ConflictError where its number has this version already."""
        ...

    def get(self, report_id: int) -> Report | None: ...

    def save(self, report: Report, was: Report) -> None:
        """Writes it. Raises ConflictError where its state is not any more what it `was`."""
        ...

    def of_draft(self, draft_id: int) -> Sequence[Report]:
        """All versions, oldest first."""
        ...

    def of_city(self, city: str) -> Sequence[Report]:
        """Newest first."""
        ...

    def of_cycle(self, cycle: str) -> Sequence[Report]: ...

    def cities(self) -> Sequence[str]:
        """The cities that ever sent one, or about which one was entered, by id."""
        ...

    def heads(self) -> Sequence[ReportHead]:
        """Of every version of a progress report what it is, without what it says, oldest first: many are read
        quickly."""
        ...

    def some(self, ids: Collection[int]) -> Sequence[Report]:
        """Those with these ids that are there, oldest first."""
        ...

    def waiting(self) -> Sequence[Report]:
        """Sent and neither returned, accepted nor taken back, oldest first; of every form."""
        ...

    def accepted(self, until: datetime | None = None) -> Sequence[Report]:
        """Every version of a progress report that was accepted (up to this moment), of all cities, oldest first."""
        ...


class Attachments(Protocol):
    def add(self, attachment: Attachment) -> Attachment:
        """Keeps it; the same file in the same draft again is the one that is there."""
        ...

    def get(self, attachment_id: int) -> Attachment | None: ...

    def pending(self, limit: int) -> Sequence[Attachment]:
        """Those still to be fetched, the least tried first."""
        ...

    def save(self, attachment: Attachment) -> None: ...

    def paths(self) -> frozenset[str] | None:
        """The names of our copies that rows know; None where no draft was ever begun here, so that files which
        lie there belong to another database."""
        ...


class HandedQuestions(Protocol):
    def add(self, handed: HandedQuestion, token_hash: str) -> HandedQuestion: ...

    def by_token(self, token_hash: str) -> HandedQuestion | None: ...

    def get(self, handed_id: int) -> HandedQuestion | None: ...

    def open(self, handed_id: int, person_id: int) -> bool:
        """Binds it to who opened it first; whether that is this person."""
        ...

    def answered(self, handed_id: int, now: datetime) -> None: ...

    def forget(self, before: datetime) -> int:
        """Deletes those whose link ended before this moment. How many."""
        ...


class AuditLog(Protocol):
    def write(
        self,
        event: audit.Event,
        now: datetime,
        *,
        actor: Person | None,
        subject: str,
        city: str | None = None,
        before: str = "",
        after: str = "",
    ) -> None: ...

    def of_city(self, city: str | None, limit: int, skip: int = 0) -> Sequence[audit.Entry]:
        """Newest first; of every city and of the network where it is None."""
        ...

    def count(self, city: str | None) -> int: ...

    def of_events(
        self, events: Collection[audit.Event], until: datetime | None = None
    ) -> Sequence[audit.Entry]:
        """Everything of these kinds that happened (up to this moment), oldest first."""
        ...

    def is_whole(self) -> bool:
        """Whether the chain of hashes holds: nothing was changed or taken away."""
        ...


class Facts(Protocol):
    """Single things to remember over a restart."""

    def get(self, key: str) -> str | None: ...

    def set(self, key: str, value: str) -> None: ...


class Lookups(Protocol):
    def add(
        self, words: str, language: str, outcome: LookupOutcome, shown: Sequence[str], now: datetime
    ) -> Lookup: ...

    def get(self, lookup_id: int) -> Lookup | None: ...

    def reject(self, lookup_id: int, shown: Sequence[str]) -> Lookup | None:
        """One more "not what I asked"; `shown` are all entries that were offered by now."""
        ...

    def misses(self, limit: int) -> Sequence[tuple[str, int]]:
        """What was asked and not found, with how often, the most frequent first (for the curator)."""
        ...

    def missed(self) -> Sequence[Missed]:
        """The same for each language, with all of them, and when it was asked last."""
        ...

    def forget(self, outcomes: Collection[LookupOutcome], before: datetime) -> int:
        """Deletes lookups that ended so and were asked before this moment. How many."""
        ...


class Questions(Protocol):
    def add(self, asker: int, language: str, text: str, now: datetime) -> Question: ...

    def get(self, question_id: int) -> Question | None: ...

    def waiting(self) -> Sequence[Question]:
        """All open questions, the oldest first."""
        ...

    def count_waiting(self) -> int:
        """How many questions are open."""
        ...

    def page(self, after: int, limit: int) -> Sequence[Question]:
        """Questions of every state with a higher id than `after`, in the order in which they were asked."""
        ...

    def by_asker(self, person_id: int) -> Sequence[Question]:
        """The open questions of one person, the oldest first."""
        ...

    def take(self, question_id: int, person_id: int | None, now: datetime) -> None:
        """Somebody begins to answer, or (None) nobody does any more."""
        ...

    def write(self, question_id: int, author: Author, text: str, now: datetime) -> None: ...

    def set_state(self, question_id: int, state: QuestionState) -> None: ...

    def forget(self, before: datetime) -> int:
        """Deletes finished questions, with their threads, whose last word is older than this moment. How many."""
        ...


@dataclass(frozen=True, slots=True)
class StoredUpdate:
    """An update as it came: `raw` is Telegram's JSON object, `lane` the chat (or person) whose order it keeps."""

    update_id: int
    lane: int
    raw: Mapping[str, Any]
    tries: int = 0


class Inbox(Protocol):
    def receive(self, updates: Sequence[StoredUpdate], now: datetime) -> int:
        """Keeps the updates; those that are there already are passed over. How many were new."""
        ...

    def waiting(self, limit: int, busy: frozenset[int]) -> Sequence[StoredUpdate]:
        """The oldest unfinished update of each lane that is not busy, oldest first."""
        ...

    def is_done(self, update_id: int) -> bool: ...

    def more_in_lane(self, update_id: int) -> bool:
        """Whether the same person has said more that waits behind this update: plain words, photos, documents.
        Taps, commands and edits have an answer of their own."""
        ...

    def done(self, update_id: int, now: datetime) -> None:
        """Finished: its raw content is dropped at once, its id is kept to know repeats."""
        ...

    def failed(self, update_id: int, reason: str, now: datetime) -> int:
        """One more try failed; set aside (dead) after MOST_TRIES. The tries so far."""
        ...

    def forget(self, before: datetime) -> int:
        """Deletes the ids of updates finished before this moment. How many."""
        ...

    def counts(self) -> Mapping[str, int]:
        """How many updates are in each state (waiting, done, dead)."""
        ...


class Outbox(Protocol):
    def add(self, message: OutgoingMessage, now: datetime) -> bool:
        """Writes the message; false where its key is there already."""
        ...

    def by_key(self, key: str) -> OutgoingMessage | None:
        """The message as it stands by now; None where it is not there (any more)."""
        ...

    def claim(self, limit: int, now: datetime, busy: frozenset[int]) -> Sequence[OutgoingMessage]:
        """Takes up to `limit` due messages: by class, then age; one a chat, never past an unfinished earlier
        one of that chat, none of the chats in `busy`."""
        ...

    def mark_wired(self, message_id: int, now: datetime) -> None:
        """The request is about to leave; raises its `tries`."""
        ...

    def settle(self, message: OutgoingMessage, now: datetime) -> None:
        """Writes what became of the message."""
        ...

    def move(self, old: int, new: int) -> None:
        """A group has become a supergroup: what waits for it, its link and its place in ledgers go along."""
        ...

    def recover(
        self, now: datetime, finished: Callable[[OutgoingMessage], None] = lambda message: None
    ) -> Mapping[str, int]:
        """After a start: what was claimed is ready again, what was wired is unknown and follows its policy; told of
        each that ends so."""
        ...

    def counts(self) -> Mapping[tuple[MessageClass, str], int]:
        """How many messages of each class are in each state."""
        ...

    def forget(self, before: datetime) -> int:
        """Deletes messages finished before this moment. How many."""
        ...

    def pause_until(self) -> datetime | None:
        """Until when Telegram asked everybody of us to wait (429), kept so that a restart obeys too."""
        ...

    def set_pause(self, until: datetime) -> None: ...


class UnitOfWork(Protocol):
    """Everything one request reads and writes, in one transaction."""

    @property
    def people(self) -> People: ...

    @property
    def lookups(self) -> Lookups: ...

    @property
    def questions(self) -> Questions: ...

    @property
    def invitations(self) -> Invitations: ...

    @property
    def drafts(self) -> Drafts: ...

    @property
    def reports(self) -> Reports: ...

    @property
    def attachments(self) -> Attachments: ...

    @property
    def handed(self) -> HandedQuestions: ...

    @property
    def audit(self) -> AuditLog: ...

    @property
    def facts(self) -> Facts: ...

    @property
    def reminders(self) -> Reminders: ...

    @property
    def extensions(self) -> Extensions: ...

    @property
    def announcements(self) -> Announcements: ...

    @property
    def groups(self) -> Groups: ...

    @property
    def leases(self) -> Leases: ...

    @property
    def blobs(self) -> Blobs: ...

    @property
    def snapshots(self) -> Snapshots: ...

    @property
    def editions(self) -> Editions: ...

    @property
    def long_works(self) -> LongWorks: ...

    @property
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...


class Writer(Protocol):
    """Runs functions over a unit of work, one transaction each; awaits until they are committed."""

    def run(self, function: Callable[[UnitOfWork], T]) -> Awaitable[T]: ...


class Wire(Protocol):
    """Makes one call to Telegram and says what came of it; it never raises for an error of Telegram's."""

    async def send(self, call: Call) -> Outcome: ...
