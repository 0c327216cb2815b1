"""Names of months in the languages of the network's cities, in full and short."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.domain.measures.characters import tidy, without_marks

_NAMES = (
    """
        january | jan | janvier | janv | enero | ene | janeiro | januar | januari | января | янв | январь |
        يناير | जनवरी | जन | জানুয়ারী | জানু | มกราคม | ม.ค | jänner | كانون الثاني
    """,
    """
        february | feb | février | févr | febrero | fevereiro | fev | februar | februari | pebrero | peb |
        февраля | февр | февраль | فبراير | फ़रवरी | फ़र | फेब्रुअरी | ফেব্রুয়ারী | ফেব | กุมภาพันธ์ | ก.พ
        | شباط | फरवरी | फेब्रुवरी
    """,
    """
        march | mar | mars | marzo | março | märz | mär | maret | mac | marso | марта | мар | март | مارس |
        मार्च | মার্চ | มีนาคม | มี.ค | آذار | mart
    """,
    """
        april | apr | avril | avr | abril | abr | апреля | апр | апрель | أبريل | अप्रैल | अप्रिल | এপ্রিল |
        এপ্রি | เมษายน | เม.ย | نيسان
    """,
    """
        may | mai | mayo | maio | mei | мая | май | مايو | मई | मे | মে | พฤษภาคม | พ.ค | أيار
    """,
    """
        june | jun | juin | junio | junho | juni | hunyo | hun | июня | июн | июнь | يونيو | जून | जुन | জুন
        | มิถุนายน | มิ.ย | حزيران
    """,
    """
        july | jul | juillet | juil | julio | julho | juli | julai | hulyo | hul | июля | июл | июль | يوليو
        | जुलाई | जुल | জুলাই | জুল | กรกฎาคม | ก.ค | تموز
    """,
    """
        august | aug | août | agosto | ago | agustus | agu | ogos | ogo | августа | авг | август | أغسطس |
        अगस्त | अग | अगस्ट | আগস্ট | আগ | สิงหาคม | ส.ค | آب
    """,
    """
        september | sep | septembre | sept | septiembre | setembro | set | setyembre | сентября | сент |
        сентябрь | سبتمبر | सितंबर | सित | सेप्टेम्बर | সেপ্টেম্বর | সেপ | กันยายน | ก.ย | أيلول | setiembre
        | सितम्बर
    """,
    """
        october | oct | octobre | octubre | outubro | out | oktober | okt | oktubre | октября | окт |
        октябрь | أكتوبر | अक्टूबर | अक्टू | अक्टोबर | অক্টোবর | অক্টো | ตุลาคม | ต.ค | تشرين الأول
    """,
    """
        november | nov | novembre | noviembre | novembro | nobyembre | nob | ноября | нояб | ноябрь | نوفمبر
        | नवंबर | नव | नोभेम्बर | নভেম্বর | নভে | พฤศจิกายน | พ.ย | nopember | تشرين الثاني | नवम्बर
    """,
    """
        december | dec | décembre | déc | diciembre | dic | dezembro | dez | dezember | desember | des |
        disember | dis | disyembre | декабря | дек | декабрь | ديسمبر | दिसंबर | दिस | डिसेम्बर | ডিসেম্বর |
        ডিসে | ธันวาคม | ธ.ค | كانون الأول | दिसम्बर
    """,
)
"""January first. In Chinese, Japanese, Korean and Vietnamese months have numbers."""


@cache
def months() -> Mapping[str, int]:
    """The number of each month by its name as `folded` makes it, the longest names first."""
    numbered = {
        folded(name).strip(): number for number, listed in enumerate(_NAMES, 1) for name in listed.split("|")
    }
    return {name: numbered[name] for name in sorted(numbered, key=len, reverse=True)}


def folded(text: str) -> str:
    """A text with ASCII digits and plain signs, without capitals and accents."""
    return without_marks(tidy(text).folded)
