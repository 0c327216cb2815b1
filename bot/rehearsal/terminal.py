"""The same bot in a terminal: cards as plain text, buttons as numbers. Reads a pipe as well as a person."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TextIO

from bot.rehearsal.emulator import Emulator
from bot.rehearsal.model import Json, Message
from bot.rehearsal.people import Player, start_payload
from bot.rehearsal.telegram_html import Formatted, plain
from bot.rehearsal.world import Event, Query

DIM, BOLD, END = "\x1b[2m", "\x1b[1m", "\x1b[0m"
MEDIA = ("photo", "document", "sticker", "voice", "location", "poll", "contact")
INLINE_SECONDS = 10.0


async def standard_input() -> AsyncIterator[str]:
    """The lines of standard input, without their ends, read beside the running loop."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str | None] = asyncio.Queue()

    def read() -> None:
        with suppress(RuntimeError):  # the loop is gone: nobody listens any more
            for line in sys.stdin:
                loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\r\n"))
            loop.call_soon_threadsafe(lines.put_nowait, None)

    # A daemon, because a thread that waits for a keyboard would keep the process from ending.
    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not None:
        yield line


async def chat(
    emulator: Emulator,
    player: Player,
    lines: AsyncIterator[str],
    writer: TextIO,
    *,
    idle: Callable[[], Awaitable[object]] | None = None,
    live: bool = False,
) -> int:
    """Hold a conversation until the lines end; gives the exit code.

    Each line is said to the bot and its answers are awaited: `idle` tells when the bot has nothing left to
    do, quiet time where it is not given. With `live`, for a person at a terminal, answers are shown as they
    come and some parts are highlighted. A number presses a button of the newest message that has buttons; a
    line that begins with a backslash is said as it is, without it.
    """
    screen = Screen(player, writer, live)
    stop = emulator.world.watch(screen.see)
    try:
        screen.prompt()
        async for line in lines:
            if line.strip():
                await screen.enter(line.strip())
                await emulator.settled(idle)
            screen.prompt()
    finally:
        stop()
    return 0


@dataclass
class Screen:
    """What a terminal shows of one chat, and what its numbers stand for."""

    player: Player
    writer: TextIO
    live: bool
    _choices: list[Json] = field(default_factory=list)
    """The buttons or inline results that numbers choose, in order."""
    _message: Message | None = None
    _found: Query | None = None

    def see(self, event: Event) -> None:
        """Show what happens in this chat; the person's own words stand there already."""
        if event.bot_id != self.player.bot.account.id:
            return
        data = event.data
        if (
            event.kind == "callback_answer"
            and data.get("person_id") == self.player.person.id
            and data["text"]
        ):
            self._print(f"{'!' if data['show_alert'] else '*'} {data['text']}")
        if event.chat_id != self.player.chat.id:
            return
        if event.kind in {"message", "edited"} and (data["from"]["is_bot"] or "via_bot" in data):
            self._show(self.player.chat.messages[data["message_id"]], event.kind == "edited")
        elif event.kind == "deleted":
            self._print(self._dim(f"(message {data['message_id']} is gone)"))

    async def enter(self, line: str) -> None:
        """Do what one line asks: press a numbered button, ask inline, or say it."""
        name = f"@{self.player.bot.account.username}"
        if line.isdecimal() and 1 <= int(line) <= len(self._choices):
            await self._choose(self._choices[int(line) - 1])
        elif line.lower() == name.lower() or line.lower().startswith(f"{name.lower()} "):
            await self._inline(line[len(name) :].strip())
        else:
            await self.player.say(line.removeprefix("\\"))

    def prompt(self) -> None:
        """All that was shown is on its way; a person sees that it is their turn."""
        if self.live:
            self.writer.write("> ")
        self.writer.flush()

    async def _choose(self, choice: Json) -> None:
        if self._found is not None:
            await self.player.choose(self._found, str(choice["id"]))
        elif "callback_data" in choice and self._message is not None:
            await self.player.press_data(choice["callback_data"], self._message.id)
        elif "url" in choice:
            payload = start_payload(choice["url"], self.player.bot.account.username)
            if payload is None:
                self._print(choice["url"])
            else:
                await self.player.start(payload)
        elif "copy_text" in choice:
            self._print(choice["copy_text"]["text"])
        else:
            words = choice.get("switch_inline_query_current_chat") or choice.get("switch_inline_query") or ""
            await self._inline(words)

    async def _inline(self, words: str) -> None:
        query = await self.player.inline(words)
        try:
            results = (await query.answered(INLINE_SECONDS))["results"]
        except TimeoutError:
            self._print(self._dim("(no answer)"))
            return
        self._choices, self._found, self._message = results, query, None
        described = (
            f"{r['title']} - {r['description']}" if r.get("description") else r["title"] for r in results
        )
        self._numbered(list(described))
        if not results:
            self._print(self._dim("(nothing found)"))

    def _show(self, message: Message, edited: bool) -> None:
        lines = [self._dim("(edited)")] if edited else []
        lines += [
            self._dim(f"[{kind}] {media_name(message, kind)}".rstrip())
            for kind in MEDIA
            if kind in message.content
        ]
        lines += [plain(Formatted(message.text, tuple(message.entities)))] if message.text else []
        self._print("\n".join(lines))
        if message.buttons:
            self._choices, self._message, self._found = message.buttons, message, None
            self._numbered([button["text"] for button in message.buttons])
        elif self._message is message:
            self._choices, self._message = [], None
        self._print("")

    def _numbered(self, labels: list[str]) -> None:
        for number, label in enumerate(labels, 1):
            self._print(f"{BOLD}[{number}]{END} {label}" if self.live else f"[{number}] {label}")

    def _dim(self, text: str) -> str:
        return f"{DIM}{text}{END}" if self.live else text

    def _print(self, text: str) -> None:
        with suppress(BrokenPipeError):  # whoever read along has seen enough
            print(text, file=self.writer, flush=self.live)


def media_name(message: Message, kind: str) -> str:
    """The name of a document that a message brings; other media have none."""
    media = message.content[kind]
    return str(media.get("file_name", "")) if isinstance(media, dict) else ""
