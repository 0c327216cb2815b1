"""Reminders: when a rule speaks, and what falls due of a report that is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from owing import (
    AFTER,
    ALWAYS,
    BEFORE,
    BERLIN,
    CYCLE,
    DEPUTIES,
    KATHMANDU,
    LAST,
    MAYA,
    NINE,
    OFFICE,
    STEP_BY_STEP,
    TO_DEV,
    TO_MAYA,
    TO_OFFICE,
    a_debt,
    at,
    on,
    owes,
    spoken,
)

from bot.domain.reminder_rules import Anchor, DaysOff, Moves, QuietHours, ReminderRule, Step, Unless
from bot.domain.reminders import Calendar, Nudge, Pause, Promise, Recipient, debts, moment_of, next_waking

# When a rule speaks


def test_a_rule_speaks_at_the_local_hour_of_the_day_that_it_names() -> None:
    assert moment_of(BEFORE, CYCLE, KATHMANDU) == (date(2026, 9, 16), at("2026-09-16 09:00"))
    after_opening = ReminderRule("begin", 1, NINE, anchor=Anchor.OPENING)
    assert moment_of(after_opening, CYCLE, KATHMANDU) == (date(2026, 6, 2), at("2026-06-02 09:00"))


@pytest.mark.parametrize(
    ("moves", "arrives"), [(Moves.EARLIER, "2026-09-18 09:00"), (Moves.LATER, "2026-09-21 09:00")]
)
def test_a_weekend_moves_a_reminder_as_the_rule_says_and_its_name_stays(moves: Moves, arrives: str) -> None:
    named = date(2026, 9, 19)  # a Saturday
    assert moment_of(on(named, moves=moves), CYCLE, BERLIN) == (named, at(arrives, "Europe/Berlin"))


def test_days_off_of_one_year_and_of_every_year_are_days_of_rest() -> None:
    rests = replace(BERLIN, days_off=DaysOff(frozenset({date(2026, 9, 16)}), frozenset({(9, 15)})))
    assert moment_of(BEFORE, CYCLE, rests)[1] == at("2026-09-14 09:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("named", "moves", "off", "arrives"),
    [
        (date(2026, 6, 1), Moves.EARLIER, date(2026, 6, 1), date(2026, 6, 2)),
        (date(2026, 9, 30), Moves.LATER, date(2026, 9, 30), date(2026, 9, 29)),
        (date(2026, 10, 1), Moves.EARLIER, date(2026, 10, 1), date(2026, 10, 2)),
        (date(2026, 5, 29), Moves.LATER, date(2026, 5, 29), date(2026, 5, 28)),
    ],
    ids=["not before the opening", "not past the deadline", "not back into it", "not into the opening"],
)
def test_no_move_crosses_the_opening_or_the_deadline(
    named: date, moves: Moves, off: date, arrives: date
) -> None:
    rests = replace(BERLIN, days_off=DaysOff(frozenset({off})))
    expected = datetime.combine(arrives, NINE, ZoneInfo("Europe/Berlin"))
    assert moment_of(on(named, moves=moves), CYCLE, rests) == (named, expected)


def test_where_every_day_is_one_of_rest_a_reminder_stays_where_it_is() -> None:
    never = Calendar("Europe/Berlin", frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"}))
    assert moment_of(LAST, CYCLE, never)[1] == at("2026-09-30 09:00", "Europe/Berlin")


@pytest.mark.parametrize(
    ("hour", "arrives"),
    [
        (time(6), "2026-09-16 08:00"),
        (time(8), "2026-09-16 08:00"),
        (time(19, 59), "2026-09-16 19:59"),
        (time(20), "2026-09-17 08:00"),
        (time(23, 30), "2026-09-17 08:00"),
    ],
)
def test_a_quiet_hour_goes_to_the_end_of_the_quiet_hours(hour: time, arrives: str) -> None:
    assert moment_of(replace(BEFORE, at=hour), CYCLE, KATHMANDU)[1] == at(arrives)


def test_an_evening_before_the_weekend_goes_to_a_day_of_work() -> None:
    evening = on(date(2026, 9, 18), at=time(21))  # Friday; its quiet hours end on Saturday
    assert moment_of(evening, CYCLE, BERLIN)[1] == at("2026-09-18 08:00", "Europe/Berlin")
    later = replace(evening, moves=Moves.LATER)
    assert moment_of(later, CYCLE, BERLIN)[1] == at("2026-09-21 08:00", "Europe/Berlin")


def test_the_evening_of_the_deadline_is_not_said_the_morning_after() -> None:
    assert moment_of(replace(LAST, at=time(22)), CYCLE, BERLIN)[1] == at("2026-09-30 08:00", "Europe/Berlin")


def test_quiet_hours_at_noon_are_quiet_hours_too() -> None:
    siesta = replace(BERLIN, quiet=QuietHours(time(13), time(16)))
    assert moment_of(replace(BEFORE, at=time(14)), CYCLE, siesta)[1] == at(
        "2026-09-16 16:00", "Europe/Berlin"
    )


def test_an_hour_in_a_gap_does_not_wake_anybody() -> None:
    # Cairo leaves out the first hour of 24 April 2026; quiet hours begin right after.
    cairo = Calendar("Africa/Cairo", frozenset(), quiet=QuietHours(time(1), time(7)))
    cycle = replace(CYCLE, opens=date(2026, 4, 1), deadline=date(2026, 4, 24))
    assert moment_of(replace(LAST, at=time(0, 30)), cycle, cairo)[1] == at("2026-04-24 07:00", "Africa/Cairo")


def test_whoever_sleeps_while_the_clocks_go_back_wakes_at_the_end_that_is_still_to_come() -> None:
    # Berlin has the hour from two to three twice on 25 October 2026.
    owl = Calendar("Europe/Berlin", quiet=QuietHours(time(22), time(2, 30)))
    second = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 for the second time
    assert next_waking(second, owl) == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)
    first = datetime(2026, 10, 25, 0, 10, tzinfo=UTC)
    assert next_waking(first, owl) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_waking_hours_are_left_as_they_are() -> None:
    noon = at("2026-09-16 12:34")
    assert next_waking(noon, KATHMANDU) == noon
    assert next_waking(at("2026-09-16 20:00"), KATHMANDU) == at("2026-09-17 08:00")


# What falls due


def test_a_report_that_is_owed_brings_each_step_its_rules() -> None:
    everybody = owes(*STEP_BY_STEP, ReminderRule("office", 9, NINE, Step.SECRETARIAT))
    everybody = replace(everybody, people=(TO_MAYA, TO_DEV, TO_OFFICE))
    assert spoken(everybody) == [
        ("two-weeks", "09-16 09:00"),
        ("last-day", "09-30 09:00"),
        ("late", "10-02 09:00"),  # the third is a Saturday, when Nepal rests
        ("deputies", "10-07 09:00"),
        ("office", "10-09 09:00"),
    ]


def test_a_sign_of_the_city_spares_the_next_step_and_an_old_one_does_not() -> None:
    owed = owes(people=(TO_MAYA, TO_DEV))
    after_the_last_word = replace(owed, last_sign=at("2026-10-03 10:00"))
    assert "deputies" not in [debt.rule for debt in debts(after_the_last_word, *ALWAYS)]
    before_it = replace(owed, last_sign=at("2026-09-20 10:00"))
    assert "deputies" in [debt.rule for debt in debts(before_it, *ALWAYS)]


def test_a_sign_at_the_very_moment_of_the_last_word_is_none_yet() -> None:
    owed = owes(people=(TO_MAYA, TO_DEV))
    last_word = at("2026-10-02 09:00")
    said = [
        [debt.rule for debt in debts(replace(owed, last_sign=sign), *ALWAYS)]
        for sign in (last_word, last_word + timedelta(seconds=1))
    ]
    assert ["deputies" in rules for rules in said] == [True, False]


def test_a_step_that_is_written_to_at_the_same_moment_does_not_come_before() -> None:
    owed = owes(BEFORE, LAST, replace(DEPUTIES, days=0), people=(TO_MAYA, TO_DEV))
    since_two_weeks_before = replace(owed, last_sign=at("2026-09-20 10:00"))
    assert "deputies" not in [debt.rule for debt in debts(since_two_weeks_before, *ALWAYS)]


def test_of_several_focal_points_the_first_who_was_written_to_counts() -> None:
    far = Recipient(14, Step.FOCAL_POINTS, Calendar("America/Lima"), "en")
    owed = owes(LAST, DEPUTIES, people=(TO_MAYA, far, TO_DEV))
    answered = replace(owed, last_sign=at("2026-09-30 10:00"))  # while it is night in Lima
    assert "deputies" not in [debt.rule for debt in debts(answered, *ALWAYS)]


def test_a_rule_without_a_step_before_it_is_spared_by_a_sign_since_the_opening() -> None:
    alone = owes(replace(BEFORE, unless=Unless.ANSWERED))
    assert debts(replace(alone, last_sign=at("2026-06-01 00:01")), *ALWAYS) == []
    assert len(debts(replace(alone, last_sign=at("2026-05-31 23:59")), *ALWAYS)) == 1


def test_whoever_asks_for_a_day_hears_nothing_before_it_and_the_rules_after_it() -> None:
    promise = Promise(MAYA, "patan", "2026", date(2026, 9, 24), time(15), at("2026-09-15 10:00"))
    owed = replace(owes(), promises={MAYA: promise})
    assert spoken(owed) == [
        ("later", "09-24 15:00"),
        ("last-day", "09-30 09:00"),
        ("late", "10-02 09:00"),
    ]


def test_a_promise_past_a_deadline_that_moved_is_kept_on_its_day() -> None:
    promise = Promise(MAYA, "patan", "2026", date(2026, 10, 20), NINE, at("2026-09-15 10:00"))
    kept = a_debt(replace(owes(), promises={MAYA: promise}), "later")
    assert (kept.day, kept.at) == (date(2026, 10, 20), at("2026-09-30 09:00"))
    late = replace(promise, made_at=at("2026-10-05 10:00"))
    found = debts(replace(owes(), promises={MAYA: late}), *ALWAYS)
    assert [debt.at for debt in found] == [at("2026-10-20 09:00")]


def test_a_promise_is_kept_on_a_weekend_too() -> None:
    promise = Promise(MAYA, "patan", "2026", date(2026, 9, 26), NINE, at("2026-09-15 10:00"))
    assert spoken(replace(owes(), promises={MAYA: promise}))[0] == ("later", "09-26 09:00")


def test_whoever_is_there_for_two_steps_hears_once_what_they_asked_for() -> None:
    promise = Promise(MAYA, "patan", "2026", date(2026, 9, 24), NINE, at("2026-09-15 10:00"))
    owed = replace(owes(people=(TO_MAYA, replace(TO_MAYA, step=Step.DEPUTIES))), promises={MAYA: promise})
    assert [rule for rule, _ in spoken(owed)].count("later") == 1


def test_whoever_wishes_quiet_hears_the_last_one_what_they_asked_for_and_what_is_sent_by_hand() -> None:
    quiet = replace(owes(), quiet=frozenset({MAYA}))
    assert spoken(quiet) == [("last-day", "09-30 09:00")]
    nudged = replace(quiet, nudges=(Nudge(7, "2026", at("2026-09-12 12:00"), OFFICE),))
    assert spoken(nudged) == [("nudge-7", "09-12 12:00"), ("last-day", "09-30 09:00")]
    assert spoken(replace(owes(BEFORE, AFTER), quiet=frozenset({MAYA}))) == [("two-weeks", "09-16 09:00")]


def test_a_nudge_waits_for_the_morning_but_not_for_the_week() -> None:
    nudge = Nudge(7, "2026", at("2026-09-18 23:00"), OFFICE)  # Friday night; Saturday is the weekend
    owed = replace(owes(LAST, people=(TO_MAYA, TO_DEV)), nudges=(nudge,))
    assert spoken(owed) == [("nudge-7", "09-19 08:00"), ("last-day", "09-30 09:00")]


def test_what_falls_into_a_pause_is_not_owed() -> None:
    pause = Pause("2026", at("2026-09-10 00:00"), at("2026-09-30 09:00"))
    paused = replace(owes(), pauses=(pause,))
    assert spoken(paused) == [("last-day", "09-30 09:00"), ("late", "10-02 09:00")]
    assert spoken(replace(owes(), pauses=(replace(pause, until=None),))) == []


def test_a_moved_deadline_makes_new_debts_and_the_same_one_never() -> None:
    first = debts(owes(), *ALWAYS)
    moved = replace(owes(), cycle=CYCLE.until(date(2026, 10, 14)))
    again = debts(moved, *ALWAYS)
    assert {debt.key for debt in first}.isdisjoint(debt.key for debt in again)
    on_a_holiday = replace(
        TO_MAYA, calendar=replace(KATHMANDU, days_off=DaysOff(yearly=frozenset({(9, 16)})))
    )
    edited = debts(owes(people=(on_a_holiday,)), *ALWAYS)
    assert [debt.key for debt in edited] == [debt.key for debt in first]
    assert edited[0].at != first[0].at


def test_what_falls_due_is_asked_for_after_one_moment_until_another() -> None:
    promise = Promise(MAYA, "patan", "2026", date(2026, 9, 24), NINE, at("2026-09-15 10:00"))
    asked, by_rule = at("2026-09-24 09:00"), at("2026-09-30 09:00")
    owed = replace(owes(), promises={MAYA: promise})
    moments = [debt.at for debt in debts(owed, asked - timedelta(seconds=1), by_rule)]
    assert moments == [asked, by_rule]
    assert debts(owed, asked, by_rule - timedelta(seconds=1)) == []
