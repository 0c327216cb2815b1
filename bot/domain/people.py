"""People, their roles, and the one table of what each role may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
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


UNSEEN = frozenset({Purpose.WRITE_BACK, Purpose.QUESTION})
"""What goes to people at once, without being shown to its writer first."""
PROMPT_LASTS = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Expecting:
    """`text` is an answer that is written and not sent yet, and `message_id` the message it was written in;
    `since` is when the bot asked, or when the text was written."""

    purpose: Purpose
    question_id: int | None = None
    text: str | None = None
    since: datetime | None = None
    message_id: int | None = None

    @property
    def draft(self) -> int:
        """The number of the written text, by which a button knows whether it is still this one."""
        return 0 if self.since is None else int(self.since.timestamp() * 1000)

    def is_over(self, now: datetime) -> bool:
        """Whether this was asked so long ago that nobody remembers it and the next words mean something else."""
        return self.purpose in UNSEEN and (self.since is None or now - self.since > PROMPT_LASTS)


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
