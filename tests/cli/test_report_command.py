"""`focal report`: targets against results as a document, for scripts and for people."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest
from test_command_line import focal

from bot import cli, outputs, printing
from bot.domain.audit import Event
from bot.domain.errors import OperatorError
from bot.domain.ports import UnitOfWork
from bot.domain.publication import Edition, EditionDocument, Format, Scope
from bot.storage.database import Database

Report: TypeAlias = "Callable[..., Told]"
Made: TypeAlias = "Callable[..., bytes]"
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
CITY = "---\ntitle: {{en: {name}}}\ncountry: MY\ntime_zone: Asia/Kuching\nlanguages: [en]\n---\n"
COMMITMENT = """---
title: {{en: A promise}}
topics: [waste]
city: {city}
made: 2007
due: 2010
targets:
  - {{id: a, kind: change, indicator: waste, direction: down, value: "-10", unit: "%", text: {{en: "Cut it."}}}}
published:
  - {{target: a, value: "{value}", unit: "%", year: 2009, text: {{en: "It fell."}}, source: K table 1}}
---
"""
CYCLE = """
title: {en: Report 2026}
period: 2026
opens: 2026-10-01
deadline: 2026-12-15
questionnaire: progress
"""
QUESTIONS = """
title: {en: Progress report}
form: progress
questions:
  - {id: worked, type: text, means: worked, ask: {en: "What worked?"}, short: {en: What worked}}
