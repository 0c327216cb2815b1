"""Long work that somebody asks for in the chat: begun, shown, stopped, done. Who works is the workbench."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any, TypeAlias

from bot.domain.long_work import (
    FINISHED_WORK,
    MOST_BEGINNINGS,
    LongWork,
    StoppedError,
    WorkKind,
    WorkReason,
    WorkState,
)
from bot.domain.outgoing import FINISHED, OutgoingMessage
from bot.domain.people import Action, Matter, Person, person_may
from bot.domain.views import NotAllowed, OldButton, View
from bot.domain.views.long_work import WorkFailed, WorkInHand, WorkStopped, WorkUnderWay
from bot.services import sent_files
from bot.services.desk import REPLY, Desk, message_params
from bot.services.roles import someone
from bot.services.sent_files import MadeFile

__all__ = ["Doer", "Gathering", "Made", "MadeFile", "Say", "again", "begin", "stop"]

FILE_ID, DIGEST = "file_id", "digest"
"""Of the params: a file that was sent to the bot, by its name at Telegram, and our copy of it in the blobs, which is
there when the doer gathers."""
AGAIN = "again"
"""Of the params of finished work: it was begun again, and is not begun again twice."""
MOST_IN_HAND = 10
"""Works of one kind that somebody may have waiting: all others wait for them, too."""
journal = logging.getLogger(__name__)

Say: TypeAlias = Callable[[int, int], None]
"""Says that so many parts of so many are done. Raises StoppedError where the work is to end: call it often."""


@dataclass(frozen=True)
class Made:
    """What came of it: files that go to whoever asked, and what `finish` needs."""

    files: tuple[MadeFile, ...] = ()
    result: Any = None


@dataclass(frozen=True)
class Gathering:
    """What is read in several units of work: all others would wait for the end of one that is long. `whole` puts
    together what the parts have read, away from the database."""

    parts: Sequence[Callable[[Desk], Any]]
    whole: Callable[[Sequence[Any]], Any]


@dataclass(frozen=True)
class Doer:
    """How work of one kind is done. `action` (on what `about` gives) is the right that it needs: asked when it is
    begun, and again before it is done and before it takes effect.

    `gather` reads all that is needed, in one unit of work; what takes long is a Gathering. `make` works on it in a
    thread of its own, without the database; it raises CannotBeMadeError where something cannot be made for a reason
    that can be told. `finish` writes what changes for good, in one unit of work with the files' way out, and gives
    the view that takes the place of the message with the progress."""

    action: Action
    gather: Callable[[Desk, LongWork], Any]
    make: Callable[[Any, Say], Made]
    finish: Callable[[Desk, LongWork, Made], View]
    about: Callable[[Desk, LongWork], Matter | None] = lambda desk, work: None


DOERS: dict[WorkKind, str] = {
    WorkKind.REPORT: "bot.services.publishing.drafting:REPORT",
    WorkKind.PUBLISH: "bot.services.publishing.freezing:PUBLISH",
    WorkKind.LETTERS: "bot.services.publishing.lettering:LETTERS",
    WorkKind.EXPORT: "bot.services.exporting.doer:EXPORT",
    WorkKind.IMPORT_TRIAL: "bot.services.importing.doer:TRIAL",
    WorkKind.IMPORT: "bot.services.importing.doer:IMPORT",
    WorkKind.CHART: "bot.services.pictures:CHART",
    WorkKind.BOARD: "bot.services.pictures:BOARD",
}
"""Where the doer of each kind is: module and name. It is loaded when it is first needed: some bring much along."""


def doer_of(kind: WorkKind) -> Doer:
    module, _, name = DOERS[kind].partition(":")
    doer = getattr(import_module(module), name)
    assert isinstance(doer, Doer)
    return doer


# --- whoever asks


def begin(desk: Desk, kind: WorkKind, params: Mapping[str, str], *, in_place: bool = True) -> View:
    """Begins work of this kind, unless the same is under way: that goes on where it is shown.

    The view is to be the answer of the service: in the message of the pressed button (`in_place`), else in a new
    one. That message shows how far it is."""
    in_hand = desk.work.long_works.of_person(desk.person.id, (kind,))
    message_id, shown = desk.message_id if in_place else None, f"{desk.cause}:{REPLY}:0"
    was = next((work for work in in_hand if _chosen(work.params) == _chosen(params)), None)
    if was is not None:
        if message_id is None or _message(desk, was) != message_id:
            return WorkInHand(kind)
        desk.work.long_works.save(replace(was, shown=shown), was)
        return _under_way(was)
    if len(in_hand) >= MOST_IN_HAND:
        return WorkInHand(kind, too_many=True)
    me = desk.person.id
    new = LongWork(0, kind, me, me, message_id, desk.now, dict(params), shown=shown)
    if not _is_allowed(desk, desk.person, new):
        return NotAllowed()
    return _under_way(desk.work.long_works.add(new))


def stop(desk: Desk, work_id: int) -> View | None:
    """Stops work of one's own. What is finished already says so where it is shown."""
    work = _own(desk, work_id)
    if work is None:
        return OldButton()
    if work.state in FINISHED_WORK or not _end(desk, work, WorkState.STOPPED):
        return None
    return WorkStopped(work.kind, work.id)


