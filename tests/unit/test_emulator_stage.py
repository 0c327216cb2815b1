"""On the stage: an unchanged python-telegram-bot, a webhook, the terminal, the page's API, a process of its own."""

from __future__ import annotations

import asyncio
import io
import json
import sys
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from telegram import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    Update,
)
from telegram.error import Forbidden
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.rehearsal.cast import CAST
from bot.rehearsal.emulator import Emulator, EmulatorSettings
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.page import build_stage, serving_stage
from bot.rehearsal.server import serve
from bot.rehearsal.terminal import chat

KEYBOARD = InlineKeyboardMarkup(
    [
        [
            InlineKeyboardButton("Read more", callback_data="more"),
            InlineKeyboardButton("Page", url="https://x.org"),
        ],
        [InlineKeyboardButton("Search", switch_inline_query_current_chat="water")],
    ]
)


async def greet(update: Update, context: Any) -> None:
    assert update.message is not None
    assert update.effective_user is not None
    words = f"<b>Hello {update.effective_user.first_name}</b> {update.effective_user.language_code} {context.args}"
    await update.message.reply_html(words, reply_markup=KEYBOARD)


async def echo(update: Update, context: Any) -> None:
    message = update.effective_message
    assert message is not None
    said = message.text or type(message.effective_attachment).__name__
    await message.reply_text(f"{'edited' if update.edited_message else 'said'} {said}")


async def press(update: Update, context: Any) -> None:
    query = update.callback_query
    assert query is not None
    await query.answer("one moment")
    await query.edit_message_text('More at <a href="https://x.org/a">the page</a>', parse_mode="HTML")


async def suggest(update: Update, context: Any) -> None:
    assert update.inline_query is not None
    words = update.inline_query.query
    content = InputTextMessageContent(f"<b>{words}</b>", parse_mode="HTML")
    await update.inline_query.answer(
        [InlineQueryResultArticle("1", words.title(), content, description="found")]
    )


@asynccontextmanager
async def echo_bot(emulator: Emulator) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    builder = Application.builder().token(emulator.token).base_url(f"{emulator.base_url}/bot")
    application = builder.base_file_url(f"{emulator.base_url}/file/bot").build()
    application.add_handlers(
        [
            CommandHandler("start", greet),
            MessageHandler(filters.ALL, echo),
            CallbackQueryHandler(press),
            InlineQueryHandler(suggest),
        ]
    )
    async with application:
        await application.start()
        assert application.updater is not None
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES, bootstrap_retries=5)
        yield application
        await application.updater.stop()
        await application.stop()


async def test_a_whole_conversation_with_an_unchanged_bot() -> None:
    async with Emulator.serve() as emulator, echo_bot(emulator) as application:
        ana = emulator.person(7, "Ana", "fr")
        await ana.start("from_a_card")
        greeting = await ana.hear()
        assert greeting.text == "Hello Ana fr ['from_a_card']"
        assert greeting.entities == [{"type": "bold", "offset": 0, "length": 9}]
        query = await ana.press("Read more")
        assert query is not None
        assert (await query.answered())["text"] == "one moment"
        changed = await ana.hear()
        assert (changed.id, changed.text) == (greeting.id, "More at the page")
        said = await ana.say("hi")
        assert (await ana.hear()).text == "said hi"
        await ana.edit(said.id, "ho")
        assert (await ana.hear()).text == "edited ho"
        for deed in (ana.send_sticker, ana.send_voice, ana.send_location, ana.send_contact, ana.send_poll):
            await deed()
        heard = [(await ana.hear()).text for _ in range(5)]
        assert heard == ["said Sticker", "said Voice", "said Location", "said Contact", "said Poll"]
        await ana.send_document("a.csv", b"a,b", "the figures")
        await ana.send_photo()
        assert [(await ana.hear()).text for _ in range(2)] == ["said Document", "said tuple"]
        found = await ana.inline("water")
        await found.answered()
        await ana.choose(found, "1")
        assert (await ana.hear()).text == "said water"
        await ana.block()
        with pytest.raises(Forbidden):
            await application.bot.send_message(7, "are you there?")
        await ana.unblock()
        sent = await application.bot.send_document(7, io.BytesIO(b"x,y"), filename="out.csv", caption="here")
        assert sent.document is not None
        assert await (await sent.document.get_file()).download_as_bytearray() == b"x,y"
        await application.bot.get_chat(7)
        await application.bot.get_chat_member(7, 7)
        await emulator.settled()
        assert emulator.problems == []


