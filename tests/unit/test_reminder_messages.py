"""Reminders as messages: one a person and local day, and only while it is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from owing import ALWAYS, BEFORE, LAST, MAYA, NINE, OFFICE, TO_DEV, TO_MAYA, TO_OFFICE, a_debt, at, owes, year

from bot.domain.reminder_rules import Step
from bot.domain.reminders import (
    NOBODY,
    Needless,
    Nudge,
    Owed,
    Pause,
    Promise,
    Why,
    debts,
    due,
    still_wanted,
    what_will_go_out,
)

# One message a person and local day


def test_several_cities_and_rules_of_a_day_are_one_message_at_the_earliest_hour() -> None:
    patan, lalitpur = owes(BEFORE), owes(replace(BEFORE, at=time(11)), city="lalitpur")
    (reminder,) = year(lalitpur, patan)
    assert (reminder.person, reminder.day, reminder.at) == (MAYA, date(2026, 9, 16), at("2026-09-16 09:00"))
    assert {debt.city for debt in reminder.debts} == {"patan", "lalitpur"}
    assert reminder.key == "rem:11:2026-09-16"


def test_of_several_rules_about_one_report_the_newest_speaks_and_the_others_go_along() -> None:
    (reminder,) = year(owes(BEFORE, replace(BEFORE, id="noon", at=time(12))))
    assert [debt.rule for debt in reminder.debts] == ["noon"]
    assert [debt.rule for debt in reminder.overtaken] == ["two-weeks"]
    assert reminder.at == at("2026-09-16 09:00")


def test_a_city_where_nobody_can_be_reminded_is_planned_and_never_due() -> None:
    nobody = (replace(TO_MAYA, person=NOBODY),)
    cities = owes(BEFORE, people=nobody), owes(BEFORE, city="lalitpur", people=nobody)
    assert [reminder.debts[0].city for reminder in year(*cities)] == ["patan", "lalitpur"]
    assert due(cities, at("2026-09-16 09:00"), frozenset(), frozenset()) == []


def test_what_fell_due_while_we_were_down_is_said_for_two_days() -> None:
    moment = at("2026-09-16 09:00")
    for hours, said in ((0, 1), (1, 1), (47.9, 1), (48, 0), (72, 0)):
        assert len(due([owes()], moment + timedelta(hours=hours), (), ())) == said
    assert due([owes()], moment - timedelta(seconds=1), (), ()) == []


def test_after_a_downtime_the_older_one_is_overtaken() -> None:
    owed = owes(BEFORE, replace(BEFORE, id="next-day", days=-13))
    (reminder,) = due([owed], at("2026-09-17 18:00"), (), ())
    assert [debt.rule for debt in reminder.debts] == ["next-day"]
    assert [debt.rule for debt in reminder.overtaken] == ["two-weeks"]


def test_nobody_is_woken_to_hear_what_was_missed() -> None:
    evening = at("2026-09-16 20:30")
    assert due([owes()], evening, (), ()) == []
    (reminder,) = due([owes()], at("2026-09-17 08:00"), (), ())
    assert reminder.day == date(2026, 9, 17)
    (planned, *_) = what_will_go_out([owes()], evening, ALWAYS[1])
    assert planned.at == at("2026-09-17 08:00")


def test_what_was_said_or_rests_is_not_due() -> None:
    moment = at("2026-09-16 09:30")
    (debt,) = due([owes()], moment, (), ())[0].debts
    assert due([owes()], moment, {debt.key}, ()) == []
    assert due([owes()], moment, (), (), {debt.key}) == []


def test_whoever_has_a_reminder_today_hears_the_rest_tomorrow_morning() -> None:
    today = frozenset({(MAYA, date(2026, 9, 16))})
    assert due([owes()], at("2026-09-16 12:00"), (), today) == []
    (reminder,) = due([owes()], at("2026-09-17 08:00"), (), today)
    assert reminder.day == date(2026, 9, 17)
    (planned, *_) = what_will_go_out([owes()], at("2026-09-16 12:00"), ALWAYS[1], messaged=today)
    assert (planned.at, planned.debts) == (at("2026-09-17 08:00"), reminder.debts)


def test_what_waited_for_two_days_is_not_said_any_more() -> None:
    owed = owes(replace(BEFORE, at=time(8)))
    two_days = frozenset((MAYA, date(2026, 9, day)) for day in (16, 17))
    assert list(what_will_go_out([owed], at("2026-09-16 08:30"), ALWAYS[1], messaged=two_days)) == []


def test_whoever_has_a_reminder_today_gets_no_nudge_later_either() -> None:
    nudged = replace(owes(LAST), nudges=(Nudge(1, "2026", at("2026-09-16 12:00"), OFFICE),))
    assert [d.why for d in due([nudged], at("2026-09-16 12:00"), (), ())[0].debts] == [Why.NUDGE]
    today = frozenset({(MAYA, date(2026, 9, 16))})
    for moment in ("2026-09-16 12:00", "2026-09-17 08:00"):
        assert due([nudged], at(moment), (), today) == []


def test_whoever_has_two_calendars_lives_by_the_one_of_their_city() -> None:
    both = (
        owes(BEFORE),
        owes(
            replace(BEFORE, to=Step.SECRETARIAT),
            city="lima",
            people=(replace(TO_OFFICE, person=MAYA),),
        ),
    )
    (reminder,) = year(*both)  # nine in the office is a quarter to three in Kathmandu
    assert (reminder.zone, reminder.at) == ("Asia/Kathmandu", at("2026-09-16 09:00"))


# Still wanted when it leaves


def test_what_is_due_is_wanted_at_its_moment() -> None:
    owed = owes(people=(TO_MAYA, TO_DEV))
    for debt in debts(owed, *ALWAYS):
        assert still_wanted(debt, owed, (), debt.at) is None


NOW = at("2026-09-16 09:01")
PROMISE = Promise(MAYA, "patan", "2026", date(2026, 9, 24), NINE, NOW)


@pytest.mark.parametrize(
    ("owed", "held", "now", "why"),
    [
        (None, (), NOW, Needless.REPORTED),
        (replace(owes(), people=(TO_DEV,)), (), NOW, Needless.LEFT),
        (owes(), (a_debt(owes()).key,), NOW, Needless.HELD),
        (replace(owes(), pauses=(Pause("2026", NOW),)), (), NOW, Needless.PAUSED),
        (replace(owes(), pauses=(Pause("2026", NOW, NOW),)), (), NOW, None),
        (replace(owes(), promises={MAYA: PROMISE}), (), NOW, Needless.PROMISED),
        (replace(owes(), quiet=frozenset({MAYA})), (), NOW, Needless.QUIET),
        (owes(BEFORE, replace(BEFORE, id="next", days=-13)), (), at("2026-09-17 09:00"), Needless.OVERTAKEN),
        (owes(BEFORE, replace(BEFORE, id="next", days=-13)), (), at("2026-09-17 08:59"), None),
        (owes(LAST), (), NOW, None),
    ],
    ids=[
        *("reported", "left", "held", "paused", "goes on", "asked for a day", "wishes quiet"),
        *("a newer one is due", "a newer one is not due yet", "its rule is gone"),
    ],
)
def test_what_happened_meanwhile_makes_it_needless(
    owed: Owed | None, held: tuple[str, ...], now: datetime, why: Needless | None
) -> None:
    assert still_wanted(a_debt(owes()), owed, held, now) is why


def test_a_sign_after_it_was_written_spares_the_deputy() -> None:
    owed = owes(people=(TO_MAYA, TO_DEV))
    debt = a_debt(owed, "deputies")
    assert still_wanted(debt, replace(owed, last_sign=debt.at), (), debt.at) is Needless.ANSWERED


def test_another_day_that_was_asked_for_takes_the_place_of_the_first() -> None:
    promised = replace(owes(), promises={MAYA: PROMISE})
    debt = a_debt(promised, "later")
    assert still_wanted(debt, promised, (), debt.at) is None
    other = replace(promised, promises={MAYA: replace(PROMISE, day=date(2026, 9, 25))})
    assert still_wanted(debt, other, (), debt.at) is Needless.PROMISED
    assert still_wanted(debt, owes(), (), debt.at) is Needless.PROMISED


def test_a_nudge_of_the_same_day_does_not_silence_the_message_before_it() -> None:
    """Whoever has a reminder that day gets no nudge, so that nobody would speak."""
    debt = a_debt(owes())
    nudged = replace(owes(), nudges=(Nudge(1, "2026", at("2026-09-16 12:00"), OFFICE),))
    assert still_wanted(debt, nudged, (), at("2026-09-16 12:05")) is None
