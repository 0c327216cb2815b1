"""Questions to the secretariat: passed on by askers, answered by people, in the asker's chat."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice, takewhile

from bot.domain.people import Expecting, Purpose
from bot.domain.questions import Author, Question, QuestionState
from bot.domain.views import (
    AnswerArrived,
    AnswerDelivered,
    AnswerNotDelivered,
    AnswerPreview,
    AskSecretariatWords,
    MessageTooLong,
    MissList,
    NobodyThere,
    NotAllowed,
    OldButton,
    PrivateOnly,
    QuestionArrived,
    QuestionCard,
    QuestionList,
    QuestionPassed,
    QuestionWithdrawn,
    TooManyQuestions,
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
MOST_OPEN = 5
"""How many questions of one person, or messages on one question, may wait for an answer at a time."""
ANSWER_KEY = re.compile(r":answer(\d+)by(\d+):\d+$")
"""How the outbox's key of an answer ends: its question, and who answered."""


def pass_on(desk: Desk, lookup_id: int) -> View:
    """Passes the words of a lookup to the secretariat. A second press adds nothing."""
    lookup = desk.work.lookups.get(lookup_id)
    if lookup is None:
        return OldButton()
    mine = desk.work.questions.by_asker(desk.person.id)
    if already := next((question for question in mine if question.text == lookup.words), None):
        return QuestionPassed(already, again=True)
    return _no_more(desk) or _passed(desk, lookup.words)


def ask_words(desk: Desk) -> View:
    """The next message of this person goes to the secretariat."""
    if not desk.private:
        return PrivateOnly()
    if refusal := _no_more(desk):
        return refusal
    let_go(desk)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.QUESTION, since=desk.now))
    return AskSecretariatWords()


def ask(desk: Desk, text: str) -> View:
    if len(text) > MOST_TEXT:
        return MessageTooLong(MOST_TEXT)
    desk.work.people.expect(desk.person.id, None)
    return _no_more(desk) or _passed(desk, text)


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
    return OldButton() if question is None else _card(desk, question)


def begin_answer(desk: Desk, question_id: int, *, anyway: bool = False) -> View:
    """The next message of this person is the answer; colleagues see that somebody is at it.

    `anyway`: also where a colleague is at it already, or has answered. An answer to this question that they
    have written before is shown again.
    """
    question = desk.work.questions.get(question_id)
    if question is None:
        return OldButton()
    if question.state is QuestionState.WITHDRAWN or not (anyway or _is_theirs(desk, question)):
        return _card(desk, question)
    written = desk.person.expecting
    if written is not None and written.text and written.question_id == question_id:
        return _previewed(desk, question, replace(written, purpose=Purpose.SEND_ANSWER))
    dropped = let_go(desk)
    desk.work.questions.take(question_id, desk.person.id, desk.now)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.ANSWER, question_id, since=desk.now))
    return WriteAnswer(question, dropped)


def write_answer(desk: Desk, text: str) -> View:
    """Shows the answer as it will go out. Written anew, it replaces what was written before."""
    expecting = desk.person.expecting
    question = desk.work.questions.get(expecting.question_id or 0) if expecting else None
    if question is None:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if len(text) > MOST_TEXT:
        return MessageTooLong(MOST_TEXT)
    written = Expecting(Purpose.SEND_ANSWER, question.id, text, desk.now, desk.message_id)
    desk.work.people.expect(desk.person.id, written)
    return _hindrance(desk, question) or _previewed(desk, question, written)


def send_answer(desk: Desk, question_id: int, draft: int) -> View:
    """Sends what was previewed, once; the same press again finds nothing left to send."""
    written = desk.person.expecting
    question = desk.work.questions.get(question_id)
    if question is None or written is None or written.question_id != question_id or not written.text:
        return OldButton()
    if hindrance := _hindrance(desk, question):
        return hindrance
    if written.draft != draft:
        return AnswerPreview(question, written.text, written.draft, changed=True)
    desk.work.questions.write(question_id, Author.SECRETARIAT, written.text, desk.now)
    desk.work.questions.set_state(question_id, QuestionState.ANSWERED)
    let_go(desk)
    key = f"answer{question_id}by{desk.person.id}"
    desk.tell(question.asker, AnswerArrived(question, written.text), key)
    return AnswerDelivered(question)


