"""A table that the secretariat sends to the bot: what is in it is asked, it is tried, and only then done."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from bot.domain.attachments import SentFile
from bot.domain.imports.columns import What
from bot.domain.long_work import WorkKind
from bot.domain.people import NETWORK, Action, Expecting, Purpose
from bot.domain.views import OldButton, View
from bot.domain.views.importing import EmptyTable, ImportStart, LinksMade, TableSent
from bot.services import long_work, sent_files
from bot.services.desk import Desk
from bot.services.sent_files import MadeFile

LETTERS: Mapping[str, What] = {
    "c": What.CITIES,
    "p": What.COMMITMENTS,
    "r": What.RESULTS,
    "e": What.ENTRIES,
    "m": What.PEOPLE,
}
"""What stands for a kind of table in a button; a letter keeps its meaning for good."""
ENDINGS = (".csv", ".tsv", ".xlsx")
WHAT, NAME, WORK_TRIED, BROUGHT = "what", "name", "trial", "brought"
"""Of the params of the long work: what the table holds, and its name; of an import its trial; of a trial, that its
links were made."""
MOST_TABLES = 6
"""How many tables may wait until it is said what they hold: those that came last."""


def is_table(sent: SentFile) -> bool:
    return sent.kind == "document" and (sent.name or "").lower().endswith(ENDINGS)


def is_free(desk: Desk) -> bool:
    """Whether nothing was asked that a file could be meant for."""
    asked = desk.person.expecting
    return asked is None or asked.is_over(desk.now) or asked.purpose in (Purpose.TABLE, Purpose.SEARCH)


def may_bring_in(desk: Desk) -> bool:
    """Tables are of the whole network: who looks after some countries only brings none in."""
    return desk.private and desk.may(Action.IMPORT, NETWORK)


def begin(desk: Desk) -> View:
    """Says how tables are brought in."""
    return ImportStart(tuple(LETTERS.items()) if may_bring_in(desk) else ())


def empty(desk: Desk, letter: str) -> View:
    """Sends a table to fill in; without a letter it says how tables are brought in."""
    from bot.documents.table_templates import template  # brings much along

    what = LETTERS.get(letter)
    if not letter or not may_bring_in(desk):
        return begin(desk)
    if what is None:
        return OldButton()
    file = MadeFile(f"{what}.xlsx", template(what, as_excel=True), EmptyTable(what))
    sent_files.send(desk, f"empty:{desk.cause}", sent_files.kept(desk, file), Action.IMPORT, NETWORK)
    return ImportStart(tuple(LETTERS.items()), what)


def sent(desk: Desk, file: SentFile) -> View:
    """Asks what the table holds. It is fetched when that is said."""
    tables = {**_waiting(desk), file.file_id: file.name or ""}
    latest = dict(list(tables.items())[-MOST_TABLES:])
    waiting = Expecting(Purpose.TABLE, text=json.dumps(latest), since=desk.now)
    desk.work.people.expect(desk.person.id, waiting)
    return TableSent(file.name or "", tuple(LETTERS.items()), mark_of(file.file_id))


def mark_of(file_id: str) -> str:
    """What names a table in a button, where Telegram's name of it has no room."""
    return sha256(file_id.encode()).hexdigest()[:8]


def _waiting(desk: Desk) -> dict[str, str]:
    """The names of the tables that came, by Telegram's name of each."""
    asked = desk.person.expecting
    return json.loads(asked.text) if asked and asked.purpose is Purpose.TABLE and asked.text else {}


def tried(desk: Desk, letter: str, mark: str) -> View:
    """Has the table tried that the button belongs to."""
    if not may_bring_in(desk):
        return OldButton()  # they lost it since
    what, tables = LETTERS.get(letter), _waiting(desk)
    file_id = next((one for one in tables if mark_of(one) == mark), None)
    if what is None or file_id is None:
        return OldButton()
    params = {WHAT: what.value, long_work.FILE_ID: file_id, NAME: tables[file_id]}
    return long_work.begin(desk, WorkKind.IMPORT_TRIAL, params)


def brought_in(desk: Desk, work_id: int) -> View:
    """Does what was tried, with the same bytes; links are made once."""
    if not may_bring_in(desk):
        return OldButton()  # they lost it since
    trial = desk.work.long_works.get(work_id)
    is_own = trial is not None and trial.person == desk.person.id and trial.kind is WorkKind.IMPORT_TRIAL
    if trial is None or not is_own:
        return OldButton()
    if BROUGHT in trial.params:
        return LinksMade(trial.params[NAME])
    return long_work.begin(desk, WorkKind.IMPORT, {**trial.params, WORK_TRIED: str(work_id)})
