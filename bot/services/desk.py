"""The desk at which a service works: who asks, what is known, the archive, and the outgoing tray."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from itertools import count
from typing import Any, TypeAlias

from bot.domain.audit import Event
from bot.domain.cycles import ReportingCycle, Schedules
from bot.domain.entries import Library
from bot.domain.outgoing import OutgoingMessage
from bot.domain.people import (
    Action,
    Matter,
    Person,
    Purpose,
    Role,
    may,
    person_may,
    with_admin_rights,
)
from bot.domain.ports import UnitOfWork
from bot.domain.views import View
from bot.services.knowledge import Knowledge
from bot.texts.catalogues import catalogue, interface_language
from bot.texts.renderer import Renderer, Screen

REPLY = "reply"
"""The key of what is said to whoever asks, where they ask."""
LOOK_UP_ONCE = "look-up-once"
"""What `Expecting.more` says where the next words are looked up although a draft is open."""

Menu: TypeAlias = tuple[tuple[str, str], ...]
"""Names and descriptions (texts of the catalogues) of commands."""


@dataclass(frozen=True)
class Desk:
    """Everything one request works with. `cause` is unique for what set it off (an update's id), so that the
    same request, done again after a crash, writes nothing twice. `message_id` is the message that set it off,
    `said_at` when it was written, `thread_id` the topic of a group in which it stands, `waits_behind` whether later
    messages of the same chat are waiting already; `menu` gives the commands of a role. `admins` are those by the
    settings, `zone` the office's own time zone. `formatted` are the words that were sent as Telegram's HTML."""

    person: Person
    knowledge: Knowledge
    work: UnitOfWork
    now: datetime
    renderer: Renderer
    admins: frozenset[int]
    cause: str
    private: bool = True
    message_id: int | None = None
    said_at: datetime | None = None
    thread_id: int | None = None
    waits_behind: bool = False
    menu: Callable[[Role], Menu] = field(default=lambda role: ())
    zone: str = "UTC"
    formatted: str | None = None

    @property
    def commands(self) -> Menu:
        """What the person may use here."""
        return self.menu(self.reads_as)

    @property
    def schedules(self) -> Schedules:
        return self.knowledge.schedules

    @property
    def all_known(self) -> Library:
        """The whole library, for what is computed; what is shown comes from `library`."""
        return self.knowledge.library

    @cached_property
    def office(self) -> tuple[Person, ...]:
        """Everybody of the secretariat and every admin whom the bot knows, in the order of their ids."""
        found = {person.id: person for person in self.work.people.office()}
        for admin in self.admins:
            person = found.get(admin) or self.work.people.get(admin)
            if person is not None:
                found[admin] = with_admin_rights(person)
        return tuple(person for _, person in sorted(found.items()))

    @property
    def can_ask(self) -> bool:
        """Whether this person may put questions to people, and there is somebody to read them."""
        return bool(self.admins or self.office) and may(self.person.role, Action.ASK_SECRETARIAT)

    def may(self, action: Action, matter: Matter | None = None) -> bool:
        """Whether the person may do this to this object (None: at all); for what lists and screens offer."""
        return person_may(self.person, action, matter)

    def matter(self, city: str | None, *, entered: bool = False) -> Matter:
        """Something of this city, as rights see it."""
        record = self.all_known.cities.get(city or "")
        return Matter(city, record.country if record is not None else None, entered)

    def zone_of(self, city: str) -> str:
        """The IANA name of a city's time zone; UTC where the city is not known any more."""
        record = self.all_known.cities.get(city)
        return record.time_zone if record is not None else "UTC"

    def cycle_for(self, cycle: ReportingCycle, city: str) -> ReportingCycle:
        """The cycle with the deadline that holds for this city: the one that it was granted, or the file's where
        that is later."""
        if cycle.id not in self._granted:
            self._granted[cycle.id] = self.work.extensions.granted(cycle.id)
        granted = self._granted[cycle.id].get(city)
        return cycle if granted is None or granted <= cycle.deadline else cycle.until(granted)

    @cached_property
    def _granted(self) -> dict[str, Mapping[str, date]]:
        """The extensions of each cycle as they were when this request first asked."""
        return {}

    def name_of(self, person_id: int | None) -> str | None:
        """What somebody is called, where they told their name."""
        person = self.work.people.get(person_id) if person_id else None
        return person.name if person is not None else None

    def log(
        self, event: Event, subject: str, *, city: str | None = None, before: str = "", after: str = ""
    ) -> None:
        """Adds to the log of changes that this person did something."""
        actor = self.person if self.person.id else None  # the operator has no chat
        self.work.audit.write(
            event, self.now, actor=actor, subject=subject, city=city, before=before, after=after
        )

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
        if not self.private or expecting is None:
            return
        if expecting.purpose is Purpose.REPORT:
            # The draft stays open: only what they write next is looked up.
            self.work.people.expect(self.person.id, replace(expecting, more=LOOK_UP_ONCE))
        else:
            self.work.people.expect(self.person.id, replace(expecting, purpose=Purpose.SEARCH))

    def show(self, view: View, chat_id: int, edit: int | None = None, also: View | None = None) -> None:
        """Puts a view into the outbox, in the person's language: as a new message, or in place of one. The buttons
        of `also` follow its own."""
        person = (
            self.work.people.get(self.person.id) or self.person
        )  # the language may have just been changed
        screen = self.renderer.render(view, person.language)
        if also is not None:
            more = self.renderer.render(also, person.language).rows
            screen = replace(screen, rows=(*screen.rows, *more))
        self._put(screen, chat_id, REPLY, edit)

    def tell(
        self, person_id: int, view: View, key: str | None = None, *, language: str | None = None
    ) -> None:
        """Puts a view into the outbox for somebody else, in their language or in another. `key` names it among
        all that this request says."""
        someone = self.work.people.get(person_id)
        if language is None:
            language = someone.language if someone is not None else self.person.language
        self._put(self.renderer.render(view, language), person_id, key or f"to{person_id}", None)

    def tell_office(self, view: View, city: str | None = None) -> None:
        """Everybody of the secretariat whom messages reach; only those who review this city, where one is named."""
        matter = None if city is None else self.matter(city)
        for someone in self.office:
            if someone.id == self.person.id or not someone.reachable:
                continue
            if matter is None or person_may(someone, Action.REVIEW, matter):
                self.tell(someone.id, view)

    def tell_city(self, city: str, view: View) -> None:
        """Everybody of a city but this person."""
        for someone in self.work.people.of_city(city):
            if someone.id != self.person.id and someone.reachable:
                self.tell(someone.id, view)

    def send_file(self, person_id: int, name: str, content: str, view: View) -> None:
        """Puts a text file into the outbox, with the view as its caption."""
        someone = self.work.people.get(person_id)
        screen = self.renderer.render(view, someone.language if someone is not None else self.person.language)
        params = message_params(screen, screen.texts[0], person_id, with_buttons=True)
        caption = {"caption": params["text"], "document": {"name": name, "content": content}}
        kept = {key: value for key, value in params.items() if key not in ("text", "link_preview_options")}
        self.work.outbox.add(
            OutgoingMessage(
                f"{self.cause}:file:{person_id}:{name}", person_id, "sendDocument", kept | caption
            ),
            self.now,
        )

    def send_attachment(self, person_id: int, kind: str, file_id: str, number: int) -> None:
        """Puts a file that Telegram has into the outbox; `number` counts those of this request."""
        method, field_name = ("sendPhoto", "photo") if kind == "photo" else ("sendDocument", "document")
        params = {"chat_id": person_id, field_name: file_id}
        self.work.outbox.add(
            OutgoingMessage(f"{self.cause}:evidence:{number}", person_id, method, params), self.now
        )

    def set_menu(self, person_id: int) -> None:
        """Puts the commands that somebody may use now into their menu; a visitor has everybody's. It protects
        nothing: rights are asked for at every use."""
        someone = self.work.people.get(person_id) or Person(person_id, "")
        role = Role.ADMIN if person_id in self.admins else someone.role
        params: dict[str, Any] = {"scope": {"type": "chat", "chat_id": person_id}}
        method = "deleteMyCommands"
        if role is not Role.VISITOR:
            say = catalogue(interface_language(someone.language)).gettext
            params["commands"] = [
                {"command": name, "description": say(text)} for name, text in self.menu(role)
            ]
            method = "setMyCommands"
        key = f"{self.cause}:menu:{person_id}"
        self.work.outbox.add(OutgoingMessage(key, person_id, method, params), self.now)

    def with_person(self, **changes: Any) -> Desk:
        """The same desk after the person has changed."""
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
