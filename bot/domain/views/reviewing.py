"""What is shown of reports that were sent: their review, and what their city does with them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.answers import Answer
from bot.domain.assessment import Assessment
from bot.domain.attachments import Attachment
from bot.domain.commitments import Commitment, Target
from bot.domain.entries import Library
from bot.domain.questionnaires import Step
from bot.domain.reports import Comment, Report
from bot.domain.views.base import View


@dataclass(frozen=True)
class Line:
    """One answer of a report. `before` is what was accepted last to the same question, `reason` why it is
    returned."""

    step: Step
    answer: Answer | None
    before: Answer | None = None
    before_year: str = ""
    """The cycle in which `before` was accepted."""
    reason: str | None = None


@dataclass(frozen=True)
class Changed:
    """An answer that differs from the version before."""

    step: Step
    old: Answer | None
    new: Answer | None


@dataclass(frozen=True)
class Judged:
    """A target with what came of it."""

    commitment: Commitment
    target: Target
    assessed: Assessment


@dataclass(frozen=True)
class Part:
    """What stands on one page of a report: answers about one target, or those about none. A target with much to
    tell has several; only the first has the assessment."""

    lines: tuple[Line, ...]
    judged: Judged | None = None


@dataclass(frozen=True)
class Sheet:
    """A page of a report: the first one is about the whole, each other one has a part.

    `sender` and `reviewer` are names where they are known; `zone` is the city's. `previous` is the version that
    `changed` compares with. `comments` stand with the names of who wrote them."""

    report: Report
    library: Library
    zone: str
    page: int
    pages: int
    targets: tuple[Judged, ...]
    part: Part | None = None
    changed: tuple[Changed, ...] = ()
    previous: Report | None = None
    sender: str | None = None
    reviewer: str | None = None
    comments: tuple[tuple[str | None, Comment], ...] = ()
    files: Mapping[int, Attachment] = field(default_factory=dict)
    has_files: bool = False
    """Whether there are files or links on this page; on the first: in the whole report."""
    doubtful: int = 0
    """How many answers of the whole report seemed odd."""
    steps: Mapping[str, Step] = field(default_factory=dict)


class Note(StrEnum):
    """What happened to a report since its button was shown, or why something cannot be done with it."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"
    BUSY = "busy"
    """A colleague has it in review."""
    OWN = "own"
    """Whoever sent it does not review it."""
    REVIEW_BEGAN = "review-began"
    """It cannot be taken back any more."""
    NOT_ACCEPTED = "not-accepted"
    """Only what is accepted is amended."""
    NEWER = "newer"
    """There is a newer version already."""
    AMENDMENT_LEFT = "amendment-left"


@dataclass(frozen=True)
class ReportArrived(View):
    """Tells the secretariat of a report, and what a new version changes."""

    report: Report
    library: Library
    sender: str | None = None
    changed: tuple[Changed, ...] = ()


@dataclass(frozen=True)
class ReportWithdrawn(View):
    """Tells the secretariat that a city took a report back."""

    report: Report
    library: Library


@dataclass(frozen=True)
class Waiting:
    """A report that waits. `reviewer` is the name of the colleague who has it, "" where they have none."""

    report: Report
    reviewer: str | None = None
    mine: bool = False
    """The reader sent it, and a colleague is to review it."""


@dataclass(frozen=True)
class ReviewList(View):
    waiting: tuple[Waiting, ...]
    library: Library
    page: int
    pages: int
    total: int


@dataclass(frozen=True)
class ReviewSheet(View):
    """A report as its reviewer sees it."""

    sheet: Sheet
    note: Note | None = None
    can_decide: bool = False
    can_take_over: bool = False
    to_judge: str | None = None
    """The short name of this page's target, where no figure tells it."""


@dataclass(frozen=True)
class JudgeAsked(View):
    """What a reviewer may say of a target that no figure tells; `lines` are the city's answers about it, `chosen` is
    the verdict so far."""

    report: Report
    library: Library
    judged: Judged
    ref: str
    lines: tuple[Line, ...]
    page: int
    chosen: str | None = None
    files: Mapping[int, Attachment] = field(default_factory=dict)


@dataclass(frozen=True)
class PickAnswers(View):
    """The answers of a page, to choose which are returned; `picked` are all that are chosen by now."""

    report: Report
    library: Library
    lines: tuple[Line, ...]
    page: int
    pages: int
    files: Mapping[int, Attachment] = field(default_factory=dict)


@dataclass(frozen=True)
class WriteReason(View):
    """Asks why an answer is returned; `line.reason` is what was written before."""

    report: Report
    library: Library
    line: Line
    page: int
    files: Mapping[int, Attachment] = field(default_factory=dict)
    too_long: bool = False


@dataclass(frozen=True)
class WriteComment(View):
    """Asks for a comment: on one answer, or on the whole, then with the answers of the page to choose from."""

    report: Report
    library: Library
    page: int
    step: Step | None = None
    steps: tuple[Step, ...] = ()
    too_long: bool = False


@dataclass(frozen=True)
class FilesShown(View):
    """The files of a report were sent again, above; `links` are those that lie elsewhere."""

    report: Report
    page: int
    count: int
    links: tuple[str, ...] = ()
    left_out: int = 0
    in_review: bool = False
    """The reader has the report in review."""


class Deed(StrEnum):
    """What a reviewer has done."""

    ACCEPTED = "accepted"
    RETURNED = "returned"
    COMMENTED = "commented"


@dataclass(frozen=True)
class Reviewed(View):
    """Confirms to the reviewer what they did; `waiting` reports wait still."""

    report: Report
    library: Library
    deed: Deed
    count: int = 0
    waiting: int = 0
    alone: bool = False
    """They accepted what they sent themselves, since there is no colleague."""


@dataclass(frozen=True)
class ReportReturned(View):
    """Tells the city which answers come back, each with its reason."""

    report: Report
    library: Library
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class CommentArrived(View):
    report: Report
    library: Library
    text: str
    step: Step | None = None


@dataclass(frozen=True)
class ReportAccepted(View):
    """Tells the city that its report is accepted, with the assessment of each target; a proposal is agreed."""

    report: Report
    library: Library
    targets: tuple[Judged, ...] = ()


@dataclass(frozen=True)
class ProposalFile(View):
    """The caption of the document that an agreed proposal makes: the content file itself, to be put at `path`, or
    (not `whole`) a note of what is to be changed in one."""

    report: Report
    library: Library
    path: str
    whole: bool = True


@dataclass(frozen=True)
class ReportCard(View):
    """A report as its city, or the secretariat, reads it. `versions` are all of it, newest first; `draft_id` the
    open draft of its next version."""

    sheet: Sheet
    versions: tuple[Report, ...]
    note: Note | None = None
    can_take_back: bool = False
    can_amend: bool = False
    can_review: bool = False
    draft_id: int | None = None


@dataclass(frozen=True)
class TakenBack(View):
    report: Report
    library: Library


@dataclass(frozen=True)
class AmendAsked(View):
    """Asks why an accepted report is amended."""

    report: Report
    library: Library
    too_long: bool = False


@dataclass(frozen=True)
class Amendment:
    """What an open draft changes of the accepted version, and why. `is_first`: no version of it was sent yet."""

    accepted: Report
    reason: str
    changed: tuple[Changed, ...] = ()
    is_first: bool = True

    @property
    def is_empty(self) -> bool:
        """Nothing was sent of it, and nothing is there to send."""
        return self.is_first and not self.changed


@dataclass(frozen=True)
class AmendBegun(View):
    report: Report
    library: Library
    reason: str
