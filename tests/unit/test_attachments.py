"""Our own copies of what people send as evidence: fetched in the end, whatever happens meanwhile, and kept once."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import os
import stat
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.chat.application import builder
from bot.chat.wire import TelegramWire
from bot.delivery.attachments import Fetcher, FileGoneError, sweep
from bot.domain.attachments import MOST_BYTES, Attachment, AttachmentState
from bot.domain.drafts import Draft
from bot.domain.questionnaires import Form
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.server import serve
from bot.storage.database import Database

START = datetime.now(UTC)
HOUR = timedelta(hours=1)


class Time:
    """A clock that moves on only when somebody sleeps."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def now(self) -> datetime:
        return START + timedelta(seconds=sum(self.slept))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(0.002)
        self.slept.append(seconds)


@dataclass
class Source:
    """Telegram's files, and how many downloads fail before it is back."""

    files: dict[str, bytes] = field(default_factory=dict)
    away: int = 0
    asked: list[str] = field(default_factory=list)

    async def download(self, file_id: str) -> bytes:
        self.asked.append(file_id)
        if len(self.asked) <= self.away:
            raise ConnectionError("Telegram is away")
        if file_id not in self.files:
            raise FileGoneError("invalid file_id")
        return self.files[file_id]


@dataclass
class Cellar:
    """A database with a draft, a folder beside it, and what fetches files into it."""

    database: Database
    folder: Path
    source: Source = field(default_factory=Source)
    time: Time = field(default_factory=Time)

    def fetcher(self) -> Fetcher:
        return Fetcher(self.database, self.source, self.folder, self.time, sleep=self.time.sleep)

    def sent(self, file_id: str, *, at: datetime = START) -> Attachment:
        """Somebody sends a file."""
        new = Attachment(0, 1, 7, at, file_id, f"unique {file_id}", "../evil.pdf", "document")
        return self.database.run_now(lambda work: work.attachments.add(new))

    def kept(self, attachment: Attachment) -> Attachment:
        found = self.database.run_now(lambda work: work.attachments.get(attachment.id))
        assert found is not None
        return found

    def content(self, attachment: Attachment) -> bytes:
        return (self.folder / (self.kept(attachment).path or "")).read_bytes()

    def names(self) -> list[str]:
        return sorted(path.name for path in self.folder.iterdir())

    def left_behind(self, name: str, *, hours_ago: float) -> Path:
        """A file that lies there since so long."""
        self.folder.mkdir(exist_ok=True)
        path = self.folder / name
        path.write_bytes(b"left behind")
        written = self.time.now().timestamp() - hours_ago * 3600
        os.utime(path, (written, written))
        return path


@pytest.fixture
def cellar(tmp_path: Path) -> Iterator[Cellar]:
    database = Database(f"sqlite:///{tmp_path / 'focal.db'}")
    database.upgrade()
    begun = Draft(0, Form.PROGRESS, "sibu", "progress", START, START, cycle="2026")
    database.run_now(lambda work: work.drafts.add(begun))
    yield Cellar(database, tmp_path / "attachments")
    database.close()


@asynccontextmanager
async def working(fetcher: Fetcher) -> AsyncIterator[None]:
    task = asyncio.create_task(fetcher.run())
    try:
        yield
    finally:
        task.cancel()


async def until(comes_true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not comes_true():
            await asyncio.sleep(0.005)


async def test_a_file_is_kept_under_a_name_of_ours_and_for_us_alone(cellar: Cellar) -> None:
    cellar.source.files["F1"] = b"tonnes and tonnes"
    sent = cellar.sent("F1")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is AttachmentState.STORED)
    kept = cellar.kept(sent)
    assert cellar.content(sent) == b"tonnes and tonnes"
    assert cellar.names() == [kept.path]
    assert (kept.digest, kept.size) == (hashlib.sha256(b"tonnes and tonnes").hexdigest(), 17)
    assert stat.S_IMODE(cellar.folder.stat().st_mode) == 0o700


async def test_what_waits_is_fetched_after_a_start_and_what_comes_is_fetched_at_once(cellar: Cellar) -> None:
    cellar.source.files = {"F1": b"1", "F2": b"2"}
    first = cellar.sent("F1")
    fetcher = cellar.fetcher()
    async with working(fetcher):
        await until(lambda: cellar.kept(first).state is AttachmentState.STORED)
        slept = sum(cellar.time.slept)
        second = cellar.sent("F2")
        fetcher.wake()
        await until(lambda: cellar.kept(second).state is AttachmentState.STORED)
    assert sum(cellar.time.slept) - slept < 600
    assert cellar.source.asked == ["F1", "F2"], "what is stored is not asked for again"


