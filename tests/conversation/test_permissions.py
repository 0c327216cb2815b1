"""The one table of permissions, tried in earnest: every command, every button and every kind of typed words, by
every role, about what is theirs, what is another city's and what is not there, in private and in a group."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.chat.commands import all_commands
from bot.chat.presses import PRESSES, PURPOSES
from bot.domain import buttons as b
from bot.domain.people import ChatKind, Expecting, Matter, Person, Purpose, Role, person_may
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player

from .conftest import Staged
from .review_town import write_town
from .rights_town import (
    NO_THINGS,
    PRIVATE_ONLY,
    REFUSED,
    SERVED,
    Things,
    Tries,
    expect,
    person_of,
    things_of,
    things_of_network,
)
from .stage import Stage, answers

GROUP = -1_001_234_567_890
VALUES: dict[str, Any] = {
    "screen": "h",
    "language": "en",
    "entry_id": "basket-composting",
    "topic_id": "waste",
    "country": "PH",
    "kind": "lessons",
    "page": 1,
    "position": 0,
    "place": 0,
    "draft": 1,
    "version": 0,
    "rank": 1,
    "state": "",
    "source": "",
    "form": "p",
    "what": "m",
    "cycle": "open",
    "key": "worked",
}
"""What the buttons of the matrix name, besides things of a city, and a lookup and a question of the person's own."""
HARMLESS: dict[type[b.Button], str] = {
    b.ReviewDo: b.ReviewMove.OPEN,
    b.ReviewAnswer: b.AnswerMove.COMMENT,
    b.ReportDo: b.CityMove.AMEND,
    b.InvitationDo: b.LinkMove.OPEN,
    b.OfficeInvitationDo: b.LinkMove.OPEN,
    b.MemberDo: b.MemberMove.OPEN,
    b.OfficeMemberDo: b.MemberMove.OPEN,
    b.Keep: b.KeepMove.ASK_HAND_OVER,
    b.Join: b.JoinMove.DECLINE,
    b.OwnDataDo: b.OwnMove.NAME,
    b.Move: b.Step.HELP,
    b.HandedTap: b.Handed.AGAIN,
}
"""Of many moves the one that changes least: the right is the button's, whatever the move."""
OF_THE_NETWORK = {b.OfficeMemberDo, b.OfficeInvitationDo}
OF_BOTH = {b.History}
"""About a city or about the network. All other buttons are about a city only."""


@dataclass(frozen=True)
class Cast:
    """Somebody of each role, and what there is."""

    players: dict[str, Player]
    things: dict[str, Things]


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


ROLES: dict[str, tuple[tuple[Role, str | None], ...]] = {
    "visitor": (),
    "deputy": ((Role.DEPUTY, "surabaya"),),
    "focal point": ((Role.FOCAL_POINT, "surabaya"),),
    "secretariat": ((Role.SECRETARIAT, None),),
    "limited": ((Role.SECRETARIAT, None),),
    "admin": ((Role.ADMIN, None),),
}


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    """The six roles, and two colleagues: one in Surabaya and in Naga, one of the secretariat."""
    named = [*ROLES, "colleague", "office colleague"]
    players = {name: stage.person(70_000 + number, name) for number, name in enumerate(named)}
    for player in players.values():
        await player.say("/help")
    await stage.settled()
    for name, roles in ROLES.items():
        for role, city in roles:
            await stage.appoint(players[name], role, city)
    for city in ("surabaya", "naga"):
        await stage.appoint(players["colleague"], Role.FOCAL_POINT, city)
    await stage.appoint(players["office colleague"], Role.SECRETARIAT)
    limited = players["limited"].person.id
    stage.sql("""UPDATE memberships SET countries = '["ID"]' WHERE person = ?""", limited)
    own, own_entered = await things_of(stage, "surabaya", players["colleague"])
    other, other_entered = await things_of(stage, "naga", players["colleague"])
    network = await things_of_network(stage, players["office colleague"])
    things = {"own": own, "own entered": own_entered, "other": other, "other entered": other_entered}
    return Cast(players, things | {"network": network, "nothing": NO_THINGS})


def made(kind: type[b.Button], values: dict[str, Any]) -> b.Button:
    if kind in HARMLESS:
        values = values | {"move": str(HARMLESS[kind])}
    return kind(**{field.name: values[field.name] for field in fields(kind)})  # type: ignore[arg-type]


