"""States of the content files as rows: each file once under its hash, and a list of them for each state."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session, col, func, select

from bot.domain.content_states import listing
from bot.storage.blobs import SqlBlobs
from bot.storage.dialects import one_at_a_time
from bot.storage.print_tables import SnapshotRow

LOCK = 7046027


class SqlSnapshots:
    """Implements `bot.domain.print_ports.Snapshots`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._blobs = SqlBlobs(session)

    def keep(self, files: Mapping[str, bytes], now: datetime) -> str:
        one_at_a_time(self._session, LOCK)
        paths = sorted(files)
        digests = self._blobs.put_all([files[path] for path in paths], now, for_good=True)
        listed = listing(dict(zip(paths, digests, strict=True)))
        state = self._blobs.put(listed, now, for_good=True)
        newest = self.newest()
        # What a clock that was ahead dated is said again by the right one, or it would count only from then on.
        if newest is None or newest[0] != state or newest[1] > now:
            self._session.add(SnapshotRow(digest=state, at=now))
            self._session.flush()
        return state

    def at(self, moment: datetime) -> str | None:
        digests = select(SnapshotRow.digest).limit(1)
        # In the order in which they were kept: a clock may have been ahead, or put back.
        served = digests.where(col(SnapshotRow.at) <= moment).order_by(col(SnapshotRow.id).desc())
        found = self._session.exec(served).first()
        return found or self._session.exec(digests.order_by(col(SnapshotRow.at), col(SnapshotRow.id))).first()

    def newest(self) -> tuple[str, datetime] | None:
        return self._session.exec(
            select(SnapshotRow.digest, SnapshotRow.at).order_by(col(SnapshotRow.id).desc()).limit(1)
        ).first()

    def since(self) -> datetime | None:
        return self._session.exec(select(func.min(SnapshotRow.at))).one()

    def files(self, digest: str) -> Mapping[str, bytes] | None:
        """Raises ValueError where what is kept is not what was served."""
        known = select(SnapshotRow.id).where(SnapshotRow.digest == digest).limit(1)
        listed = self._blobs.get(digest) if self._session.exec(known).first() is not None else None
        if listed is None:
            return None
        digests: dict[str, str] = json.loads(listed)
        contents = self._blobs.get_all(sorted(set(digests.values())))
        if missing := set(digests.values()) - set(contents):
            raise ValueError(f"{len(missing)} files of the state {digest} are gone")
        return {path: contents[one] for path, one in digests.items()}
