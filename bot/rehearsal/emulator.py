"""The Bot API emulator: takes the calls of bots over HTTP, answers as Telegram would, and keeps a record."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.rehearsal.checker import Checker, Upload
from bot.rehearsal.faults import AFTER_EXECUTING, HANGS, HTML_STATUS, RESETS, Fault, FaultKind
from bot.rehearsal.methods import find_method, get_updates
from bot.rehearsal.model import ApiError, BotAccount, Json
from bot.rehearsal.parameters import Parameters
from bot.rehearsal.people import Group, Player, make_group
from bot.rehearsal.server import Serving, serve
from bot.rehearsal.updates import MESSAGE_LIFETIME, Update
from bot.rehearsal.webhook import WebhookSender
from bot.rehearsal.world import BotState, World

REHEARSAL_TOKEN = "1000000001:rehearsal-only-this-token-opens-nothing"  # noqa: S105 - it opens nothing
LOOK_SECONDS = 0.01
"""How often to look whether the bot has come to rest."""


@dataclass(frozen=True)
class EmulatorSettings:
    """How an emulator behaves. Times are in seconds."""

    accounts: tuple[BotAccount, ...] = (BotAccount(REHEARSAL_TOKEN),)
    now: Callable[[], float] = time.time
    """The clock of dates, expiry and rates, in Unix seconds. Waiting is always done in real time."""
    callback_seconds: float = 15.0
    """How long a button press may be answered."""
    rates: bool = False
    webhook_pace: float = 1.0
    """Factor for the pauses between deliveries to a webhook that fails."""
    keep_calls: int | None = None
    """How many calls the record holds; None for all."""
    seed: int = 0


@dataclass(slots=True)
class Call:
    """One call of a bot: what it asked, what it got, and what the checker says of it."""

    sequence: int
    at: float
    bot_id: int
    method: str
    params: Json
    problems: tuple[str, ...] = ()
    executed: bool = False
    status: int | None = None
    """The HTTP status; None while the call is open, or where the answer never left."""
    answer: Json = field(default_factory=dict)
    fault: FaultKind | None = None


class Emulator:
    """Telegram's server in memory. Tests and the page act by `person`, `group`, `faults`; bots by HTTP."""

    def __init__(self, settings: EmulatorSettings | None = None) -> None:
        self.settings = settings or EmulatorSettings()
        self.world = World(self.settings.now, self.settings.callback_seconds, self.settings.seed)
        self.world.rates.on = self.settings.rates
        for account in self.settings.accounts:
            self.world.add_bot(account)
        self.checker = Checker.load()
        self.calls: deque[Call] = deque(maxlen=self.settings.keep_calls)
        self.base_url = ""
        self._players: dict[tuple[int, int], Player] = {}
        self._senders = [
            WebhookSender(bot, self.settings.now, self.settings.webhook_pace)
            for bot in self.world.bots.values()
        ]
        self._sequence = 0
        self._working = 0
        self._last_work = time.monotonic()
        self._serving: Serving | None = None

    @classmethod
    @asynccontextmanager
    async def serve(cls, port: int = 0, settings: EmulatorSettings | None = None) -> AsyncIterator[Emulator]:
        """An emulator on a port of this machine (0 takes a free one) for as long as the block runs."""
        emulator = cls(settings)
        async with emulator.serving(Starlette(routes=emulator.routes()), port):
            yield emulator

    @asynccontextmanager
    async def serving(self, app: Starlette, port: int = 0) -> AsyncIterator[Serving]:
        """Serve an app that holds this emulator's routes, perhaps among others."""
        async with serve(app, port) as self._serving:
            self.base_url = self._serving.url
            try:
                yield self._serving
            finally:
                for sender in self._senders:
                    await sender.close()

    def routes(self) -> list[Route]:
        return [
            Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"]),
            Route("/file/bot{token}/documents/{file_id}", self._download),
        ]

    @property
    def token(self) -> str:
        """The token of the first bot."""
        return self.settings.accounts[0].token

    @property
    def bot(self) -> BotState:
        """The first bot's state."""
        return self.world.bots[self.token]

    @property
    def problems(self) -> list[str]:
        """All verdicts of the checker so far, each with the number and name of its call."""
        return [
            f"call {call.sequence} {call.method}: {problem}"
            for call in self.calls
            for problem in call.problems
        ]

    def calls_of(self, *methods: str) -> list[Call]:
        """The calls of these methods in order, whatever became of them."""
        return [call for call in self.calls if call.method in methods]

    def person(self, person_id: int, first_name: str, language: str | None = "en", token: str = "") -> Player:
        """Somebody with a Telegram account, in front of the first bot or of the one with this token."""
        bot = self.world.bots[token or self.token]
        person = self.world.person(person_id, first_name, language)
        key = (bot.account.id, person_id)
        if key not in self._players:
            self._players[key] = Player(self.world, bot, person)
        return self._players[key]

    def group(self, chat_id: int, title: str, members: Iterable[Player], *, with_bot: bool = True) -> Group:
        """A group with these people and the first bot; an id that begins with -100 makes a supergroup."""
        people = [member.person for member in members]
        return make_group(self.world, self.bot, chat_id, title, people, with_bot=with_bot)

    def crowd(self, first_id: int, count: int, *, blocked_every: int = 0) -> None:
        """People who began a chat with the first bot some time ago, with ids one after another. Every so manieth of
        them has blocked it since, while it was not there to hear of it."""
        for number in range(count):
            person = self.world.person(first_id + number, "Guest", "en")
            chat = self.world.private_chat(self.bot, person)
            chat.opened = True
            if blocked_every and number % blocked_every == 0:
                chat.bot_status = "kicked"

    def fault(self, kind: FaultKind, method: str = "*", **details: Any) -> Fault:
        """Prepare trouble for calls to come; `details` are the further fields of a Fault."""
        return self.world.faults.add(Fault(kind, method, **details))

    def repeat_last_update(self) -> None:
        """Deliver the newest waiting update twice, under its own number, as Telegram sometimes does."""
        self.bot.queue.put(self.bot.queue.pending[-1])

    def send_unreadable_update(self) -> int:
        """Queue an update that no parser can read; gives its number."""
        update = self.bot.queue.add("message", {"message_id": "?", "date": "yesterday", "chat": 5}, "chat 0")
        assert update is not None
        return update.id

    def put_update(self, update_id: int, kind: str, payload: Json) -> None:
        """Queue an update of any number and shape."""
        self.bot.queue.put(Update(update_id, kind, payload, "chat 0", self.settings.now() + MESSAGE_LIFETIME))

    async def settled(
        self, idle: Callable[[], Awaitable[object]] | None = None, quiet: float = 0.25, within: float = 30.0
    ) -> None:
        """Until the first bot has taken every update and done its work.

        `idle` is awaited to know that the bot has nothing left to do; where it is not given, `quiet` seconds
        without a call tell. TimeoutError when that does not come within so many seconds.
        """
        async with asyncio.timeout(within):
            while not await self._is_settled(idle, quiet):  # noqa: ASYNC110 - silence sends no signal
                await asyncio.sleep(LOOK_SECONDS)

    async def _is_settled(self, idle: Callable[[], Awaitable[object]] | None, quiet: float) -> bool:
        if not self._is_busy() and idle is not None:
            await idle()
        has_rested = idle is not None or time.monotonic() - self._last_work >= quiet
        return has_rested and not self._is_busy()

    def _is_busy(self) -> bool:
        return bool(self.bot.queue.ready()) or self._working > 0

    async def _answer(self, request: Request) -> Response:
        bot = self.world.bots.get(request.path_params["token"])
        if bot is None:
            return _json(ApiError(401, "Unauthorized").as_json(), 401)
        call = self._record(bot, request.path_params["method"], await read_parameters(request))
        polls = call.method.lower() == "getupdates"
        self._working += not polls
        try:
            return await self._carry_out(bot, call, request)
        finally:
            self._working -= not polls
            if not polls:
                self._last_work = time.monotonic()

    def _record(self, bot: BotState, name: str, params: Json) -> Call:
        found = find_method(name)
        known = found[0] if found else "getUpdates" if name.lower() == "getupdates" else name
        problems = self.checker.check(name, params)
        if found is None and known != "getUpdates" and not problems:
            problems = ["is not rehearsed here"]
        self._sequence += 1
        call = Call(self._sequence, self.settings.now(), bot.account.id, known, params, tuple(problems))
        self.calls.append(call)
        return call

    async def _carry_out(self, bot: BotState, call: Call, request: Request) -> Response:
        chat_id = Parameters(call.params).integer("chat_id") if "chat_id" in call.params else None
        fault = self.world.faults.strike(call.method, chat_id)
        if fault is None:
            return self._reply(call, await self._execute(bot, call))
        call.fault = fault.kind
        if fault.kind in AFTER_EXECUTING:
            await self._execute(bot, call)
        if fault.kind in HANGS:
            await _until_gone(request, fault.seconds)
        if fault.kind in HANGS | RESETS:
            return self._cut(request)
        if fault.kind is FaultKind.MALFORMED:
            call.status = 200
            return PlainTextResponse('{"ok":true,"result":{"mess', media_type="application/json")
        if status := HTML_STATUS.get(fault.kind):
            call.status = status
            return HTMLResponse(f"<html><body><h1>{status}</h1>nginx</body></html>", status)
        error = fault.error()
        assert error is not None
        return self._reply(call, error.as_json())

    async def _execute(self, bot: BotState, call: Call) -> Json:
        """Do what the call asks; its answer in the Bot API's envelope."""
        params = Parameters(call.params)
        try:
            if call.method == "getUpdates":
                came = time.monotonic()
                result: object = await get_updates(self.world, bot, params, lambda: time.monotonic() - came)
            elif (found := find_method(call.method)) is None:
                raise ApiError(404, "Not Found: method not found")
            else:
                result = found[1](self.world, bot, params)
        except ApiError as error:
            call.answer = error.as_json()
        else:
            call.answer, call.executed = {"ok": True, "result": result}, True
        return call.answer

    def _reply(self, call: Call, answer: Json) -> Response:
        call.answer, call.status = answer, int(answer.get("error_code", 200))
        return _json(answer, call.status)

    def _cut(self, request: Request) -> Response:
        """Break the connection; the response that is given back can go nowhere any more."""
        if self._serving is not None:
            self._serving.cut(request.client)
        return Response(status_code=500)

    async def _download(self, request: Request) -> Response:
        bot = self.world.bots.get(request.path_params["token"])
        file = bot.files.get(request.path_params["file_id"]) if bot else None
        if file is None:
            return _json({"ok": False, "error_code": 404, "description": "Not Found"}, 404)
        return Response(file.content, media_type=file.content_type)


async def read_parameters(request: Request) -> Json:
    """All parameters of a call: those of the address, then those of the body."""
    params: Json = dict(request.query_params)
    if request.headers.get("content-type", "").startswith("application/json"):
        body = await request.json()
        return params | (body if isinstance(body, dict) else {})
    async with request.form() as form:
        for key, value in form.multi_items():
            if isinstance(value, UploadFile):
                kind = value.content_type or "application/octet-stream"
                params[key] = Upload(value.filename or key, await value.read(), kind)
            else:
                params[key] = value
    return params


async def _until_gone(request: Request, seconds: float) -> None:
    """Until the client goes away, at most so many seconds."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    try:
        await asyncio.wait_for(gone(), seconds)
    except TimeoutError:
        return


def _json(answer: Json, status: int) -> Response:
    return JSONResponse(answer, status)
