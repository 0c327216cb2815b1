"""Telegram's HTML: read into text and entities as Telegram reads it, with its own words for mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

ENTITY_TYPES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
    "tg-emoji": "custom_emoji",
    "tg-time": "date_time",
}
NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
LINK_SCHEMES = {"http", "https", "tg", "ton", "tonsite"}
SPACE = " \t\r\n\0\x0b"
DETECTED = re.compile(
    r"(?P<url>https?://[^\s<>\"]*[^\s<>\".,;:!?)\]}'»”])"
    r"|(?P<email>(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.-]*\w)"
    r"|(?P<bot_command>(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/@]))"
    r"|(?P<mention>(?<![\w@/])@[A-Za-z0-9_]{3,32}(?!\w))"
    r"|(?P<hashtag>(?<![\w#/])#(?=\w*[^\W\d_])\w+)"
)


class FormatError(ValueError):
    """The text cannot be read as HTML; its message is what Telegram says after "can't parse entities: "."""


@dataclass(frozen=True, slots=True)
class Formatted:
    """A text and its entities, as in the Bot API: offsets and lengths in UTF-16 units."""

    text: str
    entities: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class Words:
    """Text between tags, with its entities decoded."""

    text: str


@dataclass(frozen=True, slots=True)
class StartTag:
    name: str
    attributes: dict[str, str | None]
    at: int
    """Byte offset of the `<`."""


@dataclass(frozen=True, slots=True)
class EndTag:
    name: str
    """Empty for `</>`, which ends whatever is open."""
    at: int


def utf16_length(text: str) -> int:
    """Length in UTF-16 code units, the unit of Telegram's limits and offsets."""
    return len(text) + sum(1 for character in text if character > "\uffff")


def scan(html: str) -> Iterator[Words | StartTag | EndTag]:
    """The pieces of an HTML text in order. Tags are not balanced here; FormatError for what is no tag."""
    at = 0
    for match in re.finditer("<", html):
        begin = match.start()
        if begin < at:
            continue
        if begin > at:
            yield Words(decode(html[at:begin]))
        offset = len(html[:begin].encode())
        tag, at = (
            _end_tag(html, begin, offset)
            if html[begin + 1 : begin + 2] == "/"
            else _start_tag(html, begin, offset)
        )
        yield tag
    if at < len(html):
        yield Words(decode(html[at:]))


def decode(text: str) -> str:
    """Text with Telegram's four named entities and numeric ones decoded; others stay as they are typed."""

    def character(match: re.Match[str]) -> str:
        name = match[1]
        if not name.startswith("#"):
            return NAMED.get(name, match[0])
        code = int(name[1:]) if name[1].isdigit() else int(f"0{name[1:]}", 0)
        if 0xD800 <= code <= 0xDFFF:
            raise FormatError("Text contains invalid Unicode characters after decoding HTML entities")
        return chr(code) if 0 < code < 0x10FFFF else match[0]

    return re.sub(r"&(#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z]+);?", character, text)


def _end_tag(html: str, begin: int, offset: int) -> tuple[EndTag, int]:
    match = re.compile(r"</([^\s>]*)\s*").match(html, begin)
    assert match is not None
    if html[match.end() : match.end() + 1] != ">":
        raise FormatError(f"Unclosed end tag at byte offset {offset}")
    return EndTag(match[1].lower(), offset), match.end() + 1


def _start_tag(html: str, begin: int, offset: int) -> tuple[StartTag, int]:
    at = begin + 1
    while at < len(html) and html[at] not in SPACE + ">":
        at += 1
    if at == len(html):
        raise FormatError(f"Unclosed start tag at byte offset {offset}")
    name = html[begin + 1 : at].lower()
    if name not in ENTITY_TYPES:
        raise FormatError(f'Unsupported start tag "{name}" at byte offset {offset}')
    attributes: dict[str, str | None] = {}
    while True:
        at = _after_space(html, at)
        if html[at : at + 1] == ">":
            return StartTag(name, attributes, offset), at + 1
        key, value, at = _attribute(html, at, name, offset)
        attributes.setdefault(key, value)


