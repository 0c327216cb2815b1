"""Rights: the one table, held against a second one written by hand, and every handler against the table."""

from __future__ import annotations

from dataclasses import fields
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.commands import all_commands
from bot.chat.presses import PARTS, PRESSES, PURPOSES
from bot.domain import buttons as b
from bot.domain.people import (
    PERMISSIONS,
    Action,
    ChatKind,
    Matter,
    Membership,
    MembershipState,
    Person,
    Purpose,
    Role,
    may,
    person_may,
)

A, R = Action, Role
EVERYBODY, OFFICE, ADMIN = set(Role), {R.SECRETARIAT, R.ADMIN}, {R.ADMIN}
CITY = {R.FOCAL_POINT, R.DEPUTY}

WHO: dict[Action, set[Role]] = {
    A.READ: EVERYBODY,
    A.ASK_SECRETARIAT: EVERYBODY,
    A.JOIN: EVERYBODY,
    A.OWN_DATA: EVERYBODY,
    A.ANSWER_QUESTIONS: OFFICE,
    A.SEE_CONTENT_PROBLEMS: ADMIN,
    A.REPORT: CITY | OFFICE,
    A.SEE_CITY: CITY | OFFICE,
    A.KEEP_MEMBERSHIP: CITY,
    A.REVIEW: OFFICE,
    A.ENTER_RESULTS: OFFICE,
    A.OVERVIEW: OFFICE,
    A.MANAGE_PEOPLE: OFFICE,
    A.APPOINT: ADMIN,
    A.CHOOSE_TIME: CITY,
    A.REMIND: OFFICE,
    A.EXTEND: OFFICE,
    A.ANNOUNCE: OFFICE,
    A.HEAR: EVERYBODY,
    A.LINK_GROUP: CITY | OFFICE,
    A.PUBLISH: OFFICE,
    A.EXPORT: OFFICE,
    A.IMPORT: OFFICE,
}
"""Who may do it at all: written down a second time, so that nobody widens a right by accident."""
ABOUT_A_CITY = {
    A.REPORT,
    A.SEE_CITY,
    A.KEEP_MEMBERSHIP,
    A.REVIEW,
    A.ENTER_RESULTS,
    A.OVERVIEW,
    A.MANAGE_PEOPLE,
    A.CHOOSE_TIME,
    A.REMIND,
    A.EXTEND,
    A.LINK_GROUP,
    A.PUBLISH,
    A.EXPORT,
    A.IMPORT,
}
"""What nobody has for all cities but by their role."""
ONE_S_OWN = {A.KEEP_MEMBERSHIP, A.CHOOSE_TIME}
"""What nobody does for others, the secretariat neither."""

CITY_OBJECTS = {
    *("city", "draft_id", "report_id", "membership_id", "invitation_id", "mark"),
    *("extension_id", "debt"),
}
"""Fields that name something of a city, or of a person in it: a button with one needs an `about`."""
OPEN_FIELDS = {
    *("screen", "language", "entry_id", "topic_id", "country", "kind", "page", "rank"),
    *("position", "place", "version", "move", "what", "state", "source", "form", "key", "cycle"),
    *("table", "draft", "lookup_id", "question_id", "handed_id", "ref", "verdict", "written"),
    *("announcement_id", "tag", "choice", "day", "group"),
    *("work_id", "edition_id"),
}
"""Those that name nothing of a city, or nothing by themselves. Questions to the secretariat are all of its members';
a lookup is nobody's; long work is of whoever asked for it, a handed question of whoever opened its link, which the
service asks."""
OF_THE_WHOLE_NETWORK: set[type[b.Button]] = {b.Freeze}
"""They name nothing of a city, and are for nobody whose role is limited to countries."""
HELD_BY_THE_LINK = {b.Join, b.JoinIn}
"""An invitation is open to whoever came by its link, a visitor of no city: the service asks for that."""
LOOKED_UP = {Purpose.SEARCH, Purpose.TABLE}
"""Plain words that are a lookup all the same."""
NO_OBJECT = {
    *(Purpose.ANSWER, Purpose.SEND_ANSWER, Purpose.WRITE_BACK, Purpose.QUESTION, Purpose.INVITE_CITY),
    *(Purpose.JOIN, Purpose.JOIN_NAME, Purpose.JOIN_TITLE, Purpose.JOIN_CONSENT, Purpose.RENAME),
    *(Purpose.HANDED, Purpose.HANDED_NAME),
    *(Purpose.ANNOUNCE_TEXT, Purpose.ANNOUNCE_FILE, Purpose.ANNOUNCE_CITIES),
    *(Purpose.ANNOUNCE_TIME, Purpose.ANNOUNCE_NUMBER, Purpose.ANNOUNCE_CORRECTION),
}
"""Typed words about nothing of a city: their own data, or what a link opened for them."""

