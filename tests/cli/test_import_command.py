"""`focal import`: a whole spreadsheet, judged row by row, and put in place as a whole or not at all."""

from __future__ import annotations

import asyncio
import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from test_command_line import ROOT, focal

from bot.domain.imports.columns import FIELDS, What
from bot.domain.tables import unguarded
from bot.rehearsal.emulator import Emulator

MAPPING = ROOT / "examples" / "commitments-mapping.yaml"
SHARED = ROOT.parent / "shared" / "data" / "commitments.csv"
INJECTION = '=HYPERLINK("http://evil.example","click")'
ODD = " leading, “quotes” and 'these'\nline\u2028separator\u0085next\u2029\ttab "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content that ships."""
    shutil.copytree(ROOT / "knowledge", tmp_path / "knowledge")
    return tmp_path / "knowledge"


def state_of(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def table(path: Path, *rows: Mapping[str, str]) -> Path:
    keys = list(dict.fromkeys(key for row in rows for key in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, keys)
        writer.writeheader()
        writer.writerows(rows)
    return path


def imported(what: str, file: Path, folder: Path, *more: str) -> dict[str, Any]:
    done = focal("import", what, str(file), "--knowledge", str(folder), "--json", *more)
    assert done.stdout, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    assert done.returncode == (1 if told["rejected"] else 0), done.stderr
    return told


def exported(what: str, folder: Path, out: Path) -> list[dict[str, str]]:
    done = focal("export", what, "--format", "csv", "--knowledge", str(folder), "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8-sig", newline="") as file:
        return [{key: unguarded(cell) for key, cell in row.items()} for row in csv.DictReader(file)]


def verdict_of(told: Mapping[str, Any], row: int) -> str:
    (found,) = {each["verdict"] for each in told["verdicts"] if each["row"] == row} - {"note"}
    return str(found)


# --- all of the commitments that we were given


def is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?( percent)?", text.strip()) is not None


def is_year(text: str) -> bool:
    return re.fullmatch(r"(1[89]|2[01])\d\d", text.strip()) is not None


def reasons(row: Mapping[str, str]) -> set[str]:
    """Why this row is no commitment, by the raw columns alone: a reference that shares nothing with the importer."""
    found = set()
    if not row["city"].strip():
        found.add("no-city")
    in_words = not row["unit"]
    kind_says_it = in_words and row["target_kind"] not in ("", "No target", "Other")
    words = kind_says_it or row["raw_target"].strip()
    if row["target_kind"] == "No target" or not (row["raw_target"].strip() or words):
        found.add("no-target")
    base, due = row["raw_base_year"].strip(), row["raw_target_year"].strip()
    if (base and not is_year(base)) or (due and not is_year(due)):
        found.add("number")
    if not in_words and row["raw_target"].strip() and not is_number(row["raw_target"]):
        found.add("number")
    if any(row[key].strip() and not is_number(row[key]) for key in ("raw_baseline", "raw_achieved")):
        found.add("number")
    if is_year(base) and is_year(due) and int(due) <= int(base):
        found.add("due-not-after-baseline")
    shares = [row["raw_target"]] if row["unit"] == "% reduction" else []
    shares += [row["raw_achieved"]] if row["latest_kind"] == "percent_of_target" else []
    for share in shares:
        if is_number(share) and not 0 <= Decimal(share.removesuffix(" percent")) <= 100:
            found.add("share")
    return found


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, str]], dict[str, Any]]:
    if not SHARED.exists():
        pytest.skip(f"{SHARED.name} is not here")
    folder = tmp_path_factory.mktemp("all") / "knowledge"
    shutil.copytree(ROOT / "knowledge", folder)
    with SHARED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return folder, rows, imported("commitments", SHARED, folder, "--mapping", str(MAPPING))


Everything = tuple[Path, list[dict[str, str]], dict[str, Any]]


def test_every_row_gets_a_verdict_and_only_those_are_rejected_that_are_no_commitments(
    everything: Everything,
) -> None:
    _, rows, told = everything
    expected = {number: reasons(row) for number, row in enumerate(rows, 2)}
    rejected = {row: set[str]() for row, why in expected.items() if why}
    for each in told["verdicts"]:
        if each["verdict"] == "rejected":
            rejected[each["row"]].add(each["code"])
            assert each["column"]
            assert each["message"]
            assert each["cure"]
    assert {row: why for row, why in expected.items() if why} == rejected
    assert told["rows"] == len(rows)
    assert told["accepted"] + told["rejected"] == len(rows)
    assert all(verdict_of(told, row) == ("rejected" if why else "accepted") for row, why in expected.items())


def test_the_files_that_come_of_it_have_no_mistake(everything: Everything) -> None:
    folder, _, told = everything
    checked = focal("check", "--knowledge", str(folder), "--json")
    assert checked.returncode == 0
    assert [each for each in json.loads(checked.stdout)["problems"] if each["level"] != "note"] == []
    assert all((folder.parent / name).is_file() for name in told["files"])


def test_every_accepted_value_comes_out_as_it_went_in(everything: Everything, tmp_path: Path) -> None:
    folder, rows, told = everything
    by_ref = {row["ref"]: row for row in exported("commitments", folder, tmp_path / "out.csv") if row["ref"]}
    accepted = [row for number, row in enumerate(rows, 2) if verdict_of(told, number) == "accepted"]
    assert set(by_ref) == {row["id"] for row in accepted}
    same = {
        "baseline_year": "baseline_year",
        "baseline": "baseline",
        "baseline_unit": "baseline_unit",
        "target_year": "due",
        "target": "value",
        "latest_year": "result_year",
        "latest_value_or_percent_achieved": "result",
        "narrative": "note",
        "sector": "sector",
        "indicator": "indicator",
        "source": "source",
    }
    for row in accepted:
        out = by_ref[row["id"]]
        assert {key: row[key] for key in same} == {key: out[ours] for key, ours in same.items()}
        assert out["unit"] == row["unit"].replace("% reduction", "%")
        assert not out["direction"] or out["direction"] == {"decrease": "down"}[row["direction"]]
        assert out["country"] == (row["iso2"] or "CD")
        if not row["target"] and row["raw_target"]:
            assert out["text"] == row["raw_target"] or out["text"] == row["target_kind"]


def test_what_was_brought_in_comes_back_in_without_a_change(everything: Everything, tmp_path: Path) -> None:
    folder, _rows, told = everything
    before = state_of(folder)
    again = imported("commitments", SHARED, folder, "--mapping", str(MAPPING))
    assert (again["accepted"], again["files"]) == (0, [])
    assert again["there_already"] == told["accepted"]
    exported("commitments", folder, tmp_path / "out.csv")
    own = imported("commitments", tmp_path / "out.csv", folder)
    assert (own["accepted"], own["rejected"]) == (0, 0)
    excel = tmp_path / "out.xlsx"
    words = ("export", "commitments", "--format", "xlsx", "--knowledge", str(folder), "--out", str(excel))
    assert focal(*words).returncode == 0
    own = imported("commitments", excel, folder)
    assert (own["accepted"], own["rejected"]) == (0, 0)
    assert state_of(folder) == before


# --- rows of our own

PROMISE = {
    "city": "Testville", "country": "FR", "made": "2024", "due": "2030", "kind": "change",
    "indicator": "Waste generation", "direction": "down", "value": "20.50", "unit": "%",
}  # fmt: skip


def test_a_promise_comes_out_as_the_file_that_an_admin_would_have_written(
    folder: Path, tmp_path: Path
) -> None:
    told = imported("commitments", table(tmp_path / "a.csv", PROMISE), folder)
    assert told["files"] == ["knowledge/cities/testville.md", "knowledge/commitments/testville-2024.md"]
    assert (folder / "cities/testville.md").read_text() == (
        '---\ntitle:\n  en: "Testville"\ncountry: FR\ntime_zone: Europe/Paris\n---\n'
    )
    text = (folder / "commitments/testville-2024.md").read_text()
    keys = re.findall(r"^([a-z_]+):", text, re.MULTILINE)
    assert keys == ["title", "summary", "places", "city", "made", "due", "targets", "related"]
    assert '    direction: down\n    value: "-20.50"\n    unit: "%"\n    due: 2030\n' in text


def test_what_spreadsheets_and_yaml_would_change_comes_back_to_the_letter(
    folder: Path, tmp_path: Path
) -> None:
    row = {**PROMISE, "text": INJECTION, "note": ODD, "sector": "'=1+1", "ref": "-1"}
    assert imported("commitments", table(tmp_path / "a.csv", row), folder)["accepted"] == 1
    (out,) = [r for r in exported("commitments", folder, tmp_path / "o.csv") if r["city"] == "Testville"]
    # A text that was guarded on its way in is meant without the guard.
    assert {k: out[k] for k in row} == {**row, "sector": "=1+1", "indicator": "Waste generation"}
    assert focal("check", "--knowledge", str(folder)).returncode == 0


@pytest.mark.parametrize(
    ("change", "column", "code"),
    [
        ({"city": " "}, "city", "no-city"),
        ({"value": "", "text": "", "note": ""}, "value", "no-target"),
        ({"kind": "none"}, "kind", "no-target"),
        ({"value": "some"}, "value", "number"),
        ({"value": "1,234"}, "value", "number"),
        ({"value": "100.01"}, "value", "share"),
        ({"value": "-3"}, "value", "share"),
        ({"due": "Other: 2030"}, "due", "number"),
        ({"baseline_year": "2030"}, "due", "due-not-after-baseline"),
        ({"baseline": "n/a"}, "baseline", "number"),
        ({"result": "140", "result_unit": "% of target"}, "result", "share"),
        ({"country": "Atlantis"}, "country", "country"),
        ({"country": "US"}, "time_zone", "time-zone"),
        ({"made": ""}, "made", "no-year"),
        ({"language": "klingon"}, "language", "language"),
    ],
)
def test_a_row_that_is_no_commitment_is_rejected_with_row_column_reason_and_cure(
    folder: Path, tmp_path: Path, change: Mapping[str, str], column: str, code: str
) -> None:
    before = state_of(folder)
    told = imported("commitments", table(tmp_path / "a.csv", {**PROMISE, **change}), folder)
    (found,) = [each for each in told["verdicts"] if each["verdict"] == "rejected"]
    assert (found["row"], found["column"], found["code"]) == (2, column, code)
    assert found["message"]
    assert found["cure"]
    assert state_of(folder) == before


@pytest.mark.parametrize(
    "change",
    [
        {"baseline": "", "result": ""},
        {"due": ""},
        {"value": "0"},
        {"value": "20 percent"},
        {"kind": "milestone", "value": "Halve it by 2030"},
        {"kind": "change", "value": "", "text": "We shall see."},
        {"direction": "", "value": "-20"},
        {"made": "2035"},
    ],
)
def test_what_is_only_incomplete_or_odd_is_a_commitment(
    folder: Path, tmp_path: Path, change: Mapping[str, str]
) -> None:
    told = imported("commitments", table(tmp_path / "a.csv", {**PROMISE, **change}), folder)
    assert (told["accepted"], told["rejected"]) == (1, 0)
    assert focal("check", "--knowledge", str(folder)).returncode == 0


def test_several_promises_of_a_year_share_a_file_and_later_ones_get_their_own(
    folder: Path, tmp_path: Path
) -> None:
    two = table(tmp_path / "a.csv", PROMISE, {**PROMISE, "indicator": "Recycling", "due": "2035"})
    assert imported("commitments", two, folder)["accepted"] == 2
    first = (folder / "commitments/testville-2024.md").read_bytes()
    more = table(tmp_path / "b.csv", PROMISE, {**PROMISE, "indicator": "Litter"})
    told = imported("commitments", more, folder)
    assert [verdict_of(told, 2), verdict_of(told, 3)] == ["there already", "accepted"]
    assert (folder / "commitments/testville-2024.md").read_bytes() == first
    assert "  - id: c\n" in (folder / "commitments/testville-2024-2.md").read_text()
    assert focal("check", "--knowledge", str(folder)).returncode == 0


def test_cities_of_one_name_in_two_countries_are_two_and_of_two_spellings_are_one(
    folder: Path, tmp_path: Path
) -> None:
    rows = [{**PROMISE, "city": name, "country": land, "ref": str(number)} for number, (name, land) in enumerate(
        [("Córdoba", "ES"), ("Cordoba ", "Spain"), ("CÓRDOBA", "CO")]
    )]  # fmt: skip
    rows = [{**row, "time_zone": "Europe/Madrid" if row["country"] != "CO" else ""} for row in rows]
    told = imported("commitments", table(tmp_path / "a.csv", *rows), folder)
    cities = [name for name in told["files"] if "/cities/" in name]
    assert cities == ["knowledge/cities/cordoba-co.md", "knowledge/cities/cordoba.md"]


def test_forty_cities_from_excel(folder: Path, tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    book.active.append(["Name", "Country", "Languages", "Weekend", "Topics"])
    for number in range(40):
        book.active.append([f"New City {number}", "Japan", "ja; en", "sat; sun", "composting"])
    book.active.append(["Nowhere", "JP", "klingon", "", ""])
    book.active.append(["Ulsan", "KR", "", "", ""])
    book.save(tmp_path / "cities.xlsx")
    told = imported("cities", tmp_path / "cities.xlsx", folder)
    assert (told["accepted"], told["rejected"], told["there_already"]) == (40, 1, 1)
    (wrong,) = [each for each in told["verdicts"] if each["verdict"] == "rejected"]
    assert (wrong["row"], wrong["column"]) == (42, "Languages")
    assert focal("check", "--knowledge", str(folder)).returncode == 0
    assert {row["id"] for row in exported("cities", folder, tmp_path / "o.csv")} >= {
        "new-city-0",
        "new-city-39",
    }


def test_results_of_past_years_go_into_the_file_that_is_there_and_every_other_byte_stays(
    folder: Path, tmp_path: Path
) -> None:
    file = folder / "commitments/ulsan-2007.md"
    before = file.read_text(encoding="utf-8")
    rows = [
        {
            "city": "Ulsan",
            "target": "b",
            "result": "63.10",
            "result_unit": "%",
            "result_year": "2011",
            "source": "R",
        },
        {"city": "ulsan", "target": "z", "result": "1", "result_unit": "", "result_year": "", "source": "R"},
        {
            "city": "Ulsan",
            "target": "a",
            "result": "",
            "result_unit": "",
            "result_year": "2011",
            "source": "R",
        },
    ]
    sheet = table(tmp_path / "r.csv", *rows)
    told = imported("results", sheet, folder)
    assert [verdict_of(told, row) for row in (2, 3, 4)] == ["accepted", "rejected", "rejected"]
    after = file.read_text(encoding="utf-8")
    added = (
        '  - target: b\n    value: "63.10"\n    unit: "%"\n    year: 2011\n    text:\n'
        '      en: "Published: 63.10 %."\n    source: "R"\n'
    )
    assert after == before.replace("said:\n", added + "said:\n")
    assert verdict_of(imported("results", sheet, folder), 2) == "there already"
    assert file.read_text(encoding="utf-8") == after
    assert focal("check", "--knowledge", str(folder)).returncode == 0


def test_practices_come_in_with_their_text(folder: Path, tmp_path: Path) -> None:
    row = {
        "kind": "practices", "title": "Bins: for everybody", "summary": "Fewer rats.", "topics": "composting",
        "places": "Ulsan; Elsewhere", "text": "First.\n\nSecond **bold**.", "sources": "A; B",
    }  # fmt: skip
    rows = [row, {**row, "title": "No", "topics": "x"}, {**row, "kind": "cities"}]
    told = imported("entries", table(tmp_path / "e.csv", *rows), folder)
    assert [verdict_of(told, number) for number in (2, 3, 4)] == ["accepted", "rejected", "rejected"]
    text = (folder / "practices/bins-for-everybody.md").read_text()
    assert text.endswith("---\n\nFirst.\n\nSecond **bold**.\n")
    assert '  - "ulsan"' in text
    assert focal("check", "--knowledge", str(folder)).returncode == 0
    assert verdict_of(imported("entries", tmp_path / "e.csv", folder), 2) == "there already"


PEOPLE = (
    {"role": "focal_point", "city": "Ulsan", "note": "=cmd"},
    {"role": "deputy", "city": "", "note": ""},
    {"role": "admin", "city": "", "note": "the new one"},
)


def test_links_for_people_need_a_file_and_a_bot(folder: Path, tmp_path: Path) -> None:
    sheet = table(tmp_path / "p.csv", *PEOPLE)
    words = ("import", "people", str(sheet), "--knowledge", str(folder))
    settings = {"FOCAL_DATA": str(tmp_path)}
    assert focal(*words, **settings).returncode == 2
    tried = focal(*words, "--dry-run", **settings)
    assert tried.returncode == 1
    assert "Would make 2 one-time links" in tried.stdout
    done = focal(*words, "--out", str(tmp_path / "links.csv"), **settings)
    assert done.returncode == 2
    assert "bot's name" in done.stderr
    assert not (tmp_path / "links.csv").exists()


async def test_people_get_links_that_stand_in_one_file_only(folder: Path, tmp_path: Path) -> None:
    sheet, links = table(tmp_path / "p.csv", *PEOPLE), tmp_path / "links.csv"
    words = ("import", "people", str(sheet), "--knowledge", str(folder), "--out", str(links))
    async with Emulator.serve() as emulator:
        there = {"FOCAL_TOKEN": emulator.token, "FOCAL_API_URL": emulator.base_url}
        settings = {"FOCAL_DATA": str(tmp_path), "FOCAL_KNOWLEDGE": str(folder), **there}
        done = await asyncio.to_thread(lambda: focal(*words, **settings))
    assert done.returncode == 1, done.stderr
    assert "start=" not in done.stdout
    with links.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["role"], row["city"], unguarded(row["note"])) for row in rows] == [
        ("focal_point", "ulsan", "=cmd"),
        ("admin", "", "the new one"),
    ]
    assert len({row["link"] for row in rows}) == 2


# --- whatever goes wrong, nothing is half done


def test_a_dry_run_changes_nothing_and_says_what_would_be(folder: Path, tmp_path: Path) -> None:
    before = state_of(folder)
    file = table(tmp_path / "a.csv", PROMISE, {**PROMISE, "value": "x"})
    verdicts = tmp_path / "v.csv"
    done = focal(
        "import",
        "commitments",
        str(file),
        "--knowledge",
        str(folder),
        "--dry-run",
        "--verdicts",
        str(verdicts),
    )
    assert done.returncode == 1
    assert state_of(folder) == before
    assert "row 3, column value" in done.stdout
    assert "Would write 2 files" in done.stdout
    with verdicts.open(encoding="utf-8-sig", newline="") as told:
        assert {(row["row"], row["verdict"]) for row in csv.DictReader(told)} >= {
            ("2", "accepted"), ("3", "rejected"),
        }  # fmt: skip


def test_of_many_rejections_the_first_are_told_and_the_others_counted_by_reason(
    folder: Path, tmp_path: Path
) -> None:
    rows = [{**PROMISE, "value": "x"}] * 23 + [{**PROMISE, "city": ""}] * 2
    file = table(tmp_path / "a.csv", *rows)
    words = ("import", "commitments", str(file), "--knowledge", str(folder), "--dry-run")
    done = focal(*words)
    assert done.returncode == 1
    first, rest = done.stdout.splitlines()[:20], done.stdout.splitlines()[20:]
    assert all(line.startswith("rejected: row ") for line in first)
    assert rest[0] == "… and 5 more. Why, in all: number 23, no-city 2. All of them: --verdicts FILE.csv"
    assert rest[1] == "25 rows: 0 accepted, 25 rejected."
    verdicts = tmp_path / "v.csv"
    done = focal(*words, "--verdicts", str(verdicts))
    assert f"All of them: {verdicts}\n" in done.stdout
    assert len(imported("commitments", file, folder, "--dry-run")["verdicts"]) >= 25


@pytest.mark.parametrize("wish", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_ctrl_c_in_the_middle_leaves_nothing(folder: Path, tmp_path: Path, wish: signal.Signals) -> None:
    sheet = table(tmp_path / "a.csv", *({**PROMISE, "ref": str(number)} for number in range(60_000)))
    (tmp_path / "scratch").mkdir()
    before = state_of(folder)
    words = [sys.executable, "-m", "bot", "import", "commitments", str(sheet), "--knowledge", str(folder)]
    words += ["--verdicts", str(tmp_path / "v.csv")]
    environment = {**os.environ, "TMPDIR": str(tmp_path / "scratch")}
    with subprocess.Popen(words, cwd=ROOT, env=environment, stderr=subprocess.PIPE) as running:
        while not list((tmp_path / "scratch").glob("focal-import-*/groups/*")):
            assert running.poll() is None, running.stderr and running.stderr.read()
            time.sleep(0.02)
        running.send_signal(wish)
        assert running.wait(30) != 0
    assert state_of(folder) == before
    assert list((tmp_path / "scratch").iterdir()) == []
    assert not (tmp_path / "v.csv").exists()


def test_a_mapping_with_mistakes_is_told_with_line_and_column(folder: Path, tmp_path: Path) -> None:
    file = table(tmp_path / "a.csv", PROMISE)
    mapping = tmp_path / "m.yaml"
    mapping.write_text(
        "what: commitments\ncolumns:\n  citty: city\n  made:\n    colum: made\nzones:\n  FR: Paris\n"
    )
    done = focal("import", "commitments", str(file), "--mapping", str(mapping), "--knowledge", str(folder))
    assert done.returncode == 2
    assert "m.yaml:3:3: error" in done.stderr
    assert "did you mean `city`?" in done.stderr
    assert "m.yaml:5:5: error" in done.stderr
    assert "m.yaml:7:" in done.stderr
    mapping.write_text("what: commitments\ncolumns:\n  city: town\n  made: made\n")
    done = focal("import", "commitments", str(file), "--mapping", str(mapping), "--knowledge", str(folder))
    assert done.returncode == 2
    assert "“town”" in done.stderr


def test_wrong_use_is_explained(folder: Path, tmp_path: Path) -> None:
    assert focal("import", "dogs", "x.csv").returncode == 2
    assert focal("import", "cities", str(tmp_path / "none.csv")).returncode == 2
    no_column = focal(
        "import", "cities", str(table(tmp_path / "a.csv", {"country": "FR"})), "--knowledge", str(folder)
    )
    assert no_column.returncode == 2
    assert "“name”" in no_column.stderr
    assert "--template" in no_column.stderr


@pytest.mark.parametrize("what", list(What))
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_a_template_has_every_column_and_imports_as_nothing(
    folder: Path, tmp_path: Path, what: What, ending: str
) -> None:
    path = tmp_path / f"t.{ending}"
    assert focal("import", what, "--template", str(path)).returncode == 0
    if ending == "xlsx":
        book = load_workbook(path)
        assert book.sheetnames == [what.value, "notes"]
        assert [cell.value for cell in book[what.value][1]] == [field.key for field in FIELDS[what]]
    told = imported(what, path, folder, "--dry-run")
    assert (told["rows"], told["files"]) == (0, [])
