"""Long work in the chat on a bad day: two at once, tapped twice, changed in between, its files kept no longer."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.domain import buttons as b
from bot.domain.long_work import LongWork
from bot.domain.people import MembershipState, Role
from bot.domain.views.importing import LinksMade
from bot.rehearsal.people import Player
from bot.services import long_work
from bot.services.desk import Desk

from .stage import Stage, message_of
from .test_sent_spreadsheets import chosen, files_of
from .test_sent_spreadsheets import sent as sent_table

PEOPLE = b"role,city,note\nfocal_point,Surabaya,Maria Lopez of the waste office\n"


class Workbench:
    """Takes up nothing while it is closed."""

    is_closed = False


@pytest.fixture
def workbench(monkeypatch: pytest.MonkeyPatch) -> Iterator[Workbench]:
    take, state = long_work.take, Workbench()

    def taken(desk: Desk, resting: tuple[int, ...] = ()) -> LongWork | None:
        return None if state.is_closed else take(desk, resting)

    monkeypatch.setattr(long_work, "take", taken)
    yield state
    state.is_closed = False


async def works(stage: Stage) -> list[int]:
    return [number for (number,) in stage.sql("SELECT id FROM long_works ORDER BY id")]


async def begun(stage: Stage, count: int) -> None:
    """Returns when so many works were asked for."""
    for _ in range(200):
        if len(await works(stage)) >= count:
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it was not begun")


async def opened(stage: Stage, workbench: Workbench) -> None:
    workbench.is_closed = False
    stage.focal.workbench.wake()
    await stage.settled()


async def test_two_tables_brought_in_one_after_the_other_both_come(
    stage: Stage, aiko: Player, workbench: Workbench
) -> None:
    await stage.ask(aiko, "/start")
    screens = []
    for name, body in (("a.csv", b"name,country\nMalmo,SE\n"), ("b.csv", b"name,country\nLund,SE\n")):
        await sent_table(stage, aiko, name, body)
        screens.append(await chosen(stage, aiko, "Cities"))
    trials = await works(stage)
    workbench.is_closed = True
    for count, (trial, screen) in enumerate(zip(trials, screens, strict=True), 3):
        await aiko.press_data(b.pack(b.BringIn(trial)), screen)
        await begun(stage, count)
    await opened(stage, workbench)
    archives = [name for name, _ in files_of(stage, aiko) if name.endswith(".zip")]
    assert len(archives) == 2
    for screen, name in zip(screens, ("a.csv", "b.csv"), strict=True):
        assert "It is ready" in message_of(aiko, screen).text
        assert name in message_of(aiko, screen).text


async def test_the_button_below_a_table_means_this_table(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    await sent_table(stage, aiko, "first.csv", b"name,country\nMalmo,SE\n")
    first = aiko.messages()[-1].id
    await sent_table(stage, aiko, "second.csv", b"name,country\nA,FR\nB,FR\nC,FR\n")
    second = aiko.messages()[-1].id
    await stage.press(aiko, "Cities", first)
    assert "1 row" in message_of(aiko, first).text
    assert "first.csv" in message_of(aiko, first).text
    await stage.press(aiko, "Cities", second)
    assert "3 rows" in message_of(aiko, second).text


async def test_a_second_tap_after_the_end_makes_no_second_links(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    await sent_table(stage, aiko, "p.csv", PEOPLE)
    screen = await chosen(stage, aiko, "People to invite")
    (trial,) = await works(stage)
    await stage.forge(aiko, b.BringIn(trial), screen)
    assert "1 one-time link" in message_of(aiko, screen).text
    await stage.ask(aiko, "/help")
    assert await stage.forge(aiko, b.BringIn(trial)) == stage.says(LinksMade("p.csv"))
    assert stage.sql("SELECT count(*) FROM invitations") == [(1,)]


async def test_one_time_links_are_not_kept_once_they_have_arrived(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    await sent_table(stage, aiko, "p.csv", PEOPLE)
    screen = await chosen(stage, aiko, "People to invite")
    await stage.press(aiko, "Make the links", screen)
    assert files_of(stage, aiko)[-1][0] == "links.csv"
    assert not any(b"start=" in kept for kept in blobs(stage))


def blobs(stage: Stage) -> list[bytes]:
    return [zlib.decompress(packed) for (packed,) in stage.sql("SELECT packed FROM blobs")]


async def test_who_loses_the_right_while_links_are_made_invites_nobody_into_the_office(
    stage: Stage, sari: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An admin by a role of their own; it is taken between the reading of the table and the making of the links."""
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.ADMIN)
    await stage.appoint(sari, Role.SECRETARIAT)
    await sent_table(stage, sari, "p.csv", b"role,city\nadmin,\nfocal_point,surabaya\n")
    screen = await chosen(stage, sari, "People to invite")
    finish = long_work.finish

    def finish_later(desk: Desk, work_id: int, made: long_work.Made) -> None:
        for membership in desk.work.people.get(sari.person.id).memberships:  # type: ignore[union-attr]
            if membership.role is Role.ADMIN:
                desk.work.people.change_membership(replace(membership, state=MembershipState.ENDED))
        finish(desk, work_id, made)

    monkeypatch.setattr(long_work, "finish", finish_later)
    await stage.press(sari, "Make the links", screen)
    assert stage.sql("SELECT role FROM invitations") == [("focal_point",)]
    assert "1 one-time link" in message_of(sari, screen).text
