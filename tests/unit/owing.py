"""A report that Patan owes, and those who are reminded of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.domain.cycles import ReportingCycle
from bot.domain.reminder_rules import ReminderRule, ReminderRules, Step, Unless
from bot.domain.reminders import Calendar, Debt, Owed, Recipient, Reminder, debts, what_will_go_out

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
