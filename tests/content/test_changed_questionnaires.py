"""A questionnaire changes while reports are being filled in: what is kept, what moves, what is asked anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.impact import fate, told
from bot.content.loader import load
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Value, Words
from bot.domain.drafts import Draft
from bot.domain.questionnaires import Course, Form, adopted
from bot.services.courses import course_of

from .conftest import write

NOW = datetime(2026, 11, 1, tzinfo=UTC)
FILE = "schedules/questionnaires/progress.yaml"
HEAD = "title: A\nquestions:\n"
WASTE = "  - {id: waste, type: number, each: target, ask: A}\n"
WHY = "  - {id: waste-why, type: text, each: target, ask: A}\n"
MORE = "  - {id: more, type: text, ask: A}\n"


def given(value: Value) -> Answer:
    return Answer(AnswerState.GIVEN, 7, NOW, value)


ANSWERS = {
    "waste@2007a": given(Amount(Decimal(12), "t")),
    "waste-why@2007a": given(Words("Rain")),
    "waste@2007b": given(Amount(Decimal(7), "t")),
    "waste-why@2007b": Answer(AnswerState.SKIPPED, 7, NOW),
}


def draft(answers: Mapping[str, Answer], *more: str) -> Draft:
    """A draft that was begun with the three questions, and with these."""
    known = ("waste", "waste-why", "more", *more)
    return Draft(1, Form.PROGRESS, "surabaya", "progress", NOW, NOW, "2026", answers=answers, known=known)


def note(schedules: Path, text: str, *drafts: Draft) -> str | None:
    """What an admin reads about these drafts when the questionnaire says this."""
    write(schedules, "questionnaires/progress.yaml", text)
    found = load(schedules.parent / "knowledge", schedules=schedules)
    assert not found.has_errors, found.problems
    courses = [(one, course_of(one, found.library, found.schedules)) for one in drafts]
    assert all(isinstance(course, Course) for _, course in courses)
    problem = told([fate(one, course) for one, course in courses if course], FILE)
    return str(problem) if problem is not None else None


def test_words_that_change_touch_no_draft(schedules: Path) -> None:
    assert note(schedules, HEAD + WASTE.replace("ask: A", "ask: B") + WHY + MORE, draft(ANSWERS)) is None


def test_a_question_that_goes_sets_its_answers_aside(schedules: Path) -> None:
    assert note(schedules, HEAD + WASTE + MORE, draft(ANSWERS), draft({})) == (
        f"{FILE}:1:1: note: 2 open drafts: in 1 an answer to `waste-why` is set aside (the question is gone; "
        "write `formerly: [waste-why]` at its successor to keep it); 2 answers stay as they are"
    )


def test_a_question_that_is_renamed_with_formerly_keeps_its_answers(schedules: Path) -> None:
    renamed = "  - {id: reason, type: text, each: target, ask: A, formerly: [waste-why]}\n"

    assert note(schedules, HEAD + WASTE + renamed + MORE, draft(ANSWERS)) == (
        f"{FILE}:1:1: note: 1 open draft: in 1 `reason` takes over the answer of its former id; "
        "2 answers stay as they are"
    )


def test_a_question_that_comes_in_is_new_to_drafts_that_were_begun_without_it(schedules: Path) -> None:
    new = "  - {id: cost, type: number, each: target, ask: A}\n"

    assert note(schedules, HEAD + new + WASTE + WHY + MORE, draft(ANSWERS), draft({}), draft({}, "cost")) == (
        f"{FILE}:1:1: note: 3 open drafts: in 2 one question is new (`cost`); 4 answers stay as they are"
    )


def test_a_question_is_new_only_where_it_is_asked(schedules: Path) -> None:
    choice = (
        "  - {id: more, type: yes-no, ask: A}\n  - {id: cost, type: number, ask: A, when: {more: [yes]}}\n"
    )
    yes, no = ({"more": given(Codes((code,)))} for code in ("yes", "no"))

    assert note(schedules, HEAD + WASTE + WHY + choice, draft(yes), draft(no)) == (
        f"{FILE}:1:1: note: 2 open drafts: in 1 one question is new (`cost`); 2 answers stay as they are"
    )


def test_several_new_questions_are_named(schedules: Path) -> None:
    two = "  - {id: cost, type: number, ask: A}\n  - {id: staff, type: number, ask: A}\n"

    assert note(schedules, HEAD + WASTE + WHY + MORE + two, draft(ANSWERS)) == (
        f"{FILE}:1:1: note: 1 open draft: in 1 2 questions are new (`cost`, `staff`); 4 answers stay as they are"
    )


def test_an_answer_that_no_longer_fits_is_told(schedules: Path) -> None:
    as_choice = "  - {id: waste-why, type: choice, each: target, ask: A, choices: {a: A, b: B}}\n"

    assert note(schedules, HEAD + WASTE + as_choice + MORE, draft(ANSWERS)) == (
        f"{FILE}:1:1: note: 1 open draft: in 1 an answer to `waste-why` does not fit it any more "
        "(its type or its choices changed); 3 answers stay as they are"
    )


def test_an_answer_whose_target_is_gone_is_told(schedules: Path) -> None:
    answers = {"waste@2007z": ANSWERS["waste@2007a"]}

    assert note(schedules, HEAD + WASTE + WHY + MORE, draft(answers)) == (
        f"{FILE}:1:1: note: 1 open draft: in 1 an answer to `waste` is set aside "
        "(its target is gone, or of another kind)"
    )


def test_answers_of_another_branch_are_not_touched(schedules: Path) -> None:
    choice = "  - {id: any, type: yes-no, ask: A}\n  - {id: more, type: text, ask: A, when: {any: [yes]}}\n"
    answers = {"any": given(Codes(("no",))), "more": given(Words("Much"))}

    assert note(schedules, HEAD + choice, draft(answers, "any")) is None


@pytest.mark.parametrize(
    ("versions", "kept"),
    [
        ((WASTE + WHY, "  - {id: why, type: text, each: target, ask: A, formerly: [waste-why]}\n"), 2),
        (
            (
                WASTE + WHY,
                "  - {id: a, type: number, each: target, ask: A, formerly: [waste]}\n" + WHY,
                "  - {id: b, type: number, each: target, ask: A, formerly: [a, waste]}\n" + WHY,
                "  - {id: b, type: number, each: target, ask: A, formerly: [a, waste]}\n"
                "  - {id: c, type: text, each: target, ask: A, formerly: [waste-why]}\n",
            ),
            4,
        ),
    ],
)
def test_no_answer_is_lost_through_several_versions(
    schedules: Path, versions: tuple[str, ...], kept: int
) -> None:
    """Three drafts, four versions: whatever is in a file, the answers themselves stay."""
    drafts = [draft(ANSWERS), draft(dict(list(ANSWERS.items())[:2])), draft({})]
    before = [sorted(repr(answer) for answer in one.answers.values()) for one in drafts]
    for text in versions:
        write(schedules, "questionnaires/progress.yaml", HEAD + text + MORE)
        found = load(schedules.parent / "knowledge", schedules=schedules)
        after = []
        for one in drafts:
            course = course_of(one, found.library, found.schedules)
            assert course is not None
            after.append(adopted(one.answers, course))
        drafts = [draft(answers) for answers in after]

    assert [sorted(repr(answer) for answer in one.answers.values()) for one in drafts] == before
    course = course_of(drafts[0], found.library, found.schedules)
    assert course is not None
    assert sum(course.step(key) is not None for key in drafts[0].answers) == kept
