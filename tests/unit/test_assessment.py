"""What came of a promise: the arithmetic holds whatever is told, and says what it cannot say."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from bot.content.loader import load
from bot.domain.assessment import (
    AGREES,
    NOT_JUDGED,
    Assessment,
    Status,
    TargetResult,
    Why,
    assess,
    share_shown,
)
from bot.domain.commitments import Baseline, Commitment, Direction, SaidStatus, Target, TargetKind, ValueKind
from bot.domain.words import LocalText

D = Decimal
MADE, DUE = 2007, 2010
MEASURABLE = (TargetKind.CHANGE, TargetKind.LEVEL, TargetKind.COUNT)
LEVELS = (TargetKind.LEVEL, TargetKind.COUNT)


def a_target(
    kind: TargetKind,
    value: D | None = None,
    far: D | None = None,
    *,
    unit: str | None = "%",
    up: bool = False,
    baseline: D | None = None,
    since: int | None = None,
) -> Target:
    start = Baseline(since, baseline) if baseline is not None or since is not None else None
    direction = Direction.UP if up else Direction.DOWN
    return Target("a", kind, "waste", LocalText.plain("Less"), direction, value, far, unit, start, DUE)


def change(promised: str, told: str, **more: object) -> Assessment:
    """A change promised and a change told, in per cent."""
    target = a_target(TargetKind.CHANGE, D(promised), up=D(promised) > 0)
    return assess(target, replace(TargetResult("a", D(told), as_change=True), **more), MADE)  # type: ignore[arg-type]


# --- the twelve cities


@pytest.fixture(scope="module")
def commitments(knowledge: Path) -> dict[str, Commitment]:
    return dict(load(knowledge).library.commitments)


class Row(NamedTuple):
    """A result of the source's table, and what comes of it. `ratio` is what the fact sheet calls "arithmetic"."""

    told: TargetResult
    status: Status
    share: str | None = None
    distance: str | None = None
    ratio: str | None = None
    differs: bool = False
    why: tuple[Why, ...] = ()


def fell(value: str, year: int | None = None, **more: object) -> TargetResult:
    """Told as a change in per cent."""
    told = TargetResult("a", D(value), unit="%", as_change=True, year=year)
    return replace(told, **more)  # type: ignore[arg-type]


def stood_at(value: str, unit: str | None = "%", **more: object) -> TargetResult:
    return replace(TargetResult("a", D(value), unit=unit), **more)  # type: ignore[arg-type]


