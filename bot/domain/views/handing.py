"""What is shown to a colleague who was handed one question, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.answers import Answer, Value
from bot.domain.drafts import Pending
from bot.domain.names import NameProblem
from bot.domain.question_types import Limits, Offer
from bot.domain.questionnaires import Step
from bot.domain.views.base import View
from bot.domain.views.reporting import DraftSheet


@dataclass(frozen=True)
class HandedNameAsked(View):
    """Asks whoever opened the link for their name, again where what they wrote is none."""

    sheet: DraftSheet
    step: Step
    by: str | None
    problem: NameProblem = NameProblem.NONE


@dataclass(frozen=True)
class HandedAsked(View):
    """The one question that was handed over. `words` and `reasons`: what they wrote was not understood."""

    sheet: DraftSheet
    step: Step
    handed_id: int
    offers: tuple[Offer, ...] = ()
    chosen: tuple[str, ...] = ()
    limits: Limits | None = None
    words: str | None = None
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandedWaits(View):
    """What they wrote has several readings, or seems odd. `written` is the number of their words."""

    sheet: DraftSheet
    step: Step
    handed_id: int
    pending: Pending
    choices: tuple[Value, ...]
    written: int = 0


@dataclass(frozen=True)
class HandedThanks(View):
    """`takes_more`: for some minutes further files come to this one."""

    sheet: DraftSheet
    step: Step
    answer: Answer
    takes_more: bool = False


@dataclass(frozen=True)
class HandedFull(View):
    """The answer has as many files as it can take; this one was not kept."""

    sheet: DraftSheet
    step: Step
    most: int


@dataclass(frozen=True)
class HandedGone(View):
    """The link opens nothing (any more)."""


@dataclass(frozen=True)
class HandedAnswered(View):
    """Tells the city that a colleague answered the question that was handed over."""

    sheet: DraftSheet
    step: Step
    answer: Answer
    name: str
