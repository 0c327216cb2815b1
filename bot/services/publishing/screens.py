"""What the network publishes, on the screen: how much of a report is there, and the way to its documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256

from bot.domain.buttons import EVERY_CYCLE, FreezeMove, PublishMove
from bot.domain.cycles import ReportingCycle
from bot.domain.long_work import CannotBeMadeError, WorkKind, WorkReason
from bot.domain.people import NETWORK, Action
from bot.domain.publication import Edition, Format, Scope
from bot.domain.reports import ReportHead, ReportState
from bot.domain.views import OldButton, View
from bot.domain.views.publishing import FreezeAsked, PublishScreen, Standing
from bot.services import long_work
from bot.services.desk import Desk
from bot.services.overview import has_begun
from bot.services.publishing.scopes import cities_in
from bot.texts.catalogues import interface_language, languages

FORMATS: Mapping[str, Format] = {
    PublishMove.WORD: Format.DOCX,
    PublishMove.PDF: Format.PDF,
    PublishMove.PAGE: Format.HTML,
    PublishMove.WORKBOOK: Format.XLSX,
    PublishMove.MARKDOWN: Format.MD,
    PublishMove.DATA: Format.JSON,
}
"""What a letter on a button chooses."""
MOST_NAMES = 6
"""How many cities without a report are named."""
MOST_CYCLES = 3
CYCLE, LANGUAGE, FORMAT, LANGUAGES, MARK = "cycle", "language", "format", "languages", "mark"
"""What is kept of a choice in the params of long work."""


def newest(desk: Desk) -> View:
    """The report on the newest cycle that has begun anywhere; on all years, where there is none."""
    cycles = desk.schedules.newest_first()
    begun = [cycle for cycle in cycles if has_begun(desk, cycle)]
    return screen(desk, next(iter([*begun, *cycles]), None), "")


def press(desk: Desk, move: str, language: str, cycle_id: str) -> View:
    """What a button below the report does: another cycle or language, a document, the letters."""
    if not cycle_id:
        return newest(desk)
    cycle = desk.schedules.cycles.get(cycle_id)
    if cycle is None and cycle_id != EVERY_CYCLE:
        return OldButton()
    if move == PublishMove.SHOW:
        return screen(desk, cycle, language)
    language = spoken(desk, language)
    if move == PublishMove.LETTERS:
        return long_work.begin(desk, WorkKind.LETTERS, {CYCLE: cycle_id, LANGUAGE: language})
    if move not in FORMATS:
        return OldButton()
    chosen = {CYCLE: cycle_id, LANGUAGE: language, FORMAT: FORMATS[move].value}
    return long_work.begin(desk, WorkKind.REPORT, chosen)


def screen(
    desk: Desk,
    cycle: ReportingCycle | None,
    language: str,
    *,
    given: Format | None = None,
    letters: int = 0,
) -> PublishScreen:
    """`given` or `letters`: what was made just now."""
    others = (other for other in desk.schedules.newest_first() if cycle is None or other.id != cycle.id)
    return PublishScreen(
        standing(desk, cycle),
        spoken(desk, language),
        languages(),
        tuple(others)[:MOST_CYCLES],
        may_freeze(desk),
        len(desk.work.editions.all()),
        given,
        letters,
    )


def content_of(desk: Desk) -> str:
    """The state of the files that is served; empty where none is kept."""
    newest = desk.work.snapshots.newest()
    return newest[0] if newest is not None else ""


def spoken(desk: Desk, language: str) -> str:
    """The language of a document: the chosen one, else the reader's, in which documents are there."""
    return language if language in languages() else interface_language(desk.person.language)


