"""People who try what is not theirs: old buttons, forged ones, links of others, names that are traps."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.chat.presses import PRESSES
from bot.domain import buttons as b
from bot.domain.people import Action, Role
from bot.domain.views import NotAllowed, PrivateOnly
from bot.domain.views.handing import HandedGone
from bot.domain.views.membership import LinkOver
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.people import Player

from .conftest import Staged
from .review_town import sent, told, write_town
from .rights_town import Tries
from .stage import Stage, answers, labels, text_of
from .test_joining import invited, join, newest_link

GROUP = -1_001_234_567_890
QUESTION_LINK = re.compile(r"start=(q_[\w-]{22})")
UNSEEN_HERE = {"inbox", "outbox", "alembic_version", "facts", "leases", "lookups", "sqlite_sequence"}
"""Tables in which every update leaves its trace. A lookup is nobody's."""


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def ana(stage: Stage, aiko: Player) -> Player:
    """The focal point of Surabaya, who came by a link."""
    player = stage.person(70_001, "Ana")
    await join(stage, player, await invited(stage, aiko), name="Ana Nightingale")
    return player


async def answered_first(stage: Stage, ana: Player) -> None:
    """Her draft is open at its second question."""
    await stage.ask(ana, "/report")
    await stage.press(ana, "A measured figure")


async def at_the_summary(stage: Stage, ana: Player, words: str = "Baskets.") -> None:
    await answered_first(stage, ana)
    await stage.ask(ana, "-32.4")
    await stage.press(ana, "Exceeded")
    await stage.press(ana, "Skip")
    await stage.ask(ana, words)
    assert any("Send to the secretariat" in label for label in labels(ana)), text_of(ana)


async def handed_link(stage: Stage, ana: Player) -> str:
    """She hands the open question to a colleague."""
    await stage.press(ana, "I don’t know")
    await stage.press(ana, "Ask a colleague")
    found = QUESTION_LINK.search(text_of(ana))
    assert found is not None, text_of(ana)
    return found[1]


