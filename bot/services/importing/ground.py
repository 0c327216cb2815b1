"""What the judges of all kinds of tables work with."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.folder import FilePlace, FileRole
from bot.content.names import is_language
from bot.content.parse import parse
from bot.content.problems import Level
from bot.domain.entries import Library
from bot.domain.imports.cities import Cities, Geography, Names
from bot.domain.imports.judging import Judged
from bot.domain.imports.mapping import ColumnMapping
from bot.domain.imports.why import Why
from bot.domain.proposals import ContentFile


@dataclass(frozen=True)
class Shelf:
    """What is there already. `read` gives the text of a content file by its path below the knowledge folder (None
    where there is none), `ids` are the names of all its files."""

    library: Library
    geography: Geography
    read: Callable[[str], str | None]
    ids: frozenset[str] = frozenset()
    may_appoint: bool = True
    """Whether people may be invited who work for the network itself."""


def ids_in(knowledge: Path) -> frozenset[str]:
    """The names of all files of entries, also of those that are set aside."""
    return frozenset(path.name.split(".", 1)[0] for path in knowledge.glob("*/*.md"))


def text_in(path: Path) -> str | None:
    """The text of a content file to the letter, with its mark and line ends; None where there is none. Raises
    UnicodeDecodeError for one in other letters: content checks find it first."""
    try:
        return path.read_bytes().decode("utf-8")
    except FileNotFoundError:
        return None


@dataclass(frozen=True)
class Invited:
    """Somebody to invite, by the row of the table."""

    row: int
    role: str
    city: str | None
    note: str


@dataclass
class Ground:
    """What the judges of all kinds of tables work with. Nothing in it grows with the rows, but for the names of new
    cities and entries, and a few bytes for each row."""

    shelf: Shelf
    mapping: ColumnMapping
    scratch: Path
    names: Names
    cities: Cities
    seen: set[bytes] = field(default_factory=set)
    written: list[str] = field(default_factory=list)

    def keep(self, group: str, row: dict[str, str]) -> None:
        """Keeps a row for the file that it belongs to."""
        folder = self.scratch / "groups"
        folder.mkdir(exist_ok=True)
        with (folder / f"{group}.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def groups(self) -> Iterator[tuple[str, Iterator[dict[str, str]]]]:
        """What was kept, by its file, in the order of their names."""
        for path in sorted((self.scratch / "groups").glob("*.jsonl")):
            with path.open(encoding="utf-8") as file:
                yield path.stem, (json.loads(line) for line in file)

    def write(self, file: ContentFile) -> None:
        path = file.path.removeprefix("knowledge/")
        target = self.scratch / "out" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.text, encoding="utf-8", newline="")
        self.written.append(path)


class Judge:
    """One kind of table. `judge` says whether the row is new (and keeps what it says), or there already; what it
    finds wrong stands in the row's findings. `finish` writes the files."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground

    def judge(self, judged: Judged) -> bool:
        raise NotImplementedError

    def finish(self) -> tuple[Invited, ...]:
        return ()


def check_languages(judged: Judged, key: str, told: Iterable[str]) -> None:
    """Rejects what is no language."""
    for language in told:
        if not is_language(language):
            judged.reject(key, Why.LANGUAGE, read=language)


def check_language(judged: Judged) -> None:
    """Rejects a row whose texts are in no language."""
    told = judged.cells.word("language")
    check_languages(judged, "language", (told,) if told else ())


def is_sound(judged: Judged, file: ContentFile) -> bool:
    """Whether the content checks find no error in the file; the row is rejected where they do."""
    _, kind, name = file.path.split("/")
    entry_id = name.removesuffix(".md")
    place = FilePlace(f"{kind}/{name}", FileRole.ENTRY, kind, entry_id)
    parsed = parse(file.text.encode(), place, file.path)
    for problem in parsed.problems:
        if problem.level is Level.ERROR:
            key = problem.message.split("`")[1].split("[")[0] if "`" in problem.message else None
            told = f"{problem.message}; {problem.cure}" if problem.cure else problem.message
            judged.reject(key if key is not None and judged.cells[key] else None, Why.CONTENT, check=told)
    return not judged.is_rejected
