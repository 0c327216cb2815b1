"""People and their roles as rows."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, SQLModel, col, delete, func, select, update

from bot.domain.people import RANKS, Expecting, Membership, MembershipState, Person, Role
from bot.storage import personal, personal_data
from bot.storage.answers_json import as_json, from_json
from bot.storage.dialects import insert_new
from bot.storage.tables import MembershipRow, PersonRow

OFFICE = (Role.SECRETARIAT.value, Role.ADMIN.value)
IS_ACTIVE = col(MembershipRow.state) == MembershipState.ACTIVE.value


class SqlPeople:
    """Implements `bot.domain.ports.People`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def seen(self, person_id: int, language: str, now: datetime, *, private: bool = True) -> Person:
        newcomer = {
            "id": person_id,
            "language": language,
            "language_chosen": False,
            "reachable": private,
            "first_seen": now,
            "last_seen": now,
            "handle": new_handle(),
        }
        insert_new(self._session, PersonRow, [newcomer], unique="id")
        row = self._session.get_one(PersonRow, person_id)
        row.last_seen = now
        if private:
            row.reachable = True
        if language and not row.language_chosen:
            row.language = language
        self._session.flush()
        return self._persons([row])[0]

    def get(self, person_id: int) -> Person | None:
        row = self._session.get(PersonRow, person_id)
        return None if row is None else self._persons([row])[0]

    def choose_language(self, person_id: int, language: str) -> None:
        self._set(person_id, language=language, language_chosen=True)

    def expect(self, person_id: int, expecting: Expecting | None) -> None:
        self._set(person_id, expecting=None if expecting is None else as_json(expecting))

    def set_reachable(self, person_id: int, reachable: bool) -> None:
        self._set(person_id, reachable=reachable)

    def count(self) -> int:
        return self._session.exec(select(func.count()).select_from(PersonRow)).one()

    def introduce(self, person_id: int, name: str, title: str | None, now: datetime) -> None:
        self._set(person_id, name=name, title=title, consented_at=now)

    def join(
        self,
        person_id: int,
        role: Role,
        city: str | None,
        state: MembershipState,
        now: datetime,
        countries: frozenset[str] = frozenset(),
    ) -> Membership:
        row = self._session.exec(
            select(MembershipRow).where(
                MembershipRow.person == person_id,
                MembershipRow.role == role.value,
                MembershipRow.city == (city or ""),
            )
        ).first()
        if row is None:
            row = MembershipRow(
                person=person_id, role=role.value, city=city or "", state=state.value, countries=[], since=now
            )
        elif row.state == MembershipState.ENDED:
            row.since = now
        row.state = state.value
        row.countries = sorted(countries)
        row.confirmed_at = now
        self._session.add(row)
        self._session.flush()
        return _membership(row)

    def membership(self, membership_id: int) -> Membership | None:
        row = self._session.get(MembershipRow, membership_id)
        return None if row is None else _membership(row)

    def change_membership(self, membership: Membership) -> None:
        """The same role that they had in this city before gives way to the changed one."""
        self._session.exec(
            delete(MembershipRow).where(
                col(MembershipRow.person) == membership.person,
                col(MembershipRow.role) == membership.role.value,
                col(MembershipRow.city) == (membership.city or ""),
                col(MembershipRow.id) != membership.id,
            )
        )
        self._session.exec(
            update(MembershipRow)
            .where(col(MembershipRow.id) == membership.id)
            .values(
                role=membership.role.value,
                state=membership.state.value,
                countries=sorted(membership.countries),
                since=membership.since,
                confirmed_at=membership.confirmed_at,
            )
        )

    def members(self) -> Sequence[Person]:
        """The network's own people first, then by city."""
        found = self._with_roles()
        return sorted(
            found, key=lambda person: (min(m.city or "" for m in person.memberships), _called(person))
        )

    def of_city(self, city: str) -> Sequence[Person]:
        found = self._with_roles(IS_ACTIVE, col(MembershipRow.city) == city)
        return sorted(found, key=lambda person: (-_rank_in(person, city), _called(person)))

    def office(self) -> Sequence[Person]:
        return sorted(self._with_roles(IS_ACTIVE, col(MembershipRow.role).in_(OFFICE)), key=_called)

    def by_handle(self, handle: str) -> Person | None:
        row = self._session.exec(select(PersonRow).where(PersonRow.handle == handle)).first()
        return None if row is None else self._persons([row])[0]

    def move(self, old: int, new: int) -> None:
        personal.move(self._session, old, new, new_handle())

    def forget(self, person_id: int) -> None:
        personal.forget(self._session, person_id)

    def data_of(self, person_id: int) -> Mapping[str, Any]:
        return personal_data.data_of(self._session, person_id)

    def _set(self, person_id: int, **values: Any) -> None:
        self._session.exec(update(PersonRow).where(col(PersonRow.id) == person_id).values(**values))

    def _with_roles(self, *conditions: ColumnElement[bool]) -> list[Person]:
        """Whoever has a membership that meets the conditions."""
        holders = select(MembershipRow.person).where(*conditions)
        return self._read(col(PersonRow.id).in_(holders), col(MembershipRow.person).in_(holders))

    def _persons(self, rows: Sequence[PersonRow]) -> list[Person]:
        ids = [row.id for row in rows]
        return self._read(col(PersonRow.id).in_(ids), col(MembershipRow.person).in_(ids))

    def _read(self, whoever: ColumnElement[bool], whose: ColumnElement[bool]) -> list[Person]:
        """People with their memberships. Columns, not objects of the session: there may be ten thousand."""
        roles: defaultdict[int, list[Membership]] = defaultdict(list)
        for row in self._session.exec(_columns(MembershipRow).where(whose).order_by(col(MembershipRow.id))):
            roles[row.person].append(_membership(row))
        return [_person(row, roles[row.id]) for row in self._session.exec(_columns(PersonRow).where(whoever))]


def _columns(table: type[SQLModel]) -> Any:
    return select(*(getattr(table, name) for name in table.model_fields))


def new_handle() -> str:
    """What somebody is called in the log of changes: it tells nothing and cannot be guessed."""
    return secrets.token_hex(6)


def _called(person: Person) -> tuple[str, int]:
    return (person.name or "").casefold(), person.id


def _rank_in(person: Person, city: str) -> int:
    return max(RANKS.index(m.role) for m in person.active if m.city == city)


def _person(row: PersonRow | Any, memberships: Sequence[Membership]) -> Person:
    return Person(
        id=row.id,
        language=row.language,
        language_chosen=row.language_chosen,
        reachable=row.reachable,
        expecting=None if row.expecting is None else from_json(Expecting, row.expecting),
        memberships=tuple(memberships),
        name=row.name,
        title=row.title,
        consented_at=row.consented_at,
        handle=row.handle,
    )


def _membership(row: MembershipRow | Any) -> Membership:
    assert row.id is not None
    return Membership(
        id=row.id,
        person=row.person,
        role=Role(row.role),
        city=row.city or None,
        state=MembershipState(row.state),
        countries=frozenset(row.countries),
        since=row.since,
        confirmed_at=row.confirmed_at,
    )