S, SAID = Status, SaidStatus
OF_CHANGE, DISTANCE = Why.CHANGE_OF_CHANGE, Why.LEVEL_DISTANCE
ONLY_WORDS = TargetResult("a", words="A ban is enforced; a study is under way.")
TABLE = [
    ("bago a", Row(fell("-49"), S.NOT_REACHED, "81.7", why=(OF_CHANGE,))),
    ("bago b", Row(TargetResult("b"), S.NO_RESULT)),
    ("bago c", Row(TargetResult("c"), S.NO_RESULT)),
    ("cebu a", Row(replace(ONLY_WORDS, said=SAID.PARTLY), S.NOT_COMPUTABLE, why=(Why.NO_FIGURE,))),
    ("cebu b", Row(ONLY_WORDS, S.NOT_COMPUTABLE, why=(Why.NO_FIGURE,))),
    (
        "san-fernando a",
        Row(stood_at("20", value_kind=ValueKind.PROJECTED), S.NOT_EXPECTED, None, "8", "71.4"),
    ),
    (
        "san-fernando a",
        Row(stood_at("60", value_kind=ValueKind.EXPECTED), S.EXPECTED, None, "-32", "214.3"),
    ),
    (
        "san-fernando a",
        Row(stood_at("2", far=D(4), other_measure=True), S.NOT_COMPUTABLE, why=(Why.OTHER_MEASURE,)),
    ),
    ("san-fernando b", Row(TargetResult("b"), S.NO_RESULT)),
    (
        "puerto-princesa a",
        Row(
            stood_at("55", said=SAID.PARTLY, said_share=D(90)),
            S.NOT_REACHED,
            None,
            "13",
            "80.9",
            differs=True,
        ),
    ),
    ("bangkok a", Row(fell("-32.4", said=SAID.EXCEEDED), S.EXCEEDED, "108")),
    ("nonthaburi a", Row(fell("-26", 2008, said=SAID.EXPECTED), S.NOT_REACHED, "86.7")),
    ("nonthaburi a", Row(fell("-28", 2009, said=SAID.EXPECTED), S.NOT_REACHED, "93.3")),
    (
        "nonthaburi a",
        Row(fell("-30", 2010, said=SAID.EXPECTED, value_kind=ValueKind.EXPECTED), S.EXPECTED, "100"),
    ),
    ("sibu a", Row(fell("-2", 2008), S.NOT_REACHED, "20", why=(OF_CHANGE, Why.RANGE_NEAR_END))),
    ("kathmandu a", Row(stood_at("2", None, other_measure=True), S.FOR_REVIEWER, why=(Why.BY_EVIDENCE,))),
    ("weihai a", Row(fell("-9", 2008), S.EXCEEDED, "180")),
    ("weihai b", Row(fell("-15"), S.REACHED, "100")),
    ("kitakyushu a", Row(stood_at("494", None, other_measure=True), S.FOR_REVIEWER)),
    ("kitakyushu b", Row(fell("-26"), S.EXCEEDED, "130")),
    (
        "kitakyushu c",
        Row(stood_at("30.6"), S.EXCEEDED, None, "-5.6", "122.4", why=(DISTANCE, Why.NO_BASELINE)),
    ),
    (
        "kitakyushu d",
        Row(stood_at("751", None, other_measure=True), S.NOT_COMPUTABLE, why=(Why.OTHER_MEASURE,)),
    ),
    ("surabaya a", Row(fell("-51.38", 2007, said=SAID.EXCEEDED), S.EXCEEDED, "128.5")),
    ("surabaya a", Row(fell("-58.67", 2008, said=SAID.EXCEEDED), S.EXCEEDED, "146.7")),
    (
        "ulsan a",
        Row(
            stood_at("0.99", "kg/cap/day", said=SAID.REACHED),
            S.NOT_REACHED,
            None,
            "0.09",
            "110",
            differs=True,
        ),
    ),
    ("ulsan b", Row(stood_at("62.5", said=SAID.REACHED), S.NOT_REACHED, None, "2.5", "96.2", differs=True)),
]


@pytest.mark.parametrize(("where", "row"), TABLE, ids=[where for where, _ in TABLE])
def test_the_twelve_cities_come_out_as_the_fact_sheet_reckons(
    commitments: dict[str, Commitment], where: str, row: Row
) -> None:
    city, target_id = where.split()
    commitment = commitments[f"{city}-2007"]
    target = next(target for target in commitment.targets if target.id == target_id)

    found = assess(target, row.told, commitment.made)

    assert found.status is row.status
    assert (found.share if found.share is None else share_shown(found.share)) == _number(row.share)
    assert found.distance == _number(row.distance)
    if row.ratio is not None:
        assert found.figures.ratio is not None
        assert share_shown(found.figures.ratio) == D(row.ratio)
    assert found.differs is row.differs
    assert found.said is row.told.said
    assert not row.why or found.why == row.why


def _number(text: str | None) -> D | None:
    return D(text) if text is not None else None


def test_the_time_gone_by_counts_from_the_baseline_year_where_one_is_known() -> None:
    since = a_target(TargetKind.CHANGE, D(-5), since=2005)
    assert assess(since, fell("-9", 2008), MADE).time_elapsed == 60
    plain = a_target(TargetKind.CHANGE, D(-30))
    assert assess(plain, fell("-28", DUE), MADE).time_elapsed == 100
    assert assess(plain, fell("-28", 2013), MADE).time_elapsed == 200
    assert assess(plain, fell("-28", 2005), MADE).time_elapsed == 0, "from before the promise"
    assert assess(plain, fell("-28"), MADE).time_elapsed is None
    assert assess(plain, fell("-28", 2008), DUE).time_elapsed is None, "promised for the same year"


# --- what cannot be said


