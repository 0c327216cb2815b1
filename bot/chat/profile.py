"""What Telegram shows of the bot: commands for each scope and language, and its descriptions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.chat.commands import Command, all_commands
from bot.chat.wire import TelegramWire
from bot.domain.people import ChatKind, Role, may
from bot.domain.views import BotProfile
from bot.domain.words import DEFAULT_LANGUAGE
from bot.texts.catalogues import catalogue, languages
from bot.texts.renderer import Renderer

MOST_SHORT_DESCRIPTION = 120


async def publish(wire: TelegramWire, renderer: Renderer, admins: Iterable[int]) -> None:
    """Tells Telegram the commands for everybody, groups and admins, and the descriptions, in every language.

    The list without a language serves all others. Hiding a command protects nothing: rights are asked for at
    every use.
    """
    everybody = [c for c in all_commands().values() if may(Role.VISITOR, c.action)]
    in_groups = [c for c in everybody if c.in_groups and may(Role.VISITOR, c.action, ChatKind.GROUP)]
    for language in languages():
        await _set_commands(wire, {"type": "default"}, everybody, language)
        await _set_commands(wire, {"type": "all_private_chats"}, everybody, language)
        await _set_commands(wire, {"type": "all_group_chats"}, in_groups, language)
        for admin in admins:
            await _set_commands(wire, {"type": "chat", "chat_id": admin}, all_commands().values(), language)
        description = renderer.plain(BotProfile(), language)
        for code in _codes(language):
            await wire.attempt("setMyDescription", {"description": description[:512], **code})
            short = description[:MOST_SHORT_DESCRIPTION]
            await wire.attempt("setMyShortDescription", {"short_description": short, **code})


async def _set_commands(
    wire: TelegramWire, scope: dict[str, Any], commands: Iterable[Command], language: str
) -> None:
    say = catalogue(language).gettext
    listed = [{"command": command.name, "description": say(command.description)} for command in commands]
    for code in _codes(language):
        await wire.attempt("setMyCommands", {"commands": listed, "scope": scope, **code})


def _codes(language: str) -> list[dict[str, str]]:
    """English is also the list for every language that has none of its own."""
    return (
        [{}, {"language_code": language}] if language == DEFAULT_LANGUAGE else [{"language_code": language}]
    )
