"""Reminders in the archive: each debt once, one message a person and day, and what people wish of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from archive_samples import NOW

from bot.domain.outgoing import WHEN_IT_LEAVES, DeliveryState, MessageClass, OutgoingMessage
from bot.domain.reminder_rules import Step
from bot.domain.reminders import Debt, Pause, Promise, Reminder, Why
from bot.storage.database import Database

LARGEST = 2**52 - 1
TODAY, TOMORROW = date(2026, 11, 21), date(2026, 11, 22)
LATER = NOW + timedelta(days=1)


def debt(rule: str = "two-weeks", city: str = "sibu", person: int = LARGEST, **more: Any) -> Debt:
    return Debt(
        **{"cycle": "2026", "day": TODAY, "at": NOW, "step": Step.DEPUTIES, **more},
        city=city,
        rule=rule,
        person=person,
    )


def reminder(*debts: Debt, day: date = TODAY) -> Reminder:
    return Reminder(debts[0].person, "Asia/Kuching", day, NOW, "th", debts)


def write(database: Database, one: Reminder) -> bool:
    return database.run_now(lambda work: work.reminders.write(one, NOW))


def queued(database: Database) -> list[OutgoingMessage]:
    return list(database.run_now(lambda work: work.outbox.claim(99, LATER, frozenset())))


def test_a_reminder_is_its_debts_and_one_message_that_is_made_when_it_leaves(database: Database) -> None:
    both = (debt(), debt(city="cebu", why=Why.PROMISE, rule="later", step=Step.FOCAL_POINTS))
    assert write(database, reminder(*both))
    (message,) = queued(database)
    assert replace(message, id=None) == OutgoingMessage(
        f"rem:{LARGEST}:2026-11-21",
        LARGEST,
        WHEN_IT_LEAVES,
        {},
        MessageClass.REMINDER,
        state=DeliveryState.CLAIMED,
        not_before=NOW,
        language="th",
    )
    assert tuple(database.run_now(lambda work: work.reminders.debts_of(message.key))) == both
    assert database.run_now(lambda work: work.reminders.said(NOW)) == {one.key for one in both}
    assert database.run_now(lambda work: work.reminders.said(NOW + timedelta(seconds=1))) == frozenset()
    assert database.run_now(lambda work: work.reminders.messaged(TODAY)) == {(LARGEST, TODAY)}
    assert database.run_now(lambda work: work.reminders.messaged(TOMORROW)) == frozenset()


def test_what_was_written_is_not_written_again(database: Database) -> None:
    assert write(database, reminder(debt()))
    assert not write(database, reminder(debt()))
    assert not write(database, reminder(debt(at=LATER), day=TOMORROW)), (
        "the same debt, whatever the day it is said"
    )
    assert len(queued(database)) == 1
    assert write(database, reminder(debt(at=LATER), debt("one-week"), day=TOMORROW)), "one of them is new"
    key = f"rem:{LARGEST}:2026-11-22"
    assert [one.rule for one in database.run_now(lambda work: work.reminders.debts_of(key))] == ["one-week"]


def test_a_second_reminder_of_a_day_leaves_its_debts_unsaid(database: Database) -> None:
    """They are said the next day: had they been written, they would be lost in a message that may have left."""
    assert write(database, reminder(debt()))
    assert not write(database, reminder(debt("one-week")))
    assert database.run_now(lambda work: work.reminders.said(NOW)) == {debt().key}
    assert write(database, reminder(debt("one-week"), day=TOMORROW))


@pytest.mark.parametrize(("state", "sent_at"), [("sent", LATER), ("skipped", None), ("blocked", None)])
def test_debts_note_what_became_of_their_message(database: Database, state: str, sent_at: Any) -> None:
    write(database, reminder(debt(), debt(city="cebu")))
    write(database, reminder(debt(person=1)))
    database.run_now(
        lambda work: work.reminders.overtaken([debt("three-weeks", at=NOW - timedelta(days=1))], NOW)
    )
    database.run_now(lambda work: work.reminders.settle(f"rem:{LARGEST}:2026-11-21", state, "why", LATER))
    kept = database.run_now(lambda work: work.reminders.of_cycle("2026"))
    assert [(one.rule, one.city, one.person, became, at) for one, became, at in kept] == [
        ("three-weeks", "sibu", LARGEST, "overtaken", None),
        ("two-weeks", "sibu", LARGEST, state, sent_at),
        ("two-weeks", "cebu", LARGEST, state, sent_at),
        ("two-weeks", "sibu", 1, "ready", None),
    ]
    assert database.run_now(lambda work: work.reminders.of_cycle("2025")) == []


def test_what_was_overtaken_counts_as_said_and_not_as_a_message(database: Database) -> None:
    database.run_now(lambda work: work.reminders.overtaken([debt()], NOW))
    database.run_now(lambda work: work.reminders.overtaken([debt()], NOW))
    assert database.run_now(lambda work: work.reminders.said(NOW)) == {debt().key}
    assert database.run_now(lambda work: work.reminders.messaged(TODAY)) == frozenset()
    assert queued(database) == []


def test_the_last_promise_holds_for_each_report(database: Database) -> None:
    first = Promise(1, "sibu", "2026", TODAY, time(14, 30), NOW)
    moved = replace(first, day=TOMORROW, at=time(9), made_at=LATER)
    other = replace(first, city="cebu")
    for promise in (first, other, moved):
        database.run_now(lambda work, p=promise: work.reminders.promise(p))
    assert set(database.run_now(lambda work: work.reminders.promises("2026"))) == {moved, other}
    database.run_now(lambda work: work.reminders.drop_promise(1, "sibu", "2026"))
    assert database.run_now(lambda work: work.reminders.promises("2026")) == [other]
    assert database.run_now(lambda work: work.reminders.promises("2025")) == []


def test_a_promise_that_is_changed_in_one_request_is_read_as_it_is_then(database: Database) -> None:
    promise = Promise(1, "sibu", "2026", TODAY, time(14, 30), NOW)

    def changes(work: Any) -> Any:
        work.reminders.promise(promise)
        assert work.reminders.promises("2026") == [promise]
        work.reminders.promise(replace(promise, day=TOMORROW))
        return work.reminders.promises("2026")

    assert database.run_now(changes) == [replace(promise, day=TOMORROW)]


def test_who_wants_quiet_has_it_since_they_first_said_so(database: Database) -> None:
    for moment in (NOW, LATER):
        database.run_now(lambda work, m=moment: work.reminders.set_quiet(LARGEST, "2026", True, m))
    database.run_now(lambda work: work.reminders.set_quiet(1, "2025", True, NOW))
    assert database.run_now(lambda work: work.reminders.quiet("2026")) == {LARGEST: NOW}
    database.run_now(lambda work: work.reminders.set_quiet(LARGEST, "2026", False, LATER))
    assert database.run_now(lambda work: work.reminders.quiet("2026")) == {}


def test_a_held_debt_rests_until_it_is_released(database: Database) -> None:
    for _ in range(2):
        database.run_now(lambda work: work.reminders.hold(debt().key, 9, NOW))
    assert database.run_now(lambda work: work.reminders.held()) == {debt().key}
    database.run_now(lambda work: work.reminders.release(debt().key))
    assert database.run_now(lambda work: work.reminders.held()) == frozenset()
    with pytest.raises(ValueError, match="no key"):
        database.run_now(lambda work: work.reminders.hold("", 9, NOW))


def test_nudges_are_numbered_and_kept_for_their_cycle(database: Database) -> None:
    first, second = (database.run_now(lambda work: work.reminders.nudge("2026", LARGEST, NOW)) for _ in "ab")
    assert (first.cycle, first.at, first.by) == ("2026", NOW, LARGEST)
    assert second.id > first.id
    assert database.run_now(lambda work: work.reminders.nudges("2026")) == [first, second]
    assert database.run_now(lambda work: work.reminders.nudges("2025")) == []


def test_a_cycle_is_paused_once_at_a_time(database: Database) -> None:
    for moment in (NOW, NOW + timedelta(minutes=1)):
        database.run_now(lambda work, m=moment: work.reminders.pause("2026", 1, m))
    assert database.run_now(lambda work: work.reminders.pauses("2026")) == [Pause("2026", NOW)]
    database.run_now(lambda work: work.reminders.go_on("2026", LATER))
    database.run_now(lambda work: work.reminders.go_on("2026", LATER + timedelta(days=1)))
    database.run_now(lambda work: work.reminders.pause("2026", 1, LATER))
    assert database.run_now(lambda work: work.reminders.pauses("2026")) == [
        Pause("2026", NOW, LATER),
        Pause("2026", LATER),
    ]
    assert database.run_now(lambda work: work.reminders.pauses("2025")) == []


def test_what_is_old_is_forgotten_and_a_pause_that_lasts_is_not(database: Database) -> None:
    write(database, reminder(debt()))
    write(database, reminder(debt("new", at=LATER), day=TOMORROW))
    database.run_now(lambda work: work.reminders.promise(Promise(1, "sibu", "2026", TODAY, time(9), NOW)))
    database.run_now(lambda work: work.reminders.set_quiet(1, "2026", True, NOW))
    database.run_now(lambda work: work.reminders.hold(debt().key, 1, NOW))
    database.run_now(lambda work: work.reminders.nudge("2026", 1, NOW))
    database.run_now(lambda work: work.reminders.pause("2026", 1, NOW))
    assert database.run_now(lambda work: work.reminders.forget(NOW)) == 0
    assert database.run_now(lambda work: work.reminders.forget(LATER)) == 5
    assert database.run_now(lambda work: work.reminders.said(NOW)) == {debt("new").key}
    assert database.run_now(lambda work: work.reminders.pauses("2026")) == [Pause("2026", NOW)]
