"""How the content files are, for admins."""

from __future__ import annotations

from bot.domain.views import ContentReport, View
from bot.services.browsing import paged
from bot.services.desk import Desk

PROBLEMS_ON_A_PAGE = 8
LEVELS = ("error", "warning", "note")


def report(desk: Desk, page: int) -> View:
    problems = sorted(desk.knowledge.problems, key=lambda problem: LEVELS.index(problem.level))
    shown, page, pages = paged(problems, page, PROBLEMS_ON_A_PAGE)
    counts = {level: sum(problem.level == level for problem in problems) for level in LEVELS}
    return ContentReport(
        entries=len(desk.knowledge.library.entries),
        errors=counts["error"],
        warnings=counts["warning"],
        notes=counts["note"],
        set_aside=tuple(desk.knowledge.set_aside),
        problems=tuple(str(problem) for problem in shown),
        page=page,
        pages=pages,
    )
