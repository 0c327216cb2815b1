"""What is shown: reminders, when to be reminded, and how to be left in peace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.later import Appointed
from bot.domain.progress import CityState
from bot.domain.reminders import Promise, Why
from bot.domain.views.base import View


@dataclass(frozen=True)
class OwedLine:
    """A report that a city owes, with its own deadline, at the moment of reading. `days_left` are local days of the
    city; `question` is the number of the one at which its draft goes on, None where none is open. `mark` names city
    and cycle in buttons, `begin` the report that is not begun yet; `nobody`: nobody is there in the city."""

    city: str
    cycle: ReportingCycle
    state: CityState
    days_left: int
    question: int | None
    mark: str
    begin: str
    nobody: bool = False

    @property
    def returned(self) -> int:
        """How many answers came back and wait for a correction."""
        return len(self.state.draft.returned) if self.state.draft is not None else 0


@dataclass(frozen=True)
class Reminded(View):
    """A reminder. `lines` are the reader's own reports (`more` of them are not named), `silent` those of cities that
    the secretariat has heard nothing from (`more_silent` besides). `today`: they asked for this very day;
    `for_deputy`: the focal points have kept silent; `mark` names all reports of it in buttons."""

    library: Library
    lines: tuple[OwedLine, ...]
    silent: tuple[OwedLine, ...]
    why: Why
    today: bool
    for_deputy: bool
    mark: str
    more: int = 0
    more_silent: int = 0


@dataclass(frozen=True)
class LaterChoices(View):
    """Asks when to be reminded. `where` is the city by whose clock it is, `promise` what holds now, `before` the
    last of the days, counted back from the deadline."""

    library: Library
    lines: tuple[OwedLine, ...]
    days: tuple[date, ...]
    tomorrow: date
    at: time
    where: str
    mark: str
    promise: Promise | None = None
    before: date | None = None


@dataclass(frozen=True)
class LaterAsked(View):
    """Asks for a day in the reader's own words. `words` were not understood; `days` are those that they may mean."""

    mark: str
    words: str | None = None
    days: tuple[date, ...] = ()


@dataclass(frozen=True)
class LaterSet(View):
    """When they will be reminded: by the clock of the city `where`. While `resting` cycles rest, nobody is."""

    library: Library
    lines: tuple[OwedLine, ...]
    appointed: Appointed
    where: str
    mark: str
    resting: tuple[ReportingCycle, ...] = ()
    all_rest: bool = False


class Changed(StrEnum):
    """What the reader has just changed."""

    QUIET = "quiet"
    AS_BEFORE = "as-before"
    NO_PROMISE = "no-promise"


@dataclass(frozen=True)
class Coming(View):
    """When somebody hears next of what they owe, and how that can be changed: what `/later` shows. `coming` are the
    next moments by the plan, as the clocks of the city `where` show them; `quiet`: they asked for no more than the
    last reminder, in this cycle (all, where it is ""); while `resting` cycles rest, nobody is reminded of them."""

    library: Library
    lines: tuple[OwedLine, ...]
    promises: tuple[Promise, ...]
    coming: tuple[datetime, ...]
    where: str
    quiet: bool
    cycle: str
    mark: str
    changed: Changed | None = None
    more: int = 0
    resting: tuple[ReportingCycle, ...] = ()
    all_rest: bool = False
