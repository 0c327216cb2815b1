"""What happens in the simulated year: who does what when, what the admin edits, and when the bot is down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .year_reference import Rule, Year
from .year_world import CITIES, LADDER, NEPAL_WITH_A_FEAST, OFFICE, ONE_MORE, PEOPLE, cycle_of, moment

BEGIN = datetime(2027, 1, 4, tzinfo=UTC)
END = datetime(2028, 1, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOK = "look"
ADDED = Rule("in-21-days", False, -21, time(9), "focal_points")
FEAST = date(2027, 3, 17)
"""What the admin adds in October to the rules, and in March to the holidays of Nepal."""


@dataclass(frozen=True)
class Deed:
    at: datetime
    what: str
    about: tuple[Any, ...] = ()


def at(there: str, where: str, what: str, *about: Any) -> Deed:
    """`where` is a city or a zone, and `there` its local time."""
    return Deed(moment(there, where), what, about)


DEEDS = (
    # --- the report of 2026: opens on Monday, 18 January, ends on Wednesday, 31 March
    at("2027-01-18 14:00", "naga", "report", "Nonoy", "naga", "2026"),
    at("2027-01-18 11:10", "kathmandu", "later", "Maya", ("kathmandu",), "2026", "5 March", "2027-03-05"),
    at("2027-01-20 10:10", "adelaide", "quiet", "Abby", "2026"),
    # Killed in the very moment in which a reminder is under way: it comes after the restart.
    at("2027-02-26 08:50", "ulsan", "crash", "outbox.wired", timedelta(minutes=15)),
    at("2027-03-01 09:05", "surabaya", "clock-back"),
    at("2027-03-02 15:10", "surabaya", "begin", "Ana", "surabaya", "2026"),
    # Nepal declares a holiday: what was to come on that day comes on the day before.
    at("2027-03-10 12:10", OFFICE, "edit", "holidays/np.yaml", NEPAL_WITH_A_FEAST),
    at("2027-03-12 11:10", "sibu", "report", "Mei", "sibu", "2026"),
    at("2027-03-18 10:10", "ulsan", "ask", "Jisoo", "ulsan", "2026", "14 April"),
    at("2027-03-19 15:10", OFFICE, "grant", "ulsan", "2026", date(2027, 4, 14)),
    at("2027-03-20 10:10", "surabaya", "report", "Ana", "surabaya", "2026"),
    at("2027-03-23 20:10", "UTC", "down", timedelta(hours=29, minutes=50)),
    # He gave a sign, so his deputy hears nothing; and the day that he chose is a holiday, which is fine.
    at("2027-03-25 08:30", "toronto", "later", "Tom", ("toronto",), "2026", "Tomorrow", "2027-03-26"),
    at("2027-03-27 19:10", "kathmandu", "begin", "Dev", "kathmandu", "2026"),
    at("2027-03-29 18:10", "mumbai", "report", "Isha", "mumbai", "2026"),
    at("2027-03-30 11:10", "berlin", "report", "Ulla", "berlin", "2026"),
    at("2027-03-30 16:10", OFFICE, "return", "mumbai", "2026"),
    # Killed between Telegram's answer and our note of it: it comes twice, for late is worse than doubled.
    at("2027-03-31 08:50", "ulsan", "crash", "outbox.sent", timedelta(minutes=50)),
    # Who is at it at that very moment is not disturbed for two hours.
    at("2027-03-31 08:50", "toronto", "begin", "Tom", "toronto", "2026"),
    at("2027-03-31 11:00", "toronto", LOOK),
    at("2027-03-31 12:10", "toronto", "report", "Tom", "toronto", "2026"),
    at("2027-04-01 14:10", "kathmandu", "report", "Maya", "kathmandu", "2026"),
    at("2027-04-02 10:10", "mumbai", "report", "Isha", "mumbai", "2026"),
    at("2027-04-06 16:10", "weihai", "report", "Mei", "weihai", "2026"),
    at("2027-04-10 12:10", OFFICE, "nudge", "2026"),  # a Saturday
    at("2027-04-13 17:10", "ulsan", "report", "Jisoo", "ulsan", "2026"),
    # --- the report of 2027: opens on Tuesday, 15 June, ends on 8 December, later on the 15th
    at("2027-06-09 12:10", "berlin", "block", "Ulla"),
    at("2027-06-15 10:10", "sibu", "later", "Mei", ("sibu", "weihai"), "2027", "Tomorrow", "2027-06-16"),
    at("2027-08-14 20:10", "UTC", "down", timedelta(hours=40)),
    at("2027-10-15 12:10", OFFICE, "edit", "reminders/ladder.yaml", LADDER + ONE_MORE),
    at("2027-10-20 12:10", "berlin", "come-back", "Ulla"),
    at("2027-11-03 12:10", "toronto", "remove", "Tom"),
    at("2027-11-08 11:40", "adelaide", "quiet", "Abby", "2027"),
    at("2027-11-09 11:10", "sibu", "report", "Mei", "sibu", "2027"),
    at("2027-11-09 11:40", "sibu", "report", "Mei", "weihai", "2027"),
    at("2027-11-10 12:10", OFFICE, "pause", "2027"),
    at("2027-11-20 12:10", OFFICE, "go-on", "2027"),
    at("2027-11-22 12:10", OFFICE, "edit", "cycles/2027.yaml", cycle_of(2027, "2027-06-15", "2027-12-15", "ladder")),
    at("2027-11-25 11:10", "kathmandu", "ask", "Maya", "kathmandu", "2027", "10 January 2028"),
    at("2027-11-26 15:10", OFFICE, "grant", "kathmandu", "2027", date(2028, 1, 10)),
    at("2027-12-01 09:10", "mumbai", "report", "Isha", "mumbai", "2027"),
    at("2027-12-06 22:10", "UTC", "down", timedelta(hours=47)),
    at("2027-12-09 10:10", "naga", "report", "Nonoy", "naga", "2027"),
    at("2027-12-09 15:10", "berlin", "report", "Ulla", "berlin", "2027"),
    at("2027-12-10 10:10", "kathmandu", "later", "Maya", ("kathmandu",), "2027", "Tomorrow", "2027-12-11"),
    # Two days before the deadline the office does not hear of a city that has just gone on.
    at("2027-12-10 12:10", "toronto", "begin", "Tess", "toronto", "2027"),
    at("2027-12-11 10:10", "surabaya", "report", "Budi", "surabaya", "2027"),
    at("2027-12-14 17:10", "ulsan", "report", "Jisoo", "ulsan", "2027"),
    at("2027-12-20 15:10", "toronto", "report", "Tess", "toronto", "2027"),
    at("2028-01-03 17:10", "kathmandu", "report", "Maya", "kathmandu", "2027"),
)  # fmt: skip


def looks(year: Year, every: timedelta | None) -> Iterator[datetime]:
    """When the bot looks at the clock: whenever a rule may speak to anybody, and so often through the whole year.
    None: once more on each of those days, and every other day at other times: no reminder waits longer to be said."""
    speaking = moments_of_rules(year)
    yield from speaking
    busy = {moment.date() for moment in speaking}
    day, number = BEGIN, 0
    while day < END:
        if every is not None:
            yield from (day + n * every for n in range(timedelta(days=1) // every))
        elif day.date() in busy:
            yield day + (2 if number % 2 else 14) * HOUR
        elif number % 2:
            yield day + (3.5 if number % 4 == 1 else 15.5) * HOUR
        day, number = day + timedelta(days=1), number + 1


def moments_of_rules(year: Year) -> set[datetime]:
    """When the rules may speak to whoever may hear them, under each deadline of the story; with the mornings after
    the bot was down, and the days that people choose."""
    everybody, moved = (*PEOPLE, *CITIES), moment("2027-11-22 12:10", OFFICE)
    found = set()
    for cycle, deadline, people, until in (
        ("2026", date(2027, 3, 31), everybody, END),
        ("2026", date(2027, 4, 14), ("Jisoo", "Aiko"), END),
        ("2027", date(2027, 12, 8), everybody, moved),
        ("2027", date(2027, 12, 15), everybody, END),
        ("2027", date(2028, 1, 10), ("Maya", "Dev", "Aiko"), END),
    ):
        rules = year.cycles[cycle].rules + ((ADDED,) if cycle == "2027" else ())
        under = replace(year.cycles[cycle], deadline=deadline, rules=rules)
        for feasts in (set(), {FEAST}):
            year.named.clear()
            year.holidays["NP"] |= feasts
            times = (year.moment(rule, under, who)[1] for rule in under.rules for who in people)
            found |= {time for time in times if time < until}
        year.read()
    for deed in DEEDS:
        if deed.what in ("down", "nudge"):
            back = deed.at + (deed.about[-1] if deed.what == "down" else timedelta())
            mornings = (moment(f"{back.date() + timedelta(days=n)} 08:00", c) for c in CITIES for n in (0, 1))
            found |= {time for time in mornings if back < time < back + timedelta(days=1)}
        if deed.what == "later":
            found.add(moment(f"{deed.about[-1]} 09:00", deed.about[1][0]))
    return found


def timeline(year: Year, every: timedelta | None = None) -> list[Deed]:
    """All of it in order; where the bot is down it does not look, and it looks as soon as it is back."""
    downs = [(deed.at, deed.at + deed.about[-1]) for deed in DEEDS if deed.what == "down"]
    backs = [Deed(deed.at + deed.about[-1], "back") for deed in DEEDS if deed.what in ("down", "crash")]
    seen = {
        moment for moment in looks(year, every) if not any(since <= moment < until for since, until in downs)
    }
    whole = [*DEEDS, *backs, *(Deed(moment, LOOK) for moment in seen)]
    return sorted(whole, key=lambda deed: (deed.at, deed.what == LOOK))
