"""The table of answers: what was answered to each question, with the words that were typed; never by whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.domain.answers import Amount, Answer, Codes, Day, Files, Value, Words
from bot.domain.exports import Shape, Wanted
from bot.domain.questionnaires import QuestionKind, Step
from bot.domain.reports import Report
from bot.domain.tables import Cell, CellKind, Column, Row, Table
from bot.domain.words import DEFAULT_LANGUAGE
from bot.services import reported
from bot.services.exporting import sent
from bot.services.exporting.base import CITY, Exporter, Known, Source, has_topic, joined, on_topic, snake
from bot.services.exporting.sent import SENT

NUMBERS = frozenset({QuestionKind.NUMBER, QuestionKind.PERCENTAGE})
ANSWER = (
    Column("key"),
    Column("question"),
    Column("target_ref"),
    Column("asked"),
    Column("kind"),
    Column("means"),
    Column("answer_state"),
    Column("value"),
    Column("number", CellKind.NUMBER),
    Column("number_to", CellKind.NUMBER),
    Column("unit"),
    Column("approximate"),
    Column("files", CellKind.INTEGER),
    Column("words_typed"),
    Column("doubts"),
    Column("reason"),
    Column("returned_because"),
    Column("answered_at", CellKind.MOMENT),
)
LONG = (*CITY, *SENT, *ANSWER)


def table(known: Known, wanted: Wanted, source: Source) -> Table:
    if wanted.shape is Shape.WIDE:
        return _wide(known, wanted, source)
    return Table("answers", LONG, _rows(known, wanted, source))


def _rows(known: Known, wanted: Wanted, source: Source) -> Iterator[Row]:
    for city, chosen in source():
        for one in chosen:
            before = (*known.city_cells(city), *one.cells)
            for step, answer in _answers(known, wanted, one.report):
                yield (*before, *_cells(one.report, step, answer))


def _answers(known: Known, wanted: Wanted, report: Report) -> Iterator[tuple[Step, Answer]]:
    """The answers in the order of their questions; with a topic those about targets on it, and those about none."""
    topics = on_topic(known.library, wanted.topic)
    entries = {
        ref: entry for ref, (entry, _) in reported.commitment_by_ref(report.city, known.library).items()
    }
    course = reported.course(report, known.library, known.schedules)
    report = reported.as_asked_now(report, course)
    taken = reported.steps_of(report, course)
    # An answer that was set aside, when another one led elsewhere, was sent and counts for nothing.
    for step in taken:
        answer = report.answers.get(step.key)
        if answer is not None and (
            not step.ref or has_topic(known.library, entries.get(step.ref, ""), topics)
        ):
            yield step, answer


def _cells(report: Report, step: Step, answer: Answer) -> Row:
    value = answer.value
    amount = value if isinstance(value, Amount) else None
    question = step.question
    return (
        step.key,
        question.id,
        step.ref or None,
        (question.short or question.ask).within(DEFAULT_LANGUAGE).text,
        question.kind.value,
        question.means,
        answer.state.value,
        _as_text(value),
        amount.value if amount else None,
        amount.high if amount else None,
        amount.unit if amount else None,
        ("yes" if amount.approximate else "no") if amount else None,
        len(value.attachments) if isinstance(value, Files) else None,
        answer.raw or None,
        joined([doubt.doubt for doubt in answer.doubts]),
        answer.because,
        report.returned.get(step.key),
        answer.at,
    )


def _as_text(value: Value | None) -> str | None:
    """A value as one text: digits, codes, words, a day, links."""
    match value:
        case Amount(value=number, high=None):
            return format(number, "f")
        case Amount(value=number, high=high):
            return f"{number:f}..{high:f}"
        case Codes(codes=codes):
            return joined(codes)
        case Words(text=text):
            return text
        case Day(when=when):
            return when
        case Files(links=links):
            return joined(links)
    return None


# --- a row for each report


def _wide(known: Known, wanted: Wanted, source: Source) -> Table:
    """A row for each progress report, the questions side by side under the keys of their answers. Proposals have
    other questions each; they stand in the long table."""
    kinds = _kinds(known, wanted, source)
    columns = tuple(column for key, kind in kinds.items() for column in _columns(key, kind))
    return Table("answers", (*CITY, *SENT, *columns), _wide_rows(known, wanted, source, kinds))


def _kinds(known: Known, wanted: Wanted, source: Source) -> Mapping[str, QuestionKind]:
    """The keys of all answers, target by target and then those about none, with what they hold; text where reports
    differ in that."""
    found: dict[str, tuple[str, QuestionKind]] = {}
    for _, chosen in source():
        for one in sent.progress(chosen):
            for step, _answer in _answers(known, wanted, one.report):
                kind = step.question.kind
                differs = step.key in found and (found[step.key][1] in NUMBERS) is not (kind in NUMBERS)
                found[step.key] = (step.ref, QuestionKind.TEXT if differs else kind)
    in_order = sorted(found.items(), key=lambda item: (not item[1][0], item[1][0]))
    return {key: kind for key, (_, kind) in in_order}


def _columns(key: str, kind: QuestionKind) -> tuple[Column, ...]:
    name = snake(key)
    if kind not in NUMBERS:
        return (Column(name),)
    return (Column(name, CellKind.NUMBER), Column(f"{name}_to", CellKind.NUMBER), Column(f"{name}_unit"))


def _wide_rows(
    known: Known, wanted: Wanted, source: Source, kinds: Mapping[str, QuestionKind]
) -> Iterator[Row]:
    for city, chosen in source():
        for one in sent.progress(chosen):
            given = {step.key: answer.value for step, answer in _answers(known, wanted, one.report)}
            row: list[Cell] = [*known.city_cells(city), *one.cells]
            for key, kind in kinds.items():
                row += _side_by_side(given.get(key), kind)
            yield tuple(row)


def _side_by_side(value: Value | None, kind: QuestionKind) -> Sequence[Cell]:
    if kind not in NUMBERS:
        return (_as_text(value),)
    amount = value if isinstance(value, Amount) else None
    return (amount.value, amount.high, amount.unit) if amount else (_as_text(value), None, None)


ANSWERS = Exporter((Shape.LONG, Shape.WIDE), sent.cities, sent.read, table, sent.FILTERS, sent.STATES)
