"""Published reports: which there are, and their documents as they were frozen."""

from __future__ import annotations

from bot.domain.audit import Entry, Event
from bot.domain.buttons import PublishMove
from bot.domain.people import Action, Role
from bot.domain.ports import UnitOfWork
from bot.domain.publication import Edition, Format
from bot.domain.views import OldButton, View
from bot.domain.views.publishing import EditionCaption, EditionCard, EditionLine, Editions
from bot.services import sent_files
from bot.services.browsing import paged
from bot.services.desk import Desk
from bot.services.publishing.screens import FORMATS, spoken
from bot.services.sent_files import KeptFile

ON_A_PAGE = 6


def listed(desk: Desk, page: int) -> View:
    """All published reports, newest first."""
    every = desk.work.editions.all()
    shown, page, pages = paged(every, page, ON_A_PAGE)
    return Editions(tuple(_line(desk, edition) for edition in shown), page, pages, len(every))


def press(desk: Desk, move: str, language: str, edition_id: int) -> View:
    """Opens a published report in a language, or sends one of its documents as it was frozen."""
    edition = desk.work.editions.get(edition_id)
    if edition is None:
        return OldButton()
    if move == PublishMove.SHOW:
        return card(desk, edition, language)
    format = FORMATS.get(move)
    document = edition.document(format, language) if format is not None else None
    if format is None or document is None:
        return OldButton()
    if not is_as_published(desk.work, edition) or sent_files.whole(desk, document.digest) is None:
        return card(desk, edition, language, damaged=format)
    line = _line(desk, edition)
    file = KeptFile(
        f"{edition.number}-{language}.{format.value}",
        document.digest,
        EditionCaption(line, format, language, document.digest),
    )
    sent_files.send(desk, f"{desk.cause}:{document.digest[:12]}", file, Action.PUBLISH)
    return card(desk, edition, language, given=format)


def card(
    desk: Desk,
    edition: Edition,
    language: str,
    *,
    is_new: bool = False,
    given: Format | None = None,
    damaged: Format | None = None,
) -> EditionCard:
    """One published report, with its documents in this language; in the reader's where it has none in it."""
    there = {document.language for document in edition.documents}
    wanted = next((one for one in (language, spoken(desk, "")) if one in there), min(there, default=""))
    role = _role(desk, edition)
    return EditionCard(_line(desk, edition), wanted, desk.zone, role, is_new, given, damaged)


def _line(desk: Desk, edition: Edition) -> EditionLine:
    return EditionLine(edition, desk.schedules.cycles.get(edition.scope.cycle or ""))


def is_as_published(work: UnitOfWork, edition: Edition) -> bool:
    """Whether its documents are those that the log of changes has the hash of."""
    logged = _logged(work, edition)
    return logged is not None and logged.after == edition.digest


def _role(desk: Desk, edition: Edition) -> Role | None:
    """In which role it was published, as the log of changes has it."""
    logged = _logged(desk.work, edition)
    return logged.actor_role if logged is not None else None


def _logged(work: UnitOfWork, edition: Edition) -> Entry | None:
    published = work.audit.of_events((Event.PUBLISHED,))
    return next((entry for entry in published if entry.subject == edition.number), None)
