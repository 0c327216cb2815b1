"""Samples of the views: the pulse of a cycle."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from samples_reviewing import CYCLE, TITLE

from bot.domain import views as v
from bot.domain.entries import Library
from bot.domain.pulse import Answering, AnswerRate, Liveliness, QuestionCost
from bot.domain.views.pulse import CostLine, NextDays, PulseOfCycle


def samples(library: Library) -> Iterator[v.View]:
    cities = tuple(sorted(library.cities))
    yield PulseOfCycle(CYCLE, library, {}, Answering(0, 0, None, ()))
    yield PulseOfCycle(
        CYCLE,
        library,
        {Liveliness.ACTIVE: cities[:2], Liveliness.QUIET: cities[2:3], Liveliness.SILENT: cities[3:12]},
        Answering(9, 6, timedelta(days=2, hours=3), (AnswerRate("en", 4, 5), AnswerRate("zh", 0, 4))),
        (CostLine(TITLE, QuestionCost("worked", 412.0, 9, 2)),),
        NextDays(7, 5, ((date(2026, 12, 15), 4), (date(2026, 12, 16), 1)), 1, 2, 1),
    )
