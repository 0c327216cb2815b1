"""People, lookups and questions come back as they were kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from bot.domain.people import Expecting, Person, Purpose, Role
from bot.domain.questions import Author, LookupOutcome, Missed, QuestionState, Remark
from bot.storage.database import Database

LARGEST = 2**52 - 1


@pytest.mark.parametrize("person_id", [1, 5_000_000_000, LARGEST])
def test_every_telegram_id_fits(database: Database, now: datetime, person_id: int) -> None:
    kept = database.run_now(lambda work: work.people.seen(person_id, "en", now))
    assert kept.id == person_id
    assert database.run_now(lambda work: work.people.get(person_id)) == kept


def test_a_newcomer_is_a_visitor_whose_language_follows_telegram(database: Database, now: datetime) -> None:
    newcomer = database.run_now(lambda work: work.people.seen(1, "th", now))
    assert newcomer == Person(1, "th", handle=newcomer.handle)
    assert database.run_now(lambda work: work.people.seen(1, "ja", now)).language == "ja"


def test_a_chosen_language_goes_before_what_telegram_says(database: Database, now: datetime) -> None:
    database.run_now(lambda work: work.people.seen(1, "en", now))
    database.run_now(lambda work: work.people.choose_language(1, "ne"))
    seen = database.run_now(lambda work: work.people.seen(1, "en", now))
    assert (seen.language, seen.language_chosen, seen.role) == ("ne", True, Role.VISITOR)


@pytest.mark.parametrize(
    "expecting",
    [
        Expecting(Purpose.SEARCH),
        Expecting(Purpose.ANSWER, question_id=LARGEST),
        Expecting(Purpose.SEND_ANSWER, question_id=3, text="Ask the utility. 泗水 👍"),
    ],
)
def test_what_the_next_text_is_for_is_kept(database: Database, now: datetime, expecting: Expecting) -> None:
    database.run_now(lambda work: work.people.seen(1, "en", now))
    database.run_now(lambda work: work.people.expect(1, expecting))
    assert database.run_now(lambda work: work.people.seen(1, "en", now)).expecting == expecting
    database.run_now(lambda work: work.people.expect(1, None))
    person = database.run_now(lambda work: work.people.get(1))
    assert person is not None
    assert person.expecting is None


def test_who_blocked_the_bot_is_unreachable_until_they_write_in_private(
    database: Database, now: datetime
) -> None:
    database.run_now(lambda work: work.people.seen(1, "en", now))
    database.run_now(lambda work: work.people.set_reachable(1, False))
    assert not database.run_now(lambda work: work.people.seen(1, "en", now, private=False)).reachable
    assert database.run_now(lambda work: work.people.seen(1, "en", now)).reachable


def test_who_writes_in_a_group_only_cannot_be_reached_yet(database: Database, now: datetime) -> None:
    assert not database.run_now(lambda work: work.people.seen(1, "en", now, private=False)).reachable
    database.run_now(lambda work: work.people.seen(1, "en", now))
    assert database.run_now(lambda work: work.people.seen(1, "en", now, private=False)).reachable


def test_a_lookup_keeps_words_and_what_was_shown(database: Database, now: datetime) -> None:
    kept = database.run_now(
        lambda work: work.lookups.add("composting", "en", LookupOutcome.CHOICES, ["a", "b"], now)
    )
    assert (kept.words, kept.outcome, kept.shown, kept.rejected) == (
        "composting",
        LookupOutcome.CHOICES,
        ("a", "b"),
        0,
    )
    again = database.run_now(lambda work: work.lookups.reject(kept.id, ["a", "b", "c"]))
    assert again is not None
    assert (again.shown, again.rejected) == (("a", "b", "c"), 1)
    assert database.run_now(lambda work: work.lookups.get(kept.id)) == again
    assert database.run_now(lambda work: work.lookups.get(kept.id + 1)) is None
    assert database.run_now(lambda work: work.lookups.reject(kept.id + 1, [])) is None


def test_the_curator_sees_what_was_asked_and_not_found(database: Database, now: datetime) -> None:
    asked = ["sewage", "Sewage", "sewage", " SEWAGE ", "ＢＩＯＧＡＳ", "biogas", "flood", "composting"]
    for words in asked:
        outcome = LookupOutcome.FOUND if words == "composting" else LookupOutcome.NOTHING
        database.run_now(lambda work, w=words, o=outcome: work.lookups.add(w, "en", o, [], now))
    misses = database.run_now(lambda work: work.lookups.misses(10))
    assert misses[0] == ("sewage", 4)
    assert [times for _, times in misses] == [4, 2, 1]
    assert database.run_now(lambda work: work.lookups.misses(1)) == [("sewage", 4)]


def test_what_was_not_found_is_told_apart_by_language(database: Database, now: datetime) -> None:
    later = now + timedelta(days=1)
    asked = [("sewage", "en", now), ("SEWAGE", "en", later), ("SEWAGE", "en", now), ("sewage", "fr", now)]
    for words, language, at in asked:
        database.run_now(
            lambda work, w=words, lang=language, at=at: work.lookups.add(
                w, lang, LookupOutcome.NOTHING, [], at
            )
        )
    assert database.run_now(lambda work: work.lookups.missed()) == [
        Missed("SEWAGE", "en", 3, later),
        Missed("sewage", "fr", 1, now),
    ]


def test_a_question_and_its_thread(database: Database, now: datetime) -> None:
    later = now + timedelta(minutes=5)
    asked = database.run_now(lambda work: work.questions.add(LARGEST, "zh", "怎么办？", now))
    assert (asked.text, asked.state, asked.asker) == ("怎么办？", QuestionState.OPEN, LARGEST)
    database.run_now(lambda work: work.questions.write(asked.id, Author.SECRETARIAT, "Like this.", later))
    kept = database.run_now(lambda work: work.questions.get(asked.id))
    assert kept is not None
    assert kept.thread == (
        Remark(Author.ASKER, "怎么办？", now),
        Remark(Author.SECRETARIAT, "Like this.", later),
    )


def test_open_questions_wait_in_order_until_they_are_answered(database: Database, now: datetime) -> None:
    first, second, third = (
        database.run_now(lambda work, n=n: work.questions.add(n, "en", f"question {n}", now)).id
        for n in (1, 2, 3)
    )
    database.run_now(lambda work: work.questions.set_state(second, QuestionState.ANSWERED))
    assert [q.id for q in database.run_now(lambda work: work.questions.waiting())] == [first, third]


def test_all_questions_are_read_page_by_page(database: Database, now: datetime) -> None:
    first, second, third = (
        database.run_now(lambda work, n=n: work.questions.add(n, "en", f"question {n}", now)).id
        for n in (1, 2, 3)
    )
    database.run_now(lambda work: work.questions.set_state(second, QuestionState.WITHDRAWN))
    pages = [
        database.run_now(lambda work, a=after: work.questions.page(a, 2)) for after in (0, second, third)
    ]
    assert [[(q.id, q.text) for q in page] for page in pages] == [
        [(first, "question 1"), (second, "question 2")],
        [(third, "question 3")],
        [],
    ]


def test_the_open_questions_of_one_person_are_found_and_all_are_counted(
    database: Database, now: datetime
) -> None:
    mine, _, answered, later = (
        database.run_now(lambda work, p=person: work.questions.add(p, "en", "?", now)).id
        for person in (1, 2, 1, 1)
    )
    database.run_now(lambda work: work.questions.set_state(answered, QuestionState.ANSWERED))
    assert [q.id for q in database.run_now(lambda work: work.questions.by_asker(1))] == [mine, later]
    assert database.run_now(lambda work: work.questions.count_waiting()) == 3


def test_a_finished_question_is_forgotten_with_its_thread_and_nothing_else_is(
    database: Database, now: datetime
) -> None:
    old = now - timedelta(days=91)
    answered, withdrawn, still_open, spoken_of, recent = (
        database.run_now(lambda work, at=at: work.questions.add(1, "en", "canary-4411", at)).id
        for at in (old, old, old, old, now)
    )
    for number in (answered, spoken_of, recent):
        database.run_now(lambda work, n=number: work.questions.set_state(n, QuestionState.ANSWERED))
    database.run_now(lambda work: work.questions.set_state(withdrawn, QuestionState.WITHDRAWN))
    database.run_now(lambda work: work.questions.write(spoken_of, Author.SECRETARIAT, "Yes.", now))
    assert database.run_now(lambda work: work.questions.forget(now - timedelta(days=90))) == 2
    assert database.run_now(lambda work: work.questions.forget(now - timedelta(days=90))) == 0
    assert database.run_now(lambda work: work.questions.get(answered)) is None
    assert database.run_now(lambda work: work.questions.get(withdrawn)) is None
    with database._engine.connect() as connection:
        threads = connection.exec_driver_sql("SELECT DISTINCT question_id FROM remarks ORDER BY 1").all()
    assert [number for (number,) in threads] == [still_open, spoken_of, recent]


def test_the_number_of_a_forgotten_question_is_never_given_to_another(
    database: Database, now: datetime
) -> None:
    """An old button would open somebody else's question otherwise."""
    first = database.run_now(lambda work: work.questions.add(1, "en", "?", now))
    second = database.run_now(lambda work: work.questions.add(1, "en", "?", now))
    for question in (first, second):
        database.run_now(lambda work, q=question: work.questions.set_state(q.id, QuestionState.ANSWERED))
    database.run_now(lambda work: work.questions.forget(now + timedelta(days=1)))
    third = database.run_now(lambda work: work.questions.add(2, "en", "another", now))
    assert third.id > second.id
    assert third.text == "another"
    assert database.run_now(lambda work: work.questions.add(2, "en", "one more", now)).id > third.id


