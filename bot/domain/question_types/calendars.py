"""Years of other calendars: shown in the common one and asked back, since their years begin on other days."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.answers import Day
from bot.domain.question_types.base import AskBack, Heard, NotUnderstood, Trouble

_YEAR = re.compile(r"\d{1,4}")
_ERAS: tuple[tuple[re.Pattern[str], Callable[[int], tuple[int, ...]]], ...] = (
    # Thai and Lao years begin in January since 1941, so one common year is certain.
    (re.compile(r"พ\.? ?ศ|ພ\.? ?ສ|佛暦|佛历|\bb\.?e\b"), lambda year: (year - 543,)),
    # Bikram Sambat begins in the middle of April.
    (re.compile(r"[बव]ि\.? ?सं|विक्रम|\bb\.?s\b|bikram|sambat"), lambda year: (year - 57, year - 56)),
    (re.compile("民[国國]"), lambda year: (year + 1911,)),
    (re.compile(r"令和|\breiwa\b"), lambda year: (year + 2018,)),
    (re.compile(r"平成|\bheisei\b"), lambda year: (year + 1988,)),
)
BUDDHIST = range(2440, 2700)
BIKRAM = range(2040, 2101)
"""In a Nepali's answer these are more likely years of their own calendar than of the far future."""
ISLAMIC = range(1300, 1500)


def in_other_calendar(text: str, locale: str) -> Heard | None:
    """The common years that a year of another calendar may be; None where the text names none. `text` is folded."""
    numbers = _YEAR.findall(text)
    if len(numbers) != 1:
        return NotUnderstood((Trouble.OTHER_CALENDAR,)) if any(era.search(text) for era, _ in _ERAS) else None
    year = int(numbers[0])
    for era, common in _ERAS:
        if era.search(text):
            return _asked(common(year))
    if year in BUDDHIST:
        return _asked((year - 543,))
    if year in BIKRAM and locale.replace("_", "-").split("-")[0] == "ne":
        return _asked((year - 57, year - 56, year))
    return NotUnderstood((Trouble.OTHER_CALENDAR,)) if year in ISLAMIC else None


def _asked(years: tuple[int, ...]) -> Heard:
    days = tuple(Day(str(year)) for year in years if 1900 <= year <= 2100)
    return AskBack(days, (Trouble.OTHER_CALENDAR,)) if days else NotUnderstood((Trouble.OTHER_CALENDAR,))
