"""Announcements on their way out: begun when it is time, made ready one by one, followed until nothing is left."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.announcements import Announcement, AnnouncementState, Fate, When, local_moment
from bot.domain.audit import Event
from bot.domain.errors import ConflictError
from bot.domain.groups import TeamGroup
from bot.domain.local_time import local_day
from bot.domain.outgoing import DeliveryState, OutgoingMessage
from bot.domain.people import Action, Person, person_may
from bot.domain.reminders import Calendar, next_waking
from bot.domain.views import OldButton, View
from bot.domain.views.announcing import AnnouncementCalledOff, AnnouncementWithdrawn, PleaseRead
from bot.services import announcement_corrections as corrections
from bot.services.announcement_board import FINISHED, STOPPED, begins_of, board, is_drawn, note, redraw
from bot.services.announcement_text import message_for, read_markup
from bot.services.audience_directory import members_of, reach_now, reach_of, zone_of_reader
from bot.services.desk import Desk, message_params
from bot.services.roles import someone
from bot.services.team_groups import look_for_unseen

__all__ = ["board", "heard", "prepare", "settled", "tick"]

journal = logging.getLogger(__name__)

WHILE_SENDING = 3.0
"""Seconds until the next look while something is sent."""
WHILE_IT_RESTS = 15.0
"""The same where most wait for their hour and nothing has moved since the last one."""
LOOK_BACK = timedelta(days=7)
"""How long after its end or its last correction the board of an announcement is kept up to date by itself."""
BY_NOW = timedelta(hours=1)
"""What should have left that long ago wakes nobody any more."""
CALM_EVERY = timedelta(minutes=1)
"""How often is looked at what needs no hurry: who joined since, who has read what was sent before."""
CALM_AT = "announcements.looked"
"""The fact that keeps when that was last done."""
LATE_ONES = "announcements.joining"
"""The fact that keeps by what the late ones are looked for, and for which announcements they still are."""
SENT_AT_ALL = (AnnouncementState.SENDING, AnnouncementState.SENT, AnnouncementState.STOPPED)

LEFT, UNLINKED, HAS_READ, OTHER_LANGUAGE, GONE = "left", "unlinked", "has-read", "other-language", "gone"
CANNOT_BE_REACHED = "cannot-be-reached"
"""Why nothing was sent to somebody; phrases.TERM has words for what a board shows."""

KEY = re.compile(r"ann:(?P<id>\d+):((?P<edit>e\d+)|(?P<reminder>read))?:?-?\d+")
BOARD = re.compile(r"board:(\d+):\d+")


def tick(desk: Desk) -> float | None:
    """Begins what is due, follows what goes out, and sees to those who came later. The seconds after which it wants
    to be called again; None: nothing is on its way."""
    ledger = desk.work.announcements
    is_calm = _is_time_for_the_rest(desk)
    waits = [_one(desk, number, _wait_or_begin) for number in ledger.numbers(AnnouncementState.WAITING)]
    waits += [_one(desk, number, _wait_or_follow) for number in ledger.numbers(AnnouncementState.SENDING)]
    for number in ledger.changed_since(desk.now - LOOK_BACK, *FINISHED):
        waits.append(_one(desk, number, lambda there, finished: _keep_up(there, finished, is_calm)))
    waits.append(_look_for_late_ones(desk, is_calm))
    if is_calm:
        look_for_unseen(desk)
    return min((wait for wait in waits if wait is not None), default=None)


def _one(desk: Desk, number: int, look: Callable[[Desk, Announcement], float | None]) -> float | None:
    """Sees to one announcement. One that cannot be seen to must not stop all others."""
    try:
        found = desk.work.announcements.get(number)
        return None if found is None else look(desk, found)
    except ConflictError:
        return None  # another program, or somebody at its board, was quicker
    except Exception as error:
        journal.error("Announcement %d cannot be seen to: %s", number, type(error).__name__)
        return None


def _wait_or_begin(desk: Desk, waiting: Announcement) -> float | None:
    if waiting.starts_at is not None and waiting.starts_at > desk.now:
        return (waiting.starts_at - desk.now).total_seconds()
    return _begin(desk, waiting)


def _wait_or_follow(desk: Desk, sending: Announcement) -> float:
    rests = not _follow(desk, sending) and sending.when is When.LOCAL
    return WHILE_IT_RESTS if rests else WHILE_SENDING


def _keep_up(desk: Desk, finished: Announcement, is_calm: bool) -> float | None:
    is_edited = corrections.keep_up(desk, finished) or _edits_left(desk, finished)
    if is_edited or is_calm or not is_drawn(desk, finished):
        redraw(desk, finished)
    return WHILE_SENDING if is_edited else None


def _begin(desk: Desk, waiting: Announcement) -> float | None:
    """Works out who gets it, now and in this one transaction. Whoever has lost the right to announce (or is
    forgotten) sends nothing by having said so before: it is called off, and the office hears of it."""
    author = someone(desk, waiting.author)
    if author is None or not person_may(author, Action.ANNOUNCE):
        _call_off(desk, waiting)
        return None
    recipients = _recipients(desk, waiting)
    # Who joins later gets it no wider than it goes out now.
    audience = replace(waiting.audience, reach=reach_now(desk, waiting.author, waiting.audience.reach))
    starts_at = waiting.starts_at or desk.now
    sending = replace(waiting, state=AnnouncementState.SENDING, starts_at=starts_at, audience=audience)
    # First, since whoever comes second, here or at a board, is stopped by it.
    desk.work.announcements.save(sending, waiting)
    desk.work.announcements.send_to(waiting.id, recipients, desk.now)
    note(replace(desk, person=author), Event.ANNOUNCED, waiting)
    # What was decided days ago stands far above by now.
    redraw(desk, sending, anew=waiting.when is not When.NOW or waiting.board is None)
    return WHILE_SENDING


def _call_off(desk: Desk, waiting: Announcement) -> None:
    """Those hear of it who may see any announcement."""
    dropped = replace(waiting, state=AnnouncementState.DROPPED, ended_at=desk.now)
    desk.work.announcements.save(dropped, waiting)
    note(desk, Event.ANNOUNCEMENT_STOPPED, waiting)
    for colleague in desk.office:
        if colleague.reachable and reach_of(colleague) is None:
            told = AnnouncementCalledOff(waiting, begins_of(desk, waiting))
            desk.tell(colleague.id, told, f"off{waiting.id}to{colleague.id}")


def _recipients(desk: Desk, announcement: Announcement) -> Mapping[int, datetime | None]:
    """Everybody of the audience as it is now, once, with the moment before which nothing goes to them."""
    found = members_of(desk, announcement)
    return {
        **{one.id: _not_before(desk, announcement, one) for one in found.people},
        **{one.chat_id: _not_before(desk, announcement, one) for one in found.groups},
    }


def _not_before(desk: Desk, announcement: Announcement, reader: Person | TeamGroup) -> datetime | None:
    """At a local hour: the hour of that day where the reader lives, and where it is over, of the next day, as whoever
    sent it was shown. A moment that was chosen for all holds as it was chosen."""
    if announcement.when is not When.LOCAL or announcement.day is None:
        return None
    # Counted from when it was to begin: a tick that comes late must not cost a whole day.
    begins = announcement.starts_at or desk.now
    return local_moment(announcement.day, announcement.at, zone_of_reader(desk, reader), begins)


def _follow(desk: Desk, sending: Announcement) -> bool:
    """Ends it when nothing is left, and keeps the board up to date. Whether anything has moved."""
    is_edited = corrections.keep_up(desk, sending)
    if desk.work.announcements.fates(sending.id).get(Fate.WAITING):
        return redraw(desk, sending) or is_edited
    sent = replace(sending, state=AnnouncementState.SENT, ended_at=desk.now)
    desk.work.announcements.save(sent, sending)
    redraw(desk, sent, at_once=True)
    return True


def _edits_left(desk: Desk, announcement: Announcement) -> bool:
    edition = announcement.edition
    return edition > 0 and desk.work.announcements.edits_left(announcement.id, edition) > 0


def _is_time_for_the_rest(desk: Desk) -> bool:
    kept = desk.work.facts.get(CALM_AT)
    # A clock that was set back must not make it wait.
    if kept is not None and timedelta() <= desk.now - datetime.fromisoformat(kept) < CALM_EVERY:
        return False
    desk.work.facts.set(CALM_AT, desk.now.isoformat())
    return True


def _look_for_late_ones(desk: Desk, is_calm: bool) -> float | None:
    """Whoever belongs to the audience now and did not then gets what is still valid; not in their quiet hours. One
    announcement a round, so that nobody waits for the archive meanwhile; when the next wants to be looked at."""
    kept = json.loads(desk.work.facts.get(LATE_ONES) or '{"seen": "", "left": []}')
    if is_calm:
        valid = desk.work.announcements.numbers(AnnouncementState.SENT, valid_on=desk.now.date())
        # Nobody joins, and nothing else changes that decides about an audience, without a trace in these.
        seen = f"{valid} {desk.work.audit.count(None)} {desk.all_known.version}"
        if valid and seen != kept["seen"]:
            kept = {"seen": seen, "left": valid}
    if not kept["left"]:
        return None
    number, *left = kept["left"]
    desk.work.facts.set(LATE_ONES, json.dumps({**kept, "left": left}))
    _one(desk, number, _send_to_late_ones)
    return WHILE_SENDING if left else None


def _send_to_late_ones(desk: Desk, sent: Announcement) -> None:
    if sent.state is not AnnouncementState.SENT:
        return
    known = desk.work.announcements.chats(sent.id)
    found = members_of(desk, sent)
    late = {one.id: _waking(desk, one) for one in found.people if one.id not in known}
    late |= {one.chat_id: _waking(desk, one) for one in found.groups if one.chat_id not in known}
    if late:
        desk.work.announcements.send_to(sent.id, late, desk.now)


def _waking(desk: Desk, reader: Person | TeamGroup) -> datetime:
    """Now, or the end of the quiet hours where the reader lives."""
    return next_waking(desk.now, Calendar(zone_of_reader(desk, reader)))


def prepare(desk: Desk, message: OutgoingMessage) -> OutgoingMessage:
    """The message as it leaves now: what an announcement says at this moment, in the language of whom it is for; or
    SKIPPED or BLOCKED with the reason, or RETRY after quiet hours."""
    found = KEY.fullmatch(message.key)
    announcement = desk.work.announcements.get(int(found["id"])) if found is not None else None
    if found is None or announcement is None:
        return _aside(message, GONE)
    reader = desk.work.groups.get(message.chat_id) if message.chat_id < 0 else someone(desk, message.chat_id)
    if reader is not None and not reader.reachable:
        return replace(message, state=DeliveryState.BLOCKED, reason=CANNOT_BE_REACHED)
    if found["edit"]:
        return _edit(desk, announcement, message, reader)
    if reader is None or (isinstance(reader, Person) and not reader.active):
        return _aside(message, UNLINKED if message.chat_id < 0 else LEFT)
    if announcement.state is AnnouncementState.WITHDRAWN:
        return _aside(message, corrections.WITHDRAWN)
    if found["reminder"]:
        return _please_read(desk, announcement, message, reader)
    if announcement.state not in (AnnouncementState.SENDING, AnnouncementState.SENT):
        return _aside(message, STOPPED)
    is_local = announcement.when is When.LOCAL
    is_late = announcement.starts_at is not None and desk.now - announcement.starts_at > BY_NOW
    waking = _waking(desk, reader) if is_local or is_late else desk.now
    if waking > desk.now:  # because we were down: nobody is woken for that
        return replace(message, state=DeliveryState.RETRY, not_before=waking, reason="quiet hours")
    method, params, language = _written(desk, announcement, reader.language, message.chat_id)
    return replace(message, method=method, params=params, language=language)


def _edit(
    desk: Desk, announcement: Announcement, message: OutgoingMessage, reader: Person | TeamGroup | None
) -> OutgoingMessage:
    """The change of a message that arrived. Whoever has left since keeps no wrong text either."""
    field, method = ("caption", "editMessageCaption")
    if announcement.media is None:
        field, method = ("text", "editMessageText")
    place = {"chat_id": message.chat_id, "message_id": message.message_id, "parse_mode": "HTML"}
    written_in = message.language or ""
    spoken = reader.language if reader is not None else written_in
    if announcement.state is AnnouncementState.WITHDRAWN:
        zone = zone_of_reader(desk, reader) if reader is not None else desk.zone
        day = local_day(announcement.ended_at or desk.now, zone)
        words = desk.renderer.render(AnnouncementWithdrawn(day), spoken).texts[0]
        return replace(message, method=method, params={**place, field: words})
    if not corrections.is_about(desk, announcement, message.part, written_in):
        return _aside(message, OTHER_LANGUAGE)
    # They keep the language that they got, whatever they read by now; the button is in the one that they read.
    text, _ = announcement.text_for(written_in, desk.renderer.language)
    _, params, _ = _written(desk, replace(announcement, texts={written_in: text}), spoken, message.chat_id)
    names = (field, "reply_markup", "link_preview_options")
    kept = {name: value for name, value in params.items() if name in names}
    return replace(message, method=method, params={**kept, **place})


def _written(
    desk: Desk, announcement: Announcement, language: str, chat_id: int
) -> tuple[str, Mapping[str, Any], str]:
    """The method, the parameters and the language of the text. A group gets a way into the private chat, and nothing
    that somebody in it would do for all."""
    is_person = chat_id > 0
    method, params, written_in = message_for(
        announcement,
        language,
        desk.renderer.language,
        reading_button=announcement.wants_reading and is_person,
        url_button=None if is_person else f"https://t.me/{desk.renderer.bot_name}",
    )
    params = {**params, "chat_id": chat_id}
    if (
        announcement.wants_reading
        and is_person
        and desk.work.announcements.has_read(announcement.id, chat_id)
    ):
        params |= {"reply_markup": read_markup(announcement.id, language)}
    return method, params, written_in


def _please_read(
    desk: Desk, announcement: Announcement, message: OutgoingMessage, reader: Person | TeamGroup
) -> OutgoingMessage:
    """A short word below the announcement, unless they have read it meanwhile."""
    if desk.work.announcements.has_read(announcement.id, message.chat_id):
        return _aside(message, HAS_READ)
    day = local_day(announcement.starts_at or announcement.created_at, zone_of_reader(desk, reader))
    if announcement.when is When.LOCAL and announcement.day is not None:
        day = announcement.day
    screen = desk.renderer.render(PleaseRead(announcement.id, day), reader.language)
    params = dict(message_params(screen, screen.texts[0], message.chat_id, with_buttons=True))
    answers = message.params.get("answers")
    if answers is not None:
        params["reply_parameters"] = {"message_id": answers, "allow_sending_without_reply": True}
    return replace(message, method="sendMessage", params=params)


def _aside(message: OutgoingMessage, reason: str) -> OutgoingMessage:
    return replace(message, state=DeliveryState.SKIPPED, reason=reason)


def settled(desk: Desk, message: OutgoingMessage) -> None:
    """Hears of a board that arrived as a new message: from now on this one is kept up to date."""
    found = BOARD.fullmatch(message.key)
    is_new = message.state is DeliveryState.SENT and message.method == "sendMessage"
    announcement = desk.work.announcements.get(int(found[1])) if found is not None and is_new else None
    if announcement is not None and message.message_id is not None:
        desk.work.announcements.save(replace(announcement, board=message.message_id), announcement)


def heard(desk: Desk, announcement_id: int) -> View | None:
    """Somebody says that they have read it: noted once, and the button says so. Nothing else changes: whoever has
    lost their role meanwhile still may."""
    announcement = desk.work.announcements.get(announcement_id)
    if announcement is None or not announcement.wants_reading or desk.message_id is None:
        return OldButton()
    if announcement.state not in SENT_AT_ALL:
        return OldButton()  # the preview of a draft has this button, too
    desk.work.announcements.read(announcement_id, desk.person.id, desk.now)
    params = {
        "chat_id": desk.person.id,
        "message_id": desk.message_id,
        "reply_markup": read_markup(announcement_id, desk.person.language),
    }
    desk.work.outbox.add(
        OutgoingMessage(f"{desk.cause}:read", desk.person.id, "editMessageReplyMarkup", params), desk.now
    )
    return None
