"""Serves an app from inside a running event loop, stops at once, and can break off a connection."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import ClientDisconnect

if TYPE_CHECKING:
    import uvicorn
    from starlette.types import ASGIApp, Receive, Scope, Send

KEEP_ALIVE_SECONDS = 75
"""Longer than any pause between two calls of a test, so that no call meets a closing connection."""
RESET_AT_ONCE = struct.pack("ii", 1, 0)
"""SO_LINGER with no time: closing sends a reset, not a polite end."""


@dataclass(frozen=True, slots=True)
class Serving:
    """An app that is being served, and where."""

    url: str
    _server: uvicorn.Server

    def cut(self, client: Any) -> None:
        """Reset the connection of this client (its address, as in a request's scope)."""
        for connection in self._server.server_state.connections:
            if getattr(connection, "client", None) == tuple(client):
                reset(connection.transport)

    async def close(self) -> None:
        """Stop listening, drop all connections, and end what still works on a request."""
        for listener in self._server.servers:
            listener.close()
        state = self._server.server_state
        for connection in list(state.connections):
            connection.transport.abort()
        await asyncio.sleep(0)  # lets the connections learn that they are gone
        tasks = list(state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def reset(transport: Any) -> None:
    """Close a connection as a crash does."""
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_AT_ONCE)
    transport.abort()


def ending_quietly(app: ASGIApp) -> ASGIApp:
    """An app whose requests may end early, at closing or because a client went away, without a logged error."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        with suppress(asyncio.CancelledError, ClientDisconnect):
            await app(scope, receive, send)

    return wrapped


@asynccontextmanager
async def serve(app: ASGIApp, port: int = 0, host: str = "127.0.0.1") -> AsyncIterator[Serving]:
    """Serve an app on this loop for as long as the block runs. Port 0 takes a free one.

    OSError where the port is taken. uvicorn's own main loop and signal handlers are not used: the process may
    have others, and a test should not wait for them.
    """
    import uvicorn

    # Without the protocol's name asyncio would not switch Nagle's delay off: 40 ms for every answer.
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        config = uvicorn.Config(
            ending_quietly(app),
            lifespan="off",
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            proxy_headers=False,
            ws="none",
            http="h11",
        )
        config.load()
        server = uvicorn.Server(config)
        server.lifespan = config.lifespan_class(config)
        await server.startup(sockets=[listener])
    except BaseException:
        listener.close()
        raise
    serving = Serving(f"http://{host}:{listener.getsockname()[1]}", server)
    try:
        yield serving
    finally:
        await serving.close()
