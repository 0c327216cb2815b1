"""One question handed to a colleague: a link that opens only it, and the answer that lands in the city's draft."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain import buttons as b
from bot.domain import drafts as moves
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Files, Value
from bot.domain.attachments import SentFile
from bot.domain.audit import Event
from bot.domain.drafts import Draft, DraftState, Pending
from bot.domain.handing import HANDED_FOR, HandedQuestion
from bot.domain.names import NameProblem, read_name
from bot.domain.people import Action, Expecting, Purpose, person_may
from bot.domain.question_types import AskBack, NotUnderstood, Understood, fits, limits, offers, picked, read
from bot.domain.questionnaires import QuestionKind, Step, keys_now
from bot.domain.suspicions import Suspicion
from bot.domain.views import View
from bot.domain.views.handing import (
    HandedAnswered,
    HandedAsked,
    HandedFull,
    HandedGone,
    HandedNameAsked,
    HandedThanks,
    HandedWaits,
)
from bot.domain.views.reporting import QuestionHanded
from bot.services import reception
from bot.services.courses import course_of, is_gone
from bot.services.desk import Desk
from bot.services.dialog.asking import choices_of
from bot.services.dialog.evidence import MOST_FILES, is_full, is_there, keep_file, refusal
from bot.services.dialog.keeping import with_files
from bot.services.dialog.past import doubts_of
from bot.services.dialog.sitting import Sitting
from bot.services.links import may_try, new_token, note_wrong, token_hash
from bot.services.roles import someone


@dataclass(frozen=True)
class _Opened:
    """A handed question that this person has opened. `sitting` is at the city's draft, for reading only: the
    colleague sees nothing of it but the question."""

    handed: HandedQuestion
    sitting: Sitting
    step: Step


def hand(sitting: Sitting, step: Step) -> View:
    """A new link for this question."""
    desk = sitting.desk
    token = new_token()
    expires = desk.now + HANDED_FOR
    handed = HandedQuestion(0, sitting.draft.id, step.key, desk.person.id, desk.now, expires)
    desk.work.handed.add(handed, token_hash(token))
    desk.log(Event.QUESTION_HANDED, f"draft {sitting.draft.id}", city=sitting.draft.city, after=step.key)
    return QuestionHanded(sitting.sheet, step, token, HANDED_FOR.days)


def open_link(desk: Desk, token: str) -> View:
    """Whoever opens the link first may answer its question, and nobody else."""
    if not may_try(desk):
        return HandedGone()
    handed = desk.work.handed.by_token(token_hash(token))
    if handed is None:
        note_wrong(desk)
        return HandedGone()
    opened = _opened(desk, handed) if desk.work.handed.open(handed.id, desk.person.id) else None
    if opened is None:
        return HandedGone()
    name = desk.person.name
    return _question(opened, name) if name else _ask_name(opened)


def name_told(desk: Desk, words: str) -> View:
    opened = _expected(desk)
    if opened is None:
        return _over(desk)
    name, problem = read_name(words)
    return _ask_name(opened, problem) if problem is not NameProblem.NONE else _question(opened, name)


def hear(desk: Desk, words: str) -> View:
    """The typed answer, read with the same care as in the dialog; after it words are looked up as ever."""
    opened = _expected(desk)
    if opened is None and _expected(desk, more_files=True) is not None:
        desk.work.people.expect(desk.person.id, None)
        return reception.hear(desk, words)
    if opened is None:
        return _over(desk)
    heard = read(opened.step, words, opened.sitting.around)
    if isinstance(heard, Understood):
        return _settle(opened, with_files(opened.sitting, opened.step, heard.value), words)
    if isinstance(heard, AskBack):
        return _waits(opened, Pending(opened.step.key, words, heard.readings, heard.reasons))
    assert isinstance(heard, NotUnderstood)
    return _question(opened, _name(desk), words=words, reasons=tuple(heard.reasons))


def file_sent(desk: Desk, sent: SentFile) -> View | None:
    """A photo or document answers a question for evidence, and more of them may follow; elsewhere the question is
    shown again. None: nothing is said, for more of their messages wait already."""
    opened = _expected(desk, more_files=True)
    if opened is None:
        return _over(desk)
    sitting, step = opened.sitting, opened.step
    if step.question.kind is not QuestionKind.FILE:
        return _question(opened, _name(desk))
    if refused := refusal(sent, sitting.draft.id, 1):
        return refused
    have = sitting.draft.answers.get(step.key)
    if not is_there(desk, have, sent) and is_full(step, have):
        return HandedFull(sitting.sheet, step, limits(step).most or MOST_FILES)
    attachment = keep_file(desk, sitting.draft.id, sent)
    thanks = _kept(opened, with_files(sitting, step, Files((attachment.id,))), attachment.name or "")
    return None if desk.waits_behind else thanks


def tap(desk: Desk, button: b.HandedTap) -> View:
    """A button below the handed question; for anybody but whoever opened it there is no such question."""
    handed = desk.work.handed.get(button.handed_id)
    opened = _opened(desk, handed) if handed is not None and handed.opened_by == desk.person.id else None
    expecting = desk.person.expecting
    if opened is None or expecting is None or expecting.object_id != button.handed_id or not expecting.more:
        return _over(desk)
    raw = expecting.text or ""
    if button.move == b.Handed.OFFER:
        return _tapped(opened, button.place, tuple(raw.split()))
    if button.move == b.Handed.DONE and opened.step.question.kind is QuestionKind.CHOICES and raw:
        return _kept(opened, Codes(tuple(raw.split())), "")
    if button.move == b.Handed.READING and raw and button.written == expecting.draft:
        return _read_as(opened, raw, button.place, _reading(expecting))
    return _question(opened, _name(desk))


def _tapped(opened: _Opened, place: int, chosen: tuple[str, ...]) -> View:
    several = opened.step.question.kind is QuestionKind.CHOICES
    value = picked(opened.step, place, opened.sitting.around, Codes(chosen) if several and chosen else None)
    if value is None:
        return _question(opened, _name(opened.sitting.desk))
    if several and isinstance(value, Codes):
        return _question(opened, _name(opened.sitting.desk), chosen=value.codes)
    return _kept(opened, value, "")


def _read_as(opened: _Opened, raw: str, place: int, reading: int | None) -> View:
    """One of the readings that were offered; they are made again from the same words. Where one that they chose
    (`reading`) seemed odd in its turn, it is that or what was offered instead."""
    heard = read(opened.step, raw, opened.sitting.around)
    readings = heard.readings if isinstance(heard, AskBack) else ()
    if reading is None and place < len(readings):
        return _settle(opened, readings[place], raw, place)
    value = heard.value if isinstance(heard, Understood) else None
    if reading is not None and reading < len(readings):
        value = readings[reading]
    if value is not None:
        pending = Pending(opened.step.key, raw, (value,), doubts=_doubts(opened, value))
        values = (*choices_of(pending), value)  # the last button says that it is right
        if place < len(values):
            return _kept(opened, values[place], raw)
    return _question(opened, _name(opened.sitting.desk))


def _reading(expecting: Expecting) -> int | None:
    """The place of the reading that they chose and that seemed odd."""
    return int(expecting.key) if expecting.key else None


def _settle(opened: _Opened, value: Value, raw: str, reading: int | None = None) -> View:
    doubts = _doubts(opened, value)
    if not doubts:
        return _kept(opened, value, raw)
    return _waits(opened, Pending(opened.step.key, raw, (value,), doubts=doubts), reading)


def _kept(opened: _Opened, value: Value, raw: str) -> View:
    """The answer lands in the draft; whoever handed the question over is told, and the link is closed."""
    sitting, desk, key = opened.sitting, opened.sitting.desk, opened.step.key
    name = _name(desk)
    answer = Answer(
        AnswerState.GIVEN, desk.person.id, desk.now, value, raw, doubts=_doubts(opened, value), told_by=name
    )
    if not fits(opened.step, value):
        return _question(opened, name)
    later = sitting.keep(moves.correct(sitting.draft, sitting.course, key, answer))
    desk.work.handed.answered(opened.handed.id, desk.now)
    takes_more = isinstance(value, Files)
    if not takes_more:
        desk.work.people.expect(desk.person.id, None)
    if opened.handed.answered_at is not None:
        return HandedThanks(later.sheet, opened.step, answer, takes_more)
    desk.log(Event.QUESTION_ANSWERED, f"draft {later.draft.id}", city=later.draft.city, after=key)
    told = desk.work.people.get(opened.handed.handed_by)
    if told is not None and told.reachable:
        desk.tell(told.id, HandedAnswered(later.sheet, opened.step, answer, name or ""))
    return HandedThanks(later.sheet, opened.step, answer, takes_more)


def _question(
    opened: _Opened,
    name: str | None,
    *,
    chosen: tuple[str, ...] = (),
    words: str | None = None,
    reasons: tuple[str, ...] = (),
) -> View:
    """The question alone. What is chosen by now of several stays with the person, as everything here does."""
    desk, step = opened.sitting.desk, opened.step
    asked = Expecting(
        Purpose.HANDED,
        text=" ".join(chosen) or None,
        since=desk.now,
        object_id=opened.handed.id,
        more=name,
    )
    desk.work.people.expect(desk.person.id, asked)
    offered = offers(step, opened.sitting.around)
    sheet = opened.sitting.sheet
    return HandedAsked(sheet, step, opened.handed.id, offered, chosen, limits(step), words, reasons)


def _waits(opened: _Opened, pending: Pending, reading: int | None = None) -> View:
    desk = opened.sitting.desk
    asked = Expecting(
        Purpose.HANDED,
        text=pending.raw,
        since=desk.now,
        object_id=opened.handed.id,
        key=None if reading is None else str(reading),
        more=_name(desk),
    )
    desk.work.people.expect(desk.person.id, asked)
    choices, sheet = choices_of(pending), opened.sitting.sheet
    return HandedWaits(sheet, opened.step, opened.handed.id, pending, choices, asked.draft)


def _ask_name(opened: _Opened, problem: NameProblem = NameProblem.NONE) -> View:
    desk = opened.sitting.desk
    asked = Expecting(Purpose.HANDED_NAME, since=desk.now, object_id=opened.handed.id)
    desk.work.people.expect(desk.person.id, asked)
    by = desk.name_of(opened.handed.handed_by)
    return HandedNameAsked(opened.sitting.sheet, opened.step, by, problem)


def _doubts(opened: _Opened, value: Value) -> tuple[Suspicion, ...]:
    return doubts_of(opened.sitting, opened.step, value) if isinstance(value, Amount) else ()


def _name(desk: Desk) -> str | None:
    expecting = desk.person.expecting
    told = expecting.more if expecting is not None and expecting.purpose is Purpose.HANDED else None
    return told or desk.person.name


def _expected(desk: Desk, *, more_files: bool = False) -> _Opened | None:
    expecting = desk.person.expecting
    handed = desk.work.handed.get(expecting.object_id or 0) if expecting is not None else None
    if handed is None or handed.opened_by != desk.person.id:
        return None
    return _opened(desk, handed, more_files=more_files)


def _opened(desk: Desk, handed: HandedQuestion, *, more_files: bool = False) -> _Opened | None:
    """The question with its draft, while both are open; `more_files`: also while an album may still come."""
    is_open = handed.is_open(desk.now) or (more_files and handed.takes_more(desk.now))
    draft = desk.work.drafts.get(handed.draft_id)
    course = course_of(draft, desk.all_known, desk.schedules) if draft is not None else None
    if not is_open or draft is None or course is None or draft.state is DraftState.SUBMITTED:
        return None
    if is_gone(draft, desk.all_known) or not _still_theirs(desk, handed, draft):
        return None
    adopted, _ = moves.adopt(draft, course, desk.now)
    step = course.step(keys_now(course).get(handed.key, handed.key))
    sitting = Sitting(desk, draft, course).keep(adopted)
    return _Opened(handed, sitting, step) if step is not None else None


def _still_theirs(desk: Desk, handed: HandedQuestion, draft: Draft) -> bool:
    """Whether who handed it over may still report there: with somebody's rights go the links that they gave."""
    giver = someone(desk, handed.handed_by) if handed.handed_by else None
    matter = desk.matter(draft.city, entered=draft.entered)
    return giver is not None and person_may(giver, Action.REPORT, matter)


def _over(desk: Desk) -> View:
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose in (Purpose.HANDED, Purpose.HANDED_NAME):
        desk.work.people.expect(desk.person.id, None)
    return HandedGone()
