"""The page of a city: its targets with their series and sources, what it tells and asks, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.documents.composition.charts import chart_of
from bot.documents.composition.results import sources_of
from bot.documents.composition.table import promise_of, statuses_of
from bot.documents.composition.tongue import Tongue
from bot.documents.composition.words import MISSING
from bot.documents.document import CityPage, QuoteLine, TableRow, TargetBlock
from bot.domain.publication import (
    CityPart,
    CommitmentPart,
    CommitmentReport,
    Missing,
    ReportFacts,
    TargetLine,
)
from bot.texts.phrases import N_

THE_CITY_SAYS = N_("The city says: “%(reason)s”")


def page_of(city: CityPart, rows: Sequence[TableRow], report: CommitmentReport, tongue: Tongue) -> CityPage:
    """The page of a city. `rows` are its rows of the table."""
    own, own_language = tongue.own_name(city.name, city.languages)
    lines = [(made, line) for made in city.commitments for line in made.lines]
    refs = {line.ref for _, line in lines}
    return CityPage(
        id=city.id,
        name=tongue.local(city.name),
        own_name=own,
        own_language=own_language,
        country=tongue.country(city.country),
        summary=_summary(city, rows, tongue),
        commitments=tuple(_commitment(made, tongue) for made in city.commitments),
        targets=tuple(
            _block(city, made, line, row, report, tongue)
            for (made, line), row in zip(lines, rows, strict=True)
        ),
        remarks=tuple(tongue.local(remark) for made in city.commitments for remark in made.remarks),
        worked=tuple(QuoteLine(tongue.local(quote.asked), quote.words) for quote in city.worked),
        wanted=tuple(tongue.local(what) for what in city.wanted),
        learnt=tuple(tongue.local(where) for where in city.learnt),
        practices=tuple(_practices(city, report, tongue)),
        missing=tuple(
            tongue.labelled(gap.ref, missing_words(gap, tongue)) if gap.ref else missing_words(gap, tongue)
            for gap in city.missing
            if gap.ref not in refs
        ),
    )


def _block(
    city: CityPart,
    made: CommitmentPart,
    line: TargetLine,
    row: TableRow,
    report: CommitmentReport,
    tongue: Tongue,
) -> TargetBlock:
    return TargetBlock(
        row=row,
        promise=promise_of(city, made, line, report, tongue),
        said_words=tongue.local(line.said.text) if line.said else "",
        chart=chart_of(city, line, report, tongue),
        sources=sources_of(line, tongue),
        missing=tuple(missing_words(gap, tongue) for gap in city.missing if gap.ref == line.ref),
    )


def _summary(city: CityPart, rows: Sequence[TableRow], tongue: Tongue) -> str:
    reports = [_report(one, tongue) for one in city.reports]
    head = statuses_of(rows, tongue) if rows else ""
    return tongue.gap.join(part for part in (head, *reports) if part)


def _report(facts: ReportFacts, tongue: Tongue) -> str:
    at = facts.provenance.accepted_at
    if at is None:
        phrase = N_("Report %(number)s, version %(version)s.")
        if facts.late:
            phrase = N_("Report %(number)s, version %(version)s, sent after the deadline.")
        return tongue.say(phrase, number=facts.number, version=facts.version)
    phrase = N_("Report %(number)s, version %(version)s, accepted on %(day)s.")
    if facts.late:
        phrase = N_("Report %(number)s, version %(version)s, sent after the deadline, accepted on %(day)s.")
    day = tongue.formats.when(f"{at:%Y-%m-%d}")
    return tongue.say(phrase, number=facts.number, version=facts.version, day=day)


def _commitment(made: CommitmentPart, tongue: Tongue) -> str:
    title, sources = tongue.local(made.title), tongue.sources(made.sources)
    if not sources:
        return tongue.say(N_("%(title)s, made in %(year)s."), title=title, year=made.made)
    phrase = N_("%(title)s, made in %(year)s. Source: %(sources)s.")
    return tongue.say(phrase, title=title, year=made.made, sources=sources)


def _practices(city: CityPart, report: CommitmentReport, tongue: Tongue) -> Iterator[tuple[str, str]]:
    for practice in dict.fromkeys(practice for made in city.commitments for practice in made.practices):
        title = report.entries.get(practice)
        yield practice, tongue.local(title) if title else practice


def missing_words(gap: Missing, tongue: Tongue) -> str:
    """What is missing, with the city's reason where it gives one."""
    words = tongue.say(MISSING[gap.what])
    return words + tongue.gap + tongue.say(THE_CITY_SAYS, reason=gap.because) if gap.because else words


def all_missing(city: CityPart, rows: Sequence[TableRow], tongue: Tongue) -> Iterator[str]:
    """Everything that is missing of a city, each with the name of the city and of the target."""
    of_target = {row.ref: row.indicator for row in rows}
    name = tongue.local(city.name)
    for gap in city.missing:
        where = tongue.listed((name, of_target.get(gap.ref, gap.ref))) if gap.ref else name
        yield where + tongue.say(": ") + missing_words(gap, tongue)
