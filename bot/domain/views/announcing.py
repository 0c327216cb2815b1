"""Views: an announcement on its way: progress, report, correction, withdrawal, team groups."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.announcements import Announcement, Fate
from bot.domain.entries import Library
from bot.domain.groups import TeamGroup
from bot.domain.views.base import View
from bot.domain.words import LocalText


class BoardNews(StrEnum):
    """What was just done, said above the board."""

    NONE = ""
    CALLED_OFF = "called-off"
    STOPPED = "stopped"
    GOES_ON = "goes-on"
    RESENT = "resent"
    REMINDED = "reminded"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    TOO_LATE = "too-late"
    """What the button does cannot be done any more: it shows how things stand."""


@dataclass(frozen=True)
class AnnouncementBoard(View):
    """How an announcement stands. `begins` are its first words as the reader may read them, `counts` how many
    recipients have which fate (together all of them), `reasons` why, with how often. `zone` is the office's.
    `edits_left` are corrections that are still to be made in place, `by` its author where that is somebody else,
    `reminded_at` when those were reminded who had not read it."""

    announcement: Announcement
    begins: str
    counts: Mapping[Fate, int]
    reasons: Mapping[Fate, tuple[tuple[str, int], ...]]
    zone: str
    read: int = 0
    of_people: int = 0
    """Messages that reached people, who can be asked whether they read them; groups cannot."""
    edits_left: int = 0
    edits: int = 0
    by: str | None = None
    reminded_at: datetime | None = None
    news: BoardNews = BoardNews.NONE
    news_count: int = 0
    held_back: int = 0
    """Recipients who got nothing because it was stopped, and may get it after all."""

    @property
    def recipients(self) -> int:
        return sum(self.counts.values())

    @property
    def unread(self) -> int:
        return max(self.of_people - self.read, 0)


@dataclass(frozen=True)
class Missed:
    """A recipient in a list: a person by name with their city, or the group of a city."""

    name: str | None
    place: LocalText | None
    is_group: bool = False
    reason: str | None = None


@dataclass(frozen=True)
class UnreadList(View):
    """A page of those who got an announcement and have not said that they read it. `elsewhere` are people whom the
    reader does not look after."""

    announcement: Announcement
    people: tuple[Missed, ...]
    page: int
    pages: int
    total: int
    elsewhere: int = 0
    can_remind: bool = True


@dataclass(frozen=True)
class FailedList(View):
    """A page of those whom an announcement did not reach, with the reason."""

    announcement: Announcement
    recipients: tuple[Missed, ...]
    page: int
    pages: int
    total: int
    elsewhere: int = 0


@dataclass(frozen=True)
class CorrectionLanguage(View):
    """Asks which of the texts is to be corrected."""

    announcement: Announcement


class TextProblem(StrEnum):
    NONE = ""
    EMPTY = "empty"
    TOO_LONG = "too-long"
    CHANGED = "changed"
    """Somebody else has corrected it meanwhile."""


@dataclass(frozen=True)
class CorrectionAsked(View):
    """Asks for the corrected text in this language; `most` is how many characters it may have."""

    announcement: Announcement
    language: str
    text: str
    """As it stands now, in Telegram's HTML."""
    most: int
    problem: TextProblem = TextProblem.NONE
    length: int = 0
    written: int = 0
    """The number of their own text, where there is one that waits to take its place."""


@dataclass(frozen=True)
class CorrectionPreview(View):
    """The corrected text (Telegram's HTML) before it takes the place of what was sent."""

    announcement: Announcement
    language: str
    text: str
    written: int
    recipients: int


@dataclass(frozen=True)
class WithdrawAsked(View):
    announcement: Announcement
    recipients: int


@dataclass(frozen=True)
class AnnouncementWithdrawn(View):
    """What stands in place of an announcement that was withdrawn."""

    day: date


@dataclass(frozen=True)
class PleaseRead(View):
    """To somebody who has not said that they read an announcement: once."""

    announcement_id: int
    day: date


@dataclass(frozen=True)
class AnnouncementCalledOff(View):
    """To the office: it did not go out, because its author may not announce any more."""

    announcement: Announcement
    begins: str


@dataclass(frozen=True)
class TeamGroups(View):
    """The team groups of a city, and the link (with a token) that takes the bot into one. `by` are the names of those
    who linked them. `mine`: the reader is of this city."""

    city: str
    library: Library
    token: str
    groups: tuple[tuple[TeamGroup, str | None], ...]
    mine: bool
    zone: str
    hours: int
    unlinked: int = 0
    """How many links were just ended."""


@dataclass(frozen=True)
class GroupLinked(View):
    """Said once in a group that belongs to a city from now on."""

    city: str
    library: Library


@dataclass(frozen=True)
class GroupLinkOver(View):
    """In a group: the link opens nothing, or not for this person."""


@dataclass(frozen=True)
class GroupUnseen(View):
    """To a city or the office, once: whoever linked a group may not any more, and it still gets announcements.
    `groups` is how many the city has."""

    city: str
    library: Library
    groups: int


@dataclass(frozen=True)
class GroupLost(View):
    """To whoever linked a group: it gets nothing more, because the bot was removed from it."""

    city: str
    library: Library
