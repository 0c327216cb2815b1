"""What goes out: seen before, held, paused, given by hand; and what is planned is what is sent."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar

import pytest

from bot.content.loader import load
from bot.domain import buttons as b
from bot.domain.audit import Event
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.people import Role, with_admin_rights
from bot.domain.ports import UnitOfWork
from bot.domain.views import NotAllowed
from bot.forecast import forecast
from bot.rehearsal.people import Player
from bot.services import planning
from bot.services.desk import Desk
from bot.services.marks import mark_of
from bot.services.owed import owed_reports

from .reminding_town import ANA, DEV, MAYA, Town, town_of
from .stage import AIKO, Stage, labels, settings_for, text_of

T = TypeVar("T")

MEI = 5_000_000_041
LONG_GONE = 999_999
SEND_ALL = b.CycleDo("s", "2026")


@dataclass
class Cast:
    town: Town
    maya: Player
    dev: Player
    ana: Player
    aiko: Player
    mei: Player

    @property
    def stage(self) -> Stage:
        return self.town.stage

    async def at_desk(self, function: Callable[[Desk], T]) -> T:
        """Runs a service as Aiko."""
        focal = self.stage.focal

        def unit(work: UnitOfWork) -> T:
            person = work.people.get(AIKO)
            assert person is not None
            house, known = focal.house, focal.knowledge.current
            now, admin = house.clock.now(), with_admin_rights(person)
            return function(Desk(admin, known, work, now, house.renderer, house.admins, "test"))

        return await focal.database.run(unit)

    async def events(self) -> list[tuple[str, str]]:
        log = await self.stage.focal.database.run(lambda work: work.audit.of_city(None, 50))
        return [(entry.event.value, entry.subject) for entry in reversed(log)]


@pytest.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    """Maya (in French) and her deputy Dev in Kathmandu, Ana in Surabaya, nobody in Naga; Aiko and Mei are the
    secretariat. It is Friday, 20 November, noon in Kathmandu; the deadline is Tuesday, 15 December."""
    async with town_of(tmp_path, "kathmandu", "surabaya", "naga") as town:
        yield Cast(
            town,
            await town.person(MAYA, "Maya", Role.FOCAL_POINT, "kathmandu", "fr"),
            await town.person(DEV, "Dev", Role.DEPUTY, "kathmandu"),
            await town.person(ANA, "Ana", Role.FOCAL_POINT, "surabaya"),
            town.stage.person(AIKO, "Aiko"),
            await town.person(MEI, "Mei Tan", Role.SECRETARIAT, None),
        )


async def test_the_plan_tells_days_rules_and_how_many_cities(cast: Cast) -> None:
    shown = await cast.stage.ask(cast.aiko, "/remind")
    assert "Until December 20, 2026" in shown
    assert "Tue, Dec 1 · 14 days before · 2 messages · ⚠️ nobody to remind in one city" in shown
    assert "Thu, Dec 10 · 5 days before · deputies · 1 message" in shown
    assert "Tue, Dec 15 · last day · 2 messages · ⚠️ nobody to remind in one city" in shown
    assert "Nobody to remind: Naga" in shown
    assert "Report 2026: 3 cities still owe their report" in shown


async def test_a_group_tells_who_when_in_which_language_and_how_far_they_are(cast: Cast) -> None:
    await cast.stage.ask(cast.ana, "/report")
    await cast.stage.press(cast.ana, "Nothing yet")
    await cast.stage.ask(cast.aiko, "/remind")
    shown = await cast.stage.press(cast.aiko, "14 days before")
    assert "Kathmandu: Maya · French\n09:00 (Asia/Kathmandu) · not started" in shown
    assert "Surabaya: Ana · English\n09:00 (Asia/Jakarta) · draft, 1 of" in shown
    assert "Naga: nobody to remind: no focal point yet" in shown
    assert [label for label in labels(cast.aiko) if "Hold" in label] == [
        "⏸ Hold · Surabaya · Ana",
        "⏸ Hold · Kathmandu · Maya",
        "⏸ Hold all",
    ]


async def test_who_cannot_be_reached_is_told_apart_from_who_is_not_there(cast: Cast) -> None:
    cast.stage.sql("UPDATE people SET reachable = 0 WHERE id IN (?, ?)", MAYA, DEV)
    await cast.stage.ask(cast.aiko, "/remind")
    shown = await cast.stage.press(cast.aiko, "14 days before")
    assert "Kathmandu: nobody to remind: messages do not reach them" in shown


async def test_one_reminder_is_held_and_the_others_go_out(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "14 days before")
    shown = await cast.stage.press(cast.aiko, "Hold · Surabaya")
    assert "⏸ Surabaya: Ana" in shown
    assert "one held" in await cast.stage.press(cast.aiko, "The whole plan")
    await cast.town.at("2026-12-01 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [1, 0]
    await cast.town.at("2026-12-09 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [2, 1], "what falls due later comes as usual"
    assert ("held", "surabaya-2026 in-14-days") in await cast.events()


async def test_what_was_held_can_be_released_while_there_is_time(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "14 days before")
    shown = await cast.stage.press(cast.aiko, "Hold all")
    assert shown.count("held") >= 2
    await cast.stage.press(cast.aiko, "Release · Surabaya")
    await cast.town.at("2026-12-01 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [0, 1]
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "14 days before")
    await cast.stage.press(cast.aiko, "Release · Kathmandu")
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana) == [1, 1]


async def test_a_button_of_a_day_that_is_over_shows_the_plan_of_today(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "14 days before")
    old = cast.aiko.messages()[-1].id
    await cast.town.at("2026-12-01 12:00")
    assert "What goes out" in await cast.stage.press(cast.aiko, "Hold all", old)
    assert cast.stage.sql("SELECT key FROM holds") == []


async def test_a_cycle_rests_and_what_fell_due_meanwhile_is_not_made_up_for(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    shown = await cast.stage.press(cast.aiko, "Pause reminders")
    assert "nobody is reminded of this report" in shown
    assert "of the next 30 days would not go out" in shown
    shown = await cast.stage.press(cast.aiko, "Let them rest")
    assert "rest now, until somebody lets them go on" in shown
    assert "Nothing goes out until you let them go on" in await cast.stage.ask(cast.aiko, "/remind")
    assert "Reminders of this cycle rest" in await cast.stage.ask(cast.mei, "/overview")
    await cast.town.at("2026-12-01 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [0, 0]
    await cast.stage.ask(cast.mei, "/remind")
    shown = await cast.stage.press(cast.mei, "Let them go on")
    assert "go on. What was due meanwhile is not sent any more" in shown
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana) == [0, 0]
    await cast.town.at("2026-12-08 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [1, 1]
    assert [event for event, _ in await cast.events() if event in (Event.PAUSED, Event.WENT_ON)] == [
        "paused",
        "went-on",
    ]
    await cast.stage.forge(cast.mei, b.CycleDo("g", "2026"), LONG_GONE)
    assert len([event for event, _ in await cast.events() if event == Event.WENT_ON]) == 1


async def test_a_reminder_by_hand_is_shown_in_every_language_before_it_goes(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    shown = await cast.stage.press(cast.aiko, "Remind all who still owe")
    assert "It goes to 2 people in 2 cities" in shown
    assert "At most one such reminder a day for each cycle" in shown
    assert "English (1)" in shown
    assert "Français (1)" in shown
    assert "Nobody to remind: Naga" in shown
    assert cast.town.heard(cast.maya, cast.ana, cast.dev) == [0, 0, 0]
    previewed = shown
    shown = await cast.stage.press(cast.aiko, "Send to 2 people")
    assert "It goes to 2 people within minutes" in shown
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana, cast.dev) == [1, 1, 0]
    for player in (cast.maya, cast.ana):
        assert cast.town.reminders(player)[0] in previewed, "what was shown is what came"
    assert ("nudged", "2026") in await cast.events()


async def test_it_goes_once_however_often_it_is_pressed_and_once_a_day(cast: Cast) -> None:
    for player in (cast.aiko, cast.mei):
        await cast.stage.ask(player, "/remind")
        await cast.stage.press(player, "Remind all who still owe")
    await cast.stage.press(cast.aiko, "Send to 2 people")
    await cast.town.look()
    assert "has reminded all of “Report 2026” today already" in await cast.stage.press(cast.mei, "Send to 2")
    assert "You have reminded all" in await cast.stage.forge(cast.aiko, SEND_ALL, LONG_GONE)
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana) == [1, 1]
    cast.town.set_clock("2026-11-21 14:00")
    await cast.stage.ask(cast.mei, "/remind")
    await cast.stage.press(cast.mei, "Remind all who still owe")
    assert "It goes to 2 people" in await cast.stage.press(cast.mei, "Send to 2 people")
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana) == [2, 2]


async def test_who_has_had_a_reminder_today_gets_none_and_who_sleeps_gets_it_in_the_morning(
    cast: Cast,
) -> None:
    await cast.town.at("2026-12-01 07:55")  # nine in Surabaya has just passed, Kathmandu sleeps
    assert cast.town.heard(cast.maya, cast.ana) == [0, 1]
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "Remind all who still owe")
    shown = text_of(cast.aiko)
    assert "It goes to one person, at 08:00 in the morning there" in shown
    assert "One has had a reminder today and gets none" in shown
    await cast.stage.press(cast.aiko, "Send to one person")
    await cast.town.look()
    assert cast.town.heard(cast.maya, cast.ana) == [0, 1]
    await cast.town.at("2026-12-01 08:01")
    await cast.town.at("2026-12-01 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == [1, 1]


async def test_whose_reminder_of_today_never_arrived_is_reached_by_hand_once(cast: Cast) -> None:
    cast.town.set_clock("2026-12-01 08:59")
    await cast.maya.block()
    cast.stage.sql("UPDATE people SET reachable = 1")  # what is not known yet
    await cast.town.at("2026-12-01 09:00")
    await cast.maya.unblock()
    await cast.stage.ask(cast.maya, "/help")
    before = cast.town.heard(cast.maya, cast.ana)
    await cast.town.at("2026-12-01 12:00")
    assert cast.town.heard(cast.maya, cast.ana) == before, "what was blocked is not written again and again"
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "Remind all who still owe")
    assert "It goes to one person" in text_of(cast.aiko)
    assert "One has had a reminder today" in text_of(cast.aiko), "that is Ana"
    await cast.stage.press(cast.aiko, "Send to one person")
    for hour in ("12:01", "13:00", "15:00"):
        await cast.town.at(f"2026-12-01 {hour}")
    heard = cast.town.heard(cast.maya, cast.ana)
    assert heard == [before[0] + 1, before[1]]
    sql = "SELECT state FROM outbox WHERE key LIKE 'rem:%' AND chat_id = ? ORDER BY id"
    assert cast.stage.sql(sql, MAYA) == [("skipped",), ("sent",)]


async def test_while_a_cycle_rests_nobody_is_reminded_by_hand_either(cast: Cast) -> None:
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.forge(cast.mei, b.CycleDo("y", "2026"), LONG_GONE)
    shown = await cast.stage.press(cast.aiko, "Remind all who still owe")
    assert "Let them go on first" in shown
    shown = await cast.stage.forge(cast.aiko, SEND_ALL, LONG_GONE)
    assert "Let them go on first" in shown
    assert cast.stage.sql("SELECT id FROM nudges") == []


async def test_who_looks_after_some_countries_sees_theirs_and_steers_nothing(cast: Cast) -> None:
    cast.stage.sql("""UPDATE memberships SET countries = '["ID"]' WHERE person = ?""", MEI)
    shown = await cast.stage.ask(cast.mei, "/remind")
    assert "4 messages to one person" in shown
    assert "14 days before · 1 message" in shown
    assert "Naga" not in shown
    assert not [label for label in labels(cast.mei) if "Pause" in label or "Remind all" in label]
    for move in b.CycleMove:
        assert "What goes out" in await cast.stage.forge(cast.mei, b.CycleDo(move, "2026"), LONG_GONE)
    assert cast.stage.sql("SELECT id FROM nudges") == cast.stage.sql("SELECT id FROM pauses") == []
    other = mark_of(f"2026:kathmandu:in-14-days:{MAYA}:2026-12-01")
    assert await cast.stage.forge(cast.mei, b.Hold("h", 1, other), LONG_GONE) == cast.stage.says(NotAllowed())
    await cast.stage.ask(cast.mei, "/remind")
    await cast.stage.press(cast.mei, "14 days before")
    assert "Kathmandu" not in text_of(cast.mei)
    await cast.stage.press(cast.mei, "Hold · Surabaya")
    assert len(cast.stage.sql("SELECT key FROM holds")) == 1


async def test_only_the_secretariat_sees_the_plan(cast: Cast) -> None:
    for button in (b.Plan(1, "s", ""), b.CycleDo("p", "2026")):
        assert await cast.stage.forge(cast.maya, button, LONG_GONE) == cast.stage.says(NotAllowed(), "fr")
    assert await cast.stage.ask(cast.maya, "/remind") == cast.stage.says(NotAllowed(), "fr")


# --- what is planned is what is sent

Said = tuple[int, str, str, date]


async def test_the_plan_is_what_a_run_by_the_same_clock_sends(cast: Cast) -> None:
    """Thirty days of every six hours, with a city that has more time, one that is held and one with a deputy."""
    await with_more_time(cast, "surabaya", date(2026, 12, 18))
    start = cast.town.clock.now()
    await cast.stage.ask(cast.aiko, "/remind")
    await cast.stage.press(cast.aiko, "5 days before · deputies")
    await cast.stage.press(cast.aiko, "Hold · Kathmandu")
    in_chat = await cast.at_desk(lambda desk: planning.planned(desk, owed_reports(desk)))
    shown = {said_in(one) for one in in_chat if one.debt.person and not one.held}
    folder = cast.town.folder
    settings = settings_for(folder, folder / "knowledge", schedules=folder / "schedules")
    loaded = load(folder / "knowledge", schedules=folder / "schedules", with_notes=False)
    rows = list(forecast(settings, loaded, start, start).rows(start, start + planning.AHEAD))
    handles = dict(cast.stage.sql("SELECT handle, id FROM people"))
    told = {
        (handles[row["person"]], row["city"], row["rule"], date.fromisoformat(row["at_local"][:10]))
        for row in rows
        if row["person"] is not None
    }
    assert shown == told
    assert {(person, rule, day.isoformat()) for person, _, rule, day in shown} == {
        (MAYA, "in-14-days", "2026-12-01"),
        (MAYA, "in-7-days", "2026-12-08"),
        (MAYA, "last-day", "2026-12-15"),
        (MAYA, "late-3", "2026-12-18"),
        (ANA, "in-14-days", "2026-12-04"),
        (ANA, "in-7-days", "2026-12-11"),
        (ANA, "last-day", "2026-12-18"),
    }
    due_at = {
        (handles[row["person"]], row["city"], row["rule"]): datetime.fromisoformat(row["at_utc"])
        for row in rows
        if row["person"] is not None
    }
    while cast.town.clock.now() < start + planning.AHEAD:
        cast.town.clock.travel(timedelta(hours=6))
        await cast.town.look()
    sent = cast.stage.sql(
        "SELECT person, city, rule, said_on, sent_at FROM debts WHERE state = 'sent' ORDER BY sent_at"
    )
    happened = {(person, city, rule, date.fromisoformat(day)) for person, city, rule, day, _ in sent}
    assert happened == shown
    for person, city, rule, _, at in sent:
        late = datetime.fromisoformat(at).replace(tzinfo=UTC) - due_at[person, city, rule]
        assert timedelta(0) <= late < timedelta(hours=6, minutes=1), (city, rule, late)


def said_in(one: planning.Planned) -> Said:
    return one.debt.person, one.debt.city, one.debt.rule, one.reminder.day


async def with_more_time(cast: Cast, city: str, day: date) -> None:
    now = cast.town.clock.now()
    granted = Extension(0, city, "2026", day, "", None, now, ExtensionState.GRANTED, day, AIKO, now)
    await cast.stage.focal.database.run(lambda work: work.extensions.add(granted))
