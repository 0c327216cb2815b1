"""The doorway: takes one update through one service, and commits its whole effect in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, TypeAlias

from telegram import Chat, Message, Update

from bot.chat.commands import menu, start
from bot.chat.formatted import formatted
from bot.chat.pace import Pace
from bot.chat.press import of_draft
from bot.chat.presses import PRESSES, PURPOSES
from bot.chat.wire import TelegramWire
from bot.domain import buttons
from bot.domain.attachments import SentFile
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import (
    NETWORK,
    UNSEEN,
    Action,
    ChatKind,
    Matter,
    Person,
    Purpose,
    person_may,
    with_admin_rights,
)
from bot.domain.ports import Clock, UnitOfWork, Writer
from bot.domain.views import (
    NotAllowed,
    NotProcessed,
    OldButton,
    PrivateOnly,
    SetAside,
    SlowDown,
    Unread,
    View,
)
from bot.services import links, questions, reception
from bot.services.composing import writing
from bot.services.desk import Desk
from bot.services.dialog import answering, files
from bot.services.dialog.way_back import way_back
from bot.services.importing import receiving
from bot.services.knowledge import KnowledgeSource
from bot.texts.renderer import Renderer

Service: TypeAlias = Callable[[Desk], View | None]
About: TypeAlias = Callable[[Desk], Matter | None]
Allowed: TypeAlias = "tuple[Service, Action, About | None]"
"""A service with the right that it needs and the object that it is about."""
FILES: Mapping[Purpose, Callable[[Desk, SentFile, str], View | None]] = {
    Purpose.REPORT: files.file_sent,
    Purpose.HANDED: files.file_sent,
    Purpose.ANNOUNCE_TEXT: writing.file_sent,
    Purpose.ANNOUNCE_FILE: writing.file_sent,
}
"""Who takes the photos and documents that come, with their captions, while something is asked for."""


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
    file_came: Callable[[], None] = lambda: None
    """Called when there may be a file to fetch."""
    zone: str = "UTC"
    """The office's own time zone."""


