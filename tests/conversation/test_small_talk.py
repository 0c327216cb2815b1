"""People who are polite, or who want a person, and not an answer from the library."""

from __future__ import annotations

import pytest

from bot.rehearsal.people import Player

from .stage import AIKO, Stage, labels


@pytest.mark.parametrize("words", ["hello", "Bonjour !", "你好", "สวัสดีครับ", "menu"])
async def test_a_greeting_is_greeted(stage: Stage, sari: Player, words: str) -> None:
    assert "Welcome to Focal" in await stage.ask(sari, words)


async def test_thanks_are_taken_with_pleasure_and_are_no_miss(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    assert "With pleasure" in await stage.ask(sari, "thank you!")
    await stage.ask(aiko, "/questions")
    assert "Nothing so far" in await stage.press(aiko, "Not found")


async def test_signs_without_a_word_are_answered_kindly(stage: Stage, sari: Player) -> None:
    assert "I read words, not signs" in await stage.ask(sari, "😀")


async def test_who_wants_a_person_is_led_to_the_secretariat(stage: Stage, sari: Player, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    assert "ask or tell the secretariat" in await stage.ask(sari, "I want to talk to a person")
    assert "Passed on to the secretariat" in await stage.ask(sari, "Who can train our compost team?")
    assert "Who can train our compost team?" in aiko.messages()[-1].text
    assert aiko.person.id == AIKO
    assert "found nothing" in await stage.ask(sari, "weather tomorrow"), "the next words are a lookup again"


async def test_a_practice_that_was_taken_up_invites_to_tell_of_more(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start e_basket-composting")
    await stage.press(sari, "replicated")
    assert any("Tell the secretariat" in label for label in labels(sari))
    assert "ask or tell the secretariat" in await stage.press(sari, "Tell the secretariat")
