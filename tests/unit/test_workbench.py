"""Long work at the workbench: done once, shown while it lasts, stopped, begun anew after a kill."""

from __future__ import annotations

import asyncio
import logging
import sys
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from post_office import START, UNLIMITED, FastTime, until

from bot.delivery.attachments import FileGoneError
from bot.delivery.outbox import PostRoom
from bot.delivery.rates import Rates
from bot.delivery.workbench import LIFE, WORKBENCH, Workbench
from bot.domain.audit import Event
from bot.domain.errors import OperatorError
from bot.domain.long_work import LongWork, WorkKind, WorkReason, WorkState
from bot.domain.outgoing import Call, DeliveryState, Outcome, Refused, Sent, Unknown
from bot.domain.people import Action, MembershipState, Role
from bot.domain.ports import UnitOfWork
from bot.domain.views import Help, NotAllowed, OldButton, View
from bot.domain.views.long_work import FileNotArrived, WorkFailed, WorkInHand, WorkStopped, WorkUnderWay
from bot.services import long_work, outgoing, sent_files
from bot.services.desk import Desk
from bot.services.knowledge import KnowledgeSource
from bot.services.long_work import Doer, Gathering, Made, MadeFile, Say
from bot.storage.blobs import SqlBlobs
from bot.storage.database import Database
from bot.texts.renderer import Renderer

AIKO, SARI = 5_000_000_001, 5_000_000_002
KNOWN = KnowledgeSource().current
RENDERER = Renderer("focal_bot")
DONE = Help((), can_ask=False)
SECRET = "Sari Dewi, +62 811"


@dataclass
class Bench:
    """What the doer of these tests does, and what it saw."""

    makes: Callable[[Say], None] = lambda say: None
    files: tuple[MadeFile, ...] = (MadeFile("letter.txt", b"Dear city", DONE),)
    gathered: list[Mapping[str, str]] = field(default_factory=list)


NOW = Bench()
SHIPPED = dict(long_work.DOERS)
DOER_OF_THE_TESTS = Doer(
    Action.EXPORT,
    lambda desk, work: _gather(work),
    lambda gathered, say: _make(say),
    lambda desk, work, made: _finish(desk, work),
)


def _gather(work: LongWork) -> None:
    NOW.gathered.append(dict(work.params))


def _make(say: Say) -> Made:
    NOW.makes(say)
    return Made(NOW.files)


def _finish(desk: Desk, work: LongWork) -> View:
    desk.log(Event.ANNOUNCED, f"#{work.id}")
    return DONE


@pytest.fixture(autouse=True)
def _the_doer_of_the_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every kind of work is done by it."""
    for kind in WorkKind:
        monkeypatch.setitem(long_work.DOERS, kind, f"{__name__}:DOER_OF_THE_TESTS")
    monkeypatch.setattr(sys.modules[__name__], "NOW", Bench())


class Telegram:
    """Takes every call, and has the files that it is given."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.files: dict[str, bytes | Exception] = {}
        self.of_files: Outcome | None = None
        """What becomes of every file that is sent."""

    async def send(self, call: Call) -> Outcome:
        self.calls.append(call)
        if self.of_files is not None and call.method == "sendDocument":
            return self.of_files
        return Sent(call.params.get("message_id", 1000 + len(self.calls)))

    async def download(self, file_id: str) -> bytes:
        found = self.files[file_id]
        if isinstance(found, Exception):
            raise found
        return found

    @property
    def texts(self) -> list[str]:
        return [call.params["text"] for call in self.calls if "text" in call.params]

    @property
    def documents(self) -> list[Mapping[str, Any]]:
        return [call.params["document"] for call in self.calls if call.method == "sendDocument"]