async def test_telegram_may_be_away_for_half_a_day_and_nothing_is_given_up(cellar: Cellar) -> None:
    cellar.source.files["F1"] = b"late"
    cellar.source.away = 90
    sent = cellar.sent("F1")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is not AttachmentState.PENDING)
    assert cellar.kept(sent).state is AttachmentState.STORED
    assert cellar.content(sent) == b"late"
    assert timedelta(hours=12) < cellar.time.now() - START
    assert max(cellar.time.slept) <= 600, "it looks again every ten minutes at least"


async def test_a_file_that_fails_for_days_is_given_up_and_leaves_telegram_in_peace(cellar: Cellar) -> None:
    cellar.source.away = 10**6
    sent = cellar.sent("F1", at=START - timedelta(days=1))
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is AttachmentState.FAILED)
        asked = len(cellar.source.asked)
        await asyncio.sleep(0.05)
        assert len(cellar.source.asked) == asked
    assert asked < 200
    assert cellar.time.now() - START >= timedelta(days=1)


async def test_one_try_after_days_of_our_own_absence_does_not_give_a_file_up(cellar: Cellar) -> None:
    cellar.source.files["F1"] = b"old"
    cellar.source.away = 3
    sent = cellar.sent("F1", at=START - timedelta(days=9))
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is not AttachmentState.PENDING)
    assert cellar.content(sent) == b"old"


async def test_a_file_that_is_gone_is_asked_for_once_and_holds_up_no_other(cellar: Cellar) -> None:
    cellar.source.files["F2"] = b"2"
    gone, there = cellar.sent("F1"), cellar.sent("F2")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(there).state is AttachmentState.STORED)
        await asyncio.sleep(0.05)
    assert cellar.kept(gone).state is AttachmentState.FAILED
    assert cellar.kept(gone).path is None
    assert cellar.source.asked.count("F1") == 1


async def test_what_is_larger_than_it_said_is_not_kept(cellar: Cellar) -> None:
    cellar.source.files = {"F1": bytes(MOST_BYTES + 1), "F2": bytes(MOST_BYTES)}
    too_large, large = cellar.sent("F1"), cellar.sent("F2")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(large).state is AttachmentState.STORED)
    assert cellar.kept(too_large).state is AttachmentState.FAILED
    assert cellar.names() == [cellar.kept(large).path]


async def test_a_folder_that_cannot_be_written_costs_no_file_however_long_it_lasts(
    cellar: Cellar, caplog: pytest.LogCaptureFixture
) -> None:
    cellar.source.files["F1"] = b"patience"
    cellar.folder.write_text("no folder at all")
    sent = cellar.sent("F1", at=START - timedelta(days=9))
    with caplog.at_level(logging.ERROR):
        async with working(cellar.fetcher()):
            await until(lambda: len(cellar.source.asked) > 60)
            assert cellar.kept(sent) == sent, "it is not the file's fault"
            cellar.folder.unlink()
            await until(lambda: cellar.kept(sent).state is AttachmentState.STORED)
    assert cellar.content(sent) == b"patience"
    assert f"Evidence cannot be kept in {cellar.folder} (File exists)" in caplog.text


async def test_a_full_disk_does_not_fill_up_with_beginnings(
    cellar: Cellar, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    cellar.source.files["F1"] = b"much"
    sent = cellar.sent("F1")
    monkeypatch.setattr(os, "fsync", full)
    async with working(cellar.fetcher()):
        await until(lambda: len(cellar.source.asked) > 5)
        assert len(cellar.names()) <= 1, "at most the one that is just being written"
        monkeypatch.undo()
        await until(lambda: cellar.kept(sent).state is AttachmentState.STORED)
    assert cellar.names() == [cellar.kept(sent).path]


NAMELESS = "0123456789abcdef" * 2
BEGUN = f"{'fedcba9876543210' * 2}.part"


async def test_a_sweep_deletes_what_no_row_names_once_it_is_an_hour_old(cellar: Cellar) -> None:
    cellar.source.files["F1"] = b"named"
    sent = cellar.sent("F1")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is AttachmentState.STORED)
    named = str(cellar.kept(sent).path)
    os.utime(cellar.folder / named, (0, 0))
    for name in (NAMELESS, BEGUN, "read me.txt"):
        cellar.left_behind(name, hours_ago=2)
    young = cellar.left_behind("a" * 32, hours_ago=0.5)
    (cellar.folder / ("b" * 32)).mkdir()

    assert await sweep(cellar.database, cellar.folder, cellar.time.now() - HOUR) == 2
    assert cellar.names() == sorted([named, young.name, "b" * 32, "read me.txt"])
    assert await sweep(cellar.database, cellar.folder, cellar.time.now() - HOUR) == 0


