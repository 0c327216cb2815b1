"""A broadcast with Telegram's limits, blocked people, trouble on the line and kills: it adds up, and nobody waits."""

from __future__ import annotations

import sys
from collections import defaultdict

import pytest

from bot.delivery.outbox import MOST_IN_FLIGHT

from .broadcast import AMBIGUOUS, Broadcast, most_within, percentile
from .conftest import FULL
from .processes import Home
from .town import AIKO

pytestmark = pytest.mark.faults

SIZE = 10_000 if FULL else 300
KILLS = 12 if FULL else 2
TROUBLE = (
    {"too_many_requests": 0.0005, "bad_gateway": 0.001, "reset_before": 0.001, "reset_after": 0.001}
    if FULL
    else {"too_many_requests": 0.003, "bad_gateway": 0.01, "reset_before": 0.01, "reset_after": 0.01}
)


def test_a_broadcast_that_is_killed_in_the_middle_adds_up_and_reaches_nobody_twice(
    home: Home, capsys: pytest.CaptureFixture[str]
) -> None:
    broadcast = Broadcast(home, SIZE, seed=20261121)
    broadcast.prepare()
    broadcast.trouble(**TROUBLE)
    for number in range(1, KILLS + 1):
        by_then = number * SIZE // (KILLS + 1)
        # Every other one dies in the worst moment: delivered, and not written down.
        broadcast.live(by_then, f"outbox.sent:{SIZE // (KILLS + 1)}" if number % 2 else None)
    broadcast.finish()

    received, report = home.telegram.received(), broadcast.report()
    copies, states, faults = broadcast.copies(received), broadcast.state_of(), broadcast.faults_of()
    delays = broadcast.answered(received)
    refused = home.telegram.get("limits")["refused"]
    with capsys.disabled():
        answered = [one for one in delays if one is not None]
        sys.stdout.write(
            f"\n{SIZE} recipients, {broadcast.kills} kills: {dict(sorted(report.items()))}; trouble {dict(faults)}; "
            f"{broadcast.per_second:.1f} a second while at work; {len(answered)} answers meanwhile, "
            f"median {percentile(answered, 0.5):.2f} s, 95 % within {percentile(answered, 0.95):.2f} s, "
            f"99 % within {percentile(answered, 0.99):.2f} s\n"
        )

    # The report adds up, and says of each recipient what really happened.
    assert set(states) == {*broadcast.recipients, AIKO}
    assert sum(report.values()) == SIZE + 1
    assert set(report) <= {"sent", "blocked", "unknown"}
    assert {chat for chat, state in states.items() if state == "sent"} <= set(copies)
    assert set(copies) <= {chat for chat, state in states.items() if state in ("sent", "unknown")}
    assert max(copies.values()) == 1, "an announcement is never sent again by itself"
    # A person whose message met trouble that left everything open may be blocked, too.
    assert {chat for chat, state in states.items() if state == "blocked"} <= broadcast.blocked
    assert {states[chat] for chat in broadcast.blocked} <= {"blocked", "unknown"}
    open_ones = sum(count for kind, count in faults.items() if kind in AMBIGUOUS)
    assert report.get("unknown", 0) <= open_ones + broadcast.kills * MOST_IN_FLIGHT

    # Nobody who asked was left without an answer.
    assert None not in delays
    assert len(delays) > SIZE / 60

    # Telegram hardly ever had to say that it was too much (a busy machine may hold one request back until the next
    # catches up), and what arrived was not.
    assert refused <= 3
    moments = [one.time for one in received]
    assert most_within(moments, 1.0) <= 30
    by_chat = defaultdict(list)
    for one in received:
        by_chat[one.chat].append(one.time)
    assert all(most_within(times, 1.0) <= 4 for times in by_chat.values())
    assert home.telegram.problems() == []
