"""Reporting for the first time: whoever does not know the dialog yet is led, and told why."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.people import Player

from .conftest import Staged
from .reporting import BUDI, answered, ask, fill, focal_point, press
from .reporting_network import write_reporting_network
from .stage import AIKO, SARI, Stage, labels

RETURNED = """UPDATE drafts SET state = 'open', at_key = 'state@2007b', returned = ?, holder = NULL,
version = version + 1, touched_at = (SELECT submitted_at FROM reports)"""


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge = write_reporting_network(tmp_path)
    async with staged(knowledge, schedules=tmp_path / "schedules") as stage:
        await stage.ask(stage.person(AIKO, "Aiko"), "/help")
        yield stage


@pytest.fixture
async def ana(town: Stage) -> Player:
    return await focal_point(town)


@pytest.fixture
async def budi(town: Stage) -> Player:
    player = await focal_point(town, BUDI, "Budi")
    await town.appoint(player, Role.DEPUTY, "surabaya")
    return player


async def test_figures_sent_before_anything_is_begun_are_offered_to_be_filled_in(
    town: Stage, ana: Player
) -> None:
    shown = await ask(town, ana, "waste per person 0.95 kg in 2025, recycling 58 %")
    assert "This looks like a report" in shown
    assert "Waste per person: result: 0.95 kg per person per day (2025)" in shown
    assert town.sql("SELECT count(*) FROM drafts") == [(0,)], "a look begins nothing"
    assert "Nothing is kept yet" in await press(town, ana, "Yes, fill it in")
    assert answered(town) == "{}"
    await press(town, ana, "Fill these in")
    assert "result@2007b" in answered(town)


async def test_what_looks_like_a_report_may_be_looked_up_all_the_same(town: Stage, ana: Player) -> None:
    await ask(town, ana, "recycling 58 %")
    assert "58 %" in await press(town, ana, "Look it up instead")
    assert town.sql("SELECT count(*) FROM drafts") == [(0,)]


async def test_nobody_else_is_offered_a_report_for_their_figures(town: Stage) -> None:
    sari = town.person(SARI, "Sari")
    await ask(town, sari, "/help")
    assert "looks like a report" not in await ask(town, sari, "waste per person 0.95 kg in 2025")


async def test_figures_with_their_names_are_a_report_at_a_choice_too(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    assert "⚡ All in one message" in labels(ana)
    shown = await ask(town, ana, "waste per person 1.1 kg, recycling 58 %")
    assert "Nothing is kept yet" in shown
    await press(town, ana, "No, ask me one by one")
    shown = await ask(town, ana, "waste per person 1.1 kg in 2025")
    assert "(2025)" in shown
    await press(town, ana, "No, ask me one by one")
    assert "You wrote" in await ask(town, ana, "waste per person 1.1 kg"), "one figure alone is no report"


async def test_below_what_was_looked_up_stands_what_came_back(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    await press(town, ana, "Send to the secretariat")
    town.sql(RETURNED, '{"state@2007b": "Really nothing?"}')
    town.sql("UPDATE reports SET state = 'returned', decided_at = submitted_at")
    await ask(town, ana, "zzzz qqqq")
    assert "▶️ Open these answers" in labels(ana)
    assert "Really nothing?" in await press(town, ana, "Open these answers")
    await press(town, ana, "Pause")
    await ask(town, ana, "/topics")
    assert "▶️ Open these answers" not in labels(ana), "somebody has opened it"


async def test_where_nothing_is_found_an_open_draft_is_the_way_on(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "Pause")
    await ask(town, ana, "zzzz qqqq")
    assert "▶️ Continue at question 1" in labels(ana)


async def test_a_deputy_is_told_who_began_and_only_who_was_there_is_welcomed_back(
    town: Stage, ana: Player, budi: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "Nothing yet")
    await press(town, ana, "Pause")
    shown = await ask(town, budi, "/report")
    assert "Ana began this" in shown
    assert "Welcome back" not in shown
    await press(town, budi, "Pause")
    assert "Welcome back" in await ask(town, ana, "/report")


async def test_whoever_is_led_back_to_an_earlier_question_is_told_why(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "Nothing yet")
    await press(town, ana, "I don’t know yet")
    await press(town, ana, "Ask a colleague")
    await press(town, ana, "Go on with the next one")
    await press(town, ana, "Skip")
    shown = await press(town, ana, "Skip")
    assert "One question is still open:" in shown
    assert "Recycling" in shown


async def test_one_message_that_waited_did_not_come_together_with_others(
    staged: Staged, tmp_path: Path
) -> None:
    knowledge = write_reporting_network(tmp_path)
    async with Emulator.serve() as emulator:
        async with staged(knowledge, emulator, schedules=tmp_path / "schedules") as town:
            ana = await focal_point(town)
            await ask(town, ana, "/report")
            await press(town, ana, "A measured figure")
            town.sql("UPDATE drafts SET heard = ?", '[{"raw": "a lot", "key": null}]')
            shown = await press(town, ana, "‹ Back")
        assert "came in together" not in shown
        assert "“a lot” → I cannot read this as an answer; the question is below" in shown
        assert "see below" not in shown, "nothing waits below"


async def test_what_is_read_in_two_ways_can_still_be_left_open(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "1,234")
    assert "I don’t know yet" in labels(ana)
    await press(town, ana, "I don’t know yet")
    await press(town, ana, "Leave it empty")
    assert '"unknown"' in answered(town)


async def test_files_are_done_with_and_removed_only_where_there_are_some(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    await press(town, ana, "Skip")
    await press(town, ana, "‹ Back")
    assert {"Keep ›"} <= set(labels(ana))
    assert not {"Done ›", "🗑 Remove the files"} & set(labels(ana))
    await ana.send_document("weighing.pdf", b"%PDF")
    await town.settled()
    assert {"Done ›", "🗑 Remove the files"} <= set(labels(ana))


async def test_the_summary_has_short_buttons_and_sending_first(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    keyboard = (ana.messages()[-1].reply_markup or {})["inline_keyboard"]
    rows = [[key["text"] for key in row] for row in keyboard]
    assert rows[0] == ["📨 Send to the secretariat"]
    assert rows[1] == ["✏ 1", "✏ 2", "✏ 3", "✏ 4"]


async def test_an_example_is_of_the_kind_that_the_target_has(staged: Staged, tmp_path: Path) -> None:
    knowledge = write_reporting_network(tmp_path)
    file = tmp_path / "schedules" / "questionnaires" / "progress.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('    example: {en: "0.95", zh: "0.95", fr: "0,95"}\n', ""), "utf-8")
    commitment = knowledge / "commitments" / "surabaya-2007.md"
    promised = commitment.read_text("utf-8").replace(
        'kind: level, indicator: recycling-rate, direction: up, value: "65"',
        'kind: change, indicator: recycling-rate, direction: down, value: "-65"',
    )
    commitment.write_text(promised, "utf-8")
    async with staged(knowledge, schedules=tmp_path / "schedules") as town:
        ana = await focal_point(town)
        await ask(town, ana, "/report")
        shown = await press(town, ana, "A measured figure")
        assert "For example: 0.95 kg per person per day" in shown
        await ask(town, ana, "0.97")
        await press(town, ana, "Skip")
        shown = await press(town, ana, "A measured figure")
        assert "For example: −20 %" in shown
        await ask(town, ana, "1,234")
        assert not any("+" in label for label in labels(ana)), "nobody wrote that it rose"


async def test_what_fails_leads_back_to_the_report(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    broken = {"message_id": "?", "date": "yesterday", "text": "0.95", "chat": ana.chat.as_json()}
    town.emulator.put_update(900_004, "message", broken | {"from": ana.person.as_json()})
    async with asyncio.timeout(20):
        while "▶️ Continue" not in labels(ana):
            await asyncio.sleep(0.05)
    assert "What is there for 2026?" in await press(town, ana, "Continue")
