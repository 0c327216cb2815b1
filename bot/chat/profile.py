"""What Telegram shows of the bot: commands for each scope and language, and its descriptions."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from typing import Any

from bot.chat.commands import menu
from bot.chat.wire import TelegramWire
from bot.domain.outgoing import Call, Sent, TooMany
from bot.domain.people import Role
from bot.domain.views import BotProfile
from bot.domain.words import DEFAULT_LANGUAGE
from bot.texts.catalogues import catalogue, languages
from bot.texts.renderer import Renderer

log = logging.getLogger(__name__)

MOST_SHORT_DESCRIPTION = 120


async def publish(wire: TelegramWire, renderer: Renderer, admins: Iterable[int]) -> None:
    """Tells Telegram the commands for everybody, groups and admins, and the descriptions, in every language.

    The list without a language serves all others. Hiding a command protects nothing: rights are asked for at
    every use.
    """
    everybody = menu(Role.VISITOR, private=True)
    await _set_commands(wire, {"type": "default"}, everybody)
    await _set_commands(wire, {"type": "all_private_chats"}, everybody)
    await _set_commands(wire, {"type": "all_group_chats"}, menu(Role.VISITOR, private=False))
    for language in languages():
        description = renderer.plain(BotProfile(), language)
        for code in _codes(language):
            await _tell(wire, "setMyDescription", {"description": description[:512], **code})
            short = description[:MOST_SHORT_DESCRIPTION]
            await _tell(wire, "setMyShortDescription", {"short_description": short, **code})
    for admin in admins:
        await publish_for_admin(wire, admin)


async def publish_for_admin(wire: TelegramWire, admin: int) -> None:
    """Tells Telegram the commands of one admin; it is refused until they have written to the bot."""
    await _set_commands(wire, {"type": "chat", "chat_id": admin}, menu(Role.ADMIN, private=True))


async def _set_commands(
    wire: TelegramWire, scope: dict[str, Any], commands: Sequence[tuple[str, str]]
) -> None:
    for language in languages():
        say = catalogue(language).gettext
        listed = [{"command": name, "description": say(description)} for name, description in commands]
        for code in _codes(language):
            await _tell(wire, "setMyCommands", {"commands": listed, "scope": scope, **code})


async def _tell(wire: TelegramWire, method: str, params: dict[str, Any]) -> None:
    """One call, as often as Telegram asks to wait before it."""
    call = Call(method, params)
    outcome = await wire.send(call)
    while isinstance(outcome, TooMany):
        await asyncio.sleep(outcome.retry_after)
        outcome = await wire.send(call)
    if not isinstance(outcome, Sent):
        log.info("%s did not go through: %s", method, type(outcome).__name__)


def _codes(language: str) -> list[dict[str, str]]:
    """English is also the list for every language that has none of its own."""
    return (
        [{}, {"language_code": language}] if language == DEFAULT_LANGUAGE else [{"language_code": language}]
    )
