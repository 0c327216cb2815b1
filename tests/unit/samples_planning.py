"""Samples of the views: what will go out, holding it, pauses and reminders by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.progress import CityState, Standing
from bot.domain.reminder_rules import STEPS, Anchor, ReminderRule
from bot.domain.reminders import Why
from bot.domain.views import View
from bot.domain.views import planning as v
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 12, 10, 12, 30, tzinfo=UTC)
TITLE = LocalText({"en": "Report 2026", "zh": "2026年报告", "fr": "Rapport 2026"})
CYCLE = ReportingCycle("2026", TITLE, "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")
MARK = "0123456789abcdef"
GROUP = v.PlanGroup(MARK, date(2026, 11, 24), CYCLE, None, Why.RULE, STEPS[0], 9, 11, 11, 1, 2)
ROW = v.PlanRow(MARK, "sibu", NASTY, NOW, "Asia/Kuching", "fr", CityState(Standing.DRAFT, 3, 9))
ROWS = (
    ROW,
    replace(ROW, held=True, name=None),
    *(replace(ROW, name=None, missing=missing) for missing in v.Missing),
)
SAMPLES = (v.NudgeSample("en", 7, NASTY), v.NudgeSample("zh", 1, NASTY))


def groups() -> Iterator[v.PlanGroup]:
    for anchor in Anchor:
        for days in (-14, -1, 0, 1, 3):
            rule = ReminderRule("some", days, time(9), anchor=anchor)
            yield replace(GROUP, rule=rule, cities=abs(days), held=0, nobody=0)
    yield from (replace(GROUP, why=why, step=step, held=GROUP.reminders) for why in Why for step in STEPS)


def samples(library: Library) -> Iterator[View]:
    cycles = tuple(v.PlanCycle(CYCLE, owing, owing == 1) for owing in (1, 5))
    shown = v.PlanList(
        *(library, tuple(groups())[:8], 1, 3, date(2026, 12, 31)),
        *(20, 11, ("sibu", "sibu"), 2, cycles, True),
    )
    yield from (
        replace(shown, page=page, note=note, about=CYCLE)
        for page, note in ((1, None), *enumerate(v.PlanNote, 2))
    )
    yield replace(
        shown, groups=tuple(groups())[8:], messages=1, people=1, nobody=(), may_steer=False, more_nobody=0
    )
    yield replace(shown, groups=(replace(GROUP, messages=0, nobody=11),), messages=0, people=0)
    yield replace(
        shown, groups=(), pages=1, messages=0, people=0, cycles=tuple(replace(c, rests=True) for c in cycles)
    )
    yield replace(shown, groups=(), pages=1, messages=0, people=0, nobody=(), cycles=cycles[:1])
    for page in (1, 2, 3):
        yield v.PlanOfGroup(GROUP, ROWS, library, page, 3)
    yield v.PlanOfGroup(replace(GROUP, held=0), ROWS[:1], library, 1, 1)
    yield v.PlanOfGroup(replace(GROUP, held=11), ROWS[1:2], library, 1, 1)
    yield from (v.PauseAsked(CYCLE, count) for count in (0, 1, 9))
    yield v.NudgePreview(CYCLE, library, 11, 9, SAMPLES)
    many = ("sibu",) * 7
    for count in (1, 11):
        yield v.NudgePreview(CYCLE, library, count, 1, SAMPLES, count, NOW, count, many[: count + 4])
    yield v.NudgePreview(CYCLE, library, 11, 9, SAMPLES, rests=True)
    yield v.NudgePreview(CYCLE, library, 0, 0, ())
    yield from (v.NudgeGiven(CYCLE, people, later) for people, later in ((1, 0), (11, 1), (11, 3)))
    yield from (v.NudgeGiven(CYCLE, already=True, by=by) for by in (None, "", NASTY))
