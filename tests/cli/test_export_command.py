"""`focal export`: clean tables for an analyst, and for whoever brings them in again."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from test_command_line import ROOT, focal

from bot.cli import main
from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Value, Words
from bot.domain.drafts import Draft
from bot.domain.exports import What
from bot.domain.imports.columns import FIELDS
from bot.domain.imports.columns import What as Incoming
from bot.domain.outgoing import DeliveryState
from bot.domain.people import MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.domain.publication import Edition, EditionDocument, Format, Scope
from bot.domain.questionnaires import Form
from bot.domain.questions import Author, LookupOutcome, QuestionState
from bot.domain.reports import Report, ReportState, SourceKind
from bot.domain.tables import unguarded
from bot.storage.database import Database

NOW = datetime(2026, 11, 3, 9, tzinfo=UTC)
SARI, BUDI, ASKER = 5_000_000_777, 5_000_000_888, 5_000_000_999
NAME = "Sari Canary-4471"
FORMULA = '=HYPERLINK("http://evil.example","click")'
WORKED = '-- first;\n@second "line", 泗水'
FILES = (
    "topics.yaml",
    "indicators.yaml",
    *(f"cities/{city}.md" for city in ("sibu", "surabaya", "ulsan")),
    *(f"commitments/{city}-2007.md" for city in ("sibu", "surabaya", "ulsan")),
    "practices/surabaya-community-composting.md",
)


def without_links(text: str) -> str:
    """An entry without its body, and without what leads to entries that are not there."""
    front = text.split("\n---\n")[0]
    return re.sub(r"^related:\n(?: .*\n?)+", "", front, flags=re.MULTILINE) + "\n---\nText.\n"


def given(value: Value | None, raw: str = "", **more: Any) -> Answer:
    state = AnswerState.GIVEN if value is not None else AnswerState.SKIPPED
    return Answer(state, SARI, NOW, value, raw, told_by=NAME, **more)


ANSWERS = {
    "state@2007a": given(Codes(("measured",))),
    "result@2007a": given(Amount(Decimal("-12.50"), "%"), "minus 12,50 %"),
    "year@2007a": given(Day("2026")),
    "said@2007a": given(Codes(("reached",))),
    "note@2007a": given(Words(FORMULA), FORMULA),
    "level@2007b": given(Codes(("3",))),
    "worked": given(Words(WORKED), WORKED),
    "help": given(Codes(("advice", "money"))),
    "learnt": given(Codes(("surabaya",)), "surabya"),
    "anything": given(None, because="+1 for the next year"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A network in which everything has happened that tables tell of."""
    folder = tmp_path_factory.mktemp("network")
    (folder / "data").mkdir()
    for name in FILES:
        target = folder / "knowledge" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        text = (ROOT / "knowledge" / name).read_text(encoding="utf-8")
        target.write_text(without_links(text) if target.suffix == ".md" else text, encoding="utf-8")
    shutil.copytree(ROOT / "schedules", folder / "schedules")
    database = Database(f"sqlite:///{folder / 'data' / 'focal.db'}")
    database.upgrade()
    database.run_now(reports)
    database.run_now(the_rest)
    database.close()
    return folder / "data"


def sent(work: UnitOfWork, city: str, version: int, state: ReportState, **more: Any) -> None:
    found = work.drafts.find(Form.PROGRESS, city, "2026", "", source=SourceKind.QUESTIONNAIRE)
    draft = found or work.drafts.add(Draft(0, Form.PROGRESS, city, "progress", NOW, NOW, "2026"))
    report = Report(
        0,
        draft.id,
        version,
        f"{city}-2026",
        version,
        Form.PROGRESS,
        city,
        "progress",
        "abc",
        {**ANSWERS, **more.pop("answers", {})},
        SARI,
        NOW + timedelta(hours=version),
        "2026",
        source_note=f"told by {NAME}",
    )
    kept = work.reports.add(report)
    decided = replace(kept, state=state, decided_at=NOW + timedelta(days=1), reviewer=BUDI, **more)
    work.reports.save(decided, kept)


