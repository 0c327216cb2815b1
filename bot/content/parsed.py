"""What one content file says, before it is compared with the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from bot.content.problems import Position, Problem
from bot.domain.commitments import Indicator
from bot.domain.cycles import ReportingCycle
from bot.domain.entries import Entry, Topic
from bot.domain.questionnaires import Questionnaire
from bot.domain.reminder_rules import DaysOff, MessageTemplate, ReminderRules

ReferenceKind: TypeAlias = Literal[
    "entry",
    "city",
    "link",
    "topic",
    "indicator",
    "place",
    "formerly",
    "parent",
    "questionnaire",
    "reminders",
    "commitment",
]


@dataclass(frozen=True, slots=True)
class Reference:
    """A name in a file that means something in another file. `key` is where it stands; empty for a body."""

    kind: ReferenceKind
    name: str
    line: int
    column: int
    key: str = ""

    @property
    def position(self) -> Position:
        return self.line, self.column


@dataclass(frozen=True, slots=True)
class EntryContent:
    """An entry file: the entry with its English body, its references, and the languages of its texts."""

    entry: Entry
    references: tuple[Reference, ...]
    texts: tuple[tuple[str, frozenset[str]], ...]
    """Each localised key with the languages it has, for the notes about missing translations."""


@dataclass(frozen=True, slots=True)
class BodyContent:
    """The body of an entry in another language."""

    text: str
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class TopicsContent:
    topics: dict[str, Topic]
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsContent:
    indicators: dict[str, Indicator]


@dataclass(frozen=True, slots=True)
class QuestionnaireContent:
    questionnaire: Questionnaire
    references: tuple[Reference, ...]
    texts: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class CycleContent:
    cycle: ReportingCycle
    references: tuple[Reference, ...]
    texts: tuple[tuple[str, frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class RemindersContent:
    rules: ReminderRules


@dataclass(frozen=True, slots=True)
class HolidaysContent:
    """Days of rest, and where they are kept: a country by its two letters, or cities by their ids."""

    places: tuple[str, ...]
    days_off: DaysOff
    references: tuple[Reference, ...]


@dataclass(frozen=True, slots=True)
class MessageContent:
    template: MessageTemplate
    texts: tuple[tuple[str, frozenset[str]], ...]


Content: TypeAlias = (
    "EntryContent | BodyContent | TopicsContent | IndicatorsContent | QuestionnaireContent | CycleContent"
    " | RemindersContent | HolidaysContent | MessageContent"
)


@dataclass(frozen=True, slots=True)
class Parsed:
    """One file as read. `content` is None where an error sets the file aside."""

    content: Content | None
    problems: tuple[Problem, ...] = ()
