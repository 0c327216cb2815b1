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
from playwright.sync_api import Page, expect, sync_playwright

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
