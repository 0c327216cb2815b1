"""More time: asked for by a city in a few taps, decided by the secretariat, and held to everywhere from then on."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.audit import Event
from bot.domain.people import Role
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player
from bot.services.marks import mark_of

from .reminding_town import ANA, CYCLE, DEV, MAYA, Town, town_of
from .reporting import fill
from .stage import AIKO, KENJI, Stage, labels, message_of, text_of
from .test_joining import invited, join

MEI = 5_000_000_041
CITIES = ("kathmandu", "surabaya", "naga")
LONG_GONE = 999_999
WISH = "“Two districts are late” & the <scales> broke."
KATHMANDU, SURABAYA = mark_of("kathmandu", "2026"), mark_of("surabaya", "2026")


@dataclass
class Cast:
    town: Town
    maya: Player
    ana: Player
    aiko: Player
    mei: Player

    @property
    def stage(self) -> Stage:
        return self.town.stage


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    """Maya reports for Kathmandu and Ana for Surabaya, until 15 December; Aiko and Mei are the secretariat."""
    async with town_of(tmp_path, *CITIES) as town:
        yield Cast(
            town,
            await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu"),
            await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya"),
            town.stage.person(AIKO, "Aiko"),
            await town.person(MEI, "Mei Tan", Role.SECRETARIAT, None),
        )


async def asks(cast: Cast, player: Player, day: str = "29", why: str = WISH) -> str:
    """The whole way of a request; what is shown at its end."""
    await cast.stage.ask(player, "/extend")
    await cast.stage.press(player, f"December {day}, 2026")
    await cast.stage.ask(player, why)
    return await cast.stage.press(player, "Send it")


def granted(cast: Cast) -> list[tuple[str, str, str]]:
    return cast.stage.sql("SELECT city, state, coalesce(granted, '') FROM extensions ORDER BY id")


async def test_a_city_asks_in_four_steps_and_sees_it_once_more_before_it_is_sent(cast: Cast) -> None:
    shown = await cast.stage.ask(cast.maya, "/extend")
    assert "Kathmandu · Report 2026" in shown
    assert "Deadline now: December 15, 2026 (25 days left)" in shown
    assert [label for label in labels(cast.maya) if "more)" in label] == [
        "December 22, 2026 (7 days more)",
        "December 29, 2026 (14 days more)",
        "December 31, 2026 (16 days more)",
    ]
    assert "Why do you need it?" in await cast.stage.press(cast.maya, "December 29")
    shown = await cast.stage.ask(cast.maya, WISH)
    assert "This is what the secretariat will read" in shown
    assert "More time until December 29, 2026" in shown
    assert WISH in shown
    assert granted(cast) == [], "nothing is sent before they say so"
    shown = await cast.stage.press(cast.maya, "Send it")
    assert "Your request is with the secretariat" in shown
    assert "Until then the present deadline holds" in shown
    assert granted(cast) == [("kathmandu", "asked", "")]
    for colleague in (cast.aiko, cast.mei):
        assert "A city asks for more time" in text_of(colleague)
        assert WISH in text_of(colleague)
        assert "Asked by Maya" in text_of(colleague)


async def test_the_secretariat_grants_it_and_the_city_is_told_in_its_own_time(cast: Cast) -> None:
    dev = await cast.town.person(DEV, "Dev", Role.DEPUTY, "kathmandu", "fr")
    await asks(cast, cast.maya)
    shown = await cast.stage.press(cast.mei, "Grant until December 29, 2026")
    assert "Kathmandu has more time for “Report 2026”" in shown
    assert "2 people of the city are told" in shown
    assert granted(cast) == [("kathmandu", "granted", "2026-12-29")]
    assert "Mei Tan granted what you asked for" in text_of(cast.maya)
    assert "Your new deadline: December 29, 2026, by midnight in Kathmandu" in text_of(cast.maya)
    assert "29 décembre 2026" in text_of(dev)
    log = await cast.stage.focal.database.run(lambda work: work.audit.of_city("kathmandu", 9))
    told = [(entry.event, entry.subject, entry.before, entry.after) for entry in log]
    assert (Event.EXTENDED, "kathmandu-2026", "2026-12-15", "2026-12-29") in told
    assert (Event.EXTENSION_ASKED, "kathmandu-2026", "2026-12-15", "2026-12-29") in told
    shown = await cast.stage.forge(cast.aiko, b.History(1, "kathmandu"), LONG_GONE)
    assert "Mei Tan gave more time for kathmandu-2026 (December 15, 2026 → December 29, 2026)" in shown


async def test_the_first_decision_holds(cast: Cast) -> None:
    await asks(cast, cast.maya)
    await cast.stage.press(cast.mei, "Grant until")
    news = len(cast.maya.messages())
    assert "Mei Tan has granted it already" in await cast.stage.press(cast.aiko, "Grant until")
    extension = cast.stage.sql("SELECT id FROM extensions")[0][0]
    for move in ("n", "s", "d", "g"):
        shown = await cast.stage.forge(
            cast.aiko, b.ExtensionDo(move, date(2026, 12, 20).toordinal(), extension)
        )
        assert "Mei Tan has granted it already" in shown
    assert granted(cast) == [("kathmandu", "granted", "2026-12-29")]
    assert len(cast.maya.messages()) == news


async def test_another_day_is_typed_in_words_and_shown_before_it_holds(cast: Cast) -> None:
    await asks(cast, cast.maya)
    assert "Until when shall the city have time?" in await cast.stage.press(cast.mei, "Another day")
    assert "I could not read a day in “soonish”" in await cast.stage.ask(cast.mei, "soonish")
    assert "has to be later than the present one" in await cast.stage.ask(cast.mei, "10 December")
    assert "too far away: March 15, 2027 at the latest" in await cast.stage.ask(cast.mei, "1 June 2027")
    shown = await cast.stage.ask(cast.mei, "20 December")
    assert "New deadline: December 20, 2026" in shown
    assert granted(cast) == [("kathmandu", "asked", "")]
    await cast.stage.press(cast.mei, "Grant until December 20, 2026")
    assert granted(cast) == [("kathmandu", "granted", "2026-12-20")]
    assert "gave another day than December 29, 2026" in text_of(cast.maya)
    assert "Rainwater" in await cast.stage.ask(cast.mei, "rainwater tanks"), "her words are her own again"


async def test_it_is_declined_with_words_that_are_shown_before_they_are_sent(cast: Cast) -> None:
    await asks(cast, cast.maya)
    await cast.stage.press(cast.mei, "Decline")
    shown = await cast.stage.ask(cast.mei, "The meeting is on the <18th> & needs it.")
    assert "You decline it with these words" in shown
    assert "was not possible" not in text_of(cast.maya)
    assert "You have declined it" in await cast.stage.press(cast.mei, "Send it")
    assert "was not possible this time" in text_of(cast.maya)
    assert "The meeting is on the <18th> & needs it." in text_of(cast.maya)
    assert "Your deadline stays December 15, 2026" in text_of(cast.maya)
    assert granted(cast) == [("kathmandu", "declined", "")]


async def test_the_day_and_the_reason_may_be_typed_and_a_lookup_in_between_loses_nothing(cast: Cast) -> None:
    await cast.stage.ask(cast.maya, "/extend")
    shown = await cast.stage.ask(cast.maya, "12/1")
    assert "Why" in shown, "of the two days that this may be only one is later than the deadline"
    assert "January 12, 2027" in shown
    await cast.stage.ask(cast.maya, WISH)
    await cast.stage.ask(cast.maya, "/find rainwater tanks")
    preview = next(m for m in reversed(cast.maya.messages()) if "This is what the secretariat" in m.text)
    await cast.stage.press(cast.maya, "Send it", preview.id)
    assert granted(cast) == [("kathmandu", "asked", "")]
    assert WISH in text_of(cast.mei)


async def test_a_day_with_two_readings_is_asked_back_and_an_impossible_one_explained(cast: Cast) -> None:
    await cast.stage.ask(cast.maya, "/extend")
    shown = await cast.stage.ask(cast.maya, "1/2")
    assert "“1/2” may be two days" in shown
    assert [label for label in labels(cast.maya) if "more)" in label] == [
        "January 2, 2027 (18 days more)",
        "February 1, 2027 (48 days more)",
    ]
    assert "has to be later" in await cast.stage.ask(cast.maya, "tomorrow")
    assert "I could not read a day" in await cast.stage.ask(cast.maya, "when the rain stops")
    assert len(labels(cast.maya)) == 4, "the days are offered again, and a way out"
    await cast.stage.press(cast.maya, "December 22")
    assert "up to 500 characters" in await cast.stage.ask(cast.maya, "why " * 200)
    await cast.stage.ask(cast.maya, "Rain.")
    assert "Sunshine." in await cast.stage.ask(cast.maya, "Sunshine."), "other words replace the first"
    await cast.stage.press(cast.maya, "Another day")
    shown = await cast.stage.press(cast.maya, "December 31")
    assert "Sunshine." in shown, "what was written is not asked for again"


async def test_who_asks_again_sees_the_open_request_and_can_take_it_back(cast: Cast) -> None:
    await asks(cast, cast.maya)
    assert "waits for the secretariat" in await cast.stage.ask(cast.maya, "/extend")
    assert "More time until December 29, 2026 is asked for" in await cast.stage.ask(cast.maya, "/status")
    shown = await cast.stage.press(cast.maya, "Your request for more time")
    assert WISH in shown
    assert "taken back" in await cast.stage.press(cast.maya, "Take the request back")
    assert "taken back" in text_of(cast.mei)
    assert labels(cast.mei) == ["🏙 Kathmandu", "‹ All requests"]
    request = next(m for m in cast.aiko.messages() if "A city asks" in m.text)
    assert "taken back" in await cast.stage.press(cast.aiko, "Grant until", request.id)
    assert granted(cast) == [("kathmandu", "taken-back", "")]
    await asks(cast, cast.maya, "22")
    assert granted(cast)[1:] == [("kathmandu", "asked", "")]


async def test_two_taps_on_send_are_one_request(cast: Cast) -> None:
    await asks(cast, cast.maya)
    before = len(cast.mei.messages())
    shown = await cast.stage.forge(cast.maya, b.MoreTime("s", b.NO_DAY, KATHMANDU), LONG_GONE)
    assert "waits for the secretariat" in shown
    assert len(granted(cast)) == 1
    assert len(cast.mei.messages()) == before


async def test_everything_goes_by_the_new_deadline(cast: Cast) -> None:
    """My city, the overview, the city's file, and whether a report is late."""
    await asks(cast, cast.maya)
    await cast.stage.press(cast.mei, "Grant until")
    shown = await cast.stage.ask(cast.maya, "/status")
    assert "Deadline: December 29, 2026, by midnight in Kathmandu (39 days left)" in shown
    assert "more time than the other cities" in shown
    assert "(25 days left)" in await cast.stage.ask(cast.ana, "/status"), "other cities keep theirs"
    cast.town.set_clock("2026-12-17 09:00")
    shown = await cast.stage.ask(cast.aiko, "/overview")
    assert "One city has more time" in shown
    assert "Kathmandu: not started · ⏳ until December 29, 2026" in shown
    assert "Naga: not started · ⏰ late" in shown
    assert "late 2" in " ".join(labels(cast.aiko))
    assert "Deadline: December 29, 2026 · ⏳ more time than others" in await cast.stage.press(
        cast.aiko, "Kathmandu"
    )
    shown = await cast.stage.ask(cast.maya, "/status")
    assert "(12 days left)" in shown
    assert "late" not in shown
    assert "late" in await cast.stage.ask(cast.ana, "/status")
    await fill(cast.stage, cast.maya)
    assert "late" not in await cast.stage.press(cast.maya, "Send")
    await fill(cast.stage, cast.ana)
    await cast.stage.press(cast.ana, "Send")
    sent = dict(cast.stage.sql("SELECT city, late FROM reports"))
    assert sent == {"kathmandu": 0, "surabaya": 1}


