"""What belongs to one person among reminders and announcements: moved to another account, or forgotten."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from sqlmodel import Session, and_, col, delete, select, update

from bot.domain.outgoing import FINISHED, DeliveryState, MessageClass
from bot.storage.announcements import NOBODY
from bot.storage.notice_tables import (
    AnnouncementRow,
    DebtRow,
    ExtensionRow,
    GroupRow,
    HoldRow,
    NudgeRow,
    PauseRow,
    PromiseRow,
    QuietRow,
    ReadingRow,
)
from bot.storage.reminders import key_for
from bot.storage.tables import MessageRow, Row

LEFT_BEHIND: Mapping[tuple[type[Row], str], int | None] = {
    (ExtensionRow, "asked_by"): NOBODY,
    (ExtensionRow, "decided_by"): NOBODY,
    (AnnouncementRow, "author"): NOBODY,
    (GroupRow, "linked_by"): NOBODY,
    (NudgeRow, "nudged_by"): NOBODY,
    (PauseRow, "paused_by"): NOBODY,
    (HoldRow, "held_by"): NOBODY,
}
"""Columns that name somebody who did something for the network, and what stands there when they are forgotten."""

Keyed = TypeVar("Keyed", DebtRow, HoldRow)
STILL_TO_LEAVE = (DeliveryState.READY.value, DeliveryState.RETRY.value, DeliveryState.CLAIMED.value)


def move(session: Session, old: int, new: int) -> None:
    """What waits for the old account is owed to the new one, and reminded of anew; what was said stays said.

    Announcements stay where they arrived, and who has read them there: the messages are in that chat. The new
    account is sent what is still valid, as one that joins.
    """
    waiting = select(MessageRow.key).where(
        col(MessageRow.chat_id) == old,
        col(MessageRow.message_class) == MessageClass.REMINDER.value,
        col(MessageRow.state).in_(STILL_TO_LEAVE),
    )
    keys = list(session.exec(waiting))
    session.exec(delete(DebtRow).where(col(DebtRow.message_key).in_(keys), col(DebtRow.settled_at).is_(None)))
    session.exec(delete(MessageRow).where(col(MessageRow.key).in_(keys)))
    _move_keys(session, DebtRow, old, new)
    _move_keys(session, HoldRow, old, new)
    both = {row.cycle for row in session.exec(select(QuietRow).where(QuietRow.person == new))}
    for quiet in session.exec(select(QuietRow).where(QuietRow.person == old)).all():
        if quiet.cycle in both:
            session.delete(quiet)
        else:
            quiet.person = new
    promised = {
        (row.city, row.cycle) for row in session.exec(select(PromiseRow).where(PromiseRow.person == new))
    }
    for promise in session.exec(select(PromiseRow).where(PromiseRow.person == old)).all():
        if (promise.city, promise.cycle) in promised:
            session.delete(promise)
        else:
            promise.person = new
    # The message with its progress is in the old chat.
    session.exec(update(AnnouncementRow).where(col(AnnouncementRow.author) == old).values(board=None))
    session.flush()


def forget(session: Session, person_id: int) -> None:
    """Their reminders, wishes and readings go. As a recipient of announcements they are only counted from now on."""
    for kind in (DebtRow, HoldRow, PromiseRow, QuietRow, ReadingRow):
        session.exec(delete(kind).where(col(kind.person) == person_id))
    session.exec(update(AnnouncementRow).where(col(AnnouncementRow.author) == person_id).values(board=None))
    received = and_(
        col(MessageRow.chat_id) == person_id,
        col(MessageRow.announcement).is_not(None),
        col(MessageRow.part) == 0,
    )
    for row in session.exec(select(MessageRow).where(received)).all():
        if row.state not in FINISHED:
            on_its_way = row.state == DeliveryState.WIRED
            row.state = (DeliveryState.UNKNOWN if on_its_way else DeliveryState.SKIPPED).value
        row.key = f"ann:{row.announcement}:forgotten:{row.id}"
        row.chat_id = NOBODY
        row.params = row.message_id = row.reason = row.language = None
    session.flush()


def _move_keys(session: Session, kind: type[Keyed], old: int, new: int) -> None:
    """People stand in the keys, too. What both accounts were told of is one."""
    told = set(session.exec(select(kind.key).where(kind.person == new)))
    for row in session.exec(select(kind).where(kind.person == old)).all():
        key = key_for(row.key, new)
        if key in told:
            session.delete(row)
            continue
        row.key, row.person = key, new
        if isinstance(row, DebtRow) and row.settled_at is not None:
            row.message_key = None
    session.flush()
