"""A row of commitments: whether it is one, and what it says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.domain.commitments import Direction, TargetKind, ValueKind
from bot.domain.imports.judging import Judged
from bot.domain.imports.numbers import PLAIN, year
from bot.domain.imports.verdicts import WrongCellError
from bot.domain.proposals import MEASURABLE
from bot.domain.published import SHARE_OF_TARGET

NO_TARGET = "none"
KINDS = (*(kind.value for kind in TargetKind), NO_TARGET)
PERIOD = re.compile(r"(?:1[89]|2[01])\d\d-(?:1[89]|2[01])\d\d")


def judge_commitment(judged: Judged) -> dict[str, str]:
    """What an accepted row says, by our names of the columns and without what is empty: figures unsigned, their
    direction beside them. The city is still as it was written; what is found wrong stands in `judged`."""
    row: dict[str, str] = {}
    cells = judged.cells
    if not cells.word("city"):
        judged.reject("city", "no-city", "there is no city", "fill in whose commitment it is")
    row["city"] = cells.word("city")
    _target(judged, row)
    due, start = judged.year("due"), judged.year("baseline_year")
    if due is not None and start is not None and due <= start:
        message = f"it is due in {due}, which is not after {start}, the year that it starts from"
        judged.reject("due", "due-not-after-baseline", message, "correct one of the two years")
    baseline = judged.number("baseline")
    if baseline is not None and baseline <= 0:
        judged.note("baseline", "baseline-not-positive", f"the value that it starts from is {baseline:f}")
    _put(row, due=due, baseline_year=start, baseline=baseline)
    _made(judged, row, due)
    judge_result(judged, row)
    for key in ("unit", "baseline_unit", "indicator", "source", "ref", "language"):
        _put(row, **{key: cells.word(key)})
    for key in ("sector", "note"):
        _put(row, **{key: cells[key]})
    return row


def _target(judged: Judged, row: dict[str, str]) -> None:
    cells = judged.cells
    code = judged.one_of("kind", KINDS)
    if code == NO_TARGET:
        judged.reject("kind", "no-target", "the row says that there is no target", _FILL_IN)
        return
    kind = TargetKind(code) if code else None
    words = cells["text"]
    if kind is not None and kind not in MEASURABLE:
        words = words or cells["value"] or cells["note"]
        if not words:
            judged.reject("text", "no-target", "there is no target: neither a figure nor words", _FILL_IN)
        _put(row, kind=kind.value, text=words)
        if PLAIN.fullmatch(cells.word("value")):
            _put(row, value=judged.number("value"))
        return
    value, far = judged.number("value"), judged.number("value_to")
    if value is None:
        words = words or cells["note"]
        if not cells.word("value") and not words:
            judged.reject("value", "no-target", "there is no target: neither a figure nor words", _FILL_IN)
        if words and not cells.word("value"):
            judged.note("value", "no-figure", "there is no figure: it is taken over as a promise in words")
        _put(row, kind=TargetKind.MILESTONE.value, text=words)
        return
    if kind is None:
        if not judged.is_rejected:
            judged.reject(
                "kind", "no-kind", "there is a figure, but not what it is", "write change, level or count"
            )
        return
    direction = _direction(judged, kind, value)
    if kind is TargetKind.CHANGE and direction is Direction.DOWN:
        told = [each for each in (value, far) if each is not None]
        is_signed = not cells.word("direction")
        for key, each in zip(("value", "value_to"), told, strict=False):
            judged.share(key, -each if is_signed else each, "a reduction")
        value, far = value.copy_abs(), far.copy_abs() if far is not None else None
    _put(row, kind=kind.value, direction=direction, value=value, value_to=far, text=words)


_FILL_IN = "leave the row out, or fill in what was promised"


def _direction(judged: Judged, kind: TargetKind, value: Decimal) -> Direction | None:
    told = judged.one_of("direction", tuple(Direction))
    if told is not None:
        if told == Direction.UP and kind is TargetKind.CHANGE and value < 0:
            message = f"read {value:f}, but the direction is up"
            judged.reject("value", "sign", message, "correct one of the two")
        return Direction(told)
    if kind is TargetKind.CHANGE:
        return Direction.DOWN if value < 0 else Direction.UP
    if kind is TargetKind.COUNT:
        return Direction.UP
    if not judged.cells.word("direction"):
        message = "there is a level, but not whether at most or at least this is meant"
        judged.reject("direction", "no-direction", message, "write down (at most) or up (at least)")
    return None


def _made(judged: Judged, row: dict[str, str], due: int | None) -> None:
    """The year of the promise: the first told that is not after the year by which it is due, else that one, since it
    was made then at the latest."""
    told = []
    for cell in judged.cells.all("made"):
        try:
            told.append(year("made", cell.text))
        except WrongCellError as wrong:
            judged.reject("made", wrong.code, wrong.message, wrong.cure)
            return
    if not told:
        cure = "add a column with the year, or a `fixed` year in the mapping"
        judged.reject("made", "no-year", "the year of the promise is not told", cure)
        return
    made = next((each for each in told if due is None or each <= due), None)
    if made != told[0]:
        made = made or due
        message = f"{told[0]} is after {due}, the year by which it is due: {made} stands in for it"
        judged.note("made", "made-after-due", message)
    _put(row, made=made)


def judge_result(judged: Judged, row: dict[str, str]) -> None:
    """The columns of a result, where the row has one."""
    cells = judged.cells
    value, far = judged.number("result"), judged.number("result_to")
    when = cells.word("result_year") if _is_period(cells.word("result_year")) else judged.year("result_year")
    unit = cells.word("result_unit")
    if unit == SHARE_OF_TARGET:
        judged.share("result", value, "a share of the target")
    kind = judged.one_of("result_kind", tuple(ValueKind))
    if value is None and not cells["result_text"]:
        if when is not None and not cells.word("result"):
            judged.note("result_year", "no-result", f"there is no result for {when}, so the year is left out")
        return
    _put(row, result=value, result_to=far, result_year=when, result_unit=unit, result_kind=kind)
    _put(row, result_text=cells["result_text"])


def _is_period(text: str) -> bool:
    """Whether this is a first and a last year: 2004-2008."""
    return PERIOD.fullmatch(text) is not None and text[:4] < text[5:]


def _put(row: dict[str, str], **values: Any) -> None:
    for key, value in values.items():
        if value is not None and value != "":
            row[key] = f"{value:f}" if isinstance(value, Decimal) else str(value)
