"""A letter to each city: its own results, what is open, in a language that it reads."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from samples_documents import INJECTIONS, document, nasty, report, typed

from bot.documents.letters import Circumstances, letter, letter_language, letters, letters_zip
from bot.documents.office import storable
from bot.documents.word_templates import FOLDER, LETTER
from bot.domain.errors import OperatorError
from bot.domain.words import LocalText


def text_of(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in file.paragraphs), *cells])


def test_a_city_gets_its_own_results_and_nobody_elses() -> None:
    told = document()
    written = text_of(letter(told, "sibu"))
    for row in told.table:
        lines = [line.text for line in row.results]
        if row.city_id == "sibu":
            assert all(line in written for line in (row.target, row.status, *lines))
    assert "To the focal point of Sibu" in written
    assert not any(name in written for name in ("Ulsan", "Kathmandu", "Kitakyushu’s"))


def test_a_letter_thanks_says_what_is_open_and_how_to_go_on() -> None:
    reported, silent = text_of(letter(document(), "sibu")), text_of(letter(document(), "nonthaburi"))
    assert "Thank you for your report." in reported
    assert "Waste generation: The baseline is not known." in reported
    assert "Technical advice" in reported
    assert "We have no accepted report of yours" in silent
    assert "There is no accepted report in this cycle." not in silent, "no word of theirs completes that"
    for written in (reported, silent):
        assert "/report" in written
        assert "December 5, 2026" in written


DAY = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("today", "said", "unsaid"),
    [
        (Circumstances(DAY), "Please send your report by December 15, 2026.", "was due"),
        (
            Circumstances(DAY, is_over=True),
            "Your report was due on December 15, 2026.",
            "send your report by",
        ),
        (Circumstances(), "Thank you", "December 15"),
    ],
    ids=["in time", "late", "nothing owed"],
)
def test_a_letter_says_until_when_a_report_is_owed(today: Circumstances, said: str, unsaid: str) -> None:
    written = dict(letters(report(), "en", today={"nonthaburi": today}))["nonthaburi-en.docx"]
    assert said in text_of(written)
    assert unsaid not in text_of(written)
    assert "December 15" not in text_of(dict(letters(report(), "en"))["sibu-en.docx"])


def test_a_city_without_anybody_in_focal_is_told_how_to_get_a_link() -> None:
    made = dict(letters(report(), "en", today={"nonthaburi": Circumstances(DAY, is_alone=True)}))
    alone, others = text_of(made["nonthaburi-en.docx"]), text_of(made["sibu-en.docx"])
    assert "that person gets a link of their own" in alone
    assert not any(words in alone for words in ("Open your chat with Focal", "/report", "/status"))
    assert "Open your chat with Focal" in others
    assert "link" not in others


def test_what_the_city_says_of_itself_stands_beside_what_is_computed() -> None:
    told = document()
    row = next(row for row in told.table if row.status_said and row.status_said != row.status)
    table = docx.Document(BytesIO(letter(told, row.city_id))).tables[0]
    assert [cell.text for cell in table.rows[0].cells][2:] == [
        told.labels["status_said"],
        told.labels["status_computed"],
    ]
    cells = next([cell.text for cell in one.cells] for one in table.rows if one.cells[0].text == row.target)
    assert cells[2] == row.status_said
    assert cells[3].startswith(row.status)


def test_a_city_with_nothing_open_is_asked_for_nothing() -> None:
    written = text_of(letter(document(), "ulsan"))
    assert "What is still open" not in written
    assert "What you asked for" not in written


def test_what_came_back_is_among_the_open_points() -> None:
    asked = LocalText({"en": "Evidence", "zh": "证据", "fr": "Preuve"})
    made = dict(letters(report(), "zh", returned={"ulsan": [(asked, "哪一年？")]}))
    assert "证据：哪一年？" in text_of(made["ulsan-zh.docx"])


def test_each_letter_is_in_the_citys_language_or_else_the_networks() -> None:
    names = [name for name, _ in letters(report(), "fr")]
    assert names == [
        "kathmandu-en.docx",
        "kitakyushu-fr.docx",
        "nonthaburi-fr.docx",
        "sibu-en.docx",
        "ulsan-fr.docx",
    ]
    by_id = {city.id: city for city in report().cities}
    assert letter_language(by_id["ulsan"], "zh-Hans") == "zh"
    assert letter_language(by_id["ulsan"], "th") == "en"


@pytest.mark.parametrize(("language", "words"), [("zh", "各位同事"), ("fr", "Chères collègues")])
def test_one_language_for_all_can_be_chosen(language: str, words: str) -> None:
    made = list(letters(report(), "en", language=language))
    assert all(name.endswith(f"-{language}.docx") and words in text_of(content) for name, content in made)


def test_progress_is_told() -> None:
    steps: list[tuple[int, int]] = []
    list(letters(report(), "en", say=lambda done, of: steps.append((done, of))))
    assert steps == [(number, 5) for number in range(6)]


def test_the_same_letters_give_the_same_archive() -> None:
    content = letters_zip(letters(report(), "en"))
    assert content == letters_zip(letters(report(), "en"))
    with ZipFile(BytesIO(content)) as archive:
        assert len(archive.namelist()) == 5
        assert archive.testzip() is None


def test_words_of_people_are_only_words() -> None:
    written = text_of(letter(nasty(), "sibu"))
    assert sum(storable(words) in written for words in INJECTIONS) > 10
    for city in typed().cities:
        assert storable(city.name.within("en").text) in text_of(letter(nasty(), city.id))


def test_a_city_that_is_not_in_the_report_gets_no_letter() -> None:
    with pytest.raises(KeyError):
        letter(document(), "atlantis")


def test_the_secretariats_own_letter_is_used_and_a_broken_one_explained(tmp_path: Path) -> None:
    file = docx.Document(str(FOLDER / LETTER))
    file.add_paragraph("P.S. See you in {{ city.country }}.")
    file.save(str(tmp_path / LETTER))
    made = dict(letters(report(), "en", tmp_path))
    assert "P.S. See you in Malaysia." in text_of(made["sibu-en.docx"])
    file.add_paragraph("Yours, {{ secretary }}")
    file.save(str(tmp_path / LETTER))
    with pytest.raises(OperatorError, match=r"Yours, \{\{ secretary \}\}"):
        list(letters(report(), "en", tmp_path))
