"""Files of days of rest: their keys, and how a checked file becomes `DaysOff` of a country or of cities."""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from collections.abc import Mapping
from typing import Annotated

from bot.content.checked_files import read_checked
from bot.content.fields import CityRef, Country, Localised, Read, day, text, wrong
from bot.content.parsed import HolidaysContent, Reference
from bot.content.problems import Report, did_you_mean, shown
from bot.content.schema import Part
from bot.content.typing_mistakes import named
from bot.content.yaml_tree import Tree
from bot.domain.reminder_rules import DaysOff

LONGEST_REST = 31
"""Days of one range: more is a slip in a year or a month."""
LEAP_YEAR, DAYS_OF_A_LEAP_YEAR = 2000, 366
RANGE = re.compile(r"(\S+)\s+(?:to|until|till|[-–—])\s+(\S+)|([\d-]+)\s*(?:\.{2,3}|[–—])\s*([\d-]+)")
MONTH_AND_DAY = re.compile(r"(\d{1,2})-(\d{1,2})")
TURNED = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
WHOLE_DATE = re.compile(r"\d{4}-(\d{1,2}-\d{1,2})")
ONE_DAY = datetime.timedelta(days=1)


def _ends(value: object, example: str) -> tuple[str, str]:
    """The first and the last day of an item as they are typed: one day, two with `to`, or `{from, to}`."""
    if isinstance(value, Mapping):
        return _from_and_to(value, example)
    typed = text(value, f"a day such as {example}")
    found = RANGE.fullmatch(typed)
    if found is None:
        return typed, typed
    return found[1] or found[3], found[2] or found[4]


def _from_and_to(value: Mapping[str, object], example: str) -> tuple[str, str]:
    for key, item in value.items():
        if key not in ("from", "to"):
            # `2026-05-03: Constitution Day` reads well, and is a group of keys.
            cure = did_you_mean(key, ("from", "to")) or f"write `- {example}`, and its name behind a #"
            if len(value) == 1 and isinstance(item, str) and key[:1].isdigit():
                cure = f"write `- {key}   # {item}`"
            raise wrong("unknown-key", f"unknown key `{key}`, expected `from` and `to`", cure, (key,))
    for key in ("from", "to"):
        if key not in value:
            raise wrong("missing-key", f"the key `{key}` is missing", f"add `{key}: {example}`")
    return text(value["from"], f"a day such as {example}"), text(value["to"], f"a day such as {example}")


def _days(value: object) -> tuple[datetime.date, ...]:
    """`2026-05-03`, `2026-12-29 to 2027-01-03`, or `{from, to}`."""
    first, last = (_whole_day(typed) for typed in _ends(value, "2026-05-03"))
    if last < first:
        raise wrong("days", f"read {last}, but the first day is {first}", f"write `{last} to {first}`")
    return _each_day(first, (last - first).days + 1)


def _whole_day(typed: str) -> datetime.date:
    if MONTH_AND_DAY.fullmatch(typed):
        message = f"read {shown(typed)}, expected a day with its year"
        raise wrong("date", message, "write the year before it, or move the line to `yearly:`")
    return day(typed)


def _yearly(value: object) -> tuple[tuple[int, int], ...]:
    """`12-25`, `12-29 to 01-03`, or `{from, to}`, as months and days."""
    first, last = (_day_of_a_year(typed) for typed in _ends(value, "12-25"))
    count = (last - first).days % DAYS_OF_A_LEAP_YEAR + 1
    return tuple((each.month, each.day) for each in _each_day(first, count))


def _day_of_a_year(typed: str) -> datetime.date:
    found = MONTH_AND_DAY.fullmatch(typed)
    if found is None:
        cure = "write month and day, such as 12-25"
        if whole := WHOLE_DATE.fullmatch(typed):
            cure = f"write `{whole[1]}`, or move the line to `days:` if it is of this year alone"
        elif turned := TURNED.fullmatch(typed):
            cure = f"write month and day: {_in_order(int(turned[1]), int(turned[2])) or '12-25'}"
        raise wrong("date", f"read {shown(typed)}, expected a month and a day such as 12-25", cure)
    month, of_month = int(found[1]), int(found[2])
    if not 1 <= month <= 12:
        meant = _in_order(month, of_month)
        cure = f"write `{meant}`" if meant else "write the month as 01 to 12"
        raise wrong("date", f"read {shown(typed)}, but there is no month {found[1]}", cure)
    last = monthrange(LEAP_YEAR, month)[1]
    if not 1 <= of_month <= last:
        raise wrong("date", f"read {shown(typed)}, but that month has {last} days", "correct the day")
    return datetime.date(LEAP_YEAR, month, of_month)


def _in_order(first: int, second: int) -> str | None:
    """Two numbers as month and day, where only one order makes sense."""
    if second <= 12 < first <= 31:
        return f"{second:02}-{first:02}"
    return f"{first:02}-{second:02}" if first <= 12 < second <= 31 else None


def _each_day(first: datetime.date, count: int) -> tuple[datetime.date, ...]:
    if count > LONGEST_REST:
        message = f"read a rest of {count} days, expected at most {LONGEST_REST}"
        raise wrong("days", message, "correct one of the two days, or write the rest as several ranges")
    return tuple(first + number * ONE_DAY for number in range(count))


class HolidaysFile(Part):
    """A file of days of rest."""

    name: Localised | None = None
    country: Country | None = None
    cities: tuple[CityRef, ...] = ()
    days: tuple[Annotated[tuple[datetime.date, ...], Read(_days)], ...] = ()
    yearly: tuple[Annotated[tuple[tuple[int, int], ...], Read(_yearly)], ...] = ()

    def model_post_init(self, context: object) -> None:
        if self.country is not None and self.cities:
            message, cure = (
                "`country` says where already",
                "keep one of the two; the other is a file of its own",
            )
            raise wrong("either-or", message, cure, ("cities",))


def read_holidays(text: str, report: Report) -> HolidaysContent | None:
    """The days of rest of a file; None where it has an error."""
    read = read_checked(text, HolidaysFile, report)
    if read is None:
        return None
    tree, checked = read
    _check_whole(tree, report)
    if report.has_errors:
        return None
    days_off = DaysOff(
        frozenset(one for item in checked.days for one in item),
        frozenset(one for item in checked.yearly for one in item),
    )
    return HolidaysContent(
        places=(checked.country,) if checked.country is not None else checked.cities,
        days_off=days_off,
        references=tuple(
            Reference("city", city, *tree.position(("cities", number)), named(("cities", number)))
            for number, city in enumerate(checked.cities)
        ),
    )


def _check_whole(tree: Tree, report: Report) -> None:
    """Tells what is not there at all; keys with nothing after them are told already."""
    if not tree.has(("country",)) and not tree.has(("cities",)):
        cure = "add `country: JP`, or `cities:` with the ids of some"
        report.error("missing-key", "nothing says where these days are kept", cure)
    if not tree.has(("days",)) and not tree.has(("yearly",)):
        cure = "add `days: [2026-05-03]`, or `yearly: [12-25]`"
        report.error("missing-key", "there is no day in this file", cure)