def _attribute(html: str, at: int, tag: str, offset: int) -> tuple[str, str | None, int]:
    begin = at
    while at < len(html) and html[at] not in SPACE + "=>/\"'":
        at += 1
    key = html[begin:at].lower()
    if not key:
        if at == len(html):
            raise FormatError(f'Unclosed start tag "{tag}" at byte offset {offset}')
        raise FormatError(f'Empty attribute name in the tag "{tag}" at byte offset {offset}')
    after = _after_space(html, at)
    if html[after : after + 1] != "=":
        return key, None, after
    at = _after_space(html, after + 1)
    if at == len(html):
        raise FormatError(f'Unclosed start tag "{tag}" at byte offset {offset}')
    quote = html[at]
    if quote in "\"'":
        end = html.find(quote, at + 1)
        if end < 0:
            raise FormatError(f"Unclosed start tag at byte offset {offset}")
        return key, decode(html[at + 1 : end]), end + 1
    match = re.compile(r"[A-Za-z0-9.\-]*").match(html, at)
    assert match is not None
    if html[match.end() : match.end() + 1] not in {*SPACE, ">"}:
        raise FormatError(f"Unexpected end of name token at byte offset {len(html[:at].encode())}")
    return key, match[0].lower(), match.end()


def _after_space(html: str, at: int) -> int:
    while at < len(html) and html[at] in SPACE:
        at += 1
    return at


def parse(html: str) -> Formatted:
    """HTML -> text and entities, trimmed as Telegram trims it.

    FormatError, in Telegram's words, where Telegram would refuse the text.
    """
    text: list[str] = []
    length = 0
    open_tags: list[tuple[StartTag, int]] = []
    found: list[tuple[int, dict[str, Any]]] = []
    for piece in scan(html):
        if isinstance(piece, Words):
            text.append(piece.text)
            length += utf16_length(piece.text)
        elif isinstance(piece, StartTag):
            _refuse_incomplete(piece)
            open_tags.append((piece, length))
        else:
            tag, begin = _matching(open_tags, piece)
            if length > begin:
                words = utf16_slice("".join(text), begin, length)
                found += [(tag.at, entity) for entity in _entities(tag, begin, length - begin, words)]
    if open_tags:
        raise FormatError(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0].name}"')
    in_order_of_opening = [entity for _, entity in sorted(found, key=lambda pair: pair[0])]
    return trimmed("".join(text), in_order_of_opening)


def utf16_slice(text: str, begin: int, end: int) -> str:
    """The part of a text between two UTF-16 offsets."""
    return text.encode("utf-16-le")[2 * begin : 2 * end].decode("utf-16-le", "replace")


def _refuse_incomplete(tag: StartTag) -> None:
    if tag.name == "span" and tag.attributes.get("class") != "tg-spoiler":
        raise FormatError(f'Tag "span" must have class "tg-spoiler" at byte offset {tag.at}')
    if tag.name == "tg-emoji" and not (tag.attributes.get("emoji-id") or "").isdigit():
        raise FormatError("Invalid custom emoji identifier specified")


def _matching(open_tags: list[tuple[StartTag, int]], end: EndTag) -> tuple[StartTag, int]:
    if not open_tags:
        raise FormatError(f"Unexpected end tag at byte offset {end.at}")
    tag, begin = open_tags.pop()
    if end.name and end.name != tag.name:
        raise FormatError(
            f'Unmatched end tag at byte offset {end.at}, expected "</{tag.name}>", found "</{end.name}>"'
        )
    return tag, begin


def _entities(tag: StartTag, offset: int, length: int, words: str) -> list[dict[str, Any]]:
    entity: dict[str, Any] = {"type": ENTITY_TYPES[tag.name], "offset": offset, "length": length}
    if tag.name == "a":
        url = link_target(tag.attributes.get("href") or words)
        return [entity | {"url": url}] if url else []
    if tag.name == "blockquote" and "expandable" in tag.attributes:
        entity["type"] = "expandable_blockquote"
    elif tag.name == "tg-emoji":
        entity["custom_emoji_id"] = tag.attributes["emoji-id"]
    elif tag.name == "code" and (tag.attributes.get("class") or "").startswith("language-"):
        entity["language"] = (tag.attributes["class"] or "")[len("language-") :]
    return [entity]


