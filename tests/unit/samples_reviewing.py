"""A sample of every view about reports that were sent, each of its faces at least once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time
from decimal import Decimal

from bot.domain.answers import Amount, Answer, AnswerState, Codes, Files, Words
from bot.domain.assessment import TargetResult, assess
from bot.domain.attachments import Attachment
from bot.domain.audit import Entry, Event
from bot.domain.commitments import VERDICTS, Commitment, SaidStatus, TargetKind
from bot.domain.cycles import ReportingCycle
from bot.domain.drafts import Draft
from bot.domain.entries import Library
from bot.domain.people import Membership, Person, Role
from bot.domain.progress import CityState, Standing
from bot.domain.questionnaires import Choice, Form, Question, QuestionKind, Step
from bot.domain.reminder_rules import ReminderRule
from bot.domain.reports import Comment, Report, ReportState, SourceKind
from bot.domain.suspicions import Against, Doubt, Suspicion
from bot.domain.views import View
from bot.domain.views import overview as o
from bot.domain.views import reviewing as v
from bot.domain.words import LocalText

NASTY = "<b>Costs</b> & 100 % {{ 7*7 }} %(x)s 字😀"
NOW = datetime(2026, 12, 10, 12, 30, tzinfo=UTC)
ZONE = "Asia/Kuching"
TITLE = LocalText({"en": "Report 2026", "zh": "2026年报告", "fr": "Rapport 2026"})
CYCLE = ReportingCycle("2026", TITLE, "2026", date(2026, 10, 1), date(2026, 12, 15), "progress")
RESULT = Question("result", QuestionKind.NUMBER, TITLE, LocalText.plain("Result"), each_target=True)
STATE = Question(
    "state",
    QuestionKind.CHOICE,
    TITLE,
    LocalText.plain("State"),
    choices=(Choice("measured", LocalText.plain(NASTY)),),
)
WORKED = Question("worked", QuestionKind.TEXT, TITLE, LocalText.plain(NASTY))
PROOF = Question("proof", QuestionKind.FILE, TITLE, LocalText.plain("Evidence"))


def given(value: object, **more: object) -> Answer:
    return Answer(AnswerState.GIVEN, 7, NOW, value, "x", **more)  # type: ignore[arg-type]


DOUBT = Suspicion(
    Doubt.FACTOR_10, Decimal(-20), Decimal(-2), Against.EARLIER, Decimal("-1.9"), 2025, Decimal(10)
)
FILE = Attachment(3, 1, 7, NOW, "file-id", "unique", NASTY, "document", 12_000)
ANSWERS = {
    "result@2007a": given(Amount(Decimal(-20), "%"), doubts=(DOUBT,), because=NASTY, told_by=NASTY),
    "state": given(Codes(("measured",))),
    "worked": given(Words(NASTY * 30)),
    "proof": given(Files((3,), ("https://example.org/a?b=1&c=2",))),
}
REPORT = Report(
    id=12,
    draft_id=5,
    draft_version=14,
    number="sibu-2026",
    version=2,
    form=Form.PROGRESS,
    city="sibu",
    questionnaire="progress",
    questionnaire_version="",
    answers=ANSWERS,
    submitted_by=7,
    submitted_at=NOW,
    cycle="2026",
    late=True,
    reason=NASTY,
)
ENTERED = replace(REPORT, source=SourceKind.INTERVIEW, source_note=NASTY)
PROPOSAL = replace(REPORT, form=Form.COMMITMENT, number="sibu-commitment-3", cycle="", version=1)
DRAFT = Draft(5, Form.PROGRESS, "sibu", "progress", NOW, NOW, "2026")
PERSON = Person(
    7,
    "fr",
    name=NASTY,
    handle="0a1b2c",
    memberships=(Membership(4, 7, Role.FOCAL_POINT, "sibu"),),
    reachable=False,
)


def judged(commitment: Commitment) -> Iterator[v.Judged]:
    """Its targets with a result on the way, one that says other than the figures, and none."""
    for number, target in enumerate(commitment.targets):
        told = TargetResult(
            target.id,
            value=target.value,
            unit="%" if target.kind == "change" else target.unit,
            as_change=target.kind == "change",
            year=2009,
            scale=2,
            said=SaidStatus.PARTLY if number % 2 else SaidStatus.EXCEEDED,
        )
        yield v.Judged(commitment, target, assess(target, told, commitment.made))
        yield v.Judged(commitment, target, assess(target, None, commitment.made))
        for verdict in VERDICTS.get(target.kind, ()):
            seen = replace(told, done=True, judged=verdict)
            yield v.Judged(commitment, target, assess(target, seen, commitment.made))


def done_or_not(commitment: Commitment) -> Iterator[v.Judged]:
    """A milestone as its city tells it, and as the reviewer judges it."""
    target = replace(commitment.targets[0], kind=TargetKind.MILESTONE)
    for verdict in (None, *VERDICTS[target.kind]):
        told = TargetResult(
            target.id, done=True, said=SaidStatus.REACHED, said_share=Decimal(90), judged=verdict
        )
        yield v.Judged(commitment, target, assess(target, told, commitment.made))


def lines(targets: tuple[v.Judged, ...]) -> tuple[v.Line, ...]:
    target = targets[0].target if targets else None
    return (
        v.Line(
            Step(RESULT, target, "2007a"),
            ANSWERS["result@2007a"],
            given(Amount(Decimal(-2), "%")),
            "2025",
            NASTY,
        ),
        v.Line(Step(STATE), ANSWERS["state"], ANSWERS["state"], "2025"),
        v.Line(Step(WORKED), ANSWERS["worked"]),
        v.Line(Step(PROOF), ANSWERS["proof"]),
        v.Line(Step(PROOF), Answer(AnswerState.UNKNOWN, 7, NOW, because=NASTY)),
        v.Line(Step(WORKED), None),
    )


def sheets(library: Library, targets: tuple[v.Judged, ...]) -> Iterator[v.Sheet]:
    """The first page in every state, and pages with a part."""
    said = lines(targets)
    steps = {line.step.key: line.step for line in said}
    comments = ((NASTY, Comment(9, NOW, NASTY, "worked")), (None, Comment(9, NOW, NASTY)))
    changed = tuple(v.Changed(line.step, line.before, line.answer) for line in said) * 3
    for report in (*(replace(REPORT, state=state) for state in ReportState), ENTERED, PROPOSAL):
        first = v.Sheet(report, library, ZONE, 1, 3, targets, sender=NASTY, steps=steps, comments=comments)
        yield first
        yield replace(first, changed=changed, previous=replace(REPORT, version=1), doubtful=2, reviewer=NASTY)
        yield replace(first, targets=(), previous=REPORT, doubtful=1, has_files=True, sender=None)
    for part in (v.Part(said, targets[0] if targets else None), v.Part(said)):
        yield v.Sheet(REPORT, library, ZONE, 2, 3, targets, part, files={3: FILE}, has_files=True)


def states() -> Iterator[CityState]:
    for standing in Standing:
        yield CityState(standing)
        yield CityState(standing, 4, 9, late=True, report=REPORT, newer=REPORT, draft=DRAFT)
    yield CityState(Standing.ACCEPTED, 9, 9, report=REPORT, draft=DRAFT)


def samples(library: Library) -> Iterator[View]:
    """Every view about reports that were sent."""
    own = [made for made in library.commitments.values() if made.city == "sibu"]
    targets = tuple(one for commitment in own for one in judged(commitment))
    said = lines(targets)
    for changed in ((), tuple(v.Changed(line.step, line.before, line.answer) for line in said)):
        yield v.ReportArrived(REPORT, library, NASTY if changed else None, changed)
    yield v.ReportArrived(replace(REPORT, version=1, reason=None, late=False), library)
    yield v.ReportWithdrawn(REPORT, library)
    rows = (
        v.Waiting(REPORT),
        v.Waiting(ENTERED, NASTY),
        v.Waiting(PROPOSAL, ""),
        v.Waiting(REPORT, mine=True),
    )
    for page in (1, 2, 3):
        yield v.ReviewList(rows, library, page, 3, 13)
        yield v.PickAnswers(replace(REPORT, returned={"x": NASTY}), library, said, page + 1, 4, {3: FILE})
    yield v.ReviewList((), library, 1, 1, 0)
    yield v.PickAnswers(REPORT, library, (), 2, 2)
    for sheet in sheets(library, targets):
        yield v.ReviewSheet(sheet, can_decide=True)
        yield v.ReportCard(sheet, (REPORT, replace(REPORT, id=11, version=1)), None, True, True, True, 5)
    for one in (*targets, *done_or_not(own[0])):
        for chosen in (None, *VERDICTS.get(one.target.kind, ())):
            yield v.JudgeAsked(REPORT, library, one, "2007a", said, 2, chosen, {3: FILE})
    yield from (
        v.ReviewSheet(
            replace(sheet, report=replace(REPORT, judged=before)), can_decide=True, to_judge="2007a"
        )
        for before in ({}, {"2007a": "3"})
    )
    for note in v.Note:
        yield v.ReviewSheet(replace(sheet, reviewer=NASTY), note, can_take_over=note is v.Note.BUSY)
        yield v.ReviewSheet(sheet, note)
        yield v.ReportCard(sheet, (REPORT,), note)
    for line in said:
        for too_long in (True, False):
            yield v.WriteReason(REPORT, library, line, 2, {3: FILE}, too_long)
            yield v.WriteComment(REPORT, library, 2, line.step if too_long else None, too_long=too_long)
    yield v.WriteComment(REPORT, library, 2, None, tuple(line.step for line in said))
    yield from (
        v.FilesShown(REPORT, 1, count, links, count) for count in (0, 1, 2) for links in ((), ("https://x",))
    )
    for deed in v.Deed:
        yield from (v.Reviewed(REPORT, library, deed, count, count, alone=count == 2) for count in (1, 2))
    back = tuple(replace(line, reason=NASTY) for line in said)
    yield from (v.ReportReturned(REPORT, library, back[:count]) for count in (1, 2))
    yield from (v.CommentArrived(REPORT, library, NASTY, step) for step in (None, said[0].step))
    yield from (v.ReportAccepted(report, library, targets) for report in (REPORT, PROPOSAL))
    for whole in (True, False):
        yield v.ProposalFile(PROPOSAL, library, "knowledge/commitments/sibu-2026.md", whole)
    yield v.TakenBack(REPORT, library)
    yield from (v.AmendAsked(REPORT, library, too_long) for too_long in (True, False))
    yield v.AmendBegun(REPORT, library, NASTY)
    all_states = tuple(states())
    yield o.CityChoice((*(("sibu", state) for state in all_states), ("naga", None)), library)
    yield from (o.NoCity(can_ask) for can_ask in (True, False))
    cycle_lines = tuple(
        o.CycleLine(CYCLE, state, NOW, days) for state in all_states for days in (12, 1, 0, -1, -12)
    )
    came = tuple(o.Came(one, report) for one in targets for report in (None, REPORT, ENTERED))
    for few in (cycle_lines[place : place + 5] for place in range(0, len(cycle_lines), 5)):
        yield o.MyCity("sibu", library, ZONE, few, came[:4], (PERSON,), 3, True, 4, (DRAFT,), frozenset(Form))
        yield o.CityFile(
            "sibu",
            library,
            ZONE,
            few,
            (REPORT, ENTERED),
            (PERSON,),
            (replace(DRAFT, source=SourceKind.PUBLISHED),),
            True,
        )
    yield o.MyCity("nowhere", library, ZONE, (), (), may_report=False)
    yield o.CityFile("nowhere", library, ZONE, (), (), ())
    yield o.PastReports("sibu", library, ZONE, (REPORT, ENTERED, PROPOSAL), 3, for_office=True)
    yield o.PastReports("sibu", library, ZONE, ())
    counts = {"draft": 2, "late": 1, "accepted": 9}
    cities = tuple(("sibu", state) for state in all_states)
    for chosen in ("", "d", "l"):
        yield o.CycleOverview(
            CYCLE, counts, cities, library, chosen, 1, 3, 12, 2, (CYCLE,), may_see_log=not chosen
        )
    yield o.CycleOverview(CYCLE, {}, (), library, "", 1, 1, 0)
    yield from (o.NoCycle(waiting) for waiting in (0, 2))
    yield o.AskEnteredFrom("sibu", library, CYCLE, "0" * 16)
    yield o.AskEnteredFrom("sibu", library, CYCLE, "0" * 16, (("1" * 16, CYCLE),))
    logged = (
        Entry(n, NOW, event, "0a1b2c", Role.ADMIN, "sibu", "x", "submitted", "accepted alone")
        for n, event in enumerate(Event)
    )
    happened = tuple(o.Happened(entry, NASTY if entry.id % 2 else None, NASTY) for entry in logged)
    yield from (o.HistoryList(city, library, happened, 2, 3, 30) for city in ("sibu", None))
    held = Entry(1, NOW, Event.HELD, "0a1b2c", Role.ADMIN, "sibu", "2026 in-30-days")
    rules = (ReminderRule("in-30-days", days, time(9)) for days in (-30, 0, 1))
    yield o.HistoryList(
        "sibu", library, tuple(o.Happened(held, "Mei", "x", CYCLE, r) for r in rules), 1, 1, 3
    )
    yield o.HistoryList(None, library, (), 1, 1, 0)
