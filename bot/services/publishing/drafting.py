"""Documents for their reader alone: the report as it stands, and the letters to cities."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bot.documents.composition import compose
from bot.documents.printing import file_name, print_document
from bot.domain.audit import Entry
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import Action
from bot.domain.publication import CommitmentReport, Format, Scope
from bot.domain.reports import Report
from bot.domain.views import View
from bot.domain.views.publishing import DraftCaption, Standing
from bot.services.desk import Desk
from bot.services.long_work import Doer, Made, MadeFile, Say
from bot.services.publishing import screens
from bot.services.publishing.assemble import assemble
from bot.services.publishing.gather import DECIDED


@dataclass(frozen=True)
class Gathered:
    """Everything that documents are made of, read in one unit of work. `seen` are the cities that the reader looks
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


def gathered(desk: Desk, work: LongWork) -> Gathered:
    """What is known of the chosen cycle, for whoever sits at the desk."""
    cycle = screens.chosen_cycle(desk, work.params)
    reports = desk.work.reports.accepted()
    # Also those of which the files have no commitment any more: they are there for what they reported.
    cities = {*desk.all_known.commitments_by_city, *(desk.all_known.id_now(one.city) for one in reports)}
    return Gathered(
        desk.all_known,
        desk.schedules,
        screens.content_of(desk),
        screens.scope_of(cycle),
        reports,
        desk.work.audit.of_events(DECIDED),
        frozenset(city for city in cities if screens.may_see(desk, city)),
        screens.standing(desk, cycle),
        desk.now,
        desk.knowledge.templates,
    )


# --- one document


def _gather(desk: Desk, work: LongWork) -> tuple[Gathered, Format, str]:
    return gathered(desk, work), Format(work.params[screens.FORMAT]), work.params[screens.LANGUAGE]


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
