"""The report in Excel: typed cells that a reader can count with, and words that are only words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples_documents import INJECTIONS, document, nasty

from bot.documents.document import Document
from bot.documents.office import moment_of, storable
from bot.documents.workbook import Cell, Sheet, sheets, to_xlsx

LANGUAGES = ("en", "zh", "fr")


def opened(content: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(BytesIO(content))


def table(content: bytes, name: str) -> list[tuple[Any, ...]]:
    return list(opened(content)[name].iter_rows(values_only=True))


def as_read(cell: Cell) -> Any:
    """What openpyxl reads of a cell that was written."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == int(cell) and not cell.as_tuple().exponent else float(cell)
    return storable(cell) or None if isinstance(cell, str) else cell


def padded(row: Sequence[Cell], width: int) -> tuple[Any, ...]:
    return (*map(as_read, row), *[None] * (width - len(row)))


@pytest.mark.parametrize("told", [*map(document, LANGUAGES), nasty()], ids=[*LANGUAGES, "nasty"])
def test_every_cell_of_every_sheet_is_what_the_document_tells(told: Document) -> None:
    book = opened(to_xlsx(told))
    wanted = list(sheets(told))
    assert len(book.worksheets) == len(wanted) == 7
    for paper, sheet in zip(book.worksheets, wanted, strict=True):
        headings = [tuple(heading for heading, _ in sheet.columns)] if sheet.is_table else []
        rows = [padded(row, len(sheet.columns)) for row in (*headings, *sheet.rows)]
        assert list(paper.iter_rows(values_only=True)) == rows


def test_figures_are_numbers_with_the_digits_that_were_told() -> None:
    told = document()
    paper = opened(to_xlsx(told))[told.labels["table"]]
    columns = {cell.value: number for number, cell in enumerate(paper[1])}
    found = {}
    for row in paper.iter_rows(min_row=2):
        value = row[columns["Result · Value"]]
        if value.value is not None:
            assert value.data_type == "n"
            found[row[columns["Code"]].value, value.value] = value.number_format
    assert found["2025c", 14.5] == "0.00"
    assert found["2025a", -10.5] == "0.0"
    by_ref = {row[columns["Code"]].value: row for row in paper.iter_rows(min_row=2)}
    first = by_ref["2025a"]
    assert (
        first[columns["Due"]].data_type == first[columns["Share of what was promised (%)"]].data_type == "n"
    )
    years = [row[columns["Result · Year"]] for row in paper.iter_rows(min_row=2)]
    assert {year.data_type for year in years if year.value and str(year.value).isdigit()} == {"n"}


def test_a_figure_that_a_double_does_not_hold_stays_exact_as_text() -> None:
    long = Decimal("12345678901234567.891")
    told = document()
    row = replace(told.table[0], target_value=long)
    paper = opened(to_xlsx(replace(told, table=(row,))))[told.labels["table"]]
    cell = next(cell for cell in paper[2] if cell.value == str(long))
    assert cell.data_type == "s"


@cache
def nasty_cells() -> list[Any]:
    return [cell for paper in opened(to_xlsx(nasty())) for row in paper.iter_rows() for cell in row]


@pytest.mark.parametrize("words", INJECTIONS)
def test_what_people_typed_is_a_text_as_they_typed_it(words: str) -> None:
    cells = nasty_cells()
    same = [cell for cell in cells if cell.value == storable(words)]
    assert same
    assert {cell.data_type for cell in same} == {"s"}
    assert not any(cell.data_type == "f" or cell.hyperlink for cell in cells)


@settings(max_examples=40, deadline=None)
@given(words=st.text(min_size=1, max_size=80))
def test_whatever_is_typed_gives_a_workbook_that_opens(words: str) -> None:
    told = document()
    row = replace(told.table[0], target=f"={words}", city=words)
    small = replace(told, title=words, table=(row,), cities=(), missing=())
    paper = opened(to_xlsx(small))[told.labels["table"]]
    assert (paper["A2"].value, paper["C2"].value) == (storable(words), storable(f"={words}"))
    assert paper["C2"].data_type == "s"


