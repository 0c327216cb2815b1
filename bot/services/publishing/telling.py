"""All that was told of a target, by reports and by sources, and which of it counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.domain.answers import Answer, AnswerState, Files, Words
from bot.domain.assessment import Assessment, Status, TargetResult, assess
from bot.domain.audit import Entry, Event
from bot.domain.commitments import Commitment, PublishedResult, Target
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.publication import Actor, Origin, Provenance, Quote, Scope, TargetLine, Told
from bot.domain.published import as_result, newest_published
from bot.domain.questionnaires import Meaning, Step
from bot.domain.reports import Report, SourceKind, age
from bot.services import reported
from bot.services.publishing.scopes import in_years, is_published_in, is_reported_in, years_of
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
    """An accepted report, read once: what it tells of each target, by its short name, and its steps."""

    report: Report
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
    return Reading(report, provenance, told, steps, years_of(report, schedules), quotes)


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
    published before stands beside it and does not count."""
    reports = [
        _Candidate.of_report(reading, ref, scope, schedules)
        for reading in readings
        if ref in reading.told and reading.told[ref].entry == entry
    ]
    sources = [
        _Candidate.of_source(published, scope, commitment, target)
        for published in commitment.published
        if published.target == target.id
    ]
    newest, published = _newest(reports), _published(sources, commitment, target)
    decides = newest is not None and (newest.tells or scope.cycle is not None)
    counting = newest if decides else published or newest
    told = sorted((c for c in (*sources, *reports) if c.tells or c is counting), key=_Candidate.order)
    result = counting.told.result if counting is not None else None
    named = (said for said in commitment.said if said.target == target.id)
    said = next(named, None) if in_years(scope, commitment.made, commitment.due) else None
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


def _newest(reports: Iterable[_Candidate]) -> _Candidate | None:
    """The newest of the scope that tells something, else the newest that does not."""
    found = (c for c in reports if c.told.in_scope)
    return max(found, key=lambda c: (c.tells, c.about, c.order()), default=None)


def _published(sources: Sequence[_Candidate], commitment: Commitment, target: Target) -> _Candidate | None:
    shown = tuple(c.published for c in sources if c.told.in_scope and c.published is not None)
    best = newest_published(replace(commitment, published=shown), target)
    return next((c for c in sources if c.published is best), None) if best is not None else None
