"""Announcements as rows. Their recipients are messages of the outbox, which is the ledger of who got them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from sqlalchemy import String, case, cast, literal
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, delete, func, or_, select, update

from bot.domain.announcements import Announcement, AnnouncementState, Delivery, Fate, When
from bot.domain.errors import ConflictError
from bot.domain.outgoing import FINISHED, WHEN_IT_LEAVES, DeliveryState, MessageClass
from bot.storage.audiences_json import audience_as_json, audience_from_json, media_as_json, media_from_json
from bot.storage.dialects import insert_into, insert_new, table_of
from bot.storage.notice_tables import AnnouncementRow, ReadingRow
from bot.storage.tables import FactRow, MessageRow

FATES: Mapping[str, Fate] = {
    state.value: Fate(state.value) if state in FINISHED else Fate.WAITING for state in DeliveryState
}
NOT_LEFT = (DeliveryState.READY.value, DeliveryState.RETRY.value, DeliveryState.CLAIMED.value)
NOBODY = 0
"""The chat of a recipient who is forgotten: they are counted, and nothing goes there."""
NEVER_SENT = (AnnouncementState.DRAFT.value, AnnouncementState.DROPPED.value)


class SqlAnnouncements:
    """Implements `bot.domain.notice_ports.Announcements`."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, announcement: Announcement) -> Announcement:
        row = AnnouncementRow(**_values(announcement))
        self._session.add(row)
        self._session.flush()
        return _announcement(row)

    def get(self, announcement_id: int) -> Announcement | None:
        row = self._session.get(AnnouncementRow, announcement_id)
        return None if row is None else _announcement(row)

    def save(self, announcement: Announcement, was: Announcement) -> None:
        saved = self._session.exec(
            update(AnnouncementRow)
            .where(
                col(AnnouncementRow.id) == was.id,
                col(AnnouncementRow.state) == was.state.value,
                col(AnnouncementRow.version) == was.version,
            )
            .values(**_values(announcement))
        )
        if saved.rowcount != 1:
            raise ConflictError(f"announcement {was.id} has changed meanwhile")

    def newest(self, limit: int) -> Sequence[Announcement]:
        rows = self._session.exec(
            select(AnnouncementRow).order_by(col(AnnouncementRow.id).desc()).limit(limit)
        )
        return [_announcement(row) for row in rows]

    def in_state(self, *states: AnnouncementState) -> Sequence[Announcement]:
        rows = self._session.exec(
            select(AnnouncementRow)
            .where(col(AnnouncementRow.state).in_([state.value for state in states]))
            .order_by(col(AnnouncementRow.id))
        )
        return [_announcement(row) for row in rows]

    def numbers(self, *states: AnnouncementState, valid_on: date | None = None) -> Sequence[int]:
        found = select(AnnouncementRow.id).where(_is_in(states)).order_by(col(AnnouncementRow.id))
        if valid_on is not None:
            found = found.where(col(AnnouncementRow.valid_until) >= valid_on)
        return [id for id in self._session.exec(found) if id is not None]

    def changed_since(self, moment: datetime, *states: AnnouncementState) -> Sequence[int]:
        """Any one edit tells when its edition was made."""
        corrected_at = (
            select(MessageRow.created_at)
            .where(MessageRow.announcement == AnnouncementRow.id, MessageRow.part == AnnouncementRow.edition)
            .limit(1)
            .correlate(AnnouncementRow)
            .scalar_subquery()
        )
        is_corrected = and_(col(AnnouncementRow.edition) > 0, corrected_at >= moment)
        found = (
            select(AnnouncementRow.id)
            .where(_is_in(states), or_(col(AnnouncementRow.ended_at) >= moment, is_corrected))
            .order_by(col(AnnouncementRow.id))
        )
        return [id for id in self._session.exec(found) if id is not None]

    def chats(self, announcement_id: int) -> frozenset[int]:
        found = select(MessageRow.chat_id).where(_recipients(announcement_id))
        return frozenset(self._session.exec(found)) - {NOBODY}

    def send_to(self, announcement_id: int, recipients: Mapping[int, datetime | None], now: datetime) -> int:
        """By chat, so that two programs that do it at once do not block each other."""
        rows = [
            {
                "key": f"ann:{announcement_id}:{chat_id}",
                "chat_id": chat_id,
                "method": WHEN_IT_LEAVES,
                "params": None,
                "message_class": MessageClass.ANNOUNCEMENT.value,
                "part": 0,
                "state": DeliveryState.READY.value,
                "not_before": not_before,
                "tries": 0,
                "resent": 0,
                "created_at": now,
                "announcement": announcement_id,
            }
            for chat_id, not_before in sorted(recipients.items(), key=itemgetter(0))
        ]
        return insert_new(self._session, MessageRow, rows, unique="key")

    def fates(self, announcement_id: int) -> Mapping[Fate, int]:
        """Every fate is there, with 0 where nobody has it."""
        found = dict.fromkeys(Fate, 0)
        for state, count in self._session.exec(
            select(MessageRow.state, func.count())
            .where(_recipients(announcement_id))
            .group_by(col(MessageRow.state))
        ):
            found[FATES[state]] += count
        return found

    def reasons(self, announcement_id: int, fate: Fate) -> Sequence[tuple[str, int]]:
        """An empty reason where none is known."""
        reason, count = func.coalesce(MessageRow.reason, ""), func.count()
        rows = self._session.exec(
            select(reason, count)
            .where(_recipients(announcement_id), _has(fate))
            .group_by(reason)
            .order_by(count.desc(), reason)
        )
        return [(why, often) for why, often in rows]

    def deliveries(self, announcement_id: int, *fates: Fate) -> Sequence[Delivery]:
        """Whoever is forgotten is counted among the fates, and not here."""
        rows = self._session.exec(
            select(  # type: ignore[call-overload]  # SQLModel types at most four columns
                MessageRow.chat_id,
                MessageRow.state,
                MessageRow.reason,
                MessageRow.message_id,
                MessageRow.language,
                ReadingRow.at,
                MessageRow.finished_at,
            )
            .join(
                ReadingRow,
                and_(
                    col(ReadingRow.announcement) == MessageRow.announcement,
                    col(ReadingRow.person) == MessageRow.chat_id,
                ),
                isouter=True,
            )
            .where(
                _recipients(announcement_id),
                col(MessageRow.chat_id) != NOBODY,
                or_(*(_has(fate) for fate in fates or Fate)),
            )
            .order_by(col(MessageRow.chat_id))
        )
        return [
            Delivery(chat_id, FATES[state], reason, message_id, language, read_at, settled_at)
            for chat_id, state, reason, message_id, language, read_at, settled_at in rows
        ]

    def stop(self, announcement_id: int, reason: str, now: datetime) -> int:
        """What is claimed has not left: the post room is refused when it would mark it as under way. Its hour is
        kept, for when it goes on."""
        return self._session.exec(
            update(MessageRow)
            .where(_recipients(announcement_id), col(MessageRow.state).in_(NOT_LEFT))
            .values(state=DeliveryState.SKIPPED.value, reason=reason, finished_at=now)
        ).rowcount

    def resend(self, announcement_id: int, fate: Fate, now: datetime, reason: str | None = None) -> int:
        """What waits anyhow is left alone, and an hour that lies ahead still holds."""
        hour = col(MessageRow.not_before)
        now_then = literal(now, table_of(MessageRow).c.not_before.type)
        return self._session.exec(
            update(MessageRow)
            .where(
                _recipients(announcement_id),
                col(MessageRow.state) == fate.value,
                col(MessageRow.chat_id) != NOBODY,
                *(() if reason is None else (col(MessageRow.reason) == reason,)),
            )
            .values(
                state=DeliveryState.READY.value,
                not_before=case((hour > now_then, hour), else_=now_then),
                tries=0,
                resent=0,
                reason=None,
                finished_at=None,
            )
        ).rowcount

    def arrived(self, announcement_id: int, language: str = "") -> int:
        return self._session.exec(
            select(func.count()).select_from(MessageRow).where(*_arrived(announcement_id, language))
        ).one()

    def edit_sent(self, announcement_id: int, edition: int, now: datetime, language: str = "") -> int:
        """Each edit carries the id of the message it changes, and the language that this was in."""
        chat = cast(MessageRow.chat_id, String)
        arrived = (
            select(  # type: ignore[call-overload]  # SQLModel types at most four columns
                literal(f"ann:{announcement_id}:e{edition}:").concat(chat),
                MessageRow.chat_id,
                literal(WHEN_IT_LEAVES),
                literal(MessageClass.ANNOUNCEMENT.value),
                literal(edition),
                literal(DeliveryState.READY.value),
                literal(0),
                literal(0),
                MessageRow.message_id,
                literal(now, table_of(MessageRow).c.created_at.type),
                MessageRow.announcement,
                MessageRow.language,
            )
            .where(*_arrived(announcement_id, language))
            .order_by(col(MessageRow.id))
        )
        columns = (
            *("key", "chat_id", "method", "message_class", "part", "state", "tries", "resent"),
            *("message_id", "created_at", "announcement", "language"),
        )
        insert = insert_into(self._session, MessageRow).from_select(columns, arrived)
        written = insert.on_conflict_do_nothing(index_elements=["key"]).returning(col(MessageRow.id))
        return len(self._session.execute(written).all())

    def edits_left(self, announcement_id: int, edition: int) -> int:
        return self._session.exec(
            select(func.count())
            .select_from(MessageRow)
            .where(
                MessageRow.announcement == announcement_id,
                MessageRow.part == edition,
                col(MessageRow.state).not_in([state.value for state in FINISHED]),
            )
        ).one()

    def read(self, announcement_id: int, person_id: int, now: datetime) -> bool:
        row = {"announcement": announcement_id, "person": person_id, "at": now}
        return insert_new(self._session, ReadingRow, [row], unique=("announcement", "person")) == 1

    def readers(self, announcement_id: int) -> Mapping[int, datetime]:
        rows = self._session.exec(
            select(ReadingRow.person, ReadingRow.at).where(ReadingRow.announcement == announcement_id)
        )
        return dict(rows.all())

    def has_read(self, announcement_id: int, person_id: int) -> bool:
        found = select(ReadingRow.id).where(
            ReadingRow.announcement == announcement_id, ReadingRow.person == person_id
        )
        return self._session.exec(found).first() is not None

    def forget(self, before: datetime) -> int:
        """Their recipients, their readers and what is noted of them go with them."""
        old = (
            select(AnnouncementRow.id)
            .where(
                or_(
                    col(AnnouncementRow.ended_at) < before,
                    and_(
                        col(AnnouncementRow.state).in_(NEVER_SENT),
                        col(AnnouncementRow.created_at) < before,
                    ),
                )
            )
            .scalar_subquery()
        )
        numbers = self._session.exec(select(AnnouncementRow.id).where(col(AnnouncementRow.id).in_(old))).all()
        for number in numbers:
            self._session.exec(delete(FactRow).where(col(FactRow.key).startswith(f"announcement.{number}.")))
        self._session.exec(delete(MessageRow).where(col(MessageRow.announcement).in_(old)))
        self._session.exec(delete(ReadingRow).where(col(ReadingRow.announcement).in_(old)))
        return self._session.exec(delete(AnnouncementRow).where(col(AnnouncementRow.id).in_(old))).rowcount


