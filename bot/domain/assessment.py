"""How far a target has come: baseline, direction, kind and time respected; what a source says kept apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum

from bot.domain.commitments import (
    DONE,
    NOT_DONE,
    UNIT_NOT_STATED,
    VERDICTS,
    Direction,
    SaidStatus,
    Target,
    TargetKind,
    ValueKind,
)

SCALE_REACHED = 4
"""The level of the scale of evidence from which on a "promote …" is reached: work that nobody can see is work, but
not yet the promise."""

REACHED = Decimal(100)
MOST_DIGITS = 40
"""No figure of a city has more digits before or after its point. What has is taken as no figure."""
EXACT = Context(prec=200)
"""Enough for every product of such figures, so nothing is rounded before it is shown."""
FORESEEN = frozenset({ValueKind.PROJECTED, ValueKind.EXPECTED})


@dataclass(frozen=True)
class TargetResult:
    """What a report, or a source, tells of one target.

    `value` and `far` are the ends of what was told, in `unit` (None: the target's own). `as_change`: told as a
    change in per cent against the baseline, a fall negative. `other_measure`: the figure measures something else
    than the target does. `at_least`: "… or more"; of a change, more of the same change. `scale` and `done` are
    what the city answers where no figure tells, `judged` is the reviewer's verdict on that, from the evidence. `said`
    and `said_share` (per cent) are what the city says of it itself. `because` is why there is nothing to tell, in
    its words.
    """

    target: str
    value: Decimal | None = None
    far: Decimal | None = None
    unit: str | None = None
    as_change: bool = False
    year: int | None = None
    value_kind: ValueKind | None = None
    other_measure: bool = False
    at_least: bool = False
    scale: int | None = None
    done: bool | None = None
    judged: str | None = None
    words: str | None = None
    said: SaidStatus | None = None
    said_share: Decimal | None = None
    because: str | None = None


class Status(StrEnum):
    EXCEEDED = "exceeded"
    REACHED = "reached"
    NOT_REACHED = "not-reached"
    WORSE = "worse"
    """Worse than the baseline."""
    EXPECTED = "expected"
    """Only a projected or expected figure is there, and it would reach the target."""
    NOT_EXPECTED = "not-expected"
    """Only a projected or expected figure is there, and it would not."""
    FOR_REVIEWER = "for-reviewer"
    """To be judged by the reviewer, who has not yet."""
    NOT_COMPUTABLE = "not-computable"
    NO_RESULT = "no-result"


class Why(StrEnum):
    """Which formula was used, what it leans on, or why there is none."""

    CHANGE_OF_CHANGE = "change-of-change"
    """The change told, of the change promised. It needs no baseline."""
    BASELINE_TO_TARGET = "baseline-to-target"
    """The way from the baseline to the result, of the way from the baseline to the target."""
    LEVEL_DISTANCE = "level-distance"
    """A level or count without a baseline: there or not, and how far off."""
    BY_EVIDENCE = "by-evidence"
    JUDGED = "judged"
    """The reviewer has judged it."""

    RANGE_NEAR_END = "range-near-end"
    RESULT_RANGE = "result-range"
    """The result is a range itself: its less favourable end counts."""
    AT_LEAST = "at-least"
    ONLY_FORESEEN = "only-foreseen"

    NOTHING_TOLD = "nothing-told"
    """The report has no result for this target."""
    NO_BASELINE = "no-baseline"
    NO_FIGURE = "no-figure"
    NO_TARGET_FIGURE = "no-target-figure"
    OTHER_MEASURE = "other-measure"
    OTHER_UNIT = "other-unit"
    BASELINE_UNIT = "baseline-unit"
    """The baseline has another unit than what would be set against it."""
    TARGET_IS_BASELINE = "target-is-baseline"
    BASELINE_BEYOND_TARGET = "baseline-beyond-target"
    BASELINE_NOT_POSITIVE = "baseline-not-positive"
    ONLY_A_BOUND = "only-a-bound"
    """ "At least …" leaves open whether the target is reached."""


@dataclass(frozen=True)
class Figures:
    """The numbers of the formula, in the target's unit.

    `actual` is what is compared with the target, from `near` (its near end) to `far`. `told` is what was told
    where `actual` had to be computed from it: an amount for a change, a change for an amount. `ratio` is
    100 * actual / near: no progress, since it knows no baseline, but what many a source calls "90 per cent of the
    target". `level` is the one on the scale of evidence.
    """

    actual: Decimal | None = None
    near: Decimal | None = None
    far: Decimal | None = None
    unit: str | None = None
    baseline: Decimal | None = None
    told: Decimal | None = None
    ratio: Decimal | None = None
    level: int | None = None


@dataclass(frozen=True)
class Assessment:
    """What our arithmetic says of a target, and beside it what the city says itself.

    `share` is the part of the promised change that is done, in per cent: 0 at the baseline, 100 at the target,
    negative where it is worse than the baseline. `distance`, of levels and counts, is what is left to the target
    in its unit; negative beyond it. `time_elapsed` is the part of the time that had gone by in the year of the
    result, in per cent, and `years_after` how many years after the due year that is. Nothing is rounded.
    `own`: the city's answer, a code of `VERDICTS`, where the reviewer has judged. `differs`: the city's words
    and the figures part. `because`: why there is no result, in the city's words.
    """

    status: Status
    share: Decimal | None = None
    distance: Decimal | None = None
    why: tuple[Why, ...] = ()
    figures: Figures = Figures()
    time_elapsed: Decimal | None = None
    years_after: int = 0
    own: str | None = None
    said: SaidStatus | None = None
    said_share: Decimal | None = None
    differs: bool = False
    because: str | None = None


AGREES: Mapping[SaidStatus, frozenset[Status]] = {
    SaidStatus.EXCEEDED: frozenset({Status.EXCEEDED}),
    SaidStatus.REACHED: frozenset({Status.REACHED, Status.EXCEEDED}),
    SaidStatus.PARTLY: frozenset({Status.NOT_REACHED, Status.NOT_EXPECTED, Status.EXPECTED}),
    SaidStatus.EXPECTED: frozenset({Status.EXPECTED, Status.REACHED, Status.EXCEEDED}),
}
NOT_JUDGED = frozenset({Status.FOR_REVIEWER, Status.NOT_COMPUTABLE, Status.NO_RESULT})


def assess(target: Target, result: TargetResult | None, made: int) -> Assessment:
    """What came of the target. `made` is the year of the promise. Total: it never raises.

    A change told as a change is share = told / promised. Everything else with a known baseline is share =
    (actual - baseline) / (target - baseline). A level or count without a baseline is reached or not, with its
    distance. A count is not assumed to start from zero: trees planted do, composting centres in a city that has
    some do not, and only a baseline tells the two apart. Milestones, compliance and "promote …" are the reviewer's.
    """
    if result is None:
        return Assessment(Status.NO_RESULT)
    with localcontext(EXACT):
        found = _judged(target, result) if target.kind in VERDICTS else _computed(target, result)
        if result.value_kind in FORESEEN and Why.JUDGED not in found.why:
            found = _foreseen(found)
        return replace(
            found,
            time_elapsed=_elapsed(target, result, made),
            years_after=max((result.year or 0) - (target.due or result.year or 0), 0),
            said=result.said,
            said_share=result.said_share,
            differs=_differs(found, target, result),
            because=result.because if found.status is Status.NO_RESULT else None,
        )


def share_shown(share: Decimal) -> Decimal:
    """A share to one decimal. Rounding never lifts what is not reached to 100, nor hides what is worse than 0."""
    with localcontext(EXACT):
        tenth = Decimal("0.1")
        shown = share.quantize(tenth, ROUND_HALF_UP)
        if (shown >= REACHED > share) or (shown == 0 and share < 0):
            shown = share.quantize(tenth, ROUND_FLOOR)
        return shown + 0  # a zero has no sign


# --- judged by people


def _judged(target: Target, result: TargetResult) -> Assessment:
    """By the reviewer's verdict, else by what the city answers itself."""
    verdict = result.judged if result.judged in VERDICTS[target.kind] else None
    own = _own(target, result)
    code = verdict or own
    if code is None:
        told = _figure(result.value) is not None or bool(result.words)
        return Assessment(Status.FOR_REVIEWER, why=(Why.BY_EVIDENCE,)) if told else _nothing_told()
    level = None if code in (DONE, NOT_DONE) else int(code)
    reached = code == DONE if level is None else level >= SCALE_REACHED
    return Assessment(
        Status.REACHED if reached else Status.NOT_REACHED,
        why=(Why.JUDGED if verdict else Why.BY_EVIDENCE,),
        figures=Figures(level=level),
        own=own if verdict else None,
    )


def _own(target: Target, result: TargetResult) -> str | None:
    """What the city answers of a target that no figure tells, as a code."""
    if target.kind is TargetKind.SCALE and result.scale is not None:
        return str(result.scale)
    return None if result.done is None else (DONE if result.done else NOT_DONE)


# --- computed


@dataclass(frozen=True, slots=True)
class _Way:
    """Everything on one scale: from where (None: not known), to where, and where one is; and how to say it."""

    start: Decimal | None
    near: Decimal
    far: Decimal
    actual: Decimal
    upwards: bool
    formula: Why
    figures: Figures

    def beyond(self, end: Decimal) -> Decimal:
        """How far past this point the result is, in the direction of the promise."""
        return self.actual - end if self.upwards else end - self.actual


def _computed(target: Target, result: TargetResult) -> Assessment:
    near, far = _ends(target)
    value = _figure(result.value)
    if near is None or far is None:
        return _not_computable(Why.NO_TARGET_FIGURE)
    if value is None:
        told = bool(result.words) or result.value is not None
        why = Why.OTHER_MEASURE if result.other_measure else Why.NO_FIGURE
        return _not_computable(why) if told else _nothing_told()
    if result.other_measure:
        return _not_computable(Why.OTHER_MEASURE)
    wanted = _unit_wanted(target, result)
    if result.unit == UNIT_NOT_STATED or (result.unit is not None and result.unit != wanted):
        return _not_computable(Why.OTHER_UNIT)
    baseline = _baseline(target, result)
    if result.as_change != (target.kind is TargetKind.CHANGE):
        if baseline is None:
            return _not_computable(_without_baseline(target))
        if baseline <= 0:
            return _not_computable(Why.BASELINE_NOT_POSITIVE)
    return _along(target, result, _way(target, result, near, far, baseline))


def _unit_wanted(target: Target, result: TargetResult) -> str | None:
    """The unit that fits. Of a change that was promised, amounts have the unit of the baseline."""
    if result.as_change:
        return "%"
    return result.unit if target.kind is TargetKind.CHANGE else target.unit


def _baseline(target: Target, result: TargetResult) -> Decimal | None:
    """The baseline that amounts can be set against; None also where its unit is another one than theirs. One without
    a unit has that of the target, or of a change that of the amounts told beside it."""
    start = target.baseline
    if start is None:
        return None
    is_change = target.kind is TargetKind.CHANGE
    amounts = result.unit if is_change else target.unit
    fits = start.unit in (None, amounts) or (is_change and amounts is None)
    return _figure(start.value) if fits else None


def _without_baseline(target: Target) -> Why:
    """Why no baseline could be used: there is none, or it has another unit."""
    is_known = target.baseline is not None and _figure(target.baseline.value) is not None
    return Why.BASELINE_UNIT if is_known else Why.NO_BASELINE


def _ends(target: Target) -> tuple[Decimal | None, Decimal | None]:
    """The near and the far end of the target: the near one is the less ambitious, however they are written."""
    values = [value for value in (_figure(target.value), _figure(target.far)) if value is not None]
    if not values or (target.kind is not TargetKind.CHANGE and target.direction is None):
        return None, None
    if target.kind is TargetKind.CHANGE:
        values.sort(key=abs)
    else:
        values.sort(reverse=target.direction is Direction.DOWN)
    return values[0], values[-1]


def _way(target: Target, result: TargetResult, near: Decimal, far: Decimal, baseline: Decimal | None) -> _Way:
    change = target.kind is TargetKind.CHANGE
    upwards = near > 0 if change else target.direction is Direction.UP
    values = [value for value in (_figure(result.value), _figure(result.far)) if value is not None]
    told = min(values) if upwards else max(values)
    figures = Figures(told, near, far if far != near else None, target.unit)
    if change and result.as_change:
        return _Way(Decimal(0), near, far, told, upwards, Why.CHANGE_OF_CHANGE, figures)
    formula = Why.LEVEL_DISTANCE if baseline is None else Why.BASELINE_TO_TARGET
    actual = told
    if baseline is not None and change:
        near, far = _after(baseline, near), _after(baseline, far)
        figures = replace(figures, actual=(told - baseline) / baseline * 100, told=told)
    elif baseline is not None and result.as_change:
        actual = _after(baseline, told)
        figures = replace(figures, actual=actual, told=told)
    return _Way(baseline, near, far, actual, upwards, formula, replace(figures, baseline=baseline))


def _after(baseline: Decimal, change: Decimal) -> Decimal:
    """The amount after a change in per cent."""
    return baseline + baseline * change / 100


def _along(target: Target, result: TargetResult, way: _Way) -> Assessment:
    actual, promised = way.figures.actual, way.figures.near
    ratio = actual / promised * 100 if actual is not None and promised else None
    figures = replace(way.figures, ratio=ratio)
    distance = None if target.kind is TargetKind.CHANGE else -way.beyond(way.near)
    if way.start is not None:
        if way.start == way.near:
            return _not_computable(Why.TARGET_IS_BASELINE, figures, distance)
        if (way.near > way.start) is not way.upwards:
            return _not_computable(Why.BASELINE_BEYOND_TARGET, figures, distance)
    reached = way.beyond(way.near) >= 0
    if result.at_least and _may_be_more(result, way) is not reached:
        return _not_computable(Why.ONLY_A_BOUND, figures)
    share = None if way.start is None else (way.actual - way.start) / (way.near - way.start) * 100
    if reached:
        status = Status.EXCEEDED if way.beyond(way.far) > 0 else Status.REACHED
    else:
        worse = way.start is not None and way.beyond(way.start) < 0
        status = Status.WORSE if worse else Status.NOT_REACHED
    leans_on = {
        _without_baseline(target): way.start is None,
        Why.RANGE_NEAR_END: way.near != way.far,
        Why.RESULT_RANGE: _figure(result.far) is not None,
        Why.AT_LEAST: result.at_least,
    }
    why = (way.formula, *(reason for reason, so in leans_on.items() if so))
    return Assessment(status, share, distance, why, figures)


def _may_be_more(result: TargetResult, way: _Way) -> bool:
    """Of "at least": whether there may be more of what was promised; else there may be less of it."""
    if result.as_change and result.value is not None:
        return result.value >= 0 if way.upwards else result.value <= 0
    return way.upwards


def _not_computable(why: Why, figures: Figures | None = None, distance: Decimal | None = None) -> Assessment:
    return Assessment(Status.NOT_COMPUTABLE, None, distance, (why,), figures or Figures())


def _nothing_told() -> Assessment:
    return Assessment(Status.NO_RESULT, why=(Why.NOTHING_TOLD,))


def _figure(value: Decimal | None) -> Decimal | None:
    """The value, where it is a number that a city could have written."""
    if value is None or not value.is_finite():
        return None
    places = -int(value.as_tuple().exponent)
    return value if value.adjusted() <= MOST_DIGITS and places <= MOST_DIGITS else None


# --- foreseen, in time, and in the city's own words


def _foreseen(found: Assessment) -> Assessment:
    """What is projected or expected has not happened: it says "expected", never "reached"."""
    if found.status in NOT_JUDGED:
        return found
    would = found.status in (Status.REACHED, Status.EXCEEDED)
    status = Status.EXPECTED if would else Status.NOT_EXPECTED
    return replace(found, status=status, why=(*found.why, Why.ONLY_FORESEEN))


def _elapsed(target: Target, result: TargetResult, made: int) -> Decimal | None:
    """From the baseline year, else from the promise. A result from before then has seen none of the time."""
    start = target.baseline.year if target.baseline and target.baseline.year is not None else made
    if result.year is None or target.due is None or target.due <= start:
        return None
    return Decimal(max(result.year - start, 0)) / Decimal(target.due - start) * 100


def _differs(found: Assessment, target: Target, result: TargetResult) -> bool:
    if found.status in NOT_JUDGED:
        return False
    if result.said_share is not None and not _same_share(result.said_share, found):
        return True
    if result.said is None or result.said not in AGREES:
        return False
    if found.status in AGREES[result.said]:
        return result.said is SaidStatus.PARTLY and found.share is not None and found.share <= 0
    if result.said is SaidStatus.EXPECTED:
        # An expectation stands beside today's figures until its time has come.
        return result.year is not None and target.due is not None and result.year >= target.due
    return True


def _same_share(said: Decimal, found: Assessment) -> bool:
    """Whether our share, or the plain ratio that sources like, is the one that is said, but for its rounding."""
    if _figure(said) is None:
        return True
    step = Decimal(1).scaleb(min(int(said.as_tuple().exponent), 0))
    ours = [share for share in (found.share, found.figures.ratio) if share is not None]
    return not ours or any(abs(share - said) < step for share in ours)
