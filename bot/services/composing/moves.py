"""What the buttons below an announcement that is written do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeAlias

from bot.domain import buttons as b
from bot.domain.announcements import Announcement, AnnouncementState
from bot.domain.buttons import BoardMove, ComposeMove, FromList
from bot.domain.views import OldButton, View
from bot.domain.views.announcing import AnnouncementBoard
from bot.domain.views.composing import ComposerNote, DropAsked
from bot.services import announcement_board
from bot.services.composing import aiming, listing, sending, writing
from bot.services.composing.keeping import card, expect_no_more, keep, own
from bot.services.desk import Desk

Run: TypeAlias = Callable[[Desk, Announcement, str], View]


def compose(desk: Desk, x: b.Compose) -> View:
    """Does what the button says with a draft of their own. One of before the last change only shows how it stands."""
    if x.move == ComposeMove.OPEN:
        return _opened(desk, x.announcement_id)
    announcement = _own(desk, x.announcement_id)
    if isinstance(announcement, View):
        return announcement
    run = MOVES.get(x.move)
    if run is None:
        return OldButton()
    if x.version != announcement.version:
        expect_no_more(desk)
        return card(desk, announcement, ComposerNote.CHANGED)
    return run(desk, announcement, x.tag)


def aim(desk: Desk, x: b.AimAt) -> View:
    """The same for its audience."""
    announcement = _own(desk, x.announcement_id)
    if isinstance(announcement, View):
        return announcement
    if x.version != announcement.version:
        return aiming.shown(desk, announcement, changed=True)
    return aiming.aim(desk, announcement, x.what, x.page, x.choice)


def from_list(desk: Desk, x: b.Announcements) -> View:
    expect_no_more(desk)
    match x.what:
        case FromList.SHOW:
            return listing.listed(desk, x.page)
        case FromList.NEW:
            return listing.new(desk)
        case FromList.TEMPLATES:
            return listing.templates(desk)
        case FromList.USE:
            return listing.use_template(desk, x.choice)
        case _:
            return OldButton()


def _own(desk: Desk, announcement_id: int) -> Announcement | View:
    """The draft that the button is below. The board of one that is on its way takes its place, and lives there."""
    found = own(desk, announcement_id)
    if isinstance(found, AnnouncementBoard):
        return announcement_board.act(desk, announcement_id, BoardMove.OPEN, 0, 0, "")
    return found


def _opened(desk: Desk, announcement_id: int) -> View:
    """A draft of theirs, one that they threw away or called off too; the board of what is on its way."""
    expect_no_more(desk)
    dropped = desk.work.announcements.get(announcement_id)
    if (
        dropped is not None
        and dropped.state is AnnouncementState.DROPPED
        and dropped.author == desk.person.id
    ):
        back = keep(desk, dropped, state=AnnouncementState.DRAFT, starts_at=None, board=None, ended_at=None)
        return card(desk, back, ComposerNote.BACK)
    announcement = _own(desk, announcement_id)
    return announcement if isinstance(announcement, View) else card(desk, announcement)


def _ask_drop(desk: Desk, announcement: Announcement, tag: str) -> View:
    return DropAsked(announcement.id, announcement.version)


def _drop(desk: Desk, announcement: Announcement, tag: str) -> View:
    expect_no_more(desk)
    keep(desk, announcement, state=AnnouncementState.DROPPED, ended_at=desk.now)
    return listing.listed(desk, 1, dropped=announcement.id)


def _plain(run: Callable[[Desk, Announcement], View]) -> Run:
    return lambda desk, announcement, tag: run(desk, announcement)


MOVES: Mapping[str, Run] = {
    ComposeMove.WRITE: writing.ask_text,
    ComposeMove.ERASE: writing.erase_text,
    ComposeMove.FILE: _plain(writing.ask_file),
    ComposeMove.NO_FILE: _plain(writing.remove_file),
    ComposeMove.OPTIONS: _plain(writing.options),
    ComposeMove.READING: _plain(writing.switch_reading),
    ComposeMove.JOINERS: writing.for_joiners,
    ComposeMove.PREVIEW: writing.preview,
    ComposeMove.SEND: _plain(sending.ask),
    ComposeMove.NOW: _plain(sending.now),
    ComposeMove.AT: sending.at_a_time,
    ComposeMove.LOCAL: sending.at_nine,
    ComposeMove.GO: _plain(sending.go),
    ComposeMove.DROP: _ask_drop,
    ComposeMove.DROP_SURELY: _drop,
}
