"""The page: one self-contained HTML file, for the screen by day and by night, for paper, and for reading aloud."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from bot.documents.document import Document
from bot.documents.figures import board_figure, chart_figure
from bot.documents.office import storable
from bot.documents.signs import STATUS_SIGNS

TEMPLATES = Path(__file__).parent / "templates"
MOST_ON_THE_BOARD = 300
"""Targets that the board shows one by one; of more it counts how many have which status."""
MOST_IN_CONTENTS = 60
"""Cities that the contents name; of more the table leads to their pages."""
TAGS: Mapping[str, str] = {"zh": "zh-Hans"}
"""Language tags that say more than the interface's code: which forms of the characters are meant."""


def to_html(document: Document) -> bytes:
    """The document as one file that needs no network, no script and no fonts of its own."""
    page: str = _page().render(document=document)
    return page.encode()


@cache
def _page() -> Template:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
        finalize=_finalised,
    )
    environment.globals.update(
        chart_figure=chart_figure,
        board_figure=board_figure,
        sign=STATUS_SIGNS,
        zip=zip,
        tag=lambda language: TAGS.get(language, language),
        most_on_the_board=MOST_ON_THE_BOARD,
        most_in_contents=MOST_IN_CONTENTS,
    )
    return environment.get_template("page.html")


def _finalised(value: object) -> object:
    """Texts without what no page may hold; what the template has made of them is left as it is."""
    return storable(value) if type(value) is str else value
