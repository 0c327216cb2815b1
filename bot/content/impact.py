"""What a changed questionnaire means for drafts that are being filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.content.problems import Level, Problem
from bot.domain.drafts import Draft
from bot.domain.question_types import fits
from bot.domain.questionnaires import Course, Step, adopted


@dataclass(frozen=True)
class Impact:
    """How many drafts there are, how many answers they keep as they are, and in how many drafts a question (by its
    id) gets the answer of its former id, is gone with its answer, has lost the target of its answer, has an answer
    that does not fit it any more, or is new."""

    drafts: int = 0
    kept: int = 0
    moved: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    homeless: Counter[str] = field(default_factory=Counter)
    misfits: Counter[str] = field(default_factory=Counter)
    new: Counter[str] = field(default_factory=Counter)
    with_new: int = 0
    """In how many drafts at least one question is new."""


def impact(drafts: Iterable[tuple[Draft, Course]]) -> Impact:
    """What becomes of the answers of open drafts of one questionnaire as it is now.

    A question is new to a draft where it stands before the place that was reached and nobody has answered it in
    any draft.
    """
    found = [(draft, course) for draft, course in drafts]
    answered = {_question(key) for draft, course in found for key in adopted(draft.answers, course)}
    total = Impact(drafts=len(found))
    kept = with_new = 0
    for draft, course in found:
        steps = {step.key: step for step in course.all_steps()}
        asked = {question.id for question in course.questionnaire.questions}
        answers = adopted(draft.answers, course)
        total.moved.update({_question(key) for key in answers if key not in draft.answers})
        lost = {key for key in answers if key not in steps}
        total.gone.update({_question(key) for key in lost if _question(key) not in asked})
        total.homeless.update({_question(key) for key in lost if _question(key) in asked})
        misfits = {
            key
            for key, answer in answers.items()
            if key in steps and answer.value is not None and not fits(steps[key], answer.value)
        }
        total.misfits.update({_question(key) for key in misfits})
        new = {step.question.id for step in _passed_by(draft, course)} - answered
        total.new.update(new)
        with_new += bool(new)
        kept += len(set(answers) & set(draft.answers) - lost - misfits)
    return Impact(
        total.drafts, kept, total.moved, total.gone, total.homeless, total.misfits, total.new, with_new
    )


def _passed_by(draft: Draft, course: Course) -> Iterator[Step]:
    """Steps without an answer before the place that the draft has reached."""
    answers = adopted(draft.answers, course)
    path = course.path(answers)
    last = max((place for place, step in enumerate(path) if step.key in answers), default=0)
    reached = len(path) if draft.at is None and answers else last
    return (step for step in path[:reached] if step.key not in answers)


def told(found: Impact, path: str) -> Problem | None:
    """The note for `focal check`; None where every answer stays as it is and nothing is new."""
    parts = [*_fates(found)]
    if found.with_new:
        named = ", ".join(f"`{question}`" for question in sorted(found.new))
        many = len(found.new)
        told = f"one question is new ({named})" if many == 1 else f"{many} questions are new ({named})"
        parts.append(f"in {found.with_new} {told}")
    if not parts:
        return None
    drafts = "1 open draft" if found.drafts == 1 else f"{found.drafts} open drafts"
    return Problem(path, 1, 1, Level.NOTE, "drafts", f"{drafts}: {', '.join(parts)}")


def _fates(found: Impact) -> Sequence[str]:
    return (
        *(
            f"in {count} an answer to `{question}` is set aside (the question is gone; write "
            f"`formerly: [{question}]` at its successor to keep it)"
            for question, count in sorted(found.gone.items())
        ),
        *(
            f"in {count} an answer to `{question}` is set aside (its target is gone, or of another kind)"
            for question, count in sorted(found.homeless.items())
        ),
        *(
            f"in {count} an answer to `{question}` does not fit it any more (its type or its choices changed)"
            for question, count in sorted(found.misfits.items())
        ),
        *(
            f"in {count} `{question}` takes over the answer of its former id"
            for question, count in sorted(found.moved.items())
        ),
    )


def orphaned(questionnaire: str, drafts: int, path: str) -> Problem:
    """The warning for drafts whose questionnaire is gone; `path` is where its file was."""
    count = "1 open draft waits" if drafts == 1 else f"{drafts} open drafts wait"
    message = f"{count} for the questionnaire `{questionnaire}`, which is gone"
    return Problem(path, 1, 1, Level.WARNING, "drafts", message, "put the file back until they are sent")


def _question(key: str) -> str:
    return key.partition("@")[0]
