"""What the writer of broken YAML most likely meant: the parser's words as a sentence and a cure."""

from __future__ import annotations

import re
from typing import Any

import yaml

from bot.content.problems import Position, shown

KEY = r"[A-Za-z_][\w-]*"
FULL_WIDTH_COLON = re.compile(rf"\s*(?:- )?({KEY})\s*：")
NO_SPACE = re.compile(rf"\s*(?:- )?({KEY}):(?=[^\s:/])")
OPENING_QUOTE = re.compile(rf"""\s*(?:- )*(?:{KEY}:\s+)?(?=["'])""")
AFTER_QUOTE = re.compile(r"\s*(?:#.*|:(?:\s.*)?)?$")
LOOKS_LIKE_KEY = re.compile(rf"\s*(?:- )*{KEY}:(?:\s|$)")
ODD = "\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff"
ODD_SPACE = re.compile(
    rf"[ \t]*(?:- +)*(?:(?P<indent>[{ODD}])[\s{ODD}]*(?:-\s|{KEY}[\s{ODD}]*:)"
    rf"|-(?P<hyphen>[{ODD}])|{KEY}(?P<key>[{ODD}])[\w\s{ODD}-]*:|{KEY}:(?P<colon>[{ODD}]))"
)
ODD_NAMES = {"\u00a0": "a non-breaking space", "\u3000": "a full-width space"}
SMART_TEXT = re.compile(rf"\s*(?:- )*(?:{KEY}:\s+)?(?=[“„«].*[”“»\"]\s*$)")
IN_QUOTES = 'put the whole text in double quotes, and write \\" for a quotation mark inside'
BOTH_ENDS = 'write " at both ends of the text'
SAME_COLUMN = "begin it in the same column as the keys beside it"

Explained = tuple[str, str, str | None, Position]
"""Code, message, cure, and the position counted from the first line of the text."""


