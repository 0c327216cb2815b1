"""What is wrong with a content file: where, how badly, and the smallest cure."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Position: TypeAlias = tuple[int, int]
"""Line and column, both counted from 1, the column in characters."""

START: Position = (1, 1)
"""The position of a problem that has no line of its own."""

LONGEST_QUOTE = 48
LEAST_LIKENESS = 70
LONGEST_GUESS = 80


class Effect(StrEnum):
    """What became of a file for those who read in the chat."""

    SERVED = "served"
    """As it is written."""
    PART_LEFT_OUT = "part-left-out"
    """Without what a dead link, an unknown topic or the like would have given."""
    LAST_GOOD_SERVES = "last-good-serves"
    """Set aside; it is served as it was before the mistake."""
    NOTHING_SERVES = "nothing-serves"
    """Set aside, and there is nothing good from before: a new file, or a name that cannot be."""


class Level(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One finding. `path` begins with the content folder's own name and has forward slashes."""

    path: str
    line: int
    column: int
    level: Level
    code: str
    message: str
    cure: str | None = None

    def __str__(self) -> str:
        """`path:line:column: level: message`, the message ending with the cure where there is one."""
        told = f"{self.message}; {self.cure}" if self.cure else self.message
        return f"{self.path}:{self.line}:{self.column}: {self.level}: {told}"

    def as_json(self) -> dict[str, str | int | None]:
        """The fields as `focal check --json` prints them; message and cure apart."""
        return asdict(self)


@dataclass(slots=True)
class Report:
    """Collects the problems of one file while it is read."""

    path: str
    problems: list[Problem] = field(default_factory=list)

    def add(self, level: Level, code: str, message: str, cure: str | None, at: Position) -> None:
        # A cure may quote what was read over several lines; a problem is always one line.
        cure = cure.replace("\n", " ") if cure else cure
        self.problems.append(Problem(self.path, at[0], at[1], level, code, message, cure))

    def error(self, code: str, message: str, cure: str | None = None, at: Position = START) -> None:
        self.add(Level.ERROR, code, message, cure, at)

    def warning(self, code: str, message: str, cure: str | None = None, at: Position = START) -> None:
        self.add(Level.WARNING, code, message, cure, at)

    def note(self, code: str, message: str, cure: str | None = None, at: Position = START) -> None:
        self.add(Level.NOTE, code, message, cure, at)

    @property
    def has_errors(self) -> bool:
        return any(problem.level is Level.ERROR for problem in self.problems)


def in_reading_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """By path, then by place in the file."""
    return tuple(sorted(problems, key=lambda p: (p.path, p.line, p.column, p.code)))


def shown(value: object) -> str:
    """What was read, as a message quotes it: short, on one line, and told from our own words."""
    if isinstance(value, list | tuple):
        return "a list"
    if isinstance(value, dict):
        return "a group of keys"
    text = " ".join(str(value).split())
    return f"`{text[: LONGEST_QUOTE - 1]}…`" if len(text) > LONGEST_QUOTE else f"`{text}`"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that `word` was most likely meant to be; None where nothing is near."""
    return _nearest(word[:LONGEST_GUESS], tuple(known))


@lru_cache(maxsize=2048)
def _nearest(word: str, known: tuple[str, ...]) -> str | None:
    # Imported here: a folder without mistakes needs no guesses, and `focal lookup` starts sooner.
    from rapidfuzz import fuzz, process

    wanted = word.casefold().replace("_", "-").replace(" ", "-")
    if wanted in known:
        return wanted
    found = process.extractOne(wanted, known, scorer=fuzz.ratio, score_cutoff=LEAST_LIKENESS)
    if found is None or (found[0].endswith(wanted) and len(found[0]) - len(wanted) > 1):
        # Another beginning makes another word: who writes `cycling` did not mean `recycling`.
        return None
    return found[0]


def did_you_mean(word: str, known: Iterable[str]) -> str | None:
    """The cure `did you mean …?`, or None."""
    found = nearest(word, known)
    return f"did you mean `{found}`?" if found is not None else None
