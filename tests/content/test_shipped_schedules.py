"""The cycles and questionnaires that travel with Focal: short, in every language, and fit for the twelve cities."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
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
from bot.domain.reminder_rules import STEPS, Anchor
from bot.domain.words import LocalText
from bot.services.courses import cities_of, cycle_targets, short_names
from bot.texts.catalogues import catalogue
from bot.texts.telegram_html import from_markdown, plain

from .conftest import write

ROOT = Path(__file__).resolve().parents[2]
LANGUAGES = {"en", "zh", "fr"}
LONGEST_ASKED = 200
LONGEST_BUTTON = 32
LONGEST_ANNOUNCED = 900
BUTTONS_TOLD = {"cycle-opens": ("Help", "Ask the secretariat"), "contact-check": ("Hand over",)}
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


def test_the_standard_reminders_are_few(schedules: Schedules) -> None:
    assert {cycle.reminders for cycle in schedules.cycles.values()} == {"standard"}
    rules = schedules.reminders["standard"].rules

    assert {rule.to for rule in rules} == set(STEPS)
    assert len([rule for rule in rules if rule.to is STEPS[0]]) <= 8
    for cycle in schedules.cycles.values():
        days = [cycle.opens if rule.anchor is Anchor.OPENING else cycle.deadline for rule in rules]
        moments = {(rule.to, day + timedelta(days=rule.days)) for rule, day in zip(rules, days, strict=True)}
        assert len(moments) == len(rules), "nobody has two on a day"
        assert min(day for _, day in moments) == cycle.opens
        # Whoever reports on the first day hears of nothing else.
        assert sorted(day for _, day in moments)[1] > cycle.opens + timedelta(days=14)


def test_every_country_with_a_commitment_has_its_holidays(known: tuple[Library, Schedules]) -> None:
    library, schedules = known
    for commitment in library.commitments.values():
        city = library.cities[commitment.city]
        off = schedules.days_off_of(city.country, commitment.city)
        assert any(off.holds(date(2027, 5, 1) + timedelta(days=day)) for day in range(365)), commitment.city
    kitakyushu = schedules.days_off_of("JP", "kitakyushu")
    closed = [date(2026, 12, 28) + timedelta(days=day) for day in range(8)]
    assert [day.day for day in closed if kitakyushu.holds(day)] == [29, 30, 31, 1, 2, 3]
    sibu = schedules.days_off_of("MY", "sibu")
    assert sibu.holds(date(2027, 6, 1))
    assert sibu.holds(date(2027, 8, 31))


def test_the_lines_for_moving_feasts_are_right_as_soon_as_their_sign_is_taken_away(tmp_path: Path) -> None:
    shown = 0
    for file in sorted((ROOT / "schedules" / "holidays").glob("*.yaml")):
        text = re.sub(r"(?m)^# (days:|  - )", r"\1", file.read_text(encoding="utf-8"))
        shown += "\ndays:" in text
        write(tmp_path, f"schedules/holidays/{file.name}", text)

    found = load(ROOT / "knowledge", schedules=tmp_path / "schedules", with_notes=False)

    assert [str(problem) for problem in found.problems] == []
    assert shown == 8
    assert all(
        found.schedules.days_off[country].days for country in ("CN", "ID", "JP", "KR", "MY", "NP", "TH")
    )


def test_templates_of_announcements_are_short_and_in_every_language(schedules: Schedules) -> None:
    assert len(schedules.messages) >= 3
    for template in schedules.messages.values():
        for said in (template.title, template.text):
            assert set(said.by_language) == LANGUAGES, template.id
            assert not re.search(r" [:;?!%»]|« ", said.by_language["fr"]), template.id
        for text in template.text.by_language.values():
            shown = from_markdown(text, str)
            assert len(plain(shown)) < LONGEST_ANNOUNCED, template.id
            assert "*" not in shown, template.id


def test_templates_name_only_commands_and_buttons_that_there_are(schedules: Schedules) -> None:
    for template in schedules.messages.values():
        for language, text in template.text.by_language.items():
            for command in re.findall(r"(?<!\w)/([a-z]+)", text):
                assert (ROOT / "bot" / "chat" / "commands" / f"{command}.py").is_file(), (
                    template.id,
                    command,
                )
            for button in BUTTONS_TOLD.get(template.id, ()):
                assert f"**{catalogue(language).gettext(button)}**" in text, (template.id, language, button)


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
    beginnings = ("title: {", "quiet_hours:", "country:")
    blocks = [block for block in handbook.split("```\n") if block.startswith(beginnings)]
    names = ("cycles/2027", "questionnaires/progress", "reminders/standard", "holidays/jp", "messages/opens")
    for name, block in zip(names, blocks, strict=True):
        write(tmp_path, f"schedules/{name}.yaml", block)

    found = load(ROOT / "knowledge", schedules=tmp_path / "schedules", with_notes=False)

    assert [str(problem) for problem in found.problems] == []
    assert found.schedules.cycles.keys() == {"2027"}
    assert len(found.schedules.questionnaires["progress"].questions) == 2
    assert len(found.schedules.reminders["standard"].rules) == 5
    assert len(found.schedules.days_off["JP"].days) == 8
    assert found.schedules.messages.keys() == {"opens"}


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
