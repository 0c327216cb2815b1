"""Keeping an answer: what has one reading and seems likely is kept, everything else waits for a tap."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.domain import drafts as moves
from bot.domain.answers import Amount, Answer, AnswerState, Files, Value
from bot.domain.drafts import Pending
from bot.domain.questionnaires import Step
from bot.domain.views import View
from bot.domain.views.reporting import Notes
from bot.services.dialog.asking import Unclear, ask
from bot.services.dialog.past import doubts_of
from bot.services.dialog.sitting import Sitting


@dataclass(frozen=True)
class Outcome:
    """What came of words: the draft as it is now, and what is said. `key` is the question that they answered;
    `clear`: nothing needs the person."""

    sitting: Sitting
    notes: Notes | None = None
    unclear: Unclear | None = None
    view: View | None = None
    key: str | None = None
    clear: bool = True
    left: bool = False
    """The dialog is over for now: paused, or sent."""


def said(outcome: Outcome) -> View:
    """What is shown of it: what it asks for itself, else the next question."""
    return outcome.view or ask(outcome.sitting, outcome.notes, outcome.unclear)


def settle(
    sitting: Sitting,
    step: Step,
    value: Value,
    raw: str,
    message_id: int | None,
    *,
    corrects: bool = False,
) -> Outcome:
    """Keeps an answer that has one reading, or asks where it seems odd."""
    doubts = doubts_of(sitting, step, value) if isinstance(value, Amount) else ()
    if doubts:
        pending = Pending(step.key, raw, (value,), doubts=doubts, message_id=message_id, corrects=corrects)
        later = sitting.keep(moves.wait_for(sitting.draft, pending, sitting.desk.now))
        return Outcome(later, clear=False)
    answer = given(sitting, value, raw, message_id)
    return keep_answer(sitting, step.key, answer, corrects=corrects)


def given(sitting: Sitting, value: Value, raw: str, message_id: int | None = None) -> Answer:
    desk = sitting.desk
    return Answer(AnswerState.GIVEN, desk.person.id, desk.now, value, raw, message_id)


def with_files(sitting: Sitting, step: Step, value: Value, *, corrects: bool = False) -> Value:
    """Evidence comes piece by piece: what is there stays beside what is new. A corrected link takes the place of
    the links before it."""
    have = sitting.draft.answers.get(step.key)
    if not isinstance(value, Files) or have is None or not isinstance(have.value, Files):
        return value
    links = value.links if corrects else (*have.value.links, *value.links)
    attachments = (*have.value.attachments, *value.attachments)
    return Files(tuple(dict.fromkeys(attachments)), tuple(dict.fromkeys(links)))


def keep_answer(sitting: Sitting, key: str, answer: Answer, *, corrects: bool = False) -> Outcome:
    step = sitting.course.step(key)
    change = moves.correct if corrects else moves.give
    later = sitting.keep(change(sitting.draft, sitting.course, key, answer))
    kept = ((step, answer),) if step is not None else ()
    still_open = 0 if corrects or sitting.draft.returned else _left_behind(later, key)
    return Outcome(later, Notes(kept=kept, still_open=still_open), key=key)


def _left_behind(sitting: Sitting, key: str) -> int:
    """How many questions are open, where the way leads back from this one to an earlier one."""
    draft, course = sitting.draft, sitting.course
    path = course.path(draft.answers)
    now = sitting.step
    is_back = now is not None and moves.place(path, now.key) < moves.place(path, key)
    return len(moves.open_steps(draft, course)) if is_back else 0


def keep_pending(sitting: Sitting, value: Value, *, because: str | None = None) -> Outcome:
    """Keeps what waited, as this value: one of its readings, or the odd figure that is right after all."""
    pending = sitting.draft.pending
    assert pending is not None
    answer = given(sitting, value, pending.raw, pending.message_id)
    if value == pending.readings[0]:
        answer = replace(answer, doubts=pending.doubts, because=because)
    return keep_answer(sitting, pending.key, answer, corrects=pending.corrects)
