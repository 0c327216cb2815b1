"""Who is who: changing, removing and restoring roles, new accounts, hand-over and the yearly question."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.ports import UnitOfWork
from bot.domain.views import NotAllowed
from bot.domain.views.membership import LinkOver
from bot.rehearsal.people import Player
from bot.services import keeping
from bot.services.desk import Desk

from .conftest import Staged
from .stage import AIKO, SARI, Stage, answers, data_of, labels, text_of
from .test_joining import invited, join, join_in_french, newest_link


def role_of(stage: Stage, player: Player, role: Role) -> int:
    """The number of a role that somebody has or had."""
    ((number,),) = stage.sql(
        "SELECT id FROM memberships WHERE person = ? AND role = ?", player.person.id, role.value
    )
    return int(number)


def states(stage: Stage) -> list[tuple[str, str]]:
    return [(role, state) for role, state in stage.sql("SELECT role, state FROM memberships ORDER BY id")]


async def with_secretary(stage: Stage, kenya: Player) -> None:
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)


async def test_the_list_shows_who_waits_first_and_leads_to_each(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko, city="Naga"))
    payload = await invited(stage, aiko)
    await stage.press(aiko, "Ask me before", aiko.messages()[-2].id)
    await join_in_french(stage, marie, payload)
    shown = await stage.ask(aiko, "/people")
    assert shown.index("Marie Adjo") < shown.index("Sari Dewi")
    assert "Waiting for your word: 1." in shown
    assert "Admins named in the settings of the server: 2." in shown
    card = await stage.press(aiko, "Sari Dewi")
    assert "Naga · focal point" in card
    assert "Since" in card
    assert "English" in card


async def test_a_focal_point_becomes_deputy_and_is_told(stage: Stage, aiko: Player, sari: Player) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await stage.ask(aiko, "/people")
    await stage.press(aiko, "Sari Dewi")
    assert "Surabaya · deputy" in await stage.press(aiko, "Make deputy")
    assert "you are now deputy focal point of Surabaya" in text_of(sari)
    assert states(stage) == [("deputy", "active")]
    assert stage.sql("SELECT event, before, after FROM audit ORDER BY id DESC LIMIT 1") == [
        ("role-changed", "focal_point", "deputy")
    ]


async def test_who_is_removed_loses_every_right_at_once_old_buttons_included(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    number = role_of(stage, sari, Role.FOCAL_POINT)
    await stage.forge(sari, b.Keep(number, b.KeepMove.ASK_HAND_OVER))
    old_button = data_of(sari.messages()[-1], "Make the link")
    await stage.ask(aiko, "/people")
    await stage.press(aiko, "Sari Dewi")
    assert "Shall" in await stage.press(aiko, "Remove")
    assert states(stage) == [("focal_point", "active")], "nothing goes before the second tap"
    assert "ended" in await stage.press(aiko, "Yes, remove")
    assert "has ended. Thank you for your work" in answers(sari)[-1]
    assert await stage.forge(sari, old_button) == stage.says(NotAllowed())
    assert stage.sql("SELECT expecting FROM people WHERE id = ?", sari.person.id) == [(None,)]
    assert "Restore" in str(labels(aiko))
    assert "active" not in str(states(stage))
    await stage.press(aiko, "Restore")
    assert "Welcome back" in text_of(sari)
    assert states(stage) == [("focal_point", "active")]


async def test_who_is_removed_in_the_middle_of_an_answer_cannot_go_on(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    kenya = stage.person(70_002, "Kenya")
    await with_secretary(stage, kenya)
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(kenya, "/questions")
    await stage.press(kenya, "#1")
    await stage.press(kenya, "Answer")
    number = role_of(stage, kenya, Role.SECRETARIAT)
    await stage.ask(aiko, "/people")
    await stage.forge(aiko, b.OfficeMemberDo(number, b.MemberMove.REMOVE))
    assert "Rainwater" in await stage.ask(kenya, "rainwater tanks")
    assert await stage.ask(kenya, "/questions") == stage.says(NotAllowed())
    assert "rainwater" not in " ".join(answers(sari)).casefold()


async def test_nobody_changes_a_role_of_their_own(stage: Stage, aiko: Player, sari: Player) -> None:
    kenya = stage.person(70_002, "Kenya")
    await with_secretary(stage, kenya)
    await stage.appoint(kenya, Role.DEPUTY, "surabaya")
    number = role_of(stage, kenya, Role.DEPUTY)
    for move in set(b.MemberMove) - {b.MemberMove.OPEN}:
        shown = await stage.forge(kenya, b.MemberDo(number, move))
        assert "Nobody changes a role of their own" in shown or "Somebody was quicker" in shown, move
    office = role_of(stage, kenya, Role.SECRETARIAT)
    assert await stage.forge(kenya, b.OfficeMemberDo(office, b.MemberMove.NO_LIMIT)) == stage.says(
        NotAllowed()
    )
    assert await stage.forge(kenya, b.MemberDo(office, b.MemberMove.NO_LIMIT)) == stage.says(NotAllowed())
    assert states(stage) == [("secretariat", "active"), ("deputy", "active")]


async def test_a_reviewer_limited_to_countries_looks_after_their_cities_only(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))  # in Indonesia
    await join_in_french(stage, marie, await invited(stage, aiko, city="Naga"))
    kenya = stage.person(70_002, "Kenya")
    await with_secretary(stage, kenya)
    office = role_of(stage, kenya, Role.SECRETARIAT)
    await stage.ask(aiko, "/people")
    await stage.forge(aiko, b.OfficeMemberDo(office, b.MemberMove.OPEN))
    await stage.press(aiko, "Limit to countries")
    assert "I know no country “Atlantis”" in await stage.ask(aiko, "ID, Atlantis")
    assert "Philippines" in await stage.ask(aiko, "菲律宾")
    assert "Philippines" in text_of(kenya)
    shown = await stage.ask(kenya, "/people")
    assert "Marie Adjo" in shown
    assert "Sari Dewi" not in shown
    forbidden = role_of(stage, sari, Role.FOCAL_POINT)
    for move in b.MemberMove:
        assert await stage.forge(kenya, b.MemberDo(forbidden, move)) == stage.says(NotAllowed())
    assert await stage.forge(kenya, b.InviteTo(2, "surabaya")) == stage.says(NotAllowed())
    # Somebody with a role elsewhere, too, cannot be drawn over to another account by them.
    await stage.appoint(marie, Role.DEPUTY, "surabaya")
    allowed = role_of(stage, marie, Role.FOCAL_POINT)
    assert "an admin has to make this link" in await stage.forge(
        kenya, b.MemberDo(allowed, b.MemberMove.NEW_ACCOUNT)
    )


async def test_a_person_with_a_new_account_is_joined_to_the_old_one(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await stage.ask(aiko, "/people")
    await stage.press(aiko, "Sari Dewi")
    await stage.press(aiko, "New account")
    assert "make sure who asked you for it" in answers(aiko)[-2]
    payload = newest_link(aiko)
    assert "open it there" in await stage.ask(sari, f"/start {payload}"), "the old account is not the new one"
    new = stage.person(70_010, "Sari")
    assert "Are you \u2068Sari Dewi\u2069" in await stage.ask(new, f"/start {payload}")
    assert "Welcome back" in await stage.press(new, "Yes, bring it here")
    assert "This one has none any more" in text_of(sari)
    assert stage.sql("SELECT person, state FROM memberships") == [(70_010, "active")]
    assert stage.sql("SELECT name FROM people WHERE id = ?", sari.person.id) == [(None,)]
    number = role_of(stage, new, Role.FOCAL_POINT)
    assert await stage.forge(sari, b.Keep(number, b.KeepMove.LEAVE)) == stage.says(NotAllowed())
    assert "successor" in await stage.forge(new, b.Keep(number, b.KeepMove.ASK_HAND_OVER))
    third = stage.person(70_011, "Third")
    assert await stage.ask(third, f"/start {payload}") == stage.says(LinkOver())


async def test_a_hand_over_moves_the_role_in_one_go(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    number = role_of(stage, sari, Role.FOCAL_POINT)
    await stage.forge(sari, b.Keep(number, b.KeepMove.ASK_HAND_OVER))
    await stage.press(sari, "Make the link")
    first = newest_link(sari)
    await stage.forge(sari, b.Keep(number, b.KeepMove.HAND_OVER))
    payload = newest_link(sari)
    assert await stage.ask(marie, f"/start {first}") == stage.says(LinkOver(), "fr"), "the newest link counts"
    assert "Sari Dewi\u2069 vous demande de prendre le relais" in await stage.ask(marie, f"/start {payload}")
    assert states(stage) == [("focal_point", "active")]
    await stage.press(marie, "Commencer")
    await stage.ask(marie, "Marie Adjo")
    await stage.press(marie, "Passer")
    assert "Vous prenez la suite de \u2068Sari Dewi\u2069" in await stage.press(marie, "J’accepte")
    assert "\u2068Marie Adjo\u2069 is now focal point of Surabaya in your place" in text_of(sari)
    assert "in place of \u2068Sari Dewi\u2069" in text_of(aiko)
    assert stage.sql("SELECT person, state FROM memberships ORDER BY id") == [
        (sari.person.id, "ended"),
        (marie.person.id, "active"),
    ]
    assert await stage.forge(sari, b.Keep(number, b.KeepMove.HAND_OVER)) == stage.says(NotAllowed())
    ((event, actor, subject),) = stage.sql("SELECT event, actor, subject FROM audit ORDER BY id DESC LIMIT 1")
    assert event == "handed-over"
    assert actor == subject == stage.sql("SELECT handle FROM people WHERE id = ?", marie.person.id)[0][0]


async def test_a_report_goes_on_where_it_was_with_whoever_comes_after(shipped: Stage) -> None:
    aiko, sari = shipped.person(AIKO, "Aiko"), shipped.person(SARI, "Sari")
    await join(shipped, sari, await invited(shipped, aiko, city="Sibu"))
    await shipped.press(sari, "Begin the report")
    await shipped.press(sari, labels(sari)[0])
    old_button = sari.messages()[-1].buttons[0]["callback_data"]
    before = shipped.sql("SELECT answers, state, version FROM drafts")
    assert len(before) == 1
    await shipped.ask(aiko, "/people")
    await shipped.press(aiko, "Sari Dewi")
    await shipped.press(aiko, "Remove")
    await shipped.press(aiko, "Yes, remove")
    assert await shipped.forge(sari, str(old_button)) == shipped.says(NotAllowed())
    assert "Surabaya" in await shipped.ask(sari, "compost surabaya"), "their words are looked up again"
    assert shipped.sql("SELECT answers, state, version FROM drafts") == before
    assert shipped.sql("SELECT holder FROM drafts") == [(None,)]
    ana = shipped.person(70_020, "Ana")
    welcome = await join(shipped, ana, await invited(shipped, aiko, city="Sibu"), "Ana Ting")
    assert "draft, 1 of" in welcome
    assert "until" in welcome
    assert "question 2" in await shipped.ask(ana, "/report")


async def test_a_deputy_does_not_hand_over_the_focal_points_role(
    stage: Stage, aiko: Player, sari: Player, marie: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    await join_in_french(stage, marie, await invited(stage, aiko, role="Deputy"))
    number = role_of(stage, sari, Role.FOCAL_POINT)
    for move in b.KeepMove:
        assert await stage.forge(marie, b.Keep(number, move)) == stage.says(NotAllowed(), "fr")
    assert states(stage) == [("focal_point", "active"), ("deputy", "active")]


async def test_the_yearly_question_comes_once_a_day_and_a_tap_answers_it(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await join(stage, sari, await invited(stage, aiko))
    house = stage.focal.house

    def ask(work: UnitOfWork, days: int, cause: str) -> None:
        person = work.people.get(sari.person.id)
        assert person is not None
        now = house.clock.now() + timedelta(days=days)
        desk = Desk(person, house.knowledge.current, work, now, house.renderer, house.admins, cause)
        keeping.ask_if_due(desk)

    async def asked(days: int, cause: str) -> int:
        await stage.focal.database.run(lambda work: ask(work, days, cause))
        house.sent()
        await stage.settled()
        return sum("are you still focal point of Surabaya?" in text for text in answers(sari))

    await stage.ask(sari, "/start")
    assert await asked(300, "first") == 0
    assert await asked(370, "second") == 1
    assert await asked(370, "third") == 1
    assert await asked(371, "fourth") == 2
    assert "you remain focal point of Surabaya" in await stage.press(sari, "Yes, I am")
    number = role_of(stage, sari, Role.FOCAL_POINT)
    assert "nobody else" in await stage.forge(sari, b.Keep(number, b.KeepMove.ASK_LEAVE))
    await stage.press(sari, "I leave")
    assert "Surabaya has nobody now" in text_of(aiko)
    assert states(stage) == [("focal_point", "ended")]


async def test_the_last_admin_is_neither_removed_nor_forgets_themselves(
    staged: Staged, network: Path
) -> None:
    async with staged(network, admins=frozenset()) as stage:
        aiko, kenji = stage.person(81, "Aiko"), stage.person(82, "Kenji")
        for player in (aiko, kenji):
            await stage.ask(player, "/start")
            await stage.appoint(player, Role.ADMIN)
        await stage.forge(aiko, b.OfficeMemberDo(role_of(stage, kenji, Role.ADMIN), b.MemberMove.REMOVE))
        assert states(stage) == [("admin", "active"), ("admin", "ended")]
        assert "the only admin" in await stage.ask(aiko, "/forget")
        assert "the only admin" in await stage.forge(aiko, b.OwnDataDo(b.OwnMove.FORGET_SURELY))
        await stage.appoint(kenji, Role.ADMIN)
        assert "Shall I forget you?" in await stage.ask(aiko, "/forget")


async def test_the_list_names_the_secretariat_to_admins_and_to_colleagues(
    stage: Stage, aiko: Player, kenji: Player, sari: Player
) -> None:
    await stage.ask(kenji, "/start")
    await with_secretary(stage, sari)
    stage.sql("UPDATE people SET name = 'Kenji Mori' WHERE id = ?", kenji.person.id)
    stage.sql("UPDATE people SET name = 'Sari Dewi' WHERE id = ?", sari.person.id)
    for player in (aiko, sari):
        shown = await stage.ask(player, "/people")
        assert "Kenji Mori\u2069 (admin)" in shown
        assert "Sari Dewi" in shown.split("Secretariat: ")[1]


async def test_cities_with_promises_or_people_stand_first_where_somebody_is_invited(
    stage: Stage, network: Path, aiko: Player, sari: Player
) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.FOCAL_POINT, "naga")
    await stage.ask(aiko, "/invite")
    await stage.press(aiko, "Focal point")
    assert "🏙 Naga" in labels(aiko)
    assert "🏙 Surabaya" not in labels(aiko)
    await stage.press(aiko, "Other cities")
    assert "🏙 Surabaya" in labels(aiko)
    assert "🏙 Naga" not in labels(aiko)
