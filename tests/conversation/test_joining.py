"""Invitations: one-time links, who takes them up and how, and everybody who should not."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.views import NotAllowed
from bot.domain.views.membership import LinkOver
from bot.rehearsal.people import Player

from .network import FILES, write
from .stage import Stage, answers, labels, text_of

NAGA = FILES["cities/naga.md"]
LINK = re.compile(r"start=(i_[\w-]{22})")


async def invited(stage: Stage, inviter: Player, role: str = "Focal point", city: str = "Surabaya") -> str:
    """The payload of a fresh link for a role in a city."""
    await stage.ask(inviter, "/invite")
    await stage.press(inviter, role)
    await stage.ask(inviter, city)
    await stage.press(inviter, city)
    return newest_link(inviter)


def newest_link(inviter: Player) -> str:
    found = [match for text in answers(inviter) if (match := LINK.search(text))]
    return found[-1][1]


async def join(stage: Stage, player: Player, payload: str, name: str = "Sari Dewi") -> str:
    """Takes a link up from the first screen to the last."""
    await stage.ask(player, f"/start {payload}")
    await stage.press(player, "Begin")
    await stage.ask(player, name)
    await stage.press(player, "Skip")
    return await stage.press(player, "I agree and join")


async def test_a_focal_point_comes_in_by_a_link_in_a_minute(stage: Stage, aiko: Player, sari: Player) -> None:
    payload = await invited(stage, aiko)
    assert "It works once, within 72 hours" in answers(aiko)[-1]
    assert "invites you to be focal point of Surabaya" in await stage.ask(sari, f"/start {payload}")
    assert "Please write your name" in await stage.press(sari, "Begin")
    assert "title or office" in await stage.ask(sari, "Sari\u202e  Dewi\x07")
    consent = await stage.ask(sari, "Head of Environment")
    assert "\u2068Sari Dewi\u2069, \u2068Head of Environment\u2069" in consent
    assert "/forget removes it" in consent
    assert stage.sql("SELECT count(*) FROM people WHERE name IS NOT NULL") == [(0,)]
    welcome = await stage.press(sari, "I agree and join")
    assert "You are now focal point of Surabaya" in welcome
    assert "/report" in welcome
    assert "📝 Begin the report" in labels(sari)
    assert "has joined as focal point of Surabaya" in text_of(aiko)
    assert stage.sql("SELECT name, title FROM people WHERE name IS NOT NULL") == [
        ("Sari Dewi", "Head of Environment")
    ]
    assert stage.sql("SELECT role, city, state FROM memberships") == [("focal_point", "surabaya", "active")]


async def test_the_menu_has_the_commands_of_the_new_role(stage: Stage, aiko: Player, sari: Player) -> None:
    await join(stage, sari, await invited(stage, aiko))
    told = [
        call.params["commands"]
        for call in stage.emulator.calls_of("setMyCommands")
        if str(sari.person.id) in str(call.params.get("scope"))
    ]
    assert '"status"' in str(told[-1])


async def test_only_a_hash_of_the_token_is_kept(stage: Stage, aiko: Player) -> None:
    token = (await invited(stage, aiko)).removeprefix("i_")
    tables = [name for (name,) in stage.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "invitations" in tables
    for table in tables:
        assert token not in repr(stage.sql(f"SELECT * FROM {table}")), table


async def test_the_words_to_forward_are_in_the_languages_of_the_city(
    stage: Stage, network: Path, aiko: Player
) -> None:
    await invited(stage, aiko)  # Surabaya's only language, Indonesian, has no texts yet
    write(network, "cities/naga.md", NAGA.replace("[en]", "[fr, zh, tl]"))
    while stage.focal.knowledge.current.library.cities["naga"].languages != ("fr", "zh", "tl"):
        await asyncio.sleep(0.05)
    await invited(stage, aiko, city="Naga")
    forwarded = [text for text in answers(aiko) if LINK.search(text)]
    assert [text[:4] for text in forwarded] == ["You ", "Vous", "诚邀您加", "You "]
    assert len({newest[1] for text in forwarded[1:] if (newest := LINK.search(text))}) == 1


async def test_a_city_can_be_named_instead_of_looked_for(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/invite")
    await stage.press(aiko, "Deputy")
    assert "I know no city “Atlantis”" in await stage.ask(aiko, "Atlantis")
    await stage.ask(aiko, "泗水")
    assert "🏙 Surabaya" in labels(aiko)
    assert "🏙 Naga" not in labels(aiko)
    await stage.press(aiko, "Surabaya")
    assert "deputy focal point of Surabaya" in next(t for t in answers(aiko) if LINK.search(t))


async def test_it_speaks_the_language_of_whoever_opens_it(
    stage: Stage, aiko: Player, marie: Player, wei: Player
) -> None:
    payload = await invited(stage, aiko)
    assert "vous invite à devenir point focal" in await stage.ask(marie, f"/start {payload}")
    assert "邀请您担任" in await stage.press(marie, "中文")
    assert "请写下您的姓名" in await stage.press(marie, "开始")
    await stage.ask(marie, "玛丽")
    assert "跳过" in labels(marie)


async def test_two_race_for_one_link_and_one_of_them_gets_it(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    payload = await invited(stage, aiko)
    for player in (sari, marie):
        await stage.ask(player, f"/start {payload}")
        await player.press(labels(player)[0])
        await stage.settled()
        await stage.ask(player, f"Name {player.person.first_name}")
        await player.press(labels(player)[0])  # no title
        await stage.settled()
    await asyncio.gather(*(player.press(labels(player)[0]) for player in (sari, marie)))
    await stage.settled()
    assert stage.sql("SELECT count(*) FROM memberships WHERE state = 'active'") == [(1,)]
    assert stage.sql("SELECT count(*) FROM people WHERE name IS NOT NULL") == [(1,)]
    over = [stage.says(LinkOver(), "en"), stage.says(LinkOver(), "fr")]
    assert [text_of(player) in over for player in (sari, marie)].count(True) == 1


async def test_wrong_used_and_expired_links_say_the_same(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    over = stage.says(LinkOver())
    assert await stage.ask(sari, "/start i_" + "x" * 22) == over
    expired = await invited(stage, aiko)
    stage.sql("UPDATE invitations SET expires_at = '2020-01-01 00:00:00.000000'")
    assert await stage.ask(sari, f"/start {expired}") == over
    used = await invited(stage, aiko)
    await join(stage, sari, used)
    kenya = stage.person(70_002, "Kenya")
    assert await stage.ask(kenya, f"/start {used}") == over
    assert "already" in await stage.ask(sari, f"/start {used}"), "opening it again is safe for who used it"
    taken_back = await invited(stage, aiko)
    assert "opens nothing any more" in await stage.press(aiko, "Take the link back", aiko.messages()[-2].id)
    assert await stage.ask(kenya, f"/start {taken_back}") == over


async def test_who_tries_many_wrong_links_is_not_let_in_by_a_right_one(
    stage: Stage, aiko: Player, sari: Player, wei: Player
) -> None:
    payload = await invited(stage, aiko)
    for number in range(5):
        await stage.ask(sari, f"/start i_{number:022}")
    assert await stage.ask(sari, f"/start {payload}") == stage.says(LinkOver())
    assert "邀请您担任" in await stage.ask(wei, f"/start {payload}")


async def test_forged_buttons_with_the_number_of_anothers_invitation_open_nothing(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    mine = await invited(stage, aiko)
    await invited(stage, aiko, city="Naga")
    (first,), (second,) = stage.sql("SELECT id FROM invitations ORDER BY id")
    await stage.ask(sari, f"/start {mine}")
    await stage.press(sari, "Begin")
    await stage.ask(sari, "Sari")
    await stage.press(sari, "Skip")
    await stage.ask(marie, "/start")
    over = stage.says(LinkOver())
    for move in b.JoinMove:
        assert await stage.forge(sari, b.Join(second, move)) == over
        assert await stage.forge(marie, b.Join(first, move)) == stage.says(LinkOver(), "fr")
    assert await stage.forge(sari, b.InvitationDo(second, b.LinkMove.TAKE_BACK)) == stage.says(NotAllowed())
    assert stage.sql("SELECT count(*) FROM memberships") == [(0,)]


async def test_with_approval_the_secretariat_decides(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    payload = await invited(stage, aiko)
    assert "ask the secretariat" in await stage.press(aiko, "Ask me before", aiko.messages()[-2].id)
    assert "still has to confirm you" in await join(stage, sari, payload)
    assert "Do you know them?" in text_of(aiko)
    assert stage.sql("SELECT state FROM memberships") == [("waiting",)]
    (membership,) = stage.sql("SELECT id FROM memberships")[0]
    await stage.forge(sari, b.MemberDo(membership, b.MemberMove.APPROVE))
    assert stage.sql("SELECT state FROM memberships") == [("waiting",)], "nobody lets themselves in"
    assert "Done" in await stage.press(aiko, "Approve")
    assert "has confirmed you" in text_of(sari)
    assert stage.sql("SELECT state FROM memberships") == [("active",)]
    second = await invited(stage, aiko, role="Deputy")
    await stage.press(aiko, "Ask me before", aiko.messages()[-2].id)
    await join_in_french(stage, marie, second)
    await stage.press(aiko, "Decline")
    assert "n’a pas confirmé votre rôle" in text_of(marie)


async def join_in_french(stage: Stage, player: Player, payload: str) -> None:
    await stage.ask(player, f"/start {payload}")
    await stage.press(player, "Commencer")
    await stage.ask(player, "Marie Adjo")
    await stage.press(player, "Passer")
    await stage.press(player, "J’accepte")


async def test_a_refusal_keeps_nothing_and_the_link_stays_good(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    payload = await invited(stage, aiko)
    await stage.ask(sari, f"/start {payload}")
    await stage.press(sari, "Begin")
    assert "no letters" in await stage.ask(sari, "12345 !!")
    assert "80 characters" in await stage.ask(sari, "Na " * 40)
    await stage.ask(sari, "Canary Nightingale")
    assert "Nothing about you is kept" in await stage.press(sari, "No, thank you")
    for (table,) in stage.sql("SELECT name FROM sqlite_master WHERE type = 'table'"):
        assert "Nightingale" not in repr(stage.sql(f"SELECT * FROM {table}")), table
    assert "focal point of Surabaya" in await join(stage, sari, payload)


async def test_a_link_is_not_used_up_by_who_made_it_or_has_the_role(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    first = await invited(stage, aiko)
    assert "yours to pass on" in await stage.ask(aiko, f"/start {first}")
    await join(stage, sari, first)
    second = await invited(stage, aiko)
    assert "already" in await stage.ask(sari, f"/start {second}")
    assert stage.sql("SELECT count(*) FROM invitations WHERE used_by IS NOT NULL") == [(1,)]


async def test_links_of_somebody_who_lost_the_right_open_nothing(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    kenya = stage.person(70_002, "Kenya")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    payload = await invited(stage, kenya)
    await stage.appoint(kenya, Role.VISITOR)
    assert await stage.ask(sari, f"/start {payload}") == stage.says(LinkOver())


async def test_in_the_middle_of_joining_a_lookup_is_a_lookup_after_find(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    payload = await invited(stage, aiko)
    await stage.ask(sari, f"/start {payload}")
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks"), "nothing was begun yet"
    await stage.ask(sari, f"/start {payload}")
    await stage.press(sari, "Begin")
    await stage.ask(sari, "/cancel")
    assert "Rainwater" in await stage.ask(sari, "rainwater tanks")


async def test_only_admins_invite_to_the_secretariat(stage: Stage, aiko: Player, sari: Player) -> None:
    await stage.ask(aiko, "/invite")
    assert {"Secretariat", "Admin"} <= set(labels(aiko))
    await stage.press(aiko, "Secretariat")
    assert "member of the secretariat" in await join(stage, sari, newest_link(aiko))
    await stage.ask(sari, "/invite")
    assert not {"Secretariat", "Admin"} & set(labels(sari))
    assert await stage.forge(sari, b.Appoint(4)) == stage.says(NotAllowed())
    assert await stage.forge(sari, b.InviteTo(4, "surabaya")) != stage.says(NotAllowed())
    assert stage.sql("SELECT count(*) FROM invitations") == [(1,)], "no link for a wrong role"


@pytest.mark.parametrize("words", ["/invite", "/people"])
async def test_visitors_and_focal_points_invite_nobody(
    stage: Stage, aiko: Player, sari: Player, words: str
) -> None:
    assert await stage.ask(sari, words) == stage.says(NotAllowed())
    await join(stage, sari, await invited(stage, aiko))
    assert await stage.ask(sari, words) == stage.says(NotAllowed())


async def test_a_name_that_is_written_instead_of_pressing_begin_is_the_name(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await stage.ask(sari, f"/start {await invited(stage, aiko)}")
    assert "Thank you, \u2068Sari Dewi\u2069" in await stage.ask(sari, "Sari Dewi")
    consent = await stage.press(sari, "Skip")
    assert "\u2068Sari Dewi\u2069" in consent
    assert stage.sql("SELECT count(*) FROM people WHERE name IS NOT NULL") == [(0,)]
    assert "You are now focal point of Surabaya" in await stage.press(sari, "I agree and join")


@pytest.mark.parametrize("words", ["hello", "Why me?", "rainwater tanks", "1 2 3"])
async def test_other_words_before_begin_are_no_name_and_the_invitation_waits(
    stage: Stage, aiko: Player, sari: Player, words: str
) -> None:
    await stage.ask(sari, f"/start {await invited(stage, aiko)}")
    invitation = sari.messages()[-1].id
    assert "title or office" not in await stage.ask(sari, words)
    assert "title or office" not in await stage.ask(sari, words)
    assert "Please write your name" in await stage.press(sari, "Begin", invitation)


@pytest.mark.parametrize(
    "pasted",
    [
        "https://t.me/{}?start={}",
        "t.me/{}?start={}",
        "Http://Telegram.me/{}?start={}",
        "You are invited to Focal. Open it here: https://t.me/{}?start={} (it works once)",
    ],
)
async def test_a_link_that_is_pasted_as_text_is_opened(
    stage: Stage, aiko: Player, sari: Player, pasted: str
) -> None:
    bot = stage.emulator.bot.account.username.upper()
    assert "invites you" in await stage.ask(sari, pasted.format(bot, await invited(stage, aiko)))
    assert "Please write your name" in await stage.press(sari, "Begin")
    entry = await stage.ask(sari, f"t.me/{bot}?start=e_rainwater-tanks")
    assert entry == await stage.ask(sari, "/start e_rainwater-tanks")


@pytest.mark.parametrize("link", ["t.me/another_bot?start={}", "https://example.org/t.me/{}", "t.me/{}"])
async def test_other_links_open_nothing(stage: Stage, aiko: Player, sari: Player, link: str) -> None:
    assert "invites you" not in await stage.ask(sari, link.format(await invited(stage, aiko)))
