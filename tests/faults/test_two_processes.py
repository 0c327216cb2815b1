"""Two real `focal run` on one PostgreSQL plan and send the same cycle, die in the middle, and repeat nothing."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.delivery.lease import SENDER
from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.domain.reminders import WEEK
from bot.storage.database import Database

from .conftest import FULL
from .processes import Bot, Home, telegram
from .town import AIKO, FIRST_PERSON

pytestmark = pytest.mark.faults

PEOPLE = 90 if FULL else 20
POINTS: Sequence[tuple[str, int]] = (
    tuple((f"outbox.{step}", 3) for step in ("claimed", "allowed", "wired", "sent", "settled"))
    if FULL
    else (("outbox.sent", 3),)
)
RANDOM_KILLS = 6 if FULL else 0
MOST_ON_THE_WIRE = 6
LONGEST = 90.0

CITY = """---
title: Town {number}
country: ID
time_zone: {zone}
weekend: [{rest}]
---
"""
COMMITMENT = """---
title: "The promise of town {number}"
city: town-{number:03}
made: 2007
due: 2030
targets:
  - {{id: a, kind: level, indicator: waste, direction: down, value: "0.90", unit: kg/cap/day, due: 2030,
     text: "Less waste."}}
---
"""
CYCLE = """
title: Report 2026
period: 2026
opens: {opens}
deadline: 2090-12-15
questionnaire: progress
reminders: standard
"""
PROGRESS = """
title: Progress
form: progress
questions:
  - {id: q01, ask: "How much?", short: "How much", required: true, type: number, unit: t}
