"""What is kept about somebody: shown, corrected, and removed without a trace."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time, timedelta

from bot.domain import buttons as b
from bot.domain.announcements import Announcement
from bot.domain.extensions import Extension
from bot.domain.groups import TeamGroup
from bot.domain.people import Role
from bot.domain.ports import UnitOfWork
from bot.domain.reminder_rules import Step
from bot.domain.reminders import Debt, Promise, Reminder
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player

from .stage import Stage, answers, labels, text_of
from .test_joining import invited, join, join_in_french


def file_sent_to(stage: Stage, player: Player) -> dict[str, object]:
    """The document in the newest file that somebody was sent."""
    document = next(m.content["document"] for m in reversed(player.messages()) if "document" in m.content)
    found: dict[str, object] = json.loads(stage.emulator.bot.files[document["file_id"]].content)
    return found


async def test_mydata_sends_everything_as_a_file(stage: Stage, aiko: Player, sari: Player) -> None:
    await join(stage, sari, await invited(stage, aiko))
    said = await stage.ask(sari, "/mydata")
    assert "Sari Dewi" in said
    assert "Surabaya · focal point" in said
    kept = json.dumps(file_sent_to(stage, sari), ensure_ascii=False)
    assert "Sari Dewi" in kept
    assert "focal_point" in kept


async def test_a_visitor_is_told_how_little_is_kept(stage: Stage, sari: Player) -> None:
    assert "No name" in await stage.ask(sari, "/mydata")
    assert "✏ Name" not in labels(sari)


async def test_a_name_is_corrected_and_colleagues_see_it(stage: Stage, aiko: Player, sari: Player) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await stage.ask(sari, "/mydata")
    await stage.press(sari, "Name")
    assert "no letters" in await stage.ask(sari, "---")
    assert "Sari Dewi Lestari" in await stage.ask(sari, "Sari Dewi Lestari")
    await stage.press(sari, "Title")
    assert "Mayor’s office" in await stage.ask(sari, "Mayor’s office")
    assert "Sari Dewi Lestari\u2069 (\u2068Mayor’s office" in await stage.ask(aiko, "/people")


async def test_a_prompt_for_a_name_that_was_left_takes_no_other_words(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await stage.ask(sari, "/mydata")
    await stage.press(sari, "Name")
    await stage.ask(sari, "/topics")
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks")
    assert "Sari Dewi" in await stage.ask(sari, "/mydata")


def reminded_and_told(work: UnitOfWork, person: int) -> None:
    """Whatever else is kept of somebody: reminders, wishes, announcements, what they did for the network."""
    now = datetime(2026, 11, 21, 9, tzinfo=UTC)
    debt = Debt("2026", "surabaya", "last", person, now.date(), now, Step.FOCAL_POINTS)
    work.reminders.write(Reminder(person, "Asia/Jakarta", now.date(), now, "en", (debt,)), now)
    work.reminders.promise(Promise(person, "surabaya", "2026", now.date(), time(9), now))
    work.reminders.set_quiet(person, "2026", True, now)
    work.reminders.hold(debt.key, person, now)
    work.reminders.nudge("2025", person, now)
    work.reminders.pause("2025", person, now)
    work.extensions.add(Extension(0, "surabaya", "2026", now.date(), "More time", person, now))
    work.groups.link(TeamGroup(-77, "surabaya", "en", person, now))
    announced = work.announcements.add(Announcement(0, person, now, texts={"en": "Hello"})).id
    work.announcements.send_to(announced, {person: now + timedelta(days=999)}, now)
    work.announcements.read(announced, person, now)


async def test_forgetting_leaves_no_trace_and_the_bot_still_answers(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko), name="Canary Nightingale")
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(sari, "/start i_" + "x" * 22)
    await stage.focal.database.run(lambda work: reminded_and_told(work, sari.person.id))
    number = stage.sql("SELECT id FROM memberships")[0][0]
    handle = stage.sql("SELECT handle FROM people WHERE id = ?", sari.person.id)[0][0]
    asked = await stage.ask(sari, "/forget")
    assert "They belong to the city" in asked
    assert "Surabaya has nobody else" in asked
    assert stage.sql("SELECT name FROM people WHERE id = ?", sari.person.id) == [("Canary Nightingale",)]
    assert "I have forgotten you" in await stage.press(sari, "Yes, forget me")
    assert "Surabaya has nobody now" in text_of(aiko)
    assert "Canary" not in text_of(aiko)
    tables = [name for (name,) in stage.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in set(tables) - {"inbox", "outbox"}:
        rows = repr(stage.sql(f"SELECT * FROM {table}"))
        assert "Nightingale" not in rows, table
        assert str(sari.person.id) not in rows, table
    # What is left is the number of the chat, of this last tap and of the word that everything is gone.
    assert "Nightingale" not in repr(stage.sql("SELECT * FROM inbox")) + repr(
        stage.sql("SELECT * FROM outbox")
    )
    assert stage.sql("SELECT count(*) FROM inbox WHERE lane = ?", sari.person.id) == [(1,)]
    kept = stage.sql("SELECT method, params FROM outbox WHERE chat_id = ?", sari.person.id)
    assert sorted(method for method, _ in kept) == ["deleteMyCommands", "editMessageText"]
    assert stage.sql("SELECT event, subject FROM audit ORDER BY id DESC LIMIT 1") == [("forgotten", handle)]
    assert await stage.forge(sari, b.Keep(number, b.KeepMove.CONFIRM)) == stage.says(NotAllowed())
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks")


async def test_links_of_who_is_forgotten_open_nothing(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    kenya = stage.person(70_002, "Kenya")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    payload = await invited(stage, kenya)
    await stage.ask(kenya, "/forget")
    await stage.press(kenya, "Yes, forget me")
    assert "opens nothing any more" in await stage.ask(sari, f"/start {payload}")


async def test_a_second_focal_point_leaves_the_city_in_good_hands(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await join_in_french(stage, marie, await invited(stage, aiko, role="Deputy"))
    assert "nobody else" not in await stage.ask(sari, "/forget")
    await stage.press(sari, "Yes, forget me")
    assert "has nobody now" not in text_of(aiko)
    assert "has had their data removed" in text_of(aiko)
    await stage.forge(sari, b.OwnDataDo(b.OwnMove.FORGET_SURELY))
    assert answers(sari), "the same button again does no harm"


async def test_the_office_hears_of_every_city_that_somebody_who_is_forgotten_leaves(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    for player in (aiko, sari):
        await stage.ask(player, "/help")
    for city in ("surabaya", "naga"):
        await stage.appoint(sari, Role.FOCAL_POINT, city)
    before = len(answers(aiko))
    await stage.ask(sari, "/forget")
    await stage.press(sari, "Yes, forget me")
    told = "".join(answers(aiko)[before:])
    assert "Surabaya has nobody now" in told
    assert "Naga has nobody now" in told
