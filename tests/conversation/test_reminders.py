"""Reminders, from the schedule to the phone: one friendly message at nine in the morning, and none too many."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import Role
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Player

from .reminding_town import ANA, DEV, MAYA, RULES, Town, set_deadline, town_of
from .reporting import fill, plain
from .stage import AIKO, labels, text_of


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    async with town_of(tmp_path, "kathmandu") as town:
        yield town


@pytest.fixture
async def maya(town: Town) -> Player:
    return await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")


async def test_one_message_at_nine_in_kathmandu_opens_the_exact_question(town: Town, maya: Player) -> None:
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "Nothing yet")
    await town.stage.press(maya, "Pause")
    await town.at("2026-12-01 08:59")
    assert town.heard(maya) == [0]
    await town.at("2026-12-01 09:00")
    (said,) = town.reminders(maya)
    assert said == "🔔 Kathmandu · Report 2026\n1 of 4 answered · 14 days left, until December 15, 2026"
    assert labels(maya) == ["✏️ Continue at question 2", "🕘 Later", "🔕 Quiet", "⏳ More time"]
    shown = await town.stage.press(maya, "Continue at question 2")
    assert "Recycling · target 2 of 2 · question 2" in shown


async def test_who_has_not_begun_begins_at_the_reminder(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    (said,) = town.reminders(maya)
    assert "Not begun yet · 14 days left" in said
    assert "question 1" in await town.stage.press(maya, "Begin the report")


async def test_more_time_is_asked_for_below_the_reminder(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    assert "Until when do you need more time?" in await town.stage.press(maya, "More time")


async def test_the_last_day_is_today_until_midnight_and_after_it_there_is_no_blame(
    town: Town, maya: Player
) -> None:
    await town.at("2026-12-15 09:00")
    await town.at("2026-12-18 09:00")
    last, late = town.reminders(maya)
    assert "open today until midnight (Kathmandu time)" in last
    assert "the deadline was December 15, 2026, 3 days ago" in late
    assert "It is still welcome" in late
    assert "tomorrow" not in f"{last}{late}".lower()


async def test_what_came_back_says_how_many_answers_wait(town: Town, maya: Player) -> None:
    await fill(town.stage, maya)
    await town.stage.press(maya, "Send to the secretariat")
    aiko = town.stage.person(AIKO, "Aiko")
    await town.stage.press(aiko, "Review")
    await town.stage.press(aiko, "Return answers")
    await town.stage.press(aiko, "what there is")
    await town.stage.ask(aiko, "Please look at the year.")
    await town.stage.press(aiko, "Return one answer")
    await town.at("2026-12-01 09:00")
    (said,) = town.reminders(maya)
    assert "One answer waits for your correction · 14 days left" in said
    assert "Open these answers" in labels(maya)[0]


# --- nobody twice, nobody forgotten


async def test_re_2_nobody_hears_twice_after_a_second_look(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    for later in ("2026-12-01 09:01", "2026-12-01 12:00", "2026-12-01 19:59", "2026-12-02 09:00"):
        await town.at(later)
    assert town.heard(maya) == [1]
    assert town.debts() == [("in-14-days", "kathmandu", "sent")]


async def test_re_3_what_fell_due_while_we_were_down_is_still_said(town: Town, maya: Player) -> None:
    await town.end()
    town.set_clock("2026-12-03 08:00")  # 47 hours after it was due
    await town.begin()
    await town.look()
    (said,) = town.reminders(maya)
    assert "12 days left" in said, "what is true now, not what was true then"
    await town.end()
    await town.begin()
    await town.look()
    assert town.heard(maya) == [1]


async def test_re_3_what_is_older_than_two_days_is_left(town: Town, maya: Player) -> None:
    await town.end()
    town.set_clock("2026-12-03 10:00")
    await town.begin()
    await town.look()
    assert town.heard(maya) == [0]


async def test_re_9_nobody_is_written_to_at_night(town: Town, maya: Player) -> None:
    await town.end()
    town.set_clock("2026-12-01 21:00")
    await town.begin()
    await town.look()
    await town.at("2026-12-02 07:58")
    assert town.heard(maya) == [0]
    await town.at("2026-12-02 08:00")
    assert town.heard(maya) == [1]


async def test_re_9_what_could_not_leave_before_the_night_waits_for_the_morning(
    town: Town, maya: Player
) -> None:
    await town.nothing_leaves_for(60 * 24 * 20)
    town.set_clock("2026-12-01 19:50")
    await town.stage.focal.ticker.tick_now()
    town.stage.sql("DELETE FROM facts WHERE key LIKE '%pause%'")
    await town.end()
    town.set_clock("2026-12-01 20:30")
    await town.begin()
    await town.look()
    assert town.heard(maya) == [0]
    await town.at("2026-12-02 08:00")
    assert town.heard(maya) == [1]
    assert "13 days left" in town.reminders(maya)[0]


async def test_two_cities_are_one_message_with_a_button_each(tmp_path: Path) -> None:
    async with town_of(tmp_path, "kathmandu", "surabaya") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        await town.stage.appoint(maya, Role.FOCAL_POINT, "surabaya")
        await town.at("2026-12-01 09:00")
        await town.at("2026-12-01 12:00")
        (said,) = town.reminders(maya)
        assert said.startswith("🔔 2 reports are open:")
        assert "Kathmandu · Report 2026" in said
        assert "Surabaya · Report 2026" in said
        assert labels(maya)[:2] == ["📝 Kathmandu · Begin the report", "📝 Surabaya · Begin the report"]
        await town.stage.press(maya, "Surabaya · Begin")
        assert "Surabaya · Waste per person" in text_of(maya)


# --- derived: whatever changes, changes the plan


async def test_nobody_hears_again_who_has_reported(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    await fill(town.stage, maya)
    await town.stage.press(maya, "Send to the secretariat")
    for day in ("2026-12-08", "2026-12-15", "2026-12-18", "2026-12-21"):
        await town.at(f"{day} 09:00")
    assert town.heard(maya) == [1]


async def test_re_1_a_deadline_that_is_moved_in_the_file_moves_its_reminders(
    town: Town, maya: Player
) -> None:
    await town.at("2026-12-01 09:00")
    before = town.stage.focal.knowledge.current.schedules.version
    set_deadline(town.folder, "2026-12-22")
    await town.served_since(before)
    await town.at("2026-12-08 09:00")  # a week before the old deadline, two before the new one
    await town.at("2026-12-15 09:00")
    assert ["14 days left" in said for said in town.reminders(maya)] == [True, True, False]
    assert "7 days left, until December 22, 2026" in town.reminders(maya)[2]


async def test_a_city_with_more_time_is_reminded_by_its_own_deadline(town: Town, maya: Player) -> None:
    now = town.clock.now()
    more = Extension(0, "kathmandu", "2026", date(2026, 12, 29), "Floods.", None, now)
    granted = replace(
        more, state=ExtensionState.GRANTED, granted=more.wanted, decided_by=AIKO, decided_at=now
    )
    await town.stage.focal.house.writer.run(lambda work: work.extensions.add(granted))
    await town.at("2026-12-01 09:00")
    assert town.heard(maya) == [0]
    await town.at("2026-12-15 09:00")
    assert "14 days left, until December 29, 2026" in town.reminders(maya)[0]


async def test_re_1_a_rule_that_is_taken_out_is_not_said_and_a_new_one_is(town: Town, maya: Player) -> None:
    await town.edit("reminders/standard.yaml", RULES.replace('before: "14 days"', 'before: "13 days"'))
    await town.at("2026-12-01 09:00")
    assert town.heard(maya) == [0]
    await town.at("2026-12-02 09:00")
    assert "13 days left" in town.reminders(maya)[0]


async def test_re_10_a_clock_that_goes_back_says_nothing_twice(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:30")
    await town.at("2026-12-01 09:00")
    await town.at("2026-12-01 09:31")
    assert town.heard(maya) == [1]


async def test_re_13_the_house_says_when_its_clock_stands_still(town: Town, maya: Player) -> None:
    await town.at("2026-12-01 09:00")
    assert (await town.stage.focal.ready())["on_time"] is True
    town.set_clock("2026-11-20 09:00")  # a clock that is days behind is not believed
    await town.stage.focal.ticker.tick_now()
    assert (await town.stage.focal.ready())["on_time"] is False
    assert town.heard(maya) == [1]


# --- asked again when it leaves


async def test_re_4_it_says_what_is_true_when_it_leaves(town: Town, maya: Player) -> None:
    town.set_clock("2026-12-14 23:00")
    await town.edit("reminders/standard.yaml", RULES.replace('before: "7 days"', 'before: "1 day"'))
    town.set_clock("2026-12-14 09:00")
    await town.nothing_leaves_for(23 * 60 + 10)
    await town.stage.focal.ticker.tick_now()
    town.stage.sql("UPDATE debts SET rule = 'gone'")
    assert [rule for rule, _, _ in town.debts()] == ["gone"]
    await town.at("2026-12-15 08:15")
    await town.at("2026-12-15 09:00")
    (said,) = town.reminders(maya)
    assert "open today until midnight" in said, "the one of today, not that of yesterday"
    assert town.skipped() == ["overtaken"]


async def test_re_11_a_report_that_is_sent_meanwhile_makes_it_needless(town: Town, maya: Player) -> None:
    await fill(town.stage, maya)
    town.set_clock("2026-12-01 09:00")
    await town.nothing_leaves_for(30)
    await town.stage.focal.ticker.tick_now()
    summary = maya.messages()[-1]
    await maya.press("📨 Send to the secretariat", summary.id)
    await town.emulator.settled(town.stage.focal.lanes.idle)
    await town.at("2026-12-01 09:40")
    assert town.heard(maya) == [0]
    assert town.skipped() == ["reported"]
    assert town.debts() == [("in-14-days", "kathmandu", "skipped")]


async def test_re_11_who_has_left_meanwhile_hears_nothing(town: Town, maya: Player) -> None:
    town.set_clock("2026-12-01 09:00")
    await town.nothing_leaves_for(30)
    await town.stage.focal.ticker.tick_now()
    await town.stage.appoint(maya, Role.VISITOR)
    await town.at("2026-12-01 09:40")
    assert town.heard(maya) == [0]
    assert town.skipped() == ["left"]


async def test_re_11_the_language_is_that_of_the_moment_of_sending(town: Town, maya: Player) -> None:
    town.set_clock("2026-12-01 09:00")
    await town.nothing_leaves_for(30)
    await town.stage.focal.ticker.tick_now()
    town.stage.sql("UPDATE people SET language = 'fr' WHERE id = ?", MAYA)
    await town.at("2026-12-01 09:40")
    (said,) = town.reminders(maya)
    assert said.startswith("🔔 Katmandou · Rapport 2026\nPas encore commencé · il reste 14 jours")
    assert "📝 Commencer le rapport" in labels(maya)


async def test_re_11_whoever_blocked_the_bot_is_left_in_peace_until_they_come_back(
    town: Town, maya: Player
) -> None:
    town.emulator.fault(FaultKind.BLOCKED, "sendMessage", chat=MAYA)
    await town.at("2026-12-01 09:00")
    assert town.debts() == [("in-14-days", "kathmandu", "blocked")]
    await town.at("2026-12-08 09:00")
    assert len(town.debts()) == 1, "nothing is even written for them"
    await town.stage.ask(maya, "/help")
    await town.at("2026-12-15 09:00")
    assert town.debts()[1:] == [("last-day", "kathmandu", "sent")]


async def test_a_reminder_is_sent_once_more_where_nobody_knows_whether_it_arrived(
    town: Town, maya: Player
) -> None:
    town.emulator.fault(FaultKind.BAD_GATEWAY, "sendMessage", chat=MAYA)
    await town.at("2026-12-01 09:00")
    await town.at("2026-12-01 09:05")
    assert town.debts() == [("in-14-days", "kathmandu", "sent")]


async def test_whoever_is_in_the_middle_of_it_is_not_disturbed(town: Town, maya: Player) -> None:
    town.set_clock("2026-12-01 08:50")
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "Nothing yet")
    await town.at("2026-12-01 09:00")
    assert town.heard(maya) == [0]
    await town.at("2026-12-01 11:05")
    assert "1 of 4 answered" in town.reminders(maya)[0]
    assert "question 2" in await town.stage.press(maya, "Continue at question 2")


async def test_a_reminder_breaks_no_dialog_that_waits(town: Town, maya: Player) -> None:
    town.set_clock("2026-12-01 07:50")
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "A measured figure")
    await town.at("2026-12-01 09:00")
    assert "Continue at question 2" in labels(maya)[0]
    assert "I read 0.97" in plain(await town.stage.ask(maya, "0.97 kg"))


async def test_who_is_at_it_in_the_evening_has_no_need_of_it_any_more(town: Town, maya: Player) -> None:
    await town.end()
    town.set_clock("2026-12-01 18:20")
    await town.begin()
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "Nothing yet")
    await town.at("2026-12-01 18:30")
    await town.at("2026-12-02 09:00")
    assert town.heard(maya) == [0]
    assert town.skipped() == ["at it"]


# --- the ladder


async def test_deputies_then_the_secretariat_hear_where_nobody_answers(town: Town, maya: Player) -> None:
    dev = await town.person(DEV, "Dev", Role.DEPUTY, "kathmandu")
    aiko = town.stage.person(AIKO, "Aiko")
    await town.at("2026-12-08 09:00")
    assert town.heard(maya, dev, aiko) == [1, 0, 0]
    await town.at("2026-12-10 09:00")
    assert town.heard(maya, dev, aiko) == [1, 1, 0]
    assert "The report of Kathmandu is still open. You can begin it too." in town.reminders(dev)[0]
    await town.at("2026-12-21 09:00", "UTC")
    (said,) = town.reminders(aiko)
    assert said.startswith("🔔 No word yet from one city:\nReport 2026 · the deadline was December 15, 2026")
    assert "• Kathmandu: not begun yet" in said
    assert "Maya" in await town.stage.press(aiko, "Kathmandu")


async def test_the_ladder_stops_at_the_first_sign(town: Town, maya: Player) -> None:
    dev = await town.person(DEV, "Dev", Role.DEPUTY, "kathmandu")
    await town.at("2026-12-08 09:00")
    await town.stage.ask(maya, "/report")
    await town.stage.press(maya, "Nothing yet")
    await town.at("2026-12-10 09:00")
    assert town.heard(dev) == [0]


async def test_a_day_that_somebody_chose_is_a_sign_too(town: Town, maya: Player) -> None:
    dev = await town.person(DEV, "Dev", Role.DEPUTY, "kathmandu")
    await town.at("2026-12-08 09:00")
    await town.stage.press(maya, "Later")
    await town.stage.press(maya, "3 days before")
    await town.at("2026-12-10 09:00")
    assert town.heard(dev) == [0]


async def test_the_deputy_hears_first_where_there_is_no_focal_point(town: Town) -> None:
    dev = await town.person(DEV, "Dev", Role.DEPUTY, "kathmandu")
    await town.at("2026-12-01 09:00")
    (said,) = town.reminders(dev)
    assert "focal point" not in said


async def test_a_nudge_comes_from_the_secretariat_and_once(town: Town, maya: Player) -> None:
    now = town.clock.now()
    await town.stage.focal.house.writer.run(lambda work: work.reminders.nudge("2026", AIKO, now))
    await town.look()
    await town.look()
    (said,) = town.reminders(maya)
    assert said.startswith("🔔 The secretariat asks how your report is coming along.")


# --- one bad city


async def test_re_12_a_city_whose_rows_are_broken_does_not_stop_the_others(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with town_of(tmp_path, "kathmandu", "surabaya") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        ana = await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya")
        await town.stage.ask(ana, "/report")
        town.stage.sql("UPDATE drafts SET answers = '[7]' WHERE city = 'surabaya'")
        await town.at("2026-12-01 09:00")
        assert town.heard(maya, ana) == [1, 0]
        assert "surabaya" in caplog.text
        assert str(ANA) not in caplog.text


async def test_re_5_re_6_re_7_re_8_days_and_zones_are_those_of_each_city(tmp_path: Path) -> None:
    """Gaps, folds and changed zones are a matter of `bot.domain.local_time`; here: each city at its own nine."""
    async with town_of(tmp_path, "kathmandu", "naga") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        ana = await town.person(ANA, "Ana", Role.FOCAL_POINT, "naga")
        await town.at("2026-12-01 08:59", "Asia/Manila")
        assert town.heard(maya, ana) == [0, 0]
        await town.at("2026-12-01 09:00", "Asia/Manila")
        assert town.heard(maya, ana) == [0, 1]
        await town.at("2026-12-01 08:59")
        assert town.heard(maya, ana) == [0, 1]
        await town.at("2026-12-01 09:00")
        assert town.heard(maya, ana) == [1, 1]


async def test_a_draft_that_cannot_be_read_silences_neither_other_cities_nor_later_days(
    tmp_path: Path,
) -> None:
    async with town_of(tmp_path, "kathmandu", "surabaya") as town:
        maya = await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu")
        await town.stage.appoint(maya, Role.FOCAL_POINT, "surabaya")
        ana = await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya")
        await town.stage.ask(maya, "/report")
        await town.stage.press(maya, labels(maya)[0])
        assert town.stage.sql("SELECT city FROM drafts") == [("kathmandu",)]
        town.set_clock("2026-12-01 08:50")
        await town.nothing_leaves_for(30)
        town.set_clock("2026-12-01 09:00")
        await town.stage.focal.ticker.tick_now()  # what is owed is written down, and stays in the house
        town.stage.sql("UPDATE drafts SET answers = '[1]'")
        for moment in ("2026-12-01 09:40", "2026-12-01 12:00", "2026-12-08 09:00", "2026-12-15 09:00"):
            await town.at(moment)
        assert town.heard(maya) == [3]
        assert town.heard(ana) == [3]
        assert all("Surabaya" in said and "Kathmandu" not in said for said in town.reminders(maya))
