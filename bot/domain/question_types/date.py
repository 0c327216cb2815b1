"""A year, a month or a day, as people write them in many languages."""

from __future__ import annotations

import re
from datetime import date

from bot.domain.answers import Day, Value
from bot.domain.measures.characters import names
from bot.domain.question_types.base import (
    AskBack,
    Heard,
    NotUnderstood,
    Offer,
    Surroundings,
    Trouble,
    Understood,
)
from bot.domain.question_types.calendars import in_other_calendar
from bot.domain.question_types.month_names import folded, months
from bot.domain.questionnaires import Meaning, Step

FIRST_YEAR, LAST_YEAR = 1900, 2100
LONGEST = 100
MOST_OFFERS = 4

_NUMERIC = re.compile(r"(\d{1,4})\s?[-/.–]\s?(\d{1,4})(?:\s?[-/.–]\s?(\d{1,4}))?")
_EAST = re.compile(r"(\d{1,2})\s*[月월]")
_VIETNAMESE = re.compile(r"\b(?:thang|thg)\s*(\d{1,2})\b")
_DAY = re.compile(r"(\d{1,2})\s*[日일号號]|\b(\d{1,2})(?:st|nd|rd|th|er|e|o|º|ª)\b")
_CHINESE_YEAR = re.compile("[〇零一二三四五六七八九]{4}(?=年|$)")
_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE_SMALL = re.compile("([一二三]?)(十)?([一二三四五六七八九]?)(?=[月日号號])")
_TOKEN = re.compile(r"m\d\d(?!\d)|[qhst]\d(?!\d)|\d+|[^\W\d]+|[<>~+%≈≤≥=?$€#*&@^|]|^-")
"""Months, quarters and halves of a year, numbers, words, and signs that say more than the number behind them."""
_MONTH = re.compile(r"m(\d\d)")

_FILLING = names("""
    in the of on year de du en le la l an annee l'annee ano del el no do da em ao im jahr am tahun bulan tanggal
    pada nam ngay taon ng noong в г году год года за سنة عام في شهر वर्ष सन् सन साल वर्षको में সাল বছর সালে
    ปี เดือน วันที่ ค.ศ ค ศ คศ 年 年度 년 公元 西暦 西历 ad ce
""")
_LAST = names("""
    last_year l'annee_derniere annee_derniere l'an_dernier l'an_passe el_ano_pasado ano_pasado ano_passado
    o_ano_passado letztes_jahr tahun_lalu tahun_lepas nam_ngoai nam_truoc noong_nakaraang_taon в_прошлом_году
    прошлый_год العام_الماضي السنة_الماضية पिछले_साल पिछले_वर्ष गत_वर्ष गत_साल গত_বছর ปีที่แล้ว ปีก่อน 작년 지난해
    昨年 去年 前年度 上一年 上年
""")
_THIS = names("""
    this_year current_year cette_annee l'annee_en_cours este_ano dieses_jahr tahun_ini nam_nay ngayong_taon
    в_этом_году этот_год هذا_العام هذه_السنة इस_साल इस_वर्ष यस_वर्ष यो_वर्ष এই_বছর এ_বছর ปีนี้ 올해 금년 今年 本年
    今年度 本年度
""")
_NEXT = names("""
    next_year l'annee_prochaine l'an_prochain annee_prochaine el_ano_que_viene proximo_ano el_proximo_ano
    ano_que_vem nachstes_jahr tahun_depan nam_sau nam_toi sa_susunod_na_taon в_следующем_году العام_القادم अगले_साल
    अगले_वर्ष आगामी_वर्ष আগামী_বছর ปีหน้า 내년 来年 明年 下一年
""")


def read(step: Step, typed: str, around: Surroundings) -> Heard:
    """What was typed as a date. Years of other calendars, `05/06/2025` and `2024/25` are asked back; years of two
    digits are not guessed."""
    if len(typed) > LONGEST:
        return NotUnderstood((Trouble.NO_DATE,))
    text = " ".join(in_digits(folded(typed)).split())
    bare = text.strip(" .,;:!()。")
    for words, years in ((_LAST, -1), (_THIS, 0), (_NEXT, 1)):
        if bare.replace(" ", "_") in words:
            return Understood(Day(str(around.today.year + years)), typed)
    elsewhere = in_other_calendar(bare, around.locale)
    if elsewhere is not None:
        return elsewhere
    bare = _without_filling(bare)
    if numeric := _NUMERIC.fullmatch(bare):
        return _numeric([part for part in numeric.groups() if part], typed)
    return _in_words(bare, typed)


def offers(step: Step, around: Surroundings) -> tuple[Offer, ...]:
    """The likely years: of a report those of its period and before, of a promise those to come."""
    this = around.today.year
    if step.question.means is Meaning.DUE:
        fives = range(this + 5 - this % 5, this + 25, 5)
        years = sorted({this + 1, this + 2, *fives})
    else:
        told = [int(year) for year in re.findall(r"\d{4}", around.period)]
        latest = min(max(told, default=this), this)
        years = list(range(latest, latest - MOST_OFFERS, -1))
    return tuple(Offer(str(year)) for year in years[:MOST_OFFERS])


def value_of(code: str, so_far: Value | None) -> Value:
    return Day(code)


def fits(step: Step, value: Value) -> bool:
    return isinstance(value, Day)


