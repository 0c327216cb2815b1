"""The processes of a fault test: an emulator that survives, and a bot that is killed and started again."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from .ledger import Received

LONGEST_LIFE = 40.0
"""Seconds after which a bot that should have ended is ended."""


@dataclass(frozen=True)
class Telegram:
    """An emulator in a process of its own."""

    url: str
    token: str
    record: Path
    client: httpx.Client

    def do(self, person: int, deed: str, **body: Any) -> Any:
        """What somebody does, such as `do(5, "say", text="…")`."""
        return self._answer(self.client.post(f"/stage/people/{person}/{deed}", json=body))

    def queue(self, kind: str, payload: dict[str, Any]) -> None:
        """Puts an update of any shape into the bot's queue."""
        self._answer(self.client.post("/stage/updates", json={"kind": kind, "payload": payload}))

    def post(self, what: str, **body: Any) -> Any:
        """Orders something of the stage, such as `post("faults", kind="bad-gateway")`."""
        return self._answer(self.client.post(f"/stage/{what}", json=body))

    def get(self, what: str) -> Any:
        """What the stage knows, such as `get("calls")`."""
        return self._answer(self.client.get(f"/stage/{what}"))

    def messages(self, person: int) -> list[dict[str, Any]]:
        """What somebody sees in the chat, oldest first."""
        found: list[dict[str, Any]] = self._answer(self.client.get(f"/stage/people/{person}"))["messages"]
        return found

    def problems(self) -> list[str]:
        """What the specification of the Bot API does not allow, of all that the bot did."""
        return list(self._answer(self.client.get("/stage/problems")))

    def received(self) -> list[Received]:
        """Everything that people received of the bot, in order."""
        lines = self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []
        read = [json.loads(line) for line in lines]
        return [
            Received(one["event"], one["time"], one["chat"], one["message_id"], one["text"]) for one in read
        ]

    @staticmethod
    def _answer(response: httpx.Response) -> Any:
        assert response.status_code == 200, response.text
        return response.json()


@contextmanager
def telegram(folder: Path) -> Iterator[Telegram]:
    """An emulator with Telegram's limits, for as long as the block lasts."""
    record = folder / "received.jsonl"
    command = [sys.executable, "-m", "bot.rehearsal.emulator_process", "--rates", "--log", str(record)]
    with (
        (folder / "emulator.log").open("w") as told,
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=told, text=True) as process,
    ):
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            with httpx.Client(base_url=ready["url"], timeout=30) as client:
                yield Telegram(ready["url"], ready["token"], record, client)
        finally:
            process.kill()


@dataclass(frozen=True)
class Bot:
    """One life of the bot."""

    process: subprocess.Popen[bytes]
    log: Path

    @property
    def lives(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def stop(self) -> int:
        """Asks it to end, as an operator does; its exit code."""
        self.process.terminate()
        return self.process.wait(LONGEST_LIFE)

    def died_by_kill(self) -> bool:
        """Waits for its end, at once and without looking now and then; whether it was SIGKILL."""
        overdue = threading.Timer(LONGEST_LIFE, self.process.terminate)
        overdue.start()
        code = self.process.wait()
        overdue.cancel()
        return code == -signal.SIGKILL


@dataclass(frozen=True)
class Home:
    """What outlives a bot: its data folder, its content, and where Telegram is."""

    folder: Path
    knowledge: Path
    telegram: Telegram
    admins: tuple[int, ...]
    more: Mapping[str, str] = field(default_factory=dict)
    """Further settings."""

    @property
    def database(self) -> Path:
        return self.folder / "data" / "focal.db"

    @contextmanager
    def bot(self, crash: str | None = None) -> Iterator[Bot]:
        """The real command `focal run`. With `crash` it kills itself there (see `bot/delivery/crash.py`)."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
        settings = {
            "FOCAL_TOKEN": self.telegram.token,
            "FOCAL_API_URL": self.telegram.url,
            "FOCAL_DATA": str(self.folder / "data"),
            "FOCAL_KNOWLEDGE": str(self.knowledge),
            "FOCAL_ADMINS": ",".join(map(str, self.admins)),
            **self.more,
        }
        if crash is not None:
            settings["FOCAL_CRASH"] = crash
        log = self.folder / "bot.log"
        with log.open("ab") as out:
            process = subprocess.Popen(
                [sys.executable, "-m", "bot", "run"],
                cwd=self.folder,
                env=kept | {"PYTHONPATH": str(ROOT)} | settings,
                stdout=out,
                stderr=subprocess.STDOUT,
            )
        try:
            yield Bot(process, log)
        finally:
            if process.poll() is None:
                process.kill()
            process.wait()


ROOT = Path(__file__).parent.parent.parent
