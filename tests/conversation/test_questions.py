"""A question to the secretariat: from "nothing found" to the answer in the asker's chat, and back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.questions import HELD_FOR
from bot.rehearsal.people import Player

from .stage import Stage, answers, data_of, labels, text_of

ASKED = "zeppelin harbour masters"


@pytest.fixture
async def asked(stage: Stage, sari: Player, aiko: Player, kenji: Player) -> Stage:
    """Sari has passed a question on; both admins have met the bot before."""
    await stage.ask(aiko, "/help")
    await stage.ask(kenji, "/help")
    await stage.ask(sari, ASKED)
    await stage.press(sari, "Ask the secretariat")
    return stage


async def answer_it(stage: Stage, admin: Player, words: str) -> None:
    """The admin opens the list, the question, writes an answer and sends it."""
    await stage.ask(admin, "/questions")
    await stage.press(admin, "#1")
    await stage.press(admin, "Answer")
    await stage.ask(admin, words)
    await stage.press(admin, "Send it")


async def test_the_asker_gets_a_receipt_and_every_admin_is_told(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    assert "Passed on to the secretariat" in text_of(sari)
    assert ASKED in text_of(sari)
    for admin in (aiko, kenji):
        assert ASKED in text_of(admin)
        assert {"Open", "Answer"} <= set(labels(admin))


async def test_an_admin_who_never_met_the_bot_finds_the_question_later(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    await stage.ask(sari, ASKED)
    await stage.press(sari, "Ask the secretariat")
    assert aiko.messages() == []
    assert ASKED in await stage.ask(aiko, "/questions")


async def test_an_answer_goes_from_the_list_to_the_asker_s_chat(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await answer_it(asked, aiko, "Ask the harbour office of Ulsan.")
    assert "is on its way to the asker" in text_of(aiko)
    assert "Ask the harbour office of Ulsan." in text_of(sari)
    assert ASKED in text_of(sari)
    assert "No question waits" in await asked.ask(aiko, "/questions")


async def test_an_answer_is_shown_before_it_goes_out_and_may_be_written_anew(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    first = await asked.ask(aiko, "Ask Uslan.")
    assert "Not sent yet" in first
    assert "Ask Uslan." not in answers(sari)[-1]
    await asked.ask(aiko, "Ask Ulsan.")
    await asked.press(aiko, "Send it")
    assert "Ask Ulsan." in text_of(sari)
    assert "Uslan" not in "".join(answers(sari))


async def test_correcting_the_answer_by_editing_the_message_corrects_what_is_sent(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    written = await aiko.say("Ask Uslan.")
    await asked.settled()
    await aiko.edit(written.id, "Ask Ulsan.")
    await asked.settled()
    await asked.press(aiko, "Send it")
    assert "Ask Ulsan." in text_of(sari)


async def test_send_it_sends_once_however_often_it_is_pressed(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1]
    data = data_of(preview, "Send it")
    for _ in range(3):
        await aiko.press_data(data, preview.id)
    await asked.settled()
    await asked.forge(aiko, data, preview.id + 10_000)
    assert sum("Ask Ulsan." in text for text in answers(sari)) == 1


async def test_nothing_is_sent_after_cancel_and_the_question_is_free_again(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1].id
    await asked.ask(aiko, "/cancel")
    await asked.press(aiko, "Send it", preview)
    assert "Ask Ulsan." not in "".join(answers(sari))
    assert "a colleague is answering" not in await asked.ask(kenji, "/questions")


async def test_a_colleague_sees_that_one_is_answering_and_may_take_over(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    assert "a colleague is answering" in await asked.ask(kenji, "/questions")
    assert "A colleague has been answering since" in await asked.press(kenji, "#1")
    await asked.press(kenji, "Take over")
    await asked.ask(kenji, "Kenji knows.")
    await asked.press(kenji, "Send it")
    assert "Kenji knows." in text_of(sari)


async def test_a_question_that_was_left_in_the_middle_is_free_again_after_a_while(
    asked: Stage, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    long_ago = datetime.now(UTC) - HELD_FOR - timedelta(minutes=1)
    asked.sql("UPDATE questions SET taken_at = ?", long_ago.strftime("%Y-%m-%d %H:%M:%S.%f"))
    assert "a colleague is answering" not in await asked.ask(kenji, "/questions")


async def test_the_asker_can_write_back_and_the_same_people_hear_it(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await answer_it(asked, aiko, "Ask the harbour office.")
    await asked.press(sari, "Write back")
    assert "Passed on" in await asked.ask(sari, "They do not answer the telephone.")
    for admin in (aiko, kenji):
        assert "The asker wrote back" in text_of(admin)
        assert "They do not answer the telephone." in text_of(admin)
    thread = await asked.press(aiko, "Open")
    positions = [thread.index(part) for part in (ASKED, "Ask the harbour office.", "They do not answer")]
    assert positions == sorted(positions)
    await answer_it(asked, aiko, "Then write to them.")
    assert "Then write to them." in text_of(sari)


async def test_a_question_can_be_taken_back_until_it_is_answered(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    receipt = sari.messages()[-1].id
    await asked.press(sari, "Take it back")
    assert "Taken back" in text_of(sari)
    assert "No question waits" in await asked.ask(aiko, "/questions")
    assert asked.sql("SELECT state FROM questions") == [("withdrawn",)]
    assert receipt == sari.messages()[-1].id


async def test_an_answer_to_a_question_that_was_taken_back_meanwhile_is_not_sent(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    receipt = sari.messages()[-1].id
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    await asked.press(sari, "Take it back", receipt)
    assert "Taken back by the asker" in await asked.press(aiko, "Send it")
    assert "Ask Ulsan." not in "".join(answers(sari))


async def test_an_answer_stays_when_the_question_is_taken_back_too_late(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    receipt = sari.messages()[-1].id
    await answer_it(asked, aiko, "Ask Ulsan.")
    await asked.press(sari, "Take it back", receipt)
    assert "has its answer already" in "".join(answers(sari))
    assert asked.sql("SELECT state FROM questions") == [("answered",)]


async def test_asking_twice_makes_one_question(asked: Stage, sari: Player, aiko: Player) -> None:
    await asked.ask(sari, ASKED)
    await asked.press(sari, "Ask the secretariat")
    assert "with the secretariat already" in text_of(sari)
    assert asked.sql("SELECT count(*) FROM questions") == [(1,)]


async def test_nobody_can_guess_the_button_of_somebody_elses_words(
    stage: Stage, wei: Player, sari: Player
) -> None:
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.ask(wei, "/help")
    for guess in ("a1", "n1", "a2", "p1:0"):
        await stage.forge(wei, guess)
        assert "zeppelin" not in text_of(wei)
    assert stage.sql("SELECT count(*) FROM questions") == [(0,)]


async def test_each_reads_the_other_in_their_own_interface_language(
    stage: Stage, wei: Player, aiko: Player
) -> None:
    await stage.ask(aiko, "/help")
    await stage.ask(wei, "齐柏林飞艇港口管理员")
    await stage.press(wei, "✉️")
    assert "齐柏林飞艇港口管理员" in text_of(aiko)
    assert "A question for the secretariat" in text_of(aiko)
    await stage.press(aiko, "Answer")
    assert "Chinese" in text_of(aiko)
    await stage.ask(aiko, "请问蔚山。")
    await stage.press(aiko, "Send it")
    assert "请问蔚山。" in text_of(wei)
    assert "The secretariat answers" not in text_of(wei)


async def test_a_long_list_of_questions_has_pages(stage: Stage, aiko: Player) -> None:
    for number in range(7):
        asker = stage.person(100 + number, f"Asker {number}")
        await stage.ask(asker, f"zeppelin harbour masters {number}")
        await stage.press(asker, "Ask the secretariat")
    first = await stage.ask(aiko, "/questions")
    assert "(1/2)" in first
    assert "masters 0" in first
    second = await stage.press(aiko, "Next")
    assert "masters 6" in second
    assert "masters 0" not in second


async def test_a_very_long_answer_is_refused_kindly_and_the_question_stays_in_hand(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    assert "3000" in await asked.ask(aiko, "Compost. " * 400)
    longest = await asked.ask(aiko, "&<b>" * 749)
    assert "Not sent yet" in longest
    await asked.press(aiko, "Send it")
    assert ("&<b>" * 749) in text_of(sari)


async def test_looking_something_up_while_an_answer_is_written_leaves_the_answer_alone(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1].id
    assert "Rainwater" in await asked.ask(aiko, "/find rainwater tanks")
    await asked.press(aiko, "Send it", preview)
    assert "Ask Ulsan." in text_of(sari)


@pytest.mark.parametrize("way", ["/find", "/start"])
async def test_words_that_answer_a_later_prompt_never_go_to_people_by_mistake(
    asked: Stage, sari: Player, aiko: Player, way: str
) -> None:
    """The bot asked for words to look up last, so the next words are looked up."""
    await answer_it(asked, aiko, "Ask Ulsan.")
    await asked.press(sari, "Write back")
    await asked.ask(sari, way)
    assert "Rainwater" in await asked.ask(sari, "rainwater tanks")
    assert "rainwater tanks" not in "".join(answers(aiko))


async def test_an_answer_that_is_written_survives_a_lookup_by_button(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1].id
    await asked.ask(aiko, "/find")
    assert "Rainwater" in await asked.ask(aiko, "rainwater tanks")
    await asked.press(aiko, "Send it", preview)
    assert "Ask Ulsan." in text_of(sari)
    assert "rainwater" not in text_of(sari)


async def test_a_question_can_be_asked_by_forged_button_for_nobody_else(
    asked: Stage, marie: Player, sari: Player
) -> None:
    await asked.ask(marie, "/start")
    await asked.forge(marie, "z1")
    await asked.forge(marie, "b1")
    await asked.ask(marie, "Let me in.")
    assert asked.sql("SELECT state FROM questions") == [("open",)]
    assert asked.sql("SELECT count(*) FROM remarks") == [(1,)]
