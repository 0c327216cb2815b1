"""How fast we may send: budgets for each chat, for all of them, and for what was not asked for.

Time is an argument everywhere: seconds of a clock that only goes forward, such as `time.monotonic()`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from bot.domain.outgoing import MessageClass


@dataclass(frozen=True)
class Limits:
    """Telegram's limits as we keep them; the windows are in seconds.

    Windows are a little wider than Telegram's own: a request leaves a little later than it is counted, and
    two that were a full second apart here may arrive closer together.
    """

    chat_burst: int = 3
    chat_per_second: float = 1.0
    group_calls: int = 20
    group_window: float = 61.0
    all_calls: int = 30
    all_window: float = 1.1
    bulk_burst: int = 3
    bulk_per_second: float = 22.0
    """Reminders and announcements: with their burst never more than 25 in one second. A steady drip and no window: on
    a busy machine a window's worth may arrive together with what is left of the one before."""


TELEGRAM = Limits()


class Bucket:
    """Allows `burst` calls at once, and one more each 1/`per_second` seconds."""

    def __init__(self, burst: int, per_second: float) -> None:
        self._burst = burst
        self._per_second = per_second
        self._spent = 0.0
        self._at = 0.0

    def next_allowed(self, now: float) -> float:
        over = self._spent_at(now) - (self._burst - 1)
        return now + max(0.0, over) / self._per_second

    def spend(self, now: float) -> None:
        self._spent = self._spent_at(now) + 1
        self._at = max(self._at, now)

    def put_off(self, spent: float, now: float) -> None:
        """What was spent at that moment leaves only now."""
        self._spent = self._spent_at(now) + max(0.0, now - spent) * self._per_second
        self._at = max(self._at, now)

    def is_fresh(self, now: float) -> bool:
        """Whether it is as if nothing had ever been spent."""
        return self._spent_at(now) == 0

    def _spent_at(self, now: float) -> float:
        # A clock that went back has let no time pass; it has not made anybody hurry either.
        return max(0.0, self._spent - max(0.0, now - self._at) * self._per_second)


class Window:
    """Allows `calls` calls within any `seconds` seconds."""

    def __init__(self, calls: int, seconds: float) -> None:
        self._seconds = seconds
        self._last: deque[float] = deque(maxlen=calls)
        self._calls = calls

    def next_allowed(self, now: float) -> float:
        if len(self._last) < self._calls:
            return now
        return max(now, self._last[0] + self._seconds)

    def spend(self, now: float) -> None:
        self._last.append(now)

    def put_off(self, spent: float, now: float) -> None:
        """What was spent at that moment leaves only now, which is not before anything else that was spent."""
        if spent in self._last:
            self._last.remove(spent)
            self._last.append(now)

    def is_fresh(self, now: float) -> bool:
        return not self._last or self._last[-1] + self._seconds <= now


class Both:
    """Allows what two budgets allow."""

    def __init__(self, *budgets: Bucket | Window) -> None:
        self._budgets = budgets

    def next_allowed(self, now: float) -> float:
        return max(budget.next_allowed(now) for budget in self._budgets)

    def spend(self, now: float) -> None:
        for budget in self._budgets:
            budget.spend(now)

    def put_off(self, spent: float, now: float) -> None:
        for budget in self._budgets:
            budget.put_off(spent, now)

    def is_fresh(self, now: float) -> bool:
        return all(budget.is_fresh(now) for budget in self._budgets)


class Rates:
    """All budgets together. Groups have negative chat ids. Chats that rested long enough are forgotten."""

    def __init__(self, limits: Limits = TELEGRAM) -> None:
        self._limits = limits
        self._all = Window(limits.all_calls, limits.all_window)
        self._bulk = Bucket(limits.bulk_burst, limits.bulk_per_second)
        self._chats: dict[int, Bucket | Both] = {}

    def next_allowed(self, chat_id: int, message_class: MessageClass, now: float) -> float:
        """The earliest moment, `now` or later, at which such a call to this chat keeps all limits."""
        allowed = self._all.next_allowed(now)
        if message_class is not MessageClass.ANSWER:
            allowed = max(allowed, self._bulk.next_allowed(now))
        chat = self._chats.get(chat_id)
        return allowed if chat is None else max(allowed, chat.next_allowed(now))

    def spend(self, chat_id: int, message_class: MessageClass, now: float) -> None:
        """Counts a call that leaves now."""
        self._all.spend(now)
        if message_class is not MessageClass.ANSWER:
            self._bulk.spend(now)
        self._chats.setdefault(chat_id, self._budget_of(chat_id)).spend(now)

    def leaves(self, chat_id: int, spent: float, now: float) -> None:
        """A call that was counted at that moment leaves only now: Telegram will count it from here."""
        self._all.put_off(spent, now)
        if chat_id in self._chats:
            self._chats[chat_id].put_off(spent, now)

    def resting(self, now: float) -> dict[int, float]:
        """The chats that may get nothing at this moment, with the moment from which each may again."""
        for chat_id in [chat_id for chat_id, chat in self._chats.items() if chat.is_fresh(now)]:
            del self._chats[chat_id]
        allowed = {chat_id: chat.next_allowed(now) for chat_id, chat in self._chats.items()}
        return {chat_id: at for chat_id, at in allowed.items() if at > now}

    def _budget_of(self, chat_id: int) -> Bucket | Both:
        limits = self._limits
        chat = Bucket(limits.chat_burst, limits.chat_per_second)
        return Both(chat, Window(limits.group_calls, limits.group_window)) if chat_id < 0 else chat
