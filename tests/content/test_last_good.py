"""A restart with a bad file serves what was good before; the running bot follows the files."""

from __future__ import annotations

import asyncio
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.memory import load_remembered
from bot.content.problems import Effect
from bot.content.store import ContentStore

from .conftest import write

PRACTICE = "practices/home-composting.md"
GOOD = "---\ntitle: {en: Better composting, zh: B}\n---\nBody.\n"
BAD = "---\ntitle: [\n---\n"


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "data" / "content"


def title(loaded: Loaded, entry_id: str = "home-composting") -> str:
    return loaded.library.entries[entry_id].title.within("en").text


def test_a_restart_with_a_bad_file_serves_its_last_good_version(knowledge: Path, kept: Path) -> None:
    load(knowledge, LastGood(kept))
    write(knowledge, PRACTICE, GOOD)
    load(knowledge, LastGood(kept))
    write(knowledge, PRACTICE, BAD)

    loaded = load(knowledge, LastGood(kept))

    assert title(loaded) == "Better composting"
    assert loaded.set_aside == loaded.served_from_last_good == (f"knowledge/{PRACTICE}",)
    assert [problem.path for problem in loaded.problems] == [f"knowledge/{PRACTICE}"]


@pytest.mark.parametrize("path", ["topics.yaml", "indicators.yaml", "practices/home-composting.zh.md"])
def test_every_file_has_a_last_good_version(knowledge: Path, kept: Path, path: str) -> None:
    before = load(knowledge, LastGood(kept)).library
    write(knowledge, path, b"\xff\xfe")

    after = load(knowledge, LastGood(kept)).library

    assert (after.topics, after.indicators) == (before.topics, before.indicators)
    assert after.entries == before.entries
    assert after.version == before.version


def test_a_bad_file_that_never_was_good_is_set_aside(knowledge: Path, kept: Path) -> None:
    load(knowledge, LastGood(kept))
    write(knowledge, "practices/new.md", BAD)

    loaded = load(knowledge, LastGood(kept))

    assert loaded.set_aside == ("knowledge/practices/new.md",)
    assert loaded.served_from_last_good == ()


def test_a_deleted_file_is_forgotten(knowledge: Path, kept: Path) -> None:
    load(knowledge, LastGood(kept))
    (knowledge / PRACTICE).unlink()
    load(knowledge, LastGood(kept))
    write(knowledge, PRACTICE, BAD)

    assert "home-composting" not in load(knowledge, LastGood(kept)).library.entries


def test_a_restart_without_the_folder_serves_everything_that_was_good(knowledge: Path, kept: Path) -> None:
    before = load(knowledge, LastGood(kept)).library.entries
    shutil.rmtree(knowledge)

    loaded = load(knowledge, LastGood(kept))

    assert loaded.library.entries == before
    assert [problem.code for problem in loaded.problems] == ["folder"]


def test_damaged_copies_are_as_good_as_none(knowledge: Path, kept: Path) -> None:
    load(knowledge, LastGood(kept))
    write(kept, PRACTICE, GOOD)
    write(knowledge, PRACTICE, BAD)

    assert "home-composting" not in load(knowledge, LastGood(kept)).library.entries


def test_nothing_is_written_when_nothing_changed(knowledge: Path, kept: Path) -> None:
    def stamps() -> dict[Path, int]:
        return {file: file.stat().st_mtime_ns for file in kept.rglob("*") if file.is_file()}

    load(knowledge, LastGood(kept))
    before = stamps()
    load(knowledge, LastGood(kept))

    assert stamps() == before != {}


def test_the_running_bot_goes_on_with_the_last_good_version_in_memory(knowledge: Path) -> None:
    store = ContentStore(knowledge)
    taken = store.loaded
    write(knowledge, PRACTICE, GOOD)
    assert title(store.reload()) == "Better composting"

    write(knowledge, PRACTICE, BAD)

    assert title(store.reload()) == "Better composting"
    assert store.loaded.served_from_last_good == (f"knowledge/{PRACTICE}",)
    assert title(taken) == "Home composting", "who took a library keeps it"


def test_the_running_bot_survives_the_loss_of_its_folder(knowledge: Path) -> None:
    store = ContentStore(knowledge)
    before = store.loaded.library.entries
    shutil.rmtree(knowledge)

    assert store.reload().library.entries == before
    assert [problem.code for problem in store.loaded.problems] == ["folder"]
    assert store.loaded.set_aside == store.loaded.served_from_last_good == ("knowledge",)


def test_a_missing_folder_of_a_kind_is_told_once_and_not_at_every_link_into_it(knowledge: Path) -> None:
    for number in range(20):
        write(knowledge, f"guides/g{number}.md", f"---\ntitle: G{number}\nrelated: [home-composting]\n---\n")
    store = ContentStore(knowledge)
    (knowledge / "practices").rename(knowledge.parent / "elsewhere")

    loaded = store.reload()

    errors = [problem for problem in loaded.problems if problem.level == "error"]
    assert [(problem.path, problem.code) for problem in errors] == [("knowledge/practices", "folder")]
    assert loaded.effect_of(errors[0]) is Effect.NOTHING_SERVES
    (knowledge.parent / "elsewhere").rename(knowledge / "practices")
    assert not store.reload().has_errors


