"""What is shown of tables that are brought in: what is in it, what would come of it, and that it is done."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.imports.columns import What
from bot.domain.views.base import View


@dataclass(frozen=True)
class TableSent(View):
    """A table came, and it is asked what it holds. `mark` names it in the buttons."""

    name: str
    choices: tuple[tuple[str, What], ...]
    mark: str


@dataclass(frozen=True)
class ImportStart(View):
    """How tables are brought in; without choices: by others. `came` is the empty table that comes below."""

    choices: tuple[tuple[str, What], ...]
    came: What | None = None


@dataclass(frozen=True)
class EmptyTable(View):
    """Stands below a table to fill in."""

    what: What


@dataclass(frozen=True)
class RejectedRow:
    """`words` say what is wrong and how to put it right, in the language of whoever sent the table."""

    row: int
    column: str | None
    words: str


@dataclass(frozen=True)
class TableTried(View):
    """What would come of a table. `made` counts the files or, of people, the links; `first` are rejected rows."""

    what: What
    work_id: int
    rows: int
    accepted: int
    rejected: int
    there_already: int
    made: int
    first: tuple[RejectedRow, ...] = ()
    name: str = ""
    """Of the table that was sent."""


@dataclass(frozen=True)
class VerdictsFile(View):
    """Stands below the file with the verdicts."""

    what: What
    rows: int


@dataclass(frozen=True)
class TableBrought(View):
    """Takes the place of the message with the progress. `name` is that of the table."""

    what: What
    made: int
    name: str = ""


@dataclass(frozen=True)
class LinksMade(View):
    """The links of a table were made already: once more would let twice as many in."""

    name: str


@dataclass(frozen=True)
class BroughtFile(View):
    """Stands below the archive of files that an admin puts in place, or below the links."""

    what: What
    made: int
