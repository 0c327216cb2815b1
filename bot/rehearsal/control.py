"""The people and the record of an emulator over HTTP, for the chat page and for tests of other processes."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any, TypeAlias

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.rehearsal.checker import Upload
from bot.rehearsal.emulator import Call, Emulator
from bot.rehearsal.faults import FaultKind
from bot.rehearsal.methods import commands_for
from bot.rehearsal.model import Json
from bot.rehearsal.people import Player
from bot.rehearsal.world import Event

KEEP_ALIVE_SECONDS = 15.0
INLINE_SECONDS = 10.0

Deed: TypeAlias = Callable[[Player, Json], Awaitable[Json]]


async def _say(player: Player, body: Json) -> Json:
    return (await player.say(str(body["text"]), reply_to=body.get("reply_to"))).as_json()


async def _start(player: Player, body: Json) -> Json:
    return (await player.start(str(body.get("payload", "")))).as_json()


async def _edit(player: Player, body: Json) -> Json:
    return (await player.edit(int(body["message_id"]), str(body["text"]))).as_json()


async def _press(player: Player, body: Json) -> Json:
    query = await player.press(str(body["button"]), body.get("message_id"))
    return {"callback_query_id": query.id if query else None}


async def _inline(player: Player, body: Json) -> Json:
    query = await player.inline(str(body["query"]))
    answer = await query.answered(INLINE_SECONDS)
    return {"inline_query_id": query.id, "results": answer["results"], "button": answer["button"]}


async def _choose(player: Player, body: Json) -> Json:
    query = player.bot.queries[str(body["inline_query_id"])]
    return (await player.choose(query, str(body["result_id"]))).as_json()


async def _send(player: Player, body: Json) -> Json:
    """Something that is no text; a document or photo may bring its `content` in base64, a document may be empty."""
    content = base64.b64decode(body["content"]) if "content" in body else None
    match body["kind"]:
        case "sticker":
            message = await player.send_sticker()
        case "voice":
            message = await player.send_voice()
        case "location":
            message = await player.send_location()
        case "contact":
            message = await player.send_contact()
        case "poll":
            message = await player.send_poll()
        case "photo":
            message = await player.send_photo(content or b"\xff\xd8\xff")
        case "document":
            message = await player.send_document(
                str(body.get("name") or "notes.txt"),
                b"-" if content is None else content,
                content_type=str(body.get("type") or "application/octet-stream"),
            )
        case other:
            raise LookupError(f"nothing of kind {other!r} can be sent")
    return message.as_json()


async def _block(player: Player, _body: Json) -> Json:
    await player.block()
    return {}


async def _unblock(player: Player, _body: Json) -> Json:
    await player.unblock()
    return {}


DEEDS: dict[str, Deed] = {
    "say": _say,
    "start": _start,
    "edit": _edit,
    "press": _press,
    "inline": _inline,
    "choose": _choose,
    "send": _send,
    "block": _block,
    "unblock": _unblock,
}


def state_of(player: Player) -> Json:
    """All that a person sees: the bot, its commands in their language, and the chat."""
    account, language = player.bot.account, player.person.language
    base = (language or "").split("-")[0]
    described = player.bot.descriptions
    return {
        "bot": account.as_json()
        | {
            name: described.get((name, base)) or described.get((name, ""), "")
            for name in ("description", "short_description")
        },
        "person": player.person.as_json(),
        "blocked": player.chat.bot_status == "kicked",
        "commands": commands_for(player.bot, player.chat, language),
        "messages": [message.as_json() for message in player.messages()],
    }


class ControlRoom:
    """The control API of one emulator, below `/stage`. Requests that change something have to be JSON:
    a strange web page in the same browser cannot send that."""

    def __init__(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def routes(self) -> list[Route]:
        return [
            Route("/stage/people/{person:int}", self._state),
            Route("/stage/people/{person:int}/events", self._events),
            Route("/stage/people/{person:int}/files/{file_id}", self._file),
            Route("/stage/people/{person:int}/{deed}", self._do, methods=["POST"]),
            Route("/stage/groups", self._group, methods=["POST"]),
            Route("/stage/crowds", self._crowd, methods=["POST"]),
            Route("/stage/updates", self._update, methods=["POST"]),
            Route("/stage/calls", self._calls),
            Route("/stage/problems", self._problems),
            Route("/stage/limits", self._limits),
            Route("/stage/faults", self._faults, methods=["POST", "DELETE"]),
            Route("/stage/settled", self._settled),
        ]

    def _player(self, request: Request) -> Player:
        """The person of a request, with the name and language that it tells, else those they had."""
        person_id = int(request.path_params["person"])
        known = self.emulator.world.people.get(person_id)
        name = request.query_params.get("name") or (known.first_name if known else "Guest")
        language = request.query_params.get("language") or (known.language if known else "en")
        return self.emulator.person(person_id, name, language)

    async def _state(self, request: Request) -> Response:
        return JSONResponse(state_of(self._player(request)))

    async def _do(self, request: Request) -> Response:
        deed = DEEDS.get(request.path_params["deed"])
        if deed is None:
            return _refusal(f"unknown deed {request.path_params['deed']!r}", 404)
        try:
            return JSONResponse(await deed(self._player(request), await _body(request)))
        except TimeoutError:
            return _refusal("the bot did not answer", 504)
        except (KeyError, LookupError, TypeError, ValueError) as error:
            return _refusal(f"{type(error).__name__}: {error}", 400)

    async def _events(self, request: Request) -> Response:
        player = self._player(request)
        return StreamingResponse(
            self._stream(player), media_type="text/event-stream", headers={"Cache-Control": "no-store"}
        )

    async def _stream(self, player: Player) -> AsyncIterator[str]:
        """The state once, then everything that the person could see, as server-sent events."""
        waiting: asyncio.Queue[Event] = asyncio.Queue()
        stop = self.emulator.world.watch(waiting.put_nowait)
        try:
            yield _event("state", state_of(player))
            while True:
                try:
                    event = await asyncio.wait_for(waiting.get(), KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if event.bot_id != player.bot.account.id:
                    continue
                if event.kind in {"commands", "membership"}:
                    yield _event("state", state_of(player))
                elif player.person.id in {event.chat_id, event.data.get("person_id")}:
                    yield _event(event.kind, event.data)
        finally:
            stop()

    async def _file(self, request: Request) -> Response:
        """A file of the chat, so that the page needs no token to show it."""
        file = self._player(request).bot.files.get(request.path_params["file_id"])
        if file is None:
            return _refusal("no such file", 404)
        safe = file.content_type if file.content_type.startswith("image/") else "application/octet-stream"
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox"}
        return Response(file.content, media_type=safe, headers=headers)

    async def _group(self, request: Request) -> Response:
        try:
            body = await _body(request)
            members = [
                self.emulator.person(int(m["id"]), str(m["first_name"]), m.get("language", "en"))
                for m in body["members"]
            ]
            group = self.emulator.group(int(body["id"]), str(body["title"]), members)
        except (KeyError, TypeError, ValueError) as error:
            return _refusal(f"{type(error).__name__}: {error}", 400)
        return JSONResponse(group.chat.as_json())

    async def _crowd(self, request: Request) -> Response:
        try:
            body = await _body(request)
            self.emulator.crowd(
                int(body["first"]), int(body["count"]), blocked_every=int(body.get("blocked_every", 0))
            )
        except (KeyError, TypeError, ValueError) as error:
            return _refusal(f"{type(error).__name__}: {error}", 400)
        return JSONResponse({})

    async def _update(self, request: Request) -> Response:
        """Queues an update of any shape, such as one that no parser can read."""
        try:
            body = await _body(request)
            self.emulator.bot.queue.add(str(body["kind"]), dict(body["payload"]), "chat 0")
        except (KeyError, TypeError, ValueError) as error:
            return _refusal(f"{type(error).__name__}: {error}", 400)
        return JSONResponse({})

    async def _calls(self, request: Request) -> Response:
        after = int(request.query_params.get("after", "0"))
        return JSONResponse([call_as_json(call) for call in self.emulator.calls if call.sequence > after])

    async def _problems(self, _request: Request) -> Response:
        return JSONResponse(self.emulator.problems)

    async def _limits(self, _request: Request) -> Response:
        """How many calls came too early for Telegram's limits."""
        return JSONResponse({"refused": self.emulator.world.rates.refused})

    async def _faults(self, request: Request) -> Response:
        if request.method == "DELETE":
            self.emulator.world.faults.clear()
            return JSONResponse({})
        try:
            body = await _body(request)
            kind = FaultKind(body.pop("kind"))
            self.emulator.fault(kind, **body)
        except (KeyError, TypeError, ValueError) as error:
            return _refusal(f"{type(error).__name__}: {error}", 400)
        return JSONResponse({})

    async def _settled(self, request: Request) -> Response:
        """Answers when the bot has taken every update and been quiet for `quiet` seconds."""
        quiet = float(request.query_params.get("quiet", "0.25"))
        within = float(request.query_params.get("within", "30"))
        try:
            await self.emulator.settled(quiet=quiet, within=within)
        except TimeoutError:
            return _refusal("the bot is still busy", 504)
        return JSONResponse({})


def call_as_json(call: Call) -> Json:
    """A call of the record; of an uploaded file only its name and size."""
    shape = asdict(call)
    shape["params"] = {
        key: {"upload": value.name, "bytes": len(value.content)} if isinstance(value, Upload) else value
        for key, value in call.params.items()
    }
    return shape


async def _body(request: Request) -> Json:
    if not request.headers.get("content-type", "").startswith("application/json"):
        raise ValueError("the request has to be JSON")
    body: Any = json.loads(await request.body() or b"{}")
    if not isinstance(body, dict):
        raise TypeError("the request has to be a JSON object")
    return body


def _event(kind: str, data: Json) -> str:
    return f"event: {kind}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _refusal(sentence: str, status: int) -> Response:
    return JSONResponse({"error": sentence}, status)