async def test_a_bot_waits_for_a_telegram_that_is_down_at_its_start() -> None:
    async with Emulator.serve() as emulator:
        emulator.fault(FaultKind.BAD_GATEWAY, "deleteWebhook", times=1)
        async with echo_bot(emulator):
            ana = emulator.person(7, "Ana")
            await ana.say("hi")
            assert (await ana.hear()).text == "said hi"


# -- webhook -------------------------------------------------------------------------------------------------


class Receiver:
    """A webhook that takes what it is told to take, and remembers everything."""

    def __init__(self) -> None:
        self.got: list[tuple[str, str, str | None]] = []
        self.refuse = 0
        self.hold: asyncio.Event | None = None
        self.app = Starlette(routes=[Route("/hook", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        update = await request.json()
        kind = list(update)[1]
        words = update[kind].get("text") or update[kind].get("data") or ""
        self.got.append((kind, words, request.headers.get("x-telegram-bot-api-secret-token")))
        if self.hold is not None and kind == "message":
            await self.hold.wait()
        if self.refuse:
            self.refuse -= 1
            return Response(status_code=503)
        return Response()


async def test_a_webhook_gets_updates_in_order_and_again_until_it_takes_them() -> None:
    receiver = Receiver()
    settings = EmulatorSettings(webhook_pace=0.005)
    async with (
        serve(receiver.app) as hook,
        Emulator.serve(settings=settings) as emulator,
        httpx.AsyncClient() as wire,
    ):
        base = f"{emulator.base_url}/bot{emulator.token}"
        ana = emulator.person(7, "Ana")
        await ana.say("before the webhook")
        receiver.refuse = 3
        await wire.post(f"{base}/setWebhook", json={"url": f"{hook.url}/hook", "secret_token": "s3cret"})
        await ana.say("after it")
        await emulator.settled(quiet=0)
        words = [words for _, words, _ in receiver.got]
        assert words == ["before the webhook"] * 4 + ["after it"]
        assert {secret for *_, secret in receiver.got} == {"s3cret"}
        info = (await wire.get(f"{base}/getWebhookInfo")).json()["result"]
        assert info["pending_update_count"] == 0
        assert info["last_error_message"] == "Wrong response from the webhook: 503 Service Unavailable"
        conflict = (await wire.get(f"{base}/getUpdates")).json()
        assert conflict["error_code"] == 409
        assert (await wire.get(f"{base}/deleteWebhook")).json()["result"] is True
        await ana.say("now by polling")
        assert len((await wire.get(f"{base}/getUpdates")).json()["result"]) == 1


async def test_presses_do_not_wait_for_messages_of_the_same_person() -> None:
    receiver = Receiver()
    receiver.hold = asyncio.Event()
    async with serve(receiver.app) as hook, Emulator.serve() as emulator, httpx.AsyncClient() as wire:
        base = f"{emulator.base_url}/bot{emulator.token}"
        ana = emulator.person(7, "Ana")
        await wire.post(f"{base}/setWebhook", json={"url": f"{hook.url}/hook"})
        await ana.say("first")
        markup = {"inline_keyboard": [[{"text": "Go", "callback_data": "go"}]]}
        await wire.post(f"{base}/sendMessage", json={"chat_id": 7, "text": "a", "reply_markup": markup})
        await ana.say("second")
        await ana.press("Go")
        async with asyncio.timeout(5):
            while len(receiver.got) < 2:
                await asyncio.sleep(0.01)
        assert sorted(kind for kind, *_ in receiver.got) == ["callback_query", "message"]
        receiver.hold.set()
        await emulator.settled(quiet=0)
        assert [words for kind, words, _ in receiver.got if kind == "message"] == ["first", "second"]


# -- the terminal ----------------------------------------------------------------------------------------------


async def lines_of(*lines: str) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def test_the_terminal_shows_cards_as_text_and_buttons_as_numbers() -> None:
    out = io.StringIO()
    async with Emulator.serve() as emulator, echo_bot(emulator):
        ana = emulator.person(7, "Ana")
        lines = lines_of("/start", "2", "3", "1", "", "\\1", "/start", "1")
        assert await chat(emulator, ana, lines, out) == 0
    assert out.getvalue().splitlines() == [
        "Hello Ana en []",
        "[1] Read more",
        "[2] Page",
        "[3] Search",
        "",
        "https://x.org",
        "[1] Water - found",
        "water",
        "",
        "said water",
        "",
        "said 1",
        "",
        "Hello Ana en []",
        "[1] Read more",
        "[2] Page",
        "[3] Search",
        "",
        "* one moment",
        "(edited)",
        "More at the page (https://x.org/a)",
        "",
    ]


async def test_the_terminal_awaits_a_slow_bot_that_tells_when_it_is_idle() -> None:
    out, done = io.StringIO(), asyncio.Event()
    async with Emulator.serve() as emulator, httpx.AsyncClient() as wire:
        base = f"{emulator.base_url}/bot{emulator.token}"

        async def slow_bot() -> None:
            updates = (await wire.get(f"{base}/getUpdates?timeout=5")).json()["result"]
            await wire.get(f"{base}/getUpdates", params={"offset": updates[-1]["update_id"] + 1})
            await asyncio.sleep(0.4)
            await wire.post(f"{base}/sendMessage", json={"chat_id": 7, "text": "at last"})
            done.set()

        work = asyncio.create_task(slow_bot())
        await chat(emulator, emulator.person(7, "Ana"), lines_of("hello"), out, idle=done.wait)
        await work
    assert out.getvalue() == "at last\n\n"


# -- the page ------------------------------------------------------------------------------------------------------


async def test_the_page_is_served_whole_and_asks_nothing_from_outside() -> None:
    emulator = Emulator()
    async with (
        serving_stage(emulator, suggestions={"en": ["compost"]}) as url,
        httpx.AsyncClient(base_url=url) as web,
    ):
        page = await web.get("/")
        assert "default-src 'none'" in page.headers["content-security-policy"]
        named = [part.split('"')[0] for part in page.text.replace('href="', 'src="').split('src="')[1:]]
        for name in [part for part in named if not part.startswith("data:")] + ["messages.js", "words.js"]:
            answer = await web.get(f"/{name}")
            assert answer.status_code == 200, name
            assert "://" not in answer.text.replace("http://www.w3.org", "").replace('"://', ""), name
        settings = (await web.get("/stage/settings")).json()
        assert settings["suggestions"] == {"en": ["compost"]}
        assert [one["key"] for one in settings["cast"]] == [one.key for one in CAST]


async def test_the_page_acts_for_a_person_and_hears_what_happens() -> None:
    emulator = Emulator()
    async with (
        emulator.serving(build_stage(emulator)) as serving,
        echo_bot(emulator) as application,
        httpx.AsyncClient(base_url=serving.url) as web,
    ):
        await application.bot.set_my_commands([("aide", "Que faire")], language_code="fr")
        events: list[tuple[str, dict[str, Any]]] = []

        async def listen() -> None:
            async with web.stream("GET", "/stage/people/9/events?name=Zoé&language=fr") as stream:
                kind = ""
                async for line in stream.aiter_lines():
                    if line.startswith("event: "):
                        kind = line[7:]
                    elif line.startswith("data: "):
                        events.append((kind, json.loads(line[6:])))

        async def until(count: int) -> dict[str, Any]:
            async with asyncio.timeout(5):
                while len(events) < count:
                    await asyncio.sleep(0.01)
            return events[count - 1][1]

        ear = asyncio.create_task(listen())
        state = await until(1)
        assert state["person"]["language_code"] == "fr"
        assert state["commands"] == [{"command": "aide", "description": "Que faire"}]
        assert (await web.post("/stage/people/9/start", json={"payload": "x"})).status_code == 200
        greeting = await until(3)
        assert greeting["text"] == "Hello Zoé fr ['x']"
        await web.post("/stage/people/9/press", json={"button": "more", "message_id": greeting["message_id"]})
        await until(5)
        assert [kind for kind, _ in events] == ["state", "message", "message", "callback_answer", "edited"]
        found = (await web.post("/stage/people/9/inline", json={"query": "water"})).json()
        assert [result["title"] for result in found["results"]] == ["Water"]
        await web.post(
            "/stage/people/9/choose", json={"inline_query_id": found["inline_query_id"], "result_id": "1"}
        )
        await web.post("/stage/people/9/send", json={"kind": "sticker"})
        await web.get("/stage/settled")
        now = (await web.get("/stage/people/9")).json()
        assert now["messages"][-1]["text"] == "said Sticker"
        await web.post("/stage/people/9/block", json={})
        assert (await web.get("/stage/people/9")).json()["blocked"] is True
        assert (await web.post("/stage/people/9/send", json={"kind": "elephant"})).status_code == 400
        assert (await web.post("/stage/people/9/say", data={"text": "by a strange page"})).status_code == 400
        assert (await web.post("/stage/people/9/dance", json={})).status_code == 404
        assert (await web.get("/stage/problems")).json() == []
        calls = (await web.get("/stage/calls?after=1")).json()
        assert "sendMessage" in {call["method"] for call in calls}
        ear.cancel()


# -- a process of its own ------------------------------------------------------------------------------------------


async def test_as_a_process_it_keeps_a_log_of_what_people_really_got(tmp_path: Path) -> None:
    log = tmp_path / "truth.jsonl"
    command = ["-m", "bot.rehearsal.emulator_process", "--port", "0", "--log", str(log)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, *command, stdout=asyncio.subprocess.PIPE, cwd=Path(__file__).parents[2]
    )
    try:
        assert process.stdout is not None
        ready = json.loads(await asyncio.wait_for(process.stdout.readline(), 10))
        async with httpx.AsyncClient(base_url=ready["url"]) as wire:
            await wire.post("/stage/people/7/say", json={"text": "hello"})
            await wire.post("/stage/faults", json={"kind": "reset-after", "method": "sendMessage"})
            with pytest.raises(httpx.TransportError):
                await wire.post(f"/bot{ready['token']}/sendMessage", json={"chat_id": 7, "text": "heard?"})
            await wire.post(f"/bot{ready['token']}/sendMessage", json={"chat_id": 8, "text": "to a stranger"})
        lines = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
        assert [(line["chat"], line["text"]) for line in lines] == [(7, "heard?")]
    finally:
        process.kill()
        await process.wait()


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b""], ids=["a table", "no byte"])
async def test_a_file_of_the_page_reaches_the_bot_with_its_name_and_bytes(content: bytes) -> None:
    emulator = Emulator()
    file = {
        "kind": "document",
        "name": "cities.csv",
        "type": "text/csv",
        "content": b64encode(content).decode(),
    }
    async with serving_stage(emulator) as url, httpx.AsyncClient(base_url=url) as wire:
        sent = (await wire.post("/stage/people/9/send", json=file)).json()["document"]
        assert (sent["file_name"], sent["mime_type"], sent["file_size"]) == (
            "cities.csv",
            "text/csv",
            len(content),
        )
        asked = await wire.post(f"/bot{emulator.token}/getFile", json={"file_id": sent["file_id"]})
        path = asked.json()["result"]["file_path"]
        assert (await wire.get(f"/file/bot{emulator.token}/{path}")).content == content
