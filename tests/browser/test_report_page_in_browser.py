"""The commitment report in a real browser: by day and by night, on a phone, on paper, and for a screen reader."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT / "tests" / "unit"))

import samples_documents as s  # noqa: E402 - the samples of the unit tests

from bot.documents.composition import compose  # noqa: E402
from bot.documents.office import storable  # noqa: E402
from bot.documents.page import to_html  # noqa: E402
from bot.domain.words import LocalText  # noqa: E402

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
WIDE, PHONE, SMALL = ({"width": width, "height": 860} for width in (1280, 390, 320))
READABLE, VISIBLE = 4.5, 3.0
"""Contrasts that WCAG 2.2 asks for, of text and of signs."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="no Chromium on this machine: apt install chromium",
    ),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield found
        found.close()


def shown(browser: Browser, html: bytes, folder: Path, **look: object) -> Page:
    """The page, opened as a file; whatever it asks of the network or says in the console fails the test."""
    path = folder / "report.html"
    path.write_bytes(html)
    page = browser.new_context(**{"viewport": WIDE, **look}).new_page()  # type: ignore[arg-type]
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: pytest.fail(message.text))
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    page.goto(path.as_uri())
    assert asked == [path.as_uri()]
    return page


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
def test_headings_come_in_order_and_the_parts_of_the_page_have_names(
    browser: Browser, tmp_path: Path, language: str
) -> None:
    page = shown(browser, to_html(s.document(language)), tmp_path)
    levels = page.evaluate("[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map(h => +h.tagName[1])")
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for landmark in ("banner", "navigation", "main", "contentinfo"):
        assert page.get_by_role(landmark).count() == 1  # type: ignore[arg-type]
    labels = s.document(language).labels
    for code in ("figures", "method", "table", "cities", "missing"):
        assert page.get_by_role("region", name=labels[code], exact=True).count() == 1
    assert page.get_by_role("article").count() == 5


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_the_table_is_a_table_to_a_screen_reader_on_every_screen(
    browser: Browser, tmp_path: Path, viewport: dict[str, int]
) -> None:
    page = shown(browser, to_html(s.document()), tmp_path, viewport=viewport)
    table = page.get_by_role("table", name="Targets of the cities and what came of them")
    assert table.get_by_role("columnheader").all_inner_texts() == [
        "City",
        "Targets",
        "Results",
        "Status as stated",
        "Status as computed",
    ]
    assert table.get_by_role("rowheader").count() == 5
    assert table.get_by_role("row").count() == 11
    assert table.get_by_role("rowheader", name="Nonthaburi").is_visible()


def test_a_chart_is_a_picture_with_a_name_a_description_and_its_figures_in_text(
    browser: Browser, tmp_path: Path
) -> None:
    page = shown(browser, to_html(s.document()), tmp_path)
    sibu = page.get_by_role("article", name="Sibu")
    chart = sibu.get_by_role("img")
    assert chart.count() == 1
    name = chart.get_attribute("aria-labelledby") or ""
    said = [page.locator(f"[id='{part}']").text_content() or "" for part in name.split()]
    assert said[0] == "Waste generation"
    assert "Target: −10 to −15\u202f% by 2030." in said[1]
    data = sibu.get_by_role("table", name="The figures of the chart")
    assert data.get_by_role("row").count() == 5, "a head, three figures, the target"


def test_the_keyboard_gets_past_the_contents_at_once(browser: Browser, tmp_path: Path) -> None:
    page = shown(browser, to_html(s.document()), tmp_path)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to the table")
    assert link.evaluate("node => node === document.activeElement")
    box = link.bounding_box()
    assert box is not None
    assert box["y"] >= 0, "it comes into sight when it is reached"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "table"


@pytest.mark.parametrize("language", ["en", "fr", "zh"])
@pytest.mark.parametrize("viewport", [PHONE, SMALL], ids=["390", "320"])
def test_nothing_runs_over_the_edge_of_a_phone(
    browser: Browser, tmp_path: Path, viewport: dict[str, int], language: str
) -> None:
    page = shown(browser, to_html(s.document(language)), tmp_path, viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
    over = page.evaluate(
        "[...document.querySelectorAll('main *:not(.unseen):not(svg *)')].filter(e => !e.closest('.results thead')"
        " && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 90))"
    )
    assert over == []


@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_word_without_end_is_broken(browser: Browser, tmp_path: Path, viewport: dict[str, int]) -> None:
    endless = "Llanfair" * 60
    city = s.sibu()
    made = city.commitments[0]
    lines = tuple(
        replace(line, target=replace(line.target, text=LocalText.plain(endless))) for line in made.lines
    )
    long = replace(
        city,
        name=LocalText.plain(endless),
        worked=(replace(city.worked[0], words=endless),),
        commitments=(replace(made, lines=lines),),
    )
    page = shown(browser, to_html(compose(s.report(long), "en")), tmp_path, viewport=viewport)
    assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_can_be_read_by_day_and_by_night(browser: Browser, tmp_path: Path, scheme: str) -> None:
    page = shown(browser, to_html(s.document()), tmp_path, color_scheme=scheme)
    colours = page.evaluate(
        """() => Object.fromEntries(['paper', 'tint', 'warn', 'ink', 'quiet', 'deep', 'link', 'promise', 'measured',
        'good', 'soon', 'short', 'bad', 'judge', 'none'].map(name => {
            const probe = document.body.appendChild(document.createElement('i'))
            probe.style.color = `var(--${name})`
            return [name, getComputedStyle(probe).color.match(/[\\d.]+/g).map(Number)]
        }))"""
    )
    assert (luminance(colours["paper"]) > 0.5) is (scheme == "light")
    for words in ("ink", "quiet", "deep", "link", "promise"):
        for ground in ("paper", "tint"):
            assert contrast(colours[words], colours[ground]) >= READABLE, (words, ground)
    assert contrast(colours["ink"], colours["warn"]) >= READABLE
    for sign in ("measured", "good", "soon", "short", "bad", "judge", "none"):
        assert contrast(colours[sign], colours["paper"]) >= VISIBLE, sign


def luminance(colour: list[float]) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [value / 255 for value in colour[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: list[float], two: list[float]) -> float:
    low, high = sorted((luminance(one), luminance(two)))
    return (high + 0.05) / (low + 0.05)


def test_words_that_want_to_be_code_are_words(browser: Browser, tmp_path: Path) -> None:
    page = shown(browser, to_html(s.nasty()), tmp_path, viewport=PHONE)
    text = page.evaluate("document.body.textContent")
    for words in s.INJECTIONS:
        assert storable(words) in text
    assert page.evaluate("document.scripts.length + document.images.length + document.links.length") == (
        page.get_by_role("link").count()
    ), "no script, no picture, and only our links"
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_on_paper_the_head_of_the_table_comes_again_and_cities_begin_on_pages_of_their_own(
    browser: Browser, tmp_path: Path
) -> None:
    page = shown(browser, to_html(compose(s.many(20), "en")), tmp_path, color_scheme="dark")
    pages = [
        " ".join(leaf.get_textpage().get_text_range().split())
        for leaf in pypdfium2.PdfDocument(BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    ]
    of_table = [text for text in pages if "Status as stated" in text and "Status as computed" in text]
    assert len(of_table) >= 3
    assert all(text.count("Status as computed") == 1 for text in of_table)
    beginning = [
        text for text in pages if "commitment, made in 2025." in text or "less waste, made in" in text
    ]
    assert len(beginning) == 20
