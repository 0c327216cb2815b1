"""Which files a knowledge folder has, what each is for, and what does not belong there."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from bot.content.file_names import advise
from bot.content.names import is_id, is_language
from bot.content.problems import Level, Problem, did_you_mean, shown
from bot.content.reading import Stamp
from bot.domain.entries import KINDS

TOPICS = "topics.yaml"
INDICATORS = "indicators.yaml"
# What editors and systems leave behind; nobody wrote it for us.
LEFT_BEHIND = re.compile(
    r"\..*|.*~|#.*#|.*\.(?:sw[a-p]|tmp|bak|orig|part)|4913|Thumbs\.db|desktop\.ini", re.I
)
READ_ME = re.compile(r"readme(\..*)?", re.I)


class FileRole(Enum):
    ENTRY = "entry"
    BODY = "body"
    TOPICS = "topics"
    INDICATORS = "indicators"


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A content file by its name: `path` below the knowledge folder, with forward slashes."""

    path: str
    role: FileRole
    kind: str = ""
    entry_id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a knowledge folder at one moment."""

    files: dict[FilePlace, Stamp]
    refused: tuple[FilePlace, ...]
    """Files that are there and may not be read: links and names of links."""
    problems: tuple[Problem, ...]


class NoKnowledgeError(OSError):
    """The folder is above or inside a knowledge folder."""

    def __init__(self, meant: str) -> None:
        super().__init__("this is not a knowledge folder: there is neither topics.yaml nor practices/ in it")
        self.cure = f"did you mean `{meant}`?"


class _Scan:
    def __init__(self, root: Path) -> None:
        self.root = root
        self.name = root.resolve().name
        self.files: dict[FilePlace, Stamp] = {}
        self.refused: list[FilePlace] = []
        self.problems: list[Problem] = []

    def tell(self, level: Level, path: str, code: str, message: str, cure: str | None) -> None:
        self.problems.append(Problem(f"{self.name}/{path}", 1, 1, level, code, message, cure))

    def run(self) -> Found:
        items = _items(self.root)
        if not any(item.name in KINDS or item.name == TOPICS for item in items):
            self.check_meant(items)
        for item in items:
            if item.is_symlink():
                self.refuse_link(item.name, place_of(item.name))
            elif item.is_dir(follow_symlinks=False):
                self.folder(item)
            elif (place := place_of(item.name)) is not None:
                self.add(place, item)
            elif not READ_ME.fullmatch(item.name):
                self.unknown_file(item.name)
        return Found(self.files, tuple(self.refused), tuple(self.problems))

    def check_meant(self, items: list[os.DirEntry[str]]) -> None:
        """Refuses a folder where the one above or one below is the knowledge folder that was meant."""
        for item in items:
            if item.is_dir(follow_symlinks=False) and is_knowledge(Path(item.path)):
                raise NoKnowledgeError(f"{self.name}/{item.name}")
        above = self.root.resolve().parent
        if self.name in KINDS and is_knowledge(above):
            raise NoKnowledgeError(above.name)

    def folder(self, folder: os.DirEntry[str]) -> None:
        if folder.name not in KINDS:
            cure = did_you_mean(folder.name, KINDS) or f"the folders are {', '.join(KINDS)}"
            self.tell(
                Level.WARNING, folder.name, "unknown-folder", f"unknown folder {shown(folder.name)}", cure
            )
            return
        items = _items(Path(folder.path))
        for item in items:
            path = f"{folder.name}/{item.name}"
            if item.is_symlink():
                self.refuse_link(path, place_of(path))
            elif item.is_dir(follow_symlinks=False):
                message = f"the folder {shown(item.name)} is not read"
                self.tell(Level.WARNING, path, "unknown-folder", message, f"move its files to {folder.name}/")
            elif READ_ME.fullmatch(item.name):
                continue
            elif (place := place_of(path)) is not None:
                self.add(place, item)
            else:
                advice = advise(item.name, {other.name for other in items})
                self.tell(advice.level, path, advice.code, advice.message, advice.cure)

    def add(self, place: FilePlace, item: os.DirEntry[str]) -> None:
        try:
            status = item.stat(follow_symlinks=False)
        except FileNotFoundError:
            return
        self.files[place] = Stamp(status.st_size, status.st_mtime_ns)

    def refuse_link(self, path: str, place: FilePlace | None) -> None:
        cure = "put the file itself there"
        self.tell(Level.ERROR, path, "link", "this is a link to another place, which is not read", cure)
        if place is not None:
            self.refused.append(place)

    def unknown_file(self, name: str) -> None:
        cure = "take it away"
        if name.rsplit(".", 1)[0] in ("topics", "indicators"):
            cure = f"rename it to `{name.rsplit('.', 1)[0]}.yaml`"
        elif name.endswith(".md"):
            cure = "move it into the folder of its kind, such as practices/"
        message = f"read {shown(name)}, expected a folder of a kind, topics.yaml or indicators.yaml"
        self.tell(Level.WARNING, name, "unknown-file", message, cure)


def scan(root: Path) -> Found:
    """Everything in a knowledge folder, without reading a file.

    Raises OSError where that fails, NoKnowledgeError where another folder must be meant.
    """
    return _Scan(root).run()


def is_knowledge(folder: Path) -> bool:
    """Whether this looks like a folder of entries."""
    return (folder / TOPICS).is_file() or any((folder / kind).is_dir() for kind in KINDS)


def place_of(path: str) -> FilePlace | None:
    """What a file with this path below the knowledge folder is for; None where it is nothing of ours."""
    if path == TOPICS:
        return FilePlace(path, FileRole.TOPICS)
    if path == INDICATORS:
        return FilePlace(path, FileRole.INDICATORS)
    kind, slash, name = path.partition("/")
    if not slash or kind not in KINDS or not name.endswith(".md"):
        return None
    entry_id, dot, tag = name.removesuffix(".md").partition(".")
    if not is_id(entry_id):
        return None
    if not dot:
        return FilePlace(path, FileRole.ENTRY, kind, entry_id)
    return FilePlace(path, FileRole.BODY, kind, entry_id, tag) if is_language(tag) else None


def _items(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(
            (item for item in found if not LEFT_BEHIND.fullmatch(item.name)), key=lambda item: item.name
        )