"""


@pytest.fixture
def network(tmp_path: Path) -> Path:
    put(tmp_path, "knowledge/topics.yaml", "waste: {label: {en: Waste}}\n")
    put(tmp_path, "knowledge/indicators.yaml", "waste: {label: {en: Waste generation}}\n")
    (tmp_path / "knowledge/practices").mkdir()
    for city in ("sibu", "cebu"):
        put(tmp_path, f"knowledge/cities/{city}.md", CITY.format(name=city.title()))
        put(tmp_path, f"knowledge/commitments/{city}-2007.md", COMMITMENT.format(city=city, value="-7"))
    put(tmp_path, "knowledge/cities/quiet.md", CITY.format(name="Quiet"))
    put(tmp_path, "schedules/questionnaires/progress.yaml", QUESTIONS)
    put(tmp_path, "schedules/cycles/2026.yaml", CYCLE)
    return tmp_path


def put(folder: Path, path: str, text: str) -> None:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@dataclass(frozen=True)
class Told:
    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def report(network: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Report:
    """Runs the command in this process, with nothing of our settings but these."""

    def run(*words: str, **settings: str) -> Told:
        for name in [name for name in os.environ if name.startswith("FOCAL_")]:
            monkeypatch.delenv(name)
        for name, value in {"FOCAL_DATA": str(network / "data"), **settings}.items():
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(network)
        monkeypatch.setattr(sys, "argv", ["focal", "report", *words])
        code = 0
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told = capfd.readouterr()
        return Told(code, told.out, told.err)

    return run


@pytest.fixture
def made(network: Path, report: Report) -> Made:
    """The document that the command writes to a file."""

    def run(kind: str, *words: str) -> bytes:
        out = network / f"made.{kind}"
        told = report("--format", kind, "--out", str(out), *words)
        assert (told.returncode, told.stdout) == (0, ""), told.stderr
        return out.read_bytes()

    return run


def with_database(network: Path) -> Database:
    (network / "data").mkdir(exist_ok=True)
    database = Database(f"sqlite:///{network / 'data' / 'focal.db'}")
    database.upgrade()
    return database


def test_on_a_fresh_machine_it_prints_what_sources_publish_and_makes_no_database(
    network: Path, report: Report
) -> None:
    told = report("--cycle", "2026", "--format", "md")
    assert told.returncode == 0
    assert told.stderr.startswith(f"There is no database at {network / 'data' / 'focal.db'}, so ")
    assert "Sibu" in told.stdout
    assert "−7" in told.stdout
    assert not (network / "data").exists()


@pytest.mark.parametrize("address", ["sqlite:///{}", "sqlite+pysqlite:///{}", "sqlite:///{}?timeout=3"])
def test_a_database_is_found_however_its_address_is_written_and_a_wrong_one_is_told(
    network: Path, report: Report, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    with_database(network).close()
    here = address.format(network / "data" / "focal.db")
    there = address.format(network / "data" / "fcoal.db")
    assert report("--format", "md", FOCAL_DATABASE_URL=here).stderr == ""
    told = report("--format", "md", FOCAL_DATABASE_URL=there)
    assert (told.returncode, told.stderr.count("\n")) == (0, 1)
    assert f"no database at {network / 'data' / 'fcoal.db'}," in told.stderr
    assert "no database at" in report("--format", "md", "--edition", "a-1", FOCAL_DATABASE_URL=there).stderr
    assert [path.name for path in (network / "data").glob("f*l.db")] == ["focal.db"]


@pytest.mark.parametrize("kind", ["html", "docx", "pdf", "xlsx", "md", "json"])
def test_building_twice_gives_the_same_bytes(network: Path, made: Made, kind: str) -> None:
    with_database(network).close()
    first = made(kind, "--cycle", "2026")
    assert len(first) > 500
    other = network / f"other.{kind}"
    content = ("--knowledge", str(network / "knowledge"))
    wanted = ("--cycle", "2026", "--format", kind, "--out", str(other))
    told = focal("report", *content, *wanted, cwd=network, FOCAL_DATA=str(network / "data"))
    assert (told.returncode, told.stdout) == (0, "")
    assert other.read_bytes() == first, "another process, another seed"
    assert [path.name for path in network.glob("*.*") if path.name.startswith(".")] == []


def test_a_city_a_topic_and_years_choose_what_is_in_it(made: Made) -> None:
    alone = made("md", "--city", "sibu").decode()
    assert "Sibu" in alone
    assert "Cebu" not in alone
    both = made("md", "--city", "sibu", "--city", "cebu", "--topic", "waste", "--from", "2007")
    assert "Cebu" in both.decode()


def test_it_speaks_the_language_that_is_asked_for(made: Made) -> None:
    assert made("md", "--lang", "fr") != made("md")
    assert made("md", "--lang", "zh-hans") == made("md", "--lang", "zh")


@pytest.mark.parametrize(
    "words",
    [("--from", "2011"), ("--to", "2006"), ("--city", "quiet"), ("--cycle", "2026", "--city", "quiet")],
)
def test_where_there_is_nothing_to_report_it_says_so_and_writes_nothing(
    network: Path, report: Report, words: tuple[str, ...]
) -> None:
    with_database(network).close()
    out = network / "none.md"
    told = report("--format", "md", "--out", str(out), *words)
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout == "Nothing to report: no commitment is in this scope.\n"
    assert not out.exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--cycle", "2025"), "There is no cycle '2025': did you mean `2026`?"),
        (("--city", "sbiu"), "There is no city 'sbiu': did you mean `sibu`?"),
        (("--city", "sibu", "--city", "atlantis"), "There is no city 'atlantis': the city ids are cebu, quiet, sibu"),
        (("--topic", "wast"), "There is no topic 'wast': did you mean `waste`?"),
        (("--lang", "de"), "There are no documents in 'de': choose one of en, fr, zh"),
        (("--from", "2010", "--to", "2007"), "--to 2007 lies before --from 2010"),
        (("--from", "20"), "--from 20 is not a year"),
        (("--as-of", "yesterday"), "--as-of 'yesterday' is not a date or date-time"),
        (("--as-of", "0001-01-01T00:00+14:00"), "is not a date or date-time"),
        (("--edition", "commitments-2026-1"), "There is no edition 'commitments-2026-1': there are no editions yet"),
        (("--edition", "x", "--cycle", "2026"), "leave the other choices away"),
        (("--schedules", "/no/such/folder"), "/no/such/folder is not a folder"),
        (("--out", "/no/such/folder/x.md"), "/no/such/folder/x.md cannot be written"),
        (("--out", "/tmp"), "/tmp is a folder"),
        (("--out", "/tmp/cli.PDF"), "/tmp/cli.PDF does not end as md does. Name it so: --out /tmp/cli.md"),
    ],
)  # fmt: skip
def test_wrong_use_is_a_sentence_and_two(report: Report, words: tuple[str, ...], said: str) -> None:
    told = report("--format", "md", *words)
    assert (told.returncode, told.stdout) == (2, "")
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_format_that_is_none_is_wrong_use(report: Report) -> None:
    told = report("--format", "doc")
    assert (told.returncode, told.stdout) == (2, "")
    assert "There is no format 'doc': choose one of html, docx, pdf, xlsx, md, json" in told.stderr
    told = report("--cycle", "2026")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == "Say what to print: --format html, docx, pdf, xlsx, md or json.\n"


def test_what_was_written_is_said_beside_it_and_a_name_needs_no_ending(network: Path, report: Report) -> None:
    with_database(network).close()
    for name in ("report", "report.v2", "report.docx"):
        told = report("--format", "docx", "--out", name)
        assert (told.returncode, told.stdout) == (0, "")
        assert told.stderr == f"{name}: 2 cities, 2 targets.\n"
        assert (network / name).read_bytes()[:2] == b"PK"
    told = report("--format", "md", "--city", "sibu", "--out", "report.txt")
    assert told.stderr == "report.txt: 1 city, 1 target.\n"


def test_a_long_list_of_ids_is_not_told_as_if_it_were_whole(network: Path, report: Report) -> None:
    for number in range(14):
        put(network, f"knowledge/cities/town-{number:02}.md", CITY.format(name=f"Town {number}"))
    told = report("--format", "md", "--city", "atlantis")
    assert told.returncode == 2
    assert told.stderr.endswith("town-07, town-08 and 5 more.\n")


def test_files_with_errors_are_told_beside_the_report(network: Path, report: Report) -> None:
    put(network, "knowledge/commitments/cebu-2007.md", "---\ncity: cebu\n---\n")
    told = report("--format", "md")
    assert told.returncode == 0
    assert "Sibu" in told.stdout
    assert "focal check" in told.stderr


def test_in_the_place_of_files_that_cannot_be_read_the_newest_kept_state_is_printed(
    network: Path, report: Report, made: Made
) -> None:
    """So whatever a document names as its files can be looked at again."""
    with_database(network).close()
    first = made("md")
    put(network, "knowledge/commitments/cebu-2007.md", "---\n: broken [\n")
    told = report("--format", "md")
    assert (told.returncode, told.stdout.encode()) == (0, first)
    assert "Some files cannot be read, so these are the files as they were served since 20" in told.stderr
    then = datetime.now(UTC).isoformat()
    assert report("--format", "md", "--as-of", then).stdout.encode() == first
    other = report("--format", "md", "--knowledge", str(network / "knowledge"))
    assert "Cebu" not in other.stdout, "of a folder that is named the files are taken as they are"


def test_a_state_that_is_not_whole_any_more_is_told(network: Path, report: Report, made: Made) -> None:
    database = with_database(network)
    made("md")
    with database._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE blobs SET packed = x'00'")
    database.close()
    put(network, "knowledge/commitments/cebu-2007.md", "---\n: broken [\n")
    told = report("--format", "md")
    assert told.returncode == 2
    assert "damaged or gone" in told.stderr


def test_a_moment_to_come_is_refused_and_today_counts_until_now(report: Report) -> None:
    told = report("--format", "md", "--as-of", "2100-01-01")
    assert (told.returncode, told.stdout) == (2, "")
    assert "--as-of 2100-01-01 23:59 UTC is still to come: it is 20" in told.stderr
    later = datetime.now(UTC) + timedelta(minutes=5)
    assert report("--format", "md", "--as-of", later.isoformat()).returncode == 2
    assert report("--format", "md", "--as-of", datetime.now(UTC).date().isoformat()).returncode == 0


def test_as_of_gives_what_was_built_then_whatever_the_files_say_now(network: Path, made: Made) -> None:
    with_database(network).close()
    first = made("md")
    then = datetime.now(UTC).isoformat()
    put(network, "knowledge/commitments/sibu-2007.md", COMMITMENT.format(city="sibu", value="-9"))
    (network / "knowledge/commitments/cebu-2007.md").unlink()
    now = made("md")
    assert now != first
    assert "Cebu" not in now.decode()
    assert made("md", "--as-of", then) == first
    assert made("md", "--as-of", datetime.now(UTC).date().isoformat()) == now, "to the end of the day"


def test_what_only_the_bot_knows_how_to_serve_is_not_kept_as_served(network: Path, made: Made) -> None:
    database = with_database(network)
    made("md")
    kept = database.run_now(lambda work: work.snapshots.at(datetime.now(UTC)))
    put(network, "knowledge/commitments/cebu-2007.md", "---\ncity: cebu\n---\n")
    made("md")
    assert database.run_now(lambda work: work.snapshots.at(datetime.now(UTC))) == kept
    database.close()


def test_before_the_first_state_was_kept_the_oldest_serves_and_that_is_said(
    network: Path, report: Report, made: Made
) -> None:
    with_database(network).close()
    first = made("md")
    put(network, "knowledge/commitments/sibu-2007.md", COMMITMENT.format(city="sibu", value="-9"))
    told = report("--format", "md", "--as-of", "2020-01-01")
    assert told.returncode == 0
    assert told.stdout.encode() == first
    assert "are kept since" in told.stderr


def test_an_edition_comes_back_byte_for_byte(network: Path, report: Report, made: Made) -> None:
    database = with_database(network)
    printed_then = "# What was published\n\nAnd how «it» was — 泗水.\n".encode()
    digest = database.run_now(lambda work: work.blobs.put(printed_then, NOW, for_good=True))
    document = EditionDocument(Format.MD, "zh", digest, len(printed_then))
    edition = Edition(0, "commitments-2026-1", Scope("2026"), NOW, "abc", NOW, "ab12", (document,))
    publish(database, edition)
    database.close()
    frozen = ("--edition", "commitments-2026-1")
    assert made("md", *frozen, "--lang", "zh") == printed_then
    told = report(*frozen, "--lang", "zh", "--format", "md", "--out", "a.md")
    assert (told.stdout, told.stderr) == ("", "a.md: commitments-2026-1, as it was published.\n")
    told = report(*frozen, "--format", "pdf", "--lang", "zh")
    assert told.returncode == 2
    assert "has no pdf in 'zh'. It has: md (zh)." in told.stderr
    told = report("--edition", "commitments-2026-2", "--format", "md")
    assert "did you mean `commitments-2026-1`?" in told.stderr


def publish(database: Database, edition: Edition) -> None:
    def run(work: UnitOfWork) -> None:
        kept = work.editions.add(edition)
        work.audit.write(Event.PUBLISHED, NOW, actor=None, subject=kept.number, after=kept.digest)

    database.run_now(run)


def test_an_edition_that_was_written_over_is_not_given_out(network: Path, report: Report) -> None:
    database = with_database(network)
    real, forged = (
        database.run_now(lambda work, c=content: work.blobs.put(c, NOW, for_good=True))
        for content in (b"95 %", b"59 %")
    )
    document = EditionDocument(Format.MD, "en", real, 4)
    publish(database, Edition(0, "a-1", Scope(), NOW, "abc", NOW, "ab12", (document,)))
    frozen = ("--edition", "a-1", "--format", "md")
    assert report(*frozen).stdout == "95 %"
    with database._engine.begin() as connection:
        connection.exec_driver_sql("DROP TRIGGER edition_documents_no_update")
        connection.exec_driver_sql("UPDATE edition_documents SET digest = ?", (forged,))
    database.close()
    told = report(*frozen)
    assert (told.returncode, told.stdout) == (2, "")
    assert "not what was published any more" in told.stderr


def test_a_database_of_another_version_is_left_alone(network: Path, report: Report) -> None:
    database = with_database(network)
    with database._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    database.close()
    told = report("--format", "md")
    assert told.returncode == 2
    assert "not of this version" in told.stderr


def in_a_terminal(network: Path, *words: str) -> tuple[int, str]:
    """The exit code, and all that is shown."""
    ours, theirs = pty.openpty()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("FOCAL_")}
    told = subprocess.Popen(
        [sys.executable, "-m", "bot", "report", "--knowledge", str(network / "knowledge"), *words],
        cwd=network,
        env={**environment, "FOCAL_DATA": str(network / "data")},
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:  # Linux: the other side is closed
            break
        if not piece:
            break
        shown += piece
    os.close(ours)
    return told.wait(60), shown.decode()


def test_a_terminal_gets_no_binary_file_but_a_hint(network: Path) -> None:
    code, shown = in_a_terminal(network, "--format", "pdf")
    assert code == 2
    assert "--out report.pdf" in shown
    assert "%PDF" not in shown


def test_a_terminal_shows_how_far_it_is_and_a_pipe_does_not(network: Path, report: Report) -> None:
    code, shown = in_a_terminal(network, "--format", "pdf", "--out", str(network / "a.pdf"))
    assert code == 0
    assert "\r\x1b[2KThere is no database at" in shown, "a note takes the place of the bar"
    with_database(network).close()
    for step in printing.STEPS:
        assert f"] {step} …" in shown
    assert shown.endswith(f"\r\x1b[2K{network / 'a.pdf'}: 2 cities, 2 targets.\r\n"), "nothing of it is left"
    assert report("--format", "md").stderr == ""


def test_ctrl_c_leaves_the_old_file_and_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "report.md"
    out.write_bytes(b"the old one")

    def interrupted(self: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt), outputs.written(out) as file:
        file.write(b"the new one")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("report.md", b"the old one")]


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026-11-21", "2026-11-21T23:59:59.999999+00:00"),
        ("20261121", "2026-11-21T23:59:59.999999+00:00"),
        ("2026-11-21T09:00", "2026-11-21T09:00:00+00:00"),
        ("2026-11-21T09:00+08:00", "2026-11-21T01:00:00+00:00"),
        ("2026-11-21 09:00:01Z", "2026-11-21T09:00:01+00:00"),
    ],
)
def test_a_day_means_its_end_and_a_moment_itself(text: str, moment: str) -> None:
    assert printing.moment_of(text).isoformat() == moment


def test_what_is_no_day_is_refused() -> None:
    with pytest.raises(OperatorError, match="is not a date"):
        printing.moment_of("2026-13-01")
