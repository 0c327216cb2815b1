"""Words that were shown on one screen are never used for what another screen asks."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .reporting_network import PROGRESS, write_reporting_network
from .stage import Stage, data_of, labels, text_of

ANA, BUDI = 5_000_000_011, 5_000_000_012


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge = write_reporting_network(tmp_path)
    async with staged(knowledge, schedules=tmp_path / "schedules") as stage:
        yield stage


@pytest.fixture
async def ana(town: Stage) -> Player:
    return await somebody(town, ANA, "Ana", Role.FOCAL_POINT)


@pytest.fixture
async def budi(town: Stage) -> Player:
    return await somebody(town, BUDI, "Budi", Role.DEPUTY)


async def somebody(stage: Stage, number: int, name: str, role: Role) -> Player:
    player = stage.person(number, name)
    await stage.ask(player, "/help")
    await stage.appoint(player, role, "surabaya")
    return player


def kept(stage: Stage) -> str:
    return str(stage.sql("SELECT answers FROM drafts")[0][0])


async def test_fill_these_in_fills_what_stands_above_it_and_nothing_written_since(
    town: Stage, ana: Player
) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "All in one message")
    await town.ask(ana, "waste per person 0.95 kg, recycling 58 %")
    first = ana.messages()[-1]
    fill = data_of(first, "Fill these in")
    await town.press(ana, "No, ask me one by one")
    await town.press(ana, "All in one message")
    await town.ask(ana, "waste per person 0.91 kg, recycling 60 %")
    await town.forge(ana, fill, first.id)
    assert kept(town) == "{}"


async def test_words_for_a_question_that_a_colleague_has_answered_since_are_not_used_for_the_next_one(
    town: Stage, ana: Player, budi: Player
) -> None:
    await town.ask(ana, "/report")
    await town.ask(budi, "/report")
    await town.press(budi, "Take over")
    await town.ask(ana, "A measured figure")
    waits = ana.messages()[-1].id
    await town.press(budi, "A measured figure")
    await town.ask(budi, "0.95")
    await town.press(budi, "Skip")
    before = kept(town)
    await town.press(ana, "Take over again and use it", waits)
    assert kept(town) == before, "it was meant for the first target"
    assert "What is there for 2026?" in text_of(ana)


async def test_a_reason_for_leaving_a_question_empty_takes_no_answer_away(
    town: Stage, ana: Player, budi: Player
) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "A measured figure")
    await town.press(ana, "I don’t know yet")
    await town.press(ana, "Leave it empty, with a reason")
    await town.ask(budi, "/report")
    await town.press(budi, "Take over")
    await town.ask(budi, "0.95")
    await town.press(budi, "Pause")
    await town.ask(ana, "The scales are broken.")
    assert "0.95" in kept(town)


async def test_a_question_that_is_renamed_while_it_waits_for_a_word_still_waits(
    town: Stage, ana: Player, tmp_path: Path
) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "A measured figure")
    await town.ask(ana, "1,234")
    before = town.focal.knowledge.current.schedules.questionnaires["progress"].version
    renamed = PROGRESS.replace("id: result\n", "id: figure\n    formerly: [result]\n")
    write(tmp_path / "schedules", "questionnaires/progress.yaml", renamed)
    async with asyncio.timeout(10):
        while town.focal.knowledge.current.schedules.questionnaires["progress"].version == before:
            await asyncio.sleep(0.02)
    assert "What did you mean?" in await town.ask(ana, "/report")
    await town.press(ana, next(label for label in labels(ana) if label.startswith("1.234")))
    assert "figure@2007a" in kept(town)


async def test_what_is_typed_while_a_correction_waits_acts_on_no_other_question(
    town: Stage, ana: Player
) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "A measured figure")
    figure = await ana.say("0.97")
    await town.settled()
    await ana.edit(figure.id, "1,234")
    await town.settled()
    assert "What did you mean?" in text_of(ana)
    before = kept(town)
    for words in ("skip", "same as last time"):
        assert "What did you mean?" in await town.ask(ana, words)
    assert kept(town) == before


async def test_a_reason_that_is_too_long_is_asked_again_and_not_cut(town: Stage, ana: Player) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "A measured figure")
    await town.press(ana, "I don’t know yet")
    await town.press(ana, "Leave it empty, with a reason")
    assert "up to 500 characters" in await town.ask(ana, "The scales are broken. " * 25)
    assert "unknown" not in kept(town)
    await town.ask(ana, "The scales are broken.")
    assert "The scales are broken." in kept(town)


async def test_whoever_only_looks_sees_answers_under_the_new_names_of_their_questions(
    town: Stage, ana: Player, budi: Player, tmp_path: Path
) -> None:
    await town.ask(ana, "/report")
    await town.press(ana, "A measured figure")
    await town.ask(ana, "0.97")
    before = town.focal.knowledge.current.schedules.questionnaires["progress"].version
    renamed = PROGRESS.replace("id: result\n", "id: figure\n    formerly: [result]\n")
    write(tmp_path / "schedules", "questionnaires/progress.yaml", renamed)
    async with asyncio.timeout(10):
        while town.focal.knowledge.current.schedules.questionnaires["progress"].version == before:
            await asyncio.sleep(0.02)
    draft = town.sql("SELECT id FROM drafts")[0][0]
    shown = await town.forge(budi, b.AllAnswers(1, draft))
    assert "0.97" in shown
    assert "Set aside" not in shown
    assert '"result@2007a"' in kept(town), "looking changes nothing"


async def test_a_change_of_a_commitment_that_is_gone_is_not_offered_and_says_why(
    town: Stage, ana: Player
) -> None:
    await town.forge(ana, b.Propose("r", "surabaya"))
    assert "Which target?" in text_of(ana)
    draft = town.sql("SELECT id FROM drafts")[0][0]
    town.sql("UPDATE drafts SET subject = 'surabaya-2001'")
    shown = await town.forge(ana, b.Continue(draft))
    assert "no longer in the knowledge" in shown
    assert any("secretariat" in label or "Start" in label for label in labels(ana))
    await town.ask(ana, "/report")
    assert not any("Change of a target" in label for label in labels(ana))
    assert town.sql("SELECT count(*) FROM drafts") == [(2,)], "the one report that waits was opened"
    assert "compost" not in kept(town)
