"""What a Telegram server keeps: people, chats, messages, files. `as_json` gives the shapes of the Bot API."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, TypeAlias

Json: TypeAlias = dict[str, Any]


class ApiError(Exception):
    """An answer of the Bot API that says no: its code, its sentence, its parameters."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def as_json(self) -> Json:
        answer: Json = {"ok": False, "error_code": self.code, "description": self.description}
        return answer | ({"parameters": self.parameters} if self.parameters else {})


def bad_request(sentence: str) -> ApiError:
    return ApiError(400, f"Bad Request: {sentence}")


def forbidden(sentence: str) -> ApiError:
    return ApiError(403, f"Forbidden: {sentence}")


class ChatType(StrEnum):
    PRIVATE = "private"
    GROUP = "group"
    SUPERGROUP = "supergroup"


@dataclass(frozen=True, slots=True)
class BotAccount:
    """A bot as BotFather made it."""

    token: str
    username: str = "focal_rehearsal_bot"
    first_name: str = "Focal"

    @property
    def id(self) -> int:
        return int(self.token.split(":")[0])

    def as_json(self) -> Json:
        return {"id": self.id, "is_bot": True, "first_name": self.first_name, "username": self.username}


@dataclass(slots=True)
class Person:
    """An account of Telegram. `language` is the client's, which Telegram tells bots, or None."""

    id: int
    first_name: str
    language: str | None = "en"
    last_name: str | None = None
    username: str | None = None
    deactivated: bool = False

    def as_json(self) -> Json:
        shape: Json = {"id": self.id, "is_bot": False, "first_name": self.first_name}
        shape |= {"last_name": self.last_name} if self.last_name else {}
        shape |= {"username": self.username} if self.username else {}
        return shape | ({"language_code": self.language} if self.language else {})


@dataclass(slots=True)
class StoredFile:
    """A file that was sent. Its id stays the same for as long as the bot lives."""

    id: str
    name: str
    content: bytes
    content_type: str

    def as_json(self) -> Json:
        return {"file_id": self.id, "file_unique_id": f"u{self.id}", "file_size": len(self.content)}


@dataclass(slots=True)
class Message:
    """A message as it is now. `content` holds text and entities, or media and caption, in the API's names."""

    id: int
    chat: Chat
    sender: Json
    date: int
    content: Json
    reply_markup: Json | None = None
    reply_to: Message | None = None
    edit_date: int | None = None
    extra: Json = field(default_factory=dict)
    """Further fields of the API: via_bot, forward_origin, has_protected_content ..."""
    inline_message_id: str | None = None

    @property
    def text(self) -> str:
        """The words of the message: its text, or its caption."""
        return str(self.content.get("text") or self.content.get("caption") or "")

    @property
    def entities(self) -> list[Json]:
        return list(self.content.get("entities") or self.content.get("caption_entities") or [])

    @property
    def from_bot(self) -> bool:
        return bool(self.sender["is_bot"])

    @property
    def buttons(self) -> list[Json]:
        """The inline buttons in reading order."""
        return [button for row in (self.reply_markup or {}).get("inline_keyboard", []) for button in row]

    def as_json(self, with_reply: bool = True) -> Json:
        shape: Json = {
            "message_id": self.id,
            "from": self.sender,
            "chat": self.chat.as_json(),
            "date": self.date,
        }
        shape |= self.extra | self.content
        if self.edit_date is not None:
            shape["edit_date"] = self.edit_date
        if self.reply_to is not None and with_reply:
            shape["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.reply_markup and "inline_keyboard" in self.reply_markup:
            shape["reply_markup"] = self.reply_markup
        return shape


@dataclass(slots=True)
class Chat:
    """A chat as one bot sees it. Message ids of a supergroup are its own."""

    id: int
    type: ChatType
    title: str | None = None
    person: Person | None = None
    members: dict[int, Person] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    opened: bool = False
    """Whether the person ever wrote to the bot, or the bot was ever added to the group."""
    bot_status: str = "member"
    """What the bot is here: `member`, `kicked` (also: blocked by the person) or `left`."""
    migrated_to: int | None = None
    last_message_id: int = 0
    typing_until: float = 0.0

    def as_json(self) -> Json:
        if self.person is not None:
            named = {
                k: v for k, v in self.person.as_json().items() if k in {"first_name", "last_name", "username"}
            }
            return {"id": self.id, "type": self.type.value} | named
        return {"id": self.id, "type": self.type.value, "title": self.title or ""}

    def refuse_if_unreachable(self) -> None:
        """ApiError, in Telegram's words, where a bot may not write here."""
        if self.migrated_to is not None:
            sentence = "Bad Request: group chat was upgraded to a supergroup chat"
            raise ApiError(400, sentence, migrate_to_chat_id=self.migrated_to)
        if not self.opened:
            raise bad_request("chat not found")
        if self.person is not None and self.person.deactivated:
            raise forbidden("user is deactivated")
        if self.bot_status == "kicked":
            blocked = self.type is ChatType.PRIVATE
            raise forbidden(
                "bot was blocked by the user" if blocked else f"bot was kicked from the {self.type} chat"
            )
        if self.bot_status == "left":
            raise forbidden(f"bot is not a member of the {self.type} chat")

    def newest_first(self) -> Iterator[Message]:
        return iter(sorted(self.messages.values(), key=lambda message: message.id, reverse=True))
