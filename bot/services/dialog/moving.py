"""Moving through a draft: back, skip, pause, help, summary, and what waits for a word."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain import buttons as b
from bot.domain import drafts as moves
from bot.domain.answers import Answer, AnswerState
from bot.domain.drafts import DraftState
from bot.domain.people import Expecting, Purpose
from bot.domain.question_types import limits
from bot.domain.questionnaires import Step
from bot.domain.views import OldButton, View
from bot.domain.views.reporting import (
    BecauseAsked,
    DialogHelp,
    DontKnow,
    Note,
    Notes,
    NothingDiffers,
    Paused,
    TakenOver,
)
from bot.services import lookups, sending
from bot.services.amending import amendment
from bot.services.courses import course_of
from bot.services.desk import Desk
from bot.services.dialog import colleagues, one_message
from bot.services.dialog.asking import ask, can_skip, noted, open_key, stale, who_was_here
from bot.services.dialog.interface_words import typed_move
from bot.services.dialog.keeping import Outcome, given, keep_answer, keep_pending, said
from bot.services.dialog.past import last_time, repeatable
from bot.services.dialog.sitting import Sitting, can_ask, closed, sheet_of, sit_down

MOST_REASON = 500
"""Characters of the reason why a question is left empty."""


def press(desk: Desk, button: b.Move) -> View | None:
    """A button of the dialog. One of an earlier screen changes nothing: it explains and leads on."""
    if button.move not in list(b.Step):
        return OldButton()
    move = b.Step(button.move)
    if move is b.Step.PAUSE:
        return pause(desk, button.draft_id)
    if move in (b.Step.TAKE, b.Step.USE):
        return take(desk, button.draft_id)
    sitting = sit_down(desk, button.draft_id, version=button.version)
    if isinstance(sitting, View):
        return sitting
    step = sitting.course.step(button.key) if button.key else None
    if move is b.Step.HELP:
        return help_(sitting, step)
    is_old = not sitting.fresh or (button.key and step is None)
    if is_old or (move in OF_A_QUESTION and button.key != open_key(sitting)) or move not in MOVES:
        return stale(sitting, button.key)
    return said(MOVES[move](sitting, step))


def take(desk: Desk, draft_id: int) -> View:
    """Goes on with what a colleague is filling in."""
    draft = desk.work.drafts.get(draft_id)
    sitting = sit_down(desk, draft_id, take=True)
    if isinstance(sitting, View):
        return sitting
    return ask(sitting, took(sitting, draft.holder if draft is not None else None))


def look_up(desk: Desk) -> View:
    """Looks up what was typed, instead of taking it for an answer."""
    words = desk.person.expecting.text if desk.person.expecting is not None else None
    return lookups.find(desk, words) if words else OldButton()


def typed(sitting: Sitting, move: b.Step) -> Outcome | None:
    """The same as the button with this label, where it is on the screen; None where it is not."""
    step = sitting.step
    if move is b.Step.PAUSE:
        return Outcome(sitting, view=pause(sitting.desk, sitting.draft.id), left=True)
    if move is b.Step.HELP:
        return Outcome(sitting, view=help_(sitting, step), clear=False)
    if step is None:
        return MOVES[move](sitting, None) if move in (b.Step.SEND, b.Step.BACK, b.Step.SUMMARY) else None
    if _corrects(sitting) and move in OF_A_QUESTION:
        return Outcome(
            sitting, clear=False
        )  # is it about the open question, or about what waits? It is asked again
    if move is b.Step.SAME and not repeatable(step, last_time(sitting, step)):
        return None
    if move is b.Step.KEEP and step.key not in sitting.draft.answers:
        return None
    return MOVES[move](sitting, step) if move in TYPED else None


def pause(desk: Desk, draft_id: int) -> View:
    """Plain words are looked up again; the draft stays as it is, and free for colleagues."""
    draft = desk.work.drafts.get(draft_id)
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    expecting = desk.person.expecting
    if expecting is not None and expecting.object_id == draft_id:
        desk.work.people.expect(desk.person.id, None)
    if draft is None or course is None:
        return OldButton()
    if draft.state is DraftState.SUBMITTED:
        return closed(desk, draft, course)
    if draft.holder == desk.person.id:
        desk.work.drafts.save(replace(draft, holder=None), draft)
    return Paused(sheet_of(desk, draft, course), moves.progress(draft, course)[0])


def help_(sitting: Sitting, step: Step | None) -> View:
    sitting.expect()
    return DialogHelp(sitting.sheet, step, limits(step) if step is not None else None, can_ask(sitting.desk))


def because(desk: Desk, words: str) -> View | None:
    """Why a question is left empty."""
    expecting = desk.person.expecting
    sitting = sit_down(desk, expecting.object_id or 0) if expecting is not None else OldButton()
    if isinstance(sitting, View) or expecting is None:
        desk.work.people.expect(desk.person.id, None)
        return sitting if isinstance(sitting, View) else OldButton()
    key = expecting.key or ""
    if key != open_key(sitting) or typed_move(words) is not None:
        return ask(sitting)
    if len(words) > MOST_REASON:
        assert sitting.step is not None
        return BecauseAsked(sitting.sheet, sitting.step, too_long=True)
    return said(_left_empty(sitting, key, because=words))


def took(sitting: Sitting, holder: int | None) -> Notes:
    """Somebody goes on with what a colleague was filling in; who was, is told."""
    desk = sitting.desk
    if holder is None or holder == desk.person.id:
        return who_was_here(sitting)
    someone = desk.work.people.get(holder)
    if someone is not None and someone.reachable:
        desk.tell(holder, TakenOver(sitting.sheet, sitting.step, desk.name_of(desk.person.id)))
    return Notes(note=Note.TAKEN_OVER, holder=desk.name_of(holder))


# --- what each button does. All get the question that the button names, None where it names none.


def _back(sitting: Sitting, _: Step | None) -> Outcome:
    return Outcome(sitting.keep(moves.back(sitting.draft, sitting.course, sitting.desk.now)))


def _keep(sitting: Sitting, step: Step | None) -> Outcome:
    have = sitting.draft.answers.get(step.key) if step is not None else None
    if step is not None and have is not None and step.key in sitting.draft.returned:
        # They looked at what was returned, and stand by it.
        return keep_answer(sitting, step.key, replace(have, at=sitting.desk.now))
    return Outcome(sitting.keep(moves.keep_going(sitting.draft, sitting.course, sitting.desk.now)))


def _on(sitting: Sitting, _: Step | None) -> Outcome:
    later = sitting.keep(moves.pass_by(sitting.draft, sitting.course, sitting.desk.now))
    return Outcome(later, noted(Note.LEFT_OPEN))


def _skip(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    if not can_skip(sitting, step):
        return Outcome(sitting, noted(Note.NEEDED), clear=False)
    desk = sitting.desk
    answer = Answer(AnswerState.SKIPPED, desk.person.id, desk.now)
    return told_as(Note.SKIPPED, keep_answer(sitting, step.key, answer))


def _same(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    last = last_time(sitting, step)
    if last is None or last.answer.value is None or not repeatable(step, last):
        return Outcome(sitting, noted(Note.OLD_BUTTON), clear=False)
    answer = replace(given(sitting, last.answer.value, last.answer.raw), same_as_last=True)
    return keep_answer(sitting, step.key, answer)


def _unknown(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    sitting.expect()
    return Outcome(sitting, view=DontKnow(sitting.sheet, step), clear=False)


def _empty(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    return _left_empty(sitting, step.key)


def _left_empty(sitting: Sitting, key: str, because: str | None = None) -> Outcome:
    desk = sitting.desk
    answer = Answer(AnswerState.UNKNOWN, desk.person.id, desk.now, because=because)
    return told_as(Note.LEFT_EMPTY, keep_answer(sitting, key, answer))


def told_as(note: Note, outcome: Outcome) -> Outcome:
    """With this word instead of the answer, which says no more."""
    return replace(outcome, notes=replace(outcome.notes or Notes(), kept=(), note=note))


def _corrects(sitting: Sitting) -> bool:
    """Whether the correction of another answer waits for a word."""
    pending = sitting.draft.pending
    return pending is not None and pending.corrects


def _why(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    desk = sitting.desk
    asked = Expecting(Purpose.BECAUSE, since=desk.now, object_id=sitting.draft.id, key=step.key)
    desk.work.people.expect(desk.person.id, asked)
    return Outcome(sitting, view=BecauseAsked(sitting.sheet, step), clear=False)


def _change(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    return Outcome(sitting.keep(moves.go_to(sitting.draft, step.key, sitting.desk.now, changing=True)))


def _right(sitting: Sitting, step: Step | None) -> Outcome:
    pending = sitting.draft.pending
    if pending is None or not pending.doubts:
        return Outcome(sitting, noted(Note.OLD_BUTTON))
    waits = replace(pending, wants_reason=True)
    return Outcome(sitting.keep(moves.wait_for(sitting.draft, waits, sitting.desk.now)))


def _sure(sitting: Sitting, step: Step | None) -> Outcome:
    pending = sitting.draft.pending
    if pending is None or not pending.doubts:
        return Outcome(sitting, noted(Note.OLD_BUTTON))
    return keep_pending(sitting, pending.readings[0])


def _again(sitting: Sitting, _: Step | None) -> Outcome:
    draft = sitting.draft
    key = draft.pending.key if draft.pending is not None and not draft.pending.corrects else draft.at
    return Outcome(sitting.keep(moves.go_to(draft, key, sitting.desk.now, changing=draft.changing)))


def _summary(sitting: Sitting, _: Step | None) -> Outcome:
    return Outcome(sitting.keep(moves.go_to(sitting.draft, None, sitting.desk.now)))


def _send(sitting: Sitting, _: Step | None) -> Outcome:
    if moves.missing(sitting.draft, sitting.course):
        later = sitting.keep(moves.go_to(sitting.draft, None, sitting.desk.now))
        return Outcome(later, noted(Note.SOME_MISSING), clear=False)
    amends = amendment(sitting.desk, sitting.draft, sitting.course)
    if amends is not None and amends.is_empty:
        sitting.expect()
        return Outcome(sitting, view=NothingDiffers(sitting.sheet, amends), clear=False)
    sent = sending.send(sitting.desk, sitting.draft, sitting.course)
    return Outcome(sitting, view=sent, left=True)


def _clear(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    return Outcome(sitting.keep(moves.take_out(sitting.draft, step.key, sitting.desk.now)))


def _colleague(sitting: Sitting, step: Step | None) -> Outcome:
    assert step is not None
    sitting.expect()
    return Outcome(sitting, view=colleagues.hand(sitting, step), clear=False)


def _one_message(sitting: Sitting, _: Step | None) -> Outcome:
    return Outcome(sitting, view=one_message.asked(sitting), clear=False)


def _fill(sitting: Sitting, _: Step | None) -> Outcome:
    return one_message.fill(sitting)


def _drop(sitting: Sitting, _: Step | None) -> Outcome:
    return Outcome(sitting, noted(Note.NOTHING_KEPT))


MOVES: Mapping[b.Step, Callable[[Sitting, Step | None], Outcome]] = {
    b.Step.BACK: _back,
    b.Step.KEEP: _keep,
    b.Step.ON: _on,
    b.Step.SKIP: _skip,
    b.Step.SAME: _same,
    b.Step.UNKNOWN: _unknown,
    b.Step.EMPTY: _empty,
    b.Step.WHY: _why,
    b.Step.COLLEAGUE: _colleague,
    b.Step.CHANGE: _change,
    b.Step.RIGHT: _right,
    b.Step.SURE: _sure,
    b.Step.AGAIN: _again,
    b.Step.SUMMARY: _summary,
    b.Step.SEND: _send,
    b.Step.ONE_MESSAGE: _one_message,
    b.Step.FILL: _fill,
    b.Step.DROP: _drop,
    b.Step.CLEAR: _clear,
}
OF_A_QUESTION = frozenset(
    {
        *(b.Step.SKIP, b.Step.SAME, b.Step.UNKNOWN, b.Step.EMPTY, b.Step.WHY, b.Step.COLLEAGUE, b.Step.CLEAR),
        *(b.Step.KEEP, b.Step.ON),
    }
)
"""What is about the open question, and has no meaning at another."""
TYPED = frozenset({b.Step.BACK, b.Step.SKIP, b.Step.SAME, b.Step.UNKNOWN, b.Step.KEEP, b.Step.SUMMARY})
"""What may be typed as well as tapped while a question is open."""
