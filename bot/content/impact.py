"""What a changed questionnaire means for drafts that are being filled in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.content.problems import Level, Problem
from bot.domain.drafts import Draft, new_to
from bot.domain.question_types import fits
from bot.domain.questionnaires import Course, adopted


@dataclass(frozen=True, slots=True)
class Fate:
    """What becomes of one draft: how many answers stay as they are; and questions, by their ids, that get the
    answer of a former id, are gone and leave their answer aside, have lost its target, have an answer that does
    not fit them any more, or are new and asked."""

    kept: int
    moved: frozenset[str] = frozenset()
    gone: frozenset[str] = frozenset()
    homeless: frozenset[str] = frozenset()
    misfits: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()


def fate(draft: Draft, course: Course) -> Fate:
    """What the questionnaire as it is now (`course`) means for an open draft. No answer is lost in any case."""
    steps = {step.key: step for step in course.all_steps()}
    there = {question.id for question in course.questionnaire.questions}
    answers = adopted(draft.answers, course)
    moved = answers.keys() - draft.answers.keys()
    lost = answers.keys() - steps.keys()
    misfits = {
        key
        for key, answer in answers.items()
        if key in steps and answer.value is not None and not fits(steps[key], answer.value)
    }
    asked = {step.question.id for step in course.path(answers)}
    return Fate(
        kept=len(answers.keys() - moved - lost - misfits),
        moved=_questions(moved),
        gone=_questions(lost) - there,
        homeless=_questions(lost) & there,
        misfits=_questions(misfits),
        new=frozenset(question.id for question in new_to(draft, course) if question.id in asked),
    )


def told(fates: Sequence[Fate], path: str) -> Problem | None:
    """The note for `focal check`; None where every answer stays as it is and nothing is new."""
    parts = [*_parts(fates)]
    if not parts:
        return None
    drafts = "1 open draft" if len(fates) == 1 else f"{len(fates)} open drafts"
    kept = sum(one.kept for one in fates)
    stay = {0: "", 1: "; 1 answer stays as it is"}.get(kept, f"; {kept} answers stay as they are")
    return Problem(path, 1, 1, Level.NOTE, "drafts", f"{drafts}: {', '.join(parts)}{stay}")


def _parts(fates: Sequence[Fate]) -> Iterator[str]:
    for question, count in _counted(fates, lambda one: one.gone):
        yield (
            f"in {count} an answer to `{question}` is set aside (the question is gone; write "
            f"`formerly: [{question}]` at its successor to keep it)"
        )
    for question, count in _counted(fates, lambda one: one.homeless):
        yield f"in {count} an answer to `{question}` is set aside (its target is gone, or of another kind)"
    for question, count in _counted(fates, lambda one: one.misfits):
        yield f"in {count} an answer to `{question}` does not fit it any more (its type or its choices changed)"
    for question, count in _counted(fates, lambda one: one.moved):
        yield f"in {count} `{question}` takes over the answer of its former id"
    new = sorted(frozenset().union(*(one.new for one in fates)))
    if new:
        named = ", ".join(f"`{question}`" for question in new)
        are_new = "one question is new" if len(new) == 1 else f"{len(new)} questions are new"
        yield f"in {sum(bool(one.new) for one in fates)} {are_new} ({named})"


def _counted(fates: Sequence[Fate], which: Callable[[Fate], frozenset[str]]) -> list[tuple[str, int]]:
    """In how many drafts each question has this fate, by its id."""
    return sorted(Counter(question for one in fates for question in which(one)).items())


def orphaned(questionnaire: str, drafts: int, path: str) -> Problem:
    """The warning for drafts whose questionnaire is gone; `path` is where its file was."""
    count = "1 open draft waits" if drafts == 1 else f"{drafts} open drafts wait"
    message = f"{count} for the questionnaire `{questionnaire}`, which is gone"
    return Problem(path, 1, 1, Level.WARNING, "drafts", message, "put the file back until they are sent")


def _questions(keys: Iterable[str]) -> frozenset[str]:
    return frozenset(key.partition("@")[0] for key in keys)
