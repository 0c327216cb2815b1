"""The long work behind a table that was sent: what would come of it, and the files or links that come of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.content.geography import geography
from bot.documents.office import packed
from bot.documents.tables_in import TableError, rows_about, rows_of
from bot.documents.tables_out import to_csv
from bot.domain.entries import Library
from bot.domain.imports.columns import What
from bot.domain.imports.verdicts import Finding
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import NETWORK, Action, Role
from bot.domain.tables import Column, Table
from bot.domain.views import View
from bot.domain.views.importing import BroughtFile, TableBrought, TableTried, VerdictsFile
from bot.services import inviting, sent_files
from bot.services.desk import Desk
from bot.services.importing.ground import Invited, Shelf
from bot.services.importing.header import HeaderError
from bot.services.importing.receiving import NAME, WHAT
from bot.services.importing.run import Outcome, run
from bot.services.links import INVITATION_PREFIX
from bot.services.long_work import DIGEST, Doer, Made, MadeFile, Say
from bot.texts.import_phrases import Teller

VERDICTS = tuple(Column(key) for key in ("row", "column", "verdict", "code", "message", "cure"))
LINKS = tuple(Column(key) for key in ("role", "city", "note", "link", "expires"))


@dataclass(frozen=True)
class Gathered:
    what: What
    name: str
    content: bytes
    library: Library
    folder: Path | None
    may_appoint: bool
    language: str
    """Of whoever asked."""


def _gather(desk: Desk, work: LongWork) -> Gathered:
    content = desk.work.blobs.get(work.params.get(DIGEST, ""))
    if content is None:
        raise CannotBeMadeError(WorkReason.FILE_GONE)
    return Gathered(
        What(work.params[WHAT]),
        work.params[NAME],
        content,
        desk.all_known,
        desk.knowledge.folder,
        desk.may(Action.APPOINT),
        desk.person.language or desk.renderer.language,
    )


def _run(gathered: Gathered, scratch: Path, find: Callable[[Finding], None], say: Say) -> Outcome:
    table = scratch / "table"
    table.write_bytes(gathered.content)
    shelf = Shelf(
        gathered.library,
        geography(),
        lambda path: _text_of(gathered.folder, path),
        _ids_in(gathered.folder),
        may_appoint=gathered.may_appoint,
    )
    try:
        of = rows_about(table)
        return run(
            gathered.what, rows_of(table), None, shelf, scratch, find, lambda row: say(min(row, of), of)
        )
    except (TableError, HeaderError) as error:
        told = Teller(gathered.language).error(error)
        raise CannotBeMadeError(WorkReason.NO_TABLE, told) from None


def _text_of(folder: Path | None, path: str) -> str | None:
    file = folder / path if folder is not None else None
    return file.read_bytes().decode("utf-8", "replace") if file is not None and file.is_file() else None


def _ids_in(folder: Path | None) -> frozenset[str]:
    files = folder.glob("*/*.md") if folder is not None else ()
    return frozenset(path.name.split(".", 1)[0] for path in files)


# --- trying


def _try(gathered: Gathered, say: Say) -> Made:
    found: list[Finding] = []
    with tempfile.TemporaryDirectory(prefix="focal-import-") as scratch:
        outcome = _run(gathered, Path(scratch), found.append, say)
    teller = Teller(gathered.language)
    rows = (tuple(teller.row(each).values()) for each in found)
    content = b"".join(to_csv(Table("verdicts", VERDICTS, rows)))
    caption = VerdictsFile(gathered.what, outcome.rows)
    return Made((MadeFile("verdicts.csv", content, caption),), (gathered.what, outcome))


def _tried(desk: Desk, work: LongWork, made: Made) -> View:
    what, outcome = made.result
    return TableTried(
        what,
        work.id,
        outcome.rows,
        outcome.accepted,
        outcome.rejected,
        outcome.there_already,
        len(outcome.people) or len(outcome.files),
    )


# --- doing


def _make(gathered: Gathered, say: Say) -> Made:
    with tempfile.TemporaryDirectory(prefix="focal-import-") as scratch:
        outcome = _run(gathered, Path(scratch), lambda finding: None, say)
        files = [(f"knowledge/{name}", (Path(scratch) / "out" / name).read_bytes()) for name in outcome.files]
    if not files and not outcome.people:
        raise CannotBeMadeError(WorkReason.NOTHING)
    if outcome.people:
        return Made(result=(gathered.what, outcome.people))
    archive = MadeFile(f"{gathered.what}.zip", packed(files), BroughtFile(gathered.what, len(files)))
    return Made((archive,), (gathered.what, files))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    what, told = made.result
    if what is What.PEOPLE:
        _send_links(desk, work, told)
    return TableBrought(what, len(told))


def _send_links(desk: Desk, work: LongWork, people: Sequence[Invited]) -> None:
    """Makes the links, all of them in the unit of work that sends them."""
    rows = []
    for one in people:
        role = Role(one.role)
        if role in inviting.OFFICE_ROLES and not desk.may(Action.APPOINT):
            continue
        invitation, token = inviting.make(desk, role, one.city)
        link = f"https://t.me/{desk.renderer.bot_name}?start={INVITATION_PREFIX}{token}"
        until = invitation.expires_at.isoformat(timespec="minutes")
        rows.append((one.role, one.city, one.note or None, link, until))
    content = b"".join(to_csv(Table("links", LINKS, rows)))
    file = MadeFile("links.csv", content, BroughtFile(What.PEOPLE, len(rows)))
    sent_files.send(desk, f"{work.id}:links", sent_files.kept(desk, file), Action.IMPORT, NETWORK)


TRIAL = Doer(Action.IMPORT, _gather, _try, _tried, lambda desk, work: NETWORK)
IMPORT = Doer(Action.IMPORT, _gather, _make, _finish, lambda desk, work: NETWORK)
