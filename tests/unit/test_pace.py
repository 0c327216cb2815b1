"""How fast one person may ask: a hand quicker than any reader is slowed down, and nobody else."""

from __future__ import annotations

from bot.chat.pace import MOST_AT_ONCE, PER_SECOND, SECOND_TAP_SECONDS, TOLD_EVERY, Pace

SARI, WEI, GROUP = 1, 2, -100


def test_so_many_at_once_and_then_so_many_a_second() -> None:
    pace, source = Pace(), (SARI, SARI, False)
    hurried = [pace.is_hurried(source, 1000.0) for _ in range(MOST_AT_ONCE + 10)]
    assert hurried == [False] * MOST_AT_ONCE + [True] * 10
    later = [pace.is_hurried(source, 1001.0) for _ in range(30)]
    assert later.count(False) == PER_SECOND


def test_one_person_s_hurry_is_nobody_else_s_nor_their_own_elsewhere() -> None:
    pace = Pace(1)
    assert not pace.is_hurried((SARI, SARI, False), 1000.0)
    assert pace.is_hurried((SARI, SARI, False), 1000.0)
    for other in ((WEI, WEI, False), (SARI, GROUP, False), (SARI, SARI, True)):
        assert not pace.is_hurried(other, 1000.0)


def test_what_was_written_at_leisure_while_we_were_away_is_no_hurry() -> None:
    pace = Pace()
    assert not any(pace.is_hurried((SARI, SARI, False), 1000.0 + 60 * minute) for minute in range(200))


def test_a_message_that_is_dated_before_the_last_one_is_no_hurry() -> None:
    pace = Pace()
    assert not pace.is_hurried((SARI, SARI, False), 1000.0)
    assert not pace.is_hurried((SARI, SARI, False), 10.0)


def test_somebody_is_asked_to_slow_down_once_a_minute() -> None:
    pace = Pace()
    assert [pace.may_be_told(SARI, at) for at in (0.0, 1.0, TOLD_EVERY - 1, TOLD_EVERY + 1)] == [
        True,
        False,
        False,
        True,
    ]
    assert pace.may_be_told(WEI, 2.0)


def test_the_same_press_right_after_itself_is_one_wish() -> None:
    pace = Pace()
    assert not pace.is_second_tap(SARI, 7, "h", 0.0)
    assert pace.is_second_tap(SARI, 7, "h", 0.1)
    assert not pace.is_second_tap(WEI, 7, "h", 0.1)
    assert not pace.is_second_tap(SARI, 7, "g", 0.2)
    assert not pace.is_second_tap(SARI, 7, "g", 0.2 + SECOND_TAP_SECONDS)


def test_nobody_is_kept_in_mind_for_longer_than_it_matters() -> None:
    pace = Pace()
    for person in range(500):
        at = float(person)
        pace.is_hurried((person, person, False), at)
        pace.may_be_told(person, at)
        pace.is_second_tap(person, 7, "h", at)
    assert len(vars(pace)["_buckets"]) <= 2
    assert len(vars(pace)["_told"]) <= TOLD_EVERY + 1
    assert len(vars(pace)["_presses"]) == 1
