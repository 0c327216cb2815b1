"""The commitment report as a Word document, from a template that the secretariat can change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Any

from markupsafe import Markup

from bot.documents.document import Chart, Document, ResultLine, TableRow
from bot.documents.office import moment_of
from bot.documents.signs import in_quotes
from bot.documents.typesetting import chart_png
from bot.documents.word_rendering import WordFile, in_script
from bot.documents.word_templates import FOLDER, REPORT

MOST_PICTURES = 300
"""Charts in one document. Where there would be more there is none, and the sentences that say what they show stand
alone: a file with thousands of pictures opens slowly, and nobody prints it."""
PICTURE_WIDTH = 11.0
"""Centimetres: a target with its chart stands on half a page."""


@dataclass(frozen=True)
class CityRows:
    """The rows of the table that belong to one city."""

    name: str
    country: str
    rows: tuple[TableRow, ...]


def to_docx(document: Document, template: Path | None = None) -> bytes:
    """The document in this template, else in the one that is shipped. The same document gives the same bytes.

    Raises OperatorError where the template is broken; it names the file and the place.
    """
    file = WordFile(template or FOLDER / REPORT)
    file.fill(names(document, file))
    return file.saved(
        title=document.title,
        subject=document.subtitle,
        language=document.language,
        moment=moment_of(document.as_of),
    )


def own_template(folder: Path | None, name: str) -> Path | None:
    """The secretariat's template of this name, None where the folder has none."""
    path = folder / name if folder is not None else None
    return path if path is not None and path.is_file() else None


def names(document: Document, file: WordFile) -> dict[str, Any]:
    """What the tags of a template can name."""
    return {
        **{field.name: getattr(document, field.name) for field in fields(document)},
        "table": grouped(document.table),
        "pictures": charts_of(document) <= MOST_PICTURES,
        "picture": _drawn(document.language, file),
        "own_name": lambda city: in_script(city.own_name, city.own_language),
        "told": words_in(document.language),
    }


def words_in(language: str) -> Callable[[ResultLine], str]:
    """The words of a result, in quotation marks where somebody typed them."""
    return lambda result: in_quotes(result.text, language) if result.quoted else result.text


def grouped(rows: tuple[TableRow, ...]) -> tuple[CityRows, ...]:
    """The rows by city, in their order."""
    found = []
    for _, of_city in groupby(rows, key=lambda row: row.city_id):
        same = tuple(of_city)
        found.append(CityRows(same[0].city, same[0].country, same))
    return tuple(found)


def charts_of(document: Document) -> int:
    return sum(target.chart is not None for city in document.cities for target in city.targets)


def _drawn(language: str, file: WordFile) -> Callable[[Chart], Markup]:
    def picture(chart: Chart) -> Markup:
        return file.picture(chart_png(chart, language), chart.alt, PICTURE_WIDTH)

    return picture
