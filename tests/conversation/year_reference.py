"""Who should hear what in the simulated year: a slow and plain reading of the rules, which knows nothing of the bot.

It is told of every moment at which the bot looks at the clock, and of all that people do. It finds a local hour by
walking through the minutes, and asks at every moment for every person, every city and every rule anew.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml

from .year_world import CITIES, PEOPLE

DAY = timedelta(days=1)
WINDOW = timedelta(hours=48)
MIDST = timedelta(minutes=30)
LATER = timedelta(hours=2)
EVENING, MORNING = time(20), time(8)
STEPS = ("focal_points", "deputies", "secretariat")


@dataclass(frozen=True)
class Rule:
    id: str
    from_opening: bool
    days: int
    hour: time
    to: str


@dataclass(frozen=True)
class Cycle:
    id: str
    opens: date
    deadline: date
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Due:
    """Something to say to somebody about one city; `key` is what is said once."""

    at: datetime
    key: tuple[str, ...]
    day: date
    city: str
    cycle: str
    step: str
    why: str = "rule"


@dataclass(frozen=True, order=True)
class Line:
    """A message that arrived: at this local time, about these reports (city, cycle, days left)."""

    at: datetime
    name: str
    local: str
    about: tuple[tuple[str, str, int], ...]
    why: str = "rule"

    def __str__(self) -> str:
        said = ", ".join(f"{city} {cycle} {left:+}" for city, cycle, left in self.about)
        return f"{self.local} {self.name}: {said}{'' if self.why == 'rule' else f' ({self.why})'}"


@dataclass
class Waiting:
    """A message that could not leave when it was due."""

    name: str
    dues: tuple[Due, ...]
    until: datetime


def local(now: datetime, zone: str) -> datetime:
    return now.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def at_hour(day: date, hour: time, zone: str) -> datetime:
    """The first moment at which the clocks there show this hour of this day, or a later one."""
    wanted = datetime.combine(day, hour)
    now = datetime.combine(day, time(), UTC) - timedelta(hours=15)
    while local(now, zone) < wanted:
        now += timedelta(minutes=5)
    return now


def is_night(now: datetime, zone: str) -> bool:
    hour = local(now, zone).time()
    return hour >= EVENING or hour < MORNING


def awake(now: datetime, zone: str) -> datetime:
    while is_night(now, zone):
        now = now.replace(second=0, microsecond=0) + timedelta(minutes=5 - now.minute % 5)
    return now


def read_schedules(folder: Path) -> tuple[dict[str, Cycle], dict[str, set[Any]]]:
    """Cycles, and days of rest of countries and cities: dates, and (month, day) of every year."""
    rules = {file.stem: read_rules(file) for file in (folder / "reminders").glob("*.yaml")}
    cycles = {}
    for file in (folder / "cycles").glob("*.yaml"):
        told = yaml.safe_load(file.read_text("utf-8"))
        cycles[file.stem] = Cycle(file.stem, told["opens"], told["deadline"], rules[told["reminders"]])
    holidays: dict[str, set[Any]] = defaultdict(set)
    for file in (folder / "holidays").glob("*.yaml"):
        told = yaml.safe_load(file.read_text("utf-8"))
        for owner in told.get("cities", [told.get("country")]):
            holidays[owner] |= set(told.get("days") or ())
            for span in told.get("yearly") or ():
                first, _, last = str(span).partition(" to ")
                day = date.fromisoformat(f"2028-{first}")
                while day <= date.fromisoformat(f"2028-{last or first}"):
                    holidays[owner].add((day.month, day.day))
                    day += DAY
    return cycles, holidays


def read_rules(file: Path) -> tuple[Rule, ...]:
    found = []
    for told in yaml.safe_load(file.read_text("utf-8"))["rules"]:
        days = {"before": -1, "after": 1, "after_opening": 1}
        count = next((int(told[key].split()[0]) * sign for key, sign in days.items() if key in told), 0)
        on = told.get("on", told.get(True))  # a bare `on` is "yes" to YAML 1.1
        opening = on == "opening" or "after_opening" in told
        found.append(
            Rule(told["id"], opening, count, time.fromisoformat(told["at"]), told.get("to", "focal_points"))
        )
    return tuple(found)


@dataclass
class Year:
    """All that is known at a moment, and what was heard until then."""

    schedules: Path
    heard: list[Line] = field(default_factory=list)
    reported: set[tuple[str, str]] = field(default_factory=set)
    signs: dict[tuple[str, str], datetime] = field(default_factory=dict)
    at_work: dict[tuple[str, str], datetime] = field(default_factory=dict)
    promises: dict[tuple[str, str, str], tuple[date, time]] = field(default_factory=dict)
    quiet: dict[tuple[str, str], datetime] = field(default_factory=dict)
    granted: dict[tuple[str, str], date] = field(default_factory=dict)
    pauses: list[tuple[str, datetime, datetime | None]] = field(default_factory=list)
    nudges: list[tuple[str, datetime]] = field(default_factory=list)
    away: set[str] = field(default_factory=set)
    """Who blocked the bot or was removed."""
    said: set[tuple[str, ...]] = field(default_factory=set)
    days: set[tuple[str, date]] = field(default_factory=set)
    """The local days on which somebody had a reminder written."""
    waiting: list[Waiting] = field(default_factory=list)
    named: dict[Any, datetime] = field(default_factory=dict)
    left: list[tuple[str, tuple[Due, ...]]] = field(default_factory=list)
    """What left at the last look."""

    def __post_init__(self) -> None:
        self.read()

    def read(self) -> None:
        """The files were edited."""
        self.cycles, self.holidays = read_schedules(self.schedules)
        self.named.clear()

    # --- what people do

    def sign(self, city: str, cycle: str, now: datetime) -> None:
        self.signs[city, cycle] = now

    def promise(
        self, name: str, cities: tuple[str, ...], cycle: str, day: date, hour: time, now: datetime
    ) -> None:
        for city in cities:
            self.promises[name, city, cycle] = (min(day, self.deadline(city, cycle)), hour)
            self.sign(city, cycle, now)

    def be_quiet(self, name: str, cycle: str, now: datetime) -> None:
        self.quiet[name, cycle] = now
        for city in PEOPLE[name].cities:
            self.sign(city, cycle, now)

    def pause(self, cycle: str, now: datetime) -> None:
        self.pauses.append((cycle, now, None))

    def go_on(self, cycle: str, now: datetime) -> None:
        self.pauses = [
            (c, since, now if c == cycle and until is None else until) for c, since, until in self.pauses
        ]

    # --- what is known

    def deadline(self, city: str, cycle: str) -> date:
        return self.granted.get((city, cycle), self.cycles[cycle].deadline)

    def rests(self, day: date, name: str) -> bool:
        """Whether it is a weekend or a holiday where this person lives (Lomé: nobody's place)."""
        cities = PEOPLE[name].cities if name in PEOPLE else (name,)
        if not cities:
            return day.weekday() in (5, 6)
        home = CITIES[cities[0]]
        off = self.holidays.get(home.country, set()) | self.holidays.get(cities[0], set())
        return day.weekday() in home.weekend or day in off or (day.month, day.day) in off

    def moment(self, rule: Rule, cycle: Cycle, name: str) -> tuple[date, datetime]:
        """The day that a rule names, and when it is due for this person."""
        zone = PEOPLE[name].zone if name in PEOPLE else CITIES[name].zone
        named = (cycle.opens if rule.from_opening else cycle.deadline) + rule.days * DAY
        key = (rule, cycle.opens, cycle.deadline, name)
        if key not in self.named:
            later = rule.from_opening or rule.days > 0
            day = self.off_rest(named, DAY if later else -DAY, cycle, name)
            self.named[key] = at_hour(day, rule.hour, zone)
        return named, self.named[key]

    def off_rest(self, day: date, step: timedelta, cycle: Cycle, name: str) -> date:
        """The nearest working day in this direction, else in the other: never across opening or deadline."""
        for way in (step, -step):
            found = day
            while self.rests(found, name):
                found += way
            if (found >= cycle.opens, found > cycle.deadline) == (day >= cycle.opens, day > cycle.deadline):
                return found
        return day

    def people_of(self, city: str) -> list[tuple[str, str]]:
        """Who is written to about a city, and as what."""
        here = [name for name, one in PEOPLE.items() if city in one.cities and name not in self.away]
        focal_points = [name for name in here if not PEOPLE[name].is_deputy]
        deputies = [name for name in here if PEOPLE[name].is_deputy]
        if not focal_points:
            focal_points, deputies = deputies, []
        return [
            *((name, "focal_points") for name in focal_points or [city]),
            *((name, "deputies") for name in deputies),
            ("Aiko", "secretariat"),
        ]

    def owed(self) -> list[tuple[str, Cycle]]:
        """Every report that is not with the secretariat, each with the city's own deadline."""
        return [
            (city, replace(cycle, deadline=self.deadline(city, cycle.id)))
            for cycle in self.cycles.values()
            for city in CITIES
            if (city, cycle.id) not in self.reported
        ]

    def is_paused(self, cycle: str, now: datetime) -> bool:
        return any(
            c == cycle and since <= now and (until is None or now < until) for c, since, until in self.pauses
        )

    def falls_away(self, rule: Rule, cycle: Cycle, city: str, at: datetime) -> bool:
        """Deputies and the secretariat only hear where nobody moved since the steps before them were written to."""
        sign = self.signs.get((city, cycle.id))
        if rule.to == "focal_points" or sign is None:
            return False
        lower = STEPS[: STEPS.index(rule.to)]
        before: dict[str, datetime] = {}
        for name, step in self.people_of(city):
            for other in cycle.rules:
                if step in lower and other.to == step:
                    moment = self.moment(other, cycle, name)[1]
                    before[other.id] = min(moment, before.get(other.id, moment))
        earlier = [moment for moment in before.values() if moment < at]
        return sign > max(earlier) if earlier else True

    def dues(self, name: str) -> list[Due]:
        """All that this person is ever to hear, as far as is known now, in order of time."""
        found = []
        for city, cycle in self.owed():
            for who, step in self.people_of(city):
                if who == name:
                    found += self.dues_about(name, step, city, cycle)
        return sorted((due for due in found if not self.is_paused(due.cycle, due.at)), key=lambda due: due.at)

    def dues_about(self, name: str, step: str, city: str, cycle: Cycle) -> list[Due]:
        zone, found = PEOPLE[name].zone, []
        promise = self.promises.get((name, city, cycle.id))
        promised = None
        if promise is not None:
            promised = awake(at_hour(*promise, zone), zone)
        last = None
        for rule in cycle.rules:
            day, at = self.moment(rule, cycle, name)
            if rule.to == step and day <= cycle.deadline and (last is None or (day, at) > last):
                last = (day, at)
        for rule in cycle.rules:
            day, at = self.moment(rule, cycle, name)
            if rule.to != step or (promised is not None and at < promised):
                continue
            if (name, cycle.id) in self.quiet and (day, at) != last:
                continue
            if self.falls_away(rule, cycle, city, at):
                continue
            found.append(Due(at, (cycle.id, city, rule.id, name, str(day)), day, city, cycle.id, step))
        if promise is not None and promised is not None:
            day = promise[0]
            found.append(
                Due(promised, (cycle.id, city, "later", name, str(day)), day, city, cycle.id, step, "promise")
            )
        for number, (nudged, given) in enumerate(self.nudges):
            if nudged == cycle.id and step == "focal_points":
                at = awake(given, zone)
                day = local(at, zone).date()
                key = (cycle.id, city, f"nudge {number}", name, str(day))
                found.append(Due(at, key, day, city, cycle.id, step, "nudge"))
        return found

    # --- what is said

    def look(self, now: datetime) -> list[Line]:
        """The bot looks at the clock: what leaves at this moment."""
        self.left = []
        lines = [line for one in self.ready_now(now) if (line := self.leave(one.name, one.dues, now))]
        for name in PEOPLE:
            if name in self.away:
                continue
            zone = PEOPLE[name].zone
            today = local(now, zone).date()
            if is_night(now, zone) or (name, today) in self.days:
                continue
            open_ones = [due for due in self.dues(name) if due.key not in self.said]
            due_now = [
                due
                for due in open_ones
                if now - WINDOW < due.at <= now and not (due.why == "nudge" and (name, due.day) in self.days)
            ]
            if not due_now:
                continue
            rest_of_day = [
                due for due in open_ones if due.at > now and local(awake(due.at, zone), zone).date() == today
            ]
            self.days.add((name, today))
            newest = {}
            for due in due_now + rest_of_day:
                self.said.add(due.key)
                newest[due.city, due.cycle] = due
            line = self.leave(name, tuple(newest.values()), now)
            if line is not None:
                lines.append(line)
        self.heard += lines
        return lines

    def unhear(self) -> list[Line]:
        """What was to leave last did not arrive."""
        self.heard.pop()
        return []

    def ready_now(self, now: datetime) -> list[Waiting]:
        ready = [one for one in self.waiting if one.until <= now]
        self.waiting = [one for one in self.waiting if one.until > now]
        return ready

    def leave(self, name: str, dues: tuple[Due, ...], now: datetime) -> Line | None:
        """A message leaves: of what still stands, in words that are true now."""
        owed = {(city, cycle.id) for city, cycle in self.owed()}
        still = {due.key for due in self.dues(name)} if name not in self.away else set()
        dues = tuple(
            due
            for due in dues
            if (due.city, due.cycle) in owed and due.key in still and not self.is_paused(due.cycle, now)
        )
        if not dues:
            return None
        midst = datetime.min.replace(tzinfo=UTC)
        for_cities = [due for due in dues if due.step != "secretariat"]
        if any(now - self.at_work.get((due.city, due.cycle), midst) < MIDST for due in for_cities):
            zone = PEOPLE[name].zone
            later = now + LATER
            if local(later, zone).date() == local(now, zone).date() and not is_night(later, zone):
                self.waiting.append(Waiting(name, dues, later))
            return None
        about = []
        for city, cycle in {(due.city, due.cycle): None for due in dues}:
            left = self.deadline(city, cycle) - local(now, CITIES[city].zone).date()
            about.append((city, cycle, left.days))
        why = next((one for one in ("promise", "nudge") if any(due.why == one for due in for_cities)), "rule")
        self.left.append((name, dues))
        return self.line(name, tuple(sorted(about)), why, now)

    @staticmethod
    def line(name: str, about: tuple[tuple[str, str, int], ...], why: str, now: datetime) -> Line:
        zone = PEOPLE[name].zone
        place = zone.rpartition("/")[2]
        return Line(now, name, f"{local(now, zone):%Y-%m-%d %H:%M} {place}", about, why)