def reports(work: UnitOfWork) -> None:
    """Sibu's accepted report was amended; that of Ulsan was returned."""
    old = {"result@2007a": given(Amount(Decimal("-2"), "%"), "-2 %")}
    sent(work, "sibu", 1, ReportState.ACCEPTED, answers=old)
    sent(work, "sibu", 2, ReportState.ACCEPTED, judged={"2007b": "4"})
    sent(work, "ulsan", 1, ReportState.RETURNED, returned={"worked": "@reviewer: please explain"})


def the_rest(work: UnitOfWork) -> None:
    for person, city in ((SARI, "sibu"), (BUDI, "ulsan"), (ASKER, None)):
        work.people.seen(person, "en", NOW)
        if city is not None:
            work.people.introduce(person, f"{NAME} {person}", "Head", NOW)
            work.people.join(person, Role.FOCAL_POINT, city, MembershipState.ACTIVE, NOW)
    asked = work.questions.add(ASKER, "fr", "@qui pèse ?", NOW)
    work.questions.write(asked.id, Author.SECRETARIAT, "+ les camions", NOW + timedelta(hours=30))
    work.questions.set_state(asked.id, QuestionState.ANSWERED)
    work.questions.add(ASKER, "zh", "还有吗？", NOW)
    for words in ("Bokashi", "bokashi", "BOKASHI  ", "=1+1"):
        work.lookups.add(words, "en", LookupOutcome.NOTHING, [], NOW)
    work.lookups.add("bokashi", "fr", LookupOutcome.NOTHING, [], NOW + timedelta(days=1))
    work.lookups.add("compost", "en", LookupOutcome.FOUND, ["basket-composting"], NOW)
    announced = Announcement(
        0, BUDI, NOW, AnnouncementState.SENT, {"en": "The <b>cycle</b> opens", "fr": "Le cycle s’ouvre"}
    )
    number = work.announcements.add(announced).id
    work.announcements.send_to(number, {SARI: None, BUDI: None, ASKER: None}, NOW)
    fates = {SARI: ("en", DeliveryState.SENT), BUDI: ("fr", DeliveryState.SENT)}
    for message in work.outbox.claim(9, NOW, frozenset()):
        language, state = fates.get(message.chat_id, (None, DeliveryState.BLOCKED))
        work.outbox.settle(replace(message, state=state, language=language, message_id=7), NOW)
    work.announcements.read(number, SARI, NOW + timedelta(hours=1))
    digest = work.blobs.put(b"x" * 2048, NOW, for_good=True)
    documents = (EditionDocument(Format.PDF, "zh", digest, 2048),)
    work.editions.add(
        Edition(0, "commitments-2026-1", Scope(cycle="2026"), NOW, "c" * 64, NOW, "quiet-heron-12", documents)
    )


@dataclass(frozen=True)
class Ran:
    returncode: int
    stdout: str
    stderr: str


def run(data: Path, *words: str) -> Ran:
    """The command in this process, on a few cities: a process of its own for each of these takes minutes."""
    out, err = io.TextIOWrapper(io.BytesIO(), "utf-8", newline=""), io.StringIO()
    with pytest.MonkeyPatch.context() as patch:
        for name in [name for name in os.environ if name.startswith("FOCAL_")]:
            patch.delenv(name)
        patch.setenv("FOCAL_DATA", str(data))
        patch.setenv("FOCAL_KNOWLEDGE", str(data.parent / "knowledge"))
        patch.setattr(sys, "argv", ["focal", "export", *words])
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        try:
            main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
    out.flush()
    return Ran(code, out.buffer.getvalue().decode(), err.getvalue())


def export(data: Path, *words: str) -> list[dict[str, str]]:
    told = run(data, *words, "--format", "csv")
    assert told.returncode == (1 if "no rows" in told.stderr else 0), told.stderr
    reader = csv.reader(io.StringIO(told.stdout.removeprefix("\ufeff"), newline=""))
    header = next(reader)
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in header)
    assert len(set(header)) == len(header)
    return [{key: unguarded(cell) for key, cell in zip(header, row, strict=True)} for row in reader]


