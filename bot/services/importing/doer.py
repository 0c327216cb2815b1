"""The long work behind a table that was sent: what would come of it, and the files or links that come of it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.content.geography import geography
from bot.documents.office import packed
from bot.documents.tables_in import TableError, rows_about, rows_of
from bot.domain.entries import Library
from bot.domain.imports.columns import What
from bot.domain.imports.verdicts import Finding
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import NETWORK, OF_THE_OFFICE, Action, Role
from bot.domain.views import View
from bot.domain.views.importing import BroughtFile, TableBrought, TableTried, VerdictsFile
from bot.services import inviting, sent_files
from bot.services.desk import Desk
from bot.services.importing.ground import Invited, Shelf, ids_in, text_in
from bot.services.importing.header import HeaderError
from bot.services.importing.link_sheet import link_sheet
from bot.services.importing.receiving import BROUGHT, NAME, WHAT, WORK_TRIED
from bot.services.importing.run import Outcome, run
from bot.services.importing.verdict_sheet import VerdictSheet
from bot.services.links import INVITATION_PREFIX
from bot.services.long_work import DIGEST, Doer, Made, MadeFile, Say
from bot.texts.import_phrases import Teller


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
    folder = gathered.folder
    shelf = Shelf(
        gathered.library,
        geography(),
        lambda path: text_in(folder / path) if folder is not None else None,
        ids_in(folder) if folder is not None else frozenset(),
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


# --- trying


def _try(gathered: Gathered, say: Say) -> Made:
    with tempfile.TemporaryDirectory(prefix="focal-import-") as scratch:
        folder = Path(scratch)
        with VerdictSheet(folder / "verdicts", Teller(gathered.language)) as sheet:
            outcome = _run(gathered, folder, sheet.find, say)
            name, content = sheet.finished(gathered.name)
    caption = VerdictsFile(gathered.what, outcome.rows)
    return Made((MadeFile(name, content, caption),), (gathered.what, outcome, tuple(sheet.first)))


def _tried(desk: Desk, work: LongWork, made: Made) -> View:
    what, outcome, first = made.result
    return TableTried(
        what,
        work.id,
        outcome.rows,
        outcome.accepted,
        outcome.rejected,
        outcome.there_already,
        len(outcome.people) or len(outcome.files),
        first,
        work.params[NAME],
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
    made_of_it = _send_links(desk, work, told) if what is What.PEOPLE else len(told)
    return TableBrought(what, made_of_it, work.params[NAME])


def _send_links(desk: Desk, work: LongWork, people: Sequence[Invited]) -> int:
    """Makes the links, all of them in the unit of work that sends them; how many. A second tap makes no others."""
    rows = []
    trial = desk.work.long_works.get(int(work.params[WORK_TRIED]))
    if trial is not None:
        desk.work.long_works.save(replace(trial, params={**trial.params, BROUGHT: "yes"}), trial)
    for one in people:
        role = Role(one.role)
        if role in OF_THE_OFFICE and not desk.may(Action.APPOINT):
            continue  # they lost this right since the table was read
        invitation, token = inviting.make(desk, role, one.city)
        link = f"https://t.me/{desk.renderer.bot_name}?start={INVITATION_PREFIX}{token}"
        until = invitation.expires_at.isoformat(timespec="minutes")
        rows.append((one, link, until))
    file = MadeFile("links.csv", link_sheet(rows), BroughtFile(What.PEOPLE, len(rows)))
    kept = sent_files.kept(desk, file)
    sent_files.send(desk, sent_files.of_work(work.id, 1), kept, Action.IMPORT, NETWORK)
    return len(rows)


TRIAL = Doer(Action.IMPORT, _gather, _try, _tried, lambda desk, work: NETWORK)
IMPORT = Doer(Action.IMPORT, _gather, _make, _finish, lambda desk, work: NETWORK)
