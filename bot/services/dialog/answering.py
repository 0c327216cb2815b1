"""Answers: typed, tapped, corrected by editing one's message. Nothing unclear or odd is kept before a tap."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import buttons as b
from bot.domain import drafts as moves
from bot.domain.answers import Codes, Value
from bot.domain.drafts import SILENT_AFTER, Draft, DraftState, Heard, Pending
from bot.domain.people import Purpose
from bot.domain.question_types import AskBack, NotUnderstood, Understood, picked, read
from bot.domain.questionnaires import Meaning, QuestionKind, Step
from bot.domain.small_talk import Talk, talk
from bot.domain.views import OldButton, View
from bot.domain.views.reporting import Corrected, Note, Notes
from bot.services import questions, reception
from bot.services.courses import course_of
from bot.services.desk import LOOK_UP_ONCE, Desk
from bot.services.dialog import moving, one_message
from bot.services.dialog.asking import Unclear, ask, choices_of, noted, open_key, short_words, stale, summary
from bot.services.dialog.interface_words import typed_move
from bot.services.dialog.keeping import Outcome, given, keep_answer, keep_pending, said, settle, with_files
from bot.services.dialog.past import FIGURES
from bot.services.dialog.sitting import Sitting, closed, sit_down, there

# --- typed words


def hear(desk: Desk, words: str) -> View | None:
    """Typed words while a draft is open. None: nothing is said, for more of their messages wait already."""
    expecting = desk.person.expecting
    draft = desk.work.drafts.get(expecting.object_id or 0) if expecting is not None else None
    if expecting is None or draft is None:
        desk.work.people.expect(desk.person.id, None)
        return reception.hear(desk, words)
    if expecting.more == LOOK_UP_ONCE:
        desk.work.people.expect(desk.person.id, replace(expecting, more=None))
        return reception.hear(desk, words)
    if hindrance := _hindrance(desk, draft, words):
        return hindrance
    sitting = sit_down(desk, draft.id)
    if isinstance(sitting, View):
        return sitting
    if expecting.more == one_message.ONE_MESSAGE and typed_move(words) is None:
        return said(one_message.preview(sitting, words))
    return _answer(sitting, words, gap=desk.now - draft.touched_at > SILENT_AFTER)


def press(desk: Desk, button: b.Move) -> View | None:
    """A button of the dialog beside those that give an answer."""
    expecting = desk.person.expecting
    words = expecting.text if expecting is not None and expecting.object_id == button.draft_id else None
    if button.move == b.Step.LOOK_UP:
        return moving.look_up(desk)
    if button.move != b.Step.USE or not words:
        return moving.press(desk, button)
    draft = desk.work.drafts.get(button.draft_id)
    said_in = replace(desk, message_id=expecting.message_id if expecting is not None else None)
    sitting = sit_down(said_in, button.draft_id, version=button.version, take=True)
    if isinstance(sitting, View):
        return sitting
    notes = moving.took(sitting, draft.holder if draft is not None else None)
    if not sitting.fresh:
        return ask(sitting, notes)  # the colleague went on: the words were meant for another question
    return _answer(sitting, words, gap=False)


def _answer(sitting: Sitting, words: str, *, gap: bool) -> View | None:
    draft, waits = sitting.draft, sitting.desk.waits_behind
    if any(heard.key is None for heard in draft.heard):
        # Something before it needs the person: what comes after may have been meant for another question.
        outcome = Outcome(sitting, clear=False)
    else:
        outcome = _take(sitting, words, gap=gap)
    if outcome.left or (not waits and not draft.heard):
        return said(outcome)
    heard = Heard(short_words(words), outcome.key if outcome.clear else None)
    later = outcome.sitting.keep(moves.note_heard(outcome.sitting.draft, heard))
    # What was kept stands among what was heard.
    notes = replace(outcome.notes or Notes(), kept=())
    return None if waits else said(replace(outcome, sitting=later, notes=notes))


def _take(sitting: Sitting, words: str, *, gap: bool) -> Outcome:
    """What a message means: a button's label, small talk, a reason, a whole report, or the answer."""
    if (move := typed_move(words)) is not None and (moved := moving.typed(sitting, move)) is not None:
        return moved
    pending = sitting.draft.pending
    step = sitting.course.step(pending.key) if pending is not None else sitting.step
    if (small := _small_talk(step, words, gap=gap)) is not None:
        return _chat(sitting, small)
    if pending is not None and pending.wants_reason and step is not None:
        return keep_pending(sitting, pending.readings[0], because=words)
    may_tell_all = step is None or step.question.kind in FIGURES or step.question.means is Meaning.STATE
    if may_tell_all and one_message.is_report(sitting, words, at_end=step is None):
        return one_message.preview(sitting, words)
    if step is None:
        sitting.expect(text=words)
        view = summary(sitting, notes=noted(Note.NOT_ASKED), words=words)
        return Outcome(sitting, view=view, clear=False)
    corrects = pending is not None and pending.corrects
    return _read(sitting, step, words, sitting.desk.message_id, corrects=corrects)


