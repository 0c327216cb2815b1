"""Samples of the views: asking for more time, and granting it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.more_time import NoSuchDay, last_possible, offered
from bot.domain.progress import CityState, Standing
from bot.domain.views import View
from bot.domain.views import extending as v
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 12, 10, 12, 30, tzinfo=UTC)
TITLE = LocalText({"en": "Report 2026", "zh": "2026年报告", "fr": "Rapport 2026"})
CYCLE = ReportingCycle("2026", TITLE, "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")
DAY = date(2026, 12, 31)
DEADLINE = v.Deadline("sibu", CYCLE, "0123456789abcdef", 5, "Asia/Kuching")
ASKED = Extension(7, "sibu", "2026", DAY, NASTY, 7, NOW)
DECLINED = replace(ASKED, state=ExtensionState.DECLINED, decided_by=9, decided_at=NOW, answer=NASTY)
GRANTED = replace(
    ASKED, state=ExtensionState.GRANTED, granted=date(2026, 12, 22), decided_by=9, decided_at=NOW
)
STATES = (ASKED, DECLINED, GRANTED, replace(ASKED, state=ExtensionState.TAKEN_BACK))
UNASKED = replace(GRANTED, asked_by=None, reason="")


def offers(wrong: NoSuchDay | None = None) -> v.DayOffers:
    today = date(2026, 12, 10)
    days = tuple(offered(CYCLE.deadline, today))
    return v.DayOffers(days, last_possible(CYCLE.deadline, today), wrong, NASTY)


def samples(library: Library) -> Iterator[View]:
    deadlines = [replace(DEADLINE, days_left=days) for days in (5, 1, 0, -1, -9)]
    yield v.ReportsToExtend(tuple(deadlines), library, is_office=True)
    yield v.ReportsToExtend((), library)
    for deadline in deadlines:
        yield v.MoreTimeAsked(deadline, library, offers())
    for wrong in NoSuchDay:
        yield v.MoreTimeAsked(DEADLINE, library, offers(wrong))
        yield v.OtherDayAsked(DEADLINE, library, offers(wrong), ASKED)
    yield v.OtherDayAsked(DEADLINE, library, offers())
    yield from (v.WhyMoreTime(DEADLINE, library, DAY, 500, too_long) for too_long in (True, False))
    yield v.MoreTimePreview(DEADLINE, library, DAY, NASTY)
    for one in STATES:
        for cycle in (CYCLE, None):
            yield v.MoreTimeCard(one, library, cycle, DEADLINE.mark, NASTY, can_ask=one is not ASKED)
            deadline_of = DEADLINE if cycle else None
            for by_reader in (True, False):
                yield v.ExtensionRequest(
                    one, library, deadline_of, NASTY, NASTY, by_reader, news=one is ASKED
                )
        yield v.ExtensionRequest(one, library, DEADLINE, state=CityState(Standing.DRAFT, 3, 9))
    yield from (v.MoreTimeCard(ASKED, library, CYCLE, "0" * 16, None, True, readers) for readers in (0, 2))
    for decided in (DECLINED, GRANTED, UNASKED, replace(GRANTED, granted=DAY)):
        yield v.MoreTimeNews(decided, library, CYCLE, NASTY, DEADLINE.mark)
    yield v.MoreTimeNews(DECLINED, library, None, None, DEADLINE.mark)
    yield from (v.GrantPreview(DEADLINE, library, DAY, one) for one in (ASKED, None))
    yield from (v.DeclineAsked(ASKED, library, 1000, reason) for reason in (None, NASTY))
    yield v.DeclineAsked(ASKED, library, 1000, too_long=True)
    yield from (v.TimeGiven(GRANTED, library, CYCLE, told) for told in (0, 1, 3))
    waiting, granted = ((ASKED, CYCLE), (replace(ASKED, reason=NASTY * 9), None)), (("sibu", CYCLE),)
    yield from (v.ExtensionQueue(waiting, granted, 1, library, page, 3, 20) for page in (1, 2, 3))
    yield v.ExtensionQueue((), (), 0, library, 1, 1, 0)
    yield from (v.CitiesToExtend((DEADLINE,), library, page, 3, 20) for page in (1, 2, 3))
    yield v.CitiesToExtend((), library, 1, 1, 0)
