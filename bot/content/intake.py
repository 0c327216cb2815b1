"""One content folder taken in: each file as it is now, or as it last was good."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.content.folder import FilePlace, Found, Layout, WrongFolderError, place_of, scan
from bot.content.last_good import LastGood
from bot.content.parsed import Content, Parsed
from bot.content.problems import Level, Problem, Report
from bot.content.reading import LARGEST_FILE, FileTooLargeError, Stamp, read_steady


@dataclass(frozen=True, slots=True)
class Record:
    """A file as it was last read: how it looked, the hash of its bytes, and what it says."""

    stamp: Stamp
    digest: str
    parsed: Parsed


Memory = dict[str, Record]
"""What was parsed before, by path; a file with the same stamp is not read again."""

Objections = Callable[[FilePlace, Content], Sequence[Problem]]
"""What is wrong with a file beside the others; an error sets it aside."""


class Intake:
    """What is served of one folder, by file, and what is wrong with the rest. It is filled by `take_all`."""

    def __init__(self, layout: Layout, root: Path, last_good: LastGood | None, memory: Memory) -> None:
        self.layout = layout
        self.root = root
        self.name = root.resolve().name
        self.last_good = last_good
        self.memory = memory
        self.problems: list[Problem] = []
        self.served: dict[FilePlace, Content] = {}
        self.digests: dict[str, str] = {}
        self.aside: dict[str, FilePlace] = {}
        self.from_last_good: list[str] = []
        self.unread: set[str] = set()
        self.gone_ids: set[str] = set()
        self.stamps: dict[str, Stamp] = {}
        self.lost: Problem | None = None

    def take_all(self, objections: Objections = lambda place, content: ()) -> None:
        """Reads the folder. Never raises for what is in it, nor where there is none."""
        found = self._look()
        self.stamps = {place.path: stamp for place, stamp in found.files.items()}
        self._miss_folders()
        order = list(self.layout.folders)
        in_order = sorted(found.files, key=lambda place: order.index(place.kind) if place.kind else -1)
        for place in in_order:
            self._take(place, found.files[place], objections)
        for place in found.refused:
            self._set_aside(place)
        for gone in set(self.memory) - set(self.stamps):
            if place_of(gone, self.layout) is not None:
                del self.memory[gone]

    def told(self, path: str) -> str:
        """The path as problems have it: `knowledge/practices/x.md`."""
        return f"{self.name}/{path}"

    @property
    def set_aside(self) -> tuple[str, ...]:
        """Files whose present content is not served; the folder itself where all of it cannot be read."""
        if self.lost is not None:
            return (self.name,)
        return tuple(sorted({self.told(path) for path in self.aside} | self.unread))

    @property
    def served_from_last_good(self) -> tuple[str, ...]:
        """Those of them that are served as they were when they were last good."""
        if self.lost is not None:
            return (self.name,) if self.from_last_good else ()
        return tuple(sorted(self.told(path) for path in self.from_last_good))

    @property
    def all_problems(self) -> list[Problem]:
        """Where the folder is missing that alone is told, and not each of its files."""
        return self.problems if self.lost is None else [self.lost]

    def _look(self) -> Found:
        try:
            found = scan(self.root, self.layout)
        except OSError as error:
            return Found({}, self._lose(error))
        self.problems.extend(found.problems)
        self.unread.update(problem.path for problem in found.problems if problem.level is Level.ERROR)
        return found

    def _lose(self, error: OSError) -> tuple[FilePlace, ...]:
        """Tells that there is no folder; gives the files whose copies have to serve."""
        kept = self._kept_places()
        if self.layout.may_be_missing and isinstance(error, FileNotFoundError) and not kept:
            message = "there is no such folder beside the knowledge, so nobody is asked for a report"
            cure = "`focal init DIR` writes one with examples"
            self.problems.append(Problem(self.name, 1, 1, Level.NOTE, "no-folder", message, cure))
            return ()
        message = f"this folder cannot be read ({error.strerror or error})"
        cure = "give the folder that has " + " and ".join([*list(self.layout.files)[:1], self.layout.sign])
        if isinstance(error, WrongFolderError):
            message, cure = str(error), error.cure
        self.lost = Problem(self.name, 1, 1, Level.ERROR, "folder", message, cure)
        return kept

    def _kept_places(self) -> tuple[FilePlace, ...]:
        kept = self.last_good.paths() if self.last_good is not None else ()
        places = (place_of(path, self.layout) for path in kept)
        return tuple(place for place in places if place is not None)

    def _miss_folders(self) -> None:
        """Tells of each folder that is gone since the last time, instead of every link that led into it."""
        gone: dict[str, set[str]] = {}
        if self.lost is None:
            for place in self._kept_places():
                if place.kind and not (self.root / place.kind).is_dir():
                    gone.setdefault(place.kind, set()).add(place.entry_id)
        for kind, ids in gone.items():
            self.gone_ids |= ids
            self.unread.add(self.told(kind))
            message = f"this folder is gone, and with it {len(ids)} {'entries' if len(ids) > 1 else 'entry'}"
            cure = "put it back, or take out what leads to its entries"
            self.problems.append(Problem(self.told(kind), 1, 1, Level.ERROR, "folder", message, cure))

    def _take(self, place: FilePlace, stamp: Stamp, objections: Objections) -> None:
        """Reads one file and serves it, or sets it aside."""
        raw: bytes | None = None
        record = self.memory.get(place.path)
        if record is None or record.stamp != stamp:
            read = self._read(place, stamp)
            if read is None:
                return
            record, raw = read
            self.memory[place.path] = record
        content = record.parsed.content
        objected = objections(place, content) if content is not None else ()
        self.problems.extend((*record.parsed.problems, *objected))
        if content is None or any(problem.level is Level.ERROR for problem in objected):
            self._set_aside(place)
            return
        self.served[place] = content
        self.digests[place.path] = record.digest
        self._keep(place, record.digest, raw)

    def _keep(self, place: FilePlace, digest: str, raw: bytes | None) -> None:
        """Takes the file as its last good version. Without `raw` it was parsed before, and is read once more."""
        if self.last_good is None or self.last_good.has(place.path, digest):
            return
        if raw is None:
            with suppress(OSError):
                raw, _ = read_steady(self.root / place.path)
        if raw is not None and sha256(raw).hexdigest() == digest:
            self.last_good.keep(place.path, raw, digest)

    def _read(self, place: FilePlace, stamp: Stamp) -> tuple[Record, bytes | None] | None:
        """The file as it is now; None where it has just been deleted."""
        from bot.content.parse import parse

        report = Report(self.told(place.path))
        try:
            raw, stamp = read_steady(self.root / place.path)
        except FileNotFoundError:
            return None
        except FileTooLargeError as error:
            most = LARGEST_FILE // 1024
            message = f"the file has {error.size // 1024} KiB, expected at most {most}"
            report.error("too-large", message, "split it, or take out what is no text")
        except OSError as error:
            message = f"the file cannot be read ({error.strerror or error})"
            report.error("unreadable", message, "look at its permissions")
        else:
            parsed = parse(raw, place, self.told(place.path))
            return Record(stamp, sha256(raw).hexdigest(), parsed), raw
        return Record(stamp, "", Parsed(None, tuple(report.problems))), None

    def _set_aside(self, place: FilePlace) -> None:
        """Takes a file out, and serves what was last good of it where there is something."""
        self.aside[place.path] = place
        raw = self.last_good.bytes_of(place.path) if self.last_good is not None else None
        if raw is None:
            return
        from bot.content.parse import parse

        content = parse(raw, place, self.told(place.path)).content
        if content is not None:
            self.served[place] = content
            self.digests[place.path] = sha256(raw).hexdigest()
            self.from_last_good.append(place.path)


def version_of(digests: Mapping[str, str]) -> str:
    """One hash for all files, by the hashes of each."""
    whole = sha256()
    for path, digest in sorted(digests.items()):
        whole.update(f"{path}\0{digest}\n".encode())
    return whole.hexdigest()