@pytest.mark.parametrize(
    ("target", "told", "why"),
    [
        (a_target(TargetKind.CHANGE, D(-30)), stood_at("900", "t"), Why.NO_BASELINE),
        (a_target(TargetKind.CHANGE, D(-30), baseline=D(0)), stood_at("900", "t"), Why.BASELINE_NOT_POSITIVE),
        (a_target(TargetKind.LEVEL, D(65), up=True), fell("10"), Why.NO_BASELINE),
        (
            a_target(TargetKind.LEVEL, D("0.9"), unit="kg/cap/day"),
            stood_at("900", "g/cap/day"),
            Why.OTHER_UNIT,
        ),
        (a_target(TargetKind.CHANGE, D(-30)), fell("-9", unit="t"), Why.OTHER_UNIT),
        (a_target(TargetKind.LEVEL, D(5), baseline=D(5)), stood_at("4"), Why.TARGET_IS_BASELINE),
        (a_target(TargetKind.CHANGE, D(0)), fell("-1"), Why.TARGET_IS_BASELINE),
        (a_target(TargetKind.LEVEL, D(5), baseline=D(4)), stood_at("3"), Why.BASELINE_BEYOND_TARGET),
        (a_target(TargetKind.LEVEL), stood_at("3"), Why.NO_TARGET_FIGURE),
        (a_target(TargetKind.LEVEL, D(5)), stood_at("NaN"), Why.NO_FIGURE),
        (a_target(TargetKind.COUNT, D(9), up=True), stood_at("8", at_least=True), Why.ONLY_A_BOUND),
        (a_target(TargetKind.LEVEL, D("0.9")), stood_at("0.8", at_least=True), Why.ONLY_A_BOUND),
        (a_target(TargetKind.CHANGE, D(-30)), fell("-20", at_least=True), Why.ONLY_A_BOUND),
    ],
)
def test_what_cannot_be_computed_says_why(target: Target, told: TargetResult, why: Why) -> None:
    found = assess(target, replace(told, said=SAID.REACHED), MADE)
    assert (found.status, found.share, found.why) == (Status.NOT_COMPUTABLE, None, (why,))
    assert not found.differs, "nothing of ours stands against what the city says"


IN_TONNES = Baseline(2020, D(100), "t")


def test_a_result_in_another_unit_than_the_baseline_is_no_change_of_it() -> None:
    promised = replace(a_target(TargetKind.CHANGE, D(-20)), baseline=IN_TONNES)
    found = assess(promised, stood_at("80000", "kg"), MADE)
    assert (found.status, found.share, found.why) == (Status.NOT_COMPUTABLE, None, (Why.BASELINE_UNIT,))
    assert assess(promised, stood_at("80", "t"), MADE).share == 100
    assert assess(promised, fell("-10"), MADE).share == 50, "a change told as one needs no baseline"


def test_a_level_is_reached_or_not_beside_a_baseline_in_another_unit() -> None:
    promised = replace(a_target(TargetKind.LEVEL, D(50), up=True), baseline=IN_TONNES)
    found = assess(promised, stood_at("40"), MADE)
    assert (found.status, found.share, found.distance) == (Status.NOT_REACHED, None, D(10))
    assert found.why == (Why.LEVEL_DISTANCE, Why.BASELINE_UNIT)
    assert found.figures.baseline is None
    in_kg = replace(promised, unit="kg")
    assert assess(in_kg, fell("-10"), MADE).why == (Why.BASELINE_UNIT,)


def test_at_least_is_enough_where_it_settles_the_question() -> None:
    assert change("-20", "-20", at_least=True).status is Status.REACHED
    assert change("-20", "-26", at_least=True).status is Status.EXCEEDED
    assert change("-20", "10", at_least=True).status is Status.WORSE
    too_much = assess(a_target(TargetKind.LEVEL, D("0.9")), stood_at("0.99", at_least=True), MADE)
    assert (too_much.status, too_much.distance) == (Status.NOT_REACHED, D("0.09"))


def test_a_count_is_not_assumed_to_start_from_zero() -> None:
    told = stood_at("12", None)
    unknown = assess(a_target(TargetKind.COUNT, D(20), unit=None, up=True), told, MADE)
    assert (unknown.share, unknown.distance) == (None, D(8))
    from_zero = assess(a_target(TargetKind.COUNT, D(20), unit=None, up=True, baseline=D(0)), told, MADE)
    assert (from_zero.share, from_zero.distance) == (D(60), D(8))


def test_a_result_that_is_a_range_counts_by_its_less_favourable_end() -> None:
    found = change("-30", "-25", far=D(-35))
    assert (found.status, found.figures.actual) == (Status.NOT_REACHED, D(-25))
    assert Why.RESULT_RANGE in found.why
    assert change("30", "25", far=D(35)).status is Status.NOT_REACHED


