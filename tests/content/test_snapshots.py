"""The files as they are served are kept, and a library made of them says what was served then."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.snapshots import load_snapshot, snapshot_files
from bot.content.store import ContentStore
from bot.storage.database import Database

from .conftest import GOOD_FILES, GOOD_SCHEDULES, write

PRACTICE = "practices/home-composting.md"
CYCLE = "cycles/2026.yaml"
BAD = "---\ntitle: [\n---\n"
NOW = datetime(2026, 11, 21, tzinfo=UTC)


def served(knowledge: Path, schedules: Path, kept: LastGood) -> tuple[Loaded, dict[str, bytes]]:
    loaded = load(knowledge, kept, schedules=schedules)
    return loaded, snapshot_files(knowledge, schedules, kept)


def says_the_same(one: Loaded, other: Loaded) -> bool:
    return (one.library, one.schedules) == (other.library, other.schedules)


@pytest.fixture(params=["on disk", "in memory", "none"])
def kept(request: pytest.FixtureRequest, tmp_path: Path) -> LastGood | None:
    on_disk = LastGood(tmp_path / "data") if request.param == "on disk" else None
    return LastGood() if request.param == "in memory" else on_disk


def test_a_library_made_of_a_snapshot_says_what_the_folders_said(
    knowledge: Path, schedules: Path, kept: LastGood | None
) -> None:
    loaded = load(knowledge, kept, schedules=schedules)
    files = snapshot_files(knowledge, schedules, kept)
    names = {f"knowledge/{path}" for path in (*GOOD_FILES, "commitments/surabaya-2007.md")}
    assert set(files) == names | {f"schedules/{path}" for path in GOOD_SCHEDULES}
    assert files[f"knowledge/{PRACTICE}"] == GOOD_FILES[PRACTICE].encode()
    shutil.rmtree(knowledge)
    shutil.rmtree(schedules)
    again = load_snapshot(files)
    assert loaded.schedules.cycles
    assert says_the_same(again, loaded)
    assert again.set_aside == ()


def test_the_names_and_the_order_are_the_same_wherever_the_folders_lie(
    knowledge: Path, schedules: Path, tmp_path: Path
) -> None:
    here = snapshot_files(knowledge, schedules, None)
    elsewhere = tmp_path / "Réseau d’ailleurs"
    shutil.copytree(knowledge, elsewhere / "Wissen")
    shutil.copytree(schedules, elsewhere / "Pläne")
    there = snapshot_files(elsewhere / "Wissen", elsewhere / "Pläne", None)
    assert list(there.items()) == list(here.items())
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    database.upgrade()
    states = {database.run_now(lambda work, f=one: work.snapshots.keep(f, NOW)) for one in (here, there)}
    database.close()
    assert len(states) == 1


def test_of_a_file_that_was_set_aside_its_last_good_bytes_are_kept(
    knowledge: Path, schedules: Path, tmp_path: Path
) -> None:
    kept = LastGood(tmp_path / "data")
    _, before = served(knowledge, schedules, kept)
    write(knowledge, PRACTICE, BAD)
    write(schedules, CYCLE, "title: [")
    write(knowledge, "practices/never-good.md", BAD)
    loaded, after = served(knowledge, schedules, kept)
    assert len(loaded.set_aside) == 3
    assert after == before
    assert says_the_same(load_snapshot(after), loaded)


def test_a_file_that_is_gone_is_in_no_new_state(knowledge: Path, schedules: Path) -> None:
    kept = LastGood()
    served(knowledge, schedules, kept)
    (knowledge / PRACTICE).unlink()
    (knowledge / "practices/home-composting.zh.md").unlink()
    loaded, files = served(knowledge, schedules, kept)
    assert f"knowledge/{PRACTICE}" not in files
    assert "home-composting" not in load_snapshot(files).library.entries
    assert says_the_same(load_snapshot(files), loaded)


def test_what_is_no_content_is_not_kept(knowledge: Path, schedules: Path) -> None:
    before = snapshot_files(knowledge, schedules, None)
    for name in ("README.md", "practices/~draft.md", "practices/My Practice.md", ".secret", "notes.docx"):
        write(knowledge, name, "token: 123")
    write(schedules, "people.csv", "name\nSari")
    (knowledge / "practices/linked.md").symlink_to("/etc/hostname")
    assert snapshot_files(knowledge, schedules, None) == before


def test_without_a_folder_of_schedules_nothing_is_asked(knowledge: Path) -> None:
    files = snapshot_files(knowledge, None, None)
    assert not load_snapshot(files).schedules.cycles
    assert load_snapshot({}).library.entries == {}
    assert snapshot_files(knowledge.parent / "nowhere", knowledge.parent / "nothing", None) == {}


def test_a_full_disk_for_copies_loses_no_file_from_a_snapshot(
    knowledge: Path, schedules: Path, tmp_path: Path
) -> None:
    """Where a copy cannot be written, there is a file in the way of its folder."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/practices").write_text("in the way")
    _, files = served(knowledge, schedules, LastGood(tmp_path / "data"))
    assert files == snapshot_files(knowledge, schedules, None)


@pytest.mark.parametrize(
    "path",
    [
        "knowledge/../../escaped.md",
        "knowledge/practices/../../../escaped.md",
        "/tmp/escaped.md",
        "knowledge//tmp/escaped.md",
        "escaped.md",
        "knowledge\\practices\\escaped.md",
        "knowledge/practices/a\x00b.md",
        "knowledge/practices/deeper/escaped.md",
        "other/practices/escaped.md",
        "",
    ],
)
def test_odd_names_are_passed_over(path: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "deep" / "er"))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "deep" / "er").mkdir(parents=True)
    good = {f"knowledge/{name}": text.encode() for name, text in GOOD_FILES.items()}
    library = load_snapshot({**good, path: b"---\ntitle: Escaped\n---\n"}).library
    assert set(library.entries) == {"surabaya", "home-composting"}
    assert [one for one in tmp_path.rglob("*") if one.is_file()] == []


def test_a_store_gives_the_files_that_it_serves_right_now(
    knowledge: Path, schedules: Path, tmp_path: Path
) -> None:
    store = ContentStore(knowledge, LastGood(tmp_path / "data"), schedules=schedules)
    before = store.files()
    write(knowledge, PRACTICE, "---\ntitle: {en: Better, zh: B}\n---\n")
    assert store.files() == before, "what is not served yet is in no state"
    store.reload()
    assert store.files()[f"knowledge/{PRACTICE}"].startswith(b"---\ntitle: {en: Better")
