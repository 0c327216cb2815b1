"""File names that are nearly right: what their writers most likely meant."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from bot.content.names import LONGEST_ID, as_id, is_id, meant_language
from bot.content.problems import Level, shown

ENDING = ".md"
"""Of entries and their translations."""
SYNC_CONFLICT = re.compile(
    r"(?P<of>.+?)(?:\.sync-conflict-[\w-]+| ?[(（][^()（）]*(?:conflict|冲突)[^()（）]*[)）])(?P<end>.*)",
    re.I,
)
COPY = re.compile(
    r"(?P<of>.+?)(?:(?: - | |_|-)(?:copy|副本)(?: ?\d+| ?[(（]\d+[)）])?| ?[(（](?:copy|副本|\d+)[^()（）]*[)）])"
    r"(?P<end>(?:\.[\w-]+)?)",
    re.I,
)
COPY_FIRST = re.compile(r"copy(?: \(\d+\))? of (?P<of>.+)", re.I)
WITH_LANGUAGE = re.compile(r"(?P<of>.+?)(?:\.|[_ -]+)(?P<language>[a-zA-Z]{2,3}(?:[_-][a-zA-Z]{2,4})*)")
TEXT_ENDINGS = {
    ".md": frozenset({"txt", "markdown", "mdown", "mkd", "md", "mdx"}),
    ".yaml": frozenset({"txt", "yml", "yaml", "json"}),
}
PICTURE_ENDINGS = frozenset({"jpg", "jpeg", "png", "gif", "webp", "heic", "bmp", "tif", "tiff", "svg"})


class Advice(NamedTuple):
    """What to tell about a file whose name fits nothing."""

    level: Level
    code: str
    message: str
    cure: str


def advise(
    name: str,
    beside: Collection[str],
    *,
    ending: str = ENDING,
    longest: int = LONGEST_ID,
    is_translated: bool = True,
) -> Advice:
    """What to tell about a file in the folder of a kind; `beside` are the names of all files there, `longest` the
    most characters of an id, `is_translated` whether texts in other languages are files of their own."""
    if not name.endswith(ending):
        return _wrong_ending(name, ending)
    stem = name.removesuffix(ending)
    conflict = SYNC_CONFLICT.fullmatch(stem)
    if conflict is not None:
        original = conflict["of"] + conflict["end"] + ending
        message = f"this is a conflict copy of {original}, made when two people changed it at once"
        return Advice(Level.ERROR, "conflict-copy", message, f"compare it with {original}, then delete it")
    copy = COPY.fullmatch(stem) or COPY_FIRST.fullmatch(stem)
    if copy is not None:
        message = f"this looks like a copy of {copy['of']}{copy.groupdict().get('end', '')}{ending}"
        cure = f"delete it, or give it a name of its own, such as `{as_id(stem, longest)}{ending}`"
        return Advice(Level.ERROR, "copy", message, cure)
    translated = _translation(stem, beside) if is_translated else None
    return translated or _no_id(stem, ending, longest)


def translation_name(stem: str) -> str | None:
    """The name of a file `walk-zh.md` as a translation of `walk.md`; None where it can be none."""
    found = WITH_LANGUAGE.fullmatch(stem)
    meant = meant_language(found["language"]) if found is not None else None
    if found is None or meant is None or len(meant.partition("-")[0]) != 2 or not is_id(found["of"]):
        return None
    return f"{found['of']}.{meant}{ENDING}"


def _wrong_ending(name: str, expected: str) -> Advice:
    stem, _, ending = name.rpartition(".")
    message = f"read {shown(name)}, but only {expected} files belong here"
    cure = "take it away"
    if ending.casefold() in TEXT_ENDINGS[expected] and stem:
        cure = f"rename it to `{stem.removesuffix(expected)}{expected}`"
    elif ending.casefold() in PICTURE_ENDINGS:
        cure = "take it away (pictures are not shown)"
    return Advice(Level.WARNING, "unknown-file", message, cure)


def _translation(stem: str, beside: Collection[str]) -> Advice | None:
    first, _, rest = stem.partition(".")
    name = translation_name(stem)
    if name is None or not (rest or name.partition(".")[0] + ENDING in beside):
        if not is_id(first) or not rest or "." in rest:
            return None
        name = f"{first}.zh{ENDING}"
    if rest:
        message = f"read {shown(rest)} in the file name, expected a language such as `zh`"
    else:
        message = f"read {shown(stem)}, expected the language of a translation after a point"
    cure = f"compare it with {name}, then delete one of them" if name in beside else f"rename it to `{name}`"
    return Advice(Level.ERROR, "file-name", message, cure)


def _no_id(stem: str, ending: str, longest: int) -> Advice:
    expected = f"at most {longest} small letters, digits and hyphens"
    message = f"read {shown(stem)} as an id, expected {expected}"
    return Advice(Level.ERROR, "file-name", message, f"rename the file to `{as_id(stem, longest)}{ending}`")