def names_of(kind: type[b.Button]) -> set[str]:
    return {field.name for field in fields(kind)}  # type: ignore[arg-type]


def buttons_of(
    cast: Cast, values: dict[str, Any]
) -> Iterator[tuple[str, type[b.Button], b.Button, bool, Matter | None]]:
    """Every button about everything: its name, what it is, whether it is about something, and about what."""
    for kind, press in PRESSES.items():
        if press.about is None:
            # Those that a link opens name a thing all the same; it is the service that asks who opened it.
            yield kind.__name__, kind, made(kind, {**cast.things["own"].values, **values}), False, None
            continue
        told_apart = names_of(kind) & {"draft_id", "report_id", "mark"}
        for whose, things in cast.things.items():
            if whose.endswith("entered") and not told_apart:
                continue
            missing = names_of(kind) - values.keys() - things.values.keys() - {"move"}
            if missing:
                continue
            is_network = things.matter == Matter(None)
            fits = is_network == (kind in OF_THE_NETWORK) or (kind in OF_BOTH)
            button = made(kind, {**values, **things.values})
            yield f"{kind.__name__} of {whose}", kind, button, True, things.matter if fits else None


def expected(
    person: Person, kind: type[b.Button], is_about: bool, matter: Matter | None, chat: ChatKind
) -> str:
    """What the table says."""
    press = PRESSES[kind]
    if is_about and matter is None:
        return REFUSED
    if not person_may(person, press.action, matter):
        return REFUSED
    if kind is b.Keep:
        return REFUSED  # the role of a colleague; one's own is tried below
    in_group = press.in_groups and person_may(person, press.action, matter, ChatKind.GROUP)
    return SERVED if chat is ChatKind.PRIVATE or in_group else PRIVATE_ONLY


async def own_things(stage: Stage, player: Player) -> dict[str, Any]:
    """A lookup and a question to the secretariat of this person's own, and the values of all buttons."""
    await stage.ask(player, f"zeppelin harbour masters {player.person.id}")
    await stage.press(player, "Ask the secretariat")
    lookup, question = (stage.sql(f"SELECT max(id) FROM {table}")[0][0] for table in ("lookups", "questions"))
    return VALUES | {"lookup_id": lookup, "question_id": question}


@pytest.mark.parametrize("role", ROLES)
async def test_every_command_and_button_gives_each_role_what_the_table_says(
    stage: Stage, cast: Cast, role: str
) -> None:
    player = cast.players[role]
    values = await own_things(stage, player)
    group = stage.emulator.group(GROUP, "Office", cast.players.values())
    await stage.settled()
    person = await person_of(stage, player)
    wanted: dict[str, dict[str, str]] = {}
    found: dict[str, dict[str, str]] = {}
    for chat in ChatKind:
        tries = Tries(stage, player, None if chat is ChatKind.PRIVATE else group)
        wanted[chat] = {}
        for name, command in all_commands().items():
            await tries.say(f"/{name}", f"/{name}")
            wanted[chat][f"/{name}"] = REFUSED
            if person_may(person, command.action):
                here = command.in_groups and person_may(person, command.action, None, ChatKind.GROUP)
                wanted[chat][f"/{name}"] = SERVED if chat is ChatKind.PRIVATE or here else PRIVATE_ONLY
        for name, kind, button, is_about, matter in buttons_of(cast, values):
            if chat is ChatKind.GROUP and is_about and matter not in (None, cast.things["own"].matter):
                continue
            wanted[chat][name] = expected(person, kind, is_about, matter, chat)
            await tries.press(name, b.pack(button))
        found[chat] = await tries.outcomes()
    for chat in ChatKind:
        wrong = {
            name: (found[chat][name], outcome)
            for name, outcome in wanted[chat].items()
            if found[chat][name] != outcome and name not in SAID_BY_THE_SERVICE.get(chat, {})
        }
        assert not wrong, f"{role} in {chat}: (what came, what the table says) {wrong}"
        for name, outcome in SAID_BY_THE_SERVICE.get(chat, {}).items():
            assert found[chat][name] in (outcome, wanted[chat][name]), name


SAID_BY_THE_SERVICE: dict[ChatKind, dict[str, str]] = {}
"""Where the table allows it and the service refuses for a reason of its own."""


