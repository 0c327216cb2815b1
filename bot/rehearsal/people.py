"""People on the stage: what somebody with a Telegram client can do, and what they then see."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

from bot.rehearsal.model import Chat, ChatType, Json, Message, Person
from bot.rehearsal.parameters import as_content
from bot.rehearsal.telegram_html import trimmed, with_detected
from bot.rehearsal.world import BotState, Event, Query, World

MOST_UNHEARD = 200
"""How many messages a player keeps that nobody has asked for with `hear`."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group on the stage."""

    world: World
    bot: BotState
    chat: Chat

    @property
    def id(self) -> int:
        return self.chat.id

    def messages(self) -> list[Message]:
        """What can be seen in the group, oldest first."""
        return list(self.chat.messages.values())

    async def remove_bot(self) -> None:
        """Somebody throws the bot out."""
        change_membership(self.world, self.bot, self.chat, next(iter(self.chat.members.values())), "kicked")

    async def add_bot(self) -> None:
        """Somebody takes the bot in."""
        change_membership(self.world, self.bot, self.chat, next(iter(self.chat.members.values())), "member")

    async def become_supergroup(self, new_id: int) -> Group:
        """The group is upgraded: it gets a new id, and the bot is told in both."""
        new = Chat(new_id, ChatType.SUPERGROUP, self.chat.title, members=self.chat.members, opened=True)
        self.bot.chats[new_id] = new
        who = next(iter(self.chat.members.values()))
        old_notice = self.world.post(self.bot, self.chat, who.as_json(), {"migrate_to_chat_id": new_id})
        self.bot.queue.add("message", old_notice.as_json(), f"chat {self.chat.id}")
        new_notice = self.world.post(self.bot, new, who.as_json(), {"migrate_from_chat_id": self.chat.id})
        self.bot.queue.add("message", new_notice.as_json(), f"chat {new_id}")
        self.chat.migrated_to = new_id
        return Group(self.world, self.bot, new)


def make_group(
    world: World,
    bot: BotState,
    chat_id: int,
    title: str,
    members: Iterable[Person],
    *,
    with_bot: bool = True,
) -> Group:
    """A group; ids from -100 on make supergroups. The bot is in it (and is told that it joined), or not yet."""
    kind = ChatType.SUPERGROUP if str(chat_id).startswith("-100") else ChatType.GROUP
    chat = Chat(chat_id, kind, title, members={person.id: person for person in members}, bot_status="left")
    bot.chats[chat_id] = chat
    if with_bot:
        change_membership(world, bot, chat, next(iter(chat.members.values())), "member")
    return Group(world, bot, chat)


def change_membership(world: World, bot: BotState, chat: Chat, who: Person, status: str) -> None:
    """The bot is blocked, thrown out, unblocked or taken in (`kicked` or `member`) by somebody."""
    before, chat.bot_status = chat.bot_status, status
    chat.opened = True
    if before == status:
        return

    def member(named: str) -> Json:
        return {"user": bot.account.as_json(), "status": named} | (
            {"until_date": 0} if named == "kicked" else {}
        )

    change = {
        "chat": chat.as_json(),
        "from": who.as_json(),
        "date": int(world.now()),
        "old_chat_member": member(before),
        "new_chat_member": member(status),
    }
    bot.queue.add("my_chat_member", change, f"chat {chat.id}")
    world.tell("membership", bot, chat, {"status": status})


