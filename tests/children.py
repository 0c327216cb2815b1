"""The processes that a process has begun, and that are still there (on Linux)."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

PROCESSES = Path("/proc")


def children(of: int | None = None) -> list[int]:
    """Of this process, unless another is named."""
    if not PROCESSES.joinpath("self").exists():
        pytest.skip("only Linux tells whose child a process is")
    wanted = os.getpid() if of is None else of
    return [int(folder.name) for folder in PROCESSES.glob("[0-9]*") if _parent(folder) == wanted]


def first_child(of: int | None = None, but: frozenset[int] = frozenset(), within: float = 30) -> int:
    """A child that is there now or soon, and is none of `but`."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        for child in children(of):
            if child not in but:
                return child
        time.sleep(0.01)
    raise AssertionError("no process was begun")


def is_gone(process: int, within: float = 3) -> bool:
    until = time.monotonic() + within
    while _parent(PROCESSES / str(process)) is not None:
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def _parent(folder: Path) -> int | None:
    """None where the process has ended."""
    try:
        state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]
    except OSError:
        return None
    return None if state == "Z" else int(parent)
