"""The group chat of a city's team: linked once by a link, it gets announcements and nothing personal."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, time, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain import buttons as b
from bot.domain.announcements import When
from bot.domain.audiences import Audience, Selection
from bot.domain.people import Role
from bot.domain.views import NotAllowed
from bot.domain.views.announcing import GroupLinkOver
from bot.rehearsal.people import Group, Player

from .announced import OTHERS, Office, office_at, take_in
from .conftest import Staged
from .stage import labels, text_of

SURABAYA = Audience(Selection(cities=frozenset({"surabaya"})), groups=True)
CIRCLE, OTHER = -1_002_000_000_001, -1_002_000_000_002


@pytest.fixture
async def office(staged: Staged, network: Path) -> AsyncIterator[Office]:
    async with office_at(staged, network) as ready:
        await take_in(ready)
        yield ready


@pytest.fixture
def circle(office: Office) -> Group:
    return office.stage.emulator.group(CIRCLE, "Surabaya's team", [office.sari, office.wei])


async def token_of(office: Office, player: Player, city: str = "surabaya") -> str:
    """The token of the link that takes the bot into a group."""
    await office.stage.ask(player, "/help")
    await office.stage.forge(player, b.TeamGroupDo(b.GroupMove.OPEN, city))
    url = next(key["url"] for key in player.messages()[-1].buttons if "startgroup" in key.get("url", ""))
    assert url.startswith("https://t.me/focal_rehearsal_bot?startgroup=")
    return str(parse_qs(urlsplit(url).query)["startgroup"][0])


async def follow(office: Office, player: Player, group: Group, token: str) -> str | None:
    """What following the link does: Telegram lets the person say this in the group that they choose."""
    return await office.stage.ask_in(group, player, f"/start@focal_rehearsal_bot {token}")


async def link(office: Office, player: Player, group: Group, city: str = "surabaya") -> str | None:
    return await follow(office, player, group, await token_of(office, player, city))


async def linked(office: Office) -> list[tuple[int, str]]:
    found = await office.stage.focal.database.run(lambda work: work.groups.all())
    return [(group.chat_id, group.city) for group in found]


def posts(group: Group, words: str = "assembly") -> list[str]:
    return [m.text for m in group.messages() if m.from_bot and words in m.text]


async def test_a_focal_point_links_their_group_in_two_taps_and_it_says_so_once(
    office: Office, circle: Group
) -> None:
    await office.stage.ask(office.sari, "/status")
    shown = await office.stage.press(office.sari, "Team group")
    assert "Reports, names and reminders never go there" in shown
    url = office.sari.messages()[-1].buttons[0]["url"]
    token = parse_qs(urlsplit(url).query)["startgroup"][0]
    said = str(await follow(office, office.sari, circle, token))
    assert said.startswith("👥 This group now gets announcements for Surabaya. Personal things stay")
    assert circle.messages()[-1].buttons == [
        {"text": "Open Focal", "url": "https://t.me/focal_rehearsal_bot"}
    ]
    assert await follow(office, office.sari, circle, token) is None, "said once"
    assert await linked(office) == [(CIRCLE, "surabaya")]
    kept = office.stage.sql("SELECT value FROM facts WHERE key LIKE 'team-group.%'")
    assert token.removeprefix("g_") not in str(kept), "what is kept of the token is a hash"
    history = office.stage.sql("SELECT event, city FROM audit WHERE event LIKE 'group-%'")
    assert history == [("group-linked", "surabaya")]


async def test_the_group_gets_announcements_with_a_way_into_the_private_chat_and_nothing_else(
    office: Office, circle: Group
) -> None:
    await link(office, office.sari, circle)
    number = await office.sent(audience=SURABAYA, wants_reading=True)
    assert posts(circle) == ["The assembly meets in June."]
    assert circle.messages()[-1].buttons == [
        {"text": "Open the chat with Focal", "url": "https://t.me/focal_rehearsal_bot"}
    ]
    assert text_of(office.sari) == "The assembly meets in June."
    assert await office.fates(number) == {"sent": 2}
    assert "Read by 0 of 1" in await office.open(office.aiko, number), "a group cannot say that it has read"
    await office.stage.press(office.aiko, "Correct")
    await office.stage.press(office.aiko, "English")
    await office.stage.ask(office.aiko, "The assembly meets in July.")
    await office.stage.press(office.aiko, "Replace it")
    await office.pass_by(5)
    assert posts(circle) == ["The assembly meets in July."]
    assert "private" not in " ".join(posts(circle))
    said = [m.text for m in circle.messages() if m.from_bot]
    assert len(said) == 2, said


async def test_a_link_is_for_its_maker_alone_works_once_and_not_for_ever(
    office: Office, circle: Group
) -> None:
    token = await token_of(office, office.sari)
    over = office.stage.says(GroupLinkOver())
    assert await follow(office, office.wei, circle, token) == office.stage.says(GroupLinkOver(), "zh")
    assert await follow(office, office.marie, circle, token) == office.stage.says(GroupLinkOver(), "fr")
    other = office.stage.emulator.group(OTHER, "Another", [office.sari])
    assert await follow(office, office.sari, other, "g_" + "x" * 22) == over
    assert "now gets announcements" in str(await follow(office, office.sari, circle, token))
    assert await follow(office, office.sari, other, token) == over
    old = await token_of(office, office.sari)
    office.clock.travel(timedelta(hours=25))
    assert await follow(office, office.sari, other, old) == over
    assert await linked(office) == [(CIRCLE, "surabaya")]


async def test_who_lost_the_role_since_the_link_was_made_links_nothing(office: Office, circle: Group) -> None:
    token = await token_of(office, office.sari)
    await office.stage.appoint(office.sari, Role.VISITOR)
    assert await follow(office, office.sari, circle, token) == office.stage.says(NotAllowed())
    assert await linked(office) == []


async def test_another_city_s_people_and_visitors_make_no_link(office: Office) -> None:
    for player in (office.marie, office.stage.person(5_000_000_077, "Guest")):
        await office.stage.ask(player, "/help")
        answer = await office.stage.forge(player, b.TeamGroupDo(b.GroupMove.OPEN, "surabaya"))
        language = "fr" if player is office.marie else "en"
        assert answer == office.stage.says(NotAllowed(), language)


async def test_the_office_links_a_group_from_the_city_s_file(office: Office, circle: Group) -> None:
    await office.stage.ask(office.aiko, "/help")
    await office.stage.forge(office.aiko, b.CityScreen(b.CityView.FILE, "naga"))
    await office.stage.press(office.aiko, "Team group")
    url = next(key["url"] for key in office.aiko.messages()[-1].buttons if "url" in key)
    token = parse_qs(urlsplit(url).query)["startgroup"][0]
    assert "announcements for Naga" in str(await follow(office, office.aiko, circle, token))
    await office.stage.press(office.aiko, "‹ Naga")
    assert "Naga" in text_of(office.aiko)


async def test_a_group_of_two_cities_belongs_to_the_one_that_linked_it_last(
    office: Office, circle: Group
) -> None:
    await link(office, office.sari, circle)
    assert "那牙" in str(await link(office, office.wei, circle, "naga")), "it speaks as who linked it"
    assert await linked(office) == [(CIRCLE, "naga")]
    number = await office.sent(audience=SURABAYA)
    assert await office.fates(number) == {"sent": 1}
    assert not posts(circle)


async def test_unlinked_in_private_it_gets_nothing_more_even_what_was_under_way(
    office: Office, circle: Group
) -> None:
    await link(office, office.sari, circle)
    number = await office.waiting(audience=SURABAYA, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    await token_of(office, office.sari)
    assert "gets nothing from me any more" in await office.stage.press(office.sari, "Unlink")
    assert await linked(office) == []
    await office.tick(timedelta(hours=24))
    assert await office.fates(number) == {"sent": 1, "skipped": 1}
    assert not posts(circle)
    assert "the group is not linked any more" in await failures(office, number)


async def failures(office: Office, number: int) -> str:
    await office.open(office.aiko, number)
    return await office.stage.press(office.aiko, "Who did not get it")


async def test_thrown_out_it_is_not_linked_any_more_and_whoever_linked_it_hears_of_it(
    office: Office, circle: Group
) -> None:
    await link(office, office.wei, circle, "naga")
    await circle.remove_bot()  # by Sari, the first of the group
    await office.stage.settled()
    assert await linked(office) == []
    assert "那牙" in text_of(office.wei)
    assert office.stage.sql("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]


async def test_a_small_group_that_becomes_a_supergroup_is_followed_and_gets_nothing_twice(
    office: Office,
) -> None:
    small = office.stage.emulator.group(-4_000_001, "Small", [office.sari])
    await link(office, office.sari, small)
    number = await office.sent(audience=SURABAYA, valid_until=date(2026, 5, 20))
    assert len(posts(small)) == 1
    grown = await small.become_supergroup(-1_002_000_000_777)
    await office.stage.settled()
    assert await linked(office) == [(-1_002_000_000_777, "surabaya")]
    await office.join(OTHERS[0], "surabaya")
    await office.pass_by(61, steps=2)
    assert posts(grown) == [], "the same group has it already"
    assert await office.fates(number) == {"sent": 3}
    await office.sent(audience=SURABAYA, texts={"en": "The second assembly."})
    assert posts(grown) == ["The second assembly."]


async def test_what_waited_for_a_group_follows_it_and_so_does_its_link_after_it_was_left(
    office: Office,
) -> None:
    small = office.stage.emulator.group(-4_000_001, "Small", [office.sari])
    await link(office, office.sari, small)
    number = await office.waiting(audience=SURABAYA, when=When.LOCAL, day=date(2026, 5, 5), at=time(9))
    await office.tick()
    await small.remove_bot()  # clients may tell of the end of the old group before they tell of the new one
    grown = await small.become_supergroup(-1_002_000_000_777)
    await office.stage.settled()
    await office.tick(timedelta(hours=24))
    assert len(posts(grown)) == 1
    assert await office.fates(number) == {"sent": 2}
    assert office.stage.sql("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]


async def test_a_group_that_was_left_shows_as_not_reachable_and_counts_as_blocked(office: Office) -> None:
    small = office.stage.emulator.group(-4_000_001, "Small", [office.sari])
    await link(office, office.sari, small)
    await small.remove_bot()
    await office.stage.settled()
    number = await office.sent(audience=SURABAYA)
    assert await office.fates(number) == {"sent": 1, "blocked": 1}
    await token_of(office, office.sari)
    assert "cannot be reached" in text_of(office.sari)
    await small.add_bot()
    await office.stage.settled()
    number = await office.sent(audience=SURABAYA)
    assert await office.fates(number) == {"sent": 2}


async def test_when_whoever_linked_it_is_gone_the_others_of_the_city_hear_of_it_once(
    office: Office, circle: Group
) -> None:
    await link(office, office.sari, circle)
    ayu = await office.join(OTHERS[0], "surabaya")
    await office.pass_by(61, steps=2)
    assert not about(ayu), "while Sari is there, all is well"
    await office.stage.appoint(office.sari, Role.VISITOR)
    await office.pass_by(61, steps=3)
    assert len(about(ayu)) == 1
    assert not any(about(player) for player in (office.sari, office.aiko, office.kenji))
    assert "gets nothing from me any more" in await office.stage.press(ayu, "Unlink")
    assert await linked(office) == []


async def test_where_nobody_is_left_the_office_hears_of_the_group_of_who_is_forgotten(
    office: Office, circle: Group
) -> None:
    await link(office, office.sari, circle)
    assert office.stage.sql("SELECT key FROM facts WHERE key LIKE 'team-group.%'")
    await office.stage.ask(office.sari, "/forget")
    await office.stage.press(office.sari, labels(office.sari)[0])
    assert office.stage.sql("SELECT key FROM facts WHERE key LIKE 'team-group.%'") == [], "theirs goes, too"
    await office.pass_by(61, steps=3)
    assert [len(about(player)) for player in (office.aiko, office.kenji)] == [1, 1]
    assert await linked(office) == [(CIRCLE, "surabaya")], "it is theirs to decide"


def about(player: Player) -> list[str]:
    return [m.text for m in player.messages() if m.from_bot and "still gets announcements" in m.text]
