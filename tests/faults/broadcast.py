"""A broadcast of a fault test: a crowd that gets it, people who ask meanwhile, and what became of it all."""

from __future__ import annotations

import random
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database

from .ledger import Received
from .processes import Bot, Home
from .town import AIKO

FIRST_RECIPIENT = 8_000_000_001
FIRST_ASKER = 9_000_000_001
WORDS = "The forum moves to Thursday, see you there"
AMBIGUOUS = {"server-error", "bad-gateway", "reset-before", "reset-after", "malformed"}
DUE = ("ready", "retry", "claimed", "wired")


@dataclass(frozen=True)
class Question:
    asker: int
    at: float


@dataclass
class Broadcast:
    """An announcement to `size` people, of whom every `blocked_every`th has blocked the bot."""

    home: Home
    size: int
    seed: int
    blocked_every: int = 20
    questions: list[Question] = field(default_factory=list)
    kills: int = 0
    working: list[tuple[float, int]] = field(default_factory=list)
    """For each life: the seconds in which it sent, and to how many."""

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._askers: Iterator[int] = iter(range(FIRST_ASKER, FIRST_ASKER + 100_000))
        self._next_question = 0.0

    @property
    def recipients(self) -> range:
        return range(FIRST_RECIPIENT, FIRST_RECIPIENT + self.size)

    @property
    def blocked(self) -> frozenset[int]:
        return frozenset(self.recipients[:: self.blocked_every])

    def prepare(self) -> None:
        """The bot has known them all for long; the announcement is written and due."""
        self.home.telegram.post(
            "crowds", first=FIRST_RECIPIENT, count=self.size, blocked_every=self.blocked_every
        )
        self.home.telegram.do(AIKO, "start")
        with self.home.bot() as bot:
            while not self.home.database.exists() or self._count("people") == 0:
                assert bot.lives, bot.log.read_text()[-2000:]
                time.sleep(0.1)
            assert bot.stop() == 0
        now = datetime.now(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
        with closing(sqlite3.connect(self.home.database)) as database, database:
            database.executemany(
                "INSERT INTO people (id, language, language_chosen, reachable, first_seen, last_seen, handle)"
                " VALUES (?, 'en', 0, 1, ?, ?, ?)",
                ((one, now, now, f"h{one}") for one in self.recipients),
            )
            database.executemany(
                "INSERT INTO memberships (person, role, city, state, countries, since, confirmed_at)"
                " VALUES (?, 'focal_point', 'surabaya', 'active', '[]', ?, ?)",
                ((one, now, now) for one in self.recipients),
            )
        archive = Database(f"sqlite:///{self.home.database}")
        try:
            archive.run_now(_announce)
        finally:
            archive.close()

    def trouble(self, **probabilities: float) -> None:
        """Faults of every message that is sent, by chance."""
        for kind, probability in probabilities.items():
            self.home.telegram.post(
                "faults",
                kind=kind.replace("_", "-"),
                method="sendMessage",
                times=None,
                probability=probability,
            )

    def live(self, until: int, crash: str | None = None) -> None:
        """A life that is killed when so many are settled, or at a point that it comes to by then."""
        with self.home.bot(crash) as bot:
            self._watch(bot, until, crash)
            if bot.lives:
                bot.kill()
            else:
                assert bot.died_by_kill(), bot.log.read_text()[-2000:]
        self.kills += 1

    def finish(self, rest: float = 2.0) -> None:
        """A life that is left in peace until nothing is due any more."""
        with self.home.bot() as bot:
            self._watch(bot, self.size + 1, None)
            end = time.monotonic() + 60
            while self._count(f"outbox WHERE state IN {DUE}") or not self._is_over():
                assert bot.lives, bot.log.read_text()[-2000:]
                assert time.monotonic() < end
                time.sleep(0.1)
            time.sleep(rest)
            assert bot.stop() == 0

    def _watch(self, bot: Bot, until: int, crash: str | None) -> None:
        begun: tuple[float, int] | None = None
        before = self._settled()
        while True:
            if not bot.lives:
                assert crash is not None, bot.log.read_text()[-2000:]
                break
            now, settled = time.monotonic(), self._settled()
            if begun is None and settled > before:
                begun = (now, settled)
            if settled >= until:
                break
            if begun is not None:
                self._ask()
            time.sleep(0.05)
        if begun is not None:
            self.working.append((time.monotonic() - begun[0], self._settled() - begun[1]))

    def _ask(self) -> None:
        """Somebody looks something up, each a person of their own."""
        if time.monotonic() < self._next_question:
            return
        self._next_question = time.monotonic() + self._random.uniform(0.3, 1.2)
        asker = next(self._askers)
        self.questions.append(Question(asker, time.time()))
        self.home.telegram.do(asker, "say", text="baskets")

    # --- what became of it

    def report(self) -> Mapping[str, int]:
        """The fates of all recipients, as the ledger holds them."""
        rows = self._rows(
            "SELECT state, count(*) FROM outbox WHERE announcement = 1 AND part = 0 GROUP BY state"
        )
        return dict(rows)

    def state_of(self) -> Mapping[int, str]:
        return dict(self._rows("SELECT chat_id, state FROM outbox WHERE announcement = 1 AND part = 0"))

    def copies(self, received: Sequence[Received]) -> Counter[int]:
        """How many copies each recipient got."""
        return Counter(
            one.chat for one in received if one.event == "message" and one.text == f"News. {WORDS}"
        )

    def answered(self, received: Sequence[Received]) -> list[float | None]:
        """For each question, the seconds until its answer; None where it never came."""
        first: dict[int, float] = {}
        for one in received:
            if one.event == "message" and "Compost baskets" in one.text:
                first.setdefault(one.chat, one.time)
        return [first[q.asker] - q.at if q.asker in first else None for q in self.questions]

    def faults_of(self) -> Counter[str]:
        """The troubles that messages of the announcement met, by kind."""
        calls = self.home.telegram.get("calls")
        return Counter(
            call["fault"]
            for call in calls
            if call["fault"] and FIRST_RECIPIENT <= int(call["params"].get("chat_id", 0)) < FIRST_ASKER
        )

    @property
    def per_second(self) -> float:
        """While the bot was at work."""
        seconds = sum(one for one, _ in self.working)
        return sum(count for _, count in self.working) / seconds if seconds else 0.0

    def _is_over(self) -> bool:
        return self._rows("SELECT state FROM announcements") == [("sent",)]

    def _settled(self) -> int:
        return self._count(f"outbox WHERE announcement = 1 AND part = 0 AND state NOT IN {DUE}")

    def _count(self, of: str) -> int:
        try:
            return int(self._rows(f"SELECT count(*) FROM {of}")[0][0])
        except sqlite3.OperationalError:  # the first start is making the tables
            return 0

    def _rows(self, statement: str) -> list[tuple[Any, ...]]:
        with closing(sqlite3.connect(f"file:{self.home.database}?mode=ro", uri=True, timeout=10)) as view:
            return view.execute(statement).fetchall()


def _announce(work: UnitOfWork) -> None:
    now = datetime.now(UTC)
    announcement = Announcement(
        1, AIKO, now, AnnouncementState.WAITING, {"en": f"<b>News.</b> {WORDS}"}, starts_at=now
    )
    assert work.announcements.add(announcement).id == 1


def most_within(moments: Sequence[float], seconds: float) -> int:
    """The largest number of moments in any window of that length."""
    ordered, most, first = sorted(moments), 0, 0
    for last, moment in enumerate(ordered):
        while ordered[first] <= moment - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


def percentile(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))] if ordered else 0.0
