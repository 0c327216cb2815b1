"""Announcements: written in one or several languages, sent once to each of an audience, and counted to the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.audiences import Audience
from bot.domain.local_time import local_day, moment_at
from bot.domain.words import DEFAULT_LANGUAGE


class AnnouncementState(StrEnum):
    DRAFT = "draft"
    WAITING = "waiting"
    """It goes out at `starts_at`; until then it can be called off."""
    SENDING = "sending"
    STOPPED = "stopped"
    SENT = "sent"
    WITHDRAWN = "withdrawn"
    """What was sent was replaced by a word that it does not hold any more."""
    DROPPED = "dropped"
    """Never sent: thrown away, or called off."""


class When(StrEnum):
    NOW = "now"
    """After a minute in which it can be called off."""
    AT = "at"
    """At one moment for all."""
    LOCAL = "local"
    """On a day at an hour of each reader's own zone."""


MINUTE_TO_CANCEL = timedelta(minutes=1)
LOCAL_HOUR = time(9)
ASK_THE_NUMBER_ABOVE = 100
"""Recipients from which their number has to be typed before it goes out."""
LONGEST_TEXT = 3500
LONGEST_CAPTION = 1000
"""Characters (UTF-16 units) of what is shown, so that an announcement is always one message."""


class MediaKind(StrEnum):
    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True)
class Media:
    """A photo or document that Telegram keeps; `name` is its file name, where it has one."""

    kind: MediaKind
    file_id: str
    name: str | None = None


@dataclass(frozen=True)
class Announcement:
    """`texts` are Telegram's HTML by language; whoever reads another language gets the one that `text_for` names.
    `day` and `at` are set where it goes out at a local hour, `starts_at` (UTC) from when on anything may leave.
    `valid_until`: who joins up to the end of this day (UTC) gets it, too. `edition` counts corrections."""

    id: int
    author: int
    created_at: datetime
    state: AnnouncementState = AnnouncementState.DRAFT
    texts: Mapping[str, str] = field(default_factory=dict)
    media: Media | None = None
    audience: Audience = field(default_factory=Audience)
    wants_reading: bool = False
    when: When = When.NOW
    starts_at: datetime | None = None
    day: date | None = None
    at: time = LOCAL_HOUR
    valid_until: date | None = None
    edition: int = 0
    ended_at: datetime | None = None
    board: int | None = None
    """The message in the author's chat that shows its progress."""
    template: str = ""
    version: int = 1
    """Rises with every change while it is written, and travels in its buttons."""

    @property
    def longest(self) -> int:
        """How many characters (UTF-16 units) its texts may have."""
        return LONGEST_TEXT if self.media is None else LONGEST_CAPTION

    def text_for(self, language: str, default: str) -> tuple[str, str]:
        """The text for a reader of `language` and the language it is in: theirs, its base, the network's default,
        English, or the one that is there. Raises ValueError where there is no text at all."""
        known = {tag.casefold(): tag for tag in self.texts}
        for wanted in (language, _base(language), default, _base(default), DEFAULT_LANGUAGE, *known):
            found = known.get(wanted.casefold())
            if found is not None:
                return self.texts[found], found
        raise ValueError("an announcement without a text")


def local_moment(day: date, at: time, zone: str, not_before: datetime) -> datetime:
    """The moment (UTC) of this hour on this day of the zone; where it lies before `not_before`, on the first later
    day on which it does not."""
    day = max(day, local_day(not_before, zone))
    moment = moment_at(day, at, zone)
    return moment if moment >= not_before else moment_at(day + timedelta(days=1), at, zone)


def _base(tag: str) -> str:
    """`zh-hans` -> `zh`."""
    return tag.replace("_", "-").split("-")[0]


class Fate(StrEnum):
    """What became of one recipient. Together they are all recipients."""

    WAITING = "waiting"
    SENT = "sent"
    BLOCKED = "blocked"
    FAILED = "failed"
    UNKNOWN = "unknown"
    SKIPPED = "skipped"
    """Nothing left for them: it was stopped before, or they had left by then."""


@dataclass(frozen=True)
class Delivery:
    """One recipient of an announcement: a person, or a team group (`chat_id` is negative)."""

    chat_id: int
    fate: Fate
    reason: str | None = None
    message_id: int | None = None
    language: str | None = None
    """Of the text that was sent."""
    read_at: datetime | None = None
    settled_at: datetime | None = None
    """When it was known what became of it."""
