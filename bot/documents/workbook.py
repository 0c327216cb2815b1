"""The commitment report as an Excel workbook: cells with types, and words that are never formulas."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any

from xlsxwriter import Workbook

from bot.documents.document import CityPage, Document, ResultLine, TableRow
from bot.documents.figures import wide
from bot.documents.office import moment_of, storable
from bot.documents.tables_out import PlainSheet, fitting, is_exact, number_pattern
from bot.domain.assessment import share_shown

FONTS = {"zh": "Microsoft YaHei"}
"""The font of every cell by language. Excel has one font a cell; for letters that this has not, it takes another one
of the machine, so names in any script are shown."""
FONT = "Calibri"
HEADER_COLOUR, HEADER_GROUND = "#0B5563", "#E6F0F2"
LINE_HEIGHT, AIR, HIGHEST_ROW = 16, 4, 400
"""Points, with room for scripts that are taller than Latin; Excel has no row higher than 409."""
LONGEST_SHEET_NAME = 31
FORBIDDEN_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\]")
YEAR = re.compile(r"\d{4}")
PRINTED = 8
"""Columns of the targets that fit on paper; behind them stand those to count and filter with."""
SIGN_OF_YES = "✓"

Cell = str | Decimal | int | None


@dataclass(frozen=True)
class Sheet:
    """A sheet: `columns` are headings with widths in characters. A sheet without headings is for reading only."""

    name: str
    columns: Sequence[tuple[str, int]]
    rows: Iterable[Sequence[Cell]]
    is_table: bool = True
    printed: int | None = None
    """How many columns are printed, where not all are."""


def to_xlsx(document: Document) -> bytes:
    """The document as a workbook. The same document gives the same bytes."""
    target = BytesIO()
    book = Workbook(
        target,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "default_format_properties": {"font_name": FONTS.get(document.language, FONT), "valign": "top"},
        },
    )
    moment = moment_of(document.as_of).replace(tzinfo=None)
    book.set_properties({"title": fitting(storable(document.title))[:255], "created": moment})
    writer = _Writer(book)
    for sheet in sheets(document):
        writer.write(sheet)
    book.close()
    return target.getvalue()


def sheets(document: Document) -> Iterator[Sheet]:
    """The sheets of a document, in their order."""
    labels = document.labels
    yield Sheet(labels["overview"], (("", 30), ("", 100)), _overview(document), is_table=False)
    yield Sheet(labels["table"], _result_columns(document), _results(document), printed=PRINTED)
    yield Sheet(
        labels["cities"],
        ((labels["city"], 18), (labels["about"], 28), (labels["asked"], 36), (labels["words"], 90)),
        (row for city in document.cities for row in _city(city, document)),
    )
    yield Sheet(
        labels["chart_data"],
        (
            *_of_target(document),
            (labels["year"], 12),
            (labels["value"], 14),
            (labels["result"], 24),
            (labels["kind"], 18),
            (labels["published"], 12),
        ),
        _series(document),
    )
    yield Sheet(
        labels["provenance"],
        (*_of_target(document), (labels["origin"], 34), (labels["about"], 30), (labels["words"], 90)),
        _provenance(document),
    )
    yield Sheet(labels["missing"], (*_of_target(document), (labels["missing"], 90)), _missing(document))
    yield Sheet(labels["legend"], (("", 8), ("", 40)), _legend(document), is_table=False)


# --- what stands on the sheets


def _overview(document: Document) -> Iterator[Sequence[Cell]]:
    yield (document.title, document.subtitle)
    yield from (("", line) for line in (*document.scope, *document.state))
    yield from _block(document.labels["method"], document.method)
    yield ("",)
    yield (document.labels["figures"],)
    yield from ((figure.value, figure.label) for figure in document.figures)


def _block(heading: str, lines: Iterable[str]) -> Iterator[Sequence[Cell]]:
    yield ("",)
    for number, line in enumerate(lines):
        yield (heading if number == 0 else "", line)


def _of_target(document: Document) -> tuple[tuple[str, int], ...]:
    labels = document.labels
    return (labels["city"], 18), (labels["ref"], 11), (labels["indicator"], 26)


def _result_columns(document: Document) -> tuple[tuple[str, int], ...]:
    labels = document.labels

    def both(first: str, second: str) -> str:
        return f"{labels[first]} · {labels[second]}"

    return (
        (labels["city"], 16),
        (labels["indicator"], 22),
        (labels["target"], 44),
        (labels["result"], 40),
        (labels["kind"], 16),
        (labels["origin"], 26),
        (labels["status_said"], 20),
        (labels["status_computed"], 22),
        (labels["country"], 16),
        (labels["ref"], 11),
        (both("target", "value"), 12),
        (both("target", "far_value"), 12),
        (both("target", "unit"), 14),
        (labels["due"], 10),
        (both("result", "value"), 12),
        (both("result", "far_value"), 12),
        (both("result", "unit"), 14),
        (both("result", "year"), 16),
        (labels["counts"], 16),
        (f"{labels['share']} (%)", 14),
        (labels["formula"], 60),
        (labels["differs"], 16),
    )


def _results(document: Document) -> Iterator[Sequence[Cell]]:
    for row in document.table:
        for line in row.results:
            yield _result(row, line, document)


def _result(row: TableRow, line: ResultLine, document: Document) -> Sequence[Cell]:
    return (
        row.city,
        row.indicator,
        row.target,
        line.text,
        f"{line.mark.sign} {line.mark.word}" if line.mark else "",
        line.origin,
        row.status_said,
        row.status,
        row.country,
        row.ref,
        row.target_value,
        row.target_far,
        row.unit,
        row.due,
        line.value,
        line.far,
        line.unit,
        _year(line.year, document) if line.value is not None else "",
        SIGN_OF_YES if line.counts else "",
        share_shown(row.share) if row.share is not None else None,
        row.formula,
        SIGN_OF_YES if row.differs else "",
    )


def _city(city: CityPage, document: Document) -> Iterator[Sequence[Cell]]:
    labels = document.labels
    yield (city.name, labels["city"], city.own_name, city.summary)
    yield from ((city.name, labels["commitment"], "", line) for line in city.commitments)
    for target in city.targets:
        yield (city.name, labels["promise"], target.row.indicator, target.promise)
        if target.said_words:
            yield (city.name, labels["said_words"], target.row.indicator, target.said_words)
    yield from ((city.name, labels["remarks"], "", line) for line in city.remarks)
    yield from ((city.name, labels["worked"], quote.asked, quote.words) for quote in city.worked)
    yield from ((city.name, labels["wanted"], "", line) for line in city.wanted)
    yield from ((city.name, labels["learnt"], "", line) for line in city.learnt)
    yield from ((city.name, labels["practices"], id, title) for id, title in city.practices)


def _series(document: Document) -> Iterator[Sequence[Cell]]:
    for city in document.cities:
        for target in city.targets:
            for point in target.chart.points if target.chart else ():
                yield (
                    city.name,
                    target.row.ref,
                    target.row.indicator,
                    _year(point.year, document),
                    point.value,
                    point.shown,
                    f"{point.mark.sign} {point.mark.word}" if point.mark else "",
                    SIGN_OF_YES if point.published else "",
                )


def _provenance(document: Document) -> Iterator[Sequence[Cell]]:
    for city in document.cities:
        for target in city.targets:
            about = (city.name, target.row.ref, target.row.indicator)
            for source in target.sources:
                yield from ((*about, source.heading, name, fact) for name, fact in source.lines)
                yield from ((*about, source.heading, quote.asked, quote.words) for quote in source.quotes)


def _missing(document: Document) -> Iterator[Sequence[Cell]]:
    any_missing = False
    for city in document.cities:
        for words in city.missing:
            any_missing = True
            yield (city.name, "", "", words)
        for target in city.targets:
            for words in target.missing:
                any_missing = True
                yield (city.name, target.row.ref, target.row.indicator, words)
    if not any_missing:
        yield ("", "", "", document.labels["nothing_missing"])


def _legend(document: Document) -> Iterator[Sequence[Cell]]:
    yield (document.labels["legend"],)
    yield from ((mark.sign, mark.word) for mark in document.legend)
    yield ("",)
    yield (document.labels["status_computed"],)
    yield from (("", words) for _, words in document.board.legend)


def _year(year: str, document: Document) -> Cell:
    """A number where it is one year, in whatever language; a span or a day as files write it."""
    return int(year) if YEAR.fullmatch(year) else year or document.labels["year_unknown"]


# --- how it is written


def _height(row: Sequence[Cell], columns: Sequence[tuple[str, int]]) -> int:
    """Of a row, in points, so that all its words are seen: not every program works that out for itself."""
    lines = 1
    for cell, (_, width) in zip(row, columns, strict=False):
        # Most cells are plainly short enough.
        if isinstance(cell, str) and (len(cell) * 2 > width or "\n" in cell):
            lines = max(lines, sum(ceil(wide(line) / width) or 1 for line in cell.split("\n")))
    return min(lines * LINE_HEIGHT + AIR, HIGHEST_ROW)


class _Writer:
    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._names: set[str] = set()
        self._numbers: dict[str, Any] = {}
        self._heading = book.add_format({"bold": True, "font_color": HEADER_COLOUR})
        self._header = book.add_format(
            {
                "bold": True,
                "font_color": HEADER_COLOUR,
                "bg_color": HEADER_GROUND,
                "text_wrap": True,
                "bottom": 1,
            }
        )
        self._words = book.add_format({"text_wrap": True})

    def write(self, sheet: Sheet) -> None:
        paper: PlainSheet = self._book.add_worksheet(self._free_name(sheet.name), PlainSheet)
        for place, (_, width) in enumerate(sheet.columns):
            paper.set_column(place, place, width)
        first = int(sheet.is_table)
        if sheet.is_table:
            paper.freeze_panes(1, 1)
            paper.repeat_rows(0)
            paper.set_row(0, _height([heading for heading, _ in sheet.columns], sheet.columns))
            for place, (heading, _) in enumerate(sheet.columns):
                paper.write_string(0, place, fitting(storable(heading)), self._header)
        last = first
        for last, row in enumerate(sheet.rows, first):
            paper.set_row(last, _height(row, sheet.columns))
            looks = self._heading if not sheet.is_table and (last == 0 or len(row) == 1) else self._words
            for place, cell in enumerate(row):
                self._write(paper, last, place, cell, looks)
        if sheet.is_table:
            paper.autofilter(0, 0, last, len(sheet.columns) - 1)
        if sheet.printed is not None:
            paper.print_area(0, 0, last, sheet.printed - 1)
        paper.set_landscape()
        paper.set_paper(9)  # A4
        paper.fit_to_pages(1, 0)

    def _write(self, paper: PlainSheet, row: int, place: int, cell: Cell, looks: Any) -> None:
        if cell is None or cell == "":
            return
        if isinstance(cell, str):
            paper.write_string(row, place, fitting(storable(cell)), looks)
        elif is_exact(cell):
            paper.write_number(row, place, float(cell), self._number(number_pattern(cell)))
        else:
            paper.write_string(row, place, f"{cell:f}", looks)

    def _number(self, pattern: str) -> Any:
        if pattern not in self._numbers:
            self._numbers[pattern] = self._book.add_format(
                {"num_format": pattern, "align": "right", "indent": 1}
            )
        return self._numbers[pattern]

    def _free_name(self, wanted: str) -> str:
        """A name that Excel takes: short, without its own signs, and not twice in whatever case."""
        name = FORBIDDEN_IN_SHEET_NAME.sub(" ", storable(wanted)).strip(" '")[:LONGEST_SHEET_NAME].strip(" '")
        number = 2
        free = name
        while free.casefold() in self._names:
            free = f"{name[: LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
            number += 1
        self._names.add(free.casefold())
        return free
