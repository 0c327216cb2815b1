"""What the network knows at one moment: the library, its card index, and what is wrong with the files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.content.problems import Problem
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.lookup.index import Index


@dataclass(frozen=True)
class Knowledge:
    """One immutable snapshot. A request takes it once and keeps it to its end."""

    library: Library
    index: Index
    problems: Sequence[Problem] = ()
    set_aside: Sequence[str] = ()
    schedules: Schedules = field(default_factory=Schedules)
    folder: Path | None = None
    """Where the entries stand as files, for what is agreed to be changed in one."""
    templates: Path | None = None
    """Where the secretariat's own Word templates stand; None: those of the package."""


@dataclass
class KnowledgeSource:
    """Holds the current snapshot; a reload swaps it in one assignment."""

    current: Knowledge = field(default_factory=lambda: Knowledge(Library(), Index.build(Library())))
