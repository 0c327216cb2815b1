"""Reminders, derived: which are due follows from cycles, rules, cities, people and reports, and nothing is stored
but what was said.

A **debt** is one rule (or promise, or nudge) for one person about one city in one cycle. All debts of one person
that fall on one of their local days go out as one **reminder**, at the earliest of their hours.
"""

from bot.domain.reminders.falling import debts, is_paused
from bot.domain.reminders.moments import moment_of, next_waking
from bot.domain.reminders.owed import (
    FARTHEST_MOVE,
    LOOK_BACK,
    NOBODY,
    NUDGED,
    PROMISED,
    SAID_WITHIN,
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
    Why,
)
from bot.domain.reminders.plan import due, what_will_go_out
from bot.domain.reminders.wanted import still_wanted

__all__ = [
    "FARTHEST_MOVE",
    "LOOK_BACK",
    "NOBODY",
    "NUDGED",
    "PROMISED",
    "SAID_WITHIN",
    "WEEK",
    "Calendar",
    "Debt",
    "Needless",
    "Nudge",
    "Owed",
    "Pause",
    "Promise",
    "Recipient",
    "Reminder",
    "Why",
    "debts",
    "due",
    "is_paused",
    "moment_of",
    "next_waking",
    "still_wanted",
    "what_will_go_out",
]
