"""The whole way of a report: sent by the city, returned in part, corrected, and accepted."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.rehearsal.people import Player

from .conftest import Staged
from .review_town import write_town
from .stage import Stage, answers, labels, text_of


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


async def filled_in(stage: Stage, player: Player) -> None:
    """Answers every question and sends the report."""
    await stage.ask(player, "/report")
    await stage.press(player, "A measured figure")
    await stage.ask(player, "-32.4 %")
    await stage.press(player, "Exceeded")
    await player.send_photo()
    await stage.settled()
    await stage.press(player, "›")
    await stage.ask(player, "Baskets in every kitchen.")
    await stage.press(player, "Send to the secretariat")


async def test_a_report_goes_from_the_city_to_the_office_and_back_until_it_is_accepted(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await filled_in(town, sari)
    assert "A report has come in" in text_of(aiko)
    await town.press(aiko, "Review")
    await town.press(aiko, "Next")
    assert "📎 1" in text_of(aiko)
    before = len(aiko.messages())
    assert "One file, above" in await town.press(aiko, "Files")
    assert any("photo" in message.content for message in aiko.messages()[before:])
    await town.press(aiko, "The report")
    await town.press(aiko, "Return answers")
    await town.press(aiko, "result")
    await town.ask(aiko, "Is it weighed or estimated?")
    await town.press(aiko, "Return one answer")
    assert "Is it weighed or estimated?" in text_of(sari)

    shown = await town.press(sari, "Open these answers")
    assert "Is it weighed or estimated?" in shown
    assert "What is the figure?" in shown
    await town.ask(sari, "-31 %")
    await town.press(sari, "Send to the secretariat")
    arrived = text_of(aiko)
    assert "A new version" in arrived
    assert "−31" in arrived
    assert "What changed since version 1" in await town.press(aiko, "Review")
    await town.press(aiko, "Accept")
    assert "Your report is accepted" in text_of(sari)
    assert "103.3" in text_of(sari)


async def test_the_receipt_leads_to_the_report_and_back_to_the_dialog(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await filled_in(town, sari)
    receipt = sari.messages()[-1].id
    assert "surabaya-open" in await town.press(sari, "See it", receipt)
    await town.press(sari, "Take it back", receipt)
    assert "every answer is still there" in text_of(sari)
    await town.press(sari, "Continue")
    await town.press(sari, "Send to the secretariat")
    assert sum("come in" in text for text in answers(aiko)) == 2


async def test_an_accepted_report_is_opened_again_by_its_reason_and_sent_once_more(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await filled_in(town, sari)
    await town.press(aiko, "Review")
    await town.press(aiko, "Accept")
    await town.press(sari, "See the report")
    await town.press(sari, "Amend")
    await town.ask(sari, "We counted twice.")
    await town.press(sari, "Continue")
    assert "✏ 1" in labels(sari)
    assert "Amended because: “We counted twice.”" in text_of(sari)
    assert "Nothing differs" in await town.press(sari, "Send to the secretariat")
    await town.press(sari, "All answers")
    await town.press(sari, "✏ 5")
    shown = await town.ask(sari, "Nothing but baskets.")
    assert "What differs from the accepted version" in shown
    assert "Nothing but baskets." in shown
    await town.press(sari, "Send to the secretariat")
    assert "We counted twice." in text_of(aiko)


async def test_what_was_taken_back_unread_is_no_version_to_compare_with(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await filled_in(town, sari)
    await town.press(sari, "Take it back")
    await town.forge(sari, b.Continue(1))
    version = town.sql("SELECT version FROM drafts")[0][0]
    await town.forge(sari, b.Move(1, version, b.Step.CHANGE, "worked"))
    await town.ask(sari, "Bins at every market.")
    await town.press(sari, "Send to the secretariat")
    assert "A new version of a report has come in" in text_of(aiko)
    assert "Baskets" not in text_of(aiko)


async def test_what_the_secretariat_enters_is_not_compared_with_the_report_of_the_city(
    town: Stage, sari: Player, aiko: Player
) -> None:
    """Reports of one city and cycle share a number and count on; two sources are no versions of each other."""
    await filled_in(town, sari)
    town.sql("UPDATE reports SET judged = ?", '{"2007a": "3"}')
    await sent_from_an_interview(town, aiko)
    rows = town.sql("SELECT number, version, source, judged FROM reports ORDER BY id")
    assert [row[:3] for row in rows] == [
        ("surabaya-open", 1, "questionnaire"),
        ("surabaya-open", 2, "interview"),
    ]
    assert rows[1][3] == "{}"
    before = town.sql("SELECT before FROM audit WHERE event = 'submitted' ORDER BY id")
    assert before == [("draft",), ("draft",)]


async def sent_from_an_interview(stage: Stage, player: Player) -> None:
    await stage.forge(player, "Ti:surabaya")
    await stage.ask(player, "Ms Lim, by telephone")
    await stage.press(player, "A measured figure")
    await stage.ask(player, "-32.4 %")
    for _ in range(3):
        await stage.press(player, "Skip")
    await stage.press(player, "Send to the secretariat")
