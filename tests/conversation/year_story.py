"""What happens in the simulated year: who does what when, what the admin edits, and when the bot is down."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from .year_reference import Year
from .year_world import CITIES, LADDER, NEPAL_WITH_A_FEAST, OFFICE, ONE_MORE, PEOPLE, cycle_of, moment

BEGIN = datetime(2027, 1, 4, tzinfo=UTC)
END = datetime(2028, 1, 14, tzinfo=UTC)
HOUR = timedelta(hours=1)
LOOK = "look"


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
    at("2027-01-18 11:10", "kathmandu", "later", "Maya", ("kathmandu",), "2026", "5 March", date(2027, 3, 5), time(9)),
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
    at("2027-03-27 19:10", "kathmandu", "begin", "Dev", "kathmandu", "2026"),
    at("2027-03-29 18:10", "mumbai", "report", "Isha", "mumbai", "2026"),
    at("2027-03-30 11:10", "berlin", "report", "Ulla", "berlin", "2026"),
    at("2027-03-30 16:10", OFFICE, "return", "mumbai", "2026"),
    # Killed between Telegram's answer and our note of it: it comes twice, for late is worse than doubled.
    at("2027-03-31 08:50", "ulsan", "crash", "outbox.sent", timedelta(minutes=50)),
    # Who is at it at that very moment is not disturbed for two hours.
    at("2027-03-31 08:50", "toronto", "begin", "Tom", "toronto", "2026"),
    at("2027-03-31 12:10", "toronto", "report", "Tom", "toronto", "2026"),
    at("2027-04-01 14:10", "kathmandu", "report", "Maya", "kathmandu", "2026"),
    at("2027-04-02 10:10", "mumbai", "report", "Isha", "mumbai", "2026"),
    at("2027-04-06 16:10", "weihai", "report", "Mei", "weihai", "2026"),
    at("2027-04-10 12:10", OFFICE, "nudge", "2026"),  # a Saturday
    at("2027-04-13 17:10", "ulsan", "report", "Jisoo", "ulsan", "2026"),
    at("2027-04-13 23:10", "UTC", "down", timedelta(minutes=5)),
    # --- the report of 2027: opens on Tuesday, 15 June, ends on 8 December, later on the 15th
    at("2027-06-09 12:10", "berlin", "block", "Ulla"),
    at("2027-06-15 10:10", "sibu", "later", "Mei", ("sibu", "weihai"), "2027", "Tomorrow", date(2027, 6, 16), time(9)),
    at("2027-08-13 09:10", "UTC", "down", timedelta(hours=40)),
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
    # A day of rest that somebody chose is fine.
    at("2027-12-10 10:10", "kathmandu", "later", "Maya", ("kathmandu",), "2027", "Tomorrow", date(2027, 12, 11), time(9)),
    at("2027-12-11 10:10", "surabaya", "report", "Budi", "surabaya", "2027"),
    at("2027-12-14 17:10", "ulsan", "report", "Jisoo", "ulsan", "2027"),
    at("2027-12-20 15:10", "toronto", "report", "Tess", "toronto", "2027"),
    at("2027-12-31 02:10", "UTC", "down", timedelta(hours=30)),
    at("2028-01-03 17:10", "kathmandu", "report", "Maya", "kathmandu", "2027"),
)  # fmt: skip


def looks(year: Year, every: timedelta | None) -> Iterator[Deed]:
    """When the bot looks at the clock: at each local morning, and every so often through the whole year. None: every
    hour on days on which something can happen, twice on all others."""
    busy = busy_days(year)
    day = BEGIN
    while day < END:
        if every is not None:
            moments = [day + n * every for n in range(int(timedelta(days=1) / every))]
        elif day.date() in busy:
            moments = [day + n * HOUR for n in range(24)]
        else:
            moments = [day + 3.5 * HOUR, day + 15.5 * HOUR]
        if every is not None or day.date() in busy:
            for city in (*CITIES, OFFICE):
                moments += [moment(f"{day.date()} {hour}", city) for hour in ("08:00", "08:30", "09:00")]
        yield from (Deed(one, LOOK) for one in moments)
        day += timedelta(days=1)


def busy_days(year: Year) -> set[date]:
    """Days (UTC) on which a rule may speak to anybody under any deadline of the story, with those around them, and
    those on which somebody does something."""
    deadlines = {
        "2026": (date(2027, 3, 31), date(2027, 4, 14)),
        "2027": (date(2027, 12, 8), date(2027, 12, 15), date(2028, 1, 10)),
    }
    found = {deed.at.date() for deed in DEEDS}
    for cycle in year.cycles.values():
        for deadline in deadlines[cycle.id]:
            for rule in cycle.rules:
                own = type(cycle)(cycle.id, cycle.opens, deadline, cycle.rules)
                found |= {year.moment(rule, own, who)[1].date() for who in (*PEOPLE, *CITIES)}
    for deed in DEEDS:
        if deed.what in ("down", "crash"):
            found |= {deed.at.date() + timedelta(days=n) for n in range(4)}
        if deed.what == "later":
            found.add(deed.about[4])
    year.named.clear()
    return found


def timeline(year: Year, every: timedelta | None = None) -> list[Deed]:
    """All of it in order; where the bot is down it does not look, and it looks as soon as it is back."""
    downs = [(deed.at, deed.at + deed.about[-1]) for deed in DEEDS if deed.what == "down"]
    backs = [
        Deed(deed.at + deed.about[-1], "back") for deed in DEEDS if deed.what in ("down", "crash")
    ]
    seen = {
        deed.at
        for deed in looks(year, every)
        if not any(since <= deed.at < until for since, until in downs)
    }
    whole = [*DEEDS, *backs, *(Deed(moment, LOOK) for moment in seen)]
    return sorted(whole, key=lambda deed: (deed.at, deed.what == LOOK))
