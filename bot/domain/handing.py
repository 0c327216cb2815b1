"""One question handed to a colleague, by a link that opens only it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

HANDED_FOR = timedelta(days=7)
ALBUM_FOR = timedelta(minutes=10)
"""How long after a file whoever answered may send another one: an album comes as several messages."""


@dataclass(frozen=True, slots=True)
class HandedQuestion:
    """What is kept of the link's token is a hash. `opened_by` is the first who opened it; nobody else can then."""

    id: int
    draft_id: int
    key: str
    handed_by: int
    created_at: datetime
    expires_at: datetime
    opened_by: int | None = None
    answered_at: datetime | None = None

    def is_open(self, now: datetime) -> bool:
        return self.answered_at is None and now < self.expires_at

    def takes_more(self, now: datetime) -> bool:
        """Whether a further file may come to those that answered it just now."""
        return self.answered_at is not None and now - self.answered_at < ALBUM_FOR and now < self.expires_at
