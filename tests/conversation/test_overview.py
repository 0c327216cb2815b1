"""The overview of all cities: counts, filters, each city's file, and the log of changes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import buttons as b
from bot.domain.audit import Event
from bot.domain.people import Role
from bot.domain.ports import UnitOfWork
from bot.domain.views import NotAllowed
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .review_town import PASSED, begun, sent, told, write_town
from .stage import Stage, labels, text_of

LONG_GONE = 999_999


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    knowledge, schedules = write_town(tmp_path)
    write(schedules, "cycles/passed.yaml", PASSED)
    async with staged(knowledge, schedules=schedules) as ready:
        yield ready


@pytest.fixture
async def town(stage: Stage, sari: Player, marie: Player, aiko: Player) -> Stage:
    for player in (sari, marie, aiko):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    return stage


async def test_every_city_stands_in_it_with_its_state_and_counts(
    town: Stage, sari: Player, aiko: Player
) -> None:
    shown = await town.ask(aiko, "/overview")
    assert "Reports of this year" in shown
    assert "Naga: not started" in shown
    await sent(town, sari, told(sari))
    await begun(town, dict(list(told(sari).items())[:1]), city="naga")
    shown = await town.ask(aiko, "/overview")
    assert "draft 1 · sent 1" in shown
    assert "Surabaya: sent" in shown
    assert "Naga: draft, " in shown


async def test_a_tap_on_a_count_shows_only_those_and_another_all_again(
    town: Stage, sari: Player, aiko: Player
) -> None:
    await sent(town, sari, told(sari))
    await town.ask(aiko, "/overview")
    shown = await town.press(aiko, "not started 1")
    assert "Naga" in shown
    assert "Surabaya" not in shown
    assert "Surabaya" in await town.press(aiko, "• not started 1")


async def test_who_has_not_sent_when_the_deadline_is_over_is_late(town: Stage, aiko: Player) -> None:
    await town.ask(aiko, "/overview")
    shown = await town.press(aiko, "Reports of long ago")
    assert "late 2" in shown
    assert "Naga: not started · ⏰ late" in shown


async def test_a_city_s_file_shows_its_reports_people_and_log(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    town.sql("UPDATE people SET name = 'Sari Dewi' WHERE id = ?", sari.person.id)
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    await town.ask(aiko, "/overview")
    shown = await town.press(aiko, "Surabaya")
    assert "Sari Dewi · focal point · English" in shown
    assert "surabaya-open, version 1" in shown
    assert "in review" in shown
    assert "−32.4" in await turned(town, aiko, report.id)
    await town.forge(aiko, b.CityScreen("f", "surabaya"), LONG_GONE)
    history = await town.press(aiko, "History")
    assert "began the review of surabaya-open v1" in history
    assert str(aiko.person.id) not in history


async def turned(stage: Stage, player: Player, report_id: int) -> str:
    """The second page of a report."""
    return await stage.forge(player, b.SeeReport(2, report_id), LONG_GONE)


async def test_the_log_calls_people_by_name_where_it_is_known_and_the_operator_so(
    town: Stage, sari: Player, aiko: Player
) -> None:
    town.sql("UPDATE people SET name = 'Sari Dewi' WHERE id = ?", sari.person.id)

    def write_log(work: UnitOfWork) -> None:
        someone = work.people.get(sari.person.id)
        assert someone is not None
        now = town.focal.house.clock.now()
        work.audit.write(Event.SUBMITTED, now, actor=someone, subject="surabaya-open v1", city="surabaya")
        work.audit.write(
            Event.REMOVED, now, actor=None, subject=someone.handle, before="focal_point", after="ended"
        )

    await town.focal.database.run(write_log)
    await town.ask(aiko, "/overview")
    shown = await town.press(aiko, "Log")
    assert "Sari Dewi sent surabaya-open v1" in shown
    assert "The operator ended the role of Sari Dewi (focal point → ended)" in shown
    assert shown.index("ended the role") < shown.index("sent surabaya-open"), "newest first"


async def test_the_secretariat_enters_what_it_learned(town: Stage, aiko: Player) -> None:
    await town.forge(aiko, b.CityScreen("f", "naga"))
    assert "Where do the results come from" in await town.press(aiko, "Enter results")
    shown = await town.press(aiko, "An interview")
    assert shown
    drafts = await town.focal.database.run(lambda work: work.drafts.of_city("naga"))
    assert [(draft.entered, draft.cycle) for draft in drafts] == [(True, "open")]


async def test_a_reviewer_limited_to_countries_sees_only_their_cities(
    town: Stage, marie: Player, aiko: Player
) -> None:
    await town.appoint(marie, Role.SECRETARIAT)
    town.sql("""UPDATE memberships SET countries = '["PH"]' WHERE person = ?""", marie.person.id)
    shown = await town.ask(marie, "/overview")
    assert "Naga" in shown
    assert "Surabaya" not in shown
    assert not any("Journal" in label for label in labels(marie))
    refused = town.says(NotAllowed(), "fr")
    forged = (
        b.CityScreen("f", "surabaya"),
        b.History(1, "surabaya"),
        b.History(1, ""),
        b.EnterResults("i", "surabaya"),
    )
    for number, button in enumerate(forged):
        assert await town.forge(marie, button, LONG_GONE + number) == refused, button
    assert await town.forge(marie, b.History(1, "naga"), LONG_GONE) != refused


async def test_a_focal_point_gets_their_own_city_and_never_the_overview(town: Stage, sari: Player) -> None:
    refused = town.says(NotAllowed())
    for number, button in enumerate((b.Overview(1, "", ""), b.History(1, "surabaya"), b.Reviews(1))):
        assert await town.forge(sari, button, LONG_GONE + number) == refused
    assert "With you" not in await town.forge(sari, b.CityScreen("f", "surabaya"))
    assert "not started" in text_of(sari)


async def test_without_cycles_the_overview_says_what_to_do(staged: Staged, tmp_path: Path) -> None:
    knowledge, _ = write_town(tmp_path)
    (tmp_path / "none").mkdir()
    async with staged(knowledge, schedules=tmp_path / "none") as stage:
        admin = stage.person(5_000_000_001, "Aiko", "en")
        assert "schedules/cycles" in await stage.ask(admin, "/overview")


async def test_results_may_be_entered_for_an_older_cycle_that_is_open(town: Stage, aiko: Player) -> None:
    await town.forge(aiko, b.CityScreen("f", "surabaya"))
    assert "Reports of this year" in await town.press(aiko, "Enter results")
    assert "Reports of long ago" in await town.press(aiko, "Reports of long ago")
    await town.press(aiko, "An interview")
    assert town.sql("SELECT cycle, source FROM drafts") == [("passed", "interview")]
    await town.forge(aiko, b.CityScreen("f", "surabaya"))


async def test_the_history_of_a_city_tells_its_times_in_the_zone_of_the_city(
    town: Stage, sari: Player, aiko: Player
) -> None:
    report = await sent(town, sari, told(sari))
    await town.forge(aiko, b.ReviewDo(1, b.ReviewMove.OPEN, report.id))
    assert "All times are Surabaya time." in await town.forge(aiko, b.History(1, "surabaya"))
    assert "UTC" in await town.forge(aiko, b.History(1, ""))
