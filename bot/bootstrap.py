"""Builds the whole house from its settings; the one room that knows every room."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, TypeVar

from telegram.error import TelegramError

from bot.chat import profile
from bot.chat.application import FrontDoor, builder
from bot.chat.doorway import House
from bot.chat.pace import Pace
from bot.chat.wire import TelegramWire
from bot.clock import RealClock
from bot.content.last_good import LastGood
from bot.content.loader import Loaded
from bot.content.placing import finish_left
from bot.content.starter import knowledge_folder, schedules_folder, templates_folder
from bot.content.store import ContentStore
from bot.delivery.attachments import Fetcher
from bot.delivery.inbox import Lanes, Poller
from bot.delivery.outbox import PostRoom
from bot.delivery.pacing import growing, kind_and_place
from bot.delivery.rates import TELEGRAM, Limits, Rates
from bot.delivery.ticker import TICK_EVERY, Ticker
from bot.delivery.workbench import Workbench
from bot.domain.errors import OperatorError
from bot.domain.outgoing import DeliveryState, OutgoingMessage
from bot.domain.ports import Clock, UnitOfWork
from bot.domain.views import ContentTrouble
from bot.lookup.index import Index
from bot.services import announcing, outgoing, reminding
from bot.services.desk import Desk
from bot.services.drafts_touched import drafts_touched
from bot.services.knowledge import Knowledge, KnowledgeSource
from bot.services.links import BOT_NAME
from bot.settings import Settings
from bot.storage.database import Database
from bot.texts.renderer import Renderer
from bot.web import app as web

log = logging.getLogger(__name__)

T = TypeVar("T")

MOST_TROUBLES = 5


@dataclass
class Focal:
    """The running bot."""

    database: Database
    store: ContentStore
    knowledge: KnowledgeSource
    lanes: Lanes
    poller: Poller
    post_room: PostRoom
    house: House
    ticker: Ticker
    workbench: Workbench
    receives: bool = False
    """Whether Telegram was reached and updates come in from now on."""

    async def idle(self) -> None:
        """Returns when everything that came in is handled and everything due is sent."""
        await self.ticker.idle()
        await self.lanes.idle()
        await self.workbench.idle()
        await self.post_room.idle()

    async def ready(self) -> Mapping[str, object]:
        """How the house is, for a watchdog: ready if it writes, knows something, and Telegram takes its word."""
        inbox: Mapping[str, int] | None = None
        with suppress(Exception):  # `null` says it
            inbox = await self.database.run(lambda work: dict(work.inbox.counts()))
        library = self.knowledge.current.library
        troubles = sum(problem.level == "error" for problem in self.knowledge.current.problems)
        return {
            "ready": (
                inbox is not None
                and self.receives
                and not self.post_room.is_refused
                and self.ticker.is_on_time
                and bool(library.entries)
            ),
            "receives": self.receives,
            "token_refused": self.post_room.is_refused,
            "on_time": self.ticker.is_on_time,
            "entries": len(library.entries),
            "content_version": library.version[:12],
            "content_errors": troubles,
            "inbox": inbox,
        }


@dataclass(frozen=True)
class ByTheHouse:
    """What the house does by itself, at a desk of nobody: the services, as the post room and the ticker call them."""

    front_door: FrontDoor

    def prepare(self, work: UnitOfWork, message: OutgoingMessage) -> OutgoingMessage:
        return outgoing.prepare(self._desk(work, message.key), message)

    def settled(self, work: UnitOfWork, message: OutgoingMessage) -> None:
        if message.state in (DeliveryState.BLOCKED, DeliveryState.FAILED):
            self.front_door.doorway.undelivered(work, message)
        outgoing.settled(self._desk(work, f"{message.key}:settled"), message)

    def plan(self, work: UnitOfWork) -> None:
        reminding.plan(self._desk(work, self._cause()))

    def announce(self, work: UnitOfWork) -> float | None:
        return announcing.tick(self._desk(work, self._cause()))

    def desk(self, work: UnitOfWork) -> Desk:
        return self._desk(work, self._cause())

    def _cause(self) -> str:
        return f"tick{self.front_door.house.clock.now().isoformat()}"

    def _desk(self, work: UnitOfWork, cause: str) -> Desk:
        return self.front_door.doorway.desk_of_nobody(work, cause)


def knowledge_of(loaded: Loaded, folder: Path | None = None, templates: Path | None = None) -> Knowledge:
    """What was loaded (from this folder) with its card index, warm, so that the first who asks does not wait."""
    index = Index.build(loaded.library)
    index.warm()
    return Knowledge(
        loaded.library, index, loaded.problems, loaded.set_aside, loaded.schedules, folder, templates
    )


def _finish_import(knowledge: Path) -> None:
    """What an import left that was killed. The bot starts without it where that cannot be finished."""
    try:
        told = finish_left(knowledge)
    except OperatorError as error:
        told = str(error)
    if told is not None:
        log.warning("%s", told)


def _fingerprint(*folders: Path) -> str:
    """A short name for content folders: what was last good in some is not taken for that of others."""
    return sha256("\0".join(str(folder.resolve()) for folder in folders).encode()).hexdigest()[:12]


@asynccontextmanager
async def running(
    settings: Settings,
    token: str,
    *,
    api_url: str | None = None,
    clock: Clock | None = None,
    limits: Limits = TELEGRAM,
    pace: Pace | None = None,
    tick_every: float | None = TICK_EVERY,
) -> AsyncIterator[Focal]:
    """The bot, as long as the block lasts. Every `tick_every` seconds it looks at what is due (None: only when it is
    told to). Raises OperatorError where something has to be put right first."""
    database = Database(settings.database)
    try:
        database.hold()
        database.upgrade()
        async with _serving(
            settings, token, database, api_url, clock or RealClock(), limits, pace or Pace(), tick_every
        ) as focal:
            yield focal
    finally:
        await asyncio.to_thread(database.close)


@asynccontextmanager
async def _serving(
    settings: Settings,
    token: str,
    database: Database,
    api_url: str | None,
    clock: Clock,
    limits: Limits,
    pace: Pace,
    tick_every: float | None,
) -> AsyncIterator[Focal]:
    """The bot over an open database."""
    knowledge = knowledge_folder(settings.knowledge)
    schedules = schedules_folder(settings.schedules, knowledge)
    templates = templates_folder(settings.templates, knowledge)
    _finish_import(knowledge)
    kept = LastGood(settings.data / "content" / _fingerprint(knowledge, schedules))
    store = ContentStore(knowledge, kept, schedules=schedules)
    source = KnowledgeSource(knowledge_of(store.loaded, knowledge, templates))
    application = builder(token, api_url or settings.api_url).build()
    wire = TelegramWire(application.bot)
    renderer = Renderer(await _as_soon_as_telegram_answers(wire.introduce), settings.language)
    await database.run(lambda work: work.facts.set(BOT_NAME, renderer.bot_name))
    if not settings.admins:
        log.warning("FOCAL_ADMINS is empty: nobody could read a question, so nobody is offered to ask one")
    # The program lock keeps an SQLite file for one program; its next start goes on at once.
    owner = "the one program" if database.path is not None else f"{socket.gethostname()}:{token_hex(8)}"
    post_room = PostRoom(
        database,
        wire,
        clock,
        Rates(limits),
        owner=owner,
        prepare=lambda work, message, now: by_the_house.prepare(work, message),
        settled=lambda work, message: by_the_house.settled(work, message),
    )
    workbench = Workbench(
        database,
        lambda work: by_the_house.desk(work),
        wire,
        clock,
        owner=owner,
        said=post_room.wake,
    )

    def answered() -> None:
        workbench.wake()
        post_room.wake()

    fetcher = Fetcher(database, wire, settings.data / "attachments", clock)
    house = House(
        database,
        source,
        renderer,
        clock,
        wire,
        settings.admins,
        answered,
        pace,
        fetcher.wake,
        settings.time_zone,
    )
    front_door = FrontDoor(application, house)
    by_the_house = ByTheHouse(front_door)
    ticker = Ticker(
        database,
        clock,
        (by_the_house.plan, by_the_house.announce),
        wake=post_room.wake,
        every=tick_every or TICK_EVERY,
    )
    lanes = Lanes(
        database,
        front_door.handle,
        clock,
        apologise=lambda work, stored: front_door.doorway.apologise(work, stored.raw),
        apologised=post_room.wake,
    )
    poller = Poller(wire.fetch, database, lanes, clock)
    focal = Focal(database, store, source, lanes, poller, post_room, house, ticker, workbench)
    await _keep_what_is_served(focal)
    async with application, asyncio.TaskGroup() as tasks:
        workers = [tasks.create_task(worker.run()) for worker in (lanes, workbench, post_room)]
        background = [
            tasks.create_task(store.watch(lambda loaded: _content_changed(focal, loaded))),
            tasks.create_task(profile.publish(wire, renderer, settings.admins)),
            tasks.create_task(fetcher.run()),
        ]
        if tick_every is not None:
            background.append(tasks.create_task(ticker.run()))
        lanes.wake()
        workbench.wake()
        try:
            async with _incoming(settings, focal, tasks):
                yield focal
        finally:
            for task in background:
                task.cancel()
            await lanes.stop()
            await workbench.stop()
            await post_room.stop()
            for worker in workers:
                worker.cancel()


@asynccontextmanager
async def _incoming(settings: Settings, focal: Focal, tasks: asyncio.TaskGroup) -> AsyncIterator[None]:
    """Takes updates in: by asking for them, or through the side door where a webhook is set."""
    if settings.webhook_url is None:
        focal.receives = True
        polling = tasks.create_task(focal.poller.run())
        try:
            yield
        finally:
            polling.cancel()
        return
    import uvicorn

    assert settings.webhook_secret is not None
    secret = settings.webhook_secret.get_secret_value()
    address = settings.webhook_url + web.WEBHOOK_PATH

    async def receive(updates: list[dict[str, Any]]) -> None:
        await focal.poller.receive(updates)

    app = web.build(receive, focal.ready, secret)
    # uvicorn would end the process by itself where the address cannot be used.
    listener = _listening(settings.listen)
    server = uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False))
    serving = tasks.create_task(server.serve(sockets=[listener]))
    try:
        await _as_soon_as_telegram_answers(lambda: focal.house.wire.set_webhook(address, secret))
        focal.receives = True
        log.info("Telegram sends updates to %s", address)
        yield
    finally:
        server.should_exit = True
        with suppress(asyncio.CancelledError):
            await serving


def _listening(address: str) -> socket.socket:
    """A socket that listens at `host:port`. Raises OperatorError where that cannot be."""
    host, _, port = address.rpartition(":")
    host = host.strip("[]")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, int(port)), family=family)
    except OSError as error:
        raise OperatorError(f"FOCAL_LISTEN: {address} cannot be used ({error.strerror})") from None


async def _as_soon_as_telegram_answers(call: Callable[[], Awaitable[T]]) -> T:
    """What the call gives; waits for Telegram where it is away for the moment."""
    failures = 0
    while True:
        try:
            return await call()
        except TelegramError as error:
            failures += 1
            wait = growing(failures)
            log.warning("Telegram cannot be reached (%s); trying again in %.0f s", type(error).__name__, wait)
            await asyncio.sleep(wait)


async def _keep_what_is_served(focal: Focal) -> None:
    """Keeps the files as they are served, so that what is published can be made again from them. What goes wrong
    here ends nothing: the next edit, or the next start, keeps them."""
    try:
        files = await asyncio.to_thread(focal.store.files)
        now = focal.house.clock.now()
        await focal.database.run(lambda work: work.snapshots.keep(files, now))
    except Exception as error:
        log.error("The state of the content was not kept: %s", kind_and_place(error))


async def _content_changed(focal: Focal, loaded: Loaded) -> None:
    """Serves what was edited, and tells the admins of new trouble. What goes wrong here ends nothing."""
    try:
        await _serve_edit(focal, loaded)
    except Exception as error:
        log.error("An edit of the content was not served or not told: %s", kind_and_place(error))


async def _serve_edit(focal: Focal, loaded: Loaded) -> None:
    served = focal.knowledge.current
    before = {str(problem) for problem in served.problems}
    focal.knowledge.current = await asyncio.to_thread(knowledge_of, loaded, served.folder, served.templates)
    log.info(
        "The content changed: %d entries, version %s",
        len(loaded.library.entries),
        loaded.library.version[:12],
    )
    await _keep_what_is_served(focal)
    house = focal.house
    touched: tuple[str, ...] = ()
    folder = focal.store.schedules
    if folder is not None and loaded.schedules.version != served.schedules.version:
        name = folder.resolve().name
        touched = await house.writer.run(
            lambda work: tuple(
                str(problem)
                for problem in drafts_touched(
                    work, loaded.library, loaded.schedules, name, since=served.schedules
                )
            )
        )
    troubles = [str(p) for p in loaded.problems if p.level == "error" and str(p) not in before]
    if not troubles and not touched:
        return
    view = ContentTrouble(tuple(troubles[:MOST_TROUBLES]), touched[:MOST_TROUBLES])
    # One edit is told once, by however many of us see it; the same mistake made again is another edit.
    edit = sha256(repr((sorted(loaded.stamps.items()), troubles, touched)).encode()).hexdigest()[:24]
    now = house.clock.now()

    def unit(work: Any) -> None:
        for admin in sorted(house.admins):
            person = work.people.get(admin)
            if person is None or not person.reachable:
                continue
            cause = f"content{edit}"
            Desk(person, focal.knowledge.current, work, now, house.renderer, house.admins, cause).tell(
                admin, view
            )

    await house.writer.run(unit)
    house.sent()
