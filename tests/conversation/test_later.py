"""Later, quiet, and what is still to come: whoever is reminded decides when."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.rehearsal.people import Player

from .reminding_town import MAYA, Town, town_of
from .stage import AIKO, labels, text_of


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(tmp_path, "kathmandu") as town:
        yield town


@pytest.fixture
async def maya(town: Town) -> Player:
    return await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")


async def other_day(town: Town, player: Player) -> str:
    await town.stage.ask(player, "/later")
    await town.stage.press(
        player, "Later" if any("Later" in label for label in labels(player)) else "Another"
    )
    return await town.stage.press(player, "Another day")


async def promised(town: Town) -> list[tuple[str, str]]:
    return [(str(day), str(at)[:5]) for day, at in town.stage.sql("SELECT day, at FROM promises")]


# --- by button


async def test_a_day_is_chosen_below_the_reminder_and_the_secretariat_sees_it(
    town: Town, maya: Player
) -> None:
    await town.at("2026-12-01 09:00")
    choices = await town.stage.press(maya, "Later")
    assert choices.startswith("🕘 When shall I remind you?")
    assert labels(maya) == [
        *("Tomorrow (Wed, Dec 2)", "Fri, Dec 4"),
        *("Tue, Dec 8", "3 days before the deadline (Sat, Dec 12)"),
        *("✎ Another day", "‹ Back"),
    ]
    said = await town.stage.press(maya, "Dec 4")
    assert said.startswith("🕘 I will remind you on Friday, December 4, 2026 at 09:00 (Kathmandu time).")
    assert "The secretariat can see this." in said
    assert labels(maya) == ["📝 Begin the report", "✎ Change", "No, as before"]
    aiko = town.stage.person(AIKO, "Aiko")
    file = await town.stage.forge(aiko, b.CityScreen(b.CityView.FILE, "kathmandu"))
    assert "wishes to be reminded on Friday, December 4, 2026 at 09:00 (Kathmandu time)" in file
    await town.at("2026-12-04 08:59")
    assert town.heard(maya) == [1]
    await town.at("2026-12-04 09:00")
    assert town.reminders(maya)[1].startswith(
        "🔔 You asked me to remind you today.\n\nKathmandu · Report 2026"
    )
    assert "11 days left" in town.reminders(maya)[1]


async def test_until_the_day_that_was_chosen_the_rules_are_silent(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Later")
    await town.stage.press(maya, "3 days before the deadline")
    await town.at("2026-12-08 09:00")
    assert town.heard(maya) == [1], "a week before is a rule's day"
    await town.at("2026-12-12 09:00")  # a Saturday, when Kathmandu rests: it was chosen
    await town.at("2026-12-15 09:00")
    assert town.heard(maya) == [3]


async def test_the_day_can_be_changed_and_taken_back(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Later")
    await town.stage.press(maya, "Tomorrow")
    await town.stage.press(maya, "Change")
    assert "Until now: on Wednesday, December 2" in text_of(maya)
    await town.stage.press(maya, "Dec 4")
    assert await promised(town) == [("2026-12-04", "09:00")]
    said = await town.stage.press(maya, "No, as before")
    assert "Next reminder: Tuesday, December 8, 2026 at 09:00 (Kathmandu time)" in said
    assert await promised(town) == []


async def test_going_back_from_the_choices_changes_nothing(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Later")
    said = await town.stage.press(maya, "Back")
    assert "Next reminder: Tuesday, December 8" in said
    assert await promised(town) == []


async def test_the_report_can_be_begun_at_once_after_all(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Later")
    await town.stage.press(maya, "Tomorrow")
    assert "question 1" in await town.stage.press(maya, "Begin the report")


# --- in their own words


@pytest.mark.parametrize(
    ("language", "words", "day", "at"),
    [
        ("en", "Thursday", "2026-12-03", "09:00"),
        ("en", "12 dec", "2026-12-12", "09:00"),
        ("en", "in 3 days", "2026-12-04", "09:00"),
        ("en", "Monday 14:00", "2026-12-07", "14:00"),
        ("fr", "jeudi", "2026-12-03", "09:00"),
        ("zh-hans", "下周四", "2026-12-10", "09:00"),
    ],
)
async def test_a_day_is_understood_as_people_write_it(
    town: Town, language: str, words: str, day: str, at: str
) -> None:
    maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu", language)
    await town.at("2026-12-01 09:00")
    later = b.Later(b.LaterMove.TYPE, 0, town.mark("kathmandu"))
    await town.stage.forge(maya, later)
    await town.stage.ask(maya, words)
    assert await promised(town) == [(day, at)]


async def test_what_is_no_day_is_shown_back_with_what_works(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    said = await town.stage.ask(maya, "qwrtzp")
    assert "I could not read a day in “qwrtzp”." in said
    assert "“Thursday”" in said
    await town.stage.ask(maya, "Friday")
    assert await promised(town) == [("2026-11-27", "09:00")]


async def test_a_day_with_two_readings_is_asked_back(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    said = await town.stage.ask(maya, "2/12")
    assert "may be two days" in said
    await town.stage.press(maya, "December 2")
    assert await promised(town) == [("2026-12-02", "09:00")]


async def test_a_lookup_in_between_works_as_ever(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    assert "Basket composting" in await town.stage.ask(maya, "basket composting")
    assert "I will remind you on Thursday" in await town.stage.ask(maya, "Thursday")
    assert "Basket composting" in await town.stage.ask(maya, "basket composting")


async def test_a_day_may_be_written_below_the_offered_ones_and_all_else_is_looked_up(
    town: Town, maya: Player
) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Later")
    assert "compost" in (await town.stage.ask(maya, "compost")).lower()
    assert await promised(town) == []
    assert "Thursday, December 3" in await town.stage.ask(maya, "Thursday")
    assert await promised(town) == [("2026-12-03", "09:00")]


async def test_whoever_fills_in_the_report_goes_on_with_it_though_days_are_offered(
    town: Town, maya: Player
) -> None:
    await town.stage.ask(maya, "/report")
    await town.stage.ask(maya, "/later")
    await town.stage.press(maya, "Later")
    assert "remind you" not in await town.stage.ask(maya, "Thursday")
    assert await promised(town) == []


async def test_a_prompt_that_was_forgotten_takes_no_words(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    town.set_clock("2026-11-20 13:00")
    await town.stage.ask(maya, "Thursday")
    assert await promised(town) == []


async def test_no_day_behind_the_deadline_and_it_says_so(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    said = await town.stage.ask(maya, "20 January")
    assert "I will remind you on Tuesday, December 15, 2026 at 09:00" in said
    assert "That is the day of the deadline" in said


async def test_a_day_that_is_over_is_today_or_tomorrow(town: Town, maya: Player) -> None:
    await other_day(town, maya)  # Friday 20 November, noon
    said = await town.stage.ask(maya, "12 November")
    assert "I will remind you on Friday, November 20, 2026 at 14:00" in said
    assert "is over" in said
    await town.at("2026-11-20 14:00")
    assert town.heard(maya) == [1]


async def test_an_evening_too_late_for_today_is_tomorrow(town: Town, maya: Player) -> None:
    town.set_clock("2026-11-20 19:30")
    await other_day(town, maya)
    assert "on Saturday, November 21, 2026 at 09:00" in await town.stage.ask(maya, "today")


async def test_nobody_is_written_to_at_night_though_they_ask_for_it(town: Town, maya: Player) -> None:
    await other_day(town, maya)
    said = await town.stage.ask(maya, "Thursday 23:30")
    assert "on Thursday, November 26, 2026 at 09:00" in said
    assert "I do not write at night" in said


async def test_after_today_s_reminder_today_means_tomorrow(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    said = await town.stage.ask(maya, "/later today 15:00")
    assert "on Wednesday, December 2, 2026 at 15:00" in said
    assert "no more than one a day" in said
    await town.at("2026-12-02 15:00")
    assert town.heard(maya) == [2]


async def test_on_the_last_day_tomorrow_is_tomorrow(town: Town, maya: Player) -> None:
    await town.at("2026-12-15 09:00")
    assert "on Wednesday, December 16, 2026 at 09:00" in await town.stage.ask(maya, "/later tomorrow")
    await town.at("2026-12-16 08:59")
    assert town.heard(maya) == [1]
    await town.at("2026-12-16 09:00")
    assert "one day ago" in town.reminders(maya)[1]


# --- quiet


async def test_quiet_says_what_still_comes_and_keeps_to_it(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    said = await town.stage.press(maya, "Quiet")
    assert said.startswith("🔕 I will be quiet now.")
    assert "Only this will still come:\n• Tuesday, December 15, 2026 at 09:00 (Kathmandu time)" in said
    aiko = town.stage.person(AIKO, "Aiko")
    file = await town.stage.forge(aiko, b.CityScreen(b.CityView.FILE, "kathmandu"))
    assert "wishes no more than the last reminder" in file
    for day in ("2026-12-08", "2026-12-15", "2026-12-18"):
        await town.at(f"{day} 09:00")
    assert town.heard(maya) == [2]
    assert "today until midnight" in town.reminders(maya)[1]


async def test_quiet_is_undone_where_it_was_chosen(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await town.stage.press(maya, "Quiet")
    said = await town.stage.press(maya, "Remind me as before")
    assert "Next reminder: Tuesday, December 8" in said
    await town.at("2026-12-08 09:00")
    assert town.heard(maya) == [2]


# --- /later


async def test_later_shows_when_the_next_one_comes(town: Town, maya: Player) -> None:
    said = await town.stage.ask(maya, "/later")
    assert said.startswith("When I remind you\n\nKathmandu · Report 2026\nNot begun yet · 25 days left")
    assert "Next reminder: Tuesday, December 1, 2026 at 09:00 (Kathmandu time)" in said
    assert labels(maya) == ["📝 Begin the report", "🕘 Later", "🔕 Quiet", "⏳ More time"]


async def test_later_where_nothing_is_owed_and_for_whoever_has_no_city(town: Town, maya: Player) -> None:
    await town.stage.appoint(maya, Role.VISITOR)
    await town.stage.appoint(maya, Role.FOCAL_POINT, "naga")  # it has promised nothing
    assert "owes no report" in await town.stage.ask(maya, "/later")
    await town.stage.appoint(maya, Role.VISITOR)
    assert "owes no report" not in await town.stage.ask(maya, "/later")


async def test_an_old_button_after_the_report_says_that_nothing_is_owed(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    reminder = maya.messages()[-1]
    await town.stage.ask(maya, "/report")
    for _ in range(2):
        await town.stage.press(maya, "Nothing yet")
    for _ in range(2):
        await town.stage.press(maya, "Skip")
    await town.stage.press(maya, "Send to the secretariat")
    said = await town.stage.press(maya, "Later", reminder.id)
    assert "owes no report" in said


async def test_both_cities_are_put_off_together(tmp_path: Path) -> None:
    async with town_of(tmp_path, "kathmandu", "surabaya") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        await town.stage.appoint(maya, Role.FOCAL_POINT, "surabaya")
        await town.at("2026-12-01 09:00")
        await town.stage.press(maya, "Later")
        said = await town.stage.press(maya, "Tomorrow")
        assert "Kathmandu · Report 2026" in said
        assert "Surabaya · Report 2026" in said
        await town.at("2026-12-02 09:00")
        assert town.heard(maya) == [2]
        assert "You asked me to remind you today." in town.reminders(maya)[1]


async def test_a_stranger_cannot_choose_for_a_city(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    stranger = town.stage.person(5_000_000_099, "Stranger")
    await town.stage.ask(stranger, "/help")
    await town.stage.forge(stranger, b.Later(b.LaterMove.DAY, 739_600, town.mark("kathmandu")))
    await town.stage.forge(stranger, b.Quiet(b.QuietMove.BE_QUIET, "2026"))
    assert await promised(town) == []
    assert town.stage.sql("SELECT * FROM quiet") == []
