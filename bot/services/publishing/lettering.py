"""A letter to each city with its own results and open points, each in the language of its city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from bot.documents.letters import Circumstances, OpenPoints, letters, letters_zip
from bot.domain.long_work import LongWork
from bot.domain.people import Action
from bot.domain.views import View
from bot.domain.views.publishing import LettersCaption
from bot.services.desk import Desk
from bot.services.long_work import Doer, Made, MadeFile, Say
from bot.services.publishing import screens
from bot.services.publishing.addressed import circumstances
from bot.services.publishing.drafting import Gathered, gathered
from bot.services.publishing.returned import returned_points


@dataclass(frozen=True)
class Enclosed:
    """What letters are written from; `language` is for cities in whose language there are none."""

    of: Gathered
    returned: OpenPoints
    today: Mapping[str, Circumstances]
    language: str


def _gather(desk: Desk, work: LongWork) -> Enclosed:
    found = gathered(desk, work)
    cycle = found.scope.cycle
    points = returned_points(desk.work, desk.schedules, cycle) if cycle is not None else {}
    of_cycle = desk.schedules.cycles.get(cycle) if cycle is not None else None
    today = circumstances(desk.work, desk.all_known, of_cycle, found.seen, desk.now)
    return Enclosed(found, points, today, desk.renderer.language)


def _make(found: Enclosed, say: Say) -> Made:
    of = found.of
    made = letters(
        of.report, found.language, of.templates, returned=found.returned, today=found.today, say=say
    )
    written = list(made)
    name = "-".join(part for part in ("letters", of.scope.cycle) if part)
    alone = [city.id for city in of.report.cities if city.id in found.today and found.today[city.id].is_alone]
    named = tuple(alone[: screens.MOST_NAMES])
    caption = LettersCaption(of.standing, len(written), named, len(alone) - len(named))
    return Made((MadeFile(f"{name}.zip", letters_zip(written), caption),), len(written))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    cycle = screens.chosen_cycle(desk, work.params)
    return screens.screen(desk, cycle, work.params[screens.LANGUAGE], letters=made.result)


LETTERS = Doer(Action.PUBLISH, _gather, _make, _finish)