@dataclass
class House:
    """A database with Aiko of the secretariat, a post room, and a workbench."""

    database: Database
    telegram: Telegram
    time: FastTime

    def desk(self, work: UnitOfWork, cause: str = "tick") -> Desk:
        person = replace(work.people.seen(SARI, "en", START), id=0, memberships=())
        return Desk(person, KNOWN, work, self.time.now(), RENDERER, frozenset(), cause)

    def at(
        self, person: int, function: Callable[[Desk], View | None], cause: str, message: int
    ) -> View | None:
        """What a button in this message does, and shows in its place."""

        def unit(work: UnitOfWork) -> View | None:
            desk = replace(self.desk(work, cause), person=work.people.seen(person, "en", START))
            desk = replace(desk, message_id=message)
            view = function(desk)
            if view is not None:
                desk.show(view, person, message)
            return view

        return self.database.run_now(unit)

    def begin(
        self, cause: str = "u1", kind: WorkKind = WorkKind.EXPORT, message: int = 7, **params: str
    ) -> int:
        view = self.at(AIKO, lambda desk: long_work.begin(desk, kind, params), cause, message)
        assert isinstance(view, WorkUnderWay)
        return view.work_id

    def work(self, work_id: int) -> LongWork:
        found = self.database.run_now(lambda work: work.long_works.get(work_id))
        assert found is not None
        return found

    def effects(self) -> int:
        """How often the doer has changed something."""
        return len(self.database.run_now(lambda work: work.audit.of_city(None, 100)))

    def workbench(self, said: Callable[[], None] = lambda: None, owner: str = "one") -> Workbench:
        return Workbench(
            self.database,
            self.desk,
            self.telegram,
            self.time,
            owner=owner,
            said=said,
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
        )

    @asynccontextmanager
    async def working(self) -> AsyncIterator[Workbench]:
        post_room = PostRoom(
            self.database,
            self.telegram,
            self.time,
            Rates(UNLIMITED),
            prepare=lambda work, message, now: outgoing.prepare(self.desk(work), message),
            settled=lambda work, message: outgoing.settled(
                self.desk(work, f"{message.key}:settled"), message
            ),
            sleep=self.time.sleep,
            monotonic=self.time.monotonic,
        )
        workbench = self.workbench(post_room.wake)
        tasks = [asyncio.create_task(one.run()) for one in (post_room, workbench)]
        try:
            yield workbench
            post_room.wake()
            await asyncio.wait_for(post_room.idle(), 10)
        finally:
            await workbench.stop()
            await post_room.stop()
            for task in tasks:
                await asyncio.wait_for(task, 5)

    async def all_done(self) -> None:
        async with self.working() as workbench:
            workbench.wake()
            await asyncio.wait_for(workbench.idle(), 10)


@pytest.fixture
def house(database: Database) -> House:
    def appoint(work: UnitOfWork) -> None:
        work.people.seen(AIKO, "en", START)
        work.people.join(AIKO, Role.SECRETARIAT, None, MembershipState.ACTIVE, START)

    database.run_now(appoint)
    return House(database, Telegram(), FastTime())


def words(view: View) -> str:
    return RENDERER.render(view, "en").texts[0]


