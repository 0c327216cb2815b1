"""Row by row: what a table says is taken over to the letter, told of where it is not, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

import pytest

from bot.content.folder import FilePlace, FileRole
from bot.content.geography import geography
from bot.content.names import is_id
from bot.content.parse import parse
from bot.content.parsed import EntryContent
from bot.documents.table_templates import template
from bot.documents.tables_in import SheetRow, rows_of
from bot.domain.assessment import Status, assess
from bot.domain.assessment import Why as Because
from bot.domain.commitments import UNIT_NOT_STATED, City, Commitment, Indicator
from bot.domain.entries import Entry, Library
from bot.domain.imports.columns import What
from bot.domain.imports.verdicts import Finding
from bot.domain.imports.why import Why
from bot.domain.imports.writing import as_row, told_by
from bot.domain.published import as_result
from bot.domain.words import LocalText
from bot.services.importing.ground import Shelf
from bot.services.importing.run import Outcome, run

PROMISE = {
    "city": "Testville", "country": "FR", "made": "2020", "due": "2030", "kind": "change",
    "indicator": "Waste", "direction": "down", "value": "20", "unit": "%",
}  # fmt: skip


class Judged(NamedTuple):
    outcome: Outcome
    found: list[Finding]
    folder: Path

    @property
    def whys(self) -> set[Why]:
        return {each.why for each in self.found}

    def commitment(self) -> Commitment:
        (name,) = (name for name in self.outcome.files if name.startswith("commitments/"))
        entry_id = name.removeprefix("commitments/").removesuffix(".md")
        place = FilePlace(name, FileRole.ENTRY, "commitments", entry_id)
        parsed = parse((self.folder / "out" / name).read_bytes(), place, name)
        assert isinstance(parsed.content, EntryContent), parsed.problems
        record = parsed.content.entry.record
        assert isinstance(record, Commitment)
        return record


def judged(
    folder: Path,
    what: What,
    *rows: Mapping[str, str],
    library: Library | None = None,
    files: Mapping[str, str] = MappingProxyType({}),
) -> Judged:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    table = [keys, *([row.get(key, "") for key in keys] for row in rows)]
    shelf = Shelf(library or Library(), geography(), files.get)
    found: list[Finding] = []
    folder.mkdir(exist_ok=True)
    sheet = (SheetRow(number, tuple(cells)) for number, cells in enumerate(table, 1))
    return Judged(run(what, sheet, None, shelf, folder, found.append), found, folder)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"value": "", "note": "We do much already."}, Why.NO_TARGET),
        ({"kind": "milestone", "value": "", "note": "We do much already."}, Why.NO_TARGET),
        ({"value": "", "value_to": "30", "text": "Less."}, Why.END_ALONE),
        ({"kind": "milestone", "value": "", "value_to": "30", "text": "Less."}, Why.END_ALONE),
        ({"result_to": "30", "result_text": "Some."}, Why.END_ALONE),
        ({"value_to": "130"}, Why.SHARE_OF_REDUCTION),
        ({"result": "50", "result_to": "900", "result_unit": "% of target"}, Why.SHARE_OF_TARGET),
        ({"result": "150", "result_unit": "% of the target"}, Why.SHARE_OF_TARGET),
        ({"value": "500", "unit": "t"}, Why.UNIT_OF_CHANGE),
        ({"direction": "up", "value_to": "-5"}, Why.SIGN),
    ],
)
def test_what_cannot_be_a_promise_is_refused(tmp_path: Path, change: Mapping[str, str], why: Why) -> None:
    told = judged(tmp_path, What.COMMITMENTS, {**PROMISE, **change})
    assert told.whys - {Why.READ_AS, Why.NO_FIGURE} == {why}
    assert told.outcome.rejected == 1


@pytest.mark.parametrize("text", ["007", "+20", "٢٠", "２０", " 20 ", "20 percent"])
def test_a_number_that_comes_out_otherwise_than_it_was_written_is_told(tmp_path: Path, text: str) -> None:
    told = judged(tmp_path, What.COMMITMENTS, {**PROMISE, "value": text})
    assert Why.READ_AS in told.whys


@pytest.mark.parametrize("text", ["20", "20.50", "0"])
def test_of_a_plain_number_nothing_is_said(tmp_path: Path, text: str) -> None:
    assert judged(tmp_path, What.COMMITMENTS, {**PROMISE, "value": text}).whys == {Why.ACCEPTED, Why.NEW_CITY}


def test_a_unit_in_words_is_the_sign_and_told(tmp_path: Path) -> None:
    told = judged(tmp_path, What.COMMITMENTS, {**PROMISE, "unit": "per cent"})
    assert Why.READ_AS in told.whys
    assert told.commitment().targets[0].unit == "%"


def test_a_result_without_a_unit_never_takes_that_of_its_target(tmp_path: Path) -> None:
    row = {**PROMISE, "result": "4804359", "result_year": "2021", "baseline": "5000000"}
    made = judged(tmp_path, What.COMMITMENTS, row).commitment()
    target, published = made.targets[0], made.published[0]
    assert (published.value, published.unit) == (Decimal(4804359), UNIT_NOT_STATED)
    assessed = assess(target, as_result(made, target, published), made.made)
    assert (assessed.status, assessed.why) == (Status.NOT_COMPUTABLE, (Because.OTHER_UNIT,))
    assert "result_unit" not in as_row(told_by(made, target, published))


def test_where_the_target_has_no_unit_either_nothing_is_said_of_it(tmp_path: Path) -> None:
    row = {**PROMISE, "kind": "count", "unit": "", "direction": "up", "result": "3", "result_year": "2021"}
    assert judged(tmp_path, What.COMMITMENTS, row).commitment().published[0].unit is None


def test_a_city_with_the_longest_id_gets_files_that_content_checks_take(tmp_path: Path) -> None:
    city = Entry("a" * 60, "cities", LocalText({"en": "Long"}), record=City("FR", "Europe/Paris"))
    library = Library({city.id: city})
    rows = [{**PROMISE, "city": "Long", "ref": str(number)} for number in range(101)]
    told = judged(tmp_path, What.COMMITMENTS, *rows, library=library)
    assert len(told.outcome.files) == 3  # and the indicators
    for name in told.outcome.files:
        if name.startswith("commitments/"):
            place = FilePlace(name, FileRole.ENTRY, "commitments", Path(name).stem)
            assert is_id(Path(name).stem)
            assert not parse((tmp_path / "out" / name).read_bytes(), place, name).problems


def test_numbers_of_rows_are_no_remarks_and_remarks_are_counted(tmp_path: Path) -> None:
    told = judged(tmp_path, What.COMMITMENTS, {"ref": "#1", **PROMISE}, {"ref": "# mine", **PROMISE})
    assert (told.outcome.rows, told.outcome.accepted) == (1, 1)
    (note,) = (each for each in told.found if each.why is Why.REMARKS)
    assert note.values == {"count": 1}
    assert judged(tmp_path / "b", What.COMMITMENTS, {"#": "1", **PROMISE}).outcome.accepted == 1


@pytest.mark.parametrize("what", list(What))
@pytest.mark.parametrize("as_excel", [True, False])
def test_the_rows_of_a_template_are_remarks(tmp_path: Path, what: What, as_excel: bool) -> None:
    (tmp_path / "t").write_bytes(template(what, as_excel=as_excel))
    shelf = Shelf(Library(), geography(), lambda path: None)
    found: list[Finding] = []
    assert run(what, rows_of(tmp_path / "t"), None, shelf, tmp_path, found.append).rows == 0
    assert [each.why for each in found] == [Why.REMARKS]


def test_a_result_without_a_unit_is_known_again_when_it_comes_back(tmp_path: Path) -> None:
    row = {**PROMISE, "city": "Long", "result": "4804359", "result_year": "2021", "source": "S"}
    city = Entry("long", "cities", LocalText({"en": "Long"}), record=City("FR", "Europe/Paris"))
    measured = Indicator("waste", LocalText({"en": "Waste"}))
    empty = Library({"long": city}, indicators={"waste": measured})
    made = judged(tmp_path / "a", What.COMMITMENTS, row, library=empty).commitment()
    entry = Entry("long-2020", "commitments", LocalText({"en": "Long 2020"}), record=made)
    library = Library({"long": city, "long-2020": entry}, indicators={"waste": measured})
    for unit in ("", UNIT_NOT_STATED):
        again = judged(tmp_path / f"b{unit}", What.COMMITMENTS, {**row, "result_unit": unit}, library=library)
        assert again.outcome.there_already == 1
    told = {"city": "Long", "source": "S", "result": "4804359", "result_year": "2021"}
    text = (tmp_path / "a" / "out" / "commitments" / "long-2020.md").read_text(encoding="utf-8")
    known = judged(
        tmp_path / "c", What.RESULTS, told, library=library, files={"commitments/long-2020.md": text}
    )
    assert known.outcome.there_already == 1
    new = judged(
        tmp_path / "d",
        What.RESULTS,
        {**told, "result_year": "2022"},
        library=library,
        files={"commitments/long-2020.md": text},
    )
    assert [result.unit for result in new.commitment().published] == [UNIT_NOT_STATED] * 2
