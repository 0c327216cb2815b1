"""The pulse of a cycle, counted by hand beside it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.domain.answers import Answer, AnswerState, Words
from bot.domain.drafts import Draft
from bot.domain.pulse import Liveliness, SentReminder, answering, costs, liveliness
from bot.domain.questionnaires import Form

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
DAY = timedelta(days=1)


def test_a_city_is_active_quiet_or_silent_by_its_last_sign() -> None:
    assert liveliness([NOW - 3 * DAY], True, NOW) is Liveliness.ACTIVE
    assert liveliness([NOW - 40 * DAY, NOW - 22 * DAY], True, NOW) is Liveliness.QUIET
    assert liveliness([], True, NOW) is Liveliness.SILENT


def test_who_owes_nothing_is_active_however_long_ago_they_reported() -> None:
    assert liveliness([NOW - 90 * DAY], False, NOW) is Liveliness.ACTIVE


def test_reminders_are_answered_by_the_first_sign_before_the_next_one() -> None:
    sent = [
        SentReminder("sibu", NOW, "en"),
        SentReminder("sibu", NOW + 7 * DAY, "en"),
        SentReminder("ulsan", NOW, "zh"),
        SentReminder("cebu", NOW, "en"),
    ]
    signs = {
        "sibu": [NOW - DAY, NOW + 8 * DAY, NOW + 9 * DAY],
        "cebu": [NOW + 2 * DAY],
        "ulsan": [NOW + 3 * DAY],
    }
    told = answering(sent, signs)
    assert (told.sent, told.answered) == (4, 3)
    assert told.median == 2 * DAY
    assert [(rate.language, rate.answered, rate.sent) for rate in told.by_language] == [("en", 2, 3)]


def test_colleagues_who_are_reminded_together_are_one_question_to_their_city() -> None:
    sent = [SentReminder("sibu", NOW + timedelta(seconds=n), "en") for n in range(3)]
    told = answering(sent, {"sibu": [NOW + DAY]})
    assert (told.sent, told.answered) == (1, 1)


def test_a_figure_from_few_cases_is_not_told() -> None:
    told = answering([SentReminder("sibu", NOW, "en")], {"sibu": [NOW + DAY]})
    assert told.median is None
    assert told.by_language == ()


def draft(city: str, *steps: tuple[str, int, AnswerState]) -> Draft:
    at = NOW
    answers = {}
    for key, seconds, state in steps:
        at += timedelta(seconds=seconds)
        answers[key] = Answer(state, 7, at, Words("x") if state is AnswerState.GIVEN else None)
    return Draft(1, Form.PROGRESS, city, "progress", NOW, at, answers=answers)


def test_the_question_that_costs_most_stands_first() -> None:
    given, skipped = AnswerState.GIVEN, AnswerState.SKIPPED
    drafts = [
        draft(
            city,
            ("state@2007a", 5, given),
            ("result@2007a", 60 + extra, given),
            ("result@2007b", 80, given),
            ("worked", 300, skipped if extra else given),
        )
        for city, extra in (("sibu", 0), ("ulsan", 20), ("cebu", 40))
    ]
    found = costs(drafts)
    assert [cost.question for cost in found] == ["worked", "result"]
    assert (found[0].seconds, found[0].left_empty, found[0].asked) == (300, 2, 3)
    assert (found[1].seconds, found[1].asked) == (80, 6)


def test_lunch_between_two_answers_is_no_cost_of_a_question() -> None:
    slow = [draft("sibu", ("a", 1, AnswerState.GIVEN), ("b", 3600, AnswerState.GIVEN)) for _ in range(4)]
    assert costs(slow) == ()
