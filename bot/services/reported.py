"""What a report tells: its course, its steps, and the result of each target. Pure; the desk is not needed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.assessment import Assessment, TargetResult, assess
from bot.domain.commitments import Commitment, Target
from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.questionnaires import Course, Question, QuestionKind, Questionnaire, Step, adopted
from bot.domain.reports import Report
from bot.domain.results import results
from bot.domain.words import LocalText
from bot.services.courses import commitments_of, course_of


@dataclass(frozen=True)
class ToldOf:
    """A target that a report is about, with what its answers say came of it."""

    entry: str
    commitment: Commitment
    target: Target
    result: TargetResult | None

    @cached_property
    def assessed(self) -> Assessment:
        return assess(self.target, self.result, self.commitment.made)


def name(report: Report) -> str:
    """What the log of changes calls a version: `sibu-2026 v2`."""
    return f"{report.number} v{report.version}"


def course(report: Report, library: Library, schedules: Schedules) -> Course:
    """The course of a report; without questions where its questionnaire is gone from the files."""
    found = course_of(report, library, schedules)
    return found or Course(Questionnaire(report.questionnaire, LocalText.plain(report.questionnaire), ()))


def as_asked_now(report: Report, taken: Course) -> Report:
    """The report with its answers under the ids that their questions have now."""
    return replace(report, answers=adopted(report.answers, taken))


def steps_of(report: Report, taken: Course) -> tuple[Step, ...]:
    """The steps that the report took. An answer to a question that is gone from the files stands under its id."""
    known = {step.key for step in taken.all_steps()}
    gone = (key for key in report.answers if key not in known)
    nameless = (Step(Question(key, QuestionKind.TEXT, LocalText.plain(key))) for key in gone)
    return (*taken.path(report.answers), *nameless)


def told_of_targets(
    report: Report, library: Library, taken: Course, verdicts: Mapping[str, str]
) -> Mapping[str, ToldOf]:
    """Each target that a progress report is about, by its short name."""
    told = results(taken, adopted(report.answers, taken), verdicts)
    found = commitment_by_ref(report.city, library)
    return {
        ref: ToldOf(*found[ref], target, told.get(ref))
        for ref, target in taken.targets.items()
        if ref in found
    }


def commitment_by_ref(city: str, library: Library) -> Mapping[str, tuple[str, Commitment]]:
    """The commitments of a city, each with its entry, under the short names of their targets."""
    commitments = commitments_of(city, library).items()
    return {
        f"{made.made}{target.id}": (entry, made) for entry, made in commitments for target in made.targets
    }
