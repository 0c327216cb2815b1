"""Promises that no figure tells: the reviewer judges them, from the evidence."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.audit import Event
from bot.domain.buttons import LEFT_OPEN
from bot.domain.commitments import VERDICTS
from bot.domain.reports import Report
from bot.domain.views import OldButton, View
from bot.domain.views.reviewing import JudgeAsked, Judged
from bot.services import sheets
from bot.services.desk import Desk
from bot.services.reported import name
from bot.services.review import hindrance, let_go, review_sheet


def ask(desk: Desk, report_id: int, page: int, ref: str) -> View:
    """Shows what may be said of a target, beside what the city says."""
    report = desk.work.reports.get(report_id)
    one = _to_judge(desk, report, ref)
    if report is None or one is None:
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, page)
    let_go(desk)
    parts = sheets.parts_of(desk, report)
    lines = tuple(line for part in parts for line in part.lines if line.step.ref == ref)
    files = sheets.files_of(desk, lines)
    return JudgeAsked(report, desk.all_known, one, ref, lines, page, report.judged.get(ref), files)


def judge(desk: Desk, report_id: int, page: int, ref: str, verdict: str | None) -> View:
    """Keeps a verdict, or leaves the target open (None). The city sees it once the report is accepted."""
    report = desk.work.reports.get(report_id)
    one = _to_judge(desk, report, ref)
    if report is None or one is None or verdict not in (None, *VERDICTS[one.target.kind]):
        return OldButton()
    if hindrance(desk, report):
        return review_sheet(desk, report, page)
    let_go(desk)
    before = report.judged.get(ref)
    if verdict == before:
        return review_sheet(desk, report, page)
    others = {other: said for other, said in report.judged.items() if other != ref}
    judged = replace(report, judged=others if verdict is None else {**others, ref: verdict})
    desk.work.reports.save(judged, report)
    desk.log(
        Event.JUDGED,
        f"{name(report)} {ref}",
        city=report.city,
        before=before or LEFT_OPEN,
        after=verdict or LEFT_OPEN,
    )
    return review_sheet(desk, judged, page)


def _to_judge(desk: Desk, report: Report | None, ref: str) -> Judged | None:
    """The target of a report under this name, where people judge it."""
    one = sheets.judged(desk, report).get(ref) if report is not None else None
    return one if one is not None and one.target.kind in VERDICTS else None
