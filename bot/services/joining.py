"""Taking up an invitation: who invites to what, name and title, consent. Nothing is kept before that."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping

from bot.domain.audit import Event
from bot.domain.buttons import JoinMove
from bot.domain.names import NameProblem, read_name
from bot.domain.people import Expecting, Invitation, Membership, MembershipState, Purpose
from bot.domain.small_talk import talk
from bot.domain.views import OldButton, View
from bot.domain.views.membership import (
    AccountMoveAsked,
    AccountMoved,
    Asked,
    ConsentAsked,
    InvitationOpened,
    JoinDeclined,
    LinkOver,
    NameAsked,
    OwnLink,
    PeopleNews,
    RoleNews,
    YourRole,
)
from bot.services import links, reception
from bot.services.desk import Desk
from bot.services.inviting import stands
from bot.services.roles import (
    asked_by,
    end,
    give,
    member,
    offer,
    tell_those_who_look_after,
    whereabouts,
)
from bot.texts.catalogues import interface_language, languages

MOST_WORDS_OF_A_NAME = 6
STEPS = frozenset({Purpose.JOIN, Purpose.JOIN_NAME, Purpose.JOIN_TITLE, Purpose.JOIN_CONSENT})
"""What somebody is asked while they take up an invitation."""


def open_link(desk: Desk, token: str) -> View:
    """Opens the invitation of a link. Wrong, expired and used ones answer alike; the same person may open it
    again at any time."""
    if not links.may_try(desk):
        return LinkOver()
    invitation = desk.work.invitations.by_token(links.token_hash(token))
    if invitation is not None and invitation.used_by == desk.person.id:
        return _taken_up_before(desk, invitation)
    if invitation is None or not stands(desk, invitation):
        links.note_wrong(desk)
        return LinkOver()
    asked = asked_by(invitation)
    if desk.person.id in (invitation.invited_by, invitation.joins):
        return OwnLink(asked)
    already = _same_role(desk, invitation)
    if asked is not Asked.MOVE and already is not None:
        return _already(desk, already)
    desk.work.people.expect(desk.person.id, Expecting(Purpose.JOIN, object_id=invitation.id))
    return _opened(desk, invitation)


def speak(desk: Desk, invitation_id: int, language: str) -> View:
    """Shows the invitation in another language, which is theirs from now on."""
    invitation = _held(desk, invitation_id)
    if invitation is None:
        return LinkOver()
    if language not in languages():
        return OldButton()
    desk.work.people.choose_language(desk.person.id, language)
    return _opened(desk.with_person(language=language), invitation)


def step(desk: Desk, invitation_id: int, move: str) -> View:
    """A button of the way in. It does something only for who has opened the link of this very invitation."""
    invitation = _held(desk, invitation_id)
    if invitation is None:
        return LinkOver()
    run = (MOVING if asked_by(invitation) is Asked.MOVE else JOINING).get(move)
    return OldButton() if run is None else run(desk, invitation)


def hear_early(desk: Desk, words: str) -> View:
    """A name that is written where *Begin* could be pressed is taken as the name; other words are heard as ever."""
    invitation = _held_now(desk)
    if invitation is None or asked_by(invitation) is Asked.MOVE or not _may_be_name(desk, words):
        shown = reception.hear(desk, words)
        person = desk.work.people.get(desk.person.id)
        now = person.expecting if person is not None else None
        if invitation is not None and now is not None and now.purpose is Purpose.SEARCH:
            _expect(desk, Purpose.JOIN, invitation)  # the invitation waits, with its buttons
        return shown
    return hear_name(desk, words)


def hear_name(desk: Desk, words: str) -> View:
    invitation = _held_now(desk)
    if invitation is None:
        return _lost(desk)
    name, problem = read_name(words)
    if problem is not NameProblem.NONE:
        return NameAsked(invitation.id, problem=problem)
    _expect(desk, Purpose.JOIN_TITLE, invitation, name)
    return NameAsked(invitation.id, is_title=True, name=name)


def hear_title(desk: Desk, words: str) -> View:
    invitation = _held_now(desk)
    if invitation is None:
        return _lost(desk)
    title, problem = read_name(words)
    if problem is not NameProblem.NONE:
        return NameAsked(invitation.id, is_title=True, problem=problem)
    return _consent(desk, invitation, title)


def hear_consent(desk: Desk, words: str) -> View:
    """Words where a tap is wanted: what will be kept is shown again."""
    invitation = _held_now(desk)
    expecting = desk.person.expecting
    if invitation is None or expecting is None or not expecting.text:
        return _lost(desk)
    return ConsentAsked(offer(desk, invitation), expecting.text, expecting.more)


def _may_be_name(desk: Desk, words: str) -> bool:
    """A few words of nothing but letters that are no greeting: several with capitals, or such as no entry has."""
    name, problem = read_name(words)
    others = set(name) - set(" .,'’-·()")
    is_plain = all(character.isalpha() or unicodedata.combining(character) for character in others)
    is_short = "\n" not in words.strip() and len(name.split()) <= MOST_WORDS_OF_A_NAME
    if problem is not NameProblem.NONE or not is_plain or not is_short or talk(words) is not None:
        return False
    parts = name.split()
    has_capitals = len(parts) > 1 and all(part[0].isupper() for part in parts)
    return has_capitals or not desk.knowledge.index.search(words, desk.person.language, desk.person.role).hits


def _begin(desk: Desk, invitation: Invitation) -> View:
    """Asks for the name; who has told theirs before is not asked again."""
    if desk.person.name is not None:
        _expect(desk, Purpose.JOIN_CONSENT, invitation, desk.person.name, desk.person.title)
        return ConsentAsked(offer(desk, invitation), desk.person.name, desk.person.title)
    return _ask_name(desk, invitation)


def _ask_name(desk: Desk, invitation: Invitation) -> View:
    _expect(desk, Purpose.JOIN_NAME, invitation)
    return NameAsked(invitation.id)


def _no_title(desk: Desk, invitation: Invitation) -> View:
    expecting = desk.person.expecting
    if expecting is None or expecting.purpose is not Purpose.JOIN_TITLE:
        return _begin(desk, invitation)
    return _consent(desk, invitation, None)


def _consent(desk: Desk, invitation: Invitation, title: str | None) -> View:
    expecting = desk.person.expecting
    name = expecting.text if expecting is not None else None
    if not name:
        return _ask_name(desk, invitation)
    _expect(desk, Purpose.JOIN_CONSENT, invitation, name, title)
    return ConsentAsked(offer(desk, invitation), name, title)


def _agree(desk: Desk, invitation: Invitation) -> View:
    expecting = desk.person.expecting
    if expecting is None or expecting.purpose is not Purpose.JOIN_CONSENT or not expecting.text:
        return _begin(desk, invitation)
    if (already := _same_role(desk, invitation)) is not None:
        return _already(desk, already)
    if not desk.work.invitations.use(invitation.id, desk.person.id, desk.now):
        return _lost(desk)
    desk.work.people.introduce(desk.person.id, expecting.text, expecting.more, desk.now)
    desk.work.people.expect(desk.person.id, None)
    if invitation.replaces is not None:
        return _succeed(desk, invitation)
    given = give(desk, desk.person.id, invitation)
    _log_joined(desk, given)
    waiting = given.state is MembershipState.WAITING
    news = RoleNews.WAITING if waiting else RoleNews.JOINED
    tell_those_who_look_after(desk, PeopleNews(member(desk, given), news))
    return YourRole(member(desk, given), news, where=None if waiting else whereabouts(desk, given))


def _succeed(desk: Desk, invitation: Invitation) -> View:
    """A role goes from one person to the next in one go."""
    before = desk.work.people.membership(invitation.replaces or 0)
    assert before is not None, "an invitation that stands has it"
    end(desk, before)
    given = give(desk, desk.person.id, invitation)
    desk.log(
        Event.HANDED_OVER,
        desk.person.handle,
        city=given.city,
        before=before.role.value,
        after=given.role.value,
    )
    left, come = member(desk, before), member(desk, given)
    desk.tell(before.person, YourRole(left, RoleNews.HANDED_OVER, by=come.name))
    tell_those_who_look_after(desk, PeopleNews(come, RoleNews.HANDED_OVER, by=left.name))
    return YourRole(come, RoleNews.JOINED, by=left.name, where=whereabouts(desk, given))


def _move(desk: Desk, invitation: Invitation) -> View:
    """Joins this new Telegram account to who had the old one, which loses its rights at once."""
    old = invitation.joins or 0
    before = desk.work.people.get(old)
    if before is None or desk.person.active:
        return _opened(desk, invitation)
    if not desk.work.invitations.use(invitation.id, desk.person.id, desk.now):
        return _lost(desk)
    desk.work.people.expect(old, None)
    desk.work.people.move(old, desk.person.id)
    desk.work.people.expect(desk.person.id, None)
    moved = desk.work.people.get(desk.person.id) or desk.person
    desk.log(
        Event.ACCOUNT_MOVED, moved.handle, city=invitation.city, before=before.handle, after=moved.handle
    )
    desk.tell(old, AccountMoved(moved.name, is_old=True))
    desk.set_menu(old)
    desk.set_menu(moved.id)
    for membership in moved.active[:1]:
        tell_those_who_look_after(desk, PeopleNews(member(desk, membership), RoleNews.MOVED))
    return AccountMoved(moved.name)


def _decline(desk: Desk, invitation: Invitation) -> View:
    desk.work.people.expect(desk.person.id, None)
    return JoinDeclined()


JOINING: Mapping[str, Callable[[Desk, Invitation], View]] = {
    JoinMove.BEGIN: _begin,
    JoinMove.NO_TITLE: _no_title,
    JoinMove.AGREE: _agree,
    JoinMove.RENAME: _ask_name,
    JoinMove.DECLINE: _decline,
}
MOVING: Mapping[str, Callable[[Desk, Invitation], View]] = {JoinMove.AGREE: _move, JoinMove.DECLINE: _decline}


def _held(desk: Desk, invitation_id: int) -> Invitation | None:
    """The invitation, where this person came to it by its link and it can still be taken up."""
    expecting = desk.person.expecting
    if expecting is None or expecting.purpose not in STEPS or expecting.object_id != invitation_id:
        return None
    invitation = desk.work.invitations.get(invitation_id)
    return invitation if invitation is not None and stands(desk, invitation) else None


def _held_now(desk: Desk) -> Invitation | None:
    expecting = desk.person.expecting
    return _held(desk, expecting.object_id or 0) if expecting is not None else None


def _lost(desk: Desk) -> View:
    """The invitation is over in the middle of it: plain words are looked up again."""
    desk.work.people.expect(desk.person.id, None)
    return LinkOver()


def _expect(
    desk: Desk, purpose: Purpose, invitation: Invitation, name: str | None = None, title: str | None = None
) -> None:
    expecting = Expecting(purpose, text=name, since=desk.now, object_id=invitation.id, more=title)
    desk.work.people.expect(desk.person.id, expecting)


def _opened(desk: Desk, invitation: Invitation) -> View:
    asked = asked_by(invitation)
    if asked is Asked.MOVE:
        name = desk.name_of(invitation.joins)
        return AccountMoveAsked(offer(desk, invitation), name, has_roles=bool(desk.person.active))
    inviter = desk.name_of(invitation.invited_by)
    current = interface_language(desk.person.language)
    return InvitationOpened(offer(desk, invitation), inviter, asked, current, languages())


def _taken_up_before(desk: Desk, invitation: Invitation) -> View:
    """What became of the link that they took up themselves."""
    if invitation.joins is not None:
        return AccountMoved(desk.person.name)
    mine = _same_role(desk, invitation)
    return LinkOver() if mine is None else _already(desk, mine)


def _same_role(desk: Desk, invitation: Invitation) -> Membership | None:
    """The role that the invitation would give, where they have it or wait for it."""
    for membership in desk.person.memberships:
        same = (membership.role, membership.city) == (invitation.role, invitation.city)
        if same and membership.state is not MembershipState.ENDED:
            return membership
    return None


def _already(desk: Desk, membership: Membership) -> View:
    waiting = membership.state is MembershipState.WAITING
    return YourRole(member(desk, membership), RoleNews.WAITING if waiting else RoleNews.ALREADY)


def _log_joined(desk: Desk, given: Membership) -> None:
    desk.log(
        Event.JOINED, desk.person.handle, city=given.city, after=f"{given.role.value} {given.state.value}"
    )
