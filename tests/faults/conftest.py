"""A home, an emulator and a town for each fault test."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from .processes import Home, telegram
from .reporters import Reporters, settle_in
from .story import Story
from .town import AIKO, Town

FULL = os.environ.get("FOCAL_FAULTS") == "full"

FILES = {
    "topics.yaml": "composting: {label: {en: Compost}}\n",
    "cities/surabaya.md": "---\ntitle: Surabaya\ncountry: ID\ntime_zone: Asia/Jakarta\n---\n",
    "practices/baskets.md": "---\ntitle: Compost baskets\ntopics: [composting]\nplaces: [surabaya]\n---\n"
    "A basket in every home.\n",
}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    for name, text in FILES.items():
        path = tmp_path / "knowledge" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    with telegram(tmp_path) as emulator:
        yield Home(tmp_path, tmp_path / "knowledge", emulator, (AIKO,))


@pytest.fixture
def told(home: Home) -> Callable[[int], Story]:
    """`told(seed)` begins a story: the database is there, and the admin has said hello."""

    def begin(seed: int) -> Story:
        story = Story(home, Town(home.telegram, seed), seed)
        story.town.open()
        assert story.settle(rest=0).faults == ()
        return story

    return begin


@pytest.fixture
def reporting(home: Home) -> Callable[[int, int, int], tuple[Story, Reporters]]:
    """`reporting(seed, people, at_once)` begins a story of as many focal points, who may report."""

    def begin(seed: int, people: int, at_once: int) -> tuple[Story, Reporters]:
        reporters = Reporters(home.telegram, seed, people, at_once)
        story = Story(home, reporters, seed)
        reporters.open()
        assert story.settle(rest=0).faults == ()
        settle_in(home, reporters)
        return story, reporters

    return begin