def explain(error: yaml.YAMLError, lines: list[str]) -> Explained:
    """What to tell about an error of the YAML parser in `lines`."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return "yaml", f"this is not YAML: {error}", None, (1, 1)
    last = min(mark.line, len(lines) - 1)
    return (
        _tab(lines[: last + 1])
        or odd_space(lines[: last + 1])
        or _smart_quotes(lines[last], last + 1)
        or wrong_colon(lines[: last + 1])
        or _quotes(lines[: last + 1])
        or _by_message(error, lines, min(mark.line, len(lines) - 1))
    )


def _tab(lines: list[str]) -> Explained | None:
    for number, line in enumerate(lines, 1):
        indent = line[: len(line) - len(line.lstrip())]
        if "\t" in indent:
            cure = "put two spaces for each tab"
            at = (number, indent.index("\t") + 1)
            return "tab", "the line begins with a tab, expected spaces", cure, at
    return None


def odd_space(lines: list[str]) -> Explained | None:
    """A space in indentation, after a hyphen, or at a key, that is none for YAML, where there is one."""
    for number, line in enumerate(lines, 1):
        found = ODD_SPACE.match(line)
        if found is None:
            continue
        part = str(found.lastgroup)
        name = ODD_NAMES.get(found[part], "an unusual space")
        message = f"{name} (U+{ord(found[part]):04X}), as word processors and web pages have it, stands here"
        cure = "delete it, or write `_`" if part == "key" else "type an ordinary space"
        return "odd-space", message, cure, (number, found.start(part) + 1)
    return None


def _smart_quotes(line: str, number: int) -> Explained | None:
    opening = SMART_TEXT.match(line)
    if opening is None:
        return None
    message = f"read {shown(line[opening.end() :])} in typographic quotes, expected straight ones"
    return "smart-quotes", message, BOTH_ENDS, (number, opening.end() + 1)


def wrong_colon(lines: list[str]) -> Explained | None:
    """A key with a full-width colon or without a space after it, where there is one."""
    for number, line in enumerate(lines, 1):
        wide = FULL_WIDTH_COLON.match(line)
        if wide is not None:
            cure = f"write `{wide[1]}: ` with an ordinary colon and a space"
            return "colon", "read a full-width colon `：`, expected `:`", cure, (number, wide.end())
        tight = NO_SPACE.match(line)
        if tight is not None:
            at = (number, tight.end())
            return "colon", f"there is no space after `{tight[1]}:`", f"write `{tight[1]}: `", at
    return None


def _quotes(lines: list[str]) -> Explained | None:
    for number, line in enumerate(lines, 1):
        opening = OPENING_QUOTE.match(line)
        if opening is None:
            continue
        start = opening.end()
        end = _closing(line, start)
        if end is None:
            following = next((other for other in lines[number:] if other.strip()), "")
            if LOOKS_LIKE_KEY.match(following) or not following:
                mark = line[start]
                if line.rstrip()[-1] in "”“„’«»":
                    message = f"the text begins with {mark} and ends with a typographic mark"
                    return "quotes", message, BOTH_ENDS, (number, start + 1)
                message = f"the text that begins with {mark} is not closed in its line"
                return "quotes", message, f"put {mark} at its end", (number, start + 1)
        elif not AFTER_QUOTE.match(line, end + 1):
            message = f"the text goes on after its closing {line[start]}"
            return "quotes", message, IN_QUOTES, (number, end + 2)
    return None


def _closing(line: str, start: int) -> int | None:
    """Where the quotation that opens at `start` ends in its line."""
    quote = line[start]
    at = start + 1
    while at < len(line):
        if quote == '"' and line[at] == "\\":
            at += 2
        elif line[at] != quote:
            at += 1
        elif quote == "'" and line[at + 1 : at + 2] == "'":
            at += 2
        else:
            return at
    return None


def _by_message(error: Any, lines: list[str], last: int) -> Explained:
    problem: str = error.problem or ""
    line = lines[last]
    column: int = error.problem_mark.column
    here = (last + 1, column + 1)
    context = error.context_mark
    around = (context.line + 1, context.column + 1) if context is not None else here
    if problem.startswith("mapping values"):
        return _colon_in_text(line, column, here)
    if "',' or ']'" in problem or "',' or '}'" in problem:
        if line[column : column + 2] in (":", ": ") and around[0] == here[0]:
            return "colon", "a colon and a space stand inside a text that is not in quotes", IN_QUOTES, here
        opens, closes = ("[", "]") if "]" in problem else ("{", "}")
        message = f"what begins with `{opens}` is not closed, or a comma is missing in it"
        return "bracket", message, f"put `{closes}` at its end", around
    if problem == "found unexpected end of stream":
        return "quotes", "the text in quotation marks has no end", "put the closing quotation mark", around
    if "':'" in problem:
        word = lines[around[0] - 1].strip()
        cure = "write a colon and a space after the key, or indent the line if it belongs to the one above"
        return "colon", f"read {shown(word)}, expected `key: text`", cure, around
    if "cannot start any token" in problem or "alphabetic or numeric" in problem:
        start = around[1] - 1 if "alphabetic" in problem else column
        read = lines[around[0] - 1][start : start + 1] if "alphabetic" in problem else line[start : start + 1]
        at = around if "alphabetic" in problem else here
        return "quotes", f"a text cannot begin with {read} unless it is in quotes", IN_QUOTES, at
    if problem.startswith("block sequence"):
        cure = "begin the list in the next line, or write it as `[one, two]`"
        return "list", "a list item (`- `) stands in the line of its key", cure, here
    if "escape character" in problem:
        cure = "write \\\\ for a backslash"
        return "escape", f"`{line[column : column + 2]}` means nothing inside double quotes", cure, here
    if "comment or line break" in problem:
        read = line[around[1] - 1 : around[1]]
        return "quotes", f"a text cannot begin with {read} unless it is in quotes", IN_QUOTES, around
    if "'-' indicator" in problem:
        cure = "begin it with `- `, or further left if it belongs to no list"
        return "list", f"read {shown(line.strip())}, expected a list item", cure, here
    if "node content" in problem:
        cure = "delete the comma or bracket that is too many, or put quotes around the text"
        return "bracket", "nothing stands between two commas or brackets", cure, here
    return _out_of_line(problem, lines[: last + 1], here)


def _colon_in_text(line: str, column: int, here: Position) -> Explained:
    before = line[:column]
    if LOOKS_LIKE_KEY.match(before + " ") or ": " in before:
        return "colon", "a colon and a space stand inside a text that is not in quotes", IN_QUOTES, here
    indent = len(line) - len(line.lstrip())
    message = f"the line {shown(line.strip())} is indented too far, for the line above is complete"
    return "indentation", message, SAME_COLUMN, (here[0], indent + 1)


def _out_of_line(problem: str, lines: list[str], here: Position) -> Explained:
    *before, line = lines
    if line.lstrip().startswith("- "):
        cure = "delete the `- `, or put a key with a colon before the list"
        return "list", "read a list item, expected `key: text`", cure, here
    if LOOKS_LIKE_KEY.match(line) and here[1] == len(line) - len(line.lstrip()) + 1:
        above = next((other for other in reversed(before) if other.strip()), line)
        too_far = here[1] - 1 > len(above) - len(above.lstrip())
        how = "is indented too far" if too_far else "begins in a column of its own"
        return "indentation", f"the line {shown(line.strip())} {how}", SAME_COLUMN, here
    if line[here[1] - 1 :].strip():
        read = shown(line[here[1] - 1 :].strip())
        cure = "delete it, or put the whole text in double quotes"
        return "yaml", f"read {read}, expected the end of the line", cure, here
    return "yaml", f"this is not YAML: {problem}", None, here
