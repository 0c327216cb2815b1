"""The programs behind `focal report`: the house is opened for reading, the report gathered, composed and printed."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.clock import RealClock
from bot.content.loader import Loaded, load
from bot.content.problems import did_you_mean
from bot.content.snapshots import load_snapshot, snapshot_files
from bot.content.starter import knowledge_folder, schedules_folder, templates_folder
from bot.domain.content_states import state_of
from bot.domain.errors import OperatorError
from bot.domain.publication import CommitmentReport, Format, Scope
from bot.outputs import ENDINGS, check_ending, note, written
from bot.services.publishing.addressed import circumstances
from bot.services.publishing.editions import is_as_published
from bot.services.publishing.gather import gather
from bot.services.publishing.returned import returned_points
from bot.settings import Settings
from bot.storage.at_hand import database_at_hand
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.documents.letters import Circumstances, OpenPoints

Say = Callable[[str], None]
"""Tells what is done next."""

STEPS = ("Reading the files", "Reading the reports", "Composing", "Printing")
TEXTS = frozenset({Format.HTML, Format.MD, Format.JSON})
"""Formats that a terminal can show."""
MOST_LISTED = 12
"""How many ids are named where one is not there."""


def nobody_asks(step: str) -> None:
    """Where nobody watches."""


@dataclass(frozen=True)
class Opened:
    """The database and the files, at one moment. `content` is the digest of the files, `since` from when on their
    states are kept; `as_of` None: now. `templates` are the secretariat's own. `instead_of_broken`: from when the
    state is that is here in the place of files that cannot be read."""

    database: Database
    loaded: Loaded
    content: str
    as_of: datetime | None
    since: datetime | None
    templates: Path | None = None
    instead_of_broken: datetime | None = None

    @property
    def is_older_than_kept(self) -> bool:
        return self.as_of is not None and self.since is not None and self.as_of < self.since

    def report(self, scope: Scope) -> CommitmentReport:
        """Raises OperatorError for a cycle, city or topic that the files do not have."""
        check_names(scope, self.loaded)
        library, schedules = self.loaded.library, self.loaded.schedules
        return self.database.run_now(
            lambda work: gather(work, library, schedules, self.content, scope, self.as_of)
        )

    def returned(self, cycle: str) -> OpenPoints:
        """What the secretariat returned to the cities in this cycle, and has not got back yet."""
        return self.database.run_now(lambda work: returned_points(work, self.loaded.schedules, cycle))

    def addressed(
        self, cycle: str, cities: Collection[str], now: datetime | None = None
    ) -> Mapping[str, Circumstances]:
        """What holds for each of these cities: until when it owes a report, whether anybody of it is in Focal.
        `now`: by the clock."""
        library, of_cycle = self.loaded.library, self.loaded.schedules.cycles.get(cycle)
        at = now or RealClock().now()
        return self.database.run_now(lambda work: circumstances(work, library, of_cycle, cities, at))


@contextmanager
def opened(
    settings: Settings,
    as_of: datetime | None = None,
    *,
    knowledge: Path | None = None,
    schedules: Path | None = None,
    now: datetime | None = None,
) -> Iterator[Opened]:
    """Opens the house for reading, with the files as they were at a moment. Their present state is kept, so that
    what is printed now can be printed again; but no database is made for that. Where a file cannot be read, the
    newest state that is kept is there in its place. `now`: by the clock. Raises OperatorError for a moment to come,
    and where a state is not whole any more."""
    now = now or RealClock().now()
    if as_of is not None and as_of > now and as_of != _end_of_day(now):
        raise OperatorError(
            f"--as-of {as_of:%Y-%m-%d %H:%M} UTC is still to come: it is {now:%Y-%m-%d %H:%M} UTC on this machine."
        )
    for folder in (knowledge, schedules):
        if folder is not None and not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
    of_entries = knowledge or knowledge_folder(settings.knowledge)
    of_cycles = schedules or schedules_folder(settings.schedules, of_entries)
    templates = templates_folder(settings.templates, of_entries)
    files = snapshot_files(of_entries, of_cycles, None)
    with database_at_hand(settings.database, note) as database:
        present = load(of_entries, schedules=of_cycles, with_notes=False)
        # Which folder the bot serves, and what it serves in the place of a broken file, only the bot knows.
        is_served = knowledge is None and schedules is None
        content, instead = state_of(files), None
        if is_served and not present.set_aside:
            database.run_now(lambda work: work.snapshots.keep(files, now))
        since = database.run_now(lambda work: work.snapshots.since())
        if as_of is not None:
            then = database.run_now(lambda work: work.snapshots.at(as_of)) or content
        elif is_served and present.set_aside:
            newest = database.run_now(lambda work: work.snapshots.newest())
            then, instead = newest or (content, None)
        else:
            then = content
        if then == content:
            yield Opened(database, present, content, as_of, since, templates)
            return
        yield Opened(database, _kept(database, then), then, as_of, since, templates, instead)


def _kept(database: Database, content: str) -> Loaded:
    """The files of a state. Raises OperatorError where they are not whole any more."""
    try:
        files = database.run_now(lambda work: work.snapshots.files(content))
    except ValueError:
        files = None
    if files is None:
        raise OperatorError(
            "The files as they were then are damaged or gone from the database: a backup has them."
        )
    return load_snapshot(files)


def printed(
    report: CommitmentReport,
    format: Format,
    language: str,
    templates: Path | None = None,
    say: Say = nobody_asks,
) -> bytes:
    """A report as a document; the same bytes for the same report."""
    from bot.documents.composition import compose
    from bot.documents.printing import print_document

    say(STEPS[2])
    document = compose(report, language)
    say(STEPS[3])
    return print_document(document, format, templates)


def frozen(settings: Settings, number: str, format: Format, language: str) -> bytes:
    """A document of an edition, as it was published. Raises OperatorError where there is none."""
    with database_at_hand(settings.database, note) as database:
        edition = database.run_now(lambda work: work.editions.by_number(number))
        if edition is None:
            known = [one.number for one in database.run_now(lambda work: work.editions.all())]
            hint = did_you_mean(number, known) or _among("editions", known)
            raise OperatorError(f"There is no edition {number!r}: {hint}")
        document = edition.document(format, language)
        if document is None:
            has = ", ".join(sorted(f"{one.format} ({one.language})" for one in edition.documents))
            raise OperatorError(f"The edition {number} has no {format} in {language!r}. It has: {has}.")
        digest = document.digest
        is_same = database.run_now(lambda work: is_as_published(work, edition))
        try:
            content = database.run_now(lambda work: work.blobs.get(digest)) if is_same else None
        except ValueError:
            content = None
        if content is None:
            raise OperatorError(
                f"The document of the edition {number} is not what was published any more: a backup has it."
            )
        return content


def check_names(scope: Scope, loaded: Loaded) -> None:
    """Raises OperatorError for the first name that the files do not have, with the nearest that they have."""
    library, cycles = loaded.library, loaded.schedules.cycles
    cities = {**library.cities, **library.commitments_by_city}
    asked = (
        ("cycle", (scope.cycle,) if scope.cycle is not None else (), cycles),
        ("city", scope.cities, cities),
        ("topic", scope.topics, library.topics),
    )
    for what, names, known in asked:
        for one in names:
            if one not in known:
                hint = did_you_mean(one, known) or _among(f"{what} ids", known)
                raise OperatorError(f"There is no {what} {one!r}: {hint}")


def moment_of(text: str) -> datetime:
    """Up to when something counts, in UTC: a day to its end. Raises OperatorError where the text is none."""
    try:
        found = datetime.fromisoformat(text)
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise OperatorError(
            f"--as-of {text!r} is not a date or date-time, such as 2026-12-01 or 2026-12-01T09:00+08:00."
        ) from None
    is_day = len(text) <= len("2026-12-01") and "T" not in text
    return _end_of_day(found) if is_day else found


def _end_of_day(moment: datetime) -> datetime:
    return moment.replace(hour=23, minute=59, second=59, microsecond=999_999)


def check_out(format: Format, out: Path | None) -> None:
    """Raises OperatorError where what is printed could not be written; before the work is done, not after it."""
    if out is None:
        if format not in TEXTS and sys.stdout.isatty():
            raise OperatorError(
                f"A {format} is no text to be shown here. Write it to a file: --out report.{format}"
            )
    elif out.is_dir():
        raise OperatorError(f"{out} is a folder. Name the file: --out {out / f'report.{format}'}")
    elif not out.parent.is_dir():
        raise OperatorError(f"{out} cannot be written: there is no folder {out.parent}.")
    else:
        check_ending(out, format)


def check_place(out: Path) -> None:
    """Raises OperatorError where letters could not be written: there are many of them."""
    if out.is_dir() or out.suffix.lower() == ".zip":
        return
    if out.exists():
        raise OperatorError(f"{out} is a file. Name a folder for the letters, or a file that ends in .zip.")
    if out.suffix.removeprefix(".").lower() in ENDINGS:
        raise OperatorError(
            f"{out} would be one file, and each city has its letter. Name a folder, or an archive: "
            f"--out {out.with_suffix('.zip')}"
        )


def write_letters(made: Iterable[tuple[str, bytes]], out: Path) -> int:
    """Into one archive where `out` ends in `.zip`, else each as a file in this folder; how many there were. Nothing
    is written before all of them are made. Raises OperatorError where that cannot be."""
    from bot.documents.letters import letters_zip

    is_archive = out.suffix.lower() == ".zip" and not out.is_dir()
    check_place(out)
    letters = list(made)
    if is_archive:
        with written(out) as file:
            file.write(letters_zip(letters))
        return len(letters)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"{out} cannot be written ({error.strerror or error})") from None
    for name, content in letters:
        with written(out / name) as file:
            file.write(content)
    return len(letters)


def _among(what: str, known: Iterable[str]) -> str:
    every = sorted(known)
    if not every:
        return f"there are no {what} yet."
    more = f" and {len(every) - MOST_LISTED} more" if len(every) > MOST_LISTED else ""
    return f"the {what} are {', '.join(every[:MOST_LISTED])}{more}."