async def test_the_choice_of_reports_tells_late_by_it(cast: Cast) -> None:
    await cast.stage.appoint(cast.maya, Role.FOCAL_POINT, "naga")
    give = b.GiveTime("g", date(2026, 12, 29).toordinal(), KATHMANDU)
    await cast.stage.forge(cast.aiko, give, LONG_GONE)
    cast.town.set_clock("2026-12-17 09:00")
    shown = await cast.stage.ask(cast.maya, "/report")
    assert "Kathmandu: Report 2026 · not started\n" in shown
    assert "Naga: Report 2026 · not started · late" in shown


async def test_whoever_takes_over_a_city_hears_of_its_own_deadline(cast: Cast) -> None:
    await asks(cast, cast.maya)
    await cast.stage.press(cast.mei, "Grant until")
    payload = await invited(cast.stage, cast.aiko, city="Kathmandu")
    shown = await join(cast.stage, cast.stage.person(DEV, "Dev"), payload)
    assert "Report 2026: until December 29, 2026" in shown


async def test_a_city_is_given_more_time_unasked(cast: Cast) -> None:
    shown = await cast.stage.ask(cast.aiko, "/extend")
    assert "Nothing waits for a decision" in shown
    await cast.stage.press(cast.aiko, "Give a city more time")
    await cast.stage.press(cast.aiko, "Surabaya")
    shown = await cast.stage.press(cast.aiko, "December 31")
    assert "Everybody of the city is told at once" in shown
    shown = await cast.stage.press(cast.aiko, "Grant until December 31, 2026")
    assert "One person of the city is told" in shown
    assert "moved your deadline, without your asking" in text_of(cast.ana)
    assert granted(cast) == [("surabaya", "granted", "2026-12-31")]
    again = b.GiveTime("g", date(2026, 12, 31).toordinal(), SURABAYA)
    assert "Surabaya has more time" in await cast.stage.forge(cast.aiko, again, LONG_GONE)
    assert len(granted(cast)) == 1
    shown = await cast.stage.ask(cast.aiko, "/extend")
    assert "⏳ Surabaya · Report 2026: until December 31, 2026" in shown
    await cast.stage.forge(cast.aiko, b.CityScreen("f", "naga"), LONG_GONE)
    await cast.stage.press(cast.aiko, "Give more time")
    shown = await cast.stage.ask(cast.aiko, "in 60 days")
    assert "New deadline: January 19, 2027" in shown
    shown = await cast.stage.press(cast.aiko, "Grant until")
    assert "Nobody of the city can be reached" in shown


