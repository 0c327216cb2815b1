"""Pictures in the chat: the targets of a city as charts with their target lines, and the board of a cycle."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from bot.domain.cycles import Schedules
from bot.domain.entries import Library
from bot.domain.long_work import CannotBeMadeError, LongWork, WorkKind, WorkReason
from bot.domain.people import Action, Matter
from bot.domain.publication import CommitmentReport, Scope
from bot.domain.reports import Report, ReportHead
from bot.domain.views import OldButton, View
from bot.domain.views.pictures import PictureCaption
from bot.services import long_work, overview
from bot.services.desk import Desk
from bot.services.long_work import Doer, Gathering, Made, MadeFile, Say
from bot.services.publishing.assemble import assemble
from bot.services.publishing.drafting import accepted, cities_of, reading

MOST_CHARTS = 4
"""Of a city; what it promised first comes first."""
ROWS_OF_A_BOARD = 14
"""As many as stay legible on a phone."""
MOST_BOARDS = 4
CITY, SCREEN, CYCLE = "city", "screen", "cycle"
"""Of the params: the city and the screen that takes the place of the progress again; the cycle of a board."""


@dataclass(frozen=True)
class ToDraw:
    """What a picture is made of: accepted reports, of the cities that its reader sees, in their language."""

    library: Library
    schedules: Schedules
    scope: Scope
    reports: Sequence[Report]
    seen: frozenset[str]
    language: str | None

    @property
    def report(self) -> CommitmentReport:
        """Put together away from the database."""
        may_see = self.seen.__contains__
        return assemble(self.library, self.schedules, self.reports, (), self.scope, "", may_see=may_see)


def draw_city(desk: Desk, screen: str, city: str) -> View:
    return long_work.begin(desk, WorkKind.CHART, {CITY: city, SCREEN: screen})


def draw_board(desk: Desk, cycle_id: str) -> View:
    if cycle_id not in desk.schedules.cycles:
        return OldButton()
    return long_work.begin(desk, WorkKind.BOARD, {CYCLE: cycle_id})


# --- charts of a city


def _about(desk: Desk, work: LongWork) -> Matter | None:
    return desk.matter(work.params[CITY])


def _of_city(desk: Desk, work: LongWork) -> Gathering:
    city = work.params[CITY]
    heads = [head for head in accepted(desk) if desk.all_known.id_now(head.city) == city]
    return _gathering(desk, Scope(cities=(city,)), heads, Action.SEE_CITY)


def _charts(drawn: ToDraw, say: Say) -> Made:
    from bot.documents.composition import compose
    from bot.documents.typesetting import chart_png

    document = compose(drawn.report, drawn.language or "")
    charts = [
        (f"{page.id}-{block.row.ref}.png", replace(block.chart, title=f"{page.name} · {block.chart.title}"))
        for page in document.cities
        for block in page.targets
        if block.chart is not None
    ][:MOST_CHARTS]

    def files() -> Iterator[MadeFile]:
        for number, (name, chart) in enumerate(charts):
            say(number, len(charts))
            yield MadeFile(
                name, chart_png(chart, document.language), PictureCaption(chart.alt), is_photo=True
            )

    return _made(files())


def _city_again(desk: Desk, work: LongWork, made: Made) -> View:
    return overview.city_screen(desk, work.params[SCREEN], work.params[CITY])


# --- the board of a cycle


def _of_cycle(desk: Desk, work: LongWork) -> Gathering:
    return _gathering(desk, Scope(cycle=work.params[CYCLE]), accepted(desk), Action.OVERVIEW)


def _boards(drawn: ToDraw, say: Say) -> Made:
    """A few pictures of some rows each; of more rows than these hold, one that counts them."""
    from bot.documents.composition import compose
    from bot.documents.typesetting import board_png

    document = compose(drawn.report, drawn.language or "")
    whole = replace(document.board, subtitle=f"{document.subtitle} · {document.board.subtitle}")
    parts = [whole.rows[n : n + ROWS_OF_A_BOARD] for n in range(0, len(whole.rows), ROWS_OF_A_BOARD)]
    is_counted = len(parts) > MOST_BOARDS
    parts = [whole.rows] if is_counted else parts

    def files() -> Iterator[MadeFile]:
        for number, rows in enumerate(parts, 1):
            say(number - 1, len(parts))
            page = f" ({number}/{len(parts)})" if len(parts) > 1 else ""
            board = replace(whole, title=whole.title + page, rows=rows)
            lines = () if is_counted else tuple((f"{row.name} · {row.label}", row.shown) for row in rows)
            caption = PictureCaption(whole.alt if number == 1 else "", lines)
            yield MadeFile(f"board-{number}.png", board_png(board, document.language), caption, is_photo=True)

    return _made(files())


def _overview_again(desk: Desk, work: LongWork, made: Made) -> View:
    return overview.shown(desk, work.params[CYCLE], "", 1)


# --- both


def _gathering(desk: Desk, scope: Scope, heads: Sequence[ReportHead], action: Action) -> Gathering:
    seen = frozenset(scope.cities or cities_of(desk, heads))
    may_see = frozenset(city for city in seen if desk.may(action, desk.matter(city)))
    begun = ToDraw(desk.all_known, desk.schedules, scope, (), may_see, desk.person.language)
    return Gathering(reading(heads), lambda read: replace(begun, reports=list(chain.from_iterable(read))))


def _made(files: Iterator[MadeFile]) -> Made:
    made = tuple(files)
    if not made:
        raise CannotBeMadeError(WorkReason.NOTHING)
    return Made(made)


CHART = Doer(Action.SEE_CITY, _of_city, _charts, _city_again, _about)
BOARD = Doer(Action.OVERVIEW, _of_cycle, _boards, _overview_again)
