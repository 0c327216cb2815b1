"""Questions to the secretariat: passed on by askers, answered by people, in the asker's chat."""

from __future__ import annotations

from itertools import islice

from bot.domain.people import Expecting, Purpose
from bot.domain.questions import Author, Question, QuestionState
from bot.domain.views import (
    AnswerArrived,
    AnswerDelivered,
    AnswerPreview,
    AskSecretariatWords,
    MissList,
    NotAllowed,
    OldButton,
    PrivateOnly,
    QuestionArrived,
    QuestionCard,
    QuestionList,
    QuestionPassed,
    QuestionWithdrawn,
    TooLong,
    View,
    WriteAnswer,
    WriteBackAsked,
    WroteBack,
)
from bot.services.browsing import paged
from bot.services.desk import Desk

QUESTIONS_ON_A_PAGE = 5
MOST_MISSES = 30
MOST_MISSES_LOOKED_AT = 200
MOST_TEXT = 3000
"""Characters of one message between an asker and the secretariat."""


def pass_on(desk: Desk, lookup_id: int) -> View:
    """Passes the words of a lookup to the secretariat. A second press adds nothing."""
    lookup = desk.work.lookups.get(lookup_id)
    if lookup is None:
        return OldButton()
    mine = (q for q in desk.work.questions.waiting() if q.asker == desk.person.id and q.text == lookup.words)
    if already := next(mine, None):
        return QuestionPassed(already, again=True)
    return _passed(desk, lookup.words)


def ask_words(desk: Desk) -> View:
    """The next message of this person goes to the secretariat."""
    if not desk.private:
        return PrivateOnly()
    desk.work.people.expect(desk.person.id, Expecting(Purpose.QUESTION))
    return AskSecretariatWords()


def ask(desk: Desk, text: str) -> View:
    if len(text) > MOST_TEXT:
        return TooLong(MOST_TEXT)
    desk.work.people.expect(desk.person.id, None)
    return _passed(desk, text)


def withdraw(desk: Desk, question_id: int) -> View:
    question = _own(desk, question_id)
    if question is None:
        return NotAllowed()
    if question.state is QuestionState.ANSWERED:
        return QuestionWithdrawn(was_answered=True)
    desk.work.questions.set_state(question_id, QuestionState.WITHDRAWN)
    return QuestionWithdrawn()


def listed(desk: Desk, page: int) -> View:
    waiting = desk.work.questions.waiting()
    busy = frozenset(q.id for q in waiting if q.taken_by_another(desk.person.id, desk.now))
    shown, page, pages = paged(waiting, page, QUESTIONS_ON_A_PAGE)
    return QuestionList(tuple(shown), busy, page, pages, len(waiting))


def opened(desk: Desk, question_id: int) -> View:
    question = desk.work.questions.get(question_id)
    if question is None:
        return OldButton()
    busy = question.taken_by_another(desk.person.id, desk.now)
    return QuestionCard(question, busy_since=question.taken_at if busy else None)


def begin_answer(desk: Desk, question_id: int) -> View:
    """The next message of this person is the answer; colleagues see that somebody is at it."""
    question = desk.work.questions.get(question_id)
    if question is None or question.state is QuestionState.WITHDRAWN:
        return OldButton()
    desk.work.questions.take(question_id, desk.person.id, desk.now)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.ANSWER, question_id))
    return WriteAnswer(question)


def write_answer(desk: Desk, text: str) -> View:
    """Shows the answer as it will go out. Written anew, it replaces what was written before."""
    expecting = desk.person.expecting
    question = desk.work.questions.get(expecting.question_id or 0) if expecting else None
    if question is None:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if len(text) > MOST_TEXT:
        return TooLong(MOST_TEXT)
    desk.work.questions.take(question.id, desk.person.id, desk.now)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.SEND_ANSWER, question.id, text))
    return AnswerPreview(question, text)


def send_answer(desk: Desk, question_id: int) -> View:
    """Sends what was previewed, once; the same press again finds nothing left to send."""
    expecting = desk.person.expecting
    question = desk.work.questions.get(question_id)
    if question is None or expecting is None or expecting.question_id != question_id or not expecting.text:
        return OldButton()
    if question.state is QuestionState.WITHDRAWN:
        desk.work.people.expect(desk.person.id, None)
        return QuestionCard(question)
    desk.work.questions.write(question_id, Author.SECRETARIAT, expecting.text, desk.now)
    desk.work.questions.set_state(question_id, QuestionState.ANSWERED)
    desk.work.questions.take(question_id, None, desk.now)
    desk.work.people.expect(desk.person.id, None)
    desk.tell(question.asker, AnswerArrived(question, expecting.text))
    return AnswerDelivered(question)


def begin_write_back(desk: Desk, question_id: int) -> View:
    question = _own(desk, question_id)
    if question is None:
        return NotAllowed()
    desk.work.people.expect(desk.person.id, Expecting(Purpose.WRITE_BACK, question_id))
    return WriteBackAsked(question)


def write_back(desk: Desk, text: str) -> View:
    """What the asker writes back opens the question again, for the same people."""
    expecting = desk.person.expecting
    question = _own(desk, expecting.question_id or 0) if expecting else None
    if question is None:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if len(text) > MOST_TEXT:
        return TooLong(MOST_TEXT)
    desk.work.questions.write(question.id, Author.ASKER, text, desk.now)
    desk.work.questions.set_state(question.id, QuestionState.OPEN)
    desk.work.people.expect(desk.person.id, None)
    again = desk.work.questions.get(question.id) or question
    desk.tell_secretariat(QuestionArrived(again, wrote_back=True))
    return WroteBack(again)


def misses(desk: Desk) -> View:
    """What was asked for and is still not found, for the curator: what an edit has answered since is left out."""
    asked = desk.work.lookups.misses(MOST_MISSES_LOOKED_AT)
    open_ = ((words, times) for words, times in asked if not desk.knowledge.index.search(words).match)
    return MissList(tuple(islice(open_, MOST_MISSES)))


def _passed(desk: Desk, text: str) -> View:
    question = desk.work.questions.add(desk.person.id, desk.person.language, text, desk.now)
    desk.tell_secretariat(QuestionArrived(question))
    return QuestionPassed(question)


def _own(desk: Desk, question_id: int) -> Question | None:
    question = desk.work.questions.get(question_id)
    return question if question is not None and question.asker == desk.person.id else None
