"""Hours of the day and spans of days, as the files of the reminders have them."""

from __future__ import annotations

import re
from datetime import time
from typing import Annotated, TypeAlias

from bot.content.fields import Read, text, wrong
from bot.content.problems import shown
from bot.domain.reminder_rules import QuietHours

LONGEST_SPAN = 366
"""Days."""
NIGHT, NOON = time(3), time(12)
HOUR = re.compile(r"(\d{1,2}):(\d{2})")
NEARLY_AN_HOUR = re.compile(
    r"(\d{1,2})\s*(?:[:.：h]\s*(\d{2})?(?:[:.]\d{2})?)?\s*(?:(a|p)\.?m\.?|o'?clock|uhr)?", re.I
)
HOURS = re.compile(r"([^-–—]+?)\s*(?:[-–—]|\bto\b)\s*([^-–—]+)")
SPAN = re.compile(r"(\d{1,5})\s*(days?|weeks?)", re.I)
NEARLY_A_SPAN = re.compile(r"[-+−]?\s*(\d{1,5})\s*([^\W\d_]*)\.?")
UNITS = (("d", 1), ("w", 7), ("mo", 30), ("y", 365))
"""How a unit begins that somebody wrote, and its days; months and years are meant roughly."""


def hour(value: object) -> time:
    """An hour of the day: `09:00`."""
    typed = text(value, "an hour such as 09:00")
    found = HOUR.fullmatch(typed)
    if found is None or int(found[1]) > 23 or int(found[2]) > 59:
        message = f"read {shown(typed)}, expected an hour such as 09:00"
        raise wrong("hour", message, f'write "{_meant_hour(typed) or "09:00"}"')
    return time(int(found[1]), int(found[2]))


def as_hour(at: time) -> str:
    return f"{at:%H:%M}"


def _meant_hour(typed: str) -> str | None:
    """The hour that somebody meant who wrote `9`, `9.30` or `6 pm`."""
    found = NEARLY_AN_HOUR.fullmatch(typed)
    if found is None:
        return None
    hours, minutes = int(found[1]), int(found[2] or 0)
    if found[3] is not None and 1 <= hours <= 12:
        hours = hours % 12 + (12 if found[3] in "pP" else 0)
    return f"{hours:02}:{minutes:02}" if hours <= 23 and minutes <= 59 else None


def read_quiet_hours(value: object) -> QuietHours:
    """From an hour in the evening to one in the morning: `20:00-08:00`. They hold the night and never noon."""
    typed = text(value, "two hours such as 20:00-08:00")
    found = HOURS.fullmatch(typed)
    if found is None:
        message = f"read {shown(typed)}, expected two hours such as 20:00-08:00"
        raise wrong("hours", message, 'write the evening first: "20:00-08:00"')
    quiet = QuietHours(hour(found[1]), hour(found[2]))
    if quiet.holds(NOON) or not quiet.holds(NIGHT):
        message = f"read {shown(typed)}, which are not the hours of the night"
        turned = f"{as_hour(quiet.end)}-{as_hour(quiet.begin)}"
        is_turned = QuietHours(quiet.end, quiet.begin).holds(NIGHT) and quiet.begin != quiet.end
        cure = f'write "{turned}"' if is_turned else 'write the evening first: "20:00-08:00"'
        raise wrong("hours", message, cure)
    return quiet


def span(value: object) -> int:
    """Days, from `14 days` or `2 weeks`: 0 to 366."""
    typed = text(value, "a span such as 14 days")
    found = SPAN.fullmatch(typed)
    if found is None:
        raise wrong("span", f"read {shown(typed)}, expected days or weeks", _span_cure(typed))
    days = int(found[1]) * (7 if found[2][0] in "wW" else 1)
    if days > LONGEST_SPAN:
        cure = f'write at most "{LONGEST_SPAN} days"'
        raise wrong("span", f"read {shown(typed)}, which is more than {LONGEST_SPAN} days", cure)
    return days


def _span_cure(typed: str) -> str:
    found = NEARLY_A_SPAN.fullmatch(typed)
    if found is None:
        return 'write digits and the unit, such as "14 days" or "2 weeks"'
    number, unit = int(found[1]), found[2].lower()
    if typed[0] in "-+−":
        return f'write "{number} {unit or "days"}": `before` and `after` say in which direction'
    if unit in ("h", "hour", "hours"):
        return f'write "{_counted(round(number / 24))}"; the hour stands in `at`'
    days = next((number * days for start, days in UNITS if unit.startswith(start)), None)
    return f'write "{_counted(number if days is None else days)}"'


def _counted(days: int) -> str:
    return "1 day" if days == 1 else f"{days} days"


Hour: TypeAlias = Annotated[time, Read(hour)]
Span: TypeAlias = Annotated[int, Read(span)]
