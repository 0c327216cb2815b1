"""Reporting cycles: what is asked when, and the end of a deadline in a city's own zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta

from bot.domain.local_time import moment_at
from bot.domain.questionnaires import Form, Questionnaire
from bot.domain.reminder_rules import DaysOff, MessageTemplate, ReminderRules
from bot.domain.words import LocalText


@dataclass(frozen=True)
class ReportingCycle:
    """`period` is what is reported about (a year or the first and the last); `commitments` the ids of those that
    are asked about, empty for all. `opens` and `deadline` are local days of each city."""

    id: str
    title: LocalText
    period: str
    opens: date
    deadline: date
    questionnaire: str
    commitments: frozenset[str] = frozenset()
    reminders: str | None = None

    def is_open(self, now: datetime, zone: str) -> bool:
        """Whether reports may be begun. Late ones may: a cycle does not close by itself."""
        return now >= start_of_day(self.opens, zone)

    def ends_at(self, zone: str) -> datetime:
        """The end of the deadline's local day: the first moment of the next one."""
        return start_of_day(self.deadline + timedelta(days=1), zone)

    def is_late(self, now: datetime, zone: str) -> bool:
        return now >= self.ends_at(zone)

    def until(self, deadline: date | None) -> ReportingCycle:
        """The same cycle for a city to which another deadline was granted; None: its own."""
        return self if deadline is None else replace(self, deadline=deadline)

    @property
    def year(self) -> int:
        """The last year of the period."""
        return int(self.period[-4:])


@dataclass(frozen=True)
class Schedules:
    """All files of the schedules at one moment. `days_off` are by country (two letters) and by city (its id)."""

    cycles: Mapping[str, ReportingCycle] = field(default_factory=dict)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    reminders: Mapping[str, ReminderRules] = field(default_factory=dict)
    days_off: Mapping[str, DaysOff] = field(default_factory=dict)
    messages: Mapping[str, MessageTemplate] = field(default_factory=dict)
    version: str = ""

    def questionnaire_for(self, form: Form) -> Questionnaire | None:
        """The questionnaire of a form other than progress, which each cycle names itself."""
        return next((q for q in self.questionnaires.values() if q.form is form), None)

    def days_off_of(self, country: str, city: str) -> DaysOff:
        """The days on which a city of this country rests beside its weekends."""
        nothing = DaysOff()
        return self.days_off.get(country, nothing).and_those_of(self.days_off.get(city, nothing))

    def newest_first(self) -> tuple[ReportingCycle, ...]:
        return tuple(sorted(self.cycles.values(), key=lambda cycle: (cycle.deadline, cycle.id), reverse=True))


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a local day, in UTC."""
    return moment_at(day, time.min, zone)
