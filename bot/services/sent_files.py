"""Files that leave by the outbox: kept as blobs, read again when they leave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import count, takewhile
from typing import Any

from bot.domain.long_work import CannotBeMadeError, WorkReason
from bot.domain.outgoing import WHEN_IT_LEAVES, DeliveryState, OutgoingMessage
from bot.domain.people import Action, Matter, person_may
from bot.domain.views import View
from bot.domain.views.long_work import FileNotArrived
from bot.services.desk import Desk, message_params
from bot.services.roles import someone

FILE = "file:"
"""How the keys of files begin."""
LOST = frozenset({DeliveryState.FAILED, DeliveryState.UNKNOWN})
"""What became of a file that its reader may never have seen."""
MOST_BYTES = 50_000_000
"""What Telegram takes from a bot."""


@dataclass(frozen=True)
class MadeFile:
    """A file for whoever asked. The caption is rendered in their language, its buttons stand below the file; a photo
    is shown in the chat itself."""

    name: str
    content: bytes
    caption: View | None = None
    is_photo: bool = False


@dataclass(frozen=True)
class KeptFile:
    """The same with its content in the blobs."""

    name: str
    digest: str
    caption: View | None = None
    is_photo: bool = False


def kept(desk: Desk, file: MadeFile) -> KeptFile:
    """Keeps its content for some days. Raises CannotBeMadeError where Telegram would not take it."""
    if len(file.content) > MOST_BYTES:
        raise CannotBeMadeError(WorkReason.FILE_TOO_BIG)
    return KeptFile(file.name, desk.work.blobs.put(file.content, desk.now), file.caption, file.is_photo)


def of_work(work_id: int, number: int) -> str:
    """The name of one of the files of long work, among all files; they count from 1."""
    return f"{work_id}:{number}"


def is_lost(desk: Desk, work_id: int) -> bool:
    """Whether a file of this work did not arrive, as far as is known."""
    sent = (desk.work.outbox.by_key(f"{FILE}{of_work(work_id, number)}") for number in count(1))
    return any(one is not None and one.state in LOST for one in takewhile(lambda one: one is not None, sent))


def settled(desk: Desk, message: OutgoingMessage) -> None:
    """Hears of a file that is finished. What was made for one reader is not kept any longer: it may hold links that
    let people in. Whoever waits for a file that did not arrive is told."""
    desk.work.blobs.drop(message.params["digest"])
    if message.state not in LOST:
        return
    key = message.key.removeprefix(FILE).split(":")
    work_id = int(key[0]) if len(key) == 2 and key[0].isdecimal() else None
    may_be_there = message.state is DeliveryState.UNKNOWN
    there = replace(desk, cause=f"lost:{message.key}")  # else the notice would be taken for a file
    there.tell(message.chat_id, FileNotArrived(message.params["name"], work_id, may_be_there))


def send(desk: Desk, key: str, file: KeptFile, action: Action, about: Matter | None = None) -> None:
    """Puts the file into the outbox, for whoever sits at the desk; `key` names it among all files. It leaves only if
    they may have it then."""
    params: dict[str, Any] = {
        "name": file.name,
        "digest": file.digest,
        "is_photo": file.is_photo,
        "action": str(action),
        "about": None if about is None else [about.city, about.country, about.entered],
    }
    if file.caption is not None:
        screen = desk.renderer.render(file.caption, desk.person.language)
        shown = message_params(screen, screen.texts[0], desk.person.id, with_buttons=True)
        params |= {"caption": shown["text"], "parse_mode": shown["parse_mode"]}
        if "reply_markup" in shown:
            params["reply_markup"] = shown["reply_markup"]
    message = OutgoingMessage(f"{FILE}{key}", desk.person.id, WHEN_IT_LEAVES, params)
    desk.work.outbox.add(message, desk.now)


def whole(desk: Desk, digest: str) -> bytes | None:
    """What is kept under this digest; None where it is gone, or not what was put there."""
    try:
        return desk.work.blobs.get(digest)
    except ValueError:
        return None


def prepare(desk: Desk, message: OutgoingMessage) -> OutgoingMessage:
    """The message with the bytes of its file; finished where its reader may not have it any more, or it is gone."""
    kept = message.params
    person = someone(desk, message.chat_id)
    about = None if kept["about"] is None else Matter(*kept["about"])
    if person is None or not person_may(person, Action(kept["action"]), about):
        return replace(message, state=DeliveryState.SKIPPED, reason="not allowed any more")
    content = whole(desk, kept["digest"])
    if content is None:
        return replace(message, state=DeliveryState.FAILED, reason="the file is gone or damaged")
    method, field = ("sendPhoto", "photo") if kept["is_photo"] else ("sendDocument", "document")
    shown = {name: kept[name] for name in ("caption", "parse_mode", "reply_markup") if name in kept}
    file = {"name": kept["name"], "content": content}
    return replace(message, method=method, params={"chat_id": message.chat_id, field: file, **shown})
