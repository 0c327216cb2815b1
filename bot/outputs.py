"""Where commands write what they make, and what they show beside it: how far they are, and notes."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from bot.domain.errors import OperatorError

WIDTH = 20
"""Characters of the bar."""
CLEARED = "\r\x1b[2K"
ENDINGS = frozenset(
    {
        "csv",
        "doc",
        "docx",
        "htm",
        "html",
        "json",
        "md",
        "ods",
        "odt",
        "pdf",
        "tsv",
        "txt",
        "xls",
        "xlsx",
        "zip",
    }
)
"""Of files that programs open by their ending."""
ALSO = {"html": ("htm",), "md": ("txt",), "json": ("txt",), "csv": ("txt",)}
"""Endings that a format may have beside its own."""


def check_ending(out: Path, kind: str) -> None:
    """Raises OperatorError where a name says of its file that it is of another kind; before the work is done."""
    ending = out.suffix.removeprefix(".").lower()
    if ending in ENDINGS - {kind, *ALSO.get(kind, ())}:
        raise OperatorError(
            f"{out} does not end as {kind} does. Name it so: --out {out.with_suffix(f'.{kind}')}"
        )


def check_new(out: Path) -> None:
    """Raises OperatorError where there is a file already; before the work is done, not after it."""
    if out.is_file():
        raise OperatorError(f"{out} is there already: name another file, or delete it.")


@contextmanager
def written(out: Path | None, *, is_new: bool = False, is_secret: bool = False) -> Iterator[BinaryIO]:
    """What is to be written to; a file takes its place when everything is written and on the disk, and nothing is
    left behind where that fails. With `is_new` no other file is replaced; one that is secret is for its owner only.
    Raises OperatorError where it cannot be written."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        raise OperatorError(f"{out} is a folder. Name a file in it.")
    if is_new:
        check_new(out)
    is_device = out.exists() and not out.is_file()
    beside = out if is_device else out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with open(beside, "wb", opener=_opened_for_owner if is_secret else None) as file:
            yield file
            file.flush()
            if not is_device:
                os.fsync(file.fileno())
        if is_new:
            check_new(out)
        if not is_device:
            beside.replace(out)
    except OSError as error:
        raise OperatorError(f"{out} cannot be written ({error.strerror or error}).") from None
    finally:
        if not is_device:
            beside.unlink(missing_ok=True)


def _opened_for_owner(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def note(words: str) -> None:
    """Says something on standard error, in the place of a bar."""
    _show("")
    sys.stderr.write(f"{words}\n")


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody sits in front of it: call it with how much of how much is done."""
    shown = -1

    def say(done: int, of: int) -> None:
        nonlocal shown
        share = 100 * done // of if of else 100
        if share != shown:
            shown = share
            _show(f"{_drawn(share)} {share} %  {what}")

    try:
        yield say
    finally:
        _show("")


@contextmanager
def steps(of: int) -> Iterator[Callable[[str], None]]:
    """The same bar for work of so many steps: call it with what is done next."""
    done = 0

    def say(step: str) -> None:
        nonlocal done
        _show(f"{_drawn(100 * done // of)} {step} …")
        done += 1

    try:
        yield say
    finally:
        _show("")


def _drawn(share: int) -> str:
    """`share` in percent."""
    filled = WIDTH * share // 100
    return f"[{'#' * filled}{'-' * (WIDTH - filled)}]"


def _show(line: str) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"{CLEARED}{line}")
        sys.stderr.flush()
