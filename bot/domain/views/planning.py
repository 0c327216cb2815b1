"""What is shown: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.progress import CityState
from bot.domain.reminder_rules import ReminderRule, Step
from bot.domain.reminders import Why
from bot.domain.views.base import View


@dataclass(frozen=True)
class PlanGroup:
    """What goes out on one day by one rule of a cycle. `rule` is None where somebody asked for it; `mark` names the
    group in buttons. `cities` are all of it, `messages` what really goes out, `nobody` those in
    which there is nobody to remind, `held` the reminders
    that are held of `reminders`."""

    mark: str
    day: date
    cycle: ReportingCycle
    rule: ReminderRule | None
    why: Why
    step: Step
    cities: int
    messages: int
    reminders: int
    nobody: int
    held: int


class Missing(StrEnum):
    """Why there is nobody to remind in a city."""

    NOBODY = "nobody"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True)
class PlanRow:
    """One reminder of a group: about which city, to whom (`name` is None where it is not known), when by the clocks
    of `zone`. `missing`: nothing is sent, for nobody is there."""

    mark: str
    city: str
    name: str | None
    at: datetime
    zone: str
    language: str
    state: CityState | None
    held: bool = False
    missing: Missing | None = None


@dataclass(frozen=True)
class PlanCycle:
    """A cycle in which something is still owed, by `owing` cities. `rests`: nobody is reminded of it now."""

    cycle: ReportingCycle
    owing: int
    rests: bool


class PlanNote(StrEnum):
    """What has just been done."""

    PAUSED = "paused"
    WENT_ON = "went-on"


@dataclass(frozen=True)
class PlanList(View):
    """What goes out from now to `until`. `messages` and `people` count what is not held; `nobody` are cities in which
    there is nobody to remind; `may_steer`: the reader may let a cycle rest, and remind by hand."""

    library: Library
    groups: tuple[PlanGroup, ...]
    page: int
    pages: int
    until: date
    messages: int
    people: int
    nobody: tuple[str, ...]
    more_nobody: int
    cycles: tuple[PlanCycle, ...]
    may_steer: bool
    note: PlanNote | None = None
    about: ReportingCycle | None = None
    """The cycle that the note is about."""


@dataclass(frozen=True)
class PlanOfGroup(View):
    group: PlanGroup
    rows: tuple[PlanRow, ...]
    library: Library
    page: int
    pages: int


@dataclass(frozen=True)
class PauseAsked(View):
    """Says what a pause does, before it begins. `falls_away` messages of the next days would not be sent."""

    cycle: ReportingCycle
    falls_away: int


@dataclass(frozen=True)
class NudgeSample:
    """What the readers of one language of the interface would get; how many they are."""

    language: str
    readers: int
    text: str


@dataclass(frozen=True)
class NudgePreview(View):
    """A reminder by hand before it is sent. `later` are people who get it when they are awake, the first at
    `first_later` (their own time); `reminded` have a reminder today already; in `nobody` there is nobody."""

    cycle: ReportingCycle
    library: Library
    people: int
    cities: int
    samples: tuple[NudgeSample, ...]
    later: int = 0
    first_later: datetime | None = None
    reminded: int = 0
    nobody: tuple[str, ...] = ()
    rests: bool = False


@dataclass(frozen=True)
class NudgeGiven(View):
    """It is on its way to so many people; or it was given today already, by whom (None: the reader)."""

    cycle: ReportingCycle
    people: int = 0
    later: int = 0
    already: bool = False
    by: str | None = None
