"""Tables as people send them are read as they were typed, and what is none is explained."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.documents import tables_in
from bot.documents.tables_in import TableError, rows_about, rows_of
from bot.domain.imports.why import Why
from bot.texts.import_phrases import Teller


def read(path: Path, content: bytes) -> list[tuple[int, tuple[str, ...]]]:
    path.write_bytes(content)
    return [(row.number, row.cells) for row in rows_of(path)]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "table.csv"


ROWS = [(1, ("Name", "n")), (2, ("Málaga; 泗水, x\ny", "0.10")), (4, ("z", "1,5"))]


def zipped(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "<x/>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("delimiter", "encoding"),
    [(",", "utf-8"), (";", "utf-8-sig"), ("\t", "utf-16"), ("|", "utf-8"), ("\t", "utf-8")],
)
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_excel_of_every_country_is_understood(file: Path, delimiter: str, encoding: str, ending: str) -> None:
    text = ending.join(
        [f"Name{delimiter}n", f'"Málaga; 泗水, x\ny"{delimiter}0.10', "", f'z{delimiter}"1,5"', delimiter, ""]
    )
    assert read(file, text.encode(encoding)) == ROWS


def test_a_line_that_names_the_separator_is_followed(file: Path) -> None:
    assert read(file, b"sep=;\na,b;c\n1;2\n") == [(1, ("a,b", "c")), (2, ("1", "2"))]


def test_the_guard_of_our_own_exports_is_undone_once(file: Path) -> None:
    assert read(file, b"a,b,c\n'=x,''=x,'x\n")[1] == (2, ("=x", "'=x", "'x"))


@pytest.mark.parametrize(
    ("content", "code", "told"),
    [
        (b"", "empty", "nothing"),
        (b"a,b\n1,\xe9\n", "encoding", "UTF-8"),
        ("a,b\n".encode("utf-16")[2:], "encoding", "UTF-8"),
        (b'a,b\n1,"x\n2,y\n', "quotes", "row 2"),
        (b"%PDF-1.7", "no-table", "PDF"),
        (zipped("word/document.xml"), "no-table", "Word"),
        (zipped("content.xml"), "no-table", "no table"),
        (b"\xe9,b\n1,2\n", "encoding", "in the first row"),
        ("名字,b\n1,2\n".encode("gb18030"), "encoding", "in the first row"),
        (b"a,b\n1,2\n3,\xe9\n", "encoding", "after row 2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old-excel", ".xlsx"),
        (b"PK\x03\x04 broken", "broken-excel", "save it again"),
        (b"a," * 600, "too-many-columns", "500"),
        (b"a" * 4_000_001, "line-too-long", "4,000,000"),
        (b'a\n"' + b"x" * 140_000 + b'"\n', "cell-too-long", "Row 2"),
    ],
)
def test_what_cannot_be_read_is_explained(file: Path, content: bytes, code: str, told: str) -> None:
    with pytest.raises(TableError) as found:
        read(file, content)
    assert found.value.why.code == code
    assert told in Teller("en").error(found.value)


def book(path: Path, *rows: list[object]) -> Path:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_the_numbers_of_excel_are_as_they_were_typed(tmp_path: Path) -> None:
    cells = [0.1, 28.43, 5, -0.001, 1e22, True, datetime(2026, 1, 31), None, " x ", "'=x", 12.0]
    (row,) = rows_of(book(tmp_path / "a.xlsx", list(cells)))
    assert row.cells == (
        "0.1", "28.43", "5", "-0.001", "10000000000000000000000", "true", "2026-01-31", "", " x ", "'=x", "12",
    )  # fmt: skip


def test_empty_rows_of_excel_keep_the_numbers_of_the_others(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ["a"], [], [None, " "], ["b"])
    assert [(row.number, row.cells) for row in rows_of(path)] == [(1, ("a",)), (4, ("b",))]
    assert rows_about(path) >= 2


def test_a_formula_without_a_value_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError) as found:
        list(rows_of(book(tmp_path / "a.xlsx", ["a", "b"], ["x", "=1+1"])))
    assert (found.value.why, found.value.values) == (Why.FORMULA, {"cell": "B2"})


def test_a_table_is_told_by_what_is_in_it_not_by_its_name(tmp_path: Path) -> None:
    book(tmp_path / "a.xlsx", ["here"]).rename(tmp_path / "a.csv")
    assert [row.cells for row in rows_of(tmp_path / "a.csv")] == [("here",)]


def test_the_sheet_that_is_asked_for_is_read(tmp_path: Path) -> None:
    made = Workbook()
    made.create_sheet("second").append(["here"])
    made.save(tmp_path / "a.xlsx")
    assert [row.cells for row in rows_of(tmp_path / "a.xlsx", "second")] == [("here",)]
    with pytest.raises(TableError) as found:
        list(rows_of(tmp_path / "a.xlsx", "third"))
    assert "second" in Teller("en").error(found.value)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a.xlsx", ["a"])
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/more.xml", b"0" * (tables_in.SMALL_PART + 1))
    with pytest.raises(TableError) as found:
        list(rows_of(path))
    assert found.value.why is Why.BOMB


def rewritten(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    evil = path.with_name("evil.xlsx")
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(evil, "w") as bad:
        for name in good.namelist():
            bad.writestr(name, change(good.read(name)) if name == part else good.read(name))
    return evil


def within(tag: bytes, more: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(tag, tag + more, 1)


LARGE = b"12345678" * (tables_in.SMALL_PART // 8)
LONG = b"words of a row. " * (tables_in.LARGEST_ROW // 16)


@pytest.mark.parametrize(
    ("part", "change", "why"),
    [
        ("xl/styles.xml", within(b"<fonts", b" x='" + LARGE + b"' "), Why.BOMB),
        ("xl/workbook.xml", lambda data: data + b"<!--" + LARGE + b"-->", Why.BOMB),
        ("xl/worksheets/sheet1.xml", within(b"<sheetData>", b"<row><c><is><t>" + LONG), Why.BOMB),
        (
            "xl/worksheets/sheet1.xml",
            within(b"<sheetData>", b"<row>" + b"<c/>" * (tables_in.MOST_TAGS + 1)),
            Why.BOMB,
        ),
        (
            "xl/worksheets/sheet1.xml",
            within(b"<sheetData>", b"<row>" + b" <![CDATA[<row ]]>"),
            Why.NOT_OF_EXCEL,
        ),
        ("xl/worksheets/sheet1.xml", within(b"<sheetData>", b"<row>" + b" <?x <row ?>"), Why.NOT_OF_EXCEL),
    ],
)
def test_what_would_fill_the_memory_is_not_read(
    tmp_path: Path, part: str, change: Callable[[bytes], bytes], why: Why
) -> None:
    evil = rewritten(book(tmp_path / "a.xlsx", ["a"]), part, change)
    with pytest.raises(TableError) as found:
        list(rows_of(evil))
    assert found.value.why is why


def test_a_row_may_hold_long_texts(tmp_path: Path) -> None:
    texts = ["ข" * 32_767] * 15
    assert [row.cells for row in rows_of(book(tmp_path / "a.xlsx", ["a"], texts))][1] == tuple(texts)


@pytest.mark.parametrize("before", ["", "<!--" + "x" * 9_000 + "-->"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_excel_are_not_resolved(tmp_path: Path, before: str, encoding: str) -> None:
    path, evil = book(tmp_path / "a.xlsx", ["a"]), tmp_path / "b.xlsx"
    with zipfile.ZipFile(path) as good, zipfile.ZipFile(evil, "w") as bad:
        for name in good.namelist():
            data = good.read(name)
            if "sheet1" in name:
                document = (
                    '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + data.decode().split("?>")[-1]
                )
                data = (before + document).encode(encoding)
            bad.writestr(name, data)
    with pytest.raises(TableError) as found:
        list(rows_of(evil))
    assert found.value.why.code == "broken-excel"


def test_chinese_tables_in_their_old_encoding_are_read(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = "城市,国家\r\n" + "胡志明市,越南\r\n" * 40_000
    file.write_bytes(rows.encode("gb18030"))
    read_rows = [row.cells for row in rows_of(file)]
    assert read_rows[0] == ("城市", "国家")
    assert read_rows[-1] == ("胡志明市", "越南")
