"""What the questions of one questionnaire say of each other: order, conditions, limits, meanings, placeholders."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.content.problems import Position, Report, did_you_mean, shown
from bot.content.question_rules import CODES_OF, LIMITS, NEEDED_BY, OF_A_FORM, OF_THE_CITY, SCALE, TYPES_OF
from bot.content.typing_mistakes import named
from bot.content.yaml_tree import Location, Tree
from bot.domain.questionnaires import Condition, Form, Meaning, Question, QuestionKind
from bot.domain.words import LocalText

PLACEHOLDER = re.compile(r"\{([^{}]*)\}|[{}]")
ALWAYS_FILLED: tuple[str, ...] = ("city",)
FILLED_IN_A_CYCLE = ("period", "year")
FILLED_FOR_A_TARGET = ("target", "indicator", "unit")
LONGEST_TEXT = 400
"""Characters of what is asked: more is not read on a phone."""
LONGEST_LABEL = 60
"""Characters of a button or of a line in a list."""


def check_questions(questions: Sequence[Question], form: Form, tree: Tree, report: Report) -> None:
    """Tells in `report` what is wrong with questions that are each right by themselves."""
    checks = _Checks(questions, form, tree, report)
    for number, question in enumerate(questions):
        checks.names(number, question)
        checks.targets(number, question)
        checks.limits(number, question)
        checks.conditions(number, question)
        if question.means is not None:
            checks.meaning(number, question, question.means)
        checks.texts(number, question)
    for meaning in NEEDED_BY.get(form, ()):
        if meaning not in {question.means for question in questions}:
            message = f"a questionnaire of the form `{form}` has no question that means `{meaning}`"
            cure = f"write `means: {meaning}` at the question that asks for it"
            report.error("no-meaning", message, cure, tree.position(("form",)))


class _Checks:
    def __init__(self, questions: Sequence[Question], form: Form, tree: Tree, report: Report) -> None:
        self.questions = questions
        self.form = form
        self.tree = tree
        self.report = report
        self.ids = [question.id for question in questions]

    def error(
        self, code: str, number: int, key: tuple[str | int, ...], message: str, cure: str | None
    ) -> None:
        place: Location = ("questions", number, *key)
        self.report.error(code, f"{named(place)}: {message}", cure, self.at(place))

    def at(self, place: Location) -> Position:
        return self.tree.position(place)

    def names(self, number: int, question: Question) -> None:
        if question.id in self.ids[:number]:
            message = f"the id `{question.id}` is taken by question no. {self.ids.index(question.id) + 1}"
            self.error("duplicate-id", number, ("id",), message, "give one of them another id")
        for place, old in enumerate(question.formerly):
            if old in self.ids:
                message = f"`{old}` is the id of a question that is there"
                self.error("old-id-taken", number, ("formerly", place), message, "delete it")
            elif any(old in other.formerly for other in self.questions[:number]):
                message = f"`{old}` is already an old id of another question"
                self.error("old-id-taken", number, ("formerly", place), message, "delete one of the two")

    def targets(self, number: int, question: Question) -> None:
        if question.target_kinds and not question.each_target:
            message = "kinds of targets at a question that is asked once"
            self.error("no-each", number, ("targets",), message, "add `each: target`, or delete the line")
        if question.each_target and self.form is Form.COMMITMENT:
            message = "a city that proposes a commitment has no targets yet"
            self.error("no-targets", number, ("each",), message, "delete the line")

    def limits(self, number: int, question: Question) -> None:
        given = {
            "choices": bool(question.choices),
            "unit": question.unit is not None,
            "min": question.minimum is not None,
            "max": question.maximum is not None,
            "most": question.most is not None,
        }
        for key, kinds in LIMITS.items():
            if given[key] and question.kind not in kinds:
                message = f"the type `{question.kind}` has no `{key}`, only {_listed(kinds)} {_have(kinds)}"
                self.error("limit", number, (key,), message, "delete it, or correct `type`")
        low, high = question.minimum, question.maximum
        if low is not None and high is not None and low > high:
            message = f"the least is {low}, but the most is {high}"
            self.error("limit", number, ("min",), message, "exchange the two")
        self.choices(number, question)

    def choices(self, number: int, question: Question) -> None:
        codes = [choice.id for choice in question.choices]
        for place, code in enumerate(codes):
            if code in codes[:place]:
                message = f"the code `{code}` is there a second time"
                self.error("duplicate-code", number, ("choices", place), message, "give it a code of its own")
        if question.kind is QuestionKind.SCALE and any(code not in SCALE for code in codes):
            message = f"a scale goes from 0 to 4, read {shown(next(c for c in codes if c not in SCALE))}"
            self.error("scale", number, ("choices",), message, "write the codes 0 to 4, or delete `choices`")
        offers_targets = question.means is Meaning.TARGET
        if (
            question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
            and len(codes) < 2
            and not offers_targets
        ):
            told = "there is nothing to choose from" if not codes else f"`{codes[0]}` is the only choice"
            key = ("choices",) if codes else ("type",)
            self.error("no-choices", number, key, told, "write `choices:` with two or more codes and labels")

    def conditions(self, number: int, question: Question) -> None:
        for condition in question.when:
            self.condition(number, question, condition)

    def condition(self, number: int, question: Question, condition: Condition) -> None:
        at, name = ("when", condition.question), condition.question
        if name not in self.ids[:number]:
            if name == question.id:
                message, cure = "a question cannot wait for its own answer", "name a question before it"
            elif name in self.ids:
                message, cure = f"`{name}` is asked later", "move it before this question"
            else:
                message = f"read {shown(name)}, but no question before it has this id"
                cure = (
                    did_you_mean(name, self.ids[:number]) or "write the id of a question that stands before"
                )
            self.error("unknown-question", number, at, message, cure)
            return
        other = self.questions[self.ids.index(name)]
        if other.each_target and not question.each_target:
            message = f"`{name}` is asked for each target, this question once"
            self.error("when", number, at, message, "add `each: target` here, or delete the condition")
        elif (
            other.target_kinds
            and question.target_kinds.isdisjoint(other.target_kinds)
            and question.target_kinds
        ):
            message = f"`{name}` is not asked for the kinds of targets that this question is for"
            self.error("when", number, at, message, "correct `targets` of one of the two")
        codes = _codes(other)
        if codes is None:
            message = f"`{name}` is of the type `{other.kind}`, whose answers have no codes"
            self.error("when", number, at, message, "name a choice, choices, yes-no or scale question")
            return
        for code in sorted(condition.codes):
            if codes and code not in codes:
                cure = did_you_mean(code, codes) or f"its codes are {', '.join(codes)}"
                message = f"read {shown(code)}, but `{name}` has no such answer"
                self.error("unknown-code", number, at, message, cure)

    def meaning(self, number: int, question: Question, meaning: Meaning) -> None:
        at = ("means",)
        if question.kind not in TYPES_OF[meaning]:
            message = f"the type `{question.kind}` cannot mean `{meaning}`"
            self.error("meaning", number, at, message, f"write `type: {TYPES_OF[meaning][0]}`")
        elif meaning not in OF_A_FORM[self.form]:
            forms = [form.value for form, meanings in OF_A_FORM.items() if meaning in meanings]
            message = f"the form `{self.form}` makes nothing of `{meaning}`"
            self.error(
                "meaning", number, at, message, f"delete it; it belongs to the form {', '.join(forms)}"
            )
        elif meaning in OF_THE_CITY:
            if question.each_target:
                message = f"`{meaning}` is about the whole city, but this question is asked for each target"
                self.error("meaning", number, at, message, "delete `each: target`, or `means`")
        elif self.form is Form.PROGRESS and not question.each_target:
            message = f"`{meaning}` belongs to a target, but this question is asked once for all"
            self.error("meaning", number, at, message, "add `each: target`, or delete `means`")
        elif (twin := self.twin(number, question)) is not None:
            message = f"question `{twin.id}` means `{meaning}` already, and both may be asked"
            self.error("meaning-twice", number, at, message, "delete it in one of the two")
        else:
            self.fixed_codes(number, question, meaning)

    def fixed_codes(self, number: int, question: Question, meaning: Meaning) -> None:
        allowed = CODES_OF.get(meaning)
        for code in (choice.id for choice in question.choices):
            if allowed is not None and code not in allowed:
                cure = did_you_mean(code, allowed) or f"its codes are {', '.join(allowed)}"
                place = (
                    ("choices", code)
                    if self.tree.has(("questions", number, "choices", code))
                    else ("choices",)
                )
                message = f"read {shown(code)}, which is no code of `{meaning}`"
                self.error("unknown-code", number, place, message, cure)

    def twin(self, number: int, question: Question) -> Question | None:
        """A question before it with the same meaning that may be asked of the same target, in the same case."""
        return next(
            (
                other
                for other in self.questions[:number]
                if other.means is question.means
                and not (
                    question.target_kinds
                    and other.target_kinds
                    and question.target_kinds.isdisjoint(other.target_kinds)
                )
                and not _exclude_each_other(question, other)
            ),
            None,
        )

    def texts(self, number: int, question: Question) -> None:
        filled = {"ask": question.ask, "hint": question.hint}
        as_written = {"short": question.short, "example": question.example}
        for key, said in (filled | as_written).items():
            for language, words in (said.by_language if said is not None else {}).items():
                at = self.in_language(number, key, language)
                self.placeholders(number, question, at, words, may_fill=key in filled)
                longest = LONGEST_LABEL if key == "short" else LONGEST_TEXT
                self.length(number, at, words, longest)
        for place, choice in enumerate(question.choices):
            by_code = self.tree.has(("questions", number, "choices", choice.id))
            at = ("choices", choice.id if by_code else place)
            self.label(number, question, at, choice.label)

    def label(self, number: int, question: Question, at: tuple[str | int, ...], label: LocalText) -> None:
        for words in label.by_language.values():
            self.placeholders(number, question, at, words, may_fill=False)
            self.length(number, at, words, LONGEST_LABEL)

    def in_language(self, number: int, key: str, language: str) -> tuple[str | int, ...]:
        return (key, language) if self.tree.has(("questions", number, key, language)) else (key,)

    def length(self, number: int, at: tuple[str | int, ...], words: str, longest: int) -> None:
        if len(words) > longest:
            place: Location = ("questions", number, *at)
            message = f"{named(place)}: read {len(words)} characters, expected at most {longest}"
            self.report.warning("long", message, "shorten it: it is read on a phone", self.at(place))

    def placeholders(
        self, number: int, question: Question, at: tuple[str | int, ...], words: str, *, may_fill: bool
    ) -> None:
        for found in PLACEHOLDER.finditer(words):
            name = found[1]
            known = self.filled(question)
            if not may_fill:
                message = f"read {shown(found[0])}, but only `ask` and `hint` are filled in"
                cure = "write the words themselves"
            elif name is None:
                message, cure = f"read a single `{found[0]}`", "write both braces, or take it away"
            elif name in known:
                continue
            elif name in (*FILLED_FOR_A_TARGET, *FILLED_IN_A_CYCLE):
                message = f"read {shown(found[0])}, which has no value here"
                cure = "add `each: target`, or write the words themselves"
                if name in FILLED_IN_A_CYCLE:
                    cure = f"write the words themselves: the form `{self.form}` belongs to no cycle"
            else:
                message = f"read {shown(found[0])}, which nothing fills in"
                cure = did_you_mean(name, known) or f"those here are {braced(known)}"
            self.error("placeholder", number, at, message, cure)
            return

    def filled(self, question: Question) -> tuple[str, ...]:
        """The placeholders that have a value when this question is asked."""
        names = ALWAYS_FILLED
        if question.each_target:
            names += FILLED_FOR_A_TARGET
        elif question.unit is not None:
            names += ("unit",)
        return names + (FILLED_IN_A_CYCLE if self.form is Form.PROGRESS else ())


def _codes(question: Question) -> tuple[str, ...] | None:
    """The codes that an answer may have; none at all where they are not known here, None where there are none."""
    if question.kind is QuestionKind.YES_NO:
        return ("yes", "no")
    if question.kind is QuestionKind.SCALE:
        return tuple(choice.id for choice in question.choices) or SCALE
    if question.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES):
        return tuple(choice.id for choice in question.choices)
    return None


def _exclude_each_other(one: Question, other: Question) -> bool:
    return any(
        here.question == there.question and here.codes.isdisjoint(there.codes)
        for here in one.when
        for there in other.when
    )


def _listed(kinds: Sequence[QuestionKind]) -> str:
    return " and ".join(", ".join(kinds).rsplit(", ", 1))


def _have(kinds: Sequence[QuestionKind]) -> str:
    return "has it" if len(kinds) == 1 else "have it"


def braced(names: Sequence[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)
