"""Questionnaires: what is asked in a dialog, and in which order. Files describe them, people answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from enum import StrEnum

from bot.domain.answers import Answer, Codes, Value, Words
from bot.domain.commitments import Direction, Target, TargetKind
from bot.domain.words import LocalText


class Form(StrEnum):
    """What a questionnaire is for."""

    PROGRESS = "progress"
    COMMITMENT = "commitment"
    """A city proposes a commitment."""
    REVISION = "revision"
    """A city proposes to change a target of a commitment, with a reason."""
    BASELINE = "baseline"
    """A city supplies the baseline of a target."""


class QuestionKind(StrEnum):
    NUMBER = "number"
    PERCENTAGE = "percentage"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes-no"
    SCALE = "scale"
    TEXT = "text"
    DATE = "date"
    FILE = "file"
    CITY = "city"


class Meaning(StrEnum):
    """What an answer tells Focal beyond its words: from these a result or a commitment is made."""

    STATE = "state"
    """Whether there is a figure and of which kind: measured, projected, expected, other, words or none."""
    RESULT = "result"
    YEAR = "year"
    SAID = "said"
    """How the city itself judges the target (a `SaidStatus`)."""
    SAID_SHARE = "said-share"
    """How much of the target it counts as done itself, in per cent."""
    WORDS = "words"
    EVIDENCE = "evidence"
    WORKED = "worked"
    """What worked well in the city, told to others: it is published."""
    WANTED = "wanted"
    """Which help the city would like (the code `none`: none)."""
    LEARNT = "learnt"
    """A city from which it took something over."""
    DONE = "done"
    SCALE = "scale"
    INDICATOR = "indicator"
    TARGET = "target"
    """Which target of a commitment a revision or baseline is about (its id)."""
    KIND = "kind"
    DIRECTION = "direction"
    VALUE = "value"
    UNIT = "unit"
    BASE_YEAR = "base-year"
    BASELINE = "baseline"
    DUE = "due"
    HOW_KNOWN = "how-known"
    PROMISE = "promise"
    """The promise in the city's own words."""
    REASON = "reason"


LONGEST_KEY = 45
"""Characters of a step's key, so that every button with one fits into 64 bytes."""


@dataclass(frozen=True)
class Choice:
    id: str
    label: LocalText


@dataclass(frozen=True)
class Condition:
    """Asked only if `question` (of the same target, where it is asked for each) was answered with one of `codes`.
    Where that question is not asked for targets of this kind, the condition does not count."""

    question: str
    codes: frozenset[str]


@dataclass(frozen=True)
class Question:
    """One question. `short` is its name in lists; `each_target`: asked for every target of these kinds (all kinds
    where `target_kinds` is empty). A number without `unit` that is asked for each target has the target's."""

    id: str
    kind: QuestionKind
    ask: LocalText
    short: LocalText | None = None
    hint: LocalText | None = None
    example: LocalText | None = None
    required: bool = False
    each_target: bool = False
    target_kinds: frozenset[TargetKind] = frozenset()
    when: tuple[Condition, ...] = ()
    choices: tuple[Choice, ...] = ()
    unit: str | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    most: int | None = None
    """The most characters of a text, files, or choices."""
    means: Meaning | None = None
    formerly: tuple[str, ...] = ()
    """Ids that this question had; answers given under them are its own."""


@dataclass(frozen=True)
class Step:
    """One question as it is asked in one draft: of one target where it is asked for each."""

    question: Question
    target: Target | None = None
    ref: str = ""
    """The target's short name in keys: the commitment's year and the target's id, such as `2007a`."""

    @property
    def key(self) -> str:
        return f"{self.question.id}@{self.ref}" if self.ref else self.question.id


@dataclass(frozen=True)
class Questionnaire:
    id: str
    title: LocalText
    questions: tuple[Question, ...]
    form: Form = Form.PROGRESS
    version: str = ""
    """Hash of its file."""


