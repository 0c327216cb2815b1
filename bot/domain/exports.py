"""What can be taken out as a table, in which shape, and what narrows it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class What(StrEnum):
    RESULTS = "results"
    ANSWERS = "answers"
    COMMITMENTS = "commitments"
    CITIES = "cities"
    ENTRIES = "entries"
    QUESTIONS = "questions"
    MISSES = "misses"
    ANNOUNCEMENTS = "announcements"
    REPLICATIONS = "replications"
    EDITIONS = "editions"


class Shape(StrEnum):
    LONG = "long"
    """A row for each single thing."""
    WIDE = "wide"
    """What belongs together side by side."""


class Filter(StrEnum):
    CYCLE = "cycle"
    STATE = "state"
    COUNTRY = "country"
    TOPIC = "topic"


EVERY_STATE = "all"
"""In place of a state: everything, whatever its state."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for. Without a shape the first one of its table; what is None does not narrow."""

    what: What
    shape: Shape | None = None
    cycle: str | None = None
    state: str | None = None
    country: str | None = None
    topic: str | None = None

    @property
    def filters(self) -> Mapping[Filter, str]:
        """Those that narrow it."""
        chosen = {one: getattr(self, one.value) for one in Filter}
        return {one: value for one, value in chosen.items() if value is not None}
