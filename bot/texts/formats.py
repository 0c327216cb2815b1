"""Numbers, dates and names of countries and languages as the reader writes them (CLDR, through Babel)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Context, Decimal, localcontext
from functools import cache
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_timedelta
from babel.numbers import format_decimal

from bot.domain.assessment import share_shown
from bot.texts.catalogues import languages

MINUS = "\N{MINUS SIGN}"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
LONGEST_TAIL = 6
WIDE = Context(prec=200)
FIGURE = re.compile(r"^([-+−]?)(\d+(?:\.\d+)?)\s*(.*)$")


class Formats:
    def __init__(self, interface: str) -> None:
        self.locale = Locale.parse(interface)

    def country(self, code: str) -> str:
        return str(self.locale.territories.get(code, code))

    def country_named(self, name: str) -> str | None:
        """The reader's name of the country that has this English name, or None where none has."""
        code = _english_countries().get(name.casefold())
        return self.country(code) if code is not None else None

    def language(self, tag: str) -> str:
        """The name of a language in the reader's."""
        try:
            return Locale.parse(tag, sep="-").get_display_name(self.locale) or tag
        except (UnknownLocaleError, ValueError):
            return str(self.locale.languages.get(tag, tag))

    def own_name(self, tag: str) -> str:
        """The name of a language in itself, with a capital where its script has them."""
        name = Locale.parse(tag, sep="-").get_display_name() or tag
        return name[:1].upper() + name[1:]

    def number(self, value: Decimal | int) -> str:
        return format_decimal(value, locale=self.locale, decimal_quantization=False).replace("-", MINUS)

    def figure(self, figure: str) -> str:
        """A figure as it stands in a file ("-32.4 %") with the reader's signs; other texts stay as they are."""
        found = FIGURE.match(figure.strip())
        if found is None:
            return figure
        sign, digits, unit = found.groups()
        # Digits after the point are part of the figure as it was told: 0.90 stays 0.90.
        places = len(digits.partition(".")[2])
        pattern = f"#,##0.{'0' * places}" if places else "#,##0"
        # Babel computes with the digits of the moment: it takes 28 of them, and fails for more.
        with localcontext(Context(prec=len(digits) + 1)):
            number = format_decimal(Decimal(digits), format=pattern, locale=self.locale)
        close = self.locale.language == "zh" and (unit.startswith("%") or not unit.isascii())
        space = "" if close else NARROW_SPACE
        sign = MINUS if sign == "-" else sign
        return f"{sign}{number}{space}{unit}" if unit else f"{sign}{number}"

    def told(self, value: Decimal, unit: str = "") -> str:
        """A number and its unit, with every digit that it was told with."""
        return self.figure(f"{value:f} {unit}".strip())

    def computed(self, value: Decimal, unit: str = "") -> str:
        """A number that was worked out of others, and its unit: of a long tail two places do, or as many as show that
        it is not nothing."""
        if -int(value.as_tuple().exponent) > LONGEST_TAIL:
            places = max(2, -value.adjusted())
            value = value.quantize(Decimal(1).scaleb(-places), context=WIDE).normalize(WIDE)
        return self.told(value, unit)

    def share(self, share: Decimal) -> str:
        """A share in per cent, never rounded up to what is not reached."""
        return self.figure(f"{share_shown(share).normalize():f} %")

    def when(self, moment: str) -> str:
        """A year, month or day as files write it ("2007", "2007-02", "2007-02-05"), or as it stands."""
        parts = moment.split("-")
        if not all(part.isdigit() for part in parts) or not 1 <= len(parts) <= 3:
            return moment
        if len(parts) == 1 or len(parts[1]) == 4:
            return moment.replace("-", "–")
        numbers = [int(part) for part in parts]
        try:
            day = date(numbers[0], numbers[1], numbers[2] if len(numbers) == 3 else 1)
        except ValueError:
            return moment
        if len(numbers) == 3:
            return self._day(day, "long")
        return format_skeleton("yMMMM", datetime(day.year, day.month, 1, tzinfo=UTC), locale=self.locale)

    def span(self, length: timedelta) -> str:
        """A length of time in words, to its largest unit: "3 days"."""
        return str(format_timedelta(length, locale=self.locale, threshold=1.5))

    def moment(self, moment: datetime) -> str:
        """A moment as its UTC date and time, for the secretariat."""
        return f"{self._day(moment, 'medium')} {moment:%H:%M} UTC"

    def moment_in(self, moment: datetime, zone: str) -> str:
        """A moment as the date and time of this zone."""
        there = moment.astimezone(ZoneInfo(zone))
        return f"{self._day(there, 'medium')} {there:%H:%M}"

    def weekday(self, day: date) -> str:
        """A day with its name: "Thursday, November 26, 2026"."""
        return self._day(day, "full")

    def short_day(self, day: date) -> str:
        """A day as it fits on a button: "Thu, Nov 26"."""
        midnight = datetime(day.year, day.month, day.day, tzinfo=UTC)
        return self._first(day, str(format_skeleton("MMMEd", midnight, locale=self.locale)))

    def _day(self, day: date, length: Literal["medium", "long", "full"]) -> str:
        return self._first(day, format_date(day, length, locale=self.locale))

    def _first(self, day: date, words: str) -> str:
        """A date in words. CLDR does not know that French has an ordinal for the first of a month alone."""
        return words.replace("1 ", "1er ", 1) if self.locale.language == "fr" and day.day == 1 else words


def bar(part: int, whole: int) -> str:
    """A share as five blocks of text; a full bar only where all of it is there, an empty one where nothing is."""
    filled = 5 * part // whole if whole else 0
    filled = max(filled, 1) if part else 0
    return "▰" * filled + "▱" * (5 - filled)


@cache
def _english_countries() -> dict[str, str]:
    territories = Locale.parse("en").territories
    return {name.casefold(): code for code, name in territories.items() if code.isalpha() and len(code) == 2}


def country_code(name: str) -> str | None:
    """The ISO 3166 code of a country, told by its name in a language of the interface or by the code itself."""
    wanted = name.strip()
    if wanted.upper() in _english_countries().values():
        return wanted.upper()
    return _countries().get(wanted.casefold())


@cache
def _countries() -> dict[str, str]:
    return {
        name.casefold(): code
        for language in languages()
        for code, name in Locale.parse(language).territories.items()
        if code.isalpha() and len(code) == 2
    }
