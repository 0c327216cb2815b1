"""A commitment report over thousands of cities, from the database to each format, beside a named peer each.

The cities are made up: files of a network with three targets a city, and one accepted report of each in an SQLite
database, put there through the repositories. The peers write the bare table of the report and nothing else: no
pages of cities, no provenance, no charts, no right-to-left names. The goal is a report within a minute.

Each step runs in a process of its own, so that its peak of memory is its own: what it takes beside what was there
when it began. Seconds are those of the processor, so that what else the machine does is not counted.
"""

from __future__ import annotations

import json
import os
import pickle
import resource
import sqlite3
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory

from bot.content.loader import Loaded, load
from bot.content.snapshots import snapshot_files
from bot.documents.composition import compose
from bot.documents.document import Document
from bot.documents.printing import print_document
from bot.documents.typesetting import MOST_CITIES_PRINTED
from bot.documents.word import MOST_PICTURES
from bot.domain.answers import Amount, Answer, AnswerState, Codes, Day, Words
from bot.domain.audit import Event
from bot.domain.drafts import Draft
from bot.domain.people import MembershipState, Person, Role
from bot.domain.ports import UnitOfWork
from bot.domain.publication import CommitmentReport, Format, Scope
from bot.domain.questionnaires import Form
from bot.domain.reports import Report, ReportState
from bot.services.publishing.gather import gather
from bot.storage.database import Database

CITIES = 3_000
GOAL = 60.0
"""Seconds within which a report over thousands of cities is built."""
AT_ONCE = 200
"""Cities whose reports are put into the database in one transaction."""
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)
ROOT = Path(__file__).resolve().parent.parent
NAMES = ("Nova", "新", "เมือง", "नगर", "도시", "まち", "Château-", "مدينة ")
WORDS = (
    "The utility weighs every lorry since May; the scales of the second site were mended in August.",
    "社区志愿者每周走访各户，家庭堆肥篮由市政府免费发放。",
    "Les quartiers trient depuis mars, et le compost va aux jardins.",
    '=HYPERLINK("http://example.org") is what somebody wrote here, with <tags> & "quotes".',
)
TYPED = {"measured": "0,8 kg a day, weighed", "projected": "about 12 %", "expected": "perhaps 20"}


# --- the network


def write_network(folder: Path, count: int) -> None:
    """The shipped words, questionnaires and cycle, with made-up cities in the place of the real ones."""
    copytree(ROOT / "schedules" / "questionnaires", folder / "schedules" / "questionnaires")
    (folder / "schedules" / "cycles").mkdir()
    (folder / "knowledge").mkdir()
    for name in ("topics.yaml", "indicators.yaml"):
        (folder / "knowledge" / name).write_bytes((ROOT / "knowledge" / name).read_bytes())
    (folder / "schedules/cycles/2026.yaml").write_text(
        'title: {en: "Progress report 2026", zh: "2026年进展报告"}\nperiod: 2026\nopens: 2026-10-01\n'
        "deadline: 2026-12-15\nquestionnaire: progress\ncommitments: all\n"
    )
    for kind in ("cities", "commitments"):
        (folder / "knowledge" / kind).mkdir()
    for number in range(count):
        name = f"{NAMES[number % len(NAMES)]}{number}"
        (folder / f"knowledge/cities/city-{number}.md").write_text(
            f'---\ntitle: {{en: "City {number}", zh: "{name}"}}\ncountry: MY\ntime_zone: Asia/Kuching\n'
            "languages: [ms, en]\n---\n",
            encoding="utf-8",
        )
        (folder / f"knowledge/commitments/city-{number}-2020.md").write_text(
            COMMITMENT.format(number=number, name=name), encoding="utf-8"
        )


COMMITMENT = """---
title: {{en: "The promise of City {number}", zh: "{name}的承诺"}}
topics: [waste-reduction]
city: city-{number}
made: 2020
due: 2030
targets:
  - {{id: a, kind: change, indicator: waste-generation, direction: down, value: "-20", unit: "%", due: 2030,
     text: {{en: "Cut waste generation by 20 per cent.", zh: "把废物生成量降低20%。"}}}}
  - {{id: b, kind: level, indicator: waste-per-person, direction: down, value: "0.80", unit: "kg/cap/day", due: 2030,
     baseline: {{year: 2019, value: "1.10", unit: "kg/cap/day"}},
     text: {{en: "Bring waste down to 0.80 kg per person and day.", zh: "把人均每日废物降至0.80公斤。"}}}}
  - {{id: c, kind: scale, indicator: awareness, due: 2030,
     text: {{en: "Build awareness in every ward.", zh: "在每个社区树立认识。"}}}}
published:
  - {{target: b, value: "0.95", unit: "kg/cap/day", year: 2022, value_kind: measured,
     text: {{en: "Waste stood at 0.95 kg per person and day.", zh: "人均每日废物为0.95公斤。"}}, source: "K table 1"}}
said:
  - {{target: b, status: partly, text: {{en: "Half of it is done.", zh: "完成了一半。"}}, source: "K table 1"}}
remarks:
  - {{en: "The source does not say whether the figure is a mean.", zh: "原文没有说明该数字是否为平均值。"}}
sources: ["K table 1"]
---
"""


