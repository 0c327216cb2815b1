"""Days to come, as people write them in many languages: "Thursday", "12 May", "in three days", "下周四 9点"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cache

from bot.domain.measures.characters import names
from bot.domain.question_types.date import in_digits, with_months
from bot.domain.question_types.month_names import folded

LONGEST = 100
MAY_BE_OVER = timedelta(days=60)
"""A day without a year that was so lately is that one, and over; an earlier one is meant for next year."""
FARTHEST = timedelta(days=1000)


@dataclass(frozen=True, slots=True)
class Found:
    """A day, and an hour where one was written. It may be over."""

    day: date
    at: time | None = None


@dataclass(frozen=True, slots=True)
class Either:
    """`5/6` may be two days: which one has to be asked."""

    days: tuple[date, ...]
    at: time | None = None


_WEEKDAYS = (
    """monday mon lundi lun lunes segunda segunda-feira montag senin isnin thu_hai lunes понедельник пн الاثنين
    الإثنين सोमवार सोमबार সোমবার วันจันทร์ 周一 星期一 礼拜一 週一 月曜日 月曜 월요일""",
    """tuesday tue tues mardi martes terca terca-feira dienstag selasa thu_ba вторник вт الثلاثاء मंगलवार मङ्गलबार
    মঙ্গলবার วันอังคาร 周二 星期二 礼拜二 週二 火曜日 火曜 화요일""",
    """wednesday wed mercredi mer miercoles quarta quarta-feira mittwoch rabu thu_tu miyerkules среда среду ср
    الأربعاء बुधवार बुधबार বুধবার วันพุธ 周三 星期三 礼拜三 週三 水曜日 水曜 수요일""",
    """thursday thu thur thurs jeudi jeu jueves quinta quinta-feira donnerstag kamis khamis thu_nam huwebes четверг чт
    الخميس गुरुवार बृहस्पतिवार बिहीबार বৃহস্পতিবার วันพฤหัสบดี วันพฤหัส 周四 星期四 礼拜四 週四 木曜日 木曜 목요일""",
    """friday fri vendredi ven viernes sexta sexta-feira freitag jumat jum'at jumaat thu_sau biyernes пятница пятницу
    пт الجمعة शुक्रवार शुक्रबार শুক্রবার วันศุกร์ 周五 星期五 礼拜五 週五 金曜日 金曜 금요일""",
    """saturday sat samedi sam sabado samstag sonnabend sabtu thu_bay суббота субботу сб السبت शनिवार शनिबार শনিবার
    วันเสาร์ 周六 星期六 礼拜六 週六 土曜日 土曜 토요일""",
    """sunday sun dimanche dim domingo sonntag minggu ahad chu_nhat linggo воскресенье вс الأحد रविवार आइतबार রবিবার
    วันอาทิตย์ 周日 周天 星期日 星期天 礼拜天 週日 日曜日 日曜 일요일""",
)
_AHEAD = (
    names(
        """today aujourd'hui hoy hoje heute hari_ini hom_nay ngayon сегодня اليوم आज আজ วันนี้ 今天 今日 오늘"""
    ),
    names("""tomorrow tmrw demain manana amanha morgen besok esok ngay_mai bukas завтра غدا غدًا कल भोलि আগামীকাল
    พรุ่งนี้ 明天 明日 내일"""),
    names("""day_after_tomorrow the_day_after_tomorrow apres-demain pasado_manana depois_de_amanha ubermorgen lusa
    ngay_kia послезавтра بعد_غد परसों पर्सि পরশু มะรืนนี้ มะรืน 后天 後天 明後日 모레"""),
)
_NEXT_WEEK = names("""next_week la_semaine_prochaine semaine_prochaine la_proxima_semana proxima_semana nachste_woche
    minggu_depan tuan_sau tuan_toi susunod_na_linggo на_следующей_неделе الأسبوع_القادم अगले_सप्ताह अर्को_हप्ता
    আগামী_সপ্তাহে สัปดาห์หน้า 下周 下星期 下個星期 来週 다음_주""")
_DAYS = names("""day days jour jours dia dias tag tage tagen hari ngay araw день дня дней يوم أيام ايام दिन দিন วัน 天
    日 일""")
_WEEKS = names("""week weeks semaine semaines semana semanas woche wochen minggu tuan linggo неделя недели неделю
    недель أسبوع اسبوع أسابيع सप्ताह हप्ता সপ্তাহ สัปดาห์ อาทิตย์ 周 星期 个星期 個星期 週間 주""")