def link_target(url: str) -> str | None:
    """The address a link leads to, or None where Telegram would drop the link and keep its words."""
    address = url if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", url) else f"http://{url}"
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    host_is_fine = (
        "." in parts.netloc or parts.scheme not in {"http", "https"} or parts.hostname == "localhost"
    )
    if parts.scheme not in LINK_SCHEMES or not parts.netloc or not host_is_fine or re.search(r"\s", address):
        return None
    return parts._replace(path=parts.path or "/").geturl() if parts.scheme in {"http", "https"} else address


def trimmed(text: str, entities: list[dict[str, Any]]) -> Formatted:
    """Text without space at its ends, entities moved along; nothing else is kept inside code."""
    left = utf16_length(text) - utf16_length(text.lstrip())
    size = utf16_length(text.strip())
    kept: list[dict[str, Any]] = []
    for entity in sorted(entities, key=lambda e: (e["offset"], -e["length"])):
        begin = max(entity["offset"] - left, 0)
        end = min(entity["offset"] + entity["length"] - left, size)
        if end > begin:
            kept.append(entity | {"offset": begin, "length": end - begin})
    return Formatted(text.strip(), tuple(_flat_code(kept)))


def _flat_code(entities: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`<pre><code class="language-x">` is one `pre` with a language, and code holds no other formatting."""
    kept: list[dict[str, Any]] = []
    for entity in entities:
        outer = next((e for e in kept if e["type"] in {"pre", "code"} and _covers(e, entity)), None)
        if outer is None:
            kept.append({k: v for k, v in entity.items() if k != "language" or entity["type"] == "pre"})
        elif outer["type"] == "pre" and entity.get("language") and outer["length"] == entity["length"]:
            outer["language"] = entity["language"]
    return kept


def _covers(outer: dict[str, Any], inner: dict[str, Any]) -> bool:
    begin, end = inner["offset"], inner["offset"] + inner["length"]
    return bool(outer["offset"] <= begin and end <= outer["offset"] + outer["length"])


def with_detected(formatted: Formatted) -> Formatted:
    """With the entities that Telegram itself finds in a text: commands, addresses, mentions, hashtags."""
    closed = [e for e in formatted.entities if e["type"] in {"code", "pre", "text_link"}]
    found = list(formatted.entities)
    for match in DETECTED.finditer(formatted.text):
        entity = {
            "type": match.lastgroup,
            "offset": utf16_length(formatted.text[: match.start()]),
            "length": utf16_length(match[0]),
        }
        if not any(_covers(outer, entity) for outer in closed):
            found.append(entity)
    found.sort(key=lambda e: (e["offset"], -e["length"]))
    return Formatted(formatted.text, tuple(found))


def plain(formatted: Formatted) -> str:
    """The text for a terminal: link targets in brackets behind their words, a bar before quoted lines."""
    units = formatted.text.encode("utf-16-le")
    marks: list[tuple[int, int, str]] = []
    for entity in formatted.entities:
        begin, end = entity["offset"], entity["offset"] + entity["length"]
        if entity["type"] == "text_link" and utf16_slice(formatted.text, begin, end) != entity["url"]:
            marks.append((end, 0, f" ({entity['url']})"))
        elif entity["type"] in {"blockquote", "expandable_blockquote"}:
            quoted = utf16_slice(formatted.text, begin, end)
            starts = [begin, *(begin + utf16_length(quoted[: m.end()]) for m in re.finditer("\n", quoted))]
            marks.extend((start, 1, "| ") for start in starts)
    pieces: list[str] = []
    at = 0
    for offset, _, mark in sorted(marks, key=lambda m: m[:2]):
        pieces += [units[2 * at : 2 * offset].decode("utf-16-le"), mark]
        at = offset
    return "".join([*pieces, units[2 * at :].decode("utf-16-le")])
