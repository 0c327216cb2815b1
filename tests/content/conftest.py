"""A small network of files that are right, for tests to break."""

from __future__ import annotations

from pathlib import Path

import pytest

GOOD_FILES = {
    "topics.yaml": 'solid-waste: {label: {en: Waste, zh: "废物"}}\ncomposting:\n  label: {en: Compost, zh: "堆肥"}\n'
    "  parent: solid-waste\n",
    "indicators.yaml": 'waste-generation: {label: {en: Waste, zh: "废物"}}\n',
    "cities/surabaya.md": '---\ntitle: {en: Surabaya, zh: "泗水"}\ncountry: ID\ntime_zone: Asia/Jakarta\n'
    "languages: [id]\n---\n",
    "practices/home-composting.md": '---\ntitle: {en: Home composting, zh: "家庭堆肥"}\ntopics: [composting]\n'
    "places: [surabaya]\nformerly: [baskets]\n---\nA basket in every home.\n",
    "practices/home-composting.zh.md": "每家一个篮子。\n",
}


@pytest.fixture
def knowledge(tmp_path: Path) -> Path:
    """A knowledge folder in which nothing is wrong."""
    folder = tmp_path / "knowledge"
    for path, text in GOOD_FILES.items():
        write(folder, path, text)
    return folder


def write(folder: Path, path: str, content: str | bytes) -> Path:
    """Writes one content file."""
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file
