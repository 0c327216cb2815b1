"""To which day a deadline may be moved, and which are offered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.more_time import LONGEST, NoSuchDay, hindrance, last_possible, offered

DEADLINE, BEFORE = date(2026, 12, 15), date(2026, 11, 20)
DAYS = st.dates(date(2020, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("deadline", "today", "days"),
    [
        (DEADLINE, BEFORE, ["2026-12-22", "2026-12-29", "2026-12-31"]),
        # Where the month is as good as over, it is the end of the next one.
        (date(2026, 12, 29), BEFORE, ["2027-01-05", "2027-01-12", "2027-01-31"]),
        (date(2027, 1, 30), BEFORE, ["2027-02-06", "2027-02-13", "2027-02-28"]),
        # A day that is one and the other is offered once.
        (date(2026, 11, 16), BEFORE, ["2026-11-27", "2026-11-30", "2026-12-04"]),
        (date(2026, 11, 23), BEFORE, ["2026-11-30", "2026-12-07"]),
        # From today on, where the deadline is over.
        (date(2026, 10, 1), BEFORE, ["2026-11-27", "2026-11-30", "2026-12-04"]),
    ],
)
def test_a_week_two_weeks_and_the_end_of_the_month_are_offered(
    deadline: date, today: date, days: list[str]
) -> None:
    assert [day.isoformat() for day in offered(deadline, today)] == days


@pytest.mark.parametrize(
    ("day", "today", "wrong"),
    [
        (DEADLINE, BEFORE, NoSuchDay.NOT_LATER),
        (date(2026, 12, 16), BEFORE, None),
        (date(2027, 3, 15), BEFORE, None),
        (date(2027, 3, 16), BEFORE, NoSuchDay.TOO_FAR),
        (date(2026, 12, 18), date(2026, 12, 18), None),
        (date(2026, 12, 17), date(2026, 12, 18), NoSuchDay.OVER),
        (date(2027, 3, 18), date(2026, 12, 18), None),
    ],
)
def test_the_new_day_is_later_not_over_and_at_most_ninety_days_away(
    day: date, today: date, wrong: NoSuchDay | None
) -> None:
    assert hindrance(day, DEADLINE, today) == wrong


@given(deadline=DAYS, today=DAYS)
def test_whatever_is_offered_is_possible(deadline: date, today: date) -> None:
    days = offered(deadline, today)
    assert 2 <= len(days) <= 3
    assert days == sorted(set(days))
    assert all(hindrance(day, deadline, today) is None for day in days)
    last = last_possible(deadline, today)
    assert hindrance(last, deadline, today) is None
    assert hindrance(last + timedelta(days=1), deadline, today) is NoSuchDay.TOO_FAR
    assert last - max(deadline, today) == LONGEST