@pytest.mark.parametrize(
    ("kind", "told", "status"),
    [
        (TargetKind.SCALE, TargetResult("a", scale=4), Status.REACHED),
        (TargetKind.SCALE, TargetResult("a", scale=3, done=True), Status.NOT_REACHED),
        (TargetKind.SCALE, TargetResult("a", words="Six trainings"), Status.FOR_REVIEWER),
        (TargetKind.MILESTONE, TargetResult("a", done=True, scale=1), Status.REACHED),
        (TargetKind.COMPLIANCE, TargetResult("a", done=False), Status.NOT_REACHED),
        (TargetKind.MILESTONE, TargetResult("a", words="The bylaw was passed"), Status.FOR_REVIEWER),
        (TargetKind.MILESTONE, TargetResult("a", done=True, value_kind=ValueKind.EXPECTED), Status.EXPECTED),
    ],
)
def test_people_judge_what_has_no_figure(kind: TargetKind, told: TargetResult, status: Status) -> None:
    assert assess(a_target(kind), told, MADE).status is status


@pytest.mark.parametrize(
    ("kind", "told", "status", "own"),
    [
        (TargetKind.SCALE, TargetResult("a", scale=4, judged="3"), Status.NOT_REACHED, "4"),
        (TargetKind.SCALE, TargetResult("a", scale=0, judged="4"), Status.REACHED, "0"),
        (TargetKind.SCALE, TargetResult("a", words="Two landfills", judged="4"), Status.REACHED, None),
        (TargetKind.MILESTONE, TargetResult("a", done=True, judged="no"), Status.NOT_REACHED, "yes"),
        (TargetKind.COMPLIANCE, TargetResult("a", judged="yes"), Status.REACHED, None),
        (
            TargetKind.MILESTONE,
            TargetResult("a", done=False, judged="yes", value_kind=ValueKind.EXPECTED),
            Status.REACHED,
            "no",
        ),
    ],
)
def test_the_reviewer_s_verdict_goes_before_the_city_s_answer_which_stays_beside_it(
    kind: TargetKind, told: TargetResult, status: Status, own: str | None
) -> None:
    found = assess(a_target(kind), told, MADE)
    assert (found.status, found.own, found.why) == (status, own, (Why.JUDGED,))
    assert found.figures.level == (int(told.judged or 0) if kind is TargetKind.SCALE else None)


def test_a_verdict_on_what_is_measured_or_of_another_kind_counts_for_nothing() -> None:
    assert change("-30", "-31", judged="0") == change("-30", "-31")
    told = TargetResult("a", scale=2)
    assert assess(a_target(TargetKind.SCALE), replace(told, judged="yes"), MADE) == assess(
        a_target(TargetKind.SCALE), told, MADE
    )


def test_an_expectation_differs_only_once_its_time_has_come() -> None:
    before, after = (fell("-28", year, said=SAID.EXPECTED) for year in (2009, 2010))
    target = a_target(TargetKind.CHANGE, D(-30))
    assert not assess(target, before, MADE).differs
    assert assess(target, after, MADE).differs


def test_a_share_that_is_said_agrees_but_for_its_rounding() -> None:
    assert not change("-60", "-49", said=SAID.PARTLY, said_share=D("81.7")).differs
    assert not change("-60", "-49", said=SAID.PARTLY, said_share=D(82)).differs
    assert change("-60", "-49", said=SAID.PARTLY, said_share=D(90)).differs
    assert change("-60", "5", said=SAID.PARTLY).differs, "worse than the baseline is not partly"
    assert change("-60", "0", said=SAID.PARTLY).differs, "nothing is not partly either"
    assert not change("-60", "-1", said=SAID.PARTLY).differs


@pytest.mark.parametrize(
    ("share", "shown"),
    [
        ("99.96", "99.9"),
        ("99.94", "99.9"),
        ("100", "100"),
        ("100.04", "100"),
        ("100.05", "100.1"),
        ("81.6667", "81.7"),
        ("-0.04", "-0.1"),
        ("0.04", "0"),
        ("-12.25", "-12.3"),
    ],
)
def test_a_share_is_never_rounded_up_to_reached(share: str, shown: str) -> None:
    assert share_shown(D(share)) == D(shown)


# --- what holds for all numbers

NUMBERS = st.decimals(-1_000_000, 1_000_000, places=4)
ABOVE_ZERO = st.decimals("0.0001", 1_000_000, places=4)
CHANGES = st.decimals(-99, 500, places=2).filter(bool)
KINDS = st.sampled_from(LEVELS)


@st.composite
def levels(draw: st.DrawFn) -> Target:
    """A level or count with a baseline, and so with a direction."""
    baseline, value = draw(NUMBERS), draw(NUMBERS)
    assume(baseline != value)
    return a_target(draw(KINDS), value, unit="t", up=value > baseline, baseline=baseline)


