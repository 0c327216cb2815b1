"""The secretariat sends a whole spreadsheet: it is tried first, and what comes of it comes as files."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.views import CannotRead, NotAllowed, OldButton, Unread
from bot.domain.views.importing import ImportStart
from bot.rehearsal.people import Player

from .conftest import Staged
from .stage import Stage, labels, text_of

CITIES = b"name,country,time_zone\nMalmo,SE,\n=Evil,FR,\nBoston,US,\nNowhere,ZZ,\n"


def files_of(stage: Stage, player: Player) -> list[tuple[str, bytes]]:
    """The documents that came from the bot, oldest first."""
    came = [m.content["document"] for m in player.messages() if "document" in m.content and m.from_bot]
    return [(each["file_name"], stage.emulator.bot.files[each["file_id"]].content) for each in came]


def state_of(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*.*") if path.is_file()
    }


async def sent(stage: Stage, player: Player, name: str, content: bytes) -> str:
    await player.send_document(name, content)
    await stage.settled()
    return text_of(player)


async def chosen(stage: Stage, player: Player, label: str) -> int:
    """Presses a button of the newest message; the message in which the work is shown."""
    screen = player.messages()[-1].id
    await stage.press(player, label)
    return screen


async def test_forty_cities_are_tried_first_and_come_back_as_the_files_of_an_admin(
    stage: Stage, aiko: Player, knowledge: Path
) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["name", "country"])
    for number in range(40):
        book.active.append([f"New Place {number}", "JP"])
    book.active.append(["Somewhere", "US"])
    content = io.BytesIO()
    book.save(content)
    before = state_of(knowledge)
    await stage.ask(aiko, "/start")
    assert "What is in it?" in await sent(stage, aiko, "cities.xlsx", content.getvalue())
    assert set(labels(aiko)) >= {"Cities", "Commitments", "People to invite"}
    screen = await chosen(stage, aiko, "Cities")
    tried = next(m for m in aiko.messages() if m.id == screen)
    assert "41 rows" in tried.text
    assert "good: 40" in tried.text
    assert "not accepted: 1" in tried.text
    ((name, verdicts),) = files_of(stage, aiko)
    rows = list(csv.DictReader(io.StringIO(verdicts.decode("utf-8-sig"))))
    assert name == "cities-verdicts.csv"
    assert "• row 42: the country US alone does not tell the time zone" in tried.text
    assert [(row["row"], row["column"]) for row in rows if row["verdict"] == "rejected"] == [
        ("42", "time_zone")
    ]

    await stage.press(aiko, "Make the files", screen)
    name, archive = files_of(stage, aiko)[-1]
    assert name == "cities.zip"
    with zipfile.ZipFile(io.BytesIO(archive)) as made:
        assert len(made.namelist()) == 40
        assert "country: JP" in made.read("knowledge/cities/new-place-7.md").decode()
    assert state_of(knowledge) == before, "the bot itself writes no content"


async def test_a_table_that_cannot_be_used_is_explained_and_nothing_comes_of_it(
    stage: Stage, aiko: Player
) -> None:
    await stage.ask(aiko, "/start")
    await sent(stage, aiko, "a.csv", b"country\nFR\n")
    screen = await chosen(stage, aiko, "Cities")
    shown = next(m for m in aiko.messages() if m.id == screen).text
    assert "cannot take this table in" in shown
    assert "“name”" in shown
    await sent(stage, aiko, "b.xlsx", b"PK\x03\x04nonsense")
    screen = await chosen(stage, aiko, "People to invite")
    assert "Excel" in next(m for m in aiko.messages() if m.id == screen).text
    assert files_of(stage, aiko) == []


async def test_links_for_people_are_made_only_when_it_is_confirmed(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    await sent(stage, aiko, "p.csv", b"role,city,note\nfocal_point,Surabaya,=1+1\ndeputy,,\nadmin,,x\n")
    screen = await chosen(stage, aiko, "People to invite")
    assert "2 one-time links" in next(m for m in aiko.messages() if m.id == screen).text
    assert stage.sql("SELECT count(*) FROM invitations") == [(0,)]
    await stage.press(aiko, "Make the links", screen)
    name, content = files_of(stage, aiko)[-1]
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    assert name == "links.csv"
    assert [(row["role"], row["city"], row["note"]) for row in rows] == [
        ("focal_point", "surabaya", "'=1+1"),
        ("admin", "", "x"),
    ]
    assert stage.sql("SELECT count(*) FROM invitations") == [(2,)]
    assert all("start=" in row["link"] for row in rows)


async def test_who_may_not_bring_tables_in_is_answered_as_for_any_file(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    for player in (aiko, sari):
        await stage.ask(player, "/start")
    unread = stage.says(CannotRead(Unread.DOCUMENT))
    assert await sent(stage, sari, "a.csv", CITIES) == unread
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    assert await sent(stage, sari, "a.csv", CITIES) == unread
    assert await stage.forge(sari, b.TableHolds("c", "0a1b2c3d")) == stage.says(NotAllowed())
    await stage.appoint(sari, Role.SECRETARIAT)
    assert "What is in it?" in await sent(stage, sari, "a.csv", CITIES)
    assert "I can take tables: .xlsx or .csv" in await sent(stage, aiko, "a.docx", b"PK")


async def test_the_bot_says_how_tables_are_brought_in_and_gives_empty_ones(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    for player in (aiko, sari):
        await stage.ask(player, "/start")
    assert "📥 Bring tables in" in labels(aiko)
    assert "Bring tables in" in await stage.ask(aiko, "/import")
    screen = aiko.messages()[-1].id
    await stage.press(aiko, "Cities", screen)
    assert "Here comes the empty table: Cities" in next(m for m in aiko.messages() if m.id == screen).text
    ((name, content),) = files_of(stage, aiko)
    book = load_workbook(io.BytesIO(content))
    assert name == "cities.xlsx"
    assert [cell.value for cell in book.worksheets[0][1]][:2] == ["name", "country"]
    assert await stage.ask(sari, "/import") == stage.says(NotAllowed())
    await stage.appoint(sari, Role.SECRETARIAT)
    stage.sql("UPDATE memberships SET countries = '[\"ID\"]' WHERE person = ?", sari.person.id)
    assert await stage.ask(sari, "/import") == stage.says(ImportStart(()))


async def test_only_the_first_rejected_rows_are_in_the_message(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    await sent(stage, aiko, "a.csv", b"name,country\n" + b"Nowhere,ZZ\n" * 5)
    screen = await chosen(stage, aiko, "Cities")
    shown = next(m for m in aiko.messages() if m.id == screen).text
    assert [shown.count(f"row {number}:") for number in range(2, 7)] == [1, 1, 1, 0, 0]
    assert "…" in shown


async def test_the_secretariat_of_some_countries_brings_nothing_in(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.SECRETARIAT)
    stage.sql("UPDATE memberships SET countries = '[\"ID\"]' WHERE person = ?", sari.person.id)
    assert await sent(stage, sari, "a.csv", CITIES) == stage.says(CannotRead(Unread.DOCUMENT))
    assert await stage.forge(sari, b.TableHolds("c", "0a1b2c3d")) == stage.says(OldButton())


async def test_only_an_admin_invites_the_secretariat_by_a_table(stage: Stage, sari: Player) -> None:
    await stage.ask(sari, "/start")
    await stage.appoint(sari, Role.SECRETARIAT)
    await sent(stage, sari, "p.csv", b"role,city\nadmin,\nfocal_point,surabaya\n")
    screen = await chosen(stage, sari, "People to invite")
    shown = next(m for m in sari.messages() if m.id == screen).text
    assert "good: 1" in shown
    assert "not accepted: 1" in shown


async def test_a_trial_of_somebody_else_or_an_old_button_does_nothing(
    stage: Stage, aiko: Player, kenji: Player
) -> None:
    for player in (aiko, kenji):
        await stage.ask(player, "/start")
    assert await stage.forge(aiko, b.TableHolds("c", "0a1b2c3d")) == stage.says(OldButton())
    await sent(stage, aiko, "a.csv", CITIES)
    screen = await chosen(stage, aiko, "Cities")
    ((work,),) = stage.sql("SELECT id FROM long_works")
    assert await stage.forge(kenji, b.BringIn(work)) == stage.says(OldButton())
    assert await stage.forge(aiko, b.BringIn(work + 1), screen) == stage.says(OldButton())


@pytest.mark.parametrize("language", ["fr", "zh"])
async def test_words_after_a_table_are_looked_up_as_ever(staged: Staged, stage: Stage, language: str) -> None:
    player = stage.person(5_000_000_001, "Aiko", language)
    await stage.ask(player, "/start")
    await sent(stage, player, "a.csv", CITIES)
    found = await stage.ask(player, "Surabaya")
    assert "a.csv" not in found
    assert ("Surabaya" if language == "fr" else "泗水") in found


@pytest.mark.parametrize(
    ("language", "kind", "wrong", "cure", "unread"),
    [
        ("fr", "Villes", "lu «\u00a0nowhere\u00a0», alors qu’un pays", "écrivez son nom", "pas de colonne"),
        ("zh", "城市", "读到“nowhere”，此处应为国家", "请填写国家的英文名称", "没有“name”列"),
    ],
)  # fmt: skip
async def test_what_is_wrong_with_a_table_is_told_in_the_language_of_whoever_sent_it(
    staged: Staged, stage: Stage, language: str, kind: str, wrong: str, cure: str, unread: str
) -> None:
    player = stage.person(5_000_000_001, "Aiko", language)
    await stage.ask(player, "/start")
    await sent(stage, player, "a.csv", "name,country\nÀ côté,nowhere\nMalmö,SE\n".encode())
    await chosen(stage, player, kind)
    ((_, verdicts),) = files_of(stage, player)
    rows = list(csv.DictReader(io.StringIO(verdicts.decode("utf-8-sig"))))
    assert [(row["row"], row["verdict"], row["code"]) for row in rows] == [
        ("2", "rejected", "country"),
        ("3", "accepted", "accepted"),
    ]
    assert rows[0]["message"].startswith(wrong)
    assert rows[0]["cure"].startswith(cure)
    await sent(stage, player, "b.csv", b"country\nFR\n")
    screen = await chosen(stage, player, kind)
    shown = next(m for m in player.messages() if m.id == screen).text
    assert unread in shown
    assert "Please" not in shown
