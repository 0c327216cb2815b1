"""Telegram's HTML: from Markdown, into plain text, and split where a reader would take a breath."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

MOST_TEXT = 4096
"""Telegram's limit for one message, in UTF-16 units after the tags are taken out."""

TAG = re.compile(r"<(/?)([a-z-]+)([^>]*)>")
PIECE = re.compile(r"<[^>]+>|&[a-z#0-9]+;|[^<&]+|[<&]")
BREAKS = (re.compile(r"\n\n+"), re.compile(r"\n"), re.compile(r"(?<=[.!?。！？])\s*"), re.compile(r"\s+"))


def units(text: str) -> int:
    """The length of a plain text as Telegram counts it: UTF-16 code units."""
    return len(text.encode("utf-16-le")) // 2


def plain(markup: str) -> str:
    """The text of Telegram HTML without its tags."""
    return html.unescape(TAG.sub("", markup))


def split(markup: str, most: int = MOST_TEXT) -> list[str]:
    """Telegram HTML in pieces of at most `most` units, never inside a tag or entity.

    A piece ends at the end of a paragraph where one is near, else of a line, a sentence, a word. Tags that
    are open at a cut are closed there and opened again in the next piece.
    """
    pieces: list[str] = []
    rest = markup.strip()
    while units(plain(rest)) > most:
        cut = _cut(rest, most)
        opened = _open_tags(rest[:cut])
        head = rest[:cut].rstrip() + "".join(f"</{name}>" for name, _ in reversed(opened))
        rest = "".join(tag for _, tag in opened) + rest[cut:].lstrip()
        pieces.append(head)
    pieces.append(rest)
    # Blanks may be all that is left for a piece, and Telegram sends no empty message.
    return [piece for piece in pieces if plain(piece).strip()] or pieces[:1]


def _cut(markup: str, most: int) -> int:
    """Where to cut: the best break between half of `most` and `most`, else just before the limit."""
    end = 0
    size = 0
    offsets: list[tuple[int, int]] = []  # (visible size before, position) of each character that shows
    for match in PIECE.finditer(markup):
        piece = match.group()
        if piece.startswith("<"):
            continue
        shown = [html.unescape(piece)] if piece.startswith("&") else list(piece)
        for number, character in enumerate(shown):
            position = match.start() + (0 if piece.startswith("&") else number)
            offsets.append((size, position))
            size += units(character)
            if size > most:
                break
            end = match.end() if piece.startswith("&") else position + 1
        if size > most:
            break
    floor = next((position for before, position in offsets if before >= most // 2), 0)
    for pattern in BREAKS:
        found = [m.end() for m in pattern.finditer(markup, floor, end) if not _inside_tag(markup, m.end())]
        if found:
            return found[-1]
    return end


def _inside_tag(markup: str, position: int) -> bool:
    opening, closing = markup.rfind("<", 0, position), markup.rfind(">", 0, position)
    entity = re.search(r"&[a-z#0-9]*$", markup[:position])
    return opening > closing or entity is not None


def _open_tags(markup: str) -> list[tuple[str, str]]:
    opened: list[tuple[str, str]] = []
    for match in TAG.finditer(markup):
        closing, name, _ = match.groups()
        if not closing:
            opened.append((name, match.group()))
        elif opened and opened[-1][0] == name:
            opened.pop()
    return opened


def from_markdown(text: str, link: Callable[[str], str | None]) -> str:
    """Markdown as Telegram HTML. `link` turns the target of a link into an address, or None to drop it."""
    return _blocks(_parser().parse(text), link)


@cache
def _parser() -> MarkdownIt:
    from markdown_it import MarkdownIt  # late: a lookup on the command line does without it

    return MarkdownIt("commonmark", {"html": False})


def _blocks(tokens: list[Token], link: Callable[[str], str | None]) -> str:
    out: list[str] = []
    lists: list[int | None] = []  # the next number of each open list; None: a list with dots
    for token in tokens:
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
                if not lists:
                    out.append("\n")
            case "list_item_open":
                number = lists[-1]
                indent = "   " * (len(lists) - 1)
                if number is None:
                    out.append(f"{indent}• ")
                else:
                    out.append(f"{indent}{number}. ")
                    lists[-1] = number + 1
            case "blockquote_open":
                out.append("<blockquote>")
            case "blockquote_close":
                out[-1] = out[-1].rstrip("\n")
                out.append("</blockquote>\n\n")
            case "heading_open":
                out.append("<b>")
            case "heading_close":
                out.append("</b>\n\n")
            case "inline":
                out.append(_inline(token.children or [], link))
            case "paragraph_close":
                out.append("\n" if lists else "\n\n")
            case "fence" | "code_block":
                out.append(f"<pre>{html.escape(token.content.rstrip(), quote=False)}</pre>\n\n")
            case "hr":
                out.append("—\n\n")
            case _:
                pass
    return re.sub(r"\n{3,}", "\n\n", "".join(out)).strip()


def _inline(tokens: list[Token], link: Callable[[str], str | None]) -> str:
    out: list[str] = []
    links: list[bool] = []
    marks = {"strong": "b", "em": "i", "s": "s"}
    for token in tokens:
        match token.type:
            case "text":
                out.append(html.escape(token.content, quote=False))
            case "softbreak":
                out.append(" ")
            case "hardbreak":
                out.append("\n")
            case "code_inline":
                out.append(f"<code>{html.escape(token.content, quote=False)}</code>")
            case "link_open":
                address = link(str(token.attrs.get("href", "")))
                links.append(address is not None)
                if address is not None:
                    out.append(f'<a href="{html.escape(address)}">')
            case "link_close":
                if links.pop():
                    out.append("</a>")
            case "image":
                out.append(html.escape(token.content, quote=False))
            case _:
                name, _, side = token.type.rpartition("_")
                if name in marks:
                    out.append(f"<{'/' if side == 'close' else ''}{marks[name]}>")
    return "".join(out)
