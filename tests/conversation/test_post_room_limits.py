"""The whole bot at Telegram's limits: nobody is told that it was too much, whoever left is freed on coming back, and
groups are followed to their new address."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.delivery.rates import TELEGRAM
from bot.domain.announcements import Announcement, AnnouncementState, Fate
from bot.domain.audiences import Audience
from bot.domain.groups import TeamGroup
from bot.domain.people import Role
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Group, Player

from .conftest import Staged
from .stage import AIKO, SARI, Stage, answers

NEWS = "The forum moves to Thursday"
GROUP, SUPERGROUP = -4001, -1004001


async def announce(stage: Stage, number: int = 1, text: str = NEWS) -> None:
    """An announcement of Aiko's to everybody and all groups that is due now, and begun."""
    now = datetime.now(UTC)
    announcement = Announcement(
        number,
        AIKO,
        now,
        AnnouncementState.WAITING,
        {"en": text},
        audience=Audience(groups=True),
        starts_at=now,
    )
    await stage.focal.database.run(lambda work: work.announcements.add(announcement))
    await stage.focal.ticker.tick_now()
    await stage.settled()


async def fates(stage: Stage, number: int = 1) -> dict[str, int]:
    found = await stage.focal.database.run(lambda work: work.announcements.fates(number))
    return {fate.value: count for fate, count in found.items() if count}


async def team_group(stage: Stage, sari: Player) -> Group:
    group = stage.emulator.group(GROUP, "Waste team", [sari])
    await stage.settled()
    linked = TeamGroup(GROUP, "surabaya", "en", sari.person.id, datetime.now(UTC))
    await stage.focal.database.run(lambda work: work.groups.link(linked))
    return group


@pytest.fixture
async def aiko(stage: Stage) -> Player:
    player = stage.person(AIKO, "Aiko")
    await player.start()
    await stage.settled()
    return player


async def test_whoever_blocked_the_bot_is_counted_and_freed_when_they_come_back(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    sari.chat.bot_status = "kicked"  # while the bot was not there to hear of it
    await announce(stage)
    assert await fates(stage) == {"sent": 1, "blocked": 1}
    await stage.focal.database.run(lambda work: work.announcements.resend(1, Fate.BLOCKED, datetime.now(UTC)))
    stage.focal.post_room.wake()
    await stage.settled()
    tried = [call for call in stage.emulator.calls_of("sendMessage") if call.params["chat_id"] == str(SARI)]
    assert [call.status for call in tried] == [200, 403], "nobody knocks at a closed door again"
    assert await fates(stage) == {"sent": 1, "blocked": 1}
    await sari.unblock()
    await stage.settled()
    await stage.focal.database.run(lambda work: work.announcements.resend(1, Fate.BLOCKED, datetime.now(UTC)))
    stage.focal.post_room.wake()
    await stage.settled()
    assert await fates(stage) == {"sent": 2}
    assert answers(sari)[-1] == NEWS


@pytest.mark.parametrize("is_told", [True, False], ids=["told by Telegram", "found out when sending"])
async def test_a_team_group_that_becomes_a_supergroup_is_followed(
    stage: Stage, aiko: Player, sari: Player, is_told: bool
) -> None:
    group = await team_group(stage, sari)
    await announce(stage)
    assert [message.text for message in group.messages() if message.from_bot][-1:] == [NEWS]
    moved = await group.become_supergroup(SUPERGROUP)
    if not is_told:
        stage.emulator.bot.queue.pending.clear()
    await stage.settled()
    await announce(stage, 2, "And it begins at nine")
    assert [message.text for message in moved.messages() if message.from_bot] == ["And it begins at nine"]
    linked = await stage.focal.database.run(lambda work: work.groups.all())
    assert [one.chat_id for one in linked] == [SUPERGROUP]
    assert await fates(stage) == {"sent": 2}
    assert await fates(stage, 2) == {"sent": 2}


async def test_a_request_to_wait_that_an_announcement_met_is_obeyed_by_answers_too(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    stage.emulator.fault(FaultKind.TOO_MANY_REQUESTS, "sendMessage", chat=sari.person.id, value=1)
    announcing = asyncio.create_task(announce(stage))
    while not (met := [call for call in stage.emulator.calls if call.fault is not None]):
        await asyncio.sleep(0.01)
    await sari.say("compost")
    await announcing
    while (await fates(stage)).get("sent") != 2:
        await asyncio.sleep(0.05)
    await stage.settled()
    later = [call.at for call in stage.emulator.calls_of("sendMessage") if call.sequence > met[0].sequence]
    # What was on the wire already is another matter: at most the message to the other recipient.
    assert len([at for at in later if at < met[0].at + 1]) <= 1
    assert NEWS in answers(sari)
    assert len(answers(sari)) == 3


async def test_with_telegrams_limits_a_rush_of_people_hardly_ever_makes_it_say_too_many(
    staged: Staged, network: Path
) -> None:
    """Forty people ask at once, one of them again and again, and a group talks to the bot."""
    async with staged(network, limits=TELEGRAM) as stage:
        stage.emulator.world.rates.on = True
        people = [stage.person(6_000_000_000 + number, "Guest") for number in range(40)]
        group = stage.emulator.group(GROUP, "Waste team", people[:2])
        for player in people:
            await player.say("compost")
        for _ in range(5):
            await people[0].say("compost")
            await people[1].say("/help", chat=group)
        async with asyncio.timeout(20):
            while (
                not all(answers(player) for player in people)
                or len(answers(people[0])) < 6
                or sum(message.from_bot for message in group.messages()) < 5
            ):
                await asyncio.sleep(0.05)
        # Without our budgets it would be nine or more. A busy machine may hold one request back until the next
        # catches up.
        assert stage.emulator.world.rates.refused <= 3


async def test_the_house_says_whether_it_looks_at_what_is_due(stage: Stage) -> None:
    assert (await stage.focal.ready())["on_time"] is True
    await stage.focal.database.run(lambda work: work.facts.set("tick.last", "2090-01-01T00:00:00+00:00"))
    await stage.focal.ticker.tick_now()
    told = await stage.focal.ready()
    assert (told["on_time"], told["ready"]) == (False, False)
