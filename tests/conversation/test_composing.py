"""The secretariat writes an announcement: texts, file, audience, a look at it, and the moment at which it goes."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain import buttons as b
from bot.domain.announcements import MINUTE_TO_CANCEL
from bot.domain.people import Role
from bot.domain.views import NotAllowed, PrivateOnly
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.parameters import as_content
from bot.rehearsal.people import Player
from bot.rehearsal.telegram_html import Formatted, parse

from .conftest import Staged
from .network import write
from .review_town import write_town
from .stage import AIKO, MARIE, SARI, WEI, Stage, labels, message_of, text_of

LEO = 5_000_000_006  # of the secretariat, for Indonesia alone
TOPICS = {"commitments/surabaya-2007.md": "composting", "commitments/naga-2007.md": "water"}
TEMPLATE = """
title: {en: The cycle opens, fr: Le cycle est ouvert}
text:
  en: |
    **{cycle}** is open: reports on {period} by {deadline}. [More](https://example.org/?a=1&b=2)
  fr: "**{cycle}** : rapports sur {period} avant le {deadline}."
wants_reading: true
"""


@pytest.fixture
def town(tmp_path: Path) -> tuple[Path, Path]:
    knowledge, schedules = write_town(tmp_path)
    for path, topic in TOPICS.items():
        file = knowledge / path
        file.write_text(
            file.read_text("utf-8").replace("due: 2030\n", f"due: 2030\ntopics: [{topic}]\n", 1), "utf-8"
        )
    write(schedules, "messages/opening.yaml", TEMPLATE)
    return knowledge, schedules


@pytest.fixture
async def stage(staged: Staged, town: tuple[Path, Path]) -> AsyncIterator[Stage]:
    knowledge, schedules = town
    async with staged(knowledge, schedules=schedules) as ready:
        await people_of(ready)
        yield ready


async def people_of(stage: Stage) -> None:
    """Surabaya has Sari (English), Naga has Wei (Chinese) and Marie (French)."""
    for number, name, language, role, city in (
        (SARI, "Sari", "en", Role.FOCAL_POINT, "surabaya"),
        (WEI, "Wei", "zh-hans", Role.FOCAL_POINT, "naga"),
        (MARIE, "Marie", "fr", Role.DEPUTY, "naga"),
        (LEO, "Leo", "en", Role.SECRETARIAT, None),
    ):
        player = stage.person(number, name, language)
        await player.start()
        await stage.settled()
        await stage.appoint(player, role, city)
        stage.sql("UPDATE people SET name = ? WHERE id = ?", name, number)
    stage.sql("""UPDATE memberships SET countries = '["ID"]' WHERE person = ?""", LEO)
    await stage.ask(stage.person(AIKO, "Aiko", "en"), "/start")


async def say(stage: Stage, player: Player, html: str) -> str:
    """Sends a text with formatting, as a client does; what the bot answers."""
    player._write(as_content("text", parse(html)), None, None)
    await stage.settled()
    return text_of(player)


async def written(
    stage: Stage, player: Player, text: str = "Dear <b>all</b>", language: str = "English"
) -> str:
    """A new announcement with one text; its card."""
    await stage.ask(player, "/announce")
    if any("New announcement" in label for label in labels(player)):
        await stage.press(player, "New announcement")
    await stage.press(player, language)
    return await say(stage, player, text)


def row(stage: Stage, announcement: int = 1) -> dict[str, Any]:
    names = (
        "state",
        "texts",
        "media",
        "audience",
        "wants_reading",
        "starts_at",
        "day",
        "valid_until",
        "version",
    )
    ((*values,),) = stage.sql(f"SELECT {', '.join(names)} FROM announcements WHERE id = ?", announcement)
    found = dict(zip(names, values, strict=True))
    return {
        name: json.loads(value) if name in ("texts", "media", "audience") and value else value
        for name, value in found.items()
    }


def texts(stage: Stage, announcement: int = 1) -> dict[str, str]:
    found: dict[str, str] = row(stage, announcement)["texts"]
    return found


async def test_an_announcement_is_written_in_two_languages_and_keeps_its_formatting(
    stage: Stage, aiko: Player
) -> None:
    assert "Choose a language" in await stage.ask(aiko, "/announce")
    assert "with its formatting" in await stage.press(aiko, "English")
    html = (
        '<b>Dear <i>all</i></b> &amp; others 😀, <a href="https://example.org/?a=1&amp;b=2">read</a> '
        "<u>this</u> <s>not</s> <code>a &lt; b</code>\n<blockquote>A quotation</blockquote>"
    )
    card = await say(stage, aiko, html)
    assert "English is kept" in card
    assert "○ Chinese · 1 → they get it in English" in card
    assert texts(stage)["en"] == html
    await stage.press(aiko, "Chinese")
    card = await say(stage, aiko, "各位好")
    assert "✓ Chinese · 1" in card
    assert "○ French · 1 → they get it in English" in card
    assert texts(stage) == {"en": html, "zh": "各位好"}


async def test_a_new_text_takes_the_place_of_the_old_one_and_one_can_be_taken_away(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko, "First")
    assert "takes the place" in await stage.press(aiko, "English")
    assert "takes the place of the old one" in await say(stage, aiko, "Second")
    assert texts(stage) == {"en": "Second"}
    await stage.press(aiko, "English")
    assert "is gone" in await stage.press(aiko, "Take this text away")
    assert texts(stage) == {}


async def test_whoever_edits_the_message_has_edited_the_text(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/announce")
    await stage.press(aiko, "English")
    said = await aiko.say("Dear oll")
    await stage.settled()
    await stage.press(aiko, "Audience")
    await aiko.edit(said.id, "Dear all")
    await stage.settled()
    assert "takes the place of the old one" in text_of(aiko)
    assert texts(stage) == {"en": "Dear all"}
    assert "Rainwater" in await stage.ask(aiko, "rainwater tanks")
    assert texts(stage) == {"en": "Dear all"}


async def test_what_not_every_reader_could_see_becomes_plain_words(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/announce")
    await stage.press(aiko, "English")
    entities = (
        {"type": "custom_emoji", "offset": 0, "length": 2, "custom_emoji_id": "123"},
        {"type": "text_link", "offset": 3, "length": 4, "url": "tg://user?id=7"},
        {"type": "text_link", "offset": 8, "length": 4, "url": 'https://example.org/"x'},
        {"type": "from_the_future", "offset": 13, "length": 4},
        {"type": "bold", "offset": 13, "length": 9},
        {"type": "mention", "offset": 18, "length": 4},
    )
    aiko._write(as_content("text", Formatted("😀 ring link <b>x @ana", entities)), None, None)
    await stage.settled()
    assert texts(stage)["en"] == (
        '😀 ring <a href="https://example.org/&quot;x">link</a> <b>&lt;b&gt;x @ana</b>'
    )


async def test_a_text_that_is_too_long_changes_nothing_and_its_rest_is_no_text(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko, "Short")
    await stage.press(aiko, "English")
    await aiko.say("x" * 4096)
    await aiko.say("and its rest")
    await stage.settled()
    assert "4,096 characters, and there is room for 3,500" in text_of(aiko)
    assert texts(stage) == {"en": "Short"}


async def test_it_goes_out_with_a_photo_whose_caption_is_the_text(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/announce")
    assert "1,000 characters" in await stage.press(aiko, "Photo or document")
    assert "Send a photo" in await stage.ask(aiko, "what?")
    photo = await aiko.send_photo(caption="Look at this")
    await stage.settled()
    assert "goes out with this file" in text_of(aiko)
    assert texts(stage) == {"en": "Look at this"}
    assert row(stage)["media"]["file_id"] == photo.content["photo"][-1]["file_id"]
    await stage.press(aiko, "Other file")
    await aiko.send_document("agenda.pdf", caption="Other words")
    await stage.settled()
    assert "not taken" in text_of(aiko)
    assert "agenda.pdf" in text_of(aiko)
    assert texts(stage) == {"en": "Look at this"}
    assert "The file is gone" in await stage.press(aiko, "Take the file away")
    assert row(stage)["media"] is None


async def test_a_photo_may_be_the_answer_where_a_text_is_asked_for(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko, "Words")
    await stage.press(aiko, "English")
    await aiko.send_photo(caption="Words with a picture")
    await stage.settled()
    assert texts(stage) == {"en": "Words with a picture"}
    assert row(stage)["media"]["kind"] == "photo"


async def test_a_long_text_has_to_be_shortened_before_a_file_is_added(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko, "x" * 1200)
    await stage.press(aiko, "Photo or document")
    await aiko.send_photo()
    await stage.settled()
    assert "room for 1,000 characters. The one in English has 1,200" in text_of(aiko)
    assert row(stage)["media"] is None


async def test_it_is_sent_to_its_author_exactly_as_it_will_look(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko, "Dear <b>all</b>")
    await stage.press(aiko, "Options")
    await stage.press(aiko, "I have read this")
    await stage.press(aiko, "The announcement")
    card = aiko.messages()[-1]
    await stage.press(aiko, "Send to myself")
    shown = aiko.messages()[-1]
    assert shown.text == "Dear all"
    assert [entity["type"] for entity in shown.content["entities"]] == ["bold"]
    assert labels(aiko) == ["✓ I have read this"]
    assert "to you alone" in message_of(aiko, card.id).text
    await stage.press(aiko, "Chinese", card.id)
    await say(stage, aiko, "各位好")
    await stage.press(aiko, "Send to myself")
    await stage.press(aiko, "In all languages")
    assert [message.text for message in aiko.messages()[-2:]] == ["Dear all", "各位好"]


async def test_the_template_is_filled_in_for_the_newest_cycle_in_each_of_its_languages(
    stage: Stage, aiko: Player
) -> None:
    await stage.ask(aiko, "/announce")
    await stage.press(aiko, "Templates")
    card = await stage.press(aiko, "The cycle opens")
    assert "Reports of this year is open" in card
    assert texts(stage, 2) == {
        "en": "<b>Reports of this year</b> is open: reports on 2026 by December 31, 2099. "
        '<a href="https://example.org/?a=1&amp;b=2">More</a>',
        "fr": "<b>Reports of this year</b> : rapports sur 2026 avant le 31 décembre 2099.",
    }
    assert row(stage, 2)["wants_reading"]
    await stage.press(aiko, "French")
    await say(stage, aiko, "Bonjour")
    assert texts(stage, 2)["fr"] == "Bonjour"


async def choose(stage: Stage, player: Player, what: str, *choices: str) -> str:
    """Opens a list of the audience card, taps these, and goes back; the card."""
    await stage.press(player, what)
    for choice in choices:
        await stage.press(player, choice)
    return await stage.press(player, "Done")


async def test_the_audience_is_chosen_by_everything_there_is_and_its_count_is_always_seen(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko)
    card = await stage.press(aiko, "Audience")
    assert "5 recipients: everybody who has a role" in card
    assert "Wei (Naga)" in card
    assert "3 recipients" not in card
    assert "2 recipients: focal points" in await choose(stage, aiko, "Roles", "focal points")
    assert "1 recipient: focal points · Philippines" in await choose(stage, aiko, "Countries", "Philippines")
    assert "5 recipients" in await stage.press(aiko, "Everybody")
    assert "1 recipient: Composting" in await choose(stage, aiko, "Topics", "Composting")
    assert "1 recipient: Waste" in await choose(stage, aiko, "Topics", "✓ Composting", "Waste")
    assert "3 recipients: Waste · Water" in await choose(stage, aiko, "Topics", "Water")
    await stage.press(aiko, "Everybody")
    assert "3 recipients: has not reported: Reports of this year" in await choose(
        stage, aiko, "Not reported", "Reports of this year"
    )
    assert "without: deputies" in await choose(stage, aiko, "➖ Roles", "deputies")
    assert "2 recipients" in text_of(aiko)
    assert "3 recipients" in await stage.press(aiko, "Leave nobody out")


async def test_cities_are_typed_in_one_message_by_any_of_their_names(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Audience")
    assert "in one message" in await stage.press(aiko, "Cities")
    asked = await stage.ask(aiko, "那牙, SURABAYA; Atlantis")
    assert "Naga" in asked
    assert "Surabaya" in asked
    assert "no city of this name: Atlantis" in asked
    assert "3 recipients" in asked
    assert "2 recipients" in await stage.press(aiko, "✕ Surabaya")
    card = await stage.press(aiko, "Done")
    assert "2 recipients: Naga" in card
    await stage.press(aiko, "Everybody")
    await stage.press(aiko, "➖ Cities")
    assert "3 recipients" in await stage.ask(aiko, "1. Naga")
    assert "2 recipients" in await stage.ask(aiko, "surabaya and naga")
    assert "3 recipients" in await stage.press(aiko, "✕ Surabaya")
    assert row(stage)["audience"]["left_out"]["cities"] == ["naga"]


async def test_team_groups_get_it_where_that_is_chosen(stage: Stage, aiko: Player) -> None:
    stage.sql(
        "INSERT INTO team_groups (chat_id, city, language, linked_by, linked_at, reachable) "
        "VALUES (-100123, 'naga', 'fr', ?, '2026-01-01 00:00:00.000000', 1)",
        WEI,
    )
    await written(stage, aiko)
    assert "5 recipients" in await stage.press(aiko, "Audience")
    card = await stage.press(aiko, "Team groups")
    assert "6 recipients" in card
    assert "with 1 team group" in card
    assert "team group (Naga)" in card
    assert "3 recipients" in await choose(stage, aiko, "➖ Countries", "Philippines")


async def test_who_is_limited_to_countries_writes_to_their_cities_alone(stage: Stage) -> None:
    leo = stage.person(LEO, "Leo")
    await written(stage, leo)
    card = await stage.press(leo, "Audience")
    assert "1 recipient:" in card
    assert "Sari (Surabaya)" in card
    await stage.press(leo, "Countries")
    assert [label for label in labels(leo) if "Done" not in label] == ["Indonesia"]
    await stage.press(leo, "Done")
    await stage.press(leo, "Cities")
    assert "no city of this name: Naga" in await stage.ask(leo, "Naga")


async def test_an_audience_of_nobody_gets_nothing(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Audience")
    await choose(stage, aiko, "Roles", "deputies")
    assert "0 recipients" in await choose(stage, aiko, "Countries", "Indonesia")
    await stage.press(aiko, "The announcement")
    assert "Nobody would get it" in await stage.press(aiko, "Send…")
    assert row(stage)["state"] == "draft"


async def test_before_it_goes_out_everything_about_its_readers_is_said(stage: Stage, aiko: Player) -> None:
    await stage.person(MARIE, "Marie", "fr").block()
    await stage.settled()
    await written(stage, aiko)
    asked = await stage.press(aiko, "Send…")
    assert "5 recipients" in asked
    assert "1 of them cannot be reached now" in asked
    assert "○ Chinese · 1 → they get it in English: Wei (Naga)" in asked
    assert "no text in: French, Chinese" in asked


async def test_now_leaves_a_minute_and_is_done_once_however_often_it_is_tapped(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    before, card = datetime.now(UTC), aiko.messages()[-1]
    now = next(key["callback_data"] for key in card.buttons if "Now" in key["text"])
    await aiko.press_data(now, card.id)
    await aiko.press_data(now, card.id)
    await stage.settled()
    found = row(stage)
    starts = datetime.fromisoformat(found["starts_at"]).replace(tzinfo=UTC)
    assert found["state"] == "waiting"
    assert before + MINUTE_TO_CANCEL <= starts <= datetime.now(UTC) + MINUTE_TO_CANCEL
    assert "in a minute" in message_of(aiko, card.id).text
    assert "in a minute" in await stage.forge(aiko, now, card.id)
    assert row(stage) == found


async def test_who_calls_it_off_can_write_on(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    await stage.press(aiko, "Now")
    await stage.press(aiko, "Call it off")
    assert "draft again" in await stage.press(aiko, "Write on")
    assert row(stage)["state"] == "draft"
    assert row(stage)["starts_at"] is None
    await stage.press(aiko, "Send…")
    assert "in a minute" in await stage.press(aiko, "Now")


async def test_what_was_called_off_stands_in_the_list_and_can_be_written_on_from_there(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    await stage.press(aiko, "Now")
    await stage.press(aiko, "Call it off")
    assert "called off" in await stage.press(aiko, "‹ Announcements")
    assert "draft again" in await stage.press(aiko, "↩")
    assert row(stage)["state"] == "draft"


async def test_a_time_is_typed_and_said_before_it_holds(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    assert "When shall it go out?" in await stage.press(aiko, "At a time")
    assert "cannot read a day" in await stage.ask(aiko, "whenever")
    assert "over already" in await stage.ask(aiko, "12 May 2020 9:00")
    day = (datetime.now(UTC) + timedelta(days=40)).date()
    shown = await stage.ask(aiko, f"{day:%Y-%m-%d} 15:30")
    assert "15:30" in shown
    assert row(stage)["state"] == "draft"
    await stage.press(aiko, "Yes, then")
    found = row(stage)
    assert found["state"] == "waiting"
    assert found["starts_at"].startswith(f"{day} 15:30")


async def test_the_office_s_hours_are_those_of_its_zone(staged: Staged, town: tuple[Path, Path]) -> None:
    knowledge, schedules = town
    async with staged(knowledge, schedules=schedules, time_zone="Asia/Tokyo") as stage:
        aiko = stage.person(AIKO, "Aiko", "en")
        await people_of(stage)
        await written(stage, aiko)
        await stage.press(aiko, "Send…")
        await stage.press(aiko, "At a time")
        shown = await stage.ask(aiko, f"{datetime.now(UTC).year + 1}-05-12 09:00")
        assert "09:00 (Asia/Tokyo)" in shown
        assert "00:00 UTC" in shown


async def test_it_may_go_out_at_nine_in_each_city(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    await stage.press(aiko, "At nine in each city")
    day = (datetime.now(UTC) + timedelta(days=3)).date()
    card = aiko.messages()[-1]
    shown = await stage.press(aiko, card.buttons[3]["text"])
    assert "At nine in each city" in shown
    assert "01:00 UTC" in shown  # nine in Naga
    assert "09:00 UTC" in shown  # nine at the office
    await stage.press(aiko, "Yes, then")
    found = row(stage)
    assert found["state"] == "waiting"
    assert found["day"] == str(day)
    assert found["starts_at"].startswith(f"{day} 00:50")


async def many(stage: Stage, people: int) -> None:
    """So many more focal points of Naga."""
    for number in range(people):
        stage.sql(
            "INSERT INTO people (id, language, language_chosen, reachable, handle, first_seen, last_seen) "
            "SELECT ?, 'en', 0, 1, ?, first_seen, last_seen FROM people LIMIT 1",
            *(8_000_000 + number, f"handle{number}"),
        )
        stage.sql(
            "INSERT INTO memberships (person, role, city, state, countries) "
            "VALUES (?, 'focal_point', 'naga', 'active', '[]')",
            8_000_000 + number,
        )


async def test_what_goes_to_many_is_sent_by_typing_their_number(stage: Stage, aiko: Player) -> None:
    await many(stage, 120)
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    assert "write their number: 125" in await stage.press(aiko, "Now")
    assert "another number" in await stage.ask(aiko, "124")
    assert "another number" in await stage.ask(aiko, "yes")
    assert row(stage)["state"] == "draft"
    stage.sql("UPDATE memberships SET state = 'ended' WHERE person = 8000000")
    assert "There were 125 recipients, and now there are 124" in await stage.ask(aiko, "125")
    assert row(stage)["state"] == "draft"
    assert "in a minute" in await stage.ask(aiko, "１２４")
    assert row(stage)["state"] == "waiting"


async def test_whoever_looks_at_something_else_has_left_the_number(stage: Stage, aiko: Player) -> None:
    await many(stage, 120)
    await written(stage, aiko)
    await stage.press(aiko, "Send…")
    await stage.press(aiko, "Now")
    await stage.ask(aiko, "/topics")
    await stage.ask(aiko, "125")
    assert row(stage)["state"] == "draft"


async def test_the_draft_is_there_again_after_a_restart(staged: Staged, town: tuple[Path, Path]) -> None:
    knowledge, schedules = town
    async with Emulator.serve() as emulator:
        async with staged(knowledge, emulator, schedules=schedules) as stage:
            await people_of(stage)
            aiko = stage.person(AIKO, "Aiko", "en")
            await written(stage, aiko, "Never lost")
            await stage.press(aiko, "Chinese")
        async with staged(knowledge, emulator, schedules=schedules) as stage:
            assert "Chinese is kept" in await say(stage, aiko, "永不丢失")
            assert "Never lost" in await stage.ask(aiko, "/announce")
            assert "Never lost" in await stage.press(aiko, "Never lost")
        assert texts(stage) == {"en": "Never lost", "zh": "永不丢失"}


async def test_two_authors_write_side_by_side_and_see_no_draft_of_each_other(
    stage: Stage, aiko: Player, kenji: Player
) -> None:
    await written(stage, aiko, "From Aiko")
    await written(stage, kenji, "From Kenji")
    listed = await stage.ask(kenji, "/announce")
    assert "From Kenji" in listed
    assert "From Aiko" not in listed
    assert await stage.forge(kenji, b.Compose(1, 2, b.ComposeMove.OPEN)) == stage.says(NotAllowed())
    await stage.forge(kenji, b.Compose(1, 2, b.ComposeMove.DROP_SURELY))
    assert texts(stage, 1) == {"en": "From Aiko"}
    assert row(stage, 1)["state"] == "draft"


async def test_an_old_button_only_shows_how_it_stands(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko, "First")
    old = aiko.messages()[-1]
    await stage.press(aiko, "English")
    await say(stage, aiko, "Second")
    await stage.forge(aiko, b.Compose(1, 2, b.ComposeMove.ERASE, "en"), old.id)
    assert "changed meanwhile" in message_of(aiko, old.id).text
    assert texts(stage) == {"en": "Second"}


async def test_what_is_thrown_away_is_asked_for_first_and_can_be_taken_back(
    stage: Stage, aiko: Player
) -> None:
    await written(stage, aiko, "Old news")
    await stage.press(aiko, "Throw away")
    assert row(stage)["state"] == "draft"
    listed = await stage.press(aiko, "Yes, throw away")
    assert "Old news" not in listed
    assert "draft again" in await stage.press(aiko, "Keep it after all")


async def test_several_drafts_are_listed_newest_first(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko, "The first one")
    await written(stage, aiko, "The second one")
    listed = await stage.ask(aiko, "/announce")
    assert listed.index("The second one") < listed.index("The first one")
    assert "The first one" in await stage.press(aiko, "The first one")


async def test_late_joiners_may_get_it_until_a_day(stage: Stage, aiko: Player) -> None:
    await written(stage, aiko)
    assert "joins later does not get it" in await stage.press(aiko, "Options")
    await stage.press(aiko, "Until the deadline")
    assert row(stage)["valid_until"] == "2099-12-31"
    await stage.press(aiko, "Not to newcomers")
    assert row(stage)["valid_until"] is None


@pytest.mark.parametrize("who", [SARI, MARIE, 70_001])
async def test_nobody_but_the_secretariat_announces(stage: Stage, who: int) -> None:
    player = stage.person(who, "Somebody", "en")
    refused = stage.says(NotAllowed())
    assert await stage.ask(player, "/announce") == refused
    assert await stage.forge(player, b.Announcements("n", 1)) == refused
    assert stage.sql("SELECT count(*) FROM announcements") == [(0,)]


async def test_a_group_is_no_place_to_write_one(stage: Stage, aiko: Player) -> None:
    group = stage.emulator.group(-1_001_234_567_890, "Office", [aiko])
    await stage.settled()
    assert await stage.ask_in(group, aiko, "/announce") == stage.says(PrivateOnly())
    assert stage.sql("SELECT count(*) FROM announcements") == [(0,)]
