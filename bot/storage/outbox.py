"""The outbox: every message is a row in the transaction that decides it, and the post room sends it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, and_, col, delete, exists, func, not_, or_, select, update

from bot.domain.outgoing import (
    FINISHED,
    PRIORITY,
    RESENDS_AFTER_STOP,
    DeliveryState,
    MessageClass,
    OutgoingMessage,
    unknown,
)
from bot.storage.dialects import insert_new
from bot.storage.facts import SqlFacts
from bot.storage.groups import SqlGroups
from bot.storage.tables import QUEUED, MessageRow

PAUSE = "outbox.pause_until"
IN_HAND = (DeliveryState.CLAIMED.value, DeliveryState.WIRED.value)
WAITING = (DeliveryState.READY.value, DeliveryState.RETRY.value)


class SqlOutbox:
    """Implements `bot.domain.ports.Outbox`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._facts = SqlFacts(session)

    def add(self, message: OutgoingMessage, now: datetime) -> bool:
        row = {
            "key": message.key,
            "chat_id": message.chat_id,
            "method": message.method,
            "params": dict(message.params),
            "message_class": message.message_class.value,
            "part": message.part,
            "state": message.state.value,
            "not_before": message.not_before,
            "tries": message.tries,
            "resent": message.resent,
            "reason": message.reason,
            "created_at": now,
            "announcement": message.announcement,
            "language": message.language,
        }
        return insert_new(self._session, MessageRow, [row], unique="key") == 1

    def by_key(self, key: str) -> OutgoingMessage | None:
        row = self._session.exec(select(MessageRow).where(MessageRow.key == key)).first()
        return None if row is None else _message(row)

    def claim(self, limit: int, now: datetime, busy: frozenset[int]) -> Sequence[OutgoingMessage]:
        """Takes due messages. The order of a chat holds within each class.

        So an answer may pass an announcement that waits for its turn, and nothing passes an earlier message
        of its own class that is to be tried again.
        """
        taken: list[MessageRow] = []
        for message_class in sorted(PRIORITY, key=PRIORITY.__getitem__):
            if len(taken) < limit:
                chats = busy | {row.chat_id for row in taken}
                taken += self._due(message_class, limit - len(taken), now, chats)
        for row in taken:
            row.state = DeliveryState.CLAIMED.value
        self._session.flush()
        return [_message(row) for row in taken]

    def _due(
        self, message_class: MessageClass, limit: int, now: datetime, busy: frozenset[int]
    ) -> Sequence[MessageRow]:
        other = aliased(MessageRow)
        in_hand = col(other.state).in_(IN_HAND)
        earlier = and_(
            col(other.message_class) == message_class.value,
            col(other.id) < MessageRow.id,
            or_(
                col(other.state) == DeliveryState.RETRY.value,
                and_(col(other.state) == DeliveryState.READY.value, _due_by(other, now)),
            ),
        )
        return self._session.exec(
            select(MessageRow)
            .where(
                QUEUED,
                MessageRow.message_class == message_class.value,
                _due_by(MessageRow, now),
                col(MessageRow.chat_id).not_in(busy),
                ~exists().where(col(other.chat_id) == MessageRow.chat_id, or_(in_hand, earlier)),
            )
            .order_by(col(MessageRow.id))
            .limit(limit)
            .with_for_update(skip_locked=True)
        ).all()

    def mark_wired(self, message_id: int, now: datetime) -> None:
        """Raises LookupError where the message is not claimed (any more): it must not be sent then."""
        marked = self._session.exec(
            update(MessageRow)
            .where(col(MessageRow.id) == message_id, col(MessageRow.state) == DeliveryState.CLAIMED.value)
            .values(state=DeliveryState.WIRED.value, tries=MessageRow.tries + 1, wired_at=now)
        )
        if marked.rowcount != 1:
            raise LookupError(f"message {message_id} is not claimed")

    def settle(self, message: OutgoingMessage, now: datetime) -> None:
        """Writes what became of the message; one that was deleted or forgotten meanwhile stays so, and one that was
        stopped is not begun again.

        The text of a finished message is dropped at once. Only an `unknown` one keeps it, for whoever decides
        to send it again. Where a group has moved, all that waits for it moves along.
        """
        row = self._session.get(MessageRow, message.id, with_for_update=True, populate_existing=True)
        finished = message.state in FINISHED
        if row is None or row.key != message.key or (row.state in FINISHED and not finished):
            return
        if row.chat_id != message.chat_id:
            self.move(row.chat_id, message.chat_id)
        keeps_text = not finished or message.state is DeliveryState.UNKNOWN
        row.chat_id = message.chat_id
        row.method = message.method
        row.params = dict(message.params) if keeps_text else None
        row.state = message.state.value
        row.not_before = message.not_before
        row.tries = message.tries
        row.resent = message.resent
        row.reason = message.reason
        row.message_id = message.message_id
        row.language = message.language
        row.finished_at = now if finished else None
        self._session.flush()

    def move(self, old: int, new: int) -> None:
        """What is sent of an announcement keeps its place in the ledger under the new number: else the group would
        be taken for one that has not got it yet."""
        SqlGroups(self._session).move(old, new)
        concerned = or_(col(MessageRow.state).in_(WAITING), col(MessageRow.announcement).is_not(None))
        for row in self._session.exec(select(MessageRow).where(MessageRow.chat_id == old, concerned)).all():
            row.chat_id = new
            if row.params:
                row.params = {**row.params, "chat_id": new}
            if row.announcement is not None:
                key = f"{row.key.rpartition(':')[0]}:{new}"
                taken = self._session.exec(select(MessageRow.id).where(MessageRow.key == key)).first()
                row.key = row.key if taken is not None else key
        self._session.flush()

    def recover(
        self, now: datetime, finished: Callable[[OutgoingMessage], None] = lambda message: None
    ) -> Mapping[str, int]:
        """Counts what was `given_back` (claimed), what is `resent` and what stays `unknown` (both wired)."""
        done: Counter[str] = Counter(given_back=0, resent=0, unknown=0)
        for row in self._session.exec(select(MessageRow).where(col(MessageRow.state).in_(IN_HAND))).all():
            message = _message(row)
            if message.state is DeliveryState.CLAIMED:
                self.settle(replace(message, state=DeliveryState.READY), now)
                done["given_back"] += 1
                continue
            after = unknown(message, "Focal was stopped while it was under way", RESENDS_AFTER_STOP)
            self.settle(after, now)
            if after.state is DeliveryState.UNKNOWN:
                finished(after)
                done["unknown"] += 1
            else:
                done["resent"] += 1
        return dict(done)

    def counts(self) -> Mapping[tuple[MessageClass, str], int]:
        rows = self._session.exec(
            select(MessageRow.message_class, MessageRow.state, func.count()).group_by(
                MessageRow.message_class, MessageRow.state
            )
        )
        return {(MessageClass(message_class), state): count for message_class, state, count in rows}

    def forget(self, before: datetime) -> int:
        """Recipients of announcements are kept as long as these."""
        ledger = and_(col(MessageRow.announcement).is_not(None), col(MessageRow.part) == 0)
        return self._session.exec(
            delete(MessageRow).where(col(MessageRow.finished_at) < before, not_(ledger))
        ).rowcount

    def pause_until(self) -> datetime | None:
        kept = self._facts.get(PAUSE)
        return None if kept is None else datetime.fromisoformat(kept)

    def set_pause(self, until: datetime) -> None:
        """A pause is never made shorter by a later, milder word."""
        kept = self.pause_until()
        latest = until if kept is None else max(kept, until)
        self._facts.set(PAUSE, latest.astimezone(UTC).isoformat())


def _due_by(row: type[MessageRow], now: datetime) -> ColumnElement[bool]:
    return or_(col(row.not_before).is_(None), col(row.not_before) <= now)


def _message(row: MessageRow) -> OutgoingMessage:
    return OutgoingMessage(
        key=row.key,
        chat_id=row.chat_id,
        method=row.method,
        params=row.params or {},
        message_class=MessageClass(row.message_class),
        part=row.part,
        state=DeliveryState(row.state),
        not_before=row.not_before,
        tries=row.tries,
        resent=row.resent,
        reason=row.reason,
        message_id=row.message_id,
        announcement=row.announcement,
        language=row.language,
        id=row.id,
    )
