"""Where commands write what they make, and the bar that shows how far they are."""

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


@contextmanager
def written(out: Path | None) -> Iterator[BinaryIO]:
    """What is to be written to; a file takes its place when everything is written, and nothing is left behind where
    that fails. Raises OperatorError where it cannot be written."""
    if out is None:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    if out.is_dir():
        raise OperatorError(f"{out} is a folder. Name a file in it.")
    is_device = out.exists() and not out.is_file()
    beside = out if is_device else out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            yield file
        if not is_device:
            beside.replace(out)
    except OSError as error:
        raise OperatorError(f"{out} cannot be written ({error.strerror or error}).") from None
    finally:
        if not is_device:
            beside.unlink(missing_ok=True)


@contextmanager
def bar(what: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on standard error, where somebody sits in front of it: call it with how much of how much is done."""
    shown = -1

    def say(done: int, of: int) -> None:
        nonlocal shown
        share = 100 * done // of if of else 100
        if share != shown and sys.stderr.isatty():
            shown = share
            filled = WIDTH * share // 100
            sys.stderr.write(f"{CLEARED}[{'#' * filled}{'-' * (WIDTH - filled)}] {share} %  {what}")
            sys.stderr.flush()

    try:
        yield say
    finally:
        if sys.stderr.isatty():
            sys.stderr.write(CLEARED)
            sys.stderr.flush()
