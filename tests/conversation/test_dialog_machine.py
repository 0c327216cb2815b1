"""Whatever people do with a report, in whatever order: the draft holds what the model says; there is a way out."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from collections.abc import Awaitable
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from bot.chat.pace import Pace
from bot.domain import buttons as b
from bot.domain import drafts as moves
from bot.domain.answers import Files
from bot.domain.drafts import Draft, DraftState
from bot.domain.people import Expecting, Person, Purpose, Role
from bot.domain.questionnaires import Course
from bot.domain.reports import Report, ReportMove
from bot.rehearsal.emulator import Emulator
from bot.rehearsal.model import Message
from bot.services.courses import course_of

from .dialog_machine import (
    FIRST_READING,
    NOTHING,
    TYPED_BUTTONS,
    WORDS,
    Change,
    Kept,
    Place,
    answered,
    as_codes,
    as_kept,
    edited,
    given,
    heard,
    pressed,
    understood,
)
from .network import write
from .reporting_network import PROGRESS, write_reporting_network
from .stage import AIKO, Stage, bot_on

T = TypeVar("T")
FULL = os.environ.get("FOCAL_FAULTS") == "full"
ANA, BUDI, CARL = 5_000_000_011, 5_000_000_012, 5_000_000_013
RESULT_IDS = ("result", "figure")
EXTRA = '  - {id: extra, type: text, ask: {en: "Anything new?"}, short: {en: New}}\n'
HELP = PROGRESS[PROGRESS.index("  - id: help\n") : PROGRESS.index("  - id: anything\n")]
HELP_IN_WORDS = '  - {id: help, type: text, ask: {en: "What would help you?"}, short: {en: Help wanted}}\n'
LINK = re.compile(r"start=(q_[\w-]+)")
COMMAND = re.compile(r"(?<!\S)/[a-z]+")
TAPS = (b.Tap, b.PickReading, b.Move)
OF_THE_DIALOG = (
    *TAPS,
    b.Continue,
    b.AllAnswers,
    b.HandedTap,
    b.ToReport,
    b.ReportDo,
    b.ReviewDo,
    b.ReviewAnswer,
)
NEVER_OLD = frozenset({b.Step.PAUSE, b.Step.HELP, b.Step.TAKE, b.Step.LOOK_UP})
"""What is no change of an answer, so that it may be pressed on any screen."""

WHO = st.sampled_from([ANA, ANA, BUDI])
NUMBERS = st.integers(0, 10_000)

MEANWHILE = (
    "/cancel",
    "/report",
    "/start",
    "/find basket composting",
    "restart",
    "an hour",
    "en",
    "fr",
    "zh",
)


class EveryTap(Pace):
    """Two taps in one moment are two taps here: what they do must not depend on the clock."""

    def is_second_tap(self, person_id: int, message_id: int, data: str, at: float) -> bool:
        return False


class DialogMachine(RuleBasedStateMachine):
    """Ana and Budi of one city, Carl whom they ask, Aiko of the secretariat, and somebody who edits the files."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = tempfile.TemporaryDirectory()
        self.always, self.once = AsyncExitStack(), AsyncExitStack()
        self.model: dict[str, Kept] = {}
        self.sent: dict[str, tuple[int, int, str]] = {}
        """Every button that was ever shown: to whom, in which message, and the words that it was about."""
        self.own: list[tuple[int, int]] = []
        """What people have typed: who, and the message."""
        self.reports = 0
        self.shape = {"renamed": False, "extra": False, "short": False, "in words": False}

    # --- the town

    def run(self, awaitable: Awaitable[T]) -> T:
        async def it() -> T:
            return await awaitable

        return self.loop.run_until_complete(it())

    @initialize(words=st.lists(NUMBERS, max_size=8))
    def begin(self, words: list[int]) -> None:
        self.data = Path(self.folder.name)
        self.knowledge = write_reporting_network(self.data)
        self.emulator = self.run(self.always.enter_async_context(Emulator.serve()))
        self.start()
        people = {ANA: ("Ana", "en"), BUDI: ("Budi", "fr"), CARL: ("Carl", "en"), AIKO: ("Aiko", "en")}
        self.people = {number: self.emulator.person(number, *named) for number, named in people.items()}
        for player in self.people.values():
            self.run(self.stage.ask(player, "/help"))
        self.run(self.stage.appoint(self.people[ANA], Role.FOCAL_POINT, "surabaya"))
        self.run(self.stage.appoint(self.people[BUDI], Role.DEPUTY, "surabaya"))
        self.run(self.stage.ask(self.people[ANA], "/report"))
        self.look("/report")
        self.whoever_is_at_it_answers(words)

    def start(self) -> None:
        schedules = self.data / "schedules"
        context = bot_on(self.emulator, self.data, self.knowledge, schedules=schedules, pace=EveryTap(10_000))
        self.stage: Stage = self.run(self.once.enter_async_context(context))

    def teardown(self) -> None:
        try:
            self.run(self.once.aclose())
            self.run(self.always.aclose())
        finally:
            self.loop.run_until_complete(self.loop.shutdown_asyncgens())
            self.loop.close()
            self.folder.cleanup()

    # --- what is the case

    def ask(self, question: Any) -> Any:
        return self.run(self.stage.focal.database.run(question))

    def draft(self) -> Draft:
        found = self.ask(lambda work: work.drafts.get(1))
        assert isinstance(found, Draft)
        return found

    def course(self) -> Course:
        known = self.stage.focal.knowledge.current
        course = course_of(self.draft(), known.library, known.schedules)
        assert course is not None
        return course

    def place(self) -> Place:
        draft, course = self.draft(), self.course()
        adopted, _ = moves.adopt(draft, course, draft.touched_at)
        asked = moves.current(adopted, course)
        kinds = {}
        for step in course.all_steps():
            name = step.question.id
            is_words = step.question.kind == "text"
            kinds[step.key] = "text" if is_words else "result" if name in RESULT_IDS else name
        path = course.path(adopted.answers)
        needed = {step.key for step in path if step.question.required} | set(adopted.returned)
        return Place(
            adopted,
            asked.key if asked is not None else None,
            kinds,
            frozenset(needed),
            tuple(step.key for step in path),
            draft.edition != course.questionnaire.version,
        )

    def may_answer(self, person: int) -> bool:
        """Whether what this person does counts: they fill it in, or nobody does."""
        draft = self.draft()
        is_theirs = person in (ANA, BUDI) and not draft.held_by_another(person, datetime.now(UTC))
        return is_theirs and draft.state is DraftState.OPEN

    def expecting(self, person: int) -> Expecting | None:
        someone: Person = self.ask(lambda work: work.people.get(person))
        return someone.expecting

    def newest_report(self) -> Report | None:
        found = self.ask(lambda work: work.reports.of_draft(1))
        return max(found, key=lambda report: report.version, default=None)

    # --- doing something, and what must then hold

    def look(self, words: str = "") -> None:
        """Notes every button on the screens of everybody."""
        for person, player in self.people.items():
            for message in player.messages()[-4:]:
                for data in of_the_dialog(message):
                    known = self.sent.get(data)
                    if known is None or known[:2] != (person, message.id):
                        self.sent[data] = (person, message.id, words)

    def apply(self, change: Change) -> None:
        for key, kept in change.items():
            if kept is None:
                self.model.pop(canonical(key), None)
            else:
                self.model[canonical(key)] = kept

    def check(self, actor: int, words: str = "") -> None:
        self.run(self.stage.settled())
        place = self.place()
        held = {canonical(key): as_kept(answer) for key, answer in place.draft.answers.items()}
        assert held == self.model
        assert self.stage.sql("SELECT update_id, reason FROM inbox WHERE state = 'dead'") == []
        assert self.emulator.problems == []
        self.look(words)
        shown = self.newest(actor)
        assert shown.buttons or COMMAND.search(shown.text), f"no way out: {shown.text}"
        reports = self.ask(lambda work: len(work.reports.of_draft(1)))
        assert reports == self.reports

    def say(self, person: int, words: str, change: Any = None) -> Message:
        """Says something; `change` is what it changes, or a function of the message's id."""
        player = self.people[person]
        upcoming = max(player.chat.messages, default=0)
        said = self.run(player.say(words))
        self.own.append((person, said.id))
        assert said.id > upcoming
        self.apply(change(said.id) if callable(change) else change or NOTHING)
        self.check(person, words)
        assert player.messages()[-1].from_bot, "nobody is left without an answer"
        return said

    def press(self, person: int, data: str, message_id: int | None = None) -> None:
        """Presses any button, one that is not there any more too."""
        player, button = self.people[person], b.unpack(data)
        assert button is not None
        if message_id is None or message_id not in player.chat.messages:
            message_id = self.newest(person).id
        before, place = self.draft(), self.place()
        change = self.predicted(person, button, data)
        sends = self.will_send(person, button, place)
        is_old = isinstance(button, TAPS) and not self.is_fresh(button, place)
        self.run(player.press_data(data, message_id))
        self.apply(change)
        self.reports += sends
        expecting = self.expecting(person)
        self.check(person, expecting.text or "" if expecting is not None else "")
        after = self.draft()
        if sends:
            report = self.newest_report()
            assert report is not None
            told = {canonical(key): as_kept(answer) for key, answer in report.answers.items()}
            assert told == {
                canonical(key): self.model[canonical(key)] for key in place.path if key in report.answers
            }
            assert after.state is DraftState.SUBMITTED
        if is_old and not (isinstance(button, b.Move) and button.move in NEVER_OLD):
            adopted = place.draft if after.edition != before.edition else before
            assert essence(after) == essence(adopted), "an old button changes nothing"
        if isinstance(button, TAPS) and person not in (ANA, BUDI):
            assert after == before, "whoever has no right changes nothing"

    def is_fresh(self, button: b.Button, place: Place) -> bool:
        return isinstance(button, TAPS) and place.is_fresh(button.version)

    def predicted(self, person: int, button: b.Button, data: str) -> Change:
        place, expecting = self.place(), self.expecting(person)
        told = self.sent[data][2] if data in self.sent else None
        if isinstance(button, b.HandedTap):
            return self.handed_tap(person, button)
        if isinstance(button, b.Move) and button.move == b.Step.USE:
            is_open = person in (ANA, BUDI) and place.draft.state is DraftState.OPEN
            if not is_open or not place.is_fresh(button.version) or expecting is None or not expecting.text:
                return NOTHING
            return answered(place, expecting.text, expecting.message_id or 0)
        if not self.may_answer(person):
            return NOTHING
        if isinstance(button, b.PickReading) and self.is_fresh(button, place):
            return self.picked(place, button)
        return pressed(place, button, told)

    def picked(self, place: Place, button: b.PickReading) -> Change:
        """A reading that seems odd in its turn is not kept yet: a thousand where one is usual."""
        change = pressed(place, button, None)
        waits = place.pending
        if waits is None or waits.doubts:
            return change
        is_likely = change == {waits.key: given(FIRST_READING, waits.raw, waits.message_id)}
        return change if is_likely and waits.key.endswith("a") else NOTHING

    def will_send(self, person: int, button: b.Button, place: Place) -> bool:
        if not isinstance(button, b.Move) or button.move != b.Step.SEND or not self.may_answer(person):
            return False
        return self.is_fresh(button, place) and not moves.missing(place.draft, self.course())

    # --- what people do

    @rule(person=WHO, words=st.sampled_from(WORDS + TYPED_BUTTONS))
    def types(self, person: int, words: str) -> None:
        place, expecting, may = self.place(), self.expecting(person), self.may_answer(person)
        if expecting is None or not may:
            self.say(person, words)
        else:
            self.say(person, words, lambda said: heard(place, expecting, words, said))

    @precondition(lambda self: self.draft().state is DraftState.OPEN)
    @rule(words=st.lists(NUMBERS, min_size=1, max_size=3))
    def whoever_is_at_it_answers(self, words: list[int]) -> None:
        """With words that fit, so that reports come to their end."""
        for which in words:
            holder = self.draft().holder or ANA
            expecting = self.expecting(holder)
            if expecting is None or expecting.purpose is not Purpose.REPORT:
                self.say(holder, "/report")
            place = self.place()
            asked = place.pending.key if place.pending is not None else place.asked
            if asked is None:
                return
            fitting = [w for w in WORDS if understood(place, asked, w)]
            if place.kinds[asked] == "result":
                fitting += ["1,234", "970"]
            shown = self.newest(holder)
            found = [data for data in of_the_dialog(shown) if gives_an_answer(data)]
            if found and (which % 2 or not fitting):
                self.press(holder, found[which % len(found)], shown.id)
            else:
                self.types(holder, fitting[which % len(fitting)] if fitting else "skip")

    def newest(self, person: int) -> Message:
        return next(m for m in reversed(self.people[person].messages()) if m.from_bot)

    @rule(person=st.sampled_from([ANA, BUDI, CARL, AIKO]), which=NUMBERS)
    def taps(self, person: int, which: int) -> None:
        """A button of the newest screen."""
        shown = self.newest(person)
        found = of_the_dialog(shown)
        if found:
            self.press(person, found[which % len(found)], shown.id)

    @rule(person=st.sampled_from([ANA, BUDI, CARL, AIKO]), which=NUMBERS)
    def presses_an_old_button(self, person: int, which: int) -> None:
        data = list(self.sent)[which % len(self.sent)]
        whose, message, _ = self.sent[data]
        self.press(person, data, message if whose == person else None)

    @precondition(lambda self: bool(self.own))
    @rule(which=NUMBERS, words=st.sampled_from(WORDS))
    def edits_a_message(self, which: int, words: str) -> None:
        person, message = self.own[-1 - which % min(len(self.own), 6)]
        place = self.place()
        may = person in (ANA, BUDI) and place.draft.state is DraftState.OPEN
        change = edited(place, person, words, message) if may else NOTHING
        if self.people[person].chat.messages[message].text == words:
            return
        if person == CARL:
            change = NOTHING
        self.run(self.people[person].edit(message, words))
        self.apply(change)
        self.check(person, words)

    @rule(person=WHO, caption=st.sampled_from(["", "0.95"]), photo=st.booleans())
    def sends_a_file(self, person: int, caption: str, photo: bool) -> None:
        place, expecting = self.place(), self.expecting(person)
        player = self.people[person]
        counts = self.may_answer(person) and expecting is not None and expecting.purpose is Purpose.REPORT
        content = f"{len(self.own)}".encode()
        if photo:
            said = self.run(player.send_photo(content, caption))
        else:
            said = self.run(player.send_document("scales.pdf", content, caption))
        if counts:
            self.apply(self.filed(place, said, "" if photo else "scales.pdf", caption))
        self.check(person, caption)

    def filed(self, place: Place, said: Message, name: str, caption: str) -> Change:
        asked = place.asked
        if asked is None:
            return NOTHING
        ref = asked.partition("@")[2]
        key = asked if place.kinds[asked] == "evidence" else f"evidence@{ref}"
        if key not in place.kinds:
            return NOTHING
        have = place.draft.answers.get(key)
        numbers = have.value.attachments if have is not None and isinstance(have.value, Files) else ()
        self.run(self.stage.settled())
        newest = int(self.stage.sql("SELECT max(id) FROM attachments")[0][0])
        change = {key: given(Files((*numbers, newest)), name, said.id)}
        if caption and key != asked:
            return {**change, **answered(place, caption, said.id)}
        return change

    @rule(person=WHO, what=st.sampled_from(MEANWHILE))
    def something_else_happens(self, person: int, what: str) -> None:
        """What leaves the draft alone, but for who fills it in."""
        before = self.draft()
        if what.startswith("/"):
            self.say(person, what)
        elif what == "restart":
            self.run(self.once.aclose())
            self.once = AsyncExitStack()
            self.start()
            self.check(ANA)
        elif what == "an hour":
            self.stage.sql("UPDATE drafts SET touched_at = datetime(touched_at, '-1 hour') || '.000000'")
        else:
            self.press(person, b.pack(b.SetLanguage(what)))
        if what not in ("/report", "/cancel", "an hour"):
            assert self.draft() == before

    # --- a colleague who knows one figure

    @precondition(lambda self: self.place().asked is not None and self.expecting(CARL) is None)
    @rule(person=WHO)
    def hands_a_question_over(self, person: int) -> None:
        place = self.place()
        self.press(person, b.pack(b.Move(1, self.draft().version, b.Step.COLLEAGUE, place.asked or "")))
        token = LINK.search(self.newest(person).text)
        if token is not None:
            self.say(CARL, f"/start {token[1]}")

    @precondition(lambda self: self.expecting(CARL) is not None)
    @rule(words=st.sampled_from(WORDS))
    def the_colleague_types(self, words: str) -> None:
        expecting = self.expecting(CARL)
        assert expecting is not None
        change: Change = NOTHING
        if expecting.purpose is Purpose.HANDED and (key := self.handed_key(expecting.object_id or 0)):
            value = understood(self.place(), key, words)
            change = {key: given(value, words)} if value is not None else NOTHING
        if expecting.purpose is Purpose.HANDED_NAME:
            words = "Carl"
        self.say(CARL, words, change)

    def handed_key(self, number: int) -> str | None:
        """The question that was handed over, as it is called now; None where it is not open any more."""
        handed = self.ask(lambda work: work.handed.get(number))
        draft = self.draft()
        if handed is None or not handed.is_open(datetime.now(UTC)) or draft.state is not DraftState.OPEN:
            return None
        same = [key for key in self.place().kinds if canonical(key) == canonical(handed.key)]
        return same[0] if same else None

    def handed_tap(self, person: int, button: b.HandedTap) -> Change:
        expecting, place = self.expecting(person), self.place()
        key = self.handed_key(button.handed_id)
        is_theirs = expecting is not None and expecting.object_id == button.handed_id and bool(expecting.more)
        if person != CARL or not is_theirs or expecting is None or key is None:
            return NOTHING
        chosen = tuple((expecting.text or "").split())
        kind = place.kinds[key]
        if button.move == b.Handed.OFFER and kind == "state" and button.place < 2:
            return {key: given(as_codes(("measured", "none")[button.place]))}
        if button.move == b.Handed.DONE and kind == "help" and chosen:
            return {key: given(as_codes(*chosen))} if set(chosen) <= {"money", "training"} else NOTHING
        if button.move == b.Handed.READING and expecting.text == "1,234" and kind == "result":
            return (
                {key: given(FIRST_READING, "1,234")} if button.place == 0 and key.endswith("a") else NOTHING
            )
        return NOTHING

    # --- the secretariat, and sending

    @precondition(lambda self: not moves.missing(self.place().draft, self.course()))
    @rule(person=WHO)
    def sends_it(self, person: int) -> None:
        self.press(person, b.pack(b.Move(1, self.draft().version, b.Step.SEND, "")))

    @precondition(lambda self: self.draft().state is DraftState.SUBMITTED)
    @rule(person=WHO)
    def takes_it_back(self, person: int) -> None:
        report = self.newest_report()
        assert report is not None
        can = report.can(ReportMove.TAKE_BACK)
        self.press(person, b.pack(b.ReportDo(b.CityMove.TAKE_BACK, report.id)))
        assert self.draft().state is (DraftState.OPEN if can else DraftState.SUBMITTED)

    @precondition(lambda self: self.draft().state is DraftState.SUBMITTED)
    @rule(which=NUMBERS)
    def an_answer_is_returned(self, which: int) -> None:
        report = self.newest_report()
        assert report is not None
        if not report.can(ReportMove.RETURN):
            return
        keys = sorted(report.answers)
        self.press(AIKO, b.pack(b.ReviewAnswer(1, b.AnswerMove.RETURN, report.id, keys[which % len(keys)])))
        if self.expecting(AIKO) is not None:
            self.say(AIKO, "Please look again.")
        self.press(AIKO, b.pack(b.ReviewDo(1, b.ReviewMove.RETURN, report.id)))
        draft = self.draft()
        if draft.state is DraftState.OPEN:
            assert draft.returned

    # --- somebody edits the questionnaire

    @rule(what=st.sampled_from(["renamed", "extra", "short", "in words"]))
    def the_questionnaire_changes(self, what: str) -> None:
        self.shape[what] = not self.shape[what]
        before = self.course().questionnaire.version
        write(self.data / "schedules", "questionnaires/progress.yaml", questionnaire(**self.shape_words()))

        async def served() -> None:
            while self.stage.focal.knowledge.current.schedules.questionnaires["progress"].version == before:
                await asyncio.sleep(0.02)

        self.run(asyncio.wait_for(served(), 10))
        self.check(ANA)

    def shape_words(self) -> dict[str, bool]:
        return {key.replace(" ", "_"): on for key, on in self.shape.items()}


