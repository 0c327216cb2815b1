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
from bot.domain.people import Action, ChatKind, Expecting, Matter, Person, Purpose, Role, person_may
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Group, Player

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
    "table": "0a1b2c3d",
    "position": 0,
    "place": 0,
    "draft": 1,
    "written": 1,
    "version": 0,
    "rank": 1,
    "state": "",
    "source": "",
    "form": "p",
    "what": "m",
    "cycle": "open",
    "key": "worked",
    "ref": "2007a",
    "verdict": "",
    "announcement_id": 1,
    "tag": "",
    "choice": "",
    "day": 0,
    "group": "0" * 16,
    "work_id": 1,
    "edition_id": 1,
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
    b.Later: b.LaterMove.SHOW,
    b.Quiet: b.QuietMove.AS_BEFORE,
    b.MoreTime: b.TimeMove.OPEN,
    b.ExtensionDo: b.ExtensionMove.OPEN,
    b.GiveTime: b.GiveMove.OPEN,
    b.Plan: b.PlanMove.SHOW,
    b.Hold: b.PlanMove.HOLD,
    b.CycleDo: b.CycleMove.ASK_PAUSE,
    b.Compose: b.ComposeMove.OPEN,
    b.BoardDo: b.BoardMove.OPEN,
    b.TeamGroupDo: b.GroupMove.OPEN,
    b.Move: b.Step.HELP,
    b.HandedTap: b.Handed.AGAIN,
    b.WorkDo: b.WorkMove.STOP,
    b.Publication: b.PublishMove.SHOW,
    b.Freeze: b.FreezeMove.ASK,
    b.EditionDo: b.PublishMove.SHOW,
}
"""Of many moves the one that changes least: the right is the button's, whatever the move."""
OF_CITY_AND_CYCLE = {b.EnterFor, b.Later, b.MoreTime, b.GiveTime}
"""Their mark names a city and a cycle, and no report of it."""
OF_THE_NETWORK = {b.OfficeMemberDo, b.OfficeInvitationDo}
OF_THE_WHOLE_NETWORK: set[type[b.Button]] = {b.Freeze}
"""About the network without naming anything."""
OF_BOTH = {b.History}
"""About a city or about the network. All other buttons are about a city only."""


@dataclass(frozen=True)
class Cast:
    """Somebody of each role, and what there is."""

    players: dict[str, Player]
    things: dict[str, Things]
    groups: dict[str, Group]


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
    everything = things | {"network": network, "nothing": NO_THINGS}
    groups = {
        name: stage.emulator.group(GROUP - number, "Office", [player])
        for number, (name, player) in enumerate(players.items())
    }
    await stage.settled()
    return Cast(players, everything, groups)


def made(kind: type[b.Button], values: dict[str, Any]) -> b.Button:
    if kind in HARMLESS:
        values = values | {"move": str(HARMLESS[kind])}
    return kind(**{field.name: values[field.name] for field in fields(kind)})


def names_of(kind: type[b.Button]) -> set[str]:
    return {field.name for field in fields(kind)}


def buttons_of(
    cast: Cast, values: dict[str, Any]
) -> Iterator[tuple[str, type[b.Button], b.Button, bool, Matter | None]]:
    """Every button about everything: its name, what it is, whether it is about something, and about what."""
    for kind, press in PRESSES.items():
        if press.about is None:
            # Those that a link opens name a thing all the same; it is the service that asks who opened it.
            yield kind.__name__, kind, made(kind, {**cast.things["own"].values, **values}), False, None
            continue
        if kind in OF_THE_WHOLE_NETWORK:
            yield kind.__name__, kind, made(kind, values), True, Matter(None)
            continue
        told_apart = names_of(kind) & {"draft_id", "report_id", "mark"} and kind not in OF_CITY_AND_CYCLE
        for whose, things in cast.things.items():
            if whose.endswith("entered") and not told_apart:
                continue
            missing = names_of(kind) - values.keys() - things.values.keys() - {"move"}
            if missing:
                continue
            is_network = things.matter == Matter(None)
            fits = is_network == (kind in OF_THE_NETWORK) or (kind in OF_BOTH)
            named = {**values, **things.values}
            if kind in OF_CITY_AND_CYCLE:
                named["mark"] = things.values.get("entered_mark", "0" * 16)
            button = made(kind, named)
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
    """A lookup, a question to the secretariat and an announcement of this person's own, and the values of all
    buttons."""
    await stage.ask(player, f"zeppelin harbour masters {player.person.id}")
    await stage.press(player, "Ask the secretariat")
    lookup, question = (stage.sql(f"SELECT max(id) FROM {table}")[0][0] for table in ("lookups", "questions"))
    await stage.ask(player, "/announce")  # a draft is its author's alone
    drafts = "SELECT max(id) FROM announcements WHERE author = ?"
    draft = stage.sql(drafts, player.person.id)[0][0] or VALUES["announcement_id"]
    return VALUES | {"lookup_id": lookup, "question_id": question, "announcement_id": draft}


def depends_on_the_object(person: Person, action: Action) -> bool:
    """Whether it depends on the object: whoever may do it to nothing at all is tried with one."""
    return person_may(person, action)


