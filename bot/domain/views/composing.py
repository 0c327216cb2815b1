"""What is shown: writing an announcement and choosing its audience."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.announcements import LONGEST_CAPTION, Announcement
from bot.domain.people import Role
from bot.domain.views.base import View
from bot.domain.words import LocalText


@dataclass(frozen=True)
class Named:
    """What a selection names, in words."""

    roles: tuple[Role, ...] = ()
    countries: tuple[str, ...] = ()
    topics: tuple[LocalText, ...] = ()
    owing: LocalText | None = None
    """The title of a cycle."""
    cities: tuple[LocalText, ...] = ()


@dataclass(frozen=True)
class Reader:
    """One of an audience, for a sample: somebody with their city, or a team group."""

    name: str | None
    place: LocalText | None
    is_group: bool = False


@dataclass(frozen=True)
class Readers:
    """Those of an audience who read one language (a tag; "" where it is not known), and the language that they will
    get: None where there is no text at all."""

    tag: str
    count: int
    gets: str | None
    sample: tuple[Reader, ...] = ()

    @property
    def is_written(self) -> bool:
        return self.gets is not None and self.gets.casefold() == self.tag.casefold()


@dataclass(frozen=True)
class Crowd:
    """An audience in words and numbers; `unreachable` are among the people and the groups."""

    chosen: Named
    left_out: Named | None
    wants_groups: bool
    people: int
    groups: int
    unreachable: int
    readers: tuple[Readers, ...]
    """By language, the most first."""

    @property
    def count(self) -> int:
        return self.people + self.groups

    @property
    def narrows(self) -> bool:
        return self.chosen != Named()

    @property
    def is_empty(self) -> bool:
        """Whether there is nobody whom it could reach now."""
        return self.count == self.unreachable


class ComposerNote(StrEnum):
    NONE = ""
    SAVED = "saved"
    REPLACED = "replaced"
    ERASED = "erased"
    FILE_KEPT = "file-kept"
    FILE_GONE = "file-gone"
    CAPTION_LEFT = "caption-left"
    """The file is kept, its caption is not: there is a text in that language already."""
    TOO_LONG_FOR_FILE = "too-long-for-file"
    CHANGED = "changed"
    """An old button: this is how it stands now."""
    SHOWN = "shown"
    """It was sent to its author."""
    BACK = "back"
    """It had been called off or thrown away, and is a draft again."""
    NO_TEXT = "no-text"
    TOO_LONG = "too-long"
    NOBODY = "nobody"


@dataclass(frozen=True)
class Composer(View):
    """The announcement as it stands. `languages` can be written; `beginning` is how its text begins, without markup;
    `tag` and `number` belong to the note: a language, and how many characters."""

    announcement: Announcement
    crowd: Crowd
    languages: tuple[str, ...]
    beginning: str | None = None
    note: ComposerNote = ComposerNote.NONE
    tag: str = ""
    number: int = 0
    has_templates: bool = False

    @property
    def room_with_file(self) -> int:
        return LONGEST_CAPTION


@dataclass(frozen=True)
class TextAsked(View):
    """Asks for the text in one language; `length` is that of one that was too long."""

    announcement_id: int
    version: int
    tag: str
    longest: int
    is_there: bool = False
    length: int | None = None


@dataclass(frozen=True)
class MediaAsked(View):
    """Asks for a photo or a document; `wrong`: it was words that came."""

    announcement_id: int
    version: int
    longest: int
    wrong: bool = False


@dataclass(frozen=True)
class AudienceCard(View):
    announcement_id: int
    version: int
    crowd: Crowd
    changed: bool = False


@dataclass(frozen=True)
class Choice:
    """Something that an audience may be chosen by: a code of ours (a role, a country) or words of a file."""

    mark: str
    is_chosen: bool
    code: str | None = None
    label: LocalText | None = None


@dataclass(frozen=True)
class AudienceChoices(View):
    """Things of one kind to choose from; `what` is the kind's letter, `kind` its name without "not"."""

    announcement_id: int
    version: int
    what: str
    kind: str
    leaves_out: bool
    choices: tuple[Choice, ...]
    page: int
    pages: int
    count: int


@dataclass(frozen=True)
class CitiesAsked(View):
    """Asks for cities in one message; `chosen` are named so far, `unknown` were words that name none, `several` are
    words that name more than one."""

    announcement_id: int
    version: int
    what: str
    leaves_out: bool
    chosen: tuple[Choice, ...]
    count: int
    more: int = 0
    """How many more are chosen than are shown."""
    unknown: tuple[str, ...] = ()
    several: tuple[tuple[str, tuple[Choice, ...]], ...] = ()


@dataclass(frozen=True)
class AnnouncementOptions(View):
    """`days` are those until which late joiners may get it, by the code of the button."""

    announcement: Announcement
    days: Mapping[str, date]


@dataclass(frozen=True)
class PreviewAsked(View):
    announcement_id: int
    version: int
    written: tuple[str, ...]


@dataclass(frozen=True)
class SendAsked(View):
    """Everything to know before it goes out, and when it may."""

    announcement: Announcement
    crowd: Crowd


@dataclass(frozen=True)
class TimeAsked(View):
    """Asks for a day and an hour in the office's zone. `typed` was not understood, or is over."""

    announcement_id: int
    version: int
    zone: str
    typed: str | None = None
    is_over: bool = False
    either: tuple[tuple[str, date], ...] = ()
    """Two days that were meant perhaps, by the code of the button."""


@dataclass(frozen=True)
class DayAsked(View):
    """Asks for the day on which it goes out at nine everywhere."""

    announcement_id: int
    version: int
    days: tuple[tuple[str, date], ...]
    typed: str | None = None


@dataclass(frozen=True)
class TimeShown(View):
    """The time that was chosen, before it holds: `first` is when it leaves first, `last` when at last."""

    announcement: Announcement
    count: int
    zone: str
    first: datetime
    last: datetime


@dataclass(frozen=True)
class NumberAsked(View):
    """Asks for the number of recipients, before it goes out to many. `wrong`: another one was typed; `was` is the
    number that was shown before, where it has changed since."""

    announcement_id: int
    version: int
    count: int
    wrong: bool = False
    was: int | None = None


@dataclass(frozen=True)
class DropAsked(View):
    announcement_id: int
    version: int


@dataclass(frozen=True)
class Listed:
    """One line of the list: how it begins, and who wrote it where that is somebody else."""

    announcement: Announcement
    beginning: str | None
    author: str | None = None


@dataclass(frozen=True)
class AnnouncementList(View):
    listed: tuple[Listed, ...]
    page: int
    pages: int
    zone: str
    has_templates: bool = False
    dropped: int | None = None
    """The one that was thrown away just now."""


@dataclass(frozen=True)
class TemplateList(View):
    templates: tuple[tuple[str, LocalText], ...]
    """By mark."""
