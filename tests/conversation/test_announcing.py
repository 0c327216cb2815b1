"""From the first word to the last reader: an announcement is written in the chat and goes out when it was said to."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from .announced import NOON, Office, got, office_at, take_in
from .conftest import Staged
from .stage import labels, text_of


@pytest.fixture
async def office(staged: Staged, network: Path) -> AsyncIterator[Office]:
    """It is noon in Surabaya, one in Naga, five in the morning in Lomé and two at the office (Tokyo)."""
    async with office_at(staged, network) as ready:
        await take_in(ready)
        yield ready


async def write_to_all(office: Office) -> None:
    """Aiko writes in English with a photo, and in French; both are kept."""
    stage, aiko = office.stage, office.aiko
    await stage.ask(aiko, "/announce")
    await stage.press(aiko, "Photo or document")
    await aiko.send_photo(caption="The assembly meets in June.")
    await stage.settled()
    await stage.press(aiko, "French")
    await stage.ask(aiko, "L’assemblée se réunit en juin.")
    await stage.press(aiko, "Options")
    await stage.press(aiko, "I have read this")
    await stage.press(aiko, "The announcement")
    await stage.press(aiko, "Send…")


async def test_what_is_sent_now_leaves_after_a_minute_to_everybody_in_their_language(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "Now")
    await office.tick(timedelta(seconds=40))
    assert got(office.sari, "assembly") == []
    await office.pass_by(30, steps=2)
    (english,), (french,) = got(office.sari, "assembly"), got(office.marie, "assemblée")
    assert english.content["photo"] == french.content["photo"]
    assert labels(office.marie) == ["✓ J’ai lu ceci"]
    assert got(office.wei, "assembly")[0].text == "The assembly meets in June."
    assert "delivered: 5" in office.board(1).text


async def test_a_minute_is_enough_to_call_it_off_and_to_write_on(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "Now")
    await office.stage.press(office.aiko, "Call it off")
    await office.pass_by(60, steps=2)
    assert got(office.sari, "assembly") == []
    assert "draft again" in await office.stage.press(office.aiko, "Write on")
    await office.stage.press(office.aiko, "Send…")
    await office.stage.press(office.aiko, "Now")
    await office.pass_by(60, steps=2)
    assert len(got(office.sari, "assembly")) == 1


async def test_at_nine_each_city_has_its_own_hour(office: Office) -> None:
    """Nine is over in Naga, in Surabaya and at the office, so that it is tomorrow's there; Lomé still has today's."""
    await write_to_all(office)
    await office.stage.press(office.aiko, "At nine in each city")
    today = office.aiko.messages()[-1].buttons[0]["text"]
    shown = await office.stage.press(office.aiko, today)
    assert "First: May 4, 2026 09:00 UTC. Last: May 5, 2026 02:00 UTC." in shown
    await office.stage.press(office.aiko, "Yes, then")
    arrived: dict[str, float] = {}
    for half_hour in range(1, 48):
        await office.tick(timedelta(minutes=30))
        for name, player in (("Lomé", office.marie), ("Naga", office.wei), ("Surabaya", office.sari)):
            if got(player, "assembl"):
                arrived.setdefault(name, half_hour / 2)
    # Five in the morning, UTC, it was at noon in Surabaya.
    assert arrived == {"Lomé": 4.0, "Naga": 20.0, "Surabaya": 21.0}


async def test_a_time_is_the_office_s(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "At a time")
    assert "09:00 (Asia/Tokyo)" in await office.stage.ask(office.aiko, "tomorrow 9:00")
    await office.stage.press(office.aiko, "Yes, then")
    assert "Asia/Tokyo" in text_of(office.aiko)
    midnight = NOON.replace(hour=0) + timedelta(days=1)
    await office.tick(midnight - timedelta(minutes=5) - office.clock.now())
    assert got(office.sari, "assembly") == []
    await office.pass_by(200, steps=3)
    assert len(got(office.sari, "assembly")) == 1
