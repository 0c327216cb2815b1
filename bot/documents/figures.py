"""Where everything stands in a chart or on a board: plain geometry, drawn by the typst templates.

Lengths are shares of the plot: x from its left edge, y from its lower one, both 0 to 1.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from bot.documents.document import Board, BoardRow, Chart

SIDE = 0.07
"""Room left and right of the outermost points."""
ABOVE, BELOW = 0.2, 0.14
"""Room above and below the outermost values, for the figures written there."""
FROM_ZERO = Decimal("0.6")
"""Values begin at zero where the smallest is at most this share of the largest: a short axis flatters. Falls do
always, since zero is where they began."""
LINE_HEIGHT = 0.105
"""How high a written figure is."""
CHARACTER = 0.0205
"""How wide a narrow character of it is."""
AWAY = 0.083
"""From a point to the middle of the figure above it."""
WORDS_HEIGHT, WORDS_CHARACTER, WORDS_AWAY = 0.085, 0.0185, 0.055
"""The same of the words of a line."""
WHISKER = 0.03
"""How wide the far end of a range is drawn."""
ROOM_APART, MOST_APART = 0.16, 0.5
"""How wide the part of figures without a year is for each of them, and at most."""
LONG_UNIT = 2
YEAR_APART = 0.1
"""How wide the label of a year is at least, with room beside it."""
GOAL = Decimal(100)
MOST_SHARE = Decimal(130)
"""Where the bars of a board end; what is beyond carries an arrow."""


@dataclass(frozen=True)
class Box:
    """A rectangle by its middle and its size."""

    x: float
    y: float
    width: float
    height: float

    def touches(self, other: Box) -> bool:
        return (
            abs(self.x - other.x) * 2 < self.width + other.width
            and abs(self.y - other.y) * 2 < self.height + other.height
        )


ZERO = Box(0.014, 0.034, 0.028, 0.06)
"""The figure at the line of zero: at its left end, above it."""


def chart_figure(chart: Chart) -> Mapping[str, Any]:
    """A chart with everything in its place. Points without a year stand in a part of their own, which says so."""
    low, high = _span([float(value) for value in _values(chart)])
    places = _across(chart)

    def up(value: Decimal | None) -> float | None:
        return None if value is None else (float(value) - low) / (high - low)

    dots = [(x, (float(p.value) - low) / (high - low)) for x, p in zip(places, chart.points, strict=True)]
    ends = [up(point.far) for point in chart.points]
    target, far, baseline, due = up(chart.target), up(chart.target_far), up(chart.baseline), _due(chart)
    taken = [Box(x, y, 0.035, 0.06) for x, y in dots]
    taken += [spot for one, two in pairwise(dots) for spot in _along(one, two)]
    whiskers = [(x, y, end) for (x, y), end in zip(dots, ends, strict=True) if end is not None]
    taken += [Box(x, (y + end) / 2, WHISKER, abs(y - end)) for x, y, end in whiskers]
    taken += [Box(0.5, y, 1.0, 0.012) for y in (target, far, baseline) if y is not None]
    zero = up(Decimal(0)) if low <= 0 <= high else None
    if zero is not None:
        taken.append(replace(ZERO, y=zero + ZERO.y))
    if due is not None and target is not None:
        taken.append(Box(due, target, 0.035, 0.06))
    goal, base = _short(chart.target_shown, chart.unit), _short(chart.baseline_shown, chart.unit)
    target_words = _words(_joined(chart.target_label, goal), target, taken)
    baseline_words = _words(_joined(chart.baseline_label, base), baseline, taken)
    shown = [_short(point.shown, chart.unit) for point in chart.points]
    labels = _labels(shown, dots, taken)
    apart = _apart(chart)
    years, due_shown = _years(chart, places, due, apart)
    marks = {point.mark.code: point.mark for point in chart.points if point.mark}
    return {
        "title": chart.title,
        "unit": chart.unit,
        "alt": chart.alt,
        "points": [
            {
                "x": x,
                "y": y,
                "far": end,
                "shown": short,
                "label_x": label.x,
                "label_y": label.y,
                "year": year,
                "year_x": _within(x, wide(year) * CHARACTER),
                "mark": point.mark.code if point.mark else "unknown",
                "dated": point.at is not None,
            }
            for point, short, (x, y), end, label, year in zip(
                chart.points, shown, dots, ends, labels, years, strict=True
            )
        ],
        "target": target,
        "target_far": far,
        "target_words": target_words,
        "due": due,
        "due_shown": due_shown,
        "baseline": baseline,
        "baseline_words": baseline_words,
        "zero": zero,
        "zero_x": ZERO.x,
        "zero_y": None if zero is None else zero + ZERO.y,
        "off_zero": chart.off_zero if zero is None else "",
        "apart": apart,
        "marks": [{"code": mark.code, "word": mark.word} for mark in marks.values()],
    }


def board_figure(board: Board, most: int) -> Mapping[str, Any]:
    """A board; where it has more than `most` rows, how many targets have which status in their place."""
    rows = [_board_row(row) for row in board.rows]
    return {
        "title": board.title,
        "subtitle": board.subtitle,
        "goal_label": board.goal_label,
        "alt": board.alt,
        "legend": [{"code": code, "word": word} for code, word in board.legend],
        "rows": rows if len(rows) <= most else [],
        "counts": [] if len(rows) <= most else list(_counts(board)),
        "goal": float(GOAL / MOST_SHARE),
    }


def _counts(board: Board) -> Iterator[Mapping[str, Any]]:
    counted = Counter(row.look for row in board.rows)
    largest = max(counted.values())
    for code, word in board.legend:
        if counted[code]:
            yield {"code": code, "word": word, "count": counted[code], "length": counted[code] / largest}


def _board_row(row: BoardRow) -> Mapping[str, Any]:
    share = None if row.share is None else max(Decimal(0), min(row.share, MOST_SHARE))
    return {
        "name": row.name,
        "label": row.label,
        "shown": row.shown,
        "code": row.look,
        "status": row.status,
        "length": None if share is None else float(share / MOST_SHARE),
        "beyond": row.share is not None and row.share > MOST_SHARE,
        "below": row.share is not None and row.share < 0,
    }


def _values(chart: Chart) -> list[Decimal]:
    ends = (chart.target, chart.target_far, chart.baseline, *(point.far for point in chart.points))
    return [*(point.value for point in chart.points), *(end for end in ends if end is not None)]


def _span(values: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest value of the plot, with room for what is written."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    if 0 < low <= float(FROM_ZERO) * high:
        low = 0.0
    high = max(high, 0.0) if low < 0 else high
    if low == high:
        spread = abs(low) / 2 or 1.0
        low, high = low - spread, high + spread
    tall = (high - low) / (1 - ABOVE - BELOW)
    return low - BELOW * tall, high + ABOVE * tall


def _year_at(chart: Chart, year: int) -> float:
    """How far to the right a year stands; the end of the target is on the same scale."""
    years = [point.at for point in chart.points if point.at is not None]
    apart = _apart(chart)
    begin, end = SIDE, 1 - SIDE
    if apart is not None:
        begin, end = (SIDE, apart["begin"] - SIDE) if years else (apart["end"] + SIDE / 2, 1 - SIDE)
    years += [chart.due] if chart.due is not None and chart.target is not None else []
    first, last = min(years), max(years)
    if first == last:
        return (begin + end) / 2
    return begin + (end - begin) * (year - first) / (last - first)


def _apart(chart: Chart) -> Mapping[str, Any] | None:
    """The part of figures without a year, with what is written below it: after the others, or where there are none,
    before the end of the target. None where all have one."""
    undated = [point for point in chart.points if point.at is None]
    if not undated:
        return None
    text = undated[0].label
    begin, end = 0.0, 1.0 if chart.due is None or chart.target is None else 0.85
    if len(undated) < len(chart.points):
        room = max(wide(text) * CHARACTER + 0.02, ROOM_APART * len(undated))
        begin, end = 1 - min(room, MOST_APART), 1.0
    return {"begin": begin, "end": end, "middle": (begin + end) / 2, "text": text, "is_whole": begin == 0}


def _across(chart: Chart) -> list[float]:
    """How far to the right each point stands: by its year, or in the part of those without one."""
    apart = _apart(chart)
    undated = sum(point.at is None for point in chart.points)
    places: Iterator[float] = iter(())
    if apart is not None:
        step = (apart["end"] - apart["begin"]) / undated
        places = iter([apart["begin"] + step * (n + 0.5) for n in range(undated)])
    return [_year_at(chart, p.at) if p.at is not None else next(places) for p in chart.points]


def _due(chart: Chart) -> float | None:
    return None if chart.due is None or chart.target is None else _year_at(chart, chart.due)


def _years(
    chart: Chart, places: Sequence[float], due: float | None, apart: Mapping[str, Any] | None
) -> tuple[list[str], str]:
    """The label below each point with a year, and below the end of the target; none where it would touch one that is
    written already, from the last point back. The end is told in the words of the target, too."""
    taken: list[tuple[float, float]] = []
    if apart is not None:
        taken.append((apart["middle"], wide(apart["text"]) * CHARACTER))

    def written(text: str, place: float) -> str:
        room = max(YEAR_APART, wide(text) * CHARACTER + 0.02)
        if any(abs(place - other) < (room + width) / 2 for other, width in taken):
            return ""
        taken.append((place, room))
        return text

    shown = [
        written(point.label or str(point.at), place) if point.at is not None else ""
        for point, place in reversed(list(zip(chart.points, places, strict=True)))
    ]
    return shown[::-1], written(chart.due_shown or str(chart.due), due) if due is not None else ""


def _words(text: str, line: float | None, taken: list[Box]) -> Mapping[str, Any] | None:
    """Where the words of a line stand: above or below it, at its left or right end, where least is in their way."""
    if line is None or not text:
        return None
    width = min(wide(text) * WORDS_CHARACTER, 0.96)
    spots = [
        Box(x, line + away, width, WORDS_HEIGHT)
        for x in (0.02 + width / 2, 0.98 - width / 2)
        for away in (WORDS_AWAY, -WORDS_AWAY)
    ]
    best = min(spots, key=lambda spot: sum(spot.touches(other) for other in taken) + 9 * (spot.y < 0.05))
    taken.append(best)
    return {"text": text, "y": best.y, "right": best.x > 0.5}


def _labels(shown: Sequence[str], dots: Sequence[tuple[float, float]], taken: list[Box]) -> list[Box]:
    """Where the figure of each point is written: above it, below it or beside it, where nothing else stands."""
    found: list[Box] = []
    for text, (x, y) in zip(shown, dots, strict=True):
        width = wide(text) * CHARACTER
        inside = _within(x, width)
        aside = width / 2 + 0.03
        places = [(inside, y + AWAY), (inside, y - AWAY), (x + aside, y), (x - aside, y)]
        boxes = [Box(one, two, width, LINE_HEIGHT) for one, two in places]
        fitting = (b for b in boxes if _is_inside(b) and not any(b.touches(other) for other in taken))
        best = next(fitting, boxes[0])
        found.append(best)
        taken.append(best)
    return found


def _along(one: tuple[float, float], two: tuple[float, float], spots: int = 12) -> Iterator[Box]:
    """The line between two points, as small boxes between them."""
    for n in range(1, spots):
        part = n / spots
        yield Box(one[0] + (two[0] - one[0]) * part, one[1] + (two[1] - one[1]) * part, 0.012, 0.02)


def _is_inside(box: Box) -> bool:
    return box.width / 2 <= box.x + 0.001 and box.x + box.width / 2 <= 1.001 and box.y > 0.04


def _within(x: float, width: float) -> float:
    """The middle of something this wide, moved so that it stays within the plot."""
    return min(max(x, width / 2), 1 - width / 2)


def _short(shown: str, unit: str) -> str:
    """A figure without its unit where that is long: it stands below the title."""
    return shown.removesuffix(unit).rstrip() if len(unit) > LONG_UNIT else shown


def _joined(label: str, value: str) -> str:
    """A label and its value; a full-width colon brings its own space."""
    close = not label or unicodedata.east_asian_width(label[-1]) in "WF"
    return f"{label}{'' if close else ' '}{value}".strip()


def wide(text: str) -> float:
    """How many narrow characters a text is as wide as: Han, kana and Hangul count almost two."""
    return sum(
        1.75 if unicodedata.east_asian_width(c) in "WF" else 0.0 if unicodedata.combining(c) else 1.0
        for c in text
    )