def test_every_kind_of_work_has_its_doer(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set(SHIPPED) == set(WorkKind)
    for kind, place in SHIPPED.items():
        monkeypatch.setitem(long_work.DOERS, kind, place)
        assert long_work.doer_of(kind).action in Action


async def test_work_is_done_in_the_place_of_its_message_and_its_file_arrives(house: House) -> None:
    work_id = house.begin()
    await house.all_done()
    assert house.work(work_id).state is WorkState.DONE
    assert house.telegram.texts == [words(WorkUnderWay(WorkKind.EXPORT, work_id)), words(DONE)]
    assert {call.params["message_id"] for call in house.telegram.calls[:2]} == {7}
    assert house.telegram.documents == [{"name": "letter.txt", "content": b"Dear city"}]
    assert house.telegram.calls[-1].params["caption"] == words(DONE)
    assert house.effects() == 1


async def test_work_that_no_button_asked_for_is_followed_in_the_new_message(house: House) -> None:
    def unit(work: UnitOfWork) -> None:
        person = work.people.seen(AIKO, "en", START)
        desk = replace(house.desk(work, "u1"), person=person, message_id=3)
        desk.show(long_work.begin(desk, WorkKind.EXPORT, {}, in_place=False), AIKO)

    house.database.run_now(unit)
    await house.all_done()
    first, last = house.telegram.calls[0], house.telegram.calls[1]
    assert first.method == "sendMessage"
    assert (last.method, last.params["message_id"]) == ("editMessageText", 1001)


async def test_progress_is_shown_and_never_more_often_than_every_three_seconds(house: House) -> None:
    goes_on = threading.Event()

    def makes(say: Say) -> None:
        for done in range(100):
            say(done, 100)
            if goes_on.wait(0.01):
                break

    NOW.makes = makes
    house.begin()
    began = house.time.monotonic()
    async with house.working() as workbench:
        workbench.wake()
        await until(lambda: sum("of 100" in text for text in house.telegram.texts) >= 2)
        took = house.time.monotonic() - began
        goes_on.set()
        await asyncio.wait_for(workbench.idle(), 10)
    shown = [text for text in house.telegram.texts if "of 100" in text]
    assert len(shown) <= took / 3 + 1
    assert "▰" in shown[-1]
    assert house.telegram.texts[-1] == words(DONE)


async def test_what_is_stopped_changes_nothing_sends_nothing_and_says_so(house: House) -> None:
    runs, ended = threading.Event(), threading.Event()

    def makes(say: Say) -> None:
        runs.set()
        try:
            while True:
                say(1, 2)
                ended.wait(0.005)
        finally:
            ended.set()

    NOW.makes = makes
    work_id = house.begin()
    async with house.working() as workbench:
        workbench.wake()
        await until(runs.is_set)
        view = house.at(AIKO, lambda desk: long_work.stop(desk, work_id), "u2", 7)
        assert view == WorkStopped(WorkKind.EXPORT, work_id)
        workbench.wake()
        await asyncio.wait_for(workbench.idle(), 10)
        assert ended.is_set(), "its thread has ended, too"
    assert house.work(work_id).state is WorkState.STOPPED
    assert house.telegram.texts[-1] == words(WorkStopped(WorkKind.EXPORT, work_id))
    assert (house.effects(), house.telegram.documents) == (0, [])


async def test_what_was_stopped_can_be_begun_again(house: House) -> None:
    work_id = house.begin(of="2026")
    house.at(AIKO, lambda desk: long_work.stop(desk, work_id), "u2", 7)
    house.at(AIKO, lambda desk: long_work.again(desk, work_id), "u3", 7)
    await house.all_done()
    assert NOW.gathered == [{"of": "2026"}]
    assert (house.effects(), len(house.telegram.documents)) == (1, 1)


async def test_pressing_twice_does_it_once_and_it_goes_on_where_it_is_shown(house: House) -> None:
    first = house.begin("u1", of="2026")
    assert house.begin("u2", of="2026") == first
    again = house.at(AIKO, lambda desk: long_work.begin(desk, WorkKind.EXPORT, {"of": "2026"}), "u3", 9)
    assert again == WorkInHand(WorkKind.EXPORT)
    assert house.begin("u4", WorkKind.LETTERS) != first, "work of another kind goes beside it"
    await house.all_done()
    assert house.effects() == 2
    last = [call.params for call in house.telegram.calls if call.params.get("text") == words(DONE)]
    assert [params["message_id"] for params in last] == [7, 7], "nothing goes on in message 9"


async def test_what_is_chosen_meanwhile_is_made_as_well_each_where_it_was_asked_for(house: House) -> None:
    first = house.begin("u1", message=7, file="a")
    second = house.begin("u2", message=9, file="b")
    assert first != second
    await house.all_done()
    assert NOW.gathered == [{"file": "a"}, {"file": "b"}]
    last = [call.params for call in house.telegram.calls if call.params.get("text") == words(DONE)]
    assert [params["message_id"] for params in last] == [7, 9]


def test_nobody_fills_the_workbench_for_all_others(house: House) -> None:
    for number in range(long_work.MOST_IN_HAND):
        house.begin(f"u{number}", of=str(number))
    view = house.at(AIKO, lambda desk: long_work.begin(desk, WorkKind.EXPORT, {"of": "x"}), "u99", 7)
    assert view == WorkInHand(WorkKind.EXPORT, too_many=True)


async def test_a_line_that_is_away_for_a_moment_ends_no_work_and_keeps_nobody_waiting(house: House) -> None:
    house.telegram.files["F1"] = ConnectionError()
    waits = house.begin(file_id="F1")
    house.begin("u2", of="2026")
    async with house.working() as workbench:
        workbench.wake()
        await until(lambda: house.effects() == 1)
        assert house.work(waits).state is WorkState.WAITING
        assert house.work(waits).begun == 0
        house.telegram.files["F1"] = b"city\n"
        await until(lambda: house.work(waits).state is WorkState.DONE, 15)
    assert house.effects() == 2


async def test_a_line_that_stays_away_ends_the_work_at_last(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.workbench.MOST_FETCHES", 3)
    house.telegram.files["F1"] = ConnectionError()
    work_id = house.begin(file_id="F1")
    async with house.working() as workbench:
        workbench.wake()
        await until(lambda: house.work(work_id).state is WorkState.FAILED, 15)
    assert house.work(work_id).reason == "file-gone"


@pytest.mark.parametrize(
    ("outcome", "may_be_there"), [(Refused("no"), False), (Unknown("the line broke"), True)]
)
async def test_who_waits_for_a_file_that_does_not_arrive_is_told_and_can_have_it_made_again(
    house: House, outcome: Outcome, may_be_there: bool
) -> None:
    house.telegram.of_files = outcome
    work_id = house.begin()
    await house.all_done()
    assert house.telegram.texts[-1] == words(FileNotArrived("letter.txt", work_id, may_be_there))
    house.telegram.of_files = None
    assert isinstance(house.at(AIKO, lambda desk: long_work.again(desk, work_id), "u2", 11), WorkUnderWay)
    await house.all_done()
    assert house.telegram.calls[-1].params["document"] == {"name": "letter.txt", "content": b"Dear city"}
    assert house.effects() == 2
    assert house.at(AIKO, lambda desk: long_work.again(desk, work_id), "u3", 11) is None, "once is enough"
    await house.all_done()
    assert house.effects() == 2


async def test_a_file_that_is_gone_before_it_leaves_is_told(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    work_id = house.begin()
    workbench = house.workbench()
    task = asyncio.create_task(workbench.run())
    await until(lambda: house.work(work_id).state is WorkState.DONE, 15)
    await workbench.stop()
    await task
    monkeypatch.setattr(SqlBlobs, "get", lambda self, digest: None)
    await house.all_done()
    assert house.telegram.texts[-1] == words(FileNotArrived("letter.txt", work_id))


async def test_a_file_is_not_kept_once_it_has_arrived(house: House) -> None:
    house.begin()
    await house.all_done()
    digest = sha256(b"Dear city").hexdigest()
    assert len(house.telegram.documents) == 1
    assert house.database.run_now(lambda work: work.blobs.get(digest)) is None


async def test_what_two_messages_carry_is_kept_until_both_have_left(house: House) -> None:
    def put(work: UnitOfWork) -> str:
        desk = replace(house.desk(work), person=replace(work.people.seen(AIKO, "en", START)))
        kept = sent_files.kept(desk, NOW.files[0])
        for number in (1, 2):
            sent_files.send(desk, sent_files.of_work(99, number), kept, Action.EXPORT)
        return kept.digest

    digest = house.database.run_now(put)

    def first_is_sent(work: UnitOfWork) -> bytes | None:
        message = work.outbox.by_key("file:99:1")
        assert message is not None
        message = replace(message, state=DeliveryState.SENT)
        work.outbox.settle(message, START)
        outgoing.settled(house.desk(work), message)
        return work.blobs.get(digest)

    assert house.database.run_now(first_is_sent) == b"Dear city"
    await house.all_done()
    assert house.database.run_now(lambda work: work.blobs.get(digest)) is None


async def test_what_takes_long_to_read_is_read_in_several_units_of_work(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    units: list[UnitOfWork] = []

    def read(desk: Desk) -> int:
        units.append(desk.work)
        return len(units)

    made: list[Any] = []
    gathers = replace(
        DOER_OF_THE_TESTS,
        gather=lambda desk, work: Gathering([read, read], tuple),
        make=lambda gathered, say: made.append(gathered) or Made(),
    )
    monkeypatch.setattr(sys.modules[__name__], "DOER_OF_THE_TESTS", gathers)
    house.begin()
    await house.all_done()
    assert made == [(1, 2)]
    assert units[0] is not units[1]


async def test_a_stop_that_comes_too_late_leaves_what_is_shown(house: House) -> None:
    work_id = house.begin()
    await house.all_done()
    assert house.at(AIKO, lambda desk: long_work.stop(desk, work_id), "u2", 7) is None
    assert isinstance(house.at(AIKO, lambda desk: long_work.again(desk, work_id), "u3", 7), OldButton)


def test_nobody_stops_or_repeats_the_work_of_others(house: House) -> None:
    work_id = house.begin()
    for function in (long_work.stop, long_work.again):
        view = house.at(SARI, lambda desk, do=function: do(desk, work_id), f"u{function.__name__}", 7)
        assert isinstance(view, OldButton)
    assert house.work(work_id).state is WorkState.WAITING


def test_who_may_not_have_it_begins_nothing(house: House) -> None:
    view = house.at(SARI, lambda desk: long_work.begin(desk, WorkKind.EXPORT, {}), "u1", 7)
    assert isinstance(view, NotAllowed)
    assert house.database.run_now(lambda work: work.long_works.unfinished()) == []


async def test_work_that_was_killed_is_begun_anew_and_has_its_effect_once(house: House) -> None:
    """A kill leaves it as it was when it was begun: the thread is gone, nothing of it is written."""
    work_id = house.begin()
    house.database.run_now(lambda work: long_work.take(house.desk(work)))
    assert house.work(work_id).state is WorkState.RUNNING
    await house.all_done()
    assert house.work(work_id).begun == 2
    assert (house.effects(), len(house.telegram.documents)) == (1, 1)


async def test_work_that_was_killed_three_times_is_given_up_and_says_so(house: House) -> None:
    work_id = house.begin()
    for _ in range(3):
        house.database.run_now(lambda work: long_work.take(house.desk(work)))
    await house.all_done()
    assert house.work(work_id).state is WorkState.FAILED
    assert house.telegram.texts[-1] == words(WorkFailed(WorkKind.EXPORT, work_id, WorkReason.TOO_OFTEN))
    assert NOW.gathered == []


async def test_work_that_cannot_even_be_looked_at_does_not_stop_that_of_others(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    odd = house.begin(kind=WorkKind.CHART)
    house.begin("u2")
    monkeypatch.setitem(long_work.DOERS, WorkKind.CHART, "bot.services.long_work:NO_SUCH_DOER")
    await house.all_done()
    assert house.work(odd).state is WorkState.FAILED
    assert house.effects() == 1


async def test_the_end_of_the_program_is_no_failed_beginning(house: House) -> None:
    runs = threading.Event()

    def makes(say: Say) -> None:
        runs.set()
        while True:
            say(1, 2)

    NOW.makes = makes
    work_id = house.begin()
    async with house.working() as workbench:
        workbench.wake()
        await until(runs.is_set)
    laid_back = house.work(work_id)
    assert (laid_back.state, laid_back.begun) == (WorkState.WAITING, 0)


async def test_a_failure_is_told_kindly_and_logged_without_what_people_wrote(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    def makes(say: Say) -> None:
        raise ValueError(SECRET)

    NOW.makes = makes
    work_id = house.begin()
    with caplog.at_level(logging.INFO):
        await house.all_done()
    assert house.work(work_id).reason == "broke"
    assert house.telegram.texts[-1] == words(WorkFailed(WorkKind.EXPORT, work_id, WorkReason.BROKE))
    assert "ValueError" in caplog.text
    assert SECRET not in caplog.text


async def test_what_cannot_be_made_says_why(house: House) -> None:
    def makes(say: Say) -> None:
        raise OperatorError("letter.docx: {{ citty }}")

    NOW.makes = makes
    house.begin()
    await house.all_done()
    assert "letter.docx: {{ citty }}" in house.telegram.texts[-1]
    assert house.effects() == 0


async def test_a_file_that_telegram_would_not_take_is_said_and_nothing_is_changed(house: House) -> None:
    NOW.files = (MadeFile("all.zip", bytes(50_000_001)),)
    work_id = house.begin()
    await house.all_done()
    assert house.work(work_id).reason == "file-too-big"
    assert (house.effects(), house.telegram.documents) == (0, [])


async def test_a_table_that_was_sent_is_fetched_first(house: House) -> None:
    house.telegram.files["F1"] = b"city,target\n"
    house.begin(file_id="F1")
    await house.all_done()
    (params,) = NOW.gathered
    kept = house.database.run_now(lambda work: work.blobs.get(params["digest"]))
    assert kept == b"city,target\n"


@pytest.mark.parametrize(
    ("told", "reason"),
    [("Bad Request: file is too big", WorkReason.FILE_TOO_BIG), ("wrong file_id", WorkReason.FILE_GONE)],
)
async def test_a_table_that_cannot_be_fetched_is_explained(
    house: House, told: str, reason: WorkReason
) -> None:
    house.telegram.files["F1"] = FileGoneError(told)
    work_id = house.begin(file_id="F1")
    await house.all_done()
    assert house.telegram.texts[-1] == words(WorkFailed(WorkKind.EXPORT, work_id, reason))


@pytest.mark.parametrize("lost", ["right", "everything"])
async def test_who_loses_the_right_while_it_is_made_gets_nothing(house: House, lost: str) -> None:
    def makes(say: Say) -> None:
        house.database.run_now(lose)

    def lose(work: UnitOfWork) -> None:
        person = work.people.get(AIKO)
        assert person is not None
        if lost == "everything":
            work.people.forget(AIKO)
        else:
            ended = replace(person.active[0], state=MembershipState.ENDED)
            work.people.change_membership(ended)

    NOW.makes = makes
    house.begin()
    await house.all_done()
    assert house.telegram.documents == []
    assert words(DONE) not in house.telegram.texts
    assert house.effects() == 0
    assert house.database.run_now(lambda work: work.long_works.unfinished()) == []


async def test_a_file_does_not_leave_for_who_has_lost_the_right_since(house: House) -> None:
    work_id = house.begin()
    workbench = house.workbench()
    task = asyncio.create_task(workbench.run())
    await until(lambda: house.work(work_id).state is WorkState.DONE, 15)
    await workbench.stop()
    await task

    def lose(work: UnitOfWork) -> None:
        person = work.people.get(AIKO)
        assert person is not None
        work.people.change_membership(replace(person.active[0], state=MembershipState.ENDED))

    house.database.run_now(lose)
    await house.all_done()
    assert house.telegram.documents == []


async def test_of_two_programs_one_works(house: House) -> None:
    house.database.run_now(
        lambda work: work.leases.take(WORKBENCH, "the other", house.time.now(), house.time.now() + LIFE)
    )
    work_id = house.begin()
    await house.all_done()
    assert house.work(work_id).state is WorkState.WAITING

    def over(work: UnitOfWork) -> None:
        work.leases.take(WORKBENCH, "the other", START, START - timedelta(seconds=1))

    house.database.run_now(over)
    await house.all_done()
    assert house.effects() == 1


async def test_who_lost_the_lease_while_making_ends_at_once_and_changes_nothing(house: House) -> None:
    """Another program begins it anew; two must not go on with it."""
    runs, ended = threading.Event(), threading.Event()

    def makes(say: Say) -> None:
        runs.set()
        try:
            while True:
                say(1, 2)
                ended.wait(0.005)
        finally:
            ended.set()

    def take_over(work: UnitOfWork) -> None:
        work.leases.release(WORKBENCH, "one")
        assert work.leases.take(WORKBENCH, "the other", house.time.now(), house.time.now() + LIFE)

    NOW.makes = makes
    work_id = house.begin()
    async with house.working() as workbench:
        workbench.wake()
        await until(runs.is_set)
        house.database.run_now(take_over)
        await until(ended.is_set)
    assert house.work(work_id).state is WorkState.RUNNING, "it is the other's now"
    assert (house.effects(), house.telegram.documents) == (0, [])


async def test_who_lost_the_lease_while_making_leaves_the_work_to_the_other(house: House) -> None:
    """Two programs made it; it has its effect once."""
    runs, goes_on = threading.Event(), threading.Event()

    def makes(say: Say) -> None:
        runs.set()
        goes_on.wait(5)

    NOW.makes = makes
    work_id = house.begin()
    async with house.working() as workbench:
        workbench.wake()
        await until(runs.is_set)
        begun = house.database.run_now(lambda work: long_work.take(house.desk(work)))
        assert begun is not None
        house.database.run_now(lambda work: long_work.finish(house.desk(work), work_id, Made(NOW.files)))
        goes_on.set()
        await asyncio.wait_for(workbench.idle(), 10)
    assert (house.effects(), len(house.telegram.documents)) == (1, 1)
