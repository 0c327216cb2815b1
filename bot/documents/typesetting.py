"""PDF and pictures, set by typst: the same document gives the same bytes on every machine."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from bot.documents.document import Board, Chart, CityPage, Document, QuoteLine, ResultLine
from bot.documents.figures import board_figure, chart_figure
from bot.documents.fonts import drawable, font_folders, han_form
from bot.documents.signs import STATUS_SIGNS

TEMPLATES = Path(__file__).parent / "templates"
PICTURE_WIDTH = 1080
"""Of the templates of pictures, in points; a point is a pixel where no other width is asked for."""
POINTS_AN_INCH = 72
UNKNOWN = "und"
"""The tag of a language that nobody knows (ISO 639-2)."""
NO_DATE = datetime(1980, 1, 1, tzinfo=UTC)
MOST_ROWS_PRINTED = 150
"""A longer board is printed as counts: nobody compares so many bars."""
MOST_ROWS_DRAWN = 16
"""A phone shows a picture as high as its screen; of a higher one nobody reads the words."""
MOST_CITIES_PRINTED = 500
"""The pages of a city take about a megabyte and a half of memory while they are set. A report over more cities has
their table and no page for each, and says so; the other formats have them all."""
REMEMBERED = 11
"""How many documents later typst forgets what it kept of one to be faster with the next: a hundred megabytes for a
hundred cities, which a bot that runs for months has no use for."""

LOCK = Lock()
"""A compiler keeps its input between two calls, and is not made for two threads."""


def to_pdf(document: Document) -> bytes:
    """The document as a tagged PDF with bookmarks (PDF/UA-1)."""
    many = len(document.cities) > MOST_CITIES_PRINTED
    shown = replace(document, cities=()) if many else document
    board = board_figure(document.board, MOST_ROWS_PRINTED)
    data = {**_plain(shown), "board": _plain(board), "left_out": many}
    moment = datetime.fromisoformat(document.as_of) if document.as_of else NO_DATE
    return _set(
        "report.typ", data, document.language, moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    )


def chart_png(chart: Chart, language: str, width_px: int = PICTURE_WIDTH) -> bytes:
    return _picture({"kind": "chart", "figure": _plain(chart)}, language, width_px)


def board_png(board: Board, language: str, width_px: int = PICTURE_WIDTH) -> bytes:
    """The board as a picture; one of more than `MOST_ROWS_DRAWN` rows as counts by status."""
    figure = board_figure(board, MOST_ROWS_DRAWN)
    return _picture({"kind": "board", "figure": _plain(figure)}, language, width_px)


def _picture(data: dict[str, Any], language: str, width: int) -> bytes:
    return _set("picture.typ", data, language, None, ppi=POINTS_AN_INCH * width / PICTURE_WIDTH)


def _set(
    template: str, data: dict[str, Any], language: str, moment: datetime | None, ppi: float = 72
) -> bytes:
    told = {
        **data,
        "lang": language.split("-")[0],
        "region": _region(language),
        "han": han_form("", language),
        "signs": STATUS_SIGNS,
    }
    inputs = {"data": json.dumps(told, ensure_ascii=False)}
    with LOCK:
        if moment is None:
            done = _compiler(template).compile(format="png", ppi=ppi, sys_inputs=inputs)
        else:
            done = _compiler(template).compile(
                format="pdf", sys_inputs=inputs, timestamp=int(moment.timestamp()), pdf_standards="ua-1"
            )
            for _ in range(REMEMBERED):
                _compiler("blank.typ").compile(format="png")
    assert isinstance(done, bytes)
    return done


@cache
def _compiler(template: str) -> Any:
    import typst

    return typst.Compiler(input=str(TEMPLATES / template), root=str(TEMPLATES), font_paths=_fonts())


@cache
def _fonts() -> Any:
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_folders())
    )


def _region(language: str) -> str | None:
    parts = language.split("-")
    return next((part.upper() for part in parts[1:] if len(part) == 2), None)


def _plain(thing: Any) -> Any:
    """The same in what JSON knows, with texts that our fonts can print. Texts in other languages than the document's
    bring the form of their Han characters."""
    if isinstance(thing, str):
        return drawable(thing)
    if thing is None or isinstance(thing, int | float):
        return thing
    if isinstance(thing, Decimal):
        return str(thing)
    if isinstance(thing, Mapping):
        return {name: _plain(value) for name, value in thing.items()}
    if isinstance(thing, list | tuple):
        return [_plain(one) for one in thing]
    if isinstance(thing, Chart):
        return _plain(chart_figure(thing))
    told = {field.name: _plain(getattr(thing, field.name)) for field in fields(thing)}
    if isinstance(thing, CityPage):
        told["han"] = han_form(thing.own_name, thing.own_language)
        told["own_lang"] = thing.own_language.split("-")[0] or UNKNOWN
    elif isinstance(thing, QuoteLine):
        told["han"] = han_form(thing.words)
    elif isinstance(thing, ResultLine) and thing.quoted:
        told["han"] = han_form(thing.text)
    return told
