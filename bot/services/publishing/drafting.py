"""Documents for their reader alone: the report as it stands, and the letters to cities."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from bot.documents.composition import compose
from bot.documents.printing import file_name, print_document
from bot.domain.audit import Entry
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import Action
from bot.domain.publication import CommitmentReport, Format, Scope
from bot.domain.reports import Report, ReportHead, ReportState
from bot.domain.views import View
from bot.domain.views.publishing import DraftCaption, Standing
from bot.services.desk import Desk
from bot.services.long_work import Doer, Gathering, Made, MadeFile, Say
from bot.services.publishing import screens
from bot.services.publishing.assemble import assemble
from bot.services.publishing.gather import DECIDED

AT_A_TIME = 50
"""Reports that are read in one unit of work: nobody else writes meanwhile."""


@dataclass(frozen=True)
class Gathered:
    """Everything that documents are made of. `seen` are the cities that the reader looks
    after, `now` is when it was read, `templates` the secretariat's."""

    library: Library
    schedules: Schedules
    content: str
    scope: Scope
    reports: Sequence[Report]
    acts: Sequence[Entry]
    seen: frozenset[str]
    standing: Standing
    now: datetime
    templates: Path | None

    @cached_property
    def report(self) -> CommitmentReport:
        """Put together away from the database: with thousands of cities nobody else should wait for it. Raises
        CannotBeMadeError where no city is in it."""
        report = assemble(
            self.library,
            self.schedules,
            self.reports,
            self.acts,
            self.scope,
            self.content,
            may_see=self.seen.__contains__,
        )
        if not report.cities:
            raise CannotBeMadeError(WorkReason.NOTHING)
        return report


def gathering(desk: Desk, work: LongWork, whole: Callable[[Gathered], Any]) -> Gathering:
    """What is known of the chosen cycle, for whoever sits at the desk; `whole` makes of it what is needed. Reports
    that were accepted do not change any more: read one after the other, they are still those of one moment."""
    cycle, heads = screens.chosen_cycle(desk, work.params), accepted(desk)
    begun = Gathered(
        desk.all_known,
        desk.schedules,
        screens.content_of(desk),
        screens.scope_of(cycle),
        (),
        (),
        frozenset(city for city in cities_of(desk, heads) if screens.may_see(desk, city)),
        screens.standing(desk, cycle),
        desk.now,
        desk.knowledge.templates,
    )

    def put_together(read: Sequence[Any]) -> Any:
        acts, *reports = read
        return whole(replace(begun, reports=list(chain.from_iterable(reports)), acts=acts))

    return Gathering([lambda desk: desk.work.audit.of_events(DECIDED), *reading(heads)], put_together)


def accepted(desk: Desk) -> list[ReportHead]:
    """Which reports are accepted now."""
    return [head for head in desk.work.reports.heads() if head.state is ReportState.ACCEPTED]


def cities_of(desk: Desk, heads: Sequence[ReportHead]) -> frozenset[str]:
    """The cities that made commitments, and those of which the files have none any more: they are there for what
    they reported."""
    library = desk.all_known
    return frozenset({*library.commitments_by_city, *(library.id_now(head.city) for head in heads)})


def reading(heads: Sequence[ReportHead]) -> list[Callable[[Desk], Sequence[Report]]]:
    """Reads these reports, some at a time."""
    ids = [head.id for head in heads]
    return [_reading(ids[first : first + AT_A_TIME]) for first in range(0, len(ids), AT_A_TIME)]


def _reading(ids: Sequence[int]) -> Callable[[Desk], Sequence[Report]]:
    return lambda desk: desk.work.reports.some(ids)


# --- one document


def _gather(desk: Desk, work: LongWork) -> Gathering:
    format, language = Format(work.params[screens.FORMAT]), work.params[screens.LANGUAGE]
    return gathering(desk, work, lambda of: (of, format, language))


def _make(found: tuple[Gathered, Format, str], say: Say) -> Made:
    of, format, language = found
    say(0, 2)
    document = compose(of.report, language)
    say(1, 2)
    content = print_document(document, format, of.templates, lambda: say(1, 2))
    say(2, 2)
    caption = DraftCaption(of.standing, format, language, of.report.as_of)
    return Made((MadeFile(file_name(of.report.scope, language, format), content, caption),))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    cycle = screens.chosen_cycle(desk, work.params)
    format = Format(work.params[screens.FORMAT])
    return screens.screen(desk, cycle, work.params[screens.LANGUAGE], given=format)


REPORT = Doer(Action.PUBLISH, _gather, _make, _finish)