_ONE = names("a an one un une una uno um uma ein eine einem einer satu mot isang одну один एक একটি 一 หนึ่ง")
_FEW = {
    **dict.fromkeys(names("two deux dos dois zwei dua hai dalawa два две दो दुई দুই สอง 两 二"), 2),
    **dict.fromkeys(names("three trois tres drei tiga ba tatlo три तीन তিন สาม 三"), 3),
    **dict.fromkeys(names("four quatre cuatro quatro vier empat bon четыре चार চার สี่ 四"), 4),
    **dict.fromkeys(names("five cinq cinco funf lima nam пять पाँच পাঁচ ห้า 五"), 5),
}
_NOT = names("not except pas sauf nicht bukan khong hindi не кроме ليس नहीं ไม่ 不 除 않")
_LATER_HALF = names(
    "pm p.m 下午 晚上 午後 오후 du_soir de_l'apres-midi de_la_tarde da_tarde nachmittags sore chieu"
)

_CLOCK = re.compile(r"(?<![\d./-])([01]?\d|2[0-3])(?::|h|\.(?=\d\d\b(?!\.)))([0-5]\d)(?![\d./-])")
_HOUR = re.compile(
    r"(?:(?:\bat|\ba|\bum|\bpukul|\bjam|\bluc|\bв|@)\s*)([01]?\d|2[0-3])(?:\s*(?:h|uhr|gio))?(?![\d:./-]|\s*(?:m\d\d|[^\W\d]))"
    r"|(?<!\d)([01]?\d|2[0-3])\s*(?:a\.?m\b|p\.?m\b|h\b|uhr\b|gio\b|点|點|时|時|시)(半)?"
)
_CHINESE_HOUR = re.compile("(?:([一二])?十([一二三四五六七八九])?|([零一二两三四五六七八九]))(?=[点點时時])")
_LAST_NUMBER = re.compile(r"(?<=[^\d\s./:-])\s([01]?\d|2[0-3])$")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{4}))?\.?(?!\d)")
_DAY_ALONE = re.compile(
    r"^(?:le|el|am|den|dia|ngay|tanggal|on|the|\s)*\s*(\d{1,2})(?:st|nd|rd|th|er|[日号號]|일|\.)?\s*$"
)
_MONTH = re.compile(r"m(\d\d)(?!\d)")


def read_when(typed: str, today: date, locale: str = "en") -> Found | Either | None:
    """The day (and hour) that somebody wrote; None where there is none in it.

    A day of the week is the next one after `today`; a day without a year is the coming one. `locale` is accepted for
    what a language writes in its own way and decides no order of day and month: that is asked.
    """
    if len(typed) > LONGEST:
        return None
    text = " ".join(in_digits(folded(typed)).split()).strip(" !?。")
    if any(_stands_in(word, text) for word in _forms(_NOT)):
        return None
    at, text = _without_hour(_CHINESE_HOUR.sub(_in_figures, text))
    found = _ahead(text, today) or _in_some_days(text, today)
    if found is not None:
        return Found(found, at or _hour_alone(text))
    days = _dates(text, today)
    if len(days) > 1:
        return Either(days, at)
    if days:
        return Found(days[0], at)
    weekdays = _weekdays(text, today)
    if len(weekdays) > 1:
        return Either(weekdays, at)
    found = weekdays[0] if weekdays else _next_week(text, today)
    return None if found is None else Found(found, at or _hour_alone(text))


def _without_hour(text: str) -> tuple[time | None, str]:
    """The hour of a text, and the text without it."""
    found = _CLOCK.search(text)
    if found is not None:
        hour, minute = int(found.group(1)), int(found.group(2))
    else:
        found = _HOUR.search(text)
        if found is None:
            return None, text
        hour, minute = int(found.group(1) or found.group(2)), 30 if found.group(3) else 0
    around = text[max(0, found.start() - 6) : found.end() + 20]
    if hour < 12 and (
        re.search(r"\dp\.?m\b", around) or any(_stands_in(word, around) for word in _LATER_HALF)
    ):
        hour += 12
    rest = f"{text[: found.start()]} {text[found.end() :]}"
    for word in _LATER_HALF:
        rest = rest.replace(word.replace("_", " "), " ")
    return time(hour, minute), " ".join(rest.split())


def _in_figures(hour: re.Match[str]) -> str:
    """A Chinese hour in figures: 十二点 as 12点."""
    digits = "零一二三四五六七八九"
    tens, ones, alone = hour.groups()
    if alone is not None:
        return str(digits.index(alone.replace("两", "二")))
    return str((digits.index(tens) if tens else 1) * 10 + (digits.index(ones) if ones else 0))


def _hour_alone(text: str) -> time | None:
    """The hour of "tomorrow 9": a number of its own at the end, where the day is told in words."""
    found = _LAST_NUMBER.search(text)
    return time(int(found.group(1))) if found is not None else None


