"""People, their roles, and the one table of what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    VISITOR = "visitor"
    FOCAL_POINT = "focal_point"
    DEPUTY = "deputy"
    SECRETARIAT = "secretariat"
    ADMIN = "admin"


class Action(StrEnum):
    """What somebody may want to do. A command or button that is not plain reading names one of these."""

    READ = "read"
    ASK_SECRETARIAT = "ask_secretariat"
    ANSWER_QUESTIONS = "answer_questions"
    SEE_CONTENT_PROBLEMS = "see_content_problems"


class ChatKind(StrEnum):
    PRIVATE = "private"
    GROUP = "group"


EVERYBODY = frozenset(Role)

PERMISSIONS: dict[Action, tuple[frozenset[Role], frozenset[ChatKind]]] = {
    Action.READ: (EVERYBODY, frozenset(ChatKind)),
    Action.ASK_SECRETARIAT: (EVERYBODY, frozenset({ChatKind.PRIVATE})),
    Action.ANSWER_QUESTIONS: (frozenset({Role.SECRETARIAT, Role.ADMIN}), frozenset({ChatKind.PRIVATE})),
    Action.SEE_CONTENT_PROBLEMS: (frozenset({Role.ADMIN}), frozenset({ChatKind.PRIVATE})),
}


class Purpose(StrEnum):
    """What the next plain text of a person is for, when it is not a lookup."""

    ANSWER = "answer"
    """The secretariat's answer to a question."""
    SEND_ANSWER = "send_answer"
    """An answer is written and waits for its confirmation; a new text replaces it."""
    WRITE_BACK = "write_back"
    """What the asker writes back."""
    QUESTION = "question"
    """A question to the secretariat, without a lookup before it."""
    SEARCH = "search"
    """The words to look up, after the bot asked for them."""


@dataclass(frozen=True, slots=True)
class Expecting:
    purpose: Purpose
    question_id: int | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who talks with Focal. `id` is the Telegram user id (up to 52 bits) and their private chat's."""

    id: int
    language: str
    """A language tag; where nothing was chosen, what their Telegram says."""
    language_chosen: bool = False
    role: Role = Role.VISITOR
    reachable: bool = True
    expecting: Expecting | None = None


def may(role: Role, action: Action, chat: ChatKind = ChatKind.PRIVATE) -> bool:
    """Whether somebody of this role may do this in this kind of chat. The only place that decides it."""
    roles, chats = PERMISSIONS[action]
    return role in roles and chat in chats
