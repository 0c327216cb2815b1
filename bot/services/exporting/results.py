"""The table of results: what was promised, what came of it, what is said and computed of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.answers import Answer
from bot.domain.assessment import Assessment, TargetResult, assess, share_shown
from bot.domain.commitments import UNIT_NOT_STATED, Commitment, Target
from bot.domain.exports import EVERY_STATE, Shape, Wanted
from bot.domain.published import as_result, newest_published
from bot.domain.questionnaires import Course, Meaning
from bot.domain.tables import Cell, CellKind, Column, Row, Table
from bot.domain.words import DEFAULT_LANGUAGE
from bot.services import reported
from bot.services.courses import commitments_of
from bot.services.desk import Desk
from bot.services.exporting import sent
from bot.services.exporting.base import CITY, Exporter, Known, Source, has_topic, on_topic, snake
from bot.services.exporting.sent import SENT, Chosen

PUBLISHED = "published"
"""The state of what sources publish: it stands in the files and was never a report."""
TYPED = (Meaning.RESULT, Meaning.SCALE, Meaning.DONE)

TARGET = (
    Column("commitment"),
    Column("made", CellKind.INTEGER),
    Column("target"),
    Column("target_ref"),
    Column("kind"),
    Column("indicator"),
    Column("direction"),
    Column("target_value", CellKind.NUMBER),
    Column("target_value_to", CellKind.NUMBER),
    Column("unit"),
    Column("baseline_year", CellKind.INTEGER),
    Column("baseline", CellKind.NUMBER),
    Column("due", CellKind.INTEGER),
)
RESULT = (
    Column("result_year", CellKind.INTEGER),
    Column("result_period"),
    Column("result", CellKind.NUMBER),
    Column("result_to", CellKind.NUMBER),
    Column("result_unit"),
    Column("result_kind"),
    Column("as_change"),
    Column("at_least"),
    Column("other_measure"),
    Column("other_indicator"),
    Column("level", CellKind.INTEGER),
    Column("done"),
    Column("judged"),
)
ASSESSED = (
    Column("status_said"),
    Column("share_said", CellKind.NUMBER),
    Column("status"),
    Column("share", CellKind.NUMBER),
    Column("distance", CellKind.NUMBER),
    Column("why"),
    Column("words_typed"),
    Column("result_text"),
    Column("reason"),
    Column("source"),
)
LONG = (*CITY, *SENT, *TARGET, *RESULT, *ASSESSED)


@dataclass(frozen=True)
class Told:
    """What was told of one target, by a report or by a source."""

    ref: str
    entry: str
    commitment: Commitment
    target: Target
    result: TargetResult
    chosen: Chosen | None = None
    period: str | None = None
    typed: str | None = None
    text: str | None = None
    source: str | None = None
    other_indicator: str | None = None
    """What a figure measures that is about something else than the target."""

    @property
    def assessed(self) -> Assessment:
        return assess(self.target, self.result, self.commitment.made)


def cities(desk: Desk, wanted: Wanted) -> Sequence[str]:
    """Those that sent a report, and those of which sources publish results."""
    published = (
        made.city
        for made in desk.all_known.commitments.values()
        if made.published and _with_published(wanted)
    )
    return sent.narrowed(desk, wanted, sorted({*published, *desk.work.reports.cities()}))


def table(known: Known, wanted: Wanted, source: Source) -> Table:
    if wanted.shape is Shape.WIDE:
        return _wide(known, wanted, source)
    return Table("results", LONG, _rows(known, wanted, source))


# --- a row for each target of a report, and for each published result


def _rows(known: Known, wanted: Wanted, source: Source) -> Iterator[Row]:
    for city, chosen in source():
        for told in _told(known, wanted, city, chosen):
            yield (*known.city_cells(city), *_after_city(told))


def _after_city(told: Told) -> Row:
    sent_cells = told.chosen.cells if told.chosen is not None else _of_source()
    return (*sent_cells, *_target_cells(told), *_result_cells(told), *_assessed_cells(told))


def _of_source() -> Row:
    cells: dict[str, Cell] = {"state": PUBLISHED, "source_kind": PUBLISHED}
    return tuple(cells.get(column.key) for column in SENT)


def _target_cells(told: Told) -> Row:
    target = told.target
    return (
        told.entry,
        told.commitment.made,
        target.id,
        told.ref,
        target.kind.value,
        target.indicator,
        target.direction,
        target.value,
        target.far,
        target.unit,
        target.baseline.year if target.baseline else None,
        target.baseline.value if target.baseline else None,
        target.due,
    )


def _unit(told: Told) -> str | None:
    """The unit of a figure; that of its target where it was told without one, and none where nobody knows it."""
    result = told.result
    if result.unit is not None:
        return result.unit if result.unit != UNIT_NOT_STATED else None
    return told.target.unit if result.value is not None and not result.other_measure else None


def _result_cells(told: Told) -> Row:
    result = told.result
    is_figure = result.value is not None
    return (
        result.year,
        told.period,
        result.value,
        result.far,
        _unit(told),
        result.value_kind,
        _yes(result.as_change) if is_figure else None,
        _yes(result.at_least) if is_figure else None,
        _yes(result.other_measure),
        told.other_indicator,
        result.scale,
        None if result.done is None else _yes(result.done),
        result.judged,
    )


def _assessed_cells(told: Told) -> Row:
    result, found = told.result, told.assessed
    return (
        result.said,
        result.said_share,
        found.status.value,
        None if found.share is None else share_shown(found.share),
        found.distance,
        "; ".join(found.why) or None,
        told.typed,
        told.text or result.words,
        result.because,
        told.source,
    )


def _yes(is_so: bool) -> str:
    return "yes" if is_so else "no"


def _told(known: Known, wanted: Wanted, city: str, chosen: Sequence[Chosen]) -> Iterator[Told]:
    """What reports tell, by number, version and target; then what sources publish."""
    topics = on_topic(known.library, wanted.topic)
    for one in sent.progress(chosen):
        for told in _of_report(known, one):
            if has_topic(known.library, told.entry, topics):
                yield told
    if _with_published(wanted):
        for entry, commitment in commitments_of(city, known.library).items():
            if has_topic(known.library, entry, topics):
                yield from _published(entry, commitment)


def _with_published(wanted: Wanted) -> bool:
    """What sources publish belongs to no cycle."""
    return wanted.cycle is None and wanted.state in (None, EVERY_STATE, PUBLISHED)


def _of_report(known: Known, chosen: Chosen) -> Iterator[Told]:
    report = chosen.report
    course = reported.course(report, known.library, known.schedules)
    typed = _typed(course, reported.as_asked_now(report, course).answers)
    for ref, of in reported.told_of_targets(report, known.library, course, report.judged).items():
        result = of.result or TargetResult(of.target.id)
        yield Told(ref, of.entry, of.commitment, of.target, result, chosen, typed=typed.get(ref))


def _typed(course: Course, answers: Mapping[str, Answer]) -> Mapping[str, str]:
    """The figure as it was typed, by the short name of its target."""
    asked = (step for step in course.path(answers) if step.question.means in TYPED and step.key in answers)
    return {step.ref: answers[step.key].raw for step in asked if answers[step.key].raw}


def _published(entry: str, commitment: Commitment) -> Iterator[Told]:
    for target in commitment.targets:
        for published in commitment.published:
            if published.target == target.id:
                result = as_result(commitment, target, published)
                yield Told(
                    f"{commitment.made}{target.id}",
                    entry,
                    commitment,
                    target,
                    result,
                    period=published.when,
                    text=published.text.within(DEFAULT_LANGUAGE).text,
                    source=published.source,
                    other_indicator=published.indicator if result.other_measure else None,
                )


# --- a row for each target, its results side by side

SIDE_BY_SIDE = (
    Column("report"),
    Column("state"),
    Column("result_year", CellKind.INTEGER),
    Column("result", CellKind.NUMBER),
    Column("result_to", CellKind.NUMBER),
    Column("result_unit"),
    Column("result_kind"),
    Column("status_said"),
    Column("status"),
    Column("share", CellKind.NUMBER),
    Column("distance", CellKind.NUMBER),
)


def _wide(known: Known, wanted: Wanted, source: Source) -> Table:
    """A row for each target; for each cycle, and for what sources publish, the same columns. So each column holds the
    same thing in every row, which the short names of targets do not: `2007a` is another promise in each city."""
    cycles = sent.in_order(
        known,
        [one.report.cycle for _, chosen in source() for one in sent.progress(chosen) if one.report.cycle],
    )
    groups = (*((PUBLISHED,) if _with_published(wanted) else ()), *cycles)
    columns = (
        Column(f"{column.key}_{snake(group)}", column.kind) for group in groups for column in SIDE_BY_SIDE
    )
    return Table("results", (*CITY, *TARGET, *columns), _wide_rows(known, wanted, source, groups))


def _wide_rows(known: Known, wanted: Wanted, source: Source, groups: Sequence[str]) -> Iterator[Row]:
    nothing: Row = (None,) * len(SIDE_BY_SIDE)
    for city, chosen in source():
        beside: dict[tuple[str, str], dict[str, Told]] = {}
        for told in _told(known, wanted, city, chosen):
            group = told.chosen.report.cycle if told.chosen is not None else PUBLISHED
            cells = beside.setdefault((told.entry, told.target.id), {})
            # Of a report with several versions the newest stands here, of what is published what says most.
            if told.chosen is not None or group not in cells or _says_most(told):
                cells[group] = told
        for of_target in beside.values():
            row: list[Cell] = [*known.city_cells(city), *_target_cells(next(iter(of_target.values())))]
            for group in groups:
                row += _beside(of_target[group]) if group in of_target else nothing
            yield tuple(row)


def _says_most(told: Told) -> bool:
    best = newest_published(told.commitment, told.target)
    return best is not None and as_result(told.commitment, told.target, best) == told.result


def _beside(told: Told) -> Row:
    cells = dict(zip((column.key for column in LONG[len(CITY) :]), _after_city(told), strict=True))
    return tuple(cells[column.key] for column in SIDE_BY_SIDE)


RESULTS = Exporter(
    (Shape.LONG, Shape.WIDE),
    cities,
    sent.read,
    table,
    sent.FILTERS,
    (*sent.STATES, PUBLISHED),
)
