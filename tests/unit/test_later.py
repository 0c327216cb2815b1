"""When somebody is reminded who says "later"."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import samples_reminding
from hypothesis import given
from hypothesis import strategies as st

from bot.content.loader import load
from bot.domain.later import Appointed, Moved, appointed, offered
from bot.domain.local_time import moment_at
from bot.domain.reminder_rules import DaysOff, QuietHours
from bot.domain.reminders import Calendar
from bot.domain.views.reminding import Reminded
from bot.texts.catalogues import languages
from bot.texts.renderer import Renderer

NEPAL = Calendar("Asia/Kathmandu", frozenset({"sat"}), DaysOff(frozenset({date(2026, 12, 4)})))
DEADLINE = date(2026, 12, 15)
NOON = datetime(2026, 12, 1, 6, 15, tzinfo=UTC)  # a Tuesday, noon in Kathmandu


def test_tomorrow_half_a_week_a_week_and_three_days_before_the_end_are_offered() -> None:
    found = offered(date(2026, 12, 1), DEADLINE, NEPAL)
    assert found == (date(2026, 12, 2), date(2026, 12, 6), date(2026, 12, 8), date(2026, 12, 12))


def test_no_day_behind_the_deadline_is_offered_and_on_its_day_only_this_one() -> None:
    assert offered(date(2026, 12, 13), DEADLINE, NEPAL) == (date(2026, 12, 14),)
    assert offered(DEADLINE, DEADLINE, NEPAL) == (DEADLINE,)
    assert len(offered(date(2026, 12, 20), DEADLINE, NEPAL)) == 3, "a late report may still come"


@pytest.mark.parametrize(
    ("wanted", "at", "had_one", "expected"),
    [
        (date(2026, 12, 3), None, False, Appointed(date(2026, 12, 3), time(9))),
        (
            date(2026, 12, 5),
            None,
            False,
            Appointed(date(2026, 12, 5), time(9)),
        ),  # a day of rest that they chose
        (date(2027, 1, 9), None, False, Appointed(DEADLINE, time(9), Moved.DEADLINE)),
        (date(2026, 12, 3), time(6), False, Appointed(date(2026, 12, 3), time(9), Moved.NIGHT)),
        (date(2026, 12, 1), None, False, Appointed(date(2026, 12, 1), time(13))),
        (date(2026, 12, 1), time(17, 30), False, Appointed(date(2026, 12, 1), time(17, 30))),
        (date(2026, 12, 1), time(11), False, Appointed(date(2026, 12, 1), time(13), Moved.OVER)),
        (date(2026, 11, 9), None, False, Appointed(date(2026, 12, 1), time(13), Moved.OVER)),
        (date(2026, 12, 1), time(17), True, Appointed(date(2026, 12, 2), time(17), Moved.HAD_ONE)),
    ],
)
def test_a_wish_becomes_a_day_and_an_hour(
    wanted: date, at: time | None, had_one: bool, expected: Appointed
) -> None:
    assert appointed(wanted, at, NOON, DEADLINE, NEPAL, had_one=had_one) == expected


ZONES = st.sampled_from(["Asia/Kathmandu", "Pacific/Apia", "America/Havana", "Europe/Paris", "UTC"])
QUIET = st.sampled_from([QuietHours(), QuietHours(time(18), time(10)), QuietHours(time(0), time(9, 30))])


@given(
    now=st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    zone=ZONES,
    quiet=QUIET,
    days=st.integers(-400, 400),
    until=st.none() | st.integers(0, 90),
    at=st.none() | st.times(),
    had_one=st.booleans(),
)
def test_it_always_lies_ahead_and_never_at_night(
    now: datetime, zone: str, quiet: QuietHours, days: int, until: int | None, at: time | None, had_one: bool
) -> None:
    calendar = Calendar(zone, quiet=quiet)
    today = now.astimezone(ZoneInfo(zone)).date()
    deadline = None if until is None else today + timedelta(days=until)
    found = appointed(today + timedelta(days=days), at, now, deadline, calendar, had_one=had_one)
    assert moment_at(found.day, found.at, zone) > now
    assert not quiet.holds(found.at)
    if deadline is not None and deadline > today:
        assert found.day <= deadline
    if had_one:
        assert found.day > today


@pytest.mark.parametrize("language", languages())
def test_a_reminder_is_one_short_message_in_every_language(knowledge: Path, language: str) -> None:
    library, renderer = load(knowledge).library, Renderer("focal_rehearsal_bot")
    for view in samples_reminding.samples(library):
        if isinstance(view, Reminded):
            assert len(renderer.render(view, language).texts) == 1
            most = 500 if len(view.lines) < 2 else 700
            assert len(renderer.plain(view, language)) < most
