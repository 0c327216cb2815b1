"""Promises without a figure: the reviewer judges them, and the city sees it once the report is accepted."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.answers import Answer, Codes, Words
from bot.domain.audit import Event
from bot.domain.people import Role
from bot.domain.reports import Report, ReportState
from bot.domain.views import NotAllowed, OldButton
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .review_town import given, logged, sent, state_of, write_town
from .stage import Stage, answers, labels, text_of

LONG_GONE = 999_999
COMMITMENT = """---
title: {en: "Surabaya's promises without a figure"}
city: surabaya
made: 2010
due: 2030
targets:
  - {id: b, kind: scale, indicator: waste-generation, due: 2030, text: {en: Promote composting.}}
  - {id: c, kind: milestone, indicator: waste-generation, due: 2030, text: {en: Pass a bylaw on waste.}}
---
"""
PROGRESS = """
title: {en: Progress report}
questions:
  - {id: level, type: scale, means: scale, each: target, targets: [scale], ask: {en: How far?}, short: {en: How far}}
  - {id: done, type: yes-no, means: done, each: target, targets: [milestone], ask: {en: Is it done?}}
  - {id: words, type: text, means: words, each: target, ask: {en: What is there?}, short: {en: In words}}
"""


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    write(knowledge, "commitments/surabaya-2010.md", COMMITMENT)
    write(schedules, "questionnaires/progress.yaml", PROGRESS)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, aiko: Player, kenji: Player) -> Stage:
    for player in (sari, aiko, kenji):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    return stage


def told(player: Player, landfills: str = "Two landfills.") -> Mapping[str, Answer]:
    """Of the work on composting a level, of the bylaw only words."""
    return {
        "level@2010b": given(player, Codes(("3",))),
        "words@2010b": given(player, Words(landfills)),
        "words@2010c": given(player, Words("The bylaw is before the council.")),
    }


@pytest.fixture
async def report(town: Stage, sari: Player) -> Report:
    return await sent(town, sari, told(sari))


async def opened_at(stage: Stage, player: Player, words: str) -> str:
    """Opens the report and turns its pages until these words stand there."""
    await stage.ask(player, "/review")
    await stage.press(player, "surabaya-open")
    for _ in range(5):
        if words in text_of(player):
            break
        await stage.press(player, "Next")
    return text_of(player)


def pressable(player: Player) -> list[str]:
    """What the buttons of the newest message carry."""
    return [str(key["callback_data"]) for key in player.messages()[-1].buttons if "callback_data" in key]


async def kept(stage: Stage, report: Report) -> Mapping[str, str]:
    found = await stage.focal.database.run(lambda work: work.reports.get(report.id))
    assert found is not None
    return found.judged


async def test_one_tap_keeps_the_reviewer_s_verdict_beside_what_the_city_says(
    town: Stage, report: Report, aiko: Player
) -> None:
    assert "A promise without a figure" in await opened_at(town, aiko, "Two landfills")
    asked = await town.press(aiko, "Judge")
    assert "how far: 3 · carried out" in asked
    assert [label for label in labels(aiko) if " · " in label] == [
        "0 · nothing yet",
        "1 · planned",
        "2 · begun",
        "3 · carried out",
        "4 · shown with evidence",
    ]
    shown = await town.press(aiko, "4 · shown with evidence")
    assert "✅ Reached" in shown
    assert "Level 4 of 4" in shown
    assert "The city itself says: 3 · carried out." in shown
    assert "Judged by the secretariat" in shown
    assert "✅ Accept" in labels(aiko)
    assert await kept(town, report) == {"2010b": "4"}
    assert await logged(town) == [Event.REVIEW_BEGUN, Event.JUDGED]


async def test_what_is_told_in_words_waits_for_the_secretariat_until_it_says_done_or_not(
    town: Stage, report: Report, aiko: Player
) -> None:
    assert "For the secretariat to judge" in await opened_at(town, aiko, "before the council")
    await town.press(aiko, "Judge")
    shown = await town.press(aiko, "Not done")
    assert "Not reached" in shown
    assert await kept(town, report) == {"2010c": "no"}


async def test_a_verdict_can_be_changed_and_taken_away_until_the_report_is_accepted(
    town: Stage, report: Report, aiko: Player
) -> None:
    await opened_at(town, aiko, "before the council")
    await town.press(aiko, "Judge")
    await town.press(aiko, "Not done")
    await town.press(aiko, "Judge again")
    assert "☑️ Not done" in labels(aiko)
    assert "✅ Reached" in await town.press(aiko, "Done")
    await town.press(aiko, "Judge again")
    assert "For the secretariat to judge" in await town.press(aiko, "Leave it open")
    assert await kept(town, report) == {}
    entries = await town.focal.database.run(lambda work: work.audit.of_city("surabaya", 3))
    assert [(one.before, one.after) for one in entries] == [("yes", "open"), ("no", "yes"), ("open", "no")]
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id), LONG_GONE)
    late = await town.forge(aiko, b.Judge(2, "yes", report.id, "2010c"), LONG_GONE)
    assert "accepted already" in late
    assert await kept(town, report) == {}


async def test_the_city_sees_the_verdict_with_the_acceptance_and_in_status_and_not_before(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened_at(town, aiko, "Two landfills")
    await town.press(aiko, "Judge")
    await town.press(aiko, "2 · begun")
    for page in (1, 2, 3):
        await town.forge(sari, b.SeeReport(page, report.id))
    await town.ask(sari, "/status")
    assert "Judged by the secretariat" not in "".join(answers(sari))
    await town.press(aiko, "Accept")
    heard = text_of(sari)
    assert "Level 2 of 4 on the scale of evidence: begun." in heard
    assert "The city itself says: 3 · carried out." in heard
    assert await state_of(town, report) is ReportState.ACCEPTED, "the bylaw is not judged"
    status = await town.ask(sari, "/status")
    assert "Level 2 of 4" in status
    assert "The city itself says: 3 · carried out." in status


async def test_the_log_tells_the_verdicts_in_words(town: Stage, report: Report, aiko: Player) -> None:
    await opened_at(town, aiko, "Two landfills")
    await town.press(aiko, "Judge")
    await town.press(aiko, "2 · begun")
    history = await town.forge(aiko, b.History(1, "surabaya"), LONG_GONE)
    assert "judged surabaya-open v1 2010b (open → begun)" in history


async def test_only_who_has_the_review_judges_and_only_what_no_figure_tells(
    town: Stage, report: Report, sari: Player, aiko: Player, kenji: Player
) -> None:
    await opened_at(town, aiko, "Two landfills")
    verdict = b.Judge(2, "4", report.id, "2010b")
    assert await town.forge(sari, verdict) == town.says(NotAllowed())
    assert "A colleague has this report in review" in await town.forge(kenji, verdict)
    assert not any("Judge" in label for label in labels(kenji))
    for number, (ref, code) in enumerate([("2007a", "4"), ("2010b", "yes"), ("2010b", "9"), ("1999z", "1")]):
        answer = await town.forge(aiko, b.Judge(2, code, report.id, ref), LONG_GONE + number)
        assert answer == town.says(OldButton())
    assert await kept(town, report) == {}
    assert await state_of(town, report) is ReportState.IN_REVIEW


async def test_a_next_version_keeps_the_verdict_on_what_it_tells_nothing_new_of(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened_at(town, aiko, "Two landfills")
    await town.press(aiko, "Judge")
    await town.press(aiko, "4 · shown with evidence")
    await town.press(aiko, "Next")
    await town.press(aiko, "Judge")
    await town.press(aiko, "Not done")
    await town.press(aiko, "Accept")
    await town.press(sari, "See the report")
    await town.press(sari, "Amend")
    await town.ask(sari, "The composting stands still.")
    await town.press(sari, "Continue")
    changed = next(data for data in pressable(sari) if data.endswith("level@2010b"))
    await town.forge(sari, changed, sari.messages()[-1].id)
    await town.press(sari, "2 · begun")
    await town.press(sari, "Send to the secretariat")
    _, again = await town.focal.database.run(lambda work: work.reports.of_draft(report.draft_id))
    assert again.judged == {"2010c": "no"}
    shown = await opened_at(town, aiko, "before the council")
    assert "Not reached" in shown
    assert "Judge again" in " ".join(labels(aiko))
