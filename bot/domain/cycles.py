"""Reporting cycles: what is asked when, and the end of a deadline in a city's own zone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.domain.questionnaires import Form, Questionnaire
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

    @property
    def year(self) -> int:
        """The last year of the period."""
        return int(self.period[-4:])


@dataclass(frozen=True)
class Schedules:
    """All cycles and questionnaires at one moment."""

    cycles: Mapping[str, ReportingCycle] = field(default_factory=dict)
    questionnaires: Mapping[str, Questionnaire] = field(default_factory=dict)
    version: str = ""

    def questionnaire_for(self, form: Form) -> Questionnaire | None:
        """The questionnaire of a form other than progress, which each cycle names itself."""
        return next((q for q in self.questionnaires.values() if q.form is form), None)

    def newest_first(self) -> tuple[ReportingCycle, ...]:
        return tuple(sorted(self.cycles.values(), key=lambda cycle: (cycle.deadline, cycle.id), reverse=True))


def start_of_day(day: date, zone: str) -> datetime:
    """The first moment of a local day, in UTC. Where midnight does not exist there (a gap), it is the first
    moment that does; where it comes twice, the first of the two."""
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(zone))
    # In a gap, fold=0 counts with the offset before it: the moment of the jump itself.
    return midnight.astimezone(UTC)
