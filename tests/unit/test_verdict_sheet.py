"""The file with the verdicts of a table: bounded, however long the table is."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path

from bot.domain.imports.verdicts import Finding, Verdict
from bot.domain.imports.why import Why
from bot.services.importing.verdict_sheet import LARGEST_PLAIN, MOST_TOLD, VerdictSheet
from bot.texts.import_phrases import Teller


def rejected(row: int) -> Finding:
    return Finding(row, "=country", Verdict.REJECTED, Why.COUNTRY, {"read": "Nowhere " * 7})


def test_verdicts_past_the_most_are_counted_and_a_large_file_is_packed(tmp_path: Path) -> None:
    with VerdictSheet(tmp_path / "a", Teller("en")) as sheet:
        for row in range(2, MOST_TOLD + 7):
            sheet.find(rejected(row))
        name, content = sheet.finished("../net work.xlsx")
    assert name == "net work-verdicts.zip"
    assert len(content) < LARGEST_PLAIN
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        text = archive.read("net work-verdicts.csv").decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text, newline="")))
    assert len(rows) == 1 + MOST_TOLD + 1
    assert rows[1][:2] == ["2", "'=country"]
    assert rows[-1] == ["", "", "rejected", "country", "as many more of this kind: 5", ""]


def test_many_good_rows_hide_no_bad_one(tmp_path: Path) -> None:
    with VerdictSheet(tmp_path / "a", Teller("en")) as sheet:
        for row in range(2, MOST_TOLD + 7):
            sheet.find(Finding(row, None, Verdict.ACCEPTED, Why.ACCEPTED))
        sheet.find(rejected(MOST_TOLD + 7))
        _, content = sheet.finished("t.csv")
    assert f"\n{MOST_TOLD + 7},'=country,rejected".encode() in content


def test_a_small_file_goes_out_as_it_is_and_the_first_rows_are_told_once(tmp_path: Path) -> None:
    with VerdictSheet(tmp_path / "a", Teller("en")) as sheet:
        for row in (2, 2, 3, 4, 5):
            sheet.find(rejected(row))
        name, content = sheet.finished("")
    assert name == "table-verdicts.csv"
    assert content.count(b"\r\n") == 6
    assert [one.row for one in sheet.first] == [2, 3, 4]
