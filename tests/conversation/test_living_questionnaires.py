"""A questionnaire is edited while a report is being filled in: the admins learn what it means for it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.domain.answers import Answer, AnswerState, Words
from bot.domain.drafts import Draft
from bot.domain.questionnaires import Form
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .stage import AIKO, Stage, text_of
from .test_living_content import comes_true

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FILE = "questionnaires/progress.yaml"
TEXT = "title: A\nquestions:\n  - {id: rain, type: text, ask: A}\n"


async def begun(stage: Stage) -> None:
    """Somebody in Surabaya has answered the only question."""
    answers = {"rain": Answer(AnswerState.GIVEN, 7, NOW, Words("Much"))}
    draft = Draft(
        0, Form.PROGRESS, "surabaya", "progress", NOW, NOW, cycle="2026", answers=answers, known=("rain",)
    )
    await stage.focal.database.run(lambda work: work.drafts.add(draft))


async def test_an_edit_that_touches_drafts_is_told_to_the_admins(staged: Staged, network: Path) -> None:
    schedules = network.parent / "schedules"
    write(schedules, FILE, TEXT)
    async with staged(network) as stage:
        aiko: Player = stage.person(AIKO, "Aiko", "en")
        await stage.ask(aiko, "/help")
        await begun(stage)
        write(schedules, FILE, TEXT.replace("ask: A", "ask: B"))

        async def is_served(words: str) -> bool:
            served = stage.focal.knowledge.current.schedules.questionnaires["progress"]
            return words in str(served.questions)

        await comes_true(lambda: is_served("'B'"))
        write(schedules, FILE, TEXT.replace("id: rain", "id: snow"))

        async def is_told() -> bool:
            await stage.settled()
            return "No answer is lost" in text_of(aiko)

        await comes_true(is_told)
        told = text_of(aiko)

    assert "in 1 an answer to rain is set aside" in told.replace("`", "")
    assert "needs a correction" not in told
    assert sum("No answer is lost" in message.text for message in aiko.messages()) == 1


async def test_a_questionnaire_that_goes_while_drafts_are_open_is_told(staged: Staged, network: Path) -> None:
    schedules = network.parent / "schedules"
    write(schedules, FILE, TEXT)
    year = "title: A\nperiod: 2026\nopens: 2026-10-01\ndeadline: 2026-12-15\nquestionnaire: progress\n"
    write(schedules, "cycles/2026.yaml", year)
    async with staged(network) as stage:
        aiko: Player = stage.person(AIKO, "Aiko", "en")
        await stage.ask(aiko, "/help")
        await begun(stage)
        (schedules / FILE).unlink()

        async def is_told() -> bool:
            await stage.settled()
            return "progress, which is gone" in text_of(aiko).replace("`", "")

        await comes_true(is_told)

    assert "no questionnaires/progress.yaml" in text_of(aiko), "the cycle that names it is told as well"
