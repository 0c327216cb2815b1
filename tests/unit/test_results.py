"""What a report tells of each target: made from what the answers mean, and never from what was set aside."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from answering import AT, answered

from bot.content.loader import load
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Words
from bot.domain.assessment import Status, TargetResult, Why, assess
from bot.domain.commitments import Direction, SaidStatus, Target, TargetKind, ValueKind
from bot.domain.questionnaires import Course
from bot.domain.results import results
from bot.domain.words import LocalText


def target(target_id: str, kind: str, unit: str | None = None, value: str | None = None) -> Target:
    return Target(
        target_id,
        TargetKind(kind),
        "waste",
        LocalText.plain("Less."),
        Direction.DOWN,
        Decimal(value) if value else None,
        unit=unit,
        due=2030,
    )


TARGETS = {
    "2007a": target("a", "change", "%", "-30"),
    "2007b": target("b", "level", "kg/cap/day", "0.9"),
    "2007c": target("c", "scale"),
    "2007d": target("d", "milestone"),
    "2026a": target("a", "count", "vehicles", "20"),
}


@pytest.fixture(scope="module")
def course(knowledge: Path) -> Course:
    loaded = load(knowledge, schedules=knowledge.parent / "schedules")
    return Course(loaded.schedules.questionnaires["progress"], TARGETS)


def test_each_target_has_the_result_that_was_told(course: Course) -> None:
    told = results(
        course,
        answered(
            course,
            {
                "state@2007a": "A measured figure",
                "result@2007a": "-32.4 %",
                "year@2007a": "2025",
                "said@2007a": "exceeded",
                "note@2007a": "By fees.",
                "state@2007b": "projected",
                "result@2007b": "0.85-0.95 kg/cap/day",
                "year@2007b": "June 2026",
                "level@2007c": "3",
                "done@2007d": "yes",
                "state@2026a": "none",
                "why@2026a": "The lorries come next year.",
            },
        ),
        {},
    )
    assert told["2007a"] == TargetResult(
        "a",
        Decimal("-32.4"),
        unit="%",
        as_change=True,
        year=2025,
        value_kind=ValueKind.MEASURED,
        words="By fees.",
        said=SaidStatus.EXCEEDED,
    )
    assert (told["2007b"].value, told["2007b"].far) == (Decimal("0.85"), Decimal("0.95"))
    assert (told["2007b"].unit, told["2007b"].year) == ("kg/cap/day", 2026)
    assert told["2007b"].value_kind is ValueKind.PROJECTED
    assert told["2007c"].scale == 3
    assert told["2007d"].done is True
    nothing = TargetResult("a", because="The lorries come next year.")
    assert told["2026a"] == nothing, "nothing yet is a result with nothing in it but why"
    assert assess(TARGETS["2007a"], told["2007a"], 2007).status is Status.EXCEEDED
    judged = assess(TARGETS["2026a"], told["2026a"], 2026)
    assert (judged.status, judged.why) == (Status.NO_RESULT, (Why.NOTHING_TOLD,))
    assert judged.because == "The lorries come next year."


def test_what_part_the_city_counts_as_done_is_kept_beside_its_word(course: Course) -> None:
    told = results(
        course,
        answered(
            course,
            {
                "state@2007a": "measured",
                "result@2007a": "-20 %",
                "said@2007a": "partly",
                "share@2007a": "90 %",
            },
        ),
        {},
    )
    assert (told["2007a"].said, told["2007a"].said_share) == (SaidStatus.PARTLY, Decimal(90))
    assert assess(TARGETS["2007a"], told["2007a"], 2007).differs


def test_an_amount_for_a_change_and_a_change_for_an_amount_are_told_apart(course: Course) -> None:
    told = results(
        course,
        answered(
            course,
            {
                "state@2007a": "measured",
                "result@2007a": "45 000 t",
                "state@2007b": "measured",
                "result@2007b": "-12 %",
            },
        ),
        {},
    )
    assert (told["2007a"].value, told["2007a"].unit, told["2007a"].as_change) == (Decimal(45000), "t", False)
    assert (told["2007b"].value, told["2007b"].unit, told["2007b"].as_change) == (Decimal(-12), "%", True)


def test_a_figure_on_another_measure_is_marked_as_such(course: Course) -> None:
    told = results(
        course, answered(course, {"state@2007a": "other", "other@2007a": "Only plastics: -5 %."}), {}
    )
    assert told["2007a"].other_measure
    assert told["2007a"].value is None
    assert told["2007a"].words == "Only plastics: -5 %."
    assert assess(TARGETS["2007a"], told["2007a"], 2007).why == (Why.OTHER_MEASURE,)


def test_an_answer_that_was_set_aside_does_not_count(course: Course) -> None:
    answers = answered(course, {"state@2007a": "measured", "result@2007a": "-20 %"})
    assert results(course, answers, {})["2007a"].value == Decimal(-20)
    answers["state@2007a"] = Answer(AnswerState.GIVEN, 1, AT, Codes(("none",)))
    assert "result@2007a" in answers, "it is kept aside"
    assert results(course, answers, {})["2007a"] == TargetResult("a")


def test_an_answer_that_no_longer_fits_its_question_does_not_count(course: Course) -> None:
    answers = answered(course, {"state@2007a": "measured", "result@2007a": "-20 %"})
    answers["result@2007a"] = replace(answers["result@2007a"], value=Words("about a fifth"))
    assert results(course, answers, {})["2007a"].value is None


def test_what_is_not_known_yet_tells_nothing(course: Course) -> None:
    answers = answered(course, {"state@2007a": "measured"})
    answers["result@2007a"] = Answer(AnswerState.UNKNOWN, 1, AT, because="asked the utility")
    assert results(course, answers, {})["2007a"].value is None
    assert results(course, answers, {})["2007a"].because == "asked the utility"
    assert set(results(course, {}, {})) == set(TARGETS)


def test_figures_are_never_changed_on_the_way(course: Course) -> None:
    answers = answered(course, {"state@2007b": "measured", "result@2007b": "0.90"})
    assert answers["result@2007b"].value == Amount(Decimal("0.90"), "kg/cap/day")
    assert str(results(course, answers, {})["2007b"].value) == "0.90"


def test_the_reviewer_s_verdict_goes_beside_what_the_city_tells(course: Course) -> None:
    answers = answered(course, {"level@2007c": "3"})
    told = results(course, answers, {"2007c": "1", "2007d": "yes", "1999z": "yes"})
    assert (told["2007c"].scale, told["2007c"].judged) == (3, "1")
    assert (told["2007d"].done, told["2007d"].judged) == (None, "yes")
    assert told["2007a"].judged is None
    assert set(told) == set(TARGETS)