def answers_of(number: int) -> dict[str, Answer]:
    random = Random(number)

    def given(value: object, raw: str = "") -> Answer:
        return Answer(AnswerState.GIVEN, 1, NOW, value, raw)  # type: ignore[arg-type]

    answers: dict[str, Answer] = {}
    for ref, unit, figure in (
        ("2020a", "%", Decimal(random.randint(-300, 0)) / 10),
        ("2020b", "kg/cap/day", Decimal(random.randint(60, 120)) / 100),
    ):
        state = random.choice(tuple(TYPED))
        answers[f"state@{ref}"] = given(Codes((state,)))
        answers[f"result@{ref}"] = given(Amount(figure, unit), TYPED[state])
        answers[f"year@{ref}"] = given(Day(str(random.randint(2023, 2026))), "last year")
        answers[f"said@{ref}"] = given(Codes(("partly",)))
        answers[f"note@{ref}"] = given(Words(random.choice(WORDS)), random.choice(WORDS))
    answers["level@2020c"] = given(Codes((str(random.randint(0, 4)),)))
    answers["worked"] = given(Words(random.choice(WORDS)), random.choice(WORDS))
    answers["help"] = given(Codes(("advice", "training")))
    return answers


def put_reports(database: Database, count: int) -> None:
    """An accepted report of each city, with its entries in the log of changes; an office has sent them all."""

    def introduce(work: UnitOfWork) -> Person:
        work.people.seen(1, "en", NOW)
        work.people.join(1, Role.SECRETARIAT, None, MembershipState.ACTIVE, NOW)
        sender = work.people.get(1)
        assert sender is not None
        return sender

    def put(work: UnitOfWork, numbers: range) -> None:
        for number in numbers:
            answers, city, at = answers_of(number), f"city-{number}", NOW + timedelta(minutes=number)
            draft = Draft(0, Form.PROGRESS, city, "progress", NOW, NOW, "2026", answers=answers)
            sent = Report(
                *(0, work.drafts.add(draft).id, 1, f"{city}-2026", 1, Form.PROGRESS, city, "progress", "1"),
                answers=answers,
                submitted_by=1,
                submitted_at=at,
                cycle="2026",
                state=ReportState.ACCEPTED,
                reviewer=1,
                decided_at=at,
            )
            work.reports.add(sent)
            for event in (Event.SUBMITTED, Event.ACCEPTED):
                work.audit.write(event, at, actor=sender, subject=f"{city}-2026 v1", city=city)

    sender = database.run_now(introduce)
    for first in range(0, count, AT_ONCE):
        numbers = range(first, min(first + AT_ONCE, count))
        database.run_now(lambda work, some=numbers: put(work, some))


# --- measuring


@dataclass(frozen=True)
class Measured:
    """`megabytes` is the peak of memory beside what was there before, `size` what came out, in bytes."""

    seconds: float
    megabytes: float
    size: int


