"""An announcement on its way, as the secretariat sees it: to each once, counted to the last, corrected in place."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.domain import buttons as b
from bot.domain.announcements import Announcement, AnnouncementState, Media, MediaKind, When
from bot.domain.audiences import Audience, Selection
from bot.domain.people import Role
from bot.domain.ports import UnitOfWork
from bot.domain.views import NotAllowed, OldButton
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Player

from .announced import OTHERS, TEXTS, Office, got, office_at, take_in
from .conftest import Staged
from .stage import AIKO, MARIE, SARI, WEI, labels, text_of

CITIES = Audience(Selection(roles=frozenset({Role.FOCAL_POINT, Role.DEPUTY})))


@pytest.fixture
async def office(staged: Staged, network: Path) -> AsyncIterator[Office]:
    async with office_at(staged, network) as ready:
        await take_in(ready)
        yield ready


async def test_everybody_gets_it_once_in_their_language_and_the_board_adds_up(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    assert [m.text for m in got(office.sari, "assembly")] == ["The assembly meets in June."]
    assert [m.text for m in got(office.marie, "assemblée")] == ["L’assemblée se réunit en juin."]
    assert len(got(office.wei, "assembly")) == 1, "who reads neither gets the network's language"
    assert not got(office.aiko, "The assembly meets in June.\n")
    board = office.board(number).text
    assert "Finished on" in board
    assert "delivered: 3" in board
    assert "Recipients: 3" in board
    await office.pass_by(60, steps=5)
    assert await office.fates(number) == {"sent": 3}
    history = office.stage.sql("SELECT event, subject FROM audit WHERE event LIKE 'announ%'")
    assert history == [("announced", f"#{number}")]


async def test_who_blocked_the_bot_is_a_recipient_too_and_is_not_asked_again(office: Office) -> None:
    await office.wei.block()
    await office.stage.settled()
    office.stage.emulator.fault(FaultKind.BLOCKED, "sendMessage", chat=SARI)
    before = len(office.stage.emulator.calls_of("sendMessage"))
    number = await office.sent(audience=CITIES)
    assert await office.fates(number) == {"sent": 1, "blocked": 2}
    tried = [call.params["chat_id"] for call in list(office.stage.emulator.calls_of("sendMessage"))[before:]]
    assert str(WEI) not in {str(chat) for chat in tried}
    assert "blocked: 2" in office.board(number).text
    assert "Recipients: 3" in office.board(number).text
    await office.stage.press(office.aiko, "Who did not get it", office.board(number).id)
    assert "Sari\u2069 · Surabaya" in office.board(number).text
    assert "has blocked the bot" in office.board(number).text


async def test_stopped_in_the_middle_the_rest_gets_nothing_and_may_get_it_after_all(office: Office) -> None:
    tomorrow = date(2026, 5, 5)
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=tomorrow, at=time(9))
    await office.tick()
    assert "0 of 3 sent" in office.board(number).text
    await office.tick(timedelta(hours=20, minutes=1))  # one minute past nine in Naga
    assert "1 of 3 sent" in office.board(number).text
    stopped = await office.stage.press(office.aiko, "Stop", office.board(number).id)
    assert "2 recipients get nothing" in stopped
    assert "left out: 2 (it was stopped before" in stopped
    assert "Recipients: 3" in stopped
    await office.tick(timedelta(hours=10))
    assert await office.fates(number) == {"sent": 1, "skipped": 2}
    assert not got(office.sari, "assembly")
    await office.stage.press(office.aiko, "Send to the other 2", office.board(number).id)
    await office.pass_by(5, steps=2)
    assert await office.fates(number) == {"sent": 3}
    assert len(got(office.sari, "assembly")) == 1
    assert len(got(office.wei, "assembly")) == 1, "nobody gets it twice"


async def test_what_nobody_knows_is_sent_again_to_exactly_these(office: Office) -> None:
    office.stage.emulator.fault(FaultKind.RESET_AFTER, "sendMessage", chat=SARI)
    number = await office.sent(audience=CITIES)
    assert await office.fates(number) == {"sent": 2, "unknown": 1}
    board = office.board(number)
    assert "unknown whether it arrived: 1" in board.text
    assert len(got(office.sari, "assembly")) == 1, "never by itself"
    await office.stage.press(office.aiko, "Resend to the 1 unknown", board.id)
    await office.pass_by(5, steps=2)
    assert await office.fates(number) == {"sent": 3}
    assert len(got(office.sari, "assembly")) == 2, "this is what the secretariat decided"
    assert len(got(office.marie, "assemblée")) == 1
    assert "delivered: 3" in office.board(number).text
    assert not any("unknown" in key["text"] for key in office.board(number).buttons)


async def test_what_telegram_refuses_is_told_with_its_reason(office: Office) -> None:
    broken = Media(MediaKind.PHOTO, "no-file-of-ours")
    number = await office.sent(audience=CITIES, media=broken)
    assert await office.fates(number) == {"failed": 3}
    assert "failed: 3 (" in office.board(number).text
    assert "file" in office.board(number).text.lower()


async def test_a_correction_is_shown_first_and_then_stands_in_place_of_what_was_sent(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    sent = got(office.sari, "June")[0]
    await office.stage.press(office.aiko, "Correct", office.board(number).id)
    asked = await office.stage.press(office.aiko, "English", office.board(number).id)
    assert "The assembly meets in June." in asked
    preview = await office.stage.ask(office.aiko, "The assembly meets in July.")
    assert "The assembly meets in July." in preview
    assert sent.text == "The assembly meets in June.", "nothing changes before it was seen"
    shown = await office.stage.press(office.aiko, "Replace it")
    assert "takes the place of the old one" in shown
    await office.pass_by(5, steps=3)
    assert sent.text == "The assembly meets in July."
    assert got(office.marie, "assemblée")[0].text == "L’assemblée se réunit en juin."
    edited = [str(call.params["chat_id"]) for call in office.stage.emulator.calls_of("editMessageText")]
    assert str(MARIE) not in edited, "the French text was right"
    assert len(got(office.sari, "assembly")) == 1
    assert await office.fates(number) == {"sent": 3}


async def test_two_corrections_in_a_row_leave_every_language_right(office: Office) -> None:
    number = await office.sent(audience=CITIES)
    for language, text in (("Français", "En juillet."), ("English", "In July.")):
        await office.open(office.aiko, number)
        await office.stage.press(office.aiko, "Correct")
        await office.stage.press(office.aiko, language)
        await office.stage.ask(office.aiko, text)
        await office.stage.press(office.aiko, "Replace it")
    await office.pass_by(5, steps=2)
    assert text_of(office.marie) == "En juillet."
    assert text_of(office.sari) == "In July."


async def test_an_old_preview_applies_nothing_and_a_cancelled_correction_takes_no_words(
    office: Office,
) -> None:
    number = await office.sent(audience=CITIES, texts={"en": "In June."})
    await office.stage.press(office.aiko, "Correct", office.board(number).id)
    await office.stage.ask(office.aiko, "In August.")
    first = office.aiko.messages()[-1].id
    await office.stage.ask(office.aiko, "In July.")
    assert "cannot be done any more" in await office.stage.press(office.aiko, "Replace it", first)
    assert text_of(office.sari) == "In June."
    await office.open(office.aiko, number)
    await office.stage.press(office.aiko, "Correct")
    await office.stage.press(office.aiko, "Cancel")
    assert "Rainwater" in await office.stage.ask(office.aiko, "rainwater tanks")


async def test_a_caption_is_corrected_in_place_and_what_is_still_to_go_says_the_new_words(
    office: Office,
) -> None:
    photo = await office.aiko.send_photo(caption="x")
    file_id = photo.content["photo"][-1]["file_id"]
    await office.stage.settled()
    number = await office.waiting(
        audience=CITIES,
        texts={"en": "In June."},
        media=Media(MediaKind.PHOTO, file_id),
        when=When.LOCAL,
        day=date(2026, 5, 5),
        at=time(9),
    )
    await office.tick()
    await office.tick(timedelta(hours=20, minutes=1))
    sent = office.wei.messages()[-1]
    assert sent.text == "In June."
    await office.stage.press(office.aiko, "Correct", office.board(number).id)
    await office.stage.ask(office.aiko, "In July.")
    await office.stage.press(office.aiko, "Replace it")
    await office.tick(timedelta(hours=10))
    assert sent.text == "In July."
    assert office.sari.messages()[-1].text == "In July."
    assert "photo" in office.sari.messages()[-1].content
    assert await office.fates(number) == {"sent": 3}


async def test_too_long_a_correction_is_asked_for_again(office: Office) -> None:
    number = await office.sent(audience=CITIES, texts={"en": "In June."})
    await office.stage.press(office.aiko, "Correct", office.board(number).id)
    assert "3,500 fit" in await office.stage.ask(office.aiko, "x" * 3501)
    assert text_of(office.sari) == "In June."


async def test_withdrawn_it_says_so_wherever_it_arrived_and_goes_to_nobody_else(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    await office.tick(timedelta(hours=21, minutes=1))
    assert len(got(office.sari, "June")) == 1
    asked = await office.stage.press(office.aiko, "Withdraw", office.board(number).id)
    assert "In 2 chats" in asked
    assert "It is withdrawn" in await office.stage.press(
        office.aiko, "Yes, withdraw it", office.board(number).id
    )
    await office.tick(timedelta(hours=12))
    assert "was withdrawn on May 5, 2026" in text_of(office.sari)
    assert not got(office.sari, "June")
    assert not got(office.marie, "assemblée")
    assert "withdrawn" not in text_of(office.marie)
    assert await office.fates(number) == {"sent": 2, "skipped": 1}
    board = office.board(number)
    assert "left out: 1 (it was withdrawn before)" in board.text
    assert not any("Correct" in key["text"] for key in board.buttons)


async def test_a_tap_says_who_has_read_it_and_the_others_are_reminded_once(office: Office) -> None:
    number = await office.sent(audience=CITIES, wants_reading=True)
    for _ in range(2):
        await office.sari.press("✓ I have read this")
        await office.stage.settled()
        assert labels(office.sari) == ["✓ Read, thank you"]
        assert text_of(office.sari) == "The assembly meets in June."
        await office.stage.forge(office.sari, b.HaveRead(number))
        break
    assert "Read by 1 of 3" in await office.open(office.aiko, number)
    names = await office.stage.press(office.aiko, "Who has not read")
    assert "2 people have not read it" in names
    assert "Marie\u2069 · Lomé" in names
    assert "Sari" not in names
    await office.wei.press("✓ 我已阅读")
    await office.stage.settled()
    await office.stage.press(office.aiko, "Remind these 2")
    await office.stage.settled()
    reminder = office.marie.messages()[-1]
    assert "l’annonce du 4 mai 2026" in reminder.text
    assert reminder.reply_to is got(office.marie, "assemblée")[0]
    assert "Please" not in text_of(office.sari)
    assert not got(office.wei, "按钮"), "who read it meanwhile is left in peace"
    await office.stage.press(office.marie, "J’ai lu ceci")
    board = await office.open(office.aiko, number)
    assert "Read by 3 of 3" in board
    assert "The others were reminded on" in board
    await office.stage.forge(office.aiko, b.BoardDo(b.BoardMove.REMIND, number))
    await office.pass_by(5)
    assert len(got(office.marie, "l’annonce du")) == 1


async def test_the_button_under_a_corrected_text_still_knows_who_has_read(office: Office) -> None:
    number = await office.sent(audience=CITIES, texts={"en": "In June."}, wants_reading=True)
    await office.sari.press("✓ I have read this")
    await office.open(office.aiko, number)
    await office.stage.press(office.aiko, "Correct")
    await office.stage.ask(office.aiko, "In July.")
    await office.stage.press(office.aiko, "Replace it")
    await office.pass_by(5)
    assert (text_of(office.sari), labels(office.sari)) == ("In July.", ["✓ Read, thank you"])
    assert (text_of(office.wei), labels(office.wei)) == ("In July.", ["✓ 我已阅读"])


async def test_somebody_without_a_role_who_presses_breaks_nothing(office: Office) -> None:
    number = await office.sent(audience=CITIES, wants_reading=True)
    await office.stage.appoint(office.sari, Role.VISITOR)
    await office.sari.press("✓ I have read this")
    await office.stage.settled()
    assert labels(office.sari) == ["✓ Read, thank you"]
    await office.stage.forge(office.sari, b.HaveRead(99_999))
    assert "Read by 1 of 3" in await office.open(office.aiko, number)


async def test_who_joins_later_gets_what_is_still_valid(office: Office) -> None:
    number = await office.sent(audience=CITIES, valid_until=date(2026, 5, 10))
    over = await office.sent(audience=CITIES, texts={"en": "It is over."})
    late = await office.join(OTHERS[0], "surabaya")
    await office.pass_by(61, steps=2)
    assert len(got(late, "assembly")) == 1
    assert not got(late, "over")
    assert (await office.fates(number), await office.fates(over)) == ({"sent": 4}, {"sent": 3})
    assert "delivered: 4" in office.board(number).text
    assert len(got(office.sari, "assembly")) == 1
    too_late = await office.join(OTHERS[1], "surabaya")
    await office.tick(timedelta(days=7))
    assert not got(too_late, "assembly")


async def test_who_joins_at_night_gets_it_in_the_morning(office: Office) -> None:
    await office.sent(audience=CITIES, valid_until=date(2026, 5, 10))
    late = await office.join(OTHERS[0], "surabaya")
    await office.tick(timedelta(hours=11))  # eleven at night in Surabaya
    assert not got(late, "assembly")
    await office.tick(timedelta(hours=9, minutes=1))
    assert len(got(late, "assembly")) == 1


async def test_nine_o_clock_is_everybody_s_own(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    came: dict[int, datetime] = {}
    for _ in range(4 * 30):
        await office.tick(timedelta(minutes=15))
        for player in (office.sari, office.marie, office.wei):
            if (got(player, "assembl")) and player.person.id not in came:
                came[player.person.id] = office.clock.now()
        if len(came) == 3:
            break
    zones = {SARI: "Asia/Jakarta", MARIE: "Africa/Lome", WEI: "Asia/Manila"}
    for person, zone in zones.items():
        local = came[person].astimezone(ZoneInfo(zone))
        assert datetime(2026, 5, 5, 9, tzinfo=ZoneInfo(zone)) <= local
        assert local < datetime(2026, 5, 5, 9, 16, tzinfo=ZoneInfo(zone))
    await office.pass_by(5)
    assert (await office.get(number)).state is AnnouncementState.SENT


async def test_nobody_is_woken_because_we_were_down_at_nine(office: Office) -> None:
    await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    await office.tick(timedelta(hours=32))  # eight in the evening in Surabaya, one in the afternoon in Lomé
    assert len(got(office.marie, "assembl")) == 1
    assert not got(office.sari, "assembl")
    await office.tick(timedelta(hours=12, minutes=1))
    assert len(got(office.sari, "assembl")) == 1


async def test_its_author_removed_it_does_not_begin_but_what_has_begun_goes_on(office: Office) -> None:
    lena = office.stage.person(OTHERS[0], "Lena", "en")
    await office.stage.ask(lena, "/help")
    await office.stage.appoint(lena, Role.SECRETARIAT)
    begun = await office.waiting(
        author=OTHERS[0], audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9)
    )
    waits = await office.waiting(
        author=OTHERS[0],
        audience=CITIES,
        texts={"en": "Not any more."},
        when=When.AT,
        starts_at=office.clock.now() + timedelta(hours=1),
    )
    await office.tick()
    shown = office.board(begun, lena).text
    await office.stage.appoint(lena, Role.VISITOR)
    await office.tick(timedelta(hours=28, minutes=1))
    assert await office.fates(begun) == {"sent": 3}
    assert office.board(begun, lena).text == shown, "who was removed is shown nothing more"
    assert await office.stage.press(lena, "Stop", office.board(begun, lena).id) == office.stage.says(
        NotAllowed()
    )
    assert (await office.get(waits)).state is AnnouncementState.DROPPED
    assert not got(office.sari, "Not any more")
    assert "did not go out" in text_of(office.kenji)
    assert "delivered: 3" in await office.open(office.kenji, begun)


async def test_who_has_left_and_who_was_forgotten_meanwhile_gets_nothing(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    await office.stage.appoint(office.sari, Role.VISITOR)
    await office.stage.focal.database.run(lambda work: work.people.forget(WEI))
    await office.tick(timedelta(hours=36))
    await office.pass_by(5)
    fates = await office.fates(number)
    assert (fates["sent"], fates["skipped"]) == (1, 2)
    assert not got(office.sari, "assembl")
    assert not got(office.wei, "assembl")


async def test_called_off_within_its_minute_nobody_gets_it(office: Office) -> None:
    number = await office.waiting(
        audience=CITIES, starts_at=office.clock.now() + timedelta(minutes=1), when=When.NOW
    )
    assert "in a minute" in await office.open(office.aiko, number)
    await office.tick(timedelta(seconds=30))
    assert "Nobody gets it" in await office.stage.press(office.aiko, "Call it off")
    await office.pass_by(60, steps=2)
    assert not got(office.sari, "assembl")
    assert (await office.get(number)).state is AnnouncementState.DROPPED
    await office.open(office.aiko, number)
    late = await office.stage.forge(office.aiko, b.BoardDo(b.BoardMove.CALL_OFF, number))
    assert "cannot be done any more" in late


async def test_two_boards_show_their_own_numbers_in_their_own_messages(office: Office) -> None:
    first = await office.waiting(audience=CITIES, starts_at=office.clock.now() + timedelta(minutes=1))
    second = await office.waiting(
        audience=Audience(Selection(cities=frozenset({"naga"}))),
        starts_at=office.clock.now() + timedelta(minutes=1),
    )
    for number in (first, second):
        await office.open(office.aiko, number)
    ids = [office.board(number).id for number in (first, second)]
    await office.tick(timedelta(minutes=1))
    await office.pass_by(5, steps=3)
    assert [office.board(number).id for number in (first, second)] == ids
    assert "Recipients: 3" in office.board(first).text
    assert "Recipients: 1" in office.board(second).text


async def test_a_board_is_edited_only_when_something_has_moved(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    before = len(office.stage.emulator.calls_of("editMessageText"))
    await office.pass_by(5, steps=6)
    assert len(office.stage.emulator.calls_of("editMessageText")) == before
    await office.tick(timedelta(hours=21))
    assert len(office.stage.emulator.calls_of("editMessageText")) == before + 1
    assert "2 of 3 sent" in office.board(number).text


async def test_who_looks_at_a_list_is_not_disturbed_by_the_next_number(office: Office) -> None:
    number = await office.waiting(
        audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9), wants_reading=True
    )
    await office.tick()
    await office.tick(timedelta(hours=20, minutes=1))
    board = office.board(number)
    await office.stage.press(office.aiko, "Who has not read", board.id)
    await office.tick(timedelta(hours=1))
    assert "has not read it yet" in board.text
    await office.stage.press(office.aiko, "‹ Announcement", board.id)
    assert "2 of 3 sent" in board.text
    await office.tick(timedelta(hours=8))
    await office.pass_by(5)
    assert "delivered: 3" in board.text


async def test_a_colleague_who_reaches_everybody_may_steer_it_and_a_limited_one_may_not(
    office: Office,
) -> None:
    number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    lena = office.stage.person(OTHERS[0], "Lena", "en")
    await office.stage.ask(lena, "/help")
    await office.stage.appoint(lena, Role.SECRETARIAT)
    office.stage.sql("""UPDATE memberships SET countries = '["ID"]' WHERE person = ?""", OTHERS[0])
    assert await office.open(lena, number) == office.stage.says(NotAllowed())
    assert "0 of 3 sent" in await office.open(office.kenji, number)
    assert "Aiko" in text_of(office.kenji)
    assert "Stopped. 3 recipients" in await office.stage.press(office.kenji, "Stop")
    await office.pass_by(5)
    assert (await office.get(number)).state is AnnouncementState.STOPPED


async def test_stopped_and_started_again_in_the_middle_each_gets_it_once(
    staged: Staged, network: Path
) -> None:
    async with Emulator.serve() as emulator:
        async with office_at(staged, network, emulator) as office:
            await take_in(office)
            number = await office.waiting(audience=CITIES, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
            await office.tick()
            await office.tick(timedelta(hours=20, minutes=1))
            assert await office.fates(number) == {"sent": 1, "waiting": 2}
            clock = office.clock
        async with office_at(staged, network, emulator, clock) as office:
            await office.tick(timedelta(hours=10))
            await office.pass_by(5, steps=2)
            assert await office.fates(number) == {"sent": 3}
            for player in (office.sari, office.marie, office.wei):
                assert len(got(player, "assembl")) == 1
            assert "Recipients: 3" in office.board(number).text
        assert emulator.problems == []


async def test_an_announcement_to_nobody_ends_at_once(office: Office) -> None:
    number = await office.sent(audience=Audience(Selection(countries=frozenset({"BR"}))))
    assert "Recipients: 0" in office.board(number).text
    assert (await office.get(number)).author == AIKO


async def test_what_left_before_a_correction_and_arrives_after_it_is_corrected_too(office: Office) -> None:
    number = await office.sent(audience=CITIES, texts={"en": "In June."})
    await office.open(office.aiko, number)
    await office.stage.press(office.aiko, "Correct")
    await office.stage.ask(office.aiko, "In July.")
    # The answer to Wei's request is still on its way while the text changes.
    office.stage.sql("UPDATE outbox SET state = 'wired' WHERE key = ?", f"ann:{number}:{WEI}")
    await office.stage.press(office.aiko, "Replace it")
    office.stage.sql("UPDATE outbox SET state = 'sent' WHERE key = ?", f"ann:{number}:{WEI}")
    assert (text_of(office.sari), text_of(office.wei)) == ("In July.", "In June.")
    await office.pass_by(4)
    assert text_of(office.wei) == "In July."
    assert await office.fates(number) == {"sent": 3}


async def limited(office: Office, country: str) -> Player:
    """A reviewer who looks after one country alone."""
    lena = office.stage.person(OTHERS[0], "Lena", "en")
    await office.stage.ask(lena, "/help")
    await office.stage.appoint(lena, Role.SECRETARIAT)
    office.stage.sql("UPDATE memberships SET countries = ? WHERE person = ?", f'["{country}"]', OTHERS[0])
    return lena


async def test_whoever_asks_to_be_forgotten_announces_nothing_any_more(office: Office) -> None:
    lena = await limited(office, "TG")
    sent = await office.sent(author=OTHERS[0], valid_until=date(2026, 5, 20))
    waits = await office.waiting(author=OTHERS[0], starts_at=office.clock.now() + timedelta(days=1))
    assert await office.fates(sent) == {"sent": 1}
    await office.stage.ask(lena, "/forget")
    await office.stage.press(lena, labels(lena)[0])
    await office.tick(timedelta(days=1, minutes=1))
    await office.pass_by(61, steps=2)
    assert (await office.get(waits)).state is AnnouncementState.DROPPED
    assert await office.fates(waits) == {}
    assert await office.fates(sent) == {"sent": 1}, "nobody is late for what nobody answers for"
    assert "did not go out" in text_of(office.kenji)
    to_nobody = "SELECT key FROM outbox WHERE chat_id = 0 AND announcement IS NULL"
    assert office.stage.sql(to_nobody) == []


async def test_a_limit_that_is_lifted_later_widens_nothing_that_was_sent_off_before(office: Office) -> None:
    lena = await limited(office, "TG")
    sent = await office.sent(author=OTHERS[0], audience=CITIES, valid_until=date(2026, 5, 20))
    made = Announcement(
        0,
        OTHERS[0],
        office.clock.now(),
        texts=TEXTS,
        audience=CITIES,
        when=When.LOCAL,
        day=date(2026, 5, 5),
    )
    draft = await office.stage.focal.database.run(lambda work: work.announcements.add(made))
    await office.stage.ask(lena, "/help")
    await office.stage.forge(lena, b.Compose(draft.id, draft.version, b.ComposeMove.GO))
    assert (await office.get(draft.id)).state is AnnouncementState.WAITING
    office.stage.sql("UPDATE memberships SET countries = '[]' WHERE person = ?", OTHERS[0])
    await office.join(OTHERS[1], "surabaya")
    await office.tick(timedelta(hours=36))
    await office.pass_by(61, steps=2)
    for number in (sent, draft.id):
        assert await office.fates(number) == {"sent": 1}
    assert not got(office.sari, "assembl")


async def test_one_that_cannot_be_read_stops_no_other_and_is_named(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    broken = await office.waiting(audience=CITIES)
    office.stage.sql("UPDATE announcements SET audience = '{}' WHERE id = ?", broken)
    finished = await office.waiting(audience=CITIES, valid_until=date(2026, 5, 20))
    office.stage.sql(
        "UPDATE announcements SET state = 'sent', ended_at = starts_at, goes_out = 'never' WHERE id = ?",
        finished,
    )
    healthy = await office.sent(audience=CITIES)
    await office.pass_by(61)
    assert await office.fates(healthy) == {"sent": 3}
    for number in (broken, finished):
        assert f"Announcement {number} cannot be seen to" in caplog.text
    assert "assembly" not in caplog.text


async def test_whoever_is_quicker_elsewhere_begins_it_and_nothing_is_wrong(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    lost = await office.waiting(audience=CITIES)
    # As on PostgreSQL, where another program's round has begun it a moment ago.
    office.stage.sql(
        f"CREATE TRIGGER quicker BEFORE UPDATE ON announcements WHEN old.id = {lost} "
        "BEGIN SELECT RAISE(IGNORE); END"
    )
    other = await office.sent(audience=CITIES)
    assert (await office.fates(lost), await office.fates(other)) == ({}, {"sent": 3})
    assert "cannot be seen to" not in caplog.text
    assert "could not be found" not in caplog.text


async def test_late_ones_of_several_are_found_one_announcement_a_round(office: Office) -> None:
    numbers = [await office.sent(audience=CITIES, valid_until=date(2026, 5, 20)) for _ in range(3)]
    await office.join(OTHERS[1], "surabaya")
    office.clock.travel(timedelta(seconds=61))
    begun = []
    for _ in range(3):
        await office.stage.focal.ticker.tick_now()
        await office.stage.settled()
        begun.append([(await office.fates(number))["sent"] for number in numbers])
    assert begun == [[4, 3, 3], [4, 4, 3], [4, 4, 4]]


async def test_a_limited_reviewer_is_not_shown_what_was_called_off(office: Office) -> None:
    lena = await limited(office, "TG")
    await office.waiting(author=SARI, audience=CITIES, texts={"en": "The budget is short."})
    await office.tick()
    assert "budget" in text_of(office.kenji)
    assert not got(lena, "budget")


async def test_the_button_of_a_preview_makes_nobody_a_reader(office: Office) -> None:
    made = Announcement(0, AIKO, office.clock.now(), texts=TEXTS, wants_reading=True)
    draft = await office.stage.focal.database.run(lambda work: work.announcements.add(made))
    await office.stage.ask(office.aiko, "/help")
    said = await office.stage.forge(office.aiko, b.HaveRead(draft.id))
    assert said == office.stage.says(OldButton())
    assert office.stage.sql("SELECT person FROM readings") == []


async def test_its_day_is_the_one_that_its_readers_know(office: Office) -> None:
    local = await office.waiting(
        audience=CITIES,
        when=When.LOCAL,
        day=date(2026, 5, 5),
        wants_reading=True,
        starts_at=office.clock.now(),
    )
    await office.tick()
    await office.tick(timedelta(hours=28, minutes=1))
    await office.open(office.aiko, local)
    await office.stage.press(office.aiko, "Who has not read")
    await office.stage.press(office.aiko, "Remind these")
    await office.pass_by(5)
    assert "May 5, 2026" in text_of(office.sari)
    await office.tick(timedelta(hours=10))  # May 5 in Lomé, May 6 in Surabaya
    await office.open(office.aiko, local)
    await office.stage.press(office.aiko, "Withdraw")
    await office.stage.press(office.aiko, "Yes, withdraw it")
    await office.pass_by(5, steps=2)
    assert got(office.sari, "was withdrawn on May 6, 2026")
    assert got(office.marie, "5 mai 2026")


async def test_the_board_follows_a_correction_after_weeks_and_behind_many_drafts(office: Office) -> None:
    number = await office.sent(audience=CITIES, texts={"en": "In June."})

    def drafts(work: UnitOfWork) -> None:
        for _ in range(25):
            work.announcements.add(Announcement(0, AIKO, office.clock.now()))

    await office.stage.focal.database.run(drafts)
    await office.tick(timedelta(days=20))
    await office.open(office.aiko, number)
    await office.stage.press(office.aiko, "Correct")
    await office.stage.ask(office.aiko, "In July.")
    assert "Changed in place: 0 of 3" in await office.stage.press(office.aiko, "Replace it")
    await office.pass_by(5, steps=3)
    assert text_of(office.sari) == "In July."
    assert "Changed in place" not in office.board(number).text, "all are"


async def test_what_should_have_left_by_day_wakes_nobody_at_night(office: Office) -> None:
    number = await office.waiting(audience=CITIES, when=When.AT)
    office.clock.travel(
        timedelta(hours=14)
    )  # we were down; two at night in Surabaya, seven in the evening in Lomé
    await office.pass_by(5, steps=2)
    assert not got(office.sari, "assembl")
    assert len(got(office.marie, "assembl")) == 1
    await office.tick(timedelta(hours=7))
    assert len(got(office.sari, "assembl")) == 1
    await office.pass_by(5)
    assert await office.fates(number) == {"sent": 3}


async def test_nothing_is_noted_of_an_announcement_that_is_forgotten(office: Office) -> None:
    number = await office.sent(audience=CITIES, wants_reading=True)
    noted = f"SELECT key FROM facts WHERE key LIKE 'announcement.{number}.%'"
    assert office.stage.sql(noted)
    later = office.clock.now() + timedelta(days=1)
    await office.stage.focal.database.run(lambda work: work.announcements.forget(later))
    assert office.stage.sql(noted) == []