def as_excel(data: Path, tmp_path: Path, *words: str) -> list[dict[str, Any]]:
    file = tmp_path / "table.xlsx"
    told = run(data, *words, "--format", "xlsx", "--out", str(file))
    assert told.returncode == 0, told.stderr
    header, *rows = load_workbook(file).active.values
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_every_target_of_a_report_is_a_row_with_what_was_promised_told_and_computed(data: Path) -> None:
    rows = export(data, "results", "--state", "accepted")
    assert [(row["city"], row["version"], row["target"]) for row in rows] == [
        ("sibu", "2", "a"),
        ("sibu", "2", "b"),
    ], "an older version that was accepted does not count any more"
    first, second = rows
    wanted = {
        "city_name": "Sibu",
        "country": "MY",
        "cycle": "2026",
        "report": "sibu-2026",
        "state": "accepted",
        "counts": "yes",
        "source_kind": "questionnaire",
        "sent_at": "2026-11-03T11:00:00Z",
        "accepted_at": "2026-11-04T09:00:00Z",
        "commitment": "sibu-2007",
        "target_ref": "2007a",
        "kind": "change",
        "indicator": "waste-generation",
        "target_value": "-10",
        "target_value_to": "-15",
        "unit": "%",
        "baseline": "",
        "due": "2010",
        "result_year": "2026",
        "result": "-12.50",
        "result_unit": "%",
        "result_kind": "measured",
        "as_change": "yes",
        "status_said": "reached",
        "status": "reached",
        "share": "125.0",
        "words_typed": "minus 12,50 %",
        "result_text": FORMULA,
    }
    assert {key: first[key] for key in wanted} == wanted
    assert (second["level"], second["judged"], second["status"]) == ("3", "4", "reached")


def test_excel_has_the_same_with_real_types(data: Path, tmp_path: Path) -> None:
    row = as_excel(data, tmp_path, "results", "--state", "accepted")[0]
    assert (row["result"], row["target_value"], row["version"]) == (-12.5, -10, 2)
    assert row["sent_at"] == datetime(2026, 11, 3, 11)
    assert row["result_text"] == FORMULA
    assert row["baseline"] is None


def test_without_a_state_sources_stand_beside_reports_and_say_so(data: Path) -> None:
    rows = export(data, "results")
    assert {row["state"] for row in rows} == {"accepted", "published"}
    surabaya = next(row for row in rows if row["city"] == "surabaya")
    assert (surabaya["state"], surabaya["source"]) == ("published", "K table 1")
    assert {row["state"] for row in export(data, "results", "--state", "published")} == {"published"}
    assert {row["city"] for row in export(data, "results", "--cycle", "2026")} == {"sibu"}


def test_tables_are_narrowed(data: Path) -> None:
    assert {row["city"] for row in export(data, "results", "--state", "returned")} == {"ulsan"}
    every = export(data, "results", "--state", "all", "--cycle", "2026")
    assert {(row["report"], row["version"], row["counts"]) for row in every} == {
        ("sibu-2026", "1", "no"),
        ("sibu-2026", "2", "yes"),
        ("ulsan-2026", "1", "no"),
    }
    assert {row["country"] for row in export(data, "commitments", "--country", "my")} == {"MY"}
    on_recycling = {row["city"] for row in export(data, "commitments", "--topic", "recycling")}
    assert "Sibu" in on_recycling
    assert on_recycling < {row["city"] for row in export(data, "commitments")}
    assert {row["city"] for row in export(data, "answers", "--country", "KR", "--state", "all")} == {"ulsan"}


def test_answers_stand_below_each_other_with_the_words_that_were_typed(data: Path) -> None:
    rows = {row["key"]: row for row in export(data, "answers")}
    assert list(rows) == list(ANSWERS)
    result = rows["result@2007a"]
    assert (result["question"], result["target_ref"], result["means"]) == ("result", "2007a", "result")
    assert (result["number"], result["unit"], result["words_typed"]) == ("-12.50", "%", "minus 12,50 %")
    assert rows["note@2007a"]["value"] == FORMULA
    assert rows["worked"]["value"] == rows["worked"]["words_typed"] == WORKED
    assert rows["help"]["value"] == "advice; money"
    assert (rows["anything"]["answer_state"], rows["anything"]["reason"]) == (
        "skipped",
        "+1 for the next year",
    )
    returned = {row["key"]: row for row in export(data, "answers", "--state", "returned")}
    assert returned["worked"]["returned_because"] == "@reviewer: please explain"


