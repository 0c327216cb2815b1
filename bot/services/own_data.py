"""What is kept about somebody: shown to them, corrected by them, removed for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.audit import Event
from bot.domain.buttons import OwnMove
from bot.domain.names import NameProblem, read_name
from bot.domain.people import Expecting, MembershipState, Purpose, Role
from bot.domain.views import OldButton, View
from bot.domain.views.membership import (
    ForgetAsked,
    Forgotten,
    LastAdminStays,
    OwnData,
    OwnDataFile,
    RenameAsked,
    RoleNews,
)
from bot.services.desk import Desk
from bot.services.roles import end, is_last_admin, is_only_one, member, news_of_leaving, place_of

FILE_NAME = "my-data.json"


def show(desk: Desk) -> View:
    """Sends everything that is kept about them as a file, and says it in short."""
    kept = desk.work.people.data_of(desk.person.id)
    content = json.dumps(kept, ensure_ascii=False, indent=2, default=str)
    desk.send_file(desk.person.id, FILE_NAME, content, OwnDataFile())
    return _in_short(desk)


def act(desk: Desk, move: str) -> View:
    run = MOVES.get(move)
    return OldButton() if run is None else run(desk)


def ask_name(desk: Desk) -> View:
    return _ask(desk, OwnMove.NAME)


def ask_title(desk: Desk) -> View:
    return _ask(desk, OwnMove.TITLE)


def rename(desk: Desk, words: str) -> View:
    """Corrects the name or title, for who has told one before."""
    expecting = desk.person.expecting
    desk.work.people.expect(desk.person.id, None)
    if expecting is None or desk.person.name is None:
        return OldButton()
    is_title = expecting.key == OwnMove.TITLE
    told, problem = read_name(words)
    if problem is not NameProblem.NONE:
        desk.work.people.expect(desk.person.id, replace(expecting, since=desk.now))
        return RenameAsked(is_title, problem)
    name, title = (desk.person.name, told) if is_title else (told, desk.person.title)
    desk.work.people.introduce(desk.person.id, name, title, desk.now)
    return _in_short(desk.with_person(name=name, title=title))


def ask_forget(desk: Desk) -> View:
    """Says what goes and what stays, before anything goes."""
    if is_last_admin(desk, desk.person.id):
        return LastAdminStays()
    mine = [m for m in desk.person.active if m.id]
    alone = (place_of(desk, m.city) for m in mine if is_only_one(desk, m))
    return ForgetAsked(
        tuple(member(desk, m) for m in mine),
        tuple(place for place in alone if place is not None),
        by_settings=desk.person.id in desk.admins,
    )


def forget(desk: Desk) -> View:
    """Removes everything kept about them, and their roles with it. The log keeps a code that nobody can read."""
    if is_last_admin(desk, desk.person.id):
        return LastAdminStays()
    for membership in desk.person.memberships:
        if membership.id and membership.state is not MembershipState.ENDED:
            end(desk, membership)
            gone = replace(membership, state=MembershipState.ENDED)
            news_of_leaving(desk, gone, RoleNews.FORGOTTEN)
    for invitation in desk.work.invitations.open(desk.now):
        if desk.person.id in (invitation.invited_by, invitation.joins):
            desk.work.invitations.change(replace(invitation, expires_at=desk.now))
    desk.log(Event.FORGOTTEN, desk.person.handle)
    desk.work.people.forget(desk.person.id)
    desk.set_menu(desk.person.id)
    return Forgotten()


def _ask(desk: Desk, what: OwnMove) -> View:
    if desk.person.name is None:
        return OldButton()
    desk.work.people.expect(desk.person.id, Expecting(Purpose.RENAME, key=what.value, since=desk.now))
    return RenameAsked(what is OwnMove.TITLE)


def _in_short(desk: Desk) -> View:
    mine = tuple(member(desk, m) for m in desk.person.active if m.role is not Role.VISITOR)
    return OwnData(desk.person.name, desk.person.title, desk.person.consented_at, mine)


MOVES: Mapping[str, Callable[[Desk], View]] = {
    OwnMove.NAME: ask_name,
    OwnMove.TITLE: ask_title,
    OwnMove.FORGET: ask_forget,
    OwnMove.FORGET_SURELY: forget,
}
