"""What a report tells of each target, made from its answers by what they mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.domain.answers import Amount, Answer, Day, Value, Words
from bot.domain.assessment import TargetResult
from bot.domain.commitments import DONE, SaidStatus, Target, TargetKind, ValueKind
from bot.domain.question_types import fits
from bot.domain.questionnaires import Course, Meaning, Step, code_of, meanings

OTHER_MEASURE, NOTHING_YET = "other", "none"
"""The states of a figure that measures something else than the target does, and of no result at all."""
WHAT_THERE_IS = frozenset({Meaning.STATE, Meaning.RESULT, Meaning.SCALE, Meaning.DONE})
"""Without these nothing is known of a target."""


def results(
    course: Course, answers: Mapping[str, Answer], judged: Mapping[str, str]
) -> Mapping[str, TargetResult]:
    """The result of every target of the course, by its short name; an empty one where nothing was said.

    `judged` are the reviewer's verdicts, by the same names; they go beside what was told and replace none of it.
    Only questions that are asked count: an answer that was set aside, when another one led elsewhere, tells nothing;
    nor does one that no longer fits its question.
    """
    path = course.path(answers)
    asked = [step for step in path if _counts(step, answers.get(step.key))]
    return {
        ref: replace(
            _result(
                target,
                meanings((step for step in asked if step.ref == ref), answers),
                _because([step for step in path if step.ref == ref], answers),
            ),
            judged=judged.get(ref),
        )
        for ref, target in course.targets.items()
    }


def _counts(step: Step, answer: Answer | None) -> bool:
    return answer is not None and answer.value is not None and fits(step, answer.value)


def _because(steps: Sequence[Step], answers: Mapping[str, Answer]) -> str | None:
    """Why there is nothing, in the city's words: beside "nothing yet", or beside what it does not know yet."""
    told = meanings(steps, answers)
    words = told.get(Meaning.WORDS)
    if code_of(told.get(Meaning.STATE)) == NOTHING_YET:
        return words.text if isinstance(words, Words) else None
    given = (answers.get(step.key) for step in steps if step.question.means in WHAT_THERE_IS)
    return next((answer.because for answer in given if answer is not None and answer.because), None)


def _result(target: Target, told: Mapping[Meaning, Value], because: str | None) -> TargetResult:
    amount, words, when = told.get(Meaning.RESULT), told.get(Meaning.WORDS), told.get(Meaning.YEAR)
    state = code_of(told.get(Meaning.STATE))
    said, share = code_of(told.get(Meaning.SAID)), told.get(Meaning.SAID_SHARE)
    done = code_of(told.get(Meaning.DONE))
    level = code_of(told.get(Meaning.SCALE))
    figure = amount if isinstance(amount, Amount) else None
    return TargetResult(
        target=target.id,
        value=figure.value if figure else None,
        far=figure.high if figure else None,
        unit=figure.unit if figure else None,
        as_change=figure is not None and _is_change(target, figure),
        year=int(when.when[:4]) if isinstance(when, Day) else None,
        value_kind=ValueKind(state) if state in set(ValueKind) else None,
        other_measure=state == OTHER_MEASURE,
        scale=int(level) if level is not None and level.isdecimal() else None,
        done=None if done is None else done == DONE,
        # Why there is nothing yet is no result.
        words=words.text if isinstance(words, Words) and state != NOTHING_YET else None,
        said=SaidStatus(said) if said in set(SaidStatus) else None,
        said_share=share.value if isinstance(share, Amount) else None,
        because=because,
    )


def _is_change(target: Target, figure: Amount) -> bool:
    """Whether a figure in per cent is a change: of a target that is one, or of one in another unit."""
    return figure.unit == "%" and (target.kind is TargetKind.CHANGE or target.unit != "%")
