"""Commitments: what a city promised, target by target, and what its sources publish of the results."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from bot.content.fields import (
    CityRef,
    Code,
    Flag,
    IndicatorRef,
    Localised,
    LocalisedVerbatim,
    Number,
    Text,
    Verbatim,
    Year,
    Years,
    one_of,
    wrong,
)
from bot.content.names import as_id, is_id
from bot.content.problems import did_you_mean, shown
from bot.content.schema import EntryFile, Part, ValueKindCode, only_one
from bot.domain.commitments import (
    Baseline,
    Commitment,
    Direction,
    PublishedResult,
    Said,
    SaidStatus,
    Target,
    TargetKind,
    ValueKind,
)

LONGEST_TARGET_ID = 20
MEASURABLE = tuple(kind.value for kind in (TargetKind.CHANGE, TargetKind.LEVEL, TargetKind.COUNT))


class BaselineFile(Part):
    """Where a target starts from."""

    year: Year | None = None
    value: Number | None = None
    unit: Text | None = None


class TargetFile(Part):
    """One item of `targets`."""

    id: Text
    kind: Annotated[Code, one_of(*(kind.value for kind in TargetKind))]
    indicator: IndicatorRef
    direction: Annotated[Code, one_of(*(direction.value for direction in Direction))] | None = None
    value: Number | None = None
    range: tuple[Number, ...] | None = None
    unit: Text | None = None
    baseline: BaselineFile | None = None
    due: Year | None = None
    text: LocalisedVerbatim
    sector: Verbatim | None = None
    note: Verbatim | None = None
    source: Text | None = None
    ref: Text | None = None

    def model_post_init(self, context: object) -> None:
        check_range(self.range)
        only_one(self, "value", "range")
        near, _ = ends(self.value, self.range)
        if self.kind in MEASURABLE and near is None:
            message = f"is a target of the kind `{self.kind}` without a value"
            raise wrong("no-value", message, "write `value`, or the kind milestone, compliance or scale")
        if self.kind in MEASURABLE and self.direction is None:
            message = f"is a target of the kind `{self.kind}` without a direction"
            raise wrong("no-direction", message, "write `direction: down` or `direction: up`")
        if self.kind == TargetKind.CHANGE.value and near is not None:
            self._check_sign(near)

    def _check_sign(self, near: Decimal) -> None:
        at = ("value",) if self.value is not None else ("range", 0)
        if self.direction == Direction.DOWN.value and near > 0:
            message = f"read `{near}`, but the direction is down and a fall is negative"
            raise wrong("sign", message, f'write "-{near}"', at)
        if self.direction == Direction.UP.value and near < 0:
            raise wrong("sign", f"read `{near}`, but the direction is up", f'write "{-near}"', at)

    def as_target(self, due: int | None) -> Target:
        near, far = ends(self.value, self.range)
        start = self.baseline
        return Target(
            id=self.id,
            kind=TargetKind(self.kind),
            indicator=self.indicator,
            text=self.text,
            direction=Direction(self.direction) if self.direction else None,
            value=near,
            far=far,
            unit=self.unit,
            baseline=Baseline(start.year, start.value, start.unit) if start else None,
            due=self.due or due,
            sector=self.sector,
            note=self.note,
            source=self.source,
            ref=self.ref,
        )


class PublishedFile(Part):
    """One item of `published`."""

    target: Text | None = None
    indicator: IndicatorRef | None = None
    value: Number | None = None
    range: tuple[Number, ...] | None = None
    unit: Text | None = None
    at_least: Flag = False
    year: Year | None = None
    period: Years | None = None
    value_kind: ValueKindCode | None = None
    text: LocalisedVerbatim
    source: Text

    def model_post_init(self, context: object) -> None:
        check_range(self.range)
        only_one(self, "value", "range")
        only_one(self, "year", "period")

    def as_result(self) -> PublishedResult:
        near, far = ends(self.value, self.range)
        return PublishedResult(
            text=self.text,
            source=self.source,
            target=self.target,
            indicator=self.indicator,
            value=near,
            far=far,
            unit=self.unit,
            at_least=self.at_least,
            when=self.period or (str(self.year) if self.year else None),
            value_kind=ValueKind(self.value_kind) if self.value_kind else None,
        )


class SaidFile(Part):
    """One item of `said`."""

    target: Text
    status: Annotated[Code, one_of(*(status.value for status in SaidStatus))]
    share: Number | None = None
    text: Localised
    source: Text

    def as_said(self) -> Said:
        return Said(self.target, SaidStatus(self.status), self.text, self.source, self.share)


class CommitmentFile(EntryFile):
    kind = "commitments"
    without_facts = frozenset({"targets", "published", "said"})

    city: CityRef = Field(description="id of the city", examples=["{city}"])
    made: Year = Field(description="the year of the promise", examples=["{year}"])
    due: Year | None = Field(
        None, description="the year by which it is due, where one was promised", examples=["2030"]
    )
    targets: tuple[TargetFile, ...] = Field(
        description="what was promised: id, kind (change, level, count, milestone, compliance, scale), "
        "indicator, direction (down, up), value or range, unit, baseline, due, text; "
        "sector, note, source, ref where it was taken over from elsewhere; "
        'a fall is negative, such as value: "-40"',
        examples=[
            '\n  - id: a\n    kind: scale\n    indicator: awareness\n    text: "What the city promises"',
        ],
    )
    published: tuple[PublishedFile, ...] = Field(
        (),
        description="results that a source publishes: target, indicator, value or range, unit, at_least, "
        "year or period, value_kind (measured, projected, expected), text, source",
        examples=['\n  - target: a\n    text: "What came of it."\n    source: "Report of 2027"'],
    )
    said: tuple[SaidFile, ...] = Field(
        (),
        description="what a source says of each target: target, "
        "status (exceeded, reached, partly, expected, not-stated), "
        "share (how much of it is done, in per cent, as the source counts), text, source",
        examples=[
            "\n  - target: a\n    status: not-stated"
            '\n    text: "Nothing is said."\n    source: "Report of 2027"'
        ],
    )

    def model_post_init(self, context: object) -> None:
        ids = [target.id for target in self.targets]
        for number, target_id in enumerate(ids):
            at = ("targets", number, "id")
            if not is_id(target_id, LONGEST_TARGET_ID):
                # Answers about it carry it in their keys, and buttons carry the keys.
                message = (
                    f"read {shown(target_id)}, expected at most {LONGEST_TARGET_ID} small letters and digits"
                )
                raise wrong("id", message, f"write `{as_id(target_id, LONGEST_TARGET_ID)}`", at)
            if target_id in ids[:number]:
                raise wrong("duplicate-target", f"read `{target_id}` a second time", "give it its own id", at)
        for key in ("published", "said"):
            self._check_targets(key, ids)
        if self.due is not None and self.due < self.made:
            message = f"read {self.due}, but the commitment was made in {self.made}"
            raise wrong("years", message, "correct one of the two years", ("due",))

    def _check_targets(self, key: str, ids: Iterable[str]) -> None:
        for number, part in enumerate(getattr(self, key)):
            if part.target is not None and part.target not in ids:
                cure = did_you_mean(part.target, ids) or f"write one of {', '.join(ids)}"
                message = f"read {shown(part.target)}, but there is no target of this id"
                raise wrong("unknown-target", message, cure, (key, number, "target"))

    def record(self) -> Commitment:
        return Commitment(
            city=self.city,
            made=self.made,
            due=self.due,
            targets=tuple(target.as_target(self.due) for target in self.targets),
            published=tuple(result.as_result() for result in self.published),
            said=tuple(said.as_said() for said in self.said),
        )


def check_range(values: tuple[Decimal, ...] | None) -> None:
    """Refuses a range that has not two ends."""
    if values is not None and len(values) != 2:
        raise wrong("range", f"has {len(values)} ends", "write two numbers, the near end first", ("range",))


def ends(value: Decimal | None, values: tuple[Decimal, ...] | None) -> tuple[Decimal | None, Decimal | None]:
    """The near and the far end of a value or range."""
    return (values[0], values[1]) if values is not None else (value, None)
