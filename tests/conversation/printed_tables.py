"""Reads the table of a printed report again, out of each format: by city, the cells of its targets in their order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import TypeAlias

import openpyxl
import pypdfium2
from docx import Document as WordFile

from bot.documents.document import Document

REF = re.compile(r"(?<!\d)(\d{4}[a-z])·")
"""The code of a target, as the PDF prints it below its words."""
NUMBER = re.compile(r"\d+(?:\.\d+)?")
FOOTER = re.compile(r".*\d+\s*/\s*\d+\s*$")
"""The last line of a page of a PDF: its number."""


@dataclass(frozen=True)
class Cells:
    """One target of a city, as it is printed."""

    targets: str
    results: str
    said: str = ""


Table: TypeAlias = Mapping[str, Sequence[Cells]]


def numbers(text: str) -> set[Decimal]:
    """Every number of a text, without its sign: a fall is told in words in one place and by a sign in another."""
    return {Decimal(found).normalize() for found in NUMBER.findall(text.replace(",", ""))}


def bare(text: str) -> str:
    """Without what layouts put between letters: spaces, line breaks, escapes."""
    return re.sub(r"[\s\\\u200b\u2060\ufeff\u2066-\u2069]|<br>", "", text)


# --- tables


def of_markdown(content: bytes, document: Document) -> Table:
    lines = (line for line in content.decode().splitlines() if line.startswith("|"))
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return _by_city((row for row in rows if len(row) == 5), document)


def of_page(content: bytes, document: Document) -> Table:
    reader = _Page()
    reader.feed(content.decode())
    return _by_city(reader.rows, document)


def of_word(content: bytes, document: Document) -> Table:
    tables = WordFile(BytesIO(content)).tables
    wanted = next(t for t in tables if t.rows[0].cells[1].text == document.labels["targets"])
    rows = ([cell.text for cell in row.cells] for row in wanted.rows)
    return _by_city(rows, document)


def of_workbook(content: bytes, document: Document) -> Table:
    """A result has a row of its own there; its target stands in each of them."""
    book = openpyxl.load_workbook(BytesIO(content))
    label = document.labels
    wanted = [label[word] for word in ("city", "target", "result", "status_said", "ref")]
    for sheet in book:
        head, *rows = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
        if not set(wanted) <= set(head):
            continue
        of_target: dict[tuple[str, str], list[str]] = {}
        for city, target, result, said, ref in ([row[head.index(word)] for word in wanted] for row in rows):
            seen = of_target.setdefault((city, ref), [city, target, "", said])
            assert (seen[1], seen[3]) == (target, said), (city, ref)
            seen[2] += f"\n{result}"
        return _by_city(list(of_target.values()), document)
    raise AssertionError("the workbook has no sheet with the targets and results")


def of_pdf(content: bytes, document: Document) -> Table:
    """Cells run together there, in the order of the rows. Each target has its code below it, so that before a code
    stand its city and the target, and after it the results and the status, up to the city of the next row."""
    label = document.labels
    columns = ("city", "targets", "results", "status_said", "status_computed")
    head = bare("".join(label[column] for column in columns))
    _, *pages = bare(text_of_pdf(content)).split(head)
    table, _, _ = "".join(pages).partition(bare(label["board"]))
    first, *rest = REF.split(table)
    refs, between = rest[::2], [first, *rest[1::2]]
    assert refs == [row.ref for row in document.table]
    found: dict[str, list[Cells]] = {row.city: [] for row in document.table}
    ahead = ""
    for row, before, after in zip(document.table, between, between[1:], strict=False):
        told, city, target = before.rpartition(bare(row.city))
        assert city, (row.city, row.ref)
        if ahead:
            found[ahead][-1] = replace(found[ahead][-1], results=told, said=told)
        target = target.removeprefix(bare(row.country))
        found[row.city].append(Cells(target, after, after))
        ahead = row.city
    return found


READERS: Mapping[str, Callable[[bytes, Document], Table]] = {
    "md": of_markdown,
    "html": of_page,
    "docx": of_word,
    "xlsx": of_workbook,
    "pdf": of_pdf,
}


# --- all the words of a document


def text_of_pdf(content: bytes) -> str:
    """All pages without their numbers."""
    pages = (page.get_textpage().get_text_range().splitlines() for page in pypdfium2.PdfDocument(content))
    return "\n".join(
        line for lines in pages for line in (lines[:-1] if lines and FOOTER.match(lines[-1]) else lines)
    )


def words_of(kind: str, content: bytes) -> str:
    """Everything that stands in it, without spaces."""
    if kind == "pdf":
        return bare(text_of_pdf(content))
    if kind == "docx":
        return bare("".join(WordFile(BytesIO(content)).element.body.itertext()))
    if kind == "xlsx":
        book = openpyxl.load_workbook(BytesIO(content))
        cells = (cell for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)
        return bare("".join(str(cell) for cell in cells if cell is not None))
    if kind == "html":
        reader = _Page()
        reader.feed(content.decode())
        return bare("".join(reader.words))
    return bare(content.decode())


# --- the source


def source_table(file: Path) -> Iterator[tuple[str, str, str]]:
    """City, targets and results of each row of table 1, as the source has them."""
    for line in file.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and len(cells) == 3 and "•" in cells[1]:
            yield cells[0], cells[1], cells[2]


# --- helpers


class _Page(HTMLParser):
    """The rows of the table of results, and all words of the page."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.in_table = False
        self.city = ""
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        classes = (dict(attrs).get("class") or "").split()
        self.hidden += tag in ("style", "script")
        if tag == "table" and "results" in classes:
            self.in_table = True
        elif self.in_table and tag == "tr":
            self.rows.append([self.city])
        elif self.in_table and tag == "th" and "city" in classes:
            self.rows[-1] = [""]
        elif self.in_table and tag == "td":
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in ("style", "script")
        if tag == "table":
            self.in_table = False
        elif self.in_table and tag == "th" and self.rows:
            self.city = self.rows[-1][0]

    def handle_data(self, data: str) -> None:
        if self.hidden:
            return
        self.words.append(data)
        if self.in_table and self.rows and self.rows[-1]:
            self.rows[-1][-1] += data


def _by_city(rows: Iterator[list[str]] | Sequence[list[str]], document: Document) -> Table:
    """City, targets, results and status as stated stand first in each row; other rows are of other tables."""
    found: dict[str, list[Cells]] = {row.city: [] for row in document.table}
    names = sorted(found, key=len, reverse=True)
    for row in rows:
        city = next((name for name in names if bare(row[0]).lstrip("*").startswith(bare(name))), None)
        if city is not None and len(row) > 2:
            found[city].append(Cells(row[1], row[2], row[3] if len(row) > 3 else ""))
    return found
