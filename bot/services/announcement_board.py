"""The board of an announcement: how it stands, and what the secretariat does about it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.domain.announcements import Announcement, AnnouncementState, Delivery, Fate
from bot.domain.audit import Event
from bot.domain.buttons import BoardMove
from bot.domain.outgoing import WHEN_IT_LEAVES, MessageClass, OutgoingMessage
from bot.domain.people import Action, Person, Purpose, Role, person_may
from bot.domain.views import NotAllowed, OldButton, View
from bot.domain.views.announcing import AnnouncementBoard, BoardNews, FailedList, Missed, UnreadList
from bot.services import announcement_corrections as corrections
from bot.services.audience_directory import directory, reach_of
from bot.services.browsing import paged
from bot.services.desk import Desk, message_params
from bot.services.roles import place_of, someone
from bot.texts.renderer import brief
from bot.texts.telegram_html import plain

FINISHED = (AnnouncementState.SENT, AnnouncementState.STOPPED, AnnouncementState.WITHDRAWN)
NAMES_ON_A_PAGE = 20
BEGINNING = 120
"""Characters of its text by which the secretariat knows an announcement again."""
NOT_SOONER = timedelta(seconds=3)
"""How much time passes at least between two edits of a board."""
LOOKS = (BoardMove.OPEN, BoardMove.UNREAD, BoardMove.FAILED)
"""What changes nothing."""
STOPPED = "stopped"
"""Why those get nothing who were still to get it when somebody stopped."""


def board(desk: Desk, announcement: Announcement, news: BoardNews = BoardNews.NONE, count: int = 0) -> View:
    """How the announcement stands, for whoever sits at the desk."""
    ledger, id = desk.work.announcements, announcement.id
    counts = dict(ledger.fates(id))
    told = {
        fate: tuple(ledger.reasons(id, fate))
        for fate in (Fate.FAILED, Fate.SKIPPED, Fate.BLOCKED)
        if counts.get(fate)
    }
    sent = ledger.deliveries(id, Fate.SENT) if announcement.wants_reading else ()
    people = [one for one in sent if one.chat_id > 0]
    return AnnouncementBoard(
        announcement,
        begins_of(desk, announcement),
        counts,
        told,
        desk.zone,
        sum(one.read_at is not None for one in people),
        len(people),
        ledger.edits_left(id, announcement.edition) if announcement.edition else 0,
        corrections.edits(desk, announcement),
        None if desk.person.id == announcement.author else desk.name_of(announcement.author),
        corrections.reminded_at(desk, announcement),
        news,
        count,
        _held_back(desk, announcement),
    )


def begins_of(desk: Desk, announcement: Announcement, most: int = BEGINNING) -> str:
    """The first words of the text that the reader would get, in at most this many characters."""
    try:
        text, _ = announcement.text_for(desk.person.language, desk.renderer.language)
    except ValueError:
        return ""
    return brief(" ".join(plain(text).split()), most)


def act(desk: Desk, announcement_id: int, move: str, page: int, written: int, language: str) -> View:
    """What a button of the board does. One that comes too late shows how things stand."""
    announcement = desk.work.announcements.get(announcement_id)
    if announcement is None or announcement.state is AnnouncementState.DRAFT:
        return OldButton()  # a draft has no board
    if not (_may_steer(desk, announcement) if move not in LOOKS else _may_look(desk, announcement)):
        return NotAllowed()
    if move not in (BoardMove.CORRECT, BoardMove.APPLY):
        _leave_correction(desk)
    view = _done(desk, announcement, move, page, written, language)
    _follow_here(desk, announcement_id, is_board=isinstance(view, AnnouncementBoard))
    return view


def _may_look(desk: Desk, announcement: Announcement) -> bool:
    """Its author, and who reaches everybody whom it may be for."""
    return announcement.author == desk.person.id or reach_of(desk.person) is None


def _may_steer(desk: Desk, announcement: Announcement) -> bool:
    """Who reaches everybody whom it may be for; its author, as long as they reach everybody who is its recipient."""
    if announcement.author != desk.person.id or reach_of(desk.person) is None:
        return _may_look(desk, announcement)
    reached = directory(desk, desk.person.id)
    mine = {*(person.id for person in reached.people), *(group.chat_id for group in reached.groups)}
    others = {one.chat_id for one in desk.work.announcements.deliveries(announcement.id)} - mine
    # Whoever has no role any more is nobody's, and does not stand in the way.
    people = (*desk.work.people.members(), *desk.office)
    known = {person.id for person in people if person.active}
    return others.isdisjoint(known | {group.chat_id for group in desk.work.groups.all()})


def _done(desk: Desk, announcement: Announcement, move: str, page: int, written: int, language: str) -> View:
    match move:
        case BoardMove.UNREAD:
            return unread(desk, announcement, page)
        case BoardMove.FAILED:
            return failed(desk, announcement, page)
        case BoardMove.CORRECT:
            return corrections.ask(desk, announcement, language) or _too_late(desk, announcement)
        case BoardMove.WITHDRAW:
            return corrections.ask_withdrawal(desk, announcement) or _too_late(desk, announcement)
        case BoardMove.APPLY:
            applied = corrections.apply(desk, announcement, written)
            return applied if isinstance(applied, View) else _said(desk, announcement, applied)
        case _:
            done = MOVES.get(move)
            return OldButton() if done is None else _said(desk, announcement, done(desk, announcement))


def _said(desk: Desk, announcement: Announcement, done: tuple[BoardNews, int]) -> View:
    now = desk.work.announcements.get(announcement.id)
    assert now is not None, "it was there a moment ago, in this transaction"
    return board(desk, now, *done)


def _too_late(desk: Desk, announcement: Announcement) -> View:
    return board(desk, announcement, BoardNews.TOO_LATE)


def _show(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    return BoardNews.NONE, 0


def _call_off(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    """Nobody gets it. Once it goes out, it can only be stopped."""
    if announcement.state is not AnnouncementState.WAITING:
        return BoardNews.TOO_LATE, 0
    called_off = replace(announcement, state=AnnouncementState.DROPPED, ended_at=desk.now)
    desk.work.announcements.save(called_off, announcement)
    note(desk, Event.ANNOUNCEMENT_STOPPED, announcement)
    return BoardNews.CALLED_OFF, 0


def _stop(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    """What has not left yet does not leave any more; what is on the wire just now may still arrive."""
    if announcement.state is not AnnouncementState.SENDING:
        return BoardNews.TOO_LATE, 0
    desk.work.announcements.save(
        replace(announcement, state=AnnouncementState.STOPPED, ended_at=desk.now), announcement
    )
    skipped = desk.work.announcements.stop(announcement.id, STOPPED, desk.now)
    note(desk, Event.ANNOUNCEMENT_STOPPED, announcement)
    return BoardNews.STOPPED, skipped


def _go_on(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    """Those who were left out when it was stopped get it after all, whatever else was sent again meanwhile."""
    has_ended = announcement.state in (AnnouncementState.STOPPED, AnnouncementState.SENT)
    if not has_ended or not _held_back(desk, announcement):
        return BoardNews.TOO_LATE, 0
    return BoardNews.GOES_ON, _once_more(desk, announcement, Fate.SKIPPED, STOPPED)


def _held_back(desk: Desk, announcement: Announcement) -> int:
    return dict(desk.work.announcements.reasons(announcement.id, Fate.SKIPPED)).get(STOPPED, 0)


def _resend(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    if announcement.state not in (AnnouncementState.SENT, AnnouncementState.STOPPED):
        return BoardNews.TOO_LATE, 0
    if not desk.work.announcements.fates(announcement.id).get(Fate.UNKNOWN):
        return BoardNews.TOO_LATE, 0
    return BoardNews.RESENT, _once_more(desk, announcement, Fate.UNKNOWN)


def _once_more(desk: Desk, announcement: Announcement, fate: Fate, reason: str | None = None) -> int:
    goes_on = replace(announcement, state=AnnouncementState.SENDING, ended_at=None)
    desk.work.announcements.save(goes_on, announcement)
    note(desk, Event.ANNOUNCED, announcement, "again")
    return desk.work.announcements.resend(announcement.id, fate, desk.now, reason)


def _remind(desk: Desk, announcement: Announcement) -> tuple[BoardNews, int]:
    """A short word below the announcement to everybody who has not read it; once, whoever presses."""
    has_left = announcement.state in (AnnouncementState.SENT, AnnouncementState.STOPPED)
    if not has_left or corrections.reminded_at(desk, announcement) is not None:
        return BoardNews.TOO_LATE, 0
    found = _unread(desk, announcement)
    for one in found:
        desk.work.outbox.add(
            OutgoingMessage(
                f"ann:{announcement.id}:read:{one.chat_id}",
                one.chat_id,
                WHEN_IT_LEAVES,
                {"answers": one.message_id},
                MessageClass.ANNOUNCEMENT,
            ),
            desk.now,
        )
    corrections.note_reminded(desk, announcement)
    note(desk, Event.ANNOUNCED, announcement, "reminder")
    return BoardNews.REMINDED, len(found)


MOVES: Mapping[str, Callable[[Desk, Announcement], tuple[BoardNews, int]]] = {
    BoardMove.OPEN: _show,
    BoardMove.CALL_OFF: _call_off,
    BoardMove.STOP: _stop,
    BoardMove.GO_ON: _go_on,
    BoardMove.RESEND: _resend,
    BoardMove.REMIND: _remind,
    BoardMove.WITHDRAW_NOW: corrections.withdraw,
}


def unread(desk: Desk, announcement: Announcement, page: int) -> View:
    """Who got it and has not said that they read it: by name, where the reader looks after them."""
    found = _unread(desk, announcement)
    rows, elsewhere = _named(desk, found)
    shown, page, pages = paged(rows, page, NAMES_ON_A_PAGE)
    has_left = announcement.state in (AnnouncementState.SENT, AnnouncementState.STOPPED)
    can_remind = has_left and bool(found) and corrections.reminded_at(desk, announcement) is None
    return UnreadList(announcement, tuple(shown), page, pages, len(found), elsewhere, can_remind)


def failed(desk: Desk, announcement: Announcement, page: int) -> View:
    """Whom it did not reach, with the reason."""
    fates = (Fate.BLOCKED, Fate.FAILED, Fate.UNKNOWN, Fate.SKIPPED)
    found = desk.work.announcements.deliveries(announcement.id, *fates)
    rows, elsewhere = _named(desk, found)
    shown, page, pages = paged(rows, page, NAMES_ON_A_PAGE)
    return FailedList(announcement, tuple(shown), page, pages, len(found), elsewhere)


def _unread(desk: Desk, announcement: Announcement) -> list[Delivery]:
    readers = desk.work.announcements.readers(announcement.id)
    sent = desk.work.announcements.deliveries(announcement.id, Fate.SENT)
    return [one for one in sent if one.chat_id > 0 and one.chat_id not in readers]


def _named(desk: Desk, found: Sequence[Delivery]) -> tuple[list[Missed], int]:
    """Those whom the reader may see, by place and name, and how many others there are."""
    people = {person.id: person for person in (*desk.work.people.members(), *desk.office)}
    groups = {group.chat_id: group.city for group in desk.work.groups.all()}
    rows: list[Missed] = []
    for one in found:
        is_group = one.chat_id < 0
        person = people.get(one.chat_id)
        city = groups.get(one.chat_id) if is_group else _city_of(person)
        if not desk.may(Action.OVERVIEW, desk.matter(city)):
            continue
        name = person.name if person is not None else None
        reason = str(one.fate) if one.reason is None else one.reason
        rows.append(Missed(name, place_of(desk, city), is_group, reason))

    def rank(row: Missed) -> tuple[str, str]:
        place = row.place.within(desk.person.language).text if row.place is not None else ""
        return place, row.name or ""

    return sorted(rows, key=rank), len(found) - len(rows)


def _city_of(person: Person | None) -> str | None:
    cities = person.cities(Role.FOCAL_POINT, Role.DEPUTY) if person is not None else ()
    return cities[0] if cities else None


def note(desk: Desk, event: Event, announcement: Announcement, after: str = "") -> None:
    desk.log(event, f"#{announcement.id}", after=after)


def _leave_correction(desk: Desk) -> None:
    expecting = desk.person.expecting
    if expecting is not None and expecting.purpose is Purpose.ANNOUNCE_CORRECTION:
        desk.work.people.expect(desk.person.id, None)


def _follow_here(desk: Desk, announcement_id: int, *, is_board: bool) -> None:
    """The message in which the author has the board is the one that is kept up to date. While they look at something
    else in it, none is."""
    now = desk.work.announcements.get(announcement_id)
    if now is None or desk.person.id != now.author:
        return
    if is_board and now.board != desk.message_id:
        desk.work.announcements.save(replace(now, board=desk.message_id), now)
    elif not is_board and now.board is not None and now.board == desk.message_id:
        desk.work.announcements.save(replace(now, board=None), now)


def redraw(desk: Desk, announcement: Announcement, *, anew: bool = False, at_once: bool = False) -> bool:
    """Shows the author how things stand now, where that is not shown yet: in the message that has the board, or
    (`anew`) in a new one. Not sooner than three seconds after the last time unless `at_once`. Whether there is
    anything new to show. Who may not announce any more is shown nothing."""
    key, numbers = f"announcement.{announcement.id}.drawn", _numbers(desk, announcement)
    kept = json.loads(
        desk.work.facts.get(key) or '{"count": 0, "numbers": "", "at": "1970-01-01T00:00:00+00:00"}'
    )
    if kept["numbers"] == numbers and not anew:
        return False
    if not (anew or at_once) and desk.now - datetime.fromisoformat(kept["at"]) < NOT_SOONER:
        return True
    author = someone(desk, announcement.author)
    is_there = author is not None and author.reachable and person_may(author, Action.ANNOUNCE)
    if author is None or not is_there or (announcement.board is None and not anew):
        return False
    count = kept["count"] + 1
    drawn = {"count": count, "numbers": numbers, "at": desk.now.astimezone(UTC).isoformat()}
    desk.work.facts.set(key, json.dumps(drawn))
    view = board(replace(desk, person=author), announcement)
    screen = desk.renderer.render(view, author.language)
    params = dict(message_params(screen, screen.texts[0], author.id, with_buttons=True))
    method = "sendMessage"
    if not anew:
        method, params = "editMessageText", params | {"message_id": announcement.board}
    desk.work.outbox.add(
        OutgoingMessage(f"board:{announcement.id}:{count}", author.id, method, params), desk.now
    )
    return True


def is_drawn(desk: Desk, announcement: Announcement) -> bool:
    """Whether what was shown last is the end of it, and of its corrections."""
    kept = desk.work.facts.get(f"announcement.{announcement.id}.drawn")
    numbers = "" if kept is None else str(json.loads(kept)["numbers"])
    return not numbers or (numbers.startswith(f"{announcement.state.value} ") and numbers.endswith(" 0"))


def _numbers(desk: Desk, announcement: Announcement) -> str:
    """All that changes on a board, the edits that are left last."""
    ledger, id = desk.work.announcements, announcement.id
    counts = ledger.fates(id)
    read = len(ledger.readers(id)) if announcement.wants_reading else 0
    left = ledger.edits_left(id, announcement.edition) if announcement.edition else 0
    fates = "/".join(str(counts.get(fate, 0)) for fate in Fate)
    return f"{announcement.state.value} {announcement.edition} {fates} {read} {left}"
