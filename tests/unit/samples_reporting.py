"""Samples of the screens of a draft."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from bot.domain.answers import Amount, Answer, AnswerState, Codes, Files, Words
from bot.domain.attachments import Attachment
from bot.domain.commitments import Baseline, Direction, Target, TargetKind
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft, DraftState, Pending
from bot.domain.entries import Library
from bot.domain.measures import Reading, Verdict
from bot.domain.names import NameProblem
from bot.domain.one_message import Part, Why
from bot.domain.progress import CityState, Standing
from bot.domain.question_types import Limits, Offer
from bot.domain.questionnaires import (
    Choice,
    Course,
    Form,
    Meaning,
    Question,
    QuestionKind,
    Questionnaire,
)
from bot.domain.reports import Report, ReportState, SourceKind
from bot.domain.suspicions import Against, Doubt, Suspicion
from bot.domain.views import View
from bot.domain.views import handing as h
from bot.domain.views import reporting as v
from bot.domain.views.reviewing import Amendment, Changed
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 11, 29, 1, 30, tzinfo=UTC)
BIG = 36**7 - 1


def text(words: str) -> LocalText:
    return LocalText.plain(words)


STATE = Question(
    "state",
    QuestionKind.CHOICE,
    text("What is there for {period}?"),
    short=text("What there is"),
    each_target=True,
    required=True,
    means=Meaning.STATE,
    choices=(Choice("measured", text("A measured figure")), Choice("none", text("Nothing <yet>"))),
)
RESULT = Question(
    "result",
    QuestionKind.NUMBER,
    text("What was it in {year}, {city}? ({unit})"),
    short=text("Result"),
    hint=text("The {indicator} of {target}."),
    example=text("0.95"),
    each_target=True,
    required=True,
    means=Meaning.RESULT,
)
EVIDENCE = Question(
    "evidence", QuestionKind.FILE, text("Anything to show?"), each_target=True, means=Meaning.EVIDENCE
)
HELP = Question(
    "help", QuestionKind.CHOICES, text("What would help?"), choices=(Choice("money", text("Money")),), most=3
)
TARGET = Target(
    "a",
    TargetKind.LEVEL,
    "waste-generation",
    text("Waste < 0.9 kg"),
    Direction.DOWN,
    Decimal("0.90"),
    unit="kg/cap/day",
    baseline=Baseline(2005, Decimal("1.2")),
    due=2030,
)
COURSE = Course(
    Questionnaire("progress", text("Progress report"), (STATE, RESULT, EVIDENCE, HELP), version="1"),
    {"2007a": TARGET},
)
STEPS = {step.key: step for step in COURSE.all_steps()}
CYCLE = ReportingCycle("2026", text("Report 2026"), "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")


def given(value: object, **more: object) -> Answer:
    return Answer(AnswerState.GIVEN, 7, NOW, value, NASTY, **more)  # type: ignore[arg-type]


AMOUNT = given(Amount(Decimal("0.97"), "kg/cap/day"))
ANSWERS = {
    "state@2007a": given(Codes(("measured",))),
    "result@2007a": replace(AMOUNT, because=NASTY, told_by=NASTY),
    "evidence@2007a": given(Files((1,), ("https://example.org/<x>",))),
    "gone": given(Words(NASTY)),
}
DRAFT = Draft(
    BIG, Form.PROGRESS, "surabaya", "progress", NOW, NOW, cycle="2026", version=36**4 - 1, at="help"
)
FILE = Attachment(1, BIG, 7, NOW, "x", "y", NASTY, "document")


def sheet(**changes: object) -> v.DraftSheet:
    draft = replace(DRAFT, answers=ANSWERS, **changes)  # type: ignore[arg-type]
    return v.DraftSheet(draft, COURSE, LIBRARY[0], "2026", {1: FILE})


LIBRARY: list[Library] = []


def report(state: ReportState, form: Form = Form.PROGRESS) -> Report:
    return Report(
        id=BIG,
        draft_id=BIG,
        draft_version=3,
        number="surabaya-2026",
        version=2,
        form=form,
        city="surabaya",
        questionnaire="progress",
        questionnaire_version="1",
        answers=ANSWERS,
        submitted_by=7,
        submitted_at=NOW,
        state=state,
        late=state is ReportState.ACCEPTED,
    )


def samples(library: Library) -> Iterator[View]:
    """Every screen of a draft at least once, and those with several faces with each of them."""
    LIBRARY[:] = [library]
    yield from questions()
    yield from answers()
    yield from whole_drafts()
    yield from colleagues()
    yield from one_message()
    yield from choices()


def questions() -> Iterator[View]:
    offers = (Offer("measured", text("A measured figure")), Offer("yes", phrase="yes"), Offer("2026"))
    last = v.LastTime(AMOUNT, "2024-2025")
    for step in STEPS.values():
        yield v.QuestionAsked(sheet(), step, offers)
        yield v.QuestionAsked(
            sheet(),
            step,
            offers,
            notes(v.Note.BACK_AGAIN),
            have=ANSWERS.get(step.key),
            last=last,
            reason=NASTY,
            can_skip=True,
            can_repeat=True,
            at_once=True,
        )
        for tries in (1, 3):
            near = ((0, offers[0]), (1, offers[1]))
            reasons = ("no-choice", "no-number")
            yield v.AnswerNotClear(
                sheet(), step, NASTY, reasons, near, tries, have=AMOUNT, can_skip=tries > 1, can_look_up=True
            )
        yield v.DialogHelp(sheet(), step, Limits(most=3))
        yield v.DontKnow(sheet(), step)
        yield from (v.BecauseAsked(sheet(), step, too_long=long) for long in (False, True))
    yield v.DialogHelp(sheet(), None, can_ask=False)
    for note in v.Note:
        yield v.QuestionAsked(sheet(), STEPS["result@2007a"], notes=notes(note))
    begun = v.Notes(kept=((STEPS["result@2007a"], AMOUNT),), note=v.Note.BEGUN_BY)
    yield v.QuestionAsked(sheet(), STEPS["help"], notes=begun)


def notes(note: v.Note) -> v.Notes:
    step = STEPS["result@2007a"]
    lines = (
        v.HeardLine(NASTY, v.Came.KEPT, step, AMOUNT),
        v.HeardLine(NASTY, v.Came.UNCLEAR),
        v.HeardLine(NASTY, v.Came.NOT_READ),
        v.HeardLine(NASTY, v.Came.NOT_USED),
    )
    kept = ((step, AMOUNT), (STEPS["evidence@2007a"], ANSWERS["evidence@2007a"]))
    holder = NASTY if note in (v.Note.TAKEN_OVER, v.Note.BEGUN_BY) else None
    still_open = list(v.Note).index(note)
    return v.Notes(kept, lines, note, new_questions=2, holder=holder, still_open=still_open)


def answers() -> Iterator[View]:
    step, told = STEPS["result@2007a"], Amount(Decimal("97"), "kg/cap/day")
    doubt = Suspicion(
        Doubt.FACTOR_100, told.value, Decimal("0.97"), Against.EARLIER, Decimal("1.02"), 2025, Decimal("95")
    )
    for pending in (
        Pending(step.key, NASTY, (told, Amount(Decimal("0.97"), "kg/cap/day")), ("two-separators",)),
        Pending(step.key, NASTY, (told,), doubts=(doubt,)),
    ):
        yield v.AnswerWaits(sheet(), step, pending, (told,), have=AMOUNT)
        yield v.AnswerWaits(sheet(at=step.key), step, pending, (told,), can_skip=True)
        yield h.HandedWaits(sheet(), step, 36**9 - 1, pending, (told,), 36**9 - 1)
    yield v.ReasonAsked(sheet(), step, Pending(step.key, NASTY, (told,), doubts=(doubt,)))
    yield from (v.Corrected(sheet(), step, AMOUNT, given(told), now) for now in (STEPS["help"], None))
    yield from (v.FileRefused(name, big, 20, BIG, 3) for name in (NASTY, None) for big in (True, False))
    yield v.FileRefused(NASTY, True, 20, BIG, 0)


def whole_drafts() -> Iterator[View]:
    lines = tuple(
        v.SummaryLine(number, step, ANSWERS.get(key), NASTY if number == 2 else None, number == 4)
        for number, (key, step) in enumerate(STEPS.items(), 1)
    )
    aside = ((None, ANSWERS["gone"]), (STEPS["result@2007a"], AMOUNT))
    for look_only in (True, False):
        yield v.Summary(
            sheet(at=None), lines, 1, 2, 3, (STEPS["help"],), aside, notes(v.Note.SOME_MISSING), look_only
        )
        yield v.Summary(sheet(at=None), lines, 2, 2, 4, (), aside, look_only=look_only, words=NASTY)
    for changed in ((), tuple(Changed(step, None, ANSWERS.get(key)) for key, step in STEPS.items())):
        amends = Amendment(report(ReportState.ACCEPTED), NASTY, changed)
        yield v.Summary(sheet(at=None), lines, 1, 1, 4, amendment=amends)
        yield v.NothingDiffers(sheet(at=None), amends)
    yield v.Paused(sheet(), 3)
    yield from (
        v.WayBack(BIG, number, returned) for number, returned in ((4, False), (None, False), (4, True))
    )
    yield v.StaleStep(sheet(), STEPS["result@2007a"], AMOUNT, STEPS["help"])
    yield v.StaleStep(sheet(), None, AMOUNT, None)
    closed = sheet(state=DraftState.SUBMITTED)
    for state in ReportState:
        yield v.DraftClosed(closed, report(state), NASTY, edited=True, can_take_back=True)
        yield v.DraftClosed(closed, report(state), NASTY, can_amend=True)
        yield v.DraftClosed(closed, report(state))
        yield v.ReportSent(closed, report(state), "Asia/Jakarta", 2)
    yield v.DraftClosed(closed, None)
    yield v.ReportSent(closed, report(ReportState.SUBMITTED, Form.BASELINE), "Asia/Jakarta", 0)
    yield from (v.QuestionnaireGone(DRAFT, LIBRARY[0], count) for count in (1, 9))
    yield v.QuestionnaireGone(DRAFT, LIBRARY[0], 2, with_commitment=True)
    entered = (SourceKind.INTERVIEW, SourceKind.SITE_VISIT, SourceKind.PUBLISHED)
    yield from (v.SourceAsked(sheet(source=source)) for source in entered)


def colleagues() -> Iterator[View]:
    step = STEPS["result@2007a"]
    for name in (NASTY, None):
        for words in (NASTY, None):
            yield v.ColleagueThere(sheet(), step, name, 2 if words else 0, words)
        yield v.ColleagueThere(sheet(), None, name, 1)
        yield from (v.TakenOver(sheet(), open_step, name) for open_step in (step, None))
        yield from (h.HandedNameAsked(sheet(), step, name, problem) for problem in NameProblem)
    yield v.QuestionHanded(sheet(), step, "a" * 22, 7)
    offers = (Offer("money", text("Money")), Offer("scale-3", phrase="scale-3"))
    yield h.HandedAsked(sheet(), STEPS["help"], 36**9 - 1, offers, ("money",), Limits(most=3))
    yield h.HandedAsked(sheet(), step, 36**9 - 1, words=NASTY, reasons=("no-number",))
    yield from (h.HandedThanks(sheet(), step, AMOUNT, more) for more in (False, True))
    yield from (*(h.HandedFull(sheet(), step, most) for most in (1, 10)), h.HandedGone())
    odd = Suspicion(Doubt.FACTOR_10, Decimal("9"), Decimal("0.9"))
    yield h.HandedAnswered(sheet(), step, AMOUNT, NASTY)
    yield h.HandedAnswered(sheet(), step, replace(AMOUNT, doubts=(odd,)), NASTY)


def one_message() -> Iterator[View]:
    step = STEPS["result@2007a"]
    reading = Reading(Verdict.ACCEPT, Decimal("0.97"), unit="kg/cap/day")
    value = Amount(Decimal("0.97"), "kg/cap/day")
    pieces = (
        v.Piece(Part(NASTY, step.key, reading, 2025), step, value),
        v.Piece(Part(NASTY, step.key, reading), step, doubtful=True),
        v.Piece(Part(NASTY, step.key, replace(reading, verdict=Verdict.AMBIGUOUS)), step),
        v.Piece(Part(NASTY, step.key, Reading(Verdict.REJECT, reasons=()), why=Why.UNREADABLE), step),
        *(v.Piece(Part(NASTY, why=why)) for why in Why),
    )
    yield v.OneMessageAsked(sheet())
    yield v.OneMessagePreview(sheet(), pieces, 1, replaces=2)
    yield v.OneMessagePreview(sheet(), (), 0)
    yield v.LooksLikeReport(sheet(), NASTY, pieces[:1], "f" * 16)


def choices() -> Iterator[View]:
    items = tuple(
        v.ToFill(Form.PROGRESS, "surabaya", "f" * 16, CYCLE, state=CityState(standing, 4, 9, late=True))
        for standing in Standing
    )
    proposal = v.ToFill(Form.REVISION, "surabaya", "f" * 16, subject="surabaya-2007")
    begun = (
        replace(proposal, draft=DRAFT, answered=1, of=9),
        replace(proposal, report_state=ReportState.ACCEPTED),
        replace(proposal, report_state=ReportState.SUBMITTED),
    )
    forms = tuple((form, "surabaya") for form in Form if form is not Form.PROGRESS)
    for several in (True, False):
        yield v.ReportChoices((*items, proposal, *begun), LIBRARY[0], forms, several)
    yield v.ReportChoices((), LIBRARY[0], opens=(CYCLE, NOW))
    yield v.ReportChoices((), LIBRARY[0], forms)
    yield v.ReportChoices((), LIBRARY[0], form=Form.REVISION)
