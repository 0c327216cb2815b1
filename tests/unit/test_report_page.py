"""The commitment report as a page, as Markdown and as JSON: whole, harmless, and the same each time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
import samples_documents as s
from markdown_it import MarkdownIt

from bot.documents import json_file
from bot.documents.document import Document
from bot.documents.markdown import escaped, to_markdown
from bot.documents.office import storable
from bot.documents.page import to_html
from bot.documents.printing import file_name, print_document
from bot.documents.signs import STATUS_SIGNS
from bot.domain.assessment import Status
from bot.domain.publication import Format, Scope
from bot.texts.catalogues import languages

VOID = {"meta", "br", "hr", "link", "img", "input"}
LOADS = ("src", "href", "srcset", "poster", "data", "action", "xlink:href", "style")


class Elements(HTMLParser):
    """The elements of a page with their attributes, and all of its text, where `<br>` is the end of a line."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag == "br":
            self.text += "\n"
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, f"</{tag}> closes nothing"
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.text += "" if self.open and self.open[-1] == "style" else data

    def values(self, *names: str) -> list[str]:
        return [value for _, attributes in self.found for name, value in attributes.items() if name in names]


def page(language: str = "en") -> Elements:
    return Elements(to_html(s.document(language)).decode())


def newlines(text: str) -> str:
    """The text as a page or a file of text can hold it."""
    return storable(text)


# --- the page


@pytest.mark.parametrize("language", languages())
def test_the_page_is_well_formed_and_in_its_language(language: str) -> None:
    elements = page(language)
    assert elements.open == [], "everything that is opened is closed"
    assert elements.found[0] == ("html", {"lang": "zh-Hans" if language == "zh" else language})
    ids = elements.values("id")
    assert len(ids) == len(set(ids))
    inside = {value.removeprefix("#") for value in elements.values("href")}
    named = " ".join(elements.values("aria-labelledby")).split()
    assert inside | set(named) <= set(ids), "every link and every name leads somewhere"


def test_the_page_loads_nothing_and_runs_nothing() -> None:
    for document in (s.document(), s.nasty()):
        html = to_html(document).decode()
        elements = Elements(html)
        assert not {"script", "link", "img", "iframe", "object", "image", "use"} & {
            tag for tag, _ in elements.found
        }
        for value in elements.values(*LOADS):
            assert value.startswith("#") or re.fullmatch(r"width:[\d.]+%", value), value
        assert not [name for _, attributes in elements.found for name in attributes if name.startswith("on")]
        assert "url(" not in html
        assert "@import url" not in html.split("</style>")[0]
        assert "default-src 'none'" in html


def test_words_of_people_stand_in_the_page_as_they_were_typed() -> None:
    text = newlines(Elements(to_html(s.nasty()).decode()).text)
    for words in s.INJECTIONS:
        assert newlines(words) in text


