"""Browsing without words: by topic, country and kind, with pages and a way back."""

from __future__ import annotations

from bot.rehearsal.people import Player

from .stage import Stage, labels, text_of

LONG_GONE = 999_999
"""The number of a message that is not there any more: what is pressed on it is answered with a new one."""


async def test_topics_lead_down_to_entries_and_up_again(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/topics")
    assert "Waste (17)" in labels(sari)
    await stage.press(sari, "Waste (17)")
    assert "› Composting (2)" in labels(sari)
    below = await stage.press(sari, "› Composting")
    assert below.startswith("Waste › Composting")
    await stage.press(sari, "↑ Waste")
    await stage.press(sari, "↑ All topics")
    assert "Choose a topic" in text_of(sari)


async def test_an_entry_of_a_list_opens_below_and_the_list_stays(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/topics")
    await stage.press(sari, "Water")
    listed = text_of(sari)
    assert "Rainwater <tanks> & *gutters*" in await stage.press(sari, "Rainwater")
    assert listed in [message.text for message in sari.messages()]


async def test_a_long_list_has_pages_that_hold_every_entry_once(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/topics")
    await stage.press(sari, "Kinds")
    first = await stage.press(sari, "Lessons (15)")
    assert "page 1 of 3" in first
    opened = [label for label in labels(sari) if "Lesson " in label]
    while "Next ›" in labels(sari):
        await stage.press(sari, "Next")
        opened += [label for label in labels(sari) if "Lesson " in label]
    assert sorted(opened) == [f"💡 Lesson {number:02} on streets" for number in range(1, 16)]
    assert "page 2 of 3" in await stage.press(sari, "Back")


async def test_countries_are_named_in_the_reader_s_language(stage: Stage, wei: Player) -> None:
    await stage.ask(wei, "/start")
    await stage.forge(wei, "c1")
    assert any("印度尼西亚" in label for label in labels(wei))
    await stage.press(wei, "菲律宾")
    assert "那牙如何采用篮子" in text_of(wei)


async def test_countries_and_kinds_lead_back(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await stage.press(sari, "Countries")
    await stage.press(sari, "Indonesia")
    assert "Basket composting in Surabaya" in text_of(sari)
    await stage.press(sari, "All countries")
    await stage.press(sari, "All topics")
    await stage.press(sari, "Kinds")
    await stage.press(sari, "Cities (2)")
    await stage.press(sari, "All kinds")
    assert "What are you after?" in text_of(sari)


async def test_a_page_that_is_not_there_becomes_the_nearest(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    assert "page 3 of 3" in await stage.forge(sari, "kzz:lessons")
    assert "page 1 of 3" in await stage.forge(sari, "k0:lessons")


async def test_the_whole_shipped_library_can_be_walked_through(shipped: Stage) -> None:
    """Every topic, country and kind that the bot offers leads to a list with entries."""
    reader = shipped.person(8, "Ana", "en")
    await shipped.ask(reader, "/start")
    for start in ("gt", "c1", "c2", "gk"):
        await shipped.forge(reader, start, LONG_GONE)
        offered = [key["callback_data"] for key in reader.messages()[-1].buttons]
        for data in [data for data in offered if data[0] in "tyk"]:
            await reader.press_data(data, LONG_GONE)
    await shipped.settled()
    lists = [m for m in reader.messages() if m.from_bot and any(k["text"].startswith("↑") for k in m.buttons)]
    assert len(lists) > 30
    for shown in lists:
        assert any(key["callback_data"][0] in "otyk" for key in shown.buttons), shown.text
