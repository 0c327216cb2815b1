"""The commitment report in the chat: its documents as things stand, letters, publishing, published reports."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import pytest
from children import children, first_child, is_gone

from bot.content.snapshots import load_snapshot
from bot.documents.composition import compose
from bot.documents.printing import print_document
from bot.domain import buttons as b
from bot.domain.audit import Event
from bot.domain.people import Role
from bot.domain.ports import UnitOfWork
from bot.domain.publication import CommitmentReport
from bot.domain.reports import Report
from bot.domain.views import NotAllowed, OldButton
from bot.rehearsal.people import Player
from bot.services import long_work
from bot.services.desk import Desk
from bot.services.publishing.gather import gather
from bot.texts.catalogues import languages

from .conftest import Staged
from .review_town import sent, told, write_town
from .stage import AIKO, Stage, answers, data_of, labels

OPEN = "open"
LONG_GONE = 999_999
"""No message that still stands: what is pressed there changes none."""


@dataclass(frozen=True)
class Town:
    stage: Stage
    knowledge: Path
    templates: Path


@pytest.fixture
async def town(staged: Staged, tmp_path: Path) -> AsyncIterator[Town]:
    """Two cities with commitments: Surabaya, and Naga."""
    knowledge, schedules = write_town(tmp_path)
    templates = tmp_path / "own-templates"
    templates.mkdir()
    async with staged(knowledge, schedules=schedules, templates=templates) as stage:
        yield Town(stage, knowledge, templates)


@pytest.fixture
async def office(town: Town, aiko: Player, sari: Player) -> Town:
    """Aiko of the secretariat; Sari has reported for Surabaya, and that is accepted."""
    for player in (aiko, sari):
        await town.stage.ask(player, "/help")
    await town.stage.appoint(sari, Role.FOCAL_POINT, "surabaya")
    await accepted(town.stage, aiko, sari)
    return town


@pytest.fixture
def stage(town: Town) -> Stage:
    return town.stage


async def accepted(
    stage: Stage, reviewer: Player, reporter: Player, figure: str = "-32.4", city: str = "surabaya"
) -> Report:
    report = await sent(stage, reporter, told(reporter, figure), city)
    for move in (b.ReviewMove.OPEN, b.ReviewMove.ACCEPT):
        await stage.forge(reviewer, b.ReviewDo(1, move, report.id), LONG_GONE)
    return report


def file_of(stage: Stage, player: Player, number: int = -1) -> tuple[str, bytes]:
    """Name and bytes of a file that somebody was sent; the newest, unless another is asked for."""
    documents = [m.content["document"] for m in player.messages() if "document" in m.content]
    found = stage.emulator.bot.files[documents[number]["file_id"]]
    return found.name, found.content


def files(player: Player) -> int:
    return sum("document" in message.content for message in player.messages())


def screen_of(player: Player) -> int:
    """The id of the newest message that is no document."""
    return next(m.id for m in reversed(player.messages()) if m.from_bot and "document" not in m.content)


async def renamed(office: Town, old: str, new: str) -> None:
    """Edits the file of a city, and waits until that is served."""
    path = next(path for path in office.knowledge.rglob("surabaya.md"))
    path.write_text(path.read_text().replace(old, new))
    async with asyncio.timeout(20):
        while new not in str(office.stage.focal.knowledge.current.library.entries["surabaya"].title):
            await asyncio.sleep(0.02)


def word_text(content: bytes) -> str:
    with ZipFile(BytesIO(content)) as packed:
        return packed.read("word/document.xml").decode()


def sheet_text(content: bytes) -> str:
    book = openpyxl.load_workbook(BytesIO(content))
    return "\n".join(str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row)


def pdf_text(content: bytes) -> str:
    pdfium = pytest.importorskip("pypdfium2")
    return "\n".join(page.get_textpage().get_text_range() for page in pdfium.PdfDocument(content))


READERS: dict[str, tuple[str, Callable[[bytes], str]]] = {
    "Word": ("docx", word_text),
    "PDF": ("pdf", pdf_text),
    "Web page": ("html", bytes.decode),
    "Excel": ("xlsx", sheet_text),
    "Markdown": ("md", bytes.decode),
    "Data (JSON)": ("json", lambda content: json.dumps(json.loads(content), ensure_ascii=False)),
}


async def editions(stage: Stage) -> list[str]:
    found = await stage.focal.database.run(lambda work: work.editions.all())
    return [edition.number for edition in found]


async def published(stage: Stage, player: Player, language: str = "en") -> str:
    """Publishes the report in one language; what is shown then."""
    await stage.ask(player, "/publish")
    only = 1 << languages().index(language)
    await stage.forge(player, b.Freeze(b.FreezeMove.CHOOSE, only, "", OPEN))
    return await stage.press(player, "Publish now")


# --- the report as it stands


async def test_it_says_how_much_of_the_report_is_there_and_which_cities_are_missing(
    office: Town, aiko: Player
) -> None:
    shown = await office.stage.ask(aiko, "/publish")
    assert "Reports of this year" in shown
    assert "2 cities, 1 with an accepted report" in shown
    assert "Missing: Naga" in shown
    assert "Nothing is published by that" in shown


@pytest.mark.parametrize("format", READERS)
async def test_one_tap_gives_the_document_as_things_stand(office: Town, aiko: Player, format: str) -> None:
    await office.stage.ask(aiko, "/publish")
    caption = await office.stage.press(aiko, format)
    extension, read = READERS[format]
    name, content = file_of(office.stage, aiko)
    assert name == f"commitment-report-{OPEN}-en.{extension}"
    words = read(content)
    assert "Surabaya" in words
    assert "32.4" in words
    assert format in caption
    assert "not published" in caption
    assert "It is ready and comes below" in answers(aiko)[-2], "the screen is back, for the next format"
    assert await editions(office.stage) == []


async def test_the_document_speaks_the_language_that_was_chosen(office: Town, aiko: Player) -> None:
    await office.stage.ask(aiko, "/publish")
    await office.stage.press(aiko, "中文")
    assert "• 中文" in labels(aiko)
    await office.stage.press(aiko, "Markdown")
    name, content = file_of(office.stage, aiko)
    assert name.endswith("-zh.md")
    assert "承诺" in content.decode()


async def test_it_is_found_from_the_start_and_from_the_overview(office: Town, aiko: Player) -> None:
    for way in ("/start", "/overview"):
        await office.stage.ask(aiko, way)
        assert "with an accepted report" in await office.stage.press(aiko, "Commitment report"), way


async def test_all_years_can_be_had_at_once(office: Town, aiko: Player) -> None:
    await office.stage.ask(aiko, "/publish")
    assert "all years" in await office.stage.press(aiko, "All years")
    await office.stage.press(aiko, "Markdown")
    assert file_of(office.stage, aiko)[0] == "commitment-report-en.md"


async def test_a_city_that_is_gone_from_the_files_is_there_for_what_it_reported(
    office: Town, aiko: Player
) -> None:
    for path in [*office.knowledge.rglob("surabaya.md"), *office.knowledge.rglob("surabaya-2007.md")]:
        path.unlink()
    async with asyncio.timeout(20):
        while "surabaya" in office.stage.focal.knowledge.current.library.entries:
            await asyncio.sleep(0.02)
    await office.stage.ask(aiko, "/publish")
    await office.stage.press(aiko, "Markdown")
    text = file_of(office.stage, aiko)[1].decode()
    assert "Cities: 2" in text
    assert "An accepted report cannot be read any more" in text


async def test_letters_to_the_cities_come_as_one_archive(office: Town, aiko: Player) -> None:
    await office.stage.ask(aiko, "/publish")
    caption = await office.stage.press(aiko, "Letters")
    name, content = file_of(office.stage, aiko)
    assert name == f"letters-{OPEN}.zip"
    with ZipFile(BytesIO(content)) as packed:
        cities = sorted(name.partition("-")[0] for name in packed.namelist())
        of_surabaya, of_naga = (
            word_text(packed.read(next(n for n in packed.namelist() if city in n)))
            for city in ("surabaya", "naga")
        )
    assert "Surabaya" in of_surabaya
    assert cities == ["naga", "surabaya"]
    assert "1 city has nobody in Focal yet: Naga" in caption
    assert "gets a link" in of_naga
    assert "gets a link" not in of_surabaya
    assert "Please send your report by" in of_naga
    assert "Please send your report by" not in of_surabaya, "its report is accepted"
    assert "Nothing was sent to the cities" in caption


async def test_a_broken_template_is_named_and_nothing_is_made(office: Town, aiko: Player) -> None:
    (office.templates / "report.docx").write_bytes(b"no document at all")
    await office.stage.ask(aiko, "/publish")
    shown = await office.stage.press(aiko, "Word")
    assert "report.docx" in shown
    assert files(aiko) == 0
    (office.templates / "report.docx").unlink()
    await office.stage.press(aiko, "Try again")
    assert files(aiko) == 1


async def test_a_reviewer_of_some_countries_gets_their_cities_and_publishes_nothing(
    office: Town, marie: Player
) -> None:
    stage = office.stage
    await stage.ask(marie, "/language")
    await stage.press(marie, "English")
    await stage.appoint(marie, Role.SECRETARIAT)
    stage.sql("""UPDATE memberships SET countries = '["PH"]' WHERE person = ?""", marie.person.id)
    shown = await stage.ask(marie, "/publish")
    assert "1 city, 0 with an accepted report" in shown
    assert "Only cities that you look after" in shown
    assert not any("Publish" in label for label in labels(marie))
    await stage.press(marie, "Markdown")
    words = file_of(stage, marie)[1].decode()
    assert "Naga" in words
    assert "Surabaya" not in words
    for move in b.FreezeMove:
        shown = await stage.forge(marie, b.Freeze(move, 1, "", OPEN), screen_of(marie))
        assert shown == stage.says(NotAllowed())
    assert await editions(stage) == []


async def test_others_cannot_have_it(office: Town, sari: Player) -> None:
    stage = office.stage
    assert await stage.ask(sari, "/publish") == stage.says(NotAllowed())
    for button in (b.Publication("w", "en", OPEN), b.Freeze("y", 1, "", OPEN), b.EditionList(1)):
        assert await stage.forge(sari, button) == stage.says(NotAllowed())
    assert files(sari) == 0


# --- publishing


async def test_publishing_freezes_every_format_in_every_chosen_language(office: Town, aiko: Player) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    asked = await stage.press(aiko, "🔒 Publish")
    assert "18 documents" in asked
    assert "cannot be taken back" in asked
    asked = await stage.press(aiko, "✓ Français")
    assert "12 documents" in asked
    shown = await stage.press(aiko, "Publish now")
    assert "commitments-open-1" in shown
    assert "(admin)" in shown
    (edition,) = await stage.focal.database.run(lambda work: work.editions.all())
    assert edition.digest in shown
    assert {document.language for document in edition.documents} == {"en", "zh"}
    assert len(edition.documents) == 12
    log = await stage.focal.database.run(lambda work: work.audit.of_city(None, 10))
    assert (log[0].event, log[0].subject) == (Event.PUBLISHED, "commitments-open-1")
    assert files(aiko) == 0, "what was published is sent when it is asked for"


async def test_what_is_published_never_changes(office: Town, aiko: Player, sari: Player) -> None:
    """Whatever is reported, edited or redesigned later."""
    stage = office.stage
    await published(stage, aiko)
    first: dict[str, bytes] = {}
    for format in READERS:
        caption = await stage.press(aiko, format, screen_of(aiko))
        name, first[format] = file_of(stage, aiko)
        assert name.startswith("commitments-open-1-en.")
        assert sha256(first[format]).hexdigest() in caption
        assert "32.4" in READERS[format][1](first[format])
    await accepted(stage, aiko, sari, "-41")
    (office.templates / "report.docx").write_bytes(b"another design")
    await renamed(office, "Surabaya", "New Surabaya")
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "Published reports (1)")
    await stage.press(aiko, "commitments-open-1")
    for format in READERS:
        await stage.press(aiko, format, screen_of(aiko))
        assert file_of(stage, aiko)[1] == first[format], format
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "Markdown")
    now = file_of(stage, aiko)[1].decode()
    assert "41" in now, "while the report as it stands has gone on"
    assert "New Surabaya" in now


async def test_what_was_published_can_be_made_again_from_what_was_known_then(
    office: Town, aiko: Player, sari: Player
) -> None:
    stage = office.stage
    await published(stage, aiko)
    (edition,) = await stage.focal.database.run(lambda work: work.editions.all())
    await accepted(stage, aiko, sari, "-41")
    await renamed(office, "Surabaya", "New Surabaya")

    def again(work: UnitOfWork) -> CommitmentReport:
        files = work.snapshots.files(edition.content)
        assert files is not None
        then = load_snapshot(files)
        return gather(work, then.library, then.schedules, edition.content, edition.scope, edition.as_of)

    document = compose(await stage.focal.database.run(again), "en", edition.number)
    for one in edition.documents:
        assert sha256(print_document(document, one.format)).hexdigest() == one.digest, one.format


async def test_a_later_state_is_the_next_number(office: Town, aiko: Player, sari: Player) -> None:
    await published(office.stage, aiko)
    await accepted(office.stage, aiko, sari, "-41")
    assert "commitments-open-2" in await published(office.stage, aiko, "fr")
    assert await editions(office.stage) == ["commitments-open-2", "commitments-open-1"]
    await office.stage.ask(aiko, "/publish")
    shown = await office.stage.press(aiko, "Published reports (2)")
    assert shown.index("commitments-open-2") < shown.index("commitments-open-1")


async def test_publishing_the_same_again_is_said_before_it_is_done(
    office: Town, aiko: Player, sari: Player
) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    first = await stage.press(aiko, "🔒 Publish")
    assert "Nothing has changed" not in first
    assert "No report is accepted yet" not in first
    message = aiko.messages()[-1]
    old = data_of(message, "Publish now")
    await stage.press(aiko, "Publish now")
    again = await stage.forge(aiko, old, message.id)
    assert "Nothing has changed since commitments-open-1." in again, "asked before, and published meanwhile"
    assert "Something has changed" not in again
    assert await editions(stage) == ["commitments-open-1"]
    await stage.press(aiko, "Publish now", message.id)
    assert await editions(stage) == ["commitments-open-2", "commitments-open-1"], "all the same"
    await accepted(stage, aiko, sari, "-41")
    await stage.ask(aiko, "/publish")
    assert "Nothing has changed" not in await stage.press(aiko, "🔒 Publish")
    await published(stage, aiko)
    await renamed(office, "Surabaya", "New Surabaya")
    await stage.ask(aiko, "/publish")
    assert "Nothing has changed" not in await stage.press(aiko, "🔒 Publish")


async def test_publishing_without_any_accepted_report_is_warned_of(town: Town, aiko: Player) -> None:
    stage = town.stage
    await stage.ask(aiko, "/publish")
    shown = await stage.press(aiko, "🔒 Publish")
    assert "No report is accepted yet. Only what was known before would be published." in shown


async def test_what_changed_since_the_question_is_not_published_unseen(
    office: Town, aiko: Player, sari: Player
) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "🔒 Publish")
    message = aiko.messages()[-1]
    old = data_of(message, "Publish now")
    await accepted(stage, aiko, sari, "-41")
    shown = await stage.forge(aiko, old, message.id)
    assert "Something has changed" in shown
    assert await editions(stage) == []
    await stage.press(aiko, "Publish now", message.id)
    assert await editions(stage) == ["commitments-open-1"]


async def test_pressing_twice_publishes_once(office: Town, aiko: Player) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "🔒 Publish")
    message = aiko.messages()[-1]
    data = data_of(message, "Publish now")
    for _ in range(3):
        await aiko.press_data(data, message.id)
        await asyncio.sleep(0.05)
    await stage.settled()
    assert await editions(stage) == ["commitments-open-1"]


async def test_stopping_in_the_middle_publishes_nothing(office: Town, aiko: Player) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "🔒 Publish")
    message = aiko.messages()[-1]
    await aiko.press_data(data_of(message, "Publish now"), message.id)
    async with asyncio.timeout(10):
        while not any("Stop it" in key["text"] for key in message.buttons):
            await asyncio.sleep(0.002)
    await aiko.press_data(data_of(message, "Stop it"), message.id)
    await stage.settled()
    assert "Nothing was sent and nothing has changed" in message.text
    assert await editions(stage) == []
    shown = await stage.press(aiko, "Begin again", message.id)
    assert "commitments-open-1" in shown


@pytest.mark.parametrize("way", [("PDF",), ("🔒 Publish", "Publish now")])
async def test_stopping_ends_a_pdf_in_the_middle(office: Town, aiko: Player, way: tuple[str, ...]) -> None:
    """One that would never end by itself."""
    stage = office.stage
    before = frozenset(children())
    await stage.ask(aiko, "/publish")
    message = aiko.messages()[-1]
    for label in way[:-1]:
        await stage.press(aiko, label)
    await aiko.press_data(data_of(message, way[-1]), message.id)
    setting = await asyncio.to_thread(first_child, None, before)
    os.kill(setting, signal.SIGSTOP)
    async with asyncio.timeout(10):
        while not any("Stop it" in key["text"] for key in message.buttons):
            await asyncio.sleep(0.002)
    await aiko.press_data(data_of(message, "Stop it"), message.id)
    await stage.settled()
    assert "Nothing was sent and nothing has changed" in message.text
    assert is_gone(setting)
    assert (files(aiko), await editions(stage)) == (0, [])


async def test_an_edition_that_was_written_over_is_not_given_out(office: Town, aiko: Player) -> None:
    stage = office.stage
    await published(stage, aiko)
    (edition,) = await stage.focal.database.run(lambda work: work.editions.all())
    log = await stage.focal.database.run(lambda work: work.audit.of_city(None, 1))
    assert log[0].after == edition.digest
    stage.sql("DROP TRIGGER edition_documents_no_update")
    page = next(document for document in edition.documents if document.format == "html")
    stage.sql("UPDATE edition_documents SET digest = ? WHERE format = 'docx'", page.digest)
    shown = await stage.press(aiko, "Word")
    assert "not what was published any more" in shown
    assert files(aiko) == 0


async def test_a_damaged_document_is_not_given_out(office: Town, aiko: Player) -> None:
    stage = office.stage
    await published(stage, aiko)
    (edition,) = await stage.focal.database.run(lambda work: work.editions.all())
    word = next(document for document in edition.documents if document.format == "docx")
    stage.sql("UPDATE blobs SET packed = x'00' WHERE digest = ?", word.digest)
    shown = await stage.press(aiko, "Word")
    assert "not what was published any more" in shown
    assert files(aiko) == 0


async def test_old_buttons_explain_and_change_nothing(office: Town, aiko: Player) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    for button in (
        b.Publication("w", "en", "gone"),
        b.Publication("?", "en", OPEN),
        b.Freeze("y", 1, "", "gone"),
        b.EditionDo("w", "en", 999),
        b.WorkDo("s", 999),
    ):
        assert await stage.forge(aiko, button, screen_of(aiko)) == stage.says(OldButton()), button
    assert "at least one language" in await stage.forge(aiko, b.Freeze("y", 0, "", OPEN), screen_of(aiko))
    assert await editions(stage) == []


async def test_there_is_nothing_to_publish_where_no_city_promised_anything(
    staged: Staged, network: Path
) -> None:
    async with staged(network) as stage:
        aiko = stage.person(AIKO, "Aiko")
        assert "0 cities" in await stage.ask(aiko, "/publish")
        assert not any("Word" in label or "Publish" in label for label in labels(aiko))
        shown = await stage.forge(aiko, b.Publication("w", "en", b.EVERY_CYCLE))
        assert "There is nothing in it" in shown


async def test_what_is_accepted_between_the_tap_and_the_making_is_not_published_unseen(
    office: Town, aiko: Player, sari: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    await stage.press(aiko, "Publish")
    gather = long_work.gather

    def gather_later(desk: Desk, work_id: int) -> object:
        head = desk.work.reports.heads()[0]
        stands = desk.work.reports.get(head.id)
        assert stands is not None
        desk.work.reports.save(replace(stands, decided_at=desk.now), stands)
        return gather(desk, work_id)

    monkeypatch.setattr(long_work, "gather", gather_later)
    shown = await stage.press(aiko, "Publish now")
    assert "Something has changed since you were asked" in shown
    assert await editions(stage) == []
    assert "Try again" not in " ".join(labels(aiko))


async def test_a_second_format_asked_for_meanwhile_comes_as_well(
    office: Town, aiko: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage = office.stage
    await stage.ask(aiko, "/publish")
    before, take = files(aiko), long_work.take
    monkeypatch.setattr(long_work, "take", lambda desk, resting=(): None)
    for count, move in enumerate((b.PublishMove.MARKDOWN, b.PublishMove.DATA), 1):
        await aiko.press_data(b.pack(b.Publication(move, "en", OPEN)), screen_of(aiko))
        async with asyncio.timeout(10):
            while stage.sql("SELECT count(*) FROM long_works WHERE kind = 'report'") != [(count,)]:
                await asyncio.sleep(0.02)
    monkeypatch.setattr(long_work, "take", take)
    stage.focal.workbench.wake()
    await stage.settled()
    assert files(aiko) == before + 2
