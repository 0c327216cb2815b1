"""Bytes as rows, each once under its hash."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import String, and_, cast
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col, delete, select, update

from bot.domain.long_work import FINISHED_WORK
from bot.domain.outgoing import FINISHED
from bot.storage.dialects import insert_new
from bot.storage.print_tables import BlobRow, LongWorkRow
from bot.storage.tables import MessageRow

LEVEL = 1
"""Of zlib: on SQLite all others wait while something is put, and a report may have some dozen megabytes."""
AT_ONCE = 500
"""Rows in one statement: each has a few of the 32,766 values that SQLite takes at most."""


class SqlBlobs:
    """Implements `bot.domain.print_ports.Blobs`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def put(self, content: bytes, now: datetime, *, for_good: bool = False) -> str:
        (digest,) = self.put_all([content], now, for_good=for_good)
        return digest

    def put_all(self, contents: Sequence[bytes], now: datetime, *, for_good: bool) -> list[str]:
        """Keeps each of them; their digests, in this order. What is there already is not packed again; what is put
        for some days once more is kept for as long from now on."""
        by_digest = {sha256(content).hexdigest(): content for content in contents}
        for some in _some(list(by_digest)):
            there = set(self._session.exec(select(BlobRow.digest).where(col(BlobRow.digest).in_(some))))
            rows = [_row(one, by_digest[one], now, for_good) for one in some if one not in there]
            insert_new(self._session, BlobRow, rows, unique="digest")
            again: dict[str, Any] = {"for_good": True} if for_good else {"put_at": now}
            self._session.exec(
                update(BlobRow)
                .where(col(BlobRow.digest).in_(some), col(BlobRow.for_good).is_(False))
                .values(**again)
            )
        return [sha256(content).hexdigest() for content in contents]

    def get(self, digest: str) -> bytes | None:
        return self.get_all([digest]).get(digest)

    def get_all(self, digests: Sequence[str]) -> Mapping[str, bytes]:
        """Those that are there. Raises ValueError where one does not fit its digest."""
        found: dict[str, bytes] = {}
        for some in _some(digests):
            rows = self._session.exec(
                select(BlobRow.digest, BlobRow.packed, BlobRow.size).where(col(BlobRow.digest).in_(some))
            )
            found.update((digest, _unpacked(digest, packed, size)) for digest, packed, size in rows)
        return found

    def forget(self, before: datetime) -> int:
        """What work that is not finished or a message that has not left yet needs is left for later."""
        is_old = and_(col(BlobRow.for_good).is_(False), col(BlobRow.put_at) < before)
        old = self._session.exec(select(BlobRow.digest).where(is_old)).all()
        if not old:
            return 0
        needed = set(self._needed())
        left = [digest for digest in old if digest not in needed]
        # What another program put again, or keeps for good by now, is not old any more.
        return sum(
            self._session.exec(delete(BlobRow).where(col(BlobRow.digest).in_(some), is_old)).rowcount
            for some in _some(left)
        )

    def drop(self, digest: str) -> None:
        drop(self._session, [digest])

    def _needed(self) -> Iterator[str]:
        """Every text in what is still to be done: a digest among them is one that is needed."""
        finished = [state.value for state in FINISHED_WORK]
        for params in self._session.exec(
            select(LongWorkRow.params).where(col(LongWorkRow.state).not_in(finished))
        ):
            yield from _texts(params)
        sent = [state.value for state in FINISHED]
        for message in self._session.exec(
            select(MessageRow.params).where(col(MessageRow.state).not_in(sent))
        ):
            yield from _texts(message)


def drop(session: Session, digests: Sequence[str]) -> None:
    """Deletes those that are not kept for good and that nothing needs that is still to be done."""
    for digest in digests:
        session.exec(
            delete(BlobRow).where(
                col(BlobRow.digest) == digest,
                col(BlobRow.for_good).is_(False),
                ~_names(LongWorkRow, digest).where(_is_open(LongWorkRow, FINISHED_WORK)).exists(),
                ~_names(MessageRow, digest).where(_is_open(MessageRow, FINISHED)).exists(),
            )
        )


def _names(row: type[LongWorkRow] | type[MessageRow], digest: str) -> Any:
    """Rows in whose params a digest stands: nothing else looks like one."""
    return select(row.id).where(cast(col(row.params), String).contains(digest))


def _is_open(row: type[LongWorkRow] | type[MessageRow], finished: Collection[Any]) -> ColumnElement[bool]:
    return col(row.state).not_in([state.value for state in finished])


def _row(digest: str, content: bytes, now: datetime, for_good: bool) -> dict[str, Any]:
    packed = zlib.compress(content, LEVEL)
    return {"digest": digest, "packed": packed, "size": len(content), "for_good": for_good, "put_at": now}


def _unpacked(digest: str, packed: bytes, size: int) -> bytes:
    """The plain bytes; never more than was put, whatever the row says."""
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, size + 1)
    except zlib.error:
        content = b""
    if sha256(content).hexdigest() != digest:
        raise ValueError(f"what is kept under {digest} is not what was put there")
    return content


def _some(digests: Sequence[str]) -> Iterator[Sequence[str]]:
    return (digests[first : first + AT_ONCE] for first in range(0, len(digests), AT_ONCE))


def _texts(stored: Any) -> Iterator[str]:
    match stored:
        case Mapping():
            for one in stored.values():
                yield from _texts(one)
        case list():
            for one in stored:
                yield from _texts(one)
        case str():
            yield stored
