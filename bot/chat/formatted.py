"""What somebody wrote, with its formatting, as Telegram's HTML."""

from __future__ import annotations

import html
from collections.abc import Iterable
from urllib.parse import urlsplit

from telegram import Message, MessageEntity

TAGS = {
    MessageEntity.BOLD: ("<b>", "</b>"),
    MessageEntity.ITALIC: ("<i>", "</i>"),
    MessageEntity.UNDERLINE: ("<u>", "</u>"),
    MessageEntity.STRIKETHROUGH: ("<s>", "</s>"),
    MessageEntity.SPOILER: ('<span class="tg-spoiler">', "</span>"),
    MessageEntity.CODE: ("<code>", "</code>"),
    MessageEntity.PRE: ("<pre>", "</pre>"),
    MessageEntity.BLOCKQUOTE: ("<blockquote>", "</blockquote>"),
    MessageEntity.EXPANDABLE_BLOCKQUOTE: ("<blockquote expandable>", "</blockquote>"),
}
"""What is kept of a text's formatting, with links. The rest (own emoji, mentions of people) becomes plain words: it
would not reach every reader."""

LOW_SURROGATES = tuple(bytes([high]) for high in range(0xDC, 0xE0))
"""How the second half of a character of two units begins."""


def formatted(message: Message) -> str | None:
    """The text or the caption of a message as Telegram's HTML; None where it has neither.

    python-telegram-bot's `text_html` puts the address of a link between quotation marks as it is: one with such a
    mark of its own would end the tag.
    """
    if message.text is not None:
        return as_html(message.text, message.entities)
    return None if message.caption is None else as_html(message.caption, message.caption_entities)


def as_html(text: str, entities: Iterable[MessageEntity]) -> str:
    """A text with these entities; those that overlap end where the outer one does."""
    units = text.encode("utf-16-le")  # Telegram counts in its units
    out: list[str] = []
    opened: list[tuple[int, str]] = []
    at = 0

    def write_to(position: int) -> None:
        nonlocal at
        if units[2 * position + 1 : 2 * position + 2] in LOW_SURROGATES:
            position += 1  # a mark in the middle of a character stands behind it
        out.append(html.escape(units[2 * at : 2 * position].decode("utf-16-le", "replace"), quote=False))
        at = position

    def close_to(position: int) -> None:
        while opened and opened[-1][0] <= position:
            end, closing = opened.pop()
            write_to(end)
            out.append(closing)

    for entity in sorted(entities, key=lambda entity: (entity.offset, -entity.length)):
        tags = _tags(entity)
        if tags is None:
            continue
        close_to(entity.offset)
        end = min(entity.offset + entity.length, opened[-1][0] if opened else len(units) // 2)
        if end > entity.offset:
            write_to(entity.offset)
            out.append(tags[0])
            opened.append((end, tags[1]))
    close_to(len(units) // 2)
    write_to(len(units) // 2)
    return "".join(out)


def _tags(entity: MessageEntity) -> tuple[str, str] | None:
    if entity.type != MessageEntity.TEXT_LINK:
        return TAGS.get(entity.type)
    address = entity.url or ""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:  # half an IPv6 address: no link, and no reason to lose the words
        return None
    if scheme not in ("http", "https"):
        return None
    return f'<a href="{html.escape(address)}">', "</a>"
