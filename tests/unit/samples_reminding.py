"""Samples of the views: reminders, and when to be reminded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from itertools import product
from zoneinfo import ZoneInfo

from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.entries import Library
from bot.domain.later import Appointed, Moved
from bot.domain.progress import CityState, Standing
from bot.domain.questionnaires import Form
from bot.domain.reminders import Promise, Why
from bot.domain.views import View
from bot.domain.views import reminding as v
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 11, 26, 3, 15, tzinfo=UTC)
TITLE = LocalText({"en": "Report 2026", "zh": "2026年报告", "fr": "Rapport 2026"})
CYCLE = ReportingCycle("2026", TITLE, "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")
MARK = "0123456789abcdef"
DRAFT = Draft(36**6 - 1, Form.PROGRESS, "sibu", "progress", NOW, NOW, cycle="2026")
RETURNED = replace(DRAFT, returned={"result@2007a": NASTY, "state@2007a": NASTY})
NOT_BEGUN = v.OwedLine("sibu", CYCLE, CityState(Standing.NOT_STARTED), 12, None, MARK, MARK)
BEGUN = replace(NOT_BEGUN, state=CityState(Standing.DRAFT, 3, 9, draft=DRAFT), question=4)
LINES = (
    NOT_BEGUN,
    BEGUN,
    replace(BEGUN, city="cebu", state=CityState(Standing.RETURNED, 7, 9, draft=RETURNED)),
    replace(BEGUN, state=CityState(Standing.DRAFT, 9, 9, draft=DRAFT), question=None),
    replace(BEGUN, state=CityState(Standing.DRAFT, draft=DRAFT), question=None),
)
PROMISE = Promise(7, "sibu", "2026", date(2026, 11, 26), time(9), NOW)
LOCAL = NOW.astimezone(ZoneInfo("Asia/Kuching"))


def samples(library: Library) -> Iterator[View]:
    for line, days, why in product(LINES, (12, 1, 0, -1, -9), Why):
        lines = (replace(line, days_left=days),)
        yield v.Reminded(library, lines, (), why, today=days == 1, for_deputy=days == 12, mark=MARK)
    for why in Why:
        yield v.Reminded(library, LINES[:4], (), why, today=True, for_deputy=False, mark=MARK, more=2)
    for silent, more in ((LINES, 30), (LINES[:1], 0)):
        yield v.Reminded(library, (), silent, Why.RULE, False, False, MARK, more_silent=more)
    different = (BEGUN, replace(NOT_BEGUN, cycle=replace(CYCLE, id="2025"), days_left=-9))
    yield v.Reminded(library, (), different, Why.RULE, False, False, MARK)
    yield v.Reminded(library, (BEGUN,), (NOT_BEGUN,), Why.RULE, False, False, MARK)
    choices = (date(2026, 11, 26), date(2026, 11, 27), date(2026, 12, 1), date(2026, 12, 12))
    for promise, where in product((None, PROMISE), ("sibu", "")):
        yield v.LaterChoices(
            library, LINES[:2], choices, choices[1], time(9), where, MARK, promise, choices[3]
        )
    yield v.LaterAsked(MARK)
    yield v.LaterAsked(MARK, NASTY)
    yield v.LaterAsked(MARK, "5/6", (date(2027, 5, 6), date(2027, 6, 5)))
    for moved, several in product((None, *Moved), (LINES[:1], LINES[:3])):
        yield v.LaterSet(library, several, Appointed(choices[1], time(9), moved), "sibu", MARK)
    for all_rest in (True, False):
        resting = {"resting": (CYCLE, CYCLE), "all_rest": all_rest}
        yield v.LaterSet(library, LINES[:2], Appointed(choices[1], time(9)), "sibu", MARK, **resting)
        yield v.Coming(library, LINES[:2], (PROMISE,), (LOCAL,), "sibu", False, "2026", MARK, **resting)
        yield v.Coming(library, LINES[:2], (), (), "sibu", True, "2026", MARK, **resting)
    yield v.Reminded(library, (), (replace(NOT_BEGUN, nobody=True),), Why.RULE, False, False, MARK)
    yield v.Coming(library, (), (), (), "", False, "", MARK)
    for quiet, coming, promises, changed in product(
        (True, False), ((), (LOCAL,), (LOCAL, LOCAL)), ((), (PROMISE,)), (None, *v.Changed)
    ):
        of_one = LINES[:2] if promises else LINES[1:2]
        more = 1 if promises else 0
        yield v.Coming(library, of_one, promises, coming, "sibu", quiet, "2026", MARK, changed, more)