@dataclass(frozen=True)
class Course:
    """A questionnaire as one city meets it: with its targets, each under its short name."""

    questionnaire: Questionnaire
    targets: Mapping[str, Target] = field(default_factory=dict)

    def path(self, answers: Mapping[str, Answer]) -> tuple[Step, ...]:
        """The steps to take with these answers, in order. Questions that are asked for each target stand
        together, target by target. Those of a proposal are about the target that was chosen or described."""
        asked = tuple(step for step in self.all_steps() if self._is_asked(step, answers))
        about = self._proposed(meanings(asked, answers))
        return (
            tuple(step if step.target else replace(step, target=about) for step in asked) if about else asked
        )

    def all_steps(self) -> Iterator[Step]:
        """Every step that may be taken, whatever is answered."""
        for each_target, group in _runs(self.questionnaire.questions):
            if not each_target:
                yield from (Step(self._with_targets(question)) for question in group)
                continue
            for ref, target in self.targets.items():
                for question in group:
                    if not question.target_kinds or target.kind in question.target_kinds:
                        yield Step(question, target, ref)

    def step(self, key: str) -> Step | None:
        return next((step for step in self.all_steps() if step.key == key), None)

    def _with_targets(self, question: Question) -> Question:
        """A question for one of the targets, with these as its choices."""
        if question.means is not Meaning.TARGET or question.choices:
            return question
        targets = self.targets.values()
        return replace(question, choices=tuple(Choice(target.id, target.text) for target in targets))

    def _proposed(self, told: Mapping[Meaning, Value]) -> Target | None:
        """The target that a proposal is about, as far as the answers tell."""
        chosen = code_of(told.get(Meaning.TARGET))
        if chosen is not None:
            return next((target for target in self.targets.values() if target.id == chosen), None)
        kind = code_of(told.get(Meaning.KIND))
        if kind is None or kind not in set(TargetKind):
            return None
        promise, unit = told.get(Meaning.PROMISE), told.get(Meaning.UNIT)
        named = unit.text if isinstance(unit, Words) else code_of(unit)
        direction = code_of(told.get(Meaning.DIRECTION))
        return Target(
            id="",
            kind=TargetKind(kind),
            indicator=code_of(told.get(Meaning.INDICATOR)) or "",
            text=LocalText.plain(promise.text if isinstance(promise, Words) else ""),
            direction=Direction(direction) if direction in set(Direction) else None,
            unit="%" if kind == TargetKind.CHANGE else named,
        )

    def _is_asked(self, step: Step, answers: Mapping[str, Answer]) -> bool:
        for condition in step.question.when:
            if self._is_for_other_targets(condition.question, step):
                continue
            of_target = f"{condition.question}@{step.ref}"
            answer = answers.get(of_target) if step.ref else None
            answer = answer or answers.get(condition.question)
            given = answer.value if answer is not None else None
            if not isinstance(given, Codes) or not condition.codes.intersection(given.codes):
                return False
        return True

    def _is_for_other_targets(self, question_id: str, step: Step) -> bool:
        """Whether a question is not asked for targets of this kind, so that nothing can depend on it."""
        named = next((q for q in self.questionnaire.questions if q.id == question_id), None)
        if named is None or step.target is None or not named.target_kinds:
            return False
        return step.target.kind not in named.target_kinds


def meanings(steps: Iterable[Step], answers: Mapping[str, Answer]) -> Mapping[Meaning, Value]:
    """What the answers to these steps tell, by what they mean. What was skipped or is not known tells nothing."""
    told: dict[Meaning, Value] = {}
    for step in steps:
        answer = answers.get(step.key)
        if step.question.means is not None and answer is not None and answer.value is not None:
            told[step.question.means] = answer.value
    return told


def code_of(value: Value | None) -> str | None:
    """The one code that was chosen; None where there is none, or several."""
    return value.codes[0] if isinstance(value, Codes) and len(value.codes) == 1 else None


def adopted(answers: Mapping[str, Answer], course: Course) -> Mapping[str, Answer]:
    """The answers under the keys that the questionnaire has now: those given under a question's former id
    become its own, all others stay as they are."""
    moved = dict(answers)
    for old, new in keys_now(course).items():
        if old in moved and new not in moved:
            moved[new] = moved.pop(old)
    return moved


def keys_now(course: Course) -> Mapping[str, str]:
    """The key that stands for each one of a question's former ids."""
    return {
        f"{old}@{step.ref}" if step.ref else old: step.key
        for step in course.all_steps()
        for old in step.question.formerly
    }


def _runs(questions: Sequence[Question]) -> Iterator[tuple[bool, list[Question]]]:
    """Neighbouring questions that are all asked for each target, or all not."""
    run: list[Question] = []
    for question in questions:
        if run and run[0].each_target != question.each_target:
            yield run[0].each_target, run
            run = []
        run.append(question)
    if run:
        yield run[0].each_target, run
