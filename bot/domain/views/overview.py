"""What is shown of cities and how they stand: one's own, and all of them to the secretariat."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from bot.domain.audit import Entry as Logged
from bot.domain.commitments import PublishedResult
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.entries import Library
from bot.domain.extensions import Extension
from bot.domain.people import Person
from bot.domain.progress import OWED, CityState
from bot.domain.questionnaires import Form
from bot.domain.reminder_rules import ReminderRule
from bot.domain.reports import Report
from bot.domain.views.base import View
from bot.domain.views.reviewing import Judged


@dataclass(frozen=True)
class CycleLine:
    """A cycle as one city stands in it, with the deadline that holds for it; `extended`: it is a later one than
    others have. `asked` is the request for more time that waits; `mark` names city and cycle in buttons."""

    cycle: ReportingCycle
    state: CityState
    ends_at: datetime
    days_left: int
    extended: bool = False
    asked: Extension | None = None
    mark: str = ""

    @property
    def is_owed(self) -> bool:
        return self.state.standing in OWED


@dataclass(frozen=True)
class Came:
    """A promise and what came of it: by the latest accepted report, or where there is none by what a source
    publishes; by neither: no result yet."""

    judged: Judged
    report: Report | None = None
    published: PublishedResult | None = None


@dataclass(frozen=True)
class CityChoice(View):
    """The cities of somebody who has several."""

    cities: tuple[tuple[str, CityState | None], ...]
    library: Library


@dataclass(frozen=True)
class NoCity(View):
    """Whoever asks for their city has none."""

    can_ask: bool


@dataclass(frozen=True)
class MyCity(View):
    """`membership` is the reader's own in this city, to hand over; `proposals` are open drafts of proposals."""

    city: str
    library: Library
    zone: str
    cycles: tuple[CycleLine, ...]
    came: tuple[Came, ...]
    colleagues: tuple[Person, ...] = ()
    reports: int = 0
    may_report: bool = True
    membership: int | None = None
    proposals: tuple[Draft, ...] = ()
    can_propose: frozenset[Form] = frozenset()
    may_ask_time: bool = False
    can_draw: bool = False
    """Whether a target has a figure that a chart could show."""


@dataclass(frozen=True)
class PastReports(View):
    """The reports of a city, newest first: of each the version that counts, else the newest."""

    city: str
    library: Library
    zone: str
    reports: tuple[Report, ...]
    left_out: int = 0
    for_office: bool = False


@dataclass(frozen=True)
class CycleOverview(View):
    """All cities of a cycle: how many stand where, and a page of those that `chosen` (a letter of `FILTERS`) names,
    all where it is empty. `others` are the cycles that can be turned to."""

    cycle: ReportingCycle
    counts: Mapping[str, int]
    cities: tuple[tuple[str, CityState], ...]
    library: Library
    chosen: str
    page: int
    pages: int
    total: int
    waiting: int = 0
    others: tuple[ReportingCycle, ...] = ()
    may_see_log: bool = False
    extended: Mapping[str, date] = field(default_factory=dict)
    """The deadline of each city of this page that has more time."""
    with_more_time: int = 0
    """How many cities of the cycle have more time."""
    is_paused: bool = False
    """Whether its reminders rest."""


@dataclass(frozen=True)
class NoCycle(View):
    """No cycle is in the files."""

    waiting: int = 0


@dataclass(frozen=True)
class Wish:
    """How somebody wishes to be reminded: on this day at this hour of their city, and `quiet`: no more than the last
    time before the deadline."""

    day: date | None = None
    at: time | None = None
    quiet: bool = False


@dataclass(frozen=True)
class CityFile(View):
    """A city as the secretariat sees it. `people` have an active role there; `waiting` of its reports wait."""

    city: str
    library: Library
    zone: str
    cycles: tuple[CycleLine, ...]
    reports: tuple[Report, ...]
    people: tuple[Person, ...]
    drafts: tuple[Draft, ...] = ()
    """Drafts that the reader may go on with: what the secretariat enters."""
    can_enter: bool = False
    may_extend: bool = False
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    """Of its people, by their ids."""
    can_draw: bool = False


@dataclass(frozen=True)
class AskEnteredFrom(View):
    """Asks from what kind of source the results come that are to be entered. `mark` names city and cycle in
    buttons."""

    city: str
    library: Library
    cycle: ReportingCycle
    mark: str
    others: tuple[tuple[str, ReportingCycle], ...] = ()
    """Other cycles that are open for this city, with their marks."""


@dataclass(frozen=True)
class Happened:
    """An entry of the log in words: who, and whom or what about, by name where one is known."""

    entry: Logged
    who: str | None
    whom: str
    cycle: ReportingCycle | None = None
    rule: ReminderRule | None = None
    """Of a reminder: its cycle and rule."""


@dataclass(frozen=True)
class HistoryList(View):
    """A page of the log of changes, newest first; of the whole network where `city` is None. `zone` is the city's."""

    city: str | None
    library: Library
    happened: tuple[Happened, ...]
    page: int
    pages: int
    total: int
    zone: str = "UTC"