@pytest.mark.parametrize("role", ["deputy", "focal point"])
async def test_one_s_own_role_is_kept_by_oneself_and_in_private(stage: Stage, cast: Cast, role: str) -> None:
    player = cast.players[role]
    ((own,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", player.person.id)
    group = stage.emulator.group(GROUP, "Office", [player])
    for chat, outcome in ((None, SERVED), (group, PRIVATE_ONLY)):
        tries = Tries(stage, player, chat)
        await tries.press("keep", b.pack(b.Keep(own, b.KeepMove.ASK_HAND_OVER)))
        assert await tries.outcomes() == {"keep": outcome}


ABOUT_THINGS = {
    **dict.fromkeys((Purpose.REPORT, Purpose.BECAUSE, Purpose.SOURCE), "draft_id"),
    **dict.fromkeys((Purpose.RETURN, Purpose.COMMENT, Purpose.AMEND), "report_id"),
    Purpose.COUNTRIES: "membership_id",
    Purpose.HANDED: "handed_id",
    Purpose.HANDED_NAME: "handed_id",
    **dict.fromkeys((Purpose.JOIN_NAME, Purpose.JOIN_TITLE, Purpose.JOIN_CONSENT), "invitation_id"),
}
"""What the typed words of a purpose are about."""


def purposes_of(cast: Cast) -> Iterator[tuple[str, Purpose, int | None, Matter | None]]:
    for purpose, awaited in PURPOSES.items():
        field = ABOUT_THINGS.get(purpose)
        if awaited.about is None or field is None:
            assert awaited.about is None, f"{purpose} is about something: say in ABOUT_THINGS about what"
            number = None if field is None else int(cast.things["own"].values[field])
            yield purpose.value, purpose, number, None
            continue
        for whose, things in cast.things.items():
            if field in things.values:
                is_network = things.matter == Matter(None)
                matter = things.matter if is_network == (purpose is Purpose.COUNTRIES) else None
                yield f"{purpose.value} of {whose}", purpose, int(things.values[field]), matter


@pytest.mark.parametrize("role", ROLES)
async def test_typed_words_are_what_was_asked_for_only_where_the_table_says_so(
    stage: Stage, cast: Cast, role: str
) -> None:
    player = cast.players[role]
    question = (await own_things(stage, player))["question_id"]
    person = await person_of(stage, player)
    wrong = []
    for number, (name, purpose, object_id, matter) in enumerate(purposes_of(cast)):
        awaited = PURPOSES[purpose]
        is_theirs = (awaited.about is None or matter is not None) and person_may(
            person, awaited.action, matter
        )
        asked = Expecting(
            purpose, question_id=question, since=datetime.now(UTC), object_id=object_id, key="worked"
        )
        await expect(stage, player, asked)
        words = f"quokka {number} parliament"
        await stage.ask(player, words)
        was_lookup = stage.sql("SELECT count(*) FROM lookups WHERE words = ?", words) != [(0,)]
        if was_lookup == is_theirs:
            wrong.append((name, "looked up" if was_lookup else "taken for it", answers(player)[-1]))
    assert not wrong


async def test_in_a_group_typed_words_are_never_what_was_asked_for_in_private(
    stage: Stage, cast: Cast
) -> None:
    admin = cast.players["admin"]
    group = stage.emulator.group(GROUP, "Office", [admin])
    for number, purpose in enumerate(Purpose):
        asked = Expecting(purpose, since=datetime.now(UTC), object_id=1, key="worked")
        await expect(stage, admin, asked)
        before = stage.sql("SELECT count(*) FROM lookups")
        await stage.ask_in(group, admin, f"@focal_rehearsal_bot quokka {number} parliament")
        assert stage.sql("SELECT count(*) FROM lookups") != before, purpose
        assert (await person_of(stage, admin)).expecting == asked, purpose


async def test_whoever_loses_a_role_in_the_middle_of_an_answer_cannot_send_it(stage: Stage) -> None:
    sari, kenya = stage.person(70_001, "Sari"), stage.person(70_002, "Kenya")
    await stage.ask(sari, "zeppelin harbour masters")
    await stage.press(sari, "Ask the secretariat")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    await stage.ask(kenya, "/questions")
    await stage.press(kenya, "#1")
    await stage.press(kenya, "Answer")
    await stage.ask(kenya, "Ask Ulsan.")
    await stage.appoint(kenya, Role.VISITOR)
    assert await stage.press(kenya, "Send it") == stage.says(NotAllowed())
    assert "Rainwater" in await stage.ask(kenya, "rainwater tanks")
    assert "Ask Ulsan." not in "".join(answers(sari))
