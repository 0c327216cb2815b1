"""The doorway: takes one update through one service, and commits its whole effect in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from telegram import Chat, Message, Update

from bot.chat.commands import menu
from bot.chat.pace import Pace
from bot.chat.presses import PRESSES
from bot.chat.wire import TelegramWire
from bot.domain import buttons
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import UNSEEN, Action, ChatKind, Person, Purpose, Role, may
from bot.domain.ports import Clock, UnitOfWork, Writer
from bot.domain.views import NotAllowed, NotProcessed, OldButton, PrivateOnly, SetAside, SlowDown, View
from bot.services import questions, reception
from bot.services.desk import Desk
from bot.services.knowledge import KnowledgeSource
from bot.texts.renderer import Renderer

Service: TypeAlias = Callable[[Desk], View]

PURPOSES: dict[Purpose, Callable[[Desk, str], View]] = {
    Purpose.ANSWER: questions.write_answer,
    Purpose.SEND_ANSWER: questions.write_answer,
    Purpose.WRITE_BACK: questions.write_back,
    Purpose.QUESTION: questions.ask,
}


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
    pace: Pace = field(default_factory=Pace)


class Doorway:
    def __init__(self, house: House) -> None:
        self.house = house

    async def serve(
        self,
        update: Update,
        service: Service,
        action: Action = Action.READ,
        *,
        in_groups: bool = True,
        edit: int | None = None,
        awaited: Callable[[Desk], Service | None] = lambda desk: None,
    ) -> None:
        """Runs a service for whoever sent the update and puts its answer into the outbox, all of it in one
        transaction with the update's "done": an update that is done already has no effect again.

        `awaited` gives the service of a prompt, where the update is the answer to one."""
        chat, sender = update.effective_chat, update.effective_user
        if chat is None or sender is None:
            return
        hurried = self._is_hurried(update, sender.id, chat.id)

        def unit(work: UnitOfWork) -> None:
            if work.inbox.is_done(update.update_id):
                return
            now = self.house.clock.now()
            desk = self.desk(work, update)
            kind = ChatKind.PRIVATE if desk.private else ChatKind.GROUP
            role = desk.person.role
            view: View | None
            if (answered := awaited(desk)) is not None:
                view = answered(desk)
            elif hurried:
                may_be_told = desk.private and self.house.pace.may_be_told(sender.id, now.timestamp())
                view = SlowDown() if may_be_told else None
            elif not may(role, action):
                view = NotAllowed()
            elif not may(role, action, kind) or not (desk.private or in_groups):
                view = PrivateOnly()
            else:
                view = service(desk)
                _leave_prompt(desk)
            if view is not None:
                desk.show(view, chat.id, None if hurried else edit)
            work.inbox.done(update.update_id, now)

        await self.house.writer.run(unit)
        self.house.sent()

    def desk(self, work: UnitOfWork, update: Update) -> Desk:
        """The desk for whoever sent this update."""
        sender, chat, query = update.effective_user, update.effective_chat, update.callback_query
        assert sender is not None
        private = chat is None or chat.type == Chat.PRIVATE
        person = work.people.seen(
            sender.id, sender.language_code or "", self.house.clock.now(), private=private
        )
        if sender.id in self.house.admins:
            person = replace(person, role=Role.ADMIN)
        message = query.message if query is not None else update.effective_message
        in_topic = isinstance(message, Message) and message.is_topic_message
        desk = self._desk(work, person, f"u{update.update_id}")
        return replace(
            desk,
            private=private,
            message_id=None if message is None else message.message_id,
            thread_id=message.message_thread_id if in_topic and isinstance(message, Message) else None,
            commands=menu(desk.person.role if private else Role.VISITOR, private=private),
        )

    def _desk(self, work: UnitOfWork, person: Person, cause: str) -> Desk:
        house = self.house
        person = replace(person, language=person.language or house.renderer.language)
        return Desk(
            person, house.knowledge.current, work, house.clock.now(), house.renderer, house.admins, cause
        )

    def _is_hurried(self, update: Update, person_id: int, chat_id: int) -> bool:
        if update.callback_query is not None or update.effective_message is None:
            return self.house.pace.is_hurried((person_id, chat_id, True), self.house.clock.now().timestamp())
        message = update.effective_message
        written = message.edit_date or message.date
        pace, now = self.house.pace, self.house.clock.now().timestamp()
        # Hurried by Telegram's dates and by our clock: neither a backlog nor a date that stands still is a flood.
        by_date = pace.is_hurried((person_id, chat_id, False), written.timestamp())
        return by_date and pace.is_hurried((person_id, chat_id, True), now)

    async def text(self, update: Update, words: str) -> None:
        """Plain text: the answer to what was asked, where something was; else a lookup."""

        def awaited(desk: Desk) -> Service | None:
            expecting = desk.person.expecting
            if expecting is None or not desk.private or expecting.is_over(desk.now):
                return None
            run = PURPOSES.get(expecting.purpose)
            if update.edited_message is not None:
                # A correction of the answer that waits to be sent; of anything else, it is looked up.
                is_it = expecting.text and expecting.message_id == update.edited_message.message_id
                run = questions.write_answer if is_it else None
            action = Action.ASK_SECRETARIAT if expecting.purpose in UNSEEN else Action.ANSWER_QUESTIONS
            if run is None or not may(desk.person.role, action):
                return None
            return lambda desk: run(desk, words)

        await self.serve(update, lambda desk: reception.hear(desk, words), awaited=awaited)

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
            moment = asyncio.get_running_loop().time()
            if message is None or self.house.pace.is_second_tap(
                query.from_user.id, message.message_id, data, moment
            ):
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
        """Tells the admins of an update that is set aside, and its sender where there is one to tell."""
        press = raw.get("callback_query") or {}
        source = raw.get("message") or raw.get("edited_message") or press
        sender = source.get("from") or {}
        chat = source.get("chat") or (press.get("message") or {}).get("chat") or {}
        cause = f"dead{raw.get('update_id')}"
        nobody = self._desk(work, Person(0, ""), cause)
        nobody.tell_secretariat(SetAside(raw.get("update_id", 0), sender_knows="id" in sender))
        if "id" not in sender:
            return
        chat_id = chat.get("id", sender["id"])
        language = sender.get("language_code") or ""
        person = work.people.seen(sender["id"], language, nobody.now, private=chat_id == sender["id"])
        self._desk(work, person, cause).show(NotProcessed(), chat_id)

    def undelivered(self, work: UnitOfWork, message: OutgoingMessage) -> None:
        """Hears of a message that will never arrive; an answer to a question must not be lost unseen."""
        answer = questions.ANSWER_KEY.search(message.key)
        if answer is None:
            return
        question_id, answerer = (int(number) for number in answer.groups())
        person = work.people.get(answerer)
        if person is not None:
            # One cause for all parts of an answer, so that it is told once.
            cause = message.key.rpartition(":")[0]
            questions.undelivered(self._desk(work, person, f"{cause}:undelivered"), question_id)


def _leave_prompt(desk: Desk) -> None:
    """Whoever looks at something else has left the prompt: their next words must not go to people unseen."""
    asked = desk.person.expecting
    if asked is None or asked.purpose not in UNSEEN or not desk.private:
        return
    person = desk.work.people.get(desk.person.id)
    if person is not None and person.expecting == asked:
        desk.work.people.expect(desk.person.id, None)
