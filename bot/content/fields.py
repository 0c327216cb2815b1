"""The types of the keys in content files: from text as typed to a value, with a sentence where that fails."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Any, TypeAlias
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError, core_schema

from bot.content.names import is_language, meant_language
from bot.content.problems import did_you_mean, nearest, shown
from bot.domain.measures.literals import MOST_DECIMALS, MOST_DIGITS
from bot.domain.words import LocalText

YEAR = re.compile(r"1[89]\d\d|2[01]\d\d")
YEARS = re.compile(r"(\d{4})(?:\s*[-–—]\s*(\d{4}))?")
DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
FOREIGN_DATE = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})")
DECIMAL = re.compile(r"[+-]?\d+(\.\d+)?")
LONGEST_FIGURE = 60

MISTAKEN_COUNTRIES = {"UK": "GB", "EL": "GR"}


class EntryId(str):
    """The id of another entry."""


class CityId(EntryId):
    """The id of a city."""


class TopicId(str):
    """The id of a topic."""


class IndicatorId(str):
    """The id of an indicator."""


class PlaceName(str):
    """The id of a city of ours, or a free name."""


class Code(str):
    """A word from a closed list."""


def wrong(code: str, message: str, cure: str | None = None, at: tuple[str | int, ...] = ()) -> Exception:
    """The error of a field. `message` goes on after the key's name; `at` leads further inside the value."""
    return PydanticCustomError(
        "focal", "{message}", {"code": code, "message": message, "cure": cure, "at": at}
    )


@dataclass(frozen=True, slots=True)
class Read:
    """Marks a field as read by one of our own functions, without any conversion before it."""

    function: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: object, handler: object) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(self.function)


def text(value: object, expected: str = "a text") -> str:
    """A text with something in it, without blanks around it."""
    if isinstance(value, str):
        return value.strip()
    cure = "write one text, without brackets and hyphens"
    if isinstance(value, Mapping):
        cure = _in_quotes(value)
    raise wrong("type", f"read {shown(value)}, expected {expected}", cure)


def _in_quotes(value: Mapping[Any, Any]) -> str:
    """The cure for a text that its own colon made a group of keys."""
    for key, item in value.items():
        whole = f"{key}: {item}"
        if len(value) == 1 and isinstance(item, str) and len(whole) < LONGEST_FIGURE and '"' not in whole:
            return f'put the text in quotes: "{whole}"'
    return "put the whole text in double quotes"


def language(value: object) -> str:
    """A language tag such as `en`, `zh-Hant`, `hil`."""
    tag = text(value, "a language such as `en`")
    if not is_language(tag):
        meant = meant_language(tag)
        cure = f"did you mean `{meant}`?" if meant else "write its ISO 639 code in small letters"
        raise wrong("language", f"read {shown(tag)}, expected a language such as `en` or `zh`", cure)
    return tag


def localised(value: object) -> LocalText:
    """A text in the default language, or a map from language to text."""
    if isinstance(value, str):
        return LocalText.plain(value.strip())
    if not isinstance(value, Mapping):
        cure = "write one text, or `en:` and `zh:` below it"
        raise wrong("type", f"read {shown(value)}, expected a text or its languages", cure)
    texts: dict[str, str] = {}
    if len(value) == 1 and not _is_wide_spoken(only := str(next(iter(value)))):
        message = f"the colon after {shown(only)} makes it a key, expected a text or its languages"
        cure = _in_quotes(value) + (", or add `en:` beside it" if is_language(only) else "")
        raise wrong("colon", message, cure, (only,))
    for key, item in value.items():
        try:
            tag = language(key)
        except PydanticCustomError as error:
            context: dict[str, Any] = error.context or {}
            raise wrong("language", context["message"], context["cure"], (str(key),)) from None
        if not isinstance(item, str):
            raise wrong("type", f"read {shown(item)}, expected a text", None, (tag,))
        texts[tag] = item.strip()
    return LocalText(MappingProxyType(texts))


def _is_wide_spoken(tag: str) -> bool:
    """Whether a text in this language alone is likely: `- bus: 12 lines` is no text in Bus."""
    return len((meant_language(tag) or "").partition("-")[0]) == 2


def verbatim(value: object) -> str:
    """A text to the letter, with the blanks around it."""
    text(value)
    return str(value)