def questionnaire(*, renamed: bool, extra: bool, short: bool, in_words: bool) -> str:
    """The questionnaire with these edits."""
    text = PROGRESS
    if in_words:
        text = text.replace(HELP, HELP_IN_WORDS)
    if short:
        text = text[: text.index("  - id: anything\n")]
    new, old = ("figure", "result") if renamed else ("result", "figure")
    text = text.replace("  - id: result\n", f"  - id: {new}\n    formerly: [{old}]\n")
    return text + EXTRA if extra else text


def of_the_dialog(message: Message) -> list[str]:
    """The buttons of a message that are about the report."""
    found = [str(key["callback_data"]) for key in message.buttons if "callback_data" in key]
    return [data for data in found if isinstance(b.unpack(data), OF_THE_DIALOG)]


def gives_an_answer(data: str) -> bool:
    button = b.unpack(data)
    if isinstance(button, b.Move):
        return button.move in (b.Step.SKIP, b.Step.SURE, b.Step.FILL, b.Step.EMPTY)
    return isinstance(button, b.Tap | b.PickReading)


def canonical(key: str) -> str:
    """A key under the first id of its question."""
    name, at, ref = key.partition("@")
    return f"{'result' if name in RESULT_IDS else name}{at}{ref}"


def essence(draft: Draft) -> Draft:
    """What of a draft an old button must leave alone: all but who looks at it and when."""
    return replace(draft, version=0, holder=None, touched_at=draft.started_at, tries=0)


TestDialogMachine = DialogMachine.TestCase
TestDialogMachine.settings = settings(
    derandomize=True,
    database=None,
    deadline=None,
    max_examples=300 if FULL else 6,
    stateful_step_count=30,
)
