"""Days to come, as officials in many cities write them."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.whens import Either, Found, read_when

TODAY = date(2026, 11, 21)  # a Saturday
THURSDAY = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("Thursday", THURSDAY),
        ("on thursday please", THURSDAY),
        ("jeudi", THURSDAY),
        ("Jeudi prochain", THURSDAY),
        ("周四", THURSDAY),
        ("下周四", THURSDAY),
        ("星期四", THURSDAY),
        ("木曜日", THURSDAY),
        ("목요일", THURSDAY),
        ("kamis", THURSDAY),
        ("thứ năm", THURSDAY),
        ("huwebes", THURSDAY),
        ("четверг", THURSDAY),
        ("الخميس", THURSDAY),
        ("बिहीबार", THURSDAY),
        ("วันพฤหัสบดี", THURSDAY),
        ("Donnerstag", THURSDAY),
        ("jueves", THURSDAY),
        ("quinta-feira", THURSDAY),
        ("Saturday", date(2026, 11, 28)),
        ("下周六", date(2026, 11, 28)),
        ("下周日", date(2026, 11, 29)),
        ("Sunday next week", date(2026, 11, 29)),
        ("today", TODAY),
        ("aujourd’hui", TODAY),
        ("今天", TODAY),
        ("tomorrow", date(2026, 11, 22)),
        ("demain", date(2026, 11, 22)),
        ("明天", date(2026, 11, 22)),
        ("พรุ่งนี้", date(2026, 11, 22)),
        ("besok", date(2026, 11, 22)),
        ("भोलि", date(2026, 11, 22)),
        ("the day after tomorrow", date(2026, 11, 23)),
        ("après-demain", date(2026, 11, 23)),
        ("后天", date(2026, 11, 23)),
        ("in 3 days", date(2026, 11, 24)),
        ("in three days", date(2026, 11, 24)),
        ("dans 3 jours", date(2026, 11, 24)),
        ("3天后", date(2026, 11, 24)),
        ("三天后", date(2026, 11, 24)),
        ("3日後", date(2026, 11, 24)),
        ("3 hari lagi", date(2026, 11, 24)),
        ("in a week", date(2026, 11, 28)),
        ("dans une semaine", date(2026, 11, 28)),
        ("2 weeks", date(2026, 12, 5)),
        ("两周后", date(2026, 12, 5)),
        ("next week", date(2026, 11, 23)),
        ("下周", date(2026, 11, 23)),
        ("la semaine prochaine", date(2026, 11, 23)),
        ("12 December", date(2026, 12, 12)),
        ("December 12", date(2026, 12, 12)),
        ("Dec. 12th", date(2026, 12, 12)),
        ("12 décembre", date(2026, 12, 12)),
        ("le 12 décembre 2026", date(2026, 12, 12)),
        ("12月12日", date(2026, 12, 12)),
        ("十二月五日", date(2026, 12, 5)),
        ("12 Disember", date(2026, 12, 12)),
        ("12 มกราคม", date(2027, 1, 12)),
        ("12 May", date(2027, 5, 12)),
        ("12 May 2028", date(2028, 5, 12)),
        ("2026-12-05", date(2026, 12, 5)),
        ("2026/12/5", date(2026, 12, 5)),
        ("١٢ ديسمبر", date(2026, 12, 12)),
        ("25/12", date(2026, 12, 25)),
        ("25.12.", date(2026, 12, 25)),
        ("12/25", date(2026, 12, 25)),
        ("12/12", date(2026, 12, 12)),
        ("the 30th", date(2026, 11, 30)),
        ("le 5", date(2026, 12, 5)),
        ("30号", date(2026, 11, 30)),
        ("20 November", date(2026, 11, 20)),
        ("29 February", date(2028, 2, 29)),
    ],
)
def test_a_day_is_read_as_it_was_meant(typed: str, day: date) -> None:
    assert read_when(typed, TODAY) == Found(day)


@pytest.mark.parametrize(
    ("typed", "day", "at"),
    [
        ("Thursday 9:30", THURSDAY, time(9, 30)),
        ("Thursday at 9", THURSDAY, time(9)),
        ("Thursday 3pm", THURSDAY, time(15)),
        ("Thursday 3 p.m.", THURSDAY, time(15)),
        ("jeudi à 14h30", THURSDAY, time(14, 30)),
        ("jeudi 9h", THURSDAY, time(9)),
        ("周四上午9点", THURSDAY, time(9)),
        ("周四下午3点", THURSDAY, time(15)),
        ("周四9点半", THURSDAY, time(9, 30)),
        ("목요일 9시", THURSDAY, time(9)),
        ("Kamis pukul 9", THURSDAY, time(9)),
        ("12 December 10:00", date(2026, 12, 12), time(10)),
        ("25.12. 9:00", date(2026, 12, 25), time(9)),
        ("2026-12-05 09:00", date(2026, 12, 5), time(9)),
        ("tomorrow at 8", date(2026, 11, 22), time(8)),
        ("tomorrow 8am", date(2026, 11, 22), time(8)),
        ("tomorrow 9", date(2026, 11, 22), time(9)),
        ("jeudi 14", THURSDAY, time(14)),
        ("后天下午三点", date(2026, 11, 23), time(15)),
        ("周四十点半", THURSDAY, time(10, 30)),
        ("明天十二点", date(2026, 11, 22), time(12)),
    ],
)
def test_an_hour_beside_it_is_read_too(typed: str, day: date, at: time) -> None:
    assert read_when(typed, TODAY) == Found(day, at)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("5/12", (date(2026, 12, 5), date(2027, 5, 12))),
        ("5.12.2026", (date(2026, 12, 5), date(2026, 5, 12))),
        ("Monday or Tuesday", (date(2026, 11, 23), date(2026, 11, 24))),
    ],
)
def test_what_may_be_two_days_is_asked_back(typed: str, days: tuple[date, ...]) -> None:
    assert read_when(typed, TODAY) == Either(days)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "soon",
        "never",
        "12",
        "when I can",
        "31 February",
        "not Friday",
        "5 May 99999999999",
        "99/99",
        "waste 0.95 kg",
        "как-нибудь",
        "改天",
        "x" * 500,
    ],
)
def test_what_names_no_day_is_not_guessed(typed: str) -> None:
    assert read_when(typed, TODAY) is None


@given(st.text(max_size=60), st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_no_text_at_all_makes_it_fail(typed: str, today: date) -> None:
    read_when(typed, today)


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(0, 6))
def test_a_day_of_the_week_is_the_next_one(today: date, number: int) -> None:
    english = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[number]
    found = read_when(english, today)
    assert isinstance(found, Found)
    assert found.day.weekday() == number
    assert 1 <= (found.day - today).days <= 7