def localised_verbatim(value: object) -> LocalText:
    """A text in its languages, to the letter, with the blanks around it."""
    read = localised(value)
    if isinstance(value, Mapping):
        return LocalText(MappingProxyType({str(tag): str(value[tag]) for tag in read.by_language}))
    return LocalText.plain(str(value))


def year(value: object) -> int:
    """A year of the Common Era, 1800 to 2199."""
    typed = text(value, "a year such as 2007")
    if not YEAR.fullmatch(typed):
        raise wrong(
            "year", f"read {shown(typed)}, expected a year such as 2007", "write one year, in four digits"
        )
    return int(typed)


def years(value: object) -> str:
    """One year, or the first and the last."""
    if isinstance(value, list) and len(value) == 2 and all(isinstance(end, str) for end in value):
        raise wrong("years", "read a list, expected the first and the last year", f"write {'-'.join(value)}")
    typed = text(value, "a year or the first and the last")
    found = YEARS.fullmatch(typed)
    if found is None or not YEAR.fullmatch(found[1]) or (found[2] and not YEAR.fullmatch(found[2])):
        message = f"read {shown(typed)}, expected a year or the first and the last"
        raise wrong("years", message, "write only digits, such as 2004 or 2004-2008")
    first, last = found.groups()
    if last is not None and last < first:
        raise wrong("years", f"read {shown(typed)}, but {last} is before {first}", f"write {last}-{first}")
    return f"{first}-{last}" if last else first


def date(value: object) -> str:
    """A year, a month or a day: `2000`, `2000-08`, `2000-08-31`."""
    typed = text(value, "a date")
    found = DATE.fullmatch(typed)
    if found is None or not YEAR.fullmatch(found[1]):
        raise wrong("date", f"read {shown(typed)}, expected a date", _date_cure(typed))
    month, day = int(found[2] or 1), int(found[3] or 1)
    if not 1 <= month <= 12:
        raise wrong(
            "date", f"read {shown(typed)}, but there is no month {found[2]}", "write the month as 01 to 12"
        )
    last = monthrange(int(found[1]), month)[1]
    if not 1 <= day <= last:
        raise wrong("date", f"read {shown(typed)}, but that month has {last} days", "correct the day")
    return typed


def day(value: object) -> datetime.date:
    """A whole day: `2026-12-15`."""
    typed = date(value)
    if typed.count("-") < 2:
        raise wrong(
            "date", f"read {shown(typed)}, expected a day", f"write the day too, such as {typed[:4]}-12-15"
        )
    return datetime.date.fromisoformat(typed)


def _date_cure(typed: str) -> str:
    found = FOREIGN_DATE.fullmatch(typed)
    if found is not None:
        first, second, of = int(found[1]), int(found[2]), found[3]
        if second <= 12 < first <= 31:
            return f"write {of}-{second:02}-{first:02}"
        if first <= 12 < second <= 31:
            return f"write {of}-{first:02}-{second:02}"
    return "write it as year-month-day, such as 2000-08-31, 2000-08 or 2000"


def figure(value: object) -> str:
    """A figure as it is shown, with its unit: `-20 %`, `494`."""
    typed = text(value, "a figure such as -20 %")
    if not any(character.isdigit() for character in typed):
        raise wrong(
            "figure", f"read {shown(typed)}, expected a figure such as -20 %", "write words in `text` instead"
        )
    if len(typed) > LONGEST_FIGURE:
        raise wrong(
            "figure", f"read {shown(typed)}, expected only the figure", "write words in `text` instead"
        )
    return typed.replace("\u2212", "-")


def decimal(value: object) -> Decimal:
    """A plain number with a point: no unit, no separators of thousands, no more digits than a chat takes."""
    typed = text(value, "a number").replace("\u2212", "-")
    if DECIMAL.fullmatch(typed):
        whole, _, decimals = typed.lstrip("+-").partition(".")
        if len(whole) <= MOST_DIGITS and len(decimals) <= MOST_DECIMALS:
            return Decimal(typed)
        message = (
            f"read {shown(typed)}, expected at most {MOST_DIGITS} digits, and {MOST_DECIMALS} after the point"
        )
        raise wrong("number", message, "write it in a larger unit, or with fewer digits")
    cure = "write digits with a point, such as -51.38"
    if DECIMAL.fullmatch(typed.replace(",", ".")):
        cure = f'write "{typed.replace(",", ".")}" with a point'
    elif typed.endswith("%") and DECIMAL.fullmatch(typed[:-1].strip()):
        cure = f'write "{typed[:-1].strip()}", and the % in `unit`'
    raise wrong("number", f"read {shown(typed)}, expected a number", cure)