async def test_a_later_extension_goes_before_an_earlier_one(cast: Cast) -> None:
    await asks(cast, cast.maya, "22")
    await cast.stage.press(cast.mei, "Grant until")
    await cast.stage.ask(cast.maya, "/extend")
    assert "(14 days more)" in " ".join(labels(cast.maya)), "counted from the deadline that holds now"
    await cast.stage.press(cast.maya, "January 5, 2027")
    await cast.stage.ask(cast.maya, WISH)
    await cast.stage.press(cast.maya, "Send it")
    await cast.stage.press(cast.aiko, "Grant until January 5, 2027")
    assert "Deadline: January 5, 2027" in await cast.stage.ask(cast.maya, "/status")


async def test_a_deadline_that_is_moved_for_all_beyond_it_holds_for_the_city_too(cast: Cast) -> None:
    give = b.GiveTime("g", date(2026, 12, 22).toordinal(), KATHMANDU)
    await cast.stage.forge(cast.aiko, give, LONG_GONE)
    await cast.town.edit("cycles/2026.yaml", CYCLE % "2026-12-20")
    assert "December 22, 2026" in await cast.stage.ask(cast.maya, "/status")
    await cast.town.edit("cycles/2026.yaml", CYCLE % "2027-01-31")
    shown = await cast.stage.ask(cast.maya, "/status")
    assert "January 31, 2027" in shown
    assert "more time than" not in shown
    assert "With more time" not in await cast.stage.ask(cast.aiko, "/extend")


