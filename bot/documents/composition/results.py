"""What was told of a target: the lines of its results, and where each comes from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.documents.composition.tongue import ASSESSMENT, Tongue
from bot.documents.composition.words import MISSING
from bot.documents.document import Mark, QuoteLine, ResultLine, Source
from bot.domain.commitments import UNIT_NOT_STATED, Target, TargetKind
from bot.domain.publication import MissingWhat, Origin, Provenance, TargetLine, Told
from bot.domain.reports import SourceKind
from bot.texts.phrases import N_

SOURCE_KINDS = {
    SourceKind.QUESTIONNAIRE: N_("questionnaire, filled in by the city"),
    SourceKind.INTERVIEW: N_("from an interview"),
    SourceKind.SITE_VISIT: N_("from a site visit"),
    SourceKind.PUBLISHED: N_("from a published report"),
}


def unit_of(told: Told, target: Target) -> str | None:
    """The unit of a figure, as a code; that of its target where it was told without one. A change is promised in per
    cent: an amount beside it has the unit of its baseline, else nobody knows it."""
    result = told.result
    if result.as_change:
        return "%"
    if result.unit is not None or result.other_measure:
        return result.unit
    if target.kind is not TargetKind.CHANGE:
        return target.unit
    return (target.baseline.unit if target.baseline else None) or UNIT_NOT_STATED


def figure_of(told: Told, target: Target, tongue: Tongue) -> str:
    """The figure with its unit, without its year; empty where none was told."""
    result = told.result
    if result.value is None:
        return ""
    return tongue.figure(result.value, result.far, unit_of(told, target), result.at_least)


def mark_of(told: Told, tongue: Tongue) -> Mark:
    return tongue.marks[told.result.value_kind or "unknown"]


def year_of(told: Told) -> str:
    """As files write it; empty where it is not known."""
    return told.when or str(told.result.year or "")


def when_of(told: Told, tongue: Tongue) -> str:
    return tongue.when(year_of(told)) or tongue.no_year


def result_lines(line: TargetLine, tongue: Tongue, *, is_lost: bool) -> tuple[ResultLine, ...]:
    """The results in the scope of the report. Where there is none, a line says so. `is_lost`: something was told that
    the files have no place for any more."""
    lines = tuple(one for told in line.shown for one in _lines_of(told, line, tongue))
    nothing = MISSING[MissingWhat.UNPLACED] if is_lost else N_("No result was reported.")
    return lines or (ResultLine(tongue.say(nothing)),)


def _lines_of(told: Told, line: TargetLine, tongue: Tongue) -> Iterator[ResultLine]:
    """The figure, and what was told in words beside it or instead of it."""
    result, origin = told.result, told.provenance
    blank = ResultLine(
        "", counts=told.counts, origin=origin_of(origin, tongue), origin_code=str(origin.origin)
    )
    if result.value is not None:
        yield replace(
            blank,
            text=_figure_line(told, line.target, tongue),
            mark=mark_of(told, tongue),
            value=result.value,
            far=result.far,
            unit=tongue.unit(unit_of(told, line.target)),
            year=year_of(told),
        )
    elif told.text is not None:
        yield replace(blank, text=tongue.local(told.text))
    for verdict in _verdicts(told, tongue):
        yield replace(blank, text=verdict)
    if result.words and (told.text is None or origin.origin is Origin.REPORT):
        yield replace(blank, text=result.words, quoted=True)


def _figure_line(told: Told, target: Target, tongue: Tongue) -> str:
    if _shown_in_words(told):
        return tongue.local(told.text)
    figure = figure_of(told, target, tongue)
    if told.result.other_measure:
        figure = tongue.say(N_("%(figure)s (another indicator)"), figure=figure)
    return tongue.say(N_("%(figure)s, %(year)s"), figure=figure, year=when_of(told, tongue))


def _shown_in_words(told: Told) -> bool:
    """Whether the words of the source stand for the figure: they say what another measure is."""
    return told.result.value is not None and told.result.other_measure and told.text is not None


def _verdicts(told: Told, tongue: Tongue) -> Iterator[str]:
    """What was answered of a promise that no figure tells, and how the secretariat judges it."""
    result = told.result
    own = str(result.scale) if result.scale is not None else None
    if own is None and result.done is not None:
        own = "yes" if result.done else "no"
    if own is not None:
        yield tongue.macro(ASSESSMENT, "verdict", own)
    if result.judged is not None and result.judged != own:
        judged = tongue.macro(ASSESSMENT, "verdict", result.judged)
        yield tongue.labelled(N_("Judged by the secretariat"), judged)


def origin_of(origin: Provenance, tongue: Tongue) -> str:
    """Where something stands, in short: `sibu-2026 v2`, or the name and place of a publication."""
    if origin.origin is Origin.REPORT:
        return f"{origin.number} v{origin.version}"
    return tongue.sources([origin.source]) if origin.source else tongue.labels["published"]


def sources_of(line: TargetLine, tongue: Tongue) -> tuple[Source, ...]:
    """Where the results of a target come from, each source once with all that it tells."""
    by_source: dict[Provenance, list[Told]] = {}
    for told in line.told:
        by_source.setdefault(told.provenance, []).append(told)
    return tuple(_source(origin, all_told, line.target, tongue) for origin, all_told in by_source.items())


def _source(origin: Provenance, all_told: list[Told], target: Target, tongue: Tongue) -> Source:
    figures = (told for told in all_told if told.result.value is not None)
    lines = [
        (tongue.labels["result"], f"{mark_of(told, tongue).sign} {_figure_line(told, target, tongue)}")
        for told in figures
    ]
    if origin.origin is Origin.PUBLISHED:
        # The words of a source in the reader's language are no quote of anybody.
        heading = tongue.labels["published"] + tongue.aside(origin_of(origin, tongue))
        words = tongue.say(N_("In words"))
        texts = (told for told in all_told if told.text is not None and not _shown_in_words(told))
        return Source(heading, (*lines, *((words, tongue.local(told.text)) for told in texts)))
    kind = tongue.say(SOURCE_KINDS[origin.kind]) if origin.kind else ""
    lines += [
        (tongue.say(N_("Source")), tongue.say(": ").join(filter(None, (kind, origin.source_note)))),
        (tongue.say(N_("Sent")), tongue.by(origin.sent, origin.sent_at)),
        (tongue.say(N_("Accepted")), tongue.by(origin.accepted, origin.accepted_at)),
    ]
    heading = tongue.say(
        N_("Report %(number)s, version %(version)s"), number=origin.number, version=origin.version
    )
    quotes = tuple(QuoteLine(tongue.local(quote.asked), quote.words) for quote in origin.words)
    return Source(heading, tuple(line for line in lines if line[1]), quotes)