def measured(work: Callable[[], object]) -> Measured:
    """Does the work in a process of its own. Raises RuntimeError where it fails."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reader)
            before, began = memory(), processor_time()
            result = work()
            taken = processor_time() - began
            found = Measured(taken, memory() - before, len(result) if isinstance(result, bytes) else 0)
            with os.fdopen(writer, "wb") as pipe:
                pickle.dump(found, pipe)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    if not told:
        raise RuntimeError("the step failed")
    measurement = pickle.loads(told)
    assert isinstance(measurement, Measured)
    return measurement


def processor_time() -> float:
    """Seconds of this process and of those that it started and waited for: the PDF is set in one."""
    return sum(os.times()[:4])


def memory() -> float:
    """The peak of this process so far, or of the largest that it started, in megabytes."""
    peak = max(
        resource.getrusage(whose).ru_maxrss for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return peak / 1e6 if sys.platform == "darwin" else peak * 1024 / 1e6


def tell(name: str, found: Measured, peer: Measured | None = None) -> None:
    times = f"{found.seconds / max(peer.seconds, 0.001):8.1f}" if peer is not None else f"{'':8}"
    size = f"{found.size / 1e6:9.1f}" if found.size else f"{'':9}"
    print(f"{name:62} {found.seconds:8.2f} {times} {found.megabytes:9.0f} {size}", flush=True)


# --- the peers


Rows = Sequence[tuple[str, ...]]


def rows_of(document: Document) -> Rows:
    """The bare table: city, target, results, status said and computed."""
    return [
        (row.city, row.target, "; ".join(line.text for line in row.results), row.status_said, row.status)
        for row in document.table
    ]


def rows_by_sqlite(path: Path) -> int:
    """Reads the same reports as JSON and nothing more."""
    with closing(sqlite3.connect(path)) as connection:
        return sum(
            len(json.loads(answers)) for (answers,) in connection.execute("SELECT answers FROM reports")
        )


def by_xlsxwriter(rows: Rows) -> bytes:
    from xlsxwriter import Workbook

    target = BytesIO()
    with Workbook(target, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, text)
    return target.getvalue()


def by_python_docx(rows: Rows) -> bytes:
    import docx

    target, document = BytesIO(), docx.Document()
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(target)
    return target.getvalue()


def by_typst(rows: Rows) -> bytes:
    import typst

    source = b"#let rows = json(bytes(sys.inputs.rows))\n#table(columns: 5, ..rows.flatten())\n"
    done = typst.compile(source, format="pdf", sys_inputs={"rows": json.dumps(rows)})
    assert isinstance(done, bytes)
    return done


def by_jinja(rows: Rows) -> bytes:
    from jinja2 import Environment

    page = Environment(autoescape=True).from_string(
        "<table>{% for row in rows %}<tr>{% for cell in row %}<td>{{ cell }}</td>{% endfor %}</tr>{% endfor %}"
    )
    return page.render(rows=rows).encode()


def by_dumps(rows: Rows) -> bytes:
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()


def by_join(rows: Rows) -> bytes:
    return "\n".join("| " + " | ".join(row) + " |" for row in rows).encode()


PEERS: dict[Format, tuple[str, Callable[[Rows], bytes]]] = {
    Format.JSON: ("json.dumps, the bare table", by_dumps),
    Format.MD: ("str.join, the bare table", by_join),
    Format.HTML: ("Jinja2, the bare table", by_jinja),
    Format.XLSX: ("XlsxWriter, the bare table", by_xlsxwriter),
    Format.PDF: ("typst, the bare table", by_typst),
    Format.DOCX: ("python-docx, the bare table", by_python_docx),
}


# --- the run


def formats(document: Document, before: float) -> Iterator[tuple[Format, float]]:
    """Prints a line for each format and its peer; how many seconds each takes with what came before it."""
    rows = rows_of(document)
    for format, (name, peer) in PEERS.items():
        bare = measured(lambda peer=peer: peer(rows))
        printed = measured(lambda format=format: print_document(document, format))
        tell(f"{format.value}: {WHOLE.get(format, 'table, pages of the cities, provenance')}", printed, bare)
        tell(f"  {name}", bare)
        yield format, before + printed.seconds


WHOLE = {
    Format.PDF: f"table; no pages of cities above {MOST_CITIES_PRINTED}",
    Format.DOCX: f"table, pages, provenance; no charts above {MOST_PICTURES}",
}
LARGEST = {Format.PDF: MOST_CITIES_PRINTED, Format.DOCX: MOST_PICTURES // 2}
"""Of how many of these cities a document has everything: each of them has two charts."""


def of_first(document: Document, count: int) -> Document:
    """The same document of a smaller network."""
    cities = document.cities[:count]
    known = {city.id for city in cities}
    table = tuple(row for row in document.table if row.city_id in known)
    return replace(document, cities=cities, table=table, board=replace(document.board, rows=()))


def network(folder: Path, count: int) -> tuple[Loaded, str]:
    """Makes all of it; the files as they are loaded, and their digest in the database."""
    write_network(folder, count)
    loaded = load(folder / "knowledge", schedules=folder / "schedules", with_notes=False)
    if loaded.has_errors:
        raise ValueError(str(loaded.problems[0]))
    database = Database(f"sqlite:///{folder / 'focal.db'}")
    database.upgrade()
    put_reports(database, count)
    files = snapshot_files(folder / "knowledge", folder / "schedules", None)
    content = database.run_now(lambda work: work.snapshots.keep(files, NOW))
    database.close()
    return loaded, content


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else CITIES
    language = sys.argv[2] if len(sys.argv) > 2 else "en"
    with TemporaryDirectory() as name:
        path = Path(name) / "focal.db"
        loaded, content = network(Path(name), count)

        def gathered() -> CommitmentReport:
            database = Database(f"sqlite:///{path}")
            try:
                return database.run_now(
                    lambda work: gather(work, loaded.library, loaded.schedules, content, Scope("2026"))
                )
            finally:
                database.close()

        print(f"{count:,} cities, {3 * count:,} targets, {count:,} accepted reports; in {language}")
        print(f"{'':62} {'seconds':>8} {'x peer':>8} {'peak MB':>9} {'MB':>9}")
        gathering, bare = measured(gathered), measured(lambda: rows_by_sqlite(path))
        tell("gather: reports, log of changes, targets judged", gathering, bare)
        tell("  sqlite3 and json.loads, the reports alone", bare)
        report = gathered()
    composing = measured(lambda: compose(report, language))
    tell("compose: all words chosen", composing)
    document = compose(report, language)
    whole = list(formats(document, gathering.seconds + composing.seconds))
    for format, largest in LARGEST.items():
        part = of_first(document, largest)
        tell(
            f"{format.value}: all pages and charts, of {len(part.cities):,} cities",
            measured(lambda part=part, format=format: print_document(part, format)),
        )
    print(f"from the database to the file, the goal is {GOAL:.0f} seconds:")
    for format, seconds in whole:
        print(f"  {format.value:6} {seconds:6.1f} s  {'within' if seconds <= GOAL else 'OVER'}")


if __name__ == "__main__":
    main()
