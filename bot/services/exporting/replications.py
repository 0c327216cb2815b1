"""The table of replications: which city says that it took something over from which."""

from __future__ import annotations

from collections.abc import Iterator

from bot.domain.answers import Codes
from bot.domain.exports import Shape, Wanted
from bot.domain.questionnaires import Meaning
from bot.domain.tables import Column, Row, Table
from bot.domain.words import DEFAULT_LANGUAGE
from bot.services import reported
from bot.services.exporting import sent
from bot.services.exporting.base import CITY, Exporter, Known, Source
from bot.services.exporting.sent import SENT

COLUMNS = (
    *CITY,
    *SENT,
    Column("learnt_from"),
    Column("learnt_from_name"),
    Column("in_network"),
    Column("words_typed"),
)


def table(known: Known, wanted: Wanted, source: Source) -> Table:
    return Table("replications", COLUMNS, _rows(known, source))


def _rows(known: Known, source: Source) -> Iterator[Row]:
    for city, chosen in source():
        for one in chosen:
            course = reported.course(one.report, known.library, known.schedules)
            report = reported.as_asked_now(one.report, course)
            for step in course.path(report.answers):
                answer = report.answers.get(step.key)
                if step.question.means is not Meaning.LEARNT or answer is None:
                    continue
                for code in answer.value.codes if isinstance(answer.value, Codes) else ():
                    entry = known.library.entries.get(code) if code in known.library.cities else None
                    name = entry.title.within(DEFAULT_LANGUAGE).text if entry is not None else code
                    is_ours = "yes" if entry is not None else "no"
                    yield (*known.city_cells(city), *one.cells, code, name, is_ours, answer.raw or None)


REPLICATIONS = Exporter((Shape.LONG,), sent.cities, sent.read, table, sent.FILTERS, sent.STATES)
