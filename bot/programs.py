"""The programs behind the commands that need the whole house: the live bot, the rehearsal, the terminal chat."""

from __future__ import annotations

import asyncio
import logging
import signal
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from bot import logs
from bot.bootstrap import Focal, running
from bot.clock import TravellingClock
from bot.content.loader import load
from bot.content.starter import knowledge_folder, schedules_folder
from bot.delivery.ticker import LAST_TICK
from bot.domain.errors import OperatorError
from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.rehearsal.cast import CAST as CAST
from bot.rehearsal.cast import persona
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.rehearsal.page import serving_stage
from bot.rehearsal.terminal import chat as terminal_chat
from bot.rehearsal.terminal import standard_input
from bot.rehearsal.time_machine import TimeMachine
from bot.settings import Settings
from bot.storage.database import ArchiveStatus, Database
from bot.storage.schema import HEAD
from bot.texts.catalogues import catalogue, languages

log = logging.getLogger(__name__)

T = TypeVar("T")

SUGGESTED = ("how did Surabaya cut its waste?", "composting at home", "waste Bangkok")


def serve_live(settings: Settings, token: str) -> None:
    """The live bot, until it is told to stop."""
    logs.set_up(settings.log)

    async def live() -> None:
        async with running(settings, token) as focal:
            log.info(
                "Focal %s serves %d entries", version("focal"), len(focal.knowledge.current.library.entries)
            )
            await _until_told()
            log.info("Stopping; nothing is lost")

    _run(live())


def rehearse(settings: Settings, port: int, *, browser: bool) -> None:
    """Emulator, chat page and bot in one process, on a temporary database."""
    logs.set_up("WARNING")

    async def stage() -> None:
        clock = TravellingClock()
        time_machine = TimeMachine(clock)
        emulator = Emulator(EmulatorSettings(now=lambda: clock.now().timestamp(), keep_calls=2000))
        with tempfile.TemporaryDirectory(prefix="focal-rehearsal-") as folder:
            async with (
                page_on(emulator, port, time_machine) as url,
                running(_on_stage(settings, Path(folder)), emulator.token, api_url=url, clock=clock) as focal,
            ):

                async def on_the_way() -> None:
                    await focal.ticker.tick_now()
                    await focal.idle()

                time_machine.on_the_way = on_the_way
                await seat_the_cast(focal, emulator, settings.language)
                entries = len(focal.knowledge.current.library.entries)
                print(f"The rehearsal is at {url} ({entries} entries). Ctrl+C ends it.", flush=True)
                if browser:
                    await asyncio.to_thread(webbrowser.open, url)
                await _until_told()

    _run(stage())


@asynccontextmanager
async def page_on(
    emulator: Emulator, port: int, time_machine: TimeMachine | None = None
) -> AsyncIterator[str]:
    """The stage of the rehearsal; gives its address. Raises OperatorError where the port is taken."""
    async with AsyncExitStack() as stack:
        try:
            url = await stack.enter_async_context(serving_stage(emulator, port, _suggestions(), time_machine))
        except OSError as error:
            raise OperatorError(
                f"Port {port} cannot be used ({error.strerror}). Another one: focal rehearse --port 0"
            ) from None
        yield url


def chat(settings: Settings, who: str, language: str | None) -> int:
    """The bot in the terminal, as one of the cast; the exit code."""
    logs.set_up("ERROR")
    played = persona(who)

    async def talk() -> int:
        emulator = Emulator(EmulatorSettings(keep_calls=2000))
        with tempfile.TemporaryDirectory(prefix="focal-chat-") as folder:
            async with (
                serving_stage(emulator, 0) as url,
                running(_on_stage(settings, Path(folder)), emulator.token, api_url=url) as focal,
            ):
                await seat_the_cast(focal, emulator, language or settings.language)
                player = emulator.person(played.id, played.name, language or settings.language)
                live = sys.stdin.isatty()
                if live:
                    print(
                        "Write as you would to the bot; a number presses a button; Ctrl+D ends.\n", flush=True
                    )
                return await terminal_chat(
                    emulator, player, standard_input(), sys.stdout, idle=focal.idle, live=live
                )

    return _run(talk())


