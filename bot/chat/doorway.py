"""The doorway: takes one update through one service, and commits its whole effect in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from telegram import Chat, Update

from bot.chat.presses import PRESSES
from bot.chat.wire import TelegramWire
from bot.domain import buttons
from bot.domain.people import Action, ChatKind, Purpose, Role, may
from bot.domain.ports import Clock, UnitOfWork, Writer
from bot.domain.views import NotAllowed, NotProcessed, OldButton, PrivateOnly, SetAside, View
from bot.services import questions, reception
from bot.services.desk import Desk
from bot.services.knowledge import KnowledgeSource
from bot.texts.renderer import Renderer

log = logging.getLogger(__name__)

PURPOSES: dict[Purpose, Callable[[Desk, str], View]] = {
    Purpose.ANSWER: questions.write_answer,
    Purpose.SEND_ANSWER: questions.write_answer,
    Purpose.WRITE_BACK: questions.write_back,
    Purpose.QUESTION: questions.ask,
}
FOR_THE_SECRETARIAT = frozenset({Purpose.WRITE_BACK, Purpose.QUESTION})


@dataclass(frozen=True)
class House:
    """What the front door needs of the house. `sent` is called when there may be something to send."""

    writer: Writer
    knowledge: KnowledgeSource
    renderer: Renderer
    clock: Clock
    wire: TelegramWire
    admins: frozenset[int]
    sent: Callable[[], None]


class Doorway:
    def __init__(self, house: House) -> None:
        self.house = house
        # A second tap on the same button, right after the first, is one wish. Only comfort hangs on this.
        self._last_press: dict[int, tuple[int, str, float]] = {}

    async def serve(
        self,
        update: Update,
        service: Callable[[Desk], View | None],
        action: Action = Action.READ,
        *,
        in_groups: bool = True,
        edit: int | None = None,
    ) -> None:
        """Runs a service for whoever sent the update and puts its answer into the outbox, all of it in one
        transaction with the update's "done": an update that is done already has no effect again."""
        chat, sender = update.effective_chat, update.effective_user
        if chat is None or sender is None:
            return

        def unit(work: UnitOfWork) -> None:
            if work.inbox.is_done(update.update_id):
                return
            now = self.house.clock.now()
            desk = self.desk(work, update)
            kind = ChatKind.PRIVATE if desk.private else ChatKind.GROUP
            view: View | None
            if not may(desk.person.role, action):
                view = NotAllowed()
            elif not may(desk.person.role, action, kind) or not (desk.private or in_groups):
                view = PrivateOnly()
            else:
                view = service(desk)
            if view is not None:
                desk.show(view, chat.id, edit)
            work.inbox.done(update.update_id, now)

        await self.house.writer.run(unit)
        self.house.sent()

    def desk(self, work: UnitOfWork, update: Update) -> Desk:
        """The desk for whoever sent this update."""
        sender, chat = update.effective_user, update.effective_chat
        assert sender is not None
        now = self.house.clock.now()
        person = work.people.seen(sender.id, sender.language_code or "", now)
        desk = Desk(
            person=person,
            knowledge=self.house.knowledge.current,
            work=work,
            now=now,
            renderer=self.house.renderer,
            secretariat=self.house.admins,
            cause=f"u{update.update_id}",
            private=chat is None or chat.type == Chat.PRIVATE,
        )
        return desk.with_person(role=Role.ADMIN) if sender.id in self.house.admins else desk

    async def text(self, update: Update, words: str) -> None:
        """Plain text: the answer to what was asked, where something was; else a lookup."""

        def service(desk: Desk) -> View:
            expecting = desk.person.expecting
            if expecting is None or expecting.purpose is Purpose.SEARCH or not desk.private:
                return reception.hear(desk, words)
            if update.edited_message is not None and expecting.purpose is not Purpose.SEND_ANSWER:
                return reception.hear(desk, words)  # a correction of something written before the prompt
            run = PURPOSES[expecting.purpose]
            asks = expecting.purpose in FOR_THE_SECRETARIAT
            action = Action.ASK_SECRETARIAT if asks else Action.ANSWER_QUESTIONS
            if not may(desk.person.role, action):
                desk.work.people.expect(desk.person.id, None)
                return reception.hear(desk, words)
            return run(desk, words)

        await self.serve(update, service)

    async def press(self, update: Update) -> None:
        """A button: who presses is asked for their rights anew, whatever the button once was."""
        query = update.callback_query
        assert query is not None
        toast = asyncio.create_task(
            self.house.wire.attempt("answerCallbackQuery", {"callback_query_id": query.id})
        )
        try:
            data = query.data or ""
            button = buttons.unpack(data)
            message = query.message
            if message is None or self._is_second_tap(query.from_user.id, message.message_id, data):
                return
            if button is None:
                await self.serve(update, lambda desk: OldButton())
                return
            press = PRESSES[type(button)]
            # An inaccessible message (too old for Telegram) has no text to take the place of.
            edit = message.message_id if press.in_place and message.is_accessible else None
            await self.serve(update, lambda desk: press.run(desk, button), press.action, edit=edit)
        finally:
            await toast

    async def finish(self, update_id: int) -> None:
        """Marks an update done that no service answered."""

        def unit(work: UnitOfWork) -> None:
            if not work.inbox.is_done(update_id):
                work.inbox.done(update_id, self.house.clock.now())

        await self.house.writer.run(unit)

    def apologise(self, work: UnitOfWork, raw: Any) -> None:
        """Tells the sender of an update that is set aside, where there is one to tell."""
        source = raw.get("message") or raw.get("edited_message") or raw.get("callback_query") or {}
        sender = source.get("from") or {}
        if not sender.get("id"):
            return
        now = self.house.clock.now()
        person = work.people.seen(sender["id"], sender.get("language_code") or "", now)
        desk = Desk(
            person,
            self.house.knowledge.current,
            work,
            now,
            self.house.renderer,
            self.house.admins,
            cause=f"dead{raw.get('update_id')}",
        )
        desk.show(NotProcessed(), person.id)
        desk.tell_secretariat(SetAside(raw.get("update_id", 0)))

    def _is_second_tap(self, person_id: int, message_id: int, data: str) -> bool:
        moment = asyncio.get_running_loop().time()
        before = self._last_press.get(person_id)
        self._last_press[person_id] = (message_id, data, moment)
        return (
            before is not None
            and before[:2] == (message_id, data)
            and moment - before[2] < SECOND_TAP_SECONDS
        )


SECOND_TAP_SECONDS = 0.7
