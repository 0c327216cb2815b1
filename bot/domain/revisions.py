"""A change of one target that was agreed, put into the text of its commitment's file: no other line changes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from bot.domain.answers import Amount, Answer, Words
from bot.domain.commitments import Baseline, Commitment, Direction, Target
from bot.domain.proposals import (
    MEASURABLE,
    ContentFile,
    Home,
    baseline_lines,
    commitment_files,
    ends_of,
    figure_lines,
    told_by,
    unit_line,
    year_of,
)
from bot.domain.questionnaires import Course, Form, Meaning, code_of

_KEY = re.compile(r"([\w-]+)\s*:(?:\s|$)")
_REMARK = re.compile(r"""^[^#"']*(?:"[^"]*"|'[^']*')?\s*?(\s#.*)?$""")


@dataclass(frozen=True)
class Changes:
    """What becomes different in a target; None stays as it is. `value` and `far` are the ends of its figure."""

    target: str
    direction: Direction | None = None
    value: Decimal | None = None
    far: Decimal | None = None
    unit: str | None = None
    due: int | None = None
    baseline_year: int | None = None
    baseline_value: Decimal | None = None
    baseline_unit: str | None = None
    reason: str | None = None

    def applied(self, target: Target) -> Target:
        """The target as it will be."""
        if self.value is not None:
            target = replace(target, value=self.value, far=self.far, unit=self.unit or target.unit)
        if self.baseline_year is not None or self.baseline_value is not None:
            target = replace(target, baseline=self._baseline(target))
        return replace(target, due=self.due or target.due, direction=self.direction or target.direction)

    def _baseline(self, target: Target) -> Baseline:
        old = target.baseline or Baseline()
        if self.baseline_value is None:
            return replace(old, year=self.baseline_year)
        # A new value is of its own year: the old year does not go with it.
        return Baseline(self.baseline_year, self.baseline_value)


def agreed_files(
    course: Course, answers: Mapping[str, Answer], home: Home, year: int, subject: str, text: str | None
) -> tuple[ContentFile, ...]:
    """The files of any proposal that was agreed in this year: a new commitment, or the one that a revision or
    baseline is about (`subject`, and the `text` of its file) with its change. Empty where nothing changes."""
    if course.questionnaire.form is Form.COMMITMENT:
        return commitment_files(course, answers, home, year)
    change, commitment = changes(course, answers), home.commitments.get(subject)
    if change is None or commitment is None:
        return ()
    return (changed_file(subject, commitment, text, change, year),)


def changes(course: Course, answers: Mapping[str, Answer]) -> Changes | None:
    """What a revision or baseline changes; None where no target of the commitment was named and it has several.

    A target that is judged by people, not measured, gets no figure.
    """
    told = told_by(course, answers)
    chosen = code_of(told.get(Meaning.TARGET))
    targets = {target.id: target for target in course.targets.values()}
    target = targets.get(chosen or "") or (next(iter(targets.values())) if len(targets) == 1 else None)
    if target is None:
        return None
    amount, baseline = told.get(Meaning.VALUE), told.get(Meaning.BASELINE)
    reason = told.get(Meaning.REASON) or told.get(Meaning.HOW_KNOWN)
    turned = code_of(told.get(Meaning.DIRECTION))
    direction = Direction(turned) if turned in set(Direction) else target.direction
    near = far = unit = None
    if isinstance(amount, Amount) and target.kind in MEASURABLE:
        near, far = ends_of(amount, target.kind, direction or Direction.UP)
        unit = amount.unit if amount.unit != target.unit else None
    start = baseline if isinstance(baseline, Amount) else None
    return Changes(
        target=target.id,
        direction=direction if direction is not target.direction else None,
        value=near,
        far=far,
        unit=unit,
        due=year_of(told.get(Meaning.DUE)),
        baseline_year=year_of(told.get(Meaning.BASE_YEAR)),
        baseline_value=start.value if start else None,
        baseline_unit=start.unit if start and start.unit != target.unit else None,
        reason=reason.text if isinstance(reason, Words) else None,
    )


def changed_file(
    entry_id: str, commitment: Commitment, text: str | None, change: Changes, year: int
) -> ContentFile:
    """The commitment's file with the change in it; where that cannot be done (its text is not at hand, or written
    in an unusual way), a note of what to write where. `year` is that of the agreement."""
    path = f"knowledge/commitments/{entry_id}.md"
    target = next((each for each in commitment.targets if each.id == change.target), None)
    if text is not None and target is not None:
        whole = revised(text, target, change, year)
        if whole is not None:
            return ContentFile(path, whole)
    blocks = _blocks(target, change) if target is not None else {}
    lines = [line for block in blocks.values() for line in block]
    told = (f"In {path}, at the target `{change.target}`, write:", "", *lines, "", *_reason(change, year))
    return ContentFile(f"{entry_id}-{change.target}.txt", "\n".join(told).rstrip() + "\n")


def revised(text: str, target: Target, change: Changes, year: int) -> str | None:
    """The text of a file with one target changed, all other lines as they were; None where its lines are not
    found. The reason stands as a comment above the target's figures."""
    ending = "\r\n" if "\r\n" in text else "\n"
    lines = text.split(ending)
    place = _item(lines, change.target)
    if place is None:
        return None
    item = _Item(lines[place[0] : place[1]])
    blocks = _blocks(target, change)
    for key, block in blocks.items():
        item.set(key, block)
    if blocks:
        item.remark(next(iter(blocks)), _reason(change, year))
    return ending.join((*lines[: place[0]], *item.lines, *lines[place[1] :]))


def _blocks(target: Target, change: Changes) -> dict[str, tuple[str, ...]]:
    """The lines of each key that changes, as they stand in the file."""
    new = change.applied(target)
    blocks: dict[str, tuple[str, ...]] = {}
    if change.direction is not None:
        blocks["direction"] = (f"direction: {change.direction}",)
    if change.value is not None:
        blocks["value"] = figure_lines(new.value, new.far)
    if change.unit is not None:
        blocks["unit"] = unit_line(new.unit)
    if new.baseline is not None and new.baseline != target.baseline:
        blocks["baseline"] = baseline_lines(new.baseline, change.baseline_unit)
    if change.due is not None:
        blocks["due"] = (f"due: {new.due}",)
    return blocks


def _reason(change: Changes, year: int) -> tuple[str, ...]:
    words = " ".join((change.reason or "").split())
    return (f"# Agreed in {year}: {words}" if words else f"# Agreed in {year}.",)


class _Item:
    """One item of the list `targets`, line by line: its keys may be replaced or added, the rest stays."""

    ALIKE: Mapping[str, str] = {"range": "value"}
    """Keys that stand in each other's place."""
    AFTER: Sequence[str] = ("direction", "value", "unit", "baseline", "due")
    """Where a key comes that was not there: below those before it."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        dash = lines[0].index("-")
        self.indent = len(lines[0]) - len(lines[0][dash + 1 :].lstrip())

    def set(self, key: str, block: Sequence[str]) -> None:
        found = self._place(key)
        if found is None:
            before = [place[1] for each in self._keys_before(key) if (place := self._place(each))]
            at = max(before, default=1)
            self.lines[at:at] = self._indented(block)
            return
        first, after = found
        remark = _REMARK.match(self.lines[first]) if after - first == 1 and len(block) == 1 else None
        told = "  " + remark.group(1).strip() if remark and remark.group(1) else ""
        head = self.lines[first][: self.indent]  # with the dash, where it is the item's first line
        self.lines[first:after] = [head + block[0] + told, *self._indented(block[1:])]

    def remark(self, key: str, comment: Sequence[str]) -> None:
        at = self._place(key)
        if at is not None:
            self.lines[at[0] : at[0]] = self._indented(comment)

    def _keys_before(self, key: str) -> Sequence[str]:
        return ("id", "kind", "indicator", *self.AFTER[: self.AFTER.index(key)])

    def _indented(self, block: Sequence[str]) -> list[str]:
        return [" " * self.indent + line for line in block]

    def _place(self, key: str) -> tuple[int, int] | None:
        """The lines of a key, from the first to the one after the last; comments below them are not theirs."""
        for first, line in enumerate(self.lines):
            found = _KEY.match(line[self.indent :]) if self._is_key_line(first) else None
            if found is not None and self.ALIKE.get(found.group(1), found.group(1)) == key:
                after = first + 1
                while after < len(self.lines) and not self._is_key_line(after):
                    after += 1
                while after > first + 1 and self.lines[after - 1].strip()[:1] in ("", "#"):
                    after -= 1
                return first, after
        return None

    def _is_key_line(self, number: int) -> bool:
        line = self.lines[number]
        inside = number == 0 or not line[: self.indent].strip()
        return inside and bool(_KEY.match(line[self.indent :]))


def _item(lines: Sequence[str], target_id: str) -> tuple[int, int] | None:
    """The first line of a target in the list `targets` of the front matter, and the one after its last."""
    marks = [number for number, line in enumerate(lines) if line.lstrip("\ufeff").rstrip() == "---"]
    heads = [number for number, line in enumerate(lines) if re.fullmatch(r"targets:\s*(#.*)?", line)]
    if len(marks) < 2 or not heads or not marks[0] < heads[0] < marks[1]:
        return None
    end = next((n for n in range(heads[0] + 1, marks[1]) if re.match(r"[^\s#-]", lines[n])), marks[1])
    starts = [n for n in range(heads[0] + 1, end) if re.match(r"\s*-\s", lines[n])]
    depth = min((len(lines[n]) - len(lines[n].lstrip()) for n in starts), default=0)
    starts = [n for n in starts if len(lines[n]) - len(lines[n].lstrip()) == depth]
    for first, after in zip(starts, [*starts[1:], end], strict=True):
        text = "\n".join(lines[first:after])
        if re.search(rf"""(?m)^\s*(?:-\s+)?id:\s*["']?{re.escape(target_id)}["']?\s*(?:#.*)?$""", text):
            return first, after
    return None
