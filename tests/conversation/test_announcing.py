"""From the first word to the last reader: an announcement is written in the chat and goes out when it was said to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.chat.pace import SECOND_TAP_SECONDS
from bot.domain import buttons as b
from bot.domain.announcements import Announcement, AnnouncementState, Media, MediaKind, When
from bot.domain.audiences import Audience, Selection
from bot.domain.people import Role
from bot.domain.views import NotAllowed
from bot.rehearsal.faults import FaultKind
from bot.services.composing import sending

from .announced import NOON, OTHERS, TEXTS, Office, got, office_at, take_in
from .conftest import Staged
from .stage import AIKO, WEI, labels, text_of

CITIES = Audience(Selection(roles=frozenset({Role.FOCAL_POINT, Role.DEPUTY})))
TOMORROW = date(2026, 5, 5)


@pytest.fixture
async def office(staged: Staged, network: Path) -> AsyncIterator[Office]:
    """It is noon in Surabaya, one in Naga, five in the morning in Lomé and two at the office (Tokyo)."""
    async with office_at(staged, network) as ready:
        await take_in(ready)
        yield ready


async def write_to_all(office: Office) -> None:
    """Aiko writes in English with a photo, and in French; both are kept."""
    stage, aiko = office.stage, office.aiko
    await stage.ask(aiko, "/announce")
    await stage.press(aiko, "Photo or document")
    await aiko.send_photo(caption="The assembly meets in June.")
    await stage.settled()
    await stage.press(aiko, "French")
    await stage.ask(aiko, "L’assemblée se réunit en juin.")
    await stage.press(aiko, "Options")
    await stage.press(aiko, "I have read this")
    await stage.press(aiko, "The announcement")
    await stage.press(aiko, "Send…")


async def test_what_is_sent_now_leaves_after_a_minute_to_everybody_in_their_language(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "Now")
    await office.tick(timedelta(seconds=40))
    assert got(office.sari, "assembly") == []
    await office.pass_by(30, steps=2)
    (english,), (french,) = got(office.sari, "assembly"), got(office.marie, "assemblée")
    assert english.content["photo"] == french.content["photo"]
    assert labels(office.marie) == ["✓ J’ai lu ceci"]
    assert got(office.wei, "assembly")[0].text == "The assembly meets in June."
    assert "delivered: 5" in office.board(1).text


async def test_a_minute_is_enough_to_call_it_off_and_to_write_on(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "Now")
    await office.stage.press(office.aiko, "Call it off")
    await office.pass_by(60, steps=2)
    assert got(office.sari, "assembly") == []
    assert "draft again" in await office.stage.press(office.aiko, "Write on")
    await office.stage.press(office.aiko, "Send…")
    await office.stage.press(office.aiko, "Now")
    await office.pass_by(60, steps=2)
    assert len(got(office.sari, "assembly")) == 1


async def test_at_nine_each_city_has_its_own_hour(office: Office) -> None:
    """Nine is over in Naga, in Surabaya and at the office, so that it is tomorrow's there; Lomé still has today's."""
    await write_to_all(office)
    await office.stage.press(office.aiko, "At nine in each city")
    today = office.aiko.messages()[-1].buttons[0]["text"]
    shown = await office.stage.press(office.aiko, today)
    assert "First: May 4, 2026 09:00 UTC. Last: May 5, 2026 02:00 UTC." in shown
    await office.stage.press(office.aiko, "Yes, then")
    arrived: dict[str, float] = {}
    for half_hour in range(1, 48):
        await office.tick(timedelta(minutes=30))
        for name, player in (("Lomé", office.marie), ("Naga", office.wei), ("Surabaya", office.sari)):
            if got(player, "assembl"):
                arrived.setdefault(name, half_hour / 2)
    # Five in the morning, UTC, it was at noon in Surabaya.
    assert arrived == {"Lomé": 4.0, "Naga": 20.0, "Surabaya": 21.0}


async def test_a_time_is_the_office_s(office: Office) -> None:
    await write_to_all(office)
    await office.stage.press(office.aiko, "At a time")
    assert "09:00 (Asia/Tokyo)" in await office.stage.ask(office.aiko, "tomorrow 9:00")
    await office.stage.press(office.aiko, "Yes, then")
    assert "Asia/Tokyo" in text_of(office.aiko)
    midnight = NOON.replace(hour=0) + timedelta(days=1)
    await office.tick(midnight - timedelta(minutes=5) - office.clock.now())
    assert got(office.sari, "assembly") == []
    await office.pass_by(200, steps=3)
    assert len(got(office.sari, "assembly")) == 1


async def drafted(office: Office, **values: Any) -> Announcement:
    """A draft of Aiko's for all cities, with a time that was chosen."""
    made = Announcement(0, AIKO, office.clock.now(), texts=TEXTS, audience=CITIES, **values)
    kept = await office.stage.focal.database.run(lambda work: work.announcements.add(made))
    await office.stage.ask(office.aiko, "/help")
    return kept


