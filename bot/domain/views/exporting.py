"""What is shown of tables to take out: what there is, as which file, of which cycle, and that it is there."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.cycles import ReportingCycle
from bot.domain.exports import Shape, What
from bot.domain.views.base import View


@dataclass(frozen=True)
class ExportTables(View):
    """The tables of which somebody may have rows, each with its letter."""

    tables: tuple[tuple[str, What], ...]


@dataclass(frozen=True)
class ExportForms(View):
    """The files in which a table can be had, each with its letter: Excel or CSV, and its shape."""

    letter: str
    what: What
    forms: tuple[tuple[str, bool, Shape], ...]
    """Letter, whether it is Excel, shape."""
    of_countries: bool = False
    """Only the cities of some countries are in it: those that this reader looks after."""


@dataclass(frozen=True)
class ExportCycles(View):
    """The cycles to which a table can be narrowed, each with its mark."""

    letter: str
    what: What
    form: str
    cycles: tuple[tuple[str, ReportingCycle], ...]


@dataclass(frozen=True)
class ExportFile(View):
    """Stands below the file."""

    what: What
    shape: Shape
    rows: int
    cycle: ReportingCycle | None = None
    of_countries: bool = False
    of_reports: bool = False
    """What sources publish belongs to no cycle, and is not in it."""


@dataclass(frozen=True)
class ExportEmpty(View):
    """There is nothing of a table yet: at all, or in this cycle."""

    what: What
    cycle: ReportingCycle | None = None
    of_countries: bool = False


@dataclass(frozen=True)
class Exported(View):
    """Takes the place of the message with the progress."""

    what: What
    rows: int
