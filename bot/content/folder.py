"""Which files a content folder has, what each is for, and what does not belong there."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from bot.content.file_names import advise
from bot.content.names import LONGEST_ID, is_id, is_language
from bot.content.problems import Level, Problem, did_you_mean, shown
from bot.content.reading import Stamp
from bot.domain.entries import KINDS

TOPICS = "topics.yaml"
INDICATORS = "indicators.yaml"
CYCLES = "cycles"
QUESTIONNAIRES = "questionnaires"
REMINDERS = "reminders"
HOLIDAYS = "holidays"
MESSAGES = "messages"
LONGEST_SCHEDULE_ID = 40
"""Characters in the id of a cycle, a questionnaire or another file of the schedules."""

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
    CYCLE = "cycle"
    QUESTIONNAIRE = "questionnaire"
    REMINDERS = "reminders"
    HOLIDAYS = "holidays"
    MESSAGE = "message"


@dataclass(frozen=True)
class Layout:
    """What a content folder may hold: files at its top, and folders of files with one ending."""

    name: str
    folders: Mapping[str, FileRole]
    """In the order in which they are read: what others name comes first."""
    ending: str
    sign: str
    """What everybody's folder has, for telling which folder is meant."""
    files: Mapping[str, FileRole] = field(default_factory=dict)
    longest_id: int = LONGEST_ID
    is_translated: bool = False
    """Whether a text in another language is a file beside its entry."""
    may_be_missing: bool = False


KNOWLEDGE = Layout(
    name="knowledge",
    folders=dict.fromkeys(KINDS, FileRole.ENTRY),
    ending=".md",
    sign="practices/",
    files={TOPICS: FileRole.TOPICS, INDICATORS: FileRole.INDICATORS},
    is_translated=True,
)
SCHEDULES = Layout(
    name="schedules",
    folders={
        QUESTIONNAIRES: FileRole.QUESTIONNAIRE,
        REMINDERS: FileRole.REMINDERS,
        CYCLES: FileRole.CYCLE,
        HOLIDAYS: FileRole.HOLIDAYS,
        MESSAGES: FileRole.MESSAGE,
    },
    ending=".yaml",
    sign="cycles/",
    longest_id=LONGEST_SCHEDULE_ID,
    may_be_missing=True,
)


