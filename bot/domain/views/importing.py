"""What is shown of tables that are brought in: what is in it, what would come of it, and that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.imports.columns import What
from bot.domain.views.base import View


@dataclass(frozen=True)
class TableSent(View):
    """A table came, and it is asked what it holds."""

    name: str
    choices: tuple[tuple[str, What], ...]


@dataclass(frozen=True)
class TableTried(View):
    """What would come of a table. `made` counts the files or, of people, the links."""

    what: What
    work_id: int
    rows: int
    accepted: int
    rejected: int
    there_already: int
    made: int


@dataclass(frozen=True)
class VerdictsFile(View):
    """Stands below the file with the verdicts."""

    what: What
    rows: int


@dataclass(frozen=True)
class TableBrought(View):
    """Takes the place of the message with the progress."""

    what: What
    made: int


@dataclass(frozen=True)
class BroughtFile(View):
    """Stands below the archive of files that an admin puts in place, or below the links."""

    what: What
    made: int
