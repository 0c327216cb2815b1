"""A row of commitments: whether it is one, and what it says."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from bot.domain.commitments import UNIT_NOT_STATED, Direction, TargetKind, ValueKind
from bot.domain.imports.judging import Judged
from bot.domain.imports.numbers import PLAIN, unit, year
from bot.domain.imports.verdicts import WrongCellError
from bot.domain.imports.why import Why
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
        judged.reject("city", Why.CITY_MISSING)
    row["city"] = cells.word("city")
    _target(judged, row)
    due, start = judged.year("due"), judged.year("baseline_year")
    if due is not None and start is not None and due <= start:
        judged.reject("due", Why.DUE_NOT_AFTER_BASELINE, due=due, start=start)
    baseline = judged.number("baseline")
    if baseline is not None and baseline <= 0:
        judged.note("baseline", Why.BASELINE_NOT_POSITIVE, value=baseline)
    _put(row, due=due, baseline_year=start, baseline=baseline)
    _made(judged, row, due)
    judge_result(judged, row)
    _put(row, unit=judged.unit("unit"), baseline_unit=judged.unit("baseline_unit"))
    for key in ("indicator", "source", "ref", "language"):
        _put(row, **{key: cells.word(key)})
    for key in ("sector", "note"):
        _put(row, **{key: cells[key]})
    return row


def _target(judged: Judged, row: dict[str, str]) -> None:
    cells = judged.cells
    code = judged.one_of("kind", KINDS)
    if code == NO_TARGET:
        judged.reject("kind", Why.NO_TARGET_SAID)
        return
    kind = TargetKind(code) if code else None
    words = cells["text"]
    if kind is not None and kind not in MEASURABLE:
        _in_words(judged, row, kind)
        return
    value, far = judged.ends("value", "value_to")
    if value is None:
        if not cells.word("value") and not words:
            judged.reject("value", Why.NO_TARGET)
        if words and not cells.word("value"):
            judged.note("value", Why.NO_FIGURE)
        _put(row, kind=TargetKind.MILESTONE.value, text=words)
        return
    if kind is None:
        if not judged.is_rejected:
            judged.reject("kind", Why.KIND_OF_TARGET)
        return
    direction = _direction(judged, kind, value)
    if kind is TargetKind.CHANGE:
        value, far = _change(judged, direction, value, far)
    _put(row, kind=kind.value, direction=direction, value=value, value_to=far, text=words)


def _in_words(judged: Judged, row: dict[str, str], kind: TargetKind) -> None:
    """A target that no figure alone tells: what stands for its value may be its words."""
    cells = judged.cells
    value, words = cells["value"], cells["text"]
    if cells.word("value_to"):
        near, far = judged.ends("value", "value_to")
        _put(row, value=near, value_to=far)
    elif PLAIN.fullmatch(cells.word("value")):
        _put(row, value=judged.number("value"))
    elif words and cells.word("value"):
        judged.note("value", Why.LEFT_OUT, read=value)
    if not (words or value):
        judged.reject("text", Why.NO_TARGET)
    _put(row, kind=kind.value, text=words or value)


def _change(
    judged: Judged, direction: Direction | None, value: Decimal, far: Decimal | None
) -> tuple[Decimal, Decimal | None]:
    """The ends of a change without their signs; it is told in per cent, and nothing falls by more than all of it."""
    told = unit(judged.cells.word("unit"))
    if told not in ("", "%"):
        judged.reject("unit", Why.UNIT_OF_CHANGE, read=told)
        return value, far
    ends = [("value", value)] if far is None else [("value", value), ("value_to", far)]
    if direction is Direction.UP:
        for key, end in ends:
            if end < 0:
                judged.reject(key, Why.SIGN, value=end)
        return value, far
    is_signed = not judged.cells.word("direction")
    for key, end in ends:
        judged.share(key, -end if is_signed else end)
    return value.copy_abs(), far.copy_abs() if far is not None else None


def _direction(judged: Judged, kind: TargetKind, value: Decimal) -> Direction | None:
    told = judged.one_of("direction", tuple(Direction))
    if told is not None:
        return Direction(told)
    if kind is TargetKind.CHANGE:
        return Direction.DOWN if value < 0 else Direction.UP
    if kind is TargetKind.COUNT:
        return Direction.UP
    if not judged.cells.word("direction"):
        judged.reject("direction", Why.NO_DIRECTION)
    return None


def _made(judged: Judged, row: dict[str, str], due: int | None) -> None:
    """The year of the promise: the first told that is not after the year by which it is due, else that one, since it
    was made then at the latest."""
    told = []
    for cell in judged.cells.all("made"):
        try:
            told.append(year("made", cell.text))
        except WrongCellError as wrong:
            judged.reject("made", wrong.why, **wrong.values)
            return
    if not told:
        judged.reject("made", Why.NO_YEAR)
        return
    made = next((each for each in told if due is None or each <= due), None)
    if made != told[0] and due is not None:
        made = made or due
        judged.note("made", Why.MADE_AFTER_DUE, told=told[0], due=due, made=made)
    _put(row, made=made)


def judge_result(judged: Judged, row: dict[str, str]) -> None:
    """The columns of a result, where the row has one."""
    cells = judged.cells
    value, far = judged.ends("result", "result_to")
    when = cells.word("result_year") if _is_period(cells.word("result_year")) else judged.year("result_year")
    told = judged.unit("result_unit")
    if told == SHARE_OF_TARGET:
        judged.share("result", value, of_target=True)
        judged.share("result_to", far, of_target=True)
    told = "" if told == UNIT_NOT_STATED else told
    kind = judged.one_of("result_kind", tuple(ValueKind))
    if value is None and not cells["result_text"]:
        if when is not None and not cells.word("result"):
            judged.note("result_year", Why.YEAR_WITHOUT_RESULT, when=when)
        return
    _put(row, result=value, result_to=far, result_year=when, result_unit=told, result_kind=kind)
    _put(row, result_text=cells["result_text"])


def _is_period(text: str) -> bool:
    """Whether this is a first and a last year: 2004-2008."""
    return PERIOD.fullmatch(text) is not None and text[:4] < text[5:]


def _put(row: dict[str, str], **values: Any) -> None:
    for key, value in values.items():
        if value is not None and value != "":
            row[key] = f"{value:f}" if isinstance(value, Decimal) else str(value)
