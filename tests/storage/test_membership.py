"""Roles, invitations and handed questions in the archive."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from archive_samples import NOW, draft, invitation

from bot.domain.handing import HandedQuestion
from bot.domain.people import Expecting, Membership, MembershipState, Person, Purpose, Role
from bot.storage.database import Database

LARGEST = 2**52 - 1
ACTIVE, ENDED = MembershipState.ACTIVE, MembershipState.ENDED
LATER = NOW + timedelta(days=400)


def met(database: Database, *people: int) -> None:
    for person in people:
        database.run_now(lambda work, p=person: work.people.seen(p, "en", NOW))


def join(
    database: Database,
    person: int,
    role: Role,
    city: str | None = None,
    state: MembershipState = ACTIVE,
    now: datetime = NOW,
) -> Membership:
    return database.run_now(lambda work: work.people.join(person, role, city, state, now))


def known(database: Database, person: int) -> Person:
    found = database.run_now(lambda work: work.people.get(person))
    assert found is not None
    return found


def test_each_person_has_a_handle_of_their_own_that_stays(database: Database) -> None:
    met(database, 1, 2)
    handles = {known(database, 1).handle, known(database, 2).handle}
    met(database, 1, 2)
    assert handles == {known(database, 1).handle, known(database, 2).handle}
    assert len(handles) == 2
    assert all(len(handle) == 12 for handle in handles)
    assert database.run_now(lambda work: work.people.by_handle("nobody")) is None
    one = known(database, 1)
    assert database.run_now(lambda work: work.people.by_handle(one.handle)) == one


def test_name_and_title_come_with_the_moment_of_consent(database: Database) -> None:
    met(database, 1)
    database.run_now(lambda work: work.people.introduce(1, "Ngô Thị Bé 👍", None, NOW))
    person = known(database, 1)
    assert (person.name, person.title, person.consented_at) == ("Ngô Thị Bé 👍", None, NOW)


def test_one_person_has_several_roles_and_the_highest_counts(database: Database) -> None:
    met(database, LARGEST)
    sibu = join(database, LARGEST, Role.FOCAL_POINT, "sibu")
    cebu = join(database, LARGEST, Role.DEPUTY, "cebu")
    person = known(database, LARGEST)
    assert person.memberships == (sibu, cebu)
    assert (person.role, person.cities()) == (Role.FOCAL_POINT, ("sibu", "cebu"))
    assert person == database.run_now(lambda work: work.people.seen(LARGEST, "en", NOW))
    office = join(database, LARGEST, Role.SECRETARIAT)
    assert known(database, LARGEST).role is Role.SECRETARIAT
    assert office.city is None


def test_who_comes_back_takes_up_the_role_they_had(database: Database) -> None:
    met(database, 1)
    first = join(database, 1, Role.SECRETARIAT)
    ended = replace(first, state=ENDED)
    database.run_now(lambda work: work.people.change_membership(ended))
    assert known(database, 1).role is Role.VISITOR
    again = database.run_now(
        lambda work: work.people.join(1, Role.SECRETARIAT, None, ACTIVE, LATER, frozenset({"MY", "PH"}))
    )
    assert again.id == first.id
    assert (again.since, again.confirmed_at, again.countries) == (LATER, LATER, frozenset({"MY", "PH"}))
    assert known(database, 1).memberships == (again,)


def test_a_role_is_changed_and_confirmed(database: Database) -> None:
    met(database, 1)
    had = join(database, 1, Role.DEPUTY, "sibu", ENDED)
    has = join(database, 1, Role.FOCAL_POINT, "sibu")
    assert has.id != had.id
    confirmed = replace(has, confirmed_at=LATER)
    database.run_now(lambda work: work.people.change_membership(confirmed))
    assert database.run_now(lambda work: work.people.membership(has.id)) == confirmed
    deputy = replace(confirmed, role=Role.DEPUTY)
    database.run_now(lambda work: work.people.change_membership(deputy))
    assert known(database, 1).memberships == (deputy,), "the role that ended before gave way to it"


def test_people_are_listed_as_the_secretariat_looks_for_them(database: Database) -> None:
    met(database, 1, 2, 3, 4, 5)
    for person, name in ((1, "Zoe"), (2, "anna"), (3, "Ben")):
        database.run_now(lambda work, p=person, n=name: work.people.introduce(p, n, None, NOW))
    join(database, 2, Role.DEPUTY, "sibu")
    join(database, 1, Role.FOCAL_POINT, "sibu")
    join(database, 3, Role.FOCAL_POINT, "cebu", ENDED)
    join(database, 3, Role.DEPUTY, "sibu", MembershipState.WAITING)
    join(database, 4, Role.ADMIN)

    def ids(found: list[Person]) -> list[int]:
        return [person.id for person in found]

    assert ids(database.run_now(lambda work: list(work.people.members()))) == [4, 3, 2, 1]
    assert ids(database.run_now(lambda work: list(work.people.of_city("sibu")))) == [1, 2]
    assert ids(database.run_now(lambda work: list(work.people.of_city("cebu")))) == []
    assert ids(database.run_now(lambda work: list(work.people.office()))) == [4]


def test_what_the_next_text_is_for_is_kept_whole(database: Database) -> None:
    met(database, 1)
    full = Expecting(Purpose.RETURN, 3, "text 泗水", NOW, 2**40, 2**41, "water@2007a", "more")
    database.run_now(lambda work: work.people.expect(1, full))
    assert known(database, 1).expecting == full


def test_an_invitation_comes_back_as_it_was_written(database: Database) -> None:
    full = invitation(
        city=None,
        role=Role.SECRETARIAT,
        countries=frozenset({"MY"}),
        needs_approval=True,
        replaces=3,
        joins=LARGEST,
    )
    kept = database.run_now(lambda work: work.invitations.add(full, "hash"))
    assert kept == replace(full, id=kept.id)
    assert database.run_now(lambda work: work.invitations.get(kept.id)) == kept
    assert database.run_now(lambda work: work.invitations.by_token("hash")) == kept
    assert database.run_now(lambda work: work.invitations.by_token("other")) is None


def test_an_invitation_is_taken_up_once_and_in_time(database: Database) -> None:
    one, two = (
        database.run_now(lambda work, t=token: work.invitations.add(invitation(), t)) for token in ("a", "b")
    )
    assert database.run_now(lambda work: work.invitations.use(one.id, 1, NOW))
    assert not database.run_now(lambda work: work.invitations.use(one.id, 2, NOW))
    assert not database.run_now(lambda work: work.invitations.use(one.id, 1, NOW))
    assert not database.run_now(lambda work: work.invitations.use(two.id, 1, two.expires_at))
    used = database.run_now(lambda work: work.invitations.get(one.id))
    assert used is not None
    assert (used.used_by, used.used_at) == (1, NOW)
    assert database.run_now(lambda work: work.invitations.open(NOW)) == [two]
    assert database.run_now(lambda work: work.invitations.open(two.expires_at)) == []


def test_of_two_programs_that_take_up_one_invitation_at_once_exactly_one_does(
    database: Database, address: str
) -> None:
    """SE-5."""
    invitations = [
        database.run_now(lambda work, n=n: work.invitations.add(invitation(), f"t{n}")).id for n in range(20)
    ]
    start, used = threading.Barrier(2), {1: [], 2: []}  # type: ignore[var-annotated]

    def program(person: int) -> None:
        own = Database(address)
        start.wait()
        for number in invitations:
            used[person].append(own.run_now(lambda work, n=number: work.invitations.use(n, person, NOW)))
        own.close()

    threads = [threading.Thread(target=program, args=(person,)) for person in (1, 2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one + two for one, two in zip(used[1], used[2], strict=True)] == [1] * 20


def test_an_invitation_can_be_ended_before_it_is_taken_up_and_not_after(database: Database) -> None:
    kept = database.run_now(lambda work: work.invitations.add(invitation(), "a"))
    changed = replace(kept, needs_approval=True)
    assert database.run_now(lambda work: work.invitations.change(changed))
    assert database.run_now(lambda work: work.invitations.get(kept.id)) == changed
    database.run_now(lambda work: work.invitations.use(kept.id, 1, NOW))
    assert not database.run_now(lambda work: work.invitations.change(replace(changed, expires_at=NOW)))


def test_wrong_links_are_counted_for_each_person_and_hour(database: Database) -> None:
    tries = [(1, 0), (1, 20), (2, 30), (1, 59)]
    counts = [
        database.run_now(lambda w, p=p, m=m: w.invitations.wrong_try(p, NOW + timedelta(minutes=m)))
        for p, m in tries
    ]
    assert counts == [1, 2, 1, 3]
    assert database.run_now(lambda work: work.invitations.wrong_tries(1, NOW + timedelta(minutes=61))) == 2
    assert database.run_now(lambda work: work.invitations.wrong_tries(3, NOW)) == 0


def test_what_is_over_for_long_is_forgotten(database: Database) -> None:
    old = database.run_now(lambda work: work.invitations.add(invitation(), "a"))
    new = database.run_now(lambda work: work.invitations.add(invitation(expires_at=LATER), "b"))
    database.run_now(lambda work: work.invitations.wrong_try(1, NOW))
    day = NOW + timedelta(days=1)
    assert database.run_now(lambda work: work.invitations.forget(NOW, day - timedelta(seconds=1))) == 0
    assert database.run_now(lambda work: work.invitations.forget(NOW, day)) == 1
    assert database.run_now(lambda work: work.invitations.forget(LATER, day)) == 1
    assert database.run_now(lambda work: work.invitations.get(old.id)) is None
    later = database.run_now(lambda work: work.invitations.add(invitation(), "c"))
    assert later.id > new.id > old.id


def test_a_handed_question_is_bound_to_who_opens_it_first(database: Database) -> None:
    kept = database.run_now(lambda work: work.drafts.add(draft()))
    wanted = HandedQuestion(0, kept.id, "water@2007a", LARGEST, NOW, NOW + timedelta(days=7))
    handed = database.run_now(lambda work: work.handed.add(wanted, "hash"))
    assert handed == replace(wanted, id=handed.id)
    assert database.run_now(lambda work: work.handed.by_token("hash")) == handed
    assert database.run_now(lambda work: work.handed.by_token("other")) is None
    assert [database.run_now(lambda work, p=p: work.handed.open(handed.id, p)) for p in (5, 6, 5)] == [
        True,
        False,
        True,
    ]
    database.run_now(lambda work: work.handed.answered(handed.id, NOW))
    assert database.run_now(lambda work: work.handed.get(handed.id)) == replace(
        handed, opened_by=5, answered_at=NOW
    )
    assert not database.run_now(lambda work: work.handed.open(handed.id + 1, 5))
    assert database.run_now(lambda work: work.handed.forget(handed.expires_at)) == 0
    assert database.run_now(lambda work: work.handed.forget(handed.expires_at + timedelta(seconds=1))) == 1


@pytest.mark.parametrize("key", ["", "anything"])
def test_a_fact_is_remembered(database: Database, key: str) -> None:
    assert database.run_now(lambda work: work.facts.get(key)) is None
    for value in ("one", "two"):
        database.run_now(lambda work, v=value: work.facts.set(key, v))
    assert database.run_now(lambda work: work.facts.get(key)) == "two"
