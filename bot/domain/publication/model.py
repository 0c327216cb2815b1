"""The commitment report as data: what was promised, what came of it, and where each figure comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

from bot.domain.assessment import Assessment, TargetResult
from bot.domain.commitments import Indicator, Said, Target
from bot.domain.cycles import ReportingCycle
from bot.domain.people import Role
from bot.domain.reports import SourceKind
from bot.domain.words import LocalText


@dataclass(frozen=True)
class Scope:
    """What a report is about. Empty: no limit. `first` and `last` are years of results, both within it; a result
    without a year is within a span that its commitment (from the promise to its end) touches. `cities` are ids,
    `topics` ids, those below them included."""

    cycle: str | None = None
    first: int | None = None
    last: int | None = None
    cities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


class Origin(StrEnum):
    REPORT = "report"
    """A report that the secretariat accepted in Focal."""
    PUBLISHED = "published"
    """A source that the knowledge store names: the record of the years before."""


@dataclass(frozen=True)
class Actor:
    """Who did something, as the log of changes knows them: by role and handle, never by name. What is published is
    kept for ever, and forgetting somebody must not need a change of it."""

    role: Role | None
    handle: str | None


@dataclass(frozen=True)
class Quote:
    """Words as somebody typed them, below the short name of what they were asked."""

    asked: LocalText
    words: str


@dataclass(frozen=True)
class Provenance:
    """Where a figure comes from. Of a report: its number and version, who sent it and when, from what kind of source
    (`source_note` says which), who accepted it and when, and the original words. Of a publication: its mark
    (`K table 1`) in `source`."""

    origin: Origin
    number: str = ""
    version: int = 0
    sent: Actor | None = None
    sent_at: datetime | None = None
    kind: SourceKind | None = None
    source_note: str = ""
    accepted: Actor | None = None
    accepted_at: datetime | None = None
    words: tuple[Quote, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class Told:
    """One thing that was told of a target. `text` are the source's words on it, where a source publishes it;
    `when` a year or a span as written. `counts`: the target is judged by it. `in_scope`: it belongs to the years and
    the cycle of the report; what does not is there for the series only."""

    result: TargetResult
    provenance: Provenance
    when: str | None = None
    text: LocalText | None = None
    counts: bool = False
    in_scope: bool = True


@dataclass(frozen=True)
class TargetLine:
    """A target with everything that was told of it up to the day of the report, the oldest first."""

    ref: str
    """Its short name, such as `2007a`."""
    target: Target
    assessed: Assessment
    told: tuple[Told, ...] = ()
    said: Said | None = None
    """What a source says of its status, in its words."""

    @property
    def counting(self) -> Told | None:
        return next((told for told in self.told if told.counts), None)

    @property
    def shown(self) -> tuple[Told, ...]:
        return tuple(told for told in self.told if told.in_scope)


@dataclass(frozen=True)
class CommitmentPart:
    """One commitment. `remarks` are its ambiguities as the curators state them, `sources` its marks, `practices` the
    ids of practices connected with it."""

    entry: str
    title: LocalText
    made: int
    lines: tuple[TargetLine, ...]
    remarks: tuple[LocalText, ...] = ()
    sources: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    due: int | None = None
    """The year of targets that name none themselves."""


class MissingWhat(StrEnum):
    REPORT = "report"
    """The city owes a report in this cycle, and none is accepted."""
    RESULT = "result"
    """Nothing was told of this target."""
    FIGURE = "figure"
    """Words were told, but no figure."""
    BASELINE = "baseline"
    YEAR = "year"
    """The figure that counts has no year."""
    UNREAD = "unread"
    """An accepted report of the city cannot be read: its cycle, questionnaire or targets are gone from the files."""
    UNPLACED = "unplaced"
    """An accepted report tells something of this target for which the files have no place any more."""


@dataclass(frozen=True)
class Missing:
    what: MissingWhat
    ref: str = ""
    """The short name of the target, where it is about one."""
    because: str = ""
    """In the city's words, where it says why."""


@dataclass(frozen=True)
class ReportFacts:
    """The accepted report of a city that a document rests on."""

    number: str
    version: int
    cycle: str
    provenance: Provenance
    late: bool = False


@dataclass(frozen=True)
class CityPart:
    """One city. `worked` is what it tells others, `wanted` the help it asks for (`codes` of the question's choices in
    the reader's words come as local texts), `learnt` cities (or free names) it took something over from."""

    id: str
    name: LocalText
    country: str
    languages: tuple[str, ...]
    commitments: tuple[CommitmentPart, ...]
    reports: tuple[ReportFacts, ...] = ()
    worked: tuple[Quote, ...] = ()
    wanted: tuple[LocalText, ...] = ()
    learnt: tuple[LocalText, ...] = ()
    missing: tuple[Missing, ...] = ()

    @property
    def lines(self) -> Iterator[TargetLine]:
        return (line for commitment in self.commitments for line in commitment.lines)


@dataclass(frozen=True)
class CommitmentReport:
    """Targets against results. `as_of` is the moment of the newest decision that it rests on (None where it rests on
    the knowledge store alone), so that building it later from the same things gives the same. `content` names the
    state of the files: the hash of a snapshot. `cycle_title` and the rest carry the words of the files in all
    languages."""

    scope: Scope
    content: str
    as_of: datetime | None
    cities: tuple[CityPart, ...]
    cycle: ReportingCycle | None = None
    entries: Mapping[str, LocalText] = field(default_factory=dict)
    """Titles of the practices that are named, by id."""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    topics: Mapping[str, LocalText] = field(default_factory=dict)
    """Names of the topics of the scope."""
    in_all: int = 0
    """How many cities there would be if none had been chosen, whoever reads it."""

    @property
    def lines(self) -> Iterator[TargetLine]:
        return (line for city in self.cities for line in city.lines)

    @cached_property
    def statuses(self) -> Counter[str]:
        """How many targets have which computed status."""
        return Counter(str(line.assessed.status) for line in self.lines)

    @cached_property
    def reporting(self) -> int:
        """How many cities have an accepted report in it."""
        return sum(bool(city.reports) for city in self.cities)
