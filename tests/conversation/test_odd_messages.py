"""Whatever people, old screens and bad clients can send: a kind word, no harm, and never silence."""

from __future__ import annotations

import random
import string

from bot.domain import buttons as b
from bot.domain.views import Gone, OldButton
from bot.rehearsal.people import Player

from .stage import Stage, answers, data_of, labels, text_of

LONG_GONE = 999_999


async def quiet(stage: Stage) -> None:
    """Everything that came in was handled, and nothing was set aside."""
    await stage.settled()
    assert stage.sql("SELECT state, reason FROM inbox WHERE state != 'done'") == []


async def test_what_is_not_words_is_met_with_a_kind_word_and_a_way_on(stage: Stage, sari: Player) -> None:
    said = []
    for send in (
        sari.send_sticker,
        sari.send_voice,
        sari.send_location,
        sari.send_contact,
        sari.send_poll,
        sari.send_photo,
        sari.send_document,
    ):
        await send()
        await stage.settled()
        assert sari.messages()[-1].from_bot
        assert "Help" in " ".join(labels(sari))
        said.append(text_of(sari).split("\n")[0])
    assert len(set(said)) >= 6, "each is a word of its own"
    await quiet(stage)


async def test_kinds_of_messages_that_nobody_thought_of_are_answered_too(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    for content in (
        {"dice": {"emoji": "🎲", "value": 3}},
        {"game": {"title": "g", "description": "g", "photo": []}},
        {"venue": {"location": {"latitude": 1.0, "longitude": 2.0}, "title": "t", "address": "a"}},
        {"story": {"chat": sari.chat.as_json(), "id": 1}},
        {"something_new": {"of": "next year"}},
    ):
        message = stage.emulator.world.post(stage.emulator.bot, sari.chat, sari.person.as_json(), content)
        stage.emulator.bot.queue.add("message", message.as_json(), "chat")
        await stage.settled()
        assert sari.messages()[-1].from_bot, content
    await quiet(stage)


async def test_an_edited_question_is_answered_anew(stage: Stage, sari: Player) -> None:
    said = await sari.say("rainwater tnks zzz")
    await stage.settled()
    await sari.edit(said.id, "basket composting in Surabaya")
    await stage.settled()
    assert "Basket composting" in text_of(sari)


async def test_words_shown_back_are_never_markup(stage: Stage, sari: Player, aiko: Player) -> None:
    nasty = "zq <b>b</b> </i> &amp; <a href='tg://user?id=1'>x</a> *s* _u_ [l](http://x) `c` {{ 7*7 }} %s %(x)s {0}"
    assert nasty in await stage.ask(sari, nasty)
    await stage.press(sari, "Ask the secretariat")
    assert nasty in text_of(sari)
    assert nasty in await stage.ask(aiko, "/questions") + await stage.press(aiko, "#1")
    await stage.press(aiko, "Answer")
    await stage.ask(aiko, nasty)
    await stage.press(aiko, "Send it")
    assert text_of(sari).count(nasty) == 2
    for message in (*sari.messages(), *aiko.messages()):
        assert all(e["type"] != "text_link" for e in message.entities if message.from_bot)
    assert "/<b>x" not in await stage.ask(sari, "/start <b>x</b>")
    await stage.ask(aiko, "/start")
    assert nasty[:40] in await stage.press(aiko, "Not found")
    await quiet(stage)


ODD = (
    "😀" * 40,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "...!?",
    "\u200b\u200d\ufeff x \u202e",
    "۱۲۳ ٪",
    "ก็" * 60,
    "a" * 4096,
    "𝔖𝔲𝔯𝔞𝔟𝔞𝔶𝔞 𝔠𝔬𝔪𝔭𝔬𝔰𝔱",
    "'; DROP TABLE people; --",
    "0",
    "/",
    "/ find",
    "//",
    "/find@",
    "\t \n x",
    "Z̷̢̛a̵͢l̴͝g̸o̶ " * 50,
)


async def test_odd_words_get_an_answer(stage: Stage, sari: Player) -> None:
    for words in ODD:
        await sari.say(words)
        await quiet(stage)
        assert sari.messages()[-1].from_bot, words


async def test_buttons_of_no_making_of_ours_lead_back_to_firm_ground(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    garbage = [
        "",
        "?",
        "\x00",
        "🦄",
        "g",
        "gzz",
        "o",
        "p",
        "p1",
        "p:",
        "p-1:0",
        "pzzzzzzzzzz:1",
        "p1:2:3",
        "rX:y",
        "r1",
    ]
    garbage += [
        "n",
        "n999",
        "p999:0",
        "a999",
        "z9999",
        "b9999",
        "u5",
        "g?" * 30,
        "t1:../../etc",
        "y1:ZZ",
        "k1:nope",
    ]
    dice = random.Random(7)
    alphabet = string.printable + "äλ字😀:" + "".join(b.BUTTONS)
    garbage += ["".join(dice.choices(alphabet, k=dice.randint(2, 30))) for _ in range(60)]
    before = len(answers(sari))
    for data in garbage:
        await sari.press_data(data, LONG_GONE)
    await quiet(stage)
    assert len(answers(sari)) == before + len(garbage)
    for message in [message for message in sari.messages() if message.from_bot][before:]:
        assert message.buttons, f"no way on from {message.text!r}"


async def test_a_button_from_another_time_is_told_as_such(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    for data in ("_old", "n999", "n" + "z" * 30, "p0:" + "z" * 40, "p999:0", "gzz", "a999"):
        assert await stage.forge(sari, data, LONG_GONE) == stage.says(OldButton())
    for data in ("onot-there", "r1:not-there", "snot-there", "dnot-there", "wnot-there", "t1:nope", "y1:ZZ"):
        assert await stage.forge(sari, data, LONG_GONE) == stage.says(Gone())


async def test_a_button_below_a_message_that_is_gone_still_works(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start e_basket-composting")
    card = sari.messages()[-1]
    data = data_of(card, "Read more")
    stage.emulator.world.remove(stage.emulator.bot, card)
    await sari.press_data(data, card.id)
    await stage.settled()
    assert "Paragraph 1 tells" in text_of(sari)
    await quiet(stage)


async def test_two_taps_are_one_step(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start e_basket-composting")
    card = sari.messages()[-1]
    data = data_of(card, "Similar")
    before = len(answers(sari))
    queries = [await sari.press_data(data, card.id) for _ in range(2)]
    await stage.settled()
    assert len(answers(sari)) == before + 1
    for query in queries:
        await query.answered(2.0)


async def test_two_taps_on_not_what_i_asked_skip_nothing(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "lesson on streets")
    choices = sari.messages()[-1]
    for _ in range(2):
        await sari.press_data(data_of(choices, "Not what I asked"), choices.id)
    await stage.settled()
    assert "Perhaps one of these?" in text_of(sari)
    assert stage.sql("SELECT rejected FROM lookups") == [(1,)]


async def test_a_press_that_changes_nothing_is_no_error(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/help")
    shown = await stage.forge(sari, "g?")
    assert "How to use Focal" in shown
    await quiet(stage)
    assert stage.sql("SELECT count(*) FROM outbox WHERE state != 'sent'") == [(0,)]


async def test_a_person_who_stops_the_bot_and_comes_back_is_welcome(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await sari.block()
    await quiet(stage)
    assert stage.sql("SELECT reachable FROM people WHERE id = ?", sari.person.id) == [(0,)]
    assert "Welcome" in await stage.ask(sari, "/start")
    assert stage.sql("SELECT reachable FROM people WHERE id = ?", sari.person.id) == [(1,)]
