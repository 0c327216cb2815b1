"""Which reports, commitments and results a scope takes in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping

from bot.domain.assessment import FORESEEN, Status, TargetResult
from bot.domain.commitments import Commitment
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library
from bot.domain.people import Role
from bot.domain.publication import Scope
from bot.domain.reports import Report
from bot.domain.words import DEFAULT_LANGUAGE
from bot.services.courses import commitments_of
from bot.services.reported import ToldOf

MaySee = Callable[[str], bool]


def everybody(city: str) -> bool:
    """Of whoever may see every city."""
    return True


def cities_in(
    scope: Scope,
    library: Library,
    cycle: ReportingCycle | None,
    may_see: MaySee,
    reporting: Collection[str] = (),
) -> Mapping[str, Mapping[str, Commitment]]:
    """The commitments of each city, by entry id, by the name of the city, whatever the years; nothing that is hidden
    from visitors is published. `cycle` is the scope's, as the files have it. Of the cities `reporting` also those
    are there of which the files have no commitment any more: what they reported should not vanish unseen."""
    if scope.cycle is not None and cycle is None:
        return {}
    wanted = frozenset(library.id_now(city) for city in scope.cities)
    topics = library.with_topics_below(scope.topics)
    found: dict[str, dict[str, Commitment]] = {}
    for city in {*library.commitments_by_city, *reporting}:
        if (wanted and city not in wanted) or not may_see(city) or _is_hidden(city, library):
            continue
        made = {
            entry: commitment
            for entry, commitment in commitments_of(city, library, cycle).items()
            if not _is_hidden(entry, library)
            and (not topics or topics.intersection(library.entries[entry].topics))
        }
        is_gone = city not in library.commitments_by_city
        if made or (is_gone and not topics):
            found[city] = made
    return dict(sorted(found.items(), key=lambda item: (_name(item[0], library), item[0])))


def in_years(scope: Scope, first: int, last: int | None) -> bool:
    """Whether a time touches the years of a scope. One without an end goes on."""
    begins_in_time = scope.last is None or first <= scope.last
    return begins_in_time and (scope.first is None or last is None or last >= scope.first)


def end_of(commitment: Commitment) -> int | None:
    """The last year by which something of it is due; None where a target has no end."""
    dues = [target.due or commitment.due for target in commitment.targets] or [commitment.due]
    ends = [due for due in dues if due is not None]
    return max(ends) if len(ends) == len(dues) else None


def is_known_by(cycle: ReportingCycle | None, result: TargetResult) -> bool:
    """Whether what a source publishes can stand in the report on a cycle: nothing measured after it does."""
    is_later = cycle is not None and result.year is not None and result.year > cycle.year
    return not is_later or result.value_kind in FORESEEN


def is_published_in(scope: Scope, result: TargetResult, commitment: Commitment) -> bool:
    """Whether a published result belongs to the years of a scope; to those of its commitment, where it has none.
    The record of the years before stands beside every cycle."""
    if result.year is None:
        return in_years(scope, commitment.made, end_of(commitment))
    return in_years(scope, result.year, result.year)


def is_reported_in(scope: Scope, told: ToldOf, report: Report, schedules: Schedules) -> bool:
    """Whether what a report tells of a target belongs to the scope: the year of the result does; without one, that
    of the report's cycle, or the time of the commitment that the result is about."""
    if scope.cycle is not None and report.cycle != scope.cycle:
        return False
    result, made = told.result, told.commitment
    if result is not None and result.year is not None:
        return in_years(scope, result.year, result.year)
    tells = told.assessed.status is not Status.NO_RESULT
    return in_years(scope, *years_of(report, schedules)) or (
        tells and in_years(scope, made.made, end_of(made))
    )


def is_of_scope(scope: Scope, report: Report, schedules: Schedules) -> bool:
    """Whether what a report tells of its whole city belongs to the scope."""
    if scope.cycle is not None:
        return report.cycle == scope.cycle
    return in_years(scope, *years_of(report, schedules))


def years_of(report: Report, schedules: Schedules) -> tuple[int, int]:
    """The years that a report is about: those of its cycle; where that is gone from the files, when it was sent."""
    cycle = schedules.cycles.get(report.cycle)
    if cycle is None:
        return report.submitted_at.year, report.submitted_at.year
    return int(cycle.period[:4]), cycle.year


def topics_named(scope: Scope, library: Library) -> Iterator[str]:
    return (topic for topic in scope.topics if topic in library.topics)


def _is_hidden(entry_id: str, library: Library) -> bool:
    """Whether visitors do not see it. A city without a file is hidden by nobody."""
    entry = library.entries.get(entry_id)
    return entry is not None and not entry.is_visible_to(Role.VISITOR)


def _name(city: str, library: Library) -> str:
    entry = library.entries.get(city)
    return entry.title.within(DEFAULT_LANGUAGE).text.casefold() if entry is not None else city
