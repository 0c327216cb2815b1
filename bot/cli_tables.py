"""`focal export`: clean tables, as CSV and as Excel."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import OperatorError

if TYPE_CHECKING:
    from bot.domain.cycles import Schedules
    from bot.domain.entries import Library
    from bot.domain.exports import Wanted

NOTHING_FOUND = 1
FORMATS = ("csv", "xlsx")
SHAPES = ("long", "wide")
MOST_LISTED = 30

# --- out


def export(
    what: Annotated[
        str,
        typer.Argument(
            help="results, answers, commitments, cities, entries, questions, misses, announcements, "
            "replications or editions."
        ),
    ],
    kind: Annotated[
        str | None,
        typer.Option("--format", help="csv or xlsx.", metavar="|".join(FORMATS), show_default=False),
    ] = None,
    shape: Annotated[
        str | None,
        typer.Option(help="long: a row for each single thing; wide: side by side.", show_default=False),
    ] = None,
    cycle: Annotated[str | None, typer.Option(help="Only this reporting cycle.", show_default=False)] = None,
    state: Annotated[
        str | None,
        typer.Option(help="Of reports: accepted (those that count), all, submitted, ...", show_default=False),
    ] = None,
    country: Annotated[
        str | None, typer.Option(help="Two letters of ISO 3166, such as ID.", show_default=False)
    ] = None,
    topic: Annotated[
        str | None, typer.Option(help="A topic of topics.yaml; those below it, too.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write.", show_default=False)] = None,
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
    ] = None,
    schedules: Annotated[
        Path | None, typer.Option("--schedules", help="The folder of the schedules.", show_default=False)
    ] = None,
) -> None:
    """A clean table for an analyst: UTF-8, a header of names that stay, no people."""
    from bot.domain.exports import Shape, Wanted, What

    if kind is None:
        raise OperatorError(f"Say what to write: --format {' or '.join(FORMATS)}.")
    wanted = Wanted(
        What(_one_of("table", what.lower(), [each.value for each in What])),
        Shape(_one_of("shape", shape.lower(), SHAPES)) if shape is not None else None,
        cycle,
        state.lower() if state is not None else None,
        country.upper() if country is not None and len(country) == 2 else country,
        topic,
    )
    as_excel = _one_of("format", kind.lower(), FORMATS) == "xlsx"
    if as_excel and out is None and sys.stdout.isatty():
        raise OperatorError(
            f"A workbook is no text to be shown here. Write it to a file: --out {wanted.what}.xlsx"
        )
    from bot.clock import RealClock
    from bot.content.loader import load
    from bot.content.starter import knowledge_folder, schedules_folder
    from bot.outputs import bar, check_ending, written
    from bot.settings import read_settings
    from bot.tabling import export as run

    if out is not None:
        check_ending(out, "xlsx" if as_excel else "csv")
    settings = read_settings()
    for folder in (knowledge, schedules):
        if folder is not None and not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
    of_entries = knowledge or knowledge_folder(settings.knowledge)
    of_cycles = schedules or schedules_folder(settings.schedules, of_entries)
    loaded = load(of_entries, schedules=of_cycles, with_notes=False)
    _check(wanted, loaded.library, loaded.schedules)
    if loaded.has_errors:
        print(
            "Some files have errors, so the table may lack something: focal check tells which.",
            file=sys.stderr,
        )
    with written(out) as file, bar(wanted.what) as say:
        rows = run(settings, loaded, wanted, file, RealClock().now(), say, as_excel=as_excel)
    told = f"{out}: " if out is not None else ""
    if rows:
        print(f"{told}{rows} {'row' if rows == 1 else 'rows'}.", file=sys.stderr)
        return
    # Standard output is the table's where no file is named.
    print(
        f"{told}no rows fit what was asked for; only the header was written.",
        file=sys.stdout if out is not None else sys.stderr,
    )
    raise typer.Exit(NOTHING_FOUND)


def _one_of(what: str, value: str, known: tuple[str, ...] | list[str]) -> str:
    if value not in known:
        raise OperatorError(f"There is no {what} {value!r}: choose one of {', '.join(known)}.")
    return value


def _check(wanted: Wanted, library: Library, schedules: Schedules) -> None:
    """Raises OperatorError for the first thing that does not fit, with what there is."""
    from bot.content.problems import did_you_mean
    from bot.services.exporting.tables import NotThereError, check

    try:
        check(wanted, library, schedules)
    except NotThereError as error:
        if error.known is None:
            raise OperatorError(
                f"The table {wanted.what} cannot be narrowed by a {error.option}: leave --{error.option} away."
            ) from None
        known = sorted(error.known)
        listed = ", ".join(known[:MOST_LISTED]) + (", ..." if len(known) > MOST_LISTED else "")
        meant = _country_named(error.value) if error.option == "country" else None
        hint = f"did you mean `{meant}`?" if meant in known else did_you_mean(error.value, known)
        hint = hint or (f"choose one of {listed}." if known else "there is none yet.")
        of_table = f" in the table {wanted.what}" if error.option in ("state", "shape") else ""
        raise OperatorError(f"There is no {error.option} {error.value!r}{of_table}: {hint}") from None


def _country_named(name: str) -> str | None:
    from bot.texts.formats import country_code

    return country_code(name)
