"""The application of python-telegram-bot: which update goes through which door."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from telegram import Chat, Message, MessageEntity, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackContext,
    CallbackQueryHandler,
    ChatMemberHandler,
    CommandHandler,
    InlineQueryHandler,
    MessageHandler,
    filters,
)

from bot.chat import profile
from bot.chat.commands import Command, all_commands, menu
from bot.chat.doorway import Doorway, House
from bot.chat.inline import results
from bot.domain.attachments import SentFile
from bot.domain.people import Action
from bot.domain.ports import StoredUpdate, UnitOfWork
from bot.domain.views import Unread
from bot.services import reception, team_groups
from bot.services.desk import Desk
from bot.services.links import GROUP_PREFIX

log = logging.getLogger(__name__)

Context = CallbackContext[Any, Any, Any, Any]
App = Application[Any, Any, Any, Any, Any, Any]

UNREAD = (
    (filters.Sticker.ALL, Unread.STICKER),
    (filters.VOICE | filters.AUDIO, Unread.VOICE),
    (filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION, Unread.VIDEO),
    (filters.LOCATION | filters.VENUE, Unread.PLACE),
    (filters.CONTACT, Unread.CONTACT),
    (filters.POLL, Unread.POLL),
)


def builder(token: str, api_url: str) -> ApplicationBuilder[Any, Any, Any, Any, Any, Any]:
    """What the application is built from; a test or an emulator may change it before it is built."""
    return (
        ApplicationBuilder()
        .token(token)
        .base_url(f"{api_url}/bot")
        .base_file_url(f"{api_url}/file/bot")
        .updater(None)
        .pool_timeout(10)
        .connection_pool_size(16)
    )


class FrontDoor:
    """Routes updates. Each is parsed alone; an error reaches the lane, which tries again or sets it aside."""

    def __init__(self, application: App, house: House) -> None:
        self.application = application
        self.doorway = Doorway(house)
        self.house = house
        self._errors: dict[int, Exception] = {}
        self._add_handlers()

    async def handle(self, stored: StoredUpdate) -> None:
        """Takes one stored update through its door. Raises what went wrong on the way."""
        update = Update.de_json(dict(stored.raw), self.application.bot)
        await self.application.process_update(update)
        error = self._errors.pop(update.update_id, None)
        if error is not None:
            raise error
        await self.doorway.finish(update.update_id)

    def _add_handlers(self) -> None:
        add = self.application.add_handler
        new = filters.UpdateType.MESSAGE & ~filters.VIA_BOT
        for command in all_commands().values():
            add(CommandHandler(command.name, self._command(command), filters=new))
        add(MessageHandler(new & filters.COMMAND, self._unknown_command))
        add(
            MessageHandler(
                (new | filters.UpdateType.EDITED_MESSAGE) & filters.TEXT & ~filters.COMMAND, self._text
            )
        )
        # An animation comes as a document, too; it is none.
        is_file = filters.PHOTO | (filters.Document.ALL & ~filters.ANIMATION)
        add(MessageHandler(new & filters.ChatType.PRIVATE & is_file, self._file))
        for wanted, what in UNREAD:
            add(MessageHandler(new & filters.ChatType.PRIVATE & wanted, self._unread(what)))
        add(
            MessageHandler(
                new & filters.ChatType.PRIVATE & ~filters.StatusUpdate.ALL, self._unread(Unread.OTHER)
            )
        )
        add(MessageHandler(filters.StatusUpdate.MIGRATE, self._became_supergroup))
        add(CallbackQueryHandler(self._press))
        add(InlineQueryHandler(self._inline))
        add(ChatMemberHandler(self._membership, ChatMemberHandler.MY_CHAT_MEMBER))
        self.application.add_error_handler(self._remember)

    def _command(self, command: Command) -> Any:
        async def run(update: Update, context: Context) -> None:
            words = " ".join(context.args or ())
            token = group_token(update, command.name, words)
            if token is not None:
                await self._link_group(update, token)
                return
            await self.doorway.serve(
                update, lambda desk: command.run(desk, words), command.action, in_groups=command.in_groups
            )
            # Telegram knows no chat with an admin before they begin one, and sets no menu for it.
            chat = update.effective_chat
            if command.name == "start" and chat is not None and chat.id in self.house.admins:
                await profile.publish_for_admin(self.house.wire, chat.id)

        return run

    async def _unknown_command(self, update: Update, context: Context) -> None:
        message = update.message
        if message is None or message.text is None:
            return
        name, _, addressee = message.text.split()[0][1:].partition("@")
        if message.chat.type != Chat.PRIVATE and addressee.lower() != context.bot.username.lower():
            return  # a command for another bot of the group
        await self.doorway.serve(
            update, lambda desk: reception.unknown_command(desk, f"/{name}", nearest_command(name, desk))
        )

    async def _text(self, update: Update, context: Context) -> None:
        message = update.effective_message
        if message is None or message.text is None:
            return
        if message.chat.type != Chat.PRIVATE and not is_for(message, context.bot.username, context.bot.id):
            return
        await self.doorway.text(update, without_mention(message, context.bot.username))

    def _unread(self, what: Unread) -> Any:
        async def run(update: Update, context: Context) -> None:
            await self.doorway.serve(update, lambda desk: reception.cannot_read(desk, what))

        return run

    async def _file(self, update: Update, context: Context) -> None:
        message = update.message
        if message is None:
            return
        what = Unread.PHOTO if message.photo else Unread.DOCUMENT
        await self.doorway.file(update, sent_file(message), message.caption or "", what)

    async def _press(self, update: Update, context: Context) -> None:
        await self.doorway.press(update)

    async def _inline(self, update: Update, context: Context) -> None:
        query = update.inline_query
        if query is None:
            return
        person = await self.house.writer.run(lambda work: work.people.get(query.from_user.id))
        said = person.language if person is not None else query.from_user.language_code
        language = said or self.house.renderer.language
        answer = results(self.house.knowledge.current, self.house.renderer, query.query, language)
        await self.house.wire.attempt(
            "answerInlineQuery",
            {"inline_query_id": query.id, "results": answer, "cache_time": 10, "is_personal": True},
        )

    async def _link_group(self, update: Update, token: str) -> None:
        """The link that takes the bot into a group was followed: there it says `/start` with a token."""
        chat = update.effective_chat
        if chat is not None:
            await self.doorway.serve(
                update, lambda desk: team_groups.link(desk, chat.id, token), Action.LINK_GROUP
            )

    async def _membership(self, update: Update, context: Context) -> None:
        change = update.my_chat_member
        if change is None:
            return
        gone = change.new_chat_member.status in (ChatMemberStatus.BANNED, ChatMemberStatus.LEFT)

        def unit(work: UnitOfWork) -> None:
            if change.chat.type != Chat.PRIVATE:
                team_groups.came_or_went(self.doorway.desk(work, update), change.chat.id, gone=gone)
                return
            work.people.seen(
                change.from_user.id, change.from_user.language_code or "", self.house.clock.now()
            )
            work.people.set_reachable(change.from_user.id, not gone)

        await self.house.writer.run(unit)
        self.house.sent()

    async def _became_supergroup(self, update: Update, context: Context) -> None:
        """A group has another id from now on; both chats tell it."""
        message = update.effective_message
        if message is None:
            return
        old = message.migrate_from_chat_id or message.chat.id
        new = message.migrate_to_chat_id or message.chat.id

        def unit(work: UnitOfWork) -> None:
            work.outbox.move(old, new)
            work.groups.set_reachable(new, True)

        await self.house.writer.run(unit)

    async def _remember(self, update: object, context: Context) -> None:
        if isinstance(update, Update) and isinstance(context.error, Exception):
            self._errors[update.update_id] = context.error


def group_token(update: Update, command: str, words: str) -> str | None:
    """The token of a link that takes the bot into a group, where this is what comes of following one."""
    chat = update.effective_chat
    is_link = command == "start" and words.startswith(GROUP_PREFIX)
    if chat is None or chat.type == Chat.PRIVATE or not is_link:
        return None
    return words.removeprefix(GROUP_PREFIX)


def is_for(message: Message, bot_name: str, bot_id: int) -> bool:
    """Whether a text in a group is for the bot: it names it, or replies to it."""
    reply = message.reply_to_message
    if reply is not None and reply.from_user is not None and reply.from_user.id == bot_id:
        return True
    return bool(_mentions(message, bot_name))


def sent_file(message: Message) -> SentFile:
    """The photo (in its largest size) or the document of a message."""
    if message.photo:
        photo = message.photo[-1]
        return SentFile(photo.file_id, photo.file_unique_id, None, "photo", photo.file_size, "image/jpeg")
    document = message.document
    assert document is not None
    return SentFile(
        document.file_id,
        document.file_unique_id,
        document.file_name,
        "document",
        document.file_size,
        document.mime_type,
    )


def without_mention(message: Message, bot_name: str) -> str:
    """The text of a message without the names by which it calls the bot."""
    text = (message.text or "").encode("utf-16-le")  # Telegram counts in its units
    for entity in sorted(_mentions(message, bot_name), key=lambda entity: -entity.offset):
        end = entity.offset + entity.length
        text = text[: 2 * entity.offset] + " ".encode("utf-16-le") + text[2 * end :]
    return text.decode("utf-16-le")


def _mentions(message: Message, bot_name: str) -> list[MessageEntity]:
    names: Mapping[MessageEntity, str] = message.parse_entities([MessageEntity.MENTION])
    return [entity for entity, name in names.items() if name.lower() == f"@{bot_name}".lower()]


def nearest_command(name: str, desk: Desk) -> str | None:
    """The command that somebody probably meant, of those that their menu shows."""
    from rapidfuzz import process

    found = process.extractOne(
        name.lower(), [listed for listed, _ in menu(desk.reads_as, private=desk.private)], score_cutoff=65
    )
    return f"/{found[0]}" if found else None
