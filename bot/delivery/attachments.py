"""Fetches our own copy of what people send as evidence: Telegram's may be gone one day."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import re
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

from bot.delivery import crash
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.domain.attachments import MOST_BYTES, Attachment, AttachmentState
from bot.domain.ports import Clock, Writer

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds after which it looks for files to fetch without being woken."""
LONGEST_WAIT = 600.0
"""Seconds between two tries where fetching fails again and again."""
MOST_TRIES = 50
TRIED_FOR = timedelta(days=2)
"""A file is given up after so many tries, and not before so long: Telegram may be away for a while, and people who
send many files in that while make many tries."""
AT_ONCE = 10
SWEEP_EVERY = timedelta(hours=1)
SWEPT_AFTER = timedelta(hours=1)
"""How old a file has to be that no row names: a younger one may be on its way into a row."""
OURS = re.compile(r"[0-9a-f]{32}(\.part)?")
"""The names that we give."""


class FileGoneError(Exception):
    """Telegram will never give this file."""


class FileSource(Protocol):
    async def download(self, file_id: str) -> bytes:
        """The content of a file. Raises FileGoneError where it will never come, anything else where it may."""
        ...


class Fetcher:
    """Takes pending attachments one by one. A file is written under a name of ours and only then noted, so that a
    kill leaves at most a file that nothing names; the sweep takes it away."""

    def __init__(
        self, writer: Writer, source: FileSource, folder: Path, clock: Clock, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._writer = writer
        self._source = source
        self._folder = folder
        self._clock = clock
        self._bell = Bell(sleep)
        # Not at the start: whoever starts over a wrong database has a while to see it.
        self._sweep_at = clock.now() + SWEEP_EVERY

    def wake(self) -> None:
        """Something may have come."""
        self._bell.ring()

    async def run(self) -> None:
        """Works until it is cancelled."""
        failures = 0
        while True:
            self._bell.silence()
            try:
                await self._sweep()
                pending = await self._writer.run(lambda work: work.attachments.pending(AT_ONCE))
                fetched = [await self._fetch(attachment) for attachment in pending]
            except Exception as error:
                log.error("The list of attachments cannot be read or written: %s", kind_and_place(error))
                fetched = [False]
            failures = 0 if all(fetched) else failures + 1
            if failures:
                await self._bell.wait(growing(failures, longest=LONGEST_WAIT))
            elif len(fetched) < AT_ONCE:
                await self._bell.wait(LOOK_EVERY)

    async def _fetch(self, attachment: Attachment) -> bool:
        """Whether there is nothing left to do for it."""
        tried = replace(attachment, tries=attachment.tries + 1)
        try:
            content = await self._source.download(attachment.file_id)
        except FileGoneError:
            tried = replace(tried, state=AttachmentState.FAILED)
        except Exception as error:
            log.warning("Attachment %s was not fetched: %s", attachment.id, kind_and_place(error))
            if tried.tries >= MOST_TRIES and self._clock.now() - tried.at >= TRIED_FOR:
                tried = replace(tried, state=AttachmentState.FAILED)
        else:
            crash.point("attachment.fetched")
            try:
                tried = await asyncio.to_thread(self._keep, tried, content)
            except OSError as error:
                # The trouble is ours and not the file's: it is tried as long as it takes.
                log.error("Evidence cannot be kept in %s (%s); trying again", self._folder, error.strerror)
                return False
            crash.point("attachment.written")
        await self._writer.run(lambda work: work.attachments.save(tried))
        return tried.state is not AttachmentState.PENDING

    def _keep(self, attachment: Attachment, content: bytes) -> Attachment:
        if len(content) > MOST_BYTES:
            return replace(attachment, state=AttachmentState.FAILED)
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        begun = self._folder / f"{name}.part"
        try:
            with begun.open("wb") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            begun.replace(self._folder / name)
        except OSError:
            # A full disk must not fill up with beginnings.
            with suppress(OSError):
                begun.unlink(missing_ok=True)
            raise
        digest = hashlib.sha256(content).hexdigest()
        return replace(attachment, state=AttachmentState.STORED, path=name, digest=digest, size=len(content))

    async def _sweep(self) -> None:
        now = self._clock.now()
        if now < self._sweep_at:
            return
        self._sweep_at = now + SWEEP_EVERY
        try:
            swept = await sweep(self._writer, self._folder, now - SWEPT_AFTER)
        except OSError as error:
            log.warning("The folder %s cannot be swept (%s)", self._folder, error.strerror)
            return
        if swept:
            log.info("Deleted %d files of evidence that nothing names", swept)


async def sweep(writer: Writer, folder: Path, before: datetime) -> int:
    """Deletes files of ours that no row names and that were written before this moment: what a kill left, and what
    went with somebody who is forgotten. How many. Raises OSError where that cannot be done."""
    old = await asyncio.to_thread(_written_before, folder, before)
    # Asked after the look into the folder: what a row names by now stays.
    named = await writer.run(lambda work: work.attachments.paths()) if old else None
    if named is None:
        return 0
    nameless = [path for path in old if path.name not in named]
    await asyncio.to_thread(_delete, nameless)
    return len(nameless)


def _written_before(folder: Path, before: datetime) -> Sequence[Path]:
    if not folder.is_dir():
        return ()
    with os.scandir(folder) as entries:
        ours = [one for one in entries if OURS.fullmatch(one.name) and one.is_file(follow_symlinks=False)]
        return [Path(one.path) for one in ours if one.stat().st_mtime < before.timestamp()]


def _delete(paths: Sequence[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
