"""Long work that somebody asked for in the chat: one message shows how far it is, and it can be stopped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class WorkKind(StrEnum):
    REPORT = "report"
    """One document of the commitment report, for its reader alone."""
    PUBLISH = "publish"
    """All documents of the commitment report, frozen."""
    LETTERS = "letters"
    EXPORT = "export"
    IMPORT_TRIAL = "import-trial"
    """Reads a table that was sent, and says what would come of each row."""
    IMPORT = "import"
    CHART = "chart"
    BOARD = "board"


class WorkState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


FINISHED_WORK = frozenset({WorkState.DONE, WorkState.FAILED, WorkState.STOPPED})


@dataclass(frozen=True)
class LongWork:
    """`params` are what was chosen, as plain JSON; `chat_id` and `message_id` the message that shows how far it is.
    `done` of `of` parts are finished. `reason` is a code of why it failed."""

    id: int
    kind: WorkKind
    person: int
    chat_id: int
    message_id: int | None
    asked_at: datetime
    params: Mapping[str, str] = field(default_factory=dict)
    state: WorkState = WorkState.WAITING
    done: int = 0
    of: int = 0
    reason: str | None = None
    said: int = 0
    """How often the message was brought up to date; a part of the keys of these edits."""
    shown: str = ""
    """The key of what last brought it up to date, in the outbox."""
    begun: int = 0
    """How often it was begun: a kill lets it begin anew."""


MOST_BEGINNINGS = 3
"""Work that was killed so often is given up: it may be what kills us."""


class WorkReason(StrEnum):
    """Why work failed."""

    TOO_OFTEN = "too-often"
    """It was killed again and again."""
    NOT_ALLOWED = "not-allowed"
    """Whoever asked may not have it any more, or is gone. Nobody is told."""
    FILE_GONE = "file-gone"
    FILE_TOO_BIG = "file-too-big"
    """What was sent is too big for us to fetch, or what was made too big for Telegram."""
    PUT_RIGHT = "put-right"
    """Whoever runs us has to put something right first, such as a template; the detail says what."""
    TOO_WIDE = "too-wide"
    """A table has more columns than Excel."""
    NO_TABLE = "no-table"
    """What was sent cannot be read as such a table; the detail says why."""
    CHANGED = "changed"
    """What was to be published is not what whoever asked was shown."""
    NOTHING = "nothing"
    """There is nothing in it."""
    BROKE = "broke"


class StoppedError(Exception):
    """The work was stopped by whoever asked for it."""


class CannotBeMadeError(Exception):
    """Something cannot be made for a reason that its reader can do something about. `detail` is shown as it is: it
    names files and places, never people."""

    def __init__(self, reason: WorkReason, detail: str = "") -> None:
        super().__init__(f"{reason} {detail}".strip())
        self.reason = reason
        self.detail = detail
