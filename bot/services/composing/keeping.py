"""An announcement that is being written: whose it is, how a change is kept, and its card."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.people import Expecting, Purpose
from bot.domain.views import NotAllowed, View
from bot.domain.views.composing import Composer, ComposerNote
from bot.services import announcing
from bot.services.announcement_board import begins_of
from bot.services.audience_directory import reach_of
from bot.services.composing.crowds import crowd, to_write
from bot.services.desk import Desk

BEGINNING = 300
"""Characters of a text that its card shows."""
PURPOSES = frozenset(
    {
        *(Purpose.ANNOUNCE_TEXT, Purpose.ANNOUNCE_FILE, Purpose.ANNOUNCE_CITIES),
        *(Purpose.ANNOUNCE_TIME, Purpose.ANNOUNCE_NUMBER),
    }
)


def own(desk: Desk, announcement_id: int | None) -> Announcement | View:
    """The draft of this person, or what there is to show instead: a draft is its author's alone."""
    announcement = desk.work.announcements.get(announcement_id or 0)
    if announcement is None:
        return NotAllowed()
    if announcement.state is AnnouncementState.DROPPED and announcement.author != desk.person.id:
        return NotAllowed()
    if announcement.state is AnnouncementState.DRAFT:
        return announcement if announcement.author == desk.person.id else NotAllowed()
    return announcing.board(desk, announcement) if may_see(desk, announcement) else NotAllowed()


def may_see(desk: Desk, announcement: Announcement) -> bool:
    """Whether it is theirs, or they reach everybody whom it may be for."""
    if announcement.author == desk.person.id:
        return True
    return announcement.state is not AnnouncementState.DRAFT and reach_of(desk.person) is None


def keep(desk: Desk, was: Announcement, **changes: Any) -> Announcement:
    """Keeps a change. Raises ConflictError where somebody was quicker."""
    now = replace(was, **changes, version=was.version + 1)
    desk.work.announcements.save(now, was)
    return now


def card(
    desk: Desk,
    announcement: Announcement,
    note: ComposerNote = ComposerNote.NONE,
    *,
    tag: str = "",
    number: int = 0,
) -> View:
    """The announcement as it stands."""
    whom = crowd(desk, announcement)
    return Composer(
        announcement,
        whom,
        to_write(desk, announcement, whom),
        begins_of(desk, announcement, BEGINNING),
        note,
        tag,
        number,
        has_templates=bool(desk.schedules.messages),
    )


def expect(
    desk: Desk, purpose: Purpose, announcement: Announcement, key: str, more: str | None = None
) -> None:
    """From now on their words are about this announcement."""
    expecting = Expecting(purpose, since=desk.now, object_id=announcement.id, key=key, more=more)
    desk.work.people.expect(desk.person.id, expecting)


def expect_no_more(desk: Desk) -> None:
    """Their words are no part of an announcement any more; what else was asked of them stays."""
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose in PURPOSES:
        desk.work.people.expect(desk.person.id, None)


def expected(desk: Desk) -> tuple[Expecting, Announcement | View]:
    """What was asked, and the announcement that it was about."""
    expecting = desk.person.expecting or Expecting(Purpose.ANNOUNCE_TEXT)
    found = own(desk, expecting.object_id)
    if isinstance(found, View):
        desk.work.people.expect(desk.person.id, None)
    return expecting, found
