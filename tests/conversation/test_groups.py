"""Focal in a group: it answers whom it is asked by, keeps silent otherwise, and keeps private things private."""

from __future__ import annotations

import pytest

from bot.domain.views import NotAllowed, PrivateOnly
from bot.rehearsal.people import Group, Player

from .stage import Stage


@pytest.fixture
def group(stage: Stage, sari: Player, aiko: Player, marie: Player) -> Group:
    return stage.emulator.group(-1_002_000_000_001, "Compost circle", [sari, aiko, marie])


async def test_commands_for_everybody_are_answered_in_the_group(
    stage: Stage, sari: Player, group: Group
) -> None:
    assert "Rainwater" in str(await stage.ask_in(group, sari, "/find rainwater tanks"))
    assert "Choose a topic" in str(await stage.ask_in(group, sari, "/topics"))
    assert "How to use Focal" in str(await stage.ask_in(group, sari, "/help@focal_rehearsal_bot"))


async def test_a_mention_or_a_reply_is_a_question_and_talk_is_not(
    stage: Stage, sari: Player, group: Group
) -> None:
    assert "Rainwater" in str(await stage.ask_in(group, sari, "@focal_rehearsal_bot rainwater tanks"))
    answered = group.messages()[-1]
    await sari.say("basket composting in Surabaya", chat=group, reply_to=answered.id)
    await stage.settled()
    assert "Basket composting" in group.messages()[-1].text
    assert await stage.ask_in(group, sari, "what shall we eat today?") is None


async def test_a_mention_without_words_asks_for_them(stage: Stage, sari: Player, group: Group) -> None:
    assert "What are you looking for?" in str(await stage.ask_in(group, sari, "@focal_rehearsal_bot"))


async def test_the_bot_s_name_is_no_word_to_look_up_however_it_is_written(
    stage: Stage, sari: Player, group: Group
) -> None:
    for words in ("@Focal_Rehearsal_BOT rainwater tanks", "😀 rainwater @FOCAL_rehearsal_bot tanks"):
        assert "Rainwater" in str(await stage.ask_in(group, sari, words))
    asked = [words for (words,) in stage.sql("SELECT words FROM lookups ORDER BY asked_at")]
    assert asked == ["rainwater tanks", "😀 rainwater tanks"]


async def test_an_answer_in_a_group_stands_below_what_was_asked_and_in_its_topic(
    stage: Stage, sari: Player, group: Group
) -> None:
    text = "/find rainwater tanks"
    command = [{"type": "bot_command", "offset": 0, "length": 5}]
    topic = {"message_thread_id": 77, "is_topic_message": True}
    message = stage.emulator.world.post(
        stage.emulator.bot,
        group.chat,
        sari.person.as_json(),
        {"text": text, "entities": command},
        extra=topic,
    )
    stage.emulator.bot.queue.add("message", message.as_json(), f"chat {group.id}")
    await stage.settled()
    sent = stage.emulator.calls_of("sendMessage")[-1].params
    assert str(sent["message_thread_id"]) == "77"
    assert group.messages()[-1].reply_to is message
    await stage.ask_in(group, sari, text)
    assert "message_thread_id" not in stage.emulator.calls_of("sendMessage")[-1].params
    await stage.ask(sari, text)
    assert "reply_parameters" not in stage.emulator.calls_of("sendMessage")[-1].params


async def test_cancel_below_a_prompt_in_a_group_leaves_what_was_begun_in_private_alone(
    stage: Stage, sari: Player, aiko: Player, group: Group
) -> None:
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(aiko, "/questions")
    await stage.press(aiko, "#1")
    await stage.press(aiko, "Answer")
    await stage.ask(aiko, "Ask Ulsan.")
    preview = aiko.messages()[-1].id
    await stage.ask_in(group, aiko, "@focal_rehearsal_bot")
    await aiko.press("Cancel", group.messages()[-1].id, chat=group)
    await stage.settled()
    await stage.press(aiko, "Send it", preview)
    assert "Ask Ulsan." in sari.messages()[-1].text


