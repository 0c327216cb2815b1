"""What the outcome of a send makes of a message, and what is done when nobody can know."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.outgoing import (
    FINISHED,
    LONGEST_WAIT,
    MOST_TRIES,
    RESENDS_OF_UNKNOWN,
    Blocked,
    DeliveryState,
    MessageClass,
    Moved,
    NotSent,
    Outcome,
    OutgoingMessage,
    Refused,
    Sent,
    Stale,
    TokenRefused,
    TooMany,
    Unknown,
    after,
    unknown,
)

NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ANSWER, REMINDER, ANNOUNCEMENT = MessageClass.ANSWER, MessageClass.REMINDER, MessageClass.ANNOUNCEMENT

outcomes = st.one_of(
    st.builds(Sent, st.none() | st.integers(1, 2**31)),
    st.builds(TooMany, st.floats(0, 3600)),
    st.builds(NotSent, st.text()),
    st.builds(Blocked, st.text()),
    st.builds(Refused, st.text()),
    st.builds(Moved, st.integers(-(2**52), -1)),
    st.builds(Unknown, st.text()),
    st.just(TokenRefused()),
)
ambiguous = st.lists(st.sampled_from([Unknown("reset"), "killed"]), max_size=6)


def wired(message_class: MessageClass = ANSWER, tries: int = 1, resent: int = 0) -> OutgoingMessage:
    return OutgoingMessage(
        "key",
        5,
        "sendMessage",
        {"chat_id": 5, "text": "…"},
        message_class,
        state=DeliveryState.WIRED,
        tries=tries,
        resent=resent,
        id=1,
    )


def test_a_sent_message_knows_its_number() -> None:
    done = after(replace(wired(), reason="no connection"), Sent(77), NOW)
    assert (done.state, done.message_id, done.reason) == (DeliveryState.SENT, 77, None)


def test_too_many_waits_exactly_as_long_as_telegram_asks() -> None:
    later = after(wired(tries=50), TooMany(344), NOW)
    assert (later.state, later.not_before) == (DeliveryState.RETRY, NOW + timedelta(seconds=344))


def test_without_a_connection_the_waits_grow_up_to_five_minutes() -> None:
    waits = []
    for tries in range(1, 13):
        later = after(wired(REMINDER, tries=tries), NotSent("no connection"), NOW)
        assert later.state is DeliveryState.RETRY
        assert later.not_before is not None
        waits.append(later.not_before - NOW)
    assert waits == sorted(waits)
    assert waits[0] <= timedelta(seconds=5)
    assert waits[-1] == LONGEST_WAIT


@pytest.mark.parametrize("message_class", MessageClass)
def test_a_message_is_given_up_after_many_tries(message_class: MessageClass) -> None:
    most = MOST_TRIES[message_class]
    assert after(wired(message_class, most), NotSent("no connection"), NOW).state is DeliveryState.FAILED
    assert after(wired(message_class, most - 1), NotSent(""), NOW).state is DeliveryState.RETRY


def test_a_moved_group_gets_the_message_at_its_new_address() -> None:
    moved = after(wired(), Moved(-1001), NOW)
    assert (moved.state, moved.chat_id) == (DeliveryState.READY, -1001)
    assert moved.params == {"chat_id": -1001, "text": "…"}


def test_what_can_no_longer_be_edited_becomes_a_message_of_its_own() -> None:
    edit = replace(
        wired(), method="editMessageText", params={"chat_id": 5, "message_id": 9, "text": "…"}, tries=1
    )
    anew = after(edit, Stale("message can't be edited"), NOW)
    assert (anew.state, anew.method) == (DeliveryState.READY, "sendMessage")
    assert anew.params == {"chat_id": 5, "text": "…"}


def test_a_refused_token_keeps_the_message() -> None:
    assert after(wired(), TokenRefused(), NOW).state is DeliveryState.READY


@pytest.mark.parametrize(("message_class", "sent_again"), [(ANSWER, 1), (REMINDER, 1), (ANNOUNCEMENT, 0)])
def test_the_policy_for_unknown_outcomes(message_class: MessageClass, sent_again: int) -> None:
    message = wired(message_class)
    for _ in range(sent_again):
        message = after(message, Unknown("timed out"), NOW)
        assert message.state is DeliveryState.READY
    assert after(message, Unknown("timed out"), NOW).state is DeliveryState.UNKNOWN


@given(message_class=st.sampled_from(MessageClass), endings=ambiguous)
def test_never_more_copies_than_the_policy_of_its_class_allows(
    message_class: MessageClass, endings: list[Outcome | str]
) -> None:
    """However kills and lost connections follow one another, each may have delivered one copy."""
    message = wired(message_class)
    copies = 0
    for ending in endings:
        if message.state in FINISHED:
            break
        copies += 1
        message = unknown(message, ending) if isinstance(ending, str) else after(message, ending, NOW)
    assert copies <= 1 + RESENDS_OF_UNKNOWN[message_class]


@given(
    message_class=st.sampled_from(MessageClass),
    tries=st.integers(1, 100),
    resent=st.integers(0, 3),
    outcome=outcomes,
)
def test_every_outcome_leaves_a_message_that_is_either_finished_or_due_again(
    message_class: MessageClass, tries: int, resent: int, outcome: Outcome
) -> None:
    before = wired(message_class, tries, resent)
    done = after(before, outcome, NOW)
    assert done.state in FINISHED | {DeliveryState.READY, DeliveryState.RETRY}
    assert (done.state is DeliveryState.SENT) == isinstance(outcome, Sent)
    if done.state is DeliveryState.RETRY:
        assert done.not_before is not None
        assert done.not_before >= NOW
    if done.state in (DeliveryState.FAILED, DeliveryState.BLOCKED, DeliveryState.UNKNOWN):
        assert done.reason is not None
    assert (done.key, done.id, done.method, done.message_class) == (
        before.key,
        before.id,
        before.method,
        before.message_class,
    )
