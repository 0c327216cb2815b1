"""`kill -9` with work done and work waiting: nothing lost, nothing done twice, no answer silently missing."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence

import pytest

from .conftest import FULL
from .story import WITHOUT_FILES, Story, every_point

pytestmark = pytest.mark.faults

RANDOM_KILLS = 20 if FULL else 3
POINTS: Sequence[tuple[str, int]] = (
    every_point(3, WITHOUT_FILES)
    if FULL
    else (("inbox.received", 1), ("update.handled", 2), ("outbox.wired", 2), ("outbox.sent", 1))
)


def test_a_bot_that_is_killed_in_the_middle_of_its_work_loses_and_doubles_nothing(
    told: Callable[[int], Story], capsys: pytest.CaptureFixture[str]
) -> None:
    """An answer may arrive twice where it was under way at a kill and nobody could know; never not at all."""
    story = told(20261121)
    for _ in range(RANDOM_KILLS):
        story.kill_at_random()
    for point, nth in POINTS:
        story.kill_at(point, nth)
    verdict = story.settle()
    with capsys.disabled():
        sys.stdout.write(
            f"\n{story.counted} kills in the middle ({story.repeated} idle ones repeated), "
            f"{story.town.said} updates, {len(story.home.telegram.received())} messages and edits received; "
            f"{len(verdict.faults)} faults, {len(verdict.explained)} doubled that were under way at a kill\n"
        )
    assert verdict.faults == ()
    assert story.home.telegram.problems() == []
    assert story.counted == RANDOM_KILLS + len(POINTS)
