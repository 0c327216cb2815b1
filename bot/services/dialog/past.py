"""What a city told before, and whether a new figure fits to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from bot.domain.answers import Amount, Answer, AnswerState, Day
from bot.domain.commitments import TargetKind
from bot.domain.plausibility import doubts
from bot.domain.published import newest_published
from bot.domain.question_types import field_unit, fits
from bot.domain.questionnaires import Course, Meaning, QuestionKind, Step
from bot.domain.reports import Report, ReportState
from bot.domain.suspicions import Suspicion
from bot.domain.views.reporting import LastTime
from bot.services.courses import commitments_of, short_names
from bot.services.dialog.sitting import Sitting

NOT_REPEATED = frozenset({Meaning.YEAR, Meaning.EVIDENCE, Meaning.REASON})
"""Answers that are never the same as in the last report."""
FIGURES = frozenset({QuestionKind.NUMBER, QuestionKind.PERCENTAGE})


def last_time(sitting: Sitting, step: Step) -> LastTime | None:
    """The answer to the same question in the newest accepted report of another cycle; before the first one, the
    figure that a source publishes."""
    for report in _earlier_reports(sitting):
        answer = report.answers.get(step.key)
        if answer is not None and answer.state is AnswerState.GIVEN:
            cycle = sitting.desk.schedules.cycles.get(report.cycle)
            return LastTime(answer, cycle.period if cycle is not None else report.cycle)
    return _published(sitting, step) if step.question.means is Meaning.RESULT else None


def _published(sitting: Sitting, step: Step) -> LastTime | None:
    desk, draft = sitting.desk, sitting.draft
    for commitment in commitments_of(draft.city, desk.all_known).values():
        target = short_names(commitment).get(step.ref)
        found = newest_published(commitment, target) if target is not None else None
        if found is not None and found.value is not None:
            amount = Amount(found.value, found.unit, found.far)
            answer = Answer(AnswerState.GIVEN, 0, draft.started_at, amount)
            return LastTime(answer, found.when or "", published=True)
    return None


def repeatable(step: Step, last: LastTime | None) -> bool:
    """Whether "same as last" may answer it."""
    value = last.answer.value if last is not None and not last.published else None
    return value is not None and step.question.means not in NOT_REPEATED and fits(step, value)


def doubts_of(sitting: Sitting, step: Step, amount: Amount) -> tuple[Suspicion, ...]:
    """What to ask about a figure before it is kept, held against earlier reports and the target."""
    question, target = step.question, step.target
    if question.kind not in FIGURES or amount.high is not None:
        return ()
    unit = field_unit(step)
    is_change = target is not None and target.kind is TargetKind.CHANGE and amount.unit == "%"
    is_result = question.means is Meaning.RESULT and target is not None
    compares = is_result and target is not None and (is_change or amount.unit == target.unit)
    baseline = target.baseline.value if compares and target is not None and target.baseline else None
    return doubts(
        amount.value,
        unit=amount.unit,
        is_change=is_change,
        is_share=bool(unit) and "rate" in str(unit),
        direction=target.direction if compares and target is not None else None,
        history=tuple(_history(sitting, step, amount.unit)),
        target=target.value if compares and target is not None else None,
        baseline=None if is_change else baseline,
        year=_year(sitting.draft.answers.get(_year_key(sitting.course, step)), sitting.draft.cycle, sitting),
        due=target.due if target is not None else None,
    )


def _history(sitting: Sitting, step: Step, unit: str | None) -> Iterator[tuple[int, Decimal]]:
    """Year and figure of earlier periods, oldest first."""
    year_key = _year_key(sitting.course, step)
    for report in reversed(_earlier_reports(sitting)):
        answer = report.answers.get(step.key)
        value = answer.value if answer is not None else None
        year = _year(report.answers.get(year_key), report.cycle, sitting)
        if isinstance(value, Amount) and value.unit == unit and value.high is None and year is not None:
            yield year, value.value


def _earlier_reports(sitting: Sitting) -> list[Report]:
    """The accepted reports of other cycles, newest first; of each cycle the version that counts."""
    draft = sitting.draft
    newest: dict[str, Report] = {}
    for report in sitting.desk.work.reports.of_city(draft.city):
        is_other = report.cycle != draft.cycle and report.form is draft.form
        if is_other and report.state is ReportState.ACCEPTED:
            before = newest.get(report.cycle)
            if before is None or report.version > before.version:
                newest[report.cycle] = report
    cycles = sitting.desk.schedules.cycles

    def when(report: Report) -> tuple[int, str]:
        cycle = cycles.get(report.cycle)
        return (cycle.year if cycle is not None else 0, report.cycle)

    return sorted(newest.values(), key=when, reverse=True)


def _year_key(course: Course, step: Step) -> str:
    """The key of the question for the year of this figure."""
    same = (s.key for s in course.all_steps() if s.question.means is Meaning.YEAR and s.ref == step.ref)
    return next(same, "")


def _year(answer: Answer | None, cycle_id: str, sitting: Sitting) -> int | None:
    if answer is not None and isinstance(answer.value, Day):
        return int(answer.value.when[:4])
    cycle = sitting.desk.schedules.cycles.get(cycle_id)
    return cycle.year if cycle is not None else None
