"""Reports: what a city has sent to the secretariat, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.answers import Answer
from bot.domain.questionnaires import Form


class SourceKind(StrEnum):
    """Where the figures of a report come from."""

    QUESTIONNAIRE = "questionnaire"
    INTERVIEW = "interview"
    SITE_VISIT = "site-visit"
    PUBLISHED = "published"


class ReportState(StrEnum):
    SUBMITTED = "submitted"
    IN_REVIEW = "in-review"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    """Taken back by the city before its review began."""


class ReportMove(StrEnum):
    TAKE_BACK = "take-back"
    REVIEW = "review"
    RETURN = "return"
    ACCEPT = "accept"
    AMEND = "amend"


MOVES: Mapping[ReportMove, tuple[frozenset[ReportState], ReportState]] = {
    ReportMove.TAKE_BACK: (frozenset({ReportState.SUBMITTED}), ReportState.WITHDRAWN),
    ReportMove.REVIEW: (frozenset({ReportState.SUBMITTED, ReportState.IN_REVIEW}), ReportState.IN_REVIEW),
    ReportMove.RETURN: (frozenset({ReportState.SUBMITTED, ReportState.IN_REVIEW}), ReportState.RETURNED),
    ReportMove.ACCEPT: (frozenset({ReportState.SUBMITTED, ReportState.IN_REVIEW}), ReportState.ACCEPTED),
    ReportMove.AMEND: (frozenset({ReportState.ACCEPTED}), ReportState.ACCEPTED),
}
"""From which states each move is possible, and where it leads. An amended report stays accepted until its next
version is; only the latest accepted version counts."""


@dataclass(frozen=True, slots=True)
class Comment:
    """A word of the secretariat that returns nothing; `key` is the answer it is about, None the whole report."""

    by: int
    at: datetime
    text: str
    key: str | None = None


@dataclass(frozen=True, slots=True)
class ReportHead:
    """What a version of a report is, without what it says."""

    id: int
    city: str
    cycle: str
    version: int
    state: ReportState
    decided_at: datetime | None


@dataclass(frozen=True)
class Report:
    """One version of a report as it was sent. `number` is what its receipt says (`sibu-2026`), the same for all
    versions; `reason` why an accepted one was amended."""

    id: int
    draft_id: int
    draft_version: int
    """The version that the draft had when it was sent: the same draft, sent twice, is one report."""
    number: str
    version: int
    form: Form
    city: str
    questionnaire: str
    questionnaire_version: str
    answers: Mapping[str, Answer]
    submitted_by: int
    submitted_at: datetime
    cycle: str = ""
    subject: str = ""
    source: SourceKind = SourceKind.QUESTIONNAIRE
    source_note: str = ""
    state: ReportState = ReportState.SUBMITTED
    late: bool = False
    reason: str | None = None
    reviewer: int | None = None
    review_began_at: datetime | None = None
    decided_at: datetime | None = None
    returned: Mapping[str, str] = field(default_factory=dict)
    """Reasons by key: while the review goes on those that are written so far, then those it was returned with."""
    comments: tuple[Comment, ...] = ()
    judged: Mapping[str, str] = field(default_factory=dict)
    """The reviewer's verdicts on targets that no figure tells, by their short names: codes of `VERDICTS`."""

    @property
    def entered(self) -> bool:
        return self.source is not SourceKind.QUESTIONNAIRE

    def can(self, move: ReportMove) -> bool:
        return self.state in MOVES[move][0]


@dataclass(frozen=True)
class Change:
    """An answer that differs between two versions."""

    key: str
    old: Answer | None
    new: Answer | None


def changes(old: Mapping[str, Answer], new: Mapping[str, Answer], keys: Sequence[str]) -> tuple[Change, ...]:
    """What differs, in the order of `keys`; answers that only one side has differ."""
    return tuple(
        Change(key, old.get(key), new.get(key))
        for key in keys
        if (key in old or key in new)
        and (key not in old or key not in new or not new[key].says_the_same(old[key]))
    )


def judged_still(before: Report | None, answers: Mapping[str, Answer]) -> Mapping[str, str]:
    """The verdicts of the version before on targets of which these answers tell nothing else than it did."""
    if before is None:
        return {}
    differing = changes(before.answers, answers, [*before.answers, *answers])
    told_anew = {change.key.partition("@")[2] for change in differing}
    return {ref: verdict for ref, verdict in before.judged.items() if ref not in told_anew}


def newest(reports: Iterable[Report]) -> Report | None:
    """The highest version of these, which have one number."""
    return max(reports, key=lambda report: report.version, default=None)


def latest_accepted(reports: Iterable[Report]) -> Report | None:
    """The version that counts."""
    return newest(report for report in reports if report.state is ReportState.ACCEPTED)


def version_before(versions: Iterable[Report], report: Report) -> Report | None:
    """Of the versions of a draft the one that was sent before this one; what was taken back again was read by
    nobody, and a proposal after one that was agreed is a new one."""
    before = newest(
        other
        for other in versions
        if other.version < report.version and other.state is not ReportState.WITHDRAWN
    )
    is_another = before is not None and before.state is ReportState.ACCEPTED
    return None if is_another and report.form is not Form.PROGRESS else before


def last_accepted(reports: Iterable[Report], report: Report) -> Report | None:
    """What was accepted last of these, before this version was sent, to the same questions."""
    earlier = (
        other
        for other in reports
        if other.state is ReportState.ACCEPTED
        and other.form is report.form is Form.PROGRESS
        and age(other) < age(report)
    )
    return max(earlier, key=age, default=None)


def that_count(reports: Iterable[Report]) -> tuple[Report, ...]:
    """Of each number the version that counts, else the newest; of proposals, which follow one another under one
    number, everything that was agreed and the newest. Newest first."""
    by_number: dict[str, list[Report]] = {}
    for report in reports:
        by_number.setdefault(report.number, []).append(report)
    shown: list[Report] = []
    for versions in by_number.values():
        last = max(versions, key=age)
        if last.form is Form.PROGRESS:
            shown.append(latest_accepted(versions) or last)
        else:
            agreed = [one for one in versions if one.state is ReportState.ACCEPTED and one.id != last.id]
            shown.extend((*agreed, last))
    return tuple(sorted(shown, key=age, reverse=True))


def age(report: Report) -> tuple[datetime, int]:
    """What puts reports in the order in which they were sent."""
    return report.submitted_at, report.id
