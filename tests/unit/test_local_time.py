"""Local hours as moments: gaps, folds, and days that a zone left out."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.cycles import start_of_day
from bot.domain.local_time import local_day, moment_at, place_of

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Asia/Kathmandu", "2026-05-12", "09:00", "2026-05-12 03:15"),
        ("UTC", "2026-05-12", "09:00", "2026-05-12 09:00"),
        ("Pacific/Kiritimati", "2026-05-12", "09:00", "2026-05-11 19:00"),
    ],
)
def test_an_hour_is_counted_in_its_zone(zone: str, day: str, hour: str, utc: str) -> None:
    assert moment_at(date.fromisoformat(day), time.fromisoformat(hour), zone) == at(utc)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", "2026-03-29", "02:00", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29", "02:30", "2026-03-29 01:00"),
        ("Europe/Berlin", "2026-03-29", "03:00", "2026-03-29 01:00"),
        ("Australia/Lord_Howe", "2026-10-04", "02:15", "2026-10-03 15:30"),  # a gap of half an hour
        ("Africa/Cairo", "2026-04-24", "00:00", "2026-04-23 22:00"),  # a day without its midnight
        ("Antarctica/Troll", "2026-03-29", "01:00", "2026-03-29 01:00"),  # a gap of two hours
    ],
)
def test_an_hour_that_does_not_exist_is_the_first_moment_after_the_gap(
    zone: str, day: str, hour: str, utc: str
) -> None:
    assert moment_at(date.fromisoformat(day), time.fromisoformat(hour), zone) == at(utc)


@pytest.mark.parametrize(
    ("zone", "day", "hour", "utc"),
    [
        ("Europe/Berlin", "2026-10-25", "02:30", "2026-10-25 00:30"),
        ("America/Havana", "2026-11-01", "00:00", "2026-11-01 04:00"),
        ("America/Santiago", "2026-04-04", "23:30", "2026-04-05 02:30"),
    ],
)
def test_an_hour_that_comes_twice_is_the_first_of_the_two(zone: str, day: str, hour: str, utc: str) -> None:
    assert moment_at(date.fromisoformat(day), time.fromisoformat(hour), zone) == at(utc)


def test_a_day_that_was_left_out_begins_with_the_next_one() -> None:
    for hour in (time(0), time(9), time(23, 59)):
        assert moment_at(date(2011, 12, 30), hour, "Pacific/Apia") == at("2011-12-30 10:00")
    assert local_day(at("2011-12-30 10:00"), "Pacific/Apia") == date(2011, 12, 31)


def test_the_day_and_the_hour_there_are_those_of_its_clocks() -> None:
    assert local_day(at("2026-05-11 19:00"), "Pacific/Kiritimati") == date(2026, 5, 12)


def test_a_day_begins_where_the_day_before_ends() -> None:
    for zone in ("Africa/Cairo", "America/Havana", "America/Santiago", "Pacific/Apia"):
        for n in range(365):
            begin = start_of_day(date(2026, 1, 1) + timedelta(days=n), zone)
            assert local_day(begin, zone) == date(2026, 1, 1) + timedelta(days=n)
            assert local_day(begin - MINUTE, zone) == date(2026, 1, 1) + timedelta(days=n - 1)


def test_a_zone_that_is_none_is_refused() -> None:
    with pytest.raises(ZoneInfoNotFoundError):
        place_of("Asia/Katmandoo")


@settings(deadline=None)
@given(
    st.sampled_from(sorted(available_timezones())),
    st.dates(date(2005, 1, 1), date(2035, 1, 1)),
    st.times().map(lambda hour: hour.replace(second=0, microsecond=0)),
)
def test_it_is_the_first_minute_at_which_clocks_show_the_hour_or_a_later_one(
    zone: str, day: date, hour: time
) -> None:
    """Read off the clocks, minute by minute, and so without any rule of our own."""
    place, named = ZoneInfo(zone), datetime.combine(day, hour)
    found = moment_at(day, hour, zone)
    shown = [(found + n * MINUTE).astimezone(place).replace(tzinfo=None) for n in range(-26 * 60, 1)]
    assert shown[-1] >= named
    assert max(shown[:-1]) < named


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
