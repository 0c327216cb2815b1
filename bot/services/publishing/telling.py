"""All that was told of a target, by reports and by sources, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.answers import Answer, AnswerState, Files, Words
from bot.domain.assessment import FORESEEN, Assessment, Status, TargetResult, assess
from bot.domain.audit import Entry, Event
from bot.domain.commitments import VERDICTS, Commitment, PublishedResult, Target
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library
from bot.domain.publication import Actor, Origin, Provenance, Quote, Scope, TargetLine, Told
from bot.domain.published import as_result, newest_published
from bot.domain.questionnaires import Course, Meaning, Step
from bot.domain.reports import Report, SourceKind, age
from bot.services import reported
from bot.services.publishing.scopes import (
    end_of,
    in_years,
    is_known_by,
    is_published_in,
    is_reported_in,
    years_of,
)
from bot.services.reported import ToldOf, name

Acts = Mapping[tuple[Event, str], Actor]
"""Who did what to which version of a report."""


def acts_of(entries: Iterable[Entry], until: datetime | None = None) -> Acts:
    """From the log of changes, up to a moment; by the event and what it was done to (`sibu-2026 v2`)."""
    return {
        (entry.event, entry.subject): Actor(entry.actor_role, entry.actor)
        for entry in entries
        if until is None or entry.at <= until
    }


@dataclass(frozen=True)
class Reading:
    """An accepted report, read once under the questions of now: what it tells of each target, by its short name,
    and its steps."""

    report: Report
    course: Course
    provenance: Provenance
    told: Mapping[str, ToldOf]
    steps: Sequence[Step]
    years: tuple[int, int]
    quotes: Mapping[str, tuple[Quote, ...]] = field(default_factory=dict)
    """The original words, by the short name of the target."""

    def answer(self, step: Step) -> Answer | None:
        return self.report.answers.get(step.key)

    def why_no_year(self, ref: str) -> str:
        """In the city's words."""
        asked = (s for s in self.steps if s.ref == ref and s.question.means is Meaning.YEAR)
        given = (self.answer(step) for step in asked)
        return next((answer.because for answer in given if answer is not None and answer.because), "")


def read(report: Report, library: Library, schedules: Schedules, acts: Acts) -> Reading:
    taken = reported.course(report, library, schedules)
    report = reported.as_asked_now(report, taken)
    steps = taken.path(report.answers)
    quotes: dict[str, tuple[Quote, ...]] = {}
    for step in steps:
        words = original_words(report.answers.get(step.key))
        # Questions without a meaning are between the city and the secretariat.
        if words and step.ref and step.question.means is not None:
            quote = Quote(step.question.short or step.question.ask, words)
            quotes[step.ref] = (*quotes.get(step.ref, ()), quote)
    provenance = Provenance(
        Origin.REPORT,
        number=report.number,
        version=report.version,
        sent=acts.get((Event.SUBMITTED, name(report))),
        sent_at=report.submitted_at,
        kind=report.source,
        # Of an interview or a visit it names people; of a publication it is what makes the figure findable.
        source_note=report.source_note if report.source is SourceKind.PUBLISHED else "",
        accepted=acts.get((Event.ACCEPTED, name(report))),
        accepted_at=report.decided_at,
    )
    told = reported.told_of_targets(report, library, taken, report.judged)
    # Who was not asked of a target, or whose answers cannot be read any more, has not said that there is nothing.
    answered = {step.ref for step in steps if step.key in report.answers} | report.judged.keys()
    told = {ref: one for ref, one in told.items() if ref in answered}
    return Reading(report, taken, provenance, told, steps, years_of(report, schedules), quotes)


def original_words(answer: Answer | None) -> str:
    """What was typed; why it is not known, where that was told instead. What was tapped has no words."""
    if answer is None:
        return ""
    if answer.state is AnswerState.UNKNOWN:
        return answer.because or ""
    if isinstance(answer.value, Files):
        return ""
    return answer.raw or (answer.value.text if isinstance(answer.value, Words) else "")


