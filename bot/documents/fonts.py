"""The fonts of printed documents: which they are, where they lie, and which characters they have.

They come with wheels, by path, so that a document looks the same on every machine; fonts of the system stay out.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import groupby
from pathlib import Path

PACKAGES = {
    "fontpkg_noto_sans": "files",
    "fontpkg_noto_sans_thai": "files",
    "fontpkg_noto_sans_devanagari": "files",
    "noto_cjk_sans_otc": "",
}
FONT_FILES = {".ttf", ".ttc", ".otf", ".otc"}

HAN_FORMS: Mapping[str, str] = {"ja": "JP", "ko": "KR", "zh-hant": "TC", "zh-tw": "TC", "zh-hk": "HK"}
"""Which face of the collection draws Han characters in the way of a language; the simplified one where none is
named."""
SIMPLIFIED = "SC"
KANA = re.compile(r"[\u3041-\u30ff\uff66-\uff9d]")
HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")

TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""They turn the direction of what follows, figures of ours included."""
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
"""Kinds of characters that draw nothing themselves; those that a font shapes with (ZWJ) stay."""
PICTURE_HELPERS = re.compile("[\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
"""What only changes the look of the emoji before it."""


@cache
def font_folders() -> tuple[str, ...]:
    return tuple(str(Path(str(files(package))) / inside) for package, inside in PACKAGES.items())


def han_form(text: str, language: str = "") -> str:
    """The regional form of Han characters for a text: by its language, else by the kana or Hangul in it."""
    tag = language.replace("_", "-").lower()
    known = HAN_FORMS.get(tag) or HAN_FORMS.get(tag.split("-")[0])
    if known is not None:
        return known
    if KANA.search(text):
        return "JP"
    return "KR" if HANGUL.search(text) else SIMPLIFIED


def drawable(text: str) -> str:
    """The text with names in place of characters that no font of ours has, so that no empty box is printed: an emoji
    by its name in Unicode, a run of letters by its script and how many they are."""
    if covered().issuperset(text):
        return text
    return "".join(_pieces(PICTURE_HELPERS.sub("", text.replace("\t", " "))))


def _pieces(text: str) -> Iterator[str]:
    for script, run in groupby(text, key=_missing):
        characters = "".join(run)
        if script is None:
            yield characters
        elif script:
            yield f"‹{script} ×{len(characters)}›"
        else:
            yield from (f"‹{_name(one)}›" for one in characters if unicodedata.category(one) not in UNSEEN)


def _missing(character: str) -> str | None:
    """None where a font has it; else the script of a letter or mark, and no text for all other characters."""
    if character in covered():
        return None
    return _name(character).split(" ")[0] if unicodedata.category(character)[0] in "LM" else ""


def _name(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}").lower()


@cache
def covered() -> frozenset[str]:
    """All characters that our fonts have, with line feed and the characters that only shape others."""
    found = {"\n", "\u200b", "\u200c", "\u200d", "\u2060", "\u00ad"}
    for folder in font_folders():
        for file in sorted(Path(folder).iterdir()):
            if file.suffix in FONT_FILES:
                found.update(map(chr, _characters(file.read_bytes())))
    return frozenset(found - TURNING)


def _characters(font: bytes) -> Iterator[int]:
    """The code points of a font file, from the fullest of its character maps; of a collection, of its first font."""
    start = struct.unpack_from(">I", font, 12)[0] if font[:4] == b"ttcf" else 0
    tables = (struct.unpack_from(">4sIII", font, start + 12 + 16 * n) for n in range(_two(font, start + 4)))
    at = next(offset for tag, _, offset, _ in tables if tag == b"cmap")
    maps = [at + struct.unpack_from(">I", font, at + 8 + 8 * n)[0] for n in range(_two(font, at + 2))]
    long = next((one for one in maps if _two(font, one) == 12), None)
    if long is not None:
        for n in range(struct.unpack_from(">I", font, long + 12)[0]):
            first, last, _ = struct.unpack_from(">III", font, long + 16 + 12 * n)
            yield from range(first, last + 1)
        return
    short = next(one for one in maps if _two(font, one) == 4)
    half = _two(font, short + 6)
    for n in range(half // 2):
        last, first = _two(font, short + 14 + 2 * n), _two(font, short + 16 + half + 2 * n)
        yield from range(first, min(last, 0xFFFE) + 1)


def _two(font: bytes, at: int) -> int:
    return int(struct.unpack_from(">H", font, at)[0])