"""
RULES = 'rules: [{id: opening, on: opening, at: "09:00"}]\n'


@pytest.fixture
def homes(tmp_path: Path, postgres: Any) -> Iterator[tuple[Home, Home]]:
    """Two machines with one content, one database and one Telegram. Where the cities are it is noon on a working
    day, whenever this runs."""
    zone, today = noon_somewhere(datetime.now(UTC))
    write_content(tmp_path, zone, today)
    with telegram(tmp_path) as emulator, postgres.database() as address:
        more = {"FOCAL_DATABASE_URL": address}
        folders = [tmp_path / name for name in "ab"]
        for folder in folders:
            folder.mkdir()
        first, second = (Home(folder, tmp_path / "knowledge", emulator, (AIKO,), more) for folder in folders)
        yield first, second


def test_two_processes_remind_everybody_once_whatever_dies(homes: tuple[Home, Home]) -> None:
    database = Database(homes[0].more["FOCAL_DATABASE_URL"])
    try:
        greeted(homes, database)
        heard = len(homes[0].telegram.received())
        for person in people():
            database.run_now(partial(appoint, person))
        deaths = sum(killed_at(homes, database, point, nth) for point, nth in POINTS)
        for seed in range(RANDOM_KILLS):
            deaths += killed_at_random(homes, database, random.Random(seed))
        with both(homes) as bots:
            wait_until(lambda: is_said(database), bots)
            assert [bot.stop() for bot in bots] == [0, 0]
        judge(database, Counter(one.chat for one in homes[0].telegram.received()[heard:]), deaths)
        assert homes[0].telegram.problems() == []
    finally:
        database.close()


def greeted(homes: tuple[Home, Home], database: Database) -> None:
    """Everybody says hello, and both processes ask Telegram for it: each is answered once."""
    with both(homes) as bots:
        for person in (AIKO, *people()):
            homes[0].telegram.do(person, "start")
        wait_until(lambda: counts(database, "inbox") == {"done": PEOPLE + 1} and is_sent(database), bots)
        assert [bot.stop() for bot in bots] == [0, 0]
    answered = Counter(one.chat for one in homes[0].telegram.received())
    assert {person: answered[person] for person in people()} == dict.fromkeys(people(), 1)


def killed_at(homes: tuple[Home, Home], database: Database, point: str, nth: int) -> int:
    """Both end at this point: who sends, and then who takes over from it. How many died."""
    with both(homes, f"{point}:{nth}") as bots:
        for alive in (1, 0):
            wait_until(lambda n=alive: sum(bot.lives for bot in bots) <= n, ())  # type: ignore[misc]
            over(database)
        assert all(bot.died_by_kill() for bot in bots), f"{point}:{nth}"
    return 2


def killed_at_random(homes: tuple[Home, Home], database: Database, chance: random.Random) -> int:
    """Both end at an instant of chance after one of them has begun to work."""
    with both(homes) as bots:
        sent = len(homes[0].telegram.received())
        wait_until(lambda: len(homes[0].telegram.received()) > sent or is_said(database), bots)
        for bot in chance.sample(bots, 2):
            time.sleep(chance.uniform(0, 0.2))
            bot.kill()
    over(database)
    return 2


def judge(database: Database, received: Counter[int], deaths: int) -> None:
    """Every debt is there once and said; who heard it twice was under way at a death."""
    debts = database.run_now(lambda work: work.reminders.of_cycle("2026"))
    owed = sorted((person, city) for person in people() for city in cities_of(person))
    assert sorted((debt.person, debt.city) for debt, _, _ in debts) == owed
    assert len({debt.key for debt, _, _ in debts}) == len(debts)
    became = {debt.person: state for debt, state, _ in debts}
    assert set(became.values()) <= {"sent", "unknown"}
    unknown = {person for person, state in became.items() if state == "unknown"}
    assert {person for person in people() if not received[person]} <= unknown, "lost, and nobody knows"
    assert max(received.values()) <= 2
    assert sum(count - 1 for count in received.values()) <= deaths * MOST_ON_THE_WIRE
    assert len(unknown) <= deaths * MOST_ON_THE_WIRE
    assert sum(counts(database, "outbox", "WHERE message_class = 'reminder'").values()) == PEOPLE


# --- how it is with the processes


def both(homes: tuple[Home, Home], crash: str | None = None) -> Any:
    """Both processes, for as long as the block lasts."""
    return _Both(homes, crash)


class _Both(ExitStack):
    def __init__(self, homes: tuple[Home, Home], crash: str | None) -> None:
        super().__init__()
        self._homes, self._crash = homes, crash

    def __enter__(self) -> list[Bot]:  # type: ignore[override]
        return [self.enter_context(home.bot(self._crash)) for home in self._homes]


def over(database: Database) -> None:
    """A minute passes for the lease of whoever is dead. Nothing but this makes the other one take over sooner."""
    with database._engine.begin() as connection:
        connection.exec_driver_sql(
            "UPDATE leases SET until = now() - interval '1 second' WHERE name = %s", (SENDER,)
        )


def wait_until(is_so: Callable[[], bool], bots: Sequence[Bot]) -> None:
    end = time.monotonic() + LONGEST
    while not is_so():
        for bot in bots:
            assert bot.lives, bot.log.read_text()[-2000:]
        assert time.monotonic() < end, [bot.log.read_text()[-2000:] for bot in bots]
        time.sleep(0.1)


def counts(database: Database, table: str, where: str = "") -> dict[str, int]:
    with database._engine.connect() as connection:
        found = connection.exec_driver_sql(f"SELECT state, count(*) FROM {table} {where} GROUP BY state")
        return {str(state): int(count) for state, count in found}


def is_sent(database: Database) -> bool:
    return set(counts(database, "outbox")) <= {"sent", "unknown"}


def is_said(database: Database) -> bool:
    return sum(counts(database, "debts").values()) == 2 * PEOPLE and is_sent(database)


# --- what they are about


def people() -> range:
    return range(FIRST_PERSON, FIRST_PERSON + PEOPLE)


def cities_of(person: int) -> tuple[str, str]:
    """Everybody is there for two cities, and each city has two."""
    number = person - FIRST_PERSON
    return f"town-{number:03}", f"town-{(number + 1) % PEOPLE:03}"


def appoint(person: int, work: UnitOfWork) -> None:
    now = datetime.now(UTC)
    work.people.introduce(person, "Nadia", None, now)
    for city in cities_of(person):
        work.people.join(person, Role.FOCAL_POINT, city, MembershipState.ACTIVE, now)


def noon_somewhere(now: datetime) -> tuple[str, date]:
    """A zone in which it is some minutes after twelve, and the day there."""
    offset = 12 - now.hour
    return f"Etc/GMT{-offset:+d}", (now + timedelta(hours=offset)).date()


def write_content(folder: Path, zone: str, today: date) -> None:
    rest = WEEK[(today.weekday() + 3) % 7]
    files = {
        "knowledge/topics.yaml": "composting: {label: {en: Compost}}\n",
        "knowledge/indicators.yaml": "waste: {label: {en: Waste per person}}\n",
        "schedules/cycles/2026.yaml": CYCLE.format(opens=today),
        "schedules/questionnaires/progress.yaml": PROGRESS,
        "schedules/reminders/standard.yaml": RULES,
    }
    for number in range(PEOPLE):
        files[f"knowledge/cities/town-{number:03}.md"] = CITY.format(number=number, zone=zone, rest=rest)
        files[f"knowledge/commitments/town-{number:03}-2007.md"] = COMMITMENT.format(number=number)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
