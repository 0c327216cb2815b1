"""Who is who, and what those who look after people do with their roles. Nobody changes a role of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.audit import Event
from bot.domain.buttons import MemberMove
from bot.domain.people import Expecting, Membership, MembershipState, Person, Purpose, Role
from bot.domain.views import NotAllowed, OldButton, View
from bot.domain.views.membership import (
    Asked,
    CardNote,
    CountriesAsked,
    InvitationMade,
    LinkNote,
    Member,
    MemberCard,
    PeopleList,
    RemoveAsked,
    RoleNews,
    YourRole,
)
from bot.services.browsing import paged
from bot.services.desk import Desk
from bot.services.inviting import hand_out, make, open_links
from bot.services.roles import (
    end,
    end_others,
    is_last_admin,
    looks_after,
    looks_after_all_of,
    member,
    news_of_leaving,
    offer,
    someone,
    whereabouts,
)
from bot.texts.formats import country_code

PEOPLE_ON_A_PAGE = 8
SWAPPED = {Role.FOCAL_POINT: Role.DEPUTY, Role.DEPUTY: Role.FOCAL_POINT}
STATES = (MembershipState.WAITING, MembershipState.ACTIVE, MembershipState.ENDED)
"""The order in which lists show roles."""


def listed(desk: Desk, page: int) -> View:
    """Everybody whom this person looks after: who waits, the network's own people, then by city; who left, last."""
    found = members(desk)
    shown, page, pages = paged(found, page, PEOPLE_ON_A_PAGE)
    waiting = sum(m.membership.state is MembershipState.WAITING for m in found)
    appoints = looks_after(desk, desk.person, None)
    return PeopleList(
        tuple(shown),
        page,
        pages,
        sum(m.membership.state is MembershipState.ACTIVE for m in found),
        waiting,
        len(open_links(desk)),
        len(desk.admins) if appoints else 0,
        tuple((person.name, person.role) for person in desk.office),
    )


def members(desk: Desk) -> list[Member]:
    """Every role that this person looks after, in the order of lists."""
    people = desk.work.people.members()
    found = [m for person in people for m in person.memberships if looks_after(desk, desk.person, m.city)]
    current = {(m.person, m.city) for m in found if m.state is not MembershipState.ENDED}
    # Who has another role in the same place now is not shown among those who left it.
    shown = (m for m in found if m.state is not MembershipState.ENDED or (m.person, m.city) not in current)

    def rank(one: Member) -> tuple[int, str, str, str]:
        place = one.place.within(desk.person.language).text if one.place is not None else ""
        return STATES.index(one.membership.state), place, one.membership.role.value, one.name or ""

    return sorted((member(desk, m) for m in shown), key=rank)


def act(desk: Desk, membership_id: int, move: str) -> View:
    """What a button of somebody's card does."""
    membership = desk.work.people.membership(membership_id)
    if membership is None:
        return NotAllowed()
    run = MOVES.get(move)
    if run is None:
        return OldButton()
    if move != MemberMove.OPEN:
        if membership.person == desk.person.id:
            return card(desk, membership, CardNote.OWN)
        if membership.state not in FROM[move]:
            return card(desk, membership, CardNote.NOT_NOW)
        if membership.role is Role.ADMIN and membership.person in desk.admins:
            return card(desk, membership, CardNote.SETTINGS)
    return run(desk, membership)


def card(desk: Desk, membership: Membership, note: CardNote = CardNote.NONE) -> View:
    person = desk.work.people.get(membership.person)
    if person is None:
        return NotAllowed()
    mine = (m for m in person.memberships if m.id != membership.id and m.state is not MembershipState.ENDED)
    others = tuple(member(desk, m) for m in mine if looks_after(desk, desk.person, m.city))
    is_own = person.id == desk.person.id
    return MemberCard(member(desk, membership), person.language, person.reachable, others, is_own, note)


def open_card(desk: Desk, membership: Membership) -> View:
    return card(desk, membership)


def approve(desk: Desk, membership: Membership) -> View:
    """Lets somebody in who was waiting for it."""
    end_others(desk, membership.person, membership.role, membership.city)
    let_in = replace(membership, state=MembershipState.ACTIVE, since=desk.now, confirmed_at=desk.now)
    return _changed(desk, let_in, Event.APPROVED, RoleNews.LET_IN, before=membership.state.value)


def decline(desk: Desk, membership: Membership) -> View:
    declined = replace(membership, state=MembershipState.ENDED)
    return _changed(desk, declined, Event.DECLINED, RoleNews.TURNED_AWAY, before=membership.state.value)


def swap(desk: Desk, membership: Membership) -> View:
    """A focal point becomes deputy, and the other way round."""
    role = SWAPPED.get(membership.role)
    return OldButton() if role is None else change_role(desk, membership, role, membership.city)


def change_role(desk: Desk, membership: Membership, role: Role, city: str | None) -> View:
    """Gives another role in place of this one; what was begun stays where it is."""
    if role is not Role.ADMIN and loses_the_last_admin(desk, membership):
        return card(desk, membership, CardNote.LAST_ADMIN)
    changed = replace(membership, role=role)
    if city != membership.city:
        end(desk, membership)
        end_others(desk, membership.person, role, city)
        changed = desk.work.people.join(membership.person, role, city, MembershipState.ACTIVE, desk.now)
    return _changed(desk, changed, Event.ROLE_CHANGED, RoleNews.CHANGED, before=membership.role.value)


def ask_remove(desk: Desk, membership: Membership) -> View:
    return RemoveAsked(member(desk, membership))


