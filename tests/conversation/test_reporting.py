"""A report, question by question, as a focal point with a phone fills it in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.people import Player

from .conftest import Staged
from .reporting_network import write_reporting_network
from .stage import AIKO, SARI, Stage, answers, labels, text_of

ANA = 5_000_000_011
BUDI = 5_000_000_012


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    """The bot with a network that reports; Aiko of the secretariat has met it."""
    knowledge = write_reporting_network(tmp_path)
    async with staged(knowledge, schedules=tmp_path / "schedules") as stage:
        await stage.ask(stage.person(AIKO, "Aiko"), "/help")
        yield stage


async def focal_point(stage: Stage, person_id: int = ANA, name: str = "Ana", language: str = "en") -> Player:
    player = stage.person(person_id, name, language)
    await ask(stage, player, "/help")
    await stage.appoint(player, Role.FOCAL_POINT, "surabaya")
    stage.sql("UPDATE people SET name = ? WHERE id = ?", name, person_id)
    return player


@pytest.fixture
async def ana(town: Stage) -> Player:
    return await focal_point(town)


async def ask(stage: Stage, player: Player, words: str) -> str:
    return plain(await stage.ask(player, words))


async def press(stage: Stage, player: Player, label: str) -> str:
    return plain(await stage.press(player, label))


def seen(player: Player) -> str:
    return plain(text_of(player))


def plain(text: str) -> str:
    """Without the narrow spaces between figures and units."""
    return text.replace("\u202f", " ")


async def fill(stage: Stage, player: Player) -> str:
    """Answers everything in the shortest way; the summary."""
    await ask(stage, player, "/report")
    await press(stage, player, "Nothing yet")
    await press(stage, player, "Nothing yet")
    await press(stage, player, "Skip")
    return await press(stage, player, "Skip")


def draft_row(stage: Stage) -> tuple[int, str | None, str]:
    return stage.sql("SELECT version, at_key, answers FROM drafts")[0]  # type: ignore[return-value]


def answered(stage: Stage) -> str:
    return str(stage.sql("SELECT answers FROM drafts")[0][0])


async def test_one_report_that_waits_is_opened_at_its_first_question(town: Stage, ana: Player) -> None:
    shown = await ask(town, ana, "/report")
    assert "Surabaya · Waste per person · 1 of 4 · saved" in shown
    assert "What is there for 2026?" in shown
    assert "0.90 kg" in shown
    assert {"A measured figure", "Nothing yet", "‹ Back", "⏸ Pause", "💬 Help"} <= set(labels(ana))


async def test_whoever_stands_for_no_city_is_told_what_this_is(town: Stage) -> None:
    sari = town.person(SARI, "Sari")
    await ask(town, sari, "/report")
    assert labels(sari), "there is a way on"
    assert town.sql("SELECT count(*) FROM drafts") == [(0,)]


async def test_from_the_first_answer_to_the_receipt(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    assert "2 of 6" in await press(town, ana, "A measured figure")
    after = await ask(town, ana, "0,97kg")
    assert "I read 0.97 kg per person per day" in after
    assert "Is there anything to show?" in after
    assert "Recycling · 4 of 6" in await press(town, ana, "Skip")
    await press(town, ana, "Nothing yet")
    await press(town, ana, "Training")
    assert "✓ Training" in labels(ana)
    await press(town, ana, "Done")
    summary = await press(town, ana, "Skip")
    assert "Nothing is sent yet" in summary
    assert "0.97 kg per person per day" in summary
    assert {"📨 Send to the secretariat", "💾 Keep as draft"} <= set(labels(ana))
    receipt = await press(town, ana, "Send to the secretariat")
    assert "Sent to the secretariat" in receipt
    assert "surabaya-2026" in receipt
    assert "time in Surabaya" in receipt
    assert "surabaya-2026" in seen(town.person(AIKO, "Aiko")), "the secretariat is told"
    assert town.sql("SELECT count(*) FROM reports") == [(1,)]


async def test_words_that_are_no_answer_are_shown_back_and_three_times_lead_out(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    said = await ask(town, ana, "composting at home")
    assert "You wrote: “composting at home”" in said
    assert "number" in said
    await ask(town, ana, "very much")
    said = await ask(town, ana, "a lot")
    assert "leave it empty with a comment" in said
    found = await press(town, ana, "Look it up instead")
    assert found
    await ask(town, ana, "a lot")
    await press(town, ana, "Leave it empty, with a comment")
    assert "Left empty" in await ask(town, ana, "The scales are broken.")
    assert "The scales are broken." in answered(town)


async def test_two_readings_are_two_buttons_and_nothing_is_kept_before_a_tap(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    said = await ask(town, ana, "1,234")
    assert "What did you mean?" in said
    assert "result" not in answered(town)
    written = next(label for label in labels(ana) if label.startswith("1.234"))
    await press(town, ana, written)
    # 1.234 kg is no wonder for a city that promised 0.90, so it is kept.
    assert "result@2007a" in answered(town)


async def test_an_odd_figure_is_asked_back_and_kept_with_its_reason(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    said = await ask(town, ana, "970")
    assert "Did you mean" in said
    assert "result" not in answered(town)
    await press(town, ana, "It is right, because")
    await ask(town, ana, "A typhoon passed.")
    assert "A typhoon passed." in answered(town)


async def test_i_do_not_know_yet_offers_a_colleague_and_leaving_it_empty(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await press(town, ana, "I don’t know yet")
    assert {"🤝 Ask a colleague", "Leave it empty", "‹ Back to the question"} <= set(labels(ana))
    await press(town, ana, "Leave it empty, with a reason")
    assert "Left empty" in await ask(town, ana, "Comes in May.")


async def test_back_and_skip_lose_nothing_and_may_be_typed_in_any_language(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    assert "Your answer until now: 0.97" in await ask(town, ana, "retour")
    assert "Your answer until now: A measured figure" in await press(town, ana, "Back")
    assert "Your answer until now: 0.97" in await ask(town, ana, "Keep")
    await press(town, ana, "Keep")
    assert "Recycling" in await ask(town, ana, "SKIP")
    assert "This one is needed" in await ask(town, ana, "skip")


async def test_a_pause_makes_plain_words_lookups_and_the_draft_goes_on_where_it_was(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    assert "All is saved: 1 of" in await press(town, ana, "Pause")
    assert "Basket composting" in await ask(town, ana, "basket composting")
    assert "What is the figure?" in await ask(town, ana, "/report")


async def test_looking_something_up_in_the_middle_leaves_the_draft_alone_and_leads_back(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "/start")
    assert "Basket composting" in await ask(town, ana, "basket composting")
    assert "result" not in answered(town)
    assert any("question 2" in label for label in labels(ana))
    assert "I read 0.97 kg per person per day." in await ask(town, ana, "0.97")


async def test_a_question_to_the_secretariat_in_the_middle_leads_back_to_the_report(
    town: Stage, ana: Player
) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await press(town, ana, "Help")
    await press(town, ana, "Ask the secretariat")
    assert "Passed on to the secretariat" in await ask(town, ana, "Does compost count as recycling?")
    assert "What is the figure?" in await press(town, ana, "question 2")


async def test_cancel_destroys_nothing(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "/cancel")
    assert "state@2007a" in answered(town)
    assert "What is the figure?" in await ask(town, ana, "/report")


async def test_help_says_what_is_wanted_and_leads_to_people(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await press(town, ana, "Help")
    assert {"🤝 Ask a colleague", "🙋 Ask the secretariat", "📋 All answers", "▶️ Go on"} == set(labels(ana))
    assert "Just" not in await press(town, ana, "All answers")


async def test_editing_one_s_message_corrects_the_answer(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    said = await ana.say("0.97")
    await town.settled()
    await ana.edit(said.id, "0.79")
    await town.settled()
    assert "0.97 kg per person per day → 0.79 kg per person per day" in seen(ana)
    assert "You are at question 3 of 6" in seen(ana)
    await ana.edit(said.id, "1,234")
    await town.settled()
    assert "Until you tap, this stays: 0.79" in seen(ana)
    await press(town, ana, next(label for label in labels(ana) if label.startswith("1.234")))
    assert "Is there anything to show?" in seen(ana), "the dialog stayed where it was"


async def test_after_sending_an_edited_message_explains(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    said = await ana.say("0.97")
    await town.settled()
    await press(town, ana, "Skip")
    await press(town, ana, "Nothing yet")
    await press(town, ana, "Skip")
    await press(town, ana, "Skip")
    await press(town, ana, "Send to the secretariat")
    await ana.edit(said.id, "0.79")
    await town.settled()
    assert "already" in seen(ana)
    assert "0.79" not in answered(town)
    assert any("Take it back" in label for label in labels(ana))


async def test_a_photo_at_any_question_of_a_target_is_its_evidence(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ana.send_photo(caption="0.97")
    await town.settled()
    assert "I read 0.97 kg per person per day." in seen(ana), "the caption was the answer"
    assert "evidence@2007a" in answered(town)
    assert "📎 1" in await press(town, ana, "Back")
    await ana.send_document("scales.pdf", b"%PDF-1.4")
    await town.settled()
    assert "📎 2" in seen(ana)
    await ana.send_document("virus.exe", b"MZ")
    await town.settled()
    assert "I cannot take virus.exe" in seen(ana)
    await ana.send_document("film.pdf", bytes(20 * 1024 * 1024 + 1))
    await town.settled()
    assert "film.pdf is larger than 20 MB" in seen(ana)
    assert town.sql("SELECT count(*) FROM attachments") == [(2,)]


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


def answered_in_cycle(stage: Stage, cycle: str) -> str:
    return str(stage.sql("SELECT answers FROM drafts WHERE cycle = ?", cycle)[0][0])


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
