"""The parameters of one call, however they came: JSON, form, multipart or query."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.rehearsal.checker import Upload
from bot.rehearsal.model import Json, bad_request
from bot.rehearsal.telegram_html import FormatError, Formatted, parse, trimmed, utf16_length, with_detected

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024


@dataclass(frozen=True, slots=True)
class Parameters:
    """Reads parameters as Telegram does; ApiError where Telegram would not read them."""

    raw: Mapping[str, object]

    def text(self, name: str, default: str = "") -> str:
        value = self.raw.get(name)
        return default if value is None else str(value)

    def integer(self, name: str, default: int = 0) -> int:
        try:
            return int(str(self.raw.get(name, default)))
        except ValueError:
            return default

    def flag(self, name: str) -> bool:
        return str(self.raw.get(name, "")).lower() in {"true", "1"}

    def json(self, name: str) -> Any:
        """The value as JSON, None where it is missing or empty."""
        value = self.raw.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value) if value else None
        except ValueError:
            raise bad_request(f"can't parse {name.replace('_', ' ')} JSON object") from None

    def file(self, name: str) -> Upload | str:
        """An uploaded file, or the id of one that is known. A file may be named as `attach://part`."""
        value = self.raw.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = self.raw.get(value.removeprefix("attach://"))
        if isinstance(value, Upload):
            if not value.content:
                raise bad_request("file must be non-empty")
            return value
        if not value:
            raise bad_request(f"there is no {name} in the request")
        return str(value)

    def formatted(self, name: str, longest: int) -> Formatted:
        """The words of a message with their entities, trimmed; not longer than so many UTF-16 units."""
        raw, mode = self.text(name), self.text("parse_mode").lower()
        if mode not in {"", "html"}:
            raise bad_request("unsupported parse_mode")
        try:
            explicit = self.json("caption_entities" if name == "caption" else "entities") or []
            read = parse(raw) if mode else trimmed(raw, explicit)
        except FormatError as error:
            raise bad_request(f"can't parse entities: {error}") from None
        if utf16_length(read.text) > longest:
            raise bad_request(
                "message is too long" if longest == LONGEST_TEXT else "message caption is too long"
            )
        return with_detected(read)

    def message_text(self) -> Json:
        """Text and entities of a text message, which is never empty."""
        read = self.formatted("text", LONGEST_TEXT)
        if not read.text:
            raise bad_request("message text is empty")
        return as_content("text", read)

    def caption(self) -> Json:
        read = self.formatted("caption", LONGEST_CAPTION)
        return as_content("caption", read) if read.text else {}

    def markup(self) -> Json | None:
        """The keyboard; ApiError where Telegram would refuse one of its buttons."""
        value = self.json("reply_markup")
        if value is None:
            return None
        if not isinstance(value, dict):
            raise bad_request("object expected as reply markup")
        rows: list[list[Json]] = value.get("inline_keyboard", [])
        for button in (button for row in rows for button in row):
            _refuse_bad_button(button)
        if sum(len(row) for row in rows) > 100:
            raise bad_request("reply markup is too long")
        return value if value.get("inline_keyboard", True) else None


def as_content(name: str, read: Formatted) -> Json:
    entities = "entities" if name == "text" else f"{name}_entities"
    return {name: read.text} | ({entities: list(read.entities)} if read.entities else {})


def _refuse_bad_button(button: Json) -> None:
    if not str(button.get("text") or "").strip():
        raise bad_request('can\'t parse inline keyboard button: Field "text" must be non-empty')
    if "callback_data" in button:
        if not 1 <= len(str(button["callback_data"]).encode()) <= 64:
            raise bad_request("BUTTON_DATA_INVALID")
    elif "url" in button:
        if "." not in button["url"] and "://" not in button["url"]:
            raise bad_request("BUTTON_URL_INVALID")
    elif len(button) < 2:
        raise bad_request(
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
        )
