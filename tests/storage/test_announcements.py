"""Announcements in the archive: the outbox is the ledger, and it adds up whatever happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from archive_samples import NOW
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from bot.domain.announcements import Announcement, AnnouncementState, Delivery, Fate, Media, MediaKind, When
from bot.domain.audiences import Audience, Selection
from bot.domain.errors import ConflictError
from bot.domain.groups import TeamGroup
from bot.domain.outgoing import (
    WHEN_IT_LEAVES,
    Blocked,
    DeliveryState,
    MessageClass,
    Moved,
    NotSent,
    Outcome,
    OutgoingMessage,
    Refused,
    Sent,
    Unknown,
    after,
)
from bot.domain.people import Role
from bot.storage.audiences_json import audience_as_json, audience_from_json
from bot.storage.database import Database

LARGEST = 2**52 - 1
LATER = NOW + timedelta(hours=5)
FULL = Announcement(
    0,
    LARGEST,
    NOW,
    AnnouncementState.WAITING,
    {"en": "<b>Hello</b>", "zh": "你好\n👍"},
    Media(MediaKind.DOCUMENT, "F-1", "figures.pdf"),
    Audience(
        Selection(
            frozenset({Role.DEPUTY}), frozenset({"MY"}), frozenset({"waste"}), "2026", frozenset({"sibu"})
        ),
        Selection(cities=frozenset({"cebu", "sibu"})),
        groups=True,
    ),
    wants_reading=True,
    when=When.LOCAL,
    starts_at=NOW,
    day=date(2026, 11, 23),
    at=time(9, 30),
    valid_until=date(2026, 12, 31),
    edition=2,
    ended_at=LATER,
    board=77,
    template="opening",
    version=9,
)


PLAIN = Announcement(0, 1, NOW)


def add(database: Database, announcement: Announcement = PLAIN) -> Announcement:
    return database.run_now(lambda work: work.announcements.add(announcement))


def send_to(database: Database, number: int, *chats: int, **more: Any) -> int:
    return database.run_now(
        lambda work: work.announcements.send_to(number, dict.fromkeys(chats, more.get("at")), NOW)
    )


def fates(database: Database, number: int) -> dict[Fate, int]:
    found = database.run_now(lambda work: work.announcements.fates(number))
    assert set(found) == set(Fate)
    return {fate: count for fate, count in found.items() if count}


def claim(database: Database, now: Any = NOW) -> list[OutgoingMessage]:
    return list(database.run_now(lambda work: work.outbox.claim(99, now, frozenset())))


def settle(database: Database, one: OutgoingMessage, outcome: Outcome) -> None:
    database.run_now(lambda work: work.outbox.settle(after(replace(one, language="en"), outcome, NOW), NOW))


def sent_to_five(database: Database) -> int:
    """One with each fate but skipped, and one that waits."""
    number = add(database).id
    send_to(database, number, 1, 2, 3, 4, 5)
    outcomes = (Sent(71), Blocked("blocked by the user"), Refused("chat not found"), Unknown("reset"))
    for one, outcome in zip(claim(database), outcomes, strict=False):
        settle(database, one, outcome)
    database.run_now(lambda work: work.outbox.recover(NOW))
    return number


def test_an_announcement_comes_back_as_it_was_written(database: Database) -> None:
    plain, full = add(database), add(database, FULL)
    assert full == replace(FULL, id=full.id)
    assert database.run_now(lambda work: work.announcements.get(full.id)) == full
    assert database.run_now(lambda work: work.announcements.get(plain.id)) == replace(
        Announcement(0, 1, NOW), id=plain.id
    )
    assert database.run_now(lambda work: work.announcements.get(99)) is None
    assert database.run_now(lambda work: work.announcements.newest(1)) == [full]
    assert database.run_now(lambda work: work.announcements.in_state(*AnnouncementState)) == [plain, full]
    assert database.run_now(lambda work: work.announcements.in_state(AnnouncementState.WAITING)) == [full]


ids = st.frozensets(st.text(max_size=9), max_size=4)
selections = st.builds(Selection, st.frozensets(st.sampled_from(Role)), ids, ids, st.text(max_size=9), ids)


@given(st.builds(Audience, selections, st.none() | selections, st.booleans()))
def test_every_audience_comes_back_from_its_json(audience: Audience) -> None:
    assert audience_from_json(audience_as_json(audience)) == audience


@pytest.mark.parametrize("change", [{"state": AnnouncementState.SENDING}, {"version": 2}])
def test_of_two_who_change_it_at_once_the_second_is_told(database: Database, change: dict[str, Any]) -> None:
    was = add(database)
    database.run_now(lambda work: work.announcements.save(replace(was, **change), was))
    with pytest.raises(ConflictError):
        database.run_now(lambda work: work.announcements.save(replace(was, texts={"en": "mine"}), was))
    assert database.run_now(lambda work: work.announcements.get(was.id)) == replace(was, **change)


def test_each_recipient_is_one_message_that_is_made_when_it_leaves(database: Database) -> None:
    number = add(database).id
    assert send_to(database, number, LARGEST, -100) == 2
    assert send_to(database, number, -100, LARGEST, 3) == 1, "a late joiner; nobody gets a second one"
    first, *_ = sorted(claim(database), key=lambda one: -one.chat_id)
    assert replace(first, id=None) == OutgoingMessage(
        f"ann:{number}:{LARGEST}",
        LARGEST,
        WHEN_IT_LEAVES,
        {},
        MessageClass.ANNOUNCEMENT,
        state=DeliveryState.CLAIMED,
        announcement=number,
    )
    assert send_to(database, add(database).id, LARGEST) == 1, "another announcement is another message"
    assert send_to(database, number) == 0


def test_nothing_leaves_before_its_moment(database: Database) -> None:
    number = add(database).id
    send_to(database, number, 1, at=LATER)
    assert claim(database) == []
    assert [one.chat_id for one in claim(database, LATER)] == [1]


def test_the_fates_add_up_to_all_recipients(database: Database) -> None:
    number = sent_to_five(database)
    another = add(database).id
    send_to(database, another, 1)
    once = dict.fromkeys((Fate.WAITING, Fate.SENT, Fate.BLOCKED, Fate.FAILED, Fate.UNKNOWN), 1)
    assert fates(database, number) == once
    assert fates(database, another) == {Fate.WAITING: 1}
    assert fates(database, 99) == {}
    assert database.run_now(lambda work: work.announcements.reasons(number, Fate.FAILED)) == [
        ("chat not found", 1)
    ]
    assert database.run_now(lambda work: work.announcements.deliveries(number)) == [
        Delivery(1, Fate.SENT, None, 71, "en", settled_at=NOW),
        Delivery(2, Fate.BLOCKED, "blocked by the user", None, "en", settled_at=NOW),
        Delivery(3, Fate.FAILED, "chat not found", None, "en", settled_at=NOW),
        Delivery(4, Fate.UNKNOWN, "reset", None, "en", settled_at=NOW),
        Delivery(5, Fate.WAITING),
    ]
    only = database.run_now(lambda work: work.announcements.deliveries(number, Fate.UNKNOWN, Fate.BLOCKED))
    assert [one.chat_id for one in only] == [2, 4]


def test_reasons_are_told_by_how_often(database: Database) -> None:
    number = add(database).id
    send_to(database, number, *range(1, 7))
    for one, reason in zip(claim(database), ("b", "a", "c", "b", "c", "c"), strict=True):
        settle(database, one, Refused(reason))
    told = database.run_now(lambda work: work.announcements.reasons(number, Fate.FAILED))
    assert told == [("c", 3), ("b", 2), ("a", 1)]


def test_a_stop_skips_what_has_not_left_and_nothing_begins_it_again(database: Database) -> None:
    number = add(database).id
    send_to(database, number, 1, 2, 3, 4)
    sent, wired, claimed, retried = claim(database)
    settle(database, sent, Sent(1))
    database.run_now(lambda work: work.outbox.mark_wired(wired.id or 0, NOW))
    settle(database, retried, NotSent("no line"))
    assert database.run_now(lambda work: work.announcements.stop(number, "stopped by hand", LATER)) == 2
    assert fates(database, number) == {Fate.SENT: 1, Fate.WAITING: 1, Fate.SKIPPED: 2}
    with pytest.raises(LookupError):
        database.run_now(lambda work: work.outbox.mark_wired(claimed.id or 0, NOW))
    # The post room gives back what it has in hand, and hears of a send that was under way.
    database.run_now(lambda work: work.outbox.settle(replace(claimed, state=DeliveryState.READY), NOW))
    settle(database, replace(wired, tries=1), Sent(2))
    assert fates(database, number) == {Fate.SENT: 2, Fate.SKIPPED: 2}
    assert claim(database, LATER + timedelta(days=1)) == []
    assert database.run_now(lambda work: work.announcements.reasons(number, Fate.SKIPPED)) == [
        ("stopped by hand", 2)
    ]


@pytest.mark.parametrize("fate", [Fate.UNKNOWN, Fate.BLOCKED, Fate.FAILED])
def test_exactly_those_of_one_fate_get_it_again(database: Database, fate: Fate) -> None:
    number = sent_to_five(database)
    (whom,) = database.run_now(lambda work: work.announcements.deliveries(number, fate))
    assert database.run_now(lambda work: work.announcements.resend(number, fate, LATER)) == 1
    assert fates(database, number)[Fate.WAITING] == 2
    again = {one.chat_id: one for one in claim(database, LATER)}
    assert set(again) == {whom.chat_id, 5}
    assert (again[whom.chat_id].tries, again[whom.chat_id].reason) == (0, None)
    assert database.run_now(lambda work: work.announcements.resend(number, Fate.WAITING, LATER)) == 0


def test_what_was_stopped_goes_on_at_its_own_hour_where_that_lies_ahead(database: Database) -> None:
    number, moments = add(database).id, {1: LATER, 2: None, 3: NOW}
    database.run_now(lambda work: work.announcements.send_to(number, moments, NOW))
    database.run_now(lambda work: work.announcements.stop(number, "stopped", NOW))
    soon = NOW + timedelta(minutes=1)
    assert database.run_now(lambda work: work.announcements.resend(number, Fate.SKIPPED, soon, "left")) == 0
    assert (
        database.run_now(lambda work: work.announcements.resend(number, Fate.SKIPPED, soon, "stopped")) == 3
    )
    assert {one.chat_id for one in claim(database, soon)} == {2, 3}
    assert {one.chat_id for one in claim(database, LATER)} == {1}


def test_only_what_arrived_in_the_language_is_edited(database: Database) -> None:
    number = sent_to_five(database)
    assert database.run_now(lambda work: work.announcements.edit_sent(number, 1, NOW, "fr")) == 0
    assert database.run_now(lambda work: work.announcements.edit_sent(number, 1, NOW, "en")) == 1
    arrived = [
        database.run_now(lambda work, t=tag: work.announcements.arrived(number, t))
        for tag in ("", "en", "fr")
    ]
    assert arrived == [1, 1, 0]


def test_what_arrived_is_edited_in_place(database: Database) -> None:
    number = sent_to_five(database)
    assert database.run_now(lambda work: work.announcements.edit_sent(number, 1, NOW)) == 1
    assert database.run_now(lambda work: work.announcements.edit_sent(number, 1, NOW)) == 0
    assert database.run_now(lambda work: work.announcements.edits_left(number, 1)) == 1
    edit = next(one for one in claim(database) if one.part)
    assert replace(edit, id=None) == OutgoingMessage(
        f"ann:{number}:e1:1",
        1,
        WHEN_IT_LEAVES,
        {},
        MessageClass.ANNOUNCEMENT,
        part=1,
        state=DeliveryState.CLAIMED,
        message_id=71,
        announcement=number,
        language="en",
    )
    settle(database, edit, Sent(71))
    assert database.run_now(lambda work: work.announcements.edits_left(number, 1)) == 0
    assert sum(fates(database, number).values()) == 5, "an edit is nobody new"
    assert len(database.run_now(lambda work: work.announcements.deliveries(number))) == 5
    assert database.run_now(lambda work: work.announcements.edit_sent(number, 2, NOW)) == 1


def test_a_tap_says_once_that_it_was_read(database: Database) -> None:
    number = sent_to_five(database)
    assert not database.run_now(lambda work: work.announcements.has_read(number, 1))
    assert database.run_now(lambda work: work.announcements.read(number, 1, NOW))
    assert not database.run_now(lambda work: work.announcements.read(number, 1, LATER))
    assert database.run_now(lambda work: work.announcements.has_read(number, 1))
    assert database.run_now(lambda work: work.announcements.readers(number)) == {1: NOW}
    first = database.run_now(lambda work: work.announcements.deliveries(number))[0]
    assert (first.chat_id, first.read_at) == (1, NOW)


def test_a_group_that_moved_is_still_the_group_that_got_it(database: Database) -> None:
    number, later = add(database).id, add(database).id
    database.run_now(lambda work: work.groups.link(TeamGroup(-5, "sibu", "id", 1, NOW)))
    send_to(database, number, -5)
    (one,) = claim(database)
    settle(database, one, Sent(1))
    send_to(database, later, -5)
    (one,) = claim(database)
    settle(database, one, Moved(-1005))
    assert [group.chat_id for group in database.run_now(lambda work: work.groups.all())] == [-1005]
    for announced in (number, later):
        assert send_to(database, announced, -1005) == 0
        who = database.run_now(lambda work, n=announced: work.announcements.deliveries(n))
        assert [one.chat_id for one in who] == [-1005]
    (again,) = claim(database)
    assert (again.key, again.chat_id) == (f"ann:{later}:-1005", -1005)


def test_recipients_are_kept_as_long_as_the_announcement_and_go_with_it(database: Database) -> None:
    ended = replace(FULL, state=AnnouncementState.SENT, ended_at=NOW)
    old, new, draft = add(database, ended), add(database, replace(ended, ended_at=LATER)), add(database)
    for one in (old, new):
        send_to(database, one.id, 1)
        (message,) = claim(database)
        settle(database, message, Sent(5))
        database.run_now(lambda work, n=one.id: work.announcements.edit_sent(n, 1, NOW))
        (message,) = claim(database)
        settle(database, message, Sent(5))
        database.run_now(lambda work, n=one.id: work.announcements.read(n, 1, NOW))
    assert database.run_now(lambda work: work.outbox.forget(LATER)) == 2, "edits are like any message"
    assert fates(database, old.id) == fates(database, new.id) == {Fate.SENT: 1}
    assert database.run_now(lambda work: work.announcements.forget(LATER)) == 2, (
        "and a draft that nobody sent"
    )
    assert database.run_now(lambda work: work.announcements.newest(9)) == [new]
    assert (fates(database, old.id), fates(database, new.id)) == ({}, {Fate.SENT: 1})
    assert database.run_now(lambda work: work.announcements.readers(old.id)) == {}
    assert add(database).id > draft.id, "an old button must not open another announcement"


def test_ten_thousand_recipients_are_written_hundreds_at_a_time(database: Database, path: Path) -> None:
    """Row by row it takes several seconds, in which nobody else is answered."""
    number = add(database).id
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(database._engine, "before_cursor_execute", count)
    assert send_to(database, number, *range(1, 10_001)) == 10_000
    assert statements < 30
    assert fates(database, number) == {Fate.WAITING: 10_000}
    assert database.run_now(lambda work: work.announcements.stop(number, "stopped", NOW)) == 10_000
    assert database.run_now(lambda work: work.announcements.resend(number, Fate.SKIPPED, NOW)) == 10_000
    assert statements < 40
