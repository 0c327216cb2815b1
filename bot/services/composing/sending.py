"""Letting an announcement go: what to know before, when, and the number that is typed before it goes to many."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.domain.announcements import (
    ASK_THE_NUMBER_ABOVE,
    LOCAL_HOUR,
    MINUTE_TO_CANCEL,
    Announcement,
    AnnouncementState,
    When,
    local_moment,
)
from bot.domain.audiences import Members
from bot.domain.local_time import local_day, moment_at
from bot.domain.people import Purpose
from bot.domain.views import View
from bot.domain.views.composing import ComposerNote, DayAsked, NumberAsked, SendAsked, TimeAsked, TimeShown
from bot.domain.whens import Either, read_when
from bot.services import announcing
from bot.services.audience_directory import members_of, reach_now, zone_of_reader
from bot.services.composing.crowds import crowd_of
from bot.services.composing.keeping import card, expect, expect_no_more, expected, keep
from bot.services.desk import Desk
from bot.texts.telegram_html import plain, units

DAYS_OFFERED = 7
MADE_READY_BEFORE = timedelta(minutes=10)
"""How long before the first local hour the messages are written down, so that none is late."""
AT_A_TIME, ON_A_DAY = "at", "day"
"""What `Expecting.key` says of a time that is typed."""
MOMENT = re.compile(r"d(\d{4})(\d{2})(\d{2})(?:t(\d{2})(\d{2}))?")


def ask(desk: Desk, announcement: Announcement) -> View:
    """Everything to know before it goes out; what stands in the way of it, where something does."""
    expect_no_more(desk)
    found = members_of(desk, announcement)
    return _unready(desk, announcement, found) or SendAsked(announcement, crowd_of(desk, announcement, found))


def now(desk: Desk, announcement: Announcement) -> View:
    return _go(desk, keep(desk, announcement, when=When.NOW, day=None, starts_at=None))


def at_a_time(desk: Desk, announcement: Announcement, tag: str) -> View:
    """Asks for a time, or takes the one that a button names."""
    named = _read(tag)
    if named is not None:
        return _at(desk, announcement, *named)
    expect(desk, Purpose.ANNOUNCE_TIME, announcement, AT_A_TIME)
    return TimeAsked(announcement.id, announcement.version, desk.zone)


def at_nine(desk: Desk, announcement: Announcement, tag: str) -> View:
    """Asks for the day on which it goes out at nine in every city, or takes the one that a button names."""
    named = _read(tag)
    if named is not None:
        return _on(desk, announcement, named[0])
    expect(desk, Purpose.ANNOUNCE_TIME, announcement, ON_A_DAY)
    return _day_asked(desk, announcement)


def hear_time(desk: Desk, words: str) -> View:
    """The day and the hour that were typed: of the office's clock, or the day of every city's nine o'clock."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    found = read_when(words, local_day(desk.now, desk.zone), desk.person.language)
    if expecting.key == ON_A_DAY:
        if found is None or isinstance(found, Either):
            return _day_asked(desk, announcement, words)
        return _on(desk, announcement, found.day, words)
    if found is None:
        return TimeAsked(announcement.id, announcement.version, desk.zone, words)
    at = found.at or LOCAL_HOUR
    if isinstance(found, Either):
        either = tuple((f"{_tag(day)}t{at:%H%M}", day) for day in found.days)
        return TimeAsked(announcement.id, announcement.version, desk.zone, words, either=either)
    return _at(desk, announcement, found.day, at, words)


def go(desk: Desk, announcement: Announcement) -> View:
    """At the time that was shown."""
    return _go(desk, announcement)


def hear_number(desk: Desk, words: str) -> View:
    """Lets it go where the number of its recipients was typed."""
    expecting, announcement = expected(desk)
    if isinstance(announcement, View):
        return announcement
    found = members_of(desk, announcement)
    digits = re.sub(r"[\s.,'’]", "", words)
    typed = int(digits) if digits.isdecimal() and len(digits) < 9 else None
    was = int(expecting.key or 0)
    if typed == len(found) == was:
        return _hindrance(desk, announcement, found) or _wait(desk, announcement, found, pressed=False)
    return _number_asked(
        desk, announcement, found, was=was if was != len(found) else None, wrong=typed != was
    )


# --- helpers


def _hindrance(desk: Desk, announcement: Announcement, found: Members) -> View | None:
    """What stands in the way of it now: something is missing, or the time that was chosen is over."""
    return _unready(desk, announcement, found) or _over(desk, announcement)


def _over(desk: Desk, announcement: Announcement, typed: str | None = None) -> View | None:
    """Asks for another time where the chosen one is over: a button and a prompt stay for days."""
    if announcement.when is When.AT:
        moment = announcement.starts_at
        if moment is not None and moment > desk.now:
            return None
        expect(desk, Purpose.ANNOUNCE_TIME, announcement, AT_A_TIME)
        return TimeAsked(announcement.id, announcement.version, desk.zone, typed, is_over=True)
    if announcement.when is When.LOCAL:
        day = announcement.day
        if day is not None and day >= local_day(desk.now, desk.zone):
            return None
        expect(desk, Purpose.ANNOUNCE_TIME, announcement, ON_A_DAY)
        return _day_asked(desk, announcement, typed or str(day or ""))
    return None


