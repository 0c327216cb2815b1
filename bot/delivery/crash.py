"""Points at which a test can kill the process. Without FOCAL_CRASH in the environment they do nothing.

For tests only: `FOCAL_CRASH="outbox.wired:3"` ends the process with SIGKILL at the third pass of that point.
"""

from __future__ import annotations

import itertools
import os
import signal
from collections.abc import Callable

POINTS = (
    "inbox.fetched",
    "inbox.received",
    "update.taken",
    "update.handled",
    "update.failed",
    "outbox.claimed",
    "outbox.allowed",
    "outbox.wired",
    "outbox.sent",
    "outbox.settled",
    "attachment.fetched",
    "attachment.written",
    "work.begun",
    "work.made",
    "work.finished",
)
"""All points in the order of a message's way: one before and one after every commit and every send."""


def armed(setting: str | None) -> Callable[[str], None]:
    """The function `point(name)` for a setting `name:pass` (or None). An unknown name raises ValueError."""
    if not setting:
        return lambda name: None
    wanted, _, nth = setting.partition(":")
    if wanted not in POINTS:
        raise ValueError(f"FOCAL_CRASH names no known point: {wanted}")
    fatal = int(nth or 1)
    passes = itertools.count(1)

    def point(name: str) -> None:
        if name == wanted and next(passes) == fatal:
            os.kill(os.getpid(), signal.SIGKILL)

    return point


point = armed(os.environ.get("FOCAL_CRASH"))
