"""What came back to the cities is among the open points of their letters."""

from __future__ import annotations

from dataclasses import replace

from archive_samples import NOW, draft, report

from bot.domain.cycles import Schedules
from bot.domain.ports import UnitOfWork
from bot.domain.questionnaires import Question, QuestionKind, Questionnaire
from bot.domain.reports import Report, ReportState
from bot.domain.words import LocalText
from bot.services.publishing.returned import returned_points
from bot.storage.database import Database

SHORT = LocalText({"en": "Evidence", "zh": "证据"})
ASKED = LocalText({"en": "Which evidence is there?"})
YEARLY = Questionnaire(
    "yearly",
    LocalText.plain("Yearly"),
    (Question("proof", QuestionKind.TEXT, ASKED, SHORT), Question("water", QuestionKind.NUMBER, ASKED)),
)
SCHEDULES = Schedules(questionnaires={"yearly": YEARLY})
REASONS = {"proof": "Which year?", "water@2007a": "Per day?", "gone": "And this?"}


def test_only_the_newest_report_of_a_city_has_open_points(database: Database) -> None:
    def sent(work: UnitOfWork, city: str, state: ReportState, version: int = 1) -> Report:
        of_city = work.drafts.of_city(city)
        kept = of_city[0] if of_city else work.drafts.add(draft(city))
        added = work.reports.add(report(kept.id, version, city=city, version=version))
        decided = replace(added, state=state, returned=REASONS, decided_at=NOW)
        work.reports.save(decided, added)
        return decided

    def unit(work: UnitOfWork) -> None:
        sent(work, "sibu", ReportState.RETURNED)
        sent(work, "bago", ReportState.RETURNED)
        sent(work, "bago", ReportState.SUBMITTED, version=2)
        sent(work, "cebu", ReportState.IN_REVIEW)

    database.run_now(unit)
    found = database.run_now(lambda work: returned_points(work, SCHEDULES, "2026"))
    assert found == {
        "sibu": (
            (SHORT, "Which year?"),
            (LocalText({"en": "Which evidence is there? (2007a)"}), "Per day?"),
            (LocalText.plain("gone"), "And this?"),
        )
    }
    assert database.run_now(lambda work: returned_points(work, SCHEDULES, "2025")) == {}
