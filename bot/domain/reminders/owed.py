"""What is owed, who is reminded of it, and what a reminder is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.cycles import ReportingCycle
from bot.domain.progress import CityState
from bot.domain.reminder_rules import DaysOff, QuietHours, ReminderRules, Step

LOOK_BACK = timedelta(hours=48)
"""What fell due while we were down is still said for so long."""
FARTHEST_MOVE = 31
"""How many days a reminder may move to find a day that is not one of rest."""
SAID_WITHIN = LOOK_BACK + timedelta(days=2 * FARTHEST_MOVE)
"""How far back whoever asks what is due must know what was said: an edited holiday can move what was said long ago
into the last 48 hours."""

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Calendar:
    """The local time of somebody, and when they are left in peace. `weekend` are names of `WEEK`."""

    zone: str
    weekend: frozenset[str] = frozenset({"sat", "sun"})
    days_off: DaysOff = field(default_factory=DaysOff)
    quiet: QuietHours = field(default_factory=QuietHours)


NOBODY = 0


@dataclass(frozen=True)
class Recipient:
    """Somebody to remind. Their calendar is that of the first of their cities; the secretariat has the office's.
    `person` 0 (`NOBODY`) stands for a city where nobody can be reminded: the plan shows it, and nothing is sent."""

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
"""What stands in place of a rule's id where no rule is behind a debt; a nudge has its number behind it
(`nudge-7`)."""


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
    where that is over).

    `debts` are said, one a city and cycle; `overtaken` are older ones about the same city and cycle, which fall due
    on this day, too, or are left from the days before. Who writes the reminder keeps both, or they come again.
    """

    person: int
    zone: str
    day: date
    at: datetime
    language: str
    debts: tuple[Debt, ...]
    overtaken: tuple[Debt, ...] = ()

    @property
    def key(self) -> str:
        """At most one a person and local day."""
        return f"rem:{self.person}:{self.day}"


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