async def test_commands_for_another_bot_are_left_to_it(stage: Stage, sari: Player, group: Group) -> None:
    """A bot that is an admin of the group is told of all messages, those for others too."""
    for words in ("/help@another_bot", "/frobnicate@another_bot", "/frobnicate", "good morning"):
        message = stage.emulator.world.post(
            stage.emulator.bot,
            group.chat,
            sari.person.as_json(),
            {
                "text": words,
                "entities": [{"type": "bot_command", "offset": 0, "length": len(words)}]
                if words.startswith("/")
                else [],
            },
        )
        stage.emulator.bot.queue.add("message", message.as_json(), f"chat {group.id}")
        await stage.settled()
        assert group.messages()[-1].text == words
    assert "do not know" in str(await stage.ask_in(group, sari, "/frobnicate@focal_rehearsal_bot"))


async def test_private_things_are_sent_to_the_private_chat(stage: Stage, aiko: Player, group: Group) -> None:
    for command in ("/start", "/language", "/about", "/cancel", "/questions", "/content"):
        assert await stage.ask_in(group, aiko, command) == stage.says(PrivateOnly()), command
        assert group.messages()[-1].buttons[0]["url"] == "https://t.me/focal_rehearsal_bot"


async def test_what_somebody_may_not_do_at_all_is_no_more_told_in_a_group(
    stage: Stage, sari: Player, group: Group
) -> None:
    assert await stage.ask_in(group, sari, "/questions") == stage.says(NotAllowed())


async def test_nothing_found_in_a_group_offers_no_question_to_people(
    stage: Stage, sari: Player, group: Group
) -> None:
    assert "found nothing" in str(await stage.ask_in(group, sari, "/find zeppelin harbour masters"))
    assert not any("secretariat" in key["text"] for key in group.messages()[-1].buttons)
    await sari.press_data("a1", group.messages()[-1].id, chat=group)
    await stage.settled()
    assert group.messages()[-1].text == stage.says(PrivateOnly())
    assert stage.sql("SELECT count(*) FROM questions") == [(0,)]


async def test_an_open_prompt_of_the_private_chat_is_not_answered_from_a_group(
    stage: Stage, sari: Player, aiko: Player, group: Group
) -> None:
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(aiko, "/questions")
    await stage.press(aiko, "#1")
    await stage.press(aiko, "Answer")
    assert "Rainwater" in str(await stage.ask_in(group, aiko, "@focal_rehearsal_bot rainwater tanks"))
    assert "Not sent yet" in await stage.ask(aiko, "Ask Ulsan.")


async def test_everybody_in_a_group_may_press_and_each_is_answered_in_their_language(
    stage: Stage, sari: Player, marie: Player, group: Group
) -> None:
    await stage.ask_in(group, sari, "/find basket composting in Surabaya")
    await marie.press_data(
        "s:basket-composting"[0] + "basket-composting", group.messages()[-1].id, chat=group
    )
    await stage.settled()
    assert "Naga" in group.messages()[-1].text
    assert "Near to" not in group.messages()[-1].text


async def test_stickers_and_pictures_of_a_group_are_none_of_our_business(
    stage: Stage, sari: Player, group: Group
) -> None:
    sticker = stage.emulator.world.keep_file(stage.emulator.bot, "s.webp", b"RIFF", "image/webp").as_json()
    shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
    message = stage.emulator.world.post(
        stage.emulator.bot, group.chat, sari.person.as_json(), {"sticker": sticker | shape}
    )
    stage.emulator.bot.queue.add("message", message.as_json(), f"chat {group.id}")
    await stage.settled()
    assert group.messages()[-1].id == message.id


async def test_a_group_that_becomes_a_supergroup_or_throws_the_bot_out_breaks_nothing(
    stage: Stage, sari: Player
) -> None:
    small = stage.emulator.group(-4_000_001, "Small", [sari])
    await stage.ask_in(small, sari, "/find rainwater tanks")
    grown = await small.become_supergroup(-1_002_000_000_777)
    assert "Rainwater" in str(await stage.ask_in(grown, sari, "/find rainwater tanks"))
    await grown.remove_bot()
    await stage.settled()
    assert stage.sql("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks")
