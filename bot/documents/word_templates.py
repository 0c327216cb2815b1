"""Makes the Word templates that are shipped, `templates/report.docx` and `templates/letter.docx`.

The secretariat changes these files in Word; this module is how they come to be, and a test holds the two together.
Write them anew with `python -m bot.documents.word_templates`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.shared import Cm, Length

from bot.documents.office import FIRST_DAY, repacked
from bot.documents.word_styles import FONTS, NUMBERING, SETTINGS, STYLES, TABLE_STYLE

FOLDER = Path(__file__).parent / "templates"
REPORT, LETTER = "report.docx", "letter.docx"
NOT_OURS = ("thumbnail", "extended-properties", "stylesWithEffects", "customXml", "webSettings")
"""What python-docx's own empty document brings along and we do not want in every file."""

Written = tuple[str, str]
"""A paragraph: its style (none: a tag that governs others) and its text, which a form feed begins on a new page. What
stands between asterisks is bold."""


def report() -> bytes:
    """The template of the commitment report."""
    made = _empty()
    _write(made, _COVER)
    table = made.add_table(rows=0, cols=2)
    _rows(table, (3.8, 13.2), [("tr for figure in figures",), _FIGURE, ("tr endfor",)])
    _without_header(table)
    _write(made, (*_METHOD, *_BOARD))
    table = made.add_table(rows=0, cols=4)
    _rows(table, (3.6, 5, 3.4, 5), [_BOARD_HEAD, ("tr for row in board.rows",), _BOARD_ROW, ("tr endfor",)])
    _repeats(table.rows[0])
    _landscape(made.add_section(WD_SECTION.NEW_PAGE))
    _write(made, [("Heading 1", "{{ table_title }}")])
    table = made.add_table(rows=0, cols=5)
    control = [("tr for city in table",), ("tr for row in city.rows",)]
    _rows(
        table, (2.9, 7.4, 7.4, 3.3, 4.7), [_TABLE_HEAD, *control, _TABLE_ROW, ("tr endfor",), ("tr endfor",)]
    )
    _repeats(table.rows[0])
    _write(made, [("Legend", _LEGEND)])
    _portrait(made.add_section(WD_SECTION.NEW_PAGE))
    _write(made, _CITIES)
    table = made.add_table(rows=0, cols=3)
    _rows(table, (4, 7, 6), _SERIES)
    _repeats(table.rows[0])
    _write(made, _CITIES_ON)
    return _saved(made, "{{ title }} · {{ edition }}")


def letter() -> bytes:
    """The template of the letter to one city."""
    made = _empty()
    _portrait(made.sections[0])
    _write(made, _LETTER_HEAD)
    table = made.add_table(rows=0, cols=4)
    widths = (5.4, 5.2, 3.1, 3.3)
    _rows(table, widths, [_LETTER_TABLE_HEAD, ("tr for row in rows",), _LETTER_ROW, ("tr endfor",)])
    _repeats(table.rows[0])
    _write(made, _LETTER_END)
    return _saved(made, "{{ network }}")


