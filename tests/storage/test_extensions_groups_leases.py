"""Extensions of deadlines, the groups of cities, and who of several programs does what only one does."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from archive_samples import NOW

from bot.domain.errors import ConflictError
from bot.domain.extensions import Extension, ExtensionState
from bot.domain.groups import TeamGroup
from bot.storage.database import Database

LARGEST = 2**52 - 1
LATER = NOW + timedelta(minutes=1)
ASKED = Extension(0, "sibu", "2026", date(2026, 12, 15), "The scales broke\nin May 👍", LARGEST, NOW)
GROUP = TeamGroup(-(2**51), "sibu", "id", LARGEST, NOW)


def add(database: Database, extension: Extension = ASKED) -> Extension:
    return database.run_now(lambda work: work.extensions.add(extension))


def grant(database: Database, asked: Extension, until: date, minute: int) -> Extension:
    granted = replace(
        asked,
        state=ExtensionState.GRANTED,
        granted=until,
        decided_by=9,
        decided_at=NOW + timedelta(minutes=minute),
        answer="Gladly",
    )
    database.run_now(lambda work: work.extensions.save(granted, asked))
    return granted


def test_an_extension_comes_back_as_it_was_asked_for(database: Database) -> None:
    asked = add(database)
    assert asked == replace(ASKED, id=asked.id)
    assert database.run_now(lambda work: work.extensions.get(asked.id)) == asked
    assert database.run_now(lambda work: work.extensions.get(99)) is None
    granted = grant(database, asked, date(2026, 12, 10), 1)
    assert database.run_now(lambda work: work.extensions.get(asked.id)) == granted


def test_the_latest_decision_of_a_cycle_holds(database: Database) -> None:
    first, second, other, _ = (
        add(database),
        add(database),
        add(database, replace(ASKED, city="cebu")),
        add(database),
    )
    grant(database, second, date(2026, 12, 20), 1)
    grant(database, first, date(2026, 12, 10), 2)
    grant(database, other, date(2026, 12, 31), 0)
    declined = add(database)
    database.run_now(
        lambda work: work.extensions.save(
            replace(declined, state=ExtensionState.DECLINED, decided_at=LATER), declined
        )
    )
    assert database.run_now(lambda work: work.extensions.granted("2026")) == {
        "sibu": date(2026, 12, 10),
        "cebu": date(2026, 12, 31),
    }
    assert database.run_now(lambda work: work.extensions.granted("2025")) == {}


def test_extensions_are_listed_by_city_cycle_and_what_waits(database: Database) -> None:
    first, second = add(database), add(database)
    other, earlier = add(database, replace(ASKED, city="cebu")), add(database, replace(ASKED, cycle="2025"))
    grant(database, first, date(2026, 12, 10), 1)
    listed = database.run_now(lambda work: work.extensions.of_city("sibu", "2026"))
    assert [one.id for one in listed] == [second.id, first.id]
    of_cycle = database.run_now(lambda work: work.extensions.of_cycle("2026"))
    assert [one.id for one in of_cycle] == [other.id, second.id, first.id]
    assert database.run_now(lambda work: work.extensions.waiting()) == [second, other, earlier]


def test_of_two_who_decide_at_once_the_second_is_told(database: Database) -> None:
    asked = add(database)
    grant(database, asked, date(2026, 12, 10), 1)
    with pytest.raises(ConflictError):
        database.run_now(
            lambda work: work.extensions.save(replace(asked, state=ExtensionState.DECLINED), asked)
        )


def test_a_group_belongs_to_the_city_it_was_linked_to_last(database: Database) -> None:
    other = TeamGroup(-7, "cebu", "en", 1, LATER)
    for group in (GROUP, other):
        database.run_now(lambda work, g=group: work.groups.link(g))
    assert database.run_now(lambda work: work.groups.get(GROUP.chat_id)) == GROUP
    assert database.run_now(lambda work: work.groups.all()) == [GROUP, other]
    moved = replace(GROUP, city="cebu", language="th")
    database.run_now(lambda work: work.groups.link(moved))
    assert database.run_now(lambda work: work.groups.of_city("cebu")) == [moved, other]
    assert database.run_now(lambda work: work.groups.of_city("sibu")) == []
    database.run_now(lambda work: work.groups.set_reachable(GROUP.chat_id, False))
    assert database.run_now(lambda work: work.groups.get(GROUP.chat_id)) == replace(moved, reachable=False)
    database.run_now(lambda work: work.groups.unlink(GROUP.chat_id))
    assert database.run_now(lambda work: work.groups.get(GROUP.chat_id)) is None


def test_a_group_keeps_its_city_as_a_supergroup(database: Database) -> None:
    database.run_now(lambda work: work.groups.link(GROUP))
    for _ in range(2):
        database.run_now(lambda work: work.groups.move(GROUP.chat_id, -1001))
    assert database.run_now(lambda work: work.groups.all()) == [replace(GROUP, chat_id=-1001)]
    newer = replace(GROUP, city="cebu")
    database.run_now(lambda work: work.groups.link(newer))
    database.run_now(lambda work: work.groups.move(GROUP.chat_id, -1001))
    assert database.run_now(lambda work: work.groups.all()) == [replace(GROUP, chat_id=-1001)]


def test_one_program_has_a_lease_until_it_is_over_or_given_back(database: Database) -> None:
    def take(owner: str, now: object = NOW, until: object = LATER) -> bool:
        return database.run_now(lambda work: work.leases.take("sender", owner, now, until))  # type: ignore[arg-type]

    def holds(owner: str, now: object = NOW) -> bool:
        return database.run_now(lambda work: work.leases.is_held("sender", owner, now))  # type: ignore[arg-type]

    assert not holds("a")
    assert take("a")
    assert not take("b")
    assert (holds("a"), holds("b")) == (True, False)
    assert take("a", until=LATER + timedelta(minutes=1)), "said again"
    assert not take("b", now=LATER)
    over = LATER + timedelta(minutes=1)
    assert not holds("a", over)
    assert take("b", over, over + timedelta(minutes=1))
    assert not take("a", over)
    database.run_now(lambda work: work.leases.release("sender", "a"))
    assert holds("b", over)
    database.run_now(lambda work: work.leases.release("sender", "b"))
    assert take("a", over, over + timedelta(minutes=1))
    assert database.run_now(lambda work: work.leases.take("planner", "b", NOW, LATER)), "another lease"
