"""Tables as files: whatever anybody typed comes back as it was, and no spreadsheet takes it for a formula."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from bot.documents import tables_out
from bot.documents.tables_in import rows_of
from bot.documents.tables_out import TooWideError, is_exact, to_csv, to_xlsx
from bot.domain.tables import Cell, CellKind, Column, Row, Table, guarded, unguarded

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
NASTY = (
    '=HYPERLINK("http://evil.example","click")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "''''-x",
    " =1+1",
    "＝1+1",
    "<r><t>seen as markup</t></r>",
    "<r></c></row></r>",
    "{=1+1}",
    "http://example.org",
    "_x0041_",
    'a "quoted" word, and; more\nin two lines',
    "ล้าน นेपाल 한국 日本 🌱",
    "true",
    "-40",
    "+3.5",
    "007",
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TRICKY = st.text("'=+-@＝ \t\r\n0.9a,;\"", max_size=8)
NESTED = st.text("';=- \t\n", max_size=10)


def table(rows: Iterable[Row], *kinds: CellKind) -> Table:
    return Table("numbers", tuple(Column(f"column_{n}", kind) for n, kind in enumerate(kinds)), rows)


def as_csv(of: Table) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(to_csv(of)).decode("utf-8-sig"), newline="")))


def as_xlsx(of: Table) -> bytes:
    out = io.BytesIO()
    to_xlsx(of, out)
    return out.getvalue()


def opened(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


@settings(max_examples=400)
@example("'-40")
@example("'")
@example(";'=1")
@example("a;''\t-1;+2;x")
@given(st.one_of(ANY_TEXT, TRICKY, NESTED))
def test_a_guarded_text_comes_back_as_it_was(text: str) -> None:
    assert unguarded(guarded(text)) == text


@settings(max_examples=400)
@given(st.one_of(ANY_TEXT, TRICKY))
def test_no_cell_begins_like_a_formula_but_a_plain_number(text: str) -> None:
    shown = guarded(text)
    if shown.startswith(FORMULAS):
        Decimal(shown)
        assert shown.isascii()
        assert not any(char.isalpha() for char in shown)
    assert not shown.lstrip().startswith(FORMULAS) or shown == text


@settings(max_examples=300)
@example(["x;=cmd|' /C calc'!A0;y", "see notes\t=1+1", "two lines\n@SUM(A1:A9)"])
@given(st.lists(st.one_of(TRICKY, NESTED, st.sampled_from(NASTY)), min_size=1, max_size=4))
def test_no_country_s_excel_finds_a_formula_within_a_text(texts: list[str]) -> None:
    content = b"".join(to_csv(table([tuple(texts)], *[CellKind.TEXT] * len(texts)))).decode("utf-8-sig")
    for delimiter in ";\t":
        for row in csv.reader(io.StringIO(content, newline=""), delimiter=delimiter):
            for cell in row[1:]:
                assert not cell.lstrip().startswith(FORMULAS), cell


def test_texts_that_somebody_quoted_already_are_told_apart() -> None:
    assert [guarded(text) for text in ("=1", "'=1", "''=1", "'tis", "-40", "'-40", "- 40")] == [
        "'=1",
        "''=1",
        "'''=1",
        "'tis",
        "-40",
        "''-40",
        "'- 40",
    ]
    assert unguarded("'tis") == "'tis", "an apostrophe of their own stays"


@settings(max_examples=100)
@given(st.lists(st.one_of(ANY_TEXT, TRICKY, st.sampled_from(NASTY)), min_size=1, max_size=5))
def test_csv_reads_back_whatever_was_typed(texts: list[str]) -> None:
    content = b"".join(to_csv(table([tuple(texts)], *[CellKind.TEXT] * len(texts))))
    assert content.startswith(b"\xef\xbb\xbfcolumn_0")
    assert content.endswith(b"\r\n")
    header, row = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == [f"column_{n}" for n in range(len(texts))]
    assert [unguarded(cell) for cell in row] == texts


@pytest.mark.parametrize("text", NASTY)
def test_excel_shows_a_text_as_it_was_typed_and_never_as_a_formula_or_link(text: str) -> None:
    content = as_xlsx(table([(text, "end")], CellKind.TEXT, CellKind.TEXT))
    sheet = opened(content).active
    cell = sheet["A2"]
    assert (cell.data_type, unescape(cell.value)) == ("s", text)
    assert cell.hyperlink is None
    assert sheet["B2"].value == "end"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        markup = parts.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in markup
    assert b"<hyperlink" not in markup


def test_cells_have_their_own_kinds() -> None:
    moment = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    rows: list[Row] = [
        ("a", Decimal("0.90"), 7, date(2026, 11, 21), moment),
        (None, None, None, None, None),
    ]
    kinds = (CellKind.TEXT, CellKind.NUMBER, CellKind.INTEGER, CellKind.DATE, CellKind.MOMENT)
    assert as_csv(table(rows, *kinds))[1:] == [
        ["a", "0.90", "7", "2026-11-21", "2026-11-21T01:30:00Z"],
        ["", "", "", "", ""],
    ]
    sheet = opened(as_xlsx(table(rows, *kinds))).active
    row = [cell.value for cell in sheet[2]]
    assert row == ["a", 0.9, 7, datetime(2026, 11, 21), datetime(2026, 11, 21, 1, 30)]
    assert sheet["B2"].number_format == "0.00", "the precision that was typed is seen"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert [cell.value for cell in sheet[3]] == [None] * 5


@pytest.mark.parametrize(
    ("number", "is_number"),
    [
        ("0.1", True),
        ("-40", True),
        ("123456789012345", True),
        ("1234567890123456", False),
        ("0.1234567890123456", False),
        ("99999999999999999999.5", False),
        ("1E+3", True),
        ("1E+300", True),
        ("1E+400", False),
        ("1E-400", False),
        ("100000000000000000000", True),
        ("0.000", True),
    ],
)
def test_a_number_that_excel_would_change_is_written_as_text(number: str, is_number: bool) -> None:
    value = Decimal(number)
    assert is_exact(value) is is_number
    cell = opened(as_xlsx(table([(value,)], CellKind.NUMBER))).active["A2"]
    if is_number:
        assert cell.data_type == "n"
        assert Decimal(repr(float(cell.value))) == value
    else:
        assert (cell.data_type, cell.value) == ("s", format(value, "f"))


@given(st.decimals(allow_nan=False, allow_infinity=False))
def test_no_number_loses_a_digit_in_either_format(value: Decimal) -> None:
    if abs(value.adjusted()) > 400:
        return
    assert Decimal(as_csv(table([(value,)], CellKind.NUMBER))[1][0]) == value
    if is_exact(value):
        assert Decimal(repr(float(f"{float(value):.16G}"))) == value, "so the file holds it"


def test_dates_before_excel_can_count_stand_there_as_text() -> None:
    rows: list[Row] = [(date(1899, 12, 31),), (date(1900, 2, 28),), (date(1900, 3, 1),)]
    sheet = opened(as_xlsx(table(rows, CellKind.DATE))).active
    shown: list[Cell] = [sheet.cell(row, 1).value for row in (2, 3, 4)]
    assert shown == ["1899-12-31", "1900-02-28", datetime(1900, 3, 1)]


def test_a_text_that_is_too_long_for_excel_is_cut_and_says_so() -> None:
    text = "🌱" * 20_000
    shown = opened(as_xlsx(table([(text,)], CellKind.TEXT))).active["A2"].value
    assert shown == "🌱" * 16_383 + "…"
    assert as_csv(table([(text,)], CellKind.TEXT))[1] == [text]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_goes_out_comes_in_again(tmp_path: Path, suffix: str) -> None:
    texts = [*NASTY, "a\rb", "a\r\nb"]
    out = table([(text, "end") for text in texts], CellKind.TEXT, CellKind.TEXT)
    file = tmp_path / f"table.{suffix}"
    file.write_bytes(b"".join(to_csv(out)) if suffix == "csv" else as_xlsx(out))
    assert [row.cells[0] for row in rows_of(file)] == ["column_0", *texts]


def test_more_rows_than_a_sheet_has_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_out, "MOST_ROWS", 3)
    book = opened(as_xlsx(table([(n,) for n in range(7)], CellKind.INTEGER)))
    assert book.sheetnames == ["numbers", "numbers 2", "numbers 3"]
    assert [[row[0] for row in sheet.values] for sheet in book] == [
        ["column_0", 0, 1, 2],
        ["column_0", 3, 4, 5],
        ["column_0", 6],
    ]


def test_more_columns_than_excel_has_are_refused() -> None:
    wide = Table("wide", tuple(Column(f"c{n}") for n in range(16_385)), [])
    with pytest.raises(TooWideError):
        to_xlsx(wide, io.BytesIO())


def test_the_same_table_gives_the_same_bytes() -> None:
    rows: list[Row] = [("a", datetime(2026, 1, 1, tzinfo=UTC))]
    first, second = (as_xlsx(table(rows, CellKind.TEXT, CellKind.MOMENT)) for _ in range(2))
    assert first == second


def test_rows_are_handed_on_while_they_come() -> None:
    """The first bytes are there long before the last row is asked for."""
    asked = 0

    def rows() -> Iterable[Row]:
        nonlocal asked
        for asked in range(1, 100_001):
            yield (f"row {asked}",)

    pieces = to_csv(table(rows(), CellKind.TEXT))
    next(pieces)
    first = next(pieces)
    assert len(first) < 100_000
    assert asked < 10_000