class Player:
    """A person in front of their own chat with a bot, in the world that the bot sees too."""

    def __init__(self, world: World, bot: BotState, person: Person) -> None:
        self.world, self.bot, self.person = world, bot, person
        self.chat = world.private_chat(bot, person)
        self._unheard: deque[Message] = deque(maxlen=MOST_UNHEARD)
        self._news = asyncio.Event()
        world.watch(self._see)

    def messages(self) -> list[Message]:
        """What can be seen in the private chat, oldest first."""
        return list(self.chat.messages.values())

    async def hear(self, within: float = 5.0) -> Message:
        """The next message of the bot, new or edited, that was not heard before, as it is now.

        TimeoutError when none comes within so many seconds.
        """
        while not self._unheard:
            self._news.clear()
            await asyncio.wait_for(self._news.wait(), within)
        return self._unheard.popleft()

    async def say(self, text: str, chat: Group | None = None, reply_to: int | None = None) -> Message:
        """Write a text. In the private chat this unblocks the bot, as pressing Start does."""
        return self._write(as_content("text", with_detected(trimmed(text, []))), chat, reply_to)

    async def start(self, payload: str = "") -> Message:
        """Open the bot by its Start button or by a deep link with this payload."""
        return await self.say(f"/start {payload}".rstrip())

    async def start_in(self, group: Group, payload: str = "") -> Message:
        """Open a link of the bot into a group (`https://t.me/<bot>?startgroup=x`) and choose this one: the bot is
        taken in, where it is not there yet, and hears the payload there."""
        if group.chat.bot_status != "member":
            change_membership(self.world, self.bot, group.chat, self.person, "member")
        return await self.say(f"/start@{self.bot.account.username} {payload}".rstrip(), chat=group)

    async def edit(self, message_id: int, text: str, chat: Group | None = None) -> Message:
        """Change an own message."""
        message = (chat.chat if chat else self.chat).messages[message_id]
        content = as_content("text", with_detected(trimmed(text, [])))
        self.world.change(self.bot, message, content, message.reply_markup)
        self.bot.queue.add("edited_message", message.as_json(), f"chat {message.chat.id}")
        return message

    async def press(
        self, button: str, message_id: int | None = None, chat: Group | None = None
    ) -> Query | None:
        """Press a button, named by its label or its data, on a message or else on the newest that has it.

        A link to the bot itself is opened, and gives None. LookupError where there is no such button, or none
        that a bot hears of.
        """
        place = chat.chat if chat else self.chat
        candidates = place.newest_first() if message_id is None else [place.messages[message_id]]
        for message in candidates:
            for found in message.buttons:
                if button in {found["text"], found.get("callback_data")}:
                    return await self._press(message, found)
        raise LookupError(f"no button {button!r}")

    async def press_data(self, data: str, message_id: int, chat: Group | None = None) -> Query:
        """Press a button that may not be there any more: it was, when the screen was drawn.

        The message may be deleted too; the bot is then told of a message that it cannot see.
        """
        place = chat.chat if chat else self.chat
        message = place.messages.get(message_id)
        gone: Json = {"chat": place.as_json(), "message_id": message_id, "date": 0}
        return self._ask_press(data, message, gone if message is None else message.as_json())

    async def inline(self, words: str, offset: str = "") -> Query:
        """Type `@bot words` in some chat; the answer holds the results."""
        query = self.world.ask(self.bot, self.person, words, None)
        payload = {"id": query.id, "from": self.person.as_json(), "query": words, "offset": offset}
        self.bot.queue.add("inline_query", payload | {"chat_type": "sender"}, f"inline {self.person.id}")
        return query

    async def choose(self, query: Query, result_id: str, chat: Group | None = None) -> Message:
        """Post one of the results of an inline query, in the private chat or in a group.

        LookupError where the answer has no such result.
        """
        results = (query.answer or {}).get("results", [])
        result = next((result for result in results if str(result["id"]) == result_id), None)
        if result is None:
            raise LookupError(f"no result {result_id!r}")
        message = self._write(
            result["content"], chat, None, result["markup"], {"via_bot": self.bot.account.as_json()}
        )
        chosen: Json = {"result_id": result_id, "from": self.person.as_json(), "query": query.text}
        if result["markup"]:
            message.inline_message_id = self.world.new_id("inline")
            self.bot.inline_messages[message.inline_message_id] = message
            chosen["inline_message_id"] = message.inline_message_id
        self.bot.queue.add("chosen_inline_result", chosen, f"inline {self.person.id}")
        return message

    async def send_sticker(self, emoji: str = "👍") -> Message:
        file = self.world.keep_file(self.bot, "sticker.webp", b"RIFF", "image/webp").as_json()
        shape = {"type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        return self._write({"sticker": file | shape | {"emoji": emoji}}, None, None)

    async def send_voice(self, seconds: int = 3) -> Message:
        file = self.world.keep_file(self.bot, "voice.ogg", b"OggS", "audio/ogg").as_json()
        return self._write({"voice": file | {"duration": seconds, "mime_type": "audio/ogg"}}, None, None)

    async def send_location(self, latitude: float = -7.2575, longitude: float = 112.7521) -> Message:
        return self._write({"location": {"latitude": latitude, "longitude": longitude}}, None, None)

    async def send_contact(self, phone_number: str = "+62 31 555 0100") -> Message:
        contact = {
            "phone_number": phone_number,
            "first_name": self.person.first_name,
            "user_id": self.person.id,
        }
        return self._write({"contact": contact}, None, None)

    async def send_poll(self, question: str = "?", options: Iterable[str] = ("1", "2")) -> Message:
        poll = {
            "id": self.world.new_id("poll"),
            "question": question,
            "options": [
                {"persistent_id": str(i), "text": o, "voter_count": 0} for i, o in enumerate(options)
            ],
            "total_voter_count": 0,
            "is_closed": False,
            "is_anonymous": True,
            "type": "regular",
            "allows_multiple_answers": False,
            "allows_revoting": True,
            "members_only": False,
        }
        return self._write({"poll": poll}, None, None)

    async def send_photo(self, content: bytes = b"\xff\xd8\xff", caption: str = "") -> Message:
        file = self.world.keep_file(self.bot, "photo.jpg", content, "image/jpeg").as_json()
        media = {"photo": [file | {"width": 1280, "height": 960}]}
        return self._write(
            media | (as_content("caption", trimmed(caption, [])) if caption else {}), None, None
        )

    async def send_document(
        self,
        name: str = "notes.txt",
        content: bytes = b"-",
        caption: str = "",
        content_type: str = "application/octet-stream",
    ) -> Message:
        kept = self.world.keep_file(self.bot, name, content, content_type)
        document = kept.as_json() | {"file_name": name, "mime_type": kept.content_type}
        said = as_content("caption", trimmed(caption, [])) if caption else {}
        return self._write({"document": document} | said, None, None)

    async def block(self) -> None:
        """Stop the bot; it is told so, and may not write any more."""
        change_membership(self.world, self.bot, self.chat, self.person, "kicked")

    async def unblock(self) -> None:
        """Take the bot back; it is told so."""
        change_membership(self.world, self.bot, self.chat, self.person, "member")

    async def _press(self, message: Message, button: Json) -> Query | None:
        if "callback_data" in button:
            return self._ask_press(str(button["callback_data"]), message, message.as_json())
        payload = start_payload(str(button.get("url", "")), self.bot.account.username)
        if payload is None:
            raise LookupError(f"the button {button['text']!r} is not one that a bot hears of")
        await self.start(payload)
        return None

    def _ask_press(self, data: str, message: Message | None, shown: Json) -> Query:
        query = self.world.ask(self.bot, self.person, data, message)
        payload: Json = {"id": query.id, "from": self.person.as_json(), "chat_instance": str(self.chat.id)}
        if message is not None and message.inline_message_id:
            payload["inline_message_id"] = message.inline_message_id
        else:
            payload["message"] = shown
        self.bot.queue.add("callback_query", payload | {"data": data}, f"callbacks {self.person.id}")
        return query

    def _write(
        self,
        content: Json,
        group: Group | None,
        reply_to: int | None,
        markup: Json | None = None,
        extra: Json | None = None,
    ) -> Message:
        chat = group.chat if group else self.chat
        if group is None and chat.bot_status == "kicked":
            change_membership(self.world, self.bot, chat, self.person, "member")
        chat.opened = True
        answered = chat.messages.get(reply_to) if reply_to is not None else None
        message = self.world.post(
            self.bot,
            chat,
            self.person.as_json(),
            content,
            reply_markup=markup,
            reply_to=answered,
            extra=extra,
        )
        if group is None or self._is_for_bot(message):
            self.bot.queue.add("message", message.as_json(), f"chat {chat.id}")
        return message

    def _is_for_bot(self, message: Message) -> bool:
        """Privacy mode: in groups a bot sees commands, mentions, answers to it and its inline results."""
        name = f"@{self.bot.account.username}".lower()
        answered = message.reply_to is not None and message.reply_to.sender["id"] == self.bot.account.id
        text = message.text.lower()
        command = text.split(maxsplit=1)[0] if text.startswith("/") else ""
        for_me = bool(command) and ("@" not in command or command.endswith(name))
        here = message.chat.bot_status == "member"
        return here and (answered or for_me or name in text or "via_bot" in message.extra)

    def _see(self, event: Event) -> None:
        if event.kind not in {"message", "edited"} or event.chat_id != self.chat.id:
            return
        message = self.chat.messages.get(event.data["message_id"])
        if event.bot_id == self.bot.account.id and message is not None and message.from_bot:
            self._unheard.append(message)
            self._news.set()


def start_payload(url: str, username: str) -> str | None:
    """The payload of a deep link to this bot (`https://t.me/<bot>?start=x`), "" without one; else None."""
    parts = urlsplit(url)
    if parts.netloc not in {"t.me", "telegram.me"} or parts.path.strip("/").lower() != username.lower():
        return None
    return parse_qs(parts.query).get("start", [""])[0]
