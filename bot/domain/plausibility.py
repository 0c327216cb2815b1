"""Plausibility: whether a figure may be a slip of the hand, judged by what the same city told before.

A figure is weighed as it was told and as each common slip would have made it: digits swapped, a factor of ten,
another unit, another sign. How likely a figure is depends on its distance, as a logarithm, from the nearest figure of
an earlier period, against how much this city's figures usually move; exact repeats are common in cities' reports. A
slip is suspected where it explains the figure better than the truth does. Without earlier periods the way from the
baseline to the target takes their place. `tests/unit/test_plausibility.py` measures what is found on true reports.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from math import exp, log, sqrt

from bot.domain.commitments import Direction
from bot.domain.measures import mistakable
from bot.domain.measures.amounts import EXACT, scaled, shortest
from bot.domain.suspicions import Against, Doubt, Suspicion

_REPEATS, _ROUNDED, _WILD = 0.4, 0.1, 0.125
"""Share of reports that repeat an earlier figure to the digit, that round it, and that move wildly."""
_CALM = 1 - _REPEATS - _ROUNDED - _WILD
_ROUNDING, _LEAPS = 0.001, 0.5
"""What rounding and a wild move do to a figure, as logarithms."""
_MOVES, _CHANGE_MOVES, _CHANGE_SLACK = 0.1, 0.2, 3.0
"""The usual yearly move as a logarithm, of an amount and of a change in per cent (with so many points added)."""
_CORRIDOR, _BASELINE_ONLY, _TARGET_ONLY = 0.3, 0.5, 0.6
"""The same for a first report, by what is known of the way from baseline to target."""
_PRIOR_YEARS = 2
"""How many moves of its own a city needs to count as much as all cities together."""
_LEAP, _RESTLESS = 0.62, 0.2
"""What is far without an explanation: this logarithm, twice after one period; more for a restless city."""
_CHANCES = {
    Doubt.FRACTION_FOR_PERCENT: 0.05,
    Doubt.UNIT: 0.02,
    Doubt.FACTOR_1000: 0.02,
    Doubt.FACTOR_100: 0.005,
    Doubt.FACTOR_10: 0.02,
    Doubt.SWAPPED_DIGITS: 0.3,
}
"""How willing we are to suspect each slip; swapped digits share theirs among all pairs."""
_FEWEST_PAIRS = 6
_SECOND = 10
"""A second suspicion is told where it is at least a tenth as likely as the first."""


@dataclass(frozen=True, slots=True)
class _Past:
    """The figures that a new one is expected near: one by one, or a way between two."""

    figures: tuple[Decimal, ...]
    spread: float
    shown: Decimal
    against: Against
    year: int | None = None
    slack: float = 0.0
    """Added to the size of every figure, so that from -1 % to -4 % is no leap."""
    is_way: bool = False

    @property
    def far(self) -> float:
        """The distance from which a figure is questioned without an explanation: 3.5 times after one earlier
        period, less after several, more where this city's figures move much."""
        known = 1 if self.is_way else len(self.figures)
        return _LEAP * (1 + 1 / known) * max(1.0, self.spread / _RESTLESS)

    def size(self, value: Decimal) -> float:
        return log(float(abs(value)) + self.slack)

    def distance(self, value: Decimal) -> float:
        logs = [self.size(value) - self.size(figure) for figure in self.figures]
        if self.is_way and min(logs) <= 0 <= max(logs):
            return 0.0
        return min(map(abs, logs))

    def likelihood(self, value: Decimal, step: float) -> float:
        """How likely a true figure of this size is; `step` is what its last digit is worth, as a share of it."""
        away = self.distance(value)
        moved = _CALM * _laplace(away, self.spread) + _WILD * _laplace(away, _LEAPS)
        if self.is_way:
            return moved
        repeated = _REPEATS / max(step, 1e-6) if away < step / 2 else 0.0
        return repeated + _ROUNDED * _laplace(away, _ROUNDING) + moved


