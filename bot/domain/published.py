"""The results that a source publishes, as results like those of reports: the record of the years before."""

from __future__ import annotations

from bot.domain.assessment import TargetResult
from bot.domain.commitments import Commitment, PublishedResult, Target, TargetKind, ValueKind
from bot.domain.words import DEFAULT_LANGUAGE

SHARE_OF_TARGET = "% of target"
"""The unit of what a city claims itself: how much of its target it has done. It is shown, never computed with."""


def newest_published(commitment: Commitment, target: Target) -> PublishedResult | None:
    """The published result that says most of a target: the newest measured figure, else the newest figure on its
    own measure, else the first words; None where the sources publish nothing of it."""
    told = [result for result in commitment.published if result.target == target.id]
    figures = [result for result in told if result.value is not None and not _is_other(result, target)]
    measured = [result for result in figures if result.value_kind in (None, ValueKind.MEASURED)]
    best = max(measured or figures, key=lambda result: result.when or "", default=None)
    return best or next(iter(told), None)


def as_result(commitment: Commitment, target: Target, published: PublishedResult) -> TargetResult:
    """What a published result tells of its target, with what the source says of the status beside it."""
    said = next((said for said in commitment.said if said.target == target.id), None)
    is_share = published.unit == "%"
    is_claim = published.unit == SHARE_OF_TARGET
    is_change = is_share and (target.kind is TargetKind.CHANGE or target.unit != "%")
    return TargetResult(
        target=target.id,
        value=None if is_claim else published.value,
        far=None if is_claim else published.far,
        unit=None if is_claim else published.unit,
        as_change=is_change,
        year=int(published.when[-4:]) if published.when and published.when[-4:].isdecimal() else None,
        value_kind=published.value_kind,
        other_measure=_is_other(published, target),
        at_least=published.at_least,
        words=published.text.within(DEFAULT_LANGUAGE).text if published.value is None or is_claim else None,
        said=said.status if said is not None else None,
        said_share=published.value if is_claim else (said.share if said is not None else None),
    )


def _is_other(result: PublishedResult, target: Target) -> bool:
    return result.indicator is not None and result.indicator != target.indicator
