"""Samples of the views about tables to take out."""

from __future__ import annotations

from datetime import date

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.exports import Shape, What
from bot.domain.views import View
from bot.domain.views.exporting import (
    ExportCycles,
    Exported,
    ExportEmpty,
    ExportFile,
    ExportForms,
    ExportTables,
)
from bot.domain.words import LocalText
from bot.services.exporting.asking import FORMS, LETTERS
from bot.services.exporting.tables import TABLES

CYCLE = ReportingCycle(
    "2026",
    LocalText({"en": "Report 2026 <&>", "zh": "2026年报告"}),
    "2026",
    date(2026, 10, 1),
    date(2026, 12, 15),
    "progress",
)


def samples(library: Library) -> list[View]:
    return [
        ExportTables(tuple(LETTERS.items())),
        *(
            ExportForms(
                letter,
                what,
                tuple(
                    (form, is_excel, TABLES[what].shapes[place])
                    for form, (is_excel, place) in FORMS.items()
                    if place < len(TABLES[what].shapes)
                ),
                of_countries=what is What.RESULTS,
            )
            for letter, what in LETTERS.items()
        ),
        ExportCycles("r", What.RESULTS, "y", (("0a1b2c3d", CYCLE),)),
        ExportFile(What.RESULTS, Shape.WIDE, 1, CYCLE, of_countries=True),
        ExportFile(What.ANNOUNCEMENTS, Shape.LONG, 12_345),
        ExportFile(What.CITIES, Shape.LONG, 12),
        ExportFile(What.RESULTS, Shape.LONG, 7, CYCLE, of_reports=True),
        ExportEmpty(What.ANNOUNCEMENTS),
        ExportEmpty(What.RESULTS, CYCLE, of_countries=True),
        Exported(What.ANSWERS, 3),
    ]
