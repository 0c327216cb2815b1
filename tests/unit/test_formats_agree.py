"""Every format says the same: what one of them leaves out on purpose stands here, with nothing else missing."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from io import BytesIO
from zipfile import ZipFile

import openpyxl
import pytest
import samples_documents as s
from pypdfium2 import PdfDocument

from bot.documents.document import Document
from bot.documents.markdown import to_markdown
from bot.documents.page import to_html
from bot.documents.signs import in_quotes
from bot.documents.typesetting import to_pdf
from bot.documents.word import to_docx
from bot.documents.workbook import to_xlsx

TAGS = re.compile(r"<[^>]+>")
SPACE = re.compile(r"[\s\u00ad\u200b]+")
COLUMNS = {"about", "asked", "country", "due", "far_value", "origin", "overview", "ref", "unit", "words"}
"""Headings of Excel's columns: the other formats show these without a heading."""
NOT_HERE = {"nothing_missing", "pages_elsewhere"}
"""Said only of other reports than this one."""
FOR_THE_SCREEN = {"skip", "contents"}
"""Word and Excel lead through the document by its headings, or by its sheets."""
LEFT_OUT = {
    "page": COLUMNS | NOT_HERE | {"formula"},
    "markdown": COLUMNS | NOT_HERE | FOR_THE_SCREEN | {"formula", "promise"},
    # A chapter is its own heading there.
    "word": COLUMNS | NOT_HERE | FOR_THE_SCREEN | {"cities", "promise", "table"},
    "excel": NOT_HERE | FOR_THE_SCREEN | {"baseline", "board", "results"},
    # On paper charts and board are drawn, without their tables.
    "pdf": COLUMNS
    | NOT_HERE
    | {"skip", "formula", "table"}
    | {"chart_data", "indicator", "kind", "share", "value", "year"},
}


def of_page(document: Document) -> str:
    return html.unescape(TAGS.sub("", to_html(document).decode()))


def of_markdown(document: Document) -> str:
    return to_markdown(document).decode().replace("\\", "")


def of_word(document: Document) -> str:
    with ZipFile(BytesIO(to_docx(document))) as archive:
        return html.unescape(TAGS.sub("", archive.read("word/document.xml").decode()))


def of_excel(document: Document) -> str:
    sheets = openpyxl.load_workbook(BytesIO(to_xlsx(document))).worksheets
    cells = (
        str(cell) for sheet in sheets for row in sheet.iter_rows(values_only=True) for cell in row if cell
    )
    return "\n".join((*(sheet.title for sheet in sheets), *cells))


def of_pdf(document: Document) -> str:
    return " ".join(page.get_textpage().get_text_range() for page in PdfDocument(to_pdf(document)))


READ: dict[str, Callable[[Document], str]] = {
    "page": of_page,
    "markdown": of_markdown,
    "word": of_word,
    "excel": of_excel,
    "pdf": of_pdf,
}


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("name", READ)
def test_every_label_of_the_document_stands_in_every_format(name: str, language: str) -> None:
    document = s.document(language)
    text = SPACE.sub("", READ[name](document))
    missing = {code for code, words in document.labels.items() if SPACE.sub("", words) not in text}
    assert missing <= LEFT_OUT[name]
    if language == "en":
        assert missing == LEFT_OUT[name], "no leave for what is there"


@pytest.mark.parametrize("name", READ)
def test_every_format_says_where_the_stated_status_differs_and_what_the_marks_mean(name: str) -> None:
    document = s.document()
    text = SPACE.sub("", READ[name](document))
    differing = sum(row.differs for row in document.table)
    assert differing
    said = text.count(SPACE.sub("", document.labels["differs"]))
    # In the table and on the page of the city; in Excel as the heading of a column with a sign in it.
    assert said >= (1 if name == "excel" else 2 * differing)
    for mark in document.legend:
        assert SPACE.sub("", f"{mark.sign}{mark.word}") in text


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("name", ["markdown", "word", "pdf"])
def test_words_of_people_stand_in_the_quotation_marks_of_the_reader(name: str, language: str) -> None:
    document = s.document(language)
    text = SPACE.sub("", READ[name](document))
    quoted = [line.text for row in document.table for line in row.results if line.quoted]
    assert len(quoted) > 3
    for words in quoted:
        assert SPACE.sub("", in_quotes(words, language)) in text