async def test_yes_then_pressed_days_later_asks_for_another_day(office: Office) -> None:
    kept = await drafted(office, when=When.LOCAL, day=TOMORROW)
    await office.tick(timedelta(days=6))
    said = await office.stage.forge(office.aiko, b.Compose(kept.id, kept.version, b.ComposeMove.GO))
    assert "no day ahead" in said
    assert (await office.get(kept.id)).state is AnnouncementState.DRAFT


@pytest.mark.parametrize("when", [When.AT, When.LOCAL])
async def test_the_number_typed_when_the_time_is_over_sends_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch, when: When
) -> None:
    monkeypatch.setattr(sending, "ASK_THE_NUMBER_ABOVE", 1)
    await office.tick(timedelta(hours=9, minutes=55))  # five minutes before the office's midnight
    soon = office.clock.now() + timedelta(minutes=2)
    kept = await drafted(office, when=when, day=NOON.date(), starts_at=soon if when is When.AT else None)
    said = await office.stage.forge(office.aiko, b.Compose(kept.id, kept.version, b.ComposeMove.GO))
    assert "write their number: 3" in said
    await office.tick(timedelta(minutes=10))
    said = await office.stage.ask(office.aiko, "3")
    assert "over already" in said or "no day ahead" in said
    assert (await office.get(kept.id)).state is AnnouncementState.DRAFT


async def test_stopped_before_its_hour_it_goes_on_at_its_hour(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=TOMORROW, at=time(9))
    await office.tick()
    await office.stage.press(office.aiko, "Stop", office.board(number).id)
    await office.stage.press(office.aiko, "Send to the other 3", office.board(number).id)
    await office.pass_by(5, steps=2)
    assert await office.fates(number) == {"waiting": 3}, "it is Monday noon, and meant for nine on Tuesday"
    await office.tick(timedelta(hours=30))
    assert await office.fates(number) == {"sent": 3}


async def test_what_was_stopped_can_go_on_after_what_is_unknown_was_sent_again(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=TOMORROW, at=time(9))
    office.stage.emulator.fault(FaultKind.RESET_AFTER, "sendMessage", chat=WEI)
    await office.tick()
    await office.tick(timedelta(hours=20, minutes=1))
    await office.stage.press(office.aiko, "Stop", office.board(number).id)
    await office.stage.press(office.aiko, "Resend to the 1 unknown", office.board(number).id)
    await office.pass_by(5, steps=3)
    assert (await office.get(number)).state is AnnouncementState.SENT
    await office.stage.press(office.aiko, "Send to the other 2", office.board(number).id)
    await office.tick(timedelta(hours=10))
    assert await office.fates(number) == {"sent": 3}
    assert not any("Send to the other" in key["text"] for key in office.board(number).buttons)


