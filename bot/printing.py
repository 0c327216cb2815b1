"""The programs behind `focal report`: the house is opened for reading, the report gathered, composed and printed."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator
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
from bot.services.publishing.gather import gather
from bot.services.publishing.returned import returned_points
from bot.settings import Settings
from bot.storage.at_hand import database_at_hand
from bot.storage.database import Database

if TYPE_CHECKING:
    from bot.documents.letters import OpenPoints

Say = Callable[[str], None]
"""Tells what is done next."""

STEPS = ("Reading the files", "Reading the reports", "Composing", "Printing")
TEXTS = frozenset({Format.HTML, Format.MD, Format.JSON})
"""Formats that a terminal can show."""


def nobody_asks(step: str) -> None:
    """Where nobody watches."""


@dataclass(frozen=True)
class Opened:
    """The database and the files, at one moment. `content` is the digest of the files, `since` from when on their
    states are kept; `as_of` None: now. `templates` are the secretariat's own."""

    database: Database
    loaded: Loaded
    content: str
    as_of: datetime | None
    since: datetime | None
    templates: Path | None = None

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
    what is printed now can be printed again; but no database is made for that. `now`: by the clock."""
    for folder in (knowledge, schedules):
        if folder is not None and not folder.is_dir():
            raise OperatorError(f"{folder} is not a folder")
    of_entries = knowledge or knowledge_folder(settings.knowledge)
    of_cycles = schedules or schedules_folder(settings.schedules, of_entries)
    templates = templates_folder(settings.templates, of_entries)
    files = snapshot_files(of_entries, of_cycles, None)
    now = now or RealClock().now()
    with database_at_hand(settings.database) as database:
        present = load(of_entries, schedules=of_cycles, with_notes=False)
        # What the bot serves in the place of a broken file, and which folder it serves, only the bot knows.
        is_served = not present.set_aside and knowledge is None and schedules is None
        content = state_of(files)
        if is_served:
            database.run_now(lambda work: work.snapshots.keep(files, now))
        since = database.run_now(lambda work: work.snapshots.since())
        then = database.run_now(lambda work: work.snapshots.at(as_of)) if as_of is not None else content
        if then is None or then == content:
            yield Opened(database, present, content, as_of, since, templates)
            return
        kept = database.run_now(lambda work: work.snapshots.files(then))
        if kept is None:
            raise OperatorError("The files as they were then are not kept any more.")
        yield Opened(database, load_snapshot(kept), then, as_of, since, templates)


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
    with database_at_hand(settings.database) as database:
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
        try:
            content = database.run_now(lambda work: work.blobs.get(digest))
        except ValueError:
            content = None
        if content is None:
            raise OperatorError(f"The document of the edition {number} is damaged or gone from the database.")
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
    return found.replace(hour=23, minute=59, second=59, microsecond=999_999) if is_day else found


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


def write_out(content: bytes, out: Path | None) -> None:
    """To a file, in one step, or to standard output. Raises OperatorError where that cannot be."""
    if out is None:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    beside = out.with_name(f".{out.name}.{os.getpid()}.tmp")
    try:
        if out.exists() and not out.is_file():  # a pipe or a device
            out.write_bytes(content)
            return
        try:
            beside.write_bytes(content)
            beside.replace(out)
        finally:  # Ctrl+C too leaves nothing behind
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OperatorError(f"{out} cannot be written ({error.strerror or error})") from None


def write_letters(made: Iterable[tuple[str, bytes]], out: Path) -> int:
    """Into one archive where `out` ends in `.zip`, else each as a file in this folder; how many there were. Raises
    OperatorError where that cannot be."""
    from bot.documents.letters import letters_zip
    from bot.outputs import written

    if out.suffix.lower() == ".zip":
        all_of_them = list(made)
        with written(out) as file:
            file.write(letters_zip(all_of_them))
        return len(all_of_them)
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OperatorError(f"{out} cannot be written ({error.strerror or error})") from None
    count = 0
    for name, content in made:
        with written(out / name) as file:
            file.write(content)
        count += 1
    return count


def _among(what: str, known: Iterable[str]) -> str:
    listed = sorted(known)[:12]
    return f"the {what} are {', '.join(listed)}" if listed else f"there are no {what} yet"