def test_a_reader_keeps_the_headings_in_sight_and_can_filter() -> None:
    book = opened(to_xlsx(document()))
    for paper, sheet in zip(book.worksheets, sheets(document()), strict=True):
        assert paper.freeze_panes == ("B2" if sheet.is_table else None)
        assert bool(paper.auto_filter.ref) is sheet.is_table


def test_the_targets_can_be_read_on_paper() -> None:
    told = document()
    paper = opened(to_xlsx(told))[told.labels["table"]]
    assert paper.page_setup.orientation == "landscape"
    assert paper.sheet_properties.pageSetUpPr.fitToPage
    assert (paper.page_setup.fitToWidth or 1, paper.page_setup.fitToHeight) == (1, 0), "one page wide"
    assert paper.print_title_rows == "$1:$1"
    assert paper.print_area.endswith(f"$A$1:$H${paper.max_row}")
    assert [cell.value for cell in paper[1]][:4] == ["City", "Indicator", "Target", "Result"]
    wide = sum(paper.column_dimensions[letter].width for letter in "ABCDEFGH")
    assert wide < 220, "characters on a sheet of A4: more of them nobody reads"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_year_has_one_form_on_every_sheet_and_in_every_language(language: str) -> None:
    told = document(language)
    years = {
        row[place]
        for name in (told.labels["table"], told.labels["chart_data"])
        for paper in (table(to_xlsx(told), name),)
        for place in (next(n for n, head in enumerate(paper[0]) if str(head).endswith(told.labels["year"])),)
        for row in paper[1:]
        if row[place] is not None
    }
    assert {year for year in years if isinstance(year, str)} == {"2006-2008", told.labels["year_unknown"]}
    assert {2026, 2030} <= years


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_have_names_in_the_readers_language_that_excel_takes(language: str) -> None:
    told = document(language)
    names = opened(to_xlsx(told)).sheetnames
    assert names[1] == told.labels["table"][:31]
    assert all(len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


def test_labels_that_excel_would_refuse_as_names_are_made_fit() -> None:
    told = document()
    labels = {**told.labels, "table": "a/b: " * 20, "missing": "Same", "legend": "sAME", "cities": "'quoted'"}
    names = opened(to_xlsx(replace(told, labels=labels))).sheetnames
    assert names[1].startswith("a b")
    assert {"Same", "sAME 2", "quoted"} <= set(names)


def test_chinese_is_set_in_a_chinese_font() -> None:
    assert opened(to_xlsx(document("zh"))).worksheets[1]["A2"].font.name == "Microsoft YaHei"
    assert opened(to_xlsx(document("en"))).worksheets[1]["A2"].font.name == "Calibri"


@pytest.mark.parametrize("told", [document("en"), document("zh"), nasty()], ids=["en", "zh", "nasty"])
def test_the_same_document_gives_the_same_bytes(told: Document) -> None:
    content = to_xlsx(told)
    assert content == to_xlsx(told)
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert opened(content).properties.created == moment_of(told.as_of).replace(tzinfo=None)


def test_what_is_missing_is_said_and_so_is_that_nothing_is() -> None:
    told = document()
    missing = table(to_xlsx(told), told.labels["missing"])
    assert ("Nonthaburi", None, None, "There is no accepted report in this cycle.") in missing
    whole = replace(told, cities=tuple(replace(c, missing=(), targets=()) for c in told.cities))
    rows = table(to_xlsx(whole), told.labels["missing"])
    assert rows[1:] == [(None, None, None, told.labels["nothing_missing"])]


def test_a_sheet_is_described_by_its_columns() -> None:
    for sheet in sheets(document()):
        assert isinstance(sheet, Sheet)
        assert all(len(row) <= len(sheet.columns) for row in sheet.rows)
