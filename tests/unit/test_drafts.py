"""A draft on its way: answers, back, changes, what is missing, and who fills it in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain import drafts as moves
from bot.domain.answers import Answer, AnswerState, Codes, Words
from bot.domain.commitments import Target, TargetKind
from bot.domain.drafts import SILENT_AFTER, Draft, DraftState, Pending
from bot.domain.questionnaires import Choice, Condition, Course, Form, Question, QuestionKind, Questionnaire
from bot.domain.words import LocalText

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ANA, BUDI = 1, 2


def question(id: str, kind: QuestionKind = QuestionKind.TEXT, **more: object) -> Question:
    return Question(id, kind, LocalText.plain(f"{id}?"), **more)  # type: ignore[arg-type]


STATE = question(
    "state",
    QuestionKind.CHOICE,
    required=True,
    each_target=True,
    choices=(Choice("some", LocalText.plain("Some")), Choice("none", LocalText.plain("None"))),
)
RESULT = question("result", each_target=True, required=True, when=(Condition("state", frozenset({"some"})),))
PROOF = question("proof", each_target=True, when=(Condition("state", frozenset({"some"})),))
REST = question("rest")
TARGETS = {
    ref: Target(ref[-1], TargetKind.LEVEL, "waste", LocalText.plain("Less waste"))
    for ref in ("2007a", "2007b")
}


def course(*questions: Question, version: str = "1") -> Course:
    asked = questions or (STATE, RESULT, PROOF, REST)
    return Course(Questionnaire("q", LocalText.plain("Q"), asked, version=version), TARGETS)


COURSE = course()


def some(words: str = "x") -> Answer:
    return Answer(AnswerState.GIVEN, ANA, NOW, Words(words), words)


def chose(code: str) -> Answer:
    return Answer(AnswerState.GIVEN, ANA, NOW, Codes((code,)))


@pytest.fixture
def draft() -> Draft:
    new = Draft(1, Form.PROGRESS, "ulsan", "q", NOW, NOW, holder=ANA)
    return moves.begin(new, COURSE)


@pytest.fixture
def whole(draft: Draft) -> Draft:
    """Everything answered in the shortest way: at the summary."""
    for key, answer in (("state@2007a", chose("none")), ("state@2007b", chose("none")), ("rest", some())):
        draft = moves.give(draft, COURSE, key, answer)
    return draft


def test_it_begins_at_the_first_question_and_each_answer_leads_to_the_next(draft: Draft) -> None:
    assert draft.at == "state@2007a"
    draft = moves.give(draft, COURSE, "state@2007a", chose("some"))
    assert draft.at == "result@2007a"
    draft = moves.give(draft, COURSE, "result@2007a", some())
    assert draft.at == "proof@2007a"
    assert moves.progress(draft, COURSE) == (2, 5)


def test_every_change_raises_the_version(draft: Draft) -> None:
    given = moves.give(draft, COURSE, "state@2007a", chose("some"))
    gone_back = moves.back(given, COURSE, NOW)
    taken = moves.take(gone_back, BUDI, NOW)
    assert draft.version < given.version < gone_back.version < taken.version
    assert moves.not_understood(taken, NOW).version == taken.version, (
        "nothing changed; its buttons still count"
    )


def test_at_the_end_is_the_summary(whole: Draft) -> None:
    assert whole.at is None
    assert moves.current(whole, COURSE) is None
    assert moves.missing(whole, COURSE) == ()


def test_back_loses_nothing(whole: Draft) -> None:
    gone_back = moves.back(whole, COURSE, NOW)
    assert gone_back.at == "rest"
    assert moves.back(moves.back(gone_back, COURSE, NOW), COURSE, NOW).at == "state@2007a"
    assert gone_back.answers == whole.answers
    assert moves.keep_going(gone_back, COURSE, NOW).at is None


def test_back_lets_go_first_of_what_waits(draft: Draft) -> None:
    waiting = moves.wait_for(draft, Pending("state@2007a", "1,2", ()), NOW)
    after = moves.back(waiting, COURSE, NOW)
    assert after.pending is None
    assert after.at == "state@2007a"


def test_changing_one_answer_leads_back_to_the_summary(whole: Draft) -> None:
    changing = moves.go_to(whole, "rest", NOW, changing=True)
    after = moves.give(changing, COURSE, "rest", some("other"))
    assert after.at is None
    assert not after.changing


def test_where_a_change_opens_questions_only_these_are_asked(whole: Draft) -> None:
    changing = moves.go_to(whole, "state@2007b", NOW, changing=True)
    after = moves.give(changing, COURSE, "state@2007b", chose("some"))
    assert after.at == "result@2007b"
    after = moves.give(after, COURSE, "result@2007b", some())
    assert after.at == "proof@2007b"
    assert moves.give(after, COURSE, "proof@2007b", some()).at is None


def test_what_was_never_asked_does_not_come_in_between(draft: Draft) -> None:
    draft = moves.give(draft, COURSE, "state@2007a", chose("none"))
    changing = moves.go_to(draft, "state@2007a", NOW, changing=True)
    assert moves.give(changing, COURSE, "state@2007a", chose("none")).at is None
    assert [step.key for step in moves.missing(draft, COURSE)] == ["state@2007b"]


def test_answers_of_another_branch_are_set_aside_and_count_again(draft: Draft) -> None:
    draft = moves.give(draft, COURSE, "state@2007a", chose("some"))
    draft = moves.give(draft, COURSE, "result@2007a", some())
    none = moves.give(draft, COURSE, "state@2007a", chose("none"))
    assert moves.aside(none, COURSE) == ("result@2007a",)
    again = moves.give(none, COURSE, "state@2007a", chose("some"))
    assert moves.aside(again, COURSE) == ()
    assert again.answers["result@2007a"] == some()


def test_a_correction_leaves_one_where_one_is(draft: Draft) -> None:
    draft = moves.give(draft, COURSE, "state@2007a", chose("some"))
    draft = moves.give(draft, COURSE, "result@2007a", some("1"))
    assert moves.correct(draft, COURSE, "result@2007a", some("2")).at == "proof@2007a"
    gone = moves.correct(draft, COURSE, "state@2007a", chose("none"))
    assert gone.at == "state@2007b", "the open question is not asked any more"


def test_a_correction_that_waits_leaves_one_where_one_is(draft: Draft) -> None:
    draft = moves.give(draft, COURSE, "state@2007a", chose("some"))
    draft = moves.give(draft, COURSE, "result@2007a", some("1"))
    waiting = moves.wait_for(draft, Pending("result@2007a", "1,2", (), corrects=True), NOW)
    assert waiting.at == "proof@2007a"
    assert waiting.answers == draft.answers
    assert moves.correct(waiting, COURSE, "result@2007a", some("2")).pending is None


def test_a_question_may_be_left_open_and_is_missing_then(draft: Draft) -> None:
    after = moves.pass_by(draft, COURSE, NOW)
    assert after.at == "state@2007b"
    assert "state@2007a" in {step.key for step in moves.missing(after, COURSE)}


def test_what_is_returned_is_asked_and_nothing_else(whole: Draft) -> None:
    sent = moves.submitted(whole, NOW)
    assert sent.state is DraftState.SUBMITTED
    back = moves.hand_back(sent, COURSE, {"state@2007b": "Really?"}, NOW)
    assert (back.state, back.at) == (DraftState.OPEN, "state@2007b")
    assert moves.missing(back, COURSE)
    done = moves.give(back, COURSE, "state@2007b", chose("none"))
    assert (done.at, done.returned) == (None, {})


def test_a_returned_answer_that_opens_questions_has_them_asked(whole: Draft) -> None:
    back = moves.hand_back(moves.submitted(whole, NOW), COURSE, {"state@2007a": "?", "rest": "?"}, NOW)
    after = moves.give(back, COURSE, "state@2007a", chose("some"))
    assert after.at == "result@2007a"
    after = moves.give(after, COURSE, "result@2007a", some())
    after = moves.give(after, COURSE, "proof@2007a", some())
    assert after.at == "rest"


def test_a_colleague_holds_it_until_they_are_silent(draft: Draft) -> None:
    assert draft.held_by_another(BUDI, NOW)
    assert not draft.held_by_another(ANA, NOW)
    assert not draft.held_by_another(BUDI, NOW + SILENT_AFTER)
    taken = moves.take(draft, BUDI, NOW + timedelta(minutes=1))
    assert taken.held_by_another(ANA, NOW + timedelta(minutes=2))


def test_a_changed_questionnaire_keeps_answers_by_their_ids(draft: Draft) -> None:
    draft = moves.give(draft, COURSE, "state@2007a", chose("some"))
    draft = moves.give(draft, COURSE, "result@2007a", some("kept"))
    renamed = replace(RESULT, id="figure", formerly=("result",))
    changed = course(STATE, renamed, PROOF, question("year", required=True), version="2")
    adopted, new = moves.adopt(draft, changed, NOW)
    assert new == 1
    assert adopted.answers["figure@2007a"] == some("kept")
    assert adopted.version > draft.version, "old buttons may mean something else now"
    assert moves.adopt(adopted, changed, NOW) == (adopted, 0), "told once"


def test_where_the_open_question_is_gone_another_stands_in(draft: Draft) -> None:
    draft = moves.go_to(draft, "rest", NOW)
    without = course(STATE, RESULT, PROOF, version="2")
    step = moves.current(draft, without)
    assert step is not None
    assert step.key == "state@2007a"


def test_an_agreed_proposal_leaves_its_draft_free_for_the_next(whole: Draft) -> None:
    anew = moves.renew(moves.submitted(whole, NOW), COURSE, NOW)
    assert (anew.answers, anew.at, anew.state) == ({}, "state@2007a", DraftState.OPEN)
    assert anew.version > whole.version


def test_waiting_messages_are_noted_without_old_buttons_losing_their_meaning(draft: Draft) -> None:
    noted = moves.note_heard(draft, moves.Heard("1"))
    assert noted.version == draft.version
    assert moves.submitted(noted, NOW).heard == ()


def test_an_answer_comes_back_although_its_question_was_renamed_meanwhile(whole: Draft) -> None:
    renamed = course(STATE, RESULT, PROOF, replace(REST, id="other", formerly=("rest",)), version="2")
    back = moves.hand_back(moves.submitted(whole, NOW), renamed, {"rest": "Which street?"}, NOW)
    assert back.at == "other"
    assert back.returned == {"other": "Which street?"}
    assert back.answers["other"].value == Words("x")


def test_the_order_in_which_choices_were_tapped_is_no_difference() -> None:
    both = (Answer(AnswerState.GIVEN, ANA, NOW, Codes(codes)) for codes in (("a", "b"), ("b", "a")))
    first, second = both
    assert first.says_the_same(second)
    assert not first.says_the_same(chose("a"))