def standing(desk: Desk, cycle: ReportingCycle | None) -> Standing:
    """How much of the report is there, of the cities that the reader looks after."""
    every = cities_in(scope_of(cycle), desk.all_known, cycle, lambda city: True)
    seen = [city for city in every if may_see(desk, city)]
    reporting = {desk.all_known.id_now(report.city) for report in _accepted(desk, cycle)}
    missing = [city for city in seen if city not in reporting]
    return Standing(
        cycle,
        len(seen),
        len(seen) - len(missing),
        tuple(missing[:MOST_NAMES]),
        desk.all_known,
        max(0, len(missing) - MOST_NAMES),
        len(seen) < len(every),
    )


def scope_of(cycle: ReportingCycle | None) -> Scope:
    return Scope() if cycle is None else Scope(cycle.id)


def chosen_cycle(desk: Desk, params: Mapping[str, str]) -> ReportingCycle | None:
    """The cycle of long work; None for all years. Raises CannotBeMadeError where it is gone from the files."""
    cycle_id = params[CYCLE]
    cycle = desk.schedules.cycles.get(cycle_id)
    if cycle is None and cycle_id != EVERY_CYCLE:
        raise CannotBeMadeError(WorkReason.NOTHING)
    return cycle


def may_see(desk: Desk, city: str) -> bool:
    return desk.may(Action.PUBLISH, desk.matter(city))


def may_freeze(desk: Desk) -> bool:
    """What is published is of the whole network: who looks after some countries does not decide on it."""
    return desk.may(Action.PUBLISH, NETWORK)


# --- publishing


def press_freeze(desk: Desk, move: str, rank: int, mark: str, cycle_id: str) -> View:
    """Asks, and publishes what was shown when it was asked."""
    cycle = desk.schedules.cycles.get(cycle_id)
    if cycle is None and cycle_id != EVERY_CYCLE:
        return OldButton()
    if move == FreezeMove.ASK:
        return _asked(desk, cycle, (1 << len(languages())) - 1)
    asked = _asked(desk, cycle, rank)
    if move != FreezeMove.PUBLISH or not asked.chosen:
        return asked
    if asked.mark != mark:
        return replace(asked, is_changed=True)
    chosen = {CYCLE: cycle_id, LANGUAGES: " ".join(asked.chosen), MARK: mark}
    return long_work.begin(desk, WorkKind.PUBLISH, chosen)


def _asked(desk: Desk, cycle: ReportingCycle | None, rank: int) -> FreezeAsked:
    spoken = languages()
    rank &= (1 << len(spoken)) - 1
    chosen = tuple(language for place, language in enumerate(spoken) if rank >> place & 1)
    scope, newest = scope_of(cycle), _newest(desk, scope_of(cycle))
    same_as = newest.number if newest is not None and _is_as_then(desk, newest) else ""
    return FreezeAsked(standing(desk, cycle), spoken, chosen, rank, mark_of(desk, scope), same_as=same_as)


def _newest(desk: Desk, scope: Scope) -> Edition | None:
    return next((edition for edition in desk.work.editions.all() if edition.scope == scope), None)


def _is_as_then(desk: Desk, edition: Edition) -> bool:
    """Whether all that an edition rests on is still as it was: the files, and what was accepted."""
    decided = (report.decided_at for report in _accepted(desk, None))
    return edition.content == content_of(desk) and all(at is None or at <= edition.as_of for at in decided)


def mark_of(desk: Desk, scope: Scope) -> str:
    """A short name of all that would be published: what was accepted (series reach back into other cycles), the
    files, the languages there are, and which edition it would follow."""
    accepted = sorted((report.id, str(report.decided_at)) for report in _accepted(desk, None))
    newest = _newest(desk, scope)
    state = (accepted, content_of(desk), languages(), newest.number if newest is not None else "")
    return sha256(repr(state).encode()).hexdigest()[:8]


def _accepted(desk: Desk, cycle: ReportingCycle | None) -> list[ReportHead]:
    accepted = [head for head in desk.work.reports.heads() if head.state is ReportState.ACCEPTED]
    return [head for head in accepted if cycle is None or head.cycle == cycle.id]
