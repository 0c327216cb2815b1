"""Who taps twice, or asks for more than anybody can read. Only comfort hangs on it: it is kept in memory."""

from __future__ import annotations

from typing import TypeAlias

from bot.delivery.rates import Bucket

MOST_AT_ONCE = 200
"""More than any backlog of a phone that was offline; what is dropped here is a machine's, not a person's."""
PER_SECOND = 2.0
TOLD_EVERY = 60.0
"""Seconds after which somebody is asked once more to slow down."""
SECOND_TAP_SECONDS = 0.7

Source: TypeAlias = tuple[int, int, bool]
"""Person, chat, and whether it is a press: each of these has a clock of its own."""


class Pace:
    """Allows `most_at_once` actions of a person in a chat, and `PER_SECOND` more each second."""

    def __init__(self, most_at_once: int = MOST_AT_ONCE) -> None:
        self._most = most_at_once
        self._buckets: dict[Source, Bucket] = {}
        self._told: dict[int, float] = {}
        self._presses: dict[int, tuple[int, str, float]] = {}

    def is_hurried(self, source: Source, at: float) -> bool:
        """Whether this action is one too many; `at` in seconds. What waited for us is dated by when it was
        written: nobody is in a hurry because we were away."""
        for rested in [known for known, bucket in self._buckets.items() if bucket.is_fresh(at)]:
            del self._buckets[rested]
        bucket = self._buckets.setdefault(source, Bucket(self._most, PER_SECOND))
        if bucket.next_allowed(at) > at:
            return True
        bucket.spend(at)
        return False

    def may_be_told(self, person_id: int, at: float) -> bool:
        """Whether it is time to ask this person to slow down."""
        self._told = {person: when for person, when in self._told.items() if at - when < TOLD_EVERY}
        return self._told.setdefault(person_id, at) == at

    def is_second_tap(self, person_id: int, message_id: int, data: str, at: float) -> bool:
        """Whether this press repeats the one right before it: the two are one wish. `at` in seconds."""
        recent = {who: press for who, press in self._presses.items() if at - press[2] < SECOND_TAP_SECONDS}
        before = recent.get(person_id)
        self._presses = {**recent, person_id: (message_id, data, at)}
        return before is not None and before[:2] == (message_id, data)