def again(desk: Desk, work_id: int) -> View | None:
    """Begins what was stopped, or failed, once more; also what is done, where a file of it did not arrive."""
    work = _own(desk, work_id)
    if work is None or not _can_be_again(desk, work):
        return OldButton()
    # What was fetched for it may be gone by now.
    params = _chosen(work.params)
    in_hand = desk.work.long_works.of_person(desk.person.id, (work.kind,))
    if AGAIN in work.params and not any(_chosen(other.params) == params for other in in_hand):
        return None
    view = begin(desk, work.kind, params)
    if isinstance(view, WorkUnderWay):
        desk.work.long_works.save(replace(work, params={**work.params, AGAIN: "yes"}), work)
    return view


def _can_be_again(desk: Desk, work: LongWork) -> bool:
    if work.state is WorkState.DONE:
        return sent_files.is_lost(desk, work.id)
    return work.state in (WorkState.STOPPED, WorkState.FAILED)


def _chosen(params: Mapping[str, str]) -> Mapping[str, str]:
    """What was chosen of the params, without what became of it since."""
    fetched = {DIGEST} if FILE_ID in params else set()
    return {name: value for name, value in params.items() if name not in fetched | {AGAIN}}


def _own(desk: Desk, work_id: int) -> LongWork | None:
    work = desk.work.long_works.get(work_id)
    return work if work is not None and work.person == desk.person.id else None


def _under_way(work: LongWork) -> WorkUnderWay:
    return WorkUnderWay(work.kind, work.id, work.done, work.of)


# --- the workbench, at a desk of nobody


def take(desk: Desk, resting: Collection[int] = ()) -> LongWork | None:
    """The oldest work that is to be done and does not rest, begun once more. What must not be done is ended."""
    for work in desk.work.long_works.unfinished():
        if work.id in resting:
            continue
        try:
            is_theirs = _asker(desk, work) is not None
        except Exception as error:
            # Work that cannot even be looked at must not stop that of all others.
            journal.error("Work %d (%s) cannot be begun: %s", work.id, work.kind, type(error).__name__)
            _end(desk, work, WorkState.FAILED, WorkReason.BROKE)
            continue
        if not is_theirs:
            _end(desk, work, WorkState.FAILED, WorkReason.NOT_ALLOWED)
        elif work.begun >= MOST_BEGINNINGS:
            _fail(desk, work, WorkReason.TOO_OFTEN)
        else:
            begun = replace(work, state=WorkState.RUNNING, begun=work.begun + 1)
            if desk.work.long_works.save(begun, work):
                return begun
    return None


def lay_back(desk: Desk, work_id: int) -> None:
    """The program ends, or the line is away: the work waits, and this beginning does not count."""
    work = _running(desk, work_id)
    if work is not None:
        waits = replace(work, state=WorkState.WAITING, begun=max(0, work.begun - 1))
        desk.work.long_works.save(waits, work)


def file_to_fetch(work: LongWork) -> str | None:
    """The id of a file at Telegram that has to be fetched before it can begin."""
    return None if DIGEST in work.params else work.params.get(FILE_ID)


def keep_file(desk: Desk, work_id: int, content: bytes) -> None:
    """Keeps what was fetched for it. Raises StoppedError where it is not to be done any more."""
    work = still_running(desk, work_id)
    digest = desk.work.blobs.put(content, desk.now)
    desk.work.long_works.save(replace(work, params={**work.params, DIGEST: digest}), work)


def gather(desk: Desk, work_id: int) -> Any:
    """What its doer needs, or a Gathering of it. Raises StoppedError where it is not to be done any more."""
    work = still_running(desk, work_id)
    return doer_of(work.kind).gather(_asked_at(desk, work), work)


def gather_part(desk: Desk, work_id: int, part: Callable[[Desk], Any]) -> Any:
    """One part of a Gathering. Raises StoppedError where it is not to be done any more."""
    return part(_asked_at(desk, still_running(desk, work_id)))


def _asked_at(desk: Desk, work: LongWork) -> Desk:
    person = _asker(desk, work)
    if person is None:
        raise StoppedError  # the next look at what is to be done ends it
    return _desk_of(desk, work, person)