def _read(sitting: Sitting, step: Step, words: str, message_id: int | None, *, corrects: bool) -> Outcome:
    heard = read(step, words, sitting.around)
    if isinstance(heard, Understood):
        value = with_files(sitting, step, heard.value, corrects=corrects)
        return settle(sitting, step, value, heard.raw, message_id, corrects=corrects)
    if isinstance(heard, AskBack):
        pending = Pending(
            step.key, words, heard.readings, heard.reasons, message_id=message_id, corrects=corrects
        )
        return Outcome(sitting.keep(moves.wait_for(sitting.draft, pending, sitting.desk.now)), clear=False)
    assert isinstance(heard, NotUnderstood)
    later = sitting.keep(moves.not_understood(sitting.draft, sitting.desk.now))
    unclear = Unclear(words, tuple(heard.reasons), heard.near, step)
    return Outcome(later, unclear=unclear, clear=False)


def use(sitting: Sitting, words: str) -> View | None:
    """Takes words as the answer to the open question: those below a photo."""
    return _answer(sitting, words, gap=False)


# --- taps


def tap(desk: Desk, button: b.Tap) -> View:
    """The offer at a place is the answer; of several choices it is added or taken away."""
    sitting = sit_down(desk, button.draft_id, version=button.version)
    if isinstance(sitting, View):
        return sitting
    step = sitting.course.step(button.key)
    if not sitting.fresh or step is None or step.key != open_key(sitting):
        return stale(sitting, button.key)
    have = sitting.draft.answers.get(step.key)
    value = picked(step, button.place, sitting.around, have.value if have is not None else None)
    if value is None:
        return ask(sitting, noted(Note.OLD_BUTTON))
    if step.question.kind is QuestionKind.CHOICES:
        return _toggled(sitting, step, value)
    outcome = settle(sitting, step, value, "", None)
    return ask(outcome.sitting, outcome.notes)


def pick_reading(desk: Desk, button: b.PickReading) -> View:
    """What was typed meant this reading. A reading of two may seem odd in its turn."""
    sitting = sit_down(desk, button.draft_id, version=button.version)
    if isinstance(sitting, View):
        return sitting
    pending = sitting.draft.pending
    choices = choices_of(pending) if pending is not None else ()
    if not sitting.fresh or pending is None or not button.place < len(choices):
        return stale(sitting, pending.key if pending is not None else None)
    value, step = choices[button.place], sitting.course.step(pending.key)
    if pending.doubts or step is None:
        outcome = keep_pending(sitting, value)
    else:
        outcome = settle(sitting, step, value, pending.raw, pending.message_id, corrects=pending.corrects)
    return ask(outcome.sitting, outcome.notes)


