"""Characters of many scripts brought to one form: digits, signs, spaces, marks that are not seen."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

HARD_BREAK = "\n"
"""Stands where no number may go on: a line's end, a tab, an unseen mark between two digits."""

_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+")
_SUPERSCRIPT_RUN = re.compile("[⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_ONE_FORM = {
    **dict.fromkeys("‐‑﹣", "-"),
    **dict.fromkeys("‒﹘", "–"),
    **dict.fromkeys("―⸺", "—"),
    **dict.fromkeys("’‘ʼ´`′‛", "'"),
    **dict.fromkeys("٪﹪", "%"),
    **dict.fromkeys("〜∼˜", "~"),
    **dict.fromkeys("，﹐", ","),
    **dict.fromkeys("．", "."),
    **dict.fromkeys("∙⋅‧", "·"),
    "￥": "¥",
    "￡": "£",
    "µ": "μ",
    "İ": "i",
    "ı": "i",
    "ی": "ي",
    "ى": "ي",
    "ک": "ك",
    "أ": "ا",
    "إ": "ا",
    "آ": "ا",
}
_GAP = re.compile("(?<=[0-9]) {2,}(?=[0-9])")
_SPACES = re.compile(" {2,}")
_ARABIC_MARKS = re.compile("[\u0640\u064b-\u0652\u0670]")
_UNSPACED = (
    (0x0E00, 0x0EFF),
    (0x1000, 0x109F),
    (0x1780, 0x17FF),
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x9FFF),
    (0xAC00, 0xD7AF),
)
"""Scripts whose words may stand side by side without a space."""


@dataclass(frozen=True, slots=True)
class Tidy:
    """A text in one form: `text` with its capitals, `folded` without, character by character the same length."""

    text: str
    folded: str
    scripts: frozenset[int]
    """The code point of the zero of every kind of digits used."""


def names(listed: str) -> frozenset[str]:
    """The words of a list that is written as one text."""
    return frozenset(listed.split())


def tidy(text: str) -> Tidy:
    """The text with ASCII digits, plain spaces and one form of each sign."""
    text = _ARABIC_MARKS.sub("", unicodedata.normalize("NFC", text))
    text = _SUPERSCRIPT_RUN.sub(lambda run: "^" + run.group().translate(_SUPERSCRIPTS), text)
    scripts: set[int] = set()
    out: list[str] = []
    hidden = False
    for char in text:
        kind = unicodedata.category(char)
        if kind == "Cf":
            hidden = True
            continue
        if kind == "Nd":
            digit = unicodedata.digit(char)
            if not (out and out[-1].isascii() and (out[-1].isalpha() or out[-1] == "^")):
                scripts.add(ord(char) - digit)
            if hidden and out and out[-1][-1].isdigit():
                out.append(HARD_BREAK)
            out.append(str(digit))
        else:
            out.append(_one_form(char, kind))
        hidden = False
    tidied = _SPACES.sub(" ", _GAP.sub(HARD_BREAK, "".join(out)))
    return Tidy(tidied, fold(tidied), frozenset(scripts))


def even(text: str) -> str:
    """Like `tidy(text).folded`, but character by character the same length as the text, so that places agree."""
    out: list[str] = []
    for char in text:
        kind = unicodedata.category(char)
        form = str(unicodedata.digit(char)) if kind == "Nd" else _one_form(char, kind)
        out.append(form if len(form) == 1 else char)
    return fold("".join(out))


def fold(text: str) -> str:
    """Without capitals, and of the same length (so `ß` stays as it is)."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in text)


def without_marks(text: str) -> str:
    """Latin and Greek letters without their accents, as they are typed in a hurry; others as they are."""
    out: list[str] = []
    for char in text:
        parts = unicodedata.normalize("NFD", char)
        out.append(parts[0] if "a" <= parts[0] <= "z" or "α" <= parts[0] <= "ω" else char)
    return "".join(out).replace("đ", "d").replace("ł", "l").replace("ø", "o")


def is_unspaced(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _UNSPACED)


def is_letter(char: str) -> bool:
    """Letters and the marks that belong to them."""
    return unicodedata.category(char)[0] in "LM"


def _one_form(char: str, kind: str) -> str:
    if kind == "Zs":
        return " "
    if kind in ("Cc", "Zl", "Zp"):
        return HARD_BREAK
    if char in _ONE_FORM:
        return _ONE_FORM[char]
    code = ord(char)
    if 0xFF01 <= code <= 0xFF5E:
        return chr(code - 0xFEE0)
    if 0x3300 <= code <= 0x33FF:
        return unicodedata.normalize("NFKC", char)
    return char
