"""The content files as they are served, all at once; and a library from files that were kept that way."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.content.folder import KNOWLEDGE, SCHEDULES, FilePlace, Layout, place_of, scan
from bot.content.last_good import LastGood
from bot.content.loader import Loaded, load
from bot.content.parse import parse
from bot.content.reading import read_steady


def snapshot_files(knowledge: Path, schedules: Path | None, last_good: LastGood | None) -> dict[str, bytes]:
    """The bytes that are served, by names that are the same on every machine (`knowledge/topics.yaml`,
    `schedules/cycles/2026.yaml`), in their order.

    `last_good` is what the folders were loaded with: it has every file that is served. What it lacks (its disk was
    full, or there is none) is read where it lies, unless it says nothing that could be served.
    """
    kept = last_good or LastGood()
    found = _of_folder(KNOWLEDGE, knowledge, kept)
    if schedules is not None:
        found |= _of_folder(SCHEDULES, schedules, kept)
    return dict(sorted(found.items()))


def load_snapshot(files: Mapping[str, bytes]) -> Loaded:
    """What was served when these files were. Never raises for what is in them; what is no content file by its name
    is passed over, so that nothing is written beside the folder that they are read from. Raises OSError where there
    is no room for them on the disk."""
    with TemporaryDirectory(prefix="focal-") as name:
        folders = {layout.name: Path(name) / layout.name for layout in (KNOWLEDGE, SCHEDULES)}
        for path, raw in files.items():
            of, _, below = path.partition("/")
            if (
                of in folders
                and place_of(below, KNOWLEDGE if of == KNOWLEDGE.name else SCHEDULES) is not None
            ):
                target = folders[of] / below
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(raw)
        return load(folders[KNOWLEDGE.name], schedules=folders[SCHEDULES.name], with_notes=False)


def _of_folder(layout: Layout, folder: Path, last_good: LastGood) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in last_good.paths():
        if place_of(path, layout) is not None and (raw := last_good.bytes_of(path)) is not None:
            found[f"{layout.name}/{path}"] = raw
    with suppress(OSError):
        for place in scan(folder, layout).files:
            name = f"{layout.name}/{place.path}"
            if name not in found and (raw := _sound(folder, place)) is not None:
                found[name] = raw
    return found


def _sound(folder: Path, place: FilePlace) -> bytes | None:
    with suppress(OSError):
        raw, _ = read_steady(folder / place.path)
        if parse(raw, place, place.path).content is not None:
            return raw
    return None
