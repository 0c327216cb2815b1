"""`focal plan`: what will go out, as a table or as one JSON array that is written row by row."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.domain.errors import OperatorError

AHEAD = timedelta(days=30)
YEARS = range(2000, 2101)
"""The years that a plan can be about."""
EXAMPLES = "2026-12-01 or 2026-12-01T09:00+08:00"


def plan(
    since: Annotated[
        str | None,
        typer.Option(
            "--from", help="A date or date-time; UTC where it names no zone. Now.", show_default=False
        ),
    ] = None,
    until: Annotated[
        str | None,
        typer.Option("--to", help="The same; a date is its first moment. 30 days later.", show_default=False),
    ] = None,
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
    ] = None,
    schedules: Annotated[
        Path | None, typer.Option("--schedules", help="The folder of the schedules.", show_default=False)
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")] = False,
) -> None:
    """What will go out: to whom, when, in which language and why."""
    now = datetime.now(UTC)
    begin = now if since is None else moment("--from", since)
    end = begin + AHEAD if until is None else moment("--to", until)
    if end < begin:
        raise OperatorError(f"--to {until} lies before {'now' if since is None else f'--from {since}'}.")
    from bot.content.loader import load
    from bot.content.starter import knowledge_folder, schedules_folder
    from bot.forecast import forecast
    from bot.settings import read_settings

    settings = read_settings()
    for folder in (knowledge, schedules):
        if folder is not None and not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
    of_entries = knowledge or knowledge_folder(settings.knowledge)
    of_cycles = schedules or schedules_folder(settings.schedules, of_entries)
    # What is remembered of many thousands of files is not read faster than the files are.
    loaded = load(of_entries, schedules=of_cycles, with_notes=False)
    if loaded.has_errors:
        print(
            "Some files have errors, so the plan may lack something: focal check tells which.",
            file=sys.stderr,
        )
    rows = forecast(settings, loaded, begin, now).rows(begin, end)
    if as_json:
        write_array(rows)
    else:
        print_table(rows, begin, end)


def moment(option: str, text: str) -> datetime:
    """A moment in UTC. Raises OperatorError where the text is none."""
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise OperatorError(f"{option} {text!r} is not a date or date-time, such as {EXAMPLES}.") from None
    if found.year not in YEARS:
        raise OperatorError(f"{option} {text!r} is not in the years {YEARS[0]} to {YEARS[-1]}.")
    return found


def write_array(rows: Iterable[dict[str, Any]]) -> None:
    """Each row as soon as it is there, so that a year of many cities takes no more memory than a day."""
    sys.stdout.write("[")
    for number, row in enumerate(rows):
        sys.stdout.write(",\n" if number else "\n")
        sys.stdout.write(json.dumps(row, ensure_ascii=False))
    sys.stdout.write("\n]\n")


def print_table(rows: Iterable[dict[str, Any]], begin: datetime, end: datetime) -> None:
    count = 0
    for row in rows:
        count += 1
        when = datetime.fromisoformat(row["at_local"])
        who = row["person"] or "(nobody)"
        print(
            f"{when:%a %Y-%m-%d %H:%M}  {row['zone']:<20}  {row['city']:<18}  {row['rule']:<15}  {who:<12}  "
            f"{row['language']:<7}  {row['why']}"
        )
    told = {0: "Nothing goes out", 1: "One reminder"}.get(count, f"{count} reminders")
    print(f"{told} from {begin:%Y-%m-%d %H:%M} to {end:%Y-%m-%d %H:%M} UTC.")
