"""What is shown of the commitment report: its documents, publishing it, what was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Library
from bot.domain.people import Role
from bot.domain.publication import Edition, Format
from bot.domain.views.base import View


@dataclass(frozen=True)
class Standing:
    """How much of a report is there: of so many cities so many have an accepted report, and these have none.
    `cycle` is None where it is about all years; `is_part`: the reader looks after some cities only."""

    cycle: ReportingCycle | None
    cities: int
    reporting: int
    missing: tuple[str, ...]
    library: Library
    more_missing: int = 0
    is_part: bool = False


@dataclass(frozen=True)
class PublishScreen(View):
    """`language` is that of the document, `given` the format of the one that has just been made; `letters` how many
    letters have."""

    standing: Standing
    language: str
    languages: tuple[str, ...]
    others: tuple[ReportingCycle, ...] = ()
    may_freeze: bool = False
    editions: int = 0
    given: Format | None = None
    letters: int = 0


@dataclass(frozen=True)
class DraftCaption(View):
    """Below a document that is not published. `as_of` is the moment of the newest decision that it rests on."""

    standing: Standing
    format: Format
    language: str
    as_of: datetime | None = None


@dataclass(frozen=True)
class LettersCaption(View):
    """`alone` are cities of which nobody is in Focal, `more_alone` how many there are beside them."""

    standing: Standing
    letters: int
    alone: tuple[str, ...] = ()
    more_alone: int = 0


@dataclass(frozen=True)
class FreezeAsked(View):
    """Asks whether to publish. `rank` has a bit for each of `languages` that is chosen. `is_changed`: something is
    different from what the reader was shown before. `same_as` is the number of the newest edition of the same, where
    nothing that it rests on has changed since."""

    standing: Standing
    languages: tuple[str, ...]
    chosen: tuple[str, ...]
    rank: int
    mark: str
    is_changed: bool = False
    same_as: str = ""

    @property
    def documents(self) -> int:
        return len(Format) * len(self.chosen)


@dataclass(frozen=True)
class EditionLine:
    """`cycle` is None where it is gone from the files, or the edition is about all years."""

    edition: Edition
    cycle: ReportingCycle | None


@dataclass(frozen=True)
class Editions(View):
    """The published reports, newest first."""

    lines: tuple[EditionLine, ...]
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class EditionCard(View):
    """`role` is in which role it was published. `is_new`: just now. `given` is the format that is on its way,
    `damaged` one whose bytes are not what was published."""

    line: EditionLine
    language: str
    zone: str
    role: Role | None = None
    is_new: bool = False
    given: Format | None = None
    damaged: Format | None = None


@dataclass(frozen=True)
class EditionCaption(View):
    """Below a document of a published report."""

    line: EditionLine
    format: Format
    language: str
    digest: str
