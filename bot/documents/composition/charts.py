"""The series of a target with its target line."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, localcontext

from bot.documents.composition.results import figure_of, mark_of, unit_of, when_of, year_of
from bot.documents.composition.table import indicator_of
from bot.documents.composition.tongue import Tongue
from bot.documents.document import Chart, ChartPoint
from bot.domain.assessment import EXACT
from bot.domain.commitments import UNIT_NOT_STATED, Direction, Target, TargetKind
from bot.domain.publication import CityPart, CommitmentReport, Origin, TargetLine, Told
from bot.texts.phrases import N_


@dataclass(frozen=True)
class _Goal:
    """The ends of a target and its baseline on the scale of a chart; `was_told`: not worked out of the baseline."""

    near: Decimal
    far: Decimal | None
    baseline: Decimal | None
    was_told: bool = True


def chart_of(city: CityPart, line: TargetLine, report: CommitmentReport, tongue: Tongue) -> Chart | None:
    """The figures of a target that stand on one scale; None where there is none, or nothing to hold it against."""
    target = line.target
    drawn = _on_one_scale(line)
    goal = _goal(target, drawn[-1]) if drawn else None
    if goal is None:
        return None
    unit = unit_of(drawn[-1], target)
    points = tuple(_point(told, target, tongue) for told in drawn)
    shown = tongue.figure(goal.near, goal.far, unit, was_told=goal.was_told)
    title = indicator_of(line, report, tongue)
    has_baseline = goal.baseline is not None
    return Chart(
        title=title,
        unit=tongue.unit(unit),
        points=points,
        target=goal.near,
        target_shown=shown,
        target_far=goal.far,
        target_label=tongue.labels["target"],
        due=target.due,
        due_shown=tongue.when(str(target.due or "")),
        goal_label=_goal_label(target, tongue),
        off_zero=tongue.say(N_("The scale does not begin at zero.")),
        baseline=goal.baseline,
        baseline_shown=tongue.figure(goal.baseline, None, unit) if goal.baseline is not None else "",
        baseline_label=_baseline_label(target, tongue) if has_baseline else "",
        alt=_alt(tongue.local(city.name), title, points, shown, target.due, tongue),
    )


def _on_one_scale(line: TargetLine) -> list[Told]:
    """Figures on the scale of the one that counts, else of the newest."""
    target = line.target
    figures = [
        told
        for told in line.told
        if told.result.value is not None
        and not told.result.other_measure
        and told.result.unit != UNIT_NOT_STATED
    ]
    if not figures:
        return []
    counting = next((told for told in figures if told.counts), figures[-1])
    scale = (counting.result.as_change, unit_of(counting, target))
    return [told for told in figures if (told.result.as_change, unit_of(told, target)) == scale]


def _goal(target: Target, told: Told) -> _Goal | None:
    """The target on the scale of what was told; None where it cannot be put there. Units are never converted, and
    never taken for one another."""
    baseline, own_unit = None, None
    if target.baseline is not None:
        baseline, own_unit = target.baseline.value, target.baseline.unit
    unit = unit_of(told, target)
    is_change = target.kind is TargetKind.CHANGE
    if target.value is None:
        return None
    if told.result.as_change and is_change:
        return _Goal(target.value, target.far, None)
    if told.result.as_change:
        return None
    if not is_change:
        fits = own_unit is None or own_unit == target.unit
        return _Goal(target.value, target.far, baseline if fits else None) if unit == target.unit else None
    if baseline is None or baseline <= 0 or own_unit not in (None, unit) or unit in ("%", UNIT_NOT_STATED):
        return None
    with localcontext(EXACT):
        near, far = (
            None if end is None else baseline + baseline * end / 100 for end in (target.value, target.far)
        )
    assert near is not None
    return _Goal(near, far, baseline, was_told=False)


def _is_upwards(target: Target) -> bool:
    if target.kind is TargetKind.CHANGE and target.value is not None:
        return target.value > 0
    return target.direction is Direction.UP


def _point(told: Told, target: Target, tongue: Tongue) -> ChartPoint:
    """A figure as a point; a range by the end that its status counts, the less favourable one, and its other end."""
    assert told.result.value is not None
    ends = sorted(end for end in (told.result.value, told.result.far) if end is not None)
    counts, other = (ends[0], ends[-1]) if _is_upwards(target) else (ends[-1], ends[0])
    return ChartPoint(
        value=counts,
        far=other if other != counts else None,
        shown=figure_of(told, target, tongue),
        at=told.result.year,
        label=when_of(told, tongue),
        mark=mark_of(told, tongue),
        published=told.provenance.origin is Origin.PUBLISHED,
        year=year_of(told),
    )


def _goal_label(target: Target, tongue: Tongue) -> str:
    return tongue.say(N_("Target %(year)s"), year=target.due) if target.due else tongue.labels["target"]


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