async def test_what_goes_with_somebody_who_is_forgotten_goes_from_the_disk_too(cellar: Cellar) -> None:
    cellar.source.files["F1"] = b"private"
    sent = cellar.sent("F1")
    async with working(cellar.fetcher()):
        await until(lambda: cellar.kept(sent).state is AttachmentState.STORED)
        # It stands in no answer, so it goes with its sender.
        cellar.database.run_now(lambda work: work.people.forget(7))
        began = cellar.time.now()
        await until(lambda: not cellar.names())
        assert cellar.time.now() - began < timedelta(hours=2.5)


async def test_the_fetcher_sweeps_each_hour_and_not_at_its_start(cellar: Cellar) -> None:
    left = cellar.left_behind(NAMELESS, hours_ago=9)
    async with working(cellar.fetcher()):
        await until(lambda: sum(cellar.time.slept) > 1800)
        assert left.exists()
        await until(lambda: not left.exists())
        assert HOUR <= cellar.time.now() - START < 1.5 * HOUR
        again = cellar.left_behind(NAMELESS, hours_ago=9)
        await until(lambda: not again.exists())


async def test_a_bot_over_the_wrong_database_deletes_nothing(tmp_path: Path, cellar: Cellar) -> None:
    left = cellar.left_behind(NAMELESS, hours_ago=9)
    empty = Database(f"sqlite:///{tmp_path / 'new.db'}")
    empty.upgrade()
    try:
        assert await sweep(empty, cellar.folder, cellar.time.now()) == 0
    finally:
        empty.close()
    assert left.exists()


async def test_without_a_folder_there_is_nothing_to_sweep(cellar: Cellar) -> None:
    assert await sweep(cellar.database, cellar.folder, cellar.time.now()) == 0


# --- what Telegram says, as the wire understands it


@asynccontextmanager
async def wire_to(token: str, url: str) -> AsyncIterator[TelegramWire]:
    application = builder(token, url).build()
    async with application.bot.request:
        yield TelegramWire(application.bot)


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_the_wire_brings_the_content_and_knows_what_will_never_come() -> None:
    async with Emulator.serve() as emulator, wire_to(emulator.token, emulator.base_url) as wire:
        world = emulator.world
        file = world.keep_file(emulator.bot, "a.pdf", b"%PDF", "application/pdf")
        large = world.keep_file(emulator.bot, "b.pdf", bytes(MOST_BYTES + 1), "application/pdf")
        assert await wire.download(file.id) == b"%PDF"
        with pytest.raises(FileGoneError):
            await wire.download("nobody-s")
        with pytest.raises(FileGoneError):
            await wire.download(large.id)
        for kind in (FaultKind.SERVER_ERROR, FaultKind.TOO_MANY_REQUESTS, FaultKind.RESET_BEFORE):
            emulator.fault(kind, "getFile")
            with pytest.raises(Exception) as trouble:
                await wire.download(file.id)
            assert not isinstance(trouble.value, FileGoneError), kind
        assert await wire.download(file.id) == b"%PDF"


async def test_a_file_that_is_away_for_a_while_is_not_gone() -> None:
    said = "Bad Request: wrong file_id or the file is temporarily unavailable"

    async def answer(_request: Request) -> Response:
        return Response(json.dumps({"ok": False, "error_code": 400, "description": said}), 400)

    app = Starlette(routes=[Route("/bot{token}/getFile", answer, methods=["POST"])])
    async with serve(app, 0) as server, wire_to("123:abc", server.url) as wire:
        with pytest.raises(Exception, match="temporarily") as trouble:
            await wire.download("F1")
        assert not isinstance(trouble.value, FileGoneError)
