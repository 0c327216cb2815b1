"""What is shown: asking for more time, and granting it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.extensions import Extension
from bot.domain.more_time import NoSuchDay
from bot.domain.progress import CityState
from bot.domain.views.base import View


@dataclass(frozen=True)
class Deadline:
    """A report that a city owes: the cycle with the city's own deadline. `mark` names both in buttons; `days_left`
    are local days, negative where it is over."""

    city: str
    cycle: ReportingCycle
    mark: str
    days_left: int
    zone: str


@dataclass(frozen=True)
class DayOffers:
    """The days that are offered, and what was wrong with one that was typed. `last` is the last possible one."""

    days: tuple[date, ...]
    last: date
    wrong: NoSuchDay | None = None
    typed: str = ""


# --- the city


@dataclass(frozen=True)
class ReportsToExtend(View):
    """For which report is more time asked? None where nothing is owed."""

    owed: tuple[Deadline, ...]
    library: Library
    is_office: bool = False
    """Whether the reader decides on requests, too."""


@dataclass(frozen=True)
class MoreTimeAsked(View):
    """Until when?"""

    deadline: Deadline
    library: Library
    offers: DayOffers


@dataclass(frozen=True)
class WhyMoreTime(View):
    deadline: Deadline
    library: Library
    day: date
    most: int
    too_long: bool = False


@dataclass(frozen=True)
class MoreTimePreview(View):
    """The request as the secretariat will read it."""

    deadline: Deadline
    library: Library
    day: date
    reason: str


@dataclass(frozen=True)
class MoreTimeCard(View):
    """A request as its city sees it. `cycle` is None where it is gone from the files; `decided_by` is the name of
    whoever decided. `can_ask`: something is owed and nothing waits, so that it can be asked again."""

    extension: Extension
    library: Library
    cycle: ReportingCycle | None
    mark: str
    decided_by: str | None = None
    just_sent: bool = False
    readers: int = 1
    """How many of the secretariat it reaches."""
    can_ask: bool = False


@dataclass(frozen=True)
class MoreTimeNews(View):
    """What the secretariat decided, to everybody of the city. `cycle` has the deadline that holds there now."""

    extension: Extension
    library: Library
    cycle: ReportingCycle | None
    decided_by: str | None
    mark: str


# --- the secretariat


@dataclass(frozen=True)
class ExtensionRequest(View):
    """A request as the secretariat sees it, when it comes and whenever it is opened. `deadline` has the city's
    present deadline; None where the cycle is gone. `news`: it has just come."""

    extension: Extension
    library: Library
    deadline: Deadline | None
    asker: str | None = None
    decided_by: str | None = None
    by_reader: bool = False
    news: bool = False
    state: CityState | None = None


@dataclass(frozen=True)
class OtherDayAsked(View):
    """Until which day, for a request or for a city that did not ask (no extension)."""

    deadline: Deadline
    library: Library
    offers: DayOffers
    extension: Extension | None = None


@dataclass(frozen=True)
class GrantPreview(View):
    """The day as it would be given, once more before it holds."""

    deadline: Deadline
    library: Library
    day: date
    extension: Extension | None = None


@dataclass(frozen=True)
class DeclineAsked(View):
    """Asks why a request is declined; with the words that were written, shows them before they are sent."""

    extension: Extension
    library: Library
    most: int
    reason: str | None = None
    too_long: bool = False


@dataclass(frozen=True)
class TimeGiven(View):
    """A city has more time now. `told` are people who hear of it."""

    extension: Extension
    library: Library
    cycle: ReportingCycle
    told: int


@dataclass(frozen=True)
class ExtensionQueue(View):
    """The requests that wait, oldest first, and the cities that have more time in a cycle that is open."""

    waiting: tuple[tuple[Extension, ReportingCycle | None], ...]
    granted: tuple[tuple[str, ReportingCycle], ...]
    """Cities with the cycle as it holds for them."""
    with_more_time: int
    library: Library
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class CitiesToExtend(View):
    """The cities that owe a report, the soonest deadline first."""

    owed: tuple[Deadline, ...]
    library: Library
    page: int
    pages: int
    total: int
