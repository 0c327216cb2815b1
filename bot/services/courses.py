"""Which course a draft or report takes: its questionnaire, and the targets of its city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.domain.commitments import Commitment, Target
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library
from bot.domain.questionnaires import Course, Form


class Subject(Protocol):
    """What is asked about: a draft or a report."""

    @property
    def form(self) -> Form: ...
    @property
    def city(self) -> str: ...
    @property
    def cycle(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def questionnaire(self) -> str: ...


def course_of(subject: Subject, library: Library, schedules: Schedules) -> Course | None:
    """The course as the files have it now; None where its questionnaire is gone from them."""
    questionnaire = schedules.questionnaires.get(subject.questionnaire)
    if questionnaire is None:
        return None
    return Course(questionnaire, targets_of(subject, library, schedules))


def is_gone(subject: Subject, library: Library) -> bool:
    """Whether the commitment that this is about is in the files no more."""
    return bool(subject.subject) and subject.subject not in library.commitments


def is_proposable(subject: Subject, library: Library) -> bool:
    """Whether this is a proposal which can still be made."""
    return subject.form is not Form.PROGRESS and not is_gone(subject, library)


def targets_of(subject: Subject, library: Library, schedules: Schedules) -> Mapping[str, Target]:
    """The targets that are asked about, by their short names."""
    if subject.subject:
        commitment = library.commitments.get(subject.subject)
        return short_names(commitment) if commitment is not None else {}
    cycle = schedules.cycles.get(subject.cycle)
    return cycle_targets(cycle, subject.city, library) if cycle is not None else {}


def cycle_targets(cycle: ReportingCycle, city: str, library: Library) -> Mapping[str, Target]:
    """The targets of a city that a cycle asks about, by their short names."""
    found: dict[str, Target] = {}
    for commitment in commitments_of(city, library, cycle).values():
        found.update(short_names(commitment))
    return found


def commitments_of(
    city: str, library: Library, cycle: ReportingCycle | None = None
) -> Mapping[str, Commitment]:
    """The commitments of a city (those a cycle asks about, where one is given), by entry id, oldest first. A city
    that has another id now keeps what was sent under the former one."""
    found = (
        (entry_id, commitment)
        for entry_id, commitment in library.commitments_by_city.get(library.id_now(city), {}).items()
        if cycle is None or not cycle.commitments or entry_id in cycle.commitments
    )
    return dict(sorted(found, key=lambda item: (item[1].made, item[0])))


def short_names(commitment: Commitment) -> Mapping[str, Target]:
    """The targets of a commitment under the names that keys of answers carry: `2007a`."""
    return {f"{commitment.made}{target.id}": target for target in commitment.targets}


def cities_of(cycle: ReportingCycle, library: Library) -> tuple[str, ...]:
    """The cities that owe a report in this cycle: those with a commitment that it asks about."""
    return tuple(
        dict.fromkeys(
            commitment.city
            for entry_id, commitment in sorted(library.commitments.items())
            if not cycle.commitments or entry_id in cycle.commitments
        )
    )
