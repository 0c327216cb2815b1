"""How far a city has come with its report, as `/overview` and My city tell it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.answers import Answer, AnswerState, Words
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft, DraftState
from bot.domain.progress import CityState, Standing, state_of
from bot.domain.questionnaires import Course, Form, Question, QuestionKind, Questionnaire
from bot.domain.reports import Report, ReportState, judged_still
from bot.domain.words import LocalText

NOON = datetime(2026, 12, 10, 12, tzinfo=UTC)
TITLE = LocalText.plain("x")
CYCLE = ReportingCycle("2026", TITLE, "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")
QUESTIONS = tuple(Question(name, QuestionKind.TEXT, TITLE) for name in ("worked", "help", "anything"))
COURSE = Course(Questionnaire("progress", TITLE, QUESTIONS))
ANSWER = Answer(AnswerState.GIVEN, 1, NOON, Words("x"))
DRAFT = Draft(1, Form.PROGRESS, "sibu", "progress", NOON, NOON, "2026", answers={"worked": ANSWER})
REPORT = Report(
    id=1,
    draft_id=1,
    draft_version=4,
    number="sibu-2026",
    version=1,
    form=Form.PROGRESS,
    city="sibu",
    questionnaire="progress",
    questionnaire_version="",
    answers=DRAFT.answers,
    submitted_by=1,
    submitted_at=NOON,
    cycle="2026",
)
SENT = replace(DRAFT, state=DraftState.SUBMITTED)
AFTER_THE_END = datetime(2026, 12, 15, 16, tzinfo=UTC)
"""Midnight in Kuching, on the day of the deadline."""


def version(number: int, state: ReportState) -> Report:
    return replace(
        REPORT, id=number, version=number, state=state, submitted_at=NOON + timedelta(hours=number)
    )


def state(drafts: list[Draft], reports: list[Report], now: datetime = NOON) -> CityState:
    return state_of(drafts, reports, CYCLE, "Asia/Kuching", now, lambda draft: COURSE)


def test_nothing_is_begun() -> None:
    assert state([], []).standing is Standing.NOT_STARTED


def test_a_draft_says_how_many_of_how_many() -> None:
    found = state([DRAFT], [])
    assert (found.standing, found.answered, found.of) == (Standing.DRAFT, 1, 3)


@pytest.mark.parametrize(
    ("of_report", "standing"),
    [
        (ReportState.SUBMITTED, Standing.SUBMITTED),
        (ReportState.IN_REVIEW, Standing.IN_REVIEW),
        (ReportState.RETURNED, Standing.RETURNED),
        (ReportState.ACCEPTED, Standing.ACCEPTED),
    ],
)
def test_what_was_sent_goes_its_way(of_report: ReportState, standing: Standing) -> None:
    assert state([SENT], [version(1, of_report)]).standing is standing


def test_what_was_taken_back_is_a_draft_again() -> None:
    found = state([DRAFT], [version(1, ReportState.WITHDRAWN)])
    assert (found.standing, found.report) == (Standing.DRAFT, None)


def test_what_is_accepted_counts_until_its_next_version_is() -> None:
    first, second = version(1, ReportState.ACCEPTED), version(2, ReportState.SUBMITTED)
    found = state([SENT], [first, second])
    assert (found.standing, found.report, found.newer) == (Standing.ACCEPTED, first, second)
    agreed = replace(second, state=ReportState.ACCEPTED)
    found = state([SENT], [first, agreed])
    assert (found.report, found.newer) == (agreed, None)


def test_late_begins_with_the_city_s_own_midnight() -> None:
    assert not state([DRAFT], [], AFTER_THE_END - timedelta(seconds=1)).late
    assert state([DRAFT], [], AFTER_THE_END).late
    assert state([], [], AFTER_THE_END).late


def test_who_has_sent_is_not_late_any_more_and_who_got_it_back_is() -> None:
    assert not state([SENT], [version(1, ReportState.SUBMITTED)], AFTER_THE_END).late
    assert not state([SENT], [version(1, ReportState.ACCEPTED)], AFTER_THE_END).late
    assert state([DRAFT], [version(1, ReportState.RETURNED)], AFTER_THE_END).late


def test_of_two_drafts_the_fuller_one_is_told() -> None:
    empty = replace(DRAFT, id=2, answers={})
    assert state([empty, DRAFT], []).draft == DRAFT


def test_a_verdict_goes_on_to_the_next_version_where_the_city_tells_nothing_new_of_its_target() -> None:
    told = {"words@2007a": ANSWER, "words@2007b": ANSWER, "words@2007c": ANSWER, "help": ANSWER}
    before = replace(REPORT, answers=told, judged={"2007a": "3", "2007b": "yes", "2007c": "no"})
    other = replace(ANSWER, value=Words("y"))
    now = {
        "words@2007a": replace(ANSWER, by=2),
        "words@2007b": other,
        "words@2007c": ANSWER,
        "proof@2007c": other,
        "help": other,
    }
    assert judged_still(before, now) == {"2007a": "3"}
    assert judged_still(None, now) == {}
