"""The cycles and questionnaires that travel with Focal: short, in every language, and fit for the twelve cities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.content.questionnaire_files import OTHER
from bot.domain.answers import Answer, AnswerState, Codes
from bot.domain.commitments import TargetKind
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.question_types import Surroundings, Understood, read
from bot.domain.questionnaires import LONGEST_KEY, Course, Form, Meaning, Question, QuestionKind, Step
from bot.domain.words import LocalText
from bot.services.courses import cities_of, cycle_targets, short_names

from .conftest import write

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"en", "zh", "fr"}
LONGEST_ASKED = 200
LONGEST_BUTTON = 32
NOW = datetime(2026, 11, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def known() -> tuple[Library, Schedules]:
    found = load(ROOT / "knowledge", schedules=ROOT / "schedules", languages=LANGUAGES)
    assert [problem for problem in found.problems if problem.path.startswith("schedules")] == []
    return found.library, found.schedules


@pytest.fixture(scope="module")
def schedules(known: tuple[Library, Schedules]) -> Schedules:
    return known[1]


def questions(schedules: Schedules) -> Iterator[Question]:
    for questionnaire in schedules.questionnaires.values():
        yield from questionnaire.questions


def chosen(*codes: str) -> Answer:
    return Answer(AnswerState.GIVEN, 1, NOW, Codes(codes))


def skipped() -> Answer:
    return Answer(AnswerState.SKIPPED, 1, NOW)


def test_there_is_a_cycle_and_a_questionnaire_for_each_form(schedules: Schedules) -> None:
    assert {questionnaire.form for questionnaire in schedules.questionnaires.values()} == set(Form)
    assert [cycle.questionnaire for cycle in schedules.cycles.values()] == ["progress"]


def test_every_text_is_in_every_language_and_short(schedules: Schedules) -> None:
    for questionnaire in schedules.questionnaires.values():
        assert set(questionnaire.title.by_language) == LANGUAGES
    for question in questions(schedules):
        texts = [text for text in (question.ask, question.short, question.hint, question.example) if text]
        for text in texts:
            assert set(text.by_language) == LANGUAGES, question.id
            assert max(map(len, text.by_language.values())) < LONGEST_ASKED, question.id
        assert question.short is not None, question.id
        for label in (choice.label for choice in question.choices):
            assert set(label.by_language) == LANGUAGES, question.id
            assert max(map(len, label.by_language.values())) <= LONGEST_BUTTON, label


def test_no_french_sign_stands_alone_at_the_start_of_a_line(schedules: Schedules) -> None:
    for question in questions(schedules):
        labels = [choice.label for choice in question.choices]
        for text in (question.ask, question.short, question.hint, question.example, *labels):
            assert not (text and re.search(r" [:;?!%»]|« ", text.by_language["fr"])), question.id


def test_no_two_buttons_of_a_question_read_alike(schedules: Schedules) -> None:
    for question in questions(schedules):
        for language in LANGUAGES:
            labels = [choice.label.by_language[language] for choice in question.choices]
            assert len(set(labels)) == len(labels), question.id


def test_what_is_typed_has_an_example(schedules: Schedules) -> None:
    typed = {QuestionKind.NUMBER, QuestionKind.PERCENTAGE, QuestionKind.DATE, QuestionKind.CITY}
    # The figure of a target has an example that fits its unit, made where it is shown.
    bare = [q for q in questions(schedules) if q.kind in typed and q.example is None]
    assert [q.id for q in bare if q.means is not Meaning.RESULT] == []


def test_the_twelve_cities_are_asked_about_each_of_their_targets(known: tuple[Library, Schedules]) -> None:
    library, schedules = known
    cycle = schedules.cycles["2026"]

    assert len(cities_of(cycle, library)) == 12
    for city in cities_of(cycle, library):
        course = Course(schedules.questionnaires["progress"], cycle_targets(cycle, city, library))
        asked = course.path({})
        assert {step.ref for step in asked if step.ref} == set(course.targets)
        assert all(len(step.key) <= LONGEST_KEY for step in course.all_steps())


def taps_for_nothing(course: Course, first: Answer) -> int:
    """How many answers a target takes where the first says that there is nothing and what follows is skipped."""
    answers: dict[str, Answer] = {}
    taps = 0
    while step := next((s for s in course.path(answers) if s.ref and s.key not in answers), None):
        assert taps == 0 or not step.question.required, step.key
        answers[step.key] = first if taps == 0 else skipped()
        taps += 1
    return taps


@pytest.mark.parametrize(
    ("kind", "nothing"),
    [
        (TargetKind.CHANGE, chosen("none")),
        (TargetKind.LEVEL, chosen("none")),
        (TargetKind.COUNT, chosen("none")),
        (TargetKind.SCALE, chosen("0")),
        (TargetKind.MILESTONE, Answer(AnswerState.UNKNOWN, 1, NOW)),
        (TargetKind.COMPLIANCE, Answer(AnswerState.UNKNOWN, 1, NOW)),
    ],
)
def test_a_target_with_nothing_to_report_costs_two_taps(
    known: tuple[Library, Schedules], kind: TargetKind, nothing: Answer
) -> None:
    library, schedules = known
    target = replace(library.commitments["surabaya-2007"].targets[0], kind=kind)

    assert taps_for_nothing(Course(schedules.questionnaires["progress"], {"2007a": target}), nothing) == 2


def meanings(course: Course, answers: Mapping[str, Answer]) -> set[Meaning | None]:
    return {step.question.means for step in course.path(answers) if step.ref == "2007a"}


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("measured", {"state", "result", "year", "said", "words", "evidence"}),
        ("expected", {"state", "result", "year", "said", "words", "evidence"}),
        ("other", {"state", "said", "words", "evidence"}),
        ("words", {"state", "said", "words", "evidence"}),
        ("none", {"state", "words"}),
    ],
)
def test_what_there_is_decides_what_is_asked(
    known: tuple[Library, Schedules], state: str, expected: set[str]
) -> None:
    library, schedules = known
    course = Course(schedules.questionnaires["progress"], short_names(library.commitments["surabaya-2007"]))

    assert meanings(course, {"state@2007a": chosen(state)}) == expected
    words = [
        step
        for step in course.path({"state@2007a": chosen(state)})
        if step.ref == "2007a" and step.question.means is Meaning.WORDS
    ]
    assert len(words) == 1
    assert words[0].question.required == (state in ("other", "words"))


def test_targets_without_a_figure_are_asked_for_what_can_be_shown(known: tuple[Library, Schedules]) -> None:
    library, schedules = known
    course = Course(schedules.questionnaires["progress"], short_names(library.commitments["surabaya-2007"]))
    begun = {"level@2007b": chosen("2")}

    path = [step.question.means for step in course.path(begun) if step.ref == "2007b"]

    assert path == [Meaning.SCALE, Meaning.SAID, Meaning.WORDS, Meaning.EVIDENCE]


def test_a_proposal_asks_for_what_its_kind_of_promise_needs(schedules: Schedules) -> None:
    proposal = schedules.questionnaire_for(Form.COMMITMENT)
    assert proposal is not None
    course = Course(proposal)

    def asked(kind: str) -> set[Meaning | None]:
        return {step.question.means for step in course.path({"kind": chosen(kind)})}

    always = {Meaning.PROMISE, Meaning.INDICATOR, Meaning.KIND, Meaning.DUE, Meaning.HOW_KNOWN}
    from_a_baseline = {Meaning.DIRECTION, Meaning.VALUE, Meaning.BASE_YEAR, Meaning.BASELINE}
    assert asked("change") == always | from_a_baseline
    assert asked("level") == always | from_a_baseline | {Meaning.UNIT}
    assert asked("count") == always | {Meaning.DIRECTION, Meaning.VALUE, Meaning.UNIT}
    assert asked("milestone") == asked("scale") == always


def test_the_measures_of_a_proposal_are_called_as_everywhere(known: tuple[Library, Schedules]) -> None:
    library, schedules = known
    offered: dict[str, LocalText] = {
        choice.id: choice.label
        for question in questions(schedules)
        if question.means is Meaning.INDICATOR
        for choice in question.choices
    }

    assert {code: label.by_language for code, label in offered.items() if code != OTHER} == {
        code: library.indicators[code].label.by_language for code in offered if code != OTHER
    }


def test_the_examples_of_the_handbook_are_right(tmp_path: Path) -> None:
    handbook = (ROOT / "docs" / "admin.md").read_text(encoding="utf-8")
    blocks = [block for block in handbook.split("```\n")[1::2] if block.startswith("title: {")]
    cycle, questionnaire = blocks
    write(tmp_path, "schedules/cycles/2027.yaml", cycle)
    write(tmp_path, "schedules/questionnaires/progress.yaml", questionnaire)

    found = load(ROOT / "knowledge", schedules=tmp_path / "schedules", with_notes=False)

    assert [str(problem) for problem in found.problems] == []
    assert found.schedules.cycles.keys() == {"2027"}
    assert len(found.schedules.questionnaires["progress"].questions) == 2


def test_what_the_examples_show_is_understood(known: tuple[Library, Schedules]) -> None:
    library, schedules = known
    cities = {
        city: (*library.entries[city].title.by_language.values(), *library.entries[city].aliases)
        for city in library.cities
    }
    asked = [
        question
        for question in questions(schedules)
        if question.kind in (QuestionKind.DATE, QuestionKind.CITY) or question.means is Meaning.BASELINE
    ]
    for question in asked:
        for language in LANGUAGES:
            assert question.example is not None
            example = question.example.by_language[language]
            around = Surroundings(language, NOW.date(), "2026", cities)
            assert isinstance(read(Step(question), example, around), Understood), (question.id, example)
