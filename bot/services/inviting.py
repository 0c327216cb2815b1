"""Inviting people: for which role and city, and the one-time link."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.audit import Event
from bot.domain.buttons import LinkMove
from bot.domain.people import (
    INVITED_FOR,
    OF_A_CITY,
    OF_THE_OFFICE,
    RANKS,
    Action,
    Expecting,
    Invitation,
    Purpose,
    Role,
)
from bot.domain.views import NotAllowed, OldButton, View
from bot.domain.views.membership import (
    Asked,
    InvitationList,
    InvitationMade,
    InvitationText,
    InviteCities,
    InviteRoles,
    LinkNote,
)
from bot.domain.words import LocalText
from bot.lookup.keys import fold
from bot.services.browsing import paged
from bot.services.desk import Desk
from bot.services.links import new_token, token_hash
from bot.services.roles import (
    OPERATOR,
    asked_by,
    looks_after,
    looks_after_all_of,
    offer,
    operator,
    place_of,
    someone,
)
from bot.texts.catalogues import interface_language

CITIES_ON_A_PAGE = 10
LINKS_ON_A_PAGE = 6
MOST_FOUND = 10


def choose_role(desk: Desk) -> View:
    roles = OF_A_CITY + (OF_THE_OFFICE if desk.may(Action.APPOINT) else ())
    return InviteRoles(roles, len(open_links(desk)))


def choose_city(desk: Desk, rank: int, page: int) -> View:
    """The cities to invite somebody for; the next plain words name one."""
    role = city_role(rank)
    if role is None:
        return OldButton()
    desk.work.people.expect(desk.person.id, Expecting(Purpose.INVITE_CITY, since=desk.now, key=role.value))
    cities = _cities(desk)
    known = _with_promise_or_people(desk)
    first = [named for named in cities if named[0] in known]
    others = [named for named in cities if named[0] not in known]
    _, _, pages_of_first = paged(first, 1, CITIES_ON_A_PAGE) if first else ((), 1, 0)
    _, _, pages_of_others = paged(others, 1, CITIES_ON_A_PAGE) if others else ((), 1, 0)
    if first and page <= pages_of_first:
        shown, page, _ = paged(first, page, CITIES_ON_A_PAGE)
    else:
        shown, page, _ = paged(others, page - pages_of_first, CITIES_ON_A_PAGE)
        page += pages_of_first
    others_from = pages_of_first + 1 if others and page <= pages_of_first else None
    pages = max(pages_of_first + pages_of_others, 1)
    return InviteCities(role, tuple(shown), min(page, pages), pages, others_from=others_from)


def name_city(desk: Desk, words: str) -> View:
    """The cities that these words name."""
    expecting = desk.person.expecting
    key = expecting.key if expecting is not None else None
    role = Role(key) if key in set(Role) else Role.FOCAL_POINT
    wanted = fold(words).strip()
    mine = dict(_cities(desk))
    found = [city for city in mine if wanted and any(wanted in fold(name) for name in _names(desk, city))]
    if not found:
        hits = desk.knowledge.index.search(words, desk.person.language, desk.person.role).hits
        found = [hit.entry_id for hit in hits if hit.entry_id in mine]
    return InviteCities(role, tuple((city, mine[city]) for city in found[:MOST_FOUND]), words=words)


def to_city(desk: Desk, rank: int, city: str) -> View:
    """Makes the link for a role in this city, and the words to forward in the city's languages."""
    role = city_role(rank)
    return OldButton() if role is None else invite(desk, role, city)


def to_office(desk: Desk, rank: int) -> View:
    role = RANKS[rank] if rank < len(RANKS) else None
    return invite(desk, role, None) if role in OF_THE_OFFICE else OldButton()


def invite(desk: Desk, role: Role, city: str | None) -> View:
    desk.work.people.expect(desk.person.id, None)
    invitation, token = make(desk, role, city)
    languages = _languages_of(desk, city)
    for language in languages:
        hand_out(desk, invitation, token, language)
    return InvitationMade(offer(desk, invitation), LinkNote.MADE)


def make(
    desk: Desk,
    role: Role,
    city: str | None,
    *,
    needs_approval: bool = False,
    replaces: int | None = None,
    joins: int | None = None,
) -> tuple[Invitation, str]:
    """A new link: the invitation, and the token, which is kept nowhere."""
    token = new_token()
    invitation = Invitation(
        0,
        role,
        city,
        desk.person.id,
        desk.now,
        desk.now + INVITED_FOR,
        needs_approval=needs_approval,
        replaces=replaces,
        joins=joins,
    )
    kept = desk.work.invitations.add(invitation, token_hash(token))
    desk.log(Event.INVITED, f"invitation {kept.id}", city=city, after=role.value)
    return kept, token


