"""Reminders, derived: which are due follows from cycles, rules, cities, people and reports, and nothing is stored
but what was said.

A **debt** is one rule (or promise, or nudge) for one person about one city in one cycle. All debts of one person
that fall on one of their local days go out as one **reminder**, at the earliest of their hours.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cycles import ReportingCycle
from bot.domain.progress import CityState
from bot.domain.reminder_rules import DaysOff, QuietHours, ReminderRule, ReminderRules, Step

LOOK_BACK = timedelta(hours=48)
"""What fell due while we were down is still said for so long."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Calendar:
    """The local time of somebody, and when they are left in peace. `weekend` are names of `WEEK`."""

    zone: str
    weekend: frozenset[str] = frozenset({"sat", "sun"})
    days_off: DaysOff = DaysOff()
    quiet: QuietHours = QuietHours()


@dataclass(frozen=True)
class Recipient:
    """Somebody to remind. Their calendar is that of the first of their cities; the secretariat has the office's.
    `person` 0 stands for a city where nobody can be reminded: the plan shows it, and nothing is sent."""

    person: int
    step: Step
    calendar: Calendar
    language: str


@dataclass(frozen=True)
class Promise:
    """Somebody asked to be reminded on this local day, at this hour (of their zone), and not before."""

    person: int
    city: str
    cycle: str
    day: date
    at: time
    made_at: datetime


@dataclass(frozen=True)
class Pause:
    """Reminders of a cycle rest from `since` to `until` (None: until somebody lets them go on)."""

    cycle: str
    since: datetime
    until: datetime | None = None


@dataclass(frozen=True)
class Nudge:
    """A reminder by hand to all who still owe something in a cycle: each gets it at the next hour that is not quiet
    where they live. Weekends do not hold it back: somebody decided it."""

    id: int
    cycle: str
    at: datetime
    by: int


@dataclass(frozen=True)
class Owed:
    """A report that a city owes in one cycle, and all that decides who is reminded of it and when. The cycle has the
    city's own deadline; `people` are those of every step, `quiet` those who wish to hear no more than the last
    reminder before the deadline, `last_sign` when somebody of the city last did something about it."""

    city: str
    cycle: ReportingCycle
    rules: ReminderRules
    people: tuple[Recipient, ...]
    state: CityState | None = None
    last_sign: datetime | None = None
    promises: Mapping[int, Promise] = field(default_factory=dict)
    quiet: frozenset[int] = frozenset()
    pauses: tuple[Pause, ...] = ()
    nudges: tuple[Nudge, ...] = ()


class Why(StrEnum):
    RULE = "rule"
    PROMISE = "promise"
    """They asked for this day."""
    NUDGE = "nudge"


PROMISED, NUDGED = "later", "nudge"
"""What stands in place of a rule's id where no rule is behind a debt; a nudge has its number behind it."""


@dataclass(frozen=True)
class Debt:
    """`day` is the local day that the rule names, before it is moved off a day of rest, so that an edited holiday
    says nothing twice; `at` the moment (UTC) at which it is due, moved where it must be."""

    cycle: str
    city: str
    rule: str
    person: int
    day: date
    at: datetime
    step: Step
    why: Why = Why.RULE

    @property
    def key(self) -> str:
        """What is said once: cycle, city, rule, person, local due date."""
        return f"{self.cycle}:{self.city}:{self.rule}:{self.person}:{self.day}"


@dataclass(frozen=True)
class Reminder:
    """One message: all debts of one person on one of their local days, due at the earliest of their moments (or now,
    where that is over)."""

    person: int
    zone: str
    day: date
    at: datetime
    language: str
    debts: tuple[Debt, ...]

    @property
    def key(self) -> str:
        """At most one a person and local day."""
        return f"rem:{self.person}:{self.day}"


def moment_of(rule: ReminderRule, cycle: ReportingCycle, calendar: Calendar) -> tuple[date, datetime]:
    """The local day that a rule names, and the moment (UTC) at which it is due there, moved off days of rest."""
    raise NotImplementedError


def next_waking(moment: datetime, calendar: Calendar) -> datetime:
    """This moment, or the end of the quiet hours in which it lies."""
    raise NotImplementedError


def debts(owed: Owed, after: datetime, until: datetime) -> Sequence[Debt]:
    """What falls due of one report in (after, until], in its order."""
    raise NotImplementedError


def what_will_go_out(
    owed: Sequence[Owed],
    after: datetime,
    until: datetime,
    said: Collection[str] = frozenset(),
    messaged: Collection[tuple[int, date]] = frozenset(),
    held: Collection[str] = frozenset(),
) -> Iterator[Reminder]:
    """Every reminder of (after, until], in order of time, if nobody does anything meanwhile. `said` are keys of debts
    and `messaged` (person, local day) of reminders that are written already; `held` keys of debts that rest."""
    raise NotImplementedError


def due(
    owed: Sequence[Owed],
    now: datetime,
    said: Collection[str],
    messaged: Collection[tuple[int, date]],
    held: Collection[str] = frozenset(),
) -> Sequence[Reminder]:
    """The reminders to write now: of what fell due within the last 48 hours and was not said, at most one a person and
    local day, none in quiet hours. What was overtaken by a later rule about the same report goes along unsaid."""
    raise NotImplementedError


class Needless(StrEnum):
    """Why a debt that was written is not said after all."""

    REPORTED = "reported"
    PAUSED = "paused"
    HELD = "held"
    LEFT = "left"
    QUIET = "quiet"
    PROMISED = "promised"
    ANSWERED = "answered"
    OVERTAKEN = "overtaken"


def still_wanted(debt: Debt, owed: Owed | None, held: Collection[str], now: datetime) -> Needless | None:
    """Why a debt must not be said any more at the moment of sending; None: it is. `owed` is the report as it is owed
    now, None where it is not any more."""
    raise NotImplementedError