def _is_in(states: Sequence[AnnouncementState]) -> ColumnElement[bool]:
    return col(AnnouncementRow.state).in_([state.value for state in states])


def _recipients(announcement_id: int) -> ColumnElement[bool]:
    """The messages that are its recipients; those with another `part` are edits of them."""
    return and_(col(MessageRow.announcement) == announcement_id, col(MessageRow.part) == 0)


def _arrived(announcement_id: int, language: str) -> Sequence[ColumnElement[bool]]:
    """The messages that can be edited: those in one language, or ("") in any."""
    return (
        _recipients(announcement_id),
        col(MessageRow.state) == DeliveryState.SENT.value,
        col(MessageRow.chat_id) != NOBODY,
        col(MessageRow.message_id).is_not(None),
        *((col(MessageRow.language) == language,) if language else ()),
    )


def _has(fate: Fate) -> ColumnElement[bool]:
    return col(MessageRow.state).in_([state for state, its in FATES.items() if its is fate])


def _values(announcement: Announcement) -> dict[str, Any]:
    return {
        "author": announcement.author,
        "created_at": announcement.created_at,
        "state": announcement.state.value,
        "texts": dict(announcement.texts),
        "media": media_as_json(announcement.media),
        "audience": audience_as_json(announcement.audience),
        "wants_reading": announcement.wants_reading,
        "goes_out": announcement.when.value,
        "starts_at": announcement.starts_at,
        "day": announcement.day,
        "at": announcement.at,
        "valid_until": announcement.valid_until,
        "edition": announcement.edition,
        "ended_at": announcement.ended_at,
        "board": announcement.board,
        "template": announcement.template,
        "version": announcement.version,
    }


def _announcement(row: AnnouncementRow) -> Announcement:
    assert row.id is not None
    return Announcement(
        id=row.id,
        author=row.author,
        created_at=row.created_at,
        state=AnnouncementState(row.state),
        texts=dict(row.texts),
        media=media_from_json(row.media),
        audience=audience_from_json(row.audience),
        wants_reading=row.wants_reading,
        when=When(row.goes_out),
        starts_at=row.starts_at,
        day=row.day,
        at=row.at,
        valid_until=row.valid_until,
        edition=row.edition,
        ended_at=row.ended_at,
        board=row.board,
        template=row.template,
        version=row.version,
    )
