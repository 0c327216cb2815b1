"""Telegram's limits for sending, as far as they are known: who passes one is told how long to wait."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

ALL_CALLS, ALL_SECONDS = 30, 1.0
GROUP_CALLS, GROUP_SECONDS = 20, 60.0
CHAT_BURST, CHAT_PER_SECOND = 3.0, 1.0


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

    def take(self, now: float) -> None:
        self.level -= 1


@dataclass(slots=True)
class Window:
    """Lets `calls` sends through within any `seconds`."""

    calls: int
    seconds: float
    last: deque[float] = field(default_factory=deque)

    def wait(self, now: float) -> float:
        while self.last and self.last[0] <= now - self.seconds:
            self.last.popleft()
        return 0.0 if len(self.last) < self.calls else self.last[0] + self.seconds - now

    def take(self, now: float) -> None:
        self.last.append(now)


@dataclass(slots=True)
class RateModel:
    """1 message a second in a chat with a burst of 3, 20 in any minute in a group, 30 in any second overall."""

    now: Callable[[], float]
    on: bool = False
    refused: int = 0
    """How many sends came too early."""
    _limits: dict[str, Bucket | Window] = field(default_factory=dict)

    def retry_after(self, chat_id: int) -> int:
        """Seconds to wait before a send to this chat, 0 when it may go now, and then it is counted."""
        if not self.on:
            return 0
        now = self.now()
        limits = [
            self._limits.setdefault("all", Window(ALL_CALLS, ALL_SECONDS)),
            self._limits.setdefault(f"chat {chat_id}", Bucket(CHAT_BURST, CHAT_PER_SECOND, CHAT_BURST, now)),
        ]
        if chat_id < 0:
            limits.append(self._limits.setdefault(f"group {chat_id}", Window(GROUP_CALLS, GROUP_SECONDS)))
        wait = max(limit.wait(now) for limit in limits)
        if wait > 0:
            self.refused += 1
            return math.ceil(wait)
        for limit in limits:
            limit.take(now)
        return 0
