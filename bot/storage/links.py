"""One-time links as rows: invitations, tries of links that open nothing, questions handed to a colleague.

Of a link's token only a hash comes here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlmodel import Session, col, delete, func, select, update

from bot.domain.handing import HandedQuestion
from bot.domain.people import Invitation, Role
from bot.storage.tables import HandedRow, InvitationRow, WrongLinkRow

AN_HOUR = timedelta(hours=1)
A_DAY = timedelta(days=1)


class SqlInvitations:
    """Implements `bot.domain.ports.Invitations`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, invitation: Invitation, token_hash: str) -> Invitation:
        row = InvitationRow(
            token_hash=token_hash,
            role=invitation.role.value,
            city=invitation.city,
            countries=sorted(invitation.countries),
            needs_approval=invitation.needs_approval,
            invited_by=invitation.invited_by,
            replaces=invitation.replaces,
            joins=invitation.joins,
            created_at=invitation.created_at,
            expires_at=invitation.expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return _invitation(row)

    def by_token(self, token_hash: str) -> Invitation | None:
        row = self._session.exec(select(InvitationRow).where(InvitationRow.token_hash == token_hash)).first()
        return None if row is None else _invitation(row)

    def get(self, invitation_id: int) -> Invitation | None:
        row = self._session.get(InvitationRow, invitation_id)
        return None if row is None else _invitation(row)

    def use(self, invitation_id: int, person_id: int, now: datetime) -> bool:
        """Two at once: the database lets exactly one of them change the row."""
        used = self._session.exec(
            update(InvitationRow)
            .where(
                col(InvitationRow.id) == invitation_id,
                col(InvitationRow.used_by).is_(None),
                col(InvitationRow.expires_at) > now,
            )
            .values(used_by=person_id, used_at=now)
        )
        return used.rowcount == 1

    def open(self, now: datetime) -> Sequence[Invitation]:
        rows = self._session.exec(
            select(InvitationRow)
            .where(col(InvitationRow.used_by).is_(None), col(InvitationRow.expires_at) > now)
            .order_by(col(InvitationRow.id))
        )
        return [_invitation(row) for row in rows]

    def change(self, invitation: Invitation) -> bool:
        changed = self._session.exec(
            update(InvitationRow)
            .where(col(InvitationRow.id) == invitation.id, col(InvitationRow.used_by).is_(None))
            .values(needs_approval=invitation.needs_approval, expires_at=invitation.expires_at)
        )
        return changed.rowcount == 1

    def wrong_try(self, person_id: int, now: datetime) -> int:
        self._session.add(WrongLinkRow(person=person_id, at=now))
        self._session.flush()
        return self.wrong_tries(person_id, now)

    def wrong_tries(self, person_id: int, now: datetime) -> int:
        return self._session.exec(
            select(func.count()).where(
                col(WrongLinkRow.person) == person_id, col(WrongLinkRow.at) > now - AN_HOUR
            )
        ).one()

    def forget(self, before: datetime, now: datetime) -> int:
        tries = self._session.exec(delete(WrongLinkRow).where(col(WrongLinkRow.at) <= now - A_DAY))
        over = self._session.exec(delete(InvitationRow).where(col(InvitationRow.expires_at) < before))
        return tries.rowcount + over.rowcount


class SqlHandedQuestions:
    """Implements `bot.domain.ports.HandedQuestions`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, handed: HandedQuestion, token_hash: str) -> HandedQuestion:
        row = HandedRow(
            token_hash=token_hash,
            draft_id=handed.draft_id,
            key=handed.key,
            handed_by=handed.handed_by,
            created_at=handed.created_at,
            expires_at=handed.expires_at,
        )
        self._session.add(row)
        self._session.flush()
        return _handed(row)

    def by_token(self, token_hash: str) -> HandedQuestion | None:
        row = self._session.exec(select(HandedRow).where(HandedRow.token_hash == token_hash)).first()
        return None if row is None else _handed(row)

    def get(self, handed_id: int) -> HandedQuestion | None:
        row = self._session.get(HandedRow, handed_id)
        return None if row is None else _handed(row)

    def open(self, handed_id: int, person_id: int) -> bool:
        self._session.exec(
            update(HandedRow)
            .where(col(HandedRow.id) == handed_id, col(HandedRow.opened_by).is_(None))
            .values(opened_by=person_id)
        )
        opened_by = self._session.exec(select(HandedRow.opened_by).where(HandedRow.id == handed_id)).first()
        return opened_by == person_id

    def answered(self, handed_id: int, now: datetime) -> None:
        self._session.exec(update(HandedRow).where(col(HandedRow.id) == handed_id).values(answered_at=now))

    def forget(self, before: datetime) -> int:
        return self._session.exec(delete(HandedRow).where(col(HandedRow.expires_at) < before)).rowcount


def _invitation(row: InvitationRow) -> Invitation:
    assert row.id is not None
    return Invitation(
        id=row.id,
        role=Role(row.role),
        city=row.city,
        invited_by=row.invited_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        countries=frozenset(row.countries),
        needs_approval=row.needs_approval,
        replaces=row.replaces,
        joins=row.joins,
        used_by=row.used_by,
        used_at=row.used_at,
    )


def _handed(row: HandedRow) -> HandedQuestion:
    assert row.id is not None
    return HandedQuestion(
        id=row.id,
        draft_id=row.draft_id,
        key=row.key,
        handed_by=row.handed_by,
        created_at=row.created_at,
        expires_at=row.expires_at,
        opened_by=row.opened_by,
        answered_at=row.answered_at,
    )
