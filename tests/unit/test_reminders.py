"""Reminders: when a rule speaks, to whom, and that each thing is said once, by day, and only while it is owed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.cycles import ReportingCycle
from bot.domain.reminder_rules import (
    Anchor,
    DaysOff,
    Moves,
    QuietHours,
    ReminderRule,
    ReminderRules,
    Step,
    Unless,
)
from bot.domain.reminders import (
    NOBODY,
    Calendar,
    Debt,
    Needless,
    Nudge,
    Owed,
    Pause,
    Promise,
    Recipient,
    Reminder,
    Why,
    debts,
    due,
    moment_of,
    next_waking,
    still_wanted,
    what_will_go_out,
)

NINE = time(9)
KATHMANDU = Calendar("Asia/Kathmandu", frozenset({"sat"}))
BERLIN = Calendar("Europe/Berlin")
# Monday 1 June to Wednesday 30 September 2026.
CYCLE = ReportingCycle("2026", {}, "2025", date(2026, 6, 1), date(2026, 9, 30), "progress")
MAYA, DEV, OFFICE = 11, 12, 13
TO_MAYA = Recipient(MAYA, Step.FOCAL_POINTS, KATHMANDU, "en")
TO_DEV = Recipient(DEV, Step.DEPUTIES, KATHMANDU, "fr")
TO_OFFICE = Recipient(OFFICE, Step.SECRETARIAT, Calendar("UTC"), "en")
BEFORE, AFTER = ReminderRule("two-weeks", -14, NINE), ReminderRule("late", 3, NINE)
LAST = ReminderRule("last-day", 0, NINE)
DEPUTIES = ReminderRule("deputies", 7, NINE, Step.DEPUTIES, unless=Unless.ANSWERED)
STEP_BY_STEP = (BEFORE, LAST, AFTER, DEPUTIES)
ALWAYS = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)


def at(text: str, zone: str = "Asia/Kathmandu") -> datetime:
    """`2026-09-16 09:00` there, as a moment."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def on(day: date, **more: object) -> ReminderRule:
    """A rule that names this day, at nine."""
    days = (day - CYCLE.deadline).days
    return replace(ReminderRule("rule", days, NINE), **more)  # type: ignore[arg-type]


def owes(*rules: ReminderRule, city: str = "patan", people: tuple[Recipient, ...] = (TO_MAYA,)) -> Owed:
    return Owed(city, CYCLE, ReminderRules("standard", rules or STEP_BY_STEP), people)


def spoken(owed: Owed) -> list[tuple[str, str]]:
    """Rules and local moments of a whole year, as one reads them."""
    zones = {person.person: ZoneInfo(person.calendar.zone) for person in owed.people}
    return [
        (debt.rule, f"{debt.at.astimezone(zones[debt.person]):%m-%d %H:%M}") for debt in debts(owed, *ALWAYS)
    ]


def a_debt(owed: Owed, rule: str = "two-weeks") -> Debt:
    return next(debt for debt in debts(owed, *ALWAYS) if debt.rule == rule)


def year(*owed: Owed, **known: object) -> list[Reminder]:
    return list(what_will_go_out(owed, *ALWAYS, **known))  # type: ignore[arg-type]


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
