"""The reception: greeting, help, language, and leaving what was begun."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.domain.entries import Place
from bot.domain.people import Action, Purpose, may
from bot.domain.small_talk import Talk, Wish, talk, wish
from bot.domain.views import (
    About,
    Cancelled,
    CannotRead,
    Help,
    Languages,
    OldButton,
    Thanks,
    UnknownCommand,
    Unread,
    View,
    Welcome,
)
from bot.services import keeping, lookups, questions, recognising, review
from bot.services.desk import Desk
from bot.services.dialog import moving
from bot.services.exporting import asking
from bot.services.importing import receiving
from bot.services.publishing import screens
from bot.texts.catalogues import interface_language, languages


def welcome(desk: Desk, *, language_changed: bool = False) -> View:
    desk.expect_words()
    role = desk.reads_as
    waiting = desk.work.questions.count_waiting() if may(role, Action.ANSWER_QUESTIONS) else 0
    problems = 0
    if may(role, Action.SEE_CONTENT_PROBLEMS):
        problems = len({problem.path for problem in desk.knowledge.problems if problem.level == "error"})
    reports = len(review.waiting_for(desk)) if may(role, Action.REVIEW) else 0
    cities = desk.person.cities() if desk.private else ()
    keeping.ask_if_due(desk)
    named = tuple((city, desk.all_known.place_name(Place(city))) for city in cities)
    return Welcome(role, waiting, problems, language_changed, reports, named)


def help_(desk: Desk) -> View:
    return Help(desk.commands, desk.can_ask)


SOURCES_ID = "about-this-knowledge"
"""The id of the entry in which a network tells where its knowledge comes from."""


def about(desk: Desk) -> View:
    library = desk.library
    entries = list(library.visible(desk.reads_as))
    cities = sum(entry.kind == "cities" for entry in entries)
    practices = sum(entry.kind == "practices" for entry in entries)
    sources = SOURCES_ID if SOURCES_ID in library.entries else None
    return About(len(entries), cities, practices, sources)


def choose_language(desk: Desk) -> View:
    return Languages(interface_language(desk.person.language), languages())


def set_language(desk: Desk, language: str) -> View:
    if language not in languages():
        return OldButton()
    desk.work.people.choose_language(desk.person.id, language)
    if desk.private and desk.person.active:
        desk.set_menu(desk.person.id)
    return welcome(desk, language_changed=True)


def cancel(desk: Desk) -> View:
    """Leaves what was begun in private; in a group nothing is ever begun but a search. A report is not given up
    by it: it waits."""
    if not desk.private:
        return Cancelled(anything=True)
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose is Purpose.REPORT:
        return moving.pause(desk, expecting.object_id or 0)
    anything = desk.person.expecting is not None
    return Cancelled(anything, dropped=questions.let_go(desk))


def cannot_read(desk: Desk, what: Unread) -> View:
    return CannotRead(what, takes_tables=what is Unread.DOCUMENT and receiving.may_bring_in(desk))


SMALL_TALK: Mapping[Talk, Callable[[Desk], View]] = {
    Talk.GREETING: welcome,
    Talk.THANKS: lambda desk: Thanks(),
    Talk.HELP: help_,
    Talk.ABOUT: about,
    Talk.SECRETARIAT: questions.ask_words,
}
WISHES: Mapping[Wish, tuple[Action, Callable[[Desk], View]]] = {
    Wish.PUBLISH: (Action.PUBLISH, screens.newest),
    Wish.EXPORT: (Action.EXPORT, asking.begin),
    Wish.IMPORT: (Action.IMPORT, receiving.begin),
}


def hear(desk: Desk, words: str) -> View:
    """Answers plain words: small talk in kind, what a command of theirs does with its screen, a report of theirs with
    a form to fill in, everything else from the library."""
    said = talk(words)
    if said is not None:
        return SMALL_TALK[said](desk)
    wished = wish(words)
    if wished is not None and desk.private:
        action, show = WISHES[wished]
        if may(desk.reads_as, action):
            return show(desk)
    return recognising.offer(desk, words) or lookups.find(desk, words)


def unknown_command(desk: Desk, command: str, near: str | None) -> View:
    return UnknownCommand(command, near)
