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


class StoppedError(Exception):
    """The work was stopped by whoever asked for it."""
