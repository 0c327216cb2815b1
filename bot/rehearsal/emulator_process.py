"""The emulator as a process of its own, for tests that kill the bot (`python -m` with this module's name)."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from pathlib import Path

from bot.rehearsal.emulator import REHEARSAL_TOKEN, Emulator, EmulatorSettings
from bot.rehearsal.model import BotAccount
from bot.rehearsal.page import serving_stage
from bot.rehearsal.world import Event


def keep_truth(emulator: Emulator, path: Path) -> None:
    """Write every message that a bot got through as a line of JSON, at once: what people really received."""
    log = path.open("a", encoding="utf-8")

    def note(event: Event) -> None:
        if event.kind in {"message", "edited"} and event.data["from"]["is_bot"]:
            line = {
                "event": event.kind,
                "time": emulator.settings.now(),
                "bot": event.bot_id,
                "chat": event.chat_id,
                "message_id": event.data["message_id"],
                "text": event.data.get("text") or event.data.get("caption", ""),
            }
            log.write(json.dumps(line, ensure_ascii=False) + "\n")
            log.flush()

    emulator.world.watch(note)


async def run(port: int, token: str, log: Path | None, rates: bool) -> None:
    """Serve until the process ends; prints one line of JSON with the address when it is ready."""
    emulator = Emulator(EmulatorSettings(accounts=(BotAccount(token),), rates=rates))
    if log is not None:
        keep_truth(emulator, log)
    async with serving_stage(emulator, port) as url:
        sys.stdout.write(json.dumps({"event": "ready", "url": url, "token": token}) + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


def main() -> None:
    parser = argparse.ArgumentParser(description="A Bot API emulator in memory.")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--token", default=REHEARSAL_TOKEN)
    parser.add_argument("--log", type=Path, help="file for a line of JSON per message that got through")
    parser.add_argument("--rates", action="store_true", help="answer 429 above Telegram's known limits")
    given = parser.parse_args()
    try:
        asyncio.run(run(given.port, given.token, given.log, given.rates))
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    main()
