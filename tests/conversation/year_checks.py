"""What must hold of every message of the simulated year, said without the reference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from .year_life import YearLived
from .year_reference import Line, local
from .year_story import DEEDS, Deed
from .year_world import CITIES, OFFICE, PEOPLE, moment

LATE = timedelta(hours=48)


def assert_all_is_well(lived: YearLived) -> None:
    """The log is the expected one, and each message of it was welcome and true."""
    assert sorted(lived.arrived) == sorted(lived.year.heard)
    for line in lived.arrived:
        assert_awake(line)
        assert is_working_day(lived, line) or line.why != "rule" or is_after_a_rest_of_ours(line), line
        for city, cycle, left in line.about:
            assert left == days_left(city, cycle, line.at), line
            assert (cycle, city) not in set(reported_before(line.at)), line
            assert not is_paused(cycle, line.at), line
    assert_one_a_day(lived)
    assert_only_who_is_there(lived)


def deeds(*kinds: str) -> Iterator[Deed]:
    return (deed for deed in DEEDS if deed.what in kinds)


def assert_awake(line: Line) -> None:
    assert time(8) <= local(line.at, PEOPLE[line.name].zone).time() < time(20), line


def is_working_day(lived: YearLived, line: Line) -> bool:
    return not lived.year.rests(local(line.at, PEOPLE[line.name].zone).date(), line.name)


def is_after_a_rest_of_ours(line: Line) -> bool:
    """Whether the bot was down in the two days before: what was due then is said as soon as may be."""
    backs = (deed.at + deed.about[-1] for deed in deeds("down"))
    return any(back <= line.at < back + LATE for back in backs)


def days_left(city: str, cycle: str, now: datetime) -> int:
    """By the deadline that held at this moment, in days of the city."""
    deadline = date(2027, 3, 31) if cycle == "2026" else date(2027, 12, 8)
    if cycle == "2027" and now > moment("2027-11-22 12:10", OFFICE):
        deadline = date(2027, 12, 15)
    for deed in deeds("grant"):
        if deed.about[:2] == (city, cycle) and deed.at < now:
            deadline = deed.about[2]
    return (deadline - local(now, CITIES[city].zone).date()).days


def reported_before(now: datetime) -> Iterator[tuple[str, str]]:
    """Cycles and cities whose report lay with the secretariat at this moment."""
    last: dict[tuple[str, str], str] = {}
    for deed in sorted(deeds("report", "return"), key=lambda deed: deed.at):
        if deed.at < now:
            city, cycle = deed.about[-2:]
            last[cycle, city] = deed.what
    return (about for about, what in last.items() if what == "report")


def is_paused(cycle: str, now: datetime) -> bool:
    (pause,), (end,) = deeds("pause"), deeds("go-on")
    return pause.about == (cycle,) and pause.at <= now < end.at


def assert_one_a_day(lived: YearLived) -> None:
    """But for the one that was repeated because the bot was killed before it knew that it had arrived."""
    days = Counter((line.name, line.local[:10]) for line in lived.arrived)
    assert [about for about, times in days.items() if times > 1] == [("Jisoo", "2027-03-31")]
    assert days["Jisoo", "2027-03-31"] == 2


def assert_only_who_is_there(lived: YearLived) -> None:
    """Nobody hears anything who blocked the bot or was removed, and nobody of a city that is not theirs."""
    away = {"Ulla": ("2027-06-09 12:10", "2027-10-20 12:10"), "Tom": ("2027-11-03 12:10", "2029-01-01 00:00")}
    for line in lived.arrived:
        if line.name in away:
            since, until = (moment(there, PEOPLE[line.name].zone) for there in away[line.name])
            assert not since < line.at < until, line
        cities = PEOPLE[line.name].cities
        assert all(city in cities for city, _, _ in line.about) or not cities, line
