"""`focal report`: targets against results, as a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.domain.errors import OperatorError

if TYPE_CHECKING:
    from bot.domain.publication import Format
    from bot.printing import Opened

NOTHING_FOUND = 1
FORMATS = ("html", "docx", "pdf", "xlsx", "md", "json")
MOST_NAMES = 12
"""How many cities without anybody are named."""
YEARS = range(1900, 2201)


def report(
    kind: Annotated[
        str | None,
        typer.Option("--format", help="What to print.", metavar="|".join(FORMATS), show_default=False),
    ] = None,
    cycle: Annotated[str | None, typer.Option(help="The reporting cycle, such as 2026.")] = None,
    language: Annotated[
        str | None, typer.Option("--lang", help="Language of the reader, such as fr.")
    ] = None,
    cities: Annotated[
        list[str] | None, typer.Option("--city", help="Only this city; may be repeated.", show_default=False)
    ] = None,
    topics: Annotated[
        list[str] | None,
        typer.Option(
            "--topic", help="Only what is on this topic or below it; may be repeated.", show_default=False
        ),
    ] = None,
    first: Annotated[
        int | None, typer.Option("--from", help="Results from this year on.", show_default=False)
    ] = None,
    last: Annotated[
        int | None, typer.Option("--to", help="Results up to this year.", show_default=False)
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option(
            "--as-of",
            help="As it was known on this day (to its end, UTC), or at this moment.",
            show_default=False,
        ),
    ] = None,
    edition: Annotated[
        str | None,
        typer.Option(help="A published report, exactly as it was published.", show_default=False),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The file to write.", show_default=False)] = None,
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
    ] = None,
    schedules: Annotated[
        Path | None, typer.Option("--schedules", help="The folder of the schedules.", show_default=False)
    ] = None,
) -> None:
    """The commitment report: targets against results, each figure with where it comes from."""
    from bot.domain.publication import Scope

    format = _format(kind)
    scope = Scope(cycle, first, last, tuple(cities or ()), tuple(topics or ()))
    _check_years(first, last)
    from bot import printing
    from bot.outputs import steps, written
    from bot.settings import read_settings

    settings = read_settings()
    reader = _language(language or settings.language, language)
    printing.check_out(format, out)
    if edition is not None:
        if scope != Scope() or as_of is not None:
            raise OperatorError(
                "An edition is what it was when it was published: leave the other choices away."
            )
        content = printing.frozen(settings, edition, format, reader)
        with written(out) as file:
            file.write(content)
        _tell_what_is_in(out, f"{edition}, as it was published.")
        return
    until = printing.moment_of(as_of) if as_of is not None else None
    with steps(len(printing.STEPS)) as say:
        say(printing.STEPS[0])
        with printing.opened(settings, until, knowledge=knowledge, schedules=schedules) as house:
            _tell_what_may_lack(house)
            say(printing.STEPS[1])
            found = house.report(scope)
        if found.cities:
            content = printing.printed(found, format, reader, house.templates, say)
    if not found.cities:
        print("Nothing to report: no commitment is in this scope.")
        raise typer.Exit(NOTHING_FOUND)
    with written(out) as file:
        file.write(content)
    targets = sum(1 for _ in found.lines)
    _tell_what_is_in(
        out, f"{_counted(len(found.cities), 'city', 'cities')}, {_counted(targets, 'target', 'targets')}."
    )


def letters(
    cycle: Annotated[str, typer.Option(help="The reporting cycle, such as 2026.")],
    out: Annotated[Path, typer.Option(help="A folder for the letters, or a file that ends in .zip.")],
    language: Annotated[
        str | None,
        typer.Option("--lang", help="One language for all; else that of each city.", show_default=False),
    ] = None,
    cities: Annotated[
        list[str] | None, typer.Option("--city", help="Only this city; may be repeated.", show_default=False)
    ] = None,
    knowledge: Annotated[
        Path | None, typer.Option("--knowledge", help="The folder of the entries.", show_default=False)
    ] = None,
    schedules: Annotated[
        Path | None, typer.Option("--schedules", help="The folder of the schedules.", show_default=False)
    ] = None,
) -> None:
    """A letter (Word) to each city: its results, what is still open, and how to go on."""
    from bot import printing
    from bot.documents.letters import letters as made
    from bot.domain.publication import Scope
    from bot.outputs import bar
    from bot.settings import read_settings

    settings = read_settings()
    reader = _language(language, language) if language is not None else None
    printing.check_place(out)
    with printing.opened(settings, knowledge=knowledge, schedules=schedules) as house:
        _tell_what_may_lack(house)
        found = house.report(Scope(cycle, cities=tuple(cities or ())))
        returned = house.returned(cycle)
        today = house.addressed(cycle, [city.id for city in found.cities])
    if not found.cities:
        print("No letters: no city has a commitment in this scope.")
        raise typer.Exit(NOTHING_FOUND)
    with bar("letters") as say:
        written = made(
            found,
            settings.language,
            house.templates,
            language=reader,
            returned=returned,
            today=today,
            say=say,
        )
        count = printing.write_letters(written, out)
    print(f"{count} letter{'' if count == 1 else 's'} in {out}.")
    alone = [city.name.within("en").text for city in found.cities if today[city.id].is_alone]
    if alone:
        print(f"{_nobody_in(alone)} Their letters say how to get a link; focal invite makes one.")


def _nobody_in(cities: Sequence[str]) -> str:
    shown = ", ".join(cities[:MOST_NAMES])
    more = f" and {len(cities) - MOST_NAMES} more" if len(cities) > MOST_NAMES else ""
    of = "1 city has" if len(cities) == 1 else f"{len(cities)} cities have"
    return f"{of} nobody in Focal yet: {shown}{more}."


def _tell_what_is_in(out: Path | None, what: str) -> None:
    """Where the document itself does not go to standard output."""
    from bot.outputs import note

    if out is not None:
        note(f"{out}: {what}")


def _counted(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"


def _format(kind: str | None) -> Format:
    from bot.domain.publication import Format

    if kind is None:
        raise OperatorError(f"Say what to print: --format {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.")
    if kind.lower() not in FORMATS:
        raise OperatorError(f"There is no format {kind!r}: choose one of {', '.join(FORMATS)}.")
    return Format(kind.lower())


def _language(tag: str, asked: str | None) -> str:
    """The language of the documents for this tag. Raises OperatorError for one that was asked for and that they do
    not speak."""
    from bot.texts.catalogues import interface_language, languages

    found = interface_language(tag)
    base = tag.replace("_", "-").split("-")[0].lower()
    if asked is not None and found.split("-")[0].lower() != base:
        raise OperatorError(f"There are no documents in {asked!r}: choose one of {', '.join(languages())}.")
    return found


def _check_years(first: int | None, last: int | None) -> None:
    for option, year in (("--from", first), ("--to", last)):
        if year is not None and year not in YEARS:
            raise OperatorError(f"{option} {year} is not a year from {YEARS[0]} to {YEARS[-1]}.")
    if first is not None and last is not None and last < first:
        raise OperatorError(f"--to {last} lies before --from {first}.")


def _tell_what_may_lack(house: Opened) -> None:
    from bot.outputs import note

    if house.instead_of_broken is not None:
        note(
            "Some files cannot be read, so these are the files as they were served since "
            f"{house.instead_of_broken:%Y-%m-%d %H:%M} UTC: focal check tells which."
        )
    elif house.loaded.has_errors:
        note("Some files have errors, so the report may lack something: focal check tells which.")
    if house.is_older_than_kept and house.since is not None:
        note(
            f"The states of the files are kept since {house.since:%Y-%m-%d %H:%M} UTC: these are the oldest."
        )
