"""Pictures in the chat: a city's chart and the network's board, each with words for whoever does not see it."""

from __future__ import annotations

import struct
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player
from bot.services.pictures import ROWS_OF_A_BOARD

from .conftest import Staged
from .review_town import sent, told, write_town
from .stage import AIKO, Stage, answers, labels

PICTURE = "As a picture"


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, marie: Player, aiko: Player) -> Stage:
    for player in (sari, marie, aiko):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    return stage


async def accepted(town: Stage, sari: Player, aiko: Player, figure: str = "-15") -> None:
    report = await sent(town, sari, told(sari, figure))
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id))


def photos(town: Stage, player: Player) -> list[tuple[str, bytes]]:
    """Captions and bytes of the pictures that somebody was sent."""
    found = [message for message in player.messages() if message.from_bot and "photo" in message.content]
    files = town.emulator.bot.files
    return [(message.text, files[message.content["photo"][-1]["file_id"]].content) for message in found]


def is_picture(content: bytes) -> bool:
    width, height = struct.unpack(">II", content[16:24])
    return content.startswith(b"\x89PNG") and width == 1080 and height < 2 * width and len(content) < 250_000


async def test_a_focal_point_sees_the_target_of_their_city_as_a_chart_with_its_words(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await accepted(town, sari, aiko)
    shown = await town.ask(sari, "/status")
    assert "▰▰▱▱▱ 50 %" in shown.replace("\u202f", " ")
    screen = sari.messages()[-1].id
    await town.press(sari, PICTURE)
    ((caption, picture),) = photos(town, sari)
    assert is_picture(picture)
    words = caption.replace("\u202f", " ")
    assert "Surabaya, Waste generation: −15 %" in words
    assert "−30 % by 2030" in words
    again = next(message for message in sari.messages() if message.id == screen)
    assert again.text == shown, "the screen is there again"
    assert any(PICTURE in key["text"] for key in again.buttons)


async def test_the_caption_is_in_the_reader_s_language(
    town: Stage, sari: Player, aiko: Player, marie: Player
) -> None:
    await accepted(town, sari, aiko)
    await town.appoint(marie, Role.FOCAL_POINT, "surabaya")
    await town.ask(marie, "/status")
    await town.press(marie, "En image")
    ((caption, picture),) = photos(town, marie)
    assert "Objectif" in caption
    assert picture


async def test_where_there_is_no_figure_no_picture_is_offered_and_an_old_button_says_so(
    town: Stage, sari: Player
) -> None:
    await town.ask(sari, "/status")
    assert not [label for label in labels(sari) if PICTURE in label]
    shown = await town.forge(sari, b.DrawCity("m", "surabaya"))
    assert "nothing in it" in shown
    assert photos(town, sari) == []


async def test_the_secretariat_opens_the_chart_of_a_city_from_its_file(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await accepted(town, sari, aiko)
    await town.ask(aiko, "/overview")
    file = await town.press(aiko, "Surabaya")
    assert await town.press(aiko, PICTURE) is not None
    assert len(photos(town, aiko)) == 1
    assert file in answers(aiko)


async def test_the_board_of_a_cycle_says_every_target_in_words_too(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await accepted(town, sari, aiko, "-32.4")
    shown = await town.ask(aiko, "/overview")
    assert "▰▰▱▱▱ 1 of 2 accepted" in shown
    await town.press(aiko, PICTURE)
    ((caption, picture),) = photos(town, aiko)
    assert is_picture(picture)
    words = caption.replace("\u202f", " ")
    assert "2 targets" in words
    assert "Surabaya · Waste generation: 108 %" in words
    assert "Naga · Waste generation: No result yet" in words
    assert shown in answers(aiko)


async def test_a_big_network_gets_a_few_boards_and_a_very_big_one_its_counts(
    staged: Staged, tmp_path: Path
) -> None:
    for cities, pictures, words in ((20, 2, "City 19"), (80, 1, "No result yet: 80")):
        knowledge, schedules = write_town(tmp_path / str(cities))
        for name in ("surabaya", "naga"):
            (knowledge / f"commitments/{name}-2007.md").unlink()
        pattern = (
            "---\ntitle: {{en: City {n}}}\ncountry: ID\ntime_zone: Asia/Jakarta\nlanguages: [id]\n---\n",
            "---\ntitle: {{en: Promise {n}}}\ncity: city-{n}\nmade: 2007\ndue: 2030\ntargets:\n"
            "  - {{id: a, kind: change, indicator: waste-generation, direction: down, value: '-30', unit: '%',"
            " text: {{en: Less waste.}}}}\n---\n",
        )
        for n in range(cities):
            (knowledge / f"cities/city-{n}.md").write_text(pattern[0].format(n=n), encoding="utf-8")
            (knowledge / f"commitments/city-{n}-2007.md").write_text(pattern[1].format(n=n), encoding="utf-8")
        async with staged(knowledge, schedules=schedules, data=tmp_path / f"data-{cities}") as stage:
            aiko = stage.person(AIKO, "Aiko", "en")
            await stage.ask(aiko, "/overview")
            await stage.press(aiko, PICTURE)
            drawn = photos(stage, aiko)
            assert len(drawn) == pictures == min(-(-cities // ROWS_OF_A_BOARD), pictures)
            assert all(is_picture(content) for _, content in drawn)
            assert words in "\n".join(caption for caption, _ in drawn)


async def test_pictures_are_for_whoever_may_see_what_is_on_them(
    town: Stage, sari: Player, aiko: Player, marie: Player
) -> None:
    await accepted(town, sari, aiko)
    for button in (b.DrawCity("m", "surabaya"), b.DrawBoard("open")):
        assert await town.forge(marie, button) == town.says(NotAllowed(), "fr")
    assert await town.forge(sari, b.DrawCity("m", "naga")) == town.says(NotAllowed())
    assert await town.forge(sari, b.DrawBoard("open")) == town.says(NotAllowed())
    assert photos(town, marie) + photos(town, sari) == []


async def test_whoever_lost_their_role_meanwhile_gets_no_picture(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await accepted(town, sari, aiko)
    await town.ask(sari, "/status")
    await town.appoint(sari, Role.VISITOR)
    await town.press(sari, PICTURE)
    assert photos(town, sari) == []