async def try_everything(
    stage: Stage, cast: Cast, role: str, chat: ChatKind, values: dict[str, Any]
) -> tuple[Tries, dict[str, str]]:
    """Sends every command and presses every button as somebody of this role; what the table says of each."""
    player = cast.players[role]
    person = await person_of(stage, player)
    group = None if chat is ChatKind.PRIVATE else cast.groups[role]
    tries, wanted = Tries(stage, player, group), {}
    for name, command in all_commands().items():
        await tries.say(f"/{name}", f"/{name}")
        wanted[f"/{name}"] = REFUSED
        if person_may(person, command.action):
            here = command.in_groups and person_may(person, command.action, None, ChatKind.GROUP)
            wanted[f"/{name}"] = SERVED if chat is ChatKind.PRIVATE or here else PRIVATE_ONLY
    for name, kind, button, is_about, matter in buttons_of(cast, values):
        if role != "visitor" and PRESSES[kind].action is Action.READ:
            continue  # what everybody may do is tried by who may do nothing else
        if is_about and not depends_on_the_object(person, PRESSES[kind].action) and not name.endswith(" own"):
            continue
        # What is refused in private is refused in a group: there it is enough to try one's own.
        if chat is ChatKind.PRIVATE or not is_about or matter == cast.things["own"].matter:
            wanted[name] = expected(person, kind, is_about, matter, chat)
            await tries.press(name, b.pack(button))
    return tries, wanted


@pytest.mark.parametrize("chat", ChatKind)
async def test_every_command_and_button_gives_each_role_what_the_table_says(
    stage: Stage, cast: Cast, chat: ChatKind
) -> None:
    values = {role: await own_things(stage, cast.players[role]) for role in ROLES}
    tried = {role: await try_everything(stage, cast, role, chat, values[role]) for role in ROLES}
    for role, (tries, wanted) in tried.items():
        found = await tries.outcomes()
        wrong = {name: (found[name], said) for name, said in wanted.items() if found[name] != said}
        assert not wrong, f"{role} in {chat}: (what came, what the table says) {wrong}"
        assert set(wanted.values()) >= {SERVED} | ({PRIVATE_ONLY} if chat is ChatKind.GROUP else set())


@pytest.mark.parametrize("role", ["deputy", "focal point"])
async def test_one_s_own_role_is_kept_by_oneself_and_in_private(stage: Stage, cast: Cast, role: str) -> None:
    player = cast.players[role]
    ((own,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", player.person.id)
    for chat, outcome in ((None, SERVED), (cast.groups[role], PRIVATE_ONLY)):
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
    **dict.fromkeys((Purpose.LATER, Purpose.EXTEND_DAY, Purpose.EXTEND_REASON), "entered_mark"),
    **dict.fromkeys((Purpose.GRANT_DAY, Purpose.DECLINE), "extension_id"),
}
"""What the typed words of a purpose are about."""
NEVER_ENTERED = {"entered_mark", "extension_id"}
"""What the secretariat does not enter in a city's place."""


def purposes_of(cast: Cast) -> Iterator[tuple[str, Purpose, Any, Matter | None]]:
    for purpose, awaited in PURPOSES.items():
        if purpose is Purpose.JOIN:
            continue  # a name or a lookup, as the words are: `test_joining` tells
        field = ABOUT_THINGS.get(purpose)
        if awaited.about is None or field is None:
            assert awaited.about is None, f"{purpose} is about something: say in ABOUT_THINGS about what"
            number = None if field is None else int(cast.things["own"].values[field])
            yield purpose.value, purpose, number, None
            continue
        for whose, things in cast.things.items():
            if field in things.values and not (field in NEVER_ENTERED and whose.endswith("entered")):
                is_network = things.matter == Matter(None)
                matter = things.matter if is_network == (purpose is Purpose.COUNTRIES) else None
                yield f"{purpose.value} of {whose}", purpose, things.values[field], matter


async def test_typed_words_are_what_was_asked_for_only_where_the_table_says_so(
    stage: Stage, cast: Cast
) -> None:
    questions = {role: (await own_things(stage, cast.players[role]))["question_id"] for role in ROLES}
    people = {role: await person_of(stage, cast.players[role]) for role in ROLES}
    for number, (name, purpose, object_id, matter) in enumerate(purposes_of(cast)):
        awaited = PURPOSES[purpose]
        tried = {
            role: person
            for role, person in people.items()
            if depends_on_the_object(person, awaited.action)
            or not name.endswith(("other", "entered", "nothing"))
        }
        for role, player in cast.players.items():
            if role in tried:
                since = datetime.now(UTC)
                is_mark = isinstance(object_id, str)
                asked = Expecting(
                    purpose,
                    questions[role],
                    since=since,
                    object_id=None if is_mark else object_id,
                    key=object_id if is_mark else "worked",
                )
                await expect(stage, player, asked)
                await player.say(f"{role} quokka {number}")
        await stage.settled()
        found = {words for (words,) in stage.sql("SELECT words FROM lookups")}
        for role, person in tried.items():
            has_object = awaited.about is None or matter is not None
            is_theirs = has_object and person_may(person, awaited.action, matter)
            assert (f"{role} quokka {number}" in found) != is_theirs, f"{name} by {role}"


async def test_in_a_group_typed_words_are_never_what_was_asked_for_in_private(
    stage: Stage, cast: Cast
) -> None:
    admin = cast.players["admin"]
    group = cast.groups["admin"]
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
