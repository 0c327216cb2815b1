"""The pulse of a cycle, as the secretariat sees it: counted from what really happened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.rehearsal.people import Player

from .reminding_town import AIKO, ANA, MAYA, Town, town_of
from .reporting import plain


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(tmp_path, "kathmandu", "surabaya", "naga") as town:
        yield town


async def pulse(town: Town, aiko: Player) -> str:
    await town.stage.ask(aiko, "/overview")
    return plain(await town.stage.press(aiko, "Pulse"))


async def test_the_pulse_tells_who_is_lively_and_how_reminders_are_answered(town: Town) -> None:
    town.set_clock("2026-11-30 12:00")
    maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
    await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya", "fr")
    aiko = town.stage.person(AIKO, "Aiko")
    await town.at("2026-12-01 12:00")
    quiet = await pulse(town, aiko)
    assert "silent so far: 3" in quiet
    assert "0 of 2 were answered by a sign of life" in quiet
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "Nothing yet")
    lively = await pulse(town, aiko)
    assert "active lately: 1" in lively
    assert "silent so far: 2 · Naga, Surabaya" in lively
    assert "1 of 2 were answered by a sign of life" in lively
    assert "The next seven days" in lively
    assert "reminders" in lively


async def test_what_is_said_to_the_secretariat_itself_is_no_reminder_to_a_city(town: Town) -> None:
    town.set_clock("2026-12-18 12:00")
    await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya")
    aiko = town.stage.person(AIKO, "Aiko")
    await town.stage.ask(aiko, "/help")
    await town.look()
    await town.at("2026-12-21 10:00", "UTC")
    assert town.heard(aiko) == [1], "the secretariat is told of the silent cities"
    assert "None" not in (said := await pulse(town, aiko))
    assert "0 of 1" in said or "0 of one" in said, "Ana's reminder of three days after the deadline"
