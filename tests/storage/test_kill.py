"""The process is killed at every crash point: afterwards nothing is lost, and nothing happened twice in our state."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from bot.delivery.crash import POINTS

ROOT = Path(__file__).parents[2]
UPDATES = 9
POISON = 4

PROGRAM = """
import asyncio, sys
from datetime import UTC, datetime
from pathlib import Path
from bot.delivery.inbox import Lanes, Poller
from bot.delivery.outbox import PostRoom
from bot.delivery.rates import Limits, Rates
from bot.domain.outgoing import OutgoingMessage, Sent
from bot.domain.questions import LookupOutcome
from bot.storage.database import Database

folder, updates, poison = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
confirmed = folder / "confirmed"

class Clock:
    def now(self):
        return datetime.now(UTC)

async def fetch(offset, timeout):
    # Telegram forgets an update as soon as a higher offset is asked for.
    if offset is not None:
        confirmed.write_text(str(offset))
    first = int(confirmed.read_text()) if confirmed.exists() else 1
    if first > updates:
        await asyncio.sleep(60)
    return [
        {"update_id": n, "message": {"chat": {"id": n % 3 + 1}, "text": f"text {n}"}}
        for n in range(first, min(first + 4, updates + 1))
    ]

async def handle(update):
    if update.update_id == poison:
        raise ValueError
    text, chat = update.raw["message"]["text"], update.lane
    def effect(work):
        work.lookups.add(text, "en", LookupOutcome.FOUND, [], clock.now())
        work.outbox.add(
            OutgoingMessage(f"answer:{update.update_id}", chat, "sendMessage", {"chat_id": chat, "text": text}),
            clock.now(),
        )
        work.inbox.done(update.update_id, clock.now())
    await database.run(effect)
    room.wake()

class Wire:
    async def send(self, call):
        with open(folder / "delivered", "a") as log:
            log.write(call.params["text"] + "\\n")
        return Sent(1)

async def quick(seconds):
    await asyncio.sleep(min(seconds, 0.02))

async def main():
    tasks = [asyncio.create_task(one.run()) for one in (lanes, room, poller)]
    while not (confirmed.exists() and int(confirmed.read_text()) > updates):
        await asyncio.sleep(0.01)
    await lanes.idle()
    await room.idle()
    tasks.pop().cancel()
    await lanes.stop()
    await room.stop()
    await asyncio.gather(*tasks)

clock = Clock()
database = Database(f"sqlite:///{folder}/focal.db")
database.upgrade()
lanes = Lanes(database, handle, clock, sleep=quick)
poller = Poller(fetch, database, lanes, clock)
room = PostRoom(database, Wire(), clock, Rates(Limits(100, 100.0)))
asyncio.run(main())
database.close()
"""


def run(folder: Path, crash: str | None = None) -> int:
    environment = {key: value for key, value in os.environ.items() if key != "FOCAL_CRASH"}
    if crash is not None:
        environment["FOCAL_CRASH"] = crash
    process = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(folder), str(UPDATES), str(POISON)],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert process.returncode in (0, -signal.SIGKILL), process.stderr
    return process.returncode


@pytest.mark.parametrize(
    "point", [point for point in POINTS if point.startswith(("inbox.", "update.", "outbox."))]
)
def test_a_kill_at_any_point_loses_nothing_and_repeats_nothing(tmp_path: Path, point: str) -> None:
    assert run(tmp_path, f"{point}:2") == -signal.SIGKILL, f"{point} was never passed twice"
    assert run(tmp_path) == 0

    expected = [f"text {n}" for n in range(1, UPDATES + 1) if n != POISON]
    with closing(sqlite3.connect(tmp_path / "focal.db")) as connection:
        effects = [words for (words,) in connection.execute("SELECT words FROM lookups")]
        inbox = dict(connection.execute("SELECT state, count(*) FROM inbox GROUP BY state").fetchall())
        outbox = dict(connection.execute("SELECT state, count(*) FROM outbox GROUP BY state").fetchall())
        resent = connection.execute("SELECT key FROM outbox WHERE resent > 0").fetchall()
    assert sorted(effects) == expected, "each effect exactly once"
    assert inbox == {"done": len(expected), "dead": 1}
    assert outbox == {"sent": len(expected)}

    delivered = Counter((tmp_path / "delivered").read_text().split("\n")[:-1])
    assert sorted(delivered) == expected, "every answer arrived"
    doubled = [text for text, times in delivered.items() if times > 1]
    assert all(times <= 2 for times in delivered.values())
    # Only what was on the wire may arrive twice: an answer whose outcome nobody can know is sent once more.
    assert {text.replace("text ", "answer:") for text in doubled} <= {key for (key,) in resent}
    assert len(resent) <= 4
    chats = {n: [text for text in delivered if int(text.split()[1]) % 3 + 1 == n] for n in (1, 2, 3)}
    assert all(texts == sorted(texts) for texts in chats.values()), "in the order of each chat"
