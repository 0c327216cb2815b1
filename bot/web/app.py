"""The web application of the live bot: Telegram's webhook, and what an operator's watchdog asks."""

from __future__ import annotations

import hmac
import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.pacing import kind_and_place

log = logging.getLogger(__name__)

MOST_BODY = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of the header, not a secret
WEBHOOK_PATH = "/telegram"


def build(
    receive: Callable[[list[dict[str, Any]]], Awaitable[None]],
    ready: Callable[[], Awaitable[Mapping[str, object]]],
    secret: str | None,
) -> Starlette:
    """`receive` keeps updates and returns once they are committed; `ready` says how the house is.

    Without a secret there is no webhook route at all.
    """

    async def webhook(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "")
        if secret is None or not hmac.compare_digest(given.encode(), secret.encode()):
            return PlainTextResponse("forbidden", 403)
        if request.headers.get("content-type", "").split(";")[0].strip() != "application/json":
            return PlainTextResponse("expected JSON", 415)
        body = b""
        async for piece in request.stream():
            body += piece
            if len(body) > MOST_BODY:
                return PlainTextResponse("too large", 413)
        try:
            update = json.loads(body)
        except ValueError:
            return PlainTextResponse("not JSON", 400)
        if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
            return PlainTextResponse("not an update", 400)
        try:
            await receive([update])
        except Exception as error:
            # Told here and in our own words: a server would log what people wrote. Telegram sends it again.
            log.error("An update could not be kept: %s", kind_and_place(error))
            return PlainTextResponse("try again", 500)
        return PlainTextResponse("ok")

    async def live(request: Request) -> Response:
        return PlainTextResponse("ok")

    async def readiness(request: Request) -> Response:
        state = await ready()
        return JSONResponse(dict(state), 200 if state.get("ready") else 503)

    routes = [Route("/livez", live), Route("/readyz", readiness)]
    if secret is not None:
        routes.append(Route(WEBHOOK_PATH, webhook, methods=["POST"]))
    return Starlette(routes=routes)
