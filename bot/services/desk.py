"""The desk at which a service works: who asks, what is known, the archive, and the outgoing tray."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import count
from typing import Any

from bot.domain.entries import Library
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import Action, Person, Purpose, Role, may
from bot.domain.ports import UnitOfWork
from bot.domain.views import View
from bot.services.knowledge import Knowledge
from bot.texts.renderer import Renderer, Screen

REPLY = "reply"
"""The key of what is said to whoever asks, where they ask."""


@dataclass(frozen=True)
class Desk:
    """Everything one request works with. `cause` is unique for what set it off (an update's id), so that the
    same request, done again after a crash, writes nothing twice. `message_id` is the message that set it off,
    `thread_id` the topic of a group in which it stands, `commands` what the person may use here."""

    person: Person
    knowledge: Knowledge
    work: UnitOfWork
    now: datetime
    renderer: Renderer
    secretariat: frozenset[int]
    cause: str
    private: bool = True
    message_id: int | None = None
    thread_id: int | None = None
    commands: tuple[tuple[str, str], ...] = ()

    @property
    def can_ask(self) -> bool:
        """Whether this person may put questions to people, and there is somebody to read them."""
        return bool(self.secretariat) and may(self.person.role, Action.ASK_SECRETARIAT)

    @property
    def reads_as(self) -> Role:
        """The role that decides what is shown. In a group everybody reads along, visitors too."""
        return self.person.role if self.private else Role.VISITOR

    @property
    def library(self) -> Library:
        """The library as whoever reads the answer knows it."""
        return self.knowledge.library.seen_by(self.reads_as)

    def expect_words(self) -> None:
        """From now on this person's texts are looked up again, whatever was asked before. An answer that
        they have written and not sent yet is kept for its button."""
        expecting = self.person.expecting
        if self.private and expecting is not None:
            self.work.people.expect(self.person.id, replace(expecting, purpose=Purpose.SEARCH))

    def show(self, view: View, chat_id: int, edit: int | None = None) -> None:
        """Puts a view into the outbox, in the person's language: as a new message, or in place of one."""
        person = (
            self.work.people.get(self.person.id) or self.person
        )  # the language may have just been changed
        self._put(self.renderer.render(view, person.language), chat_id, REPLY, edit)

    def tell(self, person_id: int, view: View, key: str | None = None) -> None:
        """Puts a view into the outbox for somebody else, in their language. `key` names it among all that
        this request says."""
        someone = self.work.people.get(person_id)
        language = someone.language if someone is not None else self.person.language
        self._put(self.renderer.render(view, language), person_id, key or f"to{person_id}", None)

    def tell_secretariat(self, view: View) -> None:
        """Everybody of the secretariat who ever wrote to the bot; others Telegram would refuse."""
        for person_id in sorted(self.secretariat - {self.person.id}):
            someone = self.work.people.get(person_id)
            if someone is not None and someone.reachable:
                self.tell(person_id, view)

    def with_person(self, **changes: Any) -> Desk:
        return replace(self, person=replace(self.person, **changes))

    def _put(self, screen: Screen, chat_id: int, key: str, edit: int | None) -> None:
        parts = count()
        last = len(screen.texts) - 1
        for text in screen.texts:
            part = next(parts)
            params = message_params(screen, text, chat_id, with_buttons=part == last)
            method = "sendMessage"
            if edit is not None and part == 0:
                method, params = "editMessageText", {**params, "message_id": edit}
            elif key == REPLY and not self.private:
                params = {**params, **self._place_in_group()}
            self.work.outbox.add(
                OutgoingMessage(f"{self.cause}:{key}:{part}", chat_id, method, params, part=part), self.now
            )

    def _place_in_group(self) -> Mapping[str, Any]:
        """Where an answer belongs among all that is said in a group: in its topic, below what was asked."""
        place: dict[str, Any] = {}
        if self.thread_id is not None:
            place["message_thread_id"] = self.thread_id
        if self.message_id is not None:
            place["reply_parameters"] = {"message_id": self.message_id, "allow_sending_without_reply": True}
        return place


def message_params(screen: Screen, text: str, chat_id: int, *, with_buttons: bool) -> Mapping[str, Any]:
    """One text of a screen as the Bot API wants it."""
    params: dict[str, Any] = {
        "chat_id": chat_id,
        "text": text,
        "parse_mode": "HTML",
        "link_preview_options": {"is_disabled": True},
    }
    if screen.rows and with_buttons:
        params["reply_markup"] = {"inline_keyboard": keyboard(screen)}
    return params


def keyboard(screen: Screen) -> list[list[dict[str, str]]]:
    """The buttons of a screen as the Bot API wants them."""
    rows = []
    for row in screen.rows:
        keys = []
        for key in row:
            action = {"callback_data": key.data, "url": key.url, "switch_inline_query": key.inline}
            keys.append(
                {"text": key.label, **{name: value for name, value in action.items() if value is not None}}
            )
        rows.append(keys)
    return rows
