"""What is shown next: the open question, what waits for a tap, or all answers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import drafts as moves
from bot.domain.answers import Amount, Value
from bot.domain.drafts import Heard, Pending
from bot.domain.question_types import limits as limits_of
from bot.domain.question_types import offers
from bot.domain.questionnaires import Meaning, Step
from bot.domain.views import View
from bot.domain.views.reporting import (
    AnswerNotClear,
    AnswerWaits,
    Came,
    HeardLine,
    Note,
    Notes,
    QuestionAsked,
    ReasonAsked,
    StaleStep,
    Summary,
    SummaryLine,
)
from bot.services.amending import amendment
from bot.services.browsing import paged
from bot.services.dialog.past import last_time, repeatable
from bot.services.dialog.sitting import Sitting, can_ask

LINES_ON_A_PAGE = 8
MOST_HEARD = 80
"""Characters of a waiting message that are shown again."""


@dataclass(frozen=True)
class Unclear:
    """Words that were not understood, and why; `near` are codes of choices that may have been meant."""

    words: str
    reasons: tuple[str, ...]
    near: tuple[str, ...] = ()
    step: Step | None = None


def ask(sitting: Sitting, notes: Notes | None = None, unclear: Unclear | None = None) -> View:
    """The next screen. From now on plain words answer this draft."""
    notes = notes or Notes()
    notes = replace(notes, new_questions=notes.new_questions or sitting.new_questions)
    if sitting.draft.heard:
        notes = replace(notes, heard=_heard_lines(sitting, notes))
        sitting = sitting.keep(replace(sitting.draft, heard=()))
    sitting.expect(text=unclear.words if unclear is not None else None)
    pending, step = sitting.draft.pending, sitting.step
    if unclear is not None and (asked := unclear.step or step) is not None:
        return _not_clear(sitting, asked, notes, unclear)
    if pending is not None and (waiting := sitting.course.step(pending.key)) is not None:
        if pending.wants_reason:
            return ReasonAsked(sitting.sheet, waiting, pending)
        have = sitting.draft.answers.get(pending.key)
        choices = choices_of(pending)
        return AnswerWaits(
            sitting.sheet, waiting, pending, choices, notes, have, can_skip=can_skip(sitting, waiting)
        )
    if step is None:
        return summary(sitting, notes=notes)
    return _question(sitting, step, notes)


def summary(
    sitting: Sitting,
    page: int = 1,
    *,
    notes: Notes | None = None,
    look_only: bool = False,
    words: str | None = None,
) -> Summary:
    """All answers, by target and in order, a page of them; what is missing is named first."""
    draft, course = sitting.draft, sitting.course
    path = course.path(draft.answers)
    missing = moves.missing(draft, course)
    absent = {step.key for step in missing}
    lines = [
        SummaryLine(
            number, step, draft.answers.get(step.key), draft.returned.get(step.key), step.key in absent
        )
        for number, step in enumerate(path, 1)
    ]
    shown, page, pages = paged(lines, page, LINES_ON_A_PAGE)
    aside = tuple((course.step(key), draft.answers[key]) for key in moves.aside(draft, course))
    return Summary(
        sitting.sheet,
        tuple(shown),
        page,
        pages,
        moves.progress(draft, course)[0],
        missing,
        aside,
        notes or Notes(),
        look_only,
        words,
        amendment(sitting.desk, draft, course),
    )


def choices_of(pending: Pending) -> tuple[Value, ...]:
    """The values that buttons offer: the readings, or what may have been meant instead of an odd figure."""
    if not pending.doubts:
        return pending.readings
    told = pending.readings[0]
    unit = told.unit if isinstance(told, Amount) else None
    expected = (doubt.expected for doubt in pending.doubts)
    return tuple(Amount(value, unit) for value in dict.fromkeys(expected) if value is not None)


def can_skip(sitting: Sitting, step: Step) -> bool:
    """What is needed, and what the secretariat asked to look at again, is not skipped."""
    return not step.question.required and step.key not in sitting.draft.returned


def _question(sitting: Sitting, step: Step, notes: Notes) -> QuestionAsked:
    draft = sitting.draft
    last = last_time(sitting, step)
    return QuestionAsked(
        sitting.sheet,
        step,
        offers(step, sitting.around),
        notes,
        have=draft.answers.get(step.key),
        last=last,
        reason=draft.returned.get(step.key),
        limits=limits_of(step),
        can_skip=can_skip(sitting, step),
        can_repeat=repeatable(step, last),
        at_once=_may_be_told_at_once(sitting),
    )


def _not_clear(sitting: Sitting, step: Step, notes: Notes, unclear: Unclear) -> AnswerNotClear:
    offered = offers(step, sitting.around)
    near = tuple((place, offer) for place, offer in enumerate(offered) if offer.code in unclear.near)
    if not near and len(offered) <= LINES_ON_A_PAGE:
        near = tuple(enumerate(offered))
    return AnswerNotClear(
        sitting.sheet,
        step,
        unclear.words,
        unclear.reasons,
        near,
        sitting.draft.tries,
        notes,
        have=sitting.draft.answers.get(step.key),
        can_skip=can_skip(sitting, step),
        can_look_up=any(letter.isalpha() for letter in unclear.words),
        can_ask=can_ask(sitting.desk),
    )


def _may_be_told_at_once(sitting: Sitting) -> bool:
    """Offered at the beginning only: while nothing is answered and there are figures to tell."""
    has_figures = any(step.question.means is Meaning.RESULT for step in sitting.course.all_steps())
    return not sitting.draft.answers and has_figures


def _heard_lines(sitting: Sitting, notes: Notes) -> tuple[HeardLine, ...]:
    """What came of messages that waited; one that a tap has kept meanwhile is told as such."""
    kept = {short_words(answer.raw) for _, answer in notes.kept}
    lines: list[HeardLine] = []
    for heard in sitting.draft.heard:
        if heard.key is None and heard.raw in kept:
            continue
        lines.append(_heard_line(sitting, heard, stopped=any(line.came is not Came.KEPT for line in lines)))
    return tuple(lines)


def _heard_line(sitting: Sitting, heard: Heard, *, stopped: bool) -> HeardLine:
    if heard.key is None:
        return HeardLine(heard.raw, Came.NOT_USED if stopped else _why_not(sitting, heard.raw))
    step, answer = sitting.course.step(heard.key), sitting.draft.answers.get(heard.key)
    return HeardLine(heard.raw, Came.KEPT, step, answer)


def _why_not(sitting: Sitting, raw: str) -> Came:
    """What is below for it: its readings, or the question that it did not answer."""
    pending = sitting.draft.pending
    if pending is not None and short_words(pending.raw) == raw:
        return Came.UNCLEAR
    return Came.NOT_READ if sitting.step is not None else Came.NOT_USED


def short_words(words: str) -> str:
    """The words of a waiting message as they are shown again."""
    flat = " ".join(words.split())
    return flat if len(flat) <= MOST_HEARD else flat[: MOST_HEARD - 1] + "…"


def who_was_here(sitting: Sitting) -> Notes:
    """Welcome back to whoever was there before; who else began it, for all others."""
    desk, draft = sitting.desk, sitting.draft
    given = sorted(draft.answers.values(), key=lambda answer: answer.at)
    if not given or any(answer.by == desk.person.id for answer in given):
        return noted(Note.BACK_AGAIN) if given else Notes()
    return Notes(note=Note.BEGUN_BY, holder=desk.name_of(given[0].by))


def noted(note: Note) -> Notes:
    return Notes(note=note)


def stale(sitting: Sitting, key: str | None) -> View:
    """An old button changes nothing: it says how its question was answered, and leads on."""
    step = sitting.course.step(key) if key else None
    answer = sitting.draft.answers.get(key) if key else None
    # What came just before this tap waits for a word of ours too: the open question tells it.
    if answer is None or key == open_key(sitting) or sitting.draft.heard:
        return ask(sitting, noted(Note.OLD_BUTTON))
    path = [asked.key for asked in sitting.course.path(sitting.draft.answers)]
    return StaleStep(sitting.sheet, step if key in path else None, answer, sitting.step)


def open_key(sitting: Sitting) -> str | None:
    step = sitting.step
    return step.key if step is not None else None