def test_answers_to_a_question_that_was_renamed_stay_its_answers(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data.parent, tmp_path, dirs_exist_ok=True)
    renamed = tmp_path / data.name
    questions = tmp_path / "schedules" / "questionnaires" / "progress.yaml"
    text = questions.read_text(encoding="utf-8")
    for old, new in (("learnt", "learned-from"), ("result", "outcome")):
        assert f"  - id: {old}\n" in text
        text = text.replace(f"  - id: {old}\n", f"  - id: {new}\n    formerly: [{old}]\n")
    questions.write_text(text, encoding="utf-8")
    (learnt,) = export(renamed, "replications")
    assert learnt["learnt_from"] == "surabaya"
    assert "outcome@2007a" in {row["key"] for row in export(renamed, "answers")}
    typed = [row["words_typed"] for row in export(renamed, "results", "--state", "accepted")]
    assert "minus 12,50 %" in typed


def test_answers_side_by_side_are_a_row_for_each_report(data: Path, tmp_path: Path) -> None:
    rows = export(data, "answers", "--shape", "wide", "--state", "all")
    assert [(row["report"], row["version"]) for row in rows] == [
        ("sibu-2026", "1"),
        ("sibu-2026", "2"),
        ("ulsan-2026", "1"),
    ]
    assert [row["result_2007a"] for row in rows] == ["-2", "-12.50", "-12.50"]
    assert rows[0]["result_2007a_unit"] == "%"
    assert rows[0]["worked"] == WORKED
    assert as_excel(data, tmp_path, "answers", "--shape", "wide")[0]["result_2007a"] == -12.5


def test_results_side_by_side_are_a_row_for_each_target(data: Path) -> None:
    rows = export(data, "results", "--shape", "wide")
    sibu = next(row for row in rows if (row["city"], row["target"]) == ("sibu", "a"))
    assert (sibu["result_2026"], sibu["status_2026"]) == ("-12.50", "reached")
    assert (sibu["result_published"], sibu["status_published"]) == ("-2", "not-reached")
    keys = [(row["commitment"], row["target"]) for row in rows]
    assert len(set(keys)) == len(keys)


def test_the_network_s_own_tables(data: Path) -> None:
    first, second = export(data, "questions")
    assert (first["state"], first["language"], first["words"]) == ("answered", "fr", "@qui pèse ?")
    assert (first["answer"], first["waiting_hours"]) == ("+ les camions", "30")
    assert (second["state"], second["answered_at"]) == ("open", "")
    assert Decimal(second["waiting_hours"]) > 0
    assert len(export(data, "questions", "--state", "open")) == 1
    assert [(row["words"], row["language"], row["times"]) for row in export(data, "misses")] == [
        ("BOKASHI  ", "en", "3"),
        ("=1+1", "en", "1"),
        ("bokashi", "fr", "1"),
    ]
    (learnt,) = export(data, "replications")
    assert (learnt["city"], learnt["learnt_from"], learnt["in_network"], learnt["words_typed"]) == (
        "sibu",
        "surabaya",
        "yes",
        "surabya",
    )
    (edition,) = export(data, "editions")
    assert (edition["edition"], edition["cycle"], edition["format"], edition["size"]) == (
        "commitments-2026-1",
        "2026",
        "pdf",
        "2048",
    )


def test_announcements_are_counted_and_their_deliveries_name_nobody(data: Path) -> None:
    counted = {row["language"]: row for row in export(data, "announcements")}
    assert {language: row["recipients"] for language, row in counted.items()} == {
        "": "1",
        "en": "1",
        "fr": "1",
    }
    assert (counted["en"]["sent"], counted["en"]["read"], counted["en"]["words"]) == (
        "1",
        "1",
        "The cycle opens",
    )
    assert counted[""]["blocked"] == "1"
    rows = export(data, "announcements", "--shape", "long")
    assert [(row["city"], row["role"], row["language"], row["delivery"]) for row in rows] == [
        ("", "visitor", "", "blocked"),
        ("sibu", "focal_point", "en", "sent"),
        ("ulsan", "focal_point", "fr", "sent"),
    ]
    assert rows[1]["read_at"] == "2026-11-03T10:00:00Z"


