"""Tables as people send them, CSV or Excel, as rows of text with their numbers; in bounded memory."""

from __future__ import annotations

import codecs
import csv
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from bot.domain.imports.column_names import CHINESE
from bot.domain.imports.why import ToldError, Why
from bot.domain.tables import unguarded

LARGEST_FILE = 300 * 1024 * 1024
"""Bytes."""
LARGEST_WORKBOOK = 1024 * 1024 * 1024
"""Bytes of an Excel file once it is unpacked."""
LARGEST_STRINGS = 100 * 1024 * 1024
"""Bytes of its table of texts, which has to be in memory as a whole."""
STEEPEST = 300
"""How many times larger than packed a part of an Excel file may be, if it is not a small one."""
CHUNK = 1024 * 1024
MOST_TAGS = 200_000
"""In one row of a sheet, and so on: ten times what as many cells need as Excel has columns."""
TAIL = 64
"""Bytes of the chunk before in which a tag may begin."""
SMALL_PART = 10 * 1024 * 1024
"""Bytes of a part of an Excel file: more has only a sheet, the table of texts, and a picture, which nobody reads."""
LARGEST_ROW = 4 * 1024 * 1024
"""Bytes of one row of a sheet, and of what stands before and behind the rows: each is in memory as a whole."""
MOST_ROWS = 1_000_000
MOST_COLUMNS = 500
LONGEST_CELL = 100_000
LONGEST_LINE = 4_000_000
"""Characters."""

UTF8_MARK, UTF16_MARKS = b"\xef\xbb\xbf", (b"\xff\xfe", b"\xfe\xff")
ZIP_MARK, OLD_EXCEL_MARK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
PDF_MARK, WORD_MARK = b"%PDF", b"{\\rtf"
PICTURE_MARKS = (b"\x89PNG", b"\xff\xd8\xff")
SHEET_PART, TEXTS_PART, PICTURE_PART = (
    re.compile(r"xl/worksheets/[^/]+\.xml"),
    "xl/sharedStrings.xml",
    "xl/media/",
)
ROW_TAG = re.compile(rb"<(?:\w+:)?(?:row[\s/>]|sheetData)|</(?:\w+:)?sheetData>")
ASIDE_TAG = re.compile(rb"<!|<\?(?!xml\s)")
"""Comments and the like, which Excel writes into no sheet; a row could be hidden in them."""
DELIMITERS = ",;\t|"
BEGINNING = 256 * 1024


class TableError(ToldError):
    """A file that cannot be read as a table."""


@dataclass(frozen=True, slots=True)
class SheetRow:
    """`number` counts as a spreadsheet does: the first row is 1, one with line breaks in it is one row."""

    number: int
    cells: tuple[str, ...]


