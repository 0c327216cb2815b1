"""What the buttons and prompts about people do: invitations, joining, roles, hand-over, one's own data."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.press import Awaited, Press, of_city
from bot.domain import buttons as b
from bot.domain.people import Action, Matter, Purpose
from bot.services import inviting, joining, keeping, own_data, people
from bot.services.desk import Desk


def _of_city_role(desk: Desk, membership_id: int) -> Matter | None:
    """The city of a role; None for a role in the network, which has a button of its own."""
    membership = desk.work.people.membership(membership_id)
    return None if membership is None or membership.city is None else desk.matter(membership.city)


def _of_office_role(desk: Desk, membership_id: int) -> Matter | None:
    membership = desk.work.people.membership(membership_id)
    return None if membership is None or membership.city is not None else desk.matter(None)


def _of_city_link(desk: Desk, invitation_id: int) -> Matter | None:
    """The city of an invitation; None for one to the network itself, which has a button of its own."""
    invitation = desk.work.invitations.get(invitation_id)
    if invitation is None or invitation.city is None:
        return None
    return desk.matter(invitation.city)


def _of_office_link(desk: Desk, invitation_id: int) -> Matter | None:
    invitation = desk.work.invitations.get(invitation_id)
    return None if invitation is None or invitation.city is not None else desk.matter(None)


def _of_own_role(desk: Desk, membership_id: int) -> Matter | None:
    """The city of an active role of the person's own: a colleague's is none of theirs."""
    mine = next((m for m in desk.person.active if m.id == membership_id), None)
    return None if mine is None or mine.city is None else desk.matter(mine.city)


def _of_limited(desk: Desk) -> Matter | None:
    expecting = desk.person.expecting
    return _of_office_role(desk, expecting.object_id or 0) if expecting is not None else None


MANAGE, APPOINT = Action.MANAGE_PEOPLE, Action.APPOINT

PRESSES: Mapping[type[b.Button], Press] = {
    b.Invite: Press(lambda desk, _: inviting.choose_role(desk), MANAGE),
    b.InviteFor: Press(lambda desk, x: inviting.choose_city(desk, x.rank, x.page), MANAGE),
    b.InviteTo: Press(
        lambda desk, x: inviting.to_city(desk, x.rank, x.city),
        MANAGE,
        about=lambda desk, x: of_city(desk, x.city),
    ),
    b.Appoint: Press(lambda desk, x: inviting.to_office(desk, x.rank), APPOINT),
    b.Invitations: Press(lambda desk, x: inviting.listed(desk, x.page), MANAGE),
    b.InvitationDo: Press(
        lambda desk, x: inviting.change(desk, x.invitation_id, x.move),
        MANAGE,
        about=lambda desk, x: _of_city_link(desk, x.invitation_id),
    ),
    b.OfficeInvitationDo: Press(
        lambda desk, x: inviting.change(desk, x.invitation_id, x.move),
        APPOINT,
        about=lambda desk, x: _of_office_link(desk, x.invitation_id),
    ),
    b.People: Press(lambda desk, x: people.listed(desk, x.page), MANAGE),
    b.MemberDo: Press(
        lambda desk, x: people.act(desk, x.membership_id, x.move),
        MANAGE,
        about=lambda desk, x: _of_city_role(desk, x.membership_id),
    ),
    b.OfficeMemberDo: Press(
        lambda desk, x: people.act(desk, x.membership_id, x.move),
        APPOINT,
        about=lambda desk, x: _of_office_role(desk, x.membership_id),
    ),
    b.Keep: Press(
        lambda desk, x: keeping.act(desk, x.membership_id, x.move),
        Action.KEEP_MEMBERSHIP,
        about=lambda desk, x: _of_own_role(desk, x.membership_id),
    ),
    b.Join: Press(lambda desk, x: joining.step(desk, x.invitation_id, x.move), Action.JOIN),
    b.JoinIn: Press(lambda desk, x: joining.speak(desk, x.invitation_id, x.language), Action.JOIN),
    b.OwnDataDo: Press(lambda desk, x: own_data.act(desk, x.move), Action.OWN_DATA),
}

PURPOSES: Mapping[Purpose, Awaited] = {
    Purpose.INVITE_CITY: Awaited(inviting.name_city, MANAGE),
    Purpose.COUNTRIES: Awaited(people.hear_countries, APPOINT, _of_limited),
    Purpose.JOIN: Awaited(joining.hear_early, Action.JOIN),
    Purpose.JOIN_NAME: Awaited(joining.hear_name, Action.JOIN),
    Purpose.JOIN_TITLE: Awaited(joining.hear_title, Action.JOIN),
    Purpose.JOIN_CONSENT: Awaited(joining.hear_consent, Action.JOIN),
    Purpose.RENAME: Awaited(own_data.rename, Action.OWN_DATA),
}