def test_the_table_has_a_caption_and_every_row_belongs_to_a_city() -> None:
    elements = page()
    heads = [attributes["scope"] for tag, attributes in elements.found if tag == "th"]
    assert set(heads) == {"col", "row", "rowgroup"}, "no head without saying of what it is one"
    cities = [a for tag, a in elements.found if tag == "th" and a["scope"] == "rowgroup"]
    assert [city["rowspan"] for city in cities] == ["2"] * 5
    tables = [tag for tag, _ in elements.found if tag in ("table", "caption")]
    assert tables == ["table", "caption"] * (len(tables) // 2)


def test_tables_stay_tables_where_a_phone_shows_them_as_lists() -> None:
    """A browser takes `display: block` for the end of a table, unless each part says what it is."""
    roles = {"table": "table", "thead": "rowgroup", "tbody": "rowgroup", "tr": "row", "td": "cell"}
    html = to_html(s.document()).decode()
    for name in ("results", "board"):
        part = html.partition(f'<table class="{name}"')[2].partition("</table>")[0]
        elements = Elements(f"<table{part}</table>")
        for tag, attributes in elements.found:
            if tag == "th":
                kind = "columnheader" if attributes["scope"] == "col" else "rowheader"
                assert attributes["role"] == kind, attributes
            elif tag in roles:
                assert "aria-hidden" not in attributes, "a cell less moves the others below other heads"
                assert attributes.get("role") == roles[tag], (name, tag, attributes)


@pytest.mark.parametrize("write", [to_html, to_markdown])
def test_no_character_that_only_steers_a_machine_stands_in_the_page(
    write: Callable[[Document], bytes],
) -> None:
    told = replace(s.document(), title="a\x07b\x1b[2Jc\ud800")
    text = write(told).decode()
    assert "a\ufffdb\ufffd" in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", text)


def test_charts_are_pictures_with_words() -> None:
    elements = page()
    charts = [attributes for tag, attributes in elements.found if tag == "svg"]
    assert len(charts) == 7
    assert all(chart["role"] == "img" and chart["aria-labelledby"] for chart in charts)
    assert "Sibu, Waste generation: −2\u202f% (2006–2008, measured)" in elements.text


def test_quotes_and_own_names_say_in_which_language_they_are() -> None:
    quotes = [attributes for tag, attributes in page().found if tag == "blockquote"]
    assert quotes
    assert all(quote == {"dir": "auto", "lang": ""} for quote in quotes)
    own = {attributes["lang"] for _, attributes in page().found if attributes.get("class") == "own"}
    assert own == {"ne", "ja", "th", "ko"}


def test_no_status_is_told_by_its_colour_alone() -> None:
    assert set(STATUS_SIGNS) == {*Status, "on-the-way", "not-yet"}
    assert len(set(STATUS_SIGNS.values())) == len(STATUS_SIGNS)
    css = to_html(s.document()).decode().split("</style>")[0]
    for code in STATUS_SIGNS:
        assert f".{code} .sign" in css


def test_a_report_over_many_cities_counts_instead_of_drawing_each() -> None:
    from bot.documents.composition import compose

    html = to_html(compose(s.many(200), "en")).decode()
    assert 'class="counted"' in html
    assert '<table class="board"' not in html


# --- Markdown

RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@pytest.mark.parametrize(
    "words", [*s.INJECTIONS, "", " ", "1. a", "2) b", "3.5 %", "\\", "a\\", "\\|", "+", "==="]
)
def test_a_text_reads_in_markdown_as_it_was_typed(words: str) -> None:
    for before, after in (
        ("", ""),
        ("- ", ""),
        ("> ", ""),
        ("# ", ""),
        ("| a |\n| --- |\n| ", " |"),
        ("**", "** x"),
    ):
        if not words.strip() and before != "| a |\n| --- |\n| ":
            continue
        elements = Elements(RENDER.render(f"{before}{escaped(words)}{after}"))
        assert newlines(words) in elements.text, before
        tags = {tag for tag, _ in elements.found}
        assert tags <= {
            "p",
            "br",
            "ul",
            "li",
            "blockquote",
            "h1",
            "strong",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
        }
        assert sum(tag == "li" for tag, _ in elements.found) == (before == "- ")


@pytest.mark.parametrize("language", languages())
def test_the_markdown_is_a_document_with_tables(language: str) -> None:
    document = s.document(language)
    elements = Elements(RENDER.render(to_markdown(document).decode()))
    tags = [tag for tag, _ in elements.found]
    assert tags.count("h1") == 1
    assert tags.count("h3") == 5
    assert tags.count("table") == 2 + 7, "targets, board, and the series of each chart"
    assert "strong" in tags
    assert "**" not in elements.text
    assert "\\" not in elements.text
    for row in document.table:
        assert row.target in elements.text
        assert row.formula in elements.text


def test_words_of_people_stand_in_markdown_as_they_were_typed() -> None:
    elements = Elements(RENDER.render(to_markdown(s.nasty()).decode()))
    for words in s.INJECTIONS:
        assert newlines(words) in elements.text
    assert not {"script", "a", "img", "code", "pre", "em", "s", "b"} & {tag for tag, _ in elements.found}
    assert [tag for tag, _ in elements.found].count("h1") == 1


# --- JSON


def test_the_json_has_every_figure_as_it_was_told() -> None:
    read = json.loads(json_file.to_json(s.document("zh")))
    assert (read["schema"], read["version"], read["language"]) == ("focal-commitment-report", 1, "zh")
    assert read["as_of"] == "2026-12-05T12:30:00+00:00"
    ulsan = next(t for t in read["targets"] if (t["city"]["id"], t["ref"]) == ("ulsan", "2025a"))
    assert ulsan["target"]["value"] == "0.90"
    figure = ulsan["results"][0]
    assert (figure["value"], figure["kind"], figure["year"]) == ("0.99", "measured", "2026")
    assert figure["origin"] == {"code": "report", "text": "ulsan-2026 v1"}
    assert ulsan["status"]["code"] == "not-reached"
    assert ulsan["status"]["differs"] is True
    nothing = next(t for t in read["targets"] if (t["city"]["id"], t["ref"]) == ("nonthaburi", "2025b"))
    assert nothing["results"] == []
    assert nothing["status"]["share"] is None


def test_every_key_of_the_json_is_described() -> None:
    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*(keys(one) for one in value.values()))
        return set().union(*(keys(one) for one in value)) if isinstance(value, list) else set()

    read = json.loads(json_file.to_json(s.document()))
    described = set(re.findall(r"`([a-z_]+)`", json_file.__doc__ or ""))
    assert keys(read) <= described


def test_words_of_people_stand_in_json_as_they_were_typed() -> None:
    texts = "\0".join(s.texts_of(json.loads(json_file.to_json(s.nasty()))))
    for words in s.INJECTIONS:
        assert words in texts


# --- printing


@pytest.mark.parametrize("format", [Format.HTML, Format.MD, Format.JSON])
def test_the_same_document_gives_the_same_bytes(format: Format) -> None:
    assert print_document(s.document("fr"), format) == print_document(s.document("fr"), format)


def test_files_are_named_after_what_is_in_them() -> None:
    assert file_name(Scope(cycle="2026"), "zh", Format.DOCX) == "commitment-report-2026-zh.docx"
    assert file_name(Scope(first=2007, last=2010), "en", Format.PDF) == "commitment-report-2007-2010-en.pdf"
    assert file_name(Scope(first=2007, last=2007), "en", Format.MD) == "commitment-report-2007-en.md"
    assert file_name(Scope(), "fr", Format.JSON) == "commitment-report-fr.json"


def test_layouts_are_part_of_the_package() -> None:
    folder = Path(json_file.__file__).parent / "templates"
    assert {"page.html", "page.css", "chart.html"} <= {path.name for path in folder.iterdir()}