def measured(target: Target, actual: D) -> Assessment:
    return assess(target, TargetResult("a", actual, unit="t"), MADE)


@given(levels())
def test_at_the_baseline_nothing_is_done_and_at_the_target_everything(target: Target) -> None:
    assert target.value is not None
    assert target.baseline is not None
    assert target.baseline.value is not None
    start, end = measured(target, target.baseline.value), measured(target, target.value)
    assert (start.share, start.status) == (D(0), Status.NOT_REACHED)
    assert (end.share, end.status, end.distance) == (D(100), Status.REACHED, D(0))


@given(CHANGES)
def test_a_change_told_as_a_change_has_the_same_anchors(promised: D) -> None:
    assert change(str(promised), "0").share == 0
    assert change(str(promised), str(promised)).share == 100


@given(CHANGES, ABOVE_ZERO)
def test_a_change_told_as_an_amount_has_the_same_anchors(promised: D, baseline: D) -> None:
    target = a_target(TargetKind.CHANGE, promised, baseline=baseline, up=promised > 0)
    assert measured(target, baseline).share == 0
    end = measured(target, baseline + baseline * promised / 100)
    assert (end.share, end.status) == (D(100), Status.REACHED)


@given(CHANGES, CHANGES, ABOVE_ZERO)
def test_a_change_and_the_amount_it_makes_come_out_the_same(promised: D, told: D, baseline: D) -> None:
    target = a_target(TargetKind.CHANGE, promised, baseline=baseline, up=promised > 0)
    by_change = assess(target, fell(str(told)), MADE)
    by_amount = measured(target, baseline + baseline * told / 100)
    assert by_amount.status is by_change.status
    assert by_amount.share is not None
    assert by_change.share is not None
    assert abs(by_amount.share - by_change.share) < D("1e-20")


@given(levels(), NUMBERS)
def test_worse_than_the_baseline_is_negative_and_said_so(target: Target, actual: D) -> None:
    assert target.baseline is not None
    found = measured(target, actual)
    assert found.share is not None
    assert (found.status is Status.WORSE) is (found.share < 0)
    assert (found.status in (Status.REACHED, Status.EXCEEDED)) is (found.share >= 100)
    assert (found.status is Status.EXCEEDED) is (found.share > 100)
    assert found.distance is not None
    assert (found.distance <= 0) is (found.share >= 100)


@given(levels(), NUMBERS, NUMBERS)
def test_nearer_to_the_promise_is_never_less(target: Target, one: D, other: D) -> None:
    little, much = sorted((one, other), reverse=target.direction is Direction.DOWN)
    less, more = measured(target, little), measured(target, much)
    assert less.share is not None
    assert more.share is not None
    assert less.share <= more.share
    assert (little == much) or less.share < more.share


@given(levels(), NUMBERS)
def test_down_is_up_in_a_mirror(target: Target, actual: D) -> None:
    assert target.value is not None
    assert target.baseline is not None
    assert target.baseline.value is not None
    up = target.direction is Direction.DOWN
    mirrored = a_target(target.kind, -target.value, unit="t", up=up, baseline=-target.baseline.value)
    there, here = measured(mirrored, -actual), measured(target, actual)
    assert (there.status, there.share, there.distance) == (here.status, here.share, here.distance)


@given(levels(), NUMBERS, st.sampled_from([D(1000), D("0.001")]))
def test_grams_tell_the_same_story_as_kilograms(target: Target, actual: D, times: D) -> None:
    assert target.value is not None
    assert target.baseline is not None
    assert target.baseline.value is not None
    scaled = replace(
        target,
        value=target.value * times,
        baseline=replace(target.baseline, value=target.baseline.value * times),
    )
    here, there = measured(target, actual), measured(scaled, actual * times)
    assert (there.status, there.share) == (here.status, here.share)


@given(st.sampled_from(LEVELS), NUMBERS, NUMBERS, st.booleans())
def test_without_a_baseline_there_is_a_distance_and_no_share(
    kind: TargetKind, value: D, actual: D, up: bool
) -> None:
    found = measured(a_target(kind, value, unit="t", up=up), actual)
    assert found.share is None
    assert found.distance == (value - actual if up else actual - value)
    assert (found.status is Status.NOT_REACHED) is (found.distance > 0)
    assert Why.NO_BASELINE in found.why


