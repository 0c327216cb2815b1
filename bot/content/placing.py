"""Whole sets of files put into the knowledge folder: all of them or none, also where the program is killed.

What is to come stands beside its place under a name that content never has, and a journal in the folder says which
files these are. Its ending says how far it came: where it ends with `placing`, all of them stand beside their places,
and whoever comes next puts the rest in place; before that they are cleared away.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from bot.domain.errors import OperatorError

JOURNAL = ".focal-import."
STAGING, PLACING, UNDOING = "staging", "placing", "undoing"


@dataclass(frozen=True)
class _Step:
    """One file: `before` is the digest of what it replaces, None where it is new."""

    name: str
    target: Path
    before: str | None

    @property
    def beside(self) -> Path:
        return self.target.with_name(f".{self.target.name}.focal-import.tmp")

    @property
    def kept(self) -> Path:
        """What was there, under a second name: to put it back needs no room on the disk."""
        return self.target.with_name(f".{self.target.name}.focal-import.old")

    def check(self) -> None:
        if digest_of(self.target) != self.before:
            raise OperatorError(
                f"{self.target} was changed while the table was judged: nothing was changed by the import. "
                "Import the table again."
            )

    def stage(self, made: Path) -> None:
        self.beside.write_bytes((made / self.name).read_bytes())
        if self.before is None:
            return
        shutil.copymode(self.target, self.beside)
        self.kept.unlink(missing_ok=True)
        try:
            os.link(self.target, self.kept)
        except OSError:  # not every file system has second names
            shutil.copy2(self.target, self.kept)

    def undo(self) -> None:
        if self.beside.exists():
            return  # its place was never taken
        if self.before is None:
            self.target.unlink(missing_ok=True)
        elif self.kept.exists():
            self.kept.replace(self.target)

    def clear(self) -> None:
        self.beside.unlink(missing_ok=True)
        self.kept.unlink(missing_ok=True)


@dataclass(frozen=True)
class _Plan:
    steps: tuple[_Step, ...]
    new_folders: tuple[Path, ...]

    @classmethod
    def of(cls, knowledge: Path, before: Mapping[str, str | None], new_folders: Sequence[str]) -> _Plan:
        # A link is followed: what it leads to is replaced, not the link.
        steps = (_Step(name, (knowledge / name).resolve(), digest) for name, digest in before.items())
        return cls(tuple(steps), tuple(knowledge / name for name in new_folders))

    def clear(self) -> None:
        for step in self.steps:
            step.clear()
        for folder in self.new_folders:
            with suppress(OSError):  # there is something in it by now
                folder.rmdir()


def digest_of(path: Path) -> str | None:
    """Of what a file holds; None where there is none. Raises OSError."""
    try:
        return digest(path.read_bytes())
    except FileNotFoundError:
        return None


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def place(made: Path, knowledge: Path, files: Sequence[str], seen: Mapping[str, str | None]) -> None:
    """Puts files of the folder `made` into the knowledge folder, all or none: also Ctrl+C in the middle leaves
    everything as it was. `seen` has the digests of the files that they were made from; a file that is not in it has
    to be new. Raises OperatorError, also where somebody has changed one of them since."""
    before = {name: seen.get(name) for name in sorted(files, key=_order)}
    folders = sorted({name.rpartition("/")[0] for name in files} - {""})
    new_folders = [name for name in folders if not (knowledge / name).exists()]
    with _alone(knowledge):
        _finish(knowledge)
        plan = _Plan.of(knowledge, before, new_folders)
        journal = _journal(knowledge, STAGING)
        try:
            for step in plan.steps:
                step.check()
            journal.write_text(json.dumps({"files": before, "folders": new_folders}), encoding="utf-8")
            for folder in plan.new_folders:
                folder.mkdir()
            for step in plan.steps:
                step.stage(made)
            _reach_the_disk()
            journal.replace(_journal(knowledge, PLACING))
            for step in plan.steps:
                step.check()
                step.beside.replace(step.target)
        except BaseException as error:
            left = _undo(knowledge)
            if isinstance(error, OSError) or left:
                state = f"these are not as they were: {', '.join(left)}" if left else "nothing was changed"
                raise OperatorError(
                    f"{getattr(error, 'filename', None) or knowledge} cannot be written "
                    f"({getattr(error, 'strerror', None) or error}): {state}."
                ) from None
            raise
        _finish(knowledge)


def finish_left(knowledge: Path) -> str | None:
    """Finishes what an import left that was killed, and says so. Raises OperatorError where that cannot be done, and
    where that import is still at work."""
    if not any(_journal(knowledge, state).exists() for state in (STAGING, PLACING, UNDOING)):
        return None
    with _alone(knowledge):
        try:
            return _finish(knowledge)
        except OSError as error:
            raise OperatorError(
                f"An import was cut off, and what it left in {knowledge} cannot be finished "
                f"({error.strerror or error})."
            ) from None


def _finish(knowledge: Path) -> str | None:
    """Brings to its end what a journal speaks of. Raises OSError."""
    for state in (STAGING, PLACING, UNDOING):
        journal = _journal(knowledge, state)
        plan = _read(journal, knowledge)
        if plan is None:
            continue
        left_alone = []
        for step in plan.steps if state == PLACING else ():
            if not step.beside.exists():
                continue
            if digest_of(step.target) == step.before:
                step.beside.replace(step.target)
            else:
                left_alone.append(step.name)  # somebody wrote there meanwhile
        for step in reversed(plan.steps) if state == UNDOING else ():
            step.undo()
        plan.clear()
        journal.unlink()
        if state != PLACING:
            return "An import was cut off before it changed anything: what it left was cleared away."
        told = "An import was cut off while its files were put in place: the rest of them are in place now."
        return f"{told} Changed since, and left alone: {', '.join(left_alone)}." if left_alone else told
    return None


def _undo(knowledge: Path) -> list[str]:
    """Takes back what was begun; the names of what could not be put back, which the next one tries again."""
    with suppress(OSError):
        _journal(knowledge, PLACING).replace(_journal(knowledge, UNDOING))
    journal = _journal(knowledge, UNDOING)
    if not journal.exists():
        with suppress(OSError):
            _finish(knowledge)
        return []
    plan, left = _read(journal, knowledge), []
    for step in reversed(plan.steps) if plan is not None else ():
        try:
            step.undo()
        except OSError:
            left.append(step.name)
    if plan is not None and not left:
        with suppress(OSError):
            plan.clear()
            journal.unlink()
    return left


def _read(journal: Path, knowledge: Path) -> _Plan | None:
    try:
        told = json.loads(journal.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except ValueError:
        return _Plan((), ())  # cut off while it was written, which is before anything else
    return _Plan.of(knowledge, told["files"], told["folders"])


def _journal(knowledge: Path, state: str) -> Path:
    return knowledge / f"{JOURNAL}{state}"


def _order(name: str) -> tuple[bool, bool, str]:
    """Lists first, then cities, then what speaks of them: so every step on the way is sound."""
    return "/" in name, not name.startswith("cities/"), name


def _reach_the_disk() -> None:
    if sys.platform != "win32":
        os.sync()


@contextmanager
def _alone(knowledge: Path) -> Iterator[None]:
    """Keeps other imports out; the system lets go, however the program ends. Raises OperatorError."""
    if sys.platform == "win32":
        yield
        return
    import fcntl

    folder = os.open(knowledge, os.O_RDONLY)
    try:
        try:
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OperatorError(
                f"Another import is at work in {knowledge}. Try again when it is done."
            ) from None
        yield
    finally:
        os.close(folder)
