"""The pulse of a cycle: who is active, quiet or silent, how soon cities answer, and which question costs most."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from statistics import median

from bot.domain.answers import AnswerState
from bot.domain.drafts import Draft
from bot.domain.reports import Report, ReportState

ACTIVE_FOR = timedelta(days=21)
"""How long a sign of life keeps a city active."""
BREAK = timedelta(minutes=30)
"""Somebody who needs longer from one answer to the next was doing something else."""
FEWEST = 3
"""Figures from fewer cases are not shown: they would tell of single people."""
SOON = timedelta(days=7)


class Liveliness(StrEnum):
    ACTIVE = "active"
    """Its report is with the secretariat, or it gave a sign within three weeks."""
    QUIET = "quiet"
    """It gave a sign in this cycle, but not within three weeks."""
    SILENT = "silent"
    """Not a sign in this cycle."""


@dataclass(frozen=True)
class QuestionCost:
    """`seconds` is the median time from the answer before to this one, `left_empty` of `asked` were skipped or not
    known."""

    question: str
    seconds: float
    asked: int
    left_empty: int


@dataclass(frozen=True)
class AnswerRate:
    """Of the reminders in a language how many were followed by a sign before the next one."""

    language: str
    answered: int
    sent: int


@dataclass(frozen=True)
class Answering:
    """How reminders were answered: `median` from a reminder to the first sign after it."""

    sent: int
    answered: int
    median: timedelta | None
    by_language: tuple[AnswerRate, ...]


@dataclass(frozen=True, slots=True)
class SentReminder:
    """A reminder that reached somebody about one city; `language` is theirs."""

    city: str
    at: datetime
    language: str


def signs_in(drafts: Iterable[Draft], reports: Collection[Report]) -> Iterator[datetime]:
    """When the people of a city did something about its report. What the secretariat enters is no sign of theirs, nor
    is that a draft was handed back to them."""
    own = [report for report in reports if not report.entered]
    handed_back = {report.decided_at for report in own if report.state is ReportState.RETURNED}
    for draft in drafts:
        if draft.entered:
            continue
        yield draft.started_at
        if draft.touched_at not in handed_back:
            yield draft.touched_at
        yield from (answer.at for answer in draft.answers.values())
    yield from (report.submitted_at for report in own)


def liveliness(signs: Collection[datetime], owes: bool, now: datetime) -> Liveliness:
    """How lively a city is, by when it did something in the cycle."""
    if not owes or any(now - sign <= ACTIVE_FOR for sign in signs):
        return Liveliness.ACTIVE
    return Liveliness.QUIET if signs else Liveliness.SILENT


def answering(sent: Sequence[SentReminder], signs: Mapping[str, Collection[datetime]]) -> Answering:
    """How a city's reminders were answered. Several to one city count as one until a sign comes or a day is over: the
    colleagues who got them share the answer."""
    of_city: dict[str, list[SentReminder]] = defaultdict(list)
    for reminder in sorted(sent, key=lambda reminder: reminder.at):
        earlier = of_city[reminder.city]
        if not earlier or reminder.at - earlier[-1].at >= timedelta(days=1):
            earlier.append(reminder)
    waits: list[timedelta] = []
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for city, reminders in of_city.items():
        given = sorted(signs.get(city, ()))
        ends = [
            *(reminder.at for reminder in reminders[1:]),
            datetime.max.replace(tzinfo=reminders[0].at.tzinfo),
        ]
        for reminder, end in zip(reminders, ends, strict=True):
            answer = next((sign for sign in given if reminder.at < sign <= end), None)
            counts[reminder.language][1] += 1
            if answer is not None:
                counts[reminder.language][0] += 1
                waits.append(answer - reminder.at)
    rates = (AnswerRate(language, *pair) for language, pair in sorted(counts.items()))
    return Answering(
        sent=sum(pair[1] for pair in counts.values()),
        answered=len(waits),
        median=_median(waits) if len(waits) >= FEWEST else None,
        by_language=tuple(rate for rate in rates if rate.sent >= FEWEST),
    )


def _median(lengths: Sequence[timedelta]) -> timedelta:
    return timedelta(seconds=median(length.total_seconds() for length in lengths))


def costs(drafts: Iterable[Draft]) -> tuple[QuestionCost, ...]:
    """What each question costs those who answer, the dearest first; asked for several targets it counts as one."""
    seconds: dict[str, list[float]] = defaultdict(list)
    empty: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for draft in drafts:
        before: datetime | None = None
        for key, answer in sorted(draft.answers.items(), key=lambda item: item[1].at):
            question = key.partition("@")[0]
            empty[question][1] += 1
            empty[question][0] += answer.state is not AnswerState.GIVEN
            if before is not None and timedelta() < answer.at - before <= BREAK:
                seconds[question].append((answer.at - before).total_seconds())
            before = answer.at
    found = (
        QuestionCost(question, median(spent), empty[question][1], empty[question][0])
        for question, spent in seconds.items()
        if len(spent) >= FEWEST
    )
    return tuple(sorted(found, key=lambda cost: (-cost.seconds, cost.question)))
