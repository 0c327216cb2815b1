"""The world that the emulator keeps in memory: bots, people, their chats, and who watches what happens."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.rehearsal.faults import FaultPlan
from bot.rehearsal.model import (
    BotAccount,
    Chat,
    ChatType,
    Json,
    Message,
    Person,
    StoredFile,
    bad_request,
)
from bot.rehearsal.rates import RateModel
from bot.rehearsal.updates import UpdateQueue

FIRST_UPDATE_ID = 500_001


@dataclass(frozen=True, slots=True)
class Event:
    """Something that a person in a chat could see, as it happens."""

    kind: str
    """`message`, `edited`, `deleted`, `typing`, `callback_answer`, `commands` or `membership`."""
    bot_id: int
    chat_id: int | None
    data: Json


@dataclass(slots=True)
class Query:
    """A button press or an inline query that waits for the bot's answer."""

    id: str
    person: Person
    made: float
    message: Message | None = None
    text: str = ""
    """The callback data, or the words of an inline query."""
    answer: Json | None = None
    _done: asyncio.Event = field(default_factory=asyncio.Event)

    def settle(self, answer: Json) -> None:
        self.answer = answer
        self._done.set()

    async def answered(self, within: float = 5.0) -> Json:
        """The bot's answer. TimeoutError when none came within so many seconds."""
        await asyncio.wait_for(self._done.wait(), within)
        assert self.answer is not None
        return self.answer


@dataclass(slots=True)
class Webhook:
    url: str
    secret: str | None = None
    max_connections: int = 40
    last_error: str | None = None
    last_error_date: int | None = None


@dataclass(slots=True)
class BotState:
    """Everything that Telegram keeps for one bot."""

    account: BotAccount
    queue: UpdateQueue
    chats: dict[int, Chat] = field(default_factory=dict)
    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    """Lists of commands by scope (as JSON text) and language, "" for every language."""
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)
    """Texts by name (`description`, `short_description`) and language."""
    menu_buttons: dict[int | None, Json] = field(default_factory=dict)
    files: dict[str, StoredFile] = field(default_factory=dict)
    queries: dict[str, Query] = field(default_factory=dict)
    inline_messages: dict[str, Message] = field(default_factory=dict)
    webhook: Webhook | None = None
    last_message_id: int = 0
    poll: int = 0
    """Counts getUpdates calls: a newer one ends an older one that still waits."""

    def chat(self, chat_id: object) -> Chat:
        """The chat with this id or @name. ApiError where there is none, or the bot may not write there."""
        chat = self.find_chat(chat_id)
        if chat is None:
            raise bad_request("chat_id is empty" if chat_id in {None, ""} else "chat not found")
        chat.refuse_if_unreachable()
        return chat

    def find_chat(self, chat_id: object) -> Chat | None:
        named = str(chat_id)
        if named.startswith("@"):
            people = (chat for chat in self.chats.values() if chat.person is not None)
            return next((c for c in people if c.person and c.person.username == named[1:]), None)
        return self.chats.get(int(named)) if named.lstrip("-").isdigit() else None

    def file(self, file_id: str) -> StoredFile:
        if file_id not in self.files:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self.files[file_id]


class World:
    """All bots and people of one emulator. `now` is a clock in Unix seconds."""

    def __init__(self, now: Callable[[], float], callback_seconds: float, seed: int = 0) -> None:
        self.now = now
        self.callback_seconds = callback_seconds
        self.people: dict[int, Person] = {}
        self.bots: dict[str, BotState] = {}
        self.faults = FaultPlan(seed)
        self.rates = RateModel(now)
        self._watchers: list[Callable[[Event], None]] = []
        self._ids = itertools.count(1)

    def add_bot(self, account: BotAccount) -> BotState:
        state = BotState(account, UpdateQueue(self.now, FIRST_UPDATE_ID))
        self.bots[account.token] = state
        return state

    def person(self, person_id: int, first_name: str, language: str | None) -> Person:
        """The person with this id, with the name and language they have now."""
        person = self.people.setdefault(person_id, Person(person_id, first_name, language))
        person.first_name, person.language = first_name, language
        return person

    def private_chat(self, bot: BotState, person: Person) -> Chat:
        return bot.chats.setdefault(person.id, Chat(person.id, ChatType.PRIVATE, person=person))

    def new_id(self, prefix: str = "") -> str:
        return f"{prefix}{next(self._ids)}"

    def watch(self, watcher: Callable[[Event], None]) -> Callable[[], None]:
        """Call `watcher` for every event from now on, until the function that is returned is called."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def tell(self, kind: str, bot: BotState, chat: Chat | None, data: Json) -> None:
        event = Event(kind, bot.account.id, chat.id if chat else None, data)
        for watcher in list(self._watchers):
            watcher(event)

    def post(
        self,
        bot: BotState,
        chat: Chat,
        sender: Json,
        content: Json,
        *,
        reply_markup: Json | None = None,
        reply_to: Message | None = None,
        extra: Json | None = None,
    ) -> Message:
        """A new message in a chat, seen by everybody who watches."""
        message = Message(
            self._next_message_id(bot, chat),
            chat,
            sender,
            int(self.now()),
            content,
            reply_markup=reply_markup,
            reply_to=reply_to,
            extra=extra or {},
        )
        chat.messages[message.id] = message
        chat.typing_until = 0.0
        self.tell("message", bot, chat, message.as_json())
        return message

    def change(self, bot: BotState, message: Message, content: Json, reply_markup: Json | None) -> None:
        """Edit a message in place."""
        message.content, message.reply_markup = content, reply_markup
        message.edit_date = int(self.now())
        self.tell("edited", bot, message.chat, message.as_json())

    def remove(self, bot: BotState, message: Message) -> None:
        del message.chat.messages[message.id]
        self.tell("deleted", bot, message.chat, {"message_id": message.id})

    def keep_file(self, bot: BotState, name: str, content: bytes, content_type: str) -> StoredFile:
        file = StoredFile(self.new_id("AgACfile"), name, content, content_type)
        bot.files[file.id] = file
        return file

    def ask(self, bot: BotState, person: Person, text: str, message: Message | None) -> Query:
        """A press or inline query of a person, waiting for its answer."""
        query = Query(self.new_id(str(person.id)), person, self.now(), message, text)
        bot.queries[query.id] = query
        return query

    def open_query(self, bot: BotState, query_id: str) -> Query:
        """The query, if it may still be answered. ApiError where it is unknown, too old or answered."""
        query = bot.queries.get(query_id)
        if query is None or query.answer is not None or self.now() - query.made > self.callback_seconds:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        return query

    @staticmethod
    def _next_message_id(bot: BotState, chat: Chat) -> int:
        """Supergroups count their own messages; private chats and groups of a bot share one count."""
        counted = chat if chat.type is ChatType.SUPERGROUP else bot
        counted.last_message_id += 1
        return counted.last_message_id