def _numeric(parts: list[str], typed: str) -> Heard:
    """Two or three numbers between strokes, points or dashes."""
    numbers = [int(part) for part in parts]
    if len(parts[0]) == 4:
        if len(parts) == 2 and _are_two_years(parts):
            return _two_years(parts)
        if len(parts) == 2 and len(parts[1]) > 2:
            return NotUnderstood((Trouble.NO_DATE,))
        return _certain(_day(*numbers), typed)
    if len(parts[-1]) != 4:
        return NotUnderstood((Trouble.TWO_DIGIT_YEAR if len(parts) == 3 else Trouble.NO_DATE,))
    if len(parts) == 2:
        return _certain(_day(numbers[1], numbers[0]), typed)
    first, second, year = numbers
    possible = [_day(year, second, first), _day(year, first, second)]
    found = tuple(dict.fromkeys(day for day in possible if day is not None))
    if len(found) == 2:
        return AskBack(found, (Trouble.DAY_OR_MONTH,))
    return _certain(found[0] if found else None, typed)


def _are_two_years(parts: list[str]) -> bool:
    """`2024-2025` or `2024/25`; `2011/12` too, which may be a month."""
    first, second = int(parts[0]), int(parts[1])
    return len(parts[1]) == 4 or (len(parts[1]) == 2 and (second > 12 or second == (first + 1) % 100))


def _two_years(parts: list[str]) -> Heard:
    first = int(parts[0])
    second = int(parts[1]) if len(parts[1]) == 4 else first - first % 100 + int(parts[1])
    possible = [_day(second), _day(first)]
    if int(parts[1]) <= 12:
        possible.append(_day(first, int(parts[1])))
    found = tuple(day for day in possible if day is not None)
    return AskBack(found, (Trouble.TWO_YEARS,)) if found else NotUnderstood((Trouble.YEAR_OUT_OF_RANGE,))


def _in_words(text: str, typed: str) -> Heard:
    """A year with or without the name of a month and a day, in any order, perhaps among other words."""
    tokens = _TOKEN.findall(with_months(text))
    years = [int(token) for token in tokens if token.isdecimal() and len(token) == 4]
    named = [int(month.group(1)) for token in tokens if (month := _MONTH.fullmatch(token))]
    small = [int(token) for token in tokens if token.isdecimal() and len(token) <= 2]
    others = [token for token in tokens if not token.isdecimal() and not _MONTH.fullmatch(token)]
    if not years:
        is_short = len(tokens) == 1 and small
        return NotUnderstood((Trouble.TWO_DIGIT_YEAR if is_short else Trouble.NO_DATE,))
    if len(years) == 2 and not named and not small:
        return _two_years([str(year) for year in years])
    strange = len(years) > 1 or len(named) > 1 or len(small) > len(named)
    if strange or any(token.isdecimal() and len(token) not in (1, 2, 4) for token in tokens):
        return NotUnderstood((Trouble.NO_DATE,))
    day = _day(years[0], *named, *small)
    if others and day is not None:
        return AskBack((day,), (Trouble.DATE_IN_WORDS,))
    return _certain(day, typed, years[0])


def _certain(day: Day | None, typed: str, year: int | None = None) -> Heard:
    if day is not None:
        return Understood(day, typed)
    known = year is None or FIRST_YEAR <= year <= LAST_YEAR
    return NotUnderstood((Trouble.NO_DATE if known else Trouble.YEAR_OUT_OF_RANGE,))


def _day(year: int, month: int | None = None, day: int | None = None) -> Day | None:
    """None where there is no such day, or not within the years that a promise or report can be about."""
    try:
        date(year, month or 1, 1 if day is None else day)
    except ValueError:
        return None
    if not FIRST_YEAR <= year <= LAST_YEAR or month == 0:
        return None
    return Day("-".join([str(year), *(f"{part:02}" for part in (month, day) if part is not None)]))


def in_digits(text: str) -> str:
    """Chinese numerals of years, months and days as digits: 二〇二五年六月三十日."""
    text = _CHINESE_YEAR.sub(lambda year: year.group().translate(_CHINESE_DIGITS), text)

    def small(found: re.Match[str]) -> str:
        tens, ten, ones = found.groups()
        if not (tens or ten or ones) or (tens and ones and not ten):
            return found.group()
        if not ten:
            return (tens or ones).translate(_CHINESE_DIGITS)
        return f"{(tens or '一').translate(_CHINESE_DIGITS)}{(ones or '〇').translate(_CHINESE_DIGITS)}"

    return _CHINESE_SMALL.sub(small, text)


def with_months(text: str) -> str:
    """Names of months as `m06`, and days without what is written behind them."""
    text = _EAST.sub(lambda found: f" m{int(found.group(1)):02} ", text)
    text = _VIETNAMESE.sub(lambda found: f" m{int(found.group(1)):02} ", text)
    text = _DAY.sub(lambda found: f" {found.group(1) or found.group(2)} ", text)
    for name, number in months().items():
        if name in text:
            text = re.sub(rf"(?<![^\W\d]){re.escape(name)}(?![^\W\d])", f" m{number:02} ", text)
    return _without_filling(text)


def _without_filling(text: str) -> str:
    """Without words that say nothing of which year it is: "in the year 2025"."""
    kept = [word for word in text.split(" ") if word.strip(".,") not in _FILLING]
    joined = " ".join(kept)
    return re.sub(r"(?<=\d)\s*(?:年度?|년|г\.?)(?!\w)|^(?:ปี|ค\.ศ\.?|公元|西暦)(?=\s?\d)", " ", joined).strip()
