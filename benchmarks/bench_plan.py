"""A year of reminders for 12,000 cities, beside APScheduler's triggers for the same hours, in the same run.

The cities are made up; their zones are all that there are, their weekends and days off differ by country. Each has
one focal point, one in three a deputy, too, and one office for all. The peer only says when: it knows no rest, no
quiet hours, no people and no messages that carry several debts. Memory is what the plan itself takes at its peak.
"""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from datetime import time as hour
from random import Random
from zoneinfo import available_timezones

from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger

from bot.domain.cycles import ReportingCycle
from bot.domain.reminder_rules import DaysOff, ReminderRule, ReminderRules, Step, Unless
from bot.domain.reminders import Calendar, Owed, Recipient, due, moment_of, what_will_go_out

CITIES = 12_000
BEGIN, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
MONTH = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 10, 1, tzinfo=UTC)
NINE = hour(9)
OFFSETS = (-60, -28, -14, -7, -3, -1, 0, 3, 10, 30)
RULES = ReminderRules(
    "standard",
    (
        *(ReminderRule(f"day-{days}", days, NINE) for days in OFFSETS),
        ReminderRule("deputies", 14, NINE, Step.DEPUTIES, unless=Unless.ANSWERED),
        ReminderRule("office", 21, NINE, Step.SECRETARIAT, unless=Unless.ANSWERED),
    ),
)
WEEKENDS = (frozenset({"sat", "sun"}), frozenset({"fri", "sat"}), frozenset({"sun"}))
OFFICE = Recipient(1, Step.SECRETARIAT, Calendar("UTC"), "en")


def countries(zones: Sequence[str], random: Random) -> list[Calendar]:
    """One calendar a zone: its weekend, and a dozen days off."""
    days = [BEGIN.date() + timedelta(days=n) for n in range(365)]
    return [
        Calendar(zone, random.choice(WEEKENDS), DaysOff(frozenset(random.sample(days, 12)))) for zone in zones
    ]


def town(calendars: Sequence[Calendar], number: int) -> Owed:
    calendar = calendars[number % len(calendars)]
    cycle = ReportingCycle("2026", {}, "2025", date(2026, 7, 1), date(2026, 9, 30), "progress")
    people = [Recipient(1000 + number, Step.FOCAL_POINTS, calendar, "en"), OFFICE]
    if number % 3 == 0:
        people.append(Recipient(100_000 + number, Step.DEPUTIES, calendar, "fr"))
    return Owed(f"city-{number}", cycle, RULES, tuple(people))


def seconds(work: Callable[[], object]) -> float:
    """Of the processor, so that what else the machine does is not counted."""
    began = time.process_time()
    work()
    return time.process_time() - began


def count(things: Iterable[object]) -> int:
    return sum(1 for _ in things)


def peak(owed: Sequence[Owed], after: datetime, until: datetime) -> float:
    """Megabytes that a plan takes at most, beside what is owed itself."""
    tracemalloc.start()
    count(what_will_go_out(owed, after, until))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most / 1e6


def by_date_trigger(zones: Sequence[str]) -> int:
    """A stored date for each city and rule, as one job each."""
    fired = 0
    for number in range(CITIES):
        for days in OFFSETS:
            day = date(2026, 9, 30) + timedelta(days=days)
            trigger = DateTrigger(datetime.combine(day, NINE), timezone=zones[number % len(zones)])
            fired += trigger.get_next_fire_time(None, BEGIN) is not None
    return fired


def by_rule(calendars: Sequence[Calendar]) -> int:
    """The same hours by our rule, city by city, and moved off days of rest."""
    cycle = town(calendars, 0).cycle
    for number in range(CITIES):
        for rule in RULES.rules[: len(OFFSETS)]:
            moment_of(rule, cycle, calendars[number % len(calendars)])
    return CITIES * len(OFFSETS)


def by_cron_trigger(zones: Sequence[str]) -> int:
    """A daily job for each city at nine in its zone, which would look whether something is due."""
    fired = 0
    for number in range(CITIES // 100):
        trigger = CronTrigger(hour=NINE.hour, timezone=zones[number % len(zones)])
        at, now = None, BEGIN
        while (at := trigger.get_next_fire_time(at, now)) is not None and at < END:
            fired, now = fired + 1, at
    return fired


def main() -> None:
    random = Random(4)
    zones = sorted(available_timezones())
    calendars = countries(zones, random)
    owed = [town(calendars, number) for number in range(CITIES)]
    said = 0

    def plan() -> None:
        nonlocal said
        said = sum(len(reminder.debts) for reminder in what_will_go_out(owed, BEGIN, END))

    year = seconds(plan)
    again = seconds(plan)
    tick = seconds(lambda: due(owed, datetime(2026, 8, 15, 12, tzinfo=UTC), frozenset(), frozenset()))
    rules = seconds(lambda: by_rule(calendars))
    dates = seconds(lambda: by_date_trigger(zones))
    daily = seconds(lambda: by_cron_trigger(zones)) * 100
    print(f"{CITIES:,} cities in {len(zones)} zones, {len(RULES.rules)} rules, a year: {said:,} debts")
    print(f"{'':52} {'seconds':>8}   times the plan")
    for name, taken in (
        ("the plan of a year: days of rest, quiet, one a day", year),
        ("the same, once more in this process", again),
        ("one tick: what is due now", tick),
        (f"{CITIES * len(OFFSETS):,} hours by rule, off days of rest, uncached", rules),
        ("APScheduler DateTrigger, the same hours, no rest", dates),
        ("APScheduler CronTrigger, daily (100 x a hundredth)", daily),
    ):
        print(f"{name:52} {taken:8.2f}   {taken / year:6.2f}")
    one, twelve = peak(owed, *MONTH), peak(owed, BEGIN, END)
    print(
        f"peak memory of the plan: {one:.1f} MB for a month, {twelve:.1f} MB for a year ({twelve / one:.2f} times)"
    )


if __name__ == "__main__":
    main()