class Doorway:
    def __init__(self, house: House) -> None:
        self.house = house

    async def serve(
        self,
        update: Update,
        service: Service,
        action: Action = Action.READ,
        *,
        about: About | None = None,
        in_groups: bool = True,
        edit: int | None = None,
        awaited: Callable[[Desk], Allowed | None] = lambda desk: None,
    ) -> None:
        """Runs a service for whoever sent the update and puts its answer into the outbox, all of it in one
        transaction with the update's "done": an update that is done already has no effect again.

        `about` gives the object of the action. `awaited` gives the service of a prompt, where the update is the
        answer to one."""
        chat, sender = update.effective_chat, update.effective_user
        if chat is None or sender is None:
            return
        hurried = self._is_hurried(update, sender.id, chat.id)

        def unit(work: UnitOfWork) -> None:
            if work.inbox.is_done(update.update_id):
                return
            now = self.house.clock.now()
            desk = self.desk(work, update)
            answered = awaited(desk)
            run, needed, object_of = answered or (service, action, about)
            view: View | None
            if hurried and answered is None:
                may_be_told = desk.private and self.house.pace.may_be_told(sender.id, now.timestamp())
                view = SlowDown() if may_be_told else None
            else:
                view = refusal(desk, needed, object_of, in_groups=in_groups) or run(desk)
                if answered is None and isinstance(view, View):
                    _leave_prompt(desk)
            if view is not None:
                is_hurry = hurried and answered is None
                desk.show(view, chat.id, None if is_hurry else edit, way_back(desk, view))
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
        message = query.message if query is not None else update.effective_message
        written = message if query is None and isinstance(message, Message) else None
        in_topic = isinstance(message, Message) and message.is_topic_message
        desk = self._desk(work, person, f"u{update.update_id}")
        return replace(
            desk,
            private=private,
            message_id=None if message is None else message.message_id,
            said_at=None if written is None else written.edit_date or written.date,
            thread_id=message.message_thread_id if in_topic and isinstance(message, Message) else None,
            waits_behind=work.inbox.more_in_lane(update.update_id),
            menu=partial(menu, private=private),
            formatted=None if written is None else formatted(written),
        )

    def desk_of_nobody(self, work: UnitOfWork, cause: str) -> Desk:
        """The desk at which the house works by itself."""
        return self._desk(work, Person(0, ""), cause)

    def _desk(self, work: UnitOfWork, person: Person, cause: str) -> Desk:
        house = self.house
        person = replace(person, language=person.language or house.renderer.language)
        if person.id in house.admins:
            person = with_admin_rights(person)
        return Desk(
            person,
            house.knowledge.current,
            work,
            house.clock.now(),
            house.renderer,
            house.admins,
            cause,
            zone=house.zone,
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
        """Plain text: the answer to what was asked, where something was; else a lookup. An edited message
        corrects what was said in it. A link to this bot that is pasted does what tapping it does."""
        edited = update.edited_message is not None
        private = update.effective_chat is not None and update.effective_chat.type == Chat.PRIVATE
        link = links.pasted(words, self.house.renderer.bot_name) if private and not edited else None

        def awaited(desk: Desk) -> Allowed | None:
            expecting = desk.person.expecting
            if not desk.private:
                return None
            if edited:
                return self._correction(desk, words)
            if link is not None and link[1]:
                return None
            if expecting is None or expecting.is_over(desk.now):
                return None
            purpose = PURPOSES.get(expecting.purpose)
            if purpose is None or refusal(desk, purpose.action, purpose.about) is not None:
                # What they were asked for is not theirs any more: their words are a lookup.
                return None
            return (lambda desk: purpose.run(desk, words)), purpose.action, purpose.about

        def heard(desk: Desk) -> View:
            return reception.hear(desk, words) if link is None else start.run(desk, link[0])

        await self.serve(update, heard, awaited=awaited)

    def _correction(self, desk: Desk, words: str) -> Allowed | None:
        """What an edited message corrects: the answer that waits to be sent, the text of an announcement, or one of
        the answers of a draft."""
        expecting = desk.person.expecting
        if expecting is not None and expecting.text and expecting.message_id == desk.message_id:
            purpose = PURPOSES.get(expecting.purpose)
            if purpose is not None and purpose.run is questions.write_answer:
                return (lambda desk: questions.write_answer(desk, words)), purpose.action, purpose.about
        if writing.is_corrected(desk):
            return (lambda desk: writing.correct_text(desk, words)), Action.ANNOUNCE, None
        draft = answering.answered_in(desk)
        if draft is None:
            return None
        return (
            (lambda desk: answering.corrected(desk, words)),
            Action.REPORT,
            lambda desk: of_draft(desk, draft.id),
        )

    async def file(self, update: Update, sent: SentFile, caption: str, what: Unread) -> None:
        """A photo or document: evidence, while a report is filled in; a part of an announcement that is written; a
        table to bring in."""

        def awaited(desk: Desk) -> Allowed | None:
            expecting = desk.person.expecting
            keep = FILES.get(expecting.purpose) if expecting is not None else None
            if expecting is not None and keep is not None:
                purpose = PURPOSES[expecting.purpose]
                return (lambda desk: keep(desk, sent, caption)), purpose.action, purpose.about
            if receiving.is_table(sent) and receiving.is_free(desk) and receiving.may_bring_in(desk):
                return (lambda desk: receiving.sent(desk, sent)), Action.IMPORT, lambda desk: NETWORK
            return None

        await self.serve(update, lambda desk: reception.cannot_read(desk, what), awaited=awaited)
        self.house.file_came()

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
            object_of = press.about
            await self.serve(
                update,
                lambda desk: press.run(desk, button),
                press.action,
                about=None if object_of is None else lambda desk: object_of(desk, button),
                in_groups=press.in_groups,
                edit=edit,
            )
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
        nobody = self.desk_of_nobody(work, cause)
        nobody.tell_office(SetAside(raw.get("update_id", 0), sender_knows="id" in sender))
        if "id" not in sender:
            return
        chat_id = chat.get("id", sender["id"])
        language = sender.get("language_code") or ""
        person = work.people.seen(sender["id"], language, nobody.now, private=chat_id == sender["id"])
        expecting = person.expecting if chat_id == sender["id"] else None
        draft_id = expecting.object_id if expecting and expecting.purpose is Purpose.REPORT else None
        self._desk(work, person, cause).show(NotProcessed(draft_id), chat_id)

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


def refusal(desk: Desk, action: Action, about: About | None, *, in_groups: bool = True) -> View | None:
    """Why this person may not do this here, where they may not. Whoever may not see a thing is told the same as
    where it does not exist."""
    matter = about(desk) if about is not None else None
    if about is not None and matter is None:
        return NotAllowed()
    if not person_may(desk.person, action, matter, ChatKind.PRIVATE):
        return NotAllowed()
    if desk.private:
        return None
    fits_a_group = in_groups and person_may(desk.person, action, matter, ChatKind.GROUP)
    return None if fits_a_group else PrivateOnly()


def _leave_prompt(desk: Desk) -> None:
    """Whoever looks at something else has left the prompt: their next words must not go to people unseen."""
    asked = desk.person.expecting
    if asked is None or asked.purpose not in UNSEEN or not desk.private:
        return
    person = desk.work.people.get(desk.person.id)
    if person is not None and person.expecting == asked:
        desk.work.people.expect(desk.person.id, None)