def _ahead(text: str, today: date) -> date | None:
    # The longest first: "the day after tomorrow" holds "tomorrow".
    for days in (2, 1, 0):
        if any(_stands_in(word, text) for word in _forms(_AHEAD[days])):
            return today + timedelta(days=days)
    return None


def _in_some_days(text: str, today: date) -> date | None:
    """A number of days or weeks: "in 3 days", "2 weeks", "三天后"."""
    for unit, days in ((_WEEKS, 7), (_DAYS, 1)):
        for word in _forms(unit):
            for number in _numbers_before(word, text):
                ahead = timedelta(days=number * days)
                return today + ahead if ahead <= FARTHEST else None
    return None


def _numbers_before(word: str, text: str) -> Iterator[int]:
    end = "" if _is_unspaced(word) else r"(?![^\W\d])"
    for found in re.finditer(rf"(\d{{1,3}}|[^\W\d]+?)\s*个?{re.escape(word)}{end}", text):
        number = found.group(1)
        if number.isdecimal():
            # 5日 alone is a day of the month; so is 5日 behind a month.
            if word not in ("日", "일") or text[found.end() :].lstrip()[:1] in ("後", "后", "후"):
                yield int(number)
        elif number in _ONE and not (word in ("周", "星期", "日", "天") and "周一" in text):
            yield 1
        elif number in _FEW and not re.search("[周期拜]" + re.escape(number), text):
            yield _FEW[number]


def _dates(text: str, today: date) -> tuple[date, ...]:
    if iso := _ISO.search(text):
        return _valid(int(iso.group(1)), int(iso.group(2)), int(iso.group(3)))
    if numeric := _NUMERIC.search(text):
        first, second = int(numeric.group(1)), int(numeric.group(2))
        year = int(numeric.group(3)) if numeric.group(3) else None
        both = (*_day_of(today, year, second, first), *_day_of(today, year, first, second))
        return tuple(dict.fromkeys(both))
    named = with_months(text)
    if month := _MONTH.search(named):
        rest = f"{named[: month.start()]} {named[month.end() :]}"
        numbers = [int(number) for number in re.findall(r"\d+", rest)]
        years = [number for number in numbers if number >= 1000]
        small = [number for number in numbers if number <= 31]
        if len(small) != 1 or len(years) > 1 or len(small) + len(years) != len(numbers):
            return ()
        return _day_of(today, years[0] if years else None, int(month.group(1)), small[0])
    if alone := _DAY_ALONE.match(text):
        is_bare = text.strip().isdecimal()
        return () if is_bare else _next_such(int(alone.group(1)), today)
    return ()


def _day_of(today: date, year: int | None, month: int, day: int) -> tuple[date, ...]:
    if year is not None:
        return _valid(year, month, day)
    this = _valid(today.year, month, day)
    if this and this[0] >= today - MAY_BE_OVER:
        return this
    # 29 February may have to wait for some years.
    return next((found for later in range(1, 9) if (found := _valid(today.year + later, month, day))), ())


def _next_such(day: int, today: date) -> tuple[date, ...]:
    """The coming day of a month with this number."""
    for ahead in range(1, 63):
        coming = today + timedelta(days=ahead)
        if coming.day == day:
            return (coming,)
    return ()


def _valid(year: int, month: int, day: int) -> tuple[date, ...]:
    if not 2000 <= year <= 2100:
        return ()
    try:
        return (date(year, month, day),)
    except ValueError:
        return ()


def _weekdays(text: str, today: date) -> tuple[date, ...]:
    """The next such day (each, where several are named), or that of next week: 下周四, "Thursday next week"."""
    monday = _next_week(text, today)
    found = []
    for number, listed in enumerate(_WEEKDAYS):
        if any(_stands_in(word, text) for word in _forms(names(listed))):
            coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
            found.append(coming if monday is None else monday + timedelta(days=number))
    return tuple(found)


def _next_week(text: str, today: date) -> date | None:
    """The Monday of next week."""
    if any(_stands_in(word, text) for word in _forms(_NEXT_WEEK)):
        return today + timedelta(days=7 - today.weekday())
    return None


@cache
def _forms(words: frozenset[str]) -> tuple[str, ...]:
    """Words as they stand in a folded text, the longest first."""
    return tuple(sorted((folded(word.replace("_", " ")).strip() for word in words), key=len, reverse=True))


def _stands_in(word: str, text: str) -> bool:
    word = word.replace("_", " ")
    if _is_unspaced(word):
        return word in text
    return re.search(rf"(?<![^\W\d]){re.escape(word)}(?![^\W\d])", text) is not None


def _is_unspaced(word: str) -> bool:
    """Whether words of this script stand side by side without spaces."""
    return any(
        "\u0e00" <= char <= "\u0eff" or "\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7af"
        for char in word
    )
