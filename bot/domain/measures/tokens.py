"""A text cut into numbers, known words and the rest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum, auto

from bot.domain.measures.characters import Tidy, is_letter, is_unspaced
from bot.domain.measures.chinese import NUMERALS, read_chinese
from bot.domain.measures.lexicon import Lexicon, Role, Senses, cased_unit
from bot.domain.measures.literals import LITERAL

_DASHES = "-−–—"
_EXPONENT = re.compile(r"[eE]([+−-]?[0-9]{1,2})(?![0-9A-Za-z])| ?[x×*·] ?10\^([+−-]?[0-9]{1,2})(?![0-9])")
_BARE_POINT = re.compile(r"[.٫][0-9]+(?![0-9.,٫])")
_VULGAR = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8", "⅛": "0.125"}
_MULTIPLIERS = "千万萬亿億兆百만억조천백"
_TOUCHING = frozenset({Role.TIMES, Role.UNIT, Role.PERCENT, Role.POINTS})
"""What Latin letters may say right after a digit: 35kg, 1.2M."""


class Kind(Enum):
    NUMBER = auto()
    CHINESE = auto()
    VULGAR = auto()
    WORD = auto()
    DASH = auto()
    UNKNOWN = auto()
    BREAK = auto()


@dataclass(frozen=True, slots=True)
class Token:
    kind: Kind
    text: str
    start: int
    end: int
    senses: Senses = field(default_factory=dict)
    value: Decimal | None = None
    certain: bool = True
    exponent: int = 0

    def has(self, *roles: Role) -> bool:
        return any(role in self.senses for role in roles)

    @property
    def is_number(self) -> bool:
        return self.kind in (Kind.NUMBER, Kind.CHINESE, Kind.VULGAR)


def tokens(tidied: Tidy, lexicon: Lexicon) -> list[Token]:
    """Cuts a text from left to right, the longest known phrase first. Linear in the length of the text."""
    text = tidied.text
    cut: list[Token] = []
    at = 0
    while at < len(text):
        if text[at] == " ":
            at += 1
            continue
        token = _next(tidied, lexicon, at, cut[-1] if cut else None)
        if token.kind is Kind.UNKNOWN and cut and cut[-1].kind is Kind.UNKNOWN and cut[-1].end == at:
            before = cut.pop()
            token = Token(Kind.UNKNOWN, before.text + token.text, before.start, token.end)
        cut.append(token)
        at = token.end
    return cut


def _next(tidied: Tidy, lexicon: Lexicon, at: int, last: Token | None) -> Token:
    text, char = tidied.text, tidied.text[at]
    after_number = last is not None and (last.is_number or last.has(Role.TIMES))
    if char.isascii() and char.isdigit():
        found = lexicon.longest(tidied.folded, at)
        return _word(tidied, at, *found) if found else _number(text, at)
    if char in ".٫" and (at == 0 or not (is_letter(text[at - 1]) or text[at - 1] in ".,٫0123456789)")):
        point = _BARE_POINT.match(text, at)
        if point:
            value = Decimal("0." + point.group()[1:])
            return Token(Kind.VULGAR, point.group(), at, point.end(), value=value)
    if char in NUMERALS and not (after_number and char in _MULTIPLIERS):
        chinese = _chinese(tidied, lexicon, at)
        if chinese:
            return chinese
    if char in _VULGAR:
        return Token(Kind.VULGAR, char, at, at + 1, value=Decimal(_VULGAR[char]))
    known = lexicon.longest(tidied.folded, at)
    if known and not _is_glued(text, at, *known, last):
        return _word(tidied, at, *known)
    if char in _DASHES:
        return Token(Kind.DASH, char, at, at + 1)
    if char == "\n":
        return Token(Kind.BREAK, char, at, at + 1)
    return Token(Kind.UNKNOWN, text[at : _end_of_word(text, at)], at, _end_of_word(text, at))


def _number(text: str, at: int) -> Token:
    literal = LITERAL.match(text, at)
    assert literal is not None
    end, exponent = literal.end(), 0
    power = _EXPONENT.match(text, end)
    if power:
        exponent = int((power.group(1) or power.group(2)).replace("−", "-"))
        end = power.end()
    return Token(Kind.NUMBER, literal.group(), at, end, exponent=exponent)


def _word(tidied: Tidy, at: int, end: int, senses: Senses) -> Token:
    written = tidied.text[at:end]
    unit = cased_unit(written)
    if unit:
        senses = {**senses, Role.UNIT: unit}
    nothing_follows = end + 1 >= len(tidied.text) or not tidied.text[end + 1].isdigit()
    follows_on = is_letter(written[-1]) and not is_unspaced(written[-1]) and end - at > 1
    if end < len(tidied.text) and tidied.text[end] == "." and (follows_on or nothing_follows):
        end += 1  # the point of an abbreviation
    return Token(Kind.WORD, written, at, end, senses)


def _chinese(tidied: Tidy, lexicon: Lexicon, at: int) -> Token | None:
    found = lexicon.longest(tidied.folded, at)
    if found and found[0] - at > 1 and not found[1].keys() <= {Role.TIMES}:
        return None  # 千克, 百分之
    text, end = tidied.text, at
    while end < len(text) and text[end] in NUMERALS:
        if end > at:
            inside = lexicon.longest(tidied.folded, end)
            if inside and inside[0] - end > 1 and not inside[1].keys() <= {Role.TIMES}:
                break
        end += 1
    read = read_chinese(text[at:end])
    if read is None:
        return None
    return Token(Kind.CHINESE, text[at:end], at, end, value=read[0], certain=read[1])


def _is_glued(text: str, at: int, end: int, senses: Senses, last: Token | None) -> bool:
    """Whether a word of Latin letters touches digits in a way that no unit does: B12, 12a, 1st, 12h30."""
    if not is_letter(text[at]) or is_unspaced(text[at]):
        return False
    before = last is not None and last.is_number and last.end == at
    if before and (Role.TO in senses or not senses.keys() & _TOUCHING):
        return True
    after = end < len(text) and text[end].isdigit()
    return after and is_letter(text[end - 1]) and not _is_money(senses)


def _is_money(senses: Senses) -> bool:
    unit = senses.get(Role.UNIT, "")
    return unit == "Rs" or (len(unit) == 3 and unit.isupper())


def _end_of_word(text: str, at: int) -> int:
    if not is_letter(text[at]) or is_unspaced(text[at]):
        return at + 1
    end = at
    while end < len(text) and (is_letter(text[end]) or text[end].isdigit()) and not is_unspaced(text[end]):
        end += 1
    return end
