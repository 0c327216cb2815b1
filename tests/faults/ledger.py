"""The checker: what was said, what people received and what the database holds, set against each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

STILL_ARRIVING = 0.5
"""Seconds after a kill in which the server may still take in a request that had left before."""


@dataclass(frozen=True)
class Deed:
    """Something that a person did, once, and all that has to come of it.

    `effect` is the one row it leaves in our state: its kind, and the token that names it. `answers` are
    chats, each with a token that one more message there has to carry; `edits` are messages whose text has to
    change. Tokens are unique.
    """

    effect: tuple[str, str]
    answers: tuple[tuple[int, str], ...] = ()
    edits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class Received:
    """A line of the emulator's record: a message of the bot that got through, or its new text."""

    event: str
    time: float
    chat: int
    message_id: int
    text: str


@dataclass(frozen=True)
class Row:
    """A row of the outbox. `text` is there as long as the row is not finished."""

    key: str
    chat: int
    method: str
    state: str
    message_id: int | None
    text: str = ""


@dataclass(frozen=True)
class Archive:
    """What a copy of the database holds. `effects` counts the rows of our state by kind and token."""

    inbox: Mapping[str, int]
    effects: Counter[tuple[str, str]] = field(default_factory=Counter)
    outbox: tuple[Row, ...] = ()

    @property
    def done(self) -> int:
        return self.inbox.get("done", 0) + self.inbox.get("dead", 0)

    @property
    def unsent(self) -> int:
        """Messages that are still to go out."""
        return sum(row.state in UNSETTLED for row in self.outbox)

    def on_wire(self) -> frozenset[tuple[int, str]]:
        """Chat and text of what was under way at this moment: nobody can know whether it arrived."""
        return frozenset((row.chat, folded(row.text)) for row in self.outbox if row.state == "wired")


UNSETTLED = ("ready", "retry", "claimed", "wired")


@dataclass(frozen=True)
class Kill:
    """A kill, with what the database held right after it.

    `said` counts the updates that people had caused by then; `done_before` those that were done when this
    life of the bot began.
    """

    cause: str
    time: float
    said: int
    done_before: int
    archive: Archive

    @property
    def waiting(self) -> int:
        return self.said - self.archive.done

    @property
    def in_the_middle(self) -> bool:
        """Whether updates were done, in this very life, and others were waiting."""
        return self.archive.done > self.done_before and self.waiting > 0

    @property
    def between_work(self) -> bool:
        """The same for a kill at a named point, which may be the first thing that a life comes to."""
        return self.archive.done > 0 and (self.waiting > 0 or self.archive.unsent > 0)


@dataclass(frozen=True)
class Verdict:
    """What went wrong, each named; `faults` is empty where nothing did.

    `explained` are the doubled answers that were under way at a kill.
    """

    lost: tuple[str, ...] = ()
    twice: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    doubled: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    explained: tuple[str, ...] = ()

    @property
    def faults(self) -> tuple[str, ...]:
        return self.lost + self.twice + self.missing + self.doubled + self.unsettled


def judge(
    deeds: Sequence[Deed],
    said: int,
    received: Sequence[Received],
    kills: Sequence[Kill],
    archive: Archive,
) -> Verdict:
    """Sets the three histories against each other. `said` is the number of updates that went in."""
    doubled, explained = _doubles(received, kills)
    return Verdict(
        lost=tuple(_lost(deeds, said, archive)),
        twice=tuple(f"{name} {count} times" for name, count in archive.effects.items() if count > 1),
        missing=tuple(_missing(deeds, received, archive)),
        doubled=doubled,
        unsettled=tuple(_unsettled(archive)),
        explained=explained,
    )


def folded(text: str) -> str:
    return " ".join(text.split())


def _lost(deeds: Sequence[Deed], said: int, archive: Archive) -> Iterable[str]:
    if archive.done != said or sum(archive.inbox.values()) != said:
        yield f"{said} updates went in, the inbox holds {dict(archive.inbox)}"
    for deed in deeds:
        if archive.effects[deed.effect] == 0:
            yield f"no effect of {deed.effect}"


def _missing(deeds: Sequence[Deed], received: Sequence[Received], archive: Archive) -> Iterable[str]:
    """Answers that people did not get, and messages that the database says they have, but they have not."""
    texts: defaultdict[int, set[str]] = defaultdict(set)
    for line in received:
        if line.event == "message":
            texts[line.chat].add(folded(line.text))
    wanted = Counter(answer for deed in deeds for answer in deed.answers)
    for (chat, token), number in wanted.items():
        got = sum(token in text for text in texts[chat])
        if got < number:
            yield f"{got} of {number} answers with {token} in chat {chat}"
    edited = {(line.chat, line.message_id) for line in received if line.event == "edited"}
    for chat, message_id in (edit for deed in deeds for edit in deed.edits):
        if (chat, message_id) not in edited:
            yield f"message {message_id} in chat {chat} was never changed"
    seen = {(line.chat, line.message_id) for line in received}
    for row in archive.outbox:
        if row.state == "sent" and row.message_id is not None and (row.chat, row.message_id) not in seen:
            yield f"{row.key} counts as sent, but nobody received it"


def _unsettled(archive: Archive) -> Iterable[str]:
    for row in archive.outbox:
        # Nobody can know of an `unknown` one whether it arrived; where it did not, it is missing above.
        if row.state not in ("sent", "unknown"):
            yield f"{row.key} to {row.chat} is {row.state}"


def _doubles(received: Sequence[Received], kills: Sequence[Kill]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The doubled messages: those that nothing explains, and those that were under way at a kill between."""
    copies: defaultdict[tuple[int, str], list[float]] = defaultdict(list)
    for line in received:
        if line.event == "message":
            copies[line.chat, folded(line.text)].append(line.time)
    unexplained: list[str] = []
    explained: list[str] = []
    for (chat, text), times in copies.items():
        for first, again in pairwise(sorted(times)):
            could_not_know = any(
                first <= kill.time + STILL_ARRIVING
                and kill.time <= again
                and (chat, text) in kill.archive.on_wire()
                for kill in kills
            )
            (explained if could_not_know else unexplained).append(f"twice in chat {chat}: {text[:60]}")
    return tuple(unexplained), tuple(explained)
