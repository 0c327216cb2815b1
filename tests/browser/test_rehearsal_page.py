"""The rehearsal as a newcomer meets it: one command, a page in a real browser, and the first questions."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
]
WIDE, PHONE = {"width": 1200, "height": 860}, {"width": 390, "height": 800}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        CHROMIUM is None and not os.environ.get("CI"),
        reason="no Chromium on this machine: apt install chromium",
    ),
]


@pytest.fixture(scope="module")
def rehearsal() -> Iterator[str]:
    """The address of a running rehearsal."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "rehearse", "--port", "0", "--no-browser"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        said = process.stdout.readline()
        found = re.search(r"http://\S+", said)
        assert found, said
        yield found.group()
    finally:
        process.terminate()
        assert process.wait(15) == 0, "the rehearsal ends cleanly when it is told to"


@pytest.fixture(params=[WIDE, PHONE], ids=["wide", "phone"])
def page(request: pytest.FixtureRequest, rehearsal: str) -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport=request.param)
        mistakes: list[str] = []
        page.on("pageerror", lambda error: mistakes.append(str(error)))
        page.goto(rehearsal)
        expect(page.locator("#suggestions li")).not_to_have_count(0)  # what was said before is drawn by then
        yield page
        browser.close()
        assert mistakes == [], "errors in the page's own code"


def ask(page: Page, words: str) -> None:
    """Say `words` and wait for the answer; the chat still shows what the tests before said."""
    answers = page.locator("#log > li.theirs")
    before = answers.count()
    box = page.locator("#text")
    box.fill(words)
    box.press("Enter")
    expect(answers.nth(before)).to_be_visible(timeout=15_000)


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("surabya compost", "Community composting and source separation in Surabaya"),
        ("泗水 堆肥", "Community composting and source separation in Surabaya"),
        ("compostage surabaya", "Community composting and source separation in Surabaya"),
        ("who cut waste in bangkok", "−32.4"),
        ("weather tomorrow", "I found nothing on “weather tomorrow”"),
        ("x", "“x” is a little short for me"),
    ],
)
def test_a_newcomer_types_a_first_question_and_gets_its_answer(page: Page, words: str, answer: str) -> None:
    ask(page, words)
    expect(page.locator("#log > li").last).to_contain_text(answer, timeout=15_000)


def test_buttons_open_the_full_text_in_place_and_lead_back(page: Page) -> None:
    ask(page, "takakura compost kit")
    newest = page.locator("#log > li").last
    expect(newest).to_contain_text("Takakura", timeout=15_000)
    before = page.locator("#log > li").count()
    newest.get_by_role("button", name="Read more").click()
    expect(newest).to_contain_text("What it contains", timeout=15_000)
    newest.get_by_role("button", name="Short card").click()
    expect(newest.get_by_role("button", name="Read more")).to_be_visible(timeout=15_000)
    assert page.locator("#log > li").count() == before, "turning pages adds no messages"


def test_nothing_reaches_beyond_the_page_on_a_narrow_phone(page: Page) -> None:
    ask(page, "/start")
    expect(page.locator("#log > li").last).to_contain_text("Welcome to Focal", timeout=15_000)
    overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert overflow <= 0


def test_no_suggestion_stands_below_a_question_of_a_report(page: Page) -> None:
    suggestions = page.locator("#suggestions li")
    page.evaluate("localStorage.setItem('focal.person', '700000003')")  # the focal point
    page.reload()
    expect(suggestions).not_to_have_count(0, timeout=15_000)
    ask(page, "/topics")
    expect(suggestions).not_to_have_count(0, timeout=15_000)
    ask(page, "/report")
    expect(page.locator("#log > li").last).to_contain_text("question 1", timeout=15_000)
    expect(suggestions).to_have_count(0)
    ask(page, "/cancel")
    expect(suggestions).not_to_have_count(0, timeout=15_000)


def as_of_the_secretariat(page: Page, language: str = "en") -> None:
    page.evaluate(
        "language => { localStorage.setItem('focal.person', '700000005');"
        " localStorage.setItem('focal.language', language); }",
        language,
    )
    page.reload()
    expect(page.locator("#suggestions li")).not_to_have_count(0, timeout=15_000)


def newest_of_mine(page: Page) -> Locator:
    return page.locator("#log > li.mine").last


@pytest.mark.parametrize("content", [b"name,country\nIloilo,PH\n", b""], ids=["a table", "no byte"])
def test_a_file_of_ones_own_is_sent_with_its_name_and_bytes(page: Page, content: bytes) -> None:
    as_of_the_secretariat(page)
    page.locator("#more").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#drawer .choice", has_text="from this computer").first.click()
    name = f"forty cities {len(content)}.csv"
    chooser.value.set_files({"name": name, "mimeType": "text/csv", "buffer": content})
    sent = newest_of_mine(page).locator(f'a[download="{name}"]')
    expect(sent).to_be_visible(timeout=15_000)
    kept = page.request.get(f"{page.url}{sent.get_attribute('href')}")
    assert kept.body() == content


def test_a_file_dropped_on_the_chat_is_sent(page: Page) -> None:
    as_of_the_secretariat(page)
    page.evaluate(
        """() => {
          const carried = new DataTransfer();
          carried.items.add(new File(["a,b\\n"], "dropped.csv", { type: "text/csv" }));
          const options = { dataTransfer: carried, bubbles: true, cancelable: true };
          document.getElementById("log").dispatchEvent(new DragEvent("drop", options));
        }"""
    )
    expect(newest_of_mine(page)).to_contain_text("dropped.csv", timeout=15_000)


def test_a_picture_of_ones_own_is_sent_as_a_photo_and_samples_stay_one_tap_away(page: Page) -> None:
    as_of_the_secretariat(page)
    page.locator("#more").click()
    with page.expect_file_chooser() as chooser:
        page.locator("#drawer .choice", has_text="from this computer").nth(1).click()
    chooser.value.set_files({"name": "street.png", "mimeType": "image/png", "buffer": page.screenshot()})
    picture = newest_of_mine(page).locator("img.picture")
    expect(picture).to_be_visible(timeout=15_000)
    assert picture.evaluate("one => one.decode().then(() => one.naturalWidth)") == page.viewport_size["width"]
    page.locator("#more").click()
    page.locator("#drawer .choice", has_text="a small sample").first.click()
    expect(newest_of_mine(page)).to_contain_text("notes.txt", timeout=15_000)


def test_no_label_of_a_role_stands_upright(page: Page) -> None:
    as_of_the_secretariat(page, "zh")
    if page.viewport_size == PHONE:
        page.locator("#person").click()
    heights = page.locator(".cast label span").evaluate_all("all => all.map(one => one.offsetHeight)")
    assert len(heights) == 5
    assert max(heights) <= 48, "a label takes more than one line"
