"""Drafts: a dialog on its way. Every function takes a draft and gives the next one; nothing is ever lost on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.answers import Answer, Value
from bot.domain.question_types import fits
from bot.domain.questionnaires import Course, Form, Question, Step, adopted, keys_now
from bot.domain.reports import SourceKind
from bot.domain.suspicions import Suspicion


class DraftState(StrEnum):
    OPEN = "open"
    SUBMITTED = "submitted"
    """Its report is with the secretariat; nothing changes until it is taken back, returned or amended."""


SILENT_AFTER = timedelta(minutes=30)
"""After this time without a word a colleague who had the draft is taken to have left it."""


@dataclass(frozen=True)
class Pending:
    """An answer that is not one yet: it has several readings, or seems odd and waits for its reason."""

    key: str
    raw: str
    readings: tuple[Value, ...]
    reasons: tuple[str, ...] = ()
    """Why it is asked back (`measures.Reason`)."""
    doubts: tuple[Suspicion, ...] = ()
    message_id: int | None = None
    wants_reason: bool = False
    """They said that it is right: their next words are the reason."""
    corrects: bool = False
    """It corrects an answer that was given before; the dialog itself stays where it is."""


@dataclass(frozen=True)
class Heard:
    """What came of one of several messages that waited on a bad line: the step it answered, or none."""

    raw: str
    key: str | None = None


@dataclass(frozen=True)
class Draft:
    """Somebody's way through a questionnaire. `at` is the key of the question that is asked; None: the summary.

    `version` rises with every change of what is asked or answered, so that an old button is known as such;
    `revision` with every writing, so that of two at once none overwrites the other. `holder` is who fills it in, and
    `touched_at` when they last did something. `returned` are the reasons of the secretariat by key.
    """

    id: int
    form: Form
    city: str
    questionnaire: str
    started_at: datetime
    touched_at: datetime
    cycle: str = ""
    subject: str = ""
    """The commitment that a revision or baseline is about."""
    source: SourceKind = SourceKind.QUESTIONNAIRE
    source_note: str = ""
    version: int = 1
    revision: int = field(default=0, compare=False)
    state: DraftState = DraftState.OPEN
    answers: Mapping[str, Answer] = field(default_factory=dict)
    at: str | None = None
    changing: bool = False
    """One answer is being changed from the summary: after it, back to the summary."""
    pending: Pending | None = None
    holder: int | None = None
    returned: Mapping[str, str] = field(default_factory=dict)
    tries: int = 0
    """How often in a row an answer to this question was not understood."""
    heard: tuple[Heard, ...] = ()
    amends: str | None = None
    """Why an accepted report is amended."""
    known: tuple[str, ...] = ()
    """Ids of the questions that the questionnaire had when the dialog last met it."""
    edition: str = ""
    """The version of the questionnaire then."""

    @property
    def entered(self) -> bool:
        """Whether the secretariat enters it, from what it learned otherwise."""
        return self.source is not SourceKind.QUESTIONNAIRE

    def held_by_another(self, person: int, now: datetime) -> bool:
        """Whether a colleague is filling it in just now."""
        return self.holder not in (None, person) and now - self.touched_at < SILENT_AFTER


def begin(draft: Draft, course: Course) -> Draft:
    """The draft at its first open question."""
    return replace(_meeting(draft, course), at=_first_open(draft, course))


def adopt(draft: Draft, course: Course, now: datetime) -> tuple[Draft, int]:
    """The draft under the questionnaire as it is now, with the number of questions that it did not have before.
    No answer is lost; old buttons count no more where the file has changed."""
    if draft.edition == course.questionnaire.version:
        return draft, 0
    new = new_to(draft, course)
    met = replace(_meeting(_renamed(draft, course), course), answers=adopted(draft.answers, course))
    asked = current(met, course)
    return _changed(replace(met, at=asked.key if asked is not None else None), now), len(new)


def new_to(draft: Draft, course: Course) -> tuple[Question, ...]:
    """The questions that the questionnaire did not have when the dialog last met it, under no id of theirs."""
    questions = course.questionnaire.questions
    return tuple(q for q in questions if not {q.id, *q.formerly}.intersection(draft.known))


def take(draft: Draft, person: int, now: datetime) -> Draft:
    """Somebody fills it in from here on."""
    if draft.holder == person:
        return replace(draft, touched_at=now)
    return replace(draft, holder=person, touched_at=now, version=draft.version + 1)


def current(draft: Draft, course: Course) -> Step | None:
    """The step that is asked, or None at the summary. Where the question is gone from the path, the first open
    one stands in for it."""
    path = course.path(draft.answers)
    for step in path:
        if step.key == draft.at:
            return step
    if draft.at is None:
        return None
    key = _first_open(draft, course)
    return next((step for step in path if step.key == key), None)


def give(draft: Draft, course: Course, key: str, answer: Answer) -> Draft:
    """Keeps an answer and goes on: to the next open question, or back to the summary it was changed from.

    Answers to questions that are no longer asked are kept aside; they count again if the path leads back.
    """
    answers = {**draft.answers, key: answer}
    returned = {k: reason for k, reason in draft.returned.items() if k != key}
    moved = replace(draft, answers=answers, returned=returned, pending=None, tries=0)
    at = _next(moved, course, key)
    return _changed(replace(moved, at=at, changing=moved.changing and at is not None), answer.at)


def correct(draft: Draft, course: Course, key: str, answer: Answer) -> Draft:
    """Replaces an answer from where one is; the dialog stays there, unless its question is no longer asked."""
    returned = {k: reason for k, reason in draft.returned.items() if k != key}
    answers = {**draft.answers, key: answer}
    waiting = draft.pending if draft.pending is not None and draft.pending.key != key else None
    corrected = replace(draft, answers=answers, returned=returned, pending=waiting)
    path = [step.key for step in course.path(answers)]
    if draft.at is not None and draft.at not in path:
        corrected = replace(corrected, at=_first_open(corrected, course), pending=None)
    return _changed(corrected, answer.at)


def take_out(draft: Draft, key: str, now: datetime) -> Draft:
    """The draft without this answer, which its giver has taken back piece by piece; the dialog stays where it is."""
    answers = {other: answer for other, answer in draft.answers.items() if other != key}
    return _changed(replace(draft, answers=answers), now)


def wait_for(draft: Draft, pending: Pending, now: datetime) -> Draft:
    """Keeps what was said until it is clear, at the question it belongs to (a correction: wherever one is)."""
    at = draft.at if pending.corrects else pending.key
    return _changed(replace(draft, pending=pending, at=at, tries=0), now)


def note_heard(draft: Draft, heard: Heard) -> Draft:
    """Notes what one of several waiting messages came to, for the one answer to all of them."""
    return replace(draft, heard=(*draft.heard, heard))


def not_understood(draft: Draft, now: datetime) -> Draft:
    return replace(draft, tries=draft.tries + 1, touched_at=now)


def back(draft: Draft, course: Course, now: datetime) -> Draft:
    """One question back; from the first one nowhere, from the summary to the last."""
    keys = [step.key for step in course.path(draft.answers)]
    if draft.pending is not None:
        return _changed(replace(draft, pending=None), now)
    if not keys:
        return draft
    place = keys.index(draft.at) if draft.at in keys else len(keys)
    return go_to(draft, keys[max(place - 1, 0)], now)


def go_to(draft: Draft, key: str | None, now: datetime, *, changing: bool = False) -> Draft:
    """Opens one question, or the summary (None). What waited for a word of theirs is let go."""
    return _changed(replace(draft, at=key, changing=changing, pending=None, tries=0), now)


def keep_going(draft: Draft, course: Course, now: datetime) -> Draft:
    """Keeps the answer that is there and goes on to the next question in order."""
    keys = [step.key for step in course.path(draft.answers)]
    if draft.changing or draft.at not in keys:
        return go_to(draft, None, now)
    following = keys[keys.index(draft.at) + 1 :]
    return go_to(draft, following[0] if following else None, now)


def pass_by(draft: Draft, course: Course, now: datetime) -> Draft:
    """Leaves a question open and goes on to the next open one, or to the summary."""
    path = [step.key for step in course.path(draft.answers)]
    open_keys = [step.key for step in open_steps(draft, course) if step.key != draft.at]
    behind = path[path.index(draft.at) + 1 :] if draft.at in path else []
    after = [key for key in behind if key in open_keys]
    return go_to(draft, next(iter(after or open_keys), None), now)


def hand_back(draft: Draft, course: Course, reasons: Mapping[str, str], now: datetime) -> Draft:
    """Reopens the draft of a returned report at exactly the answers that were returned."""
    draft, _ = adopt(draft, course, now)
    now_called = keys_now(course)  # a question may have another name than when the report was sent
    reasons = {now_called.get(key, key): reason for key, reason in reasons.items()}
    keys = [step.key for step in course.path(draft.answers) if step.key in reasons]
    opened = replace(draft, state=DraftState.OPEN, returned=reasons, changing=False, pending=None)
    return _changed(replace(opened, at=keys[0] if keys else None), now)


def reopen(draft: Draft, now: datetime, *, amends: str | None = None) -> Draft:
    """Opens a submitted draft at its summary: it was taken back, or is amended for this reason."""
    opened = replace(draft, state=DraftState.OPEN, at=None, pending=None, changing=False, returned={})
    return _changed(replace(opened, amends=amends), now)


def renew(draft: Draft, course: Course, now: datetime) -> Draft:
    """Begins anew with the draft of a proposal that was agreed; what it said then stands in its report."""
    empty = replace(draft, state=DraftState.OPEN, answers={}, amends=None, started_at=now, changing=False)
    return _changed(begin(empty, course), now)


def submitted(draft: Draft, now: datetime) -> Draft:
    closed = replace(
        draft, state=DraftState.SUBMITTED, at=None, pending=None, holder=None, returned={}, heard=()
    )
    return _changed(closed, now)


def open_steps(draft: Draft, course: Course) -> tuple[Step, ...]:
    """What is still to be answered: steps without any answer, and what was returned and not touched since."""
    path = course.path(draft.answers)
    return tuple(step for step in path if step.key not in draft.answers or step.key in draft.returned)


def missing(draft: Draft, course: Course) -> tuple[Step, ...]:
    """What has to be answered before the draft can be sent: open steps that are required, and those returned."""
    return tuple(
        step for step in open_steps(draft, course) if step.question.required or step.key in draft.returned
    )


def progress(draft: Draft, course: Course) -> tuple[int, int]:
    """How many questions are answered, and of how many."""
    path = course.path(draft.answers)
    return len(path) - len(open_steps(draft, course)), len(path)


def place(steps: Sequence[Step], key: str) -> int:
    """The number of a step, from 1; 0 where it is not among them."""
    return next((number for number, step in enumerate(steps, 1) if step.key == key), 0)


def aside(draft: Draft, course: Course) -> tuple[str, ...]:
    """Keys of answers that no question asks for (any more): of another branch, or of a question that is gone."""
    on_path = {step.key for step in course.path(draft.answers)}
    return tuple(key for key in draft.answers if key not in on_path)


def _next(draft: Draft, course: Course, key: str) -> str | None:
    path = course.path(draft.answers)
    keys = [step.key for step in path]
    after = path[keys.index(key) + 1 :] if key in keys else path
    if draft.changing or draft.returned:
        # What the changed answer opened comes first: conditional questions of the same target.
        ref = key.partition("@")[2]
        opened = (s.key for s in after if s.question.when and s.ref == ref and s.key not in draft.answers)
        return next(opened, None) or next((key for key in keys if key in draft.returned), None)
    return next((step.key for step in after if step.key not in draft.answers), None) or _first_open(
        draft, course
    )


def _first_open(draft: Draft, course: Course) -> str | None:
    return next((step.key for step in open_steps(draft, course)), None)


def _renamed(draft: Draft, course: Course) -> Draft:
    """The draft with everything beside its answers under the keys of now. What waits for a word about a question
    that is gone, or that cannot take it any more, is let go."""
    keys = keys_now(course)
    pending = draft.pending
    if pending is not None:
        pending = replace(pending, key=keys.get(pending.key, pending.key))
        step = course.step(pending.key)
        if step is None or not all(fits(step, reading) for reading in pending.readings):
            pending = None
    return replace(
        draft,
        at=keys.get(draft.at, draft.at) if draft.at is not None else None,
        pending=pending,
        returned={keys.get(key, key): reason for key, reason in draft.returned.items()},
        heard=tuple(replace(one, key=keys.get(one.key, one.key)) if one.key else one for one in draft.heard),
    )


def _meeting(draft: Draft, course: Course) -> Draft:
    questionnaire = course.questionnaire
    ids = tuple(question.id for question in questionnaire.questions)
    return replace(draft, known=ids, edition=questionnaire.version)


def _changed(draft: Draft, now: datetime) -> Draft:
    return replace(draft, version=draft.version + 1, touched_at=now)
