"""Numbers, dates and names of countries and languages as the reader writes them (CLDR, through Babel)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal

MINUS = "\N{MINUS SIGN}"
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
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
        number = format_decimal(
            Decimal(digits), format=f"#,##0.{'0' * places}" if places else "#,##0", locale=self.locale
        )
        space = "" if self.locale.language == "zh" and unit.startswith("%") else NARROW_SPACE
        sign = MINUS if sign == "-" else sign
        return f"{sign}{number}{space}{unit}" if unit else f"{sign}{number}"

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
            return format_date(day, "long", locale=self.locale)
        return format_skeleton("yMMMM", datetime(day.year, day.month, 1, tzinfo=UTC), locale=self.locale)

    def moment(self, moment: datetime) -> str:
        """A moment as its UTC date and time, for the secretariat."""
        return f"{format_date(moment, 'medium', locale=self.locale)} {moment:%H:%M} UTC"


@cache
def _english_countries() -> dict[str, str]:
    territories = Locale.parse("en").territories
    return {name.casefold(): code for code, name in territories.items() if code.isalpha() and len(code) == 2}
