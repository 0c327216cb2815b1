"""The checker finds what is planted: a loss, a double, a missing answer, and a kill that hit nobody."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from .ledger import Archive, Deed, Kill, Received, Row, judge

SARI = 6
LOOKUP = Deed(("lookup", "10000001"), ((SARI, "10000001"),))
ANSWER = "I found nothing on 10000001."
GOOD = Archive(
    inbox={"done": 1},
    effects=Counter({("lookup", "10000001"): 1}),
    outbox=(Row("u1:reply:0", SARI, "sendMessage", "sent", 2),),
)


def message(time: float = 1.0, message_id: int = 2) -> Received:
    return Received("message", time, SARI, message_id, ANSWER)


def kill(time: float, state: str) -> Kill:
    row = Row("u1:reply:0", SARI, "sendMessage", state, None, ANSWER)
    return Kill("test", time, 1, 0, Archive({"done": 1}, Counter(), (row,)))


def test_a_story_in_which_all_went_well_has_no_faults() -> None:
    assert judge([LOOKUP], 1, [message()], [], GOOD).faults == ()


def test_an_update_that_never_reached_the_inbox_is_lost() -> None:
    verdict = judge([LOOKUP], 1, [message()], [], replace(GOOD, inbox={}, effects=Counter()))
    assert len(verdict.lost) == 2


def test_an_update_that_is_done_without_its_effect_is_lost() -> None:
    assert len(judge([LOOKUP], 1, [message()], [], replace(GOOD, effects=Counter())).lost) == 1


def test_an_update_that_still_waits_is_told() -> None:
    assert judge([LOOKUP], 1, [message()], [], replace(GOOD, inbox={"waiting": 1})).lost


def test_an_effect_that_is_there_twice_was_handled_twice() -> None:
    twice = replace(GOOD, effects=Counter({("lookup", "10000001"): 2}))
    assert len(judge([LOOKUP], 1, [message()], [], twice).twice) == 1


def test_an_answer_that_nobody_received_is_missing_although_the_database_says_sent() -> None:
    assert len(judge([LOOKUP], 1, [], [], GOOD).missing) == 2


def test_an_answer_that_was_never_written_is_missing() -> None:
    assert len(judge([LOOKUP], 1, [], [], replace(GOOD, outbox=())).missing) == 1


def test_an_edit_that_never_came_is_missing() -> None:
    withdrawal = replace(LOOKUP, answers=(), edits=((SARI, 2),))
    assert len(judge([withdrawal], 1, [message()], [], GOOD).missing) == 1
    assert judge([withdrawal], 1, [replace(message(), event="edited")], [], GOOD).missing == ()


def test_a_message_that_stays_in_the_outbox_is_told() -> None:
    for state in ("ready", "retry", "claimed", "wired", "failed", "blocked"):
        left = replace(GOOD, outbox=(Row("u1:reply:0", SARI, "sendMessage", state, None, ANSWER),))
        assert len(judge([LOOKUP], 1, [message()], [], left).unsettled) == 1


@pytest.mark.parametrize(
    ("kills", "unexplained"),
    [
        ([], 1),
        ([kill(2.0, "wired")], 0),
        ([kill(2.0, "claimed")], 1),  # it had not left yet: it should have been sent only once
        ([kill(2.0, "ready")], 1),
        ([kill(9.0, "wired")], 1),  # after both copies
        ([kill(0.2, "wired")], 1),  # before both copies
    ],
)
def test_a_doubled_answer_is_a_fault_unless_it_was_under_way_at_a_kill_in_between(
    kills: list[Kill], unexplained: int
) -> None:
    verdict = judge([LOOKUP], 1, [message(1.0), message(3.0, 3)], kills, GOOD)
    assert (len(verdict.doubled), len(verdict.explained)) == (unexplained, 1 - unexplained)


def test_one_kill_explains_one_double_and_not_two() -> None:
    copies = [message(1.0), message(3.0, 3), message(4.0, 4)]
    verdict = judge([LOOKUP], 1, copies, [kill(2.0, "wired")], GOOD)
    assert (len(verdict.doubled), len(verdict.explained)) == (1, 1)


def test_a_kill_counts_only_with_work_done_and_work_waiting() -> None:
    def hit(done: int, before: int, said: int) -> Kill:
        return Kill("test", 1.0, said, before, Archive({"done": done}))

    assert hit(done=5, before=3, said=9).in_the_middle
    assert not hit(done=3, before=3, said=9).in_the_middle
    assert not hit(done=9, before=3, said=9).in_the_middle
    assert not hit(done=0, before=0, said=9).between_work
    assert not hit(done=9, before=0, said=9).between_work
