"""The world of the simulated year: twelve cities in twelve zones, their people, and the files by which they live."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from .network import write
from .reporting_network import PROPOSAL, REVISION
from .stage import AIKO

OFFICE = "Asia/Tokyo"


@dataclass(frozen=True)
class Place:
    """A city as the year needs it. Days of rest are numbers of Python's weekdays."""

    country: str
    zone: str
    weekend: tuple[int, ...] = (5, 6)


CITIES: Mapping[str, Place] = {
    "surabaya": Place("ID", "Asia/Jakarta"),
    "kathmandu": Place("NP", "Asia/Kathmandu", (5,)),
    "naga": Place("PH", "Asia/Manila"),
    "ulsan": Place("KR", "Asia/Seoul"),
    "weihai": Place("CN", "Asia/Shanghai"),
    "sibu": Place("MY", "Asia/Kuching"),
    "cairo": Place("EG", "Africa/Cairo", (4, 5)),
    "lome": Place("TG", "Africa/Lome"),
    "berlin": Place("DE", "Europe/Berlin"),
    "toronto": Place("CA", "America/Toronto"),
    "adelaide": Place("AU", "Australia/Adelaide"),
    "mumbai": Place("IN", "Asia/Kolkata"),
}
DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(frozen=True)
class Somebody:
    """A person; the first of their cities is the one by whose clock they live."""

    id: int
    cities: tuple[str, ...] = ()
    is_deputy: bool = False

    @property
    def zone(self) -> str:
        return CITIES[self.cities[0]].zone if self.cities else OFFICE


PEOPLE: Mapping[str, Somebody] = {
    "Aiko": Somebody(AIKO),
    "Ana": Somebody(5_000_000_201, ("surabaya",)),
    "Budi": Somebody(5_000_000_202, ("surabaya",), is_deputy=True),
    "Maya": Somebody(5_000_000_203, ("kathmandu",)),
    "Dev": Somebody(5_000_000_204, ("kathmandu",), is_deputy=True),
    "Nonoy": Somebody(5_000_000_205, ("naga",)),
    "Jisoo": Somebody(5_000_000_206, ("ulsan",)),
    "Mei": Somebody(5_000_000_207, ("sibu", "weihai")),
    "Wei": Somebody(5_000_000_208, ("weihai",), is_deputy=True),
    "Amr": Somebody(5_000_000_209, ("cairo",)),
    "Noha": Somebody(5_000_000_210, ("cairo",), is_deputy=True),
    "Ulla": Somebody(5_000_000_211, ("berlin",)),
    "Jonas": Somebody(5_000_000_212, ("berlin",), is_deputy=True),
    "Tom": Somebody(5_000_000_213, ("toronto",)),
    "Tess": Somebody(5_000_000_214, ("toronto",), is_deputy=True),
    "Abby": Somebody(5_000_000_215, ("adelaide",)),
    "Isha": Somebody(5_000_000_216, ("mumbai",)),
}
"""Nobody stands for Lomé."""

CYCLE = """
title: {{en: Report of {period}}}
period: {period}
opens: {opens}
deadline: {deadline}
questionnaire: progress
reminders: {reminders}
"""
PROGRESS = """
title: {en: Progress report}
form: progress
questions:
  - id: state
    type: choice
    means: state
    each: target
    required: true
    ask: {en: "What is there for {period}?"}
    short: {en: State}
    choices: {measured: {en: A measured figure}, none: {en: Nothing yet}}
  - {id: anything, type: text, ask: {en: "Anything else?"}, short: {en: Remarks}}
"""
LADDER = """
quiet_hours: "20:00-08:00"
rules:
  - {id: opening, on: opening, at: "09:00"}
  - {id: half-way, after_opening: "60 days", at: "10:00"}
  - {id: in-30-days, before: "30 days", at: "09:00"}
  - {id: in-14-days, before: "14 days", at: "09:00"}
  - {id: in-7-days, before: "7 days", at: "09:00"}
  - {id: deputies, before: "5 days", at: "09:00", to: deputies}
  - {id: office-early, before: "2 days", at: "16:00", to: secretariat}
  - {id: last-day, on: deadline, at: "08:30"}
  - {id: deputies-late, after: "1 day", at: "09:00", to: deputies}
  - {id: late-3, after: "3 days", at: "09:00"}
  - {id: office-late, after: "5 days", at: "09:00", to: secretariat}
"""
"""More steps than the rules that ship, and other hours."""
ONE_MORE = '  - {id: in-21-days, before: "21 days", at: "09:00"}\n'
HOLIDAYS = {
    "holidays/de.yaml": "country: DE\nyearly: [10-03, 12-25 to 12-26]\ndays: [2027-03-26, 2027-03-29]\n",
    "holidays/ca.yaml": "country: CA\nyearly: [07-01, 12-25 to 12-26]\ndays: [2027-03-26, 2027-10-11]\n",
    "holidays/mumbai.yaml": "cities: [mumbai]\nyearly: [01-26, 05-01, 08-15, 10-02]\ndays: [2027-03-22]\n",
}
NEPAL_WITH_A_FEAST = "country: NP\nyearly: [05-01]\ndays: [2027-03-17]\n"


def cycle_of(period: int, opens: str, deadline: str, reminders: str) -> str:
    return CYCLE.format(period=period, opens=opens, deadline=deadline, reminders=reminders)


def write_world(folder: Path, root: Path) -> None:
    """The folders `knowledge` and `schedules`; rules and holidays are those that ship, with some beside them."""
    for place in ("reminders", "holidays"):
        shutil.copytree(root / "schedules" / place, folder / "schedules" / place)
    schedules = {
        "cycles/2026.yaml": cycle_of(2026, "2027-01-18", "2027-03-31", "standard"),
        "cycles/2027.yaml": cycle_of(2027, "2027-06-15", "2027-12-08", "ladder"),
        "reminders/ladder.yaml": LADDER,
        "questionnaires/progress.yaml": PROGRESS,
        "questionnaires/revision.yaml": REVISION,
        "questionnaires/commitment.yaml": PROPOSAL,
        **HOLIDAYS,
    }
    for path, text in schedules.items():
        write(folder / "schedules", path, text)
    knowledge = folder / "knowledge"
    write(knowledge, "topics.yaml", "waste: {label: {en: Waste}}\n")
    write(knowledge, "indicators.yaml", "waste-generation: {label: {en: Waste per person}}\n")
    for city, place in CITIES.items():
        weekend = ", ".join(DAYS[day] for day in place.weekend)
        write(
            knowledge,
            f"cities/{city}.md",
            f"---\ntitle: {city.title()}\ncountry: {place.country}\ntime_zone: {place.zone}\n"
            f"weekend: [{weekend}]\n---\n",
        )
        write(
            knowledge,
            f"commitments/{city}-2007.md",
            f"---\ntitle: Promise of {city.title()}\ncity: {city}\nmade: 2007\ndue: 2030\ntargets:\n"
            "  - {id: a, kind: level, indicator: waste-generation, direction: down, value: '0.90',\n"
            "     unit: kg/cap/day, due: 2030, text: {en: Bring waste down.}}\n---\n",
        )


def moment(there: str, where: str) -> datetime:
    """A local time ("2027-03-01 09:00") in a city or a zone."""
    zone = CITIES[where].zone if where in CITIES else where
    return datetime.fromisoformat(there).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
