"""The report in Word: every cell, every script, every injection, and templates that a secretary changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st
from samples_documents import INJECTIONS, document, many, nasty

from bot.documents import word
from bot.documents.composition import compose
from bot.documents.document import Document, Mark, ResultLine
from bot.documents.office import moment_of, storable
from bot.documents.signs import in_quotes
from bot.documents.word import MOST_PICTURES, charts_of, own_template, to_docx
from bot.documents.word_rendering import WordFile
from bot.documents.word_templates import FOLDER, MADE, REPORT
from bot.domain.errors import OperatorError

SHIPPED = FOLDER / REPORT
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def opened(content: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(content))


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def shown(line: ResultLine, language: str) -> str:
    words = in_quotes(line.text, language) if line.quoted else line.text
    text = f"{line.mark.sign} {words}" if line.mark else words
    return f"{text}\n{line.origin}" if line.origin else text


def all_text(content: bytes) -> str:
    file = opened(content)
    body = [paragraph.text for paragraph in file.paragraphs]
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join((*body, *cells))


def template_with(folder: Path, *paragraphs: str) -> Path:
    """The shipped template with paragraphs that a secretary added at its end."""
    file = docx.Document(str(SHIPPED))
    for text in paragraphs:
        file.add_paragraph(text)
    path = folder / REPORT
    file.save(str(path))
    return path


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_cell_of_the_table_stands_in_word(language: str) -> None:
    told = document(language)
    table = opened(to_docx(told)).tables[2]
    assert [cell.text for cell in table.rows[0].cells] == [
        told.labels[label] for label in ("city", "targets", "results", "status_said", "status_computed")
    ]
    assert [[cell.text for cell in row.cells] for row in table.rows[1:]] == [
        [
            row.city,
            row.target,
            "\n".join(shown(line, language) for line in row.results),
            row.status_said,
            f"{row.status}\n{told.labels['differs']}" if row.differs else row.status,
        ]
        for row in told.table
    ]


def test_the_result_that_counts_is_bold_and_the_legend_says_so() -> None:
    told = document()
    body = opened(to_docx(told)).tables[2]
    for row, cells in zip(told.table, body.rows[1:], strict=True):
        runs = [run for paragraph in cells.cells[2].paragraphs for run in paragraph.runs if run.text.strip()]
        bold = [run.text for run in runs if run.bold]
        assert bold == [line.text for line in row.results if line.counts and not line.quoted]
    legend = next(p for p in opened(to_docx(told)).paragraphs if told.labels["counts"] in p.text)
    assert all(mark.sign in legend.text for mark in told.legend)
    assert told.labels["counts"] in [run.text for run in legend.runs if run.bold]


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_the_board_and_the_figures_of_every_chart_stand_in_tables(language: str) -> None:
    told = document(language)
    _, board, _, *series = opened(to_docx(told)).tables
    assert [[cell.text for cell in row.cells] for row in board.rows[1:]] == [
        [row.name, row.label, "–" if row.share is None else row.shown, row.status] for row in told.board.rows
    ]
    charts = [target.chart for city in told.cities for target in city.targets if target.chart]
    for table, chart in zip(series, charts, strict=True):
        shown_in = [row.cells[1].text for row in table.rows[1:]]
        baseline = [chart.baseline_shown] if chart.baseline_shown else []
        assert shown_in == [*baseline, *(point.shown for point in chart.points), chart.target_shown]


def test_what_office_keeps_of_those_who_made_a_template_is_not_published(tmp_path: Path) -> None:
    file = docx.Document(str(SHIPPED))
    about = file.core_properties
    about.author = about.comments = about.keywords = about.category = "Maria Lim"
    about.content_status = about.identifier = about.version = about.last_modified_by = "Maria Lim"
    package = file.part.package
    for kind, name in (("extended", "app"), ("custom", "custom")):
        uri = PackURI(f"/docProps/{name}.xml")
        part = Part(
            uri,
            f"application/vnd.openxmlformats-officedocument.{kind}-properties+xml",
            b"<x>Maria Lim</x>",
            package,
        )
        package.relate_to(part, f"{OFFICE}/{kind}-properties")
    own = Part(PackURI("/customXml/item1.xml"), "application/xml", b"<x>Maria Lim</x>", package)
    file.part.relate_to(own, RELATIONSHIP_TYPE.CUSTOM_XML)
    settings = file.part._settings_part
    made_from = settings.relate_to(
        "file:///C:/Users/Maria Lim/a.dotx", f"{OFFICE}/attachedTemplate", is_external=True
    )
    named = OxmlElement("w:attachedTemplate")
    named.set(qn("r:id"), made_from)
    settings.element.insert(0, named)
    file.save(str(tmp_path / REPORT))
    assert any(b"Maria" in content for content in parts((tmp_path / REPORT).read_bytes()).values())
    made = parts(to_docx(document(), tmp_path / REPORT))
    assert not [name for name, content in made.items() if b"Maria" in content]
    assert "docProps/custom.xml" not in made
    assert b"attachedTemplate" not in made["word/settings.xml"]


def test_a_city_stands_once_beside_its_rows() -> None:
    told = document()
    merges = [row._tr.tc_lst[0].vMerge for row in opened(to_docx(told)).tables[2].rows[1:]]
    assert merges == ["restart" if row.first else "continue" for row in told.table]


def test_the_cover_the_figures_and_the_cities_are_set_in_styles_of_word() -> None:
    told = document("zh")
    file = opened(to_docx(told))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in file.paragraphs if paragraph.style]
    assert styled[0] == ("Title", told.title)
    assert styled[1] == ("Subtitle", told.subtitle)
    headings = [text for style, text in styled if style == "Heading 1"]
    assert headings == [
        told.labels["figures"],
        told.labels["method"],
        told.board.title,
        told.table_title,
        *(city.name for city in told.cities),
        told.labels["missing"],
    ]
    assert [[cell.text for cell in row.cells] for row in file.tables[0].rows] == [
        [figure.value, figure.label] for figure in told.figures
    ]
    assert {"Quote", "Caption", "Heading 2", "List Bullet"} <= {style for style, _ in styled}


def test_the_header_repeats_rows_do_not_break_and_pages_are_numbered() -> None:
    content = to_docx(document())
    rows = opened(content).tables[2].rows
    assert rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in rows)
    footer = parts(content)["word/footer1.xml"].decode()
    assert " PAGE " in footer
    assert document().title in footer
    assert "{{" not in footer
    assert "Draft, not published" in footer, "every page says what it is"
    assert [section.orientation for section in opened(content).sections] == [0, 1, 0]


@pytest.mark.parametrize(("language", "latin"), [("en", "en-GB"), ("fr", "fr-FR"), ("zh", "en-GB")])
def test_word_knows_the_language_and_has_a_font_for_each_script(language: str, latin: str) -> None:
    styles = parts(to_docx(document(language)))["word/styles.xml"].decode()
    assert f'w:lang w:val="{latin}" w:eastAsia="zh-CN" w:bidi="th-TH"' in styles
    fonts = re.search(r"<w:rFonts[^>]*>", styles)
    assert fonts is not None
    assert {"w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"} <= set(re.findall(r"[\w]+:\w+(?==)", fonts.group()))


def test_a_name_in_another_script_says_its_language() -> None:
    body = parts(to_docx(document()))["word/document.xml"].decode()
    for tag, name in (("ja-JP", "北九州市"), ("ko-KR", "울산시"), ("th-TH", "นนทบุรี"), ("ne-NP", "काठमाडौं")):
        assert re.search(rf'w:(eastAsia|bidi)="{tag}"/></w:rPr><w:t[^>]*>{name}<', body)


def test_each_chart_is_a_picture_that_a_screen_reader_can_tell() -> None:
    told = document()
    file = opened(to_docx(told))
    alts = [one.get("descr") for one in file.element.iter(qn("wp:docPr"))]
    assert alts == [target.chart.alt for city in told.cities for target in city.targets if target.chart]
    assert len(alts) == charts_of(told) > 3
    assert len({one.get("id") for one in file.element.iter(qn("wp:docPr"))}) == len(alts)


def test_too_many_charts_are_told_in_words_alone() -> None:
    few = compose(many(5), "en")
    told = replace(few, cities=few.cities * (MOST_PICTURES // charts_of(few) + 1))
    content = to_docx(told)
    assert not any(name.startswith("word/media") for name in parts(content))
    chart = next(target.chart for city in told.cities for target in city.targets if target.chart)
    assert chart.alt in all_text(content)


@pytest.mark.parametrize("told", [document("en"), document("zh"), nasty()], ids=["en", "zh", "nasty"])
def test_the_same_document_gives_the_same_bytes(told: Document) -> None:
    content = to_docx(told)
    assert content == to_docx(told)
    with ZipFile(BytesIO(content)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = opened(content).core_properties
    assert about.created == about.modified == moment_of(told.as_of)
    assert (about.title, about.language) == (told.title, told.language)


def test_what_rests_on_no_dated_decision_has_the_first_day_of_1980() -> None:
    about = opened(to_docx(replace(document(), as_of=""))).core_properties
    assert about.created is not None
    assert about.created.isoformat() == "1980-01-01T00:00:00+00:00"


@cache
def nasty_words() -> str:
    return all_text(to_docx(nasty()))


@pytest.mark.parametrize("words", INJECTIONS)
def test_what_people_typed_stands_as_they_typed_it(words: str) -> None:
    assert storable(words) in nasty_words()


def every_free_text(told: Document) -> Iterator[str]:
    for row in told.table:
        yield from (row.city, row.target, row.status_said, *(line.text for line in row.results))
    for city in told.cities:
        yield from (city.name, city.country, city.summary, *city.commitments, *city.remarks, *city.missing)
        yield from (*city.wanted, *city.learnt, *(title for _, title in city.practices))
        yield from (words for quote in city.worked for words in (quote.asked, quote.words))
        for target in city.targets:
            yield from (target.promise, target.said_words, *target.missing)
            for source in target.sources:
                yield from (source.heading, *(fact for _, fact in source.lines))
                yield from (words for quote in source.quotes for words in (quote.asked, quote.words))
    yield from (*told.missing, *told.method, *told.scope, *told.state)


def test_no_words_of_the_document_are_lost() -> None:
    told = nasty()
    written = nasty_words()
    for words in every_free_text(told):
        assert storable(words) in written


@settings(max_examples=40, deadline=None)
@given(words=st.text(min_size=1, max_size=60))
def test_whatever_is_typed_gives_a_document_that_opens(words: str) -> None:
    told = document()
    row = replace(told.table[0], target=words)
    small = replace(told, title=words, table=(row,), cities=(), missing=(words,))
    file = opened(to_docx(small))
    assert file.tables[2].rows[1].cells[1].text == storable(words)
    assert file.paragraphs[-1].text == storable(words)


@pytest.mark.parametrize("name", sorted(MADE))
def test_the_shipped_template_is_what_the_module_makes(name: str) -> None:
    assert parts((FOLDER / name).read_bytes()) == parts(MADE[name]())


def test_the_secretariats_own_template_is_used(tmp_path: Path) -> None:
    template_with(tmp_path, "Printed for the ministers: {{ title }}, {{ figures[0].value }}")
    template = own_template(tmp_path, REPORT)
    told = document()
    last = opened(to_docx(told, template)).paragraphs[-1].text
    assert last == f"Printed for the ministers: {told.title}, {told.figures[0].value}"
    assert own_template(tmp_path, "letter.docx") is None


def test_what_word_makes_of_a_tag_while_it_is_typed_does_no_harm(tmp_path: Path) -> None:
    file = docx.Document(str(SHIPPED))
    split = file.add_paragraph("Of {{ ti")
    split.add_run("tle }}").bold = True
    file.add_paragraph("In {{ labels[“city”] }}")
    file.save(str(tmp_path / REPORT))
    told = document()
    last = [paragraph.text for paragraph in opened(to_docx(told, tmp_path / REPORT)).paragraphs[-2:]]
    assert last == [f"Of {told.title}", f"In {told.labels['city']}"]


def test_spaces_at_the_ends_of_words_stay(tmp_path: Path) -> None:
    told = replace(document(), title="  two before and after  ")
    body = parts(to_docx(told))["word/document.xml"].decode()
    assert '<w:t xml:space="preserve">  two before and after  </w:t>' in body


def test_an_empty_cell_of_a_template_is_no_broken_file(tmp_path: Path) -> None:
    file = docx.Document(str(SHIPPED))
    cell = file.add_table(1, 1).rows[0].cells[0]
    cell.paragraphs[0].text = "{%p if missing == 1 %}"
    cell.add_paragraph("never")
    cell.add_paragraph("{%p endif %}")
    file.save(str(tmp_path / REPORT))
    content = to_docx(document(), tmp_path / REPORT)
    assert opened(content).tables[-1].rows[0].cells[0].text == ""


@pytest.mark.parametrize(
    ("paragraphs", "said"),
    [
        (("Dear {{ titel }}",), ("“Dear {{ titel }}”", "'titel' is undefined", "“title”")),
        (("All {{ labels.citty }}",), ("“All {{ labels.citty }}”", "citty", "“city”")),
        (("Open {% if title %} only",), ("if",)),
        (("Close {% endfor %} only",), ("“Close {% endfor %} only”", "endfor")),
        (("So {{ title | upperr }}",), ("“So {{ title | upperr }}”", "upperr")),
        (("Sum {{ title + 1 }}",), ("“Sum {{ title + 1 }}”", "TypeError")),
        (("In {{ title.__class__.__mro__ }}",), ("“In {{ title.__class__.__mro__ }}”", "__class__")),
        (("{% for line in scope %}", "{%p endfor %}"), ("a tag opens in one place and closes in another",)),
    ],
)
def test_a_broken_template_is_explained(
    tmp_path: Path, paragraphs: tuple[str, ...], said: tuple[str, ...]
) -> None:
    template = template_with(tmp_path, *paragraphs)
    with pytest.raises(OperatorError) as told:
        to_docx(document(), template)
    assert str(template) in str(told.value)
    for words in said:
        assert words in str(told.value)


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x05\x06" + b"\x00" * 18])
def test_a_template_that_is_no_word_file_is_told(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / REPORT
    template.write_bytes(content)
    with pytest.raises(OperatorError, match="is no Word document"):
        to_docx(document(), template)


def test_the_handbook_names_only_what_a_template_can_name() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "secretariat.md").read_text("utf-8")
    part = handbook.partition("| in `report.docx` | |")[2].partition("| in `letter.docx`")[0]
    told = document()
    city = told.cities[0]
    block = next(target for one in told.cities for target in one.targets if target.chart)
    known = {
        **word.names(told, WordFile(SHIPPED)),
        "figure": told.figures[0],
        "city": city,
        "row": told.table[0],
        "result": ResultLine("", Mark("", "", "")),
        "target": block,
        "point": block.chart.points[0] if block.chart else None,
    }
    said = re.findall(r"`([a-z_.]+)(?:\([a-z.]+\))?`", part)
    assert len(said) > 40
    for name in said:
        first, *rest = name.split(".")
        found = known[first]
        for step in rest:
            is_row = first == "city" and step == "rows"
            found = (
                found[step]
                if first == "labels"
                else getattr(word.grouped(told.table)[0] if is_row else found, step)
            )


def test_thousands_of_cities_do_not_take_long() -> None:
    told = compose(many(300), "en")
    board, table = opened(word.to_docx(told)).tables[1:3]
    assert len(table.rows) == len(board.rows) == len(told.table) + 1