def has_left(desk: Desk, work_id: int) -> bool:
    """Whether what was said of it last has left the outbox."""
    work = desk.work.long_works.get(work_id)
    last = desk.work.outbox.by_key(work.shown) if work is not None else None
    return last is None or last.state in FINISHED


def show(desk: Desk, work_id: int, done: int, of: int) -> bool:
    """Brings the message up to date, where the last time has left by now. Whether it did. Raises StoppedError where
    the work is not to be done any more."""
    work = still_running(desk, work_id)
    person = _asker(desk, work)
    if person is None or not has_left(desk, work_id):
        return False
    said = work.said + 1
    further = replace(work, done=done, of=of, said=said, shown=f"work:{work.id}:{said}:0")
    if _message(desk, work) is None or not desk.work.long_works.save(further, work):
        return False
    _put(desk, work, person, _under_way(further), str(said))
    return True


def finish(desk: Desk, work_id: int, made: Made) -> None:
    """Its whole effect: what its doer changes, the files on their way, the last word. Raises StoppedError where it is
    not to be done any more."""
    work = still_running(desk, work_id)
    person = _asker(desk, work)
    if person is None:
        _end(desk, work, WorkState.FAILED, WorkReason.NOT_ALLOWED)
        return
    doer = doer_of(work.kind)
    there = _desk_of(desk, work, person)
    if not _end(desk, work, WorkState.DONE):
        raise StoppedError
    view = doer.finish(there, work, made)
    _put(desk, work, person, view, "end")
    about = doer.about(there, work)
    for number, file in enumerate(made.files, 1):
        kept = sent_files.kept(there, file)
        sent_files.send(there, sent_files.of_work(work.id, number), kept, doer.action, about)


def fail(desk: Desk, work_id: int, reason: WorkReason, detail: str = "") -> None:
    """It cannot be done; whoever asked is told, as long as they may have it."""
    work = _running(desk, work_id)
    if work is not None:
        _fail(desk, work, reason, detail)


def _fail(desk: Desk, work: LongWork, reason: WorkReason, detail: str = "") -> None:
    person = _asker(desk, work)
    if _end(desk, work, WorkState.FAILED, reason) and person is not None:
        _put(desk, work, person, WorkFailed(work.kind, work.id, reason, detail), "end")


def _end(desk: Desk, work: LongWork, state: WorkState, reason: WorkReason | None = None) -> bool:
    return desk.work.long_works.save(replace(work, state=state, reason=reason and str(reason)), work)


def _running(desk: Desk, work_id: int) -> LongWork | None:
    work = desk.work.long_works.get(work_id)
    return work if work is not None and work.state is WorkState.RUNNING else None


def still_running(desk: Desk, work_id: int) -> LongWork:
    """The work. Raises StoppedError where it is not to be done any more."""
    work = _running(desk, work_id)
    if work is None:
        raise StoppedError
    return work


def _asker(desk: Desk, work: LongWork) -> Person | None:
    """Who asked for it, as long as they are known and may have it."""
    person = someone(desk, work.person)
    return person if person is not None and _is_allowed(desk, person, work) else None


def _is_allowed(desk: Desk, person: Person, work: LongWork) -> bool:
    doer = doer_of(work.kind)
    return person_may(person, doer.action, doer.about(_desk_of(desk, work, person), work))


def _desk_of(desk: Desk, work: LongWork, person: Person) -> Desk:
    """The desk of whoever asked. What is done there is done once, however often it is begun."""
    return replace(desk, person=person, cause=f"work:{work.id}")


def _message(desk: Desk, work: LongWork) -> int | None:
    """The message that shows how far it is: an edit that came too late for the first one went out as a new one."""
    last = desk.work.outbox.by_key(work.shown)
    if last is None or last.message_id is None or last.chat_id != work.chat_id:
        return work.message_id
    return last.message_id


def _put(desk: Desk, work: LongWork, person: Person, view: View, name: str) -> None:
    """Puts a view in the place of the message with the progress; as a new message where that has not left yet."""
    screen = desk.renderer.render(view, person.language)
    message_id = _message(desk, work)
    for part, text in enumerate(screen.texts):
        is_last = part == len(screen.texts) - 1
        params = dict(message_params(screen, text, work.chat_id, with_buttons=is_last))
        method = "sendMessage"
        if part == 0 and message_id is not None:
            method, params = "editMessageText", params | {"message_id": message_id}
        key = f"work:{work.id}:{name}:{part}"
        desk.work.outbox.add(OutgoingMessage(key, work.chat_id, method, params, part=part), desk.now)
