"""Publishing: all documents of the report are made from one state of things, and kept as they are for good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

from bot.documents.composition import compose
from bot.documents.printing import print_document
from bot.domain.audit import Event
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkReason
from bot.domain.people import NETWORK, Action
from bot.domain.publication import Edition, EditionDocument, Format
from bot.domain.views import View
from bot.services.desk import Desk
from bot.services.long_work import Doer, Gathering, Made, Say
from bot.services.publishing import editions, screens
from bot.services.publishing.drafting import Gathered, gathering

EVERY_YEAR = "all"
"""In the number of an edition that is about all years."""


@dataclass(frozen=True)
class Frozen:
    """The documents with what they were made of."""

    number: str
    of: Gathered
    documents: Sequence[tuple[Format, str, bytes]]


def _gather(desk: Desk, work: LongWork) -> Gathering:
    scope = screens.scope_of(screens.chosen_cycle(desk, work.params))
    # Something may have been accepted since the tap: nothing is published that nobody was shown.
    if work.params[screens.MARK] != screens.mark_of(desk, scope):
        raise CannotBeMadeError(WorkReason.CHANGED)
    number, languages = _next_number(desk, scope.cycle), work.params[screens.LANGUAGES].split()
    return gathering(desk, work, lambda of: (number, of, languages))


def _make(found: tuple[str, Gathered, Sequence[str]], say: Say) -> Made:
    number, of, spoken = found
    all_of_them = len(spoken) * len(Format)
    documents: list[tuple[Format, str, bytes]] = []

    def is_wanted() -> None:
        say(len(documents), all_of_them)

    for language in spoken:
        document = compose(of.report, language, number)
        for format in Format:
            is_wanted()
            content = print_document(document, format, of.templates, is_wanted)
            documents.append((format, language, content))
    return Made(result=Frozen(number, of, documents))


def _finish(desk: Desk, work: LongWork, made: Made) -> View:
    frozen: Frozen = made.result
    documents = tuple(
        EditionDocument(format, language, desk.work.blobs.put(content, desk.now, for_good=True), len(content))
        for format, language, content in frozen.documents
    )
    report = frozen.of.report
    edition = desk.work.editions.add(
        Edition(
            0,
            frozen.number,  # it stands on every page; one worker publishes at a time
            report.scope,
            frozen.of.now,
            report.content,
            desk.now,
            desk.person.handle,
            documents,
        )
    )
    desk.log(Event.PUBLISHED, edition.number, after=edition.digest)
    return editions.card(desk, edition, "", is_new=True)


def _next_number(desk: Desk, cycle: str | None) -> str:
    """`commitments-2026-1`, then 2: every edition of a cycle has its own."""
    numbers = (f"commitments-{cycle or EVERY_YEAR}-{number}" for number in count(1))
    return next(number for number in numbers if desk.work.editions.by_number(number) is None)


PUBLISH = Doer(Action.PUBLISH, _gather, _make, _finish, lambda desk, work: NETWORK)
