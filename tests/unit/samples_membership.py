"""A sample of every view about people, each of its faces at least once."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.entries import Library
from bot.domain.names import NameProblem
from bot.domain.people import Invitation, Membership, MembershipState, Role
from bot.domain.reports import ReportState
from bot.domain.views import View
from bot.domain.views import membership as v
from bot.domain.words import LocalText

NASTY = "<b>Ana</b> & {{ 7*7 }} %(x)s \u0627\u0628 字😀"
NOW = datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
SIBU = LocalText({"en": "Sibu", "zh": "诗巫"})


def member(role: Role = Role.FOCAL_POINT, state: MembershipState = MembershipState.ACTIVE) -> v.Member:
    city = "sibu" if role in (Role.FOCAL_POINT, Role.DEPUTY) else None
    one = Membership(7, 5_000_000_001, role, city, state, frozenset(), NOW, NOW)
    return v.Member(one, NASTY, NASTY, SIBU if city else None)


def offer(role: Role = Role.FOCAL_POINT, **more: object) -> v.Offer:
    city = "sibu" if role in (Role.FOCAL_POINT, Role.DEPUTY) else None
    link = Invitation(9, role, city, 5, NOW, NOW + timedelta(days=3), replaces=7)
    return v.Offer(replace(link, **more), SIBU if city else None)  # type: ignore[arg-type]


def samples(library: Library) -> Iterator[View]:
    """Every view about people, in every role and with every piece of news."""
    city_roles, roles = (Role.DEPUTY, Role.FOCAL_POINT), tuple(Role)[1:]
    where = v.Whereabouts(
        ((SIBU, 4, 9),),
        tuple(("sibu-2026", number, state) for number, state in enumerate(ReportState, 1)),
        ((SIBU, date(2026, 12, 31)),),
        (member(Role.DEPUTY),),
    )
    yield v.InviteRoles(roles, 3)
    for role in city_roles:
        yield v.InviteCities(role, (("sibu", SIBU),), 2, 3)
        yield from (v.InviteCities(role, (("sibu", SIBU),), page, 3, others_from=3) for page in (1, 2))
        yield v.InviteCities(role, (("sibu", SIBU),), words=NASTY)
        yield v.InviteCities(role, (), words=NASTY)
    for role in roles:
        for asked in v.Asked:
            yield v.InvitationText(role, offer(role).place, "x" * 22, 72, asked)
            yield v.InvitationOpened(
                offer(role), NASTY if role is Role.ADMIN else None, asked, "fr", ("en", "fr")
            )
            for note in v.LinkNote:
                yield v.InvitationMade(offer(role), note, asked, NASTY)
        yield v.InvitationMade(offer(role, needs_approval=True), v.LinkNote.ASKS)
        yield v.ConsentAsked(offer(role, needs_approval=role is Role.ADMIN), NASTY, None)
        yield v.ConsentAsked(offer(role), NASTY, NASTY)
        for news in v.RoleNews:
            yield v.YourRole(member(role), news, NASTY, where if role in city_roles else None)
            for nobody_left in (False, role in city_roles):
                yield v.PeopleNews(member(role), news, None, nobody_left)
        for state in MembershipState:
            yield v.MemberCard(member(role, state), "pt", reachable=False, others=(member(),))
        yield v.RemoveAsked(member(role))
    yield v.YourRole(
        v.Member(replace(member(Role.SECRETARIAT).membership, countries=frozenset({"MY"})), None, None, None),
        v.RoleNews.LIMITED,
    )
    yield v.InvitationList((offer(), offer(Role.ADMIN)), 1, 2)
    yield v.InvitationList((), 1, 1)
    yield v.LinkOver()
    yield from (v.OwnLink(asked) for asked in v.Asked)
    for problem in NameProblem:
        for is_title in (False, True):
            yield v.NameAsked(9, is_title, problem)
            yield v.RenameAsked(is_title, problem)
    yield v.NameAsked(9, is_title=True, name=NASTY)
    yield from (v.AccountMoveAsked(offer(joins=4), NASTY, has) for has in (False, True))
    yield from (v.AccountMoved(NASTY, old) for old in (False, True))
    yield v.JoinDeclined()
    shown = tuple(member(role, state) for role in city_roles for state in MembershipState)
    yield v.PeopleList(
        (*shown, member(Role.ADMIN)), 1, 3, 7, 2, 4, 2, ((NASTY, Role.ADMIN), (None, Role.SECRETARIAT))
    )
    yield v.PeopleList((v.Member(member().membership, None, None, SIBU),), 1, 1, 1, 1, 0, 1)
    for note in v.CardNote:
        yield v.MemberCard(member(), "", reachable=True, is_own=True, note=note)
    yield v.MemberCard(
        v.Member(
            replace(member(Role.SECRETARIAT).membership, countries=frozenset({"MY", "ID"})), NASTY, None, None
        ),
        "en",
        reachable=True,
    )
    yield from (v.CountriesAsked(member(Role.SECRETARIAT), unknown) for unknown in ((), (NASTY, "Atlantis")))
    yield v.HandOverAsked(member())
    yield v.StillYou(member())
    yield from (v.LeaveAsked(member(), is_only) for is_only in (False, True))
    yield v.OwnData(NASTY, NASTY, NOW, (member(),))
    yield v.OwnData(None, None, None, ())
    yield v.OwnDataFile()
    yield v.ForgetAsked((member(),), (SIBU,), by_settings=True)
    yield v.ForgetAsked()
    yield v.LastAdminStays()
    yield v.Forgotten()
