"""What can go wrong between a bot and Telegram, told in advance for some calls."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from enum import StrEnum

from bot.rehearsal.model import ApiError


class FaultKind(StrEnum):
    TOO_MANY_REQUESTS = "too-many-requests"
    SERVER_ERROR = "server-error"
    BAD_GATEWAY = "bad-gateway"
    HANG_BEFORE = "hang-before"
    HANG_AFTER = "hang-after"
    RESET_BEFORE = "reset-before"
    RESET_AFTER = "reset-after"
    MALFORMED = "malformed"
    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    KICKED = "kicked"
    CHAT_NOT_FOUND = "chat-not-found"
    MIGRATED = "migrated"
    UNAUTHORIZED = "unauthorized"
    CONFLICT = "conflict"


AFTER_EXECUTING = {FaultKind.HANG_AFTER, FaultKind.RESET_AFTER, FaultKind.MALFORMED}
"""The call is carried out; only its answer does not arrive as it should."""
HANGS = {FaultKind.HANG_BEFORE, FaultKind.HANG_AFTER}
RESETS = {FaultKind.RESET_BEFORE, FaultKind.RESET_AFTER}
HTML_STATUS = {FaultKind.SERVER_ERROR: 500, FaultKind.BAD_GATEWAY: 502}


@dataclass(slots=True)
class Fault:
    """One kind of trouble for the calls that fit.

    `method` is a name or `*`, `chat` an id or None for all. `times` calls are hit (None: without end), each
    with this `probability`, after the first `skip` that fit. `seconds` is the length of a hang, `value` the
    `retry_after` of a 429 or the new id of a migrated group.
    """

    kind: FaultKind
    method: str = "*"
    chat: int | None = None
    times: int | None = 1
    probability: float = 1.0
    skip: int = 0
    seconds: float = 60.0
    value: int = 1

    def fits(self, method: str, chat: int | None) -> bool:
        same_method = self.method == "*" or self.method.lower() == method.lower()
        return same_method and self.chat in {None, chat} and self.times != 0

    def error(self) -> ApiError | None:
        """What the Bot API says, where it says anything at all."""
        match self.kind:
            case FaultKind.TOO_MANY_REQUESTS:
                return ApiError(429, f"Too Many Requests: retry after {self.value}", retry_after=self.value)
            case FaultKind.BLOCKED:
                return ApiError(403, "Forbidden: bot was blocked by the user")
            case FaultKind.DEACTIVATED:
                return ApiError(403, "Forbidden: user is deactivated")
            case FaultKind.KICKED:
                return ApiError(403, "Forbidden: bot was kicked from the group chat")
            case FaultKind.CHAT_NOT_FOUND:
                return ApiError(400, "Bad Request: chat not found")
            case FaultKind.MIGRATED:
                sentence = "Bad Request: group chat was upgraded to a supergroup chat"
                return ApiError(400, sentence, migrate_to_chat_id=self.value)
            case FaultKind.UNAUTHORIZED:
                return ApiError(401, "Unauthorized")
            case FaultKind.CONFLICT:
                sentence = "Conflict: terminated by other getUpdates request"
                return ApiError(409, f"{sentence}; make sure that only one bot instance is running")
        return None


@dataclass(slots=True)
class FaultPlan:
    """The faults in store. The same seed and the same calls meet the same faults."""

    seed: int = 0
    faults: list[Fault] = field(default_factory=list)
    _random: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)  # noqa: S311 - trouble is to be repeatable, not secret

    def add(self, fault: Fault) -> Fault:
        self.faults.append(fault)
        return fault

    def clear(self) -> None:
        self.faults.clear()

    def strike(self, method: str, chat: int | None) -> Fault | None:
        """The fault that hits this call, counted; None when the call is spared."""
        for fault in self.faults:
            if not fault.fits(method, chat):
                continue
            if fault.skip > 0:
                fault.skip -= 1
            elif self._random.random() < fault.probability:
                fault.times = None if fault.times is None else fault.times - 1
                return fault
        return None