def undelivered(desk: Desk, question_id: int) -> None:
    """The answer of this desk's person cannot reach the asker: they are told, and the question waits again."""
    question = desk.work.questions.get(question_id)
    if question is None:
        return
    if question.state is QuestionState.ANSWERED:
        desk.work.questions.set_state(question_id, QuestionState.OPEN)
    desk.tell(desk.person.id, AnswerNotDelivered(question))


def let_go(desk: Desk) -> int | None:
    """Ends whatever this person was asked for. A question that they were answering is free for colleagues
    again; its number where an answer to it was written, which is dropped."""
    expecting = desk.person.expecting
    desk.work.people.expect(desk.person.id, None)
    if expecting is None or expecting.question_id is None:
        return None
    question = desk.work.questions.get(expecting.question_id)
    if question is not None and question.taken_by == desk.person.id:
        desk.work.questions.take(question.id, None, desk.now)
    return expecting.question_id if expecting.text else None


def begin_write_back(desk: Desk, question_id: int) -> View:
    question = _own(desk, question_id)
    if question is None:
        return NotAllowed()
    if question.state is QuestionState.WITHDRAWN:
        return ask_words(desk)  # what was taken back stays so: they ask anew
    if refusal := _no_more(desk, question):
        return refusal
    let_go(desk)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.WRITE_BACK, question_id, since=desk.now))
    return WriteBackAsked(question)


def write_back(desk: Desk, text: str) -> View:
    """What the asker writes back opens the question again, for the same people."""
    expecting = desk.person.expecting
    question = _own(desk, expecting.question_id or 0) if expecting else None
    if question is None or question.state is QuestionState.WITHDRAWN:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if len(text) > MOST_TEXT:
        return MessageTooLong(MOST_TEXT)
    desk.work.questions.write(question.id, Author.ASKER, text, desk.now)
    desk.work.questions.set_state(question.id, QuestionState.OPEN)
    desk.work.people.expect(desk.person.id, None)
    again = desk.work.questions.get(question.id) or question
    desk.tell_office(QuestionArrived(again, wrote_back=True))
    return WroteBack(again)


def misses(desk: Desk) -> View:
    """What was asked for and is still not found, for the curator: what an edit has answered since is left out."""
    asked = desk.work.lookups.misses(MOST_MISSES_LOOKED_AT)
    open_ = ((words, times) for words, times in asked if not desk.knowledge.index.search(words).match)
    return MissList(tuple(islice(open_, MOST_MISSES)))


def _passed(desk: Desk, text: str) -> View:
    question = desk.work.questions.add(desk.person.id, desk.person.language, text, desk.now)
    desk.tell_office(QuestionArrived(question))
    return QuestionPassed(question)


def _no_more(desk: Desk, question: Question | None = None) -> View | None:
    """Why nothing more can be passed on, on this question or at all, where it cannot."""
    if not desk.can_ask:
        return NobodyThere()
    if question is None:
        waiting = len(desk.work.questions.by_asker(desk.person.id))
    else:
        waiting = len(list(takewhile(lambda said: said.author is Author.ASKER, reversed(question.thread))))
    return TooManyQuestions(waiting) if waiting >= MOST_OPEN else None


def _is_theirs(desk: Desk, question: Question) -> bool:
    """Whether this person may answer as things are: they are at it, or it waits and nobody else is."""
    if question.taken_by == desk.person.id:
        return True
    return question.state is QuestionState.OPEN and not question.taken_by_another(desk.person.id, desk.now)


def _hindrance(desk: Desk, question: Question) -> View | None:
    """What happened since this person began to write that forbids to send it. Their text is kept, unless
    nobody can ever be sent it."""
    if question.state is QuestionState.WITHDRAWN:
        desk.work.people.expect(desk.person.id, None)
        return _card(desk, question)
    return None if _is_theirs(desk, question) else _card(desk, question, unsent=True)


def _previewed(desk: Desk, question: Question, written: Expecting) -> View:
    desk.work.questions.take(question.id, desk.person.id, desk.now)
    desk.work.people.expect(desk.person.id, written)
    return AnswerPreview(question, written.text or "", written.draft)


def _card(desk: Desk, question: Question, *, unsent: bool = False) -> QuestionCard:
    busy = question.taken_by_another(desk.person.id, desk.now)
    return QuestionCard(question, question.taken_at if busy else None, unsent)


def _own(desk: Desk, question_id: int) -> Question | None:
    question = desk.work.questions.get(question_id)
    return question if question is not None and question.asker == desk.person.id else None
