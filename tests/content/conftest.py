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


GOOD_COMMITMENT = (
    "---\ntitle: {en: Surabaya promises, zh: B}\ncity: surabaya\nmade: 2007\ndue: 2010\ntargets:\n"
    '  - {id: a, kind: change, indicator: waste-generation, direction: down, value: "-40", text: {en: A, zh: B}}\n'
    "  - {id: b, kind: scale, indicator: waste-generation, text: {en: A, zh: B}}\n---\n"
)
GOOD_SCHEDULES = {
    "questionnaires/progress.yaml": "title: {en: Progress, zh: B}\nquestions:\n"
    "  - {id: why, type: text, each: target, ask: {en: Why?, zh: B}}\n"
    "  - {id: more, type: text, ask: {en: More?, zh: B}}\n",
    "cycles/2026.yaml": "title: {en: Year, zh: B}\nperiod: 2026\nopens: 2026-10-01\ndeadline: 2026-12-15\n"
    "questionnaire: progress\ncommitments: [surabaya-2007]\n",
}


@pytest.fixture
def schedules(knowledge: Path) -> Path:
    """A schedules folder in which nothing is wrong, and the commitment that it asks about."""
    write(knowledge, "commitments/surabaya-2007.md", GOOD_COMMITMENT)
    folder = knowledge.parent / "schedules"
    for path, text in GOOD_SCHEDULES.items():
        write(folder, path, text)
    return folder


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