def test_lookups_are_forgotten_by_how_they_ended(database: Database, now: datetime) -> None:
    kept = {
        (outcome, age): database.run_now(
            lambda work, o=outcome, a=age: work.lookups.add("x", "en", o, [], now - timedelta(days=a))
        ).id
        for outcome in LookupOutcome
        for age in (29, 31)
    }
    shown = [LookupOutcome.FOUND, LookupOutcome.CHOICES]
    assert database.run_now(lambda work: work.lookups.forget(shown, now - timedelta(days=30))) == 2
    left = {one for one, number in kept.items() if database.run_now(lambda w, n=number: w.lookups.get(n))}
    assert left == set(kept) - {(LookupOutcome.FOUND, 31), (LookupOutcome.CHOICES, 31)}


def test_who_takes_a_question_is_known_to_colleagues(database: Database, now: datetime) -> None:
    def take_and_look(person: int | None) -> tuple[int | None, datetime | None]:
        def unit(work):  # type: ignore[no-untyped-def]
            before = work.questions.get(1)
            work.questions.take(1, person, now)
            after = work.questions.get(1)
            assert before is not None
            return after.taken_by, after.taken_at

        return database.run_now(unit)

    database.run_now(lambda work: work.questions.add(1, "en", "?", now))
    assert take_and_look(9) == (9, now)
    assert take_and_look(None) == (None, None)


def test_moments_come_back_aware_and_in_utc(database: Database) -> None:
    kathmandu = timezone(timedelta(hours=5, minutes=45))
    asked_at = datetime(2026, 11, 21, 15, 15, 0, 999999, tzinfo=kathmandu)
    kept = database.run_now(lambda work: work.questions.add(1, "ne", "?", asked_at))
    stored = database.run_now(lambda work: work.questions.get(kept.id))
    assert stored is not None
    assert stored.asked_at == asked_at
    assert stored.asked_at.tzinfo is UTC


def test_a_moment_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(Exception, match="time zone"):
        database.run_now(lambda work: work.questions.add(1, "ne", "?", datetime(2026, 11, 21)))


@pytest.mark.parametrize("text", ["a\x00b", "half \ud83d of an emoji", "e\u0301 \u202e \U0001f468"])
def test_strange_characters_never_cost_the_answer(database: Database, now: datetime, text: str) -> None:
    question = database.run_now(lambda work: work.questions.add(1, "en", text, now))
    kept = database.run_now(lambda work: work.questions.get(question.id))
    assert kept is not None
    assert kept.text.replace("?", "") == text.replace("\x00", "").replace("\ud83d", "")
