"""A document in one of its formats, and what its file is called."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from bot.documents.document import Document
from bot.domain.publication import Format, Scope


def print_document(
    document: Document,
    format: Format,
    templates: Path | None = None,
    is_wanted: Callable[[], None] = lambda: None,
) -> bytes:
    """The document as a file; the same document gives the same bytes.

    `templates` is the folder with the secretariat's own layouts for Word; None: those of the package. `is_wanted` is
    called again and again while the slowest of them is made; what it raises ends that. What prints a format is loaded
    when it is first needed, so that programs which print nothing start fast.
    """
    match format:
        case Format.HTML:
            from bot.documents.page import to_html

            return to_html(document)
        case Format.MD:
            from bot.documents.markdown import to_markdown

            return to_markdown(document)
        case Format.JSON:
            from bot.documents.json_file import to_json

            return to_json(document)
        case Format.DOCX:
            from bot.documents.word import own_template, to_docx
            from bot.documents.word_templates import REPORT

            return to_docx(document, own_template(templates, REPORT))
        case Format.XLSX:
            from bot.documents.workbook import to_xlsx

            return to_xlsx(document)
        case Format.PDF:
            from bot.documents.apart import to_pdf_apart

            return to_pdf_apart(document, is_wanted)


def file_name(scope: Scope, language: str, format: Format) -> str:
    """`commitment-report-2026-zh.docx`; a span of years in the place of the cycle, neither where all is in it."""
    years = "-".join(dict.fromkeys(str(year) for year in (scope.first, scope.last) if year is not None))
    parts = ("commitment-report", scope.cycle or years, language)
    return "-".join(part for part in parts if part) + f".{format.value}"
