"""Inline mode: entries for any chat, as Telegram wants them."""

from __future__ import annotations

from typing import Any

from bot.services import lookups
from bot.services.desk import keyboard
from bot.services.knowledge import Knowledge
from bot.texts.renderer import Renderer

MOST_ID_BYTES = 64


def results(knowledge: Knowledge, renderer: Renderer, words: str, language: str) -> list[dict[str, Any]]:
    """The results of an inline query: each an article whose message is the entry's card."""
    found = []
    for view in lookups.inline(knowledge, words, language):
        screen = renderer.render(view, language)
        summary = view.entry.summary.within(language).text if view.entry.summary else ""
        found.append(
            {
                "type": "article",
                "id": view.entry.id[:MOST_ID_BYTES],
                "title": view.entry.title.within(language).text,
                "description": summary[:200],
                "input_message_content": {
                    "message_text": screen.texts[0],
                    "parse_mode": "HTML",
                    "link_preview_options": {"is_disabled": True},
                },
                "reply_markup": {"inline_keyboard": keyboard(screen)},
            }
        )
    return found