def doubts(
    value: Decimal,
    *,
    unit: str | None,
    is_change: bool,
    is_share: bool,
    direction: Direction | None,
    history: Sequence[tuple[int, Decimal]],
    target: Decimal | None,
    baseline: Decimal | None,
    year: int | None,
    due: int | None,
) -> tuple[Suspicion, ...]:
    """What to ask about a figure before it is kept: none, one or two suspicions, the most telling first.

    `value`, `target` and `baseline` are in `unit`; with `is_change` value and target are changes in per cent (a fall
    is negative) and the baseline is not looked at; with `is_share` they are rates from 0 to 100. `history` has year
    and value of the city's earlier periods, oldest first. `year` is that of the value, `due` that of the target.
    """
    is_percent = is_share or is_change or (unit or "").startswith("%")
    wrong_sign = None if is_share else _wrong_sign(value, is_change, direction, history, target)
    if wrong_sign is not None and not (is_change and value < -100):
        return (wrong_sign,)
    impossible = _impossible(value, is_change, is_share)
    past = _earlier(history, is_change, year) or _way(target, baseline, due, is_change)
    if past is None:
        if impossible is None and is_percent and 0 < abs(value) < 1:
            return (Suspicion(Doubt.FRACTION_FOR_PERCENT, value, scaled(value, 2)),)
        return () if impossible is None else (impossible,)
    if value == 0:
        fell_to_nothing = not past.is_way and 0 not in (target, *(figure for _, figure in history))
        return (_told(Doubt.FAR_FROM_LAST, value, None, past),) if fell_to_nothing and not is_change else ()
    weighed = _weighed(value, unit, is_percent, past)
    if impossible is not None:
        meant = [each.expected for each in weighed if each.expected is not None and abs(each.expected) <= 100]
        return (Suspicion(impossible.doubt, value, impossible.expected or next(iter(meant), None)),)
    if not weighed and past.distance(value) > past.far:
        return (_told(Doubt.FAR_FROM_PATH if past.is_way else Doubt.FAR_FROM_LAST, value, None, past),)
    return weighed


def _impossible(value: Decimal, is_change: bool, is_share: bool) -> Suspicion | None:
    """A share outside 0 to 100, or a fall by more than all there was."""
    if is_share and value < 0:
        return Suspicion(Doubt.NEGATIVE_RATE, value, -value if value >= -100 else None)
    if (is_share and value > 100) or (is_change and value < -100):
        return Suspicion(Doubt.RATE_OVER_100, value)
    return None


def _wrong_sign(
    value: Decimal,
    is_change: bool,
    direction: Direction | None,
    history: Sequence[tuple[int, Decimal]],
    target: Decimal | None,
) -> Suspicion | None:
    """A sign that no earlier figure has, and of a change not the promise either; an amount begins without a minus."""
    told = [(when, figure) for when, figure in history if figure]
    others = [figure > 0 for _, figure in told]
    if not is_change:
        others = others or [True]
    elif target:
        others.append(target > 0)
    elif direction is not None:
        others.append(direction is Direction.UP)
    if not value or not others or (value > 0) in others:
        return None
    if told:
        return Suspicion(Doubt.SIGN, value, -value, Against.EARLIER, told[-1][1], told[-1][0])
    if is_change:
        return Suspicion(Doubt.SIGN, value, -value, Against.TARGET, target)
    return Suspicion(Doubt.SIGN, value, -value)


def _earlier(history: Sequence[tuple[int, Decimal]], is_change: bool, year: int | None) -> _Past | None:
    known = [(when, figure) for when, figure in history if figure]
    if not known or len({figure > 0 for _, figure in known}) > 1:
        return None
    figures = tuple(figure for _, figure in known)
    slack = _CHANGE_SLACK if is_change else 0.0
    logs = [log(float(abs(figure)) + slack) for figure in figures]
    moves = [min(1.0, abs(after - before)) for before, after in pairwise(logs)]
    usual = _CHANGE_MOVES if is_change else _MOVES
    spread = (_PRIOR_YEARS * usual + sum(moves)) / (_PRIOR_YEARS + len(moves)) + _step(figures[-1])
    last = known[-1][0]
    spread *= sqrt(max(1, year - last)) if year is not None else 1
    return _Past(figures, spread, figures[-1], Against.EARLIER, last, slack)