def _unready(desk: Desk, announcement: Announcement, found: Members) -> View | None:
    if not announcement.texts:
        return card(desk, announcement, ComposerNote.NO_TEXT)
    for tag, text in announcement.texts.items():
        if units(plain(text)) > announcement.longest:
            return card(desk, announcement, ComposerNote.TOO_LONG, tag=tag, number=units(plain(text)))
    if len(found) == found.unreachable:
        return card(desk, announcement, ComposerNote.NOBODY)
    return None


def _at(desk: Desk, announcement: Announcement, day: date, at: time, typed: str | None = None) -> View:
    moment = moment_at(day, at, desk.zone)
    over = _over(desk, replace(announcement, when=When.AT, starts_at=moment), typed)
    if over is not None:
        return over
    expect_no_more(desk)
    chosen = keep(desk, announcement, when=When.AT, day=day, at=at, starts_at=moment)
    return TimeShown(chosen, len(members_of(desk, chosen)), desk.zone, moment, moment)


def _on(desk: Desk, announcement: Announcement, day: date, typed: str | None = None) -> View:
    over = _over(desk, replace(announcement, when=When.LOCAL, day=day), typed)
    if over is not None:
        return over
    expect_no_more(desk)
    chosen = keep(desk, announcement, when=When.LOCAL, day=day, at=LOCAL_HOUR, starts_at=None)
    found = members_of(desk, chosen)
    moments = _local_moments(desk, chosen, found)
    if not moments:
        return card(desk, chosen, ComposerNote.NOBODY)
    return TimeShown(chosen, len(found), desk.zone, min(moments), max(moments))


def _local_moments(desk: Desk, announcement: Announcement, found: Members) -> list[datetime]:
    """When it leaves for each recipient, as early as it may."""
    zones = {zone_of_reader(desk, reader) for reader in found.readers}
    day = announcement.day or local_day(desk.now, desk.zone)
    earliest = desk.now + MINUTE_TO_CANCEL
    return [local_moment(day, announcement.at, zone, earliest) for zone in zones]


def _go(desk: Desk, announcement: Announcement) -> View:
    """Lets it go, or asks for the number first."""
    found = members_of(desk, announcement)
    hindrance = _hindrance(desk, announcement, found)
    if hindrance is not None:
        return hindrance
    if len(found) > ASK_THE_NUMBER_ABOVE:
        return _number_asked(desk, announcement, found)
    return _wait(desk, announcement, found, pressed=True)


def _number_asked(
    desk: Desk, announcement: Announcement, found: Members, *, was: int | None = None, wrong: bool = False
) -> View:
    expect(desk, Purpose.ANNOUNCE_NUMBER, announcement, str(len(found)))
    return NumberAsked(announcement.id, announcement.version, len(found), wrong and was is None, was)


def _wait(desk: Desk, announcement: Announcement, found: Members, *, pressed: bool) -> View:
    """It goes out when its time comes; until then it can be called off. The message that was pressed is its board."""
    expect_no_more(desk)
    earliest = desk.now + MINUTE_TO_CANCEL
    starts_at = earliest
    if announcement.when is When.AT and announcement.starts_at is not None:
        starts_at = max(announcement.starts_at, earliest)
    elif announcement.when is When.LOCAL:
        first = min(_local_moments(desk, announcement, found))
        starts_at = max(first - MADE_READY_BEFORE, earliest)
    # What is decided now reaches as far as its author does now, whatever rights come to them until it leaves.
    audience = replace(announcement.audience, reach=reach_now(desk, announcement.author))
    changes: dict[str, Any] = {
        "state": AnnouncementState.WAITING,
        "starts_at": starts_at,
        "audience": audience,
    }
    waiting = keep(desk, announcement, **changes, board=desk.message_id if pressed else None)
    return announcing.board(desk, waiting)


def _day_asked(desk: Desk, announcement: Announcement, typed: str | None = None) -> View:
    return DayAsked(announcement.id, announcement.version, tuple(_days(desk)), typed)


def _days(desk: Desk) -> Iterable[tuple[str, date]]:
    today = local_day(desk.now, desk.zone)
    for after in range(DAYS_OFFERED):
        day = today + timedelta(days=after)
        yield _tag(day), day


def _tag(day: date) -> str:
    return f"d{day:%Y%m%d}"


def _read(tag: str) -> tuple[date, time] | None:
    """The day and the hour of a button."""
    found = MOMENT.fullmatch(tag)
    if found is None:
        return None
    year, month, day, hour, minute = (int(part or 0) for part in found.groups())
    try:
        return date(year, month, day), time(hour, minute) if found[4] else LOCAL_HOUR
    except ValueError:
        return None
