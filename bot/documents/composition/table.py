"""The table of targets against results: a row for each target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.documents.composition.results import result_lines
from bot.documents.composition.tongue import ASSESSMENT, SENTENCE, Tongue
from bot.documents.document import TableRow
from bot.documents.signs import STATUS_SIGNS
from bot.domain.assessment import Assessment, Status, Why, share_shown
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
from bot.texts.phrases import N_

SHARE_DONE = N_("%(share)s of what was promised")


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
        look=look_of(assessed),
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


def look_of(assessed: Assessment) -> str:
    """The code of the words that stand for a status: not reached is one thing at the end and another on the way."""
    if assessed.status is not Status.NOT_REACHED:
        return str(assessed.status)
    if assessed.figures.level:
        return "on-the-way"
    is_early = assessed.time_elapsed is not None and assessed.time_elapsed < 100
    return "not-yet" if is_early else str(assessed.status)


def counted(rows: Sequence[TableRow]) -> tuple[tuple[str, str, int], ...]:
    """Which statuses the rows show, by look, in their words, and how many rows show each."""
    found = Counter(row.look for row in rows)
    words = {row.look: row.status for row in rows}
    return tuple((look, words[look], found[look]) for look in STATUS_SIGNS if found[look])


def statuses_of(rows: Sequence[TableRow], tongue: Tongue) -> str:
    """How many targets there are, and how many have which status: the words of the rows."""
    statuses = tongue.say("; ").join(
        tongue.labelled(words, tongue.formats.number(count)) for _, words, count in counted(rows)
    )
    targets = tongue.ngettext("%(count)s target", "%(count)s targets", len(rows))
    return tongue.say(N_("%(targets)s. %(statuses)s."), targets=targets, statuses=statuses)


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
    words = tongue.macro(ASSESSMENT, "city_words", line.assessed)
    share = line.assessed.said_share
    is_reported = line.counting is not None and not _is_published(line.counting)
    if not words and share is None and not is_reported:
        words, share = _said_by_a_source(line, tongue)
    if share is None:
        return words or tongue.say(N_("not stated"))
    shown = tongue.formats.share(share)
    return words + tongue.aside(shown) if words else tongue.say(SHARE_DONE, share=shown)


def _said_by_a_source(line: TargetLine, tongue: Tongue) -> tuple[str, Decimal | None]:
    """The status that a publication states, and how much of the target it says is done."""
    claims = [told.result.said_share for told in line.told if _is_published(told)]
    said = line.said.status if line.said is not None else SaidStatus.NOT_STATED
    words = tongue.term("said", said) if said is not SaidStatus.NOT_STATED else ""
    own = line.said.share if line.said is not None else None
    return words, next((share for share in reversed(claims) if share is not None), own)


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
