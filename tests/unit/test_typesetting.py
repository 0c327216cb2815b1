"""PDF and pictures by typst: the same bytes twice, every figure in it, everything as it was typed, no empty boxes."""

from __future__ import annotations

import re
import struct
import unicodedata
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

import pytest
import samples_documents as samples
from hypothesis import given
from hypothesis import strategies as st
from pypdfium2 import PdfDocument

from bot.documents.composition import compose
from bot.documents.document import Board, BoardRow, Chart, ChartPoint, Document, Mark
from bot.documents.figures import Box, board_figure, chart_figure, wide
from bot.documents.fonts import covered, drawable, han_form
from bot.documents.signs import STATUS_SIGNS
from bot.documents.typesetting import MOST_CITIES_PRINTED, board_png, chart_png, to_pdf

MEASURED = Mark("measured", "●", "measured")
EXPECTED = Mark("expected", "○", "expected")
SPACE = re.compile(r"[\s\u00a0\u00ad\u200b-\u200d\u2060\ufffe]")


def point(value: str, year: int | None, mark: Mark = MEASURED, shown: str = "") -> ChartPoint:
    return ChartPoint(Decimal(value), shown or f"{value} %", year, str(year or "no year"), mark)


def chart(*points: ChartPoint, **more: object) -> Chart:
    told: dict[str, object] = {
        "title": "Waste generation",
        "unit": "%",
        "target": Decimal(-30),
        "target_shown": "−30 %",
        "target_label": "Target",
        "due": 2030,
        "alt": "Nonthaburi: −28 % of −30 %.",
    }
    return Chart(points=points, **{**told, **more})  # type: ignore[arg-type]


SERIES = chart(point("-26", 2027), point("-28", 2028), point("-30", 2030, EXPECTED))


def board(rows: int) -> Board:
    codes = ("reached", "not-reached", "no-result")
    return Board(
        "Where every target stands",
        f"{rows} targets",
        tuple(
            BoardRow(f"City {n}", "Waste", Decimal(40 * n) if n % 3 < 2 else None, "", codes[n % 3], "…")
            for n in range(rows)
        ),
        (("reached", "Reached"), ("not-reached", "Not reached"), ("no-result", "No result yet")),
        "What was promised",
        "alt",
    )


def text_of(pdf: bytes) -> str:
    """All text of it without white space, which breaks where lines do."""
    pages = (page.get_textpage().get_text_range() for page in PdfDocument(pdf))
    return SPACE.sub("", "".join(pages))


def squeezed(text: str) -> str:
    return SPACE.sub("", unicodedata.normalize("NFC", drawable(text)))


def size_of(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


# --- PDF


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_a_pdf_is_the_same_byte_for_byte_when_it_is_set_again(language: str) -> None:
    document = samples.document(language)
    assert to_pdf(document) == to_pdf(samples.document(language))


def test_it_is_the_same_when_several_are_set_at_once() -> None:
    documents = [samples.document(language) for language in ("en", "zh", "fr")]
    alone = [to_pdf(document) for document in documents]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(to_pdf, documents * 2))
        charts = set(threads.map(lambda _: chart_png(SERIES, "en"), range(6)))
    assert together == alone * 2
    assert len(charts) == 1


def test_another_day_gives_another_pdf_and_no_day_at_all_gives_one_too() -> None:
    document = samples.document()
    dated, later = to_pdf(document), to_pdf(replace(document, as_of="2027-01-01T00:00:00+00:00"))
    undated = to_pdf(replace(document, as_of=""))
    assert len({dated, later, undated}) == 3
    assert PdfDocument(dated).get_metadata_value("CreationDate").startswith("D:20261205123000")
    assert PdfDocument(undated).get_metadata_value("CreationDate").startswith("D:19800101")


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_cell_of_the_table_stands_in_the_pdf(language: str) -> None:
    document = samples.document(language)
    text = unicodedata.normalize("NFC", text_of(to_pdf(document)))
    for row in document.table:
        for cell in (row.city, row.target, row.status, row.status_said, *(one.text for one in row.results)):
            assert squeezed(cell) in text, cell
    for figure in document.figures:
        assert squeezed(figure.value) in text
        assert squeezed(figure.label) in text
    for page in document.cities:
        told = [source for block in page.targets for source in block.sources]
        words = [quote.words for source in told for quote in source.quotes]
        facts = [fact for source in told for _, fact in source.lines]
        missing = [gap for block in page.targets for gap in block.missing]
        for piece in (*words, *facts, *missing, *page.missing, *page.remarks, page.own_name, page.summary):
            assert squeezed(piece) in text, piece


