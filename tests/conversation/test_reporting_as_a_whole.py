"""A report as a whole: its summary, old buttons, waiting messages, one message, other forms, changed questions."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.people import Player

from .conftest import Staged
from .reporting import ANA, BUDI, answered, answered_in_cycle, ask, draft_row, fill, focal_point, press, seen
from .reporting_network import write_reporting_network
from .stage import AIKO, Stage, answers, labels


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with a network that reports; Aiko of the secretariat has met it."""
    knowledge = write_reporting_network(tmp_path)
    async with staged(knowledge, schedules=tmp_path / "schedules") as stage:
        await stage.ask(stage.person(AIKO, "Aiko"), "/help")
        yield stage


@pytest.fixture
async def ana(town: Stage) -> Player:
    return await focal_point(town)


async def test_one_answer_is_changed_from_the_summary_and_leads_back_there(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    await press(town, ana, "✏ 1")
    # The path changed: only the new questions are asked, then the summary comes again.
    assert "What is the figure?" in await press(town, ana, "A measured figure")
    assert "Is there anything to show?" in await ask(town, ana, "0.95")
    assert "Nothing is sent yet" in await press(town, ana, "Skip")
    await press(town, ana, "✏ 1")
    assert "Set aside" in await press(town, ana, "Nothing yet")
    assert "result@2007a" in answered(town), "set aside is not thrown away"


async def test_what_is_missing_is_named_and_cannot_be_sent(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "Help")
    shown = await press(town, ana, "All answers")
    assert "2 answers are missing" in shown
    assert not any("Send" in label for label in labels(ana))


async def test_an_old_button_changes_nothing_and_says_what_is_the_case(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    first = ana.messages()[-1]
    tapped = next(key["callback_data"] for key in first.buttons if key["text"] == "A measured figure")
    await press(town, ana, "A measured figure")
    before = draft_row(town)
    await ask(town, ana, "/topics")
    said = await town.forge(ana, tapped)
    assert "The question is answered" in said
    assert "A measured figure" in said
    assert draft_row(town) == before
    assert "Your answer until now" in await press(town, ana, "Change it")


async def test_a_draft_that_was_sent_has_a_way_on_behind_every_button(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    sent = next(key["callback_data"] for key in ana.messages()[-1].buttons if "Send" in key["text"])
    await town.forge(ana, sent)
    said = await town.forge(ana, sent.replace(":z:", ":a:"))
    assert "is sent" in said
    assert town.sql("SELECT count(*) FROM reports") == [(1,)]
    assert "surabaya-2026" in await ask(town, ana, "/report") or labels(ana)


async def test_the_same_as_last_time_is_one_tap(town: Stage, ana: Player, tmp_path: Path) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    await press(town, ana, "Skip")
    await press(town, ana, "Nothing yet")
    await press(town, ana, "Skip")
    await press(town, ana, "Skip")
    await press(town, ana, "Send to the secretariat")
    town.sql("UPDATE reports SET state = 'accepted', cycle = '2025', number = 'surabaya-2025'")
    town.sql("UPDATE drafts SET cycle = '2025'")
    await ask(town, ana, "/report")
    await press(town, ana, "Same as last time")
    assert "0.97 kg per person per day" in seen(ana)
    await press(town, ana, "Same as last time")
    assert '"same_as_last": true' in answered_in_cycle(town, "2026").lower()


async def test_messages_that_waited_are_taken_in_order_and_answered_once(
    staged: Staged, tmp_path: Path
) -> None:
    knowledge = write_reporting_network(tmp_path)
    async with Emulator.serve() as emulator:
        async with staged(knowledge, emulator, schedules=tmp_path / "schedules") as town:
            ana = await focal_point(town)
            await ask(town, ana, "/report")
            await press(town, ana, "A measured figure")
        before = len(answers(ana))
        for words in ("0.97", "skip", "Nothing yet", "what is this", "0.5"):
            await ana.say(words)
        async with staged(knowledge, emulator, schedules=tmp_path / "schedules") as town:
            await town.settled()
            assert len(answers(ana)) == before + 1, "one message for all of them"
            told = seen(ana)
            assert "✓ “0.97” → Waste per person: result: 0.97 kg per person per day" in told
            assert "✓ “skip” → Waste per person: evidence: skipped" in told
            assert "✓ “Nothing yet”" in told
            assert "❔ “what is this”" in told
            assert "▫️ “0.5” → not used" in told
            assert "What would help you?" in told
            assert "result@2007b" not in answered(town)
            assert "“0.97”" not in await press(town, ana, "Training"), "told once"


async def test_a_returned_answer_is_asked_with_its_reason_and_may_be_stood_by(
    town: Stage, ana: Player
) -> None:
    await fill(town, ana)
    await press(town, ana, "Send to the secretariat")
    town.sql(
        "UPDATE drafts SET state = 'open', at_key = 'state@2007b', returned = ?, version = version + 1",
        '{"state@2007b": "Really nothing?"}',
    )
    town.sql("UPDATE reports SET state = 'returned'")
    shown = await ask(town, ana, "/report")
    assert "Really nothing?" in shown
    assert "Your answer until now: Nothing yet" in shown
    assert "Nothing is sent yet" in await press(town, ana, "Keep")
    assert "version 2" in await press(town, ana, "Send to the secretariat")


async def test_the_whole_report_in_one_message_is_shown_before_it_is_kept(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "All in one message")
    shown = await ask(town, ana, "waste per person 0.95 kg, recycling 58 %, elephants 12")
    assert "Waste per person: result: 0.95 kg per person per day" in shown
    assert "Recycling: result: 58" in shown
    assert "elephants 12" in shown
    assert answered(town) == "{}"
    after = await press(town, ana, "Fill these in")
    assert "Is there anything to show?" in after
    assert "result@2007b" in answered(town)
    assert "measured" in answered(town)


async def test_a_message_with_several_figures_at_a_number_question_is_shown_first(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    shown = await ask(town, ana, "waste per person 0.95 kg; recycling 58 %")
    assert "Nothing is kept yet" in shown
    assert "What is the figure?" in await press(town, ana, "No, ask me one by one")
    assert "result" not in answered(town)


async def test_whoever_stands_for_two_cities_chooses(town: Stage, ana: Player, tmp_path: Path) -> None:
    await town.appoint(ana, Role.DEPUTY, "naga")
    file = tmp_path / "knowledge" / "commitments" / "surabaya-2007.md"
    other = file.read_text("utf-8").replace("city: surabaya", "city: naga").replace("Surabaya", "Naga")
    (tmp_path / "knowledge" / "commitments" / "naga-2007.md").write_text(other, "utf-8")
    for _ in range(100):
        await asyncio.sleep(0.1)
        if "naga-2007" in town.focal.knowledge.current.library.entries:
            break
    assert "What would you like to fill in?" in await ask(town, ana, "/report")
    assert "Naga · Waste per person" in await press(town, ana, "Naga · Report 2026 · not started")
    await ask(town, ana, "/report")
    assert "Naga · Report 2026 · draft, 0 of 4" in labels(ana)
    await press(town, ana, "Change a target · Naga")
    assert "Which target?" in seen(ana)


async def test_a_city_proposes_a_commitment_and_a_change_of_one(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    await press(town, ana, "Keep as draft")
    await town.forge(ana, "Ec:surabaya")
    assert "What do you promise?" in seen(ana)
    await ask(town, ana, "Half the waste by 2035.")
    await press(town, ana, "Done or not")
    await ask(town, ana, "2035")
    receipt = await press(town, ana, "Send to the secretariat")
    assert "surabaya-commitment-" in receipt
    await town.forge(ana, "Er:surabaya")
    assert "Which target?" in seen(ana)
    shown = await town.forge(ana, "I")
    assert "Change of a target" in shown or "Change a target" in shown


async def test_a_greeting_after_a_long_pause_is_no_answer(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    await press(town, ana, "✏ 4")
    town.sql("UPDATE drafts SET touched_at = '2026-01-01 00:00:00.000000'")
    assert "Welcome back" in await ask(town, ana, "Good morning")
    assert "Anything else?" in seen(ana)
    assert "Nothing is sent yet" in await ask(town, ana, "The river is clean again.")


async def test_a_changed_questionnaire_keeps_every_answer_and_asks_what_is_new(
    town: Stage, ana: Player, tmp_path: Path
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    file = tmp_path / "schedules" / "questionnaires" / "progress.yaml"
    text = file.read_text(encoding="utf-8")
    more = "  - {id: year, type: date, ask: {en: Which year?}, short: {en: Year}, required: true}\n"
    file.write_text(text.replace("id: result\n", "id: figure\n    formerly: [result]\n") + more, "utf-8")
    for _ in range(100):
        await asyncio.sleep(0.1)
        if len(town.focal.knowledge.current.schedules.questionnaires["progress"].questions) == 6:
            break
    said = await press(town, ana, "Skip")
    assert "The questionnaire has changed: 1 new question" in said
    assert "figure@2007a" in answered(town)
    assert "The questionnaire has changed" not in await press(town, ana, "Skip")


async def test_in_french_and_chinese_too(town: Stage) -> None:
    marie = await focal_point(town, ANA, "Marie", "fr")
    assert "enregistré" in await ask(town, marie, "/report")
    assert "Quel est le chiffre ?" in await ask(town, marie, "un chiffre mesuré")
    assert "0,97 kg par habitant et par jour" in await ask(town, marie, "0,97 kg")
    await press(town, marie, "Pause")
    wei = await focal_point(town, BUDI, "Wei", "zh-hans")
    assert "有证明材料吗" in await ask(town, wei, "/report")
    assert "回收率" in await ask(town, wei, "跳过")
    await ask(town, wei, "暂无")
    assert "您目前的答案：暂无" in await ask(town, wei, "返回")


async def test_a_look_at_a_sent_report_does_not_end_the_dialog_of_another(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    send = next(key["callback_data"] for key in ana.messages()[-1].buttons if "Send" in key["text"])
    await press(town, ana, "Send to the secretariat")
    await town.forge(ana, "Ec:surabaya")
    await town.forge(ana, send)
    await ask(town, ana, "Half the waste by 2035.")
    assert "Half the waste" in str(town.sql("SELECT answers FROM drafts WHERE form = 'commitment'"))
