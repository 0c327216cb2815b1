"""The city's side of a report that was sent: My city, past reports, taking back, amending."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.audit import Event
from bot.domain.drafts import DraftState
from bot.domain.people import Role
from bot.domain.reports import Report, ReportState, SourceKind
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player

from .conftest import Staged
from .review_town import begun, draft_of, logged, sent, state_of, told, write_town
from .stage import Stage, answers, labels, text_of

LONG_GONE = 999_999


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, wei: Player, aiko: Player, kenji: Player) -> Stage:
    for player in (sari, wei, aiko, kenji):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    await stage.appoint(wei, Role.DEPUTY, "surabaya")
    return stage


async def accepted(stage: Stage, report: Report, reviewer: Player) -> None:
    """A reviewer accepts it."""
    await stage.forge(reviewer, b.ReviewDo(1, b.ReviewMove.OPEN, report.id), LONG_GONE)
    await stage.forge(reviewer, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id), LONG_GONE)
    assert await state_of(stage, report) is ReportState.ACCEPTED


async def test_my_city_before_anything_is_begun(town: Stage, sari: Player) -> None:
    shown = await town.ask(sari, "/status")
    assert "Reports of this year: not started" in shown
    assert "by midnight in Surabaya" in shown
    assert "By 2030, Surabaya will cut its waste generation" in shown
    assert "No result yet" in shown
    assert {"📝 Report", "Propose a commitment", "Hand over"} <= set(labels(sari))


async def test_my_city_says_how_far_the_draft_is_and_leads_on(town: Stage, sari: Player) -> None:
    draft = await begun(town, dict(list(told(sari).items())[:2]))
    assert "draft, 2 of 5" in await town.ask(sari, "/status")
    assert any("Continue" in label for label in labels(sari))
    assert draft.state is DraftState.OPEN


async def test_who_has_two_cities_chooses_and_who_has_none_is_told(
    town: Stage, sari: Player, marie: Player
) -> None:
    await town.appoint(sari, Role.DEPUTY, "naga")
    assert "Your cities" in await town.ask(sari, "/status")
    assert "Naga will bring" in await town.press(sari, "Naga")
    await town.ask(marie, "/help")
    await town.appoint(marie, Role.FOCAL_POINT, "gone-city")
    assert "Gone City" in await town.ask(marie, "/status")


async def test_a_report_can_be_taken_back_until_its_review_begins(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    assert "sent" in await town.ask(sari, "/status")
    await town.press(sari, "Past reports")
    assert "You can take it back" in await town.press(sari, "surabaya-open")
    assert "every answer is still there" in await town.press(sari, "Take it back")
    assert "Continue" in " ".join(labels(sari))
    assert await state_of(town, report) is ReportState.WITHDRAWN
    draft = await draft_of(town, report)
    assert (draft.state, len(draft.answers)) == (DraftState.OPEN, 4)
    assert "taken it back" in text_of(aiko)
    assert await logged(town) == [Event.TAKEN_BACK]
    assert "Nothing waits" in await town.ask(aiko, "/review")


async def test_once_the_review_began_taking_back_is_explained(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    shown = await town.forge(sari, b.ReportDo(b.CityMove.TAKE_BACK, report.id))
    assert "Its review has begun" in shown
    assert await state_of(town, report) is ReportState.IN_REVIEW


async def test_an_accepted_report_is_amended_with_a_reason_and_counts_until_the_new_one_does(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await accepted(town, report, aiko)
    assert "108" in await town.ask(sari, "/status")
    await town.press(sari, "Past reports")
    await town.press(sari, "surabaya-open")
    assert "why you amend" in await town.press(sari, "Amend")
    assert "The scales were wrong." in await town.ask(sari, "The scales were wrong.")
    assert (await draft_of(town, report)).amends == "The scales were wrong."
    assert "accepted; being amended" in await town.ask(sari, "/status")
    second = await sent(town, sari, told(sari, "-15"))
    assert "108" in await town.ask(sari, "/status")
    review = await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, second.id), LONG_GONE)
    assert "The scales were wrong." in review
    assert "−15" in review
    await town.press(aiko, "Next")
    assert "open, accepted: −32.4" in text_of(aiko)
    await accepted(town, second, aiko)
    shown = await town.ask(sari, "/status")
    assert "50" in shown
    assert "108" not in shown
    assert Event.AMENDED in await logged(town)


async def test_a_version_that_is_no_longer_the_newest_cannot_be_amended(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await accepted(town, report, aiko)
    await sent(town, sari, told(sari, "-15"))
    shown = await town.forge(sari, b.ReportDo(b.CityMove.AMEND, report.id))
    assert "A newer version is on its way" in shown


async def test_all_versions_are_found_again(town: Stage, sari: Player, wei: Player, aiko: Player) -> None:
    first = await sent(town, sari, told(sari))
    await accepted(town, first, aiko)
    await sent(town, sari, told(sari, "-15"))
    await town.forge(sari, b.SeeReport(1, first.id))
    assert any("Version 2" in label for label in labels(sari))
    assert "版本" in await town.forge(wei, b.SeeReport(1, first.id)) or labels(wei)


async def test_what_the_secretariat_entered_is_no_report_of_the_city_but_its_result_counts(
    town: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    entered = await sent(town, aiko, told(aiko), source=SourceKind.SITE_VISIT)
    assert await town.forge(sari, b.SeeReport(1, entered.id)) == town.says(NotAllowed())
    await accepted(town, entered, kenji)
    shown = await town.ask(sari, "/status")
    assert "from a site visit" in shown
    assert "108" in shown


async def test_another_city_sees_and_takes_back_nothing(town: Stage, sari: Player, marie: Player) -> None:
    report = await sent(town, sari, told(sari))
    await town.ask(marie, "/help")
    await town.appoint(marie, Role.FOCAL_POINT, "naga")
    refused = town.says(NotAllowed(), "fr")
    moves = [b.ReportDo(move, report.id) for move in b.CityMove]
    for number, button in enumerate((*moves, b.SeeReport(1, report.id), b.CityScreen("m", "surabaya"))):
        assert await town.forge(marie, button, LONG_GONE + number) == refused
    assert await state_of(town, report) is ReportState.SUBMITTED
    assert "Surabaya" not in "".join(answers(marie))


async def test_the_reason_of_an_amendment_stays_when_it_is_taken_back_or_returned(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await accepted(town, await sent(town, sari, told(sari)), aiko)
    await town.press(sari, "See the report")
    await town.press(sari, "Amend")
    await town.ask(sari, "We counted twice.")
    second = await sent(town, sari, told(sari, "-31"))
    await town.forge(sari, b.ReportDo(b.CityMove.TAKE_BACK, second.id))
    third = await sent(town, sari, told(sari, "-30"))
    assert third.reason == "We counted twice."
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, third.id), LONG_GONE)
    await town.press(aiko, "Next")
    await town.press(aiko, "Return answers")
    await town.press(aiko, "result")
    await town.ask(aiko, "Are you sure?")
    await town.press(aiko, "Return one answer")
    assert (await sent(town, sari, told(sari, "-29"))).reason == "We counted twice."


async def test_a_reason_to_amend_that_was_left_takes_no_other_words(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await accepted(town, report, aiko)
    await town.press(sari, "See the report")
    await town.press(sari, "Amend")
    await town.ask(sari, "/topics")
    assert "Rainwater" in await town.ask(sari, "rainwater tanks")
    assert (await draft_of(town, report)).amends is None


async def test_an_open_amendment_is_found_under_report_and_may_be_left_while_it_changes_nothing(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await accepted(town, report, aiko)
    await town.forge(sari, b.ReportDo(b.CityMove.AMEND, report.id), LONG_GONE)
    await town.ask(sari, "The scales were wrong.")
    shown = await town.ask(sari, "/report")
    assert "The scales were wrong." in shown
    assert "Nothing differs from the accepted version so far." in shown
    left = await town.forge(sari, b.ReportDo(b.CityMove.LEAVE, report.id), LONG_GONE)
    assert "The amendment is left." in left
    draft = await draft_of(town, report)
    assert (draft.state, draft.amends) == (DraftState.SUBMITTED, None)
    assert "being amended" not in await town.ask(sari, "/status")
    assert "why you amend" in await town.forge(sari, b.ReportDo(b.CityMove.AMEND, report.id), LONG_GONE)


async def test_an_amendment_that_changes_something_is_not_left_by_an_old_button(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await accepted(town, report, aiko)
    await town.forge(sari, b.ReportDo(b.CityMove.AMEND, report.id), LONG_GONE)
    await town.ask(sari, "The scales were wrong.")
    draft = await draft_of(town, report)
    changed = replace(draft, answers=told(sari, "-15"), version=draft.version + 1)
    await town.focal.database.run(lambda work: work.drafts.save(changed, draft))
    await town.forge(sari, b.ReportDo(b.CityMove.LEAVE, report.id), LONG_GONE)
    assert (await draft_of(town, report)).state is DraftState.OPEN
    assert "−15" in await town.ask(sari, "/report")


async def test_past_reports_tell_times_in_the_zone_of_the_city(town: Stage, sari: Player) -> None:
    await sent(town, sari, told(sari))
    await town.ask(sari, "/status")
    assert "(Surabaya time)" in await town.press(sari, "Past reports")


async def test_a_report_is_told_to_everybody_of_the_secretariat_who_has_written(
    town: Stage, sari: Player, marie: Player
) -> None:
    await town.ask(marie, "/help")
    await town.appoint(marie, Role.SECRETARIAT)
    silent = 70_017  # has the role, and has never written to the bot
    town.sql(
        "INSERT INTO people (id, language, language_chosen, reachable, first_seen, last_seen, handle) "
        "SELECT ?, 'en', 0, 0, first_seen, last_seen, 'silent' FROM people LIMIT 1",
        silent,
    )
    town.sql(
        "INSERT INTO memberships (person, role, city, state, countries, since, confirmed_at) "
        "SELECT ?, 'secretariat', '', 'active', '[]', since, confirmed_at FROM memberships LIMIT 1",
        silent,
    )
    report = await sent(town, sari, told(sari))
    await town.forge(sari, b.ReportDo(b.CityMove.TAKE_BACK, report.id), LONG_GONE)
    await town.ask(sari, "/report")
    await town.press(sari, "Send to the secretariat")
    assert "surabaya-open" in text_of(marie)
    assert not [
        call for call in town.emulator.calls_of("sendMessage") if call.params.get("chat_id") == silent
    ]


async def test_the_dialog_shows_a_target_in_the_language_of_its_reader(town: Stage, marie: Player) -> None:
    await town.ask(marie, "/help")
    await town.appoint(marie, Role.FOCAL_POINT, "surabaya")
    shown = await town.ask(marie, "/report")
    assert "Surabaya réduira" in shown
    assert "Cut waste generation" not in shown