_COVER: Sequence[Written] = (
    ("Title", "{{ title }}"),
    ("Subtitle", "{{ subtitle }}"),
    ("", "{%p for line in scope %}"),
    ("Cover line", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p for line in state %}"),
    ("Small print", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("Heading 1", "\f{{ labels.figures }}"),
)
_METHOD: Sequence[Written] = (
    ("Heading 1", "{{ labels.method }}"),
    ("", "{%p for paragraph in method %}"),
    ("Normal", "{{ paragraph }}"),
    ("", "{%p endfor %}"),
)
_FIGURE = ((("Figure number", "{{ figure.value }}"),), (("Normal", "{{ figure.label }}"),))


def _head(*labels: str) -> tuple[tuple[Written], ...]:
    return tuple((("Cell head", f"{{{{ labels.{label} }}}}"),) for label in labels)


_TOLD = (
    "{% if result.mark %}{{ result.mark.sign }} {% endif %}{% if result.counts and not result.quoted %}"
    "*{{ told(result) }}*{% else %}{{ told(result) }}{% endif %}"
)
_TABLE_HEAD = _head("city", "targets", "results", "status_said", "status_computed")
_TABLE_ROW = (
    (("Cell", "{% vm %}{{ city.name }}"),),
    (("Cell", "{{ row.target }}"),),
    (
        ("", "{%p for result in row.results %}"),
        ("Cell", _TOLD),
        ("", "{%p if result.origin %}"),
        ("Cell note", "{{ result.origin }}"),
        ("", "{%p endif %}"),
        ("", "{%p endfor %}"),
    ),
    (("Cell", "{{ row.status_said }}"),),
    (
        ("Cell", "{{ row.status }}"),
        ("", "{%p if row.differs %}"),
        ("Cell note", "*{{ labels.differs }}*"),
        ("", "{%p endif %}"),
    ),
)
_LEGEND = (
    "*{{ labels.legend }}*   {% for mark in legend %}{{ mark.sign }} {{ mark.word }}   {% endfor %}"
    "*{{ labels.counts }}*"
)
_BOARD: Sequence[Written] = (("Heading 1", "\f{{ board.title }}"), ("Normal", "{{ board.alt }}"))
_BOARD_HEAD = _head("city", "indicator", "share", "status_computed")
_BOARD_ROW = (
    (("Cell", "{{ row.name }}"),),
    (("Cell", "{{ row.label }}"),),
    (("Cell", "{% if row.share is none %}–{% else %}{{ row.shown }}{% endif %}"),),
    (("Cell", "{{ row.status }}"),),
)
_POINT = (
    (("Cell", "{{ point.label }}"),),
    (("Cell", "{{ point.shown }}"),),
    (
        ("Cell", "{% if point.mark %}{{ point.mark.sign }} {{ point.mark.word }}{% endif %}"),
        ("", "{%p if point.published %}"),
        ("Cell note", "{{ labels.published }}"),
        ("", "{%p endif %}"),
    ),
)
_SERIES = (
    _head("year", "value", "kind"),
    ("tr if target.chart.baseline_shown",),
    ((("Cell", "{{ target.chart.baseline_label }}"),), (("Cell", "{{ target.chart.baseline_shown }}"),), ()),
    ("tr endif",),
    ("tr for point in target.chart.points",),
    _POINT,
    ("tr endfor",),
    (
        (("Cell", "{{ target.chart.goal_label }}"),),
        (("Cell", "{{ target.chart.target_shown }}"),),
        (),
    ),
)
"""The figures of a chart."""


def _list(name: str, label: str, shown: str) -> list[Written]:
    """A heading with a list below it, both only where the list has something."""
    return [
        ("", f"{{%p if {name} %}}"),
        ("Heading 3", f"{{{{ labels.{label} }}}}"),
        ("", f"{{%p for line in {name} %}}"),
        ("List Bullet", shown),
        ("", "{%p endfor %}"),
        ("", "{%p endif %}"),
    ]


_CITIES: Sequence[Written] = (
    ("", "{%p for city in cities %}"),
    ("Heading 1", "\f{{ city.name }}"),
    ("Cover line", "{% if city.own_name %}{{ own_name(city) }} · {% endif %}{{ city.country }}"),
    ("Normal", "{{ city.summary }}"),
    ("", "{%p for line in city.commitments %}"),
    ("List Bullet", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p for target in city.targets %}"),
    ("Heading 2", "{{ target.row.indicator }} · {{ target.row.ref }}"),
    ("Normal", "{{ target.promise }}"),
    ("", "{%p for result in target.row.results %}"),
    ("Result", _TOLD),
    ("", "{%p if result.origin %}"),
    ("Result origin", "{{ result.origin }}"),
    ("", "{%p endif %}"),
    ("", "{%p endfor %}"),
    ("Fact", "{{ labels.status_said }}\t{{ target.row.status_said }}"),
    ("Fact", "{{ labels.status_computed }}\t{{ target.row.status }}"),
    ("", "{%p if target.row.differs %}"),
    ("Fact", "\t*{{ labels.differs }}*"),
    ("", "{%p endif %}"),
    ("", "{%p if target.row.formula %}"),
    ("Fact", "{{ labels.formula }}\t{{ target.row.formula }}"),
    ("", "{%p endif %}"),
    ("", "{%p if target.said_words %}"),
    ("Label", "{{ labels.said_words }}"),
    ("Quote", "{{ target.said_words }}"),
    ("", "{%p endif %}"),
    ("", "{%p if target.chart %}"),
    ("", "{%p if pictures %}"),
    ("Picture", "{{ picture(target.chart) }}"),
    ("", "{%p endif %}"),
    ("Caption", "{{ target.chart.alt }}"),
    ("Label", "{{ labels.chart_data }}"),
)
_CITIES_ON: Sequence[Written] = (
    ("", "{%p endif %}"),
    ("", "{%p for line in target.missing %}"),
    ("List Bullet", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p if target.sources %}"),
    ("Heading 3", "{{ labels.provenance }}"),
    ("", "{%p endif %}"),
    ("", "{%p for source in target.sources %}"),
    ("Label", "{{ source.heading }}"),
    ("", "{%p for name, fact in source.lines %}"),
    ("Fact", "{{ name }}\t{{ fact }}"),
    ("", "{%p endfor %}"),
    ("", "{%p for quote in source.quotes %}"),
    ("Small print", "{{ quote.asked }}"),
    ("Quote", "{{ quote.words }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endfor %}"),
    ("", "{%p endfor %}"),
    *_list("city.remarks", "remarks", "{{ line }}"),
    ("", "{%p if city.worked %}"),
    ("Heading 3", "{{ labels.worked }}"),
    ("", "{%p for quote in city.worked %}"),
    ("Small print", "{{ quote.asked }}"),
    ("Quote", "{{ quote.words }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endif %}"),
    *_list("city.wanted", "wanted", "{{ line }}"),
    *_list("city.learnt", "learnt", "{{ line }}"),
    *_list("city.practices", "practices", "{{ line[1] }}"),
    *_list("city.missing", "missing", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("Heading 1", "{{ labels.missing }}"),
    ("", "{%p for line in missing %}"),
    ("List Bullet", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p if not missing %}"),
    ("Normal", "{{ labels.nothing_missing }}"),
    ("", "{%p endif %}"),
)

_LETTER_HEAD: Sequence[Written] = (
    ("Small print", "{{ network }}"),
    ("", "{%p if date %}"),
    ("Small print", "{{ date }}"),
    ("", "{%p endif %}"),
    ("Letter head", "{{ recipient }}"),
    ("", "{%p if city.own_name %}"),
    ("Cover line", "{{ own_name(city) }}"),
    ("", "{%p endif %}"),
    ("Heading 1", "{{ subject }}"),
    ("Normal", "{{ greeting }}"),
    ("Normal", "{{ thanks }}"),
    ("Normal", "{{ city.summary }}"),
    ("Heading 2", "{{ results_title }}"),
)
_LETTER_TABLE_HEAD = _head("targets", "results", "status_said", "status_computed")
_LETTER_ROW = _TABLE_ROW[1:]
_LETTER_END: Sequence[Written] = (
    ("Legend", _LEGEND),
    ("", "{%p if open_points %}"),
    ("Heading 2", "{{ open_title }}"),
    ("Normal", "{{ open_words }}"),
    ("", "{%p for line in open_points %}"),
    ("List Bullet", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endif %}"),
    ("", "{%p if wanted %}"),
    ("Heading 2", "{{ wanted_title }}"),
    ("Normal", "{{ wanted_words }}"),
    ("", "{%p for line in wanted %}"),
    ("List Bullet", "{{ line }}"),
    ("", "{%p endfor %}"),
    ("", "{%p endif %}"),
    ("Heading 2", "{{ next_title }}"),
    ("", "{%p for paragraph in next_words %}"),
    ("Normal", "{{ paragraph }}"),
    ("", "{%p endfor %}"),
    ("Letter end", "{{ closing }}"),
    ("Normal", "{{ signature }}"),
)


def _empty() -> Any:
    """An A4 document with our styles and nothing in it."""
    made = docx.Document()
    for part, content in (
        ("styles", STYLES), ("fontTable", FONTS), ("numbering", NUMBERING), ("settings", SETTINGS)
    ):  # fmt: skip
        _replace(made, part, content)
    for rels in (made.part.package.rels, made.part.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(NOT_OURS)]:
            del rels[key]
    _portrait(made.sections[0])
    return made


def _replace(made: Any, name: str, content: str) -> None:
    part = next(rel.target_part for rel in made.part.rels.values() if rel.reltype.endswith(f"/{name}"))
    if hasattr(part, "_element"):
        part._element = parse_xml(content)
    else:
        part._blob = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + content.encode()


def _write(container: Any, paragraphs: Sequence[Written]) -> None:
    for style, text in paragraphs:
        written = container.add_paragraph(style=style or "Small print")
        for number, piece in enumerate(text.lstrip("\f").split("*")):
            font = written.add_run(piece).font if piece else None
            if font is not None and number % 2:
                font.bold = font.cs_bold = True
        if text.startswith("\f"):
            written.paragraph_format.page_break_before = True


def _rows(table: Any, widths: Sequence[float], rows: Sequence[Any]) -> None:
    """Rows of cells; a row of one text is a tag that governs the rows below it. Widths in centimetres."""
    table.style = TABLE_STYLE
    table.autofit = False
    for written in rows:
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
        if isinstance(written[0], str):
            row.cells[0].paragraphs[0].text = f"{{%{written[0]} %}}"
            row.cells[0].paragraphs[0].style = "Small print"
            continue
        for cell, paragraphs in zip(row.cells, written, strict=True):
            cell._tc.remove(cell.paragraphs[0]._p)
            _write(cell, paragraphs or [("Cell", "")])
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)


def _repeats(row: Any) -> None:
    """The row stands at the head of every page of its table, and is read out as its header."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _without_header(table: Any) -> None:
    look = table._tbl.tblPr.find(qn("w:tblLook"))
    look.set(qn("w:firstRow"), "0")
    look.set(qn("w:val"), "0480")
    for cell in table._cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER


def _page(section: Any, width: Length, height: Length) -> None:
    section.page_width, section.page_height = width, height
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(2)
    section.footer_distance = Cm(1)


def _portrait(section: Any) -> None:
    section.orientation = WD_ORIENT.PORTRAIT
    _page(section, Cm(21), Cm(29.7))


def _landscape(section: Any) -> None:
    section.orientation = WD_ORIENT.LANDSCAPE
    _page(section, Cm(29.7), Cm(21))


def _field(paragraph: Any, code: str) -> None:
    """A field that Word computes, such as the number of the page."""
    for kind in ("begin", "", "separate", "1", "end"):
        run = paragraph.add_run(kind if kind == "1" else "")
        if kind == "":
            text = OxmlElement("w:instrText")
            text.text = f" {code} "
            run._r.append(text)
        elif kind != "1":
            mark = OxmlElement("w:fldChar")
            mark.set(qn("w:fldCharType"), kind)
            run._r.append(mark)


def _saved(made: Any, footer: str) -> bytes:
    line = made.sections[0].footer.paragraphs[0]
    line.style = "Footer"
    line.add_run(f"{footer} · ")
    _field(line, "PAGE")
    line.add_run(" / ")
    _field(line, "NUMPAGES")
    about = made.core_properties
    about.author = about.last_modified_by = about.comments = about.keywords = ""
    about.title = "Focal"
    about.created = about.modified = FIRST_DAY
    target = BytesIO()
    made.save(target)
    return repacked(target.getvalue())


MADE: dict[str, Callable[[], bytes]] = {REPORT: report, LETTER: letter}

if __name__ == "__main__":
    for name, make in MADE.items():
        (FOLDER / name).write_bytes(make())