async def test_several_requests_wait_in_one_list(cast: Cast) -> None:
    await asks(cast, cast.maya)
    await asks(cast, cast.ana, "22")
    shown = await cast.stage.ask(cast.aiko, "/extend")
    assert "2 wait, the oldest first" in shown
    assert shown.index("Kathmandu") < shown.index("Surabaya")
    await cast.stage.press(cast.aiko, "Surabaya")
    await cast.stage.press(cast.aiko, "Grant until")
    assert granted(cast) == [("kathmandu", "asked", ""), ("surabaya", "granted", "2026-12-22")]
    assert "more time" in text_of(cast.ana)
    assert "more time" not in text_of(cast.maya) or "request" in text_of(cast.maya)


async def test_who_reviews_some_countries_decides_for_these_only(cast: Cast) -> None:
    cast.stage.sql("""UPDATE memberships SET countries = '["ID"]' WHERE person = ?""", MEI)
    before = len(cast.mei.messages())
    await asks(cast, cast.maya)
    assert len(cast.mei.messages()) == before, "Nepal is not hers"
    extension = cast.stage.sql("SELECT id FROM extensions")[0][0]
    for button in (b.ExtensionDo("o", 0, extension), b.GiveTime("o", 0, KATHMANDU)):
        assert await cast.stage.forge(cast.mei, button, LONG_GONE) == cast.stage.says(NotAllowed())
    assert "Nothing waits" in await cast.stage.ask(cast.mei, "/extend")
    await cast.stage.press(cast.mei, "Give a city more time")
    assert "Kathmandu" not in " ".join(labels(cast.mei))
    assert "Surabaya" in " ".join(labels(cast.mei))


