"""Every way through a draft: whatever is done in whatever order, no answer is lost and there is a way to the end."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from bot.domain import drafts as moves
from bot.domain.answers import Answer, AnswerState, Codes, Value, Words
from bot.domain.commitments import Direction, Target, TargetKind
from bot.domain.drafts import Draft, DraftState, Pending
from bot.domain.questionnaires import (
    Choice,
    Condition,
    Course,
    Form,
    Question,
    QuestionKind,
    Questionnaire,
)
from bot.domain.words import LocalText

FULL = os.environ.get("FOCAL_FAULTS") == "full"
BEGAN = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANA, BUDI = 11, 12
TARGETS = {
    "2007a": Target("a", TargetKind.LEVEL, "waste", LocalText.plain("A"), Direction.DOWN, unit="t"),
    "2007b": Target("b", TargetKind.COUNT, "homes", LocalText.plain("B"), Direction.UP),
}
CHOICES = (Choice("measured", LocalText.plain("m")), Choice("none", LocalText.plain("n")))


def question(name: str, kind: QuestionKind, **more: object) -> Question:
    choices = CHOICES if kind is QuestionKind.CHOICE else ()
    return Question(name, kind, LocalText.plain(name), choices=choices, **more)  # type: ignore[arg-type]


def asked_if_measured(name: str, kind: QuestionKind, **more: object) -> Question:
    return question(name, kind, each_target=True, when=(Condition("state", frozenset({"measured"})),), **more)


QUESTIONS = (
    question("state", QuestionKind.CHOICE, each_target=True, required=True),
    asked_if_measured("result", QuestionKind.TEXT, required=True),
    asked_if_measured("year", QuestionKind.TEXT, target_kinds=frozenset({TargetKind.LEVEL})),
    question("method", QuestionKind.CHOICE),
    question("why", QuestionKind.TEXT, when=(Condition("method", frozenset({"none"})),)),
    question("anything", QuestionKind.TEXT),
)


def fitting(kind: QuestionKind, word: str) -> Value:
    if kind is QuestionKind.CHOICE:
        return Codes(("measured",) if len(word) % 2 else ("none",))
    return Words(word)


def renamed(questions: tuple[Question, ...], old: str, new: str) -> tuple[Question, ...]:
    """The question under another id, as somebody who edits the file with care does it."""

    def edited(one: Question) -> Question:
        conditions = tuple(
            replace(condition, question=new) if condition.question == old else condition
            for condition in one.when
        )
        is_it = one.id == old
        return replace(
            one,
            id=new if is_it else one.id,
            formerly=(*one.formerly, old) if is_it else one.formerly,
            when=conditions,
        )

    return tuple(edited(one) for one in questions)


def without(questions: tuple[Question, ...], name: str) -> tuple[Question, ...]:
    return tuple(
        replace(one, when=tuple(condition for condition in one.when if condition.question != name))
        for one in questions
        if one.id != name
    )


WORDS = st.sampled_from(["a", "bb", "ccc"])
PLACES = st.integers(0, 30)


class DraftMachine(RuleBasedStateMachine):
    """Two colleagues at one draft, the secretariat that returns it, and an editor of the questionnaire."""

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGAN
        self.edits = 0
        self.course = Course(Questionnaire("progress", LocalText.plain("P"), QUESTIONS, version="0"), TARGETS)
        empty = Draft(1, Form.PROGRESS, "surabaya", "progress", BEGAN, BEGAN, holder=ANA)
        self.draft = moves.begin(empty, self.course)
        self.first_ids = {one.id: one.id for one in QUESTIONS}
        """The id that each question had first."""
        self.kept: dict[tuple[str, str], Answer] = {}
        """The model: what was answered last, by the first id of the question and its target."""

    # --- what the services do around every move

    @property
    def open(self) -> bool:
        return self.draft.state is DraftState.OPEN

    def sit(self) -> Draft:
        """What every press and message begins with."""
        self.now += timedelta(minutes=1)
        adopted, _ = moves.adopt(self.draft, self.course, self.now)
        assert sorted(adopted.answers.values(), key=repr) == sorted(self.draft.answers.values(), key=repr)
        asked = moves.current(adopted, self.course)
        if self.draft.at is not None and asked is None:
            assert not moves.open_steps(adopted, self.course), "an open question is not jumped over"
        return adopted

    def keep(self, draft: Draft) -> None:
        before, self.draft = self.draft, draft
        assert draft.version >= before.version
        if replace(draft, touched_at=before.touched_at, tries=before.tries, version=before.version) != before:
            assert draft.version > before.version, "an old button is known as such"

    def known_as(self, key: str) -> tuple[str, str]:
        name, _, ref = key.partition("@")
        return self.first_ids[name], ref

    def answer(self, word: str, *, state: AnswerState = AnswerState.GIVEN) -> Answer:
        step = moves.current(self.sit(), self.course)
        assert step is not None
        value = fitting(step.question.kind, word) if state is AnswerState.GIVEN else None
        return Answer(state, ANA, self.now, value, word)

    def key(self) -> str:
        step = moves.current(self.sit(), self.course)
        assert step is not None
        return step.key

    @property
    def asks(self) -> bool:
        return self.open and moves.current(self.sit(), self.course) is not None

    # --- answering

    @precondition(lambda self: self.asks)
    @rule(word=WORDS, state=st.sampled_from([AnswerState.GIVEN] * 3 + [AnswerState.UNKNOWN]))
    def give(self, word: str, state: AnswerState) -> None:
        draft, key, answer = self.sit(), self.key(), self.answer(word, state=state)
        self.keep(moves.give(draft, self.course, key, answer))
        self.kept[self.known_as(key)] = answer

    @precondition(lambda self: self.asks)
    @rule()
    def skip(self) -> None:
        draft, key = self.sit(), self.key()
        step = self.course.step(key)
        assert step is not None
        if step.question.required or key in draft.returned:
            return
        answer = Answer(AnswerState.SKIPPED, ANA, self.now)
        self.keep(moves.give(draft, self.course, key, answer))
        self.kept[self.known_as(key)] = answer

    @precondition(lambda self: self.open)
    @rule(place=PLACES, word=WORDS)
    def correct(self, place: int, word: str) -> None:
        """An earlier message is edited, or a colleague answers a question by link."""
        draft, steps = self.sit(), list(self.course.all_steps())
        step = steps[place % len(steps)]
        answer = Answer(AnswerState.GIVEN, BUDI, self.now, fitting(step.question.kind, word), word)
        at = moves.current(draft, self.course)
        self.keep(moves.correct(draft, self.course, step.key, answer))
        self.kept[self.known_as(step.key)] = answer
        if at is not None and at.key in {one.key for one in self.course.path(self.draft.answers)}:
            assert moves.current(self.draft, self.course) == at, "the dialog stays where it is"

    @precondition(lambda self: self.open)
    @rule(place=PLACES, word=WORDS, corrects=st.booleans())
    def not_clear(self, place: int, word: str, corrects: bool) -> None:
        draft, steps = self.sit(), self.course.path(self.sit().answers)
        if not steps or (not corrects and not self.asks):
            return
        key = steps[place % len(steps)].key if corrects else self.key()
        self.keep(moves.wait_for(draft, Pending(key, word, (Words(word),), corrects=corrects), self.now))

    @precondition(lambda self: self.open and self.draft.pending is not None)
    @rule()
    def pick_reading(self) -> None:
        draft = self.sit()
        pending = draft.pending
        if pending is None:
            return
        step = self.course.step(pending.key)
        assert step is not None, "what waits belongs to a question that is asked"
        answer = Answer(
            AnswerState.GIVEN, ANA, self.now, fitting(step.question.kind, pending.raw), pending.raw
        )
        move = moves.correct if pending.corrects else moves.give
        self.keep(move(draft, self.course, pending.key, answer))
        self.kept[self.known_as(pending.key)] = answer
        assert self.draft.pending is None

    # --- moving

    @precondition(lambda self: self.open)
    @rule(move=st.sampled_from([moves.back, moves.keep_going, moves.pass_by]))
    def move(self, move: moves.Callable) -> None:  # type: ignore[name-defined]
        self.keep(move(self.sit(), self.course, self.now))

    @precondition(lambda self: self.open)
    @rule(place=PLACES)
    def change_from_summary(self, place: int) -> None:
        path = self.course.path(self.sit().answers)
        if path:
            key = path[place % len(path)].key
            self.keep(moves.go_to(self.sit(), key, self.now, changing=True))
            assert self.key() == key

    @precondition(lambda self: self.open)
    @rule()
    def all_answers(self) -> None:
        self.keep(moves.go_to(self.sit(), None, self.now))
        assert moves.current(self.draft, self.course) is None

    @precondition(lambda self: self.open)
    @rule(person=st.sampled_from([ANA, BUDI]))
    def take(self, person: int) -> None:
        self.keep(moves.take(self.sit(), person, self.now))
        assert self.draft.holder == person

    @precondition(lambda self: self.open)
    @rule()
    def not_understood(self) -> None:
        self.keep(moves.not_understood(self.sit(), self.now))

    # --- sending and what comes back

    @precondition(lambda self: self.open and not moves.missing(self.sit(), self.course))
    @rule()
    def send(self) -> None:
        self.keep(moves.submitted(self.sit(), self.now))

    @precondition(lambda self: not self.open)
    @rule()
    def take_back(self) -> None:
        self.keep(moves.reopen(self.draft, self.now))
        assert moves.current(self.draft, self.course) is None

    @precondition(lambda self: not self.open)
    @rule(places=st.sets(PLACES, min_size=1, max_size=3))
    def hand_back(self, places: set[int]) -> None:
        path = self.course.path(self.draft.answers)
        reasons = {path[place % len(path)].key: "Why?" for place in places} if path else {}
        self.keep(moves.hand_back(self.draft, self.course, reasons, self.now))
        if reasons:
            assert self.key() == next(step.key for step in path if step.key in reasons)

    # --- the questionnaire changes under it

    def edit(self, questions: tuple[Question, ...]) -> None:
        self.edits += 1
        edited = replace(self.course.questionnaire, questions=questions, version=str(self.edits))
        self.course = replace(self.course, questionnaire=edited)

    def questions(self) -> tuple[Question, ...]:
        return self.course.questionnaire.questions

    @precondition(lambda self: self.edits < 6)
    @rule(place=PLACES)
    def rename(self, place: int) -> None:
        questions = self.questions()
        if not questions:
            return
        old = questions[place % len(questions)].id
        new = f"new{self.edits}"
        asked = moves.current(self.sit(), self.course)
        self.first_ids[new] = self.first_ids[old]
        self.edit(renamed(questions, old, new))
        now = moves.current(self.sit(), self.course)
        if asked is not None and self.open:
            same = f"{new}{asked.key.removeprefix(old)}" if asked.question.id == old else asked.key
            assert now is not None, "the question that was open is still the one that is"
            assert now.key == same

    @precondition(lambda self: self.edits < 6)
    @rule(place=PLACES)
    def remove(self, place: int) -> None:
        questions = self.questions()
        if len(questions) > 1:
            self.edit(without(questions, questions[place % len(questions)].id))

    @precondition(lambda self: self.edits < 6)
    @rule(place=PLACES, required=st.booleans(), each=st.booleans())
    def ask_more(self, place: int, required: bool, each: bool) -> None:
        questions, here = self.questions(), place % (len(self.questions()) + 1)
        self.first_ids[f"more{self.edits}"] = f"more{self.edits}"
        more = question(f"more{self.edits}", QuestionKind.TEXT, required=required, each_target=each)
        self.edit((*questions[:here], more, *questions[here:]))

    @precondition(lambda self: self.edits < 6)
    @rule(place=PLACES)
    def ask_otherwise(self, place: int) -> None:
        """The type of a question changes; nothing can depend on a text."""
        questions = self.questions()
        old = questions[place % len(questions)]
        kind = QuestionKind.TEXT if old.kind is QuestionKind.CHOICE else QuestionKind.CHOICE
        other = replace(old, kind=kind, choices=CHOICES if kind is QuestionKind.CHOICE else ())
        names = {condition.question for one in questions for condition in one.when}
        if old.id not in names:
            self.edit(tuple(other if one is old else one for one in questions))

    # --- what holds whatever was done

    @invariant()
    def no_answer_is_lost_and_each_is_where_it_is_asked_for(self) -> None:
        answers = (self.sit() if self.open else self.draft).answers
        assert {self.known_as(key): answer for key, answer in answers.items()} == self.kept
        if self.open:
            assert all(
                step.key in answers
                for step in self.course.all_steps()
                if self.known_as(step.key) in self.kept
            )

    @invariant()
    def what_was_returned_stays_returned(self) -> None:
        if self.open:
            before = {self.known_as(key) for key in self.draft.returned}
            assert {self.known_as(key) for key in self.sit().returned} == before

    @invariant()
    def answering_what_is_asked_leads_to_the_end(self) -> None:
        if not self.open:
            return
        draft = self.sit()
        for _ in range(40):
            step = moves.current(draft, self.course)
            if step is None:
                missing = moves.missing(draft, self.course)
                if not missing:
                    return
                draft = moves.go_to(draft, missing[0].key, self.now, changing=True)
                continue
            answer = Answer(AnswerState.GIVEN, ANA, self.now, fitting(step.question.kind, "bb"), "bb")
            draft = moves.give(draft, self.course, step.key, answer)
        raise AssertionError(f"asked again and again: {moves.current(draft, self.course)}")


TestDraftMachine = DraftMachine.TestCase
TestDraftMachine.settings = settings(
    derandomize=True,
    deadline=None,
    max_examples=1000 if FULL else 50,
    stateful_step_count=30,
)
