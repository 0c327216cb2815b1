"""`focal letters`: the year's work by mail merge, and templates that a network has made its own."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from test_command_line import ROOT, focal

from bot.content.starter import TEMPLATES, templates_folder
from bot.domain.errors import OperatorError
from bot.printing import write_letters


def test_each_city_gets_its_letter_in_a_folder_or_in_one_archive(tmp_path: Path) -> None:
    data = str(tmp_path / "data")
    done = focal("letters", "--cycle", "2026", "--out", str(tmp_path / "letters"), FOCAL_DATA=data)
    assert done.returncode == 0
    first, last = done.stdout.splitlines()
    assert first == f"12 letters in {tmp_path / 'letters'}."
    assert last.startswith("12 cities have nobody in Focal yet: Bago, ")
    made = {path.name: path.read_bytes() for path in (tmp_path / "letters").iterdir()}
    assert {"bago-en.docx", "weihai-zh.docx"} <= set(made)
    archive = tmp_path / "letters.zip"
    focal("letters", "--cycle", "2026", "--out", str(archive), FOCAL_DATA=data)
    with ZipFile(BytesIO(archive.read_bytes())) as packed:
        assert {name: packed.read(name) for name in packed.namelist()} == made


def test_one_city_in_one_language_with_the_networks_own_template(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    own = docx.Document(str(TEMPLATES / "letter.docx"))
    own.add_paragraph("Until we meet in {{ city.name }}!")
    own.save(str(tmp_path / "templates" / "letter.docx"))
    wanted = ("letters", "--cycle", "2026", "--city", "sibu", "--lang", "fr", "--out", str(tmp_path / "out"))
    settings = {"FOCAL_DATA": str(tmp_path / "data"), "FOCAL_TEMPLATES": str(tmp_path / "templates")}
    assert focal(*wanted, **settings).stdout.startswith("1 letter in ")
    words = [p.text for p in docx.Document(str(tmp_path / "out" / "sibu-fr.docx")).paragraphs]
    assert words[-1] == "Until we meet in Sibu!"
    own.add_paragraph("{{ nonsense }}")
    own.save(str(tmp_path / "templates" / "letter.docx"))
    broken = focal(*wanted, **settings)
    assert broken.returncode == 2
    assert "letter.docx is broken, in the paragraph “{{ nonsense }}”" in broken.stderr


def test_letters_are_written_when_all_of_them_are_made(tmp_path: Path) -> None:
    def made() -> Iterator[tuple[str, bytes]]:
        yield "sibu-en.docx", b"1"
        raise OperatorError("letter.docx is broken")

    for out in (tmp_path / "letters", tmp_path / "letters.zip"):
        with pytest.raises(OperatorError, match="is broken"):
            write_letters(made(), out)
        assert not out.exists()


def test_letters_are_not_made_where_they_cannot_be_written(tmp_path: Path) -> None:
    out = tmp_path / "letters.txt"
    out.write_text("mine")

    def made() -> Iterator[tuple[str, bytes]]:
        raise AssertionError("made for nothing")
        yield "", b""

    with pytest.raises(OperatorError, match="Name a folder"):
        write_letters(made(), out)
    assert out.read_text() == "mine"


@pytest.mark.parametrize(
    ("more", "settings", "said"),
    [
        (("--cycle", "1999"), {}, "There is no cycle '1999'"),
        (("--cycle", "2026", "--city", "atlantis"), {}, "There is no city 'atlantis'"),
        (("--cycle", "2026", "--lang", "xx"), {}, "There are no documents in 'xx'"),
        (("--cycle", "2026"), {"FOCAL_TEMPLATES": "nowhere"}, "FOCAL_TEMPLATES names nowhere"),
    ],
)
def test_what_has_to_be_put_right_is_said_in_a_sentence(
    tmp_path: Path, more: tuple[str, ...], settings: dict[str, str], said: str
) -> None:
    wrong = focal(
        "letters", *more, "--out", str(tmp_path / "x.zip"), FOCAL_DATA=str(tmp_path / "data"), **settings
    )
    assert wrong.returncode == 2
    assert said in wrong.stderr
    assert "Traceback" not in wrong.stderr
    assert not (tmp_path / "x.zip").exists()


def test_a_name_of_another_kind_of_file_is_no_place_for_letters(tmp_path: Path) -> None:
    for name in ("letters.docx", "letters.pdf"):
        out = tmp_path / name
        wrong = focal("letters", "--cycle", "2026", "--out", str(out), FOCAL_DATA=str(tmp_path / "data"))
        assert (wrong.returncode, wrong.stdout) == (2, "")
        assert f"--out {tmp_path / 'letters.zip'}" in wrong.stderr
        assert not out.exists()


def test_a_new_network_gets_the_templates_to_change(tmp_path: Path) -> None:
    mine = tmp_path / "mine"
    assert focal("init", str(mine)).returncode == 0
    assert sorted(path.name for path in (mine / "templates").iterdir()) == ["letter.docx", "report.docx"]
    assert templates_folder(None, mine / "knowledge") == mine / "templates"
    assert templates_folder(None, tmp_path / "elsewhere" / "knowledge") is None
    with pytest.raises(OperatorError, match="FOCAL_TEMPLATES"):
        templates_folder(ROOT / "README.md", mine / "knowledge")
