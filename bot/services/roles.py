"""Roles as people see them: how they are shown, who looks after them, and how one ends."""

from __future__ import annotations

from dataclasses import replace

from bot.domain import drafts
from bot.domain.entries import Place
from bot.domain.people import (
    Action,
    Invitation,
    Membership,
    MembershipState,
    Person,
    Role,
    person_may,
    with_admin_rights,
)
from bot.domain.reports import ReportState
from bot.domain.views.membership import Asked, Member, Offer, PeopleNews, RoleNews, Whereabouts
from bot.domain.words import LocalText
from bot.services.courses import cities_of, course_of
from bot.services.desk import Desk

OPERATOR = 0
"""Who the command line acts as; no Telegram id."""


def place_of(desk: Desk, city: str | None) -> LocalText | None:
    return None if city is None else desk.all_known.place_name(Place(city))


def member(desk: Desk, membership: Membership) -> Member:
    """A role with the name of its person and of its city."""
    person = desk.work.people.get(membership.person)
    name, title = (person.name, person.title) if person is not None else (None, None)
    return Member(membership, name, title, place_of(desk, membership.city))


def offer(desk: Desk, invitation: Invitation) -> Offer:
    return Offer(invitation, place_of(desk, invitation.city))


def asked_by(invitation: Invitation) -> Asked:
    """What its link is for."""
    if invitation.joins is not None:
        return Asked.MOVE
    return Asked.JOIN if invitation.replaces is None else Asked.SUCCEED


def someone(desk: Desk, person_id: int) -> Person | None:
    """Somebody with all their rights, those by the settings too. Nobody for 0: in what was done it stands for
    whoever is forgotten, and must not lend them the operator's rights."""
    person = None if person_id == OPERATOR else desk.work.people.get(person_id)
    if person is None:
        return None
    return with_admin_rights(person) if person_id in desk.admins else person


def operator() -> Person:
    """Who acts from the command line, with all rights."""
    return with_admin_rights(Person(OPERATOR, ""))


def looks_after(desk: Desk, person: Person, city: str | None) -> bool:
    """Whether this person may give and take roles in this city, or (None) in the network itself."""
    if city is None:
        return person_may(person, Action.APPOINT)
    return person_may(person, Action.MANAGE_PEOPLE, desk.matter(city))


def looks_after_all_of(desk: Desk, person: Person, subject: Person) -> bool:
    """Whether this person looks after every role that the other has. Nobody looks after an admin by the settings."""
    return subject.id not in desk.admins and all(looks_after(desk, person, m.city) for m in subject.active)


def end(desk: Desk, membership: Membership) -> None:
    """Ends a role, with whatever its holder was being asked for and what they held of the city's drafts."""
    desk.work.people.change_membership(replace(membership, state=MembershipState.ENDED))
    desk.work.people.expect(membership.person, None)
    for draft in desk.work.drafts.of_city(membership.city) if membership.city is not None else ():
        if draft.holder == membership.person:
            desk.work.drafts.save(replace(draft, holder=None), draft)
    desk.set_menu(membership.person)


def give(desk: Desk, person_id: int, invitation: Invitation) -> Membership:
    """Gives the role of an invitation, in place of another one that this person has in the same city."""
    state = MembershipState.WAITING if invitation.needs_approval else MembershipState.ACTIVE
    if state is MembershipState.ACTIVE:
        end_others(desk, person_id, invitation.role, invitation.city)
    given = desk.work.people.join(
        person_id, invitation.role, invitation.city, state, desk.now, invitation.countries
    )
    desk.set_menu(person_id)
    return given


def end_others(desk: Desk, person_id: int, role: Role, city: str | None) -> None:
    """Ends the other roles of a person in a city (None: in the network): nobody has two in the same place."""
    person = desk.work.people.get(person_id)
    for other in person.memberships if person is not None else ():
        if other.city == city and other.role is not role and other.state is not MembershipState.ENDED:
            desk.work.people.change_membership(replace(other, state=MembershipState.ENDED))


def is_only_one(desk: Desk, membership: Membership) -> bool:
    """Whether its city has nobody else."""
    city = membership.city
    return city is not None and all(p.id == membership.person for p in desk.work.people.of_city(city))


def is_last_admin(desk: Desk, person_id: int) -> bool:
    """Whether the network would have no admin without this person's rows. Those by the settings count."""
    admins = {person.id for person in desk.office if person.role is Role.ADMIN} | desk.admins
    return admins <= {person_id} and person_id not in desk.admins


def tell_those_who_look_after(desk: Desk, news: PeopleNews) -> None:
    """Tells everybody who may change this role, but whoever acts just now and whom it is about."""
    membership = news.member.membership
    for person in desk.office:
        apart = person.id in (desk.person.id, membership.person) or not person.reachable
        if not apart and looks_after(desk, person, membership.city):
            # Somebody may leave two cities at once: each is news of its own.
            desk.tell(person.id, news, f"to{person.id}of{membership.id}")


def news_of_leaving(desk: Desk, membership: Membership, news: RoleNews) -> None:
    """Tells those who look after a city that somebody left it, to be called after it ended."""
    nobody_left = membership.city is not None and not desk.work.people.of_city(membership.city)
    left = member(desk, membership)
    if news is RoleNews.FORGOTTEN:
        left = replace(left, name=None, title=None)
    told = PeopleNews(left, news, nobody_left=nobody_left)
    tell_those_who_look_after(desk, told)


def whereabouts(desk: Desk, membership: Membership) -> Whereabouts | None:
    """How things stand in a city; None for a role in the network itself."""
    city = membership.city
    if city is None:
        return None
    library, schedules = desk.all_known, desk.schedules
    begun = []
    for draft in desk.work.drafts.of_city(city):
        course = course_of(draft, library, schedules)
        if course is not None and draft.state is drafts.DraftState.OPEN and not draft.entered:
            cycle = schedules.cycles.get(draft.cycle)
            title = cycle.title if cycle is not None else course.questionnaire.title
            begun.append((title, *drafts.progress(draft, course)))
    sent = [r for r in desk.work.reports.of_city(city) if r.state is not ReportState.WITHDRAWN]
    newest = {report.number: report for report in reversed(sent)}
    zone = desk.zone_of(city)
    deadlines = [
        (cycle.title, cycle.deadline)
        for cycle in (desk.cycle_for(cycle, city) for cycle in reversed(schedules.newest_first()))
        if cycle.is_open(desk.now, zone)
        and not cycle.is_late(desk.now, zone)
        and city in cities_of(cycle, library)
    ]
    colleagues = [
        member(desk, m)
        for person in desk.work.people.of_city(city)
        if person.id != membership.person
        for m in person.active
        if m.city == city
    ]
    return Whereabouts(
        tuple(begun),
        tuple((r.number, r.version, r.state) for r in reversed(newest.values())),
        tuple(deadlines),
        tuple(colleagues),
    )
