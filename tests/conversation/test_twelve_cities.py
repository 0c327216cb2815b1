"""Twelve focal points report what the source tells of their cities; what came of each target is shown beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.content.loader import load
from bot.domain.commitments import SaidStatus
from bot.domain.entries import Library

from .twelve_cities import Network, seen
from .twelve_stories import ALONE, STORIES, reported

ROOT = Path(__file__).resolve().parents[2]
on_one_stage = pytest.mark.asyncio(loop_scope="session")


@dataclass(frozen=True)
class Row:
    """`source`: the source's words on the result and its status. `said`: what our content keeps of these words.
    `shown`: the lines that the city reads below the promise."""

    source: str
    said: SaidStatus
    shown: tuple[str, ...]


NONE = SaidStatus.NOT_STATED
NO_RESULT = (
    "▫️ No result yet",
    "The report has no result for this target.",
    f"The city says: “{ALONE}”",
)
BY_EVIDENCE = (
    "👤 Told in words",
    "A promise without a figure: this is the city’s own word.",
)
NO_FIGURE = ("❔ Cannot be computed", "The result has no figure. A number would settle it.")
FROM_WHERE = "Once the baseline is known, the share of the way can be computed."
TABLE: Mapping[str, tuple[Row, ...]] = {
    "bago": (
        Row(
            "49; nothing on status",
            NONE,
            ("🔸 Not reached: 81.7 % of what was promised", "−49 % of the promised −60 % is 81.7 %."),
        ),
        Row("no result of its own", NONE, NO_RESULT),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "cebu": (
        Row(
            "half of the target rate was achieved; no figure",
            SaidStatus.PARTLY,
            (*NO_FIGURE, "The city itself says: partly reached (50 %)."),
        ),
        Row("no figure; a ban in force, a study under way", NONE, NO_FIGURE),
    ),
    "san-fernando": (
        Row(
            "20, projected; another measure from 2 to 4; 60 expected later",
            NONE,
            (
                "🕓 Not expected to be reached: 8 percentage points to go",
                f"20 %, where at least 28 % was promised. {FROM_WHERE} "
                "The figure is a forecast, not a measurement.",
            ),
        ),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "puerto-princesa": (
        Row(
            "55; achieved 90% of the set target",
            SaidStatus.PARTLY,
            (
                "🔸 Not reached: 13 percentage points to go",
                f"55 %, where at least 68 % was promised. {FROM_WHERE}",
                "⚠️ The city itself says: partly reached (90 %). "
                "The figures say otherwise: 55 % is 80.9 % of 68 %.",
            ),
        ),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "bangkok": (
        Row(
            "32.4; exceeded",
            SaidStatus.EXCEEDED,
            (
                "🌟 Exceeded: 108 % of what was promised",
                "−32.400 % of the promised −30 % is 108 %.",
                "The city itself says: exceeded.",
            ),
        ),
    ),
    "nonthaburi": (
        Row(
            "28 (2009), 30 expected by 2010",
            SaidStatus.EXPECTED,
            (
                "🔸 Not reached yet: 93.3 % of what was promised",
                "−28 % of the promised −30 % is 93.3 %. By then 66.7 % of the time had gone by.",
                "The city itself says: expected to be reached.",
            ),
        ),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "sibu": (
        Row(
            "2 on average (2006-2008); nothing on status",
            NONE,
            (
                "🔸 Not reached yet: 20 % of what was promised",
                "−2 % of the promised −10 % is 20 %. A range counts from its near end. "
                "By then 33.3 % of the time had gone by.",
            ),
        ),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "kathmandu": (Row("two landfills, support, campaigns; nothing on status", NONE, BY_EVIDENCE),),
    "weihai": (
        Row(
            "9 (2008); nothing on status",
            NONE,
            ("🌟 超额实现：相当于承诺的180%", "承诺−5%，结果−9%，即承诺的180%。当时时间已过去60%。"),
        ),
        Row(
            "15 (2008 by context); nothing on status",
            NONE,
            ("✅ 已实现：相当于承诺的100%", "承诺−15%，结果−15%，即承诺的100%。当时时间已过去60%。"),
        ),
    ),
    "kitakyushu": (
        Row("494, 434 and more than 400 officials; most targets achieved", NONE, BY_EVIDENCE),
        Row(
            "26; most targets achieved",
            NONE,
            ("🌟 Exceeded: 130 % of what was promised", "−26 % of the promised −20 % is 130 %."),
        ),
        Row(
            "30.6; most targets achieved",
            NONE,
            (
                "🌟 Exceeded: 5.6 percentage points better than the target",
                "30.6 %, where at least 25 % was promised.",
            ),
        ),
        Row("no figure of emissions; most targets achieved, not which", NONE, NO_FIGURE),
    ),
    "surabaya": (
        Row(
            "51.38 (2007), 58.67 (2008); achieved and exceeded",
            SaidStatus.EXCEEDED,
            (
                "🌟 Exceeded: 146.7 % of what was promised",
                "−58.67 % of the promised −40 % is 146.7 %. By then 33.3 % of the time had gone by.",
                "The city itself says: exceeded.",
            ),
        ),
        Row("no result of its own", NONE, NO_RESULT),
    ),
    "ulsan": (
        Row(
            "0.99; this target was achieved",
            SaidStatus.REACHED,
            (
                "🔸 Not reached: 0.09 kg per person per day to go",
                "0.99 kg per person per day, where at most 0.90 kg per person per day was promised. "
                f"{FROM_WHERE}",
                "⚠️ The city itself says: reached. The figures say otherwise.",
            ),
        ),
        Row(
            "62.5; in the same sentence",
            SaidStatus.REACHED,
            (
                "🔸 Not reached: 2.5 percentage points to go",
                f"62.5 %, where at least 65 % was promised. {FROM_WHERE}",
                "⚠️ The city itself says: reached. The figures say otherwise.",
            ),
        ),
    ),
}
"""By city, its targets in their order (`facts.md`, table 1). Where a row has no share, its second line says why."""


def targets_shown(text: str) -> tuple[tuple[str, ...], ...]:
    """The lines below each promise in a message, in order."""
    blocks = text.split("🎯 ")[1:]
    return tuple(tuple(block.split("\n\n")[0].splitlines()[1:]) for block in blocks)


@on_one_stage
@pytest.mark.parametrize("city", STORIES)
async def test_a_city_reports_and_reads_what_came_of_each_of_its_targets(twelve: Network, city: str) -> None:
    expected = tuple(row.shown for row in TABLE[city])
    assert targets_shown(await reported(twelve, city)) == expected
    focal_point = twelve.focal_point_of(city)
    await twelve.stage.ask(focal_point, "/status")
    assert targets_shown(seen(focal_point)) == expected, "my city shows the same"


@on_one_stage
async def test_all_twelve_are_accepted(twelve: Network) -> None:
    for city in STORIES:
        await reported(twelve, city)
    assert "12" in await twelve.stage.ask(twelve.kenji, "/overview")
    states = twelve.stage.sql("SELECT city, state, max(version) FROM reports GROUP BY city")
    assert {city: state for city, state, _ in states} == dict.fromkeys(STORIES, "accepted")


@on_one_stage
async def test_nothing_that_the_source_says_of_results_was_there(twelve: Network) -> None:
    knowledge = twelve.stage.focal.knowledge.current
    assert knowledge.problems == ()
    assert len(knowledge.library.commitments) == 12
    for commitment in knowledge.library.commitments.values():
        assert (commitment.published, commitment.said) == ((), ())


@pytest.fixture(scope="module")
def library() -> Library:
    return load(ROOT / "knowledge").library


def test_the_table_has_every_target_and_the_status_that_the_source_says(library: Library) -> None:
    commitments = {found.city: found for found in library.commitments.values()}
    assert commitments.keys() == TABLE.keys()
    for city, rows in TABLE.items():
        said = {one.target: one.status for one in commitments[city].said}
        assert [said[target.id] for target in commitments[city].targets] == [row.said for row in rows], city