@given(CHANGES, st.decimals(1, 3, places=2), CHANGES)
def test_a_range_counts_from_its_near_end_and_is_exceeded_past_its_far_one(
    near: D, wider: D, told: D
) -> None:
    far = near * wider
    both_ways = [
        assess(a_target(TargetKind.CHANGE, first, last, up=near > 0), fell(str(told)), MADE)
        for first, last in ((near, far), (far, near))
    ]
    alone = change(str(near), str(told))
    for found in both_ways:
        assert found.share == alone.share
        past = told > far if near > 0 else told < far
        assert (found.status is Status.EXCEEDED) is past
        assert (found.status in (Status.REACHED, Status.EXCEEDED)) is (
            alone.status in (S.REACHED, S.EXCEEDED)
        )


ANY_NUMBER = st.one_of(
    st.none(), NUMBERS, st.decimals(), st.sampled_from([D(0), D("1e999999"), D("-1e-999999"), D("sNaN")])
)
YEARS = st.one_of(st.none(), st.integers(-5000, 5000), st.just(DUE))
RESULTS = st.builds(
    TargetResult,
    target=st.just("a"),
    value=ANY_NUMBER,
    far=ANY_NUMBER,
    unit=st.sampled_from([None, "%", "t"]),
    as_change=st.booleans(),
    year=YEARS,
    value_kind=st.sampled_from([None, *ValueKind]),
    other_measure=st.booleans(),
    at_least=st.booleans(),
    scale=st.one_of(st.none(), st.integers(-1, 9)),
    done=st.sampled_from([None, True, False]),
    judged=st.sampled_from([None, "yes", "no", "0", "4", "9", "", "x"]),
    words=st.sampled_from([None, "", "A little"]),
    said=st.sampled_from([None, *SaidStatus]),
    said_share=ANY_NUMBER,
)
TARGETS = st.builds(
    Target,
    id=st.just("a"),
    kind=st.sampled_from(TargetKind),
    indicator=st.just("waste"),
    text=st.just(LocalText.plain("Less")),
    direction=st.sampled_from([None, *Direction]),
    value=ANY_NUMBER,
    far=ANY_NUMBER,
    unit=st.sampled_from([None, "%", "t"]),
    baseline=st.one_of(st.none(), st.builds(Baseline, YEARS, ANY_NUMBER)),
    due=YEARS,
)


@given(TARGETS, st.one_of(st.none(), RESULTS), st.integers(0, 5000))
@example(a_target(TargetKind.LEVEL, D("1e-999999"), baseline=D("2e-999999")), stood_at("1e40"), MADE)
@example(a_target(TargetKind.LEVEL, D("1e-500"), baseline=D("2e-500")), stood_at("1e40"), MADE)
def test_whatever_is_promised_and_told_there_is_an_answer(
    target: Target, result: TargetResult | None, made: int
) -> None:
    found = assess(target, result, made)
    assert found.share is None or share_shown(found.share).is_finite()
    assert found.share is None or found.status not in NOT_JUDGED
    assert found.why or found.status is Status.NO_RESULT
    foreseen = result is not None and result.value_kind in (ValueKind.PROJECTED, ValueKind.EXPECTED)
    foreseen = foreseen and Why.JUDGED not in found.why
    ahead = (Status.EXPECTED, Status.NOT_EXPECTED)
    assert found.status in NOT_JUDGED or (found.status in ahead) is foreseen, (
        "what is foreseen is never reached"
    )


@given(TARGETS, RESULTS, st.sampled_from([None, *SaidStatus]), ANY_NUMBER)
def test_what_the_city_says_moves_nothing_that_we_compute(
    target: Target, result: TargetResult, said: SaidStatus | None, share: D | None
) -> None:
    with_words = assess(target, replace(result, said=said, said_share=share), MADE)
    without = assess(target, replace(result, said=None, said_share=None), MADE)
    assert with_words.said is said
    assert replace(with_words, said=None, said_share=None, differs=False) == without
    assert not without.differs
    if said is None or said not in AGREES or said is SaidStatus.EXPECTED:
        return
    if with_words.status not in AGREES[said] | NOT_JUDGED:
        assert with_words.differs


def test_a_result_past_the_due_year_says_how_many_years_after_it_is() -> None:
    target = Target(
        "a", TargetKind.CHANGE, "waste", LocalText.plain("x"), value=Decimal(-10), unit="%", due=2010
    )
    for year, after in ((2009, 0), (2010, 0), (2025, 15), (None, 0)):
        told = TargetResult("a", Decimal(-5), unit="%", as_change=True, year=year)
        assert assess(target, told, 2007).years_after == after