def test_what_people_typed_is_never_markup() -> None:
    text = unicodedata.normalize("NFC", text_of(to_pdf(samples.nasty())))
    for typed in samples.INJECTIONS:
        assert squeezed(typed) in text, typed


def one_answer(words: str, name: str = "Sibu") -> Document:
    """The report on a city that answered this, in the table and among the words of its source."""
    city = samples.sibu()
    made = city.commitments[0]
    target = made.lines[0].target
    said = samples.told(
        target,
        samples.of_report("sibu", "5", words),
        counts=True,
        value="-5",
        unit="%",
        year=2026,
        words=words,
    )
    made = replace(made, lines=(samples.line("2025a", target, said),))
    return compose(samples.report(replace(city, name=samples.text(name), commitments=(made,))), "en")


def beside_the_page(pdf: bytes) -> list[str]:
    """Characters that stand beyond the margins of a page."""
    found = []
    for page in PdfDocument(pdf):
        width, height = page.get_size()
        text = page.get_textpage()
        for n in range(text.count_chars()):
            left, bottom, right, top = text.get_charbox(n)
            if left < 36 or right > width - 36 or bottom < 20 or top > height:
                found.append(text.get_text_range(n, 1))
    return found


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("\n".join(f"x{n}" for n in range(250)), "Sibu"),
        ("W" * 400, "Sibu"),
        ("Ж" * 200 + " " + "9" * 200, "Sibu"),
        ("https://example.org/" + "abc_" * 60, "Sibu"),
        ("Five.", "C" * 200),
    ],
    ids=["many lines", "a long word", "other letters", "an address", "a long name"],
)
def test_nothing_that_was_typed_leaves_the_paper(words: str, name: str) -> None:
    pdf = to_pdf(one_answer(words, name))
    assert beside_the_page(pdf) == []
    text = text_of(pdf)
    assert text.count(squeezed(words)) >= 1 or all(text.count(line) >= 2 for line in words.split("\n"))


def test_a_long_word_stays_in_its_column() -> None:
    """What runs out of a column of the table is written over the next one."""
    pdf = PdfDocument(to_pdf(one_answer("W" * 300)))
    page = next(page for page in pdf if "WWWW" in page.get_textpage().get_text_range())
    text = page.get_textpage()
    ends = [text.get_charbox(n)[2] for n in range(text.count_chars()) if text.get_text_range(n, 1) == "W"]
    said_begins = page.get_size()[0] - (18 + 31 + 27) * 72 / 25.4
    assert max(ends) < said_begins


def test_own_names_and_quotes_say_in_which_language_they_are() -> None:
    pdf = to_pdf(samples.document())
    pieces = [pdf]
    for begin in re.finditer(rb"stream\r?\n", pdf):
        with suppress(zlib.error):
            pieces.append(zlib.decompress(pdf[begin.end() : pdf.find(b"endstream", begin.end())]))
    told = {language.decode() for piece in pieces for language in re.findall(rb"/Lang ?\(([^)]*)\)", piece)}
    own = {page.own_language for page in samples.document().cities if page.own_name}
    assert own == {"ja", "ko", "ne", "th"}
    assert own | {"en", "und"} <= told


def test_it_says_its_title_and_language_and_has_bookmarks_and_tags() -> None:
    pdf = to_pdf(samples.document("zh"))
    opened = PdfDocument(pdf)
    assert opened.get_metadata_value("Title") == "承诺报告 – 2026年报告"
    assert re.search(rb"/Lang ?\(zh", pdf)
    assert b"/StructTreeRoot" in pdf
    assert b"pdfuaid" in pdf
    titles = [item.get_title() for item in opened.get_toc()]
    assert {"加德满都市", "北九州市", "蔚山市"} < set(titles)


def test_a_report_of_nothing_can_be_printed() -> None:
    empty = compose(samples.report(samples.ulsan()), "en")
    bare = replace(empty, cities=(), table=(), figures=(), board=replace(empty.board, rows=()), legend=())
    assert len(PdfDocument(to_pdf(bare))) >= 3


def test_more_cities_than_a_book_holds_keep_their_table_and_say_that_their_pages_are_elsewhere() -> None:
    one = compose(samples.report(samples.sibu()), "en")
    many: Document = replace(one, cities=one.cities * (MOST_CITIES_PRINTED + 1))
    text = text_of(to_pdf(many))
    assert squeezed(many.labels["pages_elsewhere"]) in text
    assert squeezed(one.table[0].target) in text
    assert squeezed(one.cities[0].remarks[0]) not in text


