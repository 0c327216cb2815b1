"""The stage as one web app: Bot API, control API and the chat page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta
from importlib import resources
from pathlib import PurePosixPath

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.rehearsal.cast import CAST, Persona
from bot.rehearsal.control import ControlRoom
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.time_machine import TimeMachine

TYPES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript"}
PAGE_FILES = {
    "/": "index.html",
    "/style.css": "style.css",
    "/page.js": "page.js",
    "/messages.js": "messages.js",
    "/words.js": "words.js",
}
NOTHING_FROM_OUTSIDE = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


def build_stage(
    emulator: Emulator,
    suggestions: Mapping[str, Sequence[str]] | None = None,
    cast: Sequence[Persona] = CAST,
    time_machine: TimeMachine | None = None,
) -> Starlette:
    """Everything on one port. `suggestions` are first things to try, by language; without them the page
    offers the bot's own commands. The page begins as the first of the cast, and can travel in time where there is a
    time machine."""

    async def stage_settings(_request: Request) -> Response:
        players = [{"id": one.id, "key": one.key, "name": one.name} for one in cast]
        now = None if time_machine is None else time_machine.now().isoformat()
        return JSONResponse({"cast": players, "suggestions": dict(suggestions or {}), "now": now})

    async def travel(request: Request) -> Response:
        try:
            hours = (await request.json())["hours"]
            if time_machine is None or not isinstance(hours, int):
                raise ValueError
            now = await time_machine.travel(timedelta(hours=hours))
        except (ValueError, KeyError, TypeError):
            return JSONResponse({"ok": False}, 400)
        return JSONResponse({"now": now.isoformat()})

    return Starlette(
        routes=[
            *emulator.routes(),
            *ControlRoom(emulator).routes(),
            Route("/stage/settings", stage_settings),
            Route("/stage/travel", travel, methods=["POST"]),
            *(Route(path, _page_file(name)) for path, name in PAGE_FILES.items()),
        ]
    )


@asynccontextmanager
async def serving_stage(
    emulator: Emulator,
    port: int = 0,
    suggestions: Mapping[str, Sequence[str]] | None = None,
    time_machine: TimeMachine | None = None,
) -> AsyncIterator[str]:
    """Serve the whole stage of an emulator on this machine; gives its address. OSError: the port is taken."""
    async with emulator.serving(
        build_stage(emulator, suggestions, time_machine=time_machine), port
    ) as serving:
        yield serving.url


def _page_file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def answer(_request: Request) -> Response:
        content = resources.files("bot.rehearsal").joinpath("page", name).read_bytes()
        headers = {
            "Content-Security-Policy": NOTHING_FROM_OUTSIDE,
            "Cache-Control": "no-cache",
            "X-Content-Type-Options": "nosniff",
            "Referrer-Policy": "no-referrer",
        }
        return Response(content, media_type=TYPES[PurePosixPath(name).suffix], headers=headers)

    return answer