def remove(desk: Desk, membership: Membership) -> View:
    """Takes a role away, at once and with every right."""
    if loses_the_last_admin(desk, membership):
        return card(desk, membership, CardNote.LAST_ADMIN)
    end(desk, membership)
    gone = replace(membership, state=MembershipState.ENDED)
    news_of_leaving(desk, gone, RoleNews.REMOVED)
    return _changed(desk, gone, Event.REMOVED, RoleNews.REMOVED, before=membership.role.value)


def restore(desk: Desk, membership: Membership) -> View:
    end_others(desk, membership.person, membership.role, membership.city)
    back = replace(membership, state=MembershipState.ACTIVE, since=desk.now, confirmed_at=desk.now)
    return _changed(desk, back, Event.RESTORED, RoleNews.RESTORED, before=membership.state.value)


def new_account(desk: Desk, membership: Membership) -> View:
    """Makes the link by which somebody comes back with a new Telegram account. It gives all their roles, so
    whoever makes it has to look after all of them."""
    person = someone(desk, membership.person)
    if person is None or person.id in desk.admins:
        return card(desk, membership, CardNote.SETTINGS)
    if not looks_after_all_of(desk, desk.person, person):
        return card(desk, membership, CardNote.BEYOND)
    invitation, token = make(desk, membership.role, membership.city, joins=person.id)
    hand_out(desk, invitation, token, person.language)
    return InvitationMade(offer(desk, invitation), LinkNote.MADE, Asked.MOVE, person.name)


def ask_countries(desk: Desk, membership: Membership) -> View:
    if membership.role is not Role.SECRETARIAT:
        return OldButton()
    desk.work.people.expect(
        desk.person.id, Expecting(Purpose.COUNTRIES, since=desk.now, object_id=membership.id)
    )
    return CountriesAsked(member(desk, membership))


def hear_countries(desk: Desk, words: str) -> View:
    """Limits a role of the secretariat to the countries that are named: names in any language, or codes."""
    expecting = desk.person.expecting
    membership = desk.work.people.membership(expecting.object_id or 0) if expecting is not None else None
    if membership is None or membership.state is not MembershipState.ACTIVE:
        desk.work.people.expect(desk.person.id, None)
        return OldButton()
    if membership.person == desk.person.id:
        return card(desk, membership, CardNote.OWN)
    named = [part.strip() for part in re.split(r"[,;，、；\n]", words) if part.strip()]
    codes = {name: country_code(name) for name in named}
    unknown = tuple(name for name, code in codes.items() if code is None)
    if unknown or not codes:
        return CountriesAsked(member(desk, membership), unknown or (words,))
    desk.work.people.expect(desk.person.id, None)
    return limit(desk, membership, frozenset(code for code in codes.values() if code is not None))


def no_limit(desk: Desk, membership: Membership) -> View:
    return limit(desk, membership, frozenset())


def limit(desk: Desk, membership: Membership, countries: frozenset[str]) -> View:
    """Limits a role of the secretariat to these countries; none: no limit."""
    if membership.role is not Role.SECRETARIAT:
        return OldButton()
    limited = replace(membership, countries=countries)
    before = " ".join(sorted(membership.countries))
    return _changed(desk, limited, Event.ROLE_CHANGED, RoleNews.LIMITED, before=before or "all")


def loses_the_last_admin(desk: Desk, membership: Membership) -> bool:
    return membership.role is Role.ADMIN and is_last_admin(desk, membership.person)


def _changed(desk: Desk, membership: Membership, event: Event, news: RoleNews, *, before: str) -> View:
    """Keeps the change, with its line in the log, and tells whom it is about."""
    desk.work.people.change_membership(membership)
    person = desk.work.people.get(membership.person) or Person(membership.person, "")
    after = " ".join(sorted(membership.countries)) if news is RoleNews.LIMITED else membership.role.value
    if membership.state is MembershipState.ENDED:
        after = membership.state.value
    desk.log(event, person.handle, city=membership.city, before=before, after=after or "all")
    desk.set_menu(membership.person)
    comes = news in (RoleNews.LET_IN, RoleNews.RESTORED)
    where = whereabouts(desk, membership) if comes else None
    if person.reachable:
        desk.tell(membership.person, YourRole(member(desk, membership), news, where=where))
    return card(desk, membership, CardNote.DONE)


MOVES: Mapping[str, Callable[[Desk, Membership], View]] = {
    MemberMove.OPEN: open_card,
    MemberMove.APPROVE: approve,
    MemberMove.DECLINE: decline,
    MemberMove.SWAP: swap,
    MemberMove.ASK_REMOVE: ask_remove,
    MemberMove.REMOVE: remove,
    MemberMove.RESTORE: restore,
    MemberMove.NEW_ACCOUNT: new_account,
    MemberMove.LIMIT: ask_countries,
    MemberMove.NO_LIMIT: no_limit,
}
WAITING = frozenset({MembershipState.WAITING})
ACTIVE = frozenset({MembershipState.ACTIVE})
FROM: Mapping[str, frozenset[MembershipState]] = {
    MemberMove.APPROVE: WAITING,
    MemberMove.DECLINE: WAITING,
    MemberMove.SWAP: ACTIVE,
    MemberMove.ASK_REMOVE: ACTIVE,
    MemberMove.REMOVE: ACTIVE,
    MemberMove.RESTORE: frozenset({MembershipState.ENDED}),
    MemberMove.NEW_ACCOUNT: ACTIVE,
    MemberMove.LIMIT: ACTIVE,
    MemberMove.NO_LIMIT: ACTIVE,
}
"""In which states of a role each move is possible."""
