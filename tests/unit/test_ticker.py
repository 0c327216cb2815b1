"""The clock of the house: it comes round, sooner where that is wished, and one failure stops nothing else."""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta

import pytest
from post_office import START, Time, until

from bot.clock import TravellingClock
from bot.delivery.ticker import BELIEVED_AFTER, LAST_TICK, Ticker
from bot.domain.ports import UnitOfWork
from bot.storage.database import Database


class Looks:
    """A service that notes when it was called."""

    def __init__(self, *wishes: float | None) -> None:
        self.count = 0
        self._wishes = list(wishes)

    def __call__(self, work: UnitOfWork) -> float | None:
        self.count += 1
        return self._wishes.pop(0) if self._wishes else None


def failing(work: UnitOfWork) -> float | None:
    work.facts.set("half", "done")
    raise ValueError("canary-4471")


async def test_it_ticks_at_start_and_then_every_so_often(database: Database) -> None:
    looks, woken = Looks(), Looks()
    ticker = Ticker(database, TravellingClock(), [looks], lambda: woken(None), every=0.3)  # type: ignore[arg-type]
    task = asyncio.create_task(ticker.run())
    await until(lambda: looks.count == 3, 3)
    task.cancel()
    assert ticker.is_on_time
    assert woken.count >= 2


async def test_it_comes_sooner_where_a_service_wishes_it(database: Database) -> None:
    looks = Looks(0.0, 0.3)
    task = asyncio.create_task(Ticker(database, TravellingClock(), [Looks(), looks], every=3600).run())
    await until(lambda: looks.count == 3, 6)
    await asyncio.sleep(0.4)
    task.cancel()
    assert looks.count == 3


async def test_an_error_stops_neither_the_others_nor_the_clock(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    looks = Looks()
    ticker = Ticker(database, TravellingClock(), [failing, looks], every=0.2)
    task = asyncio.create_task(ticker.run())
    await until(lambda: looks.count >= 3)
    assert "ValueError" in caplog.text
    assert "canary" not in caplog.text
    assert database.run_now(lambda work: work.facts.get("half")) is None
    await until(lambda: not ticker.is_on_time)  # whoever watches the house learns of it
    task.cancel()


async def test_a_jump_of_weeks_is_one_round(database: Database) -> None:
    clock, looks = TravellingClock(), Looks()
    ticker = Ticker(database, clock, [looks])
    await ticker.tick_now()
    clock.travel(timedelta(weeks=5))
    await ticker.tick_now()
    assert looks.count == 2
    kept = database.run_now(lambda work: work.facts.get(LAST_TICK))
    assert kept is not None
    assert kept <= clock.now().isoformat()


async def test_with_a_clock_that_was_set_back_nothing_is_planned_until_it_is_right(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    time, looks = Time(), Looks()
    ticker = Ticker(database, time, [looks], monotonic=lambda: 0.0)
    time.seconds = 7200
    await ticker.tick_now()
    with caplog.at_level(logging.ERROR):
        for time.seconds in (3500, 0, 100):
            await ticker.tick_now()
    assert looks.count == 1
    assert len(caplog.records) == 1, "one clear line"
    assert not ticker.is_on_time
    again = Ticker(database, time, [looks])
    await again.tick_now()
    assert looks.count == 1, "a restart does not make it right"
    time.seconds = 3700
    await ticker.tick_now()
    assert looks.count == 2
    assert ticker.is_on_time


async def test_a_clock_that_goes_on_for_a_day_is_believed_however_often_we_are_restarted(
    database: Database,
) -> None:
    """It was the other one that was wrong: nobody must wait for weeks until it is passed."""
    time, looks = Time(), Looks()
    database.run_now(lambda work: work.facts.set(LAST_TICK, (START + timedelta(weeks=4)).isoformat()))
    for time.seconds in (3600, 0, 8 * 3600, 16 * 3600, BELIEVED_AFTER.total_seconds()):
        ticker = Ticker(database, time, [looks])
        await ticker.tick_now()
        assert not ticker.is_on_time
    assert looks.count == 0
    time.seconds += 1
    await ticker.tick_now()
    await ticker.tick_now()
    assert looks.count == 2
    assert ticker.is_on_time
    time.seconds -= 7200
    await ticker.tick_now()
    assert looks.count == 2, "another doubt is a day of its own"


async def test_after_three_rounds_that_did_not_come_the_house_is_not_ready(database: Database) -> None:
    seconds = [0.0]
    ticker = Ticker(database, TravellingClock(), [Looks()], every=30, monotonic=lambda: seconds[0])
    await ticker.tick_now()
    seconds[0] = 89
    assert ticker.is_on_time
    seconds[0] = 91
    assert not ticker.is_on_time
