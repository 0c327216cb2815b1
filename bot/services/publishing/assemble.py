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
from bot.services.publishing.lost import is_unread, unplaced
from bot.services.publishing.scopes import (
    MaySee,
    cities_in,
    end_of,
    everybody,
    in_years,
    is_of_scope,
    topics_named,
)
from bot.services.publishing.telling import Acts, Reading, acts_of, line_of, original_words, read
from bot.services.reported import commitment_by_ref

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
    newest = _newest_of_each_number(reports, as_of, library)
    chosen = cities_in(scope, library, cycle, everybody, newest)
    seen = {city: made for city, made in chosen.items() if may_see(city)}
    home = _Home(library, library.seen_by(Role.VISITOR), schedules, scope, cycle, acts_of(acts, as_of))
    parts = (home.city(city, made, newest.get(city, ())) for city, made in seen.items())
    # A city of which the files have no commitment any more is there for what it reported.
    cities = tuple(part for part in parts if part.commitments or (part.reports and not chosen[part.id]))
    every = cities_in(replace(scope, cities=()), library, cycle, everybody) if scope.cities else chosen
    others = (city for city in every if city not in seen)
    is_whole = len(seen) == len(chosen)
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
        in_all=len(cities) + sum(home.belongs_there(every[city], newest.get(city, ())) for city in others),
    )


def _newest_of_each_number(
    reports: Iterable[Report], as_of: datetime | None, library: Library
) -> Mapping[str, Sequence[Report]]:
    """What counts of each city, by the id that it has now, in the order in which it was sent."""
    numbers: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        decided = report.decided_at
        known = as_of is None or (decided is not None and decided <= as_of)
        if known and report.form is Form.PROGRESS:
            numbers[report.number].append(report)
    found: dict[str, list[Report]] = defaultdict(list)
    for versions in numbers.values():
        counting = latest_accepted(versions)
        if counting is not None:
            found[library.id_now(counting.city)].append(counting)
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
        readings = self.read(reports)
        parts = tuple(self.parts(made, readings))
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
            missing=tuple(self.missing(city, parts, facts, readings)),
        )

    def read(self, reports: Iterable[Report]) -> Sequence[Reading]:
        return [read(report, self.library, self.schedules, self.acts) for report in reports]

    def parts(self, made: Mapping[str, Commitment], readings: Sequence[Reading]) -> Iterator[CommitmentPart]:
        """The commitments that are of the years of the scope: they run in them, or something in them is told."""
        for entry, commitment in made.items():
            part = self.commitment(entry, commitment, readings)
            runs = in_years(self.scope, commitment.made, end_of(commitment))
            if runs or any(line.shown for line in part.lines):
                yield part

    def belongs_there(self, made: Mapping[str, Commitment], reports: Sequence[Report]) -> bool:
        """Whether a city would be in the report, were it chosen."""
        if self.scope.first is None and self.scope.last is None:
            return bool(made)
        return any(self.parts(made, self.read(reports)))

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

    def learnt(self, readings: Iterable[Reading]) -> Iterator[LocalText]:
        """The cities from which something was taken over; a city that visitors do not see by its plain name."""
        for reading in readings:
            for code in _codes(reading, Meaning.LEARNT):
                city = self.library.id_now(code)
                is_known = city in self.library.entries
                yield self.shown.place_name(Place(city) if is_known else Place(name=code))

    def missing(
        self,
        city: str,
        parts: Sequence[CommitmentPart],
        facts: Sequence[ReportFacts],
        readings: Sequence[Reading],
    ) -> Iterator[Missing]:
        if self.cycle is not None and not facts:
            yield Missing(MissingWhat.REPORT)
        numbers = {one.number for one in facts}
        of_scope = [one for one in readings if one.report.number in numbers]
        if any(is_unread(one, self.schedules) for one in of_scope):
            yield Missing(MissingWhat.UNREAD)
        lines = {line.ref: line for part in parts for line in part.lines}
        hidden = commitment_by_ref(city, self.library).keys() - commitment_by_ref(city, self.shown).keys()
        lost = dict.fromkeys(
            ref
            for one in of_scope
            for ref in unplaced(one, self.schedules)
            if ref not in hidden and (ref in lines or not self.scope.topics)
        )
        yield from (Missing(MissingWhat.UNPLACED, ref) for ref in lost if ref not in lines)
        for ref, line in lines.items():
            lacks = tuple(_lacks(line, readings))
            if ref in lost:
                yield Missing(MissingWhat.UNPLACED, ref)
                lacks = tuple(one for one in lacks if one.what is not MissingWhat.RESULT)
            yield from lacks


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
