"""What the checker says of a text with markup: lengths as a reader sees them, tags, attributes, nesting."""

from __future__ import annotations

from collections.abc import Sequence

from bot.rehearsal.telegram_html import EndTag, FormatError, StartTag, parse, scan, utf16_length

ATTRIBUTES = {
    "span": {"class"},
    "a": {"href"},
    "tg-emoji": {"emoji-id"},
    "tg-time": {"unix", "format"},
    "code": {"class"},
    "blockquote": {"expandable"},
}
PARSE_MODES = {"html", "markdown", "markdownv2"}
MOST_ENTITIES = 100


def formatting_problems(where: str, text: str, mode: str, bounds: Sequence[int], explicit: bool) -> list[str]:
    """A text with its markup: what a reader will see has to be there, and to be short enough."""
    problems: list[str] = []
    mode = mode.lower()
    if mode and mode not in PARSE_MODES:
        problems.append(f"parse_mode: {mode!r} is not supported")
    if mode and explicit:
        problems.append(f"{where}: both parse_mode and entities are given")
    low, high = bounds
    visible = text
    if mode == "html":
        problems += [f"{where}: {problem}" for problem in html_problems(text)]
        try:
            visible = "".join(piece.text for piece in scan(text) if not isinstance(piece, StartTag | EndTag))
        except FormatError:
            return problems
    length = utf16_length(visible)
    if length > high and not mode.startswith("markdown"):
        problems.append(f"{where}: {length} UTF-16 units after entities parsing, at most {high}")
    if low and not visible.strip():
        problems.append(f"{where}: empty")
    return problems


def html_problems(html: str) -> list[str]:
    """What Telegram refuses or silently drops in an HTML text."""
    problems: list[str] = []
    open_names: list[str] = []
    tags = 0
    try:
        for piece in scan(html):
            if isinstance(piece, StartTag):
                problems += _tag_problems(piece, open_names)
                open_names.append(piece.name)
                tags += 1
            elif isinstance(piece, EndTag) and open_names:
                open_names.pop()
        parse(html)
    except FormatError as error:
        problems.append(str(error))
    if tags > MOST_ENTITIES:
        problems.append(f"{tags} formatting entities, only {MOST_ENTITIES} are kept")
    return problems


def _tag_problems(tag: StartTag, open_names: list[str]) -> list[str]:
    problems: list[str] = []
    if strange := tag.attributes.keys() - ATTRIBUTES.get(tag.name, set()):
        problems.append(f"<{tag.name}>: attribute {', '.join(sorted(strange))} is not supported")
    if tag.name == "a" and not tag.attributes.get("href"):
        problems.append("<a> without href")
    in_code = {"code", "pre"}.intersection(open_names)
    if in_code and not (tag.name == "code" and open_names[-1] == "pre"):
        problems.append(f"<{tag.name}> inside <{min(in_code)}>")
    if tag.name == "blockquote" and "blockquote" in open_names:
        problems.append("nested <blockquote>")
    return problems
