"""A run of Focal and its plan: random rules, zones, calendars and wishes, ticks of every stride, and downtimes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

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
    LOOK_BACK,
    NOBODY,
    WEEK,
    Calendar,
    Debt,
    Needless,
    Nudge,
    Owed,
    Pause,
    Promise,
    Recipient,
    Reminder,
    debts,
    due,
    next_waking,
    still_wanted,
    what_will_go_out,
)

QUARTER = timedelta(minutes=15)
DAY = timedelta(days=1)
ZONES = (
    *("UTC", "Asia/Kathmandu", "Europe/Berlin", "Africa/Cairo", "America/Santiago", "Australia/Lord_Howe"),
    *("Pacific/Chatham", "America/St_Johns", "Pacific/Kiritimati", "Africa/Casablanca", "America/Havana"),
)
# Clocks change near each of these days in one of the zones or more.
OPENINGS = tuple(
    date.fromisoformat(f"2026-{day}")
    for day in ("03-05", "03-26", "04-02", "04-21", "09-02", "10-22", "10-29", "06-10")
)
RESTED = settings(suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much], deadline=None)

hours = st.integers(0, 95).map(lambda n: time(n // 4, n % 4 * 15))
people = st.integers(1, 3)


@st.composite
def calendars(draw: st.DrawFn, opens: date) -> Calendar:
    begin, end = draw(
        st.sampled_from([(time(20), time(8)), (time(22), time(0)), (time(0), time(0)), (time(1), time(14))])
        | st.tuples(hours, hours)
    )
    off = draw(st.frozensets(st.integers(-2, 9), max_size=3))
    weekend = draw(st.frozensets(st.sampled_from(WEEK), max_size=3))
    days_off = DaysOff(frozenset(opens + n * DAY for n in off))
    quiet = QuietHours(begin, end)
    # Whoever sleeps more than eighteen hours a day cannot be told within forty-eight.
    assume(sum(quiet.holds(time(n // 4, n % 4 * 15)) for n in range(96)) <= 72)
    return Calendar(draw(st.sampled_from(ZONES)), weekend, days_off, quiet)


rules = st.builds(
    ReminderRule,
    id=st.just(""),
    days=st.integers(-5, 3),
    at=hours | st.just(time(9)),
    to=st.sampled_from([Step.FOCAL_POINTS, Step.FOCAL_POINTS, Step.DEPUTIES, Step.SECRETARIAT]),
    anchor=st.sampled_from(Anchor),
    unless=st.sampled_from(Unless),
    moves=st.sampled_from(Moves),
)


@st.composite
def towns(draw: st.DrawFn) -> tuple[list[Owed], datetime, datetime]:
    """What some cities owe in a cycle of a few days, and the time around it."""
    opens = draw(st.sampled_from(OPENINGS))
    begin = datetime.combine(opens - 2 * DAY, time(), UTC)
    moments = st.integers(0, 7 * 96).map(lambda n: begin + n * QUARTER)
    named = tuple(
        replace(rule, id=f"r{n}") for n, rule in enumerate(draw(st.lists(rules, min_size=1, max_size=6)))
    )
    lives = {person: draw(calendars(opens)) for person in range(4)}
    pauses = draw(st.lists(st.tuples(moments, st.integers(1, 200)), max_size=1))
    nudged = draw(st.lists(moments, max_size=1))
    found = []
    for number in range(draw(st.integers(1, 3))):
        cycle = ReportingCycle("c", {}, "2025", opens, opens + draw(st.integers(0, 5)) * DAY, "progress")
        who = draw(st.lists(st.tuples(people, st.sampled_from(Step)), min_size=1, max_size=3, unique=True))
        city = f"city-{number}"
        asked = draw(st.dictionaries(people, st.tuples(st.integers(0, 6), hours), max_size=1))
        found.append(
            Owed(
                *(city, cycle, ReminderRules("r", named)),
                tuple(Recipient(person, step, lives[person], "en") for person, step in who),
                last_sign=draw(st.none() | moments),
                promises={
                    person: Promise(person, city, "c", opens + days * DAY, hour, begin)
                    for person, (days, hour) in asked.items()
                },
                quiet=draw(st.frozensets(people, max_size=1)),
                pauses=tuple(Pause("c", since, since + length * QUARTER) for since, length in pauses),
                nudges=tuple(Nudge(n, "c", moment, 9) for n, moment in enumerate(nudged)),
            )
        )
    return found, begin, begin + 11 * DAY


def run(owed: Sequence[Owed], ticks: Iterable[datetime]) -> Iterator[tuple[datetime, Reminder]]:
    """What goes out of a real process with these ticks."""
    said: set[str] = set()
    messaged: set[tuple[int, date]] = set()
    for now in ticks:
        for reminder in due(owed, now, said, messaged):
            for debt in (*reminder.debts, *reminder.overtaken):
                assert debt.key not in said
                said.add(debt.key)
            assert (reminder.person, reminder.day) not in messaged
            messaged.add((reminder.person, reminder.day))
            yield now, reminder


def ticking(begin: datetime, end: datetime, stride: timedelta) -> Iterator[datetime]:
    while begin <= end:
        yield begin
        begin += stride


def lives_of(owed: Sequence[Owed]) -> dict[int, Calendar]:
    return {who.person: who.calendar for one in owed for who in one.people}


def is_quiet(moment: datetime, calendar: Calendar) -> bool:
    return calendar.quiet.holds(moment.astimezone(ZoneInfo(calendar.zone)).time())


@settings(RESTED, max_examples=25)
@given(towns())
def test_a_run_sends_what_the_plan_says_when_it_says_it(
    town: tuple[list[Owed], datetime, datetime],
) -> None:
    """All hours here are quarters, and so are all offsets, so that a tick a quarter is as good as one a minute."""
    owed, begin, end = town
    sent = [reminder for _, reminder in run(owed, ticking(begin, end, QUARTER))]
    planned = [one for one in what_will_go_out(owed, begin, end) if one.person != NOBODY]
    assert sorted(sent, key=lambda one: (one.at, one.person)) == sorted(
        planned, key=lambda one: (one.at, one.person)
    )


@settings(RESTED, max_examples=30)
@given(
    towns(),
    st.sampled_from([7, 30, 61]),
    st.lists(st.tuples(st.integers(0, 10 * 24), st.integers(1, 47)), max_size=3),
)
def test_whatever_the_ticks_nobody_is_told_twice_forgotten_or_woken(
    town: tuple[list[Owed], datetime, datetime], stride: int, downtimes: list[tuple[int, int]]
) -> None:
    owed, begin, end = town
    down = [(begin + after * QUARTER * 4, length * QUARTER * 4) for after, length in downtimes]
    ticks = [
        tick
        for tick in ticking(begin, end, timedelta(minutes=stride))
        if not any(since <= tick < since + length for since, length in down)
    ]
    lives = lives_of(owed)
    by_city = {one.city: one for one in owed}
    settled: set[str] = set()
    days: dict[tuple[int, date], datetime] = {}
    for now, reminder in run(owed, ticks):  # which sees to it that nothing is said twice
        assert not is_quiet(now, lives[reminder.person])
        assert reminder.day == now.astimezone(ZoneInfo(reminder.zone)).date()
        assert len({debt.city for debt in reminder.debts}) == len(reminder.debts) > 0
        for debt in reminder.debts:
            assert now - debt.at < LOOK_BACK
            assert still_wanted(debt, by_city[debt.city], (), now) in (None, Needless.PAUSED)
        settled.update(debt.key for debt in (*reminder.debts, *reminder.overtaken))
        days[reminder.person, reminder.day] = now
    owing = [debt for one in owed for debt in debts(one, begin, end - 3 * DAY)]
    for debt in owing:
        if debt.key not in settled:
            assert not chances(debt, ticks, lives[debt.person], days), debt


def chances(
    debt: Debt, ticks: Sequence[datetime], calendar: Calendar, days: dict[tuple[int, date], datetime]
) -> list[datetime]:
    """The ticks at which a debt could have been said: while it was new, in waking hours, on a day without message."""
    place = ZoneInfo(calendar.zone)
    return [
        tick
        for tick in ticks
        if debt.at <= tick < debt.at + LOOK_BACK
        and not is_quiet(tick, calendar)
        and (debt.person, tick.astimezone(place).date()) not in days
    ]


@settings(RESTED, max_examples=60)
@given(st.sampled_from(OPENINGS).flatmap(lambda day: st.tuples(calendars(day), st.just(day))), st.integers())
def test_whoever_sleeps_is_told_at_the_first_quarter_that_is_not_quiet(
    drawn: tuple[Calendar, date], quarter: int
) -> None:
    calendar, opens = drawn
    moment = datetime.combine(opens - 2 * DAY, time(), UTC) + quarter % (8 * 96) * QUARTER
    expected = moment
    while is_quiet(expected, calendar):
        expected += QUARTER
    assert next_waking(moment, calendar) == expected


@settings(RESTED, max_examples=25)
@given(towns(), st.integers(0, 9 * 24))
def test_a_process_that_starts_anywhere_goes_on_with_its_plan(
    town: tuple[list[Owed], datetime, datetime], hours_later: int
) -> None:
    """What was said before is known; the plan from now on is the rest of the plan of the beginning."""
    owed, begin, end = town
    now = begin + hours_later * QUARTER * 4
    whole = list(what_will_go_out(owed, begin, end))
    before = [one for one in whole if one.at < now]
    said = {debt.key for one in before for debt in (*one.debts, *one.overtaken)}
    messaged = {(one.person, one.day) for one in before}
    rest = list(what_will_go_out(owed, now, end, said, messaged))
    assert before + rest == whole
