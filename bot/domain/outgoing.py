"""Messages on their way out: their states, what the outcome of a send makes of them, and the policies.

Telegram has no idempotency key, so a send whose outcome cannot be known is a state of its own. What is done
then depends on the class of the message: an answer is sent once more (a repeated answer is harmless), a
reminder too (late is worse than doubled), an announcement is left for the secretariat to decide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, TypeAlias


class MessageClass(StrEnum):
    ANSWER = "answer"
    REMINDER = "reminder"
    ANNOUNCEMENT = "announcement"


class DeliveryState(StrEnum):
    READY = "ready"
    CLAIMED = "claimed"
    """Taken by a sender, not on the wire yet: safe to give back."""
    WIRED = "wired"
    """Committed just before the request leaves; found so after a crash, its outcome is unknown."""
    SENT = "sent"
    RETRY = "retry"
    """Certainly not sent; due again at `not_before`."""
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"


FINISHED = frozenset(
    {
        DeliveryState.SENT,
        DeliveryState.BLOCKED,
        DeliveryState.FAILED,
        DeliveryState.UNKNOWN,
        DeliveryState.SKIPPED,
    }
)

PRIORITY = {MessageClass.ANSWER: 0, MessageClass.REMINDER: 1, MessageClass.ANNOUNCEMENT: 2}
RESENDS_OF_UNKNOWN = {MessageClass.ANSWER: 1, MessageClass.REMINDER: 1, MessageClass.ANNOUNCEMENT: 0}
"""How often a message of each class is sent again by itself when nobody can know whether it arrived."""
RESENDS_AFTER_STOP = {MessageClass.ANSWER: 5, MessageClass.REMINDER: 1, MessageClass.ANNOUNCEMENT: 0}
"""The same where it was we who were stopped while it was under way: the person still waits for the answer, and
the line is not to blame. There is an end, lest one message stop us at every start."""

MOST_TRIES = {MessageClass.ANSWER: 300, MessageClass.REMINDER: 600, MessageClass.ANNOUNCEMENT: 300}
"""How often a message of each class is tried while Telegram cannot be reached, or while it cannot be made ready: at
the longest wait about a day; a reminder for two days, as long as reminders look back (`LOOK_BACK`)."""
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)


WHEN_IT_LEAVES = ""
"""In place of a method: the message is made ready at the last moment, by what is true then. Each try anew."""


@dataclass(frozen=True)
class OutgoingMessage:
    """One call to the Bot API that has to be made: method and parameters, and how far it has come.

    `announcement` is the one whose recipient this message is for, `language` that of its text. `key` is unique:
    writing the same message twice adds nothing. `part` orders the parts of one text. `tries` counts requests that
    left; `resent` those made although an earlier one may have arrived.
    """

    key: str
    chat_id: int
    method: str
    params: Mapping[str, Any]
    message_class: MessageClass = MessageClass.ANSWER
    part: int = 0
    state: DeliveryState = DeliveryState.READY
    not_before: datetime | None = None
    tries: int = 0
    resent: int = 0
    reason: str | None = None
    message_id: int | None = None
    announcement: int | None = None
    language: str | None = None
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    message_id: int | None = None


@dataclass(frozen=True, slots=True)
class TooMany:
    """Telegram asks us to wait so many seconds (429)."""

    retry_after: float


@dataclass(frozen=True, slots=True)
class NotSent:
    """The request certainly did not arrive: no connection, no free connection, no such name."""

    reason: str


@dataclass(frozen=True, slots=True)
class Blocked:
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Telegram refuses this very request (400): sending it again as it is cannot help."""

    reason: str


@dataclass(frozen=True, slots=True)
class Stale:
    """The message to be edited is gone or too old for it: what it should say has to be sent anew."""

    reason: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The group became a supergroup with another id."""

    chat_id: int


@dataclass(frozen=True, slots=True)
class Unknown:
    """The request left, and what became of it cannot be known."""

    reason: str


@dataclass(frozen=True, slots=True)
class TokenRefused:
    """401 or 404: nothing can be sent until the operator acts; the queue is kept."""


Outcome: TypeAlias = Sent | TooMany | NotSent | Blocked | Refused | Stale | Moved | Unknown | TokenRefused


@dataclass(frozen=True)
class Call:
    """What goes over the wire: a method of the Bot API and its parameters."""

    method: str
    params: Mapping[str, Any] = field(default_factory=dict)


def after(message: OutgoingMessage, outcome: Outcome, now: datetime) -> OutgoingMessage:
    """The message as this outcome leaves it. `now` is aware UTC."""
    match outcome:
        case Sent(message_id):
            return replace(message, state=DeliveryState.SENT, message_id=message_id, reason=None)
        case TooMany(retry_after):
            return _later(message, now, timedelta(seconds=retry_after), "too many requests")
        case NotSent(reason):
            if message.tries >= MOST_TRIES[message.message_class]:
                return replace(message, state=DeliveryState.FAILED, reason=reason)
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(message.tries, 16))
            return _later(message, now, wait, reason)
        case Blocked(reason):
            return replace(message, state=DeliveryState.BLOCKED, reason=reason)
        case Refused(reason):
            return replace(message, state=DeliveryState.FAILED, reason=reason)
        case Stale(reason):
            # A new message is not as harmless to repeat as the edit was, so it is queued as what it is.
            params = {name: value for name, value in message.params.items() if name != "message_id"}
            return replace(
                message, state=DeliveryState.READY, method="sendMessage", params=params, reason=reason
            )
        case Moved(chat_id):
            params = {**message.params, "chat_id": chat_id}
            return replace(message, state=DeliveryState.READY, chat_id=chat_id, params=params, reason="moved")
        case TokenRefused():
            return replace(message, state=DeliveryState.READY, reason="the token was refused")
        case Unknown(reason):
            return unknown(message, reason)


def unknown(
    message: OutgoingMessage, reason: str, resends: Mapping[MessageClass, int] = RESENDS_OF_UNKNOWN
) -> OutgoingMessage:
    """The message when nobody can know whether it arrived: by its class sent again, or left as unknown."""
    if message.resent < resends[message.message_class]:
        return replace(message, state=DeliveryState.READY, resent=message.resent + 1, reason=reason)
    return replace(message, state=DeliveryState.UNKNOWN, reason=reason)


def _later(message: OutgoingMessage, now: datetime, wait: timedelta, reason: str) -> OutgoingMessage:
    return replace(message, state=DeliveryState.RETRY, not_before=now + wait, reason=reason)