# --- pictures


@pytest.mark.parametrize("width", [1080, 540])
def test_a_chart_is_a_picture_as_wide_as_a_phone(width: int) -> None:
    png = chart_png(SERIES, "en", width)
    assert size_of(png)[0] == width
    assert size_of(png)[1] < width
    assert png == chart_png(SERIES, "en", width)
    assert len(png) < 100_000


def test_names_in_every_script_of_the_network_change_the_picture_and_break_nothing() -> None:
    titles = [
        "นนทบุรี",
        "काठमाडौं",
        "울산광역시",
        "北九州市",
        "蔚山市",
        "Thành phố Huế",
        "Улаанбаатар",
        "😀 #hack $x$",
    ]
    assert len({chart_png(replace(SERIES, title=title), "en") for title in titles}) == len(titles)


def test_the_han_of_a_chart_is_drawn_in_the_way_of_its_language() -> None:
    bones = replace(SERIES, title="直骨海角")
    assert chart_png(bones, "zh") != chart_png(bones, "ja")


def test_a_board_is_drawn_row_by_row_and_a_long_one_is_counted() -> None:
    short, longer = board_png(board(3), "en"), board_png(board(9), "en")
    assert size_of(short)[0] == size_of(longer)[0] == 1080
    assert size_of(short)[1] < size_of(longer)[1]
    drawn, counted = board_figure(board(9), 9), board_figure(board(10), 9)
    assert (len(drawn["rows"]), drawn["counts"]) == (9, [])
    assert counted["rows"] == []
    assert [(one["code"], one["count"]) for one in counted["counts"]] == [
        ("reached", 4),
        ("not-reached", 3),
        ("no-result", 3),
    ]
    assert size_of(board_png(board(300), "en"))[1] < 1200


def test_a_share_beyond_the_board_is_cut_with_an_arrow_and_one_below_zero_has_no_bar() -> None:
    rows = (
        BoardRow("Bangkok", "", Decimal(240), "240 %", "exceeded", ""),
        BoardRow("Ulsan", "", Decimal(-5), "−5 %", "worse", ""),
        BoardRow("Cebu", "", None, "", "no-result", "No result yet"),
    )
    drawn = board_figure(replace(board(0), rows=rows), 9)["rows"]
    assert [(row["length"], row["beyond"]) for row in drawn] == [(1.0, True), (0.0, False), (None, False)]


# --- where things stand in a chart


def test_points_stand_in_the_order_of_their_years_and_values() -> None:
    drawn = chart_figure(SERIES)
    across, up = [p["x"] for p in drawn["points"]], [p["y"] for p in drawn["points"]]
    assert across == sorted(across)
    assert up == sorted(up, reverse=True)
    assert drawn["points"][-1]["y"] == pytest.approx(drawn["target"])
    assert drawn["points"][-1]["x"] == pytest.approx(drawn["due"])
    gaps = [b - a for a, b in pairwise(across)]
    assert gaps[1] == pytest.approx(2 * gaps[0])


def test_a_fall_is_drawn_from_zero_where_it_began() -> None:
    assert chart_figure(SERIES)["zero"] > max(p["y"] for p in chart_figure(SERIES)["points"])


def test_a_figure_without_a_year_stands_apart_and_on_no_line() -> None:
    drawn = chart_figure(chart(point("-10", 2026), point("-20", 2027), point("-25", None), due=2027))
    first, second, apart = drawn["points"]
    assert first["x"] < second["x"] < apart["x"]
    assert (second["dated"], apart["dated"]) == (True, False)


def test_a_figure_without_a_year_says_so_below_it() -> None:
    for points in ([point("-10", 2025), point("-25", None)], [point("-25", None)]):
        drawn = chart_figure(chart(*points, due=2030))
        assert drawn["apart"]["text"] == "no year"
        apart = drawn["points"][-1]
        assert drawn["apart"]["begin"] < apart["x"] < drawn["apart"]["end"]
        assert apart["year"] == "", "it is said once, in the middle of its part"
        assert all(p["x"] < drawn["apart"]["begin"] for p in drawn["points"] if p["dated"])
        assert not drawn["apart"]["begin"] <= drawn["due"] < drawn["apart"]["end"]
    assert chart_figure(SERIES)["apart"] is None


def test_the_line_of_zero_is_labelled_and_a_scale_without_it_says_so() -> None:
    words = "The scale does not begin at zero."
    fall = chart_figure(replace(SERIES, off_zero=words))
    assert fall["zero_y"] > fall["zero"]
    assert fall["off_zero"] == ""
    high = chart_figure(chart(point("92", 2026), point("94", 2027), target=Decimal(95), off_zero=words))
    assert (high["zero"], high["off_zero"]) == (None, words)
    assert chart_png(replace(SERIES, off_zero="x"), "en") == chart_png(SERIES, "en")


