"""Files are edited while people chat: what is good is served at once, what is bad harms nobody."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.content.snapshots import load_snapshot
from bot.domain.views import Gone
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import FILES, write
from .stage import AIKO, SARI, Stage, labels, text_of

TANKS = "practices/rainwater-tanks.md"
WITHIN = 2.0
"""Seconds within which an edit is seen in the chat."""


async def comes_true(look: Callable[[], Awaitable[bool]]) -> float:
    """Seconds until it is so; TimeoutError where it takes far too long."""
    began = time.monotonic()
    async with asyncio.timeout(20):
        while not await look():
            await asyncio.sleep(0.05)
    return time.monotonic() - began


def served(stage: Stage, entry_id: str) -> str | None:
    entry = stage.focal.knowledge.current.library.entries.get(entry_id)
    return None if entry is None else entry.title.within("en").text


async def until(stage: Stage, entry_id: str, title: str | None) -> None:
    async def look() -> bool:
        return served(stage, entry_id) == title

    await comes_true(look)


async def test_an_edit_is_seen_in_the_chat(stage: Stage, sari: Player, network: Path) -> None:
    await stage.ask(sari, "/start e_rainwater-tanks")
    write(network, TANKS, FILES[TANKS].replace("Rainwater <tanks> & *gutters*", "Cisterns on roofs"))

    async def seen() -> bool:
        return "Cisterns on roofs" in await stage.ask(sari, "/start e_rainwater-tanks")

    took = await comes_true(seen)
    assert "Cisterns on roofs" in await stage.ask(sari, "cisterns on roofs")
    assert took < 10 * WITHIN, "seen far too late; the promise itself is measured without other work beside"


async def test_a_new_file_is_an_entry_and_a_removed_one_is_none(
    stage: Stage, sari: Player, network: Path
) -> None:
    assert "found nothing" in await stage.ask(sari, "walrus ponds")
    write(network, "practices/walrus-ponds.md", "---\ntitle: Walrus ponds\ntopics: [water]\n---\n")
    await until(stage, "walrus-ponds", "Walrus ponds")
    await stage.ask(sari, "walrus ponds")
    card = sari.messages()[-1].id
    (network / "practices/walrus-ponds.md").unlink()
    await until(stage, "walrus-ponds", None)
    assert await stage.press(sari, "Share", card) == stage.says(Gone())
    assert await stage.press(sari, "Read more", card) == stage.says(Gone())


async def test_a_broken_file_keeps_its_last_good_version_and_the_admins_are_told_where(
    stage: Stage, sari: Player, aiko: Player, network: Path
) -> None:
    await stage.ask(aiko, "/help")
    before = await stage.ask(sari, "/start e_rainwater-tanks")
    write(network, TANKS, "---\ntitle: [broken\n---\n")

    async def told() -> bool:
        await stage.settled()
        return "knowledge/practices/rainwater-tanks.md:2:" in text_of(aiko)

    await comes_true(told)
    assert await stage.ask(sari, "/start e_rainwater-tanks") == before
    assert "Basket composting" in await stage.ask(sari, "basket composting in Surabaya")
    await stage.press(aiko, "Content")
    assert "Set aside" in text_of(aiko)
    write(network, TANKS, FILES[TANKS].replace("Rainwater <tanks> & *gutters*", "Mended tanks"))
    await until(stage, "rainwater-tanks", "Mended tanks")
    assert "Set aside" not in await stage.ask(aiko, "/content")


async def test_the_same_mistake_made_again_later_is_told_again(
    stage: Stage, aiko: Player, network: Path
) -> None:
    await stage.ask(aiko, "/help")
    bad = "---\ntitle: [broken\n---\n"
    for times in (1, 2):
        write(network, TANKS, bad)

        async def told(times: int = times) -> bool:
            await stage.settled()
            trouble = [m for m in aiko.messages() if m.from_bot and "rainwater-tanks.md:2:" in m.text]
            return len(trouble) == times

        await comes_true(told)
        write(network, TANKS, FILES[TANKS])

        async def mended() -> bool:
            return not stage.focal.knowledge.current.set_aside

        await comes_true(mended)


async def test_a_new_file_with_a_name_that_cannot_be_is_told_as_well(
    stage: Stage, aiko: Player, network: Path
) -> None:
    """No file that is read has changed, and neither has what is served."""
    await stage.ask(aiko, "/help")
    write(network, "practices/My New Practice.md", "---\ntitle: Walrus ponds\n---\n")

    async def told_of_the_name() -> bool:
        await stage.settled()
        return "My New Practice.md" in text_of(aiko)

    await comes_true(told_of_the_name)
    (network / "practices/link.md").symlink_to(network / TANKS)

    async def told_of_the_link() -> bool:
        await stage.settled()
        return "practices/link.md" in text_of(aiko)

    await comes_true(told_of_the_link)


async def test_an_edit_is_served_although_nobody_could_be_told_of_it(
    stage: Stage, sari: Player, aiko: Player, network: Path
) -> None:
    """The disk is full at that moment. The bot goes on, and the next trouble is told."""
    await stage.ask(aiko, "/help")
    stage.sql(
        "CREATE TRIGGER full BEFORE INSERT ON outbox WHEN new.key LIKE 'content%' "
        "BEGIN SELECT RAISE(ABORT, 'disk full'); END"
    )
    write(network, "practices/walrus-ponds.md", "---\ntitle: Walrus ponds\ntopics: [water]\n---\n")
    write(network, TANKS, "---\ntitle: [broken\n---\n")
    await until(stage, "walrus-ponds", "Walrus ponds")
    assert "Walrus ponds" in await stage.ask(sari, "walrus ponds")
    stage.sql("DROP TRIGGER full")
    write(network, "cities/naga.md", "---\ntitle: [broken\n---\n")

    async def told() -> bool:
        await stage.settled()
        return "naga.md" in text_of(aiko)

    await comes_true(told)


async def test_an_admin_sees_what_is_wrong_with_a_file_and_others_do_not(
    stage: Stage, sari: Player, aiko: Player
) -> None:
    await stage.ask(aiko, "/start")
    report = await stage.press(aiko, "Content")
    assert "26 entries" in report
    assert "knowledge/practices/rainwater-tanks.md:6:25: warning:" in report
    await stage.press(aiko, "Next")
    assert "Back" in " ".join(labels(aiko))
    assert "nothing here for you" in await stage.ask(sari, "/content")


async def test_a_start_with_a_bad_file_serves_the_last_good_version(staged: Staged, network: Path) -> None:
    async with Emulator.serve() as telegram:
        async with staged(network, telegram) as first:
            before = await first.ask(first.person(SARI, "Sari"), "/start e_rainwater-tanks")
        write(network, TANKS, "no front matter at all")
        async with staged(network, telegram) as second:
            sari = second.person(SARI, "Sari")
            assert await second.ask(sari, "/start e_rainwater-tanks") == before
            assert "rainwater-tanks.md" in await second.ask(second.person(AIKO, "Aiko"), "/content")


async def test_an_empty_folder_is_a_bot_that_says_so_and_works(staged: Staged, tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    async with staged(empty) as stage:
        sari = stage.person(SARI, "Sari")
        assert "found nothing" in await stage.ask(sari, "compost in Surabaya")
        assert "Topics" in await stage.ask(sari, "/topics")
        for data in ("c1", "gk", "ga", "kz:lessons"):
            await stage.forge(sari, data)
        assert stage.sql("SELECT count(*) FROM inbox WHERE state != 'done'") == [(0,)]


async def test_what_an_edit_has_answered_is_no_miss_any_more(
    stage: Stage, sari: Player, aiko: Player, network: Path
) -> None:
    await stage.ask(sari, "walrus ponds")
    await stage.ask(aiko, "/questions")
    assert "walrus ponds" in await stage.press(aiko, "Not found")
    write(network, "practices/walrus-ponds.md", "---\ntitle: Walrus ponds\n---\n")
    await until(stage, "walrus-ponds", "Walrus ponds")
    await stage.ask(aiko, "/questions")
    assert "walrus ponds" not in await stage.press(aiko, "Not found")


async def test_what_was_served_at_each_time_can_be_had_again(
    stage: Stage, sari: Player, network: Path
) -> None:
    """Also while a file is broken: kept is what is served, and the same once."""

    async def states() -> list[str]:
        return [digest for (digest,) in stage.sql("SELECT digest FROM snapshots ORDER BY id")]

    first = await states()
    assert len(first) == 1
    write(network, TANKS, FILES[TANKS].replace("Rainwater <tanks> & *gutters*", "Cisterns on roofs"))

    async def kept() -> bool:
        return len(await states()) == 2

    await comes_true(kept)
    write(network, TANKS, "---\ntitle: [broken\n---\n")

    async def set_aside() -> bool:
        return bool(stage.focal.knowledge.current.set_aside)

    await comes_true(set_aside)
    await stage.settled()
    assert len(await states()) == 2
    for digest, title in zip(
        await states(), ("Rainwater <tanks> & *gutters*", "Cisterns on roofs"), strict=True
    ):
        files = await stage.focal.database.run(lambda work, d=digest: work.snapshots.files(d))
        assert files is not None
        library = load_snapshot(files).library
        assert library.entries["rainwater-tanks"].title.within("en").text == title


async def test_a_full_database_does_not_keep_an_edit_from_being_served(
    stage: Stage, sari: Player, network: Path
) -> None:
    stage.sql("CREATE TRIGGER full BEFORE INSERT ON snapshots BEGIN SELECT RAISE(ABORT, 'disk full'); END")
    write(network, TANKS, FILES[TANKS].replace("Rainwater <tanks> & *gutters*", "Cisterns on roofs"))
    await until(stage, "rainwater-tanks", "Cisterns on roofs")
    assert "Cisterns on roofs" in await stage.ask(sari, "cisterns on roofs")
