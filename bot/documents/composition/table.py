"""The table of targets against results: a row for each target."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.composition.results import result_lines
from bot.documents.composition.tongue import ASSESSMENT, SENTENCE, Tongue
from bot.documents.document import TableRow
from bot.domain.assessment import Why, share_shown
from bot.domain.commitments import SaidStatus
from bot.domain.publication import (
    CityPart,
    CommitmentPart,
    CommitmentReport,
    Missing,
    MissingWhat,
    Origin,
    TargetLine,
    Told,
)
from bot.texts.phrases import ASIDE, N_


def rows_of(city: CityPart, report: CommitmentReport, tongue: Tongue) -> Iterator[TableRow]:
    """The rows of a city, in the order of its commitments."""
    of_city = sum(len(made.lines) for made in city.commitments)
    first = True
    for made in city.commitments:
        for line in made.lines:
            yield _row(city, made, line, report, tongue, first, of_city)
            first = False


def _row(
    city: CityPart,
    made: CommitmentPart,
    line: TargetLine,
    report: CommitmentReport,
    tongue: Tongue,
    first: bool,
    of_city: int,
) -> TableRow:
    target, assessed = line.target, line.assessed
    return TableRow(
        city_id=city.id,
        city=tongue.local(city.name),
        country=tongue.country(city.country),
        ref=line.ref,
        indicator=indicator_of(line, report, tongue),
        target=target_words(city, made, line, report, tongue),
        results=result_lines(line, tongue, is_lost=Missing(MissingWhat.UNPLACED, line.ref) in city.missing),
        status_said=_said(line, tongue),
        status=tongue.macro(ASSESSMENT, "status_words", target, assessed, True),
        status_code=str(assessed.status),
        formula=_why(line, tongue),
        differs=assessed.differs,
        first=first,
        of_city=of_city,
        target_value=target.value,
        target_far=target.far,
        unit=tongue.unit(target.unit),
        share=share_shown(assessed.share) if assessed.share is not None else None,
        due=target.due or made.due,
    )


def indicator_of(line: TargetLine, report: CommitmentReport, tongue: Tongue) -> str:
    indicator = report.indicators.get(line.target.indicator)
    return tongue.local(indicator.label) if indicator else line.target.indicator


def target_words(
    city: CityPart, made: CommitmentPart, line: TargetLine, report: CommitmentReport, tongue: Tongue
) -> str:
    """The target as its file words it; made of its fields where the file has no words in the reader's language."""
    text = line.target.text
    return tongue.local(text) if tongue.speaks(text) else promise_of(city, made, line, report, tongue)


def promise_of(
    city: CityPart, made: CommitmentPart, line: TargetLine, report: CommitmentReport, tongue: Tongue
) -> str:
    """The promise as a sentence."""
    return tongue.macro(SENTENCE, "promise", tongue.local(city.name), made, line.target, report)


def _said(line: TargetLine, tongue: Tongue) -> str:
    """The status as the city states it, else as a publication does. Beside a figure that a city reports, what a
    publication once said of the target is no statement of its status."""
    assessed = line.assessed
    if words := tongue.macro(ASSESSMENT, "city_words", assessed):
        share = assessed.said_share
        return words if share is None else words + tongue.say(ASIDE, words=tongue.formats.share(share))
    is_reported = line.counting is not None and not _is_published(line.counting)
    if line.said is not None and line.said.status is not SaidStatus.NOT_STATED and not is_reported:
        return tongue.term("said", line.said.status)
    return tongue.say(N_("not stated"))


def _why(line: TargetLine, tongue: Tongue) -> str:
    """How the status was computed, and where the figures say otherwise than the city."""
    assessed = line.assessed
    parts = [
        tongue.macro(ASSESSMENT, "reasons", line.target, assessed, True),
        tongue.macro(ASSESSMENT, "otherwise", assessed),
    ]
    if Why.BY_EVIDENCE in assessed.why and _is_published(line.counting):
        # The sentences of the chat are about reports: there, it would be the city's own word.
        others = replace(assessed, why=tuple(why for why in assessed.why if why is not Why.BY_EVIDENCE))
        words = tongue.say(N_("A promise without a figure: these are the words of the publication."))
        parts[0] = tongue.gap.join(
            filter(None, (words, tongue.macro(ASSESSMENT, "reasons", line.target, others, True)))
        )
    return tongue.gap.join(part for part in parts if part)


def _is_published(told: Told | None) -> bool:
    return told is not None and told.provenance.origin is Origin.PUBLISHED
