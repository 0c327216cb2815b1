"""Tables as files: CSV that opens rightly in Excel, and Excel with real types, whatever number of rows there is."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.domain.tables import Cell, CellKind, Column, Row, Table, guarded

MARK = b"\xef\xbb\xbf"
"""Tells Excel that the file is UTF-8."""
PIECE = 64 * 1024
"""Bytes that are gathered before they are handed on."""
MOST_ROWS = 1_048_575
"""Rows of one sheet of Excel below its header; what there is more goes on in a next sheet."""
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
"""UTF-16 units of one cell of Excel. A longer text is cut there, and ends in "…"."""
EXACT_DIGITS = 15
"""A double holds every decimal number of so many digits, and Excel shows no more."""
FIRST_DAY = date(1900, 3, 1)
"""Excel counts days from 1900 and takes that for a leap year: what lies before is written as text."""
LONG_AGO = datetime(1980, 1, 1, tzinfo=UTC)
"""Stands where a file says when it was made, so that the same table gives the same bytes."""
WIDTHS = {CellKind.TEXT: 24, CellKind.NUMBER: 12, CellKind.INTEGER: 9, CellKind.DATE: 11, CellKind.MOMENT: 20}
DATE_FORMATS = {CellKind.DATE: "yyyy-mm-dd", CellKind.MOMENT: "yyyy-mm-dd hh:mm:ss"}


class TooWideError(ValueError):
    """The table has more columns than Excel has."""


def to_csv(table: Table) -> Iterator[bytes]:
    """The table as CSV (RFC 4180), piece by piece: UTF-8 with its mark, CRLF, dates and moments in ISO 8601, texts
    that a spreadsheet would take for formulas behind a `'`."""
    yield MARK
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(table.keys)
    for row in table.rows:
        writer.writerow([_as_text(cell) for cell in row])
        if buffer.tell() >= PIECE:
            yield _taken(buffer)
    yield _taken(buffer)


class CsvOut:
    """The same into a file, where rows come one by one."""

    def __init__(self, out: BinaryIO, columns: tuple[Column, ...]) -> None:
        self._out, self._buffer = out, io.StringIO(newline="")
        self._writer = csv.writer(self._buffer, lineterminator="\r\n")
        out.write(MARK)
        self._writer.writerow([column.key for column in columns])

    def write(self, row: Row) -> None:
        self._writer.writerow([_as_text(cell) for cell in row])
        if self._buffer.tell() >= PIECE:
            self._out.write(_taken(self._buffer))

    def flush(self) -> None:
        """Writes what is still held back: call it after the last row."""
        self._out.write(_taken(self._buffer))
        self._out.flush()


def to_xlsx(table: Table, out: BinaryIO) -> None:
    """Writes the table as an Excel workbook, row by row: numbers as numbers, dates as dates, texts as texts and never
    as formulas or links. A number that a double does not hold to its last digit is written as text. Raises
    TooWideError."""
    if len(table.columns) > MOST_COLUMNS:
        raise TooWideError
    book = Workbook(
        out,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "remove_timezone": True,
        },
    )
    book.set_properties({"created": LONG_AGO.replace(tzinfo=None)})
    formats = _Formats(book)
    rows = iter(table.rows)
    number = 0
    more = True
    while more:
        number += 1
        name = table.name if number == 1 else f"{table.name} {number}"
        more = _fill(_new_sheet(book, name, table.columns, formats), table.columns, rows, formats)
    book.close()


# --- CSV


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(cell)
        case Decimal():
            return format(cell, "f")
        case datetime():
            return cell.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        case date():
            return cell.isoformat()
    return str(cell)


def _taken(buffer: io.StringIO) -> bytes:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text.encode("utf-8", "replace")


# --- Excel


class PlainSheet(Worksheet):  # type: ignore[misc]  # the library has no types
    """A sheet on which every text is just text. The library takes one that somebody begins with `<r>` and ends with
    `</r>` for markup of its own, and would write it into the file as it is."""

    def _xml_rich_inline_string(self, string: str, attributes: Any) -> None:
        self._xml_inline_string(string, True, attributes)


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.header = book.add_format({"bold": True, "bottom": 1})

    def of(self, pattern: str) -> Any:
        if pattern not in self._made:
            self._made[pattern] = self._book.add_format({"num_format": pattern})
        return self._made[pattern]


def _new_sheet(book: Workbook, name: str, columns: tuple[Column, ...], formats: _Formats) -> PlainSheet:
    sheet: PlainSheet = book.add_worksheet(name, PlainSheet)
    sheet.freeze_panes(1, 0)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(WIDTHS[column.kind], min(len(column.key) + 3, 40)))
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.key, formats.header)
    return sheet


def _fill(sheet: PlainSheet, columns: tuple[Column, ...], rows: Iterator[Any], formats: _Formats) -> bool:
    """Writes rows until the sheet is full; whether it is."""
    written = 0
    while written < MOST_ROWS and (row := next(rows, None)) is not None:
        written += 1
        for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
            if cell is not None and cell != "":
                _write(sheet, written, place, column.kind, cell, formats)
    sheet.autofilter(0, 0, written, len(columns) - 1)
    return written == MOST_ROWS


def _write(
    sheet: PlainSheet,
    row: int,
    place: int,
    kind: CellKind,
    cell: str | Decimal | int | date,
    formats: _Formats,
) -> None:
    match cell:
        case str():
            sheet.write_string(row, place, fitting(cell))
        case date() if _day_of(cell) < FIRST_DAY:
            sheet.write_string(row, place, _as_text(cell))
        case datetime():
            sheet.write_datetime(row, place, cell.astimezone(UTC), formats.of(DATE_FORMATS[CellKind.MOMENT]))
        case date():
            sheet.write_datetime(row, place, cell, formats.of(DATE_FORMATS[CellKind.DATE]))
        case _ if is_exact(cell):
            sheet.write_number(row, place, float(cell), formats.of(number_pattern(cell)))
        case _:
            sheet.write_string(row, place, _as_text(cell))


def is_exact(number: Decimal | int) -> bool:
    """Whether Excel keeps and shows this number to its last digit."""
    digits = Decimal(number).normalize().as_tuple().digits if Decimal(number).is_finite() else ()
    return 0 < len(digits) <= EXACT_DIGITS and Decimal(repr(float(number))) == number


def number_pattern(number: Decimal | int) -> str:
    """Shows as many decimals as were written, trailing zeros too."""
    exponent = number.as_tuple().exponent if isinstance(number, Decimal) else 0
    places = -exponent if isinstance(exponent, int) and exponent < 0 else 0
    return f"0.{'0' * min(places, 30)}" if places else "0"


def _day_of(cell: date) -> date:
    return cell.astimezone(UTC).date() if isinstance(cell, datetime) else cell


def fitting(text: str) -> str:
    """The text as one cell of Excel takes it: what is too long is cut, and ends in "…"."""
    units = text.encode("utf-16-le", "replace")
    if len(units) <= LONGEST_TEXT * 2:
        return text.encode("utf-8", "replace").decode()
    return units[: (LONGEST_TEXT - 1) * 2].decode("utf-16-le", "ignore") + "…"
