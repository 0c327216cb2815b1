"""One's own role in a city: confirmed once a year, handed over to a successor, or given up."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from bot.domain.audit import Event
from bot.domain.buttons import KeepMove
from bot.domain.people import Membership, MembershipState
from bot.domain.views import NotAllowed, OldButton, View
from bot.domain.views.membership import (
    Asked,
    HandOverAsked,
    InvitationMade,
    LeaveAsked,
    LinkNote,
    Offer,
    RoleNews,
    StillYou,
    YourRole,
)
from bot.services.desk import Desk
from bot.services.inviting import hand_out, make
from bot.services.roles import end, is_only_one, member, news_of_leaving, offer


def act(desk: Desk, membership_id: int, move: str) -> View:
    """What somebody does with a role of their own; nobody else's answers to it."""
    mine = next((m for m in desk.person.active if m.id == membership_id and m.city is not None), None)
    if mine is None:
        return NotAllowed()
    run = MOVES.get(move)
    return OldButton() if run is None else run(desk, mine)


def due(desk: Desk) -> View | None:
    """The yearly question, where one of their roles is to be confirmed."""
    waits = next((m for m in desk.person.active if m.is_due(desk.now)), None)
    return None if waits is None else StillYou(member(desk, waits))


def ask_if_due(desk: Desk) -> None:
    """Asks the yearly question, not more than once a day: the outbox takes a message of the same key once."""
    asked = due(desk) if desk.private else None
    if asked is not None:
        today = replace(desk, cause=f"still{desk.person.id}on{desk.now:%Y%m%d}")
        today.tell(desk.person.id, asked)


def confirm(desk: Desk, mine: Membership) -> View:
    desk.work.people.change_membership(replace(mine, confirmed_at=desk.now))
    desk.log(Event.CONFIRMED, desk.person.handle, city=mine.city, after=mine.role.value)
    return YourRole(member(desk, mine), RoleNews.CONFIRMED)


def ask_hand_over(desk: Desk, mine: Membership) -> View:
    return HandOverAsked(member(desk, mine))


def hand_over(desk: Desk, mine: Membership) -> View:
    """Makes the link for the successor. An earlier one is void from now on."""
    _take_back_links(desk, mine)
    invitation, token = make(desk, mine.role, mine.city, replaces=mine.id)
    hand_out(desk, invitation, token, desk.person.language)
    return InvitationMade(offer(desk, invitation), LinkNote.MADE, Asked.SUCCEED)


def take_back(desk: Desk, mine: Membership) -> View:
    """The successor's link opens nothing any more."""
    last = _take_back_links(desk, mine)
    if last is None:
        return HandOverAsked(member(desk, mine))
    return InvitationMade(last, LinkNote.TAKEN_BACK, Asked.SUCCEED)


def ask_leave(desk: Desk, mine: Membership) -> View:
    return LeaveAsked(member(desk, mine), is_only_one(desk, mine))


def leave(desk: Desk, mine: Membership) -> View:
    """Gives the role up; the office hears of it."""
    end(desk, mine)
    gone = replace(mine, state=MembershipState.ENDED)
    desk.log(
        Event.REMOVED, desk.person.handle, city=mine.city, before=mine.role.value, after=gone.state.value
    )
    news_of_leaving(desk, gone, RoleNews.LEFT)
    return YourRole(member(desk, gone), RoleNews.LEFT)


def _take_back_links(desk: Desk, mine: Membership) -> Offer | None:
    """Ends the links by which this role could be taken over; the last of them."""
    last = None
    for invitation in desk.work.invitations.open(desk.now):
        if invitation.replaces == mine.id:
            desk.work.invitations.change(replace(invitation, expires_at=desk.now))
            last = offer(desk, invitation)
    return last


MOVES: Mapping[str, Callable[[Desk, Membership], View]] = {
    KeepMove.CONFIRM: confirm,
    KeepMove.ASK_HAND_OVER: ask_hand_over,
    KeepMove.HAND_OVER: hand_over,
    KeepMove.TAKE_BACK: take_back,
    KeepMove.ASK_LEAVE: ask_leave,
    KeepMove.LEAVE: leave,
}
