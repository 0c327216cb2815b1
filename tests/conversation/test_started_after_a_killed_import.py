"""An import that was killed: the bot finishes what it left before it reads the content."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from bot.rehearsal.emulator import Emulator

from .stage import bot_on

KNOWLEDGE = Path(__file__).parents[2] / "knowledge"
CITY = '---\ntitle:\n  en: "Testville"\ncountry: FR\ntime_zone: Europe/Paris\n---\n'


async def test_the_bot_starts_with_all_that_was_brought_in(tmp_path: Path) -> None:
    knowledge = tmp_path / "knowledge"
    shutil.copytree(KNOWLEDGE, knowledge)
    (knowledge / "cities/.testville.md.focal-import.tmp").write_text(CITY, encoding="utf-8")
    left = {"files": {"cities/testville.md": None}, "folders": []}
    (knowledge / ".focal-import.placing").write_text(json.dumps(left))
    async with Emulator.serve() as emulator, bot_on(emulator, tmp_path, knowledge):
        assert (knowledge / "cities/testville.md").read_text(encoding="utf-8") == CITY
    assert [path.name for path in knowledge.rglob("*") if "focal-import" in path.name] == []