def status(settings: Settings) -> dict[str, Any]:
    """Version, content, database and queues, as one document."""
    knowledge = knowledge_folder(settings.knowledge)
    loaded = load(knowledge, schedules=schedules_folder(settings.schedules, knowledge))
    archive, last_tick = _archive_status(settings)
    return {
        "version": version("focal"),
        "content": {
            "entries": len(loaded.library.entries),
            "version": loaded.library.version,
            "errors": sum(problem.level == "error" for problem in loaded.problems),
            "set_aside": list(loaded.set_aside),
        },
        "database": {
            "kind": archive.kind,
            "revision": archive.revision,
            "newest_revision": archive.newest_revision,
            "people": archive.people,
            "open_questions": archive.open_questions,
        },
        "last_tick": last_tick,
        "inbox": dict(archive.inbox or {}),
        "outbox": {f"{kind}:{state}": number for (kind, state), number in (archive.outbox or {}).items()},
    }


def _archive_status(settings: Settings) -> tuple[ArchiveStatus, str | None]:
    """How the database is, and when a bot on it last looked at what is due. One that is not there yet is not made for
    being asked after."""
    if settings.database_url is None and not (settings.data / "focal.db").exists():
        return ArchiveStatus("sqlite", None, HEAD), None
    database = Database(settings.database)
    try:
        archive = database.status()
        if archive.revision != HEAD:
            return archive, None
        return archive, database.run_now(lambda work: work.facts.get(LAST_TICK))
    finally:
        database.close()


def status_text(settings: Settings) -> str:
    """The status for a person."""
    told = status(settings)
    content, database = told["content"], told["database"]
    schema = "older than this version: the next start brings it up to date, after a backup"
    if database["revision"] is None:
        schema = "not made yet: the first start makes it"
    elif database["revision"] == database["newest_revision"]:
        schema = "up to date"
    return "\n".join(
        [
            f"Focal {told['version']}",
            f"Content:  {content['entries']} entries, {content['errors']} errors, version {content['version'][:12]}",
            f"Database: {database['kind']}, schema {schema}; {database['people']} people, "
            f"{database['open_questions']} open questions",
            f"Last tick: {(told['last_tick'] or 'none yet')[:19].replace('T', ' ')}",
            f"Inbox:    {_counts(told['inbox'])}",
            f"Outbox:   {_counts(told['outbox'])}",
        ]
    )


def upgrade(settings: Settings) -> str:
    """Brings the schema up to date; says what was done."""
    database = Database(settings.database)
    try:
        database.upgrade()
    finally:
        database.close()
    return "The database is up to date."


def _counts(numbers: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in sorted(numbers.items())) or "empty"


def _on_stage(settings: Settings, folder: Path) -> Settings:
    """The settings of a rehearsal: the real content, a database and data folder that go away, its own admin."""
    return settings.model_copy(
        update={
            "data": folder,
            "database_url": None,
            "admins": frozenset({persona("admin").id}),
            "webhook_url": None,
        }
    )


async def seat_the_cast(focal: Focal, emulator: Emulator, language: str) -> None:
    """Gives everybody of the cast their role, those of a city in a city that has promised something;
    everybody has opened the chat, so that messages reach them."""
    library = focal.knowledge.current.library
    cities = sorted({commitment.city for commitment in library.commitments.values()})
    now = focal.house.clock.now()

    def seat(work: UnitOfWork) -> None:
        for one in CAST:
            if one.role in (Role.VISITOR, Role.ADMIN) or (one.at is not None and one.at >= len(cities)):
                continue
            work.people.seen(one.id, language, now)
            work.people.introduce(one.id, one.name, one.title, now)
            city = cities[one.at] if one.at is not None else None
            work.people.join(one.id, one.role, city, MembershipState.ACTIVE, now)

    for one in CAST:
        emulator.person(one.id, one.name, language).chat.opened = True
    await focal.database.run(seat)


def _suggestions() -> dict[str, list[str]]:
    return {language: [catalogue(language).gettext(text) for text in SUGGESTED] for language in languages()}


async def _until_told() -> None:
    """Until the process is asked to end."""
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for wish in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):  # Windows: the interrupt reaches us as an exception
            loop.add_signal_handler(wish, told.set)
    await told.wait()


def _run(program: Coroutine[Any, Any, T]) -> T:
    """Runs a program. An OperatorError from within a group of tasks comes out as itself."""
    try:
        return asyncio.run(program)
    except BaseExceptionGroup as group:
        for error in _leaves(group):
            if isinstance(error, OperatorError | BrokenPipeError):
                raise error from None
        raise


def _leaves(group: BaseExceptionGroup[BaseException]) -> list[BaseException]:
    return [
        leaf
        for error in group.exceptions
        for leaf in (_leaves(error) if isinstance(error, BaseExceptionGroup) else [error])
    ]
