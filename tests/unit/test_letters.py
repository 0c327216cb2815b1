"""A letter to each city: its own results, what is open, in a language that it reads."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from samples_documents import INJECTIONS, document, nasty, report, typed

from bot.documents.letters import letter, letter_language, letters, letters_zip
from bot.documents.office import printable
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
    assert "There is no accepted report in this cycle." in silent
    for written in (reported, silent):
        assert "/report" in written
        assert "December 5, 2026" in written


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
    assert sum(printable(words) in written for words in INJECTIONS) > 10
    for city in typed().cities:
        assert printable(city.name.within("en").text) in text_of(letter(nasty(), city.id))


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
