"""`focal import`: whole tables of cities, commitments, people, results and entries."""

from __future__ import annotations

import csv
import io
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, TextIO

import typer

from bot.domain.errors import OperatorError

if TYPE_CHECKING:
    from bot.domain.imports.columns import What
    from bot.domain.imports.verdicts import Finding
    from bot.services.importing.ground import Invited
    from bot.services.importing.run import Outcome
    from bot.settings import Settings
    from bot.texts.import_phrases import Teller

REJECTED = 1
MARK = b"\xef\xbb\xbf"
"""Tells Excel that the file is UTF-8."""
VERDICT_COLUMNS = ("row", "column", "verdict", "code", "message", "cure")


def import_table(
    what: Annotated[str, typer.Argument(help="cities, commitments, people, results or entries.")],
    table: Annotated[Path | None, typer.Argument(help="A CSV or Excel file.", show_default=False)] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(help="A YAML file: which column of theirs is which of ours.", show_default=False),
    ] = None,
    sheet: Annotated[
        str | None, typer.Option(help="The sheet of an Excel file, if not the first.", show_default=False)
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only judge; change nothing.")] = False,
    template: Annotated[
        Path | None,
        typer.Option(help="Write an empty table to fill in (.csv or .xlsx) and stop.", show_default=False),
    ] = None,
    verdicts: Annotated[
        Path | None, typer.Option(help="Write every verdict into this CSV file.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Of people: the file for their links.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
    ] = None,
) -> None:
    """Takes a whole table over as content files: a verdict for each row, nothing half done."""
    from bot.domain.imports.columns import What

    if what.lower() not in set(What):
        raise OperatorError(f"There is no table {what!r}: choose one of {', '.join(What)}.")
    kind = What(what.lower())
    if template is not None:
        _write_template(kind, template)
        return
    if table is None:
        raise OperatorError(f"Name the file to import, for example: focal import {kind} FILE.csv --dry-run")
    if not table.is_file():
        raise OperatorError(f"There is no file {table}.")
    if kind is What.PEOPLE and out is None and not dry_run:
        raise OperatorError("Name a file for the links with --out: they are shown once. Or try: --dry-run")
    if _import(kind, table, mapping, sheet, dry_run, verdicts, out, as_json, knowledge).rejected:
        sys.exit(REJECTED)


def _import(
    what: What,
    table: Path,
    mapping: Path | None,
    sheet: str | None,
    dry_run: bool,
    verdicts: Path | None,
    out: Path | None,
    as_json: bool,
    knowledge: Path | None,
) -> Outcome:
    from bot.content.starter import knowledge_folder
    from bot.importing import judged
    from bot.outputs import bar, written
    from bot.settings import read_settings

    settings = read_settings()
    if knowledge is not None and not knowledge.is_dir():
        raise OperatorError(f"{knowledge} is not a folder")
    folder = knowledge or knowledge_folder(settings.knowledge)
    with ExitStack() as stack:
        told = stack.enter_context(_Told.opened(verdicts))
        with bar(table.name) as say:
            result = stack.enter_context(judged(what, table, mapping, folder, told.find, say, sheet))
        if not dry_run and result.outcome.people and out is not None:
            with written(out) as file:
                file.write(_links_of(settings, result.outcome.people))
        if not dry_run:
            result.place()
        if as_json:
            told.print_json(result.outcome, folder.name)
        else:
            told.print_text(result.outcome, folder, dry_run=dry_run, out=out)
        return result.outcome


def _links_of(settings: Settings, people: Sequence[Invited]) -> bytes:
    """One-time links for all of them, as CSV."""
    from bot import roster
    from bot.domain.people import Role
    from bot.domain.tables import guarded

    links = roster.invite_all(settings, [(Role(one.role), one.city) for one in people])
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(("role", "city", "note", "link", "expires"))
    for one, link in zip(people, links, strict=True):
        writer.writerow((one.role, one.city or "", guarded(one.note), link["link"], link["expires"]))
    return MARK + text.getvalue().encode()


def _write_template(what: What, path: Path) -> None:
    from bot.documents.table_templates import template
    from bot.outputs import written

    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise OperatorError(f"{path} should end with .csv or .xlsx")
    if path.exists():
        raise OperatorError(f"{path} is there already: name another file, or delete it.")
    with written(path) as file:
        file.write(template(what, as_excel=path.suffix.lower() == ".xlsx"))
    print(f"Written: {path}")


class _Told:
    """All verdicts, on the disk: a table may have hundreds of thousands."""

    def __init__(self, kept: IO[str], sheet: TextIO | None, teller: Teller) -> None:
        self.kept, self.teller = kept, teller
        self.writer = csv.writer(sheet, lineterminator="\r\n") if sheet is not None else None
        if self.writer is not None:
            self.writer.writerow(VERDICT_COLUMNS)

    @classmethod
    @contextmanager
    def opened(cls, verdicts: Path | None) -> Iterator[_Told]:
        from bot.outputs import written
        from bot.texts.import_phrases import operators_teller

        with ExitStack() as stack:
            kept = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            sheet = None
            if verdicts is not None:
                binary = stack.enter_context(written(verdicts))
                binary.write(MARK)
                sheet = io.TextIOWrapper(binary, encoding="utf-8", newline="", write_through=True)
                stack.callback(sheet.detach)
            yield cls(kept, sheet, operators_teller())

    def find(self, finding: Finding) -> None:
        from bot.domain.tables import guarded

        document = self.teller.row(finding)
        self.kept.write(json.dumps(document, ensure_ascii=False) + "\n")
        if self.writer is not None:
            cells = ("" if cell is None else cell for cell in document.values())
            self.writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in cells])

    def lines(self) -> Iterator[str]:
        self.kept.seek(0)
        return (line.rstrip("\n") for line in self.kept)

    def print_json(self, outcome: Outcome, folder: str) -> None:
        files = [f"{folder}/{name}" for name in outcome.files]
        head = {
            "rows": outcome.rows,
            "accepted": outcome.accepted,
            "rejected": outcome.rejected,
            "there_already": outcome.there_already,
            "files": files,
        }
        sys.stdout.write(json.dumps(head, ensure_ascii=False)[:-1] + ', "verdicts": [')
        for number, line in enumerate(self.lines()):
            sys.stdout.write((", " if number else "") + line)
        sys.stdout.write("]}\n")

    def print_text(self, outcome: Outcome, folder: Path, *, dry_run: bool, out: Path | None) -> None:
        from bot.domain.imports.verdicts import Verdict

        for line in self.lines():
            told = json.loads(line)
            if told["verdict"] == Verdict.REJECTED or (told["verdict"] == Verdict.NOTE and told["row"] == 1):
                column = f", column {told['column']}" if told["column"] else ""
                cure = f"; {told['cure']}" if told["cure"] else ""
                print(f"{told['verdict']}: row {told['row']}{column}: {told['message']}{cure}")
        counts = f"{outcome.rows} rows: {outcome.accepted} accepted, {outcome.rejected} rejected"
        if outcome.there_already:
            counts += f", {outcome.there_already} there already"
        print(f"{counts}.")
        if outcome.people:
            links = f"{len(outcome.people)} one-time links"
            print(
                f"Would make {links}." if dry_run else f"{links} are in {out}. They are shown nowhere else."
            )
        elif dry_run:
            print(f"Would write {len(outcome.files)} files below {folder}. Nothing was changed.")
        else:
            print(f"Written: {len(outcome.files)} files below {folder}. Look at them with: focal check")
