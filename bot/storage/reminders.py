"""Reminders as rows: what was said of what is owed, and what people wish of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlmodel import Session, col, delete, select, update

from bot.domain.outgoing import WHEN_IT_LEAVES, DeliveryState, MessageClass, OutgoingMessage
from bot.domain.reminder_rules import Step
from bot.domain.reminders import Debt, Nudge, Pause, Promise, Reminder, Why
from bot.storage.dialects import insert_new, one_at_a_time, put
from bot.storage.notice_tables import DebtRow, HoldRow, NudgeRow, PauseRow, PromiseRow, QuietRow
from bot.storage.outbox import SqlOutbox
from bot.storage.tables import MessageRow

WRITES_REMINDERS = 7046026
"""The number under which programs that write reminders wait for each other: each writes many, and two that go
through the same ones in different orders would block each other."""

OVERTAKEN = "overtaken"
"""The state of a debt that is not said, beside those of a delivery."""


NOT_HEARD = (DeliveryState.SKIPPED.value, DeliveryState.BLOCKED.value, DeliveryState.FAILED.value)
"""States of a reminder that certainly did not arrive and will not: it takes nobody's day."""


class SqlReminders:
    """Implements `bot.domain.notice_ports.Reminders`."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._has_its_turn = False

    def said(self, since: datetime) -> frozenset[str]:
        return frozenset(self._session.exec(select(DebtRow.key).where(col(DebtRow.at) >= since)))

    def messaged(self, since: date) -> frozenset[tuple[int, date]]:
        rows = self._session.exec(
            select(DebtRow.person, col(DebtRow.said_on))
            .where(col(DebtRow.said_on) >= since, col(DebtRow.state).not_in(NOT_HEARD))
            .distinct()
        )
        return frozenset((person, day) for person, day in rows if day is not None)

    def write(self, reminder: Reminder, now: datetime) -> bool:
        """The message is written first: of two programs the second finds its key, and leaves the day to the first."""
        self._take_turn()
        message = OutgoingMessage(
            key=reminder.key,
            chat_id=reminder.person,
            method=WHEN_IT_LEAVES,
            params={},
            message_class=MessageClass.REMINDER,
            not_before=reminder.at,
            language=reminder.language,
        )
        self._make_room(reminder.key)
        if not SqlOutbox(self._session).add(message, now):
            return False
        rows = [
            {
                **_values(debt),
                "said_on": reminder.day,
                "message_key": reminder.key,
                "state": DeliveryState.READY.value,
                "written_at": now,
            }
            for debt in reminder.debts
        ]
        if insert_new(self._session, DebtRow, rows, unique="key"):
            return True
        self._session.exec(delete(MessageRow).where(col(MessageRow.key) == reminder.key))
        return False

    def _make_room(self, key: str) -> None:
        """A message of this day that nobody heard leaves it to another; it keeps its debts: they stay said."""
        unheard = select(MessageRow.id).where(MessageRow.key == key, col(MessageRow.state).in_(NOT_HEARD))
        found = self._session.exec(unheard).first()
        if found is not None:
            other = f"{key}:{found}"
            self._session.exec(
                update(DebtRow).where(col(DebtRow.message_key) == key).values(message_key=other)
            )
            self._session.exec(update(MessageRow).where(col(MessageRow.id) == found).values(key=other))

    def debts_of(self, message_key: str) -> Sequence[Debt]:
        rows = self._session.exec(
            select(DebtRow).where(DebtRow.message_key == message_key).order_by(col(DebtRow.id))
        )
        return [_debt(row) for row in rows]

    def overtaken(self, debts: Sequence[Debt], now: datetime) -> None:
        self._take_turn()
        rows = [{**_values(debt), "state": OVERTAKEN, "written_at": now} for debt in debts]
        insert_new(self._session, DebtRow, rows, unique="key")

    def settle(self, message_key: str, state: str, reason: str | None, now: datetime) -> None:
        self._session.exec(
            update(DebtRow)
            .where(col(DebtRow.message_key) == message_key)
            .values(
                state=state,
                reason=reason,
                settled_at=now,
                sent_at=now if state == DeliveryState.SENT else None,
            )
        )

    def of_cycle(self, cycle: str) -> Sequence[tuple[Debt, str, datetime | None]]:
        rows = self._session.exec(
            select(DebtRow).where(DebtRow.cycle == cycle).order_by(col(DebtRow.at), col(DebtRow.id))
        )
        return [(_debt(row), row.state, row.sent_at) for row in rows]

    def promise(self, promise: Promise) -> None:
        row = {
            "person": promise.person,
            "city": promise.city,
            "cycle": promise.cycle,
            "day": promise.day,
            "at": promise.at,
            "made_at": promise.made_at,
        }
        put(self._session, PromiseRow, row, unique=("person", "city", "cycle"))

    def drop_promise(self, person_id: int, city: str, cycle: str) -> None:
        self._session.exec(
            delete(PromiseRow).where(
                col(PromiseRow.person) == person_id,
                col(PromiseRow.city) == city,
                col(PromiseRow.cycle) == cycle,
            )
        )

    def promises(self, cycle: str) -> Sequence[Promise]:
        rows = self._session.exec(
            select(PromiseRow)
            .where(PromiseRow.cycle == cycle)
            .order_by(col(PromiseRow.id))
            .execution_options(populate_existing=True)
        )
        return [Promise(row.person, row.city, row.cycle, row.day, row.at, row.made_at) for row in rows]

    def set_quiet(self, person_id: int, cycle: str, quiet: bool, now: datetime) -> None:
        """Whoever is quiet already stays so since they first wished it."""
        if quiet:
            row = {"person": person_id, "cycle": cycle, "since": now}
            insert_new(self._session, QuietRow, [row], unique=("person", "cycle"))
        else:
            self._session.exec(
                delete(QuietRow).where(col(QuietRow.person) == person_id, col(QuietRow.cycle) == cycle)
            )

    def quiet(self, cycle: str) -> Mapping[int, datetime]:
        rows = self._session.exec(select(QuietRow.person, QuietRow.since).where(QuietRow.cycle == cycle))
        return dict(rows.all())

    def hold(self, key: str, by: int, now: datetime) -> None:
        row = {"key": key, "person": person_in(key), "held_by": by, "at": now}
        insert_new(self._session, HoldRow, [row], unique="key")

    def release(self, key: str) -> None:
        self._session.exec(delete(HoldRow).where(col(HoldRow.key) == key))

    def held(self) -> frozenset[str]:
        return frozenset(self._session.exec(select(HoldRow.key)))

    def nudge(self, cycle: str, by: int, now: datetime) -> Nudge:
        row = NudgeRow(cycle=cycle, at=now, nudged_by=by)
        self._session.add(row)
        self._session.flush()
        return _nudge(row)

    def nudges(self, cycle: str) -> Sequence[Nudge]:
        rows = self._session.exec(select(NudgeRow).where(NudgeRow.cycle == cycle).order_by(col(NudgeRow.id)))
        return [_nudge(row) for row in rows]

    def pause(self, cycle: str, by: int, now: datetime) -> None:
        """A cycle that rests already goes on resting."""
        if all(pause.until is not None for pause in self.pauses(cycle)):
            self._session.add(PauseRow(cycle=cycle, since=now, paused_by=by))
            self._session.flush()

    def go_on(self, cycle: str, now: datetime) -> None:
        self._session.exec(
            update(PauseRow)
            .where(col(PauseRow.cycle) == cycle, col(PauseRow.until).is_(None))
            .values(until=now)
        )

    def pauses(self, cycle: str) -> Sequence[Pause]:
        rows = self._session.exec(
            select(PauseRow.since, PauseRow.until)
            .where(PauseRow.cycle == cycle)
            .order_by(col(PauseRow.since), col(PauseRow.id))
        )
        return [Pause(cycle, since, until) for since, until in rows]

    def forget(self, before: datetime) -> int:
        """Wishes and orders as old as that go along; a pause that lasts stays."""
        old = (
            delete(DebtRow).where(col(DebtRow.at) < before),
            delete(PromiseRow).where(col(PromiseRow.made_at) < before),
            delete(QuietRow).where(col(QuietRow.since) < before),
            delete(HoldRow).where(col(HoldRow.at) < before),
            delete(NudgeRow).where(col(NudgeRow.at) < before),
            delete(PauseRow).where(col(PauseRow.until) < before),
        )
        return sum(self._session.exec(one).rowcount for one in old)

    def _take_turn(self) -> None:
        if not self._has_its_turn:
            one_at_a_time(self._session, WRITES_REMINDERS)
            self._has_its_turn = True


def person_in(key: str) -> int:
    """Whom the debt with this key would be said to. Raises ValueError for what is no key of a debt."""
    try:
        return int(key.split(":")[-2])
    except IndexError:
        raise ValueError(f"{key} is no key of a debt") from None


def key_for(key: str, person_id: int) -> str:
    """The key of the same debt of another person."""
    *before, _, day = key.split(":")
    return ":".join((*before, str(person_id), day))


def _values(debt: Debt) -> dict[str, Any]:
    return {
        "key": debt.key,
        "cycle": debt.cycle,
        "city": debt.city,
        "rule": debt.rule,
        "person": debt.person,
        "day": debt.day,
        "at": debt.at,
        "step": debt.step.value,
        "why": debt.why.value,
    }


def _debt(row: DebtRow) -> Debt:
    return Debt(
        cycle=row.cycle,
        city=row.city,
        rule=row.rule,
        person=row.person,
        day=row.day,
        at=row.at,
        step=Step(row.step),
        why=Why(row.why),
    )


def _nudge(row: NudgeRow) -> Nudge:
    assert row.id is not None
    return Nudge(row.id, row.cycle, row.at, row.nudged_by)
