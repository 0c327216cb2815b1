"""The commitment report as data, from what cities reported and what sources publish. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.answers import Codes
from bot.domain.assessment import Status, Why
from bot.domain.audit import Entry
from bot.domain.commitments import Commitment
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library, Place
from bot.domain.people import Role
from bot.domain.publication import (
    CityPart,
    CommitmentPart,
    CommitmentReport,
    Missing,
    MissingWhat,
    Quote,
    ReportFacts,
    Scope,
    TargetLine,
)
from bot.domain.questionnaires import Form, Meaning
from bot.domain.reports import Report, age, latest_accepted
from bot.domain.results import NOTHING_YET
from bot.domain.words import LocalText
from bot.services.courses import short_names
from bot.services.publishing.scopes import (
    MaySee,
    cities_in,
    everybody,
    in_years,
    is_of_scope,
    topics_named,
)
from bot.services.publishing.telling import Acts, Reading, acts_of, line_of, original_words, read

CONNECTED = frozenset({"practices", "pilots"})
"""The kinds of entries that are named as what a city did."""
WITHOUT_FIGURE = frozenset({Why.NO_FIGURE, Why.OTHER_MEASURE})


def assemble(
    library: Library,
    schedules: Schedules,
    reports: Sequence[Report],
    acts: Iterable[Entry],
    scope: Scope,
    content: str,
    as_of: datetime | None = None,
    *,
    may_see: MaySee = everybody,
) -> CommitmentReport:
    """Targets against results. `reports` are accepted ones of any cities and cycles: of each number the newest
    version that was accepted up to `as_of` counts. `acts` is what the log of changes says of their sending and
    acceptance. Where a reader may not see every city, the scope names those that are in it."""
    cycle = schedules.cycles.get(scope.cycle or "")
    every = cities_in(scope, library, cycle, everybody)
    seen = {city: made for city, made in every.items() if may_see(city)}
    newest = _newest_of_each_number(reports, as_of, seen)
    home = _Home(library, library.seen_by(Role.VISITOR), schedules, scope, cycle, acts_of(acts, as_of))
    parts = (home.city(city, made, newest.get(city, ())) for city, made in seen.items())
    cities = tuple(part for part in parts if part.commitments)
    is_whole = len(seen) == len(every)
    shown = scope if is_whole else replace(scope, cities=tuple(part.id for part in cities))
    lines = [line for city in cities for line in city.lines]
    practices = sorted({entry for city in cities for made in city.commitments for entry in made.practices})
    indicators = sorted({line.target.indicator for line in lines})
    return CommitmentReport(
        shown,
        content,
        max(_decisions(cities), default=None),
        cities,
        cycle,
        entries={entry: library.entries[entry].title for entry in practices},
        indicators={one: library.indicators[one] for one in indicators if one in library.indicators},
        topics={topic: library.topics[topic].label for topic in topics_named(scope, library)},
    )


def _newest_of_each_number(
    reports: Iterable[Report], as_of: datetime | None, cities: Mapping[str, object]
) -> Mapping[str, Sequence[Report]]:
    """What counts of each city, in the order in which it was sent."""
    numbers: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        decided = report.decided_at
        known = as_of is None or (decided is not None and decided <= as_of)
        if known and report.city in cities and report.form is Form.PROGRESS:
            numbers[report.number].append(report)
    found: dict[str, list[Report]] = defaultdict(list)
    for versions in numbers.values():
        counting = latest_accepted(versions)
        if counting is not None:
            found[counting.city].append(counting)
    return {city: sorted(of_city, key=age) for city, of_city in found.items()}


def _decisions(cities: Iterable[CityPart]) -> Iterator[datetime]:
    """The moments at which everything was accepted that stands in the report."""
    for city in cities:
        told = (told.provenance for line in city.lines for told in line.told)
        for provenance in (*(facts.provenance for facts in city.reports), *told):
            if provenance.accepted_at is not None:
                yield provenance.accepted_at


class _Home:
    """What the parts of the report are made from. `library` is all that is known, for what is computed; `shown` what
    visitors may read."""

    def __init__(
        self,
        library: Library,
        shown: Library,
        schedules: Schedules,
        scope: Scope,
        cycle: ReportingCycle | None,
        acts: Acts,
    ) -> None:
        self.library = library
        self.shown = shown
        self.schedules = schedules
        self.scope = scope
        self.cycle = cycle
        self.acts = acts

    def city(self, city: str, made: Mapping[str, Commitment], reports: Sequence[Report]) -> CityPart:
        readings = [read(report, self.library, self.schedules, self.acts) for report in reports]
        every = (self.commitment(entry, commitment, readings) for entry, commitment in made.items())
        parts = tuple(part for part in every if self.belongs(part))
        of_scope = [one for one in readings if is_of_scope(self.scope, one.report, self.schedules)]
        told = {told.provenance.number for part in parts for line in part.lines for told in line.shown}
        told.update(one.report.number for one in of_scope)
        facts = tuple(
            ReportFacts(
                one.report.number, one.report.version, one.report.cycle, one.provenance, one.report.late
            )
            for one in readings
            if one.report.number in told
        )
        record = self.library.cities.get(city)
        return CityPart(
            city,
            self.library.place_name(Place(city)),
            record.country if record is not None else "",
            record.languages if record is not None else (),
            parts,
            facts,
            worked=tuple(_worked(of_scope)),
            wanted=tuple(_wanted(of_scope[-1])) if of_scope else (),
            learnt=tuple(dict.fromkeys(self.learnt(of_scope))),
            missing=tuple(self.missing(parts, facts, readings)),
        )

    def commitment(self, entry: str, commitment: Commitment, readings: Sequence[Reading]) -> CommitmentPart:
        home = self.shown.entries[entry]
        related = (self.shown.find(other, Role.VISITOR) for other in home.related)
        connected = (other.id for other in related if other is not None and other.kind in CONNECTED)
        return CommitmentPart(
            entry,
            home.title,
            commitment.made,
            tuple(
                line_of(ref, entry, commitment, target, self.scope, readings, self.schedules)
                for ref, target in short_names(commitment).items()
            ),
            home.remarks,
            home.sources,
            tuple(dict.fromkeys(connected)),
            commitment.due,
        )

    def belongs(self, part: CommitmentPart) -> bool:
        """Whether a commitment is of the years of the scope: it runs in them, or something in them is told of it."""
        return in_years(self.scope, part.made, part.due) or any(line.shown for line in part.lines)

    def learnt(self, readings: Iterable[Reading]) -> Iterator[LocalText]:
        """The cities from which something was taken over; a city that visitors do not see by its plain name."""
        for reading in readings:
            for code in _codes(reading, Meaning.LEARNT):
                is_known = code in self.library.entries
                yield self.shown.place_name(Place(code) if is_known else Place(name=code))

    def missing(
        self, parts: Iterable[CommitmentPart], facts: Sequence[ReportFacts], readings: Sequence[Reading]
    ) -> Iterator[Missing]:
        if self.cycle is not None and not facts:
            yield Missing(MissingWhat.REPORT)
        for part in parts:
            for line in part.lines:
                yield from _lacks(line, readings)


def _lacks(line: TargetLine, readings: Iterable[Reading]) -> Iterator[Missing]:
    """What would have to be known of a target to judge it."""
    assessed, counting = line.assessed, line.counting
    if assessed.status is Status.NO_RESULT:
        yield Missing(MissingWhat.RESULT, line.ref, assessed.because or "")
        return
    if WITHOUT_FIGURE.intersection(assessed.why):
        yield Missing(MissingWhat.FIGURE, line.ref, assessed.because or "")
    if Why.NO_BASELINE in assessed.why:
        yield Missing(MissingWhat.BASELINE, line.ref)
    if counting is not None and counting.result.value is not None and counting.when is None:
        number = counting.provenance.number
        own = (reading for reading in readings if reading.report.number == number)
        because = next((reading.why_no_year(line.ref) for reading in own), "")
        yield Missing(MissingWhat.YEAR, line.ref, because)


def _worked(readings: Iterable[Reading]) -> Iterator[Quote]:
    for reading in readings:
        for step in reading.steps:
            words = original_words(reading.answer(step))
            if step.question.means is Meaning.WORKED and words:
                yield Quote(step.question.short or step.question.ask, words)


def _wanted(reading: Reading) -> Iterator[LocalText]:
    """The help that a city asks for, in the words of the choices."""
    chosen = frozenset(_codes(reading, Meaning.WANTED)) - {NOTHING_YET}
    for step in reading.steps:
        if step.question.means is Meaning.WANTED:
            yield from (choice.label for choice in step.question.choices if choice.id in chosen)


def _codes(reading: Reading, meaning: Meaning) -> Iterator[str]:
    for step in reading.steps:
        answer = reading.answer(step)
        if step.question.means is meaning and answer is not None and isinstance(answer.value, Codes):
            yield from answer.value.codes
