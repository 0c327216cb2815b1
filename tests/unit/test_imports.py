"""The rules by which rows of other people's tables become promises, cities and entries of ours."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.folder import FilePlace, FileRole
from bot.content.geography import geography
from bot.content.parse import parse
from bot.content.parsed import EntryContent
from bot.domain.commitments import Commitment
from bot.domain.entries import Library
from bot.domain.imports.cities import Cities, Names, folded, slug
from bot.domain.imports.column_names import _CHINESE, _FRENCH
from bot.domain.imports.columns import FIELDS, What
from bot.domain.imports.mapping import Cells, Choice, ColumnMapping, as_it_is
from bot.domain.imports.numbers import number, year
from bot.domain.imports.verdicts import WrongCellError
from bot.domain.imports.why import Why
from bot.domain.imports.writing import (
    as_row,
    commitment_file,
    promise_of,
    result_of,
    told_by,
    with_indicators,
    with_results,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [("20", "20"), ("20 percent", "20"), ("20%", "20"), (" 0.10 ", "0.10"), ("-3", "-3"), ("\u22123", "-3"),
     ("1 234 567", "1234567"), ("1,234,567", "1234567"), ("+7", "7")],
)  # fmt: skip
def test_what_is_surely_a_number_is_read(text: str, value: str) -> None:
    assert f"{number('value', text)[0]:f}" == value


@pytest.mark.parametrize(
    "text",
    [
        "about 20",
        "Other: 2017",
        "1,234",
        "n/a",
        "12 t",
        "",
        "1e5",
        "20-30",
        "½",
        "9" * 70,
        "1" + "0" * 15,
        "0." + "0" * 12 + "1",
    ],
)
def test_what_is_none_or_could_be_two_is_not(text: str) -> None:
    with pytest.raises(WrongCellError):
        number("value", text)


@pytest.mark.parametrize("text", ["2030.0", "30", "Other: 2030", "2300", "2030-01-01"])
def test_a_year_has_four_digits_and_nothing_else(text: str) -> None:
    with pytest.raises(WrongCellError):
        year("due", text)


def cells(columns: dict[str, tuple[Choice, ...]], **row: str) -> Cells:
    mapping = ColumnMapping(What.COMMITMENTS, MappingProxyType(columns))
    return Cells(mapping, {name: at for at, name in enumerate(row)}, list(row.values()))


def test_the_first_place_with_something_in_it_counts() -> None:
    choices = (Choice("json", key="a.b"), Choice("x", leave=frozenset({"-"})), Choice(fixed="9"))
    assert cells({"made": choices}, json='{"a.b": 7}', x="8").cell("made").text == "7"
    found = cells({"made": choices}, json="{broken", x=" 8 ").cell("made")
    assert (found.text, found.column) == (" 8 ", "x")
    assert cells({"made": choices}, json="", x="-").cell("made").column is None
    assert cells({"made": choices}, json="", x="-")["made"] == "9"


def test_words_are_translated_and_others_are_kept_or_left() -> None:
    kept = Choice("x", values=MappingProxyType({"decrease": "down"}))
    assert kept.read(" decrease ") == "down"
    assert kept.read(" as is ") == " as is "
    assert Choice("x", values=kept.values, only_listed=True).read("as is") == ""


def test_a_country_has_many_names() -> None:
    world = geography()
    for told, code in {
        "jp": "JP", "UK": "GB", "United States of America": "US", "USA": "US", "South Korea": "KR",
        "Dem. Rep. Congo": "CD", "Viet Nam": "VN", "The Netherlands": "NL", "Czechia": "CZ",
        "Korea, Republic of": "KR", "Lao PDR": "LA", "Türkiye": "TR", "Tanzania, United Republic of": "TZ",
    }.items():  # fmt: skip
        assert world.code("country", told) == code
    for told, code in {
        "越南": "VN", "中国": "CN", "Indonésie": "ID", "Viêt Nam": "VN", "Côte d'Ivoire": "CI", "刚果（金）": "CD",
    }.items():  # fmt: skip
        assert world.code("country", told) == code
    for told in ("Atlantis", "某国", "欧元区", "!"):
        with pytest.raises(WrongCellError):
            world.code("country", told)


@pytest.mark.parametrize(
    ("what", "header", "keys"),
    [
        (What.CITIES, ["城市", "国家", "时区", "颜色"], ["name", "country", "time_zone"]),
        (What.CITIES, ["Ville", "PAYS", "Fuseau horaire"], ["name", "country", "time_zone"]),
        (What.COMMITMENTS, ["城市", "承诺年份", "基准年", "单位"], ["city", "made", "baseline_year", "unit"]),
        (What.COMMITMENTS, ["ville", "annee de reference", "Unité"], ["city", "baseline_year", "unit"]),
        (What.COMMITMENTS, ["City", "baseline year"], ["city", "baseline_year"]),
        (What.RESULTS, ["ville", "année", "unité", "résultat"], ["city", "result_year", "result_unit", "result"]),
    ],
)  # fmt: skip
def test_common_names_of_columns_are_understood(what: What, header: list[str], keys: list[str]) -> None:
    assert list(as_it_is(what, header).columns) == keys


def test_every_common_name_is_one_of_a_column_of_ours() -> None:
    ours = {field.key for fields in FIELDS.values() for field in fields}
    assert {key for names in (_FRENCH, _CHINESE) for keys in names.values() for key in keys} <= ours


def test_a_city_is_the_same_in_every_spelling_and_another_in_another_country() -> None:
    cities = Cities(Library(), geography(), Names({"merida"}))
    first, made = cities.of_row("Mérida ", "ES", "", {"ES": "Europe/Madrid"})
    assert made is not None
    assert (first, made.name, made.time_zone) == ("merida-es", "Mérida", "Europe/Madrid")
    assert cities.of_row("MERIDA", "Spain", "", {}) == (first, None)
    assert cities.of_row("Mérida", "VE", "", {})[0] == "merida-ve"
    with pytest.raises(WrongCellError) as several:
        cities.known("Merida", None)
    assert several.value.why is Why.CITY_UNCLEAR
    # An id is no name of a city in another country.
    assert cities.of_row("merida-es", "VE", "", {})[0] == "merida-es-ve"
    assert cities.known("merida-es", "ES") == cities.known("merida-es", None) == "merida-es"
    assert slug("São João d'Été") == "sao-joao-d-ete"
    assert folded("Ærø") == folded("AERO")


ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip())


def loaded(text: str) -> Commitment:
    place = FilePlace("commitments/x-2024.md", FileRole.ENTRY, "commitments", "x-2024")
    parsed = parse(text.encode(), place, place.path)
    assert isinstance(parsed.content, EntryContent), parsed.problems
    record = parsed.content.entry.record
    assert isinstance(record, Commitment)
    return record


@given(
    words=ANY_TEXT,
    note=ANY_TEXT,
    value=st.decimals(0, 100, allow_nan=False, allow_infinity=False, places=4),
    result=st.decimals(1 - 10**15, 10**15 - 1, allow_nan=False, allow_infinity=False, places=6),
)
def test_whatever_is_written_into_a_file_is_read_from_it_to_the_letter(
    words: str, note: str, value: Decimal, result: Decimal
) -> None:
    row = {
        "city": "x", "made": "2024", "due": "2030", "kind": "change", "indicator": "waste", "direction": "down",
        "value": f"{value:f}", "unit": "%", "baseline": f"{result:f}", "baseline_unit": "t", "text": words,
        "sector": note, "note": note, "ref": "1", "result": f"{result:f}", "result_text": words,
    }  # fmt: skip
    record = loaded(commitment_file("x-2024", "X", [row], ["a"], 1).text)
    assert as_row(told_by(record, record.targets[0], record.published[0])) == row


def test_a_promise_without_words_is_told_by_its_figures() -> None:
    row = {"kind": "change", "indicator": "w", "indicator_name": "Waste", "direction": "down", "value": "20",
           "unit": "%", "baseline_year": "2020"}  # fmt: skip
    assert promise_of(row) == "Waste: cut by 20 % compared with 2020."
    assert promise_of({**row, "kind": "level", "value_to": "30", "unit": "t"}) == "Waste: at most 20 to 30 t."
    assert result_of({"result": "14", "result_unit": "% of target"}).startswith("14 % of the target is done")


ITEM = ["  - target: a", '    source: "S"']


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_a_result_is_put_where_results_stand_and_nothing_else_moves(ending: str) -> None:
    head = [
        "---",
        "targets:",
        "  - id: a",
        "published:  # known",
        "- target: b",
        "  text: x",
        "# remark",
        "sources:",
    ]
    rest = ["  - S", "---", "", "Body"]
    found = with_results(ending.join([*head, *rest]), ITEM)
    item = ["- target: a", '  source: "S"']
    assert found == ending.join([*head[:6], *item, *head[6:], *rest])
    assert with_results(ending.join(["---", "city: x", "sources: []", "---"]), ITEM) == ending.join(
        ["---", "city: x", "published:", *ITEM, "sources: []", "---"]
    )
    assert with_results("published: [{target: a}]", ITEM) is None
    assert with_results("---\npublished: [{target: a}]\n---\n", ITEM) is None


def test_new_indicators_are_added_at_the_end() -> None:
    assert (
        with_indicators("a:\n  label: A", {"b": 'B "x"'})
        == 'a:\n  label: A\nb:\n  label:\n    en: "B \\"x\\""\n'
    )


def test_the_handbook_names_every_column_and_says_which_are_needed() -> None:
    handbook = (Path(__file__).parents[2] / "docs" / "admin.md").read_text(encoding="utf-8")
    for what, columns in FIELDS.items():
        keys = (f"**{field.key}**" if field.needed else field.key for field in columns)
        assert f"| `{what}` | {', '.join(keys)} |" in handbook
