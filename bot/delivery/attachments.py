"""Fetches our own copy of what people send as evidence: Telegram's may be gone one day."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import os
import secrets
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from bot.delivery import crash
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.domain.attachments import MOST_BYTES, Attachment, AttachmentState
from bot.domain.ports import Writer

log = logging.getLogger(__name__)

LOOK_EVERY = 60.0
"""Seconds after which it looks for files to fetch without being woken."""
MOST_TRIES = 50
"""How often a file is tried while Telegram cannot be reached: at the longest wait more than half a day."""
AT_ONCE = 10


class FileGoneError(Exception):
    """Telegram will never give this file."""


class FileSource(Protocol):
    async def download(self, file_id: str) -> bytes:
        """The content of a file. Raises FileGoneError where it will never come, anything else where it may."""
        ...


class Fetcher:
    """Takes pending attachments one by one. A file is written under a name of ours and only then noted, so that a
    kill leaves at most a file that nothing names."""

    def __init__(
        self, writer: Writer, source: FileSource, folder: Path, *, sleep: Sleep = asyncio.sleep
    ) -> None:
        self._writer = writer
        self._source = source
        self._folder = folder
        self._bell = Bell(sleep)

    def wake(self) -> None:
        """Something may have come."""
        self._bell.ring()

    async def run(self) -> None:
        """Works until it is cancelled."""
        failures = 0
        while True:
            self._bell.silence()
            try:
                pending = await self._writer.run(lambda work: work.attachments.pending(AT_ONCE))
                fetched = [await self._fetch(attachment) for attachment in pending]
            except Exception as error:
                log.error("The list of attachments cannot be read or written: %s", kind_and_place(error))
                fetched = [False]
            failures = 0 if all(fetched) else failures + 1
            if failures or len(fetched) < AT_ONCE:
                await self._bell.wait(growing(failures) if failures else LOOK_EVERY)

    async def _fetch(self, attachment: Attachment) -> bool:
        """Whether there is nothing left to do for it."""
        tried = replace(attachment, tries=attachment.tries + 1)
        try:
            content = await self._source.download(attachment.file_id)
        except FileGoneError:
            tried = replace(tried, state=AttachmentState.FAILED)
        except Exception as error:
            log.warning("Attachment %s was not fetched: %s", attachment.id, kind_and_place(error))
            if tried.tries >= MOST_TRIES:
                tried = replace(tried, state=AttachmentState.FAILED)
        else:
            crash.point("attachment.fetched")
            tried = await asyncio.to_thread(self._keep, tried, content)
            crash.point("attachment.written")
        await self._writer.run(lambda work: work.attachments.save(tried))
        return tried.state is not AttachmentState.PENDING

    def _keep(self, attachment: Attachment, content: bytes) -> Attachment:
        if len(content) > MOST_BYTES:
            return replace(attachment, state=AttachmentState.FAILED)
        self._folder.mkdir(parents=True, exist_ok=True)
        name = secrets.token_hex(16)
        begun = self._folder / f"{name}.part"
        with begun.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        begun.replace(self._folder / name)
        digest = hashlib.sha256(content).hexdigest()
        return replace(
            attachment, state=AttachmentState.STORED, path=name, digest=digest, size=len(content)
        )
