"""Documents for their reader alone: the report as it stands, and the letters to cities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.documents.composition import compose
from bot.documents.printing import file_name, print_document
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import Action
from bot.domain.publication import CommitmentReport, Format
from bot.domain.views import View
from bot.domain.views.publishing import DraftCaption, Standing
from bot.services.desk import Desk
from bot.services.long_work import Doer, Made, MadeFile, Say
from bot.services.publishing import screens
from bot.services.publishing.gather import gather


@dataclass(frozen=True)
class Gathered:
    """Everything that documents are made of. `now` is when it was gathered, `templates` the secretariat's."""

    report: CommitmentReport
    standing: Standing
    now: datetime
    templates: Path | None


def gathered(desk: Desk, work: LongWork) -> Gathered:
    """The report on the chosen cycle, of the cities that its reader looks after. Raises CannotBeMadeError where
    there are none."""
    cycle = screens.chosen_cycle(desk, work.params)
    report = gather(
        desk.work,
        desk.all_known,
        desk.schedules,
        desk.work.snapshots.at(desk.now) or "",
        screens.scope_of(cycle),
        may_see=lambda city: screens.may_see(desk, city),
    )
    if not report.cities:
        raise CannotBeMadeError(WorkReason.NOTHING)
    return Gathered(report, screens.standing(desk, cycle), desk.now, desk.knowledge.templates)


# --- one document


def _gather(desk: Desk, work: LongWork) -> tuple[Gathered, Format, str]:
    return gathered(desk, work), Format(work.params[screens.FORMAT]), work.params[screens.LANGUAGE]


def _make(found: tuple[Gathered, Format, str], say: Say) -> Made:
    of, format, language = found
    say(0, 2)
    document = compose(of.report, language)
    say(1, 2)
    content = print_document(document, format, of.templates)
    say(2, 2)
    caption = DraftCaption(of.standing, format, language, of.report.as_of)
    return Made((MadeFile(file_name(of.report.scope, language, format), content, caption),))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    cycle = screens.chosen_cycle(desk, work.params)
    format = Format(work.params[screens.FORMAT])
    return screens.screen(desk, cycle, work.params[screens.LANGUAGE], given=format)


REPORT = Doer(Action.PUBLISH, _gather, _make, _finish)
