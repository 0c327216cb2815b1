"""A proposal that is agreed comes out as the file that an admin puts in place."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.answers import Amount, Answer, Codes, Day, Words
from bot.domain.people import Role
from bot.domain.questionnaires import Form
from bot.domain.reports import Report
from bot.rehearsal.people import Player

from .conftest import Staged
from .review_town import given, sent, write_town
from .stage import Stage, text_of


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, aiko: Player) -> Stage:
    for player in (sari, aiko):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    return stage


def promised(player: Player) -> Mapping[str, Answer]:
    return {
        "promise": given(player, Words("Cut waste by a fifth.")),
        "indicator": given(player, Codes(("waste-generation",))),
        "kind": given(player, Codes(("change",))),
        "value": given(player, Amount(Decimal(-20), "%")),
        "due": given(player, Day("2031")),
    }


async def agreed(stage: Stage, report: Report, reviewer: Player) -> Mapping[str, str]:
    """The reviewer accepts it; the files that they get, by name."""
    await stage.forge(reviewer, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    await stage.press(reviewer, "Accept")
    documents = [m.content["document"] for m in reviewer.messages() if "document" in m.content]
    files = stage.emulator.bot.files
    return {each["file_name"]: files[each["file_id"]].content.decode() for each in documents}


async def test_an_agreed_commitment_comes_as_a_file_and_the_city_hears_of_it(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, promised(sari), form=Form.COMMITMENT)
    assert "proposed commitment" in await town.ask(aiko, "/review")
    files = await agreed(town, report, aiko)
    (text,) = files.values()
    assert "Cut waste by a fifth." in text
    assert 'value: "-20"' in text
    assert "Agreed. Thank you!" in text_of(sari)


async def test_an_agreed_change_comes_as_the_whole_file_with_only_that_changed(
    town: Stage, sari: Player, aiko: Player
) -> None:
    answers = {
        "which": given(sari, Codes(("a",))),
        "value": given(sari, Amount(Decimal(-35), "%")),
        "reason": given(sari, Words("The new plant is ready.")),
    }
    report = await sent(town, sari, answers, form=Form.REVISION, subject="surabaya-2007")
    files = await agreed(town, report, aiko)
    text = files["surabaya-2007.md"]
    assert "The new plant is ready." in text
    assert 'value: "-35"' in text
    assert "Surabaya's commitment" in text


async def test_where_a_file_is_written_in_an_unusual_way_a_note_says_what_to_change(
    town: Stage, sari: Player, aiko: Player
) -> None:
    answers = {
        "which": given(sari, Codes(("a",))),
        "value": given(sari, Amount(Decimal("0.4"), "kg/cap/day")),
    }
    await town.appoint(sari, Role.FOCAL_POINT, "naga")
    report = await sent(town, sari, answers, "naga", form=Form.REVISION, subject="naga-2007")
    files = await agreed(town, report, aiko)
    assert 'value: "0.4"' in files["naga-2007-a.txt"]
    assert "please change these lines by hand" in "".join(message.text for message in aiko.messages())