def rows_of(path: Path, sheet: str | None = None) -> Iterator[SheetRow]:
    """The rows that have something in them, as text: numbers as they were typed, days as 2026-01-31.

    Of an Excel file the first sheet is read, or the one named. Raises TableError, also while reading on, and OSError.
    """
    size = path.stat().st_size
    if size > LARGEST_FILE:
        raise TableError(Why.TOO_LARGE, most=LARGEST_FILE // 1024 // 1024)
    with path.open("rb") as file:
        first = file.read(BEGINNING)
    if not first.strip():
        raise TableError(Why.EMPTY)
    if first.startswith(ZIP_MARK):
        yield from _limited(_excel_rows(path, sheet))
        return
    if first.startswith(OLD_EXCEL_MARK):
        raise TableError(Why.OLD_EXCEL)
    if first.startswith(PDF_MARK):
        raise TableError(Why.PDF)
    if first.startswith(PICTURE_MARKS):
        raise TableError(Why.PICTURE)
    if first.startswith(WORD_MARK):
        raise TableError(Why.WORD)
    yield from _limited(_csv_rows(path, first))


def _limited(rows: Iterator[SheetRow]) -> Iterator[SheetRow]:
    for row in rows:
        if row.number > MOST_ROWS:
            raise TableError(Why.TOO_MANY_ROWS, most=MOST_ROWS)
        if len(row.cells) > MOST_COLUMNS:
            raise TableError(Why.TOO_MANY_COLUMNS, row=row.number, most=MOST_COLUMNS)
        if any(len(cell) > LONGEST_CELL for cell in row.cells):
            raise TableError(Why.CELL_TOO_LONG, row=row.number, most=LONGEST_CELL)
        yield row


# --- CSV


def _csv_rows(path: Path, first: bytes) -> Iterator[SheetRow]:
    encoding = _encoding(first)
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as file:
            head = file.read(BEGINNING // 4)
            delimiter, named = _delimiter(head)
            file.seek(0)
            if named:
                file.readline()
            for number, cells in enumerate(csv.reader(_lines(file), delimiter=delimiter, strict=True), 1):
                if any(cell and not cell.isspace() for cell in cells):
                    yield SheetRow(number, tuple(unguarded(cell) for cell in cells))
    except UnicodeDecodeError:
        number = number or _rows_before(first)
        if not number:
            raise TableError(Why.ENCODING_OF_FIRST) from None
        raise TableError(Why.ENCODING, row=number) from None
    except csv.Error as error:
        if "field limit" in str(error):
            raise TableError(Why.CELL_WITHOUT_END, row=number + 1, most=csv.field_size_limit()) from None
        raise TableError(Why.QUOTES, row=number + 1) from None


def _lines(file: IO[str]) -> Iterator[str]:
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE:
            raise TableError(Why.LINE_TOO_LONG, most=LONGEST_LINE)
        yield line


def _encoding(first: bytes) -> str:
    if first.startswith(UTF16_MARKS):
        return "utf-16"
    if b"\x00" in first:
        raise TableError(Why.ENCODING_OF_ALL)
    if first.startswith(UTF8_MARK):
        return "utf-8-sig"
    return "gb18030" if not _reads_as(first, "utf-8") and _is_chinese(first) else "utf-8"


def _reads_as(first: bytes, encoding: str) -> str | None:
    """The beginning of a file as text; None where it has other letters. Its last one may be cut."""
    try:
        return codecs.getincrementaldecoder(encoding)().decode(first)
    except UnicodeDecodeError:
        return None


def _is_chinese(first: bytes) -> bool:
    """Whether this is GB18030 beyond doubt: much else can be read as it, but then no column has a Chinese name."""
    text = _reads_as(first, "gb18030") or ""
    head = text.lstrip().split("\n", 1)[0]
    cells = re.split(rf"[{re.escape(DELIMITERS)}]", head)
    return any(cell.strip(' "\r') in CHINESE for cell in cells)


def _rows_before(first: bytes) -> int:
    """About how many rows of a file are UTF-8."""
    try:
        first.decode()
    except UnicodeDecodeError as error:
        return first.count(b"\n", 0, error.start)
    return 0


def _delimiter(head: str) -> tuple[str, bool]:
    """What stands between the cells of the first row, and whether the first line does nothing but say so."""
    line = head.lstrip("\ufeff").split("\n", 1)[0].strip("\r")
    if line.lower().startswith("sep=") and len(line) == 5:
        return line[4], True
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    for character in head.lstrip("\ufeff\r\n"):
        if character == '"':
            quoted = not quoted
        elif character in counts and not quoted:
            counts[character] += 1
        elif character == "\n" and not quoted:
            break
    best = max(counts, key=lambda each: counts[each])
    return (best if counts[best] else ","), False


# --- Excel


def _excel_rows(path: Path, sheet: str | None) -> Iterator[SheetRow]:
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        formulas = _look_inside(path)
        with _workbook(path, values=True) as book:
            name = _sheet(book.sheetnames, book.worksheets, sheet)
            rows = _cells(book[name])
            if not formulas:
                for number, cells in rows:
                    yield from _row(number, cells)
                return
            with _workbook(path, values=False) as written:
                for (number, cells), (_, typed) in zip(rows, _cells(written[name]), strict=True):
                    _check_formulas(number, cells, typed)
                    yield from _row(number, cells)
    except (
        zipfile.BadZipFile, zlib.error, InvalidFileException, KeyError, ValueError, TypeError, IndexError,
        AttributeError, EOFError, SyntaxError, NotImplementedError, RuntimeError,
    ):  # fmt: skip
        # openpyxl and its parsers raise all of these for files that are damaged or only look like Excel's.
        raise TableError(Why.BROKEN_EXCEL) from None


@contextmanager
def _workbook(path: Path, *, values: bool) -> Iterator[Any]:
    """The workbook with the values of its formulas, or with the formulas. It is told by what is in it: openpyxl would
    go by the name."""
    from openpyxl import load_workbook

    with path.open("rb") as file:
        book = load_workbook(file, read_only=True, data_only=values, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def _look_inside(path: Path) -> bool:
    """Whether any sheet has formulas. Raises TableError for what would fill the memory once it is unpacked."""
    formulas = False
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        if not any(part.filename.startswith("xl/") for part in parts):
            if any(part.filename.startswith("word/") for part in parts):
                raise TableError(Why.WORD)
            raise TableError(Why.NO_TABLE)
        if sum(part.file_size for part in parts) > LARGEST_WORKBOOK:
            raise TableError(Why.BOMB)
        for part in parts:
            name = part.filename
            is_sheet = SHEET_PART.fullmatch(name) is not None
            steep = part.file_size > max(part.compress_size, 1) * STEEPEST and part.file_size > SMALL_PART
            if steep or part.file_size > _most_of(name, is_sheet=is_sheet):
                raise TableError(Why.BOMB)
            if name.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    has_formulas = _scan(file, is_sheet=is_sheet)
                formulas = formulas or (has_formulas and "/worksheets/" in name)
    return formulas


def _most_of(name: str, *, is_sheet: bool) -> int:
    """Bytes that a part may have."""
    if is_sheet or name.startswith(PICTURE_PART):
        return LARGEST_WORKBOOK
    return LARGEST_STRINGS if name == TEXTS_PART else SMALL_PART


def _scan(file: IO[bytes], *, is_sheet: bool) -> bool:
    """Whether there is a formula in a part. Raises TableError where it brings entities along, or hides them, and
    where a row of a sheet is too large to be read."""
    formulas, tail, at, row, tags = False, b"", 0, 0, 0
    while chunk := file.read(CHUNK):
        seen, start = tail + chunk, at - len(tail)
        if b"<!DOCTYPE" in seen or b"<!ENTITY" in seen or b"\x00" in seen or seen.startswith(UTF16_MARKS):
            raise TableError(Why.NOT_OF_EXCEL)
        if is_sheet and ASIDE_TAG.search(seen):
            raise TableError(Why.NOT_OF_EXCEL)
        formulas = formulas or b"<f>" in seen or b"<f " in seen
        at += len(chunk)
        before = len(tail)
        for place in (*(tag.start() for tag in ROW_TAG.finditer(seen)), len(seen)) if is_sheet else ():
            tags += seen.count(b"<", before, place)
            if start + place - row > LARGEST_ROW or tags > MOST_TAGS:
                raise TableError(Why.BOMB)
            before = max(before, place)
            if place < len(seen):
                row, tags = start + place, 0
        tail = chunk[-TAIL:]
    return formulas


def _sheet(names: Sequence[str], sheets: Sequence[Any], wanted: str | None) -> str:
    if wanted is not None:
        if wanted not in names:
            raise TableError(Why.NO_SHEET, sheet=wanted, sheets=tuple(names))
        return wanted
    visible = [name for name, sheet in zip(names, sheets, strict=False) if sheet.sheet_state == "visible"]
    if not visible and not names:
        raise TableError(Why.NO_SHEETS)
    return (visible or list(names))[0]


def _cells(sheet: Any) -> Iterator[tuple[int, tuple[Any, ...]]]:
    # The size that a file claims for itself is not to be believed; without it only what is there is given.
    sheet.reset_dimensions()
    for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
        if number > MOST_ROWS:
            raise TableError(Why.TOO_MANY_ROWS, most=MOST_ROWS)
        yield number, cells


def _check_formulas(number: int, values: Sequence[Any], typed: Sequence[Any]) -> None:
    for at, (value, written) in enumerate(zip(values, typed, strict=True)):
        is_formula = (isinstance(written, str) and written.startswith("=")) or type(written).__name__ in (
            "ArrayFormula",
            "DataTableFormula",
        )
        if is_formula and value is None:
            from openpyxl.utils import get_column_letter

            raise TableError(Why.FORMULA, cell=f"{get_column_letter(at + 1)}{number}")


def _row(number: int, cells: Sequence[Any]) -> Iterator[SheetRow]:
    texts = [_text(cell) for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    if any(not text.isspace() for text in texts if text):
        yield SheetRow(number, tuple(texts))


def _text(value: Any) -> str:
    """A cell as somebody would have typed it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        # The shortest text that is this number: what was typed, for all that Excel's 15 digits can hold.
        whole = f"{Decimal(repr(value)):f}"
        return whole.removesuffix(".0")
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(sep=" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return _unescaped(str(value))


def _unescaped(text: str) -> str:
    """What Excel writes as `_x000D_`, since XML cannot hold it, as the character it is."""
    from openpyxl.utils.escape import unescape

    return str(unescape(text))


def rows_about(path: Path) -> int:
    """About how many rows there are, for showing how far reading has come."""
    with path.open("rb") as file:
        if not file.read(4).startswith(ZIP_MARK):
            file.seek(0)
            return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(CHUNK), b"")) + 1
    try:
        with zipfile.ZipFile(path) as archive:
            sheets = [part for part in archive.infolist() if "/worksheets/" in part.filename]
            with archive.open(sheets[0]) as sheet:
                return sum(chunk.count(b"<row") for chunk in iter(lambda: sheet.read(CHUNK), b""))
    except (zipfile.BadZipFile, zlib.error, IndexError, EOFError, NotImplementedError, RuntimeError):
        return 1
