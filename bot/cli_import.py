"""`focal import`: whole tables of cities, commitments, people, results and entries."""

from __future__ import annotations

import json
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, BinaryIO

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
MOST_TOLD = 20
"""How many rejections are told one by one."""


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
    _check_outputs(verdicts, out)
    if _import(kind, table, mapping, sheet, dry_run, verdicts, out, as_json, knowledge).rejected:
        sys.exit(REJECTED)


def _check_outputs(verdicts: Path | None, out: Path | None) -> None:
    """Raises OperatorError where something would be written over: links are shown once, and the table is theirs."""
    from bot.outputs import check_new

    for path in (verdicts, out):
        if path is not None:
            check_new(path)
    if verdicts is not None and out is not None and verdicts.resolve() == out.resolve():
        raise OperatorError("Name two files: one for the verdicts, another one for the links.")


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
    from bot.importing import ended_in_order, finished_before, judged
    from bot.outputs import bar
    from bot.settings import read_settings

    settings = read_settings()
    if knowledge is not None and not knowledge.is_dir():
        raise OperatorError(f"{knowledge} is not a folder")
    folder = knowledge or knowledge_folder(settings.knowledge)
    with ExitStack() as stack:
        stack.enter_context(ended_in_order())
        if not dry_run:
            finished_before(folder)
        told = stack.enter_context(_Told.opened(verdicts))
        with bar(table.name) as say:
            result = stack.enter_context(judged(what, table, mapping, folder, told.find, say, sheet))
        told.flush()
        if not dry_run and result.outcome.people and out is not None:
            _invite(settings, result.outcome.people, out)
        if not dry_run:
            result.place()
        if as_json:
            told.print_json(result.outcome, folder.name)
        else:
            told.print_rejections(verdicts)
            print_counts(result.outcome, folder, dry_run=dry_run, out=out)
        return result.outcome


def _invite(settings: Settings, people: Sequence[Invited], out: Path) -> None:
    """Makes one-time links for all of them. They stand in the file before they are good."""
    from bot import roster
    from bot.domain.people import Role
    from bot.outputs import written
    from bot.services.importing.link_sheet import link_sheet

    is_kept = False

    def keep(links: Sequence[dict[str, str]]) -> None:
        nonlocal is_kept
        rows = ((one, link["link"], link["expires"]) for one, link in zip(people, links, strict=True))
        with written(out, is_new=True, is_secret=True) as file:
            file.write(link_sheet(rows))
        is_kept = True

    try:
        roster.invite_all(settings, [(Role(one.role), one.city) for one in people], keep)
    except BaseException:
        if is_kept and out.is_file():
            out.unlink()  # its links lead nowhere
        raise


def _write_template(what: What, path: Path) -> None:
    from bot.documents.table_templates import template
    from bot.outputs import written

    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise OperatorError(f"{path} should end with .csv or .xlsx")
    with written(path, is_new=True) as file:
        file.write(template(what, as_excel=path.suffix.lower() == ".xlsx"))
    print(f"Written: {path}")


class _Told:
    """All verdicts, on the disk: a table may have hundreds of thousands."""

    def __init__(self, kept: IO[str], file: BinaryIO | None, teller: Teller) -> None:
        from bot.documents.tables_out import CsvOut
        from bot.services.importing.verdict_sheet import VERDICTS

        self.kept, self.teller = kept, teller
        self.sheet = CsvOut(file, VERDICTS) if file is not None else None

    @classmethod
    @contextmanager
    def opened(cls, verdicts: Path | None) -> Iterator[_Told]:
        from bot.outputs import written
        from bot.texts.import_phrases import operators_teller

        with ExitStack() as stack:
            kept = stack.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
            file = stack.enter_context(written(verdicts, is_new=True)) if verdicts is not None else None
            told = cls(kept, file, operators_teller())
            yield told

    def find(self, finding: Finding) -> None:
        document = self.teller.row(finding)
        self.kept.write(json.dumps(document, ensure_ascii=False) + "\n")
        if self.sheet is not None:
            self.sheet.write(tuple(document.values()))

    def flush(self) -> None:
        """Brings the verdicts to their file: before anything is changed, since there may be no room for them."""
        if self.sheet is not None:
            self.sheet.flush()

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

    def print_rejections(self, verdicts: Path | None) -> None:
        """The first of them, with what is said of the header; of the others how many have which reason."""
        from bot.domain.imports.verdicts import Verdict

        reasons: Counter[str] = Counter()
        for line in self.lines():
            told = json.loads(line)
            is_shown = told["verdict"] == Verdict.NOTE and told["row"] == 1
            if told["verdict"] == Verdict.REJECTED:
                reasons[told["code"]] += 1
                is_shown = reasons.total() <= MOST_TOLD
            if is_shown:
                column = f", column {told['column']}" if told["column"] else ""
                cure = f"; {told['cure']}" if told["cure"] else ""
                print(f"{told['verdict']}: row {told['row']}{column}: {told['message']}{cure}")
        if (more := reasons.total() - MOST_TOLD) > 0:
            counted = ", ".join(f"{code} {count}" for code, count in reasons.most_common())
            where = verdicts or "--verdicts FILE.csv"
            print(f"… and {more} more. Why, in all: {counted}. All of them: {where}")


def print_counts(outcome: Outcome, folder: Path, *, dry_run: bool, out: Path | None) -> None:
    counts = f"{outcome.rows} rows: {outcome.accepted} accepted, {outcome.rejected} rejected"
    if outcome.there_already:
        counts += f", {outcome.there_already} there already"
    print(f"{counts}.")
    if outcome.people:
        links = f"{len(outcome.people)} one-time links"
        print(f"Would make {links}." if dry_run else f"{links} are in {out}. They are shown nowhere else.")
    elif dry_run:
        print(f"Would write {len(outcome.files)} files below {folder}. Nothing was changed.")
    else:
        print(f"Written: {len(outcome.files)} files below {folder}. Look at them with: focal check")
