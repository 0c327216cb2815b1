"""`kill -9` in the middle of a report: no answer and no file is lost or kept twice, and it is sent once."""

from __future__ import annotations

import os
import sqlite3
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime

import pytest

from bot.delivery.attachments import sweep
from bot.storage.database import Database

from .archive import attachments_of
from .conftest import FULL
from .processes import Home
from .reporters import Reporters
from .story import Story, every_point

pytestmark = pytest.mark.faults

RANDOM_KILLS = 12 if FULL else 0
PEOPLE, AT_ONCE = (48, 12) if FULL else (2, 2)
POINTS: Sequence[tuple[str, int]] = (
    every_point(3)
    if FULL
    else (
        ("update.handled", 2),
        ("outbox.sent", 2),
        ("attachment.fetched", 1),
        ("attachment.written", 1),
    )
)
LONGEST_REPORT = 180.0


async def test_a_report_survives_kills_at_every_point_of_its_way(
    reporting: Callable[[int, int, int], tuple[Story, Reporters]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Twelve answers and two files each. Whoever has a report on its way goes on as if nothing had been."""
    story, reporters = reporting(20261122, PEOPLE, AT_ONCE)
    began = time.monotonic()
    for point, nth in POINTS:
        story.kill_at(point, nth)
    for _ in range(RANDOM_KILLS):
        story.kill_at_random()
    killed = time.monotonic()
    finish(story, reporters)
    verdict = story.settle()
    leftovers = await swept(story.home)
    with capsys.disabled():
        sys.stdout.write(
            f"\n{story.counted} kills in {killed - began:.0f} s, {len(reporters.begun)} reports of "
            f"{reporters.said} updates, {len(story.home.telegram.received())} messages and edits received; "
            f"{len(verdict.faults)} faults, {len(verdict.explained)} doubled that were under way at a kill, "
            f"{leftovers} files left by kills\n"
        )
    assert verdict.faults == ()
    assert all(one.has_finished for one in reporters.begun)
    assert kept(story.home) == {
        "drafts": len(reporters.begun),
        "reports": len(reporters.begun),
        "attachments": 2 * len(reporters.begun),
    }
    assert story.home.telegram.problems() == []
    assert leftovers <= sum(kill.cause.startswith("attachment.") for kill in story.kills) + RANDOM_KILLS
    assert story.counted == RANDOM_KILLS + len(POINTS)


def finish(story: Story, reporters: Reporters) -> None:
    """A life in which everybody who has begun a report comes to its end."""
    reporters.close()
    end = time.monotonic() + LONGEST_REPORT
    with story.home.bot() as bot:
        while not all(one.has_finished for one in reporters.begun):
            assert bot.lives, bot.log.read_text()[-2000:]
            assert time.monotonic() < end, [one for one in reporters.begun if not one.has_finished]
            reporters.act(AT_ONCE)
            time.sleep(0.1)
        bot.kill()


async def swept(home: Home) -> int:
    """How many files lay there that no row names; afterwards exactly those that rows name are there."""
    folder = attachments_of(home.database)
    for path in folder.iterdir():
        os.utime(path, (0, 0))
    database = Database(f"sqlite:///{home.database}")
    try:
        count = await sweep(database, folder, datetime.now(UTC))
        named = await database.run(lambda work: work.attachments.paths())
    finally:
        database.close()
    assert named == frozenset(path.name for path in folder.iterdir())
    return count


def kept(home: Home) -> dict[str, int]:
    with closing(sqlite3.connect(home.database)) as archive:
        return {
            table: int(archive.execute(f"SELECT count(*) FROM {table}").fetchone()[0])
            for table in ("drafts", "reports", "attachments")
        }