async def test_of_two_who_correct_the_same_text_the_second_sees_the_first_s_before(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    for who, language, text in (
        (office.aiko, "English", "In July, room A."),
        (office.kenji, "English", "In June, room B."),
    ):
        await office.open(who, number)
        await office.stage.press(who, "Correct")
        await office.stage.press(who, language)
        await office.stage.ask(who, text)
    await office.stage.press(office.aiko, "Replace it")
    assert "In July, room A." in await office.stage.press(office.kenji, "Replace it")
    assert (await office.get(number)).texts["en"] == "In July, room A."
    await asyncio.sleep(SECOND_TAP_SECONDS)  # a second tap at once is no answer to what nobody has read
    assert "takes the place" in await office.stage.press(office.kenji, "Replace it")
    assert (await office.get(number)).texts["en"] == "In June, room B."


async def test_two_who_correct_different_texts_do_not_disturb_each_other(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    for who, language in ((office.aiko, "English"), (office.kenji, "Français")):
        await office.open(who, number)
        await office.stage.press(who, "Correct")
        await office.stage.press(who, language)
        await office.stage.ask(who, f"Corrected by {who.person.first_name}.")
    for who in (office.aiko, office.kenji):
        assert "takes the place" in await office.stage.press(who, "Replace it")
    await office.pass_by(5, steps=2)
    assert (text_of(office.sari), text_of(office.marie)) == ("Corrected by Aiko.", "Corrected by Kenji.")


async def test_a_correction_counts_and_changes_only_what_is_in_its_language(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    await office.open(office.aiko, number)
    await office.stage.press(office.aiko, "Correct")
    await office.stage.press(office.aiko, "Français")
    assert "1 message has arrived" in await office.stage.ask(office.aiko, "En juillet.")
    shown = await office.stage.press(office.aiko, "Replace it")
    assert "in 1 chat." in shown
    assert "0 of 1" in shown
    rows = office.stage.sql("SELECT chat_id FROM outbox WHERE announcement = ? AND part = 1", number)
    assert rows == [(office.marie.person.id,)]


async def test_an_author_who_is_limited_since_may_look_and_change_nothing_elsewhere(office: Office) -> None:
    lena = office.stage.person(OTHERS[0], "Lena", "en")
    await office.stage.ask(lena, "/help")
    await office.stage.appoint(lena, Role.SECRETARIAT)
    number = await office.sent(audience=CITIES, author=OTHERS[0])
    limit = "UPDATE memberships SET countries = ? WHERE person = ?"
    office.stage.sql(limit, '["TG"]', OTHERS[0])
    assert "delivered: 3" in await office.open(lena, number)
    for move in (b.BoardMove.CORRECT, b.BoardMove.WITHDRAW, b.BoardMove.WITHDRAW_NOW, b.BoardMove.RESEND):
        assert await office.stage.forge(lena, b.BoardDo(move, number)) == office.stage.says(NotAllowed())
    assert (await office.get(number)).state is AnnouncementState.SENT
    own = await office.sent(audience=CITIES, author=OTHERS[0])
    assert await office.fates(own) == {"sent": 1}
    await office.open(lena, own)
    await office.stage.forge(lena, b.BoardDo(b.BoardMove.WITHDRAW_NOW, own))
    assert (await office.get(own)).state is AnnouncementState.WITHDRAWN, "that went to her cities alone"


async def test_before_a_photo_is_withdrawn_it_is_said_that_it_stays(office: Office) -> None:
    plain = await office.sent(audience=CITIES)
    await office.open(office.aiko, plain)
    assert "itself stays" not in await office.stage.press(office.aiko, "Withdraw")
    photo = await office.aiko.send_photo(caption="x")
    file_id = photo.content["photo"][-1]["file_id"]
    await office.stage.settled()
    number = await office.sent(audience=CITIES, media=Media(MediaKind.PHOTO, file_id))
    await office.open(office.aiko, number)
    assert "itself stays" in await office.stage.press(office.aiko, "Withdraw")


async def test_an_old_button_of_one_s_own_called_off_draft_shows_what_became_of_it(office: Office) -> None:
    kept = await drafted(office)
    old = b.Compose(kept.id, kept.version, b.ComposeMove.SEND)
    await office.stage.forge(office.aiko, b.Compose(kept.id, kept.version, b.ComposeMove.DROP_SURELY))
    assert "Called off" in await office.stage.forge(office.aiko, old)
    assert any("Write on" in label for label in labels(office.aiko))
    await office.stage.ask(office.kenji, "/help")
    assert await office.stage.forge(office.kenji, old) == office.stage.says(NotAllowed())
