"""What the house needs from outside, as protocols: a clock, the archive, somebody who sends."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from bot.domain.outgoing import Call, MessageClass, Outcome, OutgoingMessage
from bot.domain.people import Expecting, Person
from bot.domain.questions import Author, Lookup, LookupOutcome, Question, QuestionState

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

    def recover(self, now: datetime) -> Mapping[str, int]:
        """After a start: what was claimed is ready again, what was wired is unknown and follows its policy."""
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
    def inbox(self) -> Inbox: ...

    @property
    def outbox(self) -> Outbox: ...


class Writer(Protocol):
    """Runs functions over a unit of work, one transaction each; awaits until they are committed."""

    def run(self, function: Callable[[UnitOfWork], T]) -> Awaitable[T]: ...


class Wire(Protocol):
    """Makes one call to Telegram and says what came of it; it never raises for an error of Telegram's."""

    async def send(self, call: Call) -> Outcome: ...
