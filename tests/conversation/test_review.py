"""The review of a report: accepted in one tap, or single answers returned, each with its reason."""

from __future__ import annotations

from collections.abc import AsyncIterator
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
from .review_town import draft_of, logged, sent, state_of, told, write_town
from .stage import Stage, answers, labels, text_of

LONG_GONE = 999_999
"""A message that nobody can see: what its button gives is a new one."""


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, wei: Player, marie: Player, aiko: Player, kenji: Player) -> Stage:
    """Sari and Wei are of Surabaya, Marie of nowhere; Aiko and Kenji are the secretariat."""
    for player in (sari, wei, marie, aiko, kenji):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    await stage.appoint(wei, Role.DEPUTY, "surabaya")
    return stage


@pytest.fixture
async def report(town: Stage, sari: Player) -> Report:
    return await sent(town, sari, told(sari))


async def opened(stage: Stage, player: Player, number: str = "surabaya-open") -> str:
    await stage.ask(player, "/review")
    return await stage.press(player, number)


async def page_with(stage: Stage, player: Player, words: str) -> str:
    """Turns pages until these words stand there."""
    for _ in range(5):
        if words in text_of(player):
            break
        await stage.press(player, "Next")
    return text_of(player)


async def test_what_waits_is_listed_and_opening_it_begins_the_review(
    town: Stage, report: Report, aiko: Player, kenji: Player
) -> None:
    listed = await town.ask(aiko, "/review")
    assert "Surabaya" in listed
    assert "version 1" in listed
    assert "in review" in await town.press(aiko, "surabaya-open")
    assert await state_of(town, report) is ReportState.IN_REVIEW
    assert await logged(town) == [Event.REVIEW_BEGUN]
    assert "👀 a colleague" in await town.ask(kenji, "/review")


async def test_a_page_shows_the_promise_the_figure_the_city_s_word_and_the_assessment(
    town: Stage, report: Report, aiko: Player
) -> None:
    await opened(town, aiko)
    page = await page_with(town, aiko, "result")
    assert "By 2030, Surabaya will cut its waste generation by 30\u202fper cent." in page
    assert "−32.4" in page
    assert "108" in page
    assert "The city itself says: exceeded" in page
    assert "✅ Accept" in labels(aiko)


async def test_one_tap_accepts_and_everybody_of_the_city_hears_what_came_of_it(
    town: Stage, report: Report, sari: Player, wei: Player, aiko: Player, marie: Player
) -> None:
    await opened(town, aiko)
    assert "accepted" in await town.press(aiko, "Accept")
    assert await state_of(town, report) is ReportState.ACCEPTED
    assert "108" in text_of(sari)
    assert "Your report is accepted" in text_of(sari)
    assert "108" in text_of(wei)
    assert "108" not in text_of(marie)
    assert await logged(town) == [Event.REVIEW_BEGUN, Event.ACCEPTED]
    assert "Nothing waits" in await town.ask(aiko, "/review")


async def test_accept_pressed_many_times_accepts_once(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    for number in range(3):
        await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id), LONG_GONE + number)
    assert sum("is accepted" in text for text in answers(sari)) == 1
    assert "accepted already" in text_of(aiko)


async def returned(stage: Stage, player: Player, label: str, reason: str) -> None:
    """Chooses one answer and writes why it comes back."""
    await stage.press(player, "Return answers")
    await stage.press(player, label)
    await stage.ask(player, reason)