def changed_within_two_seconds(store: ContentStore, edits: list[Callable[[], object]]) -> list[Loaded]:
    """What the watcher tells after each edit; fails where it takes longer than two seconds."""

    async def watch() -> list[Loaded]:
        told: asyncio.Queue[Loaded] = asyncio.Queue()
        watcher = asyncio.create_task(store.watch(told.put))
        await asyncio.sleep(0.5)
        seen = []
        for edit in edits:
            edit()
            seen.append(await asyncio.wait_for(told.get(), timeout=2))
        watcher.cancel()
        with pytest.raises(asyncio.CancelledError):
            await watcher
        return seen

    return asyncio.run(watch())


def test_an_edit_is_seen_within_two_seconds(knowledge: Path) -> None:
    def replaced_like_an_editor_does() -> None:
        write(knowledge, "practices/.new.tmp", GOOD.replace("Better", "Best")).replace(knowledge / PRACTICE)

    seen = changed_within_two_seconds(
        ContentStore(knowledge),
        [
            lambda: write(knowledge, PRACTICE, GOOD),
            replaced_like_an_editor_does,
            lambda: write(knowledge, PRACTICE, BAD),
            lambda: write(knowledge, "guides/new.md", GOOD),
            lambda: (knowledge / "guides/new.md").unlink(),
        ],
    )

    assert [title(loaded) for loaded in seen] == ["Better composting"] + ["Best composting"] * 4
    assert [loaded.has_errors for loaded in seen] == [False, False, True, True, True]
    assert ["new" in loaded.library.entries for loaded in seen] == [False, False, False, True, False]


def test_a_folder_that_is_replaced_goes_on_being_watched(knowledge: Path, tmp_path: Path) -> None:
    def replace_folder() -> None:
        shutil.copytree(knowledge, tmp_path / "new")
        write(tmp_path / "new", PRACTICE, GOOD)
        knowledge.rename(tmp_path / "old")
        (tmp_path / "new").rename(knowledge)

    seen = changed_within_two_seconds(
        ContentStore(knowledge),
        [replace_folder, lambda: write(knowledge, PRACTICE, GOOD.replace("Better", "Best"))],
    )

    assert [title(loaded) for loaded in seen] == ["Better composting", "Best composting"]


def test_a_folder_that_comes_later_is_seen(knowledge: Path, tmp_path: Path) -> None:
    elsewhere = knowledge.rename(tmp_path / "elsewhere")

    seen = changed_within_two_seconds(
        ContentStore(knowledge),
        [lambda: elsewhere.rename(knowledge), lambda: write(knowledge, PRACTICE, GOOD)],
    )

    assert [title(loaded) for loaded in seen] == ["Home composting", "Better composting"]


def test_a_file_is_not_read_while_it_is_written(knowledge: Path) -> None:
    def written_slowly() -> None:
        with (knowledge / PRACTICE).open("w", encoding="utf-8") as file:
            for line in GOOD.splitlines(keepends=True):
                file.write(line)
                file.flush()
                time.sleep(0.03)

    store = ContentStore(knowledge)

    async def watch() -> list[Loaded]:
        told: list[Loaded] = []

        async def tell(loaded: Loaded) -> None:
            told.append(loaded)

        watcher = asyncio.create_task(store.watch(tell))
        await asyncio.sleep(0.5)
        await asyncio.to_thread(written_slowly)
        await asyncio.sleep(2)
        watcher.cancel()
        return told

    told = asyncio.run(watch())

    assert [loaded.has_errors for loaded in told] == [False]
    assert title(store.loaded) == "Better composting"


def test_what_is_remembered_gives_the_same_library_as_the_files(knowledge: Path, tmp_path: Path) -> None:
    long_ago(knowledge)
    cache = tmp_path / "cache"
    first = load_remembered(knowledge, cache)

    again = load_remembered(knowledge, cache)

    assert list(cache.iterdir())
    assert again.library == first.library
    assert again.problems == first.problems == load(knowledge).problems


def test_an_edited_file_is_not_remembered(knowledge: Path, tmp_path: Path) -> None:
    long_ago(knowledge)
    load_remembered(knowledge, tmp_path / "cache")
    write(knowledge, PRACTICE, GOOD)

    assert title(load_remembered(knowledge, tmp_path / "cache")) == "Better composting"


def test_a_spoilt_memory_is_thrown_away(knowledge: Path, tmp_path: Path) -> None:
    long_ago(knowledge)
    cache = tmp_path / "cache"
    load_remembered(knowledge, cache)
    for file in cache.iterdir():
        file.write_bytes(b"cos\nsystem\n(S'touch spoilt'\ntR.")

    assert title(load_remembered(knowledge, cache)) == "Home composting"
    assert not Path("spoilt").exists()


def long_ago(folder: Path) -> None:
    """Makes the files old enough to be remembered by their time of change."""
    for file in folder.rglob("*"):
        os.utime(file, (1_700_000_000, 1_700_000_000))
