"""The workbench: does long work one after the other, beside everything else, and says how far it is."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any, TypeAlias

from bot.delivery import crash
from bot.delivery.attachments import FileGoneError, FileSource
from bot.delivery.pacing import Bell, Sleep, growing, kind_and_place
from bot.domain.errors import OperatorError
from bot.domain.long_work import CannotBeMadeError, LongWork, StoppedError, WorkReason
from bot.domain.ports import Clock, UnitOfWork, Writer
from bot.services import long_work
from bot.services.desk import Desk
from bot.services.long_work import Gathering, Made, Say

log = logging.getLogger(__name__)

DeskOf: TypeAlias = Callable[[UnitOfWork], Desk]
"""The desk at which the house works by itself."""

WORKBENCH = "workbench"
LIFE = timedelta(seconds=60)
LOOK_EVERY = 1.0
"""Seconds after which is looked for work, and for whoever stopped some, without being woken."""
SHOW_EVERY = 3.0
"""Seconds that lie at least between two times that a message is brought up to date."""
WAITS_FOR_MESSAGE = 5.0
"""Seconds for which what is done waits until the message that it takes the place of has left."""
LOOKS_FOR_MESSAGE = 0.05
RELEASE_WITHIN = 1.0
"""Seconds that the end of a program waits to give its lease back."""
LONGEST_REST = 300.0
MOST_FETCHES = 300
"""How often a file is fetched in vain, with pauses of up to LONGEST_REST seconds: for about a day."""
TOO_BIG = "file is too big"
"""How Telegram says that it gives a bot no file of more than 20 MB."""


class LineAwayError(Exception):
    """A file could not be fetched just now."""


class Workbench:
    """Does the work of all people, one after the other, as long as it is the one that works: `owner` is the name
    under which it holds the lease. `said` is called when there may be something to send."""

    def __init__(
        self,
        writer: Writer,
        desk: DeskOf,
        source: FileSource,
        clock: Clock,
        *,
        owner: str = "the only one",
        said: Callable[[], None] = lambda: None,
        sleep: Sleep = asyncio.sleep,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._writer = writer
        self._desk = desk
        self._source = source
        self._clock = clock
        self._owner = owner
        self._said = said
        self._sleep = sleep
        self._monotonic = monotonic
        self._bell = Bell(sleep)
        self._idle = asyncio.Event()
        self._resting: dict[int, tuple[int, float]] = {}
        """Of work whose file could not be fetched: how often that was tried, and until when it rests."""
        self._stopping = False
        self._rests = asyncio.Event()
        self._rests.set()

    def wake(self) -> None:
        """There may be work, or somebody stopped some."""
        self._idle.clear()
        self._bell.ring()

    async def idle(self) -> None:
        """Returns when there is nothing to do here. What another program works on does not count."""
        await self._idle.wait()

    async def run(self) -> None:
        """Works until `stop`."""
        self._rests.clear()
        failures = 0
        try:
            while not self._stopping:
                self._bell.silence()
                try:
                    if await self._round():
                        failures = 0
                        continue
                    failures = 0
                except Exception as error:
                    failures += 1
                    log.error("Long work cannot be read or written: %s", kind_and_place(error))
                if not failures and not self._bell.is_rung:
                    self._idle.set()
                await self._bell.wait(growing(failures) if failures else LOOK_EVERY)
        finally:
            self._rests.set()

    async def stop(self, within: float = 8.0) -> None:
        """Takes nothing more, and lays back what is in hand: it is begun anew at the next start."""
        self._stopping = True
        self._bell.ring()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._rests.wait(), within)
        with suppress(Exception):  # it ends by itself
            await asyncio.wait_for(self._writer.run(self._release), RELEASE_WITHIN)

    def _release(self, work: UnitOfWork) -> None:
        work.leases.release(WORKBENCH, self._owner)

    async def _round(self) -> bool:
        """Does the oldest work; whether there was any."""
        found = await self._writer.run(self._take)
        if found is None:
            return False
        with suppress(Exception):  # what cannot be loaded says so when it is needed
            # Some bring much along, and nobody should wait for that in a unit of work.
            await asyncio.to_thread(long_work.doer_of, found.kind)
        crash.point("work.begun")
        try:
            await self._do(found)
        except StoppedError:
            log.info("Work %d (%s) is not to be done any more", found.id, found.kind)
        except CannotBeMadeError as error:
            await self._fail(found, error.reason, error.detail)
        except OperatorError as error:
            log.error("Work %d (%s) cannot be done: %s", found.id, found.kind, error)
            await self._fail(found, WorkReason.PUT_RIGHT, str(error))
        except LineAwayError as error:
            await self._rest(found, error)
        except Exception as error:
            log.error("Work %d (%s) failed: %s", found.id, found.kind, kind_and_place(error))
            await self._fail(found, WorkReason.BROKE)
        finally:
            self._said()
        return True

    def _take(self, work: UnitOfWork) -> LongWork | None:
        # Nothing is written where there is nothing to do.
        if not work.long_works.unfinished() or not self._has_lease(work):
            return None
        tick = self._monotonic()
        resting = [work_id for work_id, (_, until) in self._resting.items() if tick < until]
        return long_work.take(self._desk(work), resting)

    async def _do(self, found: LongWork) -> None:
        file_id = long_work.file_to_fetch(found)
        if file_id is not None:
            content = await self._fetch(file_id)
            self._resting.pop(found.id, None)
            await self._writer.run(lambda work: long_work.keep_file(self._desk(work), found.id, content))
        gathered = await self._gather(found)
        making = _Making(lambda say: long_work.doer_of(found.kind).make(gathered, say))
        made = await self._watch(found, making)
        if made is None:
            await self._writer.run(lambda work: long_work.lay_back(self._desk(work), found.id))
            return
        await self._wait_for_message(found)
        crash.point("work.made")
        await self._writer.run(lambda work: long_work.finish(self._desk(work), found.id, made))
        crash.point("work.finished")

    async def _gather(self, found: LongWork) -> Any:
        gathered = await self._writer.run(lambda work: long_work.gather(self._desk(work), found.id))
        if not isinstance(gathered, Gathering):
            return gathered

        def read(part: Callable[[Desk], Any]) -> Callable[[UnitOfWork], Any]:
            return lambda work: long_work.gather_part(self._desk(work), found.id, part)

        return gathered.whole([await self._writer.run(read(part)) for part in gathered.parts])

    async def _fetch(self, file_id: str) -> bytes:
        try:
            return await self._source.download(file_id)
        except FileGoneError as error:
            is_big = TOO_BIG in str(error).lower()
            raise CannotBeMadeError(WorkReason.FILE_TOO_BIG if is_big else WorkReason.FILE_GONE) from error
        except Exception as error:
            raise LineAwayError from error

    async def _rest(self, found: LongWork, error: LineAwayError) -> None:
        """Lays it back; others go before it until a pause is over that grows with every try."""
        tries = self._resting.get(found.id, (0, 0.0))[0] + 1
        log.warning(
            "The file for work %d was not fetched: %s", found.id, kind_and_place(error.__cause__ or error)
        )
        if tries >= MOST_FETCHES:
            del self._resting[found.id]
            await self._fail(found, WorkReason.FILE_GONE)
            return
        self._resting[found.id] = tries, self._monotonic() + growing(tries, longest=LONGEST_REST)
        await self._writer.run(lambda work: long_work.lay_back(self._desk(work), found.id))

    async def _watch(self, found: LongWork, making: _Making) -> Made | None:
        """Waits until it is made, and says how far it is; None where the program ends before. Raises StoppedError
        where it is not to be done any more, once its thread has ended: one at a time is enough for the machine."""
        making.begin(self._bell.ring)
        shown, shown_at = (found.done, found.of), self._monotonic()
        try:
            while not making.made.done():
                self._bell.silence()
                if self._stopping:
                    making.stop()
                    return None
                at, now = making.progress, self._monotonic()
                wants_showing = at != shown and now - shown_at >= SHOW_EVERY
                if await self._look(found, at if wants_showing else None):
                    shown, shown_at = at, now
                    self._said()
                await self._bell.wait(LOOK_EVERY)
        except BaseException:
            making.stop()
            if not self._stopping:
                await asyncio.wait([making.made])
            raise
        return making.made.result()

    async def _look(self, found: LongWork, progress: tuple[int, int] | None) -> bool:
        """Whether the progress was said, where there is any to say. Raises StoppedError."""

        def look(work: UnitOfWork) -> bool:
            if not self._has_lease(work):
                raise StoppedError  # another program begins it anew
            desk = self._desk(work)
            if progress is None:
                long_work.still_running(desk, found.id)
                return False
            return long_work.show(desk, found.id, *progress)

        return await self._writer.run(look)

    async def _wait_for_message(self, found: LongWork) -> None:
        """The last word takes the place of the message with the progress, where that has left."""
        until = self._monotonic() + WAITS_FOR_MESSAGE
        while self._monotonic() < until and not self._stopping:
            if await self._writer.run(lambda work: long_work.has_left(self._desk(work), found.id)):
                return
            await self._sleep(LOOKS_FOR_MESSAGE)

    async def _fail(self, found: LongWork, reason: WorkReason, detail: str = "") -> None:
        await self._writer.run(lambda work: long_work.fail(self._desk(work), found.id, reason, detail))

    def _has_lease(self, work: UnitOfWork) -> bool:
        now = self._clock.now()
        return work.leases.take(WORKBENCH, self._owner, now, now + LIFE)


class _Making:
    """A function in a thread of its own that can be told to stop. The program may end before the thread does."""

    def __init__(self, make: Callable[[Say], Made]) -> None:
        self._make = make
        self._is_stopped = threading.Event()
        self.progress = (0, 0)
        self.made: asyncio.Future[Made] = asyncio.get_running_loop().create_future()

    def stop(self) -> None:
        self._is_stopped.set()

    def begin(self, ended: Callable[[], None]) -> None:
        """`ended` is called when it is made, or cannot be."""
        self.made.add_done_callback(lambda made: made.cancelled() or made.exception())
        self.made.add_done_callback(lambda _: ended())
        threading.Thread(target=self._run, name="focal-workbench", daemon=True).start()

    def _run(self) -> None:
        made: Made | None = None
        error: Exception | None = None
        try:
            made = self._make(self._say)
        except Exception as raised:
            error = raised
        with suppress(RuntimeError):  # the program has ended meanwhile
            self.made.get_loop().call_soon_threadsafe(self._settle, made, error)

    def _settle(self, made: Made | None, error: Exception | None) -> None:
        if self.made.cancelled():
            return
        if made is not None:
            self.made.set_result(made)
        else:
            self.made.set_exception(error or TypeError("nothing was made"))

    def _say(self, done: int, of: int) -> None:
        if self._is_stopped.is_set():
            raise StoppedError
        self.progress = (done, of)
