"""The reports that a table is made of: those of the cities, states and the cycle asked for, city by city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.domain.exports import EVERY_STATE, Filter, Wanted
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState, latest_accepted
from bot.domain.tables import CellKind, Column, Row
from bot.services.desk import Desk
from bot.services.exporting.base import Known, has_commitment_on, is_in, may_see, on_topic

STATES = (*(state.value for state in ReportState), EVERY_STATE)
FILTERS = frozenset(Filter)
SENT = (
    Column("form"),
    Column("cycle"),
    Column("report"),
    Column("version", CellKind.INTEGER),
    Column("state"),
    Column("counts"),
    Column("source_kind"),
    Column("sent_at", CellKind.MOMENT),
    Column("accepted_at", CellKind.MOMENT),
)


@dataclass(frozen=True)
class Chosen:
    """A report of a table. `counts`: it is the version that the network's tables rest on."""

    report: Report
    counts: bool

    @property
    def cells(self) -> Row:
        """The cells of `SENT`."""
        report = self.report
        accepted_at = report.decided_at if report.state is ReportState.ACCEPTED else None
        return (
            report.form.value,
            report.cycle or None,
            report.number,
            report.version,
            report.state.value,
            "yes" if self.counts else "no",
            report.source.value,
            report.submitted_at,
            accepted_at,
        )


def cities(desk: Desk, wanted: Wanted) -> Sequence[str]:
    """The cities whose reports are read."""
    return narrowed(desk, wanted, desk.work.reports.cities())


def narrowed(desk: Desk, wanted: Wanted, cities: Sequence[str]) -> Sequence[str]:
    """Of these cities those that are asked for, and may be seen."""
    library = desk.all_known
    topics = on_topic(library, wanted.topic)
    return [
        city
        for city in cities
        if may_see(desk, city)
        and is_in(library, city, wanted.country)
        and has_commitment_on(library, city, topics)
    ]


def read(desk: Desk, wanted: Wanted, city: str) -> Sequence[Chosen]:
    """The reports of a city that are asked for, by number and version. Without a state, and for those that were
    accepted: the versions that count."""
    return list(_chosen(wanted, desk.work.reports.of_city(city)))


def progress(chosen: Sequence[Chosen]) -> Iterator[Chosen]:
    return (one for one in chosen if one.report.form is Form.PROGRESS)


def _chosen(wanted: Wanted, reports: Sequence[Report]) -> Iterator[Chosen]:
    numbers: dict[str, list[Report]] = {}
    for report in reports:
        numbers.setdefault(report.number, []).append(report)
    for number in sorted(numbers):
        versions = sorted(numbers[number], key=lambda report: report.version)
        counting = latest_accepted(versions)
        for report in versions:
            # What was proposed under one number are several things, and each that was agreed counts.
            counts = report is counting or (
                report.form is not Form.PROGRESS and report.state is ReportState.ACCEPTED
            )
            if _is_wanted(wanted, report, counts):
                yield Chosen(report, counts)


def _is_wanted(wanted: Wanted, report: Report, counts: bool) -> bool:
    if wanted.cycle is not None and report.cycle != wanted.cycle:
        return False
    state = wanted.state or ReportState.ACCEPTED.value
    if state == EVERY_STATE:
        return True
    return counts if state == ReportState.ACCEPTED else report.state == state


def in_order(known: Known, cycles: Sequence[str]) -> Sequence[str]:
    """Cycles in the order of their deadlines, those that are gone from the files first."""
    there = [cycle.id for cycle in reversed(known.schedules.newest_first())]
    return [*sorted(set(cycles) - set(there)), *(cycle for cycle in there if cycle in cycles)]
