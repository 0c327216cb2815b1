"""The real clock and the travelling clock of the rehearsal."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta


class RealClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class TravellingClock:
    """A clock that goes on from where it was set to. `travel` moves it."""

    def __init__(self, start: datetime | None = None) -> None:
        self._shift = (start - datetime.now(UTC)) if start is not None else timedelta()

    def now(self) -> datetime:
        return datetime.now(UTC) + self._shift

    def travel(self, by: timedelta) -> None:
        self._shift += by
