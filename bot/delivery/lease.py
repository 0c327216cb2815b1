"""Who sends: one of all programs on a database at a time, for as long as it says so again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.ports import UnitOfWork

SENDER = "sender"
LIFE = timedelta(seconds=60)
RENEW_AFTER = timedelta(seconds=15)
MARGIN = timedelta(seconds=25)
"""What has to be left of the lease when a request leaves: longer than any request takes."""
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


class SenderLease:
    """The lease of one program. The functions over a unit of work run in its transaction; `noted` is told what came
    of them once they are committed."""

    def __init__(self, owner: str) -> None:
        self._owner = owner
        self._since: datetime | None = None
        """When it was last said, None where another program sends."""

    @property
    def is_held(self) -> bool:
        return self._since is not None

    def is_due(self, now: datetime) -> bool:
        """Whether it has to be said again, also after a clock that went back."""
        return self._since is None or not self._since <= now < self._since + RENEW_AFTER

    def lasts(self, now: datetime) -> bool:
        """Whether a request may leave, as far as this program knows by itself."""
        return self._since is not None and self._since <= now < self._since + LIFE - MARGIN

    def noted(self, held: bool, now: datetime) -> None:
        self._since = now if held else None

    def was_ours(self, work: UnitOfWork) -> bool:
        """Whether nobody else has had it since we took it, be it over by now or not."""
        return self.is_held and work.leases.is_held(SENDER, self._owner, LONG_AGO)

    def take(self, work: UnitOfWork, now: datetime) -> bool:
        """Takes it, or says it again; false where another program has it."""
        return work.leases.take(SENDER, self._owner, now, now + LIFE)

    def allows(self, work: UnitOfWork, now: datetime) -> bool:
        """Whether a request may leave: as the database knows it, and where time has jumped, after saying it again."""
        if work.leases.is_held(SENDER, self._owner, now + MARGIN):
            return True
        return self.was_ours(work) and self.take(work, now)

    def release(self, work: UnitOfWork) -> None:
        work.leases.release(SENDER, self._owner)
