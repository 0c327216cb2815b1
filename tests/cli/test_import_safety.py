"""`focal import` writes over nothing that is somebody's, and what was cut off is finished by the next one."""

from __future__ import annotations

import asyncio
import json
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from test_command_line import ROOT, focal

from bot.content.placing import digest_of
from bot.domain.errors import OperatorError
from bot.domain.imports.columns import What
from bot.importing import judged
from bot.rehearsal.emulator import Emulator

TABLE = "city,country,made,due,kind,indicator,direction,value,unit\nTestville,FR,2024,2030,change,Waste,down,20,%\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that ships."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    return tmp_path / "knowledge"


@pytest.fixture
async def settings(folder: Path, tmp_path: Path) -> AsyncIterator[dict[str, Any]]:
    async with Emulator.serve() as emulator:
        there = {"FOCAL_TOKEN": emulator.token, "FOCAL_API_URL": emulator.base_url}
        yield {"FOCAL_DATA": str(tmp_path), "FOCAL_KNOWLEDGE": str(folder), **there}


def people(path: Path) -> Path:
    path.write_text("role,city,note\nfocal_point,Ulsan,A\n", encoding="utf-8")
    return path


def invitations(data: Path) -> int:
    with sqlite3.connect(data / "focal.db") as database:
        return int(database.execute("select count(*) from invitations").fetchone()[0])


async def test_links_are_for_their_owner_only_and_are_not_written_over(
    tmp_path: Path, settings: dict[str, Any]
) -> None:
    links = tmp_path / "links.csv"
    words = ("import", "people", str(people(tmp_path / "p.csv")), "--out", str(links))
    assert (await asyncio.to_thread(lambda: focal(*words, **settings))).returncode == 0
    first = links.read_bytes()
    assert links.stat().st_mode & 0o777 == 0o600
    again = await asyncio.to_thread(lambda: focal(*words, **settings))
    assert (again.returncode, links.read_bytes()) == (2, first)
    assert "is there already" in again.stderr
    assert invitations(tmp_path) == 1


async def test_without_room_for_the_links_nobody_is_invited(tmp_path: Path, settings: dict[str, Any]) -> None:
    words = ("import", "people", str(people(tmp_path / "p.csv")), "--out", "/dev/full")
    done = await asyncio.to_thread(lambda: focal(*words, **settings))
    assert done.returncode == 2, done.stdout
    assert "cannot be written" in done.stderr
    assert invitations(tmp_path) == 0


@pytest.mark.parametrize("option", ["--out", "--verdicts"])
def test_the_table_itself_is_not_written_over(folder: Path, tmp_path: Path, option: str) -> None:
    sheet = people(tmp_path / "p.csv")
    before = sheet.read_bytes()
    done = focal("import", "people", str(sheet), "--dry-run", option, str(sheet), "--knowledge", str(folder))
    assert (done.returncode, sheet.read_bytes()) == (2, before)
    assert "is there already" in done.stderr


def test_verdicts_and_links_need_two_files(folder: Path, tmp_path: Path) -> None:
    both = str(tmp_path / "both.csv")
    sheet = str(people(tmp_path / "p.csv"))
    done = focal("import", "people", sheet, "--out", both, "--verdicts", both, "--knowledge", str(folder))
    assert done.returncode == 2
    assert "two files" in done.stderr


def test_what_was_edited_while_a_table_was_judged_is_not_written_over(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(TABLE.replace("Waste", "Odour complaints"), encoding="utf-8")
    indicators = folder / "indicators.yaml"
    with judged(
        What.COMMITMENTS, tmp_path / "a.csv", None, folder, lambda finding: None, lambda done, of: None
    ) as result:
        assert "indicators.yaml" in result.outcome.files
        edited = indicators.read_text(encoding="utf-8") + "\n# by hand\n"
        indicators.write_text(edited, encoding="utf-8")
        with pytest.raises(OperatorError, match="was changed while"):
            result.place()
    assert indicators.read_text(encoding="utf-8") == edited
    assert not (folder / "cities/testville.md").exists()


def left_by_a_kill(folder: Path) -> None:
    """A city stands in its place, a second file still beside it."""
    city = '---\ntitle:\n  en: "Testville"\ncountry: FR\ntime_zone: Europe/Paris\n---\n'
    (folder / "cities/.testville.md.focal-import.tmp").write_text(city, encoding="utf-8")
    (folder / ".focal-import.placing").write_text(
        json.dumps({"files": {"cities/testville.md": None, "indicators.yaml": digest_of(folder / "indicators.yaml")},
                    "folders": []})
    )  # fmt: skip


def test_the_next_import_finishes_one_that_was_killed(folder: Path, tmp_path: Path) -> None:
    left_by_a_kill(folder)
    (tmp_path / "a.csv").write_text(TABLE, encoding="utf-8")
    done = focal("import", "commitments", str(tmp_path / "a.csv"), "--knowledge", str(folder))
    assert done.returncode == 0, done.stderr
    assert "was cut off" in done.stderr
    assert (folder / "cities/testville.md").exists()
    assert [path.name for path in folder.rglob("*") if "focal-import" in path.name] == []
