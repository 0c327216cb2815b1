"""What a button or a typed text may do: the service behind it, the right it needs, and what it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bot.domain.people import Action, Matter
from bot.domain.views import View
from bot.services.desk import Desk

Answered: TypeAlias = View | None
"""What a service answers; None: nothing is said."""


@dataclass(frozen=True)
class Press:
    """`in_place`: the answer takes the place of the message with the button. What opens something new does
    not, so that a list stays where it is and its other buttons stay at hand.

    `about` gives the object of the button, whose city decides who may press it; None where there is no such
    object. The front door asks before the service runs, so that no service can forget to."""

    run: Callable[[Desk, Any], Answered]
    action: Action = Action.READ
    in_place: bool = True
    about: Callable[[Desk, Any], Matter | None] | None = None
    in_groups: bool = True
    """Whether it may be answered in a group, where its action may be at all."""


@dataclass(frozen=True)
class Awaited:
    """What a typed text is for that was asked for before, with the right and the object as for a button."""

    run: Callable[[Desk, str], Answered]
    action: Action
    about: Callable[[Desk], Matter | None] | None = None


def of_draft(desk: Desk, draft_id: int | None) -> Matter | None:
    draft = desk.work.drafts.get(draft_id) if draft_id is not None else None
    return None if draft is None else desk.matter(draft.city, entered=draft.entered)


def of_report(desk: Desk, report_id: int | None) -> Matter | None:
    report = desk.work.reports.get(report_id) if report_id is not None else None
    return None if report is None else desk.matter(report.city, entered=report.entered)


def of_city(desk: Desk, city: str) -> Matter | None:
    """A city of the library; an old id of one is not followed, for rights hang on it."""
    return desk.matter(city) if city in desk.all_known.cities else None
