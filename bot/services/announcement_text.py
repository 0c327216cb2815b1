"""One announcement as it goes out to a reader of one language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain import buttons as b
from bot.domain.announcements import Announcement, MediaKind
from bot.texts.announcement_phrases import HAVE_READ, OPEN_CHAT, READ
from bot.texts.catalogues import catalogue, interface_language


def message_for(
    announcement: Announcement, language: str, default: str, *, reading_button: bool, url_button: str | None
) -> tuple[str, Mapping[str, Any], str]:
    """The method, its parameters but for the chat, and the language of the text for a reader of `language`.

    `default` is the network's language. `url_button` is the address behind "Open the chat". Raises ValueError where
    the announcement has no text.
    """
    text, written_in = announcement.text_for(language, default)
    params: dict[str, Any] = {"parse_mode": "HTML"}
    media = announcement.media
    if media is None:
        method = "sendMessage"
        params |= {"text": text, "link_preview_options": {"is_disabled": True}}
    elif media.kind is MediaKind.PHOTO:
        method = "sendPhoto"
        params |= {"photo": media.file_id, "caption": text}
    else:
        method = "sendDocument"
        params |= {"document": media.file_id, "caption": text}
    say = catalogue(interface_language(language)).gettext
    rows: list[list[dict[str, str]]] = []
    if reading_button:
        rows.append([{"text": "✓ " + say(HAVE_READ), "callback_data": b.pack(b.HaveRead(announcement.id))}])
    if url_button is not None:
        rows.append([{"text": say(OPEN_CHAT), "url": url_button}])
    if rows:
        params["reply_markup"] = {"inline_keyboard": rows}
    return method, params, written_in


def read_markup(announcement_id: int, language: str) -> Mapping[str, Any]:
    """The buttons below an announcement that its reader has read."""
    say = catalogue(interface_language(language)).gettext
    key = {"text": "✓ " + say(READ), "callback_data": b.pack(b.HaveRead(announcement_id))}
    return {"inline_keyboard": [[key]]}
