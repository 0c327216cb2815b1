"""Answers in rows: whatever somebody answers comes back as it was, from rows of older versions too."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from typing import Any

import pytest
from archive_samples import ANSWERS, NOW, SURE, WATER
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Files, Value, Words
from bot.domain.drafts import Heard, Pending
from bot.domain.people import Expecting, Purpose
from bot.domain.reports import Comment
from bot.domain.suspicions import Suspicion
from bot.storage.answers_json import answers_as_json, answers_from_json, as_json, from_json

st.register_type_strategy(Decimal, st.decimals(allow_nan=False, allow_infinity=False))
OFFSETS = st.builds(lambda minutes: timezone(timedelta(minutes=minutes)), st.integers(-12 * 60, 14 * 60))
st.register_type_strategy(datetime, st.datetimes(datetime(1990, 1, 1), timezones=OFFSETS))


def through_json(value: Any) -> Any:
    return json.loads(json.dumps(as_json(value)))


@pytest.mark.parametrize("kind", [Answer, Pending, Heard, Comment, Expecting, Suspicion])
@settings(max_examples=50)
@given(data=st.data())
def test_whatever_is_kept_comes_back_the_same(kind: type[Any], data: st.DataObject) -> None:
    kept = data.draw(st.from_type(kind))
    assert from_json(kind, through_json(kept)) == kept


@given(st.from_type(Amount), st.from_type(Answer))
def test_a_number_comes_back_with_every_digit_that_was_typed(amount: Amount, given_answer: Answer) -> None:
    for kept in (amount.value, amount.high):
        if kept is not None:
            again = from_json(Amount, through_json(amount))
            assert str(again.value) == str(amount.value)
    read = from_json(Answer, through_json(given_answer))
    assert type(read.value) is type(given_answer.value)


def test_every_kind_of_value_has_a_tag_of_its_own() -> None:
    tags = {through_json(one(*args))["is"] for one, args in KINDS.items()}
    assert set(KINDS) == set(Value.__args__)  # type: ignore[attr-defined]
    assert len(tags) == len(KINDS)


KINDS: dict[Any, tuple[Any, ...]] = {
    Amount: (Decimal(1),),
    Codes: (("yes",),),
    Words: ("yes",),
    Day: ("2025",),
    Files: (),
}


def test_the_form_in_the_row_is_what_older_rows_have() -> None:
    """Whoever changes this has to bring the rows that are there along."""
    assert through_json(ANSWERS[WATER]) == {
        "state": "given",
        "by": 1,
        "at": "2026-11-21T09:30:00.123456+00:00",
        "value": {
            "is": "amount",
            "value": "0.950",
            "unit": "kg/cap/day",
            "high": None,
            "approximate": False,
        },
        "raw": "0,950 kg",
        "message_id": None,
        "same_as_last": False,
        "doubts": [
            {
                "doubt": "factor-1000",
                "told": "950",
                "expected": "0.95",
                "against": "earlier",
                "compared": "1.02",
                "year": 2024,
                "times": "930",
                "typed_unit": "kg",
            }
        ],
        "because": "new scales",
        "told_by": None,
    }


def test_a_row_of_an_older_version_is_read_with_what_it_has() -> None:
    stored = {
        "state": "given",
        "by": 1,
        "at": NOW.isoformat(),
        "value": {"is": "words", "text": "yes", "gone": 1},
    }
    assert from_json(Answer, stored) == Answer(AnswerState.GIVEN, 1, NOW, Words("yes"))
    older = {"purpose": "answer", "question_id": 3, "text": None}
    assert from_json(Expecting, older) == Expecting(Purpose.ANSWER, 3)


def test_a_doubt_that_nobody_has_any_more_does_not_cost_the_answer() -> None:
    stored = through_json(ANSWERS[WATER])
    stored["doubts"] = [{**stored["doubts"][0], "doubt": "phase-of-the-moon"}, stored["doubts"][0], {}]
    assert from_json(Answer, stored).doubts == (SURE,)


@pytest.mark.parametrize(
    "broken", [{}, {"state": "given", "by": 1}, {"state": "odd", "by": 1, "at": NOW.isoformat()}]
)
def test_what_is_no_answer_is_never_read_as_one(broken: dict[str, Any]) -> None:
    with pytest.raises((KeyError, ValueError)):
        answers_from_json({WATER: broken})


def test_a_draft_s_answers_keep_their_order() -> None:
    stored = json.loads(json.dumps(answers_as_json(ANSWERS)))
    assert list(answers_from_json(stored)) == list(ANSWERS)
    assert answers_from_json(stored) == ANSWERS


def test_moments_are_kept_in_utc() -> None:
    assert from_json(Comment, through_json(Comment(1, NOW, "ok"))).at.tzinfo == UTC
