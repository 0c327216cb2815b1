"""The budgets: never over a limit in any window, and never slower than they must be."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.delivery.rates import Limits, Rates
from bot.domain.outgoing import MessageClass

ANSWER, ANNOUNCEMENT = MessageClass.ANSWER, MessageClass.ANNOUNCEMENT


def send_all(wishes: list[tuple[float, int, MessageClass]]) -> list[tuple[float, int, MessageClass]]:
    """Sends each wish (pause before it, chat, class) as soon as the budgets allow it, in their order."""
    rates = Rates()
    now = 1000.0
    sent = []
    for pause, chat_id, message_class in wishes:
        now = max(now + pause, rates.next_allowed(chat_id, message_class, now + pause))
        rates.spend(chat_id, message_class, now)
        sent.append((now, chat_id, message_class))
    return sent


def most_within(moments: list[float], seconds: float) -> int:
    """The largest number of moments in any window of that length."""
    return max(
        (
            sum(begin <= moment < begin + seconds for moment in moments[at:])
            for at, begin in enumerate(moments)
        ),
        default=0,
    )


pauses = st.one_of(st.just(0.0), st.floats(0, 0.2), st.floats(0, 5))
chats = st.one_of(st.integers(1, 4), st.integers(-3, -1), st.integers(100, 10_000))
wishes = st.lists(st.tuples(pauses, chats, st.sampled_from(MessageClass)), max_size=120)


@settings(max_examples=60, deadline=None)
@given(wishes)
def test_no_limit_is_ever_passed_in_any_window(wished: list[tuple[float, int, MessageClass]]) -> None:
    sent = send_all(wished)
    assert most_within([at for at, _, _ in sent], 1.0) <= 30
    assert most_within([at for at, _, message_class in sent if message_class is not ANSWER], 1.0) <= 25
    for chat_id in {chat_id for _, chat_id, _ in sent}:
        moments = [at for at, chat, _ in sent if chat == chat_id]
        if chat_id < 0:
            assert most_within(moments, 60.0) <= 20
        for seconds in (1.0, 2.0, 5.0, 10.0):
            assert most_within(moments, seconds) <= 3 + seconds


def test_a_request_that_left_a_little_late_does_not_break_the_limit_at_the_far_end() -> None:
    """30 counted within a second arrive within 1.1 s at most, so 0.1 s of jitter cannot make it 31."""
    sent = send_all([(0.0, 1000 + n, ANSWER) for n in range(200)])
    assert most_within([at for at, _, _ in sent], 1.09) <= 30


def test_three_answers_leave_at_once_and_then_one_a_second() -> None:
    moments = [at - 1000 for at, _, _ in send_all([(0.0, 7, ANSWER)] * 6)]
    assert moments == pytest.approx([0, 0, 0, 1, 2, 3])


@pytest.mark.parametrize("message_class", [ANSWER, ANNOUNCEMENT])
def test_a_group_gets_twenty_in_a_minute_and_one_a_second(message_class: MessageClass) -> None:
    """Whatever it is: Telegram does not ask whether somebody waits for it."""
    moments = [at - 1000 for at, _, _ in send_all([(0.0, -7, message_class)] * 21)]
    assert moments[:4] == pytest.approx([0, 0, 0, 1], abs=0.15)
    assert 16.9 <= moments[19] <= 17.5
    assert 60 <= moments[20] <= 62


def test_a_broadcast_keeps_more_than_twenty_a_second() -> None:
    """10,000 recipients have to be served within 8 min 20 s."""
    sent = send_all([(0.0, 1000 + n, ANNOUNCEMENT) for n in range(1000)])
    assert 1000 / (sent[-1][0] - sent[0][0]) > 20


def test_during_a_broadcast_an_answer_leaves_at_once() -> None:
    rates = Rates()
    now = 0.0
    waits = []
    for n in range(500):
        now = rates.next_allowed(1000 + n, ANNOUNCEMENT, now)
        rates.spend(1000 + n, ANNOUNCEMENT, now)
        if n % 10 == 0:
            waits.append(rates.next_allowed(5_000_000_000 + n, ANSWER, now) - now)
            rates.spend(5_000_000_000 + n, ANSWER, now)
    assert max(waits) == 0


def test_a_chat_that_has_had_enough_is_resting_until_it_may_get_more() -> None:
    rates = Rates()
    for _ in range(3):
        rates.spend(7, ANSWER, 10.0)
    rates.spend(8, ANSWER, 10.0)
    assert rates.resting(10.0) == {7: 11.0}
    assert rates.resting(11.0) == {}


def test_chats_are_forgotten_when_they_have_rested() -> None:
    rates = Rates(Limits(all_calls=10**6))
    for n in range(1000):
        rates.spend(1000 + n, ANSWER, 0.0)
        rates.spend(-1000 - n, ANSWER, 0.0)
    rates.resting(30.0)
    assert len(rates._chats) == 1000, "the groups are within their minute"
    rates.resting(62.0)
    assert rates._chats == {}