@dataclass(frozen=True, slots=True)
class FilePlace:
    """A content file by its name: `path` below its content folder, with forward slashes."""

    path: str
    role: FileRole
    kind: str = ""
    entry_id: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What lies in a content folder at one moment."""

    files: dict[FilePlace, Stamp]
    refused: tuple[FilePlace, ...] = ()
    """Files that are there and may not be read: links and names of links."""
    problems: tuple[Problem, ...] = ()


class WrongFolderError(OSError):
    """The folder is above or inside a content folder."""

    def __init__(self, layout: Layout, meant: str) -> None:
        signs = " nor ".join([*list(layout.files)[:1], layout.sign])
        neither = "neither " if layout.files else "no "
        super().__init__(f"this is not a {layout.name} folder: there is {neither}{signs} in it")
        self.cure = f"did you mean `{meant}`?"


class _Scan:
    def __init__(self, root: Path, layout: Layout) -> None:
        self.root = root
        self.layout = layout
        self.name = root.resolve().name
        self.files: dict[FilePlace, Stamp] = {}
        self.refused: list[FilePlace] = []
        self.problems: list[Problem] = []

    def tell(self, level: Level, path: str, code: str, message: str, cure: str | None) -> None:
        self.problems.append(Problem(f"{self.name}/{path}", 1, 1, level, code, message, cure))

    def run(self) -> Found:
        layout = self.layout
        items = _items(self.root)
        if not any(item.name in {*layout.folders, *layout.files} for item in items):
            self.check_meant(items)
        for item in items:
            if item.is_symlink():
                self.refuse_link(item.name, place_of(item.name, layout))
            elif item.is_dir(follow_symlinks=False):
                self.folder(item)
            elif (place := place_of(item.name, layout)) is not None:
                self.add(place, item)
            elif not READ_ME.fullmatch(item.name):
                self.unknown_file(item.name)
        return Found(self.files, tuple(self.refused), tuple(self.problems))

    def check_meant(self, items: list[os.DirEntry[str]]) -> None:
        """Refuses a folder where the one above or one below is the content folder that was meant."""
        for item in items:
            if item.is_dir(follow_symlinks=False) and _is_laid_out(Path(item.path), self.layout):
                raise WrongFolderError(self.layout, f"{self.name}/{item.name}")
        above = self.root.resolve().parent
        if self.name in self.layout.folders and _is_laid_out(above, self.layout):
            raise WrongFolderError(self.layout, above.name)

    def folder(self, folder: os.DirEntry[str]) -> None:
        layout = self.layout
        if folder.name not in layout.folders:
            cure = did_you_mean(folder.name, layout.folders) or f"the folders are {', '.join(layout.folders)}"
            message = f"unknown folder {shown(folder.name)}"
            self.tell(Level.WARNING, folder.name, "unknown-folder", message, cure)
            return
        items = _items(Path(folder.path))
        for item in items:
            path = f"{folder.name}/{item.name}"
            if item.is_symlink():
                self.refuse_link(path, place_of(path, layout))
            elif item.is_dir(follow_symlinks=False):
                message = f"the folder {shown(item.name)} is not read"
                self.tell(Level.WARNING, path, "unknown-folder", message, f"move its files to {folder.name}/")
            elif READ_ME.fullmatch(item.name):
                continue
            elif (place := place_of(path, layout)) is not None:
                self.add(place, item)
            else:
                beside = {other.name for other in items}
                advice = advise(
                    item.name,
                    beside,
                    ending=layout.ending,
                    longest=layout.longest_id,
                    is_translated=layout.is_translated,
                )
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
        layout = self.layout
        cure = "take it away"
        if f"{name.rsplit('.', 1)[0]}.yaml" in layout.files:
            cure = f"rename it to `{name.rsplit('.', 1)[0]}.yaml`"
        elif name.endswith((layout.ending, ".yml")):
            cure = f"move it into the folder of its kind, such as {layout.sign}"
        expected = " or ".join(", ".join(["a folder of a kind", *layout.files]).rsplit(", ", 1))
        self.tell(Level.WARNING, name, "unknown-file", f"read {shown(name)}, expected {expected}", cure)


def scan(root: Path, layout: Layout = KNOWLEDGE) -> Found:
    """Everything in a content folder, without reading a file.

    Raises OSError where that fails, WrongFolderError where another folder must be meant.
    """
    return _Scan(root, layout).run()


def place_of(path: str, layout: Layout = KNOWLEDGE) -> FilePlace | None:
    """What a file with this path below the content folder is for; None where it is nothing of ours."""
    if path in layout.files:
        return FilePlace(path, layout.files[path])
    kind, slash, name = path.partition("/")
    if not slash or kind not in layout.folders or not name.endswith(layout.ending):
        return None
    entry_id, dot, tag = name.removesuffix(layout.ending).partition(".")
    if not is_id(entry_id, layout.longest_id):
        return None
    if not dot:
        return FilePlace(path, layout.folders[kind], kind, entry_id)
    is_body = layout.is_translated and is_language(tag)
    return FilePlace(path, FileRole.BODY, kind, entry_id, tag) if is_body else None


def _is_laid_out(folder: Path, layout: Layout) -> bool:
    return any((folder / name).is_file() for name in list(layout.files)[:1]) or any(
        (folder / kind).is_dir() for kind in layout.folders
    )


def _items(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as found:
        return sorted(
            (item for item in found if not LEFT_BEHIND.fullmatch(item.name)), key=lambda item: item.name
        )