OWN, OTHER, NETWORK = Matter("surabaya", "ID"), Matter("naga", "PH"), Matter(None)
OWN_ENTERED, OTHER_ENTERED = Matter("surabaya", "ID", entered=True), Matter("naga", "PH", entered=True)
MATTERS = (None, OWN, OTHER, OWN_ENTERED, OTHER_ENTERED, NETWORK)


def somebody(*memberships: Membership) -> Person:
    return Person(7, "en", memberships=memberships)


def focal_point(city: str = "surabaya", role: Role = R.FOCAL_POINT) -> Membership:
    return Membership(1, 7, role, city)


def reviewer(*countries: str) -> Membership:
    return Membership(2, 7, R.SECRETARIAT, countries=frozenset(countries))


def test_the_table_is_the_one_that_was_agreed() -> None:
    assert set(WHO) == set(Action) == set(PERMISSIONS)
    for action, role in product(Action, Role):
        assert may(role, action) == (role in WHO[action]), f"{action} by {role}"


def test_only_reading_is_done_in_groups_and_linking_the_group_itself() -> None:
    for action, role in product(Action, Role):
        links = action is A.LINK_GROUP and role in CITY | OFFICE
        assert may(role, action, ChatKind.GROUP) == (action is A.READ or links), f"{action} by {role}"


@pytest.mark.parametrize("role", [R.FOCAL_POINT, R.DEPUTY])
def test_a_city_s_people_reach_their_own_city_and_nothing_else(role: Role) -> None:
    person = somebody(focal_point(role=role))
    for action in {A.REPORT, A.SEE_CITY, A.LINK_GROUP} | ONE_S_OWN:
        reached = [matter for matter in MATTERS if person_may(person, action, matter)]
        assert reached == [None, OWN], action
    for action in ABOUT_A_CITY - {A.REPORT, A.SEE_CITY, A.LINK_GROUP} - ONE_S_OWN:
        assert not any(person_may(person, action, matter) for matter in MATTERS), action


def test_the_secretariat_reads_every_city_but_fills_in_only_what_it_entered_itself() -> None:
    person = somebody(reviewer())
    for action in ABOUT_A_CITY - {A.REPORT} - ONE_S_OWN:
        assert all(person_may(person, action, matter) for matter in MATTERS), action
    reached = [matter for matter in MATTERS if person_may(person, A.REPORT, matter)]
    assert reached == [None, OWN_ENTERED, OTHER_ENTERED]
    assert not person_may(person, A.APPOINT)


def test_a_limited_reviewer_reaches_their_countries_and_nothing_of_the_network() -> None:
    person = somebody(reviewer("ID"))
    for action in ABOUT_A_CITY - {A.REPORT} - ONE_S_OWN:
        reached = [matter for matter in MATTERS if person_may(person, action, matter)]
        assert reached == [None, OWN, OWN_ENTERED], action
    assert [m for m in MATTERS if person_may(person, A.REPORT, m)] == [None, OWN_ENTERED]


def test_an_admin_does_not_fill_in_what_is_a_city_s() -> None:
    person = somebody(Membership(0, 7, R.ADMIN))
    assert not person_may(person, A.REPORT, OWN)
    assert all(person_may(person, A.APPOINT, matter) for matter in MATTERS)