async def test_two_answers_go_back_each_with_its_reason_and_nothing_before_the_word(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    await page_with(town, aiko, "result")
    await returned(town, aiko, "result", "Which baseline?")
    assert "Which baseline?" in text_of(aiko)
    await town.press(aiko, "own view")
    await town.ask(aiko, "Please look again.")
    await town.forge(sari, b.SeeReport(2, report.id))
    assert "−32.4" in text_of(sari)
    assert "Which baseline?" not in "".join(answers(sari))
    assert await state_of(town, report) is ReportState.IN_REVIEW
    assert "2 answers go back" in await town.press(aiko, "Return 2 answers")
    heard = text_of(sari)
    assert "Which baseline?" in heard
    assert "Please look again." in heard
    assert "Open these answers" in " ".join(labels(sari))
    draft = await draft_of(town, report)
    assert draft.state is DraftState.OPEN
    assert draft.at == "result@2007a"
    assert draft.returned == {"result@2007a": "Which baseline?", "said@2007a": "Please look again."}
    assert await logged(town) == [Event.REVIEW_BEGUN, Event.RETURNED]


async def test_a_ticked_answer_can_be_left_as_it_is_after_all(
    town: Stage, report: Report, aiko: Player
) -> None:
    await opened(town, aiko)
    await page_with(town, aiko, "result")
    await returned(town, aiko, "result", "Which baseline?")
    await town.press(aiko, "☑️")
    await town.press(aiko, "Do not return")
    assert not any("Return one" in label for label in labels(aiko))


async def test_what_comes_back_shows_the_differences_first(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    await page_with(town, aiko, "result")
    await returned(town, aiko, "result", "Which baseline?")
    await town.press(aiko, "Return one answer")
    await sent(town, sari, told(sari, "-31"))
    first = await opened(town, aiko)
    assert "What changed since version 1" in first
    assert "−32.4" in first
    assert "−31" in first
    assert "Baskets" not in first


async def test_a_comment_reaches_the_city_and_changes_nothing(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    await page_with(town, aiko, "result")
    await town.press(aiko, "Comment")
    await town.press(aiko, "result")
    await town.ask(aiko, "Well measured!")
    assert "Well measured!" in text_of(sari)
    assert await state_of(town, report) is ReportState.IN_REVIEW
    assert "Well measured!" in await town.press(aiko, "The report")
    assert Event.COMMENTED in await logged(town)


async def test_a_colleague_sees_who_has_it_and_may_take_over(
    town: Stage, report: Report, aiko: Player, kenji: Player
) -> None:
    await opened(town, aiko)
    theirs = await opened(town, kenji)
    assert "A colleague has this report in review" in theirs
    assert "✅ Accept" not in labels(kenji)
    await town.forge(kenji, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id))
    assert await state_of(town, report) is ReportState.IN_REVIEW
    await opened(town, kenji)
    await town.press(kenji, "Take over")
    await town.press(kenji, "Accept")
    assert await state_of(town, report) is ReportState.ACCEPTED


async def test_who_sends_does_not_review_while_there_is_a_colleague(
    town: Stage, sari: Player, aiko: Player, kenji: Player
) -> None:
    """Results that the secretariat enters wait for a colleague, too."""
    entered = await sent(town, aiko, told(aiko), source=SourceKind.INTERVIEW)
    assert "a colleague reviews it" in await opened(town, aiko)
    assert "✅ Accept" not in labels(aiko)
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.ACCEPT, entered.id))
    assert await state_of(town, entered) is ReportState.SUBMITTED
    assert "From an interview: Ana, by telephone" in await opened(town, kenji)
    await town.press(kenji, "Accept")
    assert await state_of(town, entered) is ReportState.ACCEPTED
    assert "Your report is accepted" in text_of(aiko)
    assert "is accepted" not in "".join(answers(sari))


async def test_who_has_no_colleague_reviews_alone_and_the_log_says_so(
    town: Stage, aiko: Player, kenji: Player
) -> None:
    town.sql("UPDATE people SET reachable = 0 WHERE id = ?", kenji.person.id)
    await sent(town, aiko, told(aiko), source=SourceKind.PUBLISHED)
    await opened(town, aiko)
    assert "no colleague" in await town.press(aiko, "Accept")
    entries = await town.focal.database.run(lambda work: work.audit.of_city("surabaya", 1))
    assert entries[0].after == "accepted alone"


async def test_a_reviewer_of_other_countries_sees_and_opens_nothing(
    town: Stage, report: Report, marie: Player
) -> None:
    await town.appoint(marie, Role.SECRETARIAT)
    town.sql("""UPDATE memberships SET countries = '["PH"]' WHERE person = ?""", marie.person.id)
    refused = town.says(NotAllowed(), "fr")
    assert "Surabaya" not in await town.ask(marie, "/review")
    for button in (b.ReviewDo(1, "o", report.id), b.ReviewDo(1, "a", report.id), b.SeeReport(1, report.id)):
        assert await town.forge(marie, button) == refused
    assert await state_of(town, report) is ReportState.SUBMITTED


@pytest.mark.parametrize("move", [*b.ReviewMove])
async def test_nobody_of_the_city_reviews_its_report(
    town: Stage, report: Report, sari: Player, move: str
) -> None:
    assert await town.forge(sari, b.ReviewDo(1, move, report.id)) == town.says(NotAllowed())
    assert await state_of(town, report) is ReportState.SUBMITTED


async def test_whoever_loses_the_role_before_the_reason_is_written_returns_nothing(
    town: Stage, report: Report, marie: Player
) -> None:
    await town.appoint(marie, Role.SECRETARIAT)
    await town.ask(marie, "/language")
    await town.press(marie, "English")
    await opened(town, marie)
    await page_with(town, marie, "result")
    await town.press(marie, "Return answers")
    await town.press(marie, "result")
    await town.appoint(marie, Role.VISITOR)
    await town.ask(marie, "Which baseline?")
    found = await town.focal.database.run(lambda work: work.reports.get(report.id))
    assert found is not None
    assert found.returned == {}


async def test_an_old_button_of_a_report_that_went_on_says_so_and_shows_it(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    await page_with(town, aiko, "result")
    await town.press(aiko, "Return answers")
    old = aiko.messages()[-1].id
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.ACCEPT, report.id), LONG_GONE)
    shown = await town.press(aiko, "result", old)
    assert "accepted already" in shown
    assert "surabaya-open" in shown


async def test_a_comment_that_was_left_takes_no_other_words(
    town: Stage, report: Report, sari: Player, aiko: Player
) -> None:
    await opened(town, aiko)
    await town.press(aiko, "Comment")
    await town.ask(aiko, "/topics")
    assert "Rainwater" in await town.ask(aiko, "rainwater tanks")
    assert "rainwater" not in text_of(sari)
    assert Event.COMMENTED not in await logged(town)
