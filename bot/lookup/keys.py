"""Search keys: one folded form for every way of writing the same word, and its words and grams."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from operator import add
from typing import NamedTuple

# Scripts written without spaces: Thai, Lao, Tibetan, Burmese, Khmer; kana and Han.
_ALPHABETIC_RUN = "\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff"
_IDEOGRAPHIC_RUN = "\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PIECE = re.compile(
    f"([{_IDEOGRAPHIC_RUN}]+|[{_ALPHABETIC_RUN}]+)|([\u0900-\u0dff]+|[^\\W_{_ALPHABETIC_RUN}{_IDEOGRAPHIC_RUN}]+)"
)
_HANGUL = re.compile("[\uac00-\ud7a3]")
_SHAPE = {"ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"}
_ARABIC = {"ى": "ي", "ة": "ه", "ـ": "", "ک": "ك", "ی": "ي"}


class Piece(NamedTuple):
    """A stretch of folded text without spaces. A run is of a script without spaces; other pieces are words."""

    text: str
    is_run: bool


class _FoldTable(dict[int, str]):
    """Folds single characters, each one worked out when it is first met (the memory of a pure function)."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    code = ord(character)
    if code < 0x80:
        return " " if character == "_" else character
    if character in _SHAPE:
        return _SHAPE[character]
    if character in _ARABIC:
        return _ARABIC[character]
    if 0x30A1 <= code <= 0x30F6:
        return chr(code - 0x60)  # katakana to hiragana
    if character in "・'’ʼ\u200b\u200c\u200d\ufe0f":
        return "" if character not in "'’ʼ" else " "
    if 0x0E47 <= code <= 0x0E4E:
        return ""  # Thai tone marks slip easily; the vowels stay
    if 0x0900 <= code <= 0x17FF or 0xAC00 <= code <= 0xD7A3:
        return character
    if unicodedata.category(character) == "Mn":
        return ""
    if 0x3400 <= code <= 0x9FFF or code >= 0x20000:
        return _simplified(character)
    if 0x3040 <= code <= 0x30FF:
        return character
    bare = "".join(c for c in unicodedata.normalize("NFD", character) if unicodedata.category(c) != "Mn")
    return bare or character


def _simplified(character: str) -> str:
    """The simplified form of a Chinese character. What stands in GB 2312 is simplified already, so that a
    library without traditional characters never pays for loading the converter."""
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return _converter()(character)
    return character


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("t2s").convert
    return convert


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The text without case, width, diacritics (of alphabets), tone marks, kana kind and Chinese variant."""
    if text.isascii():
        return text.lower().replace("_", " ")
    return unicodedata.normalize("NFKC", text).casefold().translate(_TABLE)


def pieces(folded: str) -> list[Piece]:
    """The words and runs of a folded text. Korean words are spelt in jamo, so that a slip is one edit."""
    return [Piece(run, True) if run else Piece(_spelt(word), False) for run, word in _PIECE.findall(folded)]


def _spelt(word: str) -> str:
    return word if word.isascii() or not _HANGUL.match(word) else unicodedata.normalize("NFD", word)


def is_ideographic(text: str) -> bool:
    return text[0] >= "\u3005"


def grams(run: str) -> list[str]:
    """Terms of a run: single characters and pairs of Han and kana; triples of Thai and the like."""
    if is_ideographic(run):
        return [*run, *map(add, run, run[1:])]
    if len(run) <= 3:
        return [run]
    return [run[i : i + 3] for i in range(len(run) - 2)]


class Written(NamedTuple):
    """A text as it is kept: its pieces joined by spaces, its terms, and those of them that are words."""

    text: str
    terms: tuple[str, ...]
    words: tuple[str, ...]


def as_written(text: str) -> Written:
    """Terms of a text as people write it: words, and grams of runs; each once."""
    texts: list[str] = []
    words: list[str] = []
    parts: list[str] = []
    for run, word in _PIECE.findall(fold(text)):
        if run:
            texts.append(run)
            parts += grams(run)
        else:
            spelt = _spelt(word)
            texts.append(spelt)
            words.append(spelt)
    return Written(" ".join(texts), tuple(dict.fromkeys(words + parts)), tuple(words))
