"""Questionnaire files: their keys, and how a checked file becomes a `Questionnaire` of the domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import Field
from pydantic_core import PydanticCustomError

from bot.content.checked_files import read_checked
from bot.content.fields import Code, Flag, Localised, Number, Read, Text, localised, one_of, text, wrong
from bot.content.names import as_id, is_id
from bot.content.parsed import QuestionnaireContent, Reference
from bot.content.problems import Report, did_you_mean, shown
from bot.content.question_checks import check_questions
from bot.content.schema import Part
from bot.content.typing_mistakes import named
from bot.content.yaml_tree import Tree
from bot.domain.commitments import TargetKind
from bot.domain.questionnaires import Choice, Condition, Form, Meaning, Question, QuestionKind, Questionnaire
from bot.domain.words import LocalText

LONGEST_QUESTION_ID = 20
LONGEST_CHOICE_ID = 40
OTHER = "other"
"""A choice that stands for none of the list; it names no indicator."""

MEANT_TYPES = {
    "bool": "yes-no", "boolean": "yes-no", "yesno": "yes-no", "int": "number", "integer": "number",
    "decimal": "number", "float": "number", "figure": "number", "percent": "percentage", "%": "percentage",
    "string": "text", "words": "text", "select": "choice", "option": "choice", "radio": "choice",
    "multiple": "choices", "checkbox": "choices", "multi-choice": "choices", "photo": "file",
    "document": "file", "upload": "file", "year": "date", "day": "date", "level": "scale", "place": "city",
}  # fmt: skip
"""What forms elsewhere call the types of their questions."""


def _question_id(value: object) -> str:
    return _id(value, LONGEST_QUESTION_ID)


def _id(value: object, longest: int) -> str:
    typed = text(value, "an id")
    if not is_id(typed, longest):
        expected = f"at most {longest} small letters, digits and hyphens"
        raise wrong(
            "id", f"read {shown(typed)} as an id, expected {expected}", f"write `{as_id(typed, longest)}`"
        )
    return typed


def _count(value: object) -> int:
    typed = text(value, "a whole number")
    if not typed.isascii() or not typed.isdigit() or not 0 < int(typed) < 10_000:
        raise wrong("number", f"read {shown(typed)}, expected a whole number from 1 on", "write digits alone")
    return int(typed)


def _conditions(value: object) -> tuple[Condition, ...]:
    """`{question: [codes]}`; one code alone may stand without brackets."""
    if not isinstance(value, Mapping):
        cure = "write `when: {question-id: [code]}`"
        raise wrong("type", f"read {shown(value)}, expected a question and the answers that lead here", cure)
    found = []
    for question, codes in value.items():
        items = codes if isinstance(codes, list) else [codes]
        if not all(isinstance(item, str) for item in items):
            cure = f"write `{question}: [code, code]`"
            raise wrong("type", f"read {shown(codes)}, expected codes of its answers", cure, (str(question),))
        found.append(Condition(str(question), frozenset(item.strip() for item in items)))
    return tuple(found)


def _choices(value: object) -> tuple[Choice, ...]:
    """A map from codes to labels, or a list of `{id, label}`."""
    if isinstance(value, Mapping):
        return tuple(_choice(str(code), label, (str(code),)) for code, label in value.items())
    if not isinstance(value, list):
        cure = "below `choices:` write a line `code: Label` for each"
        raise wrong("type", f"read {shown(value)}, expected codes with their labels", cure)
    found = []
    for number, item in enumerate(value):
        if not isinstance(item, Mapping):
            message = f"read {shown(item)}, expected a code and its label"
            code = as_id(str(item)) if isinstance(item, str) else "code"
            raise wrong("type", message, f'write {{id: {code}, label: "…"}}', (number,))
        for key in item:
            if key not in ("id", "label"):
                cure = did_you_mean(str(key), ("id", "label")) or "the keys here are id, label"
                raise wrong("unknown-key", f"unknown key `{key}`", cure, (number, str(key)))
        for key in ("id", "label"):
            if key not in item:
                raise wrong("missing-key", f"the key `{key}` is missing", f"add `{key}:`", (number,))
        found.append(_choice(str(item["id"]), item["label"], (number,)))
    return tuple(found)


def _choice(code: str, label: object, at: tuple[str | int, ...]) -> Choice:
    if not is_id(code, LONGEST_CHOICE_ID):
        expected = f"at most {LONGEST_CHOICE_ID} small letters, digits and hyphens"
        message = f"read {shown(code)} as a code, expected {expected}"
        raise wrong("id", message, f"write `{as_id(code, LONGEST_CHOICE_ID)}`", at)
    try:
        return Choice(code, localised(label))
    except PydanticCustomError as error:
        context: dict[str, Any] = error.context or {}
        inside = (*at, "label") if isinstance(at[0], int) else at
        raise wrong(context["code"], context["message"], context["cure"], (*inside, *context["at"])) from None


class QuestionFile(Part):
    """One item of `questions`."""

    id: Annotated[str, Read(_question_id)] = Field(description="its name for good, such as `reason`")
    type: Annotated[Code, one_of(*(kind.value for kind in QuestionKind), meant=MEANT_TYPES)] = Field(
        description="number, percentage, choice, choices, yes-no, scale, text, date, file or city"
    )
    ask: Localised = Field(description="the question in each language")
    short: Localised | None = None
    hint: Localised | None = None
    example: Localised | None = None
    required: Flag = False
    each: Annotated[Code, one_of("target")] | None = None
    targets: tuple[Annotated[Code, one_of(*(kind.value for kind in TargetKind))], ...] = ()
    when: Annotated[tuple[Condition, ...], Read(_conditions)] = ()
    choices: Annotated[tuple[Choice, ...], Read(_choices)] = ()
    unit: Text | None = None
    min: Number | None = None
    max: Number | None = None
    most: Annotated[int, Read(_count)] | None = None
    means: Annotated[Code, one_of(*(meaning.value for meaning in Meaning))] | None = None
    formerly: tuple[Annotated[str, Read(_question_id)], ...] = ()

    def as_question(self) -> Question:
        return Question(
            id=self.id,
            kind=QuestionKind(self.type),
            ask=self.ask,
            short=self.short,
            hint=self.hint,
            example=self.example,
            required=self.required,
            each_target=self.each is not None,
            target_kinds=frozenset(TargetKind(kind) for kind in self.targets),
            when=self.when,
            choices=self.choices,
            unit=self.unit,
            minimum=self.min,
            maximum=self.max,
            most=self.most,
            means=Meaning(self.means) if self.means else None,
            formerly=self.formerly,
        )


class QuestionnaireFile(Part):
    """A questionnaire file."""

    title: Localised = Field(description="its name in each language")
    form: Annotated[Code, one_of(*(form.value for form in Form))] = Code(Form.PROGRESS.value)
    questions: tuple[QuestionFile, ...] = Field(
        description="a list of questions, each beginning with `- id:`"
    )


def read_questionnaire(text: str, file_id: str, version: str, report: Report) -> QuestionnaireContent | None:
    """The questionnaire of a file; `version` is the hash of its bytes. None where it has an error."""
    read = read_checked(text, QuestionnaireFile, report)
    if read is None:
        return None
    tree, checked = read
    questions = tuple(question.as_question() for question in checked.questions)
    form = Form(checked.form)
    check_questions(questions, form, tree, report)
    return QuestionnaireContent(
        questionnaire=Questionnaire(file_id, checked.title, questions, form, version),
        references=tuple(_indicators(questions, tree)),
        texts=tuple((named(place), frozenset(said.by_language)) for place, said in _texts(checked)),
    )


def _indicators(questions: tuple[Question, ...], tree: Tree) -> Iterator[Reference]:
    """The indicators that a question offers; what is chosen goes into a commitment's file."""
    for number, question in enumerate(questions):
        for place, choice in enumerate(question.choices):
            if question.means is Meaning.INDICATOR and choice.id != OTHER:
                at = ("questions", number, "choices")
                line, column = tree.position(
                    (*at, choice.id if tree.has((*at, choice.id)) else place), key=True
                )
                yield Reference("indicator", choice.id, line, column, named(at))


def _texts(checked: QuestionnaireFile) -> Iterator[tuple[tuple[str | int, ...], LocalText]]:
    yield ("title",), checked.title
    for number, question in enumerate(checked.questions):
        at = ("questions", number)
        for key in ("ask", "short", "hint", "example"):
            said: Any = getattr(question, key)
            if said is not None:
                yield (*at, key), said
        for choice in question.choices:
            yield (*at, "choices", choice.id), choice.label