def _way(target: Decimal | None, baseline: Decimal | None, due: int | None, is_change: bool) -> _Past | None:
    """Between baseline and target; a change begins at nothing, so its way begins at a tenth of the target."""
    start = baseline if not is_change else target / 10 if target else None
    ends = tuple(end for end in (start, target) if end)
    if not ends or len({end > 0 for end in ends}) > 1:
        return None
    spread = _CORRIDOR if len(ends) == 2 else _BASELINE_ONLY if start else _TARGET_ONLY
    if target:
        return _Past(ends, spread, target, Against.TARGET, due, is_way=True)
    return _Past(ends, spread, ends[0], Against.BASELINE, is_way=True)


def _weighed(value: Decimal, unit: str | None, is_percent: bool, past: _Past) -> tuple[Suspicion, ...]:
    """The slips that explain the figure better than the truth, the likeliest first, two at most."""
    step = _step(value)
    truth = past.likelihood(value, step)
    found: list[tuple[float, Suspicion]] = []
    for doubt, meant, chance, typed_unit in _slips(value, unit, is_percent):
        likelihood = chance * past.likelihood(meant, step)
        if likelihood > truth and past.distance(meant) <= past.far:
            found.append((likelihood, _told(doubt, value, meant, past, typed_unit)))
    found.sort(key=lambda each: -each[0])
    return tuple(each for likelihood, each in found[:2] if likelihood * _SECOND >= found[0][0])


def _slips(
    value: Decimal, unit: str | None, is_percent: bool
) -> Iterator[tuple[Doubt, Decimal, float, str | None]]:
    """What may have been meant: the slip, the figure without it, how common it is, and the unit of the slip."""
    explained: set[Decimal] = set()
    for name, factor in mistakable(unit):
        meant = _converted(value, factor)
        explained.add(meant)
        yield Doubt.UNIT, meant, _CHANCES[Doubt.UNIT], name
    for doubt, power in ((Doubt.FACTOR_10, 1), (Doubt.FACTOR_100, 2), (Doubt.FACTOR_1000, 3)):
        for meant in (scaled(value, power), scaled(value, -power)):
            is_fraction = is_percent and power == 2 and abs(value) < 1 and abs(meant) > abs(value)
            named = Doubt.FRACTION_FOR_PERCENT if is_fraction else doubt
            if meant not in explained:
                yield named, meant, _CHANCES[named], None
    pairs = list(_unswapped(value))
    for meant in pairs:
        yield (
            Doubt.SWAPPED_DIGITS,
            meant,
            _CHANCES[Doubt.SWAPPED_DIGITS] / max(_FEWEST_PAIRS, len(pairs)),
            None,
        )


def _unswapped(value: Decimal) -> Iterator[Decimal]:
    """The figure with each pair of different neighbouring digits changed over, the point staying where it is."""
    written = format(value, "f")
    places = [at for at, char in enumerate(written) if char.isdigit()]
    for left, right in pairwise(places):
        if written[left] == written[right] or (left == places[0] and written[right] == "0"):
            continue
        chars = list(written)
        chars[left], chars[right] = chars[right], chars[left]
        yield Decimal("".join(chars))


def _converted(value: Decimal, factor: Fraction) -> Decimal:
    """In full where that is short, else rounded to as many digits as were told, three at least."""
    exact = EXACT.divide(EXACT.multiply(value, factor.numerator), Decimal(factor.denominator))
    digits = len(value.as_tuple().digits)
    short = len(shortest(exact).as_tuple().digits) <= digits + 3
    return shortest(exact if short else Decimal(f"{exact:.{max(3, digits) - 1}e}"))


def _step(value: Decimal) -> float:
    """What one step of the last digit is worth, as a share of the figure."""
    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int), "a figure is finite"
    return float(Decimal(1).scaleb(exponent) / abs(value))


def _told(
    doubt: Doubt, value: Decimal, meant: Decimal | None, past: _Past, typed_unit: str | None = None
) -> Suspicion:
    times = shortest(Decimal(f"{value / past.shown:.1e}")) if value else None
    return Suspicion(doubt, value, meant, past.against, past.shown, past.year, times, typed_unit)


def _laplace(away: float, scale: float) -> float:
    """Density of the Laplace distribution (two-sided exponential), which has heavier tails than the normal one."""
    return exp(-away / scale) / (2 * scale)
