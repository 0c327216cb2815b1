"""What the house needs of the archive for reminders, extensions, announcements, team groups, and whose turn it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.announcements import Announcement, AnnouncementState, Delivery, Fate
from bot.domain.extensions import Extension
from bot.domain.groups import TeamGroup
from bot.domain.reminders import Debt, Nudge, Pause, Promise, Reminder


class Reminders(Protocol):
    """What was said of what is owed, and what people wish of it."""

    def said(self, since: datetime) -> frozenset[str]:
        """The keys of debts due since then that are written."""
        ...

    def messaged(self, since: date) -> frozenset[tuple[int, date]]:
        """Who has a reminder on which of their local days since then: one that arrived, may have, or still waits."""
        ...

    def write(self, reminder: Reminder, now: datetime) -> bool:
        """Keeps its debts and puts one message into the outbox, to be made ready when it leaves. What was written
        before, by whomever, is left out; false where nothing is left."""
        ...

    def debts_of(self, message_key: str) -> Sequence[Debt]:
        """The debts that a reminder carries."""
        ...

    def overtaken(self, debts: Sequence[Debt], now: datetime) -> None:
        """Keeps debts that are not said because a later one about the same report is."""
        ...

    def settle(self, message_key: str, state: str, reason: str | None, now: datetime) -> None:
        """What became of the reminder that carries these debts (a `DeliveryState`)."""
        ...

    def of_cycle(self, cycle: str) -> Sequence[tuple[Debt, str, datetime | None]]:
        """Every debt that was written, with what became of it and when it was sent, the oldest first."""
        ...

    def promise(self, promise: Promise) -> None:
        """Keeps it in place of an earlier one of the same person, city and cycle."""
        ...

    def drop_promise(self, person_id: int, city: str, cycle: str) -> None: ...

    def promises(self, cycle: str) -> Sequence[Promise]: ...

    def set_quiet(self, person_id: int, cycle: str, quiet: bool, now: datetime) -> None: ...

    def quiet(self, cycle: str) -> Mapping[int, datetime]:
        """Who wishes to hear no more than the last reminder, since when."""
        ...

    def hold(self, key: str, by: int, now: datetime) -> None:
        """The debt with this key rests until it is released."""
        ...

    def release(self, key: str) -> None: ...

    def held(self) -> frozenset[str]: ...

    def nudge(self, cycle: str, by: int, now: datetime) -> Nudge: ...

    def nudges(self, cycle: str) -> Sequence[Nudge]: ...

    def pause(self, cycle: str, by: int, now: datetime) -> None: ...

    def go_on(self, cycle: str, now: datetime) -> None: ...

    def pauses(self, cycle: str) -> Sequence[Pause]: ...

    def forget(self, before: datetime) -> int:
        """Deletes what was written of debts due before this moment. How many."""
        ...


class Extensions(Protocol):
    def add(self, extension: Extension) -> Extension:
        """Keeps it; its id is given."""
        ...

    def get(self, extension_id: int) -> Extension | None: ...

    def save(self, extension: Extension, was: Extension) -> None:
        """Writes it. Raises ConflictError where its state is not any more what it `was`."""
        ...

    def granted(self, cycle: str) -> Mapping[str, date]:
        """The deadline that holds for each city to which another one was granted."""
        ...

    def of_city(self, city: str, cycle: str) -> Sequence[Extension]:
        """Newest first."""
        ...

    def of_cycle(self, cycle: str) -> Sequence[Extension]:
        """Newest first."""
        ...

    def waiting(self) -> Sequence[Extension]:
        """Those that nobody has decided, oldest first."""
        ...


class Announcements(Protocol):
    def add(self, announcement: Announcement) -> Announcement:
        """Keeps it; its id is given."""
        ...

    def get(self, announcement_id: int) -> Announcement | None: ...

    def save(self, announcement: Announcement, was: Announcement) -> None:
        """Writes it. Raises ConflictError where its state or version is not any more what it `was`."""
        ...

    def newest(self, limit: int) -> Sequence[Announcement]:
        """Newest first, drafts and dropped ones too."""
        ...

    def in_state(self, *states: AnnouncementState) -> Sequence[Announcement]:
        """Oldest first."""
        ...

    def numbers(self, *states: AnnouncementState, valid_on: date | None = None) -> Sequence[int]:
        """The ids of those in these states, oldest first; only those that are valid on this day, where one is
        named."""
        ...

    def changed_since(self, moment: datetime, *states: AnnouncementState) -> Sequence[int]:
        """The ids of those in these states that ended or were last corrected since, oldest first."""
        ...

    def chats(self, announcement_id: int) -> frozenset[int]:
        """Of all its recipients, whatever became of them."""
        ...

    def send_to(self, announcement_id: int, recipients: Mapping[int, datetime | None], now: datetime) -> int:
        """Puts one message for each chat into the outbox, to be made ready when it leaves and not before the moment
        beside it. Whoever has one already gets no second. How many were new."""
        ...

    def fates(self, announcement_id: int) -> Mapping[Fate, int]:
        """How many recipients have which fate; together all of them."""
        ...

    def reasons(self, announcement_id: int, fate: Fate) -> Sequence[tuple[str, int]]:
        """Why, with how often, the most frequent first."""
        ...

    def deliveries(self, announcement_id: int, *fates: Fate) -> Sequence[Delivery]:
        """Of these fates (all, where none is named), by chat."""
        ...

    def stop(self, announcement_id: int, reason: str, now: datetime) -> int:
        """Skips what has not left yet. How many."""
        ...

    def resend(self, announcement_id: int, fate: Fate, now: datetime, reason: str | None = None) -> int:
        """Lets exactly the recipients of this fate (and reason, where one is named) get it again, at their own hour
        where that lies ahead. How many."""
        ...

    def arrived(self, announcement_id: int, language: str = "") -> int:
        """How many messages arrived and can be edited; with a language only those in it."""
        ...

    def edit_sent(self, announcement_id: int, edition: int, now: datetime, language: str = "") -> int:
        """Puts an edit of each message that arrived (in this language, where one is named) into the outbox, to be
        made ready when it leaves. How many."""
        ...

    def edits_left(self, announcement_id: int, edition: int) -> int: ...

    def read(self, announcement_id: int, person_id: int, now: datetime) -> bool:
        """Notes that they have read it; false where it was noted before."""
        ...

    def readers(self, announcement_id: int) -> Mapping[int, datetime]: ...

    def has_read(self, announcement_id: int, person_id: int) -> bool: ...

    def forget(self, before: datetime) -> int:
        """Deletes those that ended before this moment, or were never sent and begun before it, with everything of
        their recipients. How many."""
        ...


class Groups(Protocol):
    def link(self, group: TeamGroup) -> None:
        """Keeps the group, in place of what it was linked to before."""
        ...

    def get(self, chat_id: int) -> TeamGroup | None: ...

    def of_city(self, city: str) -> Sequence[TeamGroup]: ...

    def all(self) -> Sequence[TeamGroup]: ...

    def unlink(self, chat_id: int) -> None: ...

    def set_reachable(self, chat_id: int, reachable: bool) -> None: ...

    def move(self, old: int, new: int) -> None:
        """The group became a supergroup."""
        ...


class Leases(Protocol):
    """What only one of several programs on a database does, for as long as it says so again."""

    def take(self, name: str, owner: str, now: datetime, until: datetime) -> bool:
        """Takes or renews it; false where somebody else has it and it is not over."""
        ...

    def is_held(self, name: str, owner: str, now: datetime) -> bool: ...

    def release(self, name: str, owner: str) -> None: ...
