"""The series of a target with its target line."""

from __future__ import annotations

from decimal import Decimal, localcontext

from bot.documents.composition.results import figure_of, mark_of, unit_of, when_of
from bot.documents.composition.table import indicator_of
from bot.documents.composition.tongue import Tongue
from bot.documents.document import Chart, ChartPoint
from bot.domain.assessment import EXACT
from bot.domain.commitments import Direction, Target, TargetKind
from bot.domain.publication import CityPart, CommitmentReport, Origin, TargetLine, Told
from bot.texts.phrases import N_


def chart_of(city: CityPart, line: TargetLine, report: CommitmentReport, tongue: Tongue) -> Chart | None:
    """The figures of a target that stand on one scale; None where there is none, or nothing to hold it against."""
    target = line.target
    drawn = _on_one_scale(line)
    if not drawn or target.value is None:
        return None
    unit = unit_of(drawn[-1], target)
    near, far, baseline = _ends(target, drawn[-1])
    if near is None:
        return None
    points = tuple(_point(told, target, tongue) for told in drawn)
    goal = tongue.figure(near, far, unit)
    title = indicator_of(line, report, tongue)
    return Chart(
        title=title,
        unit=tongue.unit(unit),
        points=points,
        target=near,
        target_shown=goal,
        target_far=far,
        target_label=tongue.labels["target"],
        due=target.due,
        baseline=baseline,
        baseline_shown=tongue.figure(baseline, None, unit) if baseline is not None else "",
        baseline_label=_baseline_label(target, tongue) if baseline is not None else "",
        upwards=_upwards(target),
        alt=_alt(tongue.local(city.name), title, points, goal, target.due, tongue),
    )


def _on_one_scale(line: TargetLine) -> list[Told]:
    """Figures on the scale of the one that counts, else of the newest."""
    target = line.target
    figures = [told for told in line.told if told.result.value is not None and not told.result.other_measure]
    if not figures:
        return []
    counting = next((told for told in figures if told.counts), figures[-1])
    scale = (counting.result.as_change, unit_of(counting, target))
    return [told for told in figures if (told.result.as_change, unit_of(told, target)) == scale]


def _ends(target: Target, told: Told) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """The ends of the target and the baseline on the scale of what was told; None where they cannot be known."""
    baseline = target.baseline.value if target.baseline else None
    is_change = target.kind is TargetKind.CHANGE
    if told.result.as_change == is_change:
        return target.value, target.far, None if is_change else baseline
    if baseline is None or not is_change:
        return None, None, None
    with localcontext(EXACT):
        near, far = (
            None if end is None else baseline + baseline * end / 100 for end in (target.value, target.far)
        )
    return near, far, baseline


def _upwards(target: Target) -> bool:
    if target.kind is TargetKind.CHANGE and target.value is not None:
        return target.value > 0
    return target.direction is Direction.UP


def _point(told: Told, target: Target, tongue: Tongue) -> ChartPoint:
    assert told.result.value is not None
    return ChartPoint(
        told.result.value,
        figure_of(told, target, tongue),
        told.result.year,
        when_of(told, tongue),
        mark_of(told, tongue),
        told.provenance.origin is Origin.PUBLISHED,
    )


def _baseline_label(target: Target, tongue: Tongue) -> str:
    year = target.baseline.year if target.baseline else None
    return tongue.say(N_("Baseline %(year)s"), year=year) if year else tongue.labels["baseline"]


def _alt(
    city: str, title: str, points: tuple[ChartPoint, ...], goal: str, due: int | None, tongue: Tongue
) -> str:
    told = tongue.listed(
        tongue.say(N_("%(figure)s (%(year)s, %(kind)s)"), figure=p.shown, year=p.label, kind=p.mark.word)
        for p in points
        if p.mark is not None
    )
    if due is None:
        return tongue.say(
            N_("%(city)s, %(indicator)s: %(figures)s. Target: %(target)s."),
            city=city,
            indicator=title,
            figures=told,
            target=goal,
        )
    return tongue.say(
        N_("%(city)s, %(indicator)s: %(figures)s. Target: %(target)s by %(due)s."),
        city=city,
        indicator=title,
        figures=told,
        target=goal,
        due=due,
    )
