"""What an operator does to a bot at work: stopping it, and starting it over content that is being edited."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from .archive import done_now, read
from .conftest import FULL
from .processes import Home
from .story import Story

pytestmark = pytest.mark.faults

STOPS = 20 if FULL else 2
LONGEST_STOP = 10.0


def test_a_bot_that_is_asked_to_stop_ends_in_time_and_leaves_nothing_in_doubt(
    told: Callable[[int], Story],
) -> None:
    story = told(21)
    database = story.home.database
    for number in range(STOPS):
        story.town.act(10)
        before = read(database).done
        with story.home.bot() as bot:
            while done_now(database) == before:
                assert bot.lives, bot.log.read_text()[-2000:]
                time.sleep(0.002)
            time.sleep(0.03 * (number % 7))
            story.town.act(5)
            asked = time.monotonic()
            assert bot.stop() == 0
            assert time.monotonic() - asked < LONGEST_STOP
        left = [row.state for row in read(database).outbox]
        assert not {"wired", "claimed", "unknown"}.intersection(left)
    verdict = story.settle()
    assert verdict.faults == ()
    assert verdict.explained == ()


def test_a_bot_that_is_killed_while_a_file_is_being_edited_serves_the_last_good_version(home: Home) -> None:
    practice = home.knowledge / "practices" / "baskets.md"
    good = practice.read_text(encoding="utf-8")
    with home.bot() as bot:
        assert "Compost baskets" in answer(home, 6_000_000_001)
        practice.write_text("---\ntitle: [half of an edi", encoding="utf-8")
        # The bot is killed with the bad file before it, which it has seen or has not: both must do.
        time.sleep(1.0)
        assert "Compost baskets" in answer(home, 6_000_000_002)
        bot.kill()
    with home.bot() as bot:
        assert "Compost baskets" in answer(home, 6_000_000_003)
        practice.write_text(good.replace("Compost baskets", "Worm baskets"), encoding="utf-8")
        end = time.monotonic() + 15
        person = 6_000_000_004
        while "Worm baskets" not in answer(home, person) and time.monotonic() < end:
            person += 1
        assert "Worm baskets" in answer(home, person + 1)
        assert bot.stop() == 0


def answer(home: Home, person: int) -> str:
    """What the bot answers to somebody who looks for baskets."""
    home.telegram.do(person, "say", text="baskets")
    end = time.monotonic() + 20
    while time.monotonic() < end:
        texts = [message["text"] for message in home.telegram.messages(person)]
        if len(texts) > 1:
            return str(texts[-1])
        time.sleep(0.05)
    raise AssertionError("no answer came")
