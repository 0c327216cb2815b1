"""The whole document: cover, method, key figures, table, board, and a page for each city."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.composition.cities import all_missing, page_of
from bot.documents.composition.table import counted, rows_of, statuses_of
from bot.documents.composition.tongue import Tongue
from bot.documents.composition.words import METHOD
from bot.documents.document import Board, BoardRow, Document, Figure, TableRow
from bot.domain.assessment import Status
from bot.domain.publication import CommitmentReport
from bot.texts.phrases import N_

MOST_NAMED = 12
"""Cities of the scope that the cover names; of more it says how many there are."""
HEAD_OF_HASH = 12
REACHED = (Status.REACHED, Status.EXCEEDED)
UNKNOWN = (Status.NOT_COMPUTABLE, Status.NO_RESULT)


def compose(report: CommitmentReport, language: str, number: str = "") -> Document:
    """The report in this language; one that is not shipped becomes English. `number` is that of the edition as which
    it is published; without one it is a draft, and says so."""
    tongue = Tongue(language)
    edition = tongue.labelled(N_("Edition"), number) if number else tongue.say(N_("Draft, not published"))
    rows = {city.id: tuple(rows_of(city, report, tongue)) for city in report.cities}
    table = tuple(row for of_city in rows.values() for row in of_city)
    return Document(
        language=tongue.interface,
        title=tongue.say(N_("Commitment report")),
        subtitle=_subtitle(report, tongue),
        scope=tuple(_scope(report, tongue)),
        state=(edition, *_state(report, tongue)),
        method=(_basis(report, tongue), *(tongue.say(words) for words in METHOD)),
        figures=tuple(_figures(report, table, tongue)),
        table_title=tongue.say(N_("Targets of the cities and what came of them")),
        table=table,
        legend=tuple(tongue.marks.values()),
        board=_board(report, table, tongue),
        cities=tuple(page_of(city, rows[city.id], report, tongue) for city in report.cities),
        missing=tuple(words for city in report.cities for words in all_missing(city, rows[city.id], tongue)),
        content=report.content,
        edition=edition,
        as_of=report.as_of.isoformat() if report.as_of else "",
        labels=tongue.labels,
    )


# --- cover


def _subtitle(report: CommitmentReport, tongue: Tongue) -> str:
    if report.cycle is not None:
        return tongue.local(report.cycle.title)
    return _years(report, tongue) or tongue.say(N_("All years"))


def _years(report: CommitmentReport, tongue: Tongue) -> str:
    first, last = report.scope.first, report.scope.last
    if first is not None and last is not None:
        return tongue.when(f"{first}-{last}" if first != last else str(first))
    if first is not None:
        return tongue.say(N_("from %(year)s on"), year=first)
    return tongue.say(N_("up to %(year)s"), year=last) if last is not None else ""


def _scope(report: CommitmentReport, tongue: Tongue) -> Iterator[str]:
    if report.cycle is not None:
        yield tongue.labelled(N_("Period"), tongue.when(report.cycle.period))
    elif years := _years(report, tongue):
        yield tongue.labelled(N_("Period"), years)
    count = tongue.formats.number(len(report.cities))
    names = [tongue.local(city.name) for city in report.cities]
    if report.scope.cities and len(names) <= MOST_NAMED:
        count = tongue.listed(names)
    elif len(names) < report.in_all:
        total = tongue.formats.number(report.in_all)
        count = tongue.say(N_("%(count)s chosen of %(total)s"), count=count, total=total)
    yield tongue.labelled(N_("Cities"), count)
    if report.scope.topics:
        topics = (
            tongue.local(report.topics[topic]) if topic in report.topics else topic
            for topic in report.scope.topics
        )
        yield tongue.labelled(N_("Topics"), tongue.listed(topics))


def _state(report: CommitmentReport, tongue: Tongue) -> Iterator[str]:
    if report.as_of is not None:
        yield tongue.labelled(N_("As of"), tongue.formats.moment(report.as_of))
    if report.content:
        yield tongue.labelled(N_("State of the content"), report.content[:HEAD_OF_HASH])


def _basis(report: CommitmentReport, tongue: Tongue) -> str:
    """The first paragraph of the method: what the report rests on."""
    count = len({(one.number, one.version) for city in report.cities for one in city.reports})
    if not count:
        return tongue.say(
            N_(
                "This report sets what cities promised beside what came of it. It rests on the published record "
                "alone: no report of a city is in it."
            )
        )
    if report.cycle is not None:
        return tongue.ngettext(
            "This report sets what cities promised beside what came of it. It rests on %(count)s accepted report "
            "of the cycle “%(cycle)s” and on the published record.",
            "This report sets what cities promised beside what came of it. It rests on %(count)s accepted reports "
            "of the cycle “%(cycle)s” and on the published record.",
            count,
            cycle=tongue.local(report.cycle.title),
        )
    return tongue.ngettext(
        "This report sets what cities promised beside what came of it. It rests on %(count)s accepted report and "
        "on the published record.",
        "This report sets what cities promised beside what came of it. It rests on %(count)s accepted reports and "
        "on the published record.",
        count,
    )


# --- figures


def _figures(report: CommitmentReport, table: Sequence[TableRow], tongue: Tongue) -> Iterator[Figure]:
    targets = len(table)

    def targets_with(*codes: str) -> str:
        return tongue.part(sum(report.statuses[code] for code in codes), targets)

    yield Figure(
        tongue.part(report.reporting, len(report.cities)), tongue.say(N_("cities with an accepted report"))
    )
    yield Figure(targets_with(*REACHED), tongue.say(N_("targets reached or exceeded")))
    yield Figure(targets_with(Status.EXPECTED), tongue.say(N_("targets expected to be reached")))
    yield Figure(
        targets_with(*UNKNOWN), tongue.say(N_("targets without a result, or that cannot be computed"))
    )


# --- board


def _board(report: CommitmentReport, table: Sequence[TableRow], tongue: Tongue) -> Board:
    targets = tongue.ngettext("%(count)s target", "%(count)s targets", len(table))
    cities = tongue.ngettext("%(count)s city", "%(count)s cities", len(report.cities))
    return Board(
        title=tongue.labels["board"],
        subtitle=tongue.say(N_("%(cities)s, %(targets)s"), cities=cities, targets=targets),
        rows=tuple(
            BoardRow(
                row.city,
                row.indicator,
                row.share,
                tongue.formats.share(row.share) if row.share is not None else row.status,
                row.look,
                row.status,
            )
            for row in table
        ),
        legend=tuple((look, words) for look, words, _ in counted(table)),
        goal_label=tongue.say(N_("What was promised")),
        alt=statuses_of(table, tongue),
    )
