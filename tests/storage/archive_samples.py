"""Drafts, reports and people as the tests of the archive need them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Files, Words
from bot.domain.drafts import Draft, Heard, Pending
from bot.domain.people import Invitation, Role
from bot.domain.questionnaires import Form
from bot.domain.reports import Report
from bot.domain.suspicions import Against, Doubt, Suspicion

NOW = datetime(2026, 11, 21, 9, 30, 0, 123456, tzinfo=UTC)
WATER = "water@2007a"
SURE = Suspicion(
    Doubt.FACTOR_1000,
    Decimal("950"),
    Decimal("0.95"),
    Against.EARLIER,
    Decimal("1.02"),
    2024,
    Decimal("930"),
    "kg",
)


def answer(value: Any = None, by: int = 1, **more: Any) -> Answer:
    state = AnswerState.GIVEN if value is not None else AnswerState.SKIPPED
    return Answer(**{"state": state, "by": by, "at": NOW, "value": value, **more})


ANSWERS: Mapping[str, Answer] = {
    WATER: answer(
        Amount(Decimal("0.950"), "kg/cap/day"), raw="0,950 kg", doubts=(SURE,), because="new scales"
    ),
    "range@2007b": answer(
        Amount(Decimal("1E+3"), "t", Decimal("1200.50"), True), raw="some 1000 to 1200.50 t"
    ),
    "state@2007b": answer(Codes(("measured",)), message_id=2**40),
    "words": answer(Words("泗水社区堆肥 👍\n«deux»"), told_by="Budi"),
    "year": answer(Day("2025-06")),
    "proof": answer(Files((7, 8), ("https://example.org/a",)), same_as_last=True),
    "why": answer(None, because="the utility answers next week"),
}


def draft(city: str = "sibu", cycle: str = "2026", **more: Any) -> Draft:
    values = {"id": 0, "form": Form.PROGRESS, "city": city, "cycle": cycle, "questionnaire": "yearly"}
    return Draft(**{**values, "started_at": NOW, "touched_at": NOW, **more})


def full_draft(**more: Any) -> Draft:
    pending = Pending(
        WATER, "1,234", (Amount(Decimal("1.234")), Amount(Decimal("1234"))), ("two",), (SURE,), 9, True
    )
    return draft(
        **{
            "answers": ANSWERS,
            "at": WATER,
            "changing": True,
            "pending": pending,
            "holder": 2**52 - 1,
            "returned": {WATER: "Is it per day?"},
            "tries": 2,
            "heard": (Heard("0.95 kg", WATER), Heard("thank you")),
            "amends": "a mistake",
            **more,
        }
    )


def report(draft_id: int, draft_version: int = 1, **more: Any) -> Report:
    values = {
        "id": 0,
        "draft_id": draft_id,
        "draft_version": draft_version,
        "number": f"{more.get('city', 'sibu')}-2026",
        "version": 1,
        "form": Form.PROGRESS,
        "city": "sibu",
        "cycle": "2026",
        "questionnaire": "yearly",
        "questionnaire_version": "abc",
        "answers": ANSWERS,
        "submitted_by": 1,
        "submitted_at": NOW,
    }
    return Report(**{**values, **more})


def invitation(**more: Any) -> Invitation:
    values = {"id": 0, "role": Role.FOCAL_POINT, "city": "sibu", "invited_by": 9, "created_at": NOW}
    return Invitation(**{**values, "expires_at": NOW + timedelta(hours=72), **more})
