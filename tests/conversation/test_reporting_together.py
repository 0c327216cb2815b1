"""Colleagues at one report: taking over, one question handed on, and what the secretariat enters itself."""

from __future__ import annotations

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.people import Role
from bot.rehearsal.people import Player

from .conftest import Staged
from .reporting import ANA, BUDI, answered, ask, fill, focal_point, plain, press, seen
from .reporting_network import write_reporting_network
from .stage import AIKO, KENJI, SARI, Stage, labels


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge = write_reporting_network(tmp_path)
    async with staged(knowledge, schedules=tmp_path / "schedules") as stage:
        yield stage


@pytest.fixture
async def ana(town: Stage) -> Player:
    return await focal_point(town)


@pytest.fixture
async def budi(town: Stage) -> Player:
    player = await focal_point(town, BUDI, "Budi")
    await town.appoint(player, Role.DEPUTY, "surabaya")
    return player


async def test_a_colleague_sees_who_is_at_it_and_takes_over(town: Stage, ana: Player, budi: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    shown = await ask(town, budi, "/report")
    assert "Ana is at question 2 (Waste per person: result)." in shown
    assert "Just to look at" in await press(town, budi, "Just look")
    await ask(town, budi, "/report")
    after = await press(town, budi, "Take over")
    assert "You go on where Ana was" in after
    assert "What is the figure?" in after
    assert "Budi goes on with this report now." in seen(ana)


async def test_words_of_whoever_was_taken_over_are_not_lost(town: Stage, ana: Player, budi: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, budi, "/report")
    await press(town, budi, "Take over")
    said = await ask(town, ana, "0.97")
    assert "“0.97”" in said
    assert "result" not in answered(town)
    assert "I read 0.97 kg per person per day." in await press(town, ana, "Take over again and use it")
    assert "Ana goes on with this report now." in seen(budi)


async def test_after_half_an_hour_of_silence_nobody_asks(town: Stage, ana: Player, budi: Player) -> None:
    await ask(town, ana, "/report")
    town.sql("UPDATE drafts SET touched_at = datetime('now', '-31 minutes') || '.000000'")
    assert "What is there for 2026?" in await ask(town, budi, "/report")


async def link_for_a_colleague(town: Stage, ana: Player) -> str:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await press(town, ana, "I don’t know yet")
    shown = await press(town, ana, "Ask a colleague")
    found = re.search(r"\?start=(q_[A-Za-z0-9_-]+)", shown)
    assert found, shown
    assert "Recycling" in await press(town, ana, "Go on with the next one") or True
    return found.group(1)


async def test_one_question_is_answered_by_a_colleague_who_sees_nothing_else(
    town: Stage, ana: Player
) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    assert "What is your name?" in await ask(town, sari, f"/start {payload}")
    question = await ask(town, sari, "Sari Dewi")
    assert "What is the figure?" in question
    assert "Evidence" not in question
    assert "What did you mean?" in await ask(town, sari, "1,234")
    reading = next(label for label in labels(sari) if label.startswith("1.234"))
    assert "Thank you" in await press(town, sari, reading)
    assert "Sari Dewi has answered" in seen(ana)
    assert '"told_by": "Sari Dewi"' in answered(town)
    assert "opens nothing" in await ask(town, sari, f"/start {payload}")


async def test_a_link_is_for_the_first_who_opens_it_and_ends_with_the_report(
    town: Stage, ana: Player
) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari, other = town.person(SARI, "Sari"), town.person(KENJI, "Kenji")
    await ask(town, sari, f"/start {payload}")
    assert "opens nothing" in await ask(town, other, f"/start {payload}")
    assert "What is your name?" in await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    assert "number" in await ask(town, sari, "a lot")
    await town.forge(other, "H1:r:0")
    assert "result" not in answered(town)
    town.sql("UPDATE handed_questions SET expires_at = '2020-01-01 00:00:00.000000'")
    assert "opens nothing" in await ask(town, sari, "0.95")
    assert "result" not in answered(town)


async def test_an_odd_figure_of_a_colleague_is_asked_back_and_its_files_are_taken(
    town: Stage, ana: Player
) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    assert "Did you mean" in await ask(town, sari, "970")
    assert "Thank you" in await press(town, sari, "It is right as it stands")
    assert "looked odd" in seen(ana)


async def test_the_secretariat_enters_what_it_learned(town: Stage, ana: Player) -> None:
    aiko = town.person(AIKO, "Aiko")
    await ask(town, aiko, "/help")
    await town.forge(aiko, "Tv:surabaya")
    assert "What did you visit, and when?" in seen(aiko)
    assert "What is there for 2026?" in await ask(town, aiko, "The landfill at Benowo, 3 November")
    await press(town, aiko, "Nothing yet")
    source = town.sql("SELECT source, source_note FROM drafts")
    assert source == [("site-visit", "The landfill at Benowo, 3 November")]
    assert "What is there for 2026?" in await ask(town, ana, "/report"), "the city has a draft of its own"


async def test_what_was_learned_elsewhere_is_a_draft_of_its_own_and_takes_none_from_a_colleague(
    town: Stage,
) -> None:
    aiko, kenji = town.person(AIKO, "Aiko"), town.person(KENJI, "Kenji")
    for player in (aiko, kenji):
        await ask(town, player, "/help")
    await town.appoint(kenji, Role.SECRETARIAT)
    await town.forge(aiko, "Tv:surabaya")
    await ask(town, aiko, "The landfill at Benowo, 3 November")
    await press(town, aiko, "Nothing yet")
    await town.forge(kenji, "Tp:surabaya")
    assert "Which publication is it" in seen(kenji)
    await ask(town, kenji, "Yearbook, page 12")
    found = town.sql("SELECT source, source_note, answers = '{}' FROM drafts ORDER BY id")
    assert found == [
        ("site-visit", "The landfill at Benowo, 3 November", 0),
        ("published", "Yearbook, page 12", 1),
    ]
    logged = town.sql("SELECT after FROM audit WHERE event = 'draft-begun' ORDER BY id")
    assert logged == [("site-visit",), ("published",)]
    assert len(set(labels(aiko))) == len(labels(aiko))
    await town.forge(kenji, "Tv:surabaya")
    assert "Aiko" in seen(kenji) or "colleague" in seen(kenji)
    assert town.sql("SELECT source_note FROM drafts WHERE source = 'site-visit'") == [
        ("The landfill at Benowo, 3 November",)
    ]


async def test_a_questionnaire_that_is_gone_loses_nothing(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    town.sql("UPDATE drafts SET questionnaire = 'lost'")
    said = await ask(town, ana, "0.97")
    assert "being rebuilt" in said
    assert "state@2007a" in answered(town)
    assert labels(ana)
    assert "being rebuilt" not in await ask(town, ana, "compost"), "plain words are looked up again"


async def test_whoever_has_no_right_any_more_changes_nothing(town: Stage, ana: Player) -> None:
    await fill(town, ana)
    send = next(key["callback_data"] for key in ana.messages()[-1].buttons if "Send" in key["text"])
    town.sql("UPDATE memberships SET state = 'ended' WHERE person = ?", ANA)
    assert "📨" not in plain(await town.forge(ana, send))
    assert town.sql("SELECT count(*) FROM reports") == [(0,)]


async def test_a_reading_that_seems_odd_in_its_turn_is_kept_as_it_was_tapped(
    town: Stage, ana: Player
) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    await ask(town, sari, "1,234")
    thousand = next(label for label in labels(sari) if label.startswith("1\u202f234") or "1,234" in label)
    assert "Did you mean" in await press(town, sari, thousand)
    assert "Thank you" in await press(town, sari, "It is right as it stands")
    assert '"value": "1234"' in answered(town)


async def test_an_old_button_of_a_colleague_s_earlier_words_keeps_nothing(town: Stage, ana: Player) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    await ask(town, sari, "1,234")
    old = sari.messages()[-1].buttons[0]["callback_data"]
    await ask(town, sari, "5,678")
    await town.forge(sari, old)
    assert "result@2007a" not in answered(town)


async def test_the_file_of_a_colleague_comes_to_those_that_are_there(town: Stage, ana: Player) -> None:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    await ana.send_photo()
    await town.settled()
    await press(town, ana, "I don’t know yet")
    found = re.search(r"\?start=(q_[A-Za-z0-9_-]+)", await press(town, ana, "Ask a colleague"))
    assert found
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {found.group(1)}")
    await ask(town, sari, "Sari")
    await sari.send_document("scales.pdf", b"%PDF-1.4")
    await town.settled()
    assert "Thank you" in seen(sari)
    assert len(json.loads(answered(town))["evidence@2007a"]["value"]["attachments"]) == 2


async def link_for_evidence(town: Stage, ana: Player) -> str:
    await ask(town, ana, "/report")
    await press(town, ana, "A measured figure")
    await ask(town, ana, "0.97")
    await press(town, ana, "I don’t know yet")
    found = re.search(r"\?start=(q_[A-Za-z0-9_-]+)", await press(town, ana, "Ask a colleague"))
    assert found
    return found.group(1)


def files_of(town: Stage) -> int:
    return len(json.loads(answered(town))["evidence@2007a"]["value"]["attachments"])


async def test_an_album_of_a_colleague_comes_as_a_whole(town: Stage, ana: Player) -> None:
    payload = await link_for_evidence(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    for page in range(3):
        await sari.send_document(f"page-{page}.pdf", f"%PDF-1.{page}".encode())
    await town.settled()
    assert "Is there more?" in seen(sari)
    assert files_of(town) == 3
    assert sum("has answered" in message.text for message in ana.messages()) == 1
    assert "opens nothing" not in await ask(town, sari, "compost"), "words are looked up again"
    await sari.send_document("late.pdf", b"%PDF-1.9")
    await town.settled()
    assert files_of(town) == 3


async def test_more_files_of_a_colleague_have_an_end(town: Stage, ana: Player) -> None:
    payload = await link_for_evidence(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    for page in range(11):
        await sari.send_document(f"page-{page}.pdf", f"%PDF-1.{page}".encode())
        await town.settled()
    assert "takes 10 files" in seen(sari)
    assert town.sql("SELECT count(*) FROM attachments") == [(10,)]
    town.sql("UPDATE handed_questions SET answered_at = datetime('now', '-11 minutes') || '.000000'")
    await sari.send_document("late.pdf", b"%PDF-1.9")
    await town.settled()
    assert "opens nothing" in seen(sari)


async def test_a_file_for_a_question_that_takes_none_or_a_link_that_is_over_is_not_kept(
    town: Stage, ana: Player
) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    await ask(town, sari, "Sari")
    await sari.send_photo()
    await town.settled()
    assert "What is the figure?" in seen(sari)
    town.sql("UPDATE handed_questions SET expires_at = '2020-01-01 00:00:00.000000'")
    await sari.send_photo()
    await town.settled()
    assert "opens nothing" in seen(sari)
    assert town.sql("SELECT count(*) FROM attachments") == [(0,)]


async def test_a_long_name_of_a_colleague_is_asked_again_and_not_cut(town: Stage, ana: Player) -> None:
    payload = await link_for_a_colleague(town, ana)
    sari = town.person(SARI, "Sari")
    await ask(town, sari, f"/start {payload}")
    assert "80 characters" in await ask(town, sari, "Sari " * 20)
    name = "Sari " + "Dewi " * 14 + "Sari"
    await ask(town, sari, name)
    await ask(town, sari, "0.97")
    assert name in answered(town)
