"""Telegram's limits for sending, as far as they are known: token buckets that answer with `retry_after`."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class Bucket:
    """Holds up to `size` sends and refills by `per_second`."""

    size: float
    per_second: float
    level: float
    at: float

    def wait(self, now: float) -> float:
        """Seconds until one more send fits; 0.0 when it fits now."""
        self.level = min(self.size, self.level + (now - self.at) * self.per_second)
        self.at = now
        return max(0.0, (1 - self.level) / self.per_second)

    def take(self) -> None:
        self.level -= 1


@dataclass(slots=True)
class RateModel:
    """1 message a second in a chat with a burst of 3, 20 a minute in a group, 30 a second overall."""

    now: Callable[[], float]
    on: bool = False
    _buckets: dict[str, Bucket] = field(default_factory=dict)

    def retry_after(self, chat_id: int) -> int:
        """Seconds to wait before a send to this chat, 0 when it may go now, and then it is counted."""
        if not self.on:
            return 0
        now = self.now()
        names = {"all": (30.0, 30.0), f"chat {chat_id}": (3.0, 1.0)}
        if chat_id < 0:
            names[f"group {chat_id}"] = (20.0, 20.0 / 60)
        buckets = [
            self._buckets.setdefault(name, Bucket(size, speed, size, now))
            for name, (size, speed) in names.items()
        ]
        wait = max(bucket.wait(now) for bucket in buckets)
        if wait > 0:
            return math.ceil(wait)
        for bucket in buckets:
            bucket.take()
        return 0