@pytest.mark.parametrize("what", What)
def test_no_table_names_anybody(data: Path, what: What) -> None:
    shapes = ("long",) if what not in (What.RESULTS, What.ANSWERS, What.ANNOUNCEMENTS) else ("long", "wide")
    for shape in shapes:
        state = ("--state", "all") if what in (What.RESULTS, What.ANSWERS, What.REPLICATIONS) else ()
        told = run(data, what, "--format", "csv", "--shape", shape, *state).stdout
        for private in (NAME, str(SARI), str(BUDI), str(ASKER), "quiet-heron-12"):
            assert private not in told


@pytest.mark.parametrize("what", [Incoming.CITIES, Incoming.COMMITMENTS, Incoming.ENTRIES])
def test_what_stands_in_files_goes_out_in_the_columns_in_which_it_comes_in(
    data: Path, what: Incoming
) -> None:
    rows = export(data, what)
    assert list(rows[0]) == [field.key for field in FIELDS[what]]
    assert all(row[field.key] for row in rows for field in FIELDS[what] if field.needed)


def test_where_nothing_fits_the_file_has_its_header_and_the_exit_code_says_so(
    data: Path, tmp_path: Path
) -> None:
    file = tmp_path / "nothing.csv"
    words = ("results", "--format", "csv", "--country", "ID", "--state", "accepted")
    told = run(data, *words, "--out", str(file))
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout == f"{file}: no rows fit what was asked for; only the header was written.\n"
    assert file.read_bytes().startswith(b"\xef\xbb\xbfcity,city_name,country,")
    to_pipe = run(data, *words)
    assert to_pipe.returncode == 1
    assert to_pipe.stdout.count("\n") == 1
    assert "no rows" in to_pipe.stderr


def test_no_database_is_made_for_being_asked(tmp_path: Path) -> None:
    folder = tmp_path / "none"
    told = focal("export", "cities", "--format", "csv", FOCAL_DATA=str(folder))
    assert told.returncode == 0
    assert "Surabaya" in told.stdout
    assert not folder.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("people", "--format", "csv"), "There is no table 'people': choose one of results, answers, "),
        (("results", "--format", "pdf"), "There is no format 'pdf': choose one of csv, xlsx."),
        (("results", "--format", "csv", "--shape", "round"), "choose one of long, wide."),
        (("cities", "--format", "csv", "--shape", "wide"), "in the table cities: choose one of long."),
        (
            ("results", "--format", "csv", "--state", "fine"),
            "in the table results: choose one of accepted, all",
        ),
        (("results", "--format", "csv", "--state", "acepted"), "accepted"),
        (("results", "--format", "csv", "--cycle", "1999"), "There is no cycle '1999'"),
        (("results", "--format", "csv", "--country", "XX"), "choose one of ID, KR, MY."),
        (("results", "--format", "csv", "--topic", "no-such"), "There is no topic 'no-such'"),
        (("misses", "--format", "csv", "--cycle", "2026"), "misses cannot be narrowed by a cycle"),
        (("results", "--format", "csv", "--out", "/no/such/folder/x.csv"), "cannot be written"),
        (("results", "--format", "csv", "--out", "/"), "is a folder"),
        (("results", "--format", "csv", "--knowledge", "/no/such"), "is not a folder"),
        (("results",), "Say what to write: --format csv or xlsx."),
        (("results", "--format", "csv", "--topic", "composing"), "'composing': did you mean `composting`?\n"),
        (("results", "--format", "csv", "--country", "INDONESIA"), "'INDONESIA': did you mean `ID`?\n"),
        (("results", "--format", "csv", "--country", "south korea"), "'south korea': did you mean `KR`?\n"),
        (
            ("results", "--format", "xlsx", "--out", "res.csv"),
            "res.csv does not end as xlsx does. Name it so: --out res.xlsx\n",
        ),
    ],
)
def test_wrong_use_is_a_sentence_with_what_there_is(data: Path, words: tuple[str, ...], said: str) -> None:
    told = run(data, *words)
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_file_is_there_whole_or_not_at_all(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "cities.csv"
    file.write_text("what was there before", encoding="utf-8")
    for _ in range(2):
        assert run(data, "cities", "--format", "csv", "--out", str(file)).returncode == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfname,country,")
    assert [one.name for one in tmp_path.iterdir()] == ["cities.csv"]
