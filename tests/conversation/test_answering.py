"""Two colleagues and one question: nobody's words are sent unseen, twice, to the wrong one, or lost."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import buttons as b
from bot.domain.people import PROMPT_LASTS
from bot.domain.views import AskSecretariatWords, MessageTooLong, NotAllowed, TooManyQuestions
from bot.rehearsal.people import Player

from .stage import Stage, answers, labels, text_of

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
    await stage.press(admin, "Answer")
    await stage.ask(admin, words)
    await stage.press(admin, "Send it")


def notice(admin: Player) -> int:
    """The newest message that tells of a question."""
    return next(m.id for m in reversed(admin.messages()) if any(k["text"] == "Answer" for k in m.buttons))


async def test_whoever_presses_answer_on_their_own_notice_learns_that_a_colleague_is_at_it(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    assert "A colleague has been answering since" in await asked.press(kenji, "Answer")
    assert "Take over" in labels(kenji)
    await asked.ask(aiko, "Aiko knows.")
    await asked.press(aiko, "Send it")
    assert "Aiko knows." in text_of(sari)


async def test_after_an_answer_the_old_notice_of_a_colleague_shows_it_before_another_is_written(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await answer_it(asked, aiko, "Aiko knows.")
    shown = await asked.press(kenji, "Answer", notice(kenji))
    assert "Aiko knows." in shown
    assert "Answered" in shown
    await asked.press(kenji, "Write again")
    await asked.ask(kenji, "And Kenji adds this.")
    await asked.press(kenji, "Send it")
    assert "And Kenji adds this." in text_of(sari)


async def test_an_answer_that_was_overtaken_is_not_sent_and_is_kept(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Aiko knows.")
    preview = aiko.messages()[-1].id
    await asked.press(kenji, "Answer")
    await asked.press(kenji, "Take over")
    await asked.ask(kenji, "Kenji knows.")
    assert "Your answer was therefore not sent" in await asked.press(aiko, "Send it", preview)
    await asked.press(kenji, "Send it")
    assert "Kenji knows." in text_of(sari)
    assert "Aiko knows." not in "".join(answers(sari))
    await asked.press(aiko, "Take over")  # the card of a moment ago
    assert "Aiko knows." in text_of(aiko)
    assert "Not sent yet" in text_of(aiko)
    await asked.press(aiko, "Send it")
    assert "Aiko knows." in text_of(sari)


async def test_words_written_after_a_colleague_took_over_do_not_take_the_question_back(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.press(kenji, "Answer")
    await asked.press(kenji, "Take over")
    shown = await asked.ask(aiko, "Aiko knows.")
    assert "Your answer was therefore not sent" in shown
    await asked.ask(kenji, "Kenji knows.")
    await asked.press(kenji, "Send it")
    assert [text for text in answers(sari) if "knows" in text] == [text_of(sari)]


async def test_send_it_sends_what_stands_above_it_and_nothing_written_since(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Ulsan.")
    first = aiko.messages()[-1].id
    await asked.ask(aiko, "oops, an internal remark")
    shown = await asked.press(aiko, "Send it", first)
    assert "You have written something else since" in shown
    assert "internal remark" in shown
    assert "internal remark" not in "".join(answers(sari))
    await asked.press(aiko, "Send it", first)  # the newest stands above it now
    assert "internal remark" in text_of(sari)


async def test_a_preview_that_was_cancelled_does_not_send_what_was_written_later(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    asking = notice(aiko)
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "Ask Uslan.")
    cancelled = aiko.messages()[-1].id
    await asked.ask(aiko, "/cancel")
    await asked.press(aiko, "Answer", asking)
    await asked.ask(aiko, "Ask Ulsan.")
    await asked.press(aiko, "Send it", cancelled)
    assert "Ulsan" not in "".join(answers(sari))


async def test_editing_another_message_changes_nothing_of_the_answer_that_waits(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    old = await aiko.say("baskt")
    await asked.settled()
    await asked.press(aiko, "Answer", notice(aiko))
    await asked.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1].id
    await aiko.edit(old.id, "basket composting in Surabaya")
    await asked.settled()
    assert "Basket composting" in text_of(aiko)
    await asked.press(aiko, "Send it", preview)
    assert "Ask Ulsan." in text_of(sari)


@pytest.mark.parametrize("button", ["Topics", "Help", "Find"])
async def test_whoever_looks_at_something_else_writes_to_nobody_unawares(
    asked: Stage, sari: Player, aiko: Player, button: str
) -> None:
    await asked.ask(sari, "/start")
    start = sari.messages()[-1].id
    await answer_it(asked, aiko, "Ask Ulsan.")
    told = len(answers(aiko))
    for begin in (lambda: asked.press(sari, "Write back"), lambda: asked.ask(sari, "talk to a human")):
        await begin()
        await asked.press(sari, button, start)
        assert "Rainwater" in await asked.ask(sari, "rainwater tanks")
        await asked.ask(sari, "/start")
        start = sari.messages()[-1].id
    assert len(answers(aiko)) == told


async def test_a_prompt_that_nobody_answered_for_long_takes_no_words_any_more(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    assert await asked.ask(sari, "talk to a human") == asked.says(AskSecretariatWords())
    told = len(answers(aiko))
    long_ago = (datetime.now(UTC) - PROMPT_LASTS - timedelta(minutes=1)).isoformat()
    asked.sql(
        "UPDATE people SET expecting = json_set(expecting, '$.since', ?) WHERE expecting != 'null'", long_ago
    )
    assert "Rainwater" in await asked.ask(sari, "rainwater tanks")
    assert len(answers(aiko)) == told


async def test_what_was_asked_and_written_back_can_be_taken_back(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    await asked.ask(sari, "talk to a human")
    await asked.ask(sari, "What are you for?")
    assert "Take it back" in labels(sari)
    await asked.press(sari, "Take it back")
    await asked.ask(aiko, "/questions")
    await asked.press(aiko, "#1")
    await answer_it(asked, aiko, "Ask Ulsan.")
    await asked.press(sari, "Write back")
    await asked.ask(sari, "Too quick, sorry.")
    await asked.press(sari, "Take it back")
    assert "No question waits" in await asked.ask(aiko, "/questions")


async def test_a_question_that_was_taken_back_shows_nothing_of_itself(
    asked: Stage, sari: Player, aiko: Player
) -> None:
    asking = notice(aiko)
    await asked.press(sari, "Take it back")
    for button in ("Open", "Answer"):
        shown = await asked.press(aiko, button, asking)
        assert "Taken back by the asker" in shown
        assert ASKED not in shown


async def test_an_answer_that_cannot_arrive_opens_the_question_again_and_its_writer_is_told(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    asking = notice(aiko)
    await sari.block()
    await asked.settled()
    told = len(answers(kenji))
    await asked.press(aiko, "Answer", asking)
    await asked.ask(aiko, "Ask Ulsan.")
    await asked.press(aiko, "Send it")
    await asked.settled()
    assert "Your answer to question #1 could not be delivered" in text_of(aiko)
    assert asked.sql("SELECT state, taken_by FROM questions") == [("open", None)]
    assert "Ask Ulsan." in await asked.press(aiko, "Open")
    assert len(answers(kenji)) == told


async def test_cancel_says_that_a_written_answer_is_not_sent(asked: Stage, aiko: Player) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "A long careful answer.")
    assert "Your answer to question #1 is not sent" in await asked.ask(aiko, "/cancel")


async def test_answering_another_question_sets_the_first_one_free_and_says_what_is_not_sent(
    asked: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    await asked.ask(sari, "quibbling walruses")
    await asked.press(sari, "Ask the secretariat")
    first, second = (m.id for m in aiko.messages() if any(k["text"] == "Answer" for k in m.buttons))
    await asked.press(aiko, "Answer", first)
    await asked.ask(aiko, "A long careful answer.")
    shown = await asked.press(aiko, "Answer", second)
    assert "Your answer to question #1 is not sent" in shown
    assert "quibbling walruses" in shown
    assert "Write your answer" in await asked.press(kenji, "Answer", kenji.messages()[-2].id)


async def test_answer_pressed_once_more_shows_what_was_written(asked: Stage, aiko: Player) -> None:
    await asked.press(aiko, "Answer")
    await asked.ask(aiko, "A long careful answer.")
    await asked.ask(aiko, "/find")
    shown = await asked.forge(aiko, b.Answer(1))
    assert "A long careful answer." in shown
    assert "Not sent yet" in shown


async def test_somebody_whose_questions_wait_asks_for_patience_of_nobody_else(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    await stage.ask(aiko, "/help")
    for number in range(8):
        await stage.ask(sari, f"zeppelin harbour masters {number}")
        await stage.press(sari, "Ask the secretariat")
    assert text_of(sari) == stage.says(TooManyQuestions(5))
    assert sum("A question for the secretariat" in text for text in answers(aiko)) == 5
    assert await stage.ask(sari, "talk to a human") == stage.says(TooManyQuestions(5))
    await answer_it(stage, aiko, "Ask Ulsan.")
    assert await stage.ask(sari, "talk to a human") == stage.says(AskSecretariatWords())


async def test_writing_back_again_and_again_has_an_end_too(asked: Stage, sari: Player, aiko: Player) -> None:
    await answer_it(asked, aiko, "Ask Ulsan.")
    for number in range(5):
        await asked.forge(sari, b.WriteBack(1))
        await asked.ask(sari, f"And also {number}.")
    assert await asked.forge(sari, b.WriteBack(1)) == asked.says(TooManyQuestions(5))


async def test_words_too_long_for_people_are_told_as_such(asked: Stage, sari: Player, aiko: Player) -> None:
    await asked.ask(sari, "talk to a human")
    assert await asked.ask(sari, "x" * 3500) == asked.says(MessageTooLong(3000))
    assert "Passed on" in await asked.ask(sari, "What are you for?")
    await asked.press(aiko, "Answer")
    assert await asked.ask(aiko, "x" * 3500) == asked.says(MessageTooLong(3000))


async def test_nobody_takes_a_question_over_who_may_not_answer(asked: Stage, sari: Player) -> None:
    assert await asked.forge(sari, b.AnswerAnyway(1)) == asked.says(NotAllowed())