def hand_out(desk: Desk, invitation: Invitation, token: str, language: str) -> None:
    """Sends whoever made a link the words to forward."""
    hours = int(INVITED_FOR.total_seconds()) // 3600
    place = place_of(desk, invitation.city)
    text = InvitationText(invitation.role, place, token, hours, asked_by(invitation))
    desk.tell(desk.person.id, text, f"link{invitation.id}{language}", language=language)


def listed(desk: Desk, page: int) -> View:
    """The links that can still be taken up."""
    shown, page, pages = paged(open_links(desk), page, LINKS_ON_A_PAGE)
    return InvitationList(tuple(offer(desk, invitation) for invitation in shown), page, pages)


def change(desk: Desk, invitation_id: int, move: str) -> View:
    """Changes an open invitation, or takes it back."""
    invitation = desk.work.invitations.get(invitation_id)
    if invitation is None:
        return NotAllowed()
    asked = asked_by(invitation)
    changed, note = invitation, LinkNote.ASKS if invitation.needs_approval else LinkNote.LETS_IN
    if move == LinkMove.TAKE_BACK:
        changed, note = replace(invitation, expires_at=desk.now), LinkNote.TAKEN_BACK
    elif move in (LinkMove.ASK, LinkMove.LET_IN) and asked is Asked.JOIN:
        asks = move == LinkMove.ASK
        changed, note = (
            replace(invitation, needs_approval=asks),
            LinkNote.ASKS if asks else LinkNote.LETS_IN,
        )
    if not invitation.is_open(desk.now):
        note = LinkNote.USED if invitation.used_by is not None else LinkNote.TAKEN_BACK
    elif changed != invitation:
        if not desk.work.invitations.change(changed):
            return InvitationMade(offer(desk, invitation), LinkNote.USED, asked)
        if note is LinkNote.TAKEN_BACK:
            subject = f"invitation {invitation.id}"
            desk.log(Event.INVITED, subject, city=invitation.city, before="open", after="taken-back")
        invitation = changed
    name = desk.name_of(invitation.joins) if invitation.joins is not None else None
    return InvitationMade(offer(desk, invitation), note, asked, name)


def stands(desk: Desk, invitation: Invitation) -> bool:
    """Whether it can be taken up now: it is open, and whoever made it may still give what it gives."""
    if not invitation.is_open(desk.now):
        return False
    if invitation.replaces is not None:
        replaced = desk.work.people.membership(invitation.replaces)
        giver = desk.work.people.get(invitation.invited_by)
        # A link for a role that was changed meanwhile would give back what its giver has lost.
        if giver is None or replaced is None or replaced.role is not invitation.role:
            return False
        return replaced in giver.active
    # The open links of whoever is forgotten end with them: an open one of nobody's is the command line's.
    inviter = operator() if invitation.invited_by == OPERATOR else someone(desk, invitation.invited_by)
    if inviter is None:
        return False
    if invitation.joins is not None:
        returning = desk.work.people.get(invitation.joins)
        return returning is not None and looks_after_all_of(desk, inviter, returning)
    return looks_after(desk, inviter, invitation.city)


def city_role(rank: int) -> Role | None:
    role = RANKS[rank] if rank < len(RANKS) else None
    return role if role in OF_A_CITY else None


def open_links(desk: Desk) -> list[Invitation]:
    """The open invitations that this person looks after, newest first; a hand-over is between two others."""
    found = (i for i in desk.work.invitations.open(desk.now) if i.replaces is None and stands(desk, i))
    mine = (i for i in found if looks_after(desk, desk.person, i.city))
    return sorted(mine, key=lambda i: i.id, reverse=True)


def _cities(desk: Desk) -> list[tuple[str, LocalText]]:
    """The cities that this person looks after, by name."""
    mine = (city for city in desk.all_known.cities if looks_after(desk, desk.person, city))
    named = ((city, desk.all_known.entries[city].title) for city in mine)
    return sorted(named, key=lambda item: item[1].within(desk.person.language).text)


def _with_promise_or_people(desk: Desk) -> set[str]:
    """The cities that have to do with the network's reports: they promised something, or somebody is there."""
    promised = {made.city for made in desk.all_known.commitments.values()}
    return promised | {m.city for person in desk.work.people.members() for m in person.active if m.city}


def _names(desk: Desk, city: str) -> tuple[str, ...]:
    entry = desk.all_known.entries[city]
    return (*entry.title.by_language.values(), *entry.aliases)


def _languages_of(desk: Desk, city: str | None) -> tuple[str, ...]:
    """Those that the words to forward are in: the city's (English for one without texts), or the inviter's."""
    record = desk.all_known.cities.get(city or "")
    spoken = record.languages if record is not None and record.languages else (desk.person.language,)
    return tuple(dict.fromkeys(interface_language(language) for language in spoken))