async def test_whoever_loses_the_role_in_the_middle_asks_no_more(cast: Cast) -> None:
    await cast.stage.ask(cast.maya, "/extend")
    await cast.stage.press(cast.maya, "December 29")
    await cast.stage.appoint(cast.maya, Role.VISITOR)
    assert "Rainwater" in await cast.stage.ask(cast.maya, "rainwater tanks")
    shown = await cast.stage.forge(cast.maya, b.MoreTime("s", 0, KATHMANDU), LONG_GONE)
    assert shown == cast.stage.says(NotAllowed())
    assert granted(cast) == []


async def test_a_request_of_somebody_who_left_is_decided_all_the_same(cast: Cast) -> None:
    dev = await cast.town.person(DEV, "Dev", Role.DEPUTY, "kathmandu")
    await asks(cast, cast.maya)
    await cast.stage.appoint(cast.maya, Role.VISITOR)
    before = len(cast.maya.messages())
    await cast.stage.press(cast.mei, "Grant until")
    assert len(cast.maya.messages()) == before
    assert "Your new deadline" in text_of(dev)


async def test_in_a_cycle_that_is_gone_nothing_is_granted_and_the_city_can_take_it_back(cast: Cast) -> None:
    await asks(cast, cast.maya)
    await asks(cast, cast.ana)
    (cast.town.folder / "schedules/cycles/2026.yaml").unlink()
    await cast.town.edit("cycles/2027.yaml", CYCLE.replace("2026", "2027") % "2027-12-15")
    request = next(m for m in cast.aiko.messages() if "Kathmandu" in m.text)
    shown = await cast.stage.press(cast.aiko, "Grant until", request.id)
    assert "gone from the files" in shown
    keys = [key["text"] for key in message_of(cast.aiko, request.id).buttons]
    assert keys == ["✖️ Decline", "🏙 Kathmandu", "‹ All requests"]
    sent = next(m for m in reversed(cast.maya.messages()) if "waits for the secretariat" in m.text)
    assert "taken back" in await cast.stage.press(cast.maya, "Take the request back", sent.id)
    await cast.stage.ask(cast.aiko, "/extend")
    await cast.stage.press(cast.aiko, "Surabaya")
    await cast.stage.press(cast.aiko, "Decline")
    await cast.stage.ask(cast.aiko, "That cycle is no more.")
    await cast.stage.press(cast.aiko, "Send it")
    assert "That cycle is no more." in text_of(cast.ana)
    assert [state for _, state, _ in granted(cast)] == ["taken-back", "declined"]


async def test_who_has_two_reports_chooses_and_who_owes_none_is_told_so(cast: Cast) -> None:
    await cast.stage.appoint(cast.maya, Role.FOCAL_POINT, "naga")
    shown = await cast.stage.ask(cast.maya, "/extend")
    assert "For which report" in shown
    assert "Naga · Report 2026" in await cast.stage.press(cast.maya, "Naga")
    await fill(cast.stage, cast.ana)
    await cast.stage.press(cast.ana, "Send")
    assert "You owe no report" in await cast.stage.ask(cast.ana, "/extend")
    opened = b.MoreTime("d", date(2026, 12, 22).toordinal(), SURABAYA)
    assert "You owe no report" in await cast.stage.forge(cast.ana, opened, LONG_GONE)
    give = b.GiveTime("g", date(2026, 12, 22).toordinal(), SURABAYA)
    assert "submitted" in str(cast.stage.sql("SELECT state FROM reports"))
    assert "Surabaya" in await cast.stage.forge(cast.aiko, give, LONG_GONE)
    assert granted(cast) == []


async def test_a_visitor_has_nothing_to_extend(cast: Cast) -> None:
    sari = cast.stage.person(KENJI + 10, "Sari")
    assert await cast.stage.ask(sari, "/extend") == cast.stage.says(NotAllowed())


async def test_a_report_that_is_sent_ends_the_request_for_more_time(cast: Cast) -> None:
    """An old button grants nothing then: nobody is told of reminders for what they have sent."""
    await asks(cast, cast.maya)
    await fill(cast.stage, cast.maya)
    await cast.stage.press(cast.maya, "Send to the secretariat")
    assert granted(cast) == [("kathmandu", "taken-back", "")]
    cast.stage.sql("UPDATE extensions SET state = 'asked'")  # of a report that was sent before this was so
    until = date(2026, 12, 29).toordinal()
    shown = await cast.stage.forge(cast.aiko, b.ExtensionDo(b.ExtensionMove.GRANT, until, 1))
    assert "Reminders follow" not in shown
    assert granted(cast) == [("kathmandu", "asked", "")]
