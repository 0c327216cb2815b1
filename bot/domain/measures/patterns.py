"""What digits can be besides a number: dates, times, telephone numbers, fractions; and what is trimmed around one."""

from __future__ import annotations

import re

from bot.domain.measures.reading import Reason

_DATE = re.compile(r"(?<![0-9])[0-9]{1,4}([./-])[0-9]{1,2}\1(?:[0-9]{4}|[0-9]{1,2})(?![0-9])")
_TIME = re.compile(r"[0-9] ?[:：] ?[0-9]")
_FRACTION = re.compile(r"[0-9] ?[/⁄∕] ?[0-9]")
_PERSIAN_DECIMAL = re.compile(r"(?<![0-9/])([0-9]+)/([0-9]+)(?![0-9/])")
_PERSIAN_ZEROS = frozenset({0x6F0, 0x660})
_DIGIT_GROUPS = re.compile(r"^(?:tel\.?|\+)? ?[(]?\+?[0-9]+[)]?(?:[ -][(]?[0-9]+[)]?)*$")
_NOTE = re.compile(r"^([^(\[（【]*[^(\[（【 ]) ?[(\[（【][^()\[\]（）【】]*[)\]）】][.]?$")
_ALL_BRACKETED = re.compile(r"^[(\[（【]([^()\[\]（）【】]*)[)\]）】]$")
_ROUND_SUM = re.compile(r"(?<=[0-9])([.,])[-–—]{1,2}(?=[^0-9]*$)")
_RUPEES = re.compile(r"(?<=[0-9])/[-=]$")
_BRACKETED_UNIT = re.compile(r"/ ?[(（]([^()（）0-9]+)[)）]")
_INVERSE_UNIT = re.compile(r"·?([^\W\d_]+)\^-1")
_QUOTES = "'\"“”„«»‹›「」『』"


def no_number(text: str) -> Reason | None:
    """What a text with digits is instead of a number, if it is that."""
    if _TIME.search(text) or _DATE.search(text):
        return Reason.DATE_OR_TIME
    if _is_telephone(text):
        return Reason.TELEPHONE
    if _FRACTION.search(text):
        return Reason.FRACTION
    return None


def with_persian_decimal(text: str, zeros: frozenset[int]) -> str | None:
    """The text with `۳/۵` as 3.5, as Persian hands often write it; None where there is nothing of the kind."""
    if not zeros or not zeros <= _PERSIAN_ZEROS or text.count("/") != 1:
        return None
    changed = _PERSIAN_DECIMAL.sub(r"\1٫\2", text)
    return changed if changed != text else None


def trimmed(text: str) -> tuple[str, bool]:
    """Without quotation marks, full stop, note in brackets, question mark; and whether there was a doubt."""
    text = text.strip(" \n")
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    noted = False
    while text and text[-1] in ".;,。!…?*¿؟، ":
        noted = noted or text[-1] in "?*؟"
        text = text[:-1]
    bracketed = _ALL_BRACKETED.match(text)
    if bracketed:
        return bracketed.group(1).strip(), True
    note = _NOTE.match(text)
    return (note.group(1), True) if note else (text, noted)


def round_sum(text: str) -> tuple[str, bool]:
    """`1'200.–` and `1.200,-` say that there are no cents: the sign before the dash is the decimal sign."""
    changed = _ROUND_SUM.sub(r"\g<1>0", text)
    return changed, changed != text


def plain_units(text: str) -> str:
    """`kg/(cap·day)` and `mg l⁻¹` with plain strokes, and without the stroke that ends a sum of rupees (500/-)."""
    return _INVERSE_UNIT.sub(r"/\1", _BRACKETED_UNIT.sub(r"/\1", _RUPEES.sub("", text)))


def _is_telephone(text: str) -> bool:
    if not _DIGIT_GROUPS.match(text):
        return False
    digits = sum(char.isdigit() for char in text)
    parted = " " in text or "-" in text or "(" in text
    begins = text.lstrip("+( ").startswith("0")
    return (text.startswith("+") and digits >= 9) or (begins and digits >= 7) or (begins and parted)
