"""A table that the secretariat sends to the bot: what is in it is asked, it is tried, and only then done."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.attachments import SentFile
from bot.domain.imports.columns import What
from bot.domain.long_work import WorkKind
from bot.domain.people import NETWORK, Action, Expecting, Purpose
from bot.domain.views import OldButton, View
from bot.domain.views.importing import TableSent
from bot.services import long_work
from bot.services.desk import Desk

LETTERS: Mapping[str, What] = {
    "c": What.CITIES,
    "p": What.COMMITMENTS,
    "r": What.RESULTS,
    "e": What.ENTRIES,
    "m": What.PEOPLE,
}
"""What stands for a kind of table in a button; a letter keeps its meaning for good."""
ENDINGS = (".csv", ".tsv", ".xlsx")
WHAT, NAME = "what", "name"
"""Of the params of the long work."""


def is_table(sent: SentFile) -> bool:
    return sent.kind == "document" and (sent.name or "").lower().endswith(ENDINGS)


def is_free(desk: Desk) -> bool:
    """Whether nothing was asked that a file could be meant for."""
    asked = desk.person.expecting
    return asked is None or asked.is_over(desk.now) or asked.purpose in (Purpose.TABLE, Purpose.SEARCH)


def may_bring_in(desk: Desk) -> bool:
    """Tables are of the whole network: who looks after some countries only brings none in."""
    return desk.private and desk.may(Action.IMPORT, NETWORK)


def sent(desk: Desk, file: SentFile) -> View:
    """Asks what the table holds. It is fetched when that is said."""
    waiting = Expecting(Purpose.TABLE, text=file.file_id, more=file.name, since=desk.now)
    desk.work.people.expect(desk.person.id, waiting)
    return TableSent(file.name or "", tuple(LETTERS.items()))


def tried(desk: Desk, letter: str) -> View:
    """Has the table tried that was sent last."""
    if not may_bring_in(desk):
        return OldButton()  # they lost it since
    waiting, what = desk.person.expecting, LETTERS.get(letter)
    if what is None or waiting is None or waiting.purpose is not Purpose.TABLE or waiting.text is None:
        return OldButton()
    params = {WHAT: what.value, long_work.FILE_ID: waiting.text, NAME: waiting.more or ""}
    return long_work.begin(desk, WorkKind.IMPORT_TRIAL, params)


def brought_in(desk: Desk, work_id: int) -> View:
    """Does what was tried, with the same bytes."""
    if not may_bring_in(desk):
        return OldButton()  # they lost it since
    trial = desk.work.long_works.get(work_id)
    is_own = trial is not None and trial.person == desk.person.id and trial.kind is WorkKind.IMPORT_TRIAL
    if trial is None or not is_own:
        return OldButton()
    return long_work.begin(desk, WorkKind.IMPORT, trial.params)
