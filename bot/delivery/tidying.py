"""What nobody needs any more is forgotten, once an hour."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from bot.domain.ports import Clock, UnitOfWork, Writer
from bot.domain.questions import LookupOutcome

log = logging.getLogger(__name__)

TIDY_EVERY = timedelta(hours=1)
KEEP_UPDATE_IDS = timedelta(days=8)
"""Telegram starts anew with its update ids after a week of silence; until then an old id is a repeat."""
KEEP_MESSAGES = timedelta(days=30)
KEEP_LINKS = timedelta(days=30)
"""How long a link that is over is kept: whoever opens it is told so."""
KEEP_QUESTIONS = timedelta(days=90)
"""How long a finished question and its thread are kept after the last word in it."""
KEEP_LOOKUPS = timedelta(days=30)
KEEP_MISSES = timedelta(days=180)
"""Longer than what was found: from these the secretariat learns what the library lacks."""
KEEP_DEBTS = timedelta(days=400)
KEEP_ANNOUNCEMENTS = timedelta(days=400)
"""What was reminded of, and announced: as long as somebody may ask about the cycle of last year."""
KEEP_FILES = timedelta(days=7)
"""How long what was made or sent for one reader is kept: until it has arrived, however long the line was away."""
SHOWN = (LookupOutcome.FOUND, LookupOutcome.CHOICES)


class Tidying:
    def __init__(self, writer: Writer, clock: Clock) -> None:
        self._writer = writer
        self._clock = clock
        self._next: datetime | None = None

    async def tidy(self) -> None:
        """Forgets what is old, unless that was done within the hour."""
        now = self._clock.now()
        if self._next is not None and now < self._next:
            return
        forgotten = await self._writer.run(lambda work: forget(work, now))
        self._next = now + TIDY_EVERY
        if any(forgotten.values()):
            log.info(
                "Forgot %s", ", ".join(f"{number} {what}" for what, number in forgotten.items() if number)
            )


def forget(work: UnitOfWork, now: datetime) -> dict[str, int]:
    """How many of what were forgotten."""
    return {
        "updates": work.inbox.forget(now - KEEP_UPDATE_IDS),
        "messages": work.outbox.forget(now - KEEP_MESSAGES),
        "reminders": work.reminders.forget(now - KEEP_DEBTS),
        "announcements": work.announcements.forget(now - KEEP_ANNOUNCEMENTS),
        "links": work.invitations.forget(now - KEEP_LINKS, now) + work.handed.forget(now - KEEP_LINKS),
        "questions": work.questions.forget(now - KEEP_QUESTIONS),
        "long works": work.long_works.forget(now - KEEP_FILES),
        "files": work.blobs.forget(now - KEEP_FILES),
        "lookups": work.lookups.forget(SHOWN, now - KEEP_LOOKUPS)
        + work.lookups.forget((LookupOutcome.NOTHING,), now - KEEP_MISSES),
    }
