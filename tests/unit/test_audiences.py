"""Audiences: who belongs to them, who is left out, and how far an author reaches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.announcements import Announcement, local_moment
from bot.domain.audiences import Audience, Directory, Selection, members, within
from bot.domain.groups import TeamGroup
from bot.domain.people import Membership, MembershipState, Person, Role

NOW = datetime(2026, 5, 12, 6, tzinfo=UTC)
COUNTRY = {"surabaya": "ID", "malang": "ID", "naga": "PH"}
TOPICS = {"surabaya": frozenset({"waste", "composting"}), "naga": frozenset({"water"})}
OWING = {"2026": frozenset({"surabaya", "naga"})}


def person(
    number: int, *roles: tuple[Role, str | None], state: MembershipState = MembershipState.ACTIVE
) -> Person:
    return Person(
        number, "en", memberships=tuple(Membership(1, number, role, city, state) for role, city in roles)
    )


SARI = person(1, (Role.FOCAL_POINT, "surabaya"))
BUDI = person(2, (Role.DEPUTY, "surabaya"), (Role.FOCAL_POINT, "naga"))
MADE = person(3, (Role.FOCAL_POINT, "malang"))
OFFICE = person(4, (Role.SECRETARIAT, None))
ADMIN = person(5, (Role.ADMIN, None))
VISITOR = person(6)
WAITING = person(7, (Role.FOCAL_POINT, "naga"), state=MembershipState.WAITING)
ENDED = person(8, (Role.FOCAL_POINT, "naga"), state=MembershipState.ENDED)
EVERYONE = (SARI, BUDI, MADE, OFFICE, ADMIN, VISITOR, WAITING, ENDED)
GROUPS = tuple(TeamGroup(-number, city, "en", 1, NOW) for number, city in enumerate(COUNTRY, 1))
DIRECTORY = Directory(EVERYONE, GROUPS, COUNTRY, TOPICS, OWING)


def ids(audience: Audience, directory: Directory = DIRECTORY) -> list[int]:
    found = members(audience, directory)
    return [one.id for one in found.people] + [one.chat_id for one in found.groups]


def test_everybody_is_whoever_has_a_role_and_nobody_who_only_looked_in() -> None:
    assert ids(Audience()) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(roles=frozenset({Role.FOCAL_POINT})), [1, 2, 3]),
        (Selection(roles=frozenset({Role.DEPUTY, Role.ADMIN})), [2, 5]),
        (Selection(countries=frozenset({"ID"})), [1, 2, 3]),
        (Selection(topics=frozenset({"composting"})), [1, 2]),
        (Selection(owing="2026"), [1, 2]),
        (Selection(cities=frozenset({"malang", "naga"})), [2, 3]),
        (Selection(owing="of another year"), []),
        (Selection(cities=frozenset({"atlantis"})), []),
        # It is one and the same role that has to fit: Budi is no focal point in Indonesia.
        (Selection(roles=frozenset({Role.FOCAL_POINT}), countries=frozenset({"ID"})), [1, 3]),
        (Selection(roles=frozenset({Role.SECRETARIAT}), countries=frozenset({"ID"})), []),
    ],
)
def test_each_thing_that_is_named_narrows(selection: Selection, expected: list[int]) -> None:
    assert ids(Audience(selection)) == expected


def test_exceptions_count_one_by_one() -> None:
    without = Selection(roles=frozenset({Role.ADMIN}), cities=frozenset({"naga"}))
    assert ids(Audience(left_out=without)) == [1, 3, 4]
    assert ids(Audience(left_out=Selection())) == ids(Audience())


def test_groups_are_their_city_s_and_come_only_where_they_are_wanted() -> None:
    assert ids(Audience(groups=True))[-3:] == [-3, -2, -1]
    indonesia = Selection(countries=frozenset({"ID"}))
    assert ids(Audience(indonesia, groups=True)) == [1, 2, 3, -2, -1]
    assert ids(Audience(left_out=indonesia, groups=True)) == [4, 5, -3]
    office = Selection(roles=frozenset({Role.SECRETARIAT}))
    assert ids(Audience(office, groups=True)) == [4]
    # A city's group stays, although one of its people is left out by role.
    assert ids(Audience(left_out=Selection(roles=frozenset({Role.DEPUTY})), groups=True)) == [
        1,
        3,
        4,
        5,
        -3,
        -2,
        -1,
    ]


def test_who_cannot_be_reached_is_counted_among_them() -> None:
    away = replace(DIRECTORY, people=(replace(SARI, reachable=False), MADE))
    found = members(Audience(), away)
    assert (len(found), found.unreachable) == (2, 1)


def test_an_author_with_countries_reaches_their_cities_and_only_roles_in_them() -> None:
    philippines = within(DIRECTORY, frozenset({"PH"}))
    assert ids(Audience(groups=True), philippines) == [2, -3]
    assert ids(Audience(Selection(roles=frozenset({Role.DEPUTY}))), philippines) == []
    assert ids(Audience(Selection(countries=frozenset({"ID"}))), philippines) == []
    assert ids(Audience(groups=True), within(DIRECTORY, frozenset())) == []


SELECTIONS = st.builds(
    Selection,
    st.frozensets(st.sampled_from(list(Role)), max_size=2),
    st.frozensets(st.sampled_from(["ID", "PH", "FR"]), max_size=2),
    st.frozensets(st.sampled_from(["waste", "water", "composting"]), max_size=2),
    st.sampled_from(["", "2026", "2025"]),
    st.frozensets(st.sampled_from(["surabaya", "malang", "naga", "atlantis"]), max_size=2),
)


@given(SELECTIONS, st.none() | SELECTIONS, st.booleans(), st.sets(st.sampled_from(["ID", "PH"])))
def test_whatever_is_named_narrows_and_never_widens(
    chosen: Selection, left_out: Selection | None, groups: bool, reach: set[str]
) -> None:
    audience = Audience(chosen, left_out, groups)
    found = set(ids(audience))
    assert found <= set(ids(Audience(chosen, None, groups))) <= set(ids(Audience(groups=groups)))
    assert set(ids(Audience(chosen, None, groups), within(DIRECTORY, frozenset(reach)))) <= set(
        ids(Audience(chosen, None, groups))
    )
    assert found & {6, 7, 8} == set()


# --- what a reader gets, and when


@pytest.mark.parametrize(
    ("language", "default", "expected"),
    [
        ("fr", "en", "fr"),
        ("fr-CA", "en", "fr"),
        ("zh-hans", "en", "zh"),
        ("zh-hant", "en", "zh-Hant"),
        ("id", "fr", "fr"),
        ("id", "pt-BR", "en"),
        ("", "xx", "en"),
    ],
)
def test_a_reader_gets_their_language_its_base_the_network_s_or_english(
    language: str, default: str, expected: str
) -> None:
    texts = {tag: f"<b>{tag}</b>" for tag in ("zh", "zh-Hant", "fr", "en")}
    assert Announcement(1, 1, NOW, texts=texts).text_for(language, default) == (
        f"<b>{expected}</b>",
        expected,
    )


def test_the_one_text_that_is_there_is_for_all_and_none_is_a_mistake() -> None:
    assert Announcement(1, 1, NOW, texts={"pt": "Olá"}).text_for("zh", "en") == ("Olá", "pt")
    with pytest.raises(ValueError, match="without a text"):
        Announcement(1, 1, NOW).text_for("en", "en")


ZONES = st.sampled_from(
    ["UTC", "Asia/Jakarta", "Asia/Kathmandu", "Pacific/Kiritimati", "Pacific/Niue", "America/Sao_Paulo"]
)


@given(ZONES, st.datetimes(datetime(2026, 1, 1), datetime(2030, 1, 1)), st.integers(-1, 5))
def test_nine_o_clock_is_nine_o_clock_there_and_never_before_it_may_be(
    zone: str, moment: datetime, ahead: int
) -> None:
    earliest = moment.replace(tzinfo=UTC)
    day = earliest.date() + timedelta(days=ahead)
    leaves = local_moment(day, time(9), zone, earliest)
    there = leaves.astimezone(ZoneInfo(zone))
    assert there.time() == time(9)
    assert leaves >= earliest
    assert there.date() >= day
    assert leaves - earliest < timedelta(days=1) or there.date() == day


def test_where_nine_is_over_it_is_nine_of_the_next_day() -> None:
    day = date(2026, 5, 12)  # 06:00 UTC: 13:00 in Jakarta, 03:00 in Sao Paulo
    assert local_moment(day, time(9), "Asia/Jakarta", NOW) == datetime(2026, 5, 13, 2, tzinfo=UTC)
    assert local_moment(day, time(9), "America/Sao_Paulo", NOW) == datetime(2026, 5, 12, 12, tzinfo=UTC)