def line_of(
    ref: str,
    entry: str,
    commitment: Commitment,
    target: Target,
    scope: Scope,
    readings: Iterable[Reading],
    schedules: Schedules,
) -> TargetLine:
    """A target with all that was told of it, the oldest first. What counts is the newest that a report of the scope
    tells, else what a source publishes. But who reports in a cycle that there is nothing has reported: what was
    published before stands beside it and does not count. What came to be known of the years after a cycle is no part
    of the report on it."""
    cycle = schedules.cycles.get(scope.cycle or "")
    reports = [
        _Candidate.of_report(reading, ref, scope, schedules)
        for reading in readings
        if ref in reading.told and reading.told[ref].entry == entry and not _is_later(reading, cycle)
    ]
    sources = [
        _Candidate.of_source(published, scope, commitment, target)
        for published in commitment.published
        if published.target == target.id and is_known_by(cycle, as_result(commitment, target, published))
    ]
    newest, published = _newest(reports, target), _published(sources, commitment, target)
    decides = newest is not None and (newest.tells or scope.cycle is not None)
    counting = newest if decides else published or newest
    told = sorted((c for c in (*sources, *reports) if c.tells or c is counting), key=_Candidate.order)
    result = counting.told.result if counting is not None else None
    named = (said for said in commitment.said if said.target == target.id)
    said = next(named, None) if in_years(scope, commitment.made, end_of(commitment)) else None
    return TargetLine(
        ref,
        target,
        counting.assessed if counting is not None else assess(target, result, commitment.made),
        tuple(replace(c.told, counts=True) if c is counting else c.told for c in told),
        said,
    )


# --- helpers


@dataclass(frozen=True, eq=False)
class _Candidate:
    """Something that was told, beside what bears on whether it counts."""

    told: Told
    assessed: Assessment
    about: int
    """The last year of what it is part of: a report's cycle, or the end of the commitment."""
    report: Report | None = None
    published: PublishedResult | None = None

    @classmethod
    def of_report(cls, reading: Reading, ref: str, scope: Scope, schedules: Schedules) -> _Candidate:
        report, one = reading.report, reading.told[ref]
        result = one.result or TargetResult(one.target.id)
        told = Told(
            result,
            replace(reading.provenance, words=reading.quotes.get(ref, ())),
            when=str(result.year) if result.year is not None else None,
            in_scope=is_reported_in(scope, one, report, schedules),
        )
        return cls(told, one.assessed, reading.years[1], report)

    @classmethod
    def of_source(
        cls, published: PublishedResult, scope: Scope, commitment: Commitment, target: Target
    ) -> _Candidate:
        result = as_result(commitment, target, published)
        told = Told(
            result,
            Provenance(Origin.PUBLISHED, source=published.source),
            when=published.when,
            text=published.text,
            in_scope=is_published_in(scope, result, commitment),
        )
        assessed = assess(target, result, commitment.made)
        return cls(told, assessed, target.due or commitment.due or commitment.made, published=published)

    @property
    def tells(self) -> bool:
        return self.assessed.status is not Status.NO_RESULT

    def order(self) -> tuple[int, bool, tuple[datetime, int] | tuple[()]]:
        """The oldest first; beside a report of the same year what sources say goes before."""
        year = self.told.result.year
        sent = age(self.report) if self.report is not None else ()
        return (self.about if year is None else year), self.report is not None, sent


def _is_later(reading: Reading, cycle: ReportingCycle | None) -> bool:
    """Whether it is of a later cycle."""
    return cycle is not None and reading.report.cycle != cycle.id and reading.years[1] > cycle.year


def _newest(reports: Iterable[_Candidate], target: Target) -> _Candidate | None:
    """Of what tells something in the scope the newest figure, measured before foreseen and both before words, else
    the newest that tells nothing; of one year what was sent last."""

    def rank(one: _Candidate) -> tuple[bool, bool, bool, int, int, object]:
        result = one.told.result
        is_figure = target.kind in VERDICTS or (result.value is not None and not result.other_measure)
        is_measured = is_figure and result.value_kind not in FORESEEN
        year = one.about if result.year is None else result.year
        return one.tells, is_measured, is_figure, year, one.about, one.order()

    return max((c for c in reports if c.told.in_scope), key=rank, default=None)


def _published(sources: Sequence[_Candidate], commitment: Commitment, target: Target) -> _Candidate | None:
    shown = tuple(c.published for c in sources if c.told.in_scope and c.published is not None)
    best = newest_published(replace(commitment, published=shown), target)
    return next((c for c in sources if c.published is best), None) if best is not None else None