MEMBERSHIPS = st.builds(
    Membership,
    st.integers(1, 9),
    st.just(7),
    st.sampled_from([R.DEPUTY, R.FOCAL_POINT, R.SECRETARIAT, R.ADMIN]),
    st.sampled_from([None, "surabaya", "naga"]),
    st.sampled_from(list(MembershipState)),
    st.sampled_from([frozenset(), frozenset({"ID"}), frozenset({"PH"})]),
)
PEOPLE = st.lists(MEMBERSHIPS, max_size=4).map(lambda found: somebody(*found))
ANY = {"action": st.sampled_from(list(Action)), "matter": st.sampled_from(MATTERS)}


@given(person=PEOPLE, chat=st.sampled_from(list(ChatKind)), **ANY)
def test_a_role_that_waits_or_has_ended_gives_nothing(
    person: Person, chat: ChatKind, action: Action, matter: Matter | None
) -> None:
    active = somebody(*(m for m in person.memberships if m.state is MembershipState.ACTIVE))
    assert person_may(person, action, matter, chat) == person_may(active, action, matter, chat)


@given(person=PEOPLE, more=MEMBERSHIPS, **ANY)
def test_each_role_counts_for_itself_and_roles_do_not_lend_each_other_their_reach(
    person: Person, more: Membership, action: Action, matter: Matter | None
) -> None:
    both = person_may(somebody(*person.memberships, more), action, matter)
    assert both == (person_may(person, action, matter) or person_may(somebody(more), action, matter))


@given(person=PEOPLE, chat=st.sampled_from(list(ChatKind)), **ANY)
def test_what_is_allowed_for_some_object_is_allowed_at_all(
    person: Person, chat: ChatKind, action: Action, matter: Matter | None
) -> None:
    if person_may(person, action, matter, chat):
        assert person_may(person, action, None, chat)
        assert any(may(role, action, chat) for role in (R.VISITOR, *(m.role for m in person.active)))


@given(countries=st.sets(st.sampled_from(["ID", "PH", "CN"]), min_size=1), **ANY)
def test_a_limit_never_widens(countries: set[str], action: Action, matter: Matter | None) -> None:
    if person_may(somebody(reviewer(*countries)), action, matter):
        assert person_may(somebody(reviewer()), action, matter)


# --- the handlers


def test_no_button_and_no_purpose_is_declared_in_two_places() -> None:
    assert sum(len(part.PRESSES) for part in PARTS) == len(PRESSES)
    assert sum(len(part.PURPOSES) for part in PARTS) == len(PURPOSES)
    assert set(PRESSES) == set(b.BUTTONS.values())


def test_every_field_of_a_button_is_known_to_be_an_object_or_not() -> None:
    named = {field.name for kind in PRESSES for field in fields(kind)}
    assert named - OPEN_FIELDS == CITY_OBJECTS, "say whether the new field names something of a city"


@pytest.mark.parametrize("kind", PRESSES, ids=lambda kind: kind.__name__)
def test_a_button_about_something_of_a_city_says_of_which(kind: type[b.Button]) -> None:
    press = PRESSES[kind]
    objects = {field.name for field in fields(kind)} & CITY_OBJECTS
    if kind in HELD_BY_THE_LINK:
        assert press.action is A.JOIN
    elif objects:
        assert press.about is not None, f"{kind.__name__} names {objects}: the doorway must ask whose it is"
        assert press.action in ABOUT_A_CITY | {A.APPOINT}, "everybody might press it"
    else:
        assert (press.about is not None) == (kind in OF_THE_WHOLE_NETWORK)


@pytest.mark.parametrize("purpose", Purpose)
def test_typed_words_about_something_of_a_city_say_of_which(purpose: Purpose) -> None:
    if purpose in LOOKED_UP:
        assert purpose not in PURPOSES
        return
    awaited = PURPOSES[purpose]
    assert (awaited.about is None) == (purpose in NO_OBJECT)
    if awaited.about is not None:
        assert awaited.action in ABOUT_A_CITY | {A.APPOINT}


def test_whatever_is_personal_is_no_command_of_groups() -> None:
    for name, command in all_commands().items():
        if command.in_groups:
            assert command.action is A.READ, f"/{name} would answer in a group"
    private = {"report", "mydata", "forget", "overview", "status", "people", "invite", "review", "questions"}
    assert not any(all_commands()[name].in_groups for name in private)
