"""What is shown while a draft is filled in: its questions, its summary, and what goes between colleagues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from bot.domain.answers import Answer, Value
from bot.domain.attachments import Attachment
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft, Pending
from bot.domain.entries import Library
from bot.domain.one_message import Part
from bot.domain.progress import CityState
from bot.domain.question_types import Limits, Offer
from bot.domain.questionnaires import Course, Form, Step
from bot.domain.reports import Report, ReportState
from bot.domain.views.base import View
from bot.domain.views.reviewing import Amendment


@dataclass(frozen=True)
class DraftSheet:
    """A draft with what it takes to show it. `files` are the attachments that its answers name."""

    draft: Draft
    course: Course
    library: Library
    period: str = ""
    files: Mapping[int, Attachment] = field(default_factory=dict)

    def number(self, key: str | None) -> int:
        """The place of a question among those that are asked now, from 1; 0 where it is not."""
        path = self.course.path(self.draft.answers)
        return next((number for number, step in enumerate(path, 1) if step.key == key), 0)

    @property
    def of(self) -> int:
        return len(self.course.path(self.draft.answers))


class Note(StrEnum):
    """A short word before the question."""

    BACK_AGAIN = "back-again"
    """They come back to where they were."""
    BEGUN_BY = "begun-by"
    """A colleague was there before them."""
    OLD_BUTTON = "old-button"
    LEFT_EMPTY = "left-empty"
    SKIPPED = "skipped"
    NEEDED = "needed"
    """This question cannot be skipped."""
    TAKEN_OVER = "taken-over"
    EVIDENCE = "evidence"
    """A file is kept with the target that is talked about."""
    FILE_KEPT = "file-kept"
    NO_PLACE_FOR_FILE = "no-place-for-file"
    TOO_MANY_FILES = "too-many-files"
    NOT_ASKED = "not-asked"
    """Words came where no question is open."""
    LEFT_OPEN = "left-open"
    NOTHING_KEPT = "nothing-kept"
    SOME_MISSING = "some-missing"
    """It cannot be sent yet."""


class Came(StrEnum):
    """What came of a message that waited on a bad line."""

    KEPT = "kept"
    UNCLEAR = "unclear"
    """It waits for a tap."""
    NOT_READ = "not-read"
    NOT_USED = "not-used"


@dataclass(frozen=True)
class HeardLine:
    raw: str
    came: Came
    step: Step | None = None
    answer: Answer | None = None


@dataclass(frozen=True)
class Notes:
    """What is told before the question: what was just kept, what waiting messages came to, what else happened."""

    kept: tuple[tuple[Step, Answer], ...] = ()
    heard: tuple[HeardLine, ...] = ()
    note: Note | None = None
    new_questions: int = 0
    holder: str | None = None
    """From whom it was taken over, or who began it, where their name is known."""
    still_open: int = 0
    """The way was at its end, and so many questions before it are not answered."""


@dataclass(frozen=True)
class LastTime:
    """The answer of the last accepted report, and what that was about; or where there is none, what a source
    publishes (`published`), with its year where that is known."""

    answer: Answer
    period: str
    published: bool = False


@dataclass(frozen=True)
class QuestionAsked(View):
    """A question of a draft. `have` is its answer, where there is one; `reason` why it was returned."""

    sheet: DraftSheet
    step: Step
    offers: tuple[Offer, ...] = ()
    notes: Notes = Notes()
    have: Answer | None = None
    last: LastTime | None = None
    reason: str | None = None
    limits: Limits | None = None
    can_skip: bool = False
    can_repeat: bool = False
    at_once: bool = False
    """The whole report may be told in one message."""


@dataclass(frozen=True)
class AnswerNotClear(View):
    """Words that are no answer to the question. `near` are choices that may have been meant, with their places;
    `tries` how often in a row it was not understood."""

    sheet: DraftSheet
    step: Step
    words: str
    reasons: tuple[str, ...]
    near: tuple[tuple[int, Offer], ...] = ()
    tries: int = 1
    notes: Notes = Notes()
    have: Answer | None = None
    can_skip: bool = False
    can_look_up: bool = False
    can_ask: bool = True


@dataclass(frozen=True)
class AnswerWaits(View):
    """Something was read in several ways, or seems odd: nothing is kept before a tap. `choices` are the values to
    choose from; where there are doubts, what may have been meant."""

    sheet: DraftSheet
    step: Step
    pending: Pending
    choices: tuple[Value, ...]
    notes: Notes = Notes()
    have: Answer | None = None
    can_skip: bool = False


@dataclass(frozen=True)
class ReasonAsked(View):
    """They say that an odd figure is right: asks why."""

    sheet: DraftSheet
    step: Step
    pending: Pending


@dataclass(frozen=True)
class DontKnow(View):
    """What one may do who does not know the answer yet."""

    sheet: DraftSheet
    step: Step


@dataclass(frozen=True)
class BecauseAsked(View):
    """Asks why a question is left empty."""

    sheet: DraftSheet
    step: Step
    too_long: bool = False


@dataclass(frozen=True)
class Paused(View):
    sheet: DraftSheet
    answered: int


@dataclass(frozen=True)
class DialogHelp(View):
    """What a question wants, and who can help with it."""

    sheet: DraftSheet
    step: Step | None
    limits: Limits | None = None
    can_ask: bool = True


@dataclass(frozen=True)
class SummaryLine:
    number: int
    step: Step
    answer: Answer | None
    reason: str | None = None
    missing: bool = False


@dataclass(frozen=True)
class WayBack(View):
    """Leads back to the question of this number (None: to all answers), below something else that is shown.
    `returned`: to answers that the secretariat asks to look at again."""

    draft_id: int
    number: int | None
    returned: bool = False


@dataclass(frozen=True)
class Summary(View):
    """All answers of a draft, a page of them. `look_only`: a colleague fills it in. `aside` are answers to questions
    that are not asked any more."""

    sheet: DraftSheet
    lines: tuple[SummaryLine, ...]
    page: int
    pages: int
    answered: int
    missing: tuple[Step, ...] = ()
    aside: tuple[tuple[Step | None, Answer], ...] = ()
    notes: Notes = Notes()
    look_only: bool = False
    words: str | None = None
    """What they wrote although nothing is asked; it may be looked up."""
    amendment: Amendment | None = None


@dataclass(frozen=True)
class NothingDiffers(View):
    """An amendment that says the same as the accepted version is not sent."""

    sheet: DraftSheet
    amendment: Amendment


@dataclass(frozen=True)
class StaleStep(View):
    """A button of an earlier screen. `step` is what it was about, None where that is not asked any more; `now` the
    question that is open, None at the summary."""

    sheet: DraftSheet
    step: Step | None
    answer: Answer | None
    now: Step | None


@dataclass(frozen=True)
class DraftClosed(View):
    """The draft is with the secretariat. `words` are what they just wrote, or corrected (`edited`)."""

    sheet: DraftSheet
    report: Report | None
    words: str | None = None
    edited: bool = False
    can_take_back: bool = False
    can_amend: bool = False


@dataclass(frozen=True)
class QuestionnaireGone(View):
    """The questions of a draft are not in the files any more, or (`with_commitment`) the commitment that they are
    about; its answers are kept."""

    draft: Draft
    library: Library
    answers: int
    with_commitment: bool = False


@dataclass(frozen=True)
class ColleagueThere(View):
    """A colleague fills the draft in just now, at `step` (None: the summary), for so many minutes without a word."""

    sheet: DraftSheet
    step: Step | None
    name: str | None
    minutes: int
    words: str | None = None
    """What the reader wrote, which was not used."""


@dataclass(frozen=True)
class TakenOver(View):
    """Tells whoever filled a draft in that a colleague goes on with it."""

    sheet: DraftSheet
    step: Step | None
    name: str | None


@dataclass(frozen=True)
class QuestionHanded(View):
    """A link that opens only this question, to be passed on."""

    sheet: DraftSheet
    step: Step
    token: str
    days: int


@dataclass(frozen=True)
class OneMessageAsked(View):
    """Asks for the whole report in one message."""

    sheet: DraftSheet


@dataclass(frozen=True)
class Piece:
    """A piece of a report in one message: the question that it answers, and the value, where both are clear."""

    part: Part
    step: Step | None = None
    value: Value | None = None
    doubtful: bool = False


@dataclass(frozen=True)
class OneMessagePreview(View):
    """What was understood of a report in one message; nothing of it is kept yet."""

    sheet: DraftSheet
    pieces: tuple[Piece, ...]
    fits: int
    """How many answers would be kept."""
    replaces: int = 0
    """How many of them take the place of another answer."""


@dataclass(frozen=True)
class LooksLikeReport(View):
    """Words that were to be looked up, and look like figures of a report. `mark` names what they would fill in."""

    sheet: DraftSheet
    words: str
    pieces: tuple[Piece, ...]
    mark: str


@dataclass(frozen=True)
class Corrected(View):
    """An answer was corrected by editing the message it stood in. `now` is where the dialog is."""

    sheet: DraftSheet
    step: Step
    old: Answer
    new: Answer
    now: Step | None


@dataclass(frozen=True)
class ReportSent(View):
    """The receipt. `when` is in the city's zone."""

    sheet: DraftSheet
    report: Report
    zone: str
    reviewers: int


@dataclass(frozen=True)
class SourceAsked(View):
    """Asks the secretariat where it learned what it is about to enter."""

    sheet: DraftSheet


@dataclass(frozen=True)
class FileRefused(View):
    """A file that is not taken: too big (`most` megabytes), or of a kind that nobody could open."""

    name: str | None
    too_big: bool
    most: int
    draft_id: int
    number: int


@dataclass(frozen=True)
class ToFill:
    """Something that may be begun or gone on with. `mark` names it in buttons. `state` is that of a cycle; the
    other forms have `report`, the newest they came to."""

    form: Form
    city: str
    mark: str
    cycle: ReportingCycle | None = None
    subject: str = ""
    draft: Draft | None = None
    answered: int = 0
    of: int = 0
    state: CityState | None = None
    report: Report | None = None
    report_state: ReportState | None = None


@dataclass(frozen=True)
class ReportChoices(View):
    """What somebody may report or propose. `opens_at`: the next cycle opens then. `proposals` are forms that may be
    begun, with their cities."""

    items: tuple[ToFill, ...]
    library: Library
    proposals: tuple[tuple[Form, str], ...] = ()
    several_cities: bool = False
    opens: tuple[ReportingCycle, datetime] | None = None
    form: Form = Form.PROGRESS