def country(value: object) -> str:
    """A country by its two letters (ISO 3166)."""
    typed = text(value, "a country such as `ID`")
    meant = MISTAKEN_COUNTRIES.get(typed.upper())
    if re.fullmatch(r"[A-Z]{2}", typed) and meant is None:
        return typed
    in_letters = re.fullmatch(r"[A-Za-z]{2}", typed) is not None
    cure = f"write `{meant or typed.upper()}`" if in_letters else _country_cure(typed)
    raise wrong("country", f"read {shown(typed)}, expected two capital letters", cure)


def _country_cure(name: str) -> str:
    from importlib.resources import files

    rows = (files("tzdata") / "zoneinfo" / "iso3166.tab").read_text(encoding="utf-8").splitlines()
    codes = {country: code for code, _, country in (row.partition("\t") for row in rows) if len(code) == 2}
    meant = nearest(name, tuple(country.casefold() for country in codes))
    code = next((code for country, code in codes.items() if country.casefold() == meant), None)
    return f"write `{code}`" if code else "write its two letters of ISO 3166, such as `ID` for Indonesia"


def time_zone(value: object) -> str:
    """A time zone of the IANA database."""
    typed = text(value, "a time zone such as `Asia/Jakarta`")
    try:
        ZoneInfo(typed)
    except (OSError, ValueError, KeyError):
        from zoneinfo import available_timezones

        known = sorted(available_timezones())
        by_town = [
            zone for zone in known if zone.casefold().endswith("/" + typed.casefold().replace(" ", "_"))
        ]
        cure = f"did you mean `{by_town[0]}`?" if by_town else did_you_mean(typed, known)
        raise wrong(
            "time-zone",
            f"read {shown(typed)}, expected a time zone such as `Asia/Jakarta`",
            cure or "write it as region/town, as in the IANA time zone list",
        ) from None
    return typed


def flag(value: object) -> bool:
    """Yes or no."""
    typed = text(value, "`true` or `false`").casefold()
    if typed in ("true", "yes"):
        return True
    if typed in ("false", "no"):
        return False
    raise wrong("flag", f"read {shown(value)}, expected yes or no", "write `true` or `false`")


def one_of(*codes: str, meant: Mapping[str, str] = MappingProxyType({})) -> Read:
    """A word from a closed list. `meant` has words that people write for some of them."""

    def read(value: object) -> Code:
        typed = text(value, f"one of {', '.join(codes)}")
        if typed not in codes:
            known = meant.get(typed.casefold())
            cure = f"write `{known}`" if known else did_you_mean(typed, codes) or "write one of these"
            raise wrong("choice", f"read {shown(typed)}, expected one of {', '.join(codes)}", cure)
        return Code(typed)

    return Read(read)


def _named(kind: type[str]) -> Read:
    def read(value: object) -> str:
        return kind(text(value))

    return Read(read)


Text: TypeAlias = Annotated[str, Read(text)]
Localised: TypeAlias = Annotated[LocalText, Read(localised)]
Verbatim: TypeAlias = Annotated[str, Read(verbatim)]
LocalisedVerbatim: TypeAlias = Annotated[LocalText, Read(localised_verbatim)]
Language: TypeAlias = Annotated[str, Read(language)]
Year: TypeAlias = Annotated[int, Read(year)]
Years: TypeAlias = Annotated[str, Read(years)]
Date: TypeAlias = Annotated[str, Read(date)]
Day: TypeAlias = Annotated[datetime.date, Read(day)]
Figure: TypeAlias = Annotated[str, Read(figure)]
Number: TypeAlias = Annotated[Decimal, Read(decimal)]
Country: TypeAlias = Annotated[str, Read(country)]
TimeZone: TypeAlias = Annotated[str, Read(time_zone)]
Flag: TypeAlias = Annotated[bool, Read(flag)]
EntryRef: TypeAlias = Annotated[EntryId, _named(EntryId)]
CityRef: TypeAlias = Annotated[CityId, _named(CityId)]
TopicRef: TypeAlias = Annotated[TopicId, _named(TopicId)]
IndicatorRef: TypeAlias = Annotated[IndicatorId, _named(IndicatorId)]
PlaceRef: TypeAlias = Annotated[PlaceName, _named(PlaceName)]
