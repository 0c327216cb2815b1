"""The series of a target: only what stands on the scale of the promise, and a range by the end that counts."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import samples_documents as s

from bot.documents.composition import compose
from bot.documents.document import Chart
from bot.documents.figures import chart_figure
from bot.documents.page import to_html
from bot.documents.typesetting import chart_png
from bot.domain.commitments import UNIT_NOT_STATED, Baseline, Direction, Target, TargetKind, ValueKind

LEVEL = TargetKind.LEVEL


def promise(kind: TargetKind = LEVEL, value: str = "100", **more: Any) -> Target:
    return s.target("a", "waste-generation", s.text("At most 100 t a day."), kind, value, **more)


def of(target: Target, *results: dict[str, Any]) -> Any:
    """The document with a city that told this of this target; the last result counts."""
    last = len(results) - 1
    told = [
        s.told(
            target,
            s.of_report("sibu"),
            counts=number == last,
            **{"year": 2026, "value_kind": ValueKind.MEASURED, **result},
        )
        for number, result in enumerate(results)
    ]
    city = s.sibu()
    made = replace(city.commitments[0], lines=(s.line("2025a", target, *told),))
    return compose(s.report(replace(city, commitments=(made,), missing=())), "en")


def chart_of(target: Target, *results: dict[str, Any]) -> Chart | None:
    chart: Chart | None = of(target, *results).cities[0].targets[0].chart
    return chart


def test_a_promise_is_never_told_in_the_unit_of_the_result() -> None:
    assert chart_of(promise(unit="t"), {"value": "90000", "unit": "kg"}) is None
    drawn = chart_of(promise(unit="t"), {"value": "95000", "unit": "kg"}, {"value": "90", "unit": "t"})
    assert drawn is not None
    assert [point.shown for point in drawn.points] == ["90\u202ftonnes"]
    assert drawn.target_shown == "100\u202ftonnes"


@pytest.mark.parametrize(
    ("own_unit", "unit", "drawn"),
    [(None, "kg", True), ("kg", "kg", True), ("t", "kg", False)],
)
def test_a_change_is_put_on_the_scale_of_amounts_only_from_a_baseline_of_that_unit(
    own_unit: str | None, unit: str, drawn: bool
) -> None:
    target = promise(TargetKind.CHANGE, "-20", baseline=Baseline(2020, Decimal(100), own_unit))
    chart = chart_of(target, {"value": "85", "unit": unit})
    assert (chart is not None) is drawn
    if chart is not None:
        assert (chart.target_shown, chart.baseline_shown) == ("80\u202fkg", "100\u202fkg")


def test_an_amount_without_a_unit_is_no_point_on_a_scale_of_per_cent() -> None:
    target = promise(TargetKind.CHANGE, "-20", baseline=Baseline(2020, Decimal(100)))
    chart = chart_of(target, {"value": "85"})
    assert chart is None or chart.unit != "%"


def test_a_baseline_in_another_unit_is_no_line_of_the_chart() -> None:
    target = promise(
        value="50", direction=Direction.UP, unit="%", baseline=Baseline(2020, Decimal(12000), "t")
    )
    chart = chart_of(target, {"value": "60", "unit": "%"})
    assert chart is not None
    assert (chart.baseline, chart.baseline_shown, chart.baseline_label) == (None, "", "")
    same = replace(target, baseline=Baseline(2020, Decimal(12), None))
    chart = chart_of(same, {"value": "60", "unit": "%"})
    assert chart is not None
    assert chart.baseline_shown == "12\u202f%"


def test_a_target_that_was_worked_out_of_its_baseline_has_no_long_tail() -> None:
    target = promise(TargetKind.CHANGE, "-33.333", baseline=Baseline(2020, Decimal("1.23456")))
    chart = chart_of(target, {"value": "0.9", "unit": "t"})
    assert chart is not None
    assert chart.target_shown == "0.82\u202ftonnes"


@pytest.mark.parametrize(
    ("target", "value", "far", "counts", "other"),
    [
        (promise(unit="t"), "90", "110", 110, 90),
        (promise(unit="t", direction=Direction.UP), "90", "110", 90, 110),
        (promise(TargetKind.CHANGE, "-20"), "-15", "-25", -15, -25),
        (promise(TargetKind.CHANGE, "20", direction=Direction.UP), "25", "15", 15, 25),
    ],
)
def test_a_range_is_drawn_at_the_end_that_counts_with_the_other_one_in_sight(
    target: Target, value: str, far: str, counts: int, other: int
) -> None:
    document = of(target, {"value": value, "far": far, "unit": target.unit})
    chart = document.cities[0].targets[0].chart
    point = chart.points[0]
    assert (point.value, point.far) == (counts, other)
    drawn = chart_figure(chart)["points"][0]
    assert (drawn["far"] > drawn["y"]) is (other > counts)
    assert 0 < drawn["far"] < 1
    assert b'<path class="range"' in to_html(document)
    without = replace(chart, points=(replace(point, far=None),))
    assert chart_png(chart, "en") != chart_png(without, "en")


def test_a_range_in_a_report_is_in_the_data_too() -> None:
    from bot.documents.json_file import to_json

    assert b'"far": "110"' in to_json(
        of(promise(unit="t", direction=Direction.UP), {"value": "90", "far": "110"})
    )


def test_a_figure_whose_unit_nobody_knows_is_told_so_and_never_drawn() -> None:
    unknown = {"value": "4804359", "unit": UNIT_NOT_STATED}
    change = promise(TargetKind.CHANGE, "-20", unit="%", baseline=Baseline(2010, Decimal(5_000_000)))
    for target in (promise(unit="t"), change):
        document = of(target, unknown)
        assert document.cities[0].targets[0].chart is None
        html = to_html(document).decode()
        assert "4,804,359\u202f(unit not stated)" in html
        assert "4,804,359\u202f%" not in html
    drawn = chart_of(promise(unit="t"), unknown, {"value": "90", "unit": "t"})
    assert drawn is not None
    assert len(drawn.points) == 1
