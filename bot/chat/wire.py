"""One call to Telegram, and what came of it, in the words of the post room."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx
from telegram import Bot, InputFile
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from telegram.warnings import PTBUserWarning

from bot.delivery.attachments import FileGoneError
from bot.delivery.inbox import AnotherPollerError
from bot.domain.errors import OperatorError
from bot.domain.outgoing import (
    Blocked,
    Call,
    Moved,
    NotSent,
    Outcome,
    Refused,
    Sent,
    Stale,
    TokenRefused,
    TooMany,
    Unknown,
)
from bot.texts.telegram_html import plain

log = logging.getLogger(__name__)

ALLOWED_UPDATES = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")

UNREACHABLE = ("chat not found", "user is deactivated", "bot can't initiate", "peer_id_invalid")
SAME_AS_BEFORE = "message is not modified"
CANNOT_BE_EDITED = ("message to edit not found", "message can't be edited", "message_id_invalid")
FOR_A_WHILE = "temporarily unavailable"
BROKEN_MARKUP = "can't parse entities"
REFUSED = "Telegram refuses the token. Copy it anew from @BotFather into FOCAL_TOKEN (or FOCAL_TOKEN_FILE)."
FILES = ("document", "photo")
AFTER_A_FILE = 60.0
"""Seconds that Telegram may take to answer once it has all of a file."""
NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)

# We hand over rows of the outbox as they are, and take updates raw so that each is parsed alone: this is
# what do_api_request is for, but it warns where the library has a method of its own.
warnings.filterwarnings("ignore", message="Please use 'Bot", category=PTBUserWarning)


class TelegramWire:
    """Makes the calls of the post room and fetches updates, over a bot of python-telegram-bot."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    async def send(self, call: Call) -> Outcome:
        """Makes the call. Markup that Telegram refuses goes out as plain text at once, for the reader waits."""
        outcome = await self._send(call)
        if not isinstance(outcome, Refused):
            return outcome
        reason = outcome.reason.lower()
        if SAME_AS_BEFORE in reason:
            return Sent(call.params.get("message_id"))
        if call.method == "editMessageText" and any(words in reason for words in CANNOT_BE_EDITED):
            return Stale(outcome.reason)
        words = next((name for name in ("text", "caption") if name in call.params), None)
        if BROKEN_MARKUP in reason and words is not None:
            log.error("Telegram refused the markup of a message; it went out as plain text")
            params = {name: value for name, value in call.params.items() if name != "parse_mode"}
            return await self._send(Call(call.method, {**params, words: plain(call.params[words])}))
        return outcome

    async def fetch(self, offset: int | None, seconds: int) -> list[dict[str, Any]]:
        """The next updates, raw. Asking with an offset confirms all before it. Raises TelegramError, or an
        OperatorError where only the operator can help."""
        params: dict[str, Any] = {"timeout": seconds, "limit": 100, "allowed_updates": list(ALLOWED_UPDATES)}
        if offset is not None:
            params["offset"] = offset
        try:
            updates = await self._bot.do_api_request(
                "getUpdates", api_kwargs=params, read_timeout=seconds + 10
            )
        except Conflict as error:
            if "webhook" in error.message.lower():
                await self._bot.delete_webhook()
            raise AnotherPollerError from error
        except (InvalidToken, EndPointNotFound) as error:
            raise OperatorError(REFUSED) from error
        return list(updates)

    async def introduce(self) -> str:
        """The bot's name at Telegram. Raises OperatorError where the token is refused, TelegramError otherwise."""
        try:
            await self._bot.initialize()
        except (InvalidToken, EndPointNotFound) as error:
            raise OperatorError(REFUSED) from error
        return self._bot.username

    async def set_webhook(self, url: str, secret: str) -> None:
        """Asks Telegram to send updates to this address from now on. Raises OperatorError where Telegram will
        not have the address, TelegramError otherwise."""
        try:
            await self._bot.set_webhook(
                url, secret_token=secret, allowed_updates=list(ALLOWED_UPDATES), max_connections=20
            )
        except BadRequest as error:
            raise OperatorError(f"Telegram refuses FOCAL_WEBHOOK_URL: {error.message}") from error
        except (InvalidToken, EndPointNotFound) as error:
            raise OperatorError(REFUSED) from error

    async def attempt(self, method: str, params: Mapping[str, Any]) -> Any:
        """A call that may fail without harm (a toast, inline results): its result, or None where it failed."""
        try:
            return await self._bot.do_api_request(method, api_kwargs=dict(params))
        except TelegramError as error:
            log.info("%s did not go through: %s", method, type(error).__name__)
            return None

    async def download(self, file_id: str) -> bytes:
        """The content of a file that somebody sent. Raises FileGoneError where Telegram will never give it,
        TelegramError where it may later."""
        try:
            file = await self._bot.get_file(file_id)
        except BadRequest as error:
            # So it says in a flood or a hiccup too: "wrong file_id or the file is temporarily unavailable".
            if FOR_A_WHILE in error.message.lower():
                raise
            raise FileGoneError(error.message) from error
        return bytes(await file.download_as_bytearray())

    async def _send(self, call: Call) -> Outcome:
        try:
            params = _with_files(call.params)
            has_file = any(isinstance(value, InputFile) for value in params.values())
            waits: dict[str, Any] = {"read_timeout": AFTER_A_FILE} if has_file else {}
            result = await self._bot.do_api_request(call.method, api_kwargs=params, **waits)
        except RetryAfter as error:
            wait = error.retry_after
            return TooMany(wait.total_seconds() if isinstance(wait, timedelta) else float(wait))
        except ChatMigrated as error:
            return Moved(error.new_chat_id)
        except Forbidden as error:
            return Blocked(error.message)
        except (InvalidToken, EndPointNotFound):
            return TokenRefused()
        except BadRequest as error:  # before NetworkError, of which it is a kind
            unreachable = any(words in error.message.lower() for words in UNREACHABLE)
            return Blocked(error.message) if unreachable else Refused(error.message)
        except Conflict as error:
            return NotSent(error.message)
        except NetworkError as error:
            reason = type(error.__cause__ or error).__name__
            return NotSent(reason) if isinstance(error.__cause__, NEVER_LEFT) else Unknown(reason)
        return Sent(result.get("message_id") if isinstance(result, dict) else None)


def _with_files(params: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters with each file of ours (`{"name", "content"}`, text or bytes) as an upload."""
    files = {field: params[field] for field in FILES if isinstance(params.get(field), Mapping)}
    return {**params, **{field: _upload(file) for field, file in files.items()}}


def _upload(file: Mapping[str, Any]) -> InputFile:
    content = file["content"]
    raw = content.encode() if isinstance(content, str) else content
    return InputFile(raw, filename=file["name"], attach=False)