def test_the_counts_of_many_targets_stand_whole_on_one_page_below_their_heading() -> None:
    many = compose(samples.report(samples.sibu()), "en")
    rows = many.board.rows * 100
    looks = tuple(STATUS_SIGNS)
    rows = tuple(replace(row, look=looks[n % len(looks)]) for n, row in enumerate(rows))
    legend = tuple((look, f"Status {look}") for look in looks)
    book = PdfDocument(
        to_pdf(replace(many, board=replace(many.board, rows=rows, legend=legend), figures=many.figures * 2))
    )
    pages = [SPACE.sub("", page.get_textpage().get_text_range()) for page in book]
    (whole,) = [n for n, text in enumerate(pages) if squeezed("Status exceeded") in text]
    assert all(squeezed(words) in pages[whole] for _, words in legend)
    text = book[whole].get_textpage()
    said = text.get_text_range()
    subtitle, first = said.index(many.board.subtitle), said.index("Status exceeded")
    assert text.get_charbox(subtitle)[1] > text.get_charbox(first)[3] + 3, "nothing is written over it"


def test_a_long_unit_is_said_once() -> None:
    drawn = chart_figure(chart(point("1.02", 2024, shown="1.02 kg per person"), unit="kg per person"))
    assert drawn["points"][0]["shown"] == "1.02"


values = st.decimals(-10_000, 10_000, places=2)
years = st.one_of(st.none(), st.integers(1990, 2035))


@given(
    st.lists(st.tuples(values, years), min_size=1, max_size=12),
    st.one_of(st.none(), values),
    st.one_of(st.none(), st.integers(2000, 2035)),
    st.one_of(st.none(), values),
)
def test_nothing_of_a_chart_stands_outside_of_it(
    told: list[tuple[Decimal, int | None]], target: Decimal | None, due: int | None, baseline: Decimal | None
) -> None:
    points = [point(str(value), year) for value, year in told]
    drawn = chart_figure(chart(*points, target=target, due=due, baseline=baseline, baseline_shown="0"))
    for one in drawn["points"]:
        assert 0 <= one["x"] <= 1
        assert 0 < one["y"] < 1
        assert wide(one["shown"]) * 0.0205 / 2 <= one["label_x"] + 0.001
    for line in ("target", "due", "baseline"):
        assert drawn[line] is None or 0 <= drawn[line] <= 1


def test_figures_of_a_usual_series_do_not_cover_each_other() -> None:
    series = chart(*(point(str(-5 * n), 2020 + n) for n in range(1, 7)), due=2030)
    drawn = chart_figure(series)["points"]
    boxes = [Box(p["label_x"], p["label_y"], wide(p["shown"]) * 0.0205, 0.105) for p in drawn]
    assert not any(one.touches(other) for one, other in combinations(boxes, 2))


# --- fonts


def test_all_scripts_of_the_network_and_all_our_signs_are_in_the_fonts() -> None:
    samples_of_scripts = (
        "Łódź Huế Đà Nẵng Улаанбаатар Αθήνα นนทบุรี काठमाडौं 울산 北九州 かなカナ 臺灣 蔚山 ●◐○?★✓▷△☆◆◇▼□–≠→"
    )
    assert drawable(samples_of_scripts) == samples_of_scripts


def test_what_no_font_has_is_named_and_nothing_turns_the_direction_of_the_text() -> None:
    assert drawable("well done 🎉👍🏽") == "well done ‹party popper›‹thumbs up sign›"
    assert drawable("ភ្នំពេញ 7") == "‹khmer ×7› 7"
    assert drawable("a\u202eb\x07c\td\ne") == "abc d\ne"


@given(st.text())
def test_whatever_is_typed_can_be_printed(text: str) -> None:
    assert set(drawable(text)) <= covered() | set("‹›×")


@pytest.mark.parametrize(
    ("text", "language", "form"),
    [
        ("北九州市", "ja", "JP"),
        ("北九州市", "", "SC"),
        ("リサイクル率は下がった", "", "JP"),
        ("1인당 하루", "", "KR"),
        ("臺北", "zh-Hant", "TC"),
        ("威海", "zh", "SC"),
    ],
)
def test_han_characters_take_the_form_of_their_language(text: str, language: str, form: str) -> None:
    assert han_form(text, language) == form
