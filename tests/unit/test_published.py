"""What the sources publish of a promise, held against it like a report."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.domain.assessment import Status, assess
from bot.domain.commitments import SaidStatus
from bot.domain.entries import Library
from bot.domain.published import as_result, newest_published


@pytest.fixture(scope="module")
def library(knowledge: Path) -> Library:
    return load(knowledge).library


@pytest.mark.parametrize(
    ("entry_id", "target_id", "year", "status"),
    [
        ("bago-2007", "a", None, Status.NOT_REACHED),
        ("bangkok-2007", "a", None, Status.EXCEEDED),
        ("nonthaburi-2007", "a", 2009, Status.NOT_REACHED),
        ("surabaya-2007", "a", 2008, Status.EXCEEDED),
        ("weihai-2007", "b", None, Status.REACHED),
        ("san-fernando-2007", "a", None, Status.NOT_EXPECTED),
    ],
)
def test_the_newest_measured_figure_of_the_source_stands_for_a_promise(
    library: Library, entry_id: str, target_id: str, year: int | None, status: Status
) -> None:
    commitment = library.commitments[entry_id]
    target = next(target for target in commitment.targets if target.id == target_id)
    published = newest_published(commitment, target)
    assert published is not None
    result = as_result(commitment, target, published)
    assert result.year == year
    assert assess(target, result, commitment.made).status is status


def test_a_promise_of_which_the_source_says_nothing_has_no_published_result(library: Library) -> None:
    commitment = library.commitments["bago-2007"]
    unsaid = next(target for target in commitment.targets if target.id == "b")
    assert newest_published(commitment, unsaid) is None


def test_how_much_the_source_counts_as_done_stands_beside_what_the_figures_say(library: Library) -> None:
    commitment = library.commitments["puerto-princesa-2007"]
    target = commitment.targets[0]
    published = newest_published(commitment, target)
    assert published is not None
    found = assess(target, as_result(commitment, target, published), commitment.made)
    assert (found.said, found.said_share, found.differs) == (SaidStatus.PARTLY, Decimal(90), True)
