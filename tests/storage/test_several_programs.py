"""Several programs on one database: each does its part, nobody does anything twice, and nobody is locked out."""

from __future__ import annotations

import os
import random
import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

import pytest
from archive_samples import NOW, draft
from sqlalchemy.exc import IntegrityError

from bot.domain.audit import Event
from bot.domain.outgoing import MessageClass, OutgoingMessage
from bot.domain.ports import StoredUpdate, UnitOfWork
from bot.domain.questionnaires import Form
from bot.domain.reminder_rules import Step
from bot.domain.reminders import Debt, Reminder
from bot.domain.reports import SourceKind
from bot.storage.database import Database

T = TypeVar("T")
FULL = os.environ.get("FOCAL_FAULTS") == "full"
REMINDERS = 3000 if FULL else 200


def at_once(address: str, programs: int, does: Callable[[Database, int], T]) -> list[T]:
    """What each of so many programs gives, which begin together; the error of any of them is raised."""
    start, results, errors = threading.Barrier(programs), {}, []

    def program(number: int) -> None:
        own = Database(address)
        try:
            start.wait(30)
            results[number] = does(own, number)
        except BaseException as error:
            errors.append(error)
        finally:
            own.close()

    threads = [threading.Thread(target=program, args=(number,)) for number in range(programs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if errors:
        raise errors[0]
    return [results[number] for number in range(programs)]


def test_an_update_that_two_programs_have_in_hand_has_its_effect_once(
    database: Database, address: str
) -> None:
    """Both go on after a restart, say, with what the other one has begun."""
    updates = [StoredUpdate(n, n % 7, {"message": {"text": "hello"}}) for n in range(60)]
    database.run_now(lambda work: work.inbox.receive(updates, NOW))

    def handle(work: UnitOfWork, number: int) -> bool:
        if work.inbox.is_done(number):
            return False
        work.audit.write(Event.JOINED, NOW, actor=None, subject=str(number))
        work.inbox.done(number, NOW)
        return True

    def works(own: Database, _: int) -> int:
        return sum(own.run_now(lambda work, n=n: handle(work, n)) for n in range(60))  # type: ignore[misc]

    assert sum(at_once(address, 2, works)) == 60
    entries = database.run_now(lambda work: work.audit.of_city(None, 999))
    assert sorted(int(one.subject) for one in entries) == list(range(60))
    assert database.run_now(lambda work: work.audit.is_whole())


def test_three_programs_that_plan_the_same_write_every_reminder_once(
    database: Database, address: str
) -> None:
    """RE-2. Each in another order, so that two wait for each other; who loses plans again and finds it done."""
    today = NOW.date()
    wanted = [
        Reminder(
            person,
            "Asia/Kuching",
            today,
            NOW,
            "en",
            tuple(
                Debt("2026", city, "last", person, today, NOW, Step.FOCAL_POINTS) for city in ("sibu", "cebu")
            ),
        )
        for person in range(1, REMINDERS + 1)
    ]

    def plans(own: Database, number: int) -> int:
        order = random.Random(number).sample(wanted, len(wanted))
        return own.run_now(lambda work: sum(work.reminders.write(one, NOW) for one in order))

    assert sum(at_once(address, 3, plans)) == REMINDERS
    said = database.run_now(lambda work: work.reminders.said(NOW))
    assert said == {debt.key for one in wanted for debt in one.debts}
    assert database.run_now(lambda work: work.outbox.counts()) == {
        (MessageClass.REMINDER, "ready"): REMINDERS
    }
    with database._engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM debts").scalar() == 2 * REMINDERS


def test_no_message_is_claimed_by_two_senders(database: Database, address: str) -> None:
    def write(work: UnitOfWork) -> None:
        for n in range(120):
            work.outbox.add(
                OutgoingMessage(f"k{n}", n % 40, "sendMessage", {"chat_id": n % 40, "text": "x"}), NOW
            )

    database.run_now(write)

    def claims(own: Database, _: int) -> list[OutgoingMessage]:
        return [
            one for _ in range(6) for one in own.run_now(lambda work: work.outbox.claim(3, NOW, frozenset()))
        ]

    taken = [one for mine in at_once(address, 4, claims) for one in mine]
    assert len(taken) == len({one.id for one in taken}) == 40
    assert Counter(one.chat_id for one in taken) == dict.fromkeys(range(40), 1), (
        "one of each chat is under way"
    )


def test_of_programs_that_want_one_lease_exactly_one_has_it(database: Database, address: str) -> None:
    until = NOW + timedelta(minutes=1)

    def takes(own: Database, number: int) -> list[bool]:
        return [
            own.run_now(lambda work, m=name: work.leases.take(f"lease {m}", f"program {number}", NOW, until))
            for name in range(10)
        ]

    each = at_once(address, 4, takes)
    assert [sum(had) for had in zip(*each, strict=True)] == [1] * 10


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)  # SQLite lets one in at a time
def test_what_there_is_one_of_is_found_by_who_comes_second(database: Database, address: str) -> None:
    """Two of a city begin the same draft at the same moment."""

    def find_or_begin(work: UnitOfWork) -> int:
        found = work.drafts.find(Form.PROGRESS, "sibu", "2026", "", source=SourceKind.QUESTIONNAIRE)
        meet.wait(5) if found is None and len(met) < 2 and not met.append(1) else None  # type: ignore[func-returns-value]
        return (found or work.drafts.add(draft())).id

    meet, met = threading.Barrier(2), []  # type: ignore[var-annotated]
    one, two = at_once(address, 2, lambda own, _: own.run_now(find_or_begin))
    assert one == two
    with pytest.raises(IntegrityError):
        database.run_now(lambda work: work.drafts.add(draft()))


@pytest.mark.parametrize("address", ["postgresql"], indirect=True)  # SQLite lets one in at a time
def test_two_that_wait_for_each_other_are_both_served(database: Database, address: str) -> None:
    """A deadlock: the database undoes one of the two, and it is done again."""
    for key in "ab":
        database.run_now(lambda work, k=key: work.facts.set(k, ""))
    meet, tries = threading.Barrier(2), Counter()  # type: ignore[var-annotated]

    def works(own: Database, number: int) -> None:
        def crosswise(work: UnitOfWork) -> None:
            tries[number] += 1
            first, second = "ab" if number else "ba"
            work.facts.set(first, f"{number}")
            if tries[number] == 1:
                meet.wait(5)
            work.facts.set(second, f"{number}")

        own.run_now(crosswise)

    at_once(address, 2, works)
    assert sorted(tries.values()) == [1, 2]
    kept = database.run_now(lambda work: (work.facts.get("a"), work.facts.get("b")))
    assert kept in (("0", "0"), ("1", "1")), "one after the other, never half of each"


def test_facts_are_set_by_many_at_once(database: Database, address: str) -> None:
    def sets(own: Database, number: int) -> None:
        for n in range(20):
            own.run_now(lambda work, n=n: work.facts.set(f"key {n}", str(number)))

    at_once(address, 4, sets)
    assert database.run_now(lambda work: work.facts.get("key 19")) in {"0", "1", "2", "3"}


@pytest.mark.parametrize("text", ["a\x00b", "\ud83d", "\\u0000", "👍 \udc4d"])
def test_no_word_that_somebody_types_is_refused(database: Database, text: str) -> None:
    """PostgreSQL knows no NUL in a text, and neither knows half characters."""
    raw = {"message": {"text": text}}
    database.run_now(lambda work: work.inbox.receive([StoredUpdate(1, 1, raw)], NOW))
    (stored,) = database.run_now(lambda work: work.inbox.waiting(1, frozenset()))
    assert stored.raw == raw
    params: dict[str, Any] = {"chat_id": 1, "text": text}
    database.run_now(lambda work: work.outbox.add(OutgoingMessage("k", 1, "sendMessage", params), NOW))
    (message,) = database.run_now(lambda work: work.outbox.claim(1, NOW, frozenset()))
    assert message.params == params
    asked = database.run_now(lambda work: work.questions.add(1, "en", text, NOW))
    database.run_now(lambda work: work.inbox.failed(1, f"ValueError: {text}", NOW))
    assert database.run_now(lambda work: work.questions.get(asked.id)) is not None
