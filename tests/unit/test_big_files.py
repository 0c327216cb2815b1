"""Files and pictures of ours on the wire: whole however big they are, while everybody else gets their messages."""

from __future__ import annotations

import asyncio
import random
import struct
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from post_office import ANNOUNCEMENT, START, ScriptedWire, Time, all_out, at_work, room, states, until

from bot.chat.application import builder
from bot.chat.wire import TelegramWire
from bot.delivery import carrier
from bot.domain.outgoing import WHEN_IT_LEAVES, Call, Outcome, OutgoingMessage, Refused, Sent
from bot.domain.ports import UnitOfWork
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.faults import FaultKind
from bot.storage.database import Database

READER, CROWD = 7, range(100, 140)
BIG = random.Random(5).randbytes(8_000_000)


def picture(width: int, height: int) -> bytes:
    """As much of a PNG as tells how large it is."""
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + bytes(200)


def from_the_archive(work: UnitOfWork, message: OutgoingMessage, now: datetime) -> OutgoingMessage:
    """Made ready when it leaves: the row has the hash, and the message the bytes."""
    field, name = message.params["field"], message.params["name"]
    content = work.blobs.get(message.params["digest"])
    method = "sendPhoto" if field == "photo" else "sendDocument"
    params = {"chat_id": message.chat_id, "caption": name, field: {"name": name, "content": content}}
    return replace(message, method=method, params=params)


def put_file(database: Database, field: str, name: str, content: bytes) -> None:
    def put(work: UnitOfWork) -> None:
        params = {"field": field, "name": name, "digest": work.blobs.put(content, START)}
        work.outbox.add(OutgoingMessage(name, READER, WHEN_IT_LEAVES, params), START)

    database.run_now(put)


async def test_a_file_of_megabytes_and_a_picture_arrive_whole_beside_a_broadcast(
    database: Database, path: Path
) -> None:
    put_file(database, "document", "commitments-2026-zh.docx", BIG)
    put_file(database, "photo", "sibu.png", picture(1080, 1350))
    for chat in CROWD:
        params = {"chat_id": chat, "text": "The forum moves to Thursday"}
        news = OutgoingMessage(f"news:{chat}", chat, "sendMessage", params, ANNOUNCEMENT)
        database.run_now(lambda work, one=news: work.outbox.add(one, START))
    async with Emulator.serve() as emulator:
        emulator.world.rates.on = False
        reader = emulator.person(READER, "Ana")
        await reader.start()
        emulator.crowd(CROWD[0], len(CROWD))
        application = builder(emulator.token, emulator.base_url).build()
        async with application.bot.request:
            wire = TelegramWire(application.bot)
            post_room = room(database, wire, Time(), prepare=from_the_archive)
            async with at_work(post_room):
                await all_out(post_room)
        assert emulator.problems == []
        document, photo = (message.content for message in reader.messages() if message.from_bot)
        assert document["caption"] == document["document"]["file_name"] == "commitments-2026-zh.docx"
        assert emulator.bot.files[document["document"]["file_id"]].content == BIG
        shown = photo["photo"][-1]
        assert (shown["width"], shown["height"]) == (1080, 1350)
        assert emulator.bot.files[shown["file_id"]].content == picture(1080, 1350)
    assert set(states(path).values()) == {"sent"}


@pytest.mark.parametrize("content", ["Käse".encode(), "Käse"])
async def test_text_and_bytes_are_uploaded_alike(content: str | bytes) -> None:
    async with Emulator.serve() as emulator:
        reader = emulator.person(READER, "Ana")
        await reader.start()
        application = builder(emulator.token, emulator.base_url).build()
        async with application.bot.request:
            params = {"chat_id": READER, "document": {"name": "a.txt", "content": content}}
            outcome = await TelegramWire(application.bot).send(Call("sendDocument", params))
        assert isinstance(outcome, Sent)
        sent = reader.messages()[-1].content["document"]
        assert emulator.bot.files[sent["file_id"]].content == "Käse".encode()


async def test_a_picture_that_telegram_does_not_take_is_refused_and_not_unknown() -> None:
    async with Emulator.serve() as emulator:
        await emulator.person(READER, "Ana").start()
        application = builder(emulator.token, emulator.base_url).build()
        async with application.bot.request:
            wire = TelegramWire(application.bot)
            for content in (b"<svg/>", picture(9_000, 1_001), picture(2_100, 100)):
                params = {"chat_id": READER, "photo": {"name": "a.png", "content": content}}
                assert isinstance(await wire.send(Call("sendPhoto", params)), Refused)


async def test_a_big_file_may_take_its_time_and_a_short_message_may_not(
    database: Database, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A megabyte has forty seconds more; here all is faster."""
    monkeypatch.setattr(carrier, "LONGEST_REQUEST", 0.1)

    class SlowWire(ScriptedWire):
        async def send(self, call: Call) -> Outcome:
            await asyncio.sleep(0.4)
            return Sent(1)

    put_file(database, "document", "big.pdf", bytes(25_000))
    database.run_now(
        lambda work: work.outbox.add(
            OutgoingMessage("short", 8, "sendMessage", {"chat_id": 8, "text": "a"}, ANNOUNCEMENT), START
        )
    )
    time = Time()
    post_room = room(database, SlowWire(time), time, prepare=from_the_archive)
    async with at_work(post_room):
        await all_out(post_room)
    assert states(path) == {"big.pdf": "sent", "short": "unknown"}


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
async def test_a_file_is_sent_again_from_the_archive_after_telegram_asked_us_to_wait(
    database: Database, path: Path
) -> None:
    put_file(database, "document", "big.pdf", BIG[:100_000])
    async with Emulator.serve() as emulator:
        emulator.world.rates.on = False
        reader = emulator.person(READER, "Ana")
        await reader.start()
        emulator.fault(FaultKind.TOO_MANY_REQUESTS, "sendDocument")
        application = builder(emulator.token, emulator.base_url).build()
        async with application.bot.request:
            time = Time()
            post_room = room(database, TelegramWire(application.bot), time, prepare=from_the_archive)
            async with at_work(post_room):
                await until(lambda: states(path) == {"big.pdf": "sent"})
        files = [m.content["document"] for m in reader.messages() if "document" in m.content]
        assert [emulator.bot.files[one["file_id"]].content for one in files] == [BIG[:100_000]]