def _toggled(sitting: Sitting, step: Step, value: Value) -> View:
    if isinstance(value, Codes) and not value.codes:
        return ask(sitting.keep(moves.take_out(sitting.draft, step.key, sitting.desk.now)))
    outcome = keep_answer(sitting, step.key, given(sitting, value, ""), corrects=True)
    return ask(outcome.sitting)


# --- corrections


def answered_in(desk: Desk) -> Draft | None:
    """The draft with an answer that stands in the message which was edited (`desk.message_id`), None where there
    is none: of those that this person fills in, sent ones too."""
    expecting = desk.person.expecting
    open_now = expecting.object_id if expecting is not None and expecting.purpose is Purpose.REPORT else None
    first = desk.work.drafts.get(open_now) if open_now is not None else None
    of_cities = (draft for city in desk.person.cities() for draft in desk.work.drafts.of_city(city))
    candidates = [*([first] if first is not None else []), *of_cities]
    return next((draft for draft in candidates if _key_of_message(desk, draft) is not None), None)


def corrected(desk: Desk, words: str) -> View | None:
    """An edited message corrects the answer that stands in it, with the same care; the dialog stays where it is."""
    draft = answered_in(desk)
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    key = _key_of_message(desk, draft) if draft is not None else None
    if draft is None or course is None or key is None:
        return OldButton()
    if draft.state is DraftState.SUBMITTED:
        return closed(desk, draft, course, words, edited=True)
    if draft.held_by_another(desk.person.id, desk.now):
        # What is not clear would come between a colleague and their question.
        return there(desk, draft, course)
    sitting = sit_down(desk, draft.id)
    if isinstance(sitting, View):
        return sitting
    step, old = sitting.course.step(key), sitting.draft.answers.get(key)
    if step is None:
        return ask(sitting)
    waiting = sitting.draft.pending
    anew = waiting is not None and waiting.message_id == desk.message_id and not waiting.corrects
    outcome = _read(sitting, step, words, desk.message_id, corrects=not anew)
    if not outcome.clear or anew or old is None:
        return ask(outcome.sitting, outcome.notes, outcome.unclear)
    new = outcome.sitting.draft.answers[key]
    if new.says_the_same(old):
        return None
    return Corrected(outcome.sitting.sheet, step, old, new, outcome.sitting.step)


def _key_of_message(desk: Desk, draft: Draft) -> str | None:
    pending = draft.pending
    if pending is not None and pending.message_id == desk.message_id and draft.holder == desk.person.id:
        return pending.key
    mine = (
        key
        for key, answer in draft.answers.items()
        if answer.message_id == desk.message_id and answer.by == desk.person.id
    )
    return next(mine, None) if desk.message_id is not None else None


# --- helpers


def _hindrance(desk: Desk, draft: Draft, words: str) -> View | None:
    """Why the words are not used, where the draft is sent or with a colleague; they are shown back."""
    course = course_of(draft, desk.all_known, desk.schedules)
    if course is None:
        return None
    if draft.state is DraftState.SUBMITTED:
        return closed(desk, draft, course, words)
    if draft.held_by_another(desk.person.id, desk.now):
        return there(desk, draft, course, words)
    return None


def _small_talk(step: Step | None, words: str, *, gap: bool) -> Talk | None:
    """A greeting is no answer, least of all after a long pause; but a text may well say "perfect"."""
    small = talk(words)
    if step is None or step.question.kind not in (QuestionKind.TEXT, QuestionKind.YES_NO):
        return small
    return small if gap and small in (Talk.GREETING, Talk.HELP) else None


def _chat(sitting: Sitting, small: Talk) -> Outcome:
    if small is Talk.HELP:
        return Outcome(sitting, view=moving.help_(sitting, sitting.step))
    if small is Talk.SECRETARIAT:
        return Outcome(sitting, view=questions.ask_words(sitting.desk))
    return Outcome(sitting, noted(Note.BACK_AGAIN))