def dump(stage: Stage, *apart: str) -> dict[str, list[str]]:
    """All rows of all tables without moments of contact, and without rows that name one of these."""
    tables = [name for (name,) in stage.sql("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {}
    for table in sorted(set(tables) - UNSEEN_HERE):
        columns = [row[1] for row in stage.sql(f"PRAGMA table_info({table})") if row[1] != "last_seen"]
        rows = map(repr, stage.sql(f"SELECT {', '.join(columns)} FROM {table}"))
        found[table] = sorted(row for row in rows if not any(name in row for name in apart))
    return found


def traces_of(stage: Stage, player: Player) -> tuple[str, ...]:
    """By what rows name somebody: the number and the code of the log."""
    handles = stage.sql("SELECT handle FROM people WHERE id = ?", player.person.id)
    return (str(player.person.id), *(handle for (handle,) in handles if handle))


def buttons_sent(stage: Stage) -> list[str]:
    """The data of every button that the bot has ever sent to anybody, each once, as first seen."""
    found: dict[str, None] = {}
    for call in stage.emulator.calls:
        markup: Any = call.params.get("reply_markup")
        markup = json.loads(markup) if isinstance(markup, str) else markup
        for row in (markup or {}).get("inline_keyboard", []):
            found.update(dict.fromkeys(key["callback_data"] for key in row if "callback_data" in key))
    return list(found)


async def press_all(stage: Stage, player: Player, data: list[str]) -> dict[str, str]:
    tries = Tries(stage, player)
    for one in data:
        await tries.press(one, one)
    return await tries.outcomes()


async def a_long_story(stage: Stage, aiko: Player, kenji: Player, ana: Player) -> Player:
    """From the first question to the accepted report, with everything around it; the focal point of Naga."""
    marie = stage.person(70_002, "Marie")
    await join(stage, marie, await invited(stage, aiko, city="Naga"), name="Marie Adjo")
    await stage.ask(kenji, "/start")
    await at_the_summary(stage, ana)
    await stage.press(ana, "✏ 3")
    await handed_link(stage, ana)
    await stage.ask(ana, "/report")
    await stage.ask(ana, "zeppelin harbour masters")
    await stage.ask(ana, "/report")
    ((draft, version),) = stage.sql("SELECT id, version FROM drafts WHERE city = 'surabaya'")
    await stage.forge(ana, b.Move(draft, version, b.Step.SUMMARY, ""))
    await stage.press(ana, "Send to the secretariat")
    await stage.ask(aiko, "/review")
    await stage.press(aiko, "surabaya-open")
    await stage.press(aiko, "Return answers")
    await stage.press(aiko, "result")
    await stage.ask(aiko, "Which baseline?")
    await stage.press(aiko, "Return one answer")
    await stage.press(ana, "Open these answers")
    await stage.ask(ana, "-31")
    ((version,),) = stage.sql("SELECT version FROM drafts WHERE id = ?", draft)
    await stage.forge(ana, b.Move(draft, version, b.Step.SUMMARY, ""))
    await stage.press(ana, "Send to the secretariat")
    await stage.ask(kenji, "/review")
    await stage.press(kenji, "surabaya-open")
    await stage.press(kenji, "Accept")
    for player, words in ((ana, "/status"), (ana, "/mydata"), (ana, "/forget"), (aiko, "/people")):
        await stage.ask(player, words)
    await stage.press(aiko, "Ana Nightingale")
    for player, words in ((aiko, "/invite"), (aiko, "/overview"), (aiko, "/questions"), (aiko, "/content")):
        await stage.ask(player, words)
    ((role,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", ana.person.id)
    await stage.forge(ana, b.Keep(role, b.KeepMove.ASK_HAND_OVER))
    await stage.press(ana, "Make the link")
    assert stage.sql("SELECT state FROM reports ORDER BY id") == [("returned",), ("accepted",)]
    return marie


async def test_every_button_ever_sent_changes_nothing_for_those_whose_it_is_not(
    stage: Stage, aiko: Player, kenji: Player, ana: Player
) -> None:
    marie = await a_long_story(stage, aiko, kenji, ana)
    # Whoever presses "forget me" is forgotten, with the count of what they pressed: that has tests of its own.
    data = [one for one in buttons_sent(stage) if one != b.pack(b.OwnDataDo(b.OwnMove.FORGET_SURELY))]
    kinds = {type(b.unpack(one)) for one in data}
    assert {b.Tap, b.Move, b.ReviewDo, b.MemberDo, b.Keep, b.Join, b.InvitationDo} <= kinds
    visitor = stage.person(70_009, "Vera")
    await stage.ask(visitor, "/help")
    of_nobody = [one for one in data if PRESSES[type(b.unpack(one))].action is Action.READ]
    personal = [one for one in data if one not in of_nobody]
    for stranger, pressed in ((visitor, data), (marie, personal)):
        before = dump(stage, *traces_of(stage, stranger))
        outcomes = await press_all(stage, stranger, pressed)
        assert "" not in outcomes.values(), "every press is answered"
        assert dump(stage, *traces_of(stage, stranger)) == before, stranger.person.first_name
    # The one whose buttons they were: the report is accepted, and what led to it does nothing twice.
    of_dialog = [
        one for one in data if isinstance(b.unpack(one), b.Tap | b.Move | b.PickReading | b.HandedTap)
    ]
    told_before = dump(stage)
    outcomes = await press_all(stage, ana, of_dialog)
    assert "" not in outcomes.values()
    for table in ("drafts", "reports", "attachments", "handed_questions", "memberships", "audit"):
        assert dump(stage)[table] == told_before[table], table
    # And when she is removed, everything that she ever saw is a refusal, or changes nothing.
    ((role,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", ana.person.id)
    await stage.forge(aiko, b.MemberDo(role, b.MemberMove.REMOVE))
    before = dump(stage, *traces_of(stage, ana))
    outcomes = await press_all(stage, ana, personal)
    assert "" not in outcomes.values()
    assert dump(stage, *traces_of(stage, ana)) == before
    assert stage.sql("SELECT state FROM memberships WHERE person = ?", ana.person.id) == [("ended",)]
    assert stage.sql("SELECT count(*) FROM inbox WHERE reason IS NOT NULL") == [(0,)], (
        "nothing broke on the way"
    )


# --- rights that are lost


async def removed(stage: Stage, aiko: Player, player: Player) -> None:
    ((role,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", player.person.id)
    await stage.forge(aiko, b.MemberDo(role, b.MemberMove.REMOVE))


async def test_a_removed_focal_point_sends_types_shows_and_corrects_nothing(
    stage: Stage, aiko: Player, ana: Player
) -> None:
    await answered_first(stage, ana)
    figure = await ana.say("-32.4")
    await stage.settled()
    await stage.press(ana, "Exceeded")
    await stage.press(ana, "Skip")
    await stage.ask(ana, "Baskets.")
    summary = ana.messages()[-1]
    await removed(stage, aiko, ana)
    before = dump(stage, *traces_of(stage, ana))
    drafts = dump(stage)["drafts"]
    assert await stage.press(ana, "Send to the secretariat", summary.id) == stage.says(NotAllowed())
    await stage.ask(ana, "-99")
    await ana.edit(figure.id, "-98")
    await ana.send_photo(caption="-97")
    await stage.settled()
    await stage.ask(ana, "/report")
    assert await stage.ask(ana, "/status") == stage.says(NotAllowed())
    assert dump(stage)["drafts"] == drafts
    assert dump(stage, *traces_of(stage, ana)) == before
    assert stage.sql("SELECT count(*) FROM reports") == [(0,)]


async def test_a_link_that_a_removed_focal_point_gave_away_answers_nothing_for_them(
    stage: Stage, aiko: Player, ana: Player
) -> None:
    await answered_first(stage, ana)
    link = await handed_link(stage, ana)
    carlos, second = stage.person(70_003, "Carlos"), stage.person(70_004, "Second account")
    await stage.ask(carlos, f"/start {link}")
    await stage.ask(carlos, "Carlos")
    await removed(stage, aiko, ana)
    before = dump(stage)["drafts"]
    heard = len(answers(ana))
    assert await stage.ask(carlos, "-10") == stage.says(HandedGone())
    assert await stage.ask(second, f"/start {link}") == stage.says(HandedGone())
    assert await stage.ask(ana, f"/start {link}") == stage.says(HandedGone())
    assert dump(stage)["drafts"] == before
    assert len(answers(ana)) == heard + 1, "she hears nothing more of the city"


async def test_the_link_of_one_question_opens_it_for_one_person_and_nothing_else(
    stage: Stage, aiko: Player, ana: Player
) -> None:
    await answered_first(stage, ana)
    link = await handed_link(stage, ana)
    carlos, eve = stage.person(70_003, "Carlos"), stage.person(70_004, "Eve")
    await stage.ask(carlos, f"/start {link}")
    assert await stage.ask(eve, f"/start {link}") == stage.says(HandedGone())
    ((handed, draft),) = stage.sql("SELECT id, draft_id FROM handed_questions")
    before = dump(stage, *traces_of(stage, eve), *traces_of(stage, carlos))
    for move in b.Handed:
        assert await stage.forge(eve, b.HandedTap(handed, move, 0)) == stage.says(HandedGone())
    # Whoever may answer the one question may not look at the draft around it.
    for button in (b.Continue(draft), b.AllAnswers(1, draft), b.Move(draft, 1, b.Step.SEND, "")):
        assert await stage.forge(carlos, button) == stage.says(NotAllowed())
    assert dump(stage, *traces_of(stage, eve), *traces_of(stage, carlos)) == before


async def test_a_hand_over_link_gives_nothing_that_its_giver_has_lost(
    stage: Stage, aiko: Player, ana: Player
) -> None:
    ((role,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", ana.person.id)
    await stage.forge(ana, b.Keep(role, b.KeepMove.HAND_OVER))
    link = newest_link(ana)
    await stage.forge(aiko, b.MemberDo(role, b.MemberMove.SWAP))
    friend = stage.person(70_005, "Friend")
    assert await stage.ask(friend, f"/start {link}") == stage.says(LinkOver())
    assert stage.sql("SELECT role, state FROM memberships") == [("deputy", "active")]


async def test_a_reviewer_who_is_limited_meanwhile_returns_nothing_and_is_not_stuck(
    stage: Stage, aiko: Player, kenji: Player, ana: Player
) -> None:
    kenya = stage.person(70_006, "Kenya")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    report = await sent(stage, ana, told(ana))
    await stage.forge(kenya, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    await stage.forge(kenya, b.ReviewAnswer(2, b.AnswerMove.RETURN, report.id, "result@2007a"))
    ((role,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", kenya.person.id)
    await stage.forge(aiko, b.OfficeMemberDo(role, b.MemberMove.LIMIT))
    await stage.ask(aiko, "PH")
    assert "Rainwater" in await stage.ask(kenya, "rainwater tanks")
    assert stage.sql("SELECT returned FROM reports") == [("{}",)]
    assert await stage.ask(kenya, "/review") != stage.says(NotAllowed())
    assert "surabaya-open" not in " ".join(labels(kenya))


async def test_nobody_makes_themselves_more_than_they_are(stage: Stage, aiko: Player, ana: Player) -> None:
    kenya = stage.person(70_006, "Kenya")
    await stage.ask(kenya, "/start")
    await stage.appoint(kenya, Role.SECRETARIAT)
    ((hers,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", ana.person.id)
    ((theirs,),) = stage.sql("SELECT id FROM memberships WHERE person = ?", kenya.person.id)
    before = dump(stage)["memberships"]
    for player in (ana, kenya):
        for rank in range(6):
            await stage.forge(player, b.Appoint(rank))
        for rank in (0, 3, 4, 5):
            await stage.forge(player, b.InviteTo(rank, "surabaya"))
        for move in set(b.MemberMove) - {b.MemberMove.OPEN}:
            own = hers if player is ana else theirs
            await stage.forge(player, b.MemberDo(own, move))
            await stage.forge(player, b.OfficeMemberDo(own, move))
    assert dump(stage)["memberships"] == before
    assert stage.sql("SELECT count(*) FROM invitations WHERE used_by IS NULL") == [(0,)], (
        "and no link was made"
    )
    mine = await invited(stage, kenya)
    await stage.ask(kenya, f"/start {mine}")
    assert dump(stage)["memberships"] == before, "one's own link is to be passed on"


# --- guessing


async def test_wrong_links_of_both_kinds_count_together(stage: Stage, aiko: Player, ana: Player) -> None:
    await answered_first(stage, ana)
    link = await handed_link(stage, ana)
    eve, carlos = stage.person(70_004, "Eve"), stage.person(70_003, "Carlos")
    for number in range(5):
        kind = "i_" if number % 2 else "q_"
        await stage.ask(eve, f"/start {kind}{number:022}")
    assert await stage.ask(eve, f"/start {link}") == stage.says(HandedGone())
    assert await stage.ask(carlos, f"/start {link}") != stage.says(HandedGone())


# --- in a group


async def test_nothing_personal_is_ever_said_in_a_group(stage: Stage, aiko: Player, ana: Player) -> None:
    await at_the_summary(stage, ana, "Canary Quetzal.")
    group = stage.emulator.group(GROUP, "Office", [ana, aiko])
    await stage.settled()
    for player, command in (
        *((ana, f"/{name}") for name in ("report", "status", "mydata", "forget")),
        *((aiko, f"/{name}") for name in ("overview", "people", "invite", "review", "questions", "mydata")),
    ):
        assert await stage.ask_in(group, player, command) == stage.says(PrivateOnly()), command
    await stage.ask_in(group, ana, "/help")
    below = group.messages()[-1].id
    drafts = dump(stage)["drafts"]
    for player, data in ((ana, [*buttons_sent(stage), b.pack(b.ToReport())]), (aiko, buttons_sent(stage))):
        tries = Tries(stage, player, group)
        for one in data:
            await tries.press(one, one)
        await tries.outcomes()
    await ana.press_data(b.pack(b.ToReport()), below, group)
    await stage.settled()
    said = "".join(message.text for message in group.messages())
    for secret in ("Quetzal", "Nightingale", "32.4", "Reports of this year"):
        assert secret not in said
    assert dump(stage)["drafts"] == drafts


# --- traps in words


TRAPS = {
    '<b>Ana</b> & "Co"': '<b>Ana</b> & "Co"',
    '<a href="tg://user?id=1">Aiko</a>': '<a href="tg://user?id=1">Aiko</a>',
    "Ana\u202egnp.exe": "Anagnp.exe",
    "A\u200bn\u2060a\ufeff": "Ana",
    "Ana\n\n👮 The office says: accepted": "Ana 👮 The office says: accepted",
    "{{ view.token }} {% raw %}": "{{ view.token }} {% raw %}",
}


async def test_a_name_that_is_a_trap_stands_in_one_line_as_it_was_written(stage: Stage, aiko: Player) -> None:
    for number, (name, shown) in enumerate(TRAPS.items()):
        player = stage.person(71_000 + number, f"Trap {number}")
        await join(stage, player, await invited(stage, aiko), name=name)
        told_ = next(text for text in reversed(answers(aiko)) if "has joined" in text)
        assert f"\u2068{shown}\u2069" in told_
    for page in (1, 2):
        await stage.forge(aiko, b.People(page))
        for message in aiko.messages():
            assert not any(
                entity.get("type") == "text_link" for entity in message.content.get("entities", ())
            )


async def test_a_name_as_long_as_a_message_is_not_kept(stage: Stage, aiko: Player) -> None:
    eve = stage.person(70_004, "Eve")
    await stage.ask(eve, f"/start {await invited(stage, aiko)}")
    await stage.press(eve, "Begin")
    for name in ("N" * 10_000, "<b>" * 1_300, "\u202e" * 4_000):
        await stage.ask(eve, name)
    assert stage.sql("SELECT count(*) FROM memberships") == [(0,)]
    assert stage.sql("SELECT length(expecting) < 300 FROM people WHERE id = ?", eve.person.id) == [(1,)]


async def test_an_answer_that_is_a_trap_reaches_the_secretariat_as_words(
    stage: Stage, aiko: Player, ana: Player
) -> None:
    trap = '</b><a href="tg://user?id=1">Accept</a> \u202e{{ 7*7 }} & <script>'
    await at_the_summary(stage, ana, trap)
    await stage.press(ana, "Send to the secretariat")
    await stage.ask(aiko, "/review")
    await stage.press(aiko, "surabaya-open")
    for _ in range(4):
        if "Accept</a>" in text_of(aiko):
            break
        await stage.press(aiko, "Next")
    assert '</b><a href="tg://user?id=1">Accept</a>' in text_of(aiko)
    assert "{{ 7*7 }} & <script>" in text_of(aiko)
    for message in aiko.messages():
        assert not any(entity.get("type") == "text_link" for entity in message.content.get("entities", ()))
    assert "\u202e" not in text_of(aiko), "nothing turns what stands beside it"


async def test_a_file_is_kept_under_a_name_of_ours_whatever_its_own(stage: Stage, ana: Player) -> None:
    await answered_first(stage, ana)
    ((draft,),) = stage.sql("SELECT id FROM drafts")
    asked = {path for path in stage.data.parent.rglob("*") if path.is_file()}
    for name in ("../../x.sh", "report.pdf.exe", "C:\\x.bat", "ab\u202egpj.exe"):
        await ana.send_document(name, b"#!/bin/sh\n")
    await stage.settled()
    assert stage.sql("SELECT count(*) FROM attachments") == [(0,)]
    await ana.send_document("../../../x.pdf", b"%PDF-1.4 canary")
    await stage.settled()
    new = {path for path in stage.data.parent.rglob("*") if path.is_file()} - asked
    assert not any(path.name.startswith("x") for path in new)
    stored = [path for (path,) in stage.sql("SELECT path FROM attachments WHERE path IS NOT NULL")]
    assert all(re.fullmatch(r"[0-9a-f]{32}", path) for path in stored)
    assert draft


# --- what logs keep


async def test_names_answers_and_tokens_are_in_no_log_and_no_reason(
    stage: Stage,
    aiko: Player,
    ana: Player,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    for name in ("bot", "telegram", "sqlalchemy"):
        caplog.set_level(logging.DEBUG if name == "bot" else logging.WARNING, name)
    await at_the_summary(stage, ana, "Quetzal answered.")
    await ana.send_document("quetzal.pdf", b"%PDF-1.4")
    await stage.ask(ana, f"/start i_{'Quetzal':_<22}")
    stage.emulator.fault(FaultKind.CHAT_NOT_FOUND, "sendMessage")
    await stage.ask(ana, "/status")
    stage.emulator.fault(FaultKind.SERVER_ERROR, "sendMessage")
    await stage.ask(ana, "Quetzal again?")
    broken = {"message_id": "?", "date": "yesterday", "chat": {"id": 5}, "text": "Quetzal Nightingale"}
    stage.emulator.put_update(900_000_001, "message", broken)
    await stage.settled()
    kept = [row for table in ("inbox", "outbox") for row in stage.sql(f"SELECT reason FROM {table}")]
    assert any(reason for (reason,) in kept), "something went wrong, as it should"
    written = "".join(capfd.readouterr()) + caplog.text + repr(kept)
    written += repr(stage.sql("SELECT * FROM audit"))
    for canary in ("Quetzal", "quetzal", "Nightingale", "-32.4", stage.emulator.token):
        assert canary not in written, canary


async def test_the_log_of_changes_cannot_be_changed(stage: Stage, ana: Player) -> None:
    with pytest.raises(Exception, match="only ever added to"):
        stage.sql("UPDATE audit SET event = 'joined'")
    with pytest.raises(Exception, match="only ever added to"):
        stage.sql("DELETE FROM audit")
