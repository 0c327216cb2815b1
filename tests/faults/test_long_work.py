"""`kill -9` while a document is made or a report is published: it comes once, and is published once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest

from .conftest import FULL
from .processes import Home
from .town import AIKO

pytestmark = pytest.mark.faults

COMMITMENT = """---
title: {en: "Surabaya's promise of 2007"}
city: surabaya
made: 2007
due: 2030
targets:
  - {id: a, kind: level, indicator: waste-generation, direction: down, value: "0.90", unit: kg/cap/day,
     due: 2030, text: {en: "Bring waste down to 0.90 kg per person per day."}}
---
"""
POINTS = ("work.begun", "work.made", "work.finished")
FOR_A_DOCUMENT = POINTS if FULL else ("work.begun", "work.finished")
TO_PUBLISH = POINTS if FULL else ("work.made",)
LONGEST = 90.0


@pytest.fixture
def city(home: Home) -> Home:
    """Surabaya has promised something; the admin has said hello."""
    for name, text in (
        ("indicators.yaml", "waste-generation: {label: {en: Waste per person}}\n"),
        ("commitments/surabaya-2007.md", COMMITMENT),
    ):
        path = home.knowledge / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with home.bot():
        home.telegram.do(AIKO, "say", text="/publish")
        until(lambda: any(labels(one) for one in messages(home)))
    return home


def test_a_document_that_was_asked_for_comes_once_after_any_kill(city: Home) -> None:
    for number, point in enumerate(FOR_A_DOCUMENT, 1):
        with city.bot(crash=point) as bot:
            press(city, "Markdown")
            assert bot.died_by_kill(), point
        with city.bot():
            until(lambda wanted=number: len(documents(city)) >= wanted)
            until(lambda: any("Markdown" in label for label in labels(screen(city))))
            time.sleep(1.0)
            assert len(documents(city)) == number, point
    assert city.telegram.problems() == []


def test_a_report_is_published_once_whatever_is_killed(city: Home) -> None:
    for number, point in enumerate(TO_PUBLISH, 1):
        with city.bot(crash=point) as bot:
            before = len(messages(city))
            city.telegram.do(AIKO, "say", text="/publish")
            until(lambda so_many=before: len(messages(city)) > so_many)
            for label in ("🔒 Publish", "Publish now"):
                until(lambda wanted=label: any(wanted in one for one in labels(screen(city))))
                press(city, label)
            assert bot.died_by_kill(), point
        with city.bot():
            until(lambda: "Published." in screen(city)["text"])
            time.sleep(1.0)
        assert editions(city) == [f"commitments-all-{n}" for n in range(1, number + 1)], point
    assert city.telegram.problems() == []


def messages(home: Home) -> list[dict[str, Any]]:
    """What the bot wrote to the admin."""
    return [one for one in home.telegram.messages(AIKO) if one["from"]["is_bot"]]


def screen(home: Home) -> dict[str, Any]:
    return next(one for one in reversed(messages(home)) if "reply_markup" in one)


def documents(home: Home) -> list[dict[str, Any]]:
    return [one for one in messages(home) if "document" in one]


def labels(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [str(key["text"]) for row in rows for key in row]


def press(home: Home, label: str) -> None:
    shown = screen(home)
    rows = shown["reply_markup"]["inline_keyboard"]
    data = next(key["callback_data"] for row in rows for key in row if label in key["text"])
    home.telegram.do(AIKO, "press", button=data, message_id=shown["message_id"])


def editions(home: Home) -> list[str]:
    with closing(sqlite3.connect(home.database, timeout=10)) as connection:
        found = connection.execute("SELECT number FROM editions ORDER BY id").fetchall()
    return [number for (number,) in found]


def until(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST
    while not happened():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.05)
