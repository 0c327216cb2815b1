"""What is shown: the pulse of a cycle."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.pulse import Answering, Liveliness, QuestionCost
from bot.domain.views.base import View
from bot.domain.words import LocalText


@dataclass(frozen=True)
class CostLine:
    """A question and what it costs, `short` as its questionnaire calls it."""

    short: LocalText
    cost: QuestionCost

    @property
    def length(self) -> timedelta:
        return timedelta(seconds=self.cost.seconds)


@dataclass(frozen=True)
class NextDays:
    """What the next seven days bring: reminders with how many people they go to, cities whose deadline is over then,
    extensions and reports that wait for the secretariat, announcements that will go out."""

    reminders: int = 0
    people: int = 0
    ending: tuple[tuple[date, int], ...] = ()
    """Deadlines (local days) with the number of cities that still owe a report by then."""
    extensions: int = 0
    reports: int = 0
    announcements: int = 0


@dataclass(frozen=True)
class PulseOfCycle(View):
    """`cities` by liveliness, in the order of their names, as far as the reader may see them."""

    cycle: ReportingCycle
    library: Library
    cities: Mapping[Liveliness, tuple[str, ...]]
    answering: Answering
    costs: tuple[CostLine, ...] = ()
    coming: NextDays = NextDays()
