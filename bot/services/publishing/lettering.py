"""A letter to each city with its own results and open points, each in the language of its city."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from bot.documents.letters import Circumstances, OpenPoints, letters, letters_zip
from bot.domain.long_work import LongWork
from bot.domain.people import Action
from bot.domain.views import View
from bot.domain.views.publishing import LettersCaption
from bot.services.desk import Desk
from bot.services.long_work import Doer, Gathering, Made, MadeFile, Say
from bot.services.publishing import screens
from bot.services.publishing.addressed import circumstances
from bot.services.publishing.drafting import Gathered, accepted, cities_of, gathering, reading
from bot.services.publishing.returned import points_of, returned


@dataclass(frozen=True)
class Enclosed:
    """What letters are written from; `language` is for cities in whose language there are none."""

    of: Gathered
    returned: OpenPoints
    today: Mapping[str, Circumstances]
    language: str


def _gather(desk: Desk, work: LongWork) -> Gathering:
    found = gathering(desk, work, lambda of: of)
    cycle = screens.chosen_cycle(desk, work.params)
    came_back = reading(returned(desk.work.reports.heads(), work.params[screens.CYCLE]))
    library, schedules, now, language = desk.all_known, desk.schedules, desk.now, desk.renderer.language
    seen = frozenset(city for city in cities_of(desk, accepted(desk)) if screens.may_see(desk, city))

    def today(desk: Desk) -> Mapping[str, Circumstances]:
        return circumstances(desk.work, library, cycle, seen, now)

    def enclosed(read: Sequence[Any]) -> Enclosed:
        reports, others = chain.from_iterable(read[1 : 1 + len(came_back)]), read[1 + len(came_back) :]
        return Enclosed(found.whole(others), points_of(reports, schedules), read[0], language)

    return Gathering([today, *came_back, *found.parts], enclosed)


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
