"""Years in a text of figures: "in 2025", "2025年", "(2025)", "ปี 2568"; taken off before its numbers are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.measures.characters import even
from bot.domain.measures.lexicon import Role, lexicon

FIRST, LAST = 1950, 2059
_BUDDHIST = 543
_BEFORE = """
    in for of during year fy the en dans pour année l'année annee an au de del el em no na o ano año para durante im
    jahr für von nel nell'anno anno в за год pada untuk tahun ใน ปี ในปี พ.ศ. พ.ศ ค.ศ. عام سنة العام في لعام لسنة للعام
    वर्ष सन् सन साल सन्‌ năm trong
"""
_POINTS = """
    by until till before since from than against versus vs baseline base target bis seit ab gegenüber d'ici depuis
    avant jusqu'en à dès desde hasta antes até до с к после против sejak hingga sampai sebelum من حتى منذ إلى
    से तक देखि सम्म
"""
_POINTING = re.compile(
    rf"(?:(?<![^\W\d_])(?:{'|'.join(map(re.escape, _POINTS.split()))})\s*|[自至到比较較从])"
    rf"(?:\b(?:in|the|year|en|l'an|el|año|to)\s+)*$"
)
"""What stands before a year that is not the figure's own: "by 2030", "than 2007"."""
_AFTER = "г. г года году год में मा को साल सालमा वर्ष"
_AFTER_UNSPACED = "年度の 年度は 年度 年の 年は 年 년도에는 년도 년에는 년에 년"
_WORDS_BEFORE = "|".join(sorted(map(re.escape, _BEFORE.split()), key=len, reverse=True))
_WORDS_AFTER = "|".join(map(re.escape, _AFTER.split()))
_SIGNS_AFTER = "|".join(_AFTER_UNSPACED.split())
_YEAR = re.compile(
    rf"""(?P<before>(?:(?<![^\W\d_])(?:{_WORDS_BEFORE})\s*)*)
         (?<![0-9])(?<![0-9][.,])(?P<year>[0-9]{{4}})(?P<more>[/–-][0-9]{{2}}(?:[0-9]{{2}})?)?(?![0-9])(?![.,/-][0-9])
         (?P<after>\s?(?:{_SIGNS_AFTER}|(?:{_WORDS_AFTER})(?![^\W\d_])))?""",
    re.VERBOSE,
)
_WORD_BEFORE = re.compile(r"([^\W\d_]+)[.,]?\s*$")
_OPEN, _CLOSE = "([（【", ")]）】"
_BLOCKS = {Role.UNIT, Role.PERCENT, Role.TIMES, Role.POINTS, Role.PER_MILLE}
_WORDS = {Role.FILLING, Role.AND, Role.TO}


@dataclass(frozen=True, slots=True)
class ToldYear:
    """A year and the place of all that says it; `value` is None for two years as one (2024/25)."""

    start: int
    end: int
    value: int | None
    certain: bool
    """Whether its words say that it is a year, not only its size."""


def years(text: str) -> tuple[ToldYear, ...]:
    """The years of a text, in order. A number with a unit is none."""
    plain = even(text)
    return tuple(year for found in _YEAR.finditer(plain) if (year := _year(plain, found)) is not None)


def _year(plain: str, found: re.Match[str]) -> ToldYear | None:
    value = int(found["year"])
    before, after = found["before"].strip(), found["after"]
    if before.split(" ")[-1].endswith(("ปี", "พ.ศ.", "พ.ศ")) and FIRST <= value - _BUDDHIST <= LAST:
        value -= _BUDDHIST
    if not FIRST <= value <= LAST:
        return None
    start, end = found.start(), found.end()
    if _POINTING.search(plain[:start]):
        return None
    month = _WORD_BEFORE.search(plain[:start])
    if month and Role.DATE in lexicon().phrases.get(month[1], ()):
        start = month.start()
    bracketed = start > 0 and plain[start - 1] in _OPEN and end < len(plain) and plain[end] in _CLOSE
    if bracketed:
        start, end = start - 1, end + 1
    elif not after and _is_amount(plain[end:]):
        return None
    certain = bool(before or after or found["more"] or bracketed or plain[end : end + 1] == ":")
    return ToldYear(start, end, None if found["more"] else value, certain)


def _is_amount(following: str) -> bool:
    """Whether a unit or a percent sign comes next."""
    following = following.lstrip()
    known = lexicon().longest(following, 0) if following else None
    return known is not None and bool(known[1].keys() & _BLOCKS) and not known[1].keys() & _WORDS
