"""The updates that wait for a bot: offsets, expiry, allowed kinds, and who is told that something came."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from contextlib import suppress
from dataclasses import dataclass

from bot.rehearsal.model import Json

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
MESSAGE_LIFETIME = 24 * 3600.0
QUERY_LIFETIME = 150.0
"""Seconds that Telegram keeps undelivered messages, and undelivered button presses and inline queries."""


@dataclass(frozen=True, slots=True)
class Update:
    id: int
    kind: str
    payload: Json
    lane: str
    """Updates of one lane are delivered in order; a person's presses have another lane than the messages."""
    expires: float

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.payload}


class UpdateQueue:
    """Updates of one bot until it confirms them. Times are in seconds of the clock that was given."""

    def __init__(self, now: Callable[[], float], first_id: int) -> None:
        self.allowed: frozenset[str] | None = None
        self.pending: list[Update] = []
        self._now = now
        self._next_id = first_id
        self._told: list[Callable[[], None]] = []
        self._arrival = asyncio.Event()

    def on_change(self, told: Callable[[], None]) -> None:
        """`told` is called after each update that came, and when the way of delivery changed."""
        self._told.append(told)

    def allow(self, kinds: Collection[str]) -> None:
        """Remember the kinds wanted from now on; none named means all but the rarely wanted ones."""
        self.allowed = frozenset(kinds) or None

    def add(self, kind: str, payload: Json, lane: str) -> Update | None:
        """Queue an update; None where the bot does not want this kind."""
        wanted = kind in self.allowed if self.allowed is not None else kind not in NOT_BY_DEFAULT
        if not wanted:
            return None
        lifetime = QUERY_LIFETIME if kind in {"callback_query", "inline_query"} else MESSAGE_LIFETIME
        update = Update(self._next_id, kind, payload, lane, self._now() + lifetime)
        self._next_id += 1
        self.put(update)
        return update

    def put(self, update: Update) -> None:
        """Queue an update as it is: a duplicate, or one that no parser can read."""
        self.pending.append(update)
        self.wake()

    def confirm(self, offset: int) -> None:
        """Forget what lies before `offset`; a negative one keeps only that many of the newest."""
        if offset < 0:
            self.pending = self.pending[offset:]
        elif offset > 0:
            self.pending = [update for update in self.pending if update.id >= offset]

    def drop(self, update: Update) -> None:
        self.pending = [waiting for waiting in self.pending if waiting is not update]

    def ready(self, limit: int = 100) -> list[Update]:
        """The oldest updates that are still alive; expired ones are dropped."""
        self.pending = [update for update in self.pending if update.expires > self._now()]
        return self.pending[:limit]

    def wake(self) -> None:
        """Let whoever waits look again."""
        self._arrival.set()
        for told in self._told:
            told()

    async def wait(self, seconds: float) -> None:
        """Until an update comes, at most so many seconds of real time."""
        self._arrival.clear()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._arrival.wait(), seconds)
