"""What the house needs of the archive for what it publishes: content by hash, editions, and long work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.long_work import LongWork, WorkKind
from bot.domain.publication.published import Edition


class Blobs(Protocol):
    """Bytes under their SHA-256, as a hex digest."""

    def put(self, content: bytes, now: datetime, *, for_good: bool = False) -> str:
        """Keeps them; their digest. What is not kept for good is deleted some days later (`forget`)."""
        ...

    def get(self, digest: str) -> bytes | None:
        """The bytes, or None where they are gone. Raises ValueError where what is kept does not fit its digest."""
        ...

    def drop(self, digest: str) -> None:
        """Deletes what is not kept for good, unless work or a message that is not finished needs it."""
        ...

    def forget(self, before: datetime) -> int:
        """Deletes what was put before this moment and is not kept for good. How many."""
        ...


class Snapshots(Protocol):
    """The content files as they were served, each state once, by hash."""

    def keep(self, files: Mapping[str, bytes], now: datetime) -> str:
        """Keeps the files (by their path, such as `knowledge/topics.yaml`) as what is served from now on; the digest
        of the state. Nothing is added where the newest state is the same, unless it is dated later than now."""
        ...

    def at(self, moment: datetime) -> str | None:
        """The digest of the state that was served at this moment: of those that are dated up to it the one that was
        kept last. Of the oldest one where none was kept before it; None where none is kept at all."""
        ...

    def newest(self) -> tuple[str, datetime] | None:
        """The digest of the state that was kept last, and since when it is served."""
        ...

    def since(self) -> datetime | None:
        """From when on states are kept."""
        ...

    def files(self, digest: str) -> Mapping[str, bytes] | None:
        """The files of a state; None where it is not kept."""
        ...


class Editions(Protocol):
    def add(self, edition: Edition) -> Edition:
        """Keeps a published report; its id is given. Raises ConflictError where its number is there already."""
        ...

    def get(self, edition_id: int) -> Edition | None: ...

    def by_number(self, number: str) -> Edition | None: ...

    def all(self) -> Sequence[Edition]:
        """Newest first."""
        ...


class LongWorks(Protocol):
    def add(self, work: LongWork) -> LongWork:
        """Keeps it; its id is given."""
        ...

    def get(self, work_id: int) -> LongWork | None: ...

    def save(self, work: LongWork, was: LongWork) -> bool:
        """Writes it; false where its state is not any more what it `was` (somebody stopped it)."""
        ...

    def unfinished(self) -> Sequence[LongWork]:
        """Waiting or running, the oldest first."""
        ...

    def of_person(self, person_id: int, kinds: Collection[WorkKind]) -> Sequence[LongWork]:
        """Unfinished work of somebody."""
        ...

    def forget(self, before: datetime) -> int:
        """Deletes what was asked for before this moment and is finished. How many."""
        ...
